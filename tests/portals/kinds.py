"""How the five kinds of portal look, and the YAML that describes each."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from email.utils import format_datetime

from portals.prose import HANOI, Piece, pieces
from portals.site import Site

Query = dict[str, list[str]]
PAGE = 5
"""Articles on a section page."""
_serial = itertools.count(1)


def _frame(title: str, body: str, head: str = "") -> str:
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title} - Cổng thử nghiệm</title>
{head}</head>
<body><header><nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/gioi-thieu">Giới thiệu</a></li>
<li><a href="/lich?thang=1">Lịch tháng</a></li></ul></nav></header>{body}
<footer><p>Bản quyền thuộc về cổng thử nghiệm. Điện thoại: 0200 000 000</p></footer></body></html>"""


def _text(piece: Piece) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in piece.paragraphs)


def _local(piece: Piece, form: str) -> str:
    return piece.published.astimezone(HANOI).strftime(form)


# -- 1. a newspaper with RSS; its pages say their date in JSON-LD


def newspaper(site: Site, path: str, query: Query) -> str | None:  # noqa: ARG001
    by_path = {f"/kinh-te/{piece.slug}-{piece.number}.html": piece for piece in site.pieces}
    if path == "/rss/kinh-te.rss":
        items = "".join(
            f"<item><title>{piece.title}</title><link>{site.url}{at}?utm_source=rss</link>"
            f"<pubDate>{format_datetime(piece.published)}</pubDate></item>"
            for at, piece in by_path.items()
        )
        return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{items}</channel></rss>'
    if path not in by_path:
        return None
    piece = by_path[path]
    stated = json.dumps(
        {"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": piece.published.isoformat()}
    )
    head = f'<link rel="canonical" href="{site.url}{path}"><script type="application/ld+json">{stated}</script>'
    return _frame(piece.title, f"<main><article><h1>{piece.title}</h1>{_text(piece)}</article></main>", head)


# -- 2. a CMS with an index of monthly sitemaps; the date is in meta and in the address


def cms(site: Site, path: str, query: Query) -> str | None:  # noqa: ARG001
    by_path = {_local(piece, f"/%Y/%m/%d/{piece.slug}.html"): piece for piece in site.pieces}
    months = sorted({_local(piece, "%Y-%m") for piece in site.pieces})
    if path == "/sitemap.xml":
        entries = "".join(f"<sitemap><loc>{site.url}/sitemap-{month}.xml</loc></sitemap>" for month in months)
        return f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'
    if path.startswith("/sitemap-"):
        entries = "".join(
            f"<url><loc>{site.url}{at}</loc><lastmod>{piece.published.isoformat()}</lastmod></url>"
            for at, piece in by_path.items()
            if path == f"/sitemap-{_local(piece, '%Y-%m')}.xml"
        )
        return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    if path not in by_path:
        return None
    piece = by_path[path]
    head = f'<meta property="article:published_time" content="{piece.published.isoformat()}">'
    return _frame(piece.title, f"<div class='content'><h1>{piece.title}</h1>{_text(piece)}</div>", head)


def _paged(site: Site, page: int) -> list[Piece]:
    return site.pieces[(page - 1) * PAGE : page * PAGE]


# -- 3. like NukeViet: numbered pages, the date beside each link and above each article


def nukeviet(site: Site, path: str, query: Query) -> str | None:  # noqa: ARG001
    by_path = {f"/news/kinh-te/{piece.slug}-{piece.number}.html": piece for piece in site.pieces}
    if path == "/news/kinh-te/" or path.startswith("/news/kinh-te/page-"):
        page = int(path.rstrip("/").rpartition("page-")[2]) if "page-" in path else 1
        paths = {piece.number: at for at, piece in by_path.items()}
        items = "".join(
            f'<div class="panel"><h3><a href="{paths[piece.number]}">{piece.title}</a></h3>'
            f'<ul><li class="date"><em>{_local(piece, "%d/%m/%Y %H:%M")}</em></li></ul>'
            f'<a href="{paths[piece.number]}"><img alt=""></a></div>'
            for piece in _paged(site, page)
        )
        return _frame("Kinh tế", f'<div class="news_column">{items}</div>')
    if path not in by_path:
        return None
    piece = by_path[path]
    body = f'<h1>{piece.title}</h1><span class="h5">Thứ sáu - {_local(piece, "%d/%m/%Y %H:%M")}</span>{_text(piece)}'
    return _frame(piece.title, f'<div class="bodytext">{body}</div>')


# -- 4. like SharePoint: everything in the query, beside a session; no date on the section pages


def sharepoint(site: Site, path: str, query: Query) -> str | None:
    by_number = {str(piece.number): piece for piece in site.pieces}
    session = f"SessionId=s{next(_serial)}"
    if path == "/Pages/tin-tuc.aspx":
        page = int(query.get("Trang", ["1"])[0])
        rows = "".join(
            f'<tr><td><a href="/Pages/chi-tiet.aspx?{session}&amp;ItemID={piece.number}&amp;ListName=TinTuc">'
            f"{piece.title}</a></td></tr>"
            for piece in _paged(site, page)
        )
        return _frame("Tin tức", f"<table>{rows}</table>")
    piece = by_number.get(query.get("ItemID", [""])[0])
    if path != "/Pages/chi-tiet.aspx" or piece is None:
        return None
    body = (
        f'<h1>{piece.title}</h1><div class="ngaydang">Ngày đăng {_local(piece, "%d/%m/%Y | %H:%M")}</div>{_text(piece)}'
    )
    return _frame(piece.title, f'<div class="ms-rtestate-field">{body}</div>')


# -- 5. like Liferay: state in the query of each link, the next page by a link


def liferay(site: Site, path: str, query: Query) -> str | None:
    base = "/web/guest/tin-tuc"
    by_path = {f"{base}/-/asset_publisher/x1/content/{piece.slug}": piece for piece in site.pieces}
    if path == base:
        page = int(query.get("_101_cur", ["1"])[0])
        paths = {piece.number: at for at, piece in by_path.items()}
        items = "".join(
            f'<div class="asset"><a href="{paths[piece.number]}?p_p_auth=a{next(_serial)}&amp;_101_redirect=%2F">'
            f"{piece.title}</a><span>({_local(piece, '%d/%m/%Y')})</span></div>"
            for piece in _paged(site, page)
        )
        more = f'<a class="next" href="{base}?_101_cur={page + 1}">Tiếp</a>' if _paged(site, page + 1) else ""
        return _frame("Tin tức", f"<section>{items}{more}</section>")
    if path not in by_path:
        return None
    piece = by_path[path]
    moment = _local(piece, "%H:%M, %d/%m/%Y")
    body = f"<h1>{piece.title}</h1><p class='meta'>Cập nhật lúc {moment}</p>{_text(piece)}"
    return _frame(piece.title, f'<div class="journal-content-article">{body}</div>')


DESCRIBED: dict[str, tuple[Callable[[Site, str, Query], str | None], str]] = {
    "newspaper": (newspaper, "kind: feed\naddresses: [{url}/rss/kinh-te.rss]\narticles: '/kinh-te/.+-\\d+\\.html$'\n"),
    "cms": (
        cms,
        "kind: sitemap\naddresses: [{url}/sitemap.xml]\narticles: '/\\d{{4}}/\\d{{2}}/\\d{{2}}/.+\\.html$'\n"
        "address_date: '/(?P<y>\\d{{4}})/(?P<m>\\d{{2}})/(?P<d>\\d{{2}})/'\n"
        "child_date: 'sitemap-(?P<y>\\d{{4}})-(?P<m>\\d{{2}})'\n",
    ),
    "nukeviet": (
        nukeviet,
        "kind: listing\naddresses: [{url}/news/kinh-te/]\narticles: '/news/kinh-te/.+-\\d+\\.html$'\n"
        "pagination: {{address: '{{address}}page-{{page}}/'}}\n",
    ),
    "sharepoint": (
        sharepoint,
        "kind: listing\naddresses: ['{url}/Pages/tin-tuc.aspx']\narticles: 'chi-tiet\\.aspx\\?.*ItemID=\\d+'\n"
        "pagination: {{address: '{{address}}?Trang={{page}}'}}\n",
    ),
    "liferay": (
        liferay,
        "kind: listing\naddresses: ['{url}/web/guest/tin-tuc']\narticles: '/-/asset_publisher/'\n"
        "drop_parameters: [p_p_auth, _101_redirect]\npagination: {{next: a.next}}\n",
    ),
}


def site_of(kind: str, **many: int) -> Site:
    render, _ = DESCRIBED[kind]
    return Site(render, pieces(f"huyện Mẫu Sơn {kind}", **many))


def yaml_of(kind: str, site: Site, source_id: str, more: str = "") -> str:
    """The source's YAML; `more` may add fields."""
    head = f'id: {source_id}\nname: Cổng {source_id}\nref_area: "26"\ndomains: ["127.0.0.1:{site.port}"]\n'
    speed = "" if "politeness" in more else "politeness: {delay_s: 0, concurrency: 8}\n"
    return head + DESCRIBED[kind][1].format(url=site.url) + speed + more

"""What feeds, sitemaps and section pages list: addresses of articles, with the dates that they state. No network."""

from __future__ import annotations

import gzip
import re
import zlib
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO

from lxml import etree, html
from lxml.etree import _Element

from thuchi.collect import dating
from thuchi.collect.addresses import canonical, within
from thuchi.collect.decoding import DecodingError, decode
from thuchi.collect.memory import Found
from thuchi.collect.schema import ListingSource, Portal
from thuchi.model import LOCAL_ZONE


class NotAList(ValueError):  # noqa: N818
    """An answer that is no feed, sitemap or page: an error page sent as 200, most often."""


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that an index names."""

    url: str
    modified: date | None


def is_article(url: str, source: Portal) -> bool:
    return within(url, source.domains) and re.search(source.articles, url) is not None


def feed(body: bytes, base: str, source: Portal) -> list[Found]:
    """The articles of an RSS or Atom feed.

    Raises:
        NotAList: it is neither.
    """
    root = _xml(body, base)
    if _name(root) not in ("rss", "RDF", "feed"):
        raise NotAList(f"{base} is no feed but <{_name(root)}>")
    found = []
    for item in root.iter("{*}item", "{*}entry"):
        fields: dict[str, str] = {}
        for field in item:
            name = _name(field)
            if name == "link" and field.get("rel", "alternate") != "alternate":
                continue
            fields.setdefault(name, (field.get("href") or "".join(str(part) for part in field.itertext())).strip())
        url = canonical(fields.get("link") or fields.get("guid") or "", base, source.drop_parameters)
        if url is None or not is_article(url, source):
            continue
        moment = _moment(fields.get("pubDate") or fields.get("published") or fields.get("date") or "")
        changed = _moment(fields.get("updated") or "")
        found.append(_dated(url, moment, None if changed is None else changed.date(), source))
    return found


def sitemap(body: bytes, base: str, source: Portal) -> tuple[list[Found], list[Child]]:
    """The articles that a sitemap lists and the sitemaps that an index names; `lastmod` is the latest day possible.

    Raises:
        NotAList: it is no sitemap, or a gzip that holds more than the cap of a page.
    """
    if body[:2] == b"\x1f\x8b":
        body = _unpacked(body, base, source.caps.bytes)
    root = _xml(body, base)
    if _name(root) not in ("urlset", "sitemapindex"):
        raise NotAList(f"{base} is no sitemap but <{_name(root)}>")
    found, children = [], []
    for entry in root.iter("{*}url", "{*}sitemap"):
        fields = {_name(field): (field.text or "").strip() for field in entry.iter(etree.Element)}
        changed = _moment(fields.get("lastmod", ""))
        latest = None if changed is None else changed.astimezone(LOCAL_ZONE).date()
        if _name(entry) == "sitemap":
            child = canonical(fields.get("loc", ""), base)
            if child is not None and within(child, source.domains):
                children.append(Child(child, latest))
            continue
        url = canonical(fields.get("loc", ""), base, source.drop_parameters)
        if url is not None and is_article(url, source):
            found.append(_dated(url, _moment(fields.get("publication_date", "")), latest, source))
    return found, children


def _unpacked(body: bytes, base: str, most: int) -> bytes:
    try:
        with gzip.open(BytesIO(body)) as file:
            unpacked = file.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise NotAList(f"{base} is a broken gzip") from error
    if len(unpacked) > most:
        raise NotAList(f"{base} is larger than {most} bytes once unpacked")
    return unpacked


@dataclass(frozen=True, slots=True)
class Section:
    """A page of a section: its articles in their order, and the link to the next page."""

    found: list[Found]
    next: str | None


def section(body: bytes, base: str, source: ListingSource) -> Section:
    """The articles that a section page links, each with the date that stands beside its link.

    Raises:
        NotAList: it is no page.
    """
    tree = page_tree(body, base)
    by_url: dict[str, list[_Element]] = {}
    urls: dict[_Element, str] = {}
    for link in tree.iter("a"):
        url = canonical(link.get("href") or "", base, source.drop_parameters)
        if url is not None and is_article(url, source):
            by_url.setdefault(url, []).append(link)
            urls[link] = url
    found = [
        _dated(url, next(filter(None, (_beside(link, url, urls) for link in links)), None), None, source)
        for url, links in by_url.items()
    ]
    following = None
    if source.pagination is not None and source.pagination.next is not None:
        links = tree.cssselect(source.pagination.next)
        following = canonical(links[0].get("href") or "", base) if links else None
    return Section(found, following)


def _beside(link: _Element, url: str, urls: dict[_Element, str]) -> datetime | None:
    """The date in the smallest block around a link that holds no other article's link."""
    block, around = link, link.getparent()
    while around is not None and around.tag not in ("body", "html"):
        if any(urls.get(other, url) != url for other in around.iter("a")):
            break
        block, around = around, around.getparent()
    for element in block.iter():
        for text in (element.text, element.tail if element is not block else None):
            moment = dating.date_line(text) if text and text.strip() else None
            if moment is not None:
                return moment
        if element.tag == "time" and element.get("datetime"):
            moment = dating.stated(element.get("datetime"))
            if moment is not None:
                return moment
    return None


def page_tree(body: bytes, base: str) -> html.HtmlElement:
    """A page parsed.

    Raises:
        NotAList: it cannot be decoded, or holds nothing.
    """
    try:
        text, _ = decode(body)
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (DecodingError, etree.ParserError) as error:
        raise NotAList(f"{base} is no page: {error}") from error


def date_in_address(url: str, pattern: str | None) -> tuple[date, date] | None:
    """The first and last day that an address allows, by a source's pattern with the groups y, m and perhaps d."""
    found = re.search(pattern, url) if pattern else None
    if found is None:
        return None
    groups = found.groupdict()
    year, month = int(groups["y"]), int(groups["m"])
    try:
        if groups.get("d"):
            day = date(year, month, int(groups["d"]))
            return day, day
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    except ValueError:  # /2022/13/: a number that only looks like a date
        return None


def _dated(url: str, moment: datetime | None, latest: date | None, source: Portal) -> Found:
    if moment is not None:
        return Found.at(url, moment)
    days = date_in_address(url, source.address_date)
    return Found(url, *days) if days else replace(Found(url), latest=latest)


def _xml(body: bytes, base: str) -> _Element:
    # Entities stay unresolved and the network closed: "billion laughs" and file:///etc/passwd are text here.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise NotAList(f"{base} is no XML") from error
    if root is None:
        raise NotAList(f"{base} is no XML")
    return root


def _name(element: _Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _moment(value: str) -> datetime | None:
    """A date as feeds write it: RFC 822 ("Fri, 30 Sep 2022 21:04:00 +0700"), ISO 8601, or in Vietnamese."""
    if not value:
        return None
    moment = dating.stated(value)
    if moment is None:
        try:
            moment = dating.in_zone(parsedate_to_datetime(value))
        except ValueError:
            return None
    return moment


def oldest(found: Iterable[Found]) -> date | None:
    return min((each.latest for each in found if each.latest is not None), default=None)

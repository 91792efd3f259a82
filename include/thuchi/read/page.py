"""An HTML page → headline, text and address: without menus, links to other news and footers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import trafilatura
from lxml import etree, html
from trafilatura.metadata import extract_metadata

from thuchi.collect.addresses import canonical
from thuchi.collect.schema import Selectors

_RULE = re.compile(r"^\|(?:\s*-{3,}\s*\|)+\s*$")
_ROW = re.compile(r"^\|.*\|\s*$")


_ATTACHED = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|zip|rar)$", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Page:
    title: str | None
    url: str | None
    text: str
    attachments: tuple[str, ...] = ()


class NoText(ValueError):  # noqa: N818
    """The page holds no running text, as a gallery or a page that only a script fills."""


def read_page(page: str, address: str | None = None, selectors: Selectors | None = None) -> Page:
    """The article of a page, one paragraph, list item or table row a line, the headline first.

    A table's row is "cell | cell", so that a number stays under its column: "Tổng thu | 610.000 | 512.000". `address`
    is where the page was fetched; the address that it states of itself counts where it is of the same host.

    Raises:
        NoText: where no text is found.
    """
    tree = _tree(page)
    stated = extract_metadata(page)
    title = stated.title.strip() if stated.title else None
    if selectors is not None and tree is not None:
        page, title = _selected(tree, selectors, title)
    # Recall: without it a total's breakdown is lost where a portal sets it as a list ("- Thu nội địa: 401 tỷ đồng").
    body = trafilatura.extract(page, include_comments=False, include_tables=True, favor_recall=True)
    if body is None or not body.strip():
        raise NoText("holds no text that could be told from its menus; save it as .txt")
    text = "\n".join(line for line in map(_line, body.splitlines()) if line is not None)
    if title and _plain(title) not in _plain(text[: len(title) + 500]):
        text = f"{title}\n{text}"  # the headline is part of the text: figures stand in it
    url = _address(stated.url)
    if address is not None and (url is None or urlsplit(url).netloc != urlsplit(address).netloc):
        url = address
    return Page(title, url, text, () if tree is None else _attachments(tree, url))


def _tree(page: str) -> html.HtmlElement | None:
    try:
        return html.document_fromstring(_XML_DECLARATION.sub("", page))
    except etree.ParserError:  # there is nothing in it
        return None


def _selected(tree: html.HtmlElement, selectors: Selectors, title: str | None) -> tuple[str, str | None]:
    """The page with nothing but what a source's selectors name, and its title.

    Raises:
        NoText: a selector leads nowhere: the portal's layout changed.
    """
    for selector in selectors.remove:
        for element in tree.cssselect(selector):
            element.drop_tree()
    if selectors.title:
        titles = [" ".join(element.text_content().split()) for element in tree.cssselect(selectors.title)]
        if not titles:
            raise NoText(f"has nothing at the selector {selectors.title!r} of its source's title; the layout changed")
        title = titles[0]
    if not selectors.text:
        return html.tostring(tree, encoding="unicode"), title
    parts = tree.cssselect(selectors.text)
    if not parts:
        raise NoText(f"has nothing at the selector {selectors.text!r} of its source's text; the layout changed")
    inner = "".join(html.tostring(part, encoding="unicode", with_tail=False) for part in parts)
    return f"<html><body><article>{inner}</article></body></html>", title


def _attachments(tree: html.HtmlElement, base: str | None) -> tuple[str, ...]:
    found = (
        canonical(link.get("href") or "", base or "")
        for link in tree.iter("a")
        if _ATTACHED.search(_path_of(link.get("href") or ""))
    )
    return tuple(dict.fromkeys(url for url in found if url is not None))


def _path_of(href: str) -> str:
    try:
        return urlsplit(href.strip()).path
    except ValueError:  # "http://[broken"
        return ""


def _line(line: str) -> str | None:
    if _RULE.match(line):
        return None
    if _ROW.match(line):
        return " | ".join(cell.strip() for cell in line.strip().strip("|").split("|"))
    return line.rstrip()


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _address(url: str | None) -> str | None:
    """The canonical address, unless it is the portal's front page, which careless pages all name as theirs."""
    if not url:
        return None
    parts = urlsplit(url)
    return url if parts.netloc and (parts.path.strip("/") or parts.query) else None

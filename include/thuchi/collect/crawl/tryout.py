"""Whether a portal works as its YAML says: one list each, one article, nothing kept."""

from __future__ import annotations

from thuchi.collect import dating
from thuchi.collect.crawl import lists
from thuchi.collect.crawl.fetch import CapReached, Fetcher, FetchFailed
from thuchi.collect.crawl.lists import NotAList
from thuchi.collect.decoding import DecodingError, decode
from thuchi.collect.memory import Found
from thuchi.collect.schema import FeedSource, ListingSource, PortalSource


async def tried(source: PortalSource, fetcher: Fetcher) -> dict[str, list[str]]:
    """`works` and `problems`, a sentence each."""
    works: list[str] = []
    problems: list[str] = []
    for entry in source.addresses:
        try:
            found, said = await _list(entry, source, fetcher)
            works.append(said)
            if found:
                works.append(await _article(found[0], source, fetcher))
            else:
                problems.append(f"{entry} names no article: look whether `articles` matches the addresses on it")
        except (FetchFailed, NotAList, CapReached) as trouble:
            problems.append(str(trouble))
    return {"works": works, "problems": problems}


async def _list(entry: str, source: PortalSource, fetcher: Fetcher) -> tuple[list[Found], str]:
    body = (await fetcher.fetch(entry)).response.body
    children: list[lists.Child] = []
    if isinstance(source, FeedSource):
        found = lists.feed(body, entry, source)
    elif isinstance(source, ListingSource):
        found = lists.section(body, entry, source).found
    else:
        found, children = lists.sitemap(body, entry, source)
        if children and not found:
            last = children[-1].url
            found, _ = lists.sitemap((await fetcher.fetch(last)).response.body, last, source)
    dated = sum(each.latest is not None for each in found)
    more = f", {len(children)} sitemaps" if children else ""
    return found, f"{entry}: {len(found)} articles, {dated} of them with a date{more}"


async def _article(found: Found, source: PortalSource, fetcher: Fetcher) -> str:
    body = (await fetcher.fetch(found.url)).response.body
    try:
        text, _ = decode(body)
    except DecodingError as error:
        return f"{found.url}: {error}"
    selector = source.selectors.date if source.selectors else None
    moment = dating.published_by(text, selector) if selector else dating.published_in_html(text)
    stated = "tells no date itself" if moment is None else f"says it was published {moment:%Y-%m-%d %H:%M}"
    return f"{found.url}: {len(body)} bytes, {stated}"

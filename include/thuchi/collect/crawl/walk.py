"""From the entries of a portal to the articles of an interval: what to ask, in which order, and when to stop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from thuchi.collect import dating
from thuchi.collect.addresses import canonical
from thuchi.collect.archive import Response
from thuchi.collect.crawl import lists
from thuchi.collect.crawl.fetch import CapReached, Fetcher, FetchFailed
from thuchi.collect.crawl.lists import Child, NotAList
from thuchi.collect.decoding import DecodingError, decode
from thuchi.collect.memory import BEGINNING, Found, Memory, Walk
from thuchi.collect.schema import FeedSource, ListingSource, PortalSource, SitemapSource
from thuchi.model import LOCAL_ZONE, Interval

SITEMAP_DEPTH = 3
AT_A_TIME = 8


@dataclass(slots=True)
class Outcome:
    """What a crawl did, for the process that started it."""

    requests: int = 0
    fetched: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    """Reason and sentence of each entry that could not be walked through."""
    capped: str | None = None


class Crawl:
    def __init__(
        self, source: PortalSource, interval: Interval, memory: Memory, fetcher: Fetcher, *, refetch: bool
    ) -> None:
        assert interval.start is not None
        assert interval.end is not None
        self._source, self._interval, self._memory, self._fetcher = source, interval, memory, fetcher
        self._start, self._end = interval.start, interval.end
        self._refetch = refetch
        self.outcome = Outcome()

    async def run(self) -> None:
        """Walk the entries, then fetch what they list of the interval."""
        try:
            for entry in self._source.addresses:
                if self._refetch or not any(walk.covers(self._interval) for walk in self._memory.walks(entry)):
                    await self._entry(entry)
            await self._articles(self._memory.wanted(self._interval, refetch=self._refetch))
            if self._refetch:
                await self._articles([page.url for page in self._memory.articles(self._interval)])
        except CapReached as cap:
            self.outcome.capped = str(cap)
        self.outcome.requests = self._fetcher.requests

    async def _entry(self, entry: str) -> None:
        try:
            if isinstance(self._source, FeedSource):
                await self._feed(entry)
            elif isinstance(self._source, SitemapSource):
                await self._sitemap(entry)
            else:
                await self._listing(entry, self._source)
        except FetchFailed as failed:
            self.outcome.faults.append((failed.reason, failed.sentence))
        except NotAList as error:
            self.outcome.faults.append(("layout", str(error)))

    def _new_walk(self, entry: str) -> Walk:
        now = datetime.now(UTC)
        # What is published later on this very day is not listed yet.
        until = now.astimezone(LOCAL_ZONE).date() - timedelta(days=1)
        return Walk(entry, started=now.isoformat(), until=until.isoformat(), since=str(date.max))

    async def _feed(self, entry: str) -> None:
        walk = self._new_walk(entry)
        found = lists.feed((await self._list(entry)).body, entry, self._source)
        self._memory.find(entry, found)
        oldest = lists.oldest(found)
        self._memory.walked(
            replace(walk, since=BEGINNING, ended=True, reach=None if oldest is None else oldest.isoformat())
        )

    async def _sitemap(self, entry: str) -> None:
        walk = self._new_walk(entry)
        until = min(walk.until, self._end.isoformat())
        todo, seen = [(Child(entry, None), 0)], {entry}
        while todo:
            child, depth = todo.pop()
            found, children = lists.sitemap((await self._list(child.url)).body, child.url, self._source)
            self._memory.find(entry, found)
            for each in children:
                if each.url not in seen and depth < SITEMAP_DEPTH and self._may_hold(each):
                    seen.add(each.url)
                    todo.append((each, depth + 1))
        self._memory.walked(replace(walk, since=self._start.isoformat(), until=until, ended=True))

    def _may_hold(self, child: Child) -> bool:
        if child.modified is not None and child.modified < self._start:
            return False
        assert isinstance(self._source, SitemapSource)
        days = lists.date_in_address(child.url, self._source.child_date)
        return days is None or (days[0] <= self._end and days[1] >= self._start)

    async def _list(self, url: str) -> Response:
        """A feed or sitemap, from memory where it was fetched after the interval was over."""
        known = self._memory.page(url)
        if known is not None and not self._refetch:
            fetched = datetime.fromisoformat(known.fetched_at).astimezone(LOCAL_ZONE).date()
            if fetched > self._end:
                return self._memory.response(known)
        answer = await self._fetcher.fetch(url, known)
        if answer.unchanged and known is not None:
            # Asked now and found as it was: as good as fetched now.
            self._memory.keep(replace(self._memory.response(known), fetched_at=answer.response.fetched_at))
            return self._memory.response(known)
        self._memory.keep(answer.response)
        return answer.response

    # -- section pages

    async def _listing(self, entry: str, source: ListingSource) -> None:
        walk = next((each for each in self._memory.walks(entry) if self._goes_on(each)), None) or self._new_walk(entry)
        seen: set[str] = set()
        while True:
            url = walk.next or entry
            page = lists.section((await self._listed(url)).body, url, source)
            if not page.found and walk.page == 1:
                raise NotAList(f"{url} links no article (`articles` matches no address on it)")
            self._memory.find(entry, page.found)
            days = await self._days(page.found)
            older = bool(days) and max(days) < self._start
            again = seen.issuperset(each.url for each in page.found)
            seen.update(each.url for each in page.found)
            following = self._following(entry, walk.page, page.next, source)
            # The end of a section is a page without articles, without a next one, or (where a portal counts on and on)
            # one that shows what was shown before.
            ended = again or following is None or following == url
            if days:
                walk.since = min(walk.since, (max(days) + timedelta(days=1)).isoformat())
            if ended:
                walk.since, walk.ended, walk.next = BEGINNING, True, None
            else:
                walk.page, walk.next = walk.page + 1, following
            self._memory.walked(walk)
            if ended or older:
                return
            if source.pagination is not None and walk.page > source.pagination.pages:
                raise NotAList(
                    f"{entry} was followed for {source.pagination.pages} pages without reaching {self._start}; "
                    "raise `pages` of pagination, or look whether its pages are in the order of their dates"
                )

    def _goes_on(self, walk: Walk) -> bool:
        """Whether an earlier walk, one that was killed or had no need to go so far back, can be taken up again.

        What was published since has moved articles to later pages, never to earlier ones: none is missed.
        """
        return not self._refetch and not walk.ended and walk.next is not None and self._end.isoformat() <= walk.until

    async def _listed(self, url: str) -> Response:
        answer = await self._fetcher.fetch(url)
        self._memory.keep(answer.response)
        return answer.response

    @staticmethod
    def _following(entry: str, page: int, link: str | None, source: ListingSource) -> str | None:
        if source.pagination is None or source.pagination.address is None:
            return link
        number = source.pagination.second + (page - 1) * source.pagination.step
        return source.pagination.address.format(address=entry, page=number)

    async def _days(self, found: list[Found]) -> list[date]:
        """The days of a page's articles: as listed, or, where the list states none, as the articles themselves do."""
        listed = [each.latest for each in found if each.latest is not None and each.earliest == each.latest]
        if listed and 2 * len(listed) >= len(found):
            return listed
        await self._articles([each.url for each in found if self._memory.page(each.url) is None])
        published = [page.published for each in found if (page := self._memory.page(each.url)) is not None]
        return [datetime.fromisoformat(moment).astimezone(LOCAL_ZONE).date() for moment in published if moment]

    # -- articles

    async def _articles(self, urls: list[str]) -> None:
        for start in range(0, len(urls), AT_A_TIME):
            results = await asyncio.gather(*map(self._article, urls[start : start + AT_A_TIME]), return_exceptions=True)
            for result in results:
                if isinstance(result, BaseException):
                    raise result

    async def _article(self, url: str) -> None:
        known = self._memory.page(url)
        try:
            answer = await self._fetcher.fetch(url, known)
            if answer.unchanged:
                self.outcome.unchanged.append(url)
                return
            self._refuse_what_is_no_article(url, answer.address, answer.response)
        except FetchFailed as failed:
            self._memory.failed(url, failed.reason, failed.lasting, failed.sentence)
            return
        self._memory.keep(replace(answer.response, published=self._published(answer.response)))
        self.outcome.fetched.append(url)

    def _refuse_what_is_no_article(self, url: str, address: str, response: Response) -> None:
        media_type = next((value for name, value in response.headers if name.lower() == "content-type"), "text/html")
        if not media_type.lower().startswith(("text/html", "application/xhtml", "text/plain")):
            raise FetchFailed("no_page", f"{url} is no page but {media_type}", lasting=True)
        reached = canonical(address, drop=self._source.drop_parameters) or address
        # A portal sends whoever asks for a deleted article to its front page.
        if reached != url and (not lists.is_article(reached, self._source) or urlsplit(reached).path in ("", "/")):
            raise FetchFailed("moved", f"{url} leads to {reached}, which is no article", lasting=True)

    def _published(self, response: Response) -> datetime | None:
        """By the article itself, or else by the list that named it, or else by its address."""
        found = self._memory.found(response.url)
        try:
            text, _ = decode(response.body)
        except DecodingError:  # read names it
            text = ""
        selector = self._source.selectors.date if self._source.selectors else None
        moment = dating.published_by(text, selector) if selector else dating.published_in_html(text)
        if moment is not None:
            return moment
        if found.stated is not None:
            return found.stated
        days = lists.date_in_address(response.url, self._source.address_date)
        if days is None or days[0] != days[1]:
            return None
        return datetime(days[0].year, days[0].month, days[0].day, tzinfo=LOCAL_ZONE)

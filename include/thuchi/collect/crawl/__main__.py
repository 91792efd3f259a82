"""`python -m thuchi.collect.crawl SOURCE (PERIOD [--refetch] | --check)`: one crawl, its outcome as JSON on stdout."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess

from thuchi.collect.crawl.fetch import FIRST_WAIT_S, Fetcher
from thuchi.collect.crawl.tryout import tried
from thuchi.collect.crawl.walk import Crawl
from thuchi.collect.memory import Memory, folder_of
from thuchi.collect.schema import Portal, PortalSource
from thuchi.collect.sources import load_source
from thuchi.model import Interval
from thuchi.settings import settings


class PortalSpider(Spider):
    """Hands Scrapy's engine to `Crawl`, which awaits one page after the other."""

    name = "portal"

    def __init__(self, source: PortalSource, interval: Interval | None, refetch: bool, said: dict[str, Any]) -> None:
        super().__init__()
        self._source, self._interval, self._refetch, self._said = source, interval, refetch, said

    async def start(self) -> AsyncIterator[Any]:
        parent = asyncio.create_task(_end_with_the_parent(os.getppid()))
        # Tests that are answered 500 on purpose need not wait for seconds.
        fetcher = Fetcher(self.crawler, self._source.caps, 0.05 if settings().loopback else FIRST_WAIT_S)
        try:
            if self._interval is None:
                self._said.update(await tried(self._source, fetcher))
            else:
                await self._crawl(self._interval, fetcher)
        finally:
            parent.cancel()
        for request in list[Any]():  # none: `crawl` has asked for everything itself
            yield request

    async def _crawl(self, interval: Interval, fetcher: Fetcher) -> None:
        memory = Memory(folder_of(self._source.id))
        crawl = Crawl(self._source, interval, memory, fetcher, refetch=self._refetch)
        try:
            await crawl.run()
        finally:
            memory.close()
        self._said.update(asdict(crawl.outcome))


async def _end_with_the_parent(parent: int) -> None:
    """A task that Airflow kills leaves no crawl behind."""
    while os.getppid() == parent:
        await asyncio.sleep(1)
    os._exit(3)


def scrapy_settings(source: PortalSource) -> dict[str, Any]:
    here = "thuchi.collect.crawl.guard"
    return {
        "USER_AGENT": f"ThuChi/0.1 (news reader for public finance; {settings().contact})",
        "ROBOTSTXT_OBEY": True,
        "DOWNLOAD_DELAY": source.politeness.delay_s,
        "CONCURRENT_REQUESTS_PER_DOMAIN": source.politeness.concurrency,
        "AUTOTHROTTLE_ENABLED": source.politeness.delay_s > 0,
        "AUTOTHROTTLE_START_DELAY": source.politeness.delay_s,
        "DOWNLOAD_MAXSIZE": source.caps.bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": source.caps.timeout_s,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "REDIRECT_MAX_TIMES": 5,
        "METAREFRESH_ENABLED": False,
        "RETRY_ENABLED": False,  # fetch.py tries again, and keeps to Retry-After
        "HTTPPROXY_ENABLED": False,  # behind a proxy no address could be checked
        "TWISTED_DNS_RESOLVER": f"{here}.PublicResolver",
        "COOKIES_ENABLED": False,
        # None of Scrapy's other extensions: two open a port through which a crawl can be told what to do, and all are
        # imported even where they are switched off (0.5 s).
        "EXTENSIONS_BASE": {"scrapy.extensions.throttle.AutoThrottle": 0},
        "DOWNLOADER_MIDDLEWARES": {f"{here}.Guard": 50},  # before robots.txt is asked for
        "THUCHI_DOMAINS": source.domains,
        "LOG_LEVEL": "WARNING",
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Language": "vi,en;q=0.3",
        },
    }


def main(arguments: list[str]) -> int:
    source = load_source(arguments[0])
    assert isinstance(source, Portal)
    said: dict[str, Any] = {}
    process = AsyncCrawlerProcess(scrapy_settings(source))
    process.crawl(
        PortalSpider,
        source=source,
        interval=None if arguments[1] == "--check" else Interval.parse(arguments[1]),
        refetch="--refetch" in arguments,
        said=said,
    )
    process.start()
    if not said:
        return 1
    print(json.dumps(said, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

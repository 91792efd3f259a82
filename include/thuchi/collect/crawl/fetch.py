"""One page: asked for politely, tried again where that may help, or refused in one sentence."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response as ScrapyResponse

from thuchi.collect.archive import Response
from thuchi.collect.crawl.guard import Refused, not_public, without_rules
from thuchi.collect.memory import Stored
from thuchi.collect.schema import Caps

TRIES = 3
LONGEST_WAIT_S = 120.0
"""A server that asks to come back later than that is left alone for this run."""
FIRST_WAIT_S = 2.0
_LASTING = (404, 410, 451)
_NOT_IN_THIS_RUN = ("blocked", "no_rules")
"""Asking again at once helps nobody, but a wall may be gone tomorrow; robots.txt is asked for once a run."""
_PASSING = (408, 425, 500, 502, 503, 504, 520, 521, 522, 524)


class FetchFailed(Exception):  # noqa: N818
    """A page that could not be had: why in one word and in a sentence, and whether a later run may try again."""

    def __init__(self, reason: str, sentence: str, *, lasting: bool) -> None:
        super().__init__(sentence)
        self.reason, self.sentence, self.lasting = reason, sentence, lasting


class CapReached(Exception):  # noqa: N818
    """The run has taken what one run may take from a portal; the next goes on from here."""


@dataclass(frozen=True, slots=True)
class Fetched:
    response: Response
    address: str
    """Where the last redirect led."""
    unchanged: bool = False


class Fetcher:
    """Fetches by Scrapy's engine, so robots.txt, delays, AutoThrottle, redirects and size limits hold for each."""

    def __init__(self, crawler: Crawler, caps: Caps, first_wait_s: float = FIRST_WAIT_S) -> None:
        self._crawler, self._caps, self._first_wait_s = crawler, caps, first_wait_s
        self._until = time.monotonic() + caps.seconds
        self.requests = 0

    async def fetch(self, url: str, known: Stored | None = None) -> Fetched:
        """Fetch a page; where an earlier version is `known`, only if it changed.

        Raises:
            FetchFailed: it could not be had.
            CapReached: the run's requests or time are used up.
        """
        failure = FetchFailed("unknown", f"{url} was not tried", lasting=False)
        for attempt in range(TRIES):
            try:
                response = await self._once(url, known)
            except FetchFailed as failed:
                if failed.lasting or failed.reason in _NOT_IN_THIS_RUN:
                    raise
                failure, wait = failed, self._first_wait_s * 4**attempt
            else:
                if response.status == 304 and known is not None:
                    return Fetched(_as_ours(url, response), response.url, unchanged=True)
                if response.status == 200:
                    return Fetched(_as_ours(url, response), response.url)
                failure = _of_status(url, response.status)
                if failure.lasting or failure.reason in _NOT_IN_THIS_RUN:
                    raise failure
                wait = _asked_to_wait(response) or self._first_wait_s * 4**attempt
            if attempt + 1 < TRIES:
                if wait > LONGEST_WAIT_S:
                    raise FetchFailed(
                        failure.reason, f"{failure.sentence} and asks to come back in {wait:.0f} s", lasting=False
                    )
                await asyncio.sleep(wait)
        raise failure

    async def _once(self, url: str, known: Stored | None) -> ScrapyResponse:
        if self.requests >= self._caps.requests:
            raise CapReached(f"its cap of {self._caps.requests} requests a run")
        if time.monotonic() > self._until:
            raise CapReached(f"its cap of {self._caps.seconds} s a run")
        self.requests += 1
        headers = {}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.modified:
            headers["If-Modified-Since"] = known.modified
        request = Request(url, headers=headers, dont_filter=True)
        try:
            return await self._crawler.engine.download_async(request)
        except Exception as error:
            raise _failure(url, error, self._caps) from error


def _as_ours(url: str, response: ScrapyResponse) -> Response:
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]
    return Response(url, response.status, headers, response.body, datetime.now(UTC).replace(microsecond=0))


def _of_status(url: str, status: int) -> FetchFailed:
    if status in (401, 403):
        return FetchFailed("blocked", f"{url} answers {status}", lasting=False)
    if status == 429:
        return FetchFailed("busy", f"{url} answers 429, too many requests", lasting=False)
    if status in _PASSING:
        return FetchFailed("server_error", f"{url} answers {status}", lasting=False)
    return FetchFailed("gone" if status in _LASTING else "status", f"{url} answers {status}", lasting=True)


def _failure(url: str, error: Exception, caps: Caps) -> FetchFailed:
    """What Scrapy raises, as one of ours; anything unknown is a fault of this program and is raised as it is."""
    if isinstance(error, Refused):
        return FetchFailed(error.reason, f"{url} {error}", lasting=True)
    if isinstance(error, IgnoreRequest):
        text = str(error)
        if "robots.txt" in text and (why := without_rules.get(urlsplit(url).netloc)):
            closed = f"{url} is closed to us while the site's robots.txt {why}"
            return _inner(url, text) or FetchFailed("no_rules", closed, lasting=False)
        if "robots.txt" in text:
            return FetchFailed("robots", f"{url} is closed to us by robots.txt", lasting=True)
        if "redirections" in text:
            return FetchFailed("redirect_loop", f"{url} redirects without end", lasting=True)
        if "MAXSIZE" in text or "during decompression" in text:
            return FetchFailed("too_large", f"{url} is larger than {caps.bytes} bytes once unpacked", lasting=True)
        return FetchFailed("ignored", f"{url}: {text}", lasting=True)
    if isinstance(error, DownloadTimeoutError):
        return FetchFailed("timeout", f"{url} did not come to its end within {caps.timeout_s:g} s", lasting=False)
    if isinstance(error, DownloadCancelledError):  # by DOWNLOAD_MAXSIZE
        return FetchFailed("too_large", f"{url} is larger than {caps.bytes} bytes", lasting=True)
    if isinstance(error, ResponseDataLossError):
        return FetchFailed("truncated", f"{url} broke off before its end", lasting=False)
    if isinstance(error, CannotResolveHostError):
        unknown = FetchFailed("no_host", f"{url}: the name of its host does not resolve", lasting=False)
        return _inner(url, str(error)) or unknown
    if isinstance(error, DownloadConnectionRefusedError | DownloadFailedError | OSError):
        return FetchFailed("no_connection", f"{url} does not answer ({str(error)[:100]})", lasting=False)
    raise error


def _inner(url: str, error: str) -> FetchFailed | None:
    """Where a name was not looked up for want of a public address, and not for want of a host."""
    for name, address in not_public.items():
        if name in error or name == urlsplit(url).hostname:
            return FetchFailed("not_public", f"{url}: {name} is {address}, which is no public address", lasting=True)
    return None


def _asked_to_wait(response: ScrapyResponse) -> float | None:
    """Retry-After, in seconds or as a date."""
    said: Any = response.headers.get("Retry-After")
    if not said:
        return None
    text = said.decode("latin-1").strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)) / timedelta(seconds=1))
    except (ValueError, TypeError):  # neither: "soon"
        return None

"""What a crawl may ask: only the source's domains, only public addresses, checked again for each redirect.

A portal's page may lead anywhere: to another site, to http://169.254.169.254/, to a name that resolves to 10.0.0.7.

A host whose robots.txt cannot be had is closed as a whole (RFC 9309, 2.3.1.4): Scrapy itself would take a 503, and a
host that does not answer, for "everything is allowed". One that has none (404) is open.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from thuchi.collect.addresses import is_public, literal, within
from thuchi.settings import settings


class Refused(IgnoreRequest):
    """An address that is not asked; `reason` is one word for it."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


not_public: dict[str, str] = {}
"""Names that resolved to an address which is not of the open internet, with it: Twisted keeps no reason of ours."""

without_rules: dict[str, str] = {}
"""Hosts whose robots.txt could not be had, with what became of it: "answers 503"."""


class Guard:
    """A downloader middleware: it sees every request, also robots.txt and what a redirect leads to."""

    def __init__(self, domains: list[str]) -> None:
        self._domains = domains

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Guard:
        return cls(crawler.settings.getlist("THUCHI_DOMAINS"))

    def process_request(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in ("http", "https"):
            raise Refused("scheme", f"{request.url} is no http(s) address")
        if not within(request.url, self._domains):
            raise Refused("off_site", f"leads to {request.url}, outside of the source's domains")
        address = literal(urlsplit(request.url).hostname or "")
        if address is not None and not is_public(address, loopback=settings().loopback):
            raise Refused("not_public", f"leads to {address}, which is no public address")

    def process_response(self, request: Request, response: Response) -> Response:
        if _is_for_rules(request) and (response.status >= 500 or response.status == 429):
            return _closed(request, f"answers {response.status}")
        return response

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        return _closed(request, f"cannot be had ({str(exception)[:100]})") if _is_for_rules(request) else None


def _is_for_rules(request: Request) -> bool:
    return bool(request.meta.get("dont_obey_robotstxt"))


def _closed(request: Request, why: str) -> Response:
    """Rules that forbid everything, in place of those that could not be had."""
    without_rules[urlsplit(request.meta.get("redirect_urls", [request.url])[0]).netloc] = why
    return TextResponse(request.url, body=b"User-agent: *\nDisallow: /\n")


class PublicResolver(CachingThreadedResolver):
    """Resolves a name only to a public address: the very one that is then connected to."""

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    @staticmethod
    def _checked(address: str, name: str) -> str:
        if not is_public(address, loopback=settings().loopback):
            not_public[name] = address
            raise DNSLookupError(f"{name} resolves to {address}, which is no public address")
        return address

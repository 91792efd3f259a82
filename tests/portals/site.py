"""Five kinds of portal on this machine's loopback, which keep a log of who asked what, and misbehave on request."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from portals.prose import Piece

Answer = tuple[int, dict[str, str], bytes]
Behaviour = Callable[["Handler"], None]


@dataclass
class Site:
    """A running portal: `render` answers each path, unless `behaviours` holds something else for it."""

    render: Callable[[Site, str, dict[str, list[str]]], str | bytes | None]
    pieces: list[Piece]
    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    robots: str = "User-agent: *\nAllow: /\n"
    log: list[tuple[str, int]] = field(default_factory=list)
    """Each request but those for robots.txt, with the status that it was answered."""
    agents: set[str] = field(default_factory=set)
    port: int = 0
    conditional: bool = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def asked(self, status: int | None = None) -> list[str]:
        return [path for path, answered in self.log if status in (None, answered)]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.agents.add(self.headers.get("User-Agent", ""))
        parts = urlsplit(self.path)
        behaviour = self.site.behaviours.get(self.path) or self.site.behaviours.get(parts.path)
        try:
            if behaviour is not None:
                behaviour(self)
            elif parts.path == "/robots.txt":
                self.answer(200, self.site.robots.encode(), "text/plain")
            else:
                self._page(parts.path, parse_qs(parts.query))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # whoever asked has heard enough, of a page of 200 MB for example

    def _page(self, path: str, query: dict[str, list[str]]) -> None:
        body = self.site.render(self.site, path, query)
        if body is None:
            self.answer(404, "<html><body>Không tìm thấy trang</body></html>")
            return
        content = body.encode() if isinstance(body, str) else body
        tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        if self.site.conditional and self.headers.get("If-None-Match") == tag:
            self.answer(304, b"")
            return
        kind = "application/xml" if content.startswith(b"<?xml") else "text/html; charset=utf-8"
        self.answer(200, content, kind, {"ETag": tag} if self.site.conditional else {})

    def answer(
        self,
        status: int,
        body: str | bytes,
        kind: str = "text/html; charset=utf-8",
        headers: dict[str, str] | None = None,
    ) -> None:
        content = body.encode() if isinstance(body, str) else body
        self.noted(status)
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def noted(self, status: int) -> None:
        if urlsplit(self.path).path != "/robots.txt":
            self.site.log.append((self.path, status))

    def log_message(self, *_: Any) -> None:
        """The site's own log is enough."""


@contextmanager
def running(site: Site) -> Iterator[Site]:
    handler = type("HandlerOfSite", (Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

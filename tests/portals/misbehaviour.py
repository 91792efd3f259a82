"""What portals do to those who ask: each a behaviour for `Site.behaviours`."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable

from portals.site import Behaviour, Handler

PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p></body></html>"


def status(code: int, **headers: str) -> Behaviour:
    return lambda handler: handler.answer(code, "<html><body>Lỗi</body></html>", headers=headers)


def first(times: int, trouble: Behaviour) -> Behaviour:
    """Misbehave the first times, then answer as usual."""
    asked = iter(range(10**9))

    def behave(handler: Handler) -> None:
        if next(asked) < times:
            trouble(handler)
        else:
            path, _, _ = handler.path.partition("?")
            handler._page(path, {})

    return behave


def redirect(to: str | Callable[[Handler], str], code: int = 302) -> Behaviour:
    def behave(handler: Handler) -> None:
        handler.answer(code, b"", headers={"Location": to if isinstance(to, str) else to(handler)})

    return behave


def slow_drip(handler: Handler) -> None:
    """A byte each fifth of a second, for a minute."""
    handler.noted(200)
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "300")
    handler.end_headers()
    for _ in range(300):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.2)


def truncated(handler: Handler) -> None:
    """Half of what Content-Length promised."""
    handler.noted(200)
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"<html><body><p>Thu ng\xc3\xa2n s")
    handler.close_connection = True


def huge(handler: Handler) -> None:
    """A page of 200 MB, without saying so beforehand."""
    handler.noted(200)
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Connection", "close")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"<p>" + b"x" * 1_000_000)
    handler.close_connection = True


def gzip_bomb(handler: Handler) -> None:
    """50 MB of nothing in 50 kB."""
    handler.answer(200, gzip.compress(b"\0" * 50_000_000), headers={"Content-Encoding": "gzip"})


def charset(said: str, real: str, title: str, text: str) -> Behaviour:
    content = PAGE.format(title, text).encode(real)
    return lambda handler: handler.answer(200, content, f"text/html; charset={said}")


def pdf(handler: Handler) -> None:
    handler.answer(200, b"%PDF-1.7 ...", "application/pdf")

"""Servers that keep what they receive."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Mailbox:
    """A mail server's handler: the mails it was given."""

    def __init__(self) -> None:
        self.mails: list[Message] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802
        self.mails.append(message_from_bytes(envelope.content))
        return "250 OK"

    @property
    def subjects(self) -> list[str]:
        return [str(make_header(decode_header(mail["Subject"]))) for mail in self.mails]

    @property
    def bodies(self) -> list[str]:
        return [
            part.get_payload(decode=True).decode()  # type: ignore[union-attr]
            for mail in self.mails
            for part in mail.walk()
            if part.get_content_type() == "text/html"
        ]


class Hook:
    """A web server: what it was sent, and what it answers."""

    def __init__(self) -> None:
        self.received: list[tuple[str, dict[str, Any]]] = []
        self.status = 200
        self.answers: dict[str, bytes] = {}
        """By path; "ok" where there is none."""
        self.tokens: list[str | None] = []
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if hook.status == 200:
                    hook.received.append((self.path, json.loads(body)))
                    hook.tokens.append(self.headers["Authorization"])
                self.send_response(hook.status)
                self.end_headers()
                self.wfile.write(hook.answers.get(self.path, b"ok"))

            def log_message(self, *_: object) -> None:
                """Not to stderr."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

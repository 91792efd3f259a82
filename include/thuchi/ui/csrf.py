"""A form of ours is told from a form that another site made a browser send.

Two independent checks. The browser itself says where a request comes from (Sec-Fetch-Site, Origin), and the form
carries a token that only our page knows: signed by this installation, good for one person and a working day.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from thuchi.ui.guard import Reader, secret

HOURS = 12


def token_of(reader: Reader) -> str:
    """What a form of this person carries in its field `csrf`."""
    return _signer().dumps(reader.id)


def check(request: Request, reader: Reader, token: str) -> None:
    """Raises HTTPException 403 unless the request comes from a page of ours that this person was shown."""
    site = request.headers.get("sec-fetch-site")
    if site not in (None, "same-origin"):
        raise HTTPException(403, "This request was sent by another site, and nothing was changed.")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "This request was sent by another site, and nothing was changed.")
    try:
        signed_for = _signer().loads(token, max_age=HOURS * 3600)
    except BadSignature:
        signed_for = None
    if signed_for != reader.id:
        raise HTTPException(403, "This form is too old or not yours: load the page again. Nothing was changed.")


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret(), salt="thuchi.ui")

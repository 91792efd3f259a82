"""Addresses: one form for each page, and which hosts may be asked at all."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

# Not "sid": on portals of the PHP-Nuke family it is the article ("modules.php?name=News&op=viewst&sid=123").
_STATE = re.compile(
    r"^(?:(?:php|j)?sess(?:ion)?_?id|aspsessionid\w*|asp\.net_sessionid|utm_\w+|fbclid|gclid|zarsrc)$", re.IGNORECASE
)
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?#]*|/\(S\([a-z0-9]+\)\)", re.IGNORECASE)


def canonical(url: str, base: str = "", drop: Sequence[str] = ()) -> str | None:
    """One spelling for each page: no fragment, session id or campaign, the query sorted; null for no web address.

    `drop` are patterns of a portal's own parameters that carry state: p_p_auth.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        port = parts.port
    except ValueError:  # "http://[::1" or a port beyond 65535
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host = parts.hostname if port in (None, {"http": 80, "https": 443}[parts.scheme]) else f"{parts.hostname}:{port}"
    stateful = [_STATE, *(re.compile(f"^(?:{pattern})$") for pattern in drop)]
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not any(pattern.match(name) for pattern in stateful)
    ]
    path = _SESSION_IN_PATH.sub("", parts.path) or "/"
    return str(canonicalize_url(urlunsplit((parts.scheme, host, path, urlencode(kept), ""))))


def within(url: str, domains: Iterable[str]) -> bool:
    """Whether an address is of one of these domains or their subdomains; a domain may name a port, as in tests."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    for domain in domains:
        name, _, port = domain.partition(":")
        if (host == name or host.endswith(f".{name}")) and (
            str(parts.port) == port if port else parts.port in (None, 80, 443)
        ):
            return True
    return False


def is_public(address: str, *, loopback: bool = False) -> bool:
    """Whether an IP address is one of the open internet; `loopback` lets 127.0.0.1 and ::1 pass, for tests."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if inner is not None:
        return is_public(str(inner), loopback=loopback)
    if ip.is_loopback:
        return loopback
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def literal(host: str) -> str | None:
    """The IP address that a host is written as, null for a name (which is checked once it is resolved)."""
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return None

"""Whether the bytes of a page can hold a figure, before any HTML is parsed.

The page is brought to lines as a reader sees them, by string operations alone: decoded, entities and NFD resolved,
tags taken out. What lines it gives up to the extractor's own gate are the same words that a parser would find, with
menus and scripts besides: so a page that is refused here would be refused by the extractor, and not the other way.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Callable

from thuchi.collect.decoding import DecodingError, declared, decode

Gate = Callable[[str], bool]
"""Whether a text can hold a figure: of thuchi.extract, handed in by the pipeline, since collect comes before it."""

_HIDDEN = tuple((f"<{tag}", f"</{tag}") for tag in ("script", "style", "noscript", "svg"))
_CELL = re.compile(r"</t[dh]\s*>\s*<t[dh]\b[^>]*>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|tr|table|h[1-6]|section|article|header|footer|nav|td|th)\b[^>]*>", re.IGNORECASE
)
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_COMMENT_BYTES = re.compile(rb"<!--.*?-->", re.DOTALL)
_SPACE = re.compile(r"\s+")
_LINE = "\ue000"  # of the private use area: \s would match a control character
_ROW = re.compile(r"<tr\b.*?</tr\s*>", re.DOTALL | re.IGNORECASE)


_TAGS = re.compile(
    rb"<(?:(td\b|th\b)|(/?(?:p|div|li|ul|ol|tr|table|tbody|h[1-6]|section|article|header|footer|nav|br|td|th)\b))?[^>]*>",
    re.IGNORECASE,
)


def at_a_glance(content: bytes) -> bytes:
    """The words of a page in one line, cells and blocks apart: half a millisecond, where the lines take two."""
    parts = _TAGS.split(_COMMENT_BYTES.sub(b" ", _without_hidden(content)))
    apart = [
        b" | " + text if cell else b" " + text if block else text
        for cell, block, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    ]
    return parts[0] + b"".join(apart)


def _without_hidden(content: bytes) -> bytes:
    """A page without its scripts and styles, by plain search: a regular expression takes ten times as long."""
    for opening, closing in _HIDDEN:
        begin, end = opening.encode(), closing.encode()
        if begin not in content:
            continue
        parts = content.split(begin)
        kept = [parts[0]]
        for part in parts[1:]:
            inside, closed, after = part.partition(end)
            kept.append(after.partition(b">")[2] if closed else inside)
        content = b" ".join(kept)
    return content


def visible_lines(page: str) -> str:
    """The text of a page as lines: a block each, a table's row as "cell | cell"; menus and footers too.

    Scripts are taken out of its bytes before.
    """
    text = _COMMENT.sub(" ", page)
    # A cell may hold paragraphs, as Word exports it: <td><p>Tổng thu</p></td><td><p>610.000</p></td>
    text = _ROW.sub(lambda row: _LINE + _BLOCK.sub(" ", _CELL.sub(" | ", row[0])) + _LINE, text)
    text = _BREAK.sub(" ", _BLOCK.sub(_LINE, text))
    text = html.unescape(_TAG.sub("", text)) if "<" in text or "&" in text else text
    return _SPACE.sub(" ", text).replace(_LINE, "\n")


def may_hold_figures(content: bytes, gate: Gate) -> bool:
    """Whether a page is worth parsing. What cannot be decoded is let through: read refuses it by name."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16", errors="replace").encode()
    charset = declared(content)
    try:
        glance, _ = decode(at_a_glance(content), charset)
        # If all the page in one line does not pass, none of its lines does: most pages end here.
        if not gate(" ".join(unicodedata.normalize("NFC", html.unescape(glance)).split())):
            return False
        text, _ = decode(_without_hidden(content), charset)
    except DecodingError:
        return True
    return gate(unicodedata.normalize("NFC", visible_lines(text)))

"""Whether the bytes of a page can hold a figure, before any HTML is parsed.

The page is brought to lines as a reader sees them, by string operations alone: decoded, entities and NFD resolved,
tags taken out. What lines it gives up to the extractor's own gate are the same words that a parser would find, with
menus and scripts besides: so a page that is refused here would be refused by the extractor, and not the other way.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable

from thuchi.collect.decoding import DecodingError, decode

Gate = Callable[[str], bool]
"""Whether a text can hold a figure: of thuchi.extract, handed in by the pipeline, since collect comes before it."""

_HIDDEN = re.compile(r"<(script|style|noscript|svg)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"</t[dh]\s*>\s*<t[dh]\b[^>]*>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|tr|table|h[1-6]|section|article|header|footer|nav|td|th)\b[^>]*>", re.IGNORECASE
)
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_LINE = "\ue000"  # of the private use area: \s would match a control character
_ROW = re.compile(r"<tr\b.*?</tr\s*>", re.DOTALL | re.IGNORECASE)


def visible_lines(page: str) -> str:
    """The text of a page as lines: a block each, a table's row as "cell | cell"; menus and footers too."""
    text = _HIDDEN.sub(" ", page)
    # A cell may hold paragraphs, as Word exports it: <td><p>Tổng thu</p></td><td><p>610.000</p></td>
    text = _ROW.sub(lambda row: _LINE + _BLOCK.sub(" ", _CELL.sub(" | ", row[0])) + _LINE, text)
    text = _BREAK.sub(" ", _BLOCK.sub(_LINE, text))
    text = html.unescape(_TAG.sub("", text)) if "<" in text or "&" in text else text
    return _SPACE.sub(" ", text).replace(_LINE, "\n")


def may_hold_figures(content: bytes, gate: Gate) -> bool:
    """Whether a page is worth parsing. What cannot be decoded is let through: read refuses it by name."""
    try:
        text, _ = decode(content)
    except DecodingError:
        return True
    return gate(unicodedata.normalize("NFC", visible_lines(text)))

"""Whether the bytes of a page can hold a figure, before any HTML is parsed.

The page is brought to lines as a reader sees them, by string operations alone: decoded, entities and NFD resolved,
tags taken out. What lines it gives up to the extractor's own gate are the same words that a parser would find, with
menus and scripts besides: so a page that is refused here would be refused by the extractor, and not the other way.

The extractor's gate judges line by line, and the lines of menus and footers come again on each page of a site: those
without a figure are remembered, so that of most pages only a few lines are looked at.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Callable

from thuchi.collect.decoding import DecodingError, declared, decode

Gate = Callable[[str], bool]
"""Whether a line of a text can hold a figure: of thuchi.extract, handed in by the pipeline, as collect comes first."""

REMEMBERED = 20_000
"""Lines without a figure that are kept in memory,"""
SHORT = 300
"""if they have no more bytes than that, tags included: a paragraph does not come again on other pages."""

_HIDDEN = tuple((f"<{tag}", f"</{tag}") for tag in ("script", "style", "noscript", "svg"))
_CELL = re.compile(r"</t[dh]\s*>\s*<t[dh]\b[^>]*>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|tr|table|h[1-6]|section|article|header|footer|nav|td|th)\b[^>]*>", re.IGNORECASE
)
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_SPACE = re.compile(r"\s+")
_LINE = "\ue000"  # of the private use area: \s would match a control character
_ROW = re.compile(r"<tr\b.*?</tr\s*>", re.DOTALL | re.IGNORECASE)


_TABLE_OR_CAPITALS = re.compile(rb"<(?:t[dh][ >\r\n]|[TPDB])")
_END_OF_LINE = re.compile(rb"</(?=[pdhtu]|li|se|ar)")
_NO_LINES = bytes(range(256)).translate(bytes.maketrans(b"\r\n", b"  "))
_TAG_BYTES = re.compile(rb"<[^>]*>")


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

    Scripts and comments are taken out of its bytes before.
    """
    # A cell may hold paragraphs, as Word exports it: <td><p>Tổng thu</p></td><td><p>610.000</p></td>
    text = _ROW.sub(lambda row: _LINE + _BLOCK.sub(" ", _CELL.sub(" | ", row[0])) + _LINE, page)
    text = html.unescape(_TAG.sub("", _BREAK.sub(" ", _BLOCK.sub(_LINE, text))))
    return _SPACE.sub(" ", text).replace(_LINE, "\n")


class RawGate:
    """The extractor's gate over raw pages; one for all pages of an archive."""

    def __init__(self, gate: Gate) -> None:
        self.takes = gate
        self._dull: set[bytes] = set()

    def passes(self, content: bytes) -> bool:
        """Whether a page is worth parsing. What cannot be decoded is let through: read refuses it by name."""
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            content = content.decode("utf-16", errors="replace").encode()
        charset = declared(content)
        content = _COMMENT.sub(b" ", _without_hidden(content))
        try:
            if _TABLE_OR_CAPITALS.search(content):
                return self._takes_any_of(visible_lines(decode(content, charset)[0]))
            new = set(_END_OF_LINE.sub(b"\n</", content.translate(_NO_LINES)).split(b"\n")) - self._dull
            # A <br> becomes a space, as in `visible_lines`: "Thu ngân sách:<br>512 tỷ đồng" is one line.
            words = _TAG_BYTES.sub(b"", b"\n".join(new).replace(b"<br", b" <br"))
            if self._takes_any_of(html.unescape(decode(words, charset)[0])):
                return True
        except DecodingError:
            return True
        if len(self._dull) > REMEMBERED:
            self._dull.clear()
        self._dull.update(line for line in new if len(line) <= SHORT)
        return False

    def _takes_any_of(self, lines: str) -> bool:
        apart = (" ".join(words) for line in unicodedata.normalize("NFC", lines).split("\n") if (words := line.split()))
        return self.takes("\n".join(apart))

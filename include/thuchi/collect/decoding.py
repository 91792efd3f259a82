"""Bytes to text, or a refusal: a wrong guess would turn "đồng" into another word, or a digit's unit into none."""

from __future__ import annotations

import codecs
import re
import unicodedata

from thuchi.collect.legacy import modernised

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


class DecodingError(ValueError):
    """The bytes are in no encoding that can be told for certain; the message says what was found and the remedy."""


def decode(content: bytes, said: str | None = None) -> tuple[str, str | None]:
    """The text of a document, and a sentence where its encoding had to be inferred.

    UTF-8 and UTF-16 by their byte-order mark; UTF-8 where it holds Vietnamese as such, whatever is declared (a server
    that says iso-8859-1 of every page is common); the charset that a page declares, or that the server `said`; at last
    windows-1258 and the old fonts TCVN3 and VNI, in which older pages are written without saying so.

    Raises:
        DecodingError: broken UTF-8, or bytes that are no Vietnamese text.
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            return _modern(_strictly(content, name))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(content):
            raise DecodingError(
                f"is UTF-8 but broken at byte {error.start}; repair it or save it anew as UTF-8"
            ) from error
        return _not_utf8(content, declared(content) or said)
    if (charset := declared(content)) and not _VIETNAMESE.search(text):
        name = _codec(charset)
        if name != "utf-8" and not name.startswith("utf-16"):  # a page whose tags can be read is no UTF-16
            return _modern(_strictly(content, name))
    return _modern(_printable(text, "UTF-8"))


def _modern(text: str) -> tuple[str, str | None]:
    text, font = modernised(text)
    return text, None if font is None else f"is written in the old font {font} and was brought to Unicode; look at it"


def declared(content: bytes) -> str | None:
    """The charset that an HTML page declares of itself."""
    found = _DECLARED.search(content[:4096])
    return found[1].decode("ascii") if found else None


def _codec(charset: str) -> str:
    try:
        return codecs.lookup(charset).name
    except LookupError as error:
        raise DecodingError(f"declares the charset {charset!r}, which is unknown; save it as UTF-8") from error


def _not_utf8(content: bytes, charset: str | None) -> tuple[str, str | None]:
    name = _codec(charset) if charset else "utf-8"
    old, font = modernised(content.decode("cp1252", errors="replace"))
    if font is not None:
        return _printable(
            old.replace("\ufffd", ""), font
        ), f"is in the old font {font} and was brought to Unicode; look at it"
    if name not in ("utf-8", "iso8859-1", "cp1252") and not name.startswith("utf-16"):
        return _modern(_strictly(content, name))
    remark = "is not UTF-8 and was read as windows-1258; look at its letters, or save it as UTF-8"
    return _windows_1258(content), remark


def _strictly(content: bytes, name: str) -> str:
    try:
        return _printable(content.decode(name), name)
    except UnicodeDecodeError as error:
        raise DecodingError(f"says it is {name} but is not at byte {error.start}; save it as UTF-8") from error


def _printable(text: str, name: str) -> str:
    found = _CONTROL.search(text)
    if found:
        raise DecodingError(f"is no text: read as {name} it holds the control character {found[0]!r}; save it as UTF-8")
    return text


def _mostly_utf8(content: bytes) -> bool:
    """One bad byte in a UTF-8 file: as windows-1258 the rest would be read as "ngÃ¢n sÃ¡ch"."""
    text = content.decode("utf-8", errors="replace")
    good = sum(1 for c in text if ord(c) > 127 and c != "\ufffd")
    return good >= text.count("\ufffd")


def _windows_1258(content: bytes) -> str:
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError as error:
        raise DecodingError(f"is neither UTF-8 nor windows-1258 at byte {error.start}; save it as UTF-8") from error
    stray = next((c for c in text if unicodedata.combining(c)), None)
    if stray is not None or not _VIETNAMESE.search(text):
        # Another language, or too little of an old font to tell: its bytes give tone marks that stand on no vowel.
        raise DecodingError("is not UTF-8, and read as windows-1258 it is no Vietnamese; save it as UTF-8")
    return _printable(text, "windows-1258")

"""Bytes become text for certain, or are refused with a remedy."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchi.collect.decoding import DecodingError, decode

TEXT = "Thu ngân sách huyện đạt 512 tỷ đồng, vượt dự toán."


def as_1258(text: str) -> bytes:
    """As older Vietnamese programs wrote it: base letters composed, tone marks apart."""
    apart = unicodedata.normalize("NFD", text)
    for letter in ("ă", "â", "ê", "ô", "ơ", "ư", "Ă", "Â", "Ê", "Ô", "Ơ", "Ư"):
        # In NFD the dot below stands before the circumflex; windows-1258 wants the letter first.
        base, mark = unicodedata.normalize("NFD", letter)
        apart = apart.replace(f"{base}\u0323{mark}", f"{letter}\u0323").replace(f"{base}{mark}", letter)
    return apart.encode("cp1258")


@pytest.mark.parametrize(
    ("content", "inferred"),
    [
        (TEXT.encode(), False),
        (b"\xef\xbb\xbf" + TEXT.encode(), False),
        (TEXT.encode("utf-16"), False),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), False),
        (as_1258(TEXT), True),
        (b'<meta charset="windows-1258">' + as_1258(TEXT), False),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=utf-8">' + TEXT.encode(), False),
        (b'<meta charset="utf-16">' + TEXT.encode(), False),
    ],
)
def test_encodings_that_are_read(content: bytes, inferred: bool) -> None:
    text, remark = decode(content)
    assert unicodedata.normalize("NFC", text).endswith(TEXT)
    assert (remark is not None) == inferred


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (TEXT.encode().replace("đạt".encode(), b"\xff\xfe\xff"), "is UTF-8 but broken at byte"),
        (TEXT.encode()[:12], "is UTF-8 but broken at byte"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no Vietnamese"),
        (b"Thu ng\xa9n s\xb8ch huy\xd6n \xae\xb9t 512 t\xfb \xae\xe5ng", "no Vietnamese"),  # the old font TCVN3
        (b"caf\xe9 cr\xe8me", "no Vietnamese"),
        (b"\x00\x01\x02 abc", "control character"),
        (b'<meta charset="x-vni">abc', "unknown"),
        (b'<meta charset="windows-1258">\xd2\x8e', "says it is cp1258"),
    ],
)
def test_what_cannot_be_told_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(DecodingError, match=says) as refusal:
        decode(content)
    assert "UTF-8" in str(refusal.value), "the remedy"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        text, _ = decode(content)
    except DecodingError:
        return
    assert "\x00" not in text

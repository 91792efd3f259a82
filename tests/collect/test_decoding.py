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


TCVN3 = b"Thu ng\xa9n s\xb8ch huy\xd6n \xae\xb9t 512 t\xfb \xae\xe5ng, v\xad\xeet d\xf9 to\xb8n."
VNI = b"Thu nga\xe2n sa\xf9ch huye\xe4n \xf1a\xeft 512 ty\xfb \xf1o\xe0ng, v\xf6\xf4\xeft d\xf6\xef toa\xf9n."


@pytest.mark.parametrize(
    ("content", "font"),
    [
        (TCVN3, "TCVN3"),
        (VNI, "VNI"),
        (TCVN3.decode("cp1252").encode(), "TCVN3"),  # a page moved to UTF-8 as it stood
        (VNI.decode("cp1252").encode(), "VNI"),
        (b'<meta charset="iso-8859-1">' + TCVN3, "TCVN3"),
        ("Huyện báo cáo như sau:\n".encode() + VNI.decode("cp1252").encode(), "VNI"),  # in the midst of a page
    ],
)
def test_old_fonts_become_unicode_and_are_remarked(content: bytes, font: str) -> None:
    text, remark = decode(content)
    assert text.endswith(TEXT.replace("tỷ", "tỷ"))
    assert font in str(remark)


@pytest.mark.parametrize(
    "text",
    [
        "Thu ngân sách huyện đạt 512 tỷ đồng",
        "café à la crème, señor Müller",
        "Bán cà phê: à, thì ra là thế",
        "Nhiệt độ 30°C ± 2, giá £5",
    ],
)
def test_what_is_unicode_stays(text: str) -> None:
    assert decode(text.encode()) == (text, None)


def test_utf8_under_another_charset_is_utf8() -> None:
    assert decode(b'<meta charset="iso-8859-1">' + TEXT.encode()) == (f'<meta charset="iso-8859-1">{TEXT}', None)
    assert decode(TEXT.encode(), "windows-1252") == (TEXT, None)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        text, _ = decode(content)
    except DecodingError:
        return
    assert "\x00" not in text

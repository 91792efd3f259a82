"""Text that was typed in the old fonts TCVN3 (.VnTime) and VNI, brought to Unicode.

In both, letters with marks took the places of western ones: "ngân sách" is "ng©n s¸ch" in TCVN3 and "ngaân saùch" in
VNI. Such text is found on pages that were moved to UTF-8 as they stood, and in the midst of pages that are otherwise
in order; so each line is judged for itself, and changed only where the outcome has words that Vietnamese is full of.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain

# TCVN 5712:1993, the rows of "small letters" from 0xB5 on; capitals with tone marks are the same codes in another font.
_TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_VNI_MARKS = {"a": ("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"), "e": ("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ")}
_VNI_MARKS |= {"o": ("ùøûõïâáàåãä", "óòỏõọôốồổỗộ"), "ô": ("ùøûõï", "ớờởỡợ"), "u": ("ùøûõï", "úùủũụ")}
_VNI_MARKS |= {"ö": ("ùøûõï", "ứừửữự"), "y": ("ùøûõ", "ýỳỷỹ")}
_VNI_PAIRS = {
    base + mark: letter
    for base, (marks, letters) in _VNI_MARKS.items()
    for mark, letter in zip(marks, letters, strict=True)
}
_VNI_SINGLE = dict(zip("íìæóòôöîñ", "íìỉĩịơưỵđ", strict=True))
_VNI = {
    written: meant
    for small, letter in chain(_VNI_PAIRS.items(), _VNI_SINGLE.items())
    for written, meant in (
        (small, letter),
        (small.upper(), letter.upper()),
        (small[0].upper() + small[1:], letter.upper()),
    )
}
_VNI_TOKEN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_BEYOND_LATIN_1 = re.compile(r"[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_WESTERN = re.compile(r"[\xa1-\xff]")
# Words of two letters or more that have a mark: a western text turned over by accident has none of them.
_COMMON = frozenset(
    """
    và của các được trong năm tỉnh huyện đồng những với không là đến từ người việc có ngân sách tỷ triệu tăng đạt kỳ
    toán vốn đầu tư công xã phố trên địa bàn số tháng thực hiện ước đã này cả nước bằng dự án
    """.split()  # noqa: SIM905  # ninety words in quotes each would be harder to read
)


def words_of(text: str) -> int:
    """How many of a text's words are common Vietnamese ones with a mark."""
    return sum(1 for word in re.findall(r"\w+", text.lower()) if word in _COMMON and not word.isascii())


def from_tcvn3(text: str) -> str:
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def from_vni(text: str) -> str:
    return _VNI_TOKEN.sub(lambda found: _VNI[found[0]], text)


def modernised(text: str) -> tuple[str, str | None]:
    """A text with the lines that are in an old font brought to Unicode, and the font's name where there was one."""
    if not _WESTERN.search(text):
        return text, None
    fonts: set[str] = set()
    lines = text.split("\n")
    for row, line in enumerate(lines):
        if not _WESTERN.search(line) or _BEYOND_LATIN_1.search(line):
            continue
        readings = {"": line, "TCVN3": from_tcvn3(line), "VNI": from_vni(line)}
        font = max(readings, key=lambda name: words_of(readings[name]))
        if font and words_of(readings[font]) >= max(2, 2 * words_of(line)):
            lines[row] = unicodedata.normalize("NFC", readings[font])
            fonts.add(font)
    return "\n".join(lines), " and ".join(sorted(fonts)) or None

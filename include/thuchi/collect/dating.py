"""When a document was published: by its own statement, never by a guess.

A news page tells its date in markup (JSON-LD, meta) or in a line of its own near the headline:

    Thứ Ba, 06/02/2024 - 08:00          Cập nhật lúc 15:02, Thứ 4, 15/07/2020
    Ngày đăng 05/04/2023 | 15:30        TRỊNH DŨNG HÒA | 10/07/2023 07:49

Such a line is a date with its time, weekday and label, and perhaps a short field beside it (author, section, reads).
"Sáng 30/3/2023, Thường trực Thành ủy họp" is prose: the day of the event, not of publication.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

from htmldate import find_date
from lxml import etree, html

from thuchi.model import LOCAL_ZONE

LINES_NEAR_THE_TOP = 12
"""How many lines (that are not empty) may stand before the date line: navigation, headline, author, "A- A A+"."""

_DATE = (
    r"(?:ngày\s+)?(?:(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4})"
    r"|(?P<y2>\d{4})-(?P<m2>\d{2})-(?P<d2>\d{2})"
    r"|(?P<d3>\d{1,2})\s+tháng\s+(?P<m3>\d{1,2})(?:\s+năm\s+|,\s*)(?P<y3>\d{4}))(?!\d)"
)
_HALF = r"(?:\s*(?P<{0}>AM|PM|SA|CH|sáng|trưa|chiều|tối)\b)?"
_CLOCK = r"(?:lúc\s+)?(?P<{0}>\d{{1,2}})(?:[:hg]|\s*giờ\s*)(?P<{1}>\d{{2}})(?::\d{{2}})?(?:\s*phút)?"
_ZONE = r"(?:\s*[\[(]?\s*(?:GMT|UTC)\s*\+?\s*7(?::00)?\s*[\])]?)?"
_WEEKDAY = r"(?:(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s*nhật|cn)\b\s*,?\s*(?:-\s*)?)?"
_LABEL = (
    r"(?:(?:ngày|thời\s+gian|giờ)?\s*(?:cập\s*nhật|đăng(?:\s+tin|\s+bài|\s+tải)?|xuất\s*bản|tạo|phát\s*hành|ban\s*hành)"
    r"(?:\s+(?:ngày|lúc|vào))*\s*:?\s*)?"
)
_JOIN = r"\s*[,|–—·•-]?\s*"
_STAMP = (
    _LABEL
    + r"(?:"
    + _CLOCK.format("h1", "min1") + _HALF.format("half1") + _ZONE + _JOIN
    + r")?"
    + _WEEKDAY + _DATE
    + r"(?:" + _JOIN + _CLOCK.format("h2", "min2") + _HALF.format("half2") + r")?"
    + _ZONE
)  # fmt: skip
_FIELD_END = r"(?:\s*[|·•]\s*|\s+[–—-]\s+|\s{2,}|\t+)"
_DATE_LINE = re.compile(
    rf"^(?:(?P<before>[^.!?]{{1,60}}?){_FIELD_END})??(?:[(\[]\s*)?{_STAMP}(?:\s*[)\]])?(?:{_FIELD_END}(?P<after>.{{0,90}}))?$",
    re.IGNORECASE,
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_PROSE = re.compile(r"[.!?…;](?:\s|$)|[.!?…]$")
_LONGEST = 140


def date_line(line: str) -> datetime | None:
    """The moment that a date line states, in Vietnam's zone; null for any other line.

    A line that states no time means midnight.
    """
    line = unicodedata.normalize("NFC", line).replace("\xa0", " ").strip()
    if len(line) > _LONGEST:
        return None
    found = _DATE_LINE.match(line)
    if found is None or _PROSE.search(found["after"] or ""):
        return None
    return _moment(found)


def _moment(found: re.Match[str]) -> datetime | None:
    def either(*names: str) -> str | None:
        return next((found[name] for name in names if found[name] is not None), None)

    year, month, day = (int(either(part, f"{part}2", f"{part}3") or 0) for part in "ymd")
    hour, minute = (int(either(f"{part}1", f"{part}2") or 0) for part in ("h", "min"))
    half = (either("half1", "half2") or "").casefold()
    if half in ("pm", "ch", "chiều", "tối") and hour < 12:
        hour += 12
    try:
        return datetime(year, month, day, hour, minute, tzinfo=LOCAL_ZONE)
    except ValueError:  # 31/02/2023, or 25:70
        return None


def published_in_text(text: str) -> datetime | None:
    """The first date line among the first lines of a text."""
    lines = [line for line in text.splitlines() if line.strip()]
    return next((moment for line in lines[:LINES_NEAR_THE_TOP] if (moment := date_line(line))), None)


def published_in_html(page: str) -> datetime | None:
    """The date that a page states in its markup, or else in a visible date line."""
    # lxml refuses a text that still names the encoding of its bytes: <?xml version="1.0" encoding="utf-8"?>
    page = _XML_DECLARATION.sub("", page)
    try:
        tree = html.document_fromstring(page)
    except etree.ParserError:  # there is nothing in it: read will say so
        return None
    return _in_markup(tree) or _in_sight(tree)


def _in_markup(tree: html.HtmlElement) -> datetime | None:
    # htmldate also searches headline and prose, where a day of an event stands: it is given the markup alone.
    head = html.document_fromstring("<html><head></head><body></body></html>")
    for element in tree.xpath("//meta|//link[@rel='canonical']|//script[@type='application/ld+json']"):
        element.tail = None
        head.find("head").append(element)
    stated = find_date(
        head,
        extensive_search=False,
        original_date=True,
        outputformat="%Y-%m-%dT%H:%M:%S%z",
        deferred_url_extractor=True,
        max_date="2100-01-01",  # not "today": the same page must be read the same on any day
    )
    return None if stated is None else in_zone(datetime.fromisoformat(stated))


def _in_sight(tree: html.HtmlElement) -> datetime | None:
    for hidden in tree.xpath("//script|//style|//noscript|//template|//head"):
        hidden.drop_tree()
    headline = next(tree.iter("h1"), None)
    above = []
    for element in tree.iter("h1", "time", "span", "div", "p", "td", "li", "em", "i", "small", "h4", "h5"):
        if element is headline:
            headline = None
        words = " ".join(element.text_content().split())
        moment = date_line(words) if 0 < len(words) <= _LONGEST else None
        if moment is not None and headline is None:
            return moment
        if moment is not None:
            above.append(moment)
    # Above the headline a bare "Thứ Bảy, 21/11/2026" is the day on which the page was looked at.
    return next((moment for moment in above if (moment.hour, moment.minute) != (0, 0)), None)


def stated(value: str) -> datetime | None:
    """A date as people and programs write it in a field: ISO 8601, or a date line. Null for anything else."""
    value = value.strip()
    try:
        return in_zone(datetime.fromisoformat(value))
    except ValueError:
        return date_line(value)


def in_zone(moment: datetime) -> datetime:
    """In Vietnam's zone, which is also meant where none is stated."""
    return moment.replace(tzinfo=LOCAL_ZONE) if moment.tzinfo is None else moment.astimezone(LOCAL_ZONE)


def modified_at(mtime: float) -> datetime:
    """A file's time of modification, to the second, as WARC-Date is written."""
    return datetime.fromtimestamp(int(mtime), tz=UTC)


def published_by(page: str, selector: str) -> datetime | None:
    """The date that a portal's own selector leads to: an attribute `datetime` or `content`, or a date line."""
    try:
        tree = html.document_fromstring(_XML_DECLARATION.sub("", page))
    except etree.ParserError:  # there is nothing in it: read will say so
        return None
    for element in tree.cssselect(selector):
        words = element.get("datetime") or element.get("content") or " ".join(element.text_content().split())
        moment = stated(words)
        if moment is not None:
            return moment
    return None

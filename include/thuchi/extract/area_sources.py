"""The place that a source speaks for, where no one has stated it: a portal's host names its province and district.

"dongtrieu.quangninh.gov.vn" is Đông Triều's, "baobacgiang.com.vn" Bắc Giang's, "(Quangngai.vn) - " opens an article of
Quảng Ngãi's. It only decides between readings, or for an article that names no place at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from thuchi.extract.area_names import bare_name
from thuchi.extract.gazetteer import Gazetteer, as_of
from thuchi.extract.spans import Area
from thuchi.model import Article, Evidence

_HOST = re.compile(r"(?<![\w@])(?:[A-Za-z][\w-]*\.)+(?:vn|com|net|org)(?!\w)")
_SCHEME = re.compile(r"https?://(?:www\.)?([^/\s:]+)")
LEAD = 400
"""Characters in which a paper signs the opening of its article: "(Baonghean.vn) - Sáng 2/7"."""
SHORTEST = 5
"""Letters of a name that may stand within a label: "baohagiang" is Hà Giang's, but not every "…hue…" is Huế's."""


@lru_cache(maxsize=2048)
def plain(name: str) -> str:
    """ASCII letters alone, as in a host: "Bà Rịa - Vũng Tàu" is "bariavungtau"."""
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]", "", letters)


def source_area(article: Article, gazetteer: Gazetteer, on: date) -> tuple[Area, Evidence] | None:
    """The unit that the article's source speaks for, as it stood on that day: as stated with it, or by its host."""
    stated = gazetteer.by_code.get(article.source_area or "")
    if stated is not None:
        return gazetteer.as_it_was(stated, on), Evidence("source", note=article.source)
    for host, evidence in _hosts(article):
        area = _of_host(host, gazetteer, on)
        if area is not None:
            return area, evidence
    return None


def _hosts(article: Article) -> Iterator[tuple[str, Evidence]]:
    found = _SCHEME.match(article.url or "")
    if found is not None:
        yield found[1], Evidence("source", note=found[1])
    yield article.source, Evidence("source", note=article.source)
    if any(article.text.find(end, 0, LEAD) >= 0 for end in (".vn", ".com", ".net", ".org")):
        signed = _HOST.search(article.text, 0, LEAD)
        if signed is not None:
            yield signed[0], Evidence("source", signed.start(), signed.end(), signed[0])


def _of_host(host: str, gazetteer: Gazetteer, on: date) -> Area | None:
    named = _provinces_in(host, gazetteer)
    if not named:
        return None
    province = as_of(named, on)[0]
    districts = as_of(_districts_in(host, gazetteer, province.province), on)
    named_whole = plain(bare_name(province)) in _labels(host)
    return districts[0] if len(districts) == 1 and named_whole else province


def _labels(host: str) -> list[str]:
    return [plain(label) for label in host.split(".")]


# An article comes from one of a few hundred hosts, each of which may name one of 87 provinces and 768 districts.
@lru_cache(maxsize=1024)
def _provinces_in(host: str, gazetteer: Gazetteer) -> list[Area]:
    """The provinces that a host names, or of several the ones with the longest name."""
    labels = _labels(host)
    named = [area for area in gazetteer.provinces if any(_names(label, area) for label in labels)]
    longest = max((len(plain(bare_name(area))) for area in named), default=0)
    return [area for area in named if len(plain(bare_name(area))) == longest]


@lru_cache(maxsize=1024)
def _districts_in(host: str, gazetteer: Gazetteer, province: str | None) -> list[Area]:
    labels = _labels(host)[:-2]
    return [area for area in gazetteer.districts if area.province == province and plain(bare_name(area)) in labels]


def _names(label: str, province: Area) -> bool:
    name = plain(bare_name(province))
    return label == name or (len(name) >= SHORTEST and name in label)


def headline_end(article: Article, lead: int) -> int:
    """Where the headline ends in the text: the title as the article gives it, or else its first line; within
    so many characters of a lead."""
    if article.title:
        at = article.text.find(article.title)
        if 0 <= at < lead:
            return at + len(article.title)
    line = article.text.find("\n")
    return line if 0 < line <= 200 else 0

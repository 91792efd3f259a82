"""How `thuchi explain` shows an article: its text in pieces, and under each the figures that it states.

    … thu ngân sách 9 tháng đạt 52,4 tỷ đồng [1].

      [1] 52,400,000,000 VND
          indicator  revenue                  “thu ngân sách”
          period     2019-01-01 – 2019-09-30  earlier: “9 tháng”
          area       huyện Chư Păh, Gia Lai   title: “Chư Păh”

The number in brackets tells, without colours too, where a figure's words end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from thuchi.extract.structure import lines_of, sentences_of
from thuchi.model import Article, Evidence, Figure

_STYLES = {"amount": "green", "pct_of_plan": "cyan", "pct_change_yoy": "magenta"}
_MEASURES = {"amount": "VND", "pct_of_plan": "% of the plan", "pct_change_yoy": "% change on the year before"}
_APPROX = {"exact": "", "about": "about ", "at_least": "at least ", "below": "below "}
_FIELDS = ("indicator", "phase", "period", "area", "basis")
# What an article brings must not move the cursor or repaint the terminal; one character for one keeps the offsets.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LONGEST_WORDS = 90


def explanation(article: Article, figures: Sequence[Figure]) -> Iterator[RenderableType]:
    """What to print, piece by piece: the article's head, then its sentences, each figure under the one it ends in."""
    text = _CONTROL.sub(" ", article.text)
    shown = Text(text)
    for figure in figures:
        shown.stylize(_STYLES[figure.measure], figure.start, figure.end)
        shown.stylize("bold", figure.number_start, figure.number_end)
    numbered = list(enumerate(sorted(figures, key=lambda each: (each.end, each.number_start)), start=1))
    day = article.published_on
    yield Text(f"{article.url or article.article_id} · " + (f"published {day}" if day else "undated"), style="dim")
    yield Text()
    for (start, end), ends_line in _pieces(article, [figure.end for figure in figures]):
        stated = [(number, figure) for number, figure in numbered if start < figure.end <= end]
        yield _marked(shown, start, end, stated)
        if stated or ends_line:
            yield Text()
        for number, figure in stated:
            yield Padding(_block(number, figure, article, text), (0, 0, 1, 2))


def _pieces(article: Article, ends: Sequence[int]) -> Iterator[tuple[tuple[int, int], bool]]:
    """The lines of the text, parted behind each sentence that a figure ends in; whether a piece ends its line."""
    begin = 0
    for line in lines_of(article.text, article.title):
        for _, end in sentences_of(article.text, line.start, line.end):
            if end < line.end and any(begin < each <= end for each in ends):
                yield (begin, end), False
                begin = end
        yield (begin, line.end), True
        begin = line.end


def _marked(shown: Text, start: int, end: int, stated: Sequence[tuple[int, Figure]]) -> Text:
    """The words from `start` to `end`, with the numbers of the figures behind their words."""
    piece, begin = Text(), end - len(shown.plain[start:end].lstrip())
    for at, group in groupby(stated, key=lambda each: each[1].end):
        piece.append_text(shown[begin:at])
        piece.append(" " + "".join(f"[{number}]" for number, _ in group), style="bold yellow")
        begin = at
    piece.append_text(shown[begin:end])
    return piece


def _block(number: int, figure: Figure, article: Article, text: str) -> RenderableType:
    block = Table.grid(padding=(0, 2, 0, 0))
    block.add_column(no_wrap=True, style="dim")
    block.add_column(ratio=2, overflow="fold")
    block.add_column(ratio=3, overflow="fold")
    values = _values(figure)
    for name in dict.fromkeys((*_FIELDS, *figure.evidence)):
        if name in values or name in figure.evidence:
            evidence = figure.evidence.get(name)
            why = Text(_why(evidence, article, text) if evidence else "", style="italic")
            block.add_row(name, values.get(name, ""), why)
    if figure.doubts:
        block.add_row(Text("doubts", style="red"), Text(", ".join(figure.doubts), style="bold red"), "")
    whole = Table.grid(padding=(0, 1, 0, 0))
    whole.add_column(no_wrap=True, style="bold yellow")
    whole.add_column()
    whole.add_row(Text(f"[{number}]"), Text(_value(figure), style=f"bold {_STYLES[figure.measure]}"))
    whole.add_row("", block)
    return whole


def _value(figure: Figure) -> str:
    """ "at least 52,400,000,000 VND", "+11.2 % change on the year before"."""
    if figure.value is None:
        return f"unknown {_MEASURES[figure.measure]}: “{figure.quote}”"
    sign = "+" if figure.measure == "pct_change_yoy" and figure.value > 0 else ""
    return f"{_APPROX[figure.approx]}{sign}{figure.value:,} {_MEASURES[figure.measure]}"


def _values(figure: Figure) -> dict[str, str]:
    if figure.period_start is None and figure.period_end is None:
        period = "not known"
    else:
        period = f"{figure.period_start or '…'} – {figure.period_end or '…'}"
    area = figure.area or "not known"
    if figure.province and not area.endswith(figure.province):
        area += f", {figure.province}"
    told = ", ".join(filter(None, (figure.level, figure.ref_area)))
    values = {
        "indicator": figure.indicator,
        "phase": figure.phase,
        "period": period,
        "area": f"{area} ({told})" if told else area,
    }
    return values | ({"basis": figure.basis} if figure.basis else {})


def _why(evidence: Evidence, article: Article, text: str) -> str:
    """ "title: “Chư Păh”", "implied by “Nhơn An”: thị xã An Nhơn has Nhơn An", "the day of publication"."""
    words = ""
    if evidence.start is not None and evidence.end is not None:
        words = f"“{_shortened(text[evidence.start : evidence.end])}”"
    if evidence.origin == "published":
        told = f"published {article.published_on}"
    elif evidence.origin == "source":
        told = "the source's own area" if evidence.note else "no words name it"
    elif evidence.origin == "implied":
        told = f"implied by {words}"
    elif evidence.origin == "words":
        told = words
    else:
        told = f"{evidence.origin}: {words}" if words else evidence.origin
    return f"{told}: {evidence.note}" if evidence.note else told


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    half = _LONGEST_WORDS // 2
    return words if len(words) <= _LONGEST_WORDS else f"{words[:half]} … {words[-half:]}"

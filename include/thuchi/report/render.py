"""A report as HTML and as Markdown. Everything that comes from an article is escaped; nothing is fetched."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from thuchi.model import LOCAL_ZONE
from thuchi.report.gather import RunReport
from thuchi.validate.printed import said

Language = Literal["en", "vi"]
HELD_SHOWN = 200
"""Beyond it a report says how many more there are: the rest is in quarantine, and a mail client opens the file."""

WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "title": "Validation", "run": "Run", "stopped": "Nothing of this run was loaded", "counts": "In figures",
        "articles": "articles", "figures": "figures stand", "new": "new in this run", "doubted": "of them doubted",
        "held": "held", "released": "released", "corrected": "corrected", "rejected": "rejected",
        "superseded": "superseded", "held_by": "What holds figures", "by_source": "By source", "source": "source",
        "failed": "Expectations that failed", "suites": "All expectations", "expectation": "expectation",
        "result": "result", "asked": "asked", "fails": "failed", "seconds": "seconds", "means": "what it means",
        "held_figures": "Held figures", "decided": "Decisions", "none": "none", "more": "and {} more, in quarantine",
        "words": "words", "value": "read as", "of": "of", "why": "why", "article": "article", "by": "by",
        "passed": "passed", "critical": "critical", "warning": "warning", "skipped": "skipped", "whole": "the run",
    },
    "vi": {
        "title": "Kiểm tra số liệu", "run": "Lượt chạy", "stopped": "Chưa nạp gì của lượt này", "counts": "Con số",
        "articles": "bài", "figures": "số liệu hiện hành", "new": "mới trong lượt", "doubted": "còn nghi ngờ",
        "held": "bị giữ", "released": "đã cho nạp", "corrected": "đã sửa", "rejected": "đã loại",
        "superseded": "đã thay thế", "held_by": "Lý do giữ lại", "by_source": "Theo nguồn", "source": "nguồn",
        "failed": "Tiêu chí không đạt", "suites": "Tất cả tiêu chí", "expectation": "tiêu chí",
        "result": "kết quả", "asked": "đã hỏi", "fails": "không đạt", "seconds": "giây", "means": "ý nghĩa",
        "held_figures": "Số liệu bị giữ", "decided": "Quyết định", "none": "không có",
        "more": "và {} số liệu nữa trong khu chờ duyệt",
        "words": "câu chữ", "value": "đọc là", "of": "của", "why": "lý do", "article": "bài", "by": "bởi",
        "passed": "đạt", "critical": "nghiêm trọng", "warning": "cảnh báo", "skipped": "bỏ qua", "whole": "cả lượt",
    },
}  # fmt: skip


def to_html(report: RunReport, language: Language = "en") -> str:
    """One page with its style and charts in it; no script, no address but the articles' own."""
    return _environment().get_template("report.html.j2").render(_context(report, language))


def to_markdown(report: RunReport, language: Language = "en") -> str:
    return _environment().get_template("report.md.j2").render(_context(report, language))


def _context(report: RunReport, language: Language) -> dict[str, Any]:
    return {
        "report": report,
        "language": language,
        "w": WORDS[language],
        "held": report.held[:HELD_SHOWN],
        "more": len(report.held) - HELD_SHOWN,
        "sentence": lambda row: row[f"sentence_{language}"],
        "why": lambda failure: (failure.get("sentence_vi") if language == "vi" else None) or failure["sentence"],
        "validated_at": f"{report.validated_at.astimezone(LOCAL_ZONE):%Y-%m-%d %H:%M}",
        "held_chart": bars([(name, [count]) for name, count in report.held_by], ["#c0392b"]),
        "source_chart": bars(
            [(row["source"], [row["figures"] - row["doubted"], row["doubted"], row["held"]]) for row in report.sources],
            ["#2e7d5b", "#d99a2b", "#c0392b"],
        ),
    }


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=lambda name: bool(name) and str(name).endswith(".html.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"value": _value, "md": _markdown, "address": _address, "state": _state}
    return environment


def _value(row: Mapping[str, Any]) -> str:
    if row["obs_value"] is None:
        return "?"
    return said(row["obs_value"], "amount" if row["unit_measure"] == "VND" else "percentage")


def _state(row: Mapping[str, Any]) -> str:
    """The word for a result: passed, skipped (nothing was asked), warning or critical."""
    if not row["success"]:
        return str(row["severity"])
    return "skipped" if not row["element_count"] and any("skipped" in each for each in row["examples"]) else "passed"


def _markdown(words: object) -> str:
    """Text from outside as it stands in a cell of a table: no markup of its own, on one line."""
    flat = " ".join(str(words).split())
    return "".join(f"\\{sign}" if sign in "\\`*_[]|#~" else sign for sign in html.escape(flat, quote=False))


def _address(url: str | None) -> str | None:
    """An address that may be a link: never javascript: or data:."""
    return url if url is not None and url.startswith(("https://", "http://")) else None


def bars(rows: Sequence[tuple[str, Sequence[int]]], colours: Sequence[str], limit: int = 20) -> Markup:
    """Horizontal bars as inline SVG, the parts of each side by side; nothing where there is nothing to show."""
    shown = [(name, parts) for name, parts in rows if sum(parts)][:limit]
    if not shown:
        return Markup("")
    most, height, label, width = max(sum(parts) for _, parts in shown), 22, 260, 360
    lines = []
    for place, (name, parts) in enumerate(shown):
        top, left = place * height, float(label)
        lines.append(
            Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(label - 8, top + 15, _shortened(name))
        )
        for part, colour in zip(parts, colours, strict=True):
            length = part * width / most
            lines.append(
                Markup('<rect x="{:.1f}" y="{}" width="{:.1f}" height="14" fill="{}"/>').format(
                    left, top + 4, length, colour
                )
            )
            left += length
        lines.append(
            Markup('<text x="{:.1f}" y="{}">{}</text>').format(left + 6, top + 15, " + ".join(map(str, parts)))
        )
    size = Markup('viewBox="0 0 {0} {1}" width="{0}" height="{1}"').format(label + width + 110, len(shown) * height + 4)
    return Markup('<svg xmlns="http://www.w3.org/2000/svg" role="img" {}>{}</svg>').format(size, Markup("").join(lines))


def _shortened(name: str) -> str:
    return name if len(name) <= 34 else f"{name[:33]}…"

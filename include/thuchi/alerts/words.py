"""The facts of an alert as a message, in English or Vietnamese; the words of articles are quoted, never interpreted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from thuchi.shown import Language

PHRASES: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "failed": "{dag_id} {period}: the run failed",
        "failed_held": "{dag_id} {period}: the run failed; figures held: {held}",
        "held": "{dag_id} {period}: figures held for a decision: {held}",
        "digest": "{dag_id}: backfill ended; runs failed: {failed}, figures held: {held}, periods: {runs}",
        "silent": "sources silent for more than {days} days: {count}",
        "late": "{dag_id} {period}: the run has not ended in time",
        "test": "A test of the alerts",
        "test_line": "If you read this, alerts of Thu Chi arrive here.",
        "tasks": "Failed tasks: {tasks}",
        "stop": "Nothing was loaded: {sentence}",
        "worst": "The worst:",
        "from_to": "{period_start} to {period_end}",
        "not_dated": "period not known",
        "period_failed": "{period}: failed; {held} held",
        "period_held": "{period}: {held} held",
        "source": "{source}: nothing new since {last}",
        "validation": "Validation of the run",
        "quarantine": "Quarantine",
        "run": "Run",
        "airflow": "Airflow",
        "no_area": "area not known",
        "no_period": "(no period)",
    },
    "vi": {
        "failed": "{dag_id} {period}: lượt chạy thất bại",
        "failed_held": "{dag_id} {period}: lượt chạy thất bại; {held} số liệu bị giữ lại",
        "held": "{dag_id} {period}: {held} số liệu bị giữ lại, chờ quyết định",
        "digest": "{dag_id}: chạy bù đã xong, {failed} lượt thất bại, {held} số liệu bị giữ lại trong {runs} kỳ",
        "silent": "{count} nguồn tin không có bài mới quá {days} ngày",
        "late": "{dag_id} {period}: lượt chạy chưa xong đúng hạn",
        "test": "Thử gửi cảnh báo",
        "test_line": "Nếu bạn đọc được dòng này, cảnh báo của Thu Chi đã đến nơi.",
        "tasks": "Tác vụ thất bại: {tasks}",
        "stop": "Chưa nạp gì: {sentence}",
        "worst": "Đáng ngờ nhất:",
        "from_to": "{period_start} đến {period_end}",
        "not_dated": "chưa rõ kỳ",
        "period_failed": "{period}: thất bại; {held} số liệu bị giữ lại",
        "period_held": "{period}: {held} số liệu bị giữ lại",
        "source": "{source}: không có gì mới từ {last}",
        "validation": "Kết quả kiểm tra của lượt chạy",
        "quarantine": "Số liệu bị giữ lại",
        "run": "Lượt chạy",
        "airflow": "Airflow",
        "no_area": "chưa rõ đơn vị",
        "no_period": "(không có kỳ)",
    },
}

LINKS = ("validation", "quarantine", "run", "airflow")
"""In this order, whatever the table's JSON makes of it."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One held figure: what it says, of whom and when, the words, and what speaks against it."""

    heading: str
    source: str
    quote: str
    reasons: Sequence[str]

    @property
    def lines(self) -> Sequence[str]:
        return [self.heading, f"   {self.source}", f"   “{self.quote}”", *(f"   → {reason}" for reason in self.reasons)]

    @property
    def html(self) -> str:
        reasons = "".join(f"<div>→ {escape(reason)}</div>" for reason in self.reasons)
        return (
            '<div style="border-left:3px solid #b3261e;padding:0 0 0 12px;margin:0 0 18px">'
            f"<div><b>{escape(self.heading)}</b></div>"
            f'<div style="color:#71717a;font-size:13px">{escape(self.source)}</div>'
            f'<div style="margin:6px 0">“{escape(self.quote)}”</div>{reasons}</div>'
        )


@dataclass(frozen=True, slots=True)
class Message:
    """One alert as people read it: a subject of one line, paragraphs, the worst figures, and addresses with what they
    are."""

    subject: str
    paragraphs: Sequence[str]
    worst: Sequence[Cited]
    links: Sequence[tuple[str, str]]

    @property
    def lines(self) -> Sequence[str]:
        return [*self.paragraphs, *(line for cited in self.worst for line in cited.lines)]

    @property
    def text(self) -> str:
        return "\n".join([*self.lines, "", *(f"{name}: {address}" for name, address in self.links)]).strip()

    @property
    def html(self) -> str:
        """Only our own links are links: everything else is escaped text. Styles stand in place, as mail wants them;
        colours that read on white and on black."""
        paragraphs = "".join(f'<p style="margin:0 0 10px">{escape(line)}</p>' for line in self.paragraphs)
        worst = "".join(cited.html for cited in self.worst)
        links = "".join(f'<li><a href="{escape(address)}">{escape(name)}</a></li>' for name, address in self.links)
        return (
            '<div style="font:15px/1.5 system-ui,-apple-system,Segoe UI,sans-serif;max-width:640px">'
            f'<h2 style="font-size:18px;line-height:1.3;margin:0 0 14px">{escape(self.subject)}</h2>'
            f'{paragraphs}{worst}<ul style="padding-left:18px;margin:14px 0 0">{links}</ul></div>'
        )


def message(facts: Mapping[str, Any], language: Language) -> Message:
    """An alert in words."""
    say = PHRASES[language]
    kind = facts["kind"]
    lines: list[str] = []
    links: list[tuple[str, str]] = []
    if kind == "run":
        name = ("failed_held" if facts["held"] else "failed") if facts["failed"] else "held"
        subject = say[name].format(**_named(facts, say))
        if facts["failed_tasks"]:
            lines.append(say["tasks"].format(tasks=", ".join(facts["failed_tasks"])))
        lines += facts.get("reasons", ())
        lines += [say["stop"].format(sentence=stop[language]) for stop in facts["stops"]]
    elif kind == "digest":
        subject = say["digest"].format(**{**facts, "runs": len(facts["runs"])})
        for run in facts["runs"]:
            lines.append(say["period_failed" if run["failed"] else "period_held"].format(**_named(run, say)))
            lines += run["reasons"]
            links.append((f"{say['validation']} {run['period'] or run['run_id']}", run["links"]["validation"]))
    elif kind == "silent":
        subject = say["silent"].format(count=len(facts["silent"]), days=facts["days"])
        lines += [say["source"].format(**each) for each in facts["silent"]]
    else:
        subject = say[kind].format(**_named(facts, say))
        lines += [say["test_line"]] if kind == "test" else []
    worst = [_cited(n, each, say, language) for n, each in enumerate(facts.get("worst", ()), 1)]
    lines += [say["worst"]] if worst else []
    links += [(say[name], facts["links"][name]) for name in LINKS if name in facts["links"]]
    return Message(f"Thu Chi: {subject}", lines, worst, links)


def _named(facts: Mapping[str, Any], say: Mapping[str, str]) -> dict[str, Any]:
    return {**facts, "period": facts.get("period") or say["no_period"]}


def _cited(n: int, each: Mapping[str, Any], say: Mapping[str, str], language: Language) -> Cited:
    """The n-th of the worst figures."""
    area, what = each["area"] or say["no_area"], each[f"indicator_{language}"]
    period = say["from_to"].format(**each) if each["period_start"] else say["not_dated"]
    return Cited(
        f"{n}. {what}, {area}: {each[f'value_{language}']}",
        f"{period} · {each['article']}",
        each["quote"],
        each[f"reasons_{language}"],
    )

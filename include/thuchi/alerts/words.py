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
        "figure": "{n}. {area}: {value}. {article}",
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
        "figure": "{n}. {area}: {value}. {article}",
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
class Message:
    """One alert as people read it: a subject of one line, lines of text, and addresses with what they are."""

    subject: str
    lines: Sequence[str]
    links: Sequence[tuple[str, str]]

    @property
    def text(self) -> str:
        return "\n".join([*self.lines, "", *(f"{name}: {address}" for name, address in self.links)]).strip()

    @property
    def html(self) -> str:
        """Only our own links are links: everything else is escaped text."""
        lines = "".join(f"<p>{escape(line)}</p>" for line in self.lines)
        links = "".join(f'<li><a href="{escape(address)}">{escape(name)}</a></li>' for name, address in self.links)
        return f"<h3>{escape(self.subject)}</h3>{lines}<ul>{links}</ul>"


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
        lines += [say["stop"].format(sentence=stop[language]) for stop in facts["stops"]]
    elif kind == "digest":
        subject = say["digest"].format(**{**facts, "runs": len(facts["runs"])})
        for run in facts["runs"]:
            lines.append(say["period_failed" if run["failed"] else "period_held"].format(**_named(run, say)))
            links.append((f"{say['validation']} {run['period'] or run['run_id']}", run["links"]["validation"]))
    elif kind == "silent":
        subject = say["silent"].format(count=len(facts["silent"]), days=facts["days"])
        lines += [say["source"].format(**each) for each in facts["silent"]]
    else:
        subject = say[kind].format(**_named(facts, say))
        lines += [say["test_line"]] if kind == "test" else []
    lines += _worst(facts.get("worst", ()), say, language)
    links += [(say[name], facts["links"][name]) for name in LINKS if name in facts["links"]]
    return Message(f"Thu Chi: {subject}", lines, links)


def _named(facts: Mapping[str, Any], say: Mapping[str, str]) -> dict[str, Any]:
    return {**facts, "period": facts.get("period") or say["no_period"]}


def _worst(worst: Sequence[Mapping[str, Any]], say: Mapping[str, str], language: Language) -> list[str]:
    lines = [say["worst"]] if worst else []
    for n, each in enumerate(worst, 1):
        known = {"n": n, "area": each["area"] or say["no_area"], "value": each[f"value_{language}"]}
        lines.append(say["figure"].format(**known, article=each["article"]))
        lines.append(f"   “{each['quote']}”")
        lines += [f"   → {reason}" for reason in each[f"reasons_{language}"]]
    return lines

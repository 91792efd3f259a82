"""What people look at after a run: its results, and the figures that are held, the worst first.

The pages and the alerts ask the same questions here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import Connection, Integer, and_, case, cast, desc, func, select
from sqlalchemy.sql.elements import ColumnElement

from thuchi.model import Interval
from thuchi.warehouse import DecisionError
from thuchi.warehouse.tables import article, fiscal_figure, indicator, quarantined_figure, validation_result

State = Literal["held", "released", "corrected", "rejected", "expired"]

_HELD = quarantined_figure.c

CRITICAL = func.jsonb_array_length(func.jsonb_path_query_array(_HELD.failures, '$[*] ? (@.severity == "critical")'))
"""How many critical expectations a figure failed."""

WORST_FIRST = (
    desc(CRITICAL),
    desc(case((_HELD.unit_measure == "VND", func.abs(_HELD.obs_value)), else_=0)).nulls_first(),
    _HELD.held_at,
    _HELD.figure_id,
)
"""By what speaks against it, then by how much money it is about."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and how many there are in all."""

    rows: Sequence[dict[str, Any]]
    total: int


def of_period(period: str) -> ColumnElement[bool]:
    """Figures of the articles that were published in a period, whichever run brought them first."""
    interval = Interval.parse(period)
    if interval.start is None or interval.end is None:
        return article.c.published.is_(None)
    local = func.timezone("Asia/Ho_Chi_Minh", article.c.published)
    return and_(func.date(local) >= interval.start, func.date(local) <= interval.end)


def in_dags(prefixes: Sequence[str], *, others: bool) -> ColumnElement[bool]:
    """Figures that runs of these DAGs brought; `others` adds what came without Airflow."""
    dag = func.split_part(_HELD.run_id, "/", 1)
    known = dag.in_(prefixes)
    return known | ~_HELD.run_id.contains("/") if others else known


def quarantine(
    connection: Connection,
    *where: ColumnElement[bool],
    state: State = "held",
    limit: int | None = 20,
    offset: int = 0,
) -> Page:
    """Figures in a state of quarantine with their article and indicator; those held the worst first, others the newest.

    The article's text is there only where it is still the one that the figure was read from.
    """
    conditions = (_HELD.state == state, *where)
    order = WORST_FIRST if state == "held" else (desc(_HELD.decided_at), desc(_HELD.closed_at), _HELD.figure_id)
    total = connection.scalar(select(func.count()).select_from(quarantined_figure.join(article)).where(*conditions))
    rows = connection.execute(_figures().where(*conditions).order_by(*order).limit(limit).offset(offset))
    return Page([dict(row) for row in rows.mappings()], total or 0)


def quarantined(connection: Connection, figure_id: str, version: int) -> dict[str, Any] | None:
    """One figure of the quarantine, in whatever state."""
    row = (
        connection.execute(_figures().where(_HELD.figure_id == figure_id, _HELD.version == version))
        .mappings()
        .one_or_none()
    )
    return None if row is None else dict(row)


def reasons(row: Mapping[str, Any]) -> list[dict[str, str]]:
    """What a figure failed, each sentence once, in English and Vietnamese: two expectations may find the same fault.

    What was held by an older version has English alone; it stands for both.
    """
    seen: dict[str, dict[str, str]] = {}
    for failure in row["failures"]:
        english = failure["sentence"].split(" · ")
        vietnamese = (failure.get("sentence_vi") or "").split(" · ")
        pairs = zip(english, vietnamese if len(vietnamese) == len(english) else english, strict=True)
        for sentence, sentence_vi in pairs:
            seen.setdefault(sentence, {**failure, "sentence": sentence, "sentence_vi": sentence_vi or sentence})
    return list(seen.values())


_WHOLE = re.compile(r"(\d+|\d{1,3}([.,]\d{3})+)")
_PERCENTAGE = re.compile(r"(-?\d{1,6}([.,]\d{1,6})?)%?")
_LEAST = 10**6


def value_typed(words: str, unit_measure: str) -> int | Decimal:
    """A corrected value as a person types it: "4.120 tỷ đồng" or 4.120.000.000.000; of a percentage 15,5 or 15.5%.

    In Vietnam a full stop groups thousands and a comma parts decimals; VND has no decimals. No amount of a budget is
    below a million: 4.120 alone lacks its unit.

    Raises:
        DecisionError: saying how to write it.
    """
    from thuchi.extract.phrase import read_phrase

    plain = re.sub(r"\s", "", words)
    if unit_measure != "VND":
        if found := _PERCENTAGE.fullmatch(plain):
            return Decimal(found[1].replace(",", "."))
        raise DecisionError(f"{words!r} is no percentage: write it as 15,5%.")
    if _WHOLE.fullmatch(plain):
        amount = int(re.sub("[.,]", "", plain))
        if amount < _LEAST:
            raise DecisionError(f'{words!r} lacks its unit: write it as "4.120 tỷ đồng", or in full VND.')
        return amount
    read = read_phrase(words, None)
    if read is None or read.kind != "money" or not isinstance(read.value, int):
        raise DecisionError(f'{words!r} is no amount: write it as "4.120 tỷ đồng", or in full VND.')
    return read.value


def results_of(connection: Connection, run: str) -> list[dict[str, Any]]:
    """Every expectation of a run, failures first, by suite."""
    table = validation_result.c
    rows = connection.execute(
        select(validation_result)
        .where(table.run_id == run)
        .order_by(table.success, table.severity, desc(table.unexpected_count), table.suite, table.expectation)
    )
    return [dict(row) for row in rows.mappings()]


def loaded_of(connection: Connection, period: str) -> int:
    """How many figures of a period stand in the warehouse."""
    return (
        connection.scalar(
            select(cast(func.count(), Integer))
            .select_from(fiscal_figure.join(article))
            .where(fiscal_figure.c.superseded_at.is_(None), of_period(period))
        )
        or 0
    )


def _figures() -> Any:
    same_text = article.c.text_sha256 == _HELD.text_sha256
    return select(
        quarantined_figure,
        CRITICAL.label("critical"),
        article.c.source,
        article.c.url,
        article.c.title,
        article.c.published,
        case((same_text, article.c.text)).label("text"),
        indicator.c.label_en,
        indicator.c.label_vi,
    ).select_from(quarantined_figure.join(article).outerjoin(indicator, indicator.c.code == _HELD.indicator))

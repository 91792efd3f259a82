"""Load: one transaction an article, under its lock; the same load twice changes nothing.

What becomes of a figure
| it was | it comes in as | then |
| --- | --- | --- |
| nowhere | accepted | a row, version 1 |
| current, same content | accepted | untouched: loaded_at and run of the first load stay |
| current, other content | accepted | the old row is closed (superseded_at), the next version opens |
| closed | accepted | the next version opens; the gap stays readable |
| current | held, or not said any more | closed, never deleted |
| held | accepted, or not said any more | the held row expires |
| released by a reviewer | accepted or held | loads all the same |
| corrected by a reviewer | accepted or held | loads with the corrected value, the printed one beside it |
| rejected by a reviewer | accepted or held | stays out |

A reviewer's decision hangs on the words, the value and their reading (`rows.words_key`): a change of any of them
opens the question again. An article that a partition no longer holds is left alone: it still said so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from thuchi.model import Article, Figure
from thuchi.validate import Held
from thuchi.warehouse.connect import WarehouseError
from thuchi.warehouse.rows import DECISION, article_row, figure_row, held_row, with_decision, words_key
from thuchi.warehouse.tables import article, fiscal_figure, quarantined_figure, source

Row = dict[str, Any]
Key = tuple[str, int]
"""figure_id and version: the primary key of a figure's row."""


@dataclass(frozen=True, slots=True)
class Run:
    """Which run of Airflow loads: written on every row."""

    run_id: str
    interval: str
    """The key of its partition, `Interval.key`."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of the figures of a load: figures = loaded + unchanged + quarantined."""

    articles: int = 0
    figures: int = 0
    loaded: int = 0
    """New in the warehouse, or with new content."""
    unchanged: int = 0
    quarantined: int = 0
    """Held, or kept out by a reviewer's earlier decision."""
    superseded: int = 0
    """Rows that were current and are closed now: their article says otherwise, or no longer says so."""

    def __add__(self, other: LoadReport) -> LoadReport:
        return LoadReport(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def load(
    engine: Engine,
    articles: Sequence[Article],
    accepted: Sequence[Figure],
    quarantined: Sequence[Held],
    run: Run,
) -> LoadReport:
    """Bring the warehouse to what these articles say now.

    Raises:
        WarehouseError: where a figure's article is missing, the reference data is not loaded, or the counts
            do not add up; what earlier articles loaded stays, and the same load can simply be run again.
    """
    parts = _by_article(articles, accepted, quarantined)
    report = LoadReport()
    with engine.connect() as connection:
        for name, area in sorted({(each.source, each.source_area) for each in articles}, key=str):
            with connection.begin():
                connection.execute(insert(source).values(source=name, ref_area=area).on_conflict_do_nothing())
        for one, figures, held in parts:
            try:
                with connection.begin():
                    report += _load_article(connection, one, figures, held, run)
            except IntegrityError as error:
                raise _explained(error, one) from error
        _flush(connection)
    return report


def _flush(connection: Connection) -> None:
    """Wait until all that was committed is on disk.

    The transactions of the articles don't each wait for it (a thousand figures load in a third of the time), but
    a load that has returned survives a crash of the server; one that has not is simply run again.
    """
    with connection.begin():
        connection.execute(text("SELECT pg_current_xact_id()"))  # a transaction without an id flushes nothing


def _by_article(
    articles: Sequence[Article], accepted: Sequence[Figure], quarantined: Sequence[Held]
) -> list[tuple[Article, list[Figure], list[Held]]]:
    """Each article with its figures; refuses what has no article, two articles of one id, two figures of one id."""
    figures_of: defaultdict[str, list[Figure]] = defaultdict(list)
    held_of: defaultdict[str, list[Held]] = defaultdict(list)
    seen: set[str] = set()
    for figure in [*accepted, *(held.figure for held in quarantined)]:
        if figure.figure_id in seen:
            raise WarehouseError(f"Figure {figure.figure_id} ({figure.quote!r}) comes twice; nothing was loaded.")
        seen.add(figure.figure_id)
    for figure in accepted:
        figures_of[figure.article_id].append(figure)
    for held in quarantined:
        held_of[held.figure.article_id].append(held)
    known = {each.article_id: each for each in articles}
    if len(known) < len(articles):
        raise WarehouseError("Two articles of one load have the same id; nothing was loaded.")
    orphans = (figures_of.keys() | held_of.keys()) - known.keys()
    if orphans:
        raise WarehouseError(f"Figures of articles that are not loaded with them: {', '.join(sorted(orphans))}.")
    # In the order of ids, so that two loads which share articles cannot wait for each other.
    return [(known[key], figures_of[key], held_of[key]) for key in sorted(known)]


@dataclass(slots=True)
class _Standing:
    """What the warehouse holds of one article, and what it will hold."""

    current: dict[str, Row] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    decided_by_words: dict[str, Row] = field(default_factory=dict)
    open_by_id: dict[str, Row] = field(default_factory=dict)
    quarantine_versions: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: Connection, article_id: str) -> _Standing:
        standing = cls()
        facts = fiscal_figure.c
        for row in connection.execute(
            select(facts.figure_id, facts.version, facts.content_sha256, facts.superseded_at)
            .where(facts.article_id == article_id)
            .order_by(facts.version)
        ).mappings():
            standing.versions[row["figure_id"]] = row["version"]
            if row["superseded_at"] is None:
                standing.current[row["figure_id"]] = dict(row)
        doubtful = quarantined_figure.c
        for row in connection.execute(
            select(
                doubtful.figure_id,
                doubtful.version,
                doubtful.words_key,
                doubtful.failures,
                doubtful.content_sha256,
                doubtful.closed_at,
                *(doubtful[name] for name in DECISION),
            )
            .where(doubtful.article_id == article_id)
            .order_by(doubtful.version)
        ).mappings():
            standing.quarantine_versions[row["figure_id"]] = row["version"]
            if row["closed_at"] is None:
                standing.open_by_id[row["figure_id"]] = dict(row)
                if row["state"] != "held":
                    standing.decided_by_words[row["words_key"]] = dict(row)
        return standing

    def decided(self, figure: Figure) -> Row | None:
        """The row in which a reviewer decided about these words; null where none did."""
        return self.decided_by_words.get(words_key(figure))


def _load_article(
    connection: Connection, one: Article, accepted: Sequence[Figure], quarantined: Sequence[Held], run: Run
) -> LoadReport:
    connection.execute(
        text("SELECT set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(:key)"),
        {"key": lock_key(one.article_id)},
    )
    _upsert_article(connection, one, with_text=bool(accepted or quarantined), run=run)
    standing = _Standing.read(connection, one.article_id)

    to_load = [figure_row(figure, one) for figure in accepted if standing.decided(figure) is None]
    to_load += [
        with_decision(figure_row(figure, one), decision)
        for figure in (*accepted, *(held.figure for held in quarantined))
        if (decision := standing.decided(figure)) is not None and decision["state"] != "rejected"
    ]
    to_hold = [held for held in quarantined if standing.decided(held.figure) is None]

    loaded, superseded = _renew_facts(connection, standing, to_load, run)
    _renew_quarantine(connection, standing, [held_row(held, one) for held in to_hold], run)

    incoming = len(accepted) + len(quarantined)
    _check_counts(connection, one, standing_now=len(to_load), held_now=len(to_hold))
    return LoadReport(
        articles=1,
        figures=incoming,
        loaded=loaded,
        unchanged=len(to_load) - loaded,
        quarantined=incoming - len(to_load),
        superseded=superseded,
    )


def lock_key(article_id: str) -> int:
    """The article's 16 hex digits as the signed 64-bit number that PostgreSQL locks on."""
    key = int(article_id, 16)
    return key - (1 << 64) if key >= 1 << 63 else key


def _upsert_article(connection: Connection, one: Article, *, with_text: bool, run: Run) -> None:
    """A new article, or new words of a known one; read again with the same words it stays untouched."""
    row = article_row(one, with_text=with_text)
    statement = insert(article).values(**row, run_id=run.run_id, interval_key=run.interval)
    new = statement.excluded
    differs = (
        article.c.text_sha256.is_distinct_from(new.text_sha256)
        | article.c.title.is_distinct_from(new.title)
        | article.c.url.is_distinct_from(new.url)
        | article.c.published.is_distinct_from(new.published)
        | article.c.text.is_distinct_from(new.text)
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[article.c.article_id],
            # The source stays the one that brought it first: two feeds that carry one URL don't fight over it.
            set_={name: new[name] for name in row if name not in ("article_id", "source")}
            | {"run_id": new.run_id, "interval_key": new.interval_key, "changed_at": func.now()},
            where=differs,
        )
    )


def _renew_facts(connection: Connection, standing: _Standing, rows: Sequence[Row], run: Run) -> tuple[int, int]:
    """Close what no longer stands, open what is new; returns how many rows were opened and closed."""
    said = {row["figure_id"]: row["content_sha256"] for row in rows}
    closing = [
        (figure_id, row["version"])
        for figure_id, row in standing.current.items()
        if said.get(figure_id) != row["content_sha256"]
    ]
    _close(connection, closing)
    closed = {figure_id for figure_id, _ in closing}
    opening = [row for row in rows if row["figure_id"] not in standing.current or row["figure_id"] in closed]
    if opening:
        connection.execute(insert(fiscal_figure), [_stamped(row, standing.versions, run) for row in opening])
    return len(opening), len(closing)


def _close(connection: Connection, keys: Sequence[Key]) -> None:
    if keys:
        connection.execute(
            update(fiscal_figure)
            .where(fiscal_figure.c.figure_id == bindparam("id"), fiscal_figure.c.version == bindparam("v"))
            .values(superseded_at=func.now()),
            [{"id": figure_id, "v": version} for figure_id, version in keys],
        )


def _renew_quarantine(connection: Connection, standing: _Standing, rows: Sequence[Row], run: Run) -> None:
    """Held rows that are said and held again stay; the others expire; new ones open."""
    said = {row["figure_id"]: row for row in rows}
    for row in list(standing.open_by_id.values()):
        new = said.get(row["figure_id"])
        if new is not None and row["state"] == "held" and new["content_sha256"] == row["content_sha256"]:
            del said[row["figure_id"]]
            if new["failures"] != row["failures"]:
                _set(connection, row, failures=new["failures"])
        elif row["state"] == "held":
            _set(connection, row, state="expired", closed_at=func.now())
        elif new is not None:
            # Decided once, but of other words or another value: the decision is history, the question open again.
            _set(connection, row, closed_at=func.now())
    if said:
        connection.execute(
            insert(quarantined_figure).values(state="held"),
            [_stamped(row, standing.quarantine_versions, run) for row in said.values()],
        )


def _set(connection: Connection, row: Row, **values: Any) -> None:
    connection.execute(
        update(quarantined_figure)
        .where(
            quarantined_figure.c.figure_id == row["figure_id"],
            quarantined_figure.c.version == row["version"],
        )
        .values(**values)
    )


def _stamped(row: Row, versions: Mapping[str, int], run: Run) -> Row:
    version = versions.get(row["figure_id"], 0) + 1
    return {**row, "version": version, "run_id": run.run_id, "interval_key": run.interval}


def _check_counts(connection: Connection, one: Article, *, standing_now: int, held_now: int) -> None:
    """What stands and what is held, counted in the tables themselves: nothing was lost, nothing is in both."""
    counted = connection.execute(
        text("""
            SELECT (SELECT count(*) FROM fiscal_figure WHERE article_id = :id AND superseded_at IS NULL),
                   (SELECT count(*) FROM quarantined_figure WHERE article_id = :id AND state = 'held'),
                   (SELECT count(*) FROM fiscal_figure f JOIN quarantined_figure q USING (figure_id)
                    WHERE f.article_id = :id AND f.superseded_at IS NULL AND q.state = 'held')
        """),
        {"id": one.article_id},
    ).one()
    expected = (standing_now, held_now, 0)
    if tuple(counted) != expected:
        raise WarehouseError(
            f"Article {one.article_id} ({one.title or one.url}) does not add up: "
            f"current, held, both are {tuple(counted)}, not {expected}; it was not loaded."
        )


def _explained(error: IntegrityError, one: Article) -> WarehouseError:
    """An integrity error as a sentence; the usual one is a warehouse without its reference data."""
    detail = str(error.orig).strip().splitlines()[-1].strip()
    if "fk_fiscal_figure_indicator" in str(error.orig) or "fk_fiscal_figure_ref_area" in str(error.orig):
        return WarehouseError(
            f"Article {one.article_id} uses an area or indicator that the warehouse does not know ({detail}): "
            "load the reference data first (the DAG reference_data)."
        )
    return WarehouseError(f"Article {one.article_id} ({one.title or one.url}) cannot be loaded: {detail}")

"""What validation costs: 1,000 and 100,000 figures, beside the same expectations as plain pandas, and of what share.

    .venv/bin/python benchmarks/bench_validate.py [FIGURES …]

The plain form does of each row-level expectation of Great Expectations what a person would write by hand with pandas (a
mask a rule); our own checks are the same code in both, so they are timed apart. CPU seconds of this process: what else
runs on the machine is not measured.
"""

from __future__ import annotations

import resource
import sys
from datetime import datetime
from pathlib import Path
from time import process_time

from thuchi.model import LOCAL_ZONE

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "tests" / "validate"))


def main(sizes: list[int]) -> None:
    began = process_time()
    import great_expectations  # noqa: F401

    print(f"import of Great Expectations, once a process: {process_time() - began:.1f} s CPU")
    print(
        "| figures | validate | our checks | Great Expectations | same in pandas | a figure | of extract + validate |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in sizes:
        print(row(size), flush=True)


def row(size: int) -> str:
    import planted

    from thuchi.validate import validate

    reports = -(-size // planted.FIGURES_A_REPORT)
    names = planted.provinces()
    articles, figures, extract = [], [], 0.0
    for index in range(reports):
        unit, moment = index % len(names), index // len(names)  # a report a unit and month, of twelve years
        text, published = of_month(planted.TEXT, 2024 - moment // 12 % 12, moment % 12 + 1)
        began = process_time()
        article = planted.report(names[unit], planted.numbers(10 + unit), text, published=published)
        figures += planted.read(article)
        extract += process_time() - began
        articles.append(article)
    figures = figures[:size]
    validate(articles[:1], figures[:5])  # the first call of a process reads suites and registers
    began = process_time()
    outcome = validate(articles, figures)
    whole = process_time() - began
    assert len(outcome.accepted) + len(outcome.quarantined) == len(figures)
    began = process_time()
    checks(articles, figures)
    ours = process_time() - began
    began = process_time()
    plain(figures)
    by_hand = process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    share = whole / (whole + extract)
    return (
        f"| {len(figures):,} | {whole:.1f} s | {ours:.1f} s | {whole - ours:.1f} s | {by_hand:.2f} s "
        f"| {whole / len(figures) * 1000:.2f} ms | {share:.0%} |  held {len(outcome.quarantined)}, peak {peak} MB"
    )


def of_month(text: str, year: int, month: int) -> tuple[str, datetime]:
    """The report of nine months of 2024 as one of the first months of that year, printed at that month's end."""
    told = text.replace("2023", str(year - 1)).replace("2024", str(year)).replace("hết tháng 9", f"hết tháng {month}")
    told = told.replace("Chín tháng", f"{month} tháng").replace(" 9 tháng", f" {month} tháng")
    return told, datetime(year, month, 28, 8, 0, tzinfo=LOCAL_ZONE)


def checks(articles: object, figures: object) -> None:
    """All checks of our own, without the engine."""
    from thuchi.validate import load_suites
    from thuchi.validate.batch import Batch
    from thuchi.validate.checks import CHECKS

    batch = Batch(articles, figures)  # type: ignore[arg-type]
    for suite in load_suites().values():
        for expectation in suite:
            if expectation.is_check:
                CHECKS[expectation.type](batch, **expectation.kwargs)


def plain(figures: object) -> None:
    """The row-level expectations of Great Expectations as masks."""
    import pandas as pd

    from thuchi.validate import load_suites
    from thuchi.validate.frames import figure_row

    frame = pd.DataFrame([figure_row(each) for each in figures])  # type: ignore[attr-defined]
    failed = 0
    for expectation in load_suites()["figures"]:
        kwargs = expectation.kwargs
        if expectation.is_check or expectation.over != "rows":
            continue
        rows = frame.query(kwargs["row_condition"]) if "row_condition" in kwargs else frame
        if "column" not in kwargs:
            failed += int((rows[kwargs["column_A"]] < rows[kwargs["column_B"]]).sum())
            continue
        values = rows[kwargs["column"]]
        if expectation.type == "ExpectColumnValuesToNotBeNull":
            failed += int(values.isna().sum())
        elif expectation.type == "ExpectColumnValuesToBeUnique":
            failed += int(values.duplicated().sum())
        elif "value_set" in kwargs:
            failed += int((~values.dropna().isin(kwargs["value_set"])).sum())
        else:
            low, high = kwargs.get("min_value"), kwargs.get("max_value")
            numbers = values.dropna()
            failed += int((numbers < low).sum()) if low is not None else 0
            failed += int((numbers > high).sum()) if high is not None else 0
    assert failed >= 0


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [1_000, 100_000])

"""The Validation tab of a run: what every expectation found, with examples, and the figures of its period on hold."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from thuchi import review
from thuchi.report import ReportError, gather, to_html
from thuchi.runs import NEWS_DAGS, run_name
from thuchi.ui.guard import Seen
from thuchi.ui.render import page
from thuchi.ui.warehouse import engine

router = APIRouter()

HELD_SHOWN = 10


@router.get("/validation/{dag_id}/{run_id}", response_class=HTMLResponse)
def of_run(request: Request, dag_id: str, run_id: str, reader: Seen) -> HTMLResponse:
    """The results of one run of one of our DAGs."""
    reader.require("GET", dag_id)
    with engine().connect() as connection:
        results = review.results_of(connection, run_name(dag_id, run_id))
        period = results[0]["interval_key"] if results else None
        held = review.Page([], 0)
        loaded = 0
        if period is not None:
            theirs = review.in_dags(reader.dags(), others=reader.may("GET", NEWS_DAGS[0]))
            held = review.quarantine(connection, review.of_period(period), theirs, limit=HELD_SHOWN)
            loaded = review.loaded_of(connection, period)
    return page(
        request,
        "validation.html",
        {
            "dag_id": dag_id,
            "run_id": run_id,
            "period": period,
            "failed": [result for result in results if not result["success"]],
            "met": _met(results),
            "totals": _totals(results),
            "held": held,
            "loaded": loaded,
            # It names all that is held of the period, whichever DAG brought it.
            "may_report": reader.dags() == NEWS_DAGS,
        },
    )


@router.get("/report/{dag_id}/{run_id}")
def report_of_run(dag_id: str, run_id: str, reader: Seen) -> Response:
    """The report of a run, to keep: a file that brings its own style, which these pages would not let it show."""
    for each in (dag_id, *NEWS_DAGS):
        reader.require("GET", each)
    try:
        content = to_html(gather(engine(), run_name(dag_id, run_id)))
    except ReportError as error:
        raise HTTPException(404, str(error)) from error
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{dag_id}-{run_id}.html")
    return HTMLResponse(content, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _met(results: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """What was met, by suite: long, and seldom of interest."""
    met = sorted((result for result in results if result["success"]), key=lambda result: str(result["suite"]))
    return [(name, list(of_suite)) for name, of_suite in groupby(met, key=lambda result: str(result["suite"]))]


def _totals(results: list[dict[str, Any]]) -> dict[str, Any]:
    failed = [result for result in results if not result["success"]]
    return {
        "expectations": len(results),
        "failed": len(failed),
        "stops": [result for result in failed if (result["severity"], result["scope"]) == ("critical", "suite")],
        "seconds": sum(result["duration_s"] for result in results),
        "at": max((result["stored_at"] for result in results), default=None),
    }

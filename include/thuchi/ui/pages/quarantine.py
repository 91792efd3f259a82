"""The quarantine: figures that wait for a decision, the worst first, and the decision."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from thuchi import review
from thuchi.runs import NEWS_DAGS, dag_of
from thuchi.ui import csrf
from thuchi.ui.guard import Reader, Seen
from thuchi.ui.render import page
from thuchi.ui.warehouse import engine
from thuchi.warehouse import DecisionConflict, DecisionError, decide

router = APIRouter()

PAGE = 20
STATES = ("held", "released", "corrected", "rejected", "expired")

Action = Literal["release", "correct", "reject"]


@router.get("/quarantine", response_class=HTMLResponse)
def listed(
    request: Request,
    reader: Seen,
    state: review.State = "held",
    period: str | None = None,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """What is held (or was decided), all of it or of the articles of one period."""
    theirs = review.in_dags(reader.dags(), others=reader.may("GET", NEWS_DAGS[0]))
    try:
        where = (theirs,) if not period else (theirs, review.of_period(period))
    except ValueError as error:
        raise HTTPException(422, str(error)) from error
    with engine().connect() as connection:
        found = review.quarantine(connection, *where, state=state, limit=PAGE, offset=(number - 1) * PAGE)
    values = {"found": found, "state": state, "states": STATES, "period": period or "", "number": number, "size": PAGE}
    return page(request, "quarantine.html", {**values, **_deciding(reader)})


@router.get("/quarantine/{figure_id}/{version}", response_class=HTMLResponse)
def one(request: Request, figure_id: str, version: int, reader: Seen) -> HTMLResponse:
    """One figure, in whatever state: what a decision leads back to."""
    row = _figure(figure_id, version, reader)
    return page(request, "figure.html", {"row": row, **_deciding(reader)})


@router.post("/quarantine/{figure_id}/{version}")
def decided(
    request: Request,
    figure_id: str,
    version: int,
    reader: Seen,
    action: Annotated[Action, Form()],
    token: Annotated[str, Form(alias="csrf")] = "",
    reason: Annotated[str, Form(max_length=2000)] = "",
    corrected_value: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Release, correct or reject. The form names the version that its person saw: another one is not decided on."""
    csrf.check(request, reader, token)
    row = _figure(figure_id, version, reader)
    reader.require("PUT", dag_of(row["run_id"]))
    if not reason.strip():
        raise HTTPException(422, "Say why: the reason is kept beside the figure. Nothing was changed.")
    try:
        value = review.value_typed(corrected_value, row["unit_measure"]) if action == "correct" else None
        decide(engine(), figure_id, version, action, by=reader.name, reason=reason.strip(), corrected_value=value)
    except DecisionConflict as error:  # somebody else was faster, or a run has read the article anew
        raise HTTPException(409, str(error)) from error
    except DecisionError as error:
        raise HTTPException(422, f"{error} Nothing was changed.") from error
    return RedirectResponse(f"{request.scope.get('root_path', '')}/quarantine/{figure_id}/{version}", status_code=303)


def _figure(figure_id: str, version: int, reader: Reader) -> dict[str, Any]:
    with engine().connect() as connection:
        row = review.quarantined(connection, figure_id, version)
    if row is None:
        raise HTTPException(404, "There is no such figure in the quarantine.")
    reader.require("GET", dag_of(row["run_id"]))
    return row


def _deciding(reader: Reader) -> dict[str, Any]:
    """What the forms need: the DAGs whose figures this person may decide on, and the token."""
    return {"may_decide": reader.dags("PUT"), "dag_of": dag_of, "token": csrf.token_of(reader)}

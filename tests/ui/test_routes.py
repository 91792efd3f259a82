"""The pages by HTTP against a real API server: each route, each role, SimpleAuth and FAB."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, text
from ui_server import Server, token_in

RUN = "/thuchi/validation/historical_news/manual__1"
LIST = "/thuchi/quarantine"


def held(engine: Engine, run: str = "historical_news/%") -> dict[str, Any]:
    """The one figure that runs of this name brought, in whatever state."""
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM quarantined_figure WHERE run_id LIKE :run"), {"run": run})
        return dict(rows.mappings().one())


def address(row: dict[str, Any]) -> str:
    return f"{LIST}/{row['figure_id']}/{row['version']}"


def send(client: httpx.Client, row: dict[str, Any], page: str = LIST, **fields: str) -> httpx.Response:
    """Decide on a figure as the form of `page` would."""
    token = token_in(client.get(page).text)
    form = {"csrf": token, "action": "release", "reason": "seen in the decision", **fields}
    return client.post(address(row), data=form)


STATIC = "/thuchi/static/thuchi.css"
NO_FIGURE = f"{LIST}/{'0' * 16}/1"
REPORT = "/thuchi/report/historical_news/manual__1"
ROUTES = [("GET", STATIC), ("GET", RUN), ("GET", REPORT), ("GET", LIST), ("GET", NO_FIGURE), ("POST", NO_FIGURE)]

PRINT_ROUTES = """
from thuchi.ui.app import application
for route in application().routes:
    for method in route.methods:
        print(method, "/thuchi" + route.path)
"""


def test_there_is_no_route_that_these_tests_do_not_ask(simple: Server) -> None:
    # In a process of its own: Airflow may not be imported here before the tests of the DAGs configure theirs.
    said = subprocess.run(
        [sys.executable, "-c", PRINT_ROUTES], env=dict(simple.environment), capture_output=True, text=True, check=True
    )
    example = {"dag_id": "historical_news", "run_id": "manual__1", "figure_id": "0" * 16, "version": "1"}
    found = [
        re.sub(r"{(\w+)}", lambda name: example.get(name[1], "thuchi.css"), line)
        for line in said.stdout.splitlines()
        if "/thuchi/" in line
    ]
    assert sorted(found) == sorted(" ".join(route) for route in ROUTES)


def test_nobody_sees_anything(server: Server, engine: Engine) -> None:
    with server.person(None) as client:
        for method, path in [*ROUTES, ("GET", address(held(engine)))]:
            answer = client.request(method, path, headers={"accept": "application/json"}, data={"action": "release"})
            assert answer.status_code == 401, (method, path)
        for path in ("/thuchi/docs", "/thuchi/redoc", "/thuchi/openapi.json"):
            assert client.get(path).status_code == 404, path


def test_a_browser_without_a_session_comes_to_the_login_and_back(server: Server) -> None:
    with server.person(None) as client:
        answer = client.get(LIST)
    assert answer.status_code == 307
    assert "/login" in answer.headers["location"]
    assert "thuchi%2Fquarantine" in answer.headers["location"]


def test_a_forged_session_is_refused(server: Server) -> None:
    with server.person(None) as client:
        client.cookies.set("_token", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJlZGl0b3IifQ.")
        assert client.get(LIST, headers={"accept": "application/json"}).status_code in (401, 403)


@pytest.mark.parametrize("person", ["viewer", "editor"])
def test_who_may_see_sees_each_page(server: Server, engine: Engine, person: str) -> None:
    with server.person(person) as client:
        for path in (RUN, REPORT, LIST, address(held(engine)), "/thuchi/static/thuchi.css", "/thuchi/static/thuchi.js"):
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.text)
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert "unsafe" not in answer.headers["content-security-policy"]
        assert client.get("/thuchi/static/app.py").status_code == 404
        assert client.get("/thuchi/static/..%2Fapp.py").status_code == 404


def test_a_viewer_has_no_form_and_cannot_decide(server: Server, engine: Engine) -> None:
    row = held(engine)
    with server.person("viewer") as viewer, server.person("editor") as editor:
        assert '<form method="post"' not in viewer.get(LIST).text
        token = token_in(editor.get(LIST).text)
        form = {"csrf": token, "action": "release", "reason": "because"}
        assert viewer.post(address(row), data=form).status_code == 403
    assert held(engine)["state"] == "held"


def test_a_viewer_with_a_token_of_his_own_cannot_decide_either(simple: Server, engine: Engine) -> None:
    from itsdangerous import URLSafeTimedSerializer

    secret = simple.environment["AIRFLOW__API__SECRET_KEY"]
    token = URLSafeTimedSerializer(secret, salt="thuchi.ui").dumps("viewer")
    with simple.person("viewer") as viewer:
        answer = viewer.post(address(held(engine)), data={"csrf": token, "action": "release", "reason": "because"})
    assert (answer.status_code, "historical_news" in answer.text) == (403, True)
    assert held(engine)["state"] == "held"


def test_somebody_without_a_right_on_our_dags_sees_nothing(fab: Server, engine: Engine) -> None:
    with fab.person("stranger") as stranger:
        for method, path in [*ROUTES, ("GET", address(held(engine)))]:
            assert stranger.request(method, path, data={"action": "release"}).status_code == 403, (method, path)


def test_a_right_on_one_dag_shows_and_opens_its_figures_alone(fab: Server, engine: Engine) -> None:
    monthly, daily = held(engine), held(engine, "provincial_news/%")
    with fab.person("daily") as person:
        page = person.get(LIST).text
        assert daily["figure_id"] in page
        assert monthly["figure_id"] not in page
        assert held(engine, "cli__%")["figure_id"] not in page, "what came by hand is under historical_news"
        assert person.get(RUN).status_code == 403
        assert person.get(REPORT).status_code == 403
        assert person.get(REPORT.replace("historical", "provincial")).status_code == 403, "it names what others brought"
        assert person.get(address(monthly)).status_code == 403
        assert send(person, monthly).status_code == 403
        assert send(person, daily).status_code == 303
    assert (held(engine)["state"], held(engine, "provincial_news/%")["state"]) == ("held", "released")


def test_the_worst_comes_first(simple: Server, engine: Engine) -> None:
    with simple.person("editor") as client:
        page = client.get(LIST).text
    order = [held(engine, run)["figure_id"] for run in ("historical_news/%", "provincial_news/%", "cli__%")]
    assert [page.index(f'id="{figure_id}"') for figure_id in order[:1]] == [
        min(page.index(f'id="{figure_id}"') for figure_id in order)
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("?period=2022-10", 3),
        ("?period=2022-10-03", 1),
        ("?period=2022-11", 0),
        ("?period=undated", 0),
        ("?state=released", 0),
        ("?page=2", 0),
    ],
)
def test_the_list_is_narrowed(simple: Server, engine: Engine, query: str, count: int) -> None:  # noqa: ARG001
    with simple.person("viewer") as client:
        assert client.get(LIST + query).text.count('<article class="figure"') == count


@pytest.mark.parametrize("query", ["?period=soon", "?state=lost", "?page=0", "?page=x"])
def test_a_question_that_is_none_is_refused_in_a_sentence(simple: Server, engine: Engine, query: str) -> None:  # noqa: ARG001
    with simple.person("viewer") as client:
        assert client.get(LIST + query).status_code == 422


def test_a_released_figure_stands_in_the_warehouse_with_who_and_why(server: Server, engine: Engine) -> None:
    row = held(engine)
    with server.person("editor") as client:
        answer = send(client, row)
        assert (answer.status_code, answer.headers["location"]) == (303, address(row))
        assert "seen in the decision" in client.get(address(row)).text
    decided = held(engine)
    assert (decided["state"], decided["decided_by"], decided["reason"]) == (
        "released",
        "editor",
        "seen in the decision",
    )
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT obs_value FROM fiscal_figure WHERE figure_id = :id AND superseded_at IS NULL"),
            {"id": row["figure_id"]},
        ).scalar_one()
    assert found == 52_400_000_000


def test_a_rejected_figure_stays_out(simple: Server, engine: Engine) -> None:
    row = held(engine)
    with simple.person("editor") as client:
        assert send(client, row, action="reject").status_code == 303
    assert held(engine)["state"] == "rejected"
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT count(*) FROM fiscal_figure WHERE figure_id = :id"), {"id": row["figure_id"]}
        )
        assert found.scalar_one() == 0


@pytest.mark.parametrize("written", ["5.240.000.000", "5240000000", "5,240,000,000", " 5 240 000 000 ", "5,24 tỷ đồng"])
def test_a_correction_is_read_as_a_person_types_it(simple: Server, engine: Engine, written: str) -> None:
    with simple.person("editor") as client:
        assert send(client, held(engine), action="correct", corrected_value=written).status_code == 303
    assert (held(engine)["state"], held(engine)["corrected_value"]) == ("corrected", 5_240_000_000)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"reason": ""}, "why"),
        ({"reason": "   "}, "why"),
        ({"action": "correct"}, "is no amount: write it as"),
        ({"action": "correct", "corrected_value": "5.240"}, "lacks its unit"),
        ({"action": "correct", "corrected_value": "15,5%"}, "is no amount"),
        ({"action": "delete"}, "action"),
    ],
)
def test_what_is_no_decision_changes_nothing(simple: Server, engine: Engine, fields: dict[str, str], says: str) -> None:
    with simple.person("editor") as client:
        answer = send(client, held(engine), **fields)
    assert (answer.status_code, says in answer.text) == (422, True)
    assert held(engine)["state"] == "held"


def test_two_people_at_once_do_not_overwrite_each_other(simple: Server, engine: Engine) -> None:
    row = held(engine)
    with simple.person("editor") as first, simple.person("admin") as second:
        tokens = [token_in(client.get(LIST).text) for client in (first, second)]
        forms = [
            {"csrf": token, "action": action, "reason": "mine"}
            for token, action in zip(tokens, ("reject", "release"), strict=True)
        ]
        assert first.post(address(row), data=forms[0]).status_code == 303
        answer = second.post(address(row), data=forms[1])
    assert (answer.status_code, "rejected by editor" in answer.text) == (409, True)
    assert (held(engine)["state"], held(engine)["decided_by"]) == ("rejected", "editor")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
    ids=lambda headers: str(headers),
)
def test_another_site_cannot_make_a_browser_decide(server: Server, engine: Engine, headers: dict[str, str]) -> None:
    with server.person("editor") as client:
        token = token_in(client.get(LIST).text)
        form = {"csrf": token, "action": "release", "reason": "because"}
        answer = client.post(address(held(engine)), data=form, headers=headers)
    assert answer.status_code == 403
    assert held(engine)["state"] == "held"


@pytest.mark.parametrize("token", ["", "guessed", "ImVkaXRvciI.aaaaaa.bbbbbbbbbbb"])
def test_a_form_without_our_token_is_refused(server: Server, engine: Engine, token: str) -> None:
    with server.person("editor") as client:
        answer = client.post(address(held(engine)), data={"csrf": token, "action": "release", "reason": "because"})
    assert answer.status_code == 403
    assert held(engine)["state"] == "held"


def test_everything_of_an_article_is_escaped(simple: Server, engine: Engine) -> None:
    with simple.person("editor") as client:
        for path in (RUN, LIST, address(held(engine))):
            page = client.get(path).text
            assert "&lt;script&gt;" in page
            assert "window.top.hacked" in page, "the words are shown"
            assert "<img" not in page
            assert page.count("<script") == 1, "our own file"
            assert 'href="javascript' not in page


def test_the_tab_says_what_was_not_met_and_what_is_held(simple: Server, engine: Engine) -> None:  # noqa: ARG001
    with simple.person("viewer") as client:
        page = client.get(RUN).text
        nothing = client.get("/thuchi/validation/provincial_news/manual__77")
    assert page.index("implied_plan") < page.index("period_in_order")
    assert "Ý nghĩa của implied_plan." in page
    assert "the text says 640 tỷ" in page
    assert page.count('<article class="figure"') == 3, "all that is held of October, whichever run brought it"
    assert (nothing.status_code, "no validation results" in nothing.text) == (200, True)


def test_the_report_is_a_file_to_keep(simple: Server, engine: Engine) -> None:  # noqa: ARG001
    with simple.person("viewer") as client:
        assert REPORT in client.get(RUN).text
        answer = client.get(REPORT)
        missing = client.get(REPORT + "7")
    assert answer.headers["content-disposition"] == 'attachment; filename="historical_news-manual__1.html"'
    assert "implied_plan" in answer.text
    assert "<script>window" not in answer.text
    assert missing.status_code == 404


def test_a_quiet_warehouse_is_said_in_a_sentence(simple: Server, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE quarantined_figure RENAME TO elsewhere"))
    try:
        with simple.person("viewer") as client:
            answer = client.get(LIST)
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE elsewhere RENAME TO quarantined_figure"))
    assert (answer.status_code, "The warehouse did not answer" in answer.text) == (503, True)
    assert "SELECT" not in answer.text

"""What is sent, to whom, and how often: by a real mail server and a real web server, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from alert_sinks import Hook, Mailbox
from records import article, figure
from sqlalchemy import Engine, text

from thuchi import warehouse
from thuchi.model import LOCAL_ZONE
from thuchi.pipeline import WHY_FAILED
from thuchi.validate import ExpectationResult, Failure, Held
from thuchi.warehouse import Run

SCRIPT = "<script>alert(1)</script> <!channel> & so on"


@dataclass
class DagRun:
    """A run as Airflow's callbacks are given it."""

    partition_key: str | None
    run_type: str = "scheduled"
    conf: dict[str, str] = field(default_factory=dict)


@dataclass
class Dag:
    dag_id: str = "historical_news"


@dataclass
class Instance:
    """The last task instance of a run: it can ask for the states of the others."""

    run_id: str
    states: dict[str, str]

    def get_task_states(self, dag_id: str, run_ids: list[str]) -> dict[str, dict[str, str]]:
        assert (dag_id, run_ids) == ("historical_news", [self.run_id])
        return {self.run_id: self.states}

    def xcom_pull(self, task_ids: str, key: str = "return_value", map_indexes: int | None = None) -> Any:
        if task_ids == "plan":
            return [{"source_id": "bao-mau", "period": "2022-09"}, {"source_id": "cong-mau", "period": "2022-09"}]
        told = {("source.collect", WHY_FAILED, 1): "source cong-mau, 2022-09: the site is down"}
        return told.get((task_ids, key, map_indexes))


def ended(
    period: str | None, run_id: str = "r1", run_type: str = "scheduled", reason: str = "success", failed: str = ""
) -> Mapping[str, Any]:
    """What Airflow hands to the callbacks of a DAG."""
    states = {"plan": "success", "account": "upstream_failed", **({failed: "failed"} if failed else {})}
    run = DagRun(period, run_type)
    return {"dag": Dag(), "run_id": run_id, "dag_run": run, "reason": reason, "ti": Instance(run_id, states)}


def hold(
    engine: Engine,
    month: int,
    amounts: list[int],
    run_id: str = "r1",
    dag_id: str = "historical_news",
    source: str = "na_ri",
) -> None:
    """An article of a month of 2022 of which each of these amounts (in tỷ) is held."""
    words = f"Thu ngân sách {SCRIPT}: " + ", ".join(f"đạt {amount} tỷ đồng" for amount in amounts)
    url = f"https://portal.example/{month}"
    published = datetime(2022, month, 5, tzinfo=LOCAL_ZONE)
    one = article(words, url, title=f"Na Rì tháng {month} {SCRIPT}", published=published, source=source)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO indicator (code, label_en, label_vi, direction) VALUES ('revenue', 'r', 't', 'revenue') "
                "ON CONFLICT DO NOTHING"
            )
        )
    held = [
        Held(
            figure(one, f"đạt {amount} tỷ đồng", str(amount), amount * 10**9),
            (Failure("slip_of_unit", "critical", f"{amount} tỷ?", f"{amount} tỷ thật sao?"),),
        )
        for amount in amounts
    ]
    warehouse.load(engine, [one], [], held, Run(f"{dag_id}/{run_id}", f"2022-{month:02}"))


@pytest.fixture
def alerts(engine: Engine, mailbox: Mailbox, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ARG001
    """The callbacks, alerts going by mail and by webhook."""
    monkeypatch.setenv("THUCHI_ALERTS", "mail, hook")
    monkeypatch.setenv("AIRFLOW__API__BASE_URL", "https://airflow.example/")
    from thuchi.alerts import callbacks

    return callbacks


def states(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT state FROM alert ORDER BY created_at, key")).scalars())


def none_unfinished(dag_id: str) -> int:  # noqa: ARG001
    return 0


def test_a_clean_run_says_nothing(alerts: Any, engine: Engine, mailbox: Mailbox, hook: Hook) -> None:
    alerts.run_ended(ended("2022-09"))
    assert alerts.look_around(none_unfinished) == []
    assert (mailbox.mails, hook.received, states(engine)) == ([], [], [])


def test_a_run_that_holds_figures_says_so_once_with_the_three_worst(
    alerts: Any, engine: Engine, mailbox: Mailbox, hook: Hook
) -> None:
    hold(engine, 9, [10, 400, 30, 200, 55])
    alerts.run_ended(ended("2022-09"))
    assert mailbox.subjects == ["Thu Chi: historical_news 2022-09: figures held for a decision: 5"]
    assert mailbox.mails[0]["To"] == "so-tai-chinh@example.vn"
    (_, sent), *others = hook.received
    assert others == []
    assert [each["value_en"] for each in sent["worst"]] == ["400 tỷ đồng", "200 tỷ đồng", "55 tỷ đồng"]
    assert [each["reasons_en"] for each in sent["worst"]] == [["400 tỷ?"], ["200 tỷ?"], ["55 tỷ?"]]
    assert sent["links"]["validation"] == "https://airflow.example/dags/historical_news/runs/r1/plugin/validation"
    assert sent["links"]["quarantine"] == "https://airflow.example/plugin/quarantine"
    body = mailbox.bodies[0]
    assert "“đạt 400 tỷ đồng”" in body
    assert sent["links"]["validation"] in body


def test_words_of_an_article_are_no_markup_in_a_mail(alerts: Any, engine: Engine, mailbox: Mailbox) -> None:
    hold(engine, 9, [10])
    alerts.run_ended(ended("2022-09"))
    assert "&lt;script&gt;" in mailbox.bodies[0]
    assert "<script>" not in mailbox.bodies[0]


def test_in_vietnamese(alerts: Any, engine: Engine, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCHI_ALERTS_LANGUAGE", "vi")
    hold(engine, 9, [1584])
    alerts.run_ended(ended("2022-09"))
    assert mailbox.subjects == ["Thu Chi: historical_news 2022-09: 1 số liệu bị giữ lại, chờ quyết định"]
    assert "1.584 tỷ đồng" in mailbox.bodies[0]
    assert "→ 1584 tỷ thật sao?" in mailbox.bodies[0]


def test_a_failed_run_says_which_tasks_failed_and_what_stopped_it(
    alerts: Any, engine: Engine, mailbox: Mailbox, hook: Hook
) -> None:
    stopped = ExpectationResult(
        "articles", "has_text", "critical", "suite", False, 3, 2, 0.1, "No text.", "Không có chữ."
    )
    warehouse.store_results(engine, [stopped], Run("historical_news/r1", "2022-09"))
    alerts.run_ended(ended("2022-09", reason="task_failure", failed="validate"))
    assert mailbox.subjects == ["Thu Chi: historical_news 2022-09: the run failed"]
    assert hook.received[0][1]["failed_tasks"] == ["validate"]
    assert "Nothing was loaded: No text." in mailbox.bodies[0]


def test_a_run_that_failed_and_holds_figures_sends_one_alert(alerts: Any, engine: Engine, mailbox: Mailbox) -> None:
    hold(engine, 9, [10])
    alerts.run_ended(ended("2022-09", reason="task_failure", failed="source.collect_1"))
    assert mailbox.subjects == ["Thu Chi: historical_news 2022-09: the run failed; figures held: 1"]
    assert "Failed tasks: source.collect (cong-mau)" in mailbox.bodies[0], "the source that is broken"
    assert "source cong-mau, 2022-09: the site is down" in mailbox.bodies[0], "and why"


def test_a_task_that_broke_without_a_word_is_named_alone(alerts: Any, mailbox: Mailbox) -> None:
    alerts.run_ended(ended("2022-09", reason="task_failure", failed="source.collect_0"))
    assert "Failed tasks: source.collect (bao-mau)" in mailbox.bodies[0]


def test_a_run_without_a_period_still_says_that_it_failed(alerts: Any, mailbox: Mailbox) -> None:
    alerts.run_ended(ended(None, reason="task_failure", failed="plan"))
    assert mailbox.subjects == ["Thu Chi: historical_news (no period): the run failed"]


def test_the_same_again_says_nothing_twice_and_something_else_does(
    alerts: Any, engine: Engine, mailbox: Mailbox, hook: Hook
) -> None:
    hold(engine, 9, [10, 20])
    alerts.run_ended(ended("2022-09"))
    alerts.run_ended(ended("2022-09"))  # cleared and run again
    alerts.run_ended(ended("2022-09", run_id="r2"))  # another run of the same month
    assert (len(mailbox.mails), len(hook.received)) == (1, 1)
    hold(engine, 9, [10, 20, 30], run_id="r2")
    alerts.run_ended(ended("2022-09", run_id="r2"))
    assert (len(mailbox.mails), len(hook.received)) == (2, 2)


def test_what_a_person_decided_is_not_told_again(alerts: Any, engine: Engine, mailbox: Mailbox) -> None:
    hold(engine, 9, [10])
    row = warehouse.held_figures(engine)[0]
    warehouse.decide(engine, row["figure_id"], row["version"], "reject", by="lan", reason="sai")
    alerts.run_ended(ended("2022-09"))
    assert mailbox.mails == []


def test_a_backfill_sends_one_digest_when_its_last_run_has_ended(
    alerts: Any, engine: Engine, mailbox: Mailbox, hook: Hook
) -> None:
    for month in range(1, 13):
        if month % 3 == 0:
            hold(engine, month, [month * 10, month * 7])
        failed = {"reason": "task_failure", "failed": "source.read"} if month == 5 else {}
        alerts.run_ended(ended(f"2022-{month:02}", f"b{month}", "backfill", **failed))
        alerts.look_around(lambda _: 1)
    assert (mailbox.mails, hook.received) == ([], []), "not while one of its runs is queued or running"
    assert alerts.look_around(none_unfinished) == []
    assert alerts.look_around(none_unfinished) == []
    assert mailbox.subjects == ["Thu Chi: historical_news: backfill ended; runs failed: 1, figures held: 8, periods: 5"]
    (_, sent), *others = hook.received
    assert others == []
    assert [run["period"] for run in sent["runs"]] == ["2022-03", "2022-05", "2022-06", "2022-09", "2022-12"]
    assert [(each["period"], each["value_en"]) for each in sent["worst"]] == [
        ("2022-12", "120 tỷ đồng"),
        ("2022-09", "90 tỷ đồng"),
        ("2022-12", "84 tỷ đồng"),
    ]


def test_the_same_backfill_again_sends_no_digest(alerts: Any, engine: Engine, mailbox: Mailbox) -> None:
    hold(engine, 9, [10])
    for run_id in ("b1", "b2"):
        alerts.run_ended(ended("2022-09", run_id, "backfill"))
        alerts.look_around(none_unfinished)
    assert len(mailbox.mails) == 1


def test_a_channel_that_is_down_is_tried_again_and_the_other_is_not(
    alerts: Any, engine: Engine, mailbox: Mailbox, hook: Hook
) -> None:
    hold(engine, 9, [10])
    hook.status = 503
    alerts.run_ended(ended("2022-09"))
    assert (len(mailbox.mails), len(hook.received), states(engine)) == (1, 0, ["due"])
    assert len(alerts.look_around(none_unfinished)) == 1
    with engine.connect() as connection:
        row = connection.execute(text("SELECT attempts, last_error, delivered FROM alert")).one()
    assert (row.attempts, row.delivered) == (2, ["mail"])
    assert row.last_error.startswith("hook: ")
    hook.status = 200
    assert alerts.look_around(none_unfinished) == []
    assert (len(mailbox.mails), len(hook.received), states(engine)) == (1, 1, ["sent"])


def test_a_connection_that_is_not_there_fails_nothing(
    alerts: Any, engine: Engine, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THUCHI_ALERTS", "mail,nowhere")
    hold(engine, 9, [10])
    alerts.run_ended(ended("2022-09"))
    assert (len(mailbox.mails), states(engine)) == (1, ["due"])


def test_an_alert_that_nobody_takes_for_a_day_is_given_up(alerts: Any, engine: Engine, hook: Hook) -> None:
    hold(engine, 9, [10])
    hook.status = 500
    alerts.run_ended(ended("2022-09"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alert SET attempts = 143"))
    alerts.look_around(none_unfinished)
    assert states(engine) == ["given_up"]
    assert alerts.look_around(none_unfinished) == []


def test_nothing_is_kept_where_no_alerts_are_set_up(
    alerts: Any, engine: Engine, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("THUCHI_ALERTS")
    hold(engine, 9, [10])
    alerts.run_ended(ended("2022-09"))
    assert (mailbox.mails, states(engine)) == ([], [])


def test_slack_and_apprise(alerts: Any, engine: Engine, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCHI_ALERTS", "chat,any")
    hold(engine, 9, [10])
    alerts.run_ended(ended("2022-09"))
    assert states(engine) == ["sent"]
    by_path = dict(hook.received)
    assert set(by_path) == {"/T0/B0/xyz", "/apprise"}
    slack = by_path["/T0/B0/xyz"]["text"]
    assert "&lt;!channel&gt; &amp; so on" in slack
    assert "<!channel>" not in slack
    assert "<https://airflow.example/plugin/quarantine|Quarantine>" in slack
    assert by_path["/apprise"]["title"] == "Thu Chi: historical_news 2022-09: figures held for a decision: 1"


POST_MESSAGE = "/api/chat.postMessage"


def test_a_bot_of_slack_by_its_token_and_refused_as_slack_refuses(
    alerts: Any, engine: Engine, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THUCHI_ALERTS", "bot")
    hold(engine, 9, [10])
    hook.answers[POST_MESSAGE] = b'{"ok": false, "error": "channel_not_found"}'  # with status 200
    alerts.run_ended(ended("2022-09"))
    assert states(engine) == ["due"]
    hook.answers[POST_MESSAGE] = b'{"ok": true}'
    assert alerts.look_around(none_unfinished) == []
    assert states(engine) == ["sent"]
    assert hook.tokens == ["Bearer xoxb-1"] * 2
    path, said = hook.received[-1]
    assert (path, said["channel"]) == (POST_MESSAGE, "#ngan-sach")
    assert said["text"].startswith("*Thu Chi: historical_news 2022-09: figures held for a decision: 1*")
    assert "<!channel>" not in said["text"]


def test_apprise_that_sends_nothing_is_a_failure(
    alerts: Any, engine: Engine, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THUCHI_ALERTS", "any")
    hook.status = 500
    hold(engine, 9, [10])
    alerts.run_ended(ended("2022-09"))
    assert states(engine) == ["due"]


def test_a_source_that_the_daily_runs_knew_and_that_is_silent_is_told_once(
    alerts: Any, engine: Engine, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(engine, 9, [10], dag_id="provincial_news")
    hold(engine, 8, [10])
    hold(engine, 10, [10], run_id="backfill__2022-11-01", dag_id="provincial_news")  # old by itself
    monkeypatch.setattr(alerts, "sources_of_run", lambda: ["na_ri", "new_one"])
    alerts.look_around(none_unfinished)
    alerts.look_around(none_unfinished)
    assert mailbox.subjects == ["Thu Chi: sources silent for more than 7 days: 1"]
    assert "na_ri: nothing new since 2022-09-05" in mailbox.bodies[0]
    hold(engine, 7, [10], dag_id="provincial_news", source="ba_be")
    monkeypatch.setattr(alerts, "sources_of_run", lambda: ["ba_be", "na_ri"])
    alerts.look_around(none_unfinished)
    assert "ba_be: nothing new since 2022-07-05" in mailbox.bodies[1]
    assert "na_ri" not in mailbox.bodies[1], "its silence has been told"


@pytest.mark.parametrize(
    ("run_type", "of", "mails"),
    [
        ("scheduled", {"partition_key": "2022-09-30", "conf": None}, 1),
        ("manual", {"partition_key": None, "conf": {"period": "2022-09-30"}}, 1),
        ("backfill", {"partition_key": "2022-09-30", "conf": None}, 0),
    ],
)
def test_a_late_run_is_told_once(alerts: Any, mailbox: Mailbox, run_type: str, of: dict[str, Any], mails: int) -> None:
    run = {"dag_id": "provincial_news", "dag_run_id": "r9", "run_type": run_type, **of}
    for _ in range(2):
        alerts.missed_deadline({"dag_run": run, "deadline": {}})
    assert mailbox.subjects == ["Thu Chi: provincial_news 2022-09-30: the run has not ended in time"] * mails


@pytest.mark.parametrize(
    ("name", "written"), [("THUCHI_ALERTS_LANGUAGE", "vn"), ("THUCHI_ALERTS_SILENT_DAYS", "a week")]
)
def test_a_setting_that_is_none_is_refused_by_name(
    alerts: Any, monkeypatch: pytest.MonkeyPatch, name: str, written: str
) -> None:
    monkeypatch.setenv(name, written)
    with pytest.raises(ValueError, match=name):
        alerts.look_around(none_unfinished)


@pytest.mark.usefixtures("alerts")
def test_a_sample_is_sent_by_hand(
    mailbox: Mailbox,
    hook: Hook,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from thuchi.cli import alerts as commands
    from thuchi.cli.console import Failed

    commands.test()
    assert capsys.readouterr().out == "mail\tsent\nhook\tsent\n"
    assert mailbox.subjects == ["Thu Chi: A test of the alerts"]
    hook.status = 500
    with pytest.raises(Failed, match="not sent by hook"):
        commands.test()
    assert len(mailbox.mails) == 2

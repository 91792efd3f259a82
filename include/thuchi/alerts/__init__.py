"""Alerts: one for each run that failed or holds figures, one digest for a backfill, none for a clean run.

    callbacks.py   what Airflow calls: a run has ended, a deadline was missed, and the look around every ten minutes
    facts.py       what there is to say, asked of the warehouse
    outbox.py      the table `alert`: each alert once, by its key; sent, or kept until it is
    words.py       the same facts as a message, in English or Vietnamese
    setup.py       the settings
    channels.py    a message to e-mail, Slack, a webhook, or anything that Apprise knows, by a connection of Airflow

An alert is written down first and sent second, so that a mail server that is down costs nothing but time: the DAG
`alerts` tries again. Nothing here ever fails a run. Names are imported late, since DAG files import this.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def run_ended(context: Mapping[str, Any]) -> None:
    """For `on_failure_callback` and `on_success_callback` of a DAG; does nothing where no alerts are set up."""
    from thuchi.alerts import callbacks

    callbacks.run_ended(context)


def missed_deadline(context: Mapping[str, Any]) -> None:
    """For a DeadlineAlert: a run that has not ended in time."""
    from thuchi.alerts import callbacks

    callbacks.missed_deadline(context)

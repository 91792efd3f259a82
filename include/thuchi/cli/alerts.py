"""`thuchi alert`: whether alerts arrive."""

from __future__ import annotations

import os

from thuchi.cli.console import Failed, say


def test() -> None:
    """Send a sample by each connection that THUCHI_ALERTS names, and say which took it."""
    if "AIRFLOW_HOME" not in os.environ:  # on one machine, from any shell; in production the container has it
        from thuchi.local import airflow
        from thuchi.local.commands import DEFAULT_PORT
        from thuchi.settings import settings

        os.environ.update(airflow.environment(settings().home.resolve(), DEFAULT_PORT))
    # Airflow looks connections up in its own database only for a process of its own.
    os.environ.setdefault("_AIRFLOW_PROCESS_CONTEXT", "server")
    from thuchi.alerts import channels, facts
    from thuchi.alerts.callbacks import base_url
    from thuchi.alerts.setup import setup

    said = setup()
    if not said.connections:
        raise Failed("THUCHI_ALERTS names no connection: set it, as THUCHI_ALERTS=mail,slack, and start Airflow anew.")
    failed = []
    for name in said.connections:
        try:
            channels.send(name, facts.sample(base_url()), said.language)
        except Exception as error:  # noqa: BLE001  each service fails in its own way; all of them are tried and told
            failed.append(name)
            say(f"{name}: {type(error).__name__}: {error}")
        else:
            print(f"{name}\tsent")
    if failed:
        raise Failed(f"not sent by {', '.join(failed)}")

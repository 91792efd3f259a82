"""`up`, `down`, `airflow` and `demo` on the command line."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from thuchi.collect import SourceError
from thuchi.local import CannotRunError, airflow, processes, stack, tables
from thuchi.local import demo as demonstration
from thuchi.local.rest import Airflow
from thuchi.settings import settings
from thuchi.warehouse import WarehouseError, connect, current_figures, held_figures

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Thu Chi on one machine.")
console = Console(stderr=True)

SHOWN = 40
"""Rows of a table that a person still reads."""

DEFAULT_PORT = 8080

PAGE_WIDTH = 160
"""Of tables that go into a file, which no screen's edge cuts."""

Port = Annotated[int, typer.Option(help="Where the Airflow UI is served.", min=1024, max=65535)]


@app.command()
def up(port: Port = DEFAULT_PORT) -> None:
    """Start PostgreSQL and Airflow, and leave them running."""
    home = settings().home.resolve()
    with one_sentence():
        _start(home, port)
    console.print("`make down` stops it.")


@app.command()
def down() -> None:
    """Stop all of it, also what a crash left behind."""
    with one_sentence(), console.status("Stopping …"):
        stack.down(settings().home.resolve())
    console.print("Stopped.")


@app.command(
    "airflow", context_settings={"ignore_unknown_options": True, "allow_extra_args": True}, add_help_option=False
)
def airflow_command(context: typer.Context) -> None:
    """A command of Airflow's own on what runs here, as `airflow backfill create --dag-id historical_news …`."""
    home = settings().home.resolve()
    with one_sentence():
        if processes.supervisor_of(home) is None:
            raise CannotRunError(f"Thu Chi is not running on {home}: start it with `make up` first.")
    environment = airflow.environment(home, DEFAULT_PORT)
    os.execve(sys.executable, [sys.executable, "-m", "airflow", *context.args], environment)


@app.command()
def demo(
    articles: Annotated[Path | None, typer.Option(help="A folder of .txt and .html files, or a .jsonl.")] = None,
    once: Annotated[bool, typer.Option("--once", help="End once the figures are shown.")] = False,
    port: Port = DEFAULT_PORT,
) -> None:
    """Run the sample articles, or those given, through Airflow, and show what was loaded."""
    home = settings().home.resolve()
    # A closed terminal and `kill` end the demo as Ctrl-C does, which a background job would not even hear.
    for way in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(way, signal.default_int_handler)
    since = datetime.now(UTC)
    with one_sentence():
        chosen = demonstration.choose_articles(home, articles)
        for remark in chosen.remarks if articles else ():  # the samples' own README needs no remark
            console.print(Text(f"Note: {remark}"), soft_wrap=True)
        running = _start(home, port)
        try:
            failed = demonstration.run(running, chosen, since, console)
            _show(chosen.source)
            for sentence in failed:
                _complain(sentence)
            if not once:
                console.print(f"Look around at {_login(home, running.address)}. Ctrl-C stops everything.")
                threading.Event().wait()
        except KeyboardInterrupt:
            if once:
                raise
        finally:
            for way in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(way, signal.SIG_IGN)  # what was begun is taken down whole
            with console.status("Stopping …"):
                stack.down(home)
    raise typer.Exit(1 if failed else 0)


def _start(home: Path, port: int) -> Airflow:
    with console.status("Starting …") as status:
        running = stack.up(home, port, lambda what: status.update(f"Starting {what} …"))
    console.print(f"Airflow runs at {_login(home, running.address)}")
    return running


def _login(home: Path, address: str) -> str:
    return f"{address} (user {airflow.USER}, password {airflow.password(home)})"


def _show(source: str) -> None:
    engine = connect(settings().warehouse_url)
    try:
        loaded = [row for row in current_figures(engine) if row["source"] == source]
        held = [row for row in held_figures(engine) if row["source"] == source]
    finally:
        engine.dispose()
    out = Console()
    if not out.is_terminal:
        out.width = PAGE_WIDTH
    out.print(tables.figures(loaded, SHOWN, out.width))
    if held:
        out.print(tables.quarantine(held, SHOWN))


@contextmanager
def one_sentence() -> Iterator[None]:
    """What cannot be done is said in one sentence, and ends the command with exit code 1."""
    try:
        yield
    except (CannotRunError, SourceError, WarehouseError) as error:
        _complain(str(error))
        raise typer.Exit(1) from error


def _complain(sentence: str) -> None:
    console.print(Text(sentence, style="red"), soft_wrap=True)

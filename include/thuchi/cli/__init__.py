"""`thuchi`: the steps of the way of the data, one command each.

Data goes to stdout, messages to stderr. Exit codes: 0 done, 1 failed, 2 wrong usage. Each command imports what it
needs when it runs, so that `thuchi phrase` does not wait for Parquet or a database.
"""

from __future__ import annotations

import os
import sys

import typer

from thuchi.cli import alerts, articles, steps
from thuchi.cli import quarantine as decisions
from thuchi.cli import report as reports
from thuchi.cli.console import say
from thuchi.cli.explain import explain


def group(help_text: str) -> typer.Typer:
    return typer.Typer(help=help_text, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


app = group("Local news in, trustworthy fiscal figures out.")
for command in (
    articles.extract,
    explain,
    articles.phrase,
    articles.read,
    steps.collect,
    steps.validate,
    steps.load,
    steps.status,
):
    app.command()(command)
app.command()(reports.report)

sources = group("The sources in include/sources/.")
sources.command("check")(steps.sources_check)
app.add_typer(sources, name="sources")

db = group("The tables of the warehouse.")
db.command()(steps.upgrade)
db.command()(steps.downgrade)
db.command()(steps.reference)
app.add_typer(db, name="db")

quarantine = group("Figures that wait for a decision.")
quarantine.command("list")(decisions.show_all)
quarantine.command()(decisions.show)
quarantine.command()(decisions.release)
quarantine.command(context_settings={"ignore_unknown_options": True})(decisions.correct)  # -4% is a value
quarantine.command()(decisions.reject)
app.add_typer(quarantine, name="quarantine")

alert = group("Alerts of runs that failed or hold figures.")
alert.command("test")(alerts.test)
app.add_typer(alert, name="alert")


def main() -> None:
    """Run the command line; the sentence of a failure that is no fault of the program goes to stderr."""
    try:
        app()
    except BrokenPipeError:  # `thuchi … | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if not _speaks_for_itself(error):
            raise
        say(f"thuchi: {error}")
        sys.exit(1)


def _speaks_for_itself(error: Exception) -> bool:
    """Our own errors are sentences for a person; any other is a fault of the program and shows its traceback."""
    return isinstance(error, OSError) or type(error).__module__.partition(".")[0] == "thuchi"

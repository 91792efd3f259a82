"""What the process that forks the tasks imports once, so that they need not."""

from __future__ import annotations

import logging
import sys
from importlib import import_module

HEAVY = (
    "thuchi.validate.great",  # Great Expectations: 8 s of CPU, in every task that validates
    "thuchi.collect",
    "thuchi.read",
    "thuchi.extract",
    "thuchi.warehouse",
    "thuchi.pipeline",
)


FORKING = ("scheduler", "celery")
"""The commands whose processes fork tasks: `airflow scheduler` by its LocalExecutor, `airflow celery worker`."""


def preload() -> None:
    """Called by every process of Airflow at its start; only one of FORKING acts.

    The vocabulary is built here too: a change in include/vocabulary/ or seeds/ counts from the next start on.
    """
    if not set(sys.argv[1:2]) & set(FORKING):
        return
    # It says two hundred times that it skips registering something of its own.
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    for module in HEAVY:
        import_module(module)
    import_module("thuchi.vocabulary").vocabulary()

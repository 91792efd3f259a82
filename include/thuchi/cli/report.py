"""The report of a run or a period."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from thuchi.cli.console import Failed


class Form(StrEnum):
    html = "html"
    md = "md"


class Tongue(StrEnum):
    en = "en"
    vi = "vi"


def report(
    of: Annotated[str, typer.Argument(metavar="RUN|PERIOD", help="A run's id, or a period: its last run.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Instead of stdout.")] = None,
    form: Annotated[Form | None, typer.Option("--format", help="By default by the output's ending, else md.")] = None,
    language: Annotated[Tongue, typer.Option(help="English or Vietnamese.")] = Tongue.en,
) -> None:
    """What a run found: suites, held figures with quotes and reasons, counts, charts."""
    from thuchi import pipeline
    from thuchi.report import gather, to_html, to_markdown

    chosen = form or (Form.html if output is not None and output.suffix == ".html" else Form.md)
    with pipeline.the_warehouse() as engine:
        found = gather(engine, of)
    written = (to_html if chosen is Form.html else to_markdown)(found, language.value)
    if output is None:
        print(written)
        return
    try:
        output.write_text(written, encoding="utf-8")
    except OSError as error:
        raise Failed(f"{output} cannot be written ({error.strerror}): name another file with --output.") from error

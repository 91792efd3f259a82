"""What a run found, for a person: HTML and Markdown, each one file that needs nothing else."""

from __future__ import annotations

from thuchi.report.gather import ReportError, RunReport, gather
from thuchi.report.render import Language, to_html, to_markdown

__all__ = ["Language", "ReportError", "RunReport", "gather", "to_html", "to_markdown"]

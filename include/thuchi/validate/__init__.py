"""Figures → accepted and quarantined, by the expectation suites of include/expectations/.

Nothing here imports Great Expectations before a validation runs: its import takes 8 s of CPU.
"""

from __future__ import annotations

from thuchi.validate.batch import SourceTerms
from thuchi.validate.corrections import Corrected, Correction, CorrectionError, corrected, load_corrections
from thuchi.validate.outcome import ExpectationResult, Failure, Held, Outcome, Told
from thuchi.validate.run import check_warehouse, validate
from thuchi.validate.suites import ExpectationError, Suites, load_suites

__all__ = [
    "Corrected",
    "Correction",
    "CorrectionError",
    "ExpectationError",
    "ExpectationResult",
    "Failure",
    "Held",
    "Outcome",
    "SourceTerms",
    "Suites",
    "Told",
    "check_warehouse",
    "corrected",
    "load_corrections",
    "load_suites",
    "validate",
]

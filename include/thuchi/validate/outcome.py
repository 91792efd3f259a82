"""What validation hands on: which figures may load, which are held and why, and every expectation's result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from thuchi.model import Figure

Severity = Literal["critical", "warning"]
Scope = Literal["row", "suite"]


class Told(NamedTuple):
    """One sentence, in English and in Vietnamese."""

    en: str
    vi: str


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that one figure failed, in a sentence that holds the numbers."""

    expectation: str
    severity: Severity
    sentence: str
    sentence_vi: str = ""
    """The same in Vietnamese; empty in what was held by an older version."""


@dataclass(frozen=True, slots=True)
class Held:
    """A figure that goes to quarantine, with everything it failed, critical first."""

    figure: Figure
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class ExpectationResult:
    """One expectation of one run, as `validation_result` keeps it."""

    suite: str
    expectation: str
    severity: Severity
    scope: Scope
    success: bool
    element_count: int
    unexpected_count: int
    duration_s: float
    sentence_en: str
    sentence_vi: str
    source: str = ""
    """The source that it is about; "" for the run as a whole."""
    examples: Sequence[Mapping[str, Any]] = ()
    """Up to ten rows that failed, as JSON: the row's key, the value or finding."""

    @property
    def stops_the_run(self) -> bool:
        """A critical failure of a suite as a whole; a row's critical failure only holds that row."""
        return not self.success and self.severity == "critical" and self.scope == "suite"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of a run, parted: `accepted` and `held` together are all that came in."""

    accepted: tuple[Figure, ...]
    """What loads. A figure that only failed warnings is here, with their ids among its doubts."""
    quarantined: tuple[Held, ...]
    results: tuple[ExpectationResult, ...]
    critical: tuple[str, ...] = field(default=())
    """One sentence for each suite-level critical failure: if there is any, nothing of the run may load."""

    @property
    def counts(self) -> dict[str, int]:
        """For XCom and StepReport."""
        return {
            "figures": len(self.accepted) + len(self.quarantined),
            "accepted": len(self.accepted),
            "quarantined": len(self.quarantined),
            "expectations": len(self.results),
            "failed_expectations": sum(not result.success for result in self.results),
            "critical": len(self.critical),
        }

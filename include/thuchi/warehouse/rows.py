"""Records as rows of the warehouse, and the hashes that tell whether a row says anything new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from thuchi.model import Article, Figure, short_hash
from thuchi.validate import Held


def figure_row(figure: Figure, article: Article) -> dict[str, Any]:
    """The columns of a figure, without those of the load (version, run, times)."""
    said = {
        "article_id": figure.article_id,
        "indicator": figure.indicator,
        "measure": figure.measure,
        "unit_measure": figure.unit_measure,
        "obs_value": figure.value,
        "obs_status": figure.obs_status,
        "approx": figure.approx,
        "phase": figure.phase,
        "basis": figure.basis,
        "ref_area": figure.ref_area,
        "ref_area_today": figure.ref_area_today,
        "area": figure.area,
        "province": figure.province,
        "level": figure.level,
        "time_period": figure.time_period,
        "freq": figure.freq,
        "period_start": figure.period_start,
        "period_end": figure.period_end,
        "quote": figure.quote,
        "quote_start": figure.start,
        "quote_end": figure.end,
        "number_start": figure.number_start,
        "number_end": figure.number_end,
        "evidence": {field: asdict(evidence) for field, evidence in sorted(figure.evidence.items())},
        "doubts": list(figure.doubts),
    }
    if figure.value_printed is not None:
        said["obs_value_printed"] = figure.value_printed
    return {
        "figure_id": figure.figure_id,
        **_UNDECIDED,
        **said,
        "extractor_version": figure.extractor_version,
        "content_sha256": _sha256(said),
        "text_sha256": article.text_sha256,
    }


DECISION = ("state", "decided_by", "decided_at", "reason", "corrected_value")
"""The columns of a held row that a reviewer's decision fills."""

_UNDECIDED = {
    "obs_value_printed": None,
    "decision": None,
    "decided_by": None,
    "decided_at": None,
    "decision_reason": None,
}


def with_decision(row: Mapping[str, Any], decision: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a figure as a reviewer let it in: with who, when and why, and the corrected value if there is one.

    Its content is what the article says and what was decided: a load finds the same again, and leaves it untouched.
    """
    corrected = decision["corrected_value"]
    value = {} if corrected is None else {"obs_value": corrected, "obs_value_printed": row["obs_value"]}
    hashed = [row["content_sha256"], decision["state"], corrected if corrected is None else f"{Decimal(corrected):f}"]
    return {
        **row,
        **value,
        "decision": decision["state"],
        "decided_by": decision["decided_by"],
        "decided_at": decision["decided_at"],
        "decision_reason": decision["reason"],
        "content_sha256": hashlib.sha256(json.dumps(hashed).encode()).hexdigest(),
    }


def held_row(held: Held, article: Article) -> dict[str, Any]:
    """The columns of a held figure, without those of the load and of the decision."""
    figure = {name: value for name, value in figure_row(held.figure, article).items() if name not in _UNDECIDED}
    return {
        **figure,
        "words_key": words_key(held.figure),
        "failures": [asdict(failure) for failure in held.failures],
    }


def words_key(figure: Figure) -> str:
    """What a reviewer's decision is about: the words and the value, and what they were read as.

    The offsets are not part of it: a paragraph added above the quote does not reopen a decided figure.
    """
    return short_hash(
        figure.article_id,
        figure.quote,
        figure.value,
        figure.indicator,
        figure.measure,
        figure.phase,
        figure.basis,
        figure.area,
        figure.period_start,
        figure.period_end,
    )


def article_row(article: Article, *, with_text: bool) -> dict[str, Any]:
    """The columns of an article, without those of the load."""
    return {
        "article_id": article.article_id,
        "source": article.source,
        "url": article.url,
        "title": article.title,
        "published": article.published,
        "text": article.text if with_text else None,
        "text_sha256": article.text_sha256,
        "collected_at": article.collected_at,
        "raw": article.raw,
    }


def _sha256(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()

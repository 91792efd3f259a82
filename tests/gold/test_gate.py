"""The articles of articles.jsonl are read no worse than the floors say, and floors only rise."""

from __future__ import annotations

import pytest
from gate import LEVELS, floors, scores, updated


def test_no_score_falls_below_its_floor() -> None:
    reached, pinned = scores(), floors()
    assert set(pinned) == {*LEVELS, "left empty"}
    assert {level: score for level, score in reached.items() if score < pinned[level]} == {}


def test_an_update_raises_floors() -> None:
    assert updated({"strict": 0.9}, {"strict": 0.95678}) == {"strict": 0.956}


def test_an_update_that_would_lower_a_floor_is_refused() -> None:
    with pytest.raises(ValueError, match="a floor is never lowered"):
        updated({"strict": 0.99}, {"strict": 0.95})

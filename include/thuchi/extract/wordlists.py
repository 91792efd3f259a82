"""The small lists of include/vocabulary/lists.yaml, one class a rule that asks for them.

A list that words begin or end with is a tuple, as str.startswith asks for; the others are sets of whole words. What
each list is for stands beside it in the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thuchi.extract.normalise import fold

Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class SpendingWords:
    fillers: frozenset[str]
    towards: frozenset[str]
    deeds: tuple[str, ...]
    sources: frozenset[str]
    away: frozenset[str]
    granted: frozenset[str]
    organs: frozenset[str]
    not_counted: tuple[str, ...]
    links: frozenset[str]


@dataclass(frozen=True, slots=True)
class AllotmentWords:
    allots: tuple[str, ...]
    many: frozenset[str]
    told_by_word: frozenset[str]


@dataclass(frozen=True, slots=True)
class PayerWords:
    paying: tuple[str, ...]
    many: frozenset[str]


@dataclass(frozen=True, slots=True)
class InversionWords:
    links: frozenset[str]
    fillers: frozenset[str]
    openers: frozenset[str]
    done: frozenset[str]


@dataclass(frozen=True, slots=True)
class SubjectWords:
    prepositions: frozenset[str]
    pays: frozenset[str]


@dataclass(frozen=True, slots=True)
class SceneWords:
    after: frozenset[str]
    at: frozenset[str]
    state: frozenset[str]


@dataclass(frozen=True, slots=True)
class WordLists:
    spending: SpendingWords
    allotment: AllotmentWords
    payers: PayerWords
    inversion: InversionWords
    subjects: SubjectWords
    scene: SceneWords
    plural: frozenset[str]
    gives: tuple[str, ...]


def _whole(words: Sequence[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _edges(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(fold, words))


def word_lists(read: Mapping[str, Lists]) -> WordLists:
    """The lists of the contents of lists.yaml.

    Raises:
        KeyError: naming a list that the file does not have.
    """
    spending, inversion = read["spending"], read["inversion"]
    return WordLists(
        SpendingWords(
            fillers=_whole(spending["fillers"]),
            towards=_whole(spending["towards"]),
            deeds=_edges(spending["deeds"]),
            sources=_whole(spending["sources"]),
            away=_whole(spending["away"]),
            granted=_whole(spending["granted"]),
            organs=_whole(spending["organs"]),
            not_counted=_edges(spending["not_counted"]),
            links=_whole(spending["links"]),
        ),
        AllotmentWords(
            allots=_edges(read["allotment"]["allots"]),
            many=_whole(read["allotment"]["many"]),
            told_by_word=_whole(read["allotment"]["told_by_word"]),
        ),
        PayerWords(paying=_edges(read["payers"]["paying"]), many=_whole(read["payers"]["many"])),
        InversionWords(
            links=_whole(inversion["links"]),
            fillers=_whole([*inversion["links"], *inversion["fillers"]]),
            openers=_whole(inversion["openers"]),
            done=_whole(inversion["done"]),
        ),
        SubjectWords(_whole(read["subjects"]["prepositions"]), _whole(read["subjects"]["pays"])),
        SceneWords(_whole(read["scene"]["after"]), _whole(read["scene"]["at"]), _whole(read["scene"]["state"])),
        plural=_whole(read["memory"]["plural"]),
        gives=_edges(read["uncounted"]["gives"]),
    )

"""The vocabulary of fiscal reports: phrases as templates, and one trie that finds the longest of them.

A template names a family of phrases: `[x]` may be missing, `(a|b)` is one of several, `{name}` is a macro.
"[tổng] thu {budget} [trên địa bàn]" is "thu ngân sách", "tổng thu NSNN trên địa bàn" and so on.
Nothing here opens a file: `thuchi.vocabulary` reads include/vocabulary/ and builds a Vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from thuchi.extract.gazetteer import AreaWords
from thuchi.extract.normalise import fold, folded
from thuchi.extract.spans import Area
from thuchi.extract.wordlists import Lists, WordLists, word_lists

Strength = Literal["strong", "weak", "part"]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexeme:
    """What a phrase means: an indicator, a qualifier of one, a cue, or a topic that is not the budget."""

    kind: str
    """`indicator`, `qualifier`, `foreign`, or the name of a cue in cues.yaml."""
    code: str = ""
    """The indicator's code; of a qualifier the code that it leads to; of a foreign topic its group."""
    strength: Strength = "strong"
    within: str = ""
    """The family that a part, or what a qualifier qualifies, belongs to."""
    inherits: bool = False
    """Whether a part takes the code of the programme that is spoken of ("vốn đầu tư" within a programme)."""
    invests: bool = False
    """Whether a part of the capital is named by who spends it ("Sở Y tế"), not by where it comes from."""

    @property
    def family(self) -> str:
        return self.code.split(".", 1)[0]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the vocabulary, with what a reader asks of it at every word."""

    lexemes: tuple[Lexeme, ...]
    kind: str
    """Of its first lexeme."""
    indicator: Lexeme | None
    foreign: Lexeme | None
    qualifier: Lexeme | None
    plans: bool
    """Whether one of them is a word for a plan."""


@lru_cache(maxsize=1 << 10)  # hundreds of phrases mean the same
def phrase_of(lexemes: tuple[Lexeme, ...]) -> Phrase:
    """The phrase that has these meanings; where two are of one kind, the first counts."""
    of_kind = {lexeme.kind: lexeme for lexeme in reversed(lexemes)}
    indicator, foreign, qualifier = map(of_kind.get, ("indicator", "foreign", "qualifier"))
    return Phrase(lexemes, lexemes[0].kind, indicator, foreign, qualifier, "plan_word" in of_kind)


Node = dict[str, Any]
"""A trie over words; under END the phrase that ends here."""
END = ""

MARKS = ',;:()[]–—-…"“”/|.'

_WORD = re.compile(r"\w+|[^\w\s]")


@lru_cache(maxsize=1 << 12)  # templates are made of a thousand words and macros, from which come fifty thousand phrases
def words_of(phrase: str) -> Words:
    """The words and marks of a phrase, folded, as the lexer sees them in a text."""
    return tuple(_WORD.findall(folded(phrase)))


def expand(template: str, macros: Mapping[str, Sequence[str]]) -> Iterator[Words]:
    """All phrases of a template.

    Raises:
        ValueError: naming a template whose brackets don't match or whose macro is unknown.
    """
    tokens = re.findall(r"[\[\](){}|]|[^\[\](){}|\s]+", template)
    phrases, rest = _alternatives(tokens, 0, macros, template)
    if rest != len(tokens):
        raise ValueError(f"template {template!r}: a bracket is closed that was not opened")
    return iter(dict.fromkeys(phrases))


def _alternatives(
    tokens: Sequence[str], at: int, macros: Mapping[str, Sequence[str]], template: str
) -> tuple[list[Words], int]:
    results: list[Words] = []
    current: list[Words] = [()]
    while at < len(tokens) and tokens[at] not in ("]", ")"):
        token = tokens[at]
        if token == "|":
            results += current
            current = [()]
            at += 1
            continue
        if token in ("[", "("):
            inner, at = _alternatives(tokens, at + 1, macros, template)
            if at >= len(tokens) or tokens[at] != {"[": "]", "(": ")"}[token]:
                raise ValueError(f"template {template!r}: a bracket is not closed")
            options = inner + ([()] if token == "[" else [])
            at += 1
        elif token == "{":
            name = tokens[at + 1]
            if name not in macros:
                raise ValueError(f"template {template!r}: no macro is called {name!r}")
            options = [words_of(option) for option in macros[name]]
            at += 3
        else:
            options = [words_of(token)]
            at += 1
        current = [head + tail for head in current for tail in options]
    return results + current, at


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that extraction knows of the language and the land; pure data, built once."""

    trie: Node
    kinds: Mapping[str, str]
    """Which words are marks, and which are `plain`: these may stand between an indicator and its number without
    changing the subject."""
    areas: tuple[Area, ...]
    area_words: AreaWords
    lists: WordLists


def build_vocabulary(
    indicators: Mapping[str, Any],
    cues: Mapping[str, Any],
    foreign: Mapping[str, Any],
    lists: Mapping[str, Lists],
    plain: Iterable[str],
    areas: tuple[Area, ...],
    area_words: AreaWords,
) -> Vocabulary:
    """Build the trie from the contents of indicators.yaml, cues.yaml, foreign.yaml, lists.yaml and plain.yaml.

    Where a phrase stands in several, its lexemes are kept in that order: "xuất nhập khẩu" is a part of the
    revenue within a breakdown of it, and a foreign topic anywhere else.
    """
    trie: Node = {}
    macros = indicators["macros"]
    for entry in indicators["entries"]:
        lexeme = Lexeme(
            "indicator",
            entry["code"],
            entry.get("strength", "strong"),
            entry.get("within", ""),
            entry.get("inherits", False),
            entry.get("invests", False),
        )
        _insert(trie, entry["phrases"], macros, lexeme)
    for entry in indicators["qualifiers"]:
        _insert(trie, entry["phrases"], macros, Lexeme("qualifier", entry["to"], within=entry["from"]))
    for kind, templates in cues["cues"].items():
        _insert(trie, templates, cues["macros"], Lexeme(kind))
    for group, templates in foreign["topics"].items():
        _insert(trie, templates, foreign["macros"], Lexeme("foreign", group))
    kinds = dict.fromkeys(map(fold, plain), "plain") | dict.fromkeys(MARKS, "mark")
    return Vocabulary(trie, kinds, areas, area_words, word_lists(lists))


def _insert(trie: Node, templates: Iterable[str], macros: Mapping[str, Sequence[str]], lexeme: Lexeme) -> None:
    for template in templates:
        for phrase in expand(template, macros):
            if not phrase:
                raise ValueError(f"template {template!r} can be empty")
            node = trie
            for word in phrase:
                if word not in node:
                    node[word] = {}
                node = node[word]
            found: tuple[Lexeme, ...] = node[END].lexemes if END in node else ()
            if not any(lexeme.kind == other.kind and lexeme.family == other.family for other in found):
                node[END] = phrase_of((*found, lexeme))

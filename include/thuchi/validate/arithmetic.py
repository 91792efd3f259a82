"""Which figure is wrong, where figures of one article contradict each other.

A relation that does not hold says only that one of its members is wrong. Which one, arithmetic can often tell:
1. *The slip that mends it*: one wrong unit (triệu for tỷ), comma, digit, or two digits swapped, after which every
   relation of that figure holds. "5.870 tỷ on a plan of 5.160 tỷ, 103,8%": 113,8% is one digit away and fits;
   no single slip of the amounts does. Where several figures could be mended so, the one whose mending agrees
   with most other figures as an equality is it; where that cannot be told either, all of them are held.
2. *What another relation has told*: a total whose plan and percentage show it to be in triệu for tỷ is what its parts
   contradict; they are not suspected.
3. *Who has no witness*: where no slip mends it, figures that agree with others elsewhere in the article are
   believed, and the rest are held.
A sum can also tell of a slip that contradicts nothing: 10.655 tỷ and "157 triệu đồng" are not more than 10.812
tỷ, but 157 tỷ would make up the total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from thuchi.validate.outcome import Told
from thuchi.validate.printed import Printed, said
from thuchi.validate.relations import ArticleFigures, Member, Parts, Relation

SLIP_OF_UNIT = "slip_of_unit"

KINDS = {
    "unit": Told("another unit", "đơn vị khác"),
    "comma": Told("the comma one place further", "dấu phẩy lệch một chữ số"),
    "digit": Told("one digit otherwise", "khác một chữ số"),
    "swap": Told("two digits swapped", "hai chữ số đổi chỗ"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check has to say against one figure."""

    check: str
    figure_id: str
    sentence: Told


@dataclass(frozen=True, slots=True)
class _Mending:
    """A reading of a member under which all its relations hold."""

    member: Member
    kind: str
    meant: Printed
    witnesses: int
    """How many relations it makes tight."""
    mended: int = 1
    """How many broken relations it makes hold: a total in triệu contradicts its parts as well as its plan."""

    @property
    def weight(self) -> tuple[int, int]:
        return self.witnesses, self.mended

    @property
    def sentence(self) -> Told:
        meant, kind = said(self.meant.value, self.member.figure.measure, self.meant.step), KINDS[self.kind]
        return Told(f"{meant} would fit ({kind.en})", f"{meant} thì khớp ({kind.vi})")


def findings(article: ArticleFigures) -> Iterator[Finding]:
    """All that the arithmetic of one article has against its figures."""
    broken = [relation for relation in article.relations if not relation.holds(relation.as_printed)]
    likely = {relation: _likely(article, relation) for relation in broken}
    # Where one relation tells which number is meant otherwise, the others need not suspect their members of it.
    known = {each[0].member: each[0].meant for each in likely.values() if len(each) == 1}
    for relation in broken:
        yield from _suspects(article, relation, likely[relation], known)
    for relation in article.relations:
        if isinstance(relation, Parts) and relation not in broken:
            yield from _silent_slip(relation)


def _likely(article: ArticleFigures, broken: Relation) -> list[_Mending]:
    """The mendings of its members that agree with most other figures; more than one where it cannot be told."""
    mendings = [best for member in broken.members if (best := _best_mending(article, broken, member)) is not None]
    most = max((mending.weight for mending in mendings), default=(0, 0))
    return [mending for mending in mendings if mending.weight == most]


def _suspects(
    article: ArticleFigures, broken: Relation, likely: Sequence[_Mending], known: Mapping[Member, Printed]
) -> Iterator[Finding]:
    if likely:
        unclear = ("; which of them is wrong cannot be told", "; chưa rõ số nào sai") if len(likely) > 1 else ("", "")
        for mending in likely:
            wrong, fits = broken.sentence(), mending.sentence
            sentence = Told(f"{wrong.en}; {fits.en}{unclear[0]}", f"{wrong.vi}; {fits.vi}{unclear[1]}")
            yield Finding(broken.name, mending.member.figure.figure_id, sentence)
            if mending.kind == "unit":
                yield Finding(SLIP_OF_UNIT, mending.member.figure.figure_id, sentence)
        return
    mended = [each for each in broken.members if each in known and broken.holds(_with(broken, each, known[each]))]
    without = [member for member in broken.members if not _has_witness(article, member)]
    for member in mended or without or broken.members:
        yield Finding(broken.name, member.figure.figure_id, broken.sentence())


def _silent_slip(relation: Parts) -> Iterator[Finding]:
    """A part that is a thousand times too small for what its total leaves for it."""
    if relation.is_tight(relation.as_printed):
        return
    for part, member in enumerate(relation.members[1:]):
        for meant in member.printed.other_units():
            larger = meant.value > member.printed.value
            if larger and relation.nearly_fills(_with(relation, member, meant), part):
                mending = _Mending(member, "unit", meant, 1)
                others = [f"{each.said} ({each.figure.indicator})" for each in relation.members if each is not member]
                sentence = Told(
                    f"{member.said} beside {' and '.join(others)}: {mending.sentence.en}",
                    f"{member.said} bên cạnh {' và '.join(others)}: {mending.sentence.vi}",
                )
                yield Finding(SLIP_OF_UNIT, member.figure.figure_id, sentence)


def _best_mending(article: ArticleFigures, broken: Relation, member: Member) -> _Mending | None:
    """The slip of this member that makes the broken relation come out even and breaks no other."""
    touched = [relation for relation in article.relations if member in relation.members]
    mendings = []
    for kind, meant in member.printed.slips():
        if not broken.is_tight(_with(broken, member, meant)):
            continue
        readings = [(relation, _with(relation, member, meant)) for relation in touched]
        if all(relation.holds(printed) for relation, printed in readings):
            witnesses = sum(relation.is_tight(printed) for relation, printed in readings)
            mended = sum(not relation.holds(relation.as_printed) for relation in touched)
            mendings.append(_Mending(member, kind, meant, witnesses, mended))
    return max(mendings, key=lambda mending: mending.weight, default=None)


def _has_witness(article: ArticleFigures, member: Member) -> bool:
    return any(relation.is_tight(relation.as_printed) for relation in article.relations if member in relation.members)


def _with(relation: Relation, member: Member, meant: Printed) -> list[Printed]:
    return [meant if each is member else each.printed for each in relation.members]


def by_check(found: Iterator[Finding]) -> dict[str, dict[str, Told]]:
    """Findings by check and figure; what one check says twice of a figure is one sentence."""
    sentences: defaultdict[str, defaultdict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    for finding in found:
        said_already = sentences[finding.check][finding.figure_id]
        if finding.sentence not in said_already:
            said_already.append(finding.sentence)
    return {
        check: {figure_id: together(each) for figure_id, each in figures.items()}
        for check, figures in sentences.items()
    }


def together(sentences: Sequence[Told]) -> Told:
    """All that is said against one figure, in one line."""
    return Told(" · ".join(each.en for each in sentences), " · ".join(each.vi for each in sentences))

"""Which single facts to ask first: a set that decides with some answers, from which none can be left out.

Facts whose values can be listed are tried: the answers that leave least open are put in one after another, and what can
be taken back without opening anything again is not asked. What is still open then keeps all that it asks for, and so
does a fact whose values nobody can list. With other answers other facts come to matter, and are asked then: a fact
that decides whatever the answer is comes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.case.item_paths import without_item
from collectrules.verdict.counterfactuals import field_named, values_of, with_fact
from collectrules.verdict.missing import topic_asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.objects import OpenFact

_Answer = tuple[str, Any]
"""A value, with the attribute that takes it before it."""
_NOTHING: Final[frozenset[str]] = frozenset()
_DENIED: Final = frozenset({"*"})
"""What is open where the answer is a deny: never less than what was open before."""
_MOST_VALUES: Final = 12
"""Of a fact with more words none is tried."""
_MOST_ENTRIES: Final = 12
"""Of more facts of the history none is tried."""


def least_facts(judgement: Judgement, facts: Sequence[OpenFact]) -> list[OpenFact]:
    """Those of the facts that a judgement leaves open which are asked first, in their order; none where it decides."""
    if judgement.by_law != "review":
        return []
    if len(facts) == 1:
        return list(facts)
    trial = _Trial(judgement, [each.fact for each in facts])
    # First what decides whatever the answer is.
    facts = sorted(facts, key=lambda each: -trial.share_that_decides(each.fact))
    chosen = _closing(trial, facts)
    left = trial.open_with(chosen)
    needed = [each for each in facts if each.fact in chosen or not left.isdisjoint(each.rules)]
    return needed or list(facts)


def _closing(trial: _Trial, facts: Sequence[OpenFact]) -> dict[str, _Answer]:
    """Answers to some of the facts that leave least open; none can be taken back."""
    chosen: dict[str, _Answer] = {}
    left = trial.open_with(chosen)
    for together in (False, True):  # what no answer closes by itself, several may close
        tried, then = dict(chosen), left
        for fact in facts if left else ():
            if fact.fact in tried:
                continue
            best = None
            for answer in trial.values(fact.fact):
                found = trial.open_with({**tried, fact.fact: answer})
                if found < (then if best is None else best[0]) or (together and best is None and found == then):
                    best = (found, answer)
            if best is not None:
                then, tried[fact.fact] = best
            if not then:
                break
        if then < left:
            left, chosen = then, tried
    for name in list(chosen):
        fewer = {other: answer for other, answer in chosen.items() if other != name}
        if trial.open_with(fewer) <= left:
            chosen = fewer
    return chosen


class _Trial:
    """One case asked with some of its open facts stated."""

    def __init__(self, judgement: Judgement, facts: Sequence[str]) -> None:
        self._judgement = judgement
        self._tries_history = sum(each.startswith("history[") for each in facts) <= _MOST_ENTRIES
        self._judgements: dict[tuple[tuple[str, str, Any], ...], Judgement] = {(): judgement}
        self._found: dict[frozenset[tuple[str, Any]], frozenset[str]] = {}

    def values(self, fact: str) -> Iterable[_Answer]:
        """The values of a fact that rules can tell apart, a no first; of many none."""
        law = self._judgement.law
        if fact.startswith("history[") and not self._tries_history:
            return ()
        field = field_named(fact, law.catalogue)
        if field is None or without_item(fact) in ("action.kind", "action.channel"):
            return ()
        if field.type != "bool" and (field.words is None or field.type != "word"):
            return ()
        affected = law.dependence.on_fact(fact)
        values = sorted(values_of(field, affected.words if field.type == "word" else None))
        return [(field.attribute, value) for value in values] if len(values) <= _MOST_VALUES else ()

    def share_that_decides(self, fact: str) -> float:
        """How many of the answers to a question decide by themselves, from 0 to 1."""
        left = [self.open_with({fact: answer}) for answer in self.values(fact)]
        return sum(each in (_NOTHING, _DENIED) for each in left) / len(left) if left else 0.0

    def open_with(self, stated: Mapping[str, _Answer]) -> frozenset[str]:
        """The rules and topics that are open with these facts stated; empty where nothing is, and nothing denies."""
        key = frozenset((fact, value) for fact, (_, value) in stated.items())
        if key not in self._found:
            self._found[key] = self._open(stated)
        return self._found[key]

    def _open(self, stated: Mapping[str, _Answer]) -> frozenset[str]:
        judged = self._judged(tuple((fact, *value) for fact, value in stated.items()))
        if judged.by_law == "deny":
            return _DENIED
        rules = [each.applied.rule.full_id for each in judged.speaking if each.is_open]
        return frozenset((*rules, *[topic_asked(gap.asked) for gap in judged.uncovered.gaps]))

    def _judged(self, stated: tuple[tuple[str, str, Any], ...]) -> Judgement:
        """The judgement with these facts, attributes and values, made from that without the last."""
        if stated not in self._judgements:
            *others, (fact, attribute, value) = stated
            before = self._judged(tuple(others))
            context = before.context.changed(with_fact(before.context.case, fact, attribute, value))
            affected = before.law.dependence.on_fact(fact)
            self._judgements[stated] = before.again(context, affected, whole_groups=before.whole_groups)
        return self._judgements[stated]

"""Which single facts to ask first: a set that decides with some answers, from which none can be left out.

Facts whose values can be listed are tried: the answers that leave least open are put in one after another, and what can
be taken back without opening anything again is not asked. What is still open then keeps all that it asks for, and so
does a fact whose values nobody can list. With other answers other facts come to matter, and are asked then.
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

_DENIED: Final = frozenset({"*"})
"""What is open where the answer is a deny: never less than what was open before."""
_MOST_VALUES: Final = 12
"""Of a fact with more words none is tried."""


def least_facts(judgement: Judgement, facts: Sequence[OpenFact]) -> list[OpenFact]:
    """Those of the facts that a judgement leaves open which are asked first, in their order; none where it decides."""
    if judgement.by_law != "review":
        return []
    if len(facts) == 1:
        return list(facts)
    trial = _Trial(judgement)
    chosen: dict[str, tuple[str, Any]] = {}
    left = trial.open_with(chosen)
    for fact in facts:
        best = None
        for attribute, value in trial.values(fact.fact):
            then = trial.open_with({**chosen, fact.fact: (attribute, value)})
            if then < (left if best is None else best[0]):
                best = (then, (attribute, value))
        if best is not None:
            left, chosen[fact.fact] = best
        if not left:
            break
    for name in list(chosen):
        fewer = {other: value for other, value in chosen.items() if other != name}
        if trial.open_with(fewer) <= left:
            chosen = fewer
    needed = [each for each in facts if each.fact in chosen or not left.isdisjoint(each.rules)]
    return needed or list(facts)


class _Trial:
    """One case asked with some of its open facts stated."""

    def __init__(self, judgement: Judgement) -> None:
        self._judgement = judgement
        self._judgements: dict[tuple[tuple[str, str, Any], ...], Judgement] = {(): judgement}
        self._found: dict[frozenset[tuple[str, Any]], frozenset[str]] = {}

    def values(self, fact: str) -> Iterable[tuple[str, Any]]:
        """The values of a fact that rules can tell apart, each with the attribute that takes it; of many none."""
        law = self._judgement.law
        field = field_named(fact, law.catalogue)
        if field is None or without_item(fact) in ("action.kind", "action.channel"):
            return ()
        if field.type != "bool" and (field.words is None or field.type != "word"):
            return ()
        affected = law.dependence.on_fact(fact)
        values = list(values_of(field, affected.words if field.type == "word" else None))
        return [(field.attribute, value) for value in values] if len(values) <= _MOST_VALUES else ()

    def open_with(self, stated: Mapping[str, tuple[str, Any]]) -> frozenset[str]:
        """The rules and topics that are open with these facts stated; empty where nothing is, and nothing denies."""
        key = frozenset((fact, value) for fact, (_, value) in stated.items())
        if key not in self._found:
            self._found[key] = self._open(stated)
        return self._found[key]

    def _open(self, stated: Mapping[str, tuple[str, Any]]) -> frozenset[str]:
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
            again = before.again(context, before.law.dependence.on_fact(fact))
            groups = before.whole_groups
            self._judgements[stated] = again if again.whole else again.keeping(groups)
        return self._judgements[stated]

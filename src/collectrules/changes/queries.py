"""What can be asked of rules by themselves: does one never speak, always, what another says, or against another?"""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING, NamedTuple

from collectrules.changes.proving import Prover, Speaking, Spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.law.model import Ruleset
    from collectrules.law.rulebook import Rulebook


class Remark(NamedTuple):
    """Something that was proved of a rule, and of another where there is one."""

    rule: str
    says: str
    other: str = ""


def remarks(
    rulesets: Iterable[Ruleset], rulebook: Rulebook, day: int, only: frozenset[str] = frozenset()
) -> Iterator[Remark]:
    """Everything that is proved of the rules of some rulesets that are in force on a day (proleptic ordinal).

    With `only`, of rules with these ids and of pairs in which one of them is.
    """
    prover = Prover()
    rules = [
        Spoken(Speaking(rule, ruleset, rulebook, day))
        for ruleset in rulesets
        if ruleset.status == "in_force"
        for rule in ruleset.rules
        if rule.since <= day <= rule.until and rule.kind != "permission"
    ]
    for one in rules:
        if not only or one.rule.full_id in only:
            if prover.silent(one) == "proved":
                yield Remark(one.rule.full_id, "never fires")
            elif prover.unbroken(one) == "proved":
                yield Remark(one.rule.full_id, "is never broken for certain; it only asks where something is unknown")
            elif prover.always(one) == "proved":
                yield Remark(one.rule.full_id, "always fires, on every act that it governs")
    for one, other in permutations(rules, 2):
        if not _together(one, other, only) or not _shares(one, other):
            continue
        if one.rule.strength.decision == "deny" and prover.implied(one, other) == "proved":
            yield Remark(one.rule.full_id, "is implied by", other.rule.full_id)
    for one, other in combinations(rules, 2):
        if not _together(one, other, only) or not _shares(one, other):
            continue
        alone = (prover.always(one), prover.always(other))
        if "proved" not in alone and prover.contrary(one, other) == "proved":
            says = "contradicts, for no act that both govern is allowed by both,"
            yield Remark(one.rule.full_id, says, other.rule.full_id)


def _together(one: Spoken, other: Spoken, only: frozenset[str]) -> bool:
    """May one act be governed by both, and is one of them asked about?"""
    asked = not only or one.rule.full_id in only or other.rule.full_id in only
    return asked and one.rule.may_meet(other.rule)


def _shares(one: Spoken, other: Spoken) -> bool:
    """Do the conditions of both name a fact in common? Others have nothing to do with each other."""
    return not one.facts.isdisjoint(other.facts)

"""On which groups of the record an answer rests: a set that gives it, and from which none can be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collectrules.verdict.judgement import Judgement


def least_groups(judgement: Judgement, groups: frozenset[str], sure: frozenset[str]) -> frozenset[str]:
    """A set of these groups with which the answer is the same as with all of them, beside those that are `sure`.

    None can be left out of it. Those on which fewest hangs are left out first.
    """
    return least_of(judgement, by_weight(judgement, groups), sure)


def least_of(judgement: Judgement, in_order: Sequence[str], sure: frozenset[str]) -> frozenset[str]:
    """The same, the groups given from the lightest to the heaviest."""
    left = frozenset(in_order)
    kept = judgement.keeping(left | sure)
    wanted = standing(kept)
    if standing(judgement.keeping(sure)) == wanted:
        return frozenset()
    for group in in_order:
        fewer = kept.keeping((left - {group}) | sure)
        if standing(fewer) == wanted:
            left, kept = left - {group}, fewer
    return left


def by_weight(judgement: Judgement, groups: frozenset[str]) -> list[str]:
    """The groups from the one on which fewest measures hang to the one on which most do."""
    weights = dict.fromkeys(sorted(groups), 0)
    for measure, value in judgement.stated.record.read().items():
        if value is None:
            for group in judgement.groups_of(measure):
                if group in weights:
                    weights[group] += 1
    return sorted(weights, key=weights.__getitem__)


def standing(judgement: Judgement) -> object:
    """The decision; of a review also what is open, for less of it may be open with more known."""
    decision = judgement.by_law
    if decision != "review":
        return decision
    uncovered = judgement.uncovered
    open_rules = frozenset(
        (outcome.applied.number, outcome.breach, outcome.reviewed)
        for outcome in judgement.speaking
        if outcome.decision == "review"
    )
    gaps = frozenset(id(gap.asked) for gap in uncovered.gaps)
    return decision, open_rules, gaps, uncovered.facts, uncovered.omissions

"""Whether a rule that speaks can fall silent by the mere passing of time: a bound on what a search could find.

What does not hang on the moment keeps its truth, and so does what is known though the moment is not; the rest may
turn, as `measures.turning` tells of an open record. Where the answer here is no, no moment needs to be tried; where
it is yes, there may still be none. A bound that let more through made whole answers to partial cases take 1.4 times
as long: of sixty rules that speak sixteen were searched for in vain.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from collectrules.deciding.conditions import AllOf, AnyOf, Compare, Condition, Not, Op
from collectrules.deciding.decide import Decider
from collectrules.expressions.resolving import MOST_LOOPS
from collectrules.measures.turning import NEITHER, At, Turns, all_of, any_of, opposite_of

if TYPE_CHECKING:
    from collectrules.deciding.conditions import Value
    from collectrules.law.applicable import AppliedRule
    from collectrules.verdict.judgement import Judgement


@lru_cache(maxsize=4096)
def _decider(compare: Compare) -> Decider:
    return Decider([compare])


class Lapses:
    """Of one judgement: what may change while time goes on and all facts stay. A comparison is asked about once."""

    def __init__(self, judgement: Judgement) -> None:
        self._judgement = judgement
        self._known: dict[tuple[str, Op, Value], Turns] = {}
        context = judgement.deciding.context
        self._is_bounded = context.open and not context.has_later_entries
        """Does the record leave facts open, and come no entry to be past that now is not?"""

    def may_fall_silent(self, applied: AppliedRule) -> bool:
        """May the rule fall silent at some later moment, all facts equal? False only where it certainly does not."""
        if applied.numbers.isdisjoint(self._judgement.on_time.conditions):
            return False
        if self._turns(applied.in_force.conditions[0]).false:
            return True
        if applied.rule.verify_by < self._judgement.today:
            return False  # what is overdue to be read again is not a matter of the moment of the act
        return self._turns(applied.in_force.conditions[1]).false or any(
            self._turns(exception).true for exception in applied.in_force.conditions[2:]
        )

    def _turns(self, condition: Condition) -> Turns:
        match condition:
            case AllOf(parts):
                return all_of(self._turns(part) for part in parts)
            case AnyOf(parts):
                return any_of(self._turns(part) for part in parts)
            case Not(part):
                return opposite_of(self._turns(part))
            case Compare(measure, op, constant):
                asked = measure.name, op, constant
                found = self._known.get(asked)
                if found is None:
                    found = self._known[asked] = self._comparison(condition)
                return found

    def _comparison(self, compare: Compare) -> Turns:
        measure, judgement = compare.measure, self._judgement
        if measure.name not in judgement.on_time.measures:
            truth = _decider(compare).truth(0, judgement.deciding.record)
            return Turns(truth is True, truth is False)
        source = judgement.law.table[measure]
        if self._is_bounded and not judgement.is_whole_for(source):
            if measure.type == "bool":
                turns = source.turning(At(judgement.deciding.context, [None] * MOST_LOOPS), self._at_any_time)
                return turns if (compare.op is Op.EQ) is (compare.constant is True) else opposite_of(turns)
            if judgement.deciding.context.unlisted and not source.can_be_known():
                return NEITHER
        always = _decider(compare).truth(0, judgement.at_any_time.record)
        return Turns(always is not False, always is not True)

    @property
    def _at_any_time(self) -> At:
        return At(self._judgement.at_any_time.context, [None] * MOST_LOOPS)

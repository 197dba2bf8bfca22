"""Whether a rule that speaks can fall silent by the mere passing of time: a bound on what a search could find.

What does not hang on the moment keeps its truth. What does may turn true or false, except that nothing which may be
missing from a history comes to be ruled out: `any(...)` over a history that is not whole never becomes false. Where the
answer here is no, no moment needs to be tried; where it is yes, there may still be none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.deciding.conditions import AllOf, AnyOf, Compare, Condition, Not, Op, truth_of
from collectrules.expressions.syntax import Comparison, Conjunction, Disjunction, Expression, Name, Negation, Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collectrules.expressions.syntax import Definition
    from collectrules.law.applicable import AppliedRule
    from collectrules.verdict.judgement import Judgement

LISTS_OF_THE_CASE: Final = frozenset({"debts", "all_debts", "endpoints"})
"""Collections that are not the history: they are whole."""


class _Turns(NamedTuple):
    """May it be true at some moment, and may it be false?"""

    true: bool
    false: bool


_EITHER: Final = _Turns(true=True, false=True)
_NEITHER: Final = _Turns(true=False, false=False)


def may_fall_silent(judgement: Judgement, applied: AppliedRule) -> bool:
    """May the rule fall silent at some later moment, all facts equal? False only where it certainly does not."""
    lapse = _Lapse(judgement, applied)
    if lapse.turns(applied.conditions[0]).false:
        return True
    if applied.rule.verify_by < judgement.today:
        return False  # what is overdue to be read again is not a matter of the moment of the act
    return lapse.turns(applied.conditions[1]).false or any(
        lapse.turns(exception).true for exception in applied.conditions[2:]
    )


@dataclass(frozen=True, slots=True)
class _Lapse:
    judgement: Judgement
    applied: AppliedRule

    def turns(self, condition: Condition) -> _Turns:
        match condition:
            case AllOf(parts):
                turns = [self.turns(part) for part in parts]
                return _Turns(all(each.true for each in turns), any(each.false for each in turns))
            case AnyOf(parts):
                turns = [self.turns(part) for part in parts]
                return _Turns(any(each.true for each in turns), all(each.false for each in turns))
            case Not(part):
                true, false = self.turns(part)
                return _Turns(false, true)
            case Compare():
                return self._comparison(condition)

    def _comparison(self, compare: Compare) -> _Turns:
        reading, measure = self.judgement.deciding, compare.measure
        if measure.name not in self.judgement.law.dependence.on_clock.measures:
            truth = truth_of(compare, reading.record[measure.name])
            return _Turns(truth is True, truth is False)
        source = self.applied.table[measure]
        if not reading.context.unlisted or source.least:
            return _EITHER
        if measure.type != "bool":
            return _NEITHER if _counts_history(source.expression) else _EITHER
        turns = _turns(source.expression, self.applied.ruleset.definitions)
        return turns if (compare.op is Op.EQ) is (compare.constant is True) else _Turns(turns.false, turns.true)


def _turns(expression: Expression, definitions: Mapping[str, Definition]) -> _Turns:
    """Of an expression that is read as stated, over a history that may hold more than it lists."""
    match expression:
        case Conjunction(parts):
            turns = [_turns(part, definitions) for part in parts]
            return _Turns(all(each.true for each in turns), any(each.false for each in turns))
        case Disjunction(parts):
            turns = [_turns(part, definitions) for part in parts]
            return _Turns(any(each.true for each in turns), all(each.false for each in turns))
        case Negation(part):
            true, false = _turns(part, definitions)
            return _Turns(false, true)
        case Name((name,)) if name in definitions and not definitions[name].of:
            return _turns(definitions[name].expression, definitions)
        case Query("any") if expression.collection not in LISTS_OF_THE_CASE:
            return _Turns(true=True, false=False)
        case Query("no") if expression.collection not in LISTS_OF_THE_CASE:
            return _Turns(true=False, false=True)
        case Comparison(_, left, right) if _counts_history(left) or _counts_history(right):
            return _NEITHER
        case _:
            return _EITHER


def _counts_history(expression: Expression) -> bool:
    """Is it a count, or the latest of something, which is unknown over a history that may hold more?"""
    return (
        isinstance(expression, Query)
        and expression.kind not in ("any", "no", "largest")
        and expression.collection not in LISTS_OF_THE_CASE
    )

"""Whether a rule that speaks can fall silent by the mere passing of time: a bound on what a search could find.

What does not hang on the moment keeps its truth, and so does what is known though the moment is not. The rest may turn
true or false, except that nothing which may be missing from a history comes to be ruled out: `any(...)` over a history
that is not whole never becomes false. Where the answer here is no, no moment needs to be tried; where it is yes, there
may still be none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.deciding.conditions import AllOf, AnyOf, Compare, Condition, Not, Op, Value
from collectrules.deciding.decide import Decider
from collectrules.expressions.syntax import (
    Call,
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Name,
    Negation,
    Query,
)

if TYPE_CHECKING:
    from collectrules.expressions.language import Names
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


@lru_cache(maxsize=4096)
def _decider(compare: Compare) -> Decider:
    return Decider([compare])


class Lapses:
    """Of one judgement: what may change while time goes on and all facts stay. A comparison is asked about once."""

    def __init__(self, judgement: Judgement) -> None:
        self._judgement = judgement
        self._known: dict[tuple[str, Op, Value], _Turns] = {}

    def may_fall_silent(self, applied: AppliedRule) -> bool:
        """May the rule fall silent at some later moment, all facts equal? False only where it certainly does not."""
        if self._turns(applied.conditions[0]).false:
            return True
        if applied.rule.verify_by < self._judgement.today:
            return False  # what is overdue to be read again is not a matter of the moment of the act
        return self._turns(applied.conditions[1]).false or any(
            self._turns(exception).true for exception in applied.conditions[2:]
        )

    def _turns(self, condition: Condition) -> _Turns:
        match condition:
            case AllOf(parts):
                turns = [self._turns(part) for part in parts]
                return _Turns(all(each.true for each in turns), any(each.false for each in turns))
            case AnyOf(parts):
                turns = [self._turns(part) for part in parts]
                return _Turns(any(each.true for each in turns), all(each.false for each in turns))
            case Not(part):
                true, false = self._turns(part)
                return _Turns(false, true)
            case Compare(measure, op, constant):
                asked = measure.name, op, constant
                found = self._known.get(asked)
                if found is None:
                    found = self._known[asked] = self._comparison(condition)
                return found

    def _comparison(self, compare: Compare) -> _Turns:
        measure, judgement = compare.measure, self._judgement
        if measure.name not in judgement.on_time.measures:
            truth = _decider(compare).truth(0, judgement.deciding.record)
            return _Turns(truth is True, truth is False)
        always = _decider(compare).truth(0, judgement.at_any_time.record)
        source = judgement.law.table[measure]
        if not judgement.deciding.context.unlisted or source.bound or judgement.is_whole_for(source):
            return _Turns(always is not False, always is not True)
        if measure.type != "bool":
            return _NEITHER if _counts_history(source.expression) else _EITHER
        true, false = _turns(source.expression, source.evaluator.checker.names)
        if (compare.op is Op.EQ) is not (compare.constant is True):
            true, false = false, true
        return _Turns(true and always is not False, false and always is not True)


def _turns(expression: Expression, names: Names) -> _Turns:
    """Of an expression that is read as stated, over a history that may hold more than it lists."""
    match expression:
        case Conjunction(parts):
            turns = [_turns(part, names) for part in parts]
            return _Turns(all(each.true for each in turns), any(each.false for each in turns))
        case Disjunction(parts):
            turns = [_turns(part, names) for part in parts]
            return _Turns(any(each.true for each in turns), all(each.false for each in turns))
        case Negation(part):
            true, false = _turns(part, names)
            return _Turns(false, true)
        case Name((name,)) | Call(name) if name in names.definitions:
            return _turns(names.definitions[name].expression, names)
        case Call(name) if name in names.functions and names.functions[name].open_ended:
            return _Turns(true=True, false=False)
        case Query("any", collection, where=where) if collection not in LISTS_OF_THE_CASE or where is not None:
            false = collection in LISTS_OF_THE_CASE and where is not None and _turns(where, names).false
            return _Turns(true=True, false=false)
        case Query("no", collection, where=where) if collection not in LISTS_OF_THE_CASE or where is not None:
            true = collection in LISTS_OF_THE_CASE and where is not None and _turns(where, names).false
            return _Turns(true=true, false=True)
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

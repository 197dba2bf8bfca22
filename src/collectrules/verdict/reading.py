"""The truths of a law's conditions on one record, and what they make of a rule where nothing is presumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.deciding.conditions import Truth, both, either, opposite
from collectrules.deciding.decide import Truths
from collectrules.law.dependence import NOTHING_AFFECTED, Affected

if TYPE_CHECKING:
    from collectrules.law.applicable import ApplicableLaw, AppliedRule
    from collectrules.measures.context import Context
    from collectrules.measures.record import Record


class Reading(Truths):
    """The truths of a law's conditions on the record of one context.

    With `before`, an earlier reading of the same law, only the conditions that are `affected` are decided again.
    """

    __slots__ = ("_affected", "_before", "context")

    record: Record

    def __init__(
        self,
        law: ApplicableLaw,
        context: Context,
        record: Record,
        before: Reading | None = None,
        affected: Affected = NOTHING_AFFECTED,
    ) -> None:
        super().__init__(law.decide, record)
        self._before = before
        self._affected = affected
        self.context = context

    def __missing__(self, number: int) -> Truth:
        """The truth of the condition with that number."""
        if self._before is None or number in self._affected.conditions:
            truth = self[number] = self._closure(number)(self.record)
        else:
            truth = self[number] = self._before[number]
        return truth


def breach(applied: AppliedRule, reading: Reading) -> Truth:
    """Is the rule breached: bound, its condition true, and no exception? On one reading, nothing presumed."""
    when = both((reading[applied.bound.whole], reading[applied.when]))
    if when is False or not applied.exceptions:
        return when
    return both((when, opposite(either(reading[exception] for exception in applied.exceptions))))

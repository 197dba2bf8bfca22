"""Measures of money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.ground.money import to_record
from collectrules.measures import MeasureFunction

if TYPE_CHECKING:
    from collectrules.measures.context import Context
    from collectrules.measures.history import Entry


def _amount_owed(context: Context, entry: Entry, currency: str) -> int | None:
    """The debts of an entry together, in ten-thousandths; None where one has no amount or is in another currency."""
    total = 0
    for debt in context.debts_of(entry.fact.debts or context.debt_ids):
        if debt.amount is None or debt.currency != currency:
            return None
        total += to_record(debt.amount)
    return total


FUNCTIONS = (
    MeasureFunction(
        "amount_owed",
        ("entry", "text"),
        "money",
        _amount_owed,
        "the principal of all its debts together, in that currency",
        ("debts.amount",),
        follows_from=("action.debts", "debts.id", "debts.amount", "debts.currency"),
        changes="given days",
    ),
)

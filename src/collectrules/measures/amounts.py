"""Measures of money."""

from __future__ import annotations

from decimal import Decimal
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


def _share_owed(context: Context, entry: Entry, currency: str, percent: str) -> int | None:
    """A share of those debts, in whole ten-thousandths; what is finer is left off."""
    owed = _amount_owed(context, entry, currency)
    return None if owed is None else int(owed * Decimal(percent) / 100)


def _amount_charged(_: Context, entry: Entry, currency: str) -> int | None:
    """The amount that an entry states, in ten-thousandths; None where it states none, or one in another currency."""
    amount = entry.fact.amount
    return None if amount is None or entry.fact.currency != currency else to_record(amount)


def _charged_beyond(context: Context, entry: Entry, currency: str, part: str) -> int | None:
    """What of that amount goes beyond a fixed part of it, in ten-thousandths; below nothing where it is less."""
    charged = _amount_charged(context, entry, currency)
    return None if charged is None else charged - to_record(Decimal(part))


def _sum_for_each_debt(context: Context, entry: Entry, part: str) -> int:
    """A sum for each debt of an entry, all together, in ten-thousandths."""
    return len(context.debts_of(entry.fact.debts or context.debt_ids)) * to_record(Decimal(part))


FUNCTIONS = (
    MeasureFunction(
        "sum_for_each_debt",
        ("entry", "text"),
        "money",
        _sum_for_each_debt,
        "a sum for each of its debts, all together",
        ("action.debts",),
        follows_from=("action.debts", "debts.id"),
        changes="given days",
    ),
    MeasureFunction(
        "amount_charged",
        ("entry", "text"),
        "money",
        _amount_charged,
        "the amount that it states, in that currency",
        ("action.amount",),
        follows_from=("action.amount", "action.currency"),
        changes="given days",
    ),
    MeasureFunction(
        "charged_beyond",
        ("entry", "text", "text"),
        "money",
        _charged_beyond,
        "what of that amount goes beyond a fixed part of it, in that currency",
        ("action.amount",),
        follows_from=("action.amount", "action.currency"),
        changes="given days",
    ),
    MeasureFunction(
        "share_owed",
        ("entry", "text", "text"),
        "money",
        _share_owed,
        "so many per cent of the principal of all its debts together, in that currency",
        ("debts.amount",),
        follows_from=("action.debts", "debts.id", "debts.amount", "debts.currency"),
        changes="given days",
    ),
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

"""Measures of money."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from collectrules.case.events import SETTLES
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


def _paid_since(context: Context, entry: Entry) -> int | None:
    """What came in on the debts of an entry since then, less what came back, in ten-thousandths.

    None where more may have come in, or a sum is not told or in another currency than that of the entry.
    """
    if context.unlisted or context.today is None:
        return None
    debts = set(entry.fact.debts or context.debt_ids)
    total = 0
    for event, sign in SETTLES.items():
        for each in context.of(event):
            if each.position > entry.position and not debts.isdisjoint(each.fact.debts or context.debt_ids):
                if each.fact.amount is None or each.fact.currency != entry.stated("currency"):
                    return None
                total += sign * to_record(each.fact.amount)
    return total


def _fell_due(_: Context, plan: Entry, day: int) -> int | None:
    """What of a plan of payment fell due before a day, in ten-thousandths; None where it says not how much or when."""
    amount, promised = plan.stated("amount"), plan.stated("promised_for")
    number, every = plan.stated("instalments") or 1, plan.stated("every_days")
    first = plan.day if promised is None else promised.toordinal()
    if amount is None or first is None or (number > 1 and not every):
        return None
    due = (day - 1 - first) // every + 1 if number > 1 else int(first < day)
    return max(0, min(number, due)) * to_record(amount)


FUNCTIONS = (
    MeasureFunction(
        "paid_since",
        ("entry",),
        "money",
        _paid_since,
        "what came in since on its debts, less what came back",
        tuple(f"history.{event}" for event in SETTLES),
        follows_from=("action.amount", "action.currency", "action.debts", "debts.id", "history"),
        changes="given days",
        open_ended=True,
    ),
    MeasureFunction(
        "fell_due",
        ("entry", "date"),
        "money",
        _fell_due,
        "what of a plan of payment fell due before a day",
        follows_from=(
            *("action.amount", "action.promised_for", "action.instalments", "action.every_days"),
            "history.at",
        ),
        changes="any day",
    ),
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

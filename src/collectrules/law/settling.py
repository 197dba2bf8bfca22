"""What was paid on debts while they bore interest, and what stood open on them before it was paid.

A case states what is open now, so that a payment that names its debts says how much more was open of them before. Of
one that names none nobody says whether what is open counts it: it is taken that it does not, which asks for less. A
payment that was taken back was none. A credit note corrects the claim: what it takes off was never owed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from collectrules.case.history import Event
from collectrules.expressions.english import iso_day
from collectrules.ground.dated import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from collectrules.case.objects import Case


class Payment(Struct, frozen=True):
    """An amount that came in on a day (proleptic ordinal). Without `debts` it names none."""

    day: int
    amount: Decimal
    debts: frozenset[str] | None


def payments(case: Case, after: int, currency: str) -> tuple[Sequence[Payment], Sequence[str]]:
    """The payments later than a day, oldest first, and what must be asked before they can be reckoned with."""
    found: list[Payment] = []
    questions: list[str] = []
    for event in case.history or ():
        if not isinstance(event, Event) or event.event not in ("payment", "payment_reversed"):
            continue
        day = day_of(event.at).toordinal()
        if day <= after:
            continue
        told = f"the {event.event.replace('_', ' ')} of {iso_day(day)}"
        if event.amount is None:
            questions.append(f"history: how much was {told}?")
        elif event.currency is not None and event.currency != currency:
            questions.append(
                f"history: how much of the debts in {currency} did {told} settle? it is in {event.currency}"
            )
        else:
            debts = frozenset(event.debts) if event.debts else None
            if event.event == "payment":
                found.append(Payment(day, event.amount, debts))
            elif not _taken_back(found, event.amount, debts):
                questions.append(f"history: which payment does {told} take back? none before it has that amount")
    return sorted(found, key=lambda payment: payment.day), questions


def _taken_back(found: list[Payment], amount: Decimal, debts: frozenset[str] | None) -> bool:
    """Take the latest payment of that amount out; False where there is none."""
    for number in reversed(range(len(found))):
        if found[number].amount == amount and (debts is None or found[number].debts in (None, debts)):
            del found[number]
            return True
    return False

"""Credits and payments of a history that name no invoice: whether an open amount counts them, nobody says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from collectrules.case.events import SETTLES
from collectrules.case.objects import Event
from collectrules.ground.money import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.case.objects import Case


def unapplied_amounts(case: Case) -> Iterator[tuple[str, str, Decimal]]:
    """The word, the currency (empty: not stated) and the amount of each in turn; below zero where it was taken back."""
    for event in case.history or ():
        if isinstance(event, Event) and event.event in SETTLES and not event.debts and event.amount is not None:
            yield event.event, event.currency or "", SETTLES[event.event] * event.amount


def unapplied(case: Case) -> Iterator[str]:
    """What lies there, a sentence each: every credit note, and the payments less what was taken back, by currency."""
    paid: dict[str, Decimal] = {}
    for event, currency, sum_ in unapplied_amounts(case):
        if event == "credit_note":
            amount = f"{currency} {written(sum_)}".strip()
            yield f"a credit note of {amount} is set off against no invoice: settle that before you press"
        else:
            paid[currency] = paid.get(currency, Decimal(0)) + sum_
    for currency, total in paid.items():
        if total > 0:
            amount = f"{currency} {written(total)}".strip()
            yield f"payments of {amount} name no invoice: see that they are taken off before you press"

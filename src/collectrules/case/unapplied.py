"""Credits and payments of a history that name no invoice: whether an open amount counts them, nobody says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from collectrules.case.objects import Event
from collectrules.ground.money import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.case.objects import Case

_SIGNS: Final = {"payment": 1, "payment_reversed": -1}


def unapplied(case: Case) -> Iterator[str]:
    """What lies there, a sentence each: every credit note, and the payments less what was taken back, by currency."""
    paid: dict[str, Decimal] = {}
    for event in case.history or ():
        if not isinstance(event, Event) or event.debts or event.amount is None:
            continue
        currency = event.currency or ""
        if event.event == "credit_note":
            amount = f"{currency} {written(event.amount)}".strip()
            yield f"a credit note of {amount} is set off against no invoice: settle that before you press"
        elif event.event in _SIGNS:
            paid[currency] = paid.get(currency, Decimal(0)) + _SIGNS[event.event] * event.amount
    for currency, total in paid.items():
        if total > 0:
            amount = f"{currency} {written(total)}".strip()
            yield f"payments of {amount} name no invoice: see that they are taken off before you press"

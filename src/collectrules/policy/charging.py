"""What a step asks for beside the debt: a fee, and simple interest by the contract.

Interest is `open x rate x days / 365` for each invoice, rounded half up to the cent, from the day after it was due to
the day of the step. Whether the law allows a charge is asked apart; the law's own interest is `collectrules interest`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.ground.money import to_cent
from collectrules.policy.account import NOTHING
from collectrules.policy.model import amount_in
from collectrules.policy.standing import total

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from collectrules.policy.account import Invoice
    from collectrules.policy.model import Charges

_YEAR: Final = 365
_PER_CENT: Final = 100


class Bill(Struct, frozen=True):
    """What is to be paid: the debt, and what is charged beside it, in one currency."""

    currency: str
    open: Decimal
    interest: Decimal
    fee: Decimal

    @property
    def added(self) -> Decimal:
        """Interest and fee."""
        return self.interest + self.fee

    @property
    def to_pay(self) -> Decimal:
        """All together."""
        return self.open + self.added


def bill(charges: Charges | None, invoices: Sequence[Invoice], day: date) -> Bill | None:
    """What some invoices come to on a day; None where an amount or a due day is not known, or currencies differ.

    Without charges it is what is open. A fee is charged once, whatever the number of invoices.
    """
    whole = total(invoices)
    if whole is None:
        return None
    amount, currency = whole
    interest, fee = NOTHING, NOTHING
    if charges is not None:
        fee = amount_in(charges.fee, currency) or NOTHING
        for invoice in invoices if charges.annual_rate is not None else ():
            late = invoice.days_past_due(day)
            if late is None or invoice.open is None or charges.annual_rate is None:
                return None
            interest += simple_interest(invoice.open, charges.annual_rate, max(0, late))
    return Bill(currency, amount, interest, fee)


def simple_interest(principal: Decimal, annual_rate: Decimal, days: int) -> Decimal:
    """Interest at so many per cent a year of 365 days, rounded half up to the cent."""
    return to_cent(principal * annual_rate * days / (_PER_CENT * _YEAR))

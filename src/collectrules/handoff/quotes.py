"""What a placement costs and brings, by the rates that the user states: nothing here is estimated."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.ground import money
from collectrules.plugins.accounts import Field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

TERMS: Final[tuple[Field[Any], ...]] = (
    Field("commission", "the commission on what is recovered, in per cent", "rate"),
    Field("commission_after_days", "days overdue from which another commission is taken", "number"),
    Field("commission_when_older", "that other commission, in per cent", "rate"),
    Field("fee", "the fee for the placement, whatever comes of it", "money"),
    Field("recovery", "the part that is expected to be recovered, in per cent", "rate"),
    Field("recovery_when_older", "the same of debts that are older", "rate"),
    Field("tax", "tax on commission and fee, in per cent", "rate"),
    Field("currency", "the currency of the fee"),
)
"""What stands under `terms:` of a receiver's file."""
_HUNDRED: Final = Decimal(100)


class Terms(Struct, frozen=True):
    """The rates of a receiver, as the user states them."""

    stated: Mapping[str, Any]

    def get(self, name: str) -> Any:
        """A rate, fee or number, or None."""
        return self.stated.get(name)


class Quote(Struct, frozen=True):
    """Commission and net of one account. Amounts are in units of `currency`."""

    currency: str
    amount: Decimal
    recovery: Decimal | None
    """Per cent; None where the user states none: then `expected` is None too."""
    commission_rate: Decimal
    commission: Decimal
    """Of what is expected, or of all where no recovery is stated; with the fee and the tax on both."""
    net: Decimal
    """What is left of what is expected, or of all."""
    how: str
    """The arithmetic, in one sentence."""


def quote(
    terms: Terms | None, amount: Decimal | None, currency: str | None, due: date | None, day: date
) -> Quote | None:
    """The quote for an account, or None where no commission is stated or the amount is not known."""
    if terms is None or amount is None or currency is None or terms.get("commission") is None:
        return None
    if terms.get("fee") is not None and terms.get("currency") not in (None, currency):
        return None
    limit = terms.get("commission_after_days")
    older = limit is not None and due is not None and (day - due).days >= limit
    rate = _of_age(terms, "commission", "commission_when_older", older=older)
    recovery = _of_age(terms, "recovery", "recovery_when_older", older=older)
    recovered = amount if recovery is None else money.to_cent(amount * recovery / _HUNDRED)
    commission = money.to_cent(recovered * rate / _HUNDRED)
    cost = commission + (terms.get("fee") or Decimal(0))
    cost += money.to_cent(cost * (terms.get("tax") or Decimal(0)) / _HUNDRED)
    part = "if all is paid" if recovery is None else f"if {recovery} per cent is recovered, as stated"
    how = f"{part}: {money.written(recovered)} less {money.written(cost)}, of which {rate} per cent commission"
    return Quote(currency, amount, recovery, rate, cost, recovered - cost, how)


def _of_age(terms: Terms, name: str, older_name: str, *, older: bool) -> Any:
    other = terms.get(older_name)
    return other if older and other is not None else terms.get(name)

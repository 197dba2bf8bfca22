"""Do the lines of an account add up to its balance? Reckoned from what the case and the details state."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from collectrules.ground import money
from collectrules.plugins import accounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.plugins.accounts import Invoice, LedgerRow

SIGNS: Final[Mapping[str, int]] = {"payment": -1, "credit_note": -1, "payment_reversed": 1}
"""The events that change what is owed, and which way."""
UNKNOWN_AMOUNTS: Final = "account.unknown_amounts"
"""Set where a payment or credit has no amount, or one in another currency: no sum can be reckoned then."""
_LINES: Final = (
    accounts.ITEMIZATION_BALANCE,
    accounts.ITEMIZATION_INTEREST,
    accounts.ITEMIZATION_FEES,
    accounts.ITEMIZATION_CREDITS,
)


def disagreements(values: Mapping[str, Any]) -> Iterator[str]:
    """What does not add up, a sentence each. What is not stated is not reckoned with."""
    amount: Decimal | None = values.get(accounts.AMOUNT.name)
    if amount is None:
        return
    yield from _invoices(values)
    yield from _itemization(values, amount)


def unreckoned(values: Mapping[str, Any]) -> Iterator[str]:
    """What could not be reckoned for want of a figure, a sentence each."""
    without = [each.id for each in values[accounts.INVOICES.name] if each.invoiced is None]
    if without:
        names = ", ".join(without)
        yield f"invoices and payments were not held against the balance: no `invoiced` is stated of {names}"
    elif values.get(UNKNOWN_AMOUNTS):
        yield "invoices and payments were not held against the balance: one has no amount, or another currency"


def _invoices(values: Mapping[str, Any]) -> Iterator[str]:
    """Invoices less payments and credits are what is open; only where every invoice is stated."""
    invoices: tuple[Invoice, ...] = values[accounts.INVOICES.name]
    ledger: tuple[LedgerRow, ...] = values.get(accounts.LEDGER.name) or ()
    if values.get(UNKNOWN_AMOUNTS) or any(each.invoiced is None for each in invoices):
        return
    opened = sum((each.open for each in invoices if each.open is not None), Decimal(0))
    invoiced = sum((each.invoiced for each in invoices if each.invoiced is not None), Decimal(0))
    changed = sum((row.amount for row in ledger if row.entry != "invoice"), Decimal(0))
    before = sum((each.paid_before for each in invoices if each.paid_before is not None), Decimal(0))
    changed -= before
    if invoiced + changed != opened:
        undated = f" (of them {money.written(before)} on days that are not recorded)" if before else ""
        yield (
            f"invoiced {money.written(invoiced)}, payments and credits {money.written(-changed)}{undated}, "
            f"which leaves {money.written(invoiced + changed)}; stated as open are {money.written(opened)}"
        )


def _itemization(values: Mapping[str, Any], amount: Decimal) -> Iterator[str]:
    """The balance on the itemization date, with interest and fees, less credits, is the current amount."""
    stated: list[Decimal] = [values[field.name] for field in _LINES if values.get(field.name) is not None]
    if len(stated) < len(_LINES):
        return
    balance, interest, fees, credits_ = stated
    current: Decimal = values.get(accounts.ITEMIZATION_CURRENT.name, amount)
    total = balance + interest + fees - credits_
    if total != current:
        yield (
            f"itemization: {money.written(balance)} and interest {money.written(interest)} and fees "
            f"{money.written(fees)} less {money.written(credits_)} are {money.written(total)}; "
            f"the current amount is {money.written(current)}"
        )
    if current < amount:
        yield f"the current amount {money.written(current)} is less than the open principal {money.written(amount)}"

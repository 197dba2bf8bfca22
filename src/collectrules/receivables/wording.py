"""The words and figures in which an aging is told to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.letters.values import day_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from collectrules.receivables.aging import Aging, Customer, Payments

__all__ = ["amount", "change", "counted", "customer_name", "cut", "day_text", "days", "left_over"]


def counted(count: int, noun: str) -> str:
    """`1 account`, `2,466 accounts`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def cut(text: str, longest: int) -> str:
    """The text, with points at its end where it is longer."""
    return text if len(text) <= longest else f"{text[: longest - 3].rstrip()}..."


def amount(sum_: Decimal) -> str:
    """An amount: `1,840.00`."""
    return f"{sum_:,.2f}"


def days(average: Decimal | None) -> str:
    """An average of days, or nothing."""
    return "" if average is None else f"{average}"


def change(payments: Payments) -> str:
    """How the newer half of the payments stands to the older: `+4.2 days`."""
    return "" if payments.change is None else f"{payments.change:+} days"


def customer_name(customer: Customer) -> str:
    """Name and number, as far as they are known."""
    if customer.name and customer.account and customer.account != customer.name:
        return f"{customer.name} ({customer.account})"
    return customer.name or customer.account or "without a name"


def left_over(aging: Aging) -> Iterator[str]:
    """What was not counted, and why."""
    for currency in aging.credit_only:
        held = amount(aging.unapplied[currency])
        yield f"nothing is open in {currency}, and credits and payments stand that no invoice took: {held}"
    if aging.unknown_amounts:
        named = ", ".join(f"{invoice} of {account}" for account, invoice in aging.unknown_amounts[:5])
        more = len(aging.unknown_amounts) - 5
        yield f"not counted, for what is open of them is not known: {named}{f' and {more:,} more' if more > 0 else ''}"
    if aging.paid_without_day:
        paid = counted(aging.paid_without_day, "paid invoice")
        yield f"not in the payment history, for no payment is recorded: {paid}"
    if aging.later_invoices:
        later = counted(aging.later_invoices, "invoice")
        yield f"left out, for they were issued after {day_text(aging.as_of)}: {later}"
    if aging.wrong:
        yield f"could not be used, and are in none of these figures: {counted(len(aging.wrong), 'account')}"

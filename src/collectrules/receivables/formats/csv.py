"""The aging as CSV: a row for each customer and currency, with what it owes and how it pays."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from collectrules.ground.cells import inert
from collectrules.ground.money import written
from collectrules.policy.account import NOTHING
from collectrules.receivables.formats import AgingFormat
from collectrules.receivables.wording import days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.receivables.aging import Aging, Customer


def _write(aging: Aging, most: int) -> str:
    del most
    into = StringIO()
    table = csv.writer(into, lineterminator="\n")
    names = [name.replace(" ", "_") for name in aging.bucket_names]
    table.writerow(
        ["account", "name", "currency", *names, "open", "late", "open_invoices", "unapplied", "net", "oldest_days_late",
         "paid_invoices", "average_days_to_pay", "average_days_late", "change_in_days", "long_late_invoices",
         "repeat_offender"]
    )  # fmt: skip
    for customer in aging.customers:
        for currency in sorted({*customer.buckets, *customer.unapplied} or {""}):
            table.writerow([inert(cell) for cell in _row(customer, currency, len(names))])
    return into.getvalue()


def _row(customer: Customer, currency: str, columns: int) -> Iterator[str]:
    payments, buckets = customer.payments, customer.buckets.get(currency)
    unapplied = customer.unapplied.get(currency, NOTHING)
    yield from (customer.account, customer.name, currency)
    if buckets is None:
        yield from [""] * (columns + 3)
    else:
        yield from (written(each) for each in (*buckets.amounts, buckets.open, buckets.late))
        yield str(buckets.count)
    yield from (written(unapplied), written((buckets.open if buckets is not None else NOTHING) - unapplied))
    yield "" if customer.oldest is None else str(customer.oldest)
    yield str(payments.paid)
    yield from (days(each) for each in (payments.average_days_to_pay, payments.average_days_late, payments.change))
    yield str(customer.long_late)
    yield "yes" if customer.is_repeat_offender else "no"


FORMAT = AgingFormat(name="csv", suffix=".csv", write=_write)

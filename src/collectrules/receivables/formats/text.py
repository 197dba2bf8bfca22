"""The aging for a terminal, 80 columns wide."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from collectrules.ground.lines import WIDTH
from collectrules.receivables.aging import share
from collectrules.receivables.formats import AgingFormat
from collectrules.receivables.wording import amount, change, counted, customer_name, cut, day_text, days, left_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.receivables.aging import Aging

_NAME: Final = 27
_MONTHS: Final = 12


def _write(aging: Aging, most: int) -> str:
    lines = [f"aging as of {day_text(aging.as_of)} · {counted(aging.accounts, 'account')}"]
    if not aging.totals:
        lines += ["", "nothing is open"]
    for currency in aging.totals:
        lines += ["", *_buckets(aging, currency), "", *_customers(aging, currency, most)]
    if aging.payments.paid:
        lines += ["", *_history(aging)]
    if aging.repeat_offenders:
        lines += ["", *_offenders(aging, most)]
    for note in left_over(aging):
        lines += ["", *textwrap.wrap(note, WIDTH)]
    return "\n".join(lines) + "\n"


def _buckets(aging: Aging, currency: str) -> Iterator[str]:
    total = aging.totals[currency]
    yield f"{'open in ' + currency:<26}{'invoices':>10}{'amount':>20}{'share':>10}"
    for name, count, sum_ in zip(aging.bucket_names, total.invoices, total.amounts, strict=True):
        if name != aging.bucket_names[-1] or count:
            yield f"  {name:<24}{count:>10,}{amount(sum_):>20}{share(sum_, total.open):>8} %"
    yield f"  {'together':<24}{total.count:>10,}{amount(total.open):>20}"
    late = sum(total.invoices[1:-1])
    yield f"  {'of it late':<24}{late:>10,}{amount(total.late):>20}{share(total.late, total.open):>8} %"
    if currency in aging.unapplied:
        yield f"  {'less unapplied credits and payments':<36}{amount(-aging.unapplied[currency]):>18}"
        yield f"  {'net':<36}{amount(aging.net(currency)):>18}"
    found = aging.concentration(currency)
    if found is not None:
        yield ""
        told = (
            f"the largest customer owes {found.largest} %, the five largest {found.five_largest} %; "
            f"four fifths are owed by {found.customers_of_80_per_cent:,} of {counted(found.customers, 'customer')}"
        )
        yield from textwrap.wrap(told, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _customers(aging: Aging, currency: str, most: int) -> Iterator[str]:
    found = aging.by_amount(currency)
    yield f"{'customers, ' + currency:<{_NAME}}{'open':>15}{'late':>15}{'oldest':>8}{'pays in':>9} trend"
    for each in found[:most]:
        buckets = each.buckets[currency]
        name = cut(customer_name(each), _NAME - 3)
        oldest = f"{each.oldest}" if each.oldest is not None and each.oldest > 0 else ""
        pays = days(each.payments.average_days_to_pay)
        yield (
            f"  {name:<{_NAME - 2}}{amount(buckets.open):>15}{amount(buckets.late):>15}{oldest:>8}{pays:>9}"
            f" {each.payments.trend}"
        ).rstrip()
    if len(found) > most:
        yield f"  and {len(found) - most:,} more (--top {len(found)}, or --format csv)"


def _history(aging: Aging) -> Iterator[str]:
    paid = aging.payments
    yield f"payments: {counted(paid.paid, 'paid invoice')}"
    if paid.average_days_to_pay is not None:
        yield f"  {'average days to pay':<24}{paid.average_days_to_pay:>10}"
    if paid.average_days_late is not None:
        yield f"  {'average days late':<24}{paid.average_days_late:>10}"
    if paid.change is not None:
        yield f"  {'newer half against older':<24}{change(paid):>10}"
    if len(aging.months) > _MONTHS:
        yield f"  the last {_MONTHS} of {len(aging.months)} months:"
    yield f"  {'paid in':<24}{'invoices':>10}{'days late':>12}{'days to pay':>13}"
    for month in aging.months[-_MONTHS:]:
        yield (
            f"  {month.name:<24}{month.paid:>10,}{days(month.average_days_late):>12}"
            f"{days(month.average_days_to_pay):>13}"
        )


def _offenders(aging: Aging, most: int) -> Iterator[str]:
    found = aging.repeat_offenders
    yield f"past {aging.long_late} days again and again: {counted(len(found), 'customer')}"
    for each in found[:most]:
        name = cut(customer_name(each), 50)
        yield f"  {name:<52}{each.long_late:>4} invoices"
    if len(found) > most:
        yield f"  and {len(found) - most:,} more"


FORMAT = AgingFormat(name="text", suffix=".txt", write=_write)

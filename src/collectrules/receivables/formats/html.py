"""The aging as one HTML page with charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.pages import Bar, Column, badge, bars, facts, page, section, table, tag
from collectrules.receivables.aging import share
from collectrules.receivables.formats import AgingFormat
from collectrules.receivables.wording import amount, change, counted, customer_name, day_text, days, left_over

if TYPE_CHECKING:
    from collectrules.pages import Html, Tone
    from collectrules.receivables.aging import Aging, Customer

_MONTHS: Final = 24
_DEEPEST: Final = 5


def _write(aging: Aging, most: int) -> str:
    parts = [_currency(aging, currency, most) for currency in aging.totals]
    contents = [(f"in-{currency.lower()}", f"Open in {currency}") for currency in aging.totals]
    if aging.payments.paid:
        parts.append(_history(aging))
        contents.append(("payments", "How they pay"))
    if aging.repeat_offenders:
        parts.append(_offenders(aging, most))
        contents.append(("offenders", f"Past {aging.long_late} days again and again"))
    notes = [tag("p", note) for note in left_over(aging)]
    return page(
        f"Aging of {day_text(aging.as_of)}",
        tag("p", "Nothing is open.") if not aging.totals else None,
        *parts,
        lead=f"{counted(aging.accounts, 'account')}. Amounts are what is open, by how late it is on this day.",
        foot=notes or None,
        search="Find a customer" if aging.totals else None,
        contents=contents,
    )


def _currency(aging: Aging, currency: str, most: int) -> Html:
    total, found = aging.totals[currency], aging.concentration(currency)
    figures = [
        ("Open", f"{amount(total.open)} {currency}"),
        ("Of it late", f"{amount(total.late)} {currency} ({share(total.late, total.open)} %)"),
        ("Open invoices", f"{total.count:,}"),
    ]
    if currency in aging.unapplied:
        figures += [
            ("Unapplied credits and payments", f"{amount(aging.unapplied[currency])} {currency}"),
            ("Net of them", f"{amount(aging.net(currency))} {currency}"),
        ]
    if found is not None:
        figures += [
            ("Largest customer", f"{found.largest} %"),
            ("Five largest", f"{found.five_largest} %"),
            ("Customers who owe four fifths", f"{found.customers_of_80_per_cent:,} of {found.customers:,}"),
        ]
    named = list(zip(aging.bucket_names, total.amounts, total.invoices, strict=True))
    by_age = [
        Bar(name, sum_, f"{amount(sum_)} · {share(sum_, total.open)} % · {counted(count, 'invoice')}", _tone(number))
        for number, (name, sum_, count) in enumerate(named)
        if count or number < len(named) - 1
    ]
    customers = aging.by_amount(currency)
    owed = [(customer_name(each), each.buckets[currency].open) for each in customers[:10]]
    largest = [Bar(name, sum_, f"{amount(sum_)} · {share(sum_, total.open)} %") for name, sum_ in owed]
    return section(
        f"Open in {currency}",
        facts(figures),
        bars("By how late it is", by_age, f"in {currency}"),
        bars("The largest customers", largest, f"open in {currency}, and their share of all"),
        _customers(aging, currency, customers, most),
        name=f"in-{currency.lower()}",
    )


def _customers(aging: Aging, currency: str, customers: list[Customer], most: int) -> Html:
    total = aging.totals[currency]
    shown = [number for number, count in enumerate(total.invoices) if count or number < len(total.invoices) - 1]
    columns = [
        Column("Customer", "name"),
        *(Column(aging.bucket_names[each].capitalize(), "number") for each in shown),
        Column("Open", "number"),
        Column("Oldest, days late", "number"),
        Column("Pays in days", "number"),
        Column("Trend"),
    ]
    rows = [
        [
            customer_name(each),
            *(amount(sums[number]) if sums[number] else "" for number in shown),
            amount(each.buckets[currency].open),
            str(each.oldest) if each.oldest is not None and each.oldest > 0 else "",
            days(each.payments.average_days_to_pay),
            _trend(each),
        ]
        for each in customers[:most]
        for sums in [each.buckets[currency].amounts]
    ]
    foot = ["All customers", *(amount(total.amounts[each]) for each in shown), amount(total.open), "", "", ""]
    how_many = f"the {most:,} largest of {len(customers):,}" if len(customers) > most else f"{len(customers):,}"
    return table(
        f"Customers by what they owe in {currency}: {how_many}", columns, rows, foot=foot, cards=True, searched=True
    )


def _history(aging: Aging) -> Html:
    paid = aging.payments
    figures = [("Invoices paid", f"{paid.paid:,}")]
    if paid.average_days_to_pay is not None:
        figures.append(("Average days to pay", days(paid.average_days_to_pay)))
    if paid.average_days_late is not None:
        figures.append(("Average days late", days(paid.average_days_late)))
    if paid.change is not None:
        figures.append(("Newer half against the older", change(paid)))
    months = [
        Bar(each.name, each.average_days_late, f"{each.average_days_late} days late · {counted(each.paid, 'invoice')}")
        for each in aging.months[-_MONTHS:]
        if each.average_days_late is not None
    ]
    return section(
        "How they pay",
        facts(figures),
        bars("Average days late, by the month of payment", months, "no bar: on time or early"),
        name="payments",
    )


def _offenders(aging: Aging, most: int) -> Html:
    found = aging.repeat_offenders
    rows = [
        [customer_name(each), f"{each.long_late:,}", f"{each.payments.paid:,}", days(each.payments.average_days_late)]
        for each in found[:most]
    ]
    columns = [
        Column("Customer", "name"),
        Column(f"Invoices past {aging.long_late} days", "number"),
        Column("Paid invoices", "number"),
        Column("Average days late of those", "number"),
    ]
    how_many = f"the {most:,} worst of {len(found):,}" if len(found) > most else counted(len(found), "customer")
    title = f"Past {aging.long_late} days again and again"
    return section(
        title,
        table(f"Two or more invoices, open or paid: {how_many}", columns, rows, cards=True, searched=True),
        name="offenders",
    )


def _trend(customer: Customer) -> Html | str:
    payments = customer.payments
    tones: dict[str, Tone] = {"slower": "review", "faster": "allow"}
    if not payments.trend:
        return ""
    return badge(f"{payments.trend} ({change(payments)})", tones.get(payments.trend, "plain"))


def _tone(bucket: int) -> Tone:
    tones: tuple[Tone, ...] = ("step1", "step2", "step3", "step4", "step5")
    return tones[min(bucket, _DEEPEST - 1)]


FORMAT = AgingFormat(name="html", suffix=".html", write=_write, shown=500)

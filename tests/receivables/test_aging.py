"""Aging: each side of each line, currencies apart, and nothing lost that is not told."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.cli.receivables import Export, accounts
from collectrules.receivables.aging import Aging, aged

from .conftest import account_of, invoice

if TYPE_CHECKING:
    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case

DAY = date(2026, 11, 29)
IBM = Path(__file__).parents[1] / "imports" / "samples" / "ibm_late_payment_histories.csv"


def aging_of(*cases: Case) -> Aging:
    return aged(cases, DAY)


def due(days_late: int) -> str:
    return (DAY - timedelta(days=days_late)).isoformat()


@pytest.mark.parametrize(
    ("days_late", "bucket"), [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (2000, 4)]
)
def test_an_invoice_is_in_one_bucket(days_late: int, bucket: int) -> None:
    total = aging_of(account_of("A", invoice("1", due(days_late)))).totals["EUR"]
    assert [bool(each) for each in total.amounts] == [number == bucket for number in range(6)]
    assert total.invoices[bucket] == 1
    assert total.late == (Decimal(100) if days_late > 0 else 0)


def test_the_day_to_pay_follows_from_the_terms_and_without_any_there_is_a_bucket_of_its_own() -> None:
    terms = invoice("1", issued=due(40), terms_days=30)
    total = aging_of(account_of("A", terms, invoice("2"))).totals["EUR"]
    assert [total.amounts[1], total.amounts[-1]] == [Decimal(100), Decimal(100)]


def test_buckets_of_ones_own() -> None:
    aging = aged([account_of("A", invoice("1", due(8)))], DAY, (7, 14))
    assert aging.bucket_names == (
        "not due yet",
        "1 to 7 days late",
        "8 to 14 days late",
        "over 14 days late",
        "no due day",
    )
    assert aging.totals["EUR"].invoices == (0, 0, 1, 0, 0)


def test_currencies_are_never_added() -> None:
    other = invoice("2", due(5), "70.00") | {"currency": "USD"}
    aging = aging_of(account_of("A", invoice("1", due(5)), other), account_of("B", invoice("3", due(5), "1.00")))
    assert {currency: total.open for currency, total in aging.totals.items()} == {"EUR": 101, "USD": 70}
    assert [each.account for each in aging.by_amount("USD")] == ["A"]
    assert [each.account for each in aging.by_amount("EUR")] == ["A", "B"]


def test_what_is_not_known_is_told_and_not_counted() -> None:
    aging = aging_of(
        account_of("A", invoice("1", due(5), None) | {"currency": "EUR"}), account_of("B", invoice("2", due(5)))
    )
    assert aging.unknown_amounts == [("A", "1")]
    assert aging.totals["EUR"].count == 1
    paid = invoice("3", due(5), "0.00", paid=True)
    assert aging_of(account_of("C", paid)).paid_without_day == 1


def test_an_account_that_goes_on_after_the_day_is_wrong_and_the_others_stay() -> None:
    later = account_of("A", invoice("1", due(5), paid_on="2026-12-01"))
    aging = aging_of(later, account_of("B", invoice("2", due(5))))
    assert len(aging.wrong) == 1
    assert "after the day that is asked about" in str(aging.wrong[0])
    assert aging.accounts == 1


def test_an_invoice_of_a_later_day_is_left_out() -> None:
    aging = aging_of(
        account_of("A", invoice("1", "2027-01-01", issued="2026-11-30"), invoice("2", due(0), issued=due(0)))
    )
    assert aging.later_invoices == 1
    assert aging.totals["EUR"].count == 1


def test_days_to_pay_and_days_late() -> None:
    paid = [
        invoice("1", "2026-02-01", issued="2026-01-02", paid_on="2026-02-11"),  # 40 days, 10 late
        invoice("2", "2026-03-01", issued="2026-02-01", paid_on="2026-02-26"),  # 25 days, 3 early
    ]
    payments = aging_of(account_of("A", *paid)).customers[0].payments
    assert (payments.paid, payments.average_days_to_pay, payments.average_days_late) == (
        2,
        Decimal("32.5"),
        Decimal("3.5"),
    )
    assert payments.change is None


@pytest.mark.parametrize(
    ("late", "change", "trend"),
    [
        ((0, 0, 0, 6), "3.0", "slower"),
        ((0, 0, 0, 5), "2.5", "steady"),
        ((6, 0, 0, 0), "-3.0", "faster"),
        ((5, 0, 0, 0), "-2.5", "steady"),
        ((0, 0, 9), None, ""),
    ],
)
def test_a_trend_is_told_from_four_payments_on(late: tuple[int, ...], change: str | None, trend: str) -> None:
    days = [date(2026, 1 + number, 1) for number in range(len(late))]
    paid = [
        invoice(str(number), day.isoformat(), paid_on=(day + timedelta(days=late[number])).isoformat())
        for number, day in enumerate(days)
    ]
    payments = aging_of(account_of("A", *paid)).customers[0].payments
    assert payments.change == (None if change is None else Decimal(change))
    assert payments.trend == trend


@pytest.mark.parametrize(("first", "second", "repeated"), [(61, 61, True), (61, 60, False), (60, 60, False)])
def test_who_is_past_sixty_days_twice_is_a_repeat_offender(first: int, second: int, *, repeated: bool) -> None:
    open_late = invoice("1", due(first))
    paid_late = invoice("2", "2026-01-01", paid_on=(date(2026, 1, 1) + timedelta(days=second)).isoformat())
    aging = aging_of(account_of("A", open_late, paid_late))
    assert bool(aging.repeat_offenders) is repeated
    assert aging.customers[0].is_repeat_offender is repeated


def test_concentration() -> None:
    aging = aging_of(*(account_of(str(number), invoice("1", due(1), f"{number}.00")) for number in range(1, 11)))
    found = aging.concentration("EUR")
    assert found is not None
    assert (found.largest, found.five_largest, found.customers) == (Decimal("18.2"), Decimal("72.7"), 10)
    assert found.customers_of_80_per_cent == 6  # 10 + 9 + 8 + 7 + 6 + 5 of 55 are 81.8 %; without the 5, 72.7 %


AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2).map(lambda each: f"{each:.2f}")
INVOICES = st.lists(st.tuples(AMOUNTS, st.integers(-400, 400), st.sampled_from(["EUR", "USD"])), min_size=1, max_size=8)


@given(st.lists(INVOICES, max_size=5))
def test_no_amount_is_lost_or_counted_twice(accounts: list[list[tuple[str, int, str]]]) -> None:
    cases = [
        account_of(
            f"A{number}",
            *(
                invoice(str(each), due(late), sum_) | {"currency": currency}
                for each, (sum_, late, currency) in enumerate(made)
            ),
        )
        for number, made in enumerate(accounts)
    ]
    aging = aging_of(*cases)
    for currency in ("EUR", "USD"):
        wanted = sum((Decimal(sum_) for made in accounts for sum_, _, each in made if each == currency), Decimal(0))
        total = aging.totals.get(currency)
        assert (total.open if total is not None else 0) == wanted
        assert sum(each.buckets[currency].open for each in aging.by_amount(currency)) == wanted


@pytest.mark.parametrize("day", [date(2013, 3, 31), date(2013, 6, 30), date(2013, 11, 30)])
def test_real_invoices_are_aged_as_their_file_says(advisor: Advisor, day: date) -> None:
    """2,466 real invoices, worked out a second time from the columns of the file itself."""
    states = (
        "kind=commercial",
        "role=creditor",
        "jurisdiction=US-TX",
        "currency=USD",
        "amount_is=invoiced",
        "date_order=mdy",
    )
    aging = aged(accounts(advisor, [IBM], Export("table", None, states, ()), day), day)
    with IBM.open() as file:
        rows = [row for row in csv.DictReader(file) if american(row["InvoiceDate"]) <= day]
    still_open = [row for row in rows if american(row["SettledDate"]) > day]
    paid = [row for row in rows if american(row["SettledDate"]) <= day]
    sums = [Decimal(0)] * 5
    for row in still_open:
        late = (day - american(row["DueDate"])).days
        sums[0 if late <= 0 else min(4, 1 + (late - 1) // 30)] += Decimal(row["InvoiceAmount"])
    assert aging.wrong == []
    assert aging.totals["USD"].amounts[:5] == tuple(sums)
    assert aging.payments.paid == len(paid)
    to_pay = Decimal(sum((american(row["SettledDate"]) - american(row["InvoiceDate"])).days for row in paid)) / len(
        paid
    )
    assert aging.payments.average_days_to_pay == to_pay.quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert {each.account for each in aging.customers} == {row["customerID"] for row in rows}


def american(text: str) -> date:
    month, day, year = map(int, text.split("/"))
    return date(year, month, day)

"""A fixed sum for late payment, by bands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

BANDS = {
    "asks": ["fixed_compensation", "late_payment"],
    "kind": "fixed_sum",
    "currency": "EUR",
    "values": {
        "below_1": {"2013-01-01": "1000.00"},
        "sum_1": {"2013-01-01": "40.00"},
        "below_2": {"2013-01-01": "10000.00"},
        "sum_2": {"2013-01-01": "70.00", "2025-07-01": "75.00"},
        "sum_3": {"2013-01-01": "100.00"},
    },
}
SUM = {"what": "fixed_compensation"}


@pytest.mark.parametrize(
    ("amount", "owed"),
    [("999.99", "40.00"), ("1000.00", "70.00"), ("9999.99", "70.00"), ("10000.00", "100.00"), ("0.01", "40.00")],
)
def test_bands_at_their_edges(country: Any, debt: Any, amount: str, owed: str) -> None:
    answer = country.answer([BANDS], SUM, debts=[debt(amount=amount)])
    assert answer.values == {"fixed_compensation": owed, "currency": "EUR"}
    assert answer.complete


@pytest.mark.parametrize(("day", "owed"), [("2025-06-30", "70.00"), ("2025-07-01", "75.00")])
def test_the_sum_is_that_of_the_day(country: Any, debt: Any, day: str, owed: str) -> None:
    answer = country.answer([BANDS], {**SUM, "at": day}, debts=[debt(amount="5000.00")])
    assert answer.values["fixed_compensation"] == owed


def test_each_debt_has_its_own(country: Any, debt: Any) -> None:
    answer = country.answer([BANDS], SUM, debts=[debt(amount="500.00"), debt(id="B", amount="600.00")])
    assert answer.values["fixed_compensation"] == "80.00"
    assert len(answer.steps) == 2


@pytest.mark.parametrize(
    ("paid", "owed"),
    [
        ({"at": "2025-02-01", "debts": ["A"]}, "70.00"),
        ({"at": "2025-01-31", "debts": ["A"]}, "40.00"),
        ({"at": "2025-02-01"}, "40.00"),
        ({"at": "2025-02-01", "debts": ["A", "B"]}, "40.00"),
    ],
    ids=["after it was due", "on the due day", "names no debt", "names two"],
)
def test_it_goes_by_what_was_owed_when_the_debt_was_late(
    country: Any, debt: Any, paid: dict[str, Any], owed: str
) -> None:
    history = [{"event": "payment", "amount": "200.00", "currency": "EUR", **paid}]
    debts = [debt(amount="900.00", due="2025-01-31"), debt(id="B", amount="0.00", due="2025-01-31")]
    answer = country.answer([BANDS], SUM, debts=debts, history=history)
    assert Decimal(answer.values["fixed_compensation"]) - 40 == Decimal(owed)


def test_one_debt_without_an_amount_leaves_it_open(country: Any, debt: Any) -> None:
    answer = country.answer([BANDS], SUM, debts=[debt(), debt(id="B", amount=None, currency=None)])
    assert not answer.values
    assert not answer.steps
    assert answer.open == ("debts[B].amount: the principal without interest and costs?",)


def test_another_currency_has_other_bands(country: Any, debt: Any) -> None:
    answer = country.answer([BANDS], SUM, debts=[debt(currency="GBP")])
    assert not answer.values
    assert "it is in GBP" in answer.open[0]


@pytest.mark.parametrize("unknown", ["below_1", "sum_1"])
def test_an_edge_or_sum_that_is_not_known_is_not_passed_over(country: Any, debt: Any, unknown: str) -> None:
    values = {**BANDS["values"], unknown: {"2013-01-01": "unknown"}}  # type: ignore[dict-item]
    answer = country.answer([{**BANDS, "values": values}], SUM, debts=[debt(amount="5.00")])
    assert not answer.values
    assert answer.open == ("block 1: the sum on 2025-06-30 is not known",)


def test_before_the_first_day_of_the_law_there_is_no_sum(country: Any) -> None:
    answer = country.answer([BANDS], {**SUM, "at": "2012-12-31"})
    assert not answer.values
    assert not answer.complete


def test_no_sum_is_a_figure_too(country: Any) -> None:
    none = {**BANDS, "values": {"sum_1": {"2013-01-01": "0.00"}}}
    assert country.answer([none], SUM).values["fixed_compensation"] == "0.00"


@pytest.mark.parametrize(("amount", "total"), [("5000.00", "40.00"), ("5000.01", "70.00")])
def test_the_bands_may_be_in_another_currency_than_the_sum(country: Any, debt: Any, amount: str, total: str) -> None:
    values = {"below_1": {"2020-01-01": "5000.01"}, "sum_1": {"2020-01-01": "40.00"}, "sum_2": {"2020-01-01": "70.00"}}
    block = {
        "asks": "fixed_compensation",
        "kind": "fixed_sum",
        "currency": "EUR",
        "band_currency": "PLN",
        "values": values,
    }
    answer = country.answer([block], {"what": "fixed_compensation"}, debts=[debt(amount=amount, currency="PLN")])
    assert answer.values == {"currency": "EUR", "fixed_compensation": total}
    wrong = country.answer([block], {"what": "fixed_compensation"}, debts=[debt(amount=amount)])
    assert wrong.open == ("debts[A].amount: in PLN? it is in EUR, the bands are not",)

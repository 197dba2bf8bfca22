"""Collection costs by a scale: bands, what bounds them, and what is not known."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FROM: Final = "2012-07-01"
MARGINAL: Final = {
    "up_to_1": "2500.00",
    "percent_1": "15.00",
    "up_to_2": "5000.00",
    "percent_2": "10.00",
    "percent_3": "5.00",
}
WITH_BASES: Final = {
    "up_to_1": "150.00",
    "base_1": "20.00",
    "up_to_2": "500.00",
    "base_2": "30.00",
    "percent_2": "10.00",
}
LAST_BASE: Final = {"base_3": "65.00", "percent_3": "5.00"}
COSTS: Final = {"what": "collection_costs"}


def scale(asks: str = "collection_costs", **figures: str) -> dict[str, Any]:
    values = {name: {FROM: figure} for name, figure in figures.items()}
    return {"asks": asks, "kind": "fee_scale", "currency": "EUR", "values": values}


def cost(country: Any, debt: Any, amount: str, **figures: str) -> str | None:
    found: str | None = country.answer([scale(**figures)], COSTS, debts=[debt(amount=amount)]).values.get(
        "collection_costs"
    )
    return found


@pytest.mark.parametrize(
    ("amount", "costs"),
    [("2500.00", "375.00"), ("2500.01", "375.00"), ("2501.00", "375.10"), ("5000.00", "625.00"), ("6000.00", "675.00")],
)
def test_each_band_adds_to_those_before_it(country: Any, debt: Any, amount: str, costs: str) -> None:
    assert cost(country, debt, amount, **MARGINAL) == costs


@pytest.mark.parametrize(
    ("amount", "costs"),
    [("150.00", "20.00"), ("150.01", "30.00"), ("250.00", "40.00"), ("500.00", "65.00"), ("600.00", "70.00")],
)
def test_a_base_stands_for_the_bands_before_it(country: Any, debt: Any, amount: str, costs: str) -> None:
    assert cost(country, debt, amount, **WITH_BASES, **LAST_BASE) == costs


@pytest.mark.parametrize(
    ("amount", "costs"),
    [
        ("266.66", "40.00"),
        ("266.73", "40.01"),
        ("45166.60", "6774.99"),
        ("45166.67", "6775.00"),
        ("99999.00", "6775.00"),
    ],
)
def test_the_least_and_the_most(country: Any, debt: Any, amount: str, costs: str) -> None:
    assert cost(country, debt, amount, percent_1="15.00", minimum="40.00", maximum="6775.00") == costs


@pytest.mark.parametrize(("factor", "fee"), [("0.50", "15.75"), ("0.90", "28.35"), ("0.40", "15.00")])
def test_a_factor_goes_before_the_least(country: Any, debt: Any, factor: str, fee: str) -> None:
    block = scale("agency_fee", base_1="31.50", factor=factor, minimum="15.00")
    assert country.answer([block], {"what": "agency_fee"}, debts=[debt(amount="45.00")]).values["agency_fee"] == fee


def test_a_penalty_is_capped_by_the_name_of_case_files(country: Any, debt: Any) -> None:
    answer = country.answer(
        [scale("penalty_cap", percent_1="2.00")], {"what": "penalty_cap"}, debts=[debt(amount="10.25")]
    )
    assert answer.values == {"currency": "EUR", "maximum_lump_sum": "0.21"}


@pytest.mark.parametrize(
    ("amount", "figures"),
    [
        ("500.01", {**WITH_BASES, "base_3": "unknown"}),
        ("100.00", {"percent_1": "unknown"}),
        ("100.00", {"percent_1": "15.00", "maximum": "unknown"}),
    ],
)
def test_a_figure_that_is_not_known_leaves_it_open(
    country: Any, debt: Any, amount: str, figures: dict[str, str]
) -> None:
    answer = country.answer([scale(**figures)], COSTS, debts=[debt(amount=amount)])
    assert "collection_costs" not in answer.values
    assert answer.open == (f"block 1: the scale for {amount} EUR on 2025-06-30 is not known",)


def test_a_band_that_is_not_reached_may_be_unknown(country: Any, debt: Any) -> None:
    assert cost(country, debt, "500.00", **WITH_BASES, base_3="unknown") == "65.00"


def test_before_its_first_day_it_is_not_known(country: Any, debt: Any) -> None:
    answer = country.answer([scale(**MARGINAL)], {**COSTS, "at": "2012-06-30"}, debts=[debt()])
    assert answer.open == ("block 1: the scale for 1000.00 EUR on 2012-06-30 is not known",)


def test_another_currency_is_asked_for(country: Any, debt: Any) -> None:
    answer = country.answer([scale(**MARGINAL)], COSTS, debts=[debt(currency="USD")])
    assert answer.open == ("ask.amount: the claim in EUR? it is in USD, the scale of block 1 is not",)


@pytest.mark.parametrize(
    ("figures", "problem"),
    [
        ({}, "a scale has at least one band, `percent_1` or `base_1`"),
        ({"percent_2": "1.00"}, "the bands of a scale are numbered from 1, each with `percent_...` or `base_...`"),
        ({"up_to_1": "1.00", "percent_2": "1.00"}, "the band 1 has `percent_1` or `base_1`"),
        ({"percent_1": "1.00", "percent_2": "1.00"}, "every band has `up_to_...` but the last"),
        ({"percent_1": "1.00", "up_to_1": "1.00"}, "every band has `up_to_...` but the last"),
    ],
)
def test_bands_that_do_not_fit_together_are_told(country: Any, figures: dict[str, str], problem: str) -> None:
    block = scale(**figures)
    assert f"CR100 {problem}" in country.problems({**block, "values": block["values"] or {"minimum": {FROM: "1.00"}}})


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(smaller=st.decimals(0, 20_000, places=2), more=st.decimals(0, 20_000, places=2))
def test_a_larger_claim_never_costs_less(country: Any, debt: Any, smaller: Decimal, more: Decimal) -> None:
    low, high = (cost(country, debt, f"{amount:.2f}", **MARGINAL) for amount in (smaller, smaller + more))
    assert low is not None
    assert high is not None
    assert Decimal(low) <= Decimal(high)


def test_a_fee_of_the_court_stands_beside_the_court(country: Any, debt: Any) -> None:
    """Each scale with a name of its own is asked, and tells what it takes for granted."""
    values = {"up_to_1": {"2020-01-01": "300.00"}, "base_1": {"2020-01-01": "35.00"}, "base_2": {"2020-01-01": "70.00"}}
    scale = {"asks": "court_route", "kind": "fee_scale", "currency": "EUR", "values": values}
    fee = {**scale, "gives": "court_fee", "assumes": "the claim is issued online"}
    court = {"asks": "court_route", "kind": "court", "route": "small_claims", "currency": "EUR"}
    law = [court, fee, {**scale, "gives": "fixed_costs"}]
    found = country.answer(law, {"what": "court_route"}, debts=[debt(amount="300.01")])
    assert found.values["route"] == "small_claims"
    assert found.values["court_fee"] == found.values["fixed_costs"] == "70.00"
    assert "block 2: the claim is issued online" in found.assumed

"""Sums of money owed."""

from __future__ import annotations

from typing import Any

import pytest

Law = Any

TWO = [
    {"id": "A", "kind": "consumer", "amount": "400.00", "currency": "USD"},
    {"id": "B", "kind": "consumer", "amount": "350.01", "currency": "USD"},
]


@pytest.mark.parametrize(("expression", "truth"), [("<= 750", False), ("<= '750.01'", True), ("> 750", True)])
def test_debts_are_added_up(law: Law, expression: str, *, truth: bool) -> None:
    assert law.value(f"amount_owed(action, 'USD') {expression}", debts=TWO) is truth


def test_only_the_debts_of_the_act_count(law: Law) -> None:
    act = {"debts": ["B"]}
    assert law.value("amount_owed(action, 'USD') == '350.01'", debts=TWO, action=act) is True


def test_another_currency_is_not_counted_as_this_one(law: Law) -> None:
    assert law.value("amount_owed(action, 'GBP') > 1", debts=TWO) is None


def test_a_debt_without_an_amount_leaves_the_sum_unknown(law: Law) -> None:
    without = [TWO[0], {"id": "B", "kind": "consumer"}]
    assert law.value("amount_owed(action, 'USD') > 1", debts=without) is None
    assert law.value("amount_owed(action, 'USD') > 1", debts=without, action={"debts": ["A"]}) is True


@pytest.mark.parametrize(("part", "left"), [("0.00", "30.00"), ("10.00", "20.00"), ("30.00", "0.00")])
def test_what_goes_beyond_a_fixed_part(law: Law, part: str, left: str) -> None:
    act = {"amount": "30.00", "currency": "USD"}
    assert law.value(f"charged_beyond(action, 'USD', '{part}') == '{left}'", debts=TWO, action=act) is True
    assert law.value(f"charged_beyond(action, 'GBP', '{part}') == '{left}'", debts=TWO, action=act) is None


def test_less_than_the_part_is_below_nothing(law: Law) -> None:
    act = {"amount": "30.00", "currency": "USD"}
    assert law.value("charged_beyond(action, 'USD', '40.00') < '0.00'", debts=TWO, action=act) is True


@pytest.mark.parametrize(("act", "total"), [({}, "80.00"), ({"debts": ["B"]}, "40.00")])
def test_a_sum_for_each_debt_of_the_act(law: Law, act: dict[str, Any], total: str) -> None:
    assert law.value(f"sum_for_each_debt(action, '40.00') == '{total}'", debts=TWO, action=act) is True

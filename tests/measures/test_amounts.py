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


PLAN = {
    "at": "2026-02-01",
    "event": "plan_agreed",
    "amount": "100.00",
    "currency": "USD",
    "promised_for": "2026-03-01",
    "instalments": 3,
    "every_days": 30,
}


def _paid(at: str, amount: str | None, event: str = "payment", **more: Any) -> dict[str, Any]:
    sums = {} if amount is None else {"amount": amount, "currency": "USD"}
    return {"at": at, "event": event, **sums, **more}


@pytest.mark.parametrize(
    ("paid", "total"),
    [
        ([], "0.00"),
        ([_paid("2026-01-31", "50.00")], "0.00"),
        ([_paid("2026-03-01", "50.00"), _paid("2026-03-02", "25.50", "credit_note")], "75.50"),
        ([_paid("2026-03-01", "50.00"), _paid("2026-03-02", "20.00", "payment_reversed")], "30.00"),
        ([_paid("2026-03-01", "50.00", debts=["A"]), _paid("2026-03-01", "7.00", debts=["B"])], "57.00"),
    ],
)
def test_what_came_in_since_is_added_up(law: Law, paid: list[dict[str, Any]], total: str) -> None:
    case = {"debts": TWO, "history": [PLAN, *paid], "action": {"at": "2026-04-10"}}
    assert law.value(f"any(plan_agreed as p where paid_since(p) == '{total}')", **case) is True


def test_only_what_came_in_on_the_same_debts_counts(law: Law) -> None:
    history = [{**PLAN, "debts": ["A"]}, _paid("2026-03-01", "50.00", debts=["B"])]
    case = {"debts": TWO, "history": history, "action": {"at": "2026-04-10"}}
    assert law.value("any(plan_agreed as p where paid_since(p) == '0.00')", **case) is True


@pytest.mark.parametrize("paid", [_paid("2026-03-01", None), {**_paid("2026-03-01", "50.00"), "currency": "EUR"}])
def test_a_sum_that_is_not_told_in_the_currency_leaves_it_unknown(law: Law, paid: dict[str, Any]) -> None:
    case = {"debts": TWO, "history": [PLAN, paid], "action": {"at": "2026-04-10"}}
    assert law.value("any(plan_agreed as p where paid_since(p) > '0.00')", **case) is None


@pytest.mark.parametrize(
    ("more", "day", "due"),
    [
        ({}, "2026-03-01", "0.00"),
        ({}, "2026-03-02", "100.00"),
        ({}, "2026-03-31", "100.00"),
        ({}, "2026-04-01", "200.00"),
        ({}, "2027-04-01", "300.00"),
        ({"instalments": None, "every_days": None}, "2027-04-01", "100.00"),
        ({"promised_for": None, "instalments": 1}, "2026-02-01", "0.00"),
        ({"promised_for": None, "instalments": 1}, "2026-02-02", "100.00"),
    ],
)
def test_what_fell_due_under_a_plan(law: Law, more: dict[str, Any], day: str, due: str) -> None:
    plan = {name: value for name, value in {**PLAN, **more}.items() if value is not None}
    case = {"debts": TWO, "history": [plan], "action": {"at": day}}
    assert law.value(f"any(plan_agreed as p where fell_due(p, action.day) == '{due}')", **case) is True


@pytest.mark.parametrize("lacks", ["amount", "every_days"])
def test_a_plan_that_does_not_say_how_much_or_when(law: Law, lacks: str) -> None:
    plan = {name: value for name, value in PLAN.items() if name != lacks and (lacks, name) != ("amount", "currency")}
    case = {"debts": TWO, "history": [plan], "action": {"at": "2026-04-10"}}
    assert law.value("any(plan_agreed as p where fell_due(p, action.day) > '0.00')", **case) is None

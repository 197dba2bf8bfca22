"""One thing changed in an expression: what a law says to the day, the cent and the minute, and whom it leaves out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.expressions.syntax import Literal, parse, unparse
from collectrules.expressions.variants import neighbours, variants


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("count(contacts) >= 7", {"count(contacts) > 7", "count(contacts) >= 6", "count(contacts) >= 8"}),
        ("action.minute < 20:00", {"action.minute <= 20:00", "action.minute < 19:59", "action.minute < 20:01"}),
        ("action.minute < 24:00", {"action.minute <= 24:00", "action.minute < 23:59"}),
        ("action.day > 2026-01-01", {"action.day >= 2026-01-01", "action.day > 2025-12-31", "action.day > 2026-01-02"}),
        ('amount > "10.00"', {'amount >= "10.00"', 'amount > "9.99"', 'amount > "10.01"'}),
        ('rate > "4.5"', {'rate >= "4.5"', 'rate > "4.4"', 'rate > "4.6"'}),
        ("action.channel == phone", {"action.channel != phone"}),
        ("action.channel not in [phone, sms]", {"action.channel in [phone, sms]"}),
        ("debt.due is absent", {"debt.due is given"}),
        ("not debtor.minor", {"debtor.minor"}),
        ("no(opt_out)", {"any(opt_out)"}),
        ("paid and not minor", {"paid"}),
        ("paid and kind != company", {"paid"}),
        ("paid and purpose lacks demand", {"paid"}),
        ("paid and kind == company", {"paid and kind != company"}),
        ("action.day == 0", {"action.day != 0", "action.day == 1"}),
        ("paid", set()),
        ('case.jurisdiction == "US-TX"', {'case.jurisdiction != "US-TX"'}),
    ],
)
def test_what_is_changed(text: str, others: set[str]) -> None:
    assert {unparse(change.expression) for change in variants(parse(text))} == others


def test_each_change_says_what_stood_there_and_what_stands_there_now() -> None:
    changes = list(variants(parse("paid and not minor and age > 7")))
    assert [(change.kind, change.before, change.after) for change in changes] == [
        ("exclusion", "not minor", ""),
        ("comparison", "age > 7", "age >= 7"),
        ("number", "7", "6"),
        ("number", "7", "8"),
    ]


def test_what_stands_inside_an_exclusion_is_changed_too() -> None:
    changed = {unparse(change.expression) for change in variants(parse("paid and not (age > 7)"))}
    assert changed == {"paid", "paid and (not age >= 7)", "paid and (not age > 6)", "paid and (not age > 8)"}


@given(st.integers(0, 10**6))
def test_a_number_has_neighbours_on_both_sides_and_none_is_negative(number: int) -> None:
    values = [each.value for each in neighbours(Literal("int", number))]
    assert values == [each for each in (number - 1, number + 1) if each >= 0]


def test_a_word_has_no_neighbour() -> None:
    assert neighbours(Literal("word", "phone")) == ()
    assert neighbours(Literal("bool", value=True)) == ()

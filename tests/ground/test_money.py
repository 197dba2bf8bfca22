"""Amounts: exact, written as an invoice writes them, and whole numbers in records."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.ground import money


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("8400", "8400.00"), ("8.4E+3", "8400.00"), ("0.5", "0.50"), ("5.1234", "5.1234"), ("-1", "-1.00"), ("0", "0.00")],
)
def test_amounts_are_written_with_two_decimals_at_least(amount: str, expected: str) -> None:
    assert money.written(Decimal(amount)) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("0.004", "0.00"), ("0.005", "0.01"), ("0.015", "0.02"), ("-0.005", "-0.01"), ("1", "1.00")],
)
def test_half_a_cent_is_rounded_away_from_zero(amount: str, expected: str) -> None:
    assert str(money.to_cent(Decimal(amount))) == expected


@pytest.mark.parametrize(("amount", "good"), [("1", True), ("0.00", True), ("NaN", False), ("Infinity", False)])
def test_what_can_be_an_amount(amount: str, good: bool) -> None:
    assert money.is_amount(Decimal(amount)) is good
    assert not money.is_amount(Decimal("1E+999999"))


@given(st.integers(-(10**14), 10**14))
def test_a_record_keeps_ten_thousandths(count: int) -> None:
    assert money.to_record(Decimal(count) / money.UNITS_OF_RECORD) == count


@given(st.integers(-(10**12), 10**12))
def test_cents_come_back_with_two_decimals(cents: int) -> None:
    amount = Decimal(cents) / 100
    assert Decimal(money.to_record(amount)) / money.UNITS_OF_RECORD == amount
    assert money.written(amount) == f"{amount:.2f}"


def test_what_is_finer_than_a_record_is_refused() -> None:
    assert money.to_record(Decimal("0.0001")) == 1
    with pytest.raises(ValueError, match="finer than a ten-thousandth"):
        money.to_record(Decimal("0.00001"))

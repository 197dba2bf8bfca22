"""Months by their names."""

import pytest

from collectrules.ground.cells import day_of_spreadsheet
from collectrules.ground.months import month_named


@pytest.mark.parametrize(
    ("name", "number"),
    [
        *(("Jan", 1), ("Jänner", 1), ("fév.", 2), ("Mrz", 3), ("maart", 3), ("MAI", 5), ("mag", 5), ("juin", 6)),
        *(("juil.", 7), ("ago", 8), ("Sept", 9), ("out", 10), ("Dez.", 12)),
    ],
)
def test_a_month_is_known_by_its_name_or_the_beginning_of_it(name: str, number: int) -> None:
    assert month_named(name) == number


@pytest.mark.parametrize("name", ["jui", "ma", "", "xyz", "january-", "mayor"])
def test_what_begins_two_months_or_none_is_none(name: str) -> None:
    assert month_named(name) is None


def test_days_of_a_spreadsheet_are_those_of_this_century() -> None:
    assert str(day_of_spreadsheet("46083")) == "2026-03-02"
    assert day_of_spreadsheet("12345") is None
    assert day_of_spreadsheet("2026") is None
    assert day_of_spreadsheet("4608\u0663") is None

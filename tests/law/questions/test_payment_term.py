"""The last day to pay: what was agreed, the most that can be, and what holds where nothing was."""

from __future__ import annotations

from typing import Any, Final

import pytest

TERM: Final = {
    "asks": "payment_term",
    "kind": "payment_term",
    "starts": "latest(all_debts).accepted_on",
    "agreed": "latest(all_debts).agreed_days",
    "values": {"at_most": {"2020-01-01": 45}, "where_none_agreed": {"2020-01-01": 15}},
}


def last_day(country: Any, debt: Any, block: Any = TERM, **changes: Any) -> Any:
    debts = [debt(**{"accepted_on": "2026-03-02", **changes})]
    return country.answer([block], {"what": "payment_term"}, debts=debts)


@pytest.mark.parametrize(
    ("agreed", "last"),
    [(44, "2026-04-15"), (45, "2026-04-16"), (46, "2026-04-16"), (0, "2026-03-02"), (None, "2026-03-17")],
)
def test_the_agreed_days_up_to_the_most(country: Any, debt: Any, agreed: int | None, last: str) -> None:
    answer = last_day(country, debt, agreed_days=agreed)
    assert answer.values == {"last_day_to_pay": last}
    assert answer.complete


def test_an_agreed_term_may_have_no_limit(country: Any, debt: Any) -> None:
    block = {**TERM, "values": {"where_none_agreed": {"2020-01-01": 30}}}
    assert last_day(country, debt, block, agreed_days=90).values == {"last_day_to_pay": "2026-05-31"}


@pytest.mark.parametrize(
    ("values", "changes"),
    [
        ({"at_most": {"2020-01-01": 45}}, {}),
        ({"at_most": {"2020-01-01": "unknown"}}, {"agreed_days": 10}),
        ({"at_most": {"2027-01-01": 45}}, {"agreed_days": 10}),
    ],
)
def test_a_term_that_is_not_known_leaves_it_open(country: Any, debt: Any, values: Any, changes: Any) -> None:
    answer = last_day(country, debt, {**TERM, "values": values}, **changes)
    assert not answer.values
    assert answer.open == ("block 1: the term for 2026-03-02 is not known",)


def test_the_day_on_which_it_starts_is_asked_for(country: Any, debt: Any) -> None:
    answer = last_day(country, debt, accepted_on=None)
    assert not answer.values
    assert answer.open[0].startswith("debts[A].accepted_on:")


def test_in_a_partial_record_no_term_is_not_taken_for_none_agreed(country: Any, debt: Any) -> None:
    answer = country.answer([TERM], {"what": "payment_term"}, debts=[debt(accepted_on="2026-03-02")], record="partial")
    assert not answer.values
    assert answer.open[0].startswith("debts[A].agreed_days:")

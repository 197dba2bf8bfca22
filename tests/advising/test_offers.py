"""Plans and settlements before they are offered: the policy's limits on both sides, then the law."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.advising.offers import plan, settlement
from collectrules.ground.errors import InvalidInput
from collectrules.output.advice import offer_page

if TYPE_CHECKING:
    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.policy.model import Policy

TODAY = date(2026, 11, 23)


def account(advisor: Advisor, amount: str = "600.00", **stated: Any) -> Case:
    debt = {"id": "A", "kind": "commercial", "amount": amount, "currency": "EUR", "due": "2026-09-20", **stated}
    return advisor.case(
        {
            "version": 2,
            "id": "C1",
            "jurisdiction": "DE",
            "record": "complete",
            "collector": {"role": "creditor"},
            "debts": [debt],
        }
    )


@pytest.mark.parametrize(
    ("amount", "terms", "against"),
    [
        ("600.00", (6, 30), []),
        ("600.00", (7, 20), ["7 instalments, and the policy has at most 6"]),
        ("600.00", (6, 31), ["the last instalment is in 186 days, and the policy has at most 180"]),
        ("300.00", (6, 30), []),
        ("299.94", (6, 30), ["instalments of EUR 49.99, and the policy has at least 50.00"]),
    ],
)
def test_a_plan_is_held_against_the_policy(
    advisor: Advisor, policies: dict[str, Policy], amount: str, terms: tuple[int, int], against: list[str]
) -> None:
    made = plan(advisor, policies["small_b2b"], account(advisor, amount), TODAY, terms)
    assert [*made.against] == against
    assert made.decision == "allow"
    assert made.may_be_made is (not against)


@given(cents=st.integers(100, 10_000_000), instalments=st.integers(1, 12), every=st.integers(1, 60))
def test_the_instalments_are_the_whole(
    advisor: Advisor, policies: dict[str, Policy], cents: int, instalments: int, every: int
) -> None:
    amount = Decimal(cents) / 100
    made = plan(advisor, policies["own_consumer"], account(advisor, f"{amount:.2f}"), TODAY, (instalments, every))
    assert sum(paid for _, paid in made.payments) == amount
    assert all(paid > 0 for _, paid in made.payments)
    assert len(made.payments) <= instalments


@pytest.mark.parametrize(
    ("amount", "against"),
    [
        ("510.00", []),
        ("509.99", ["the policy lets off 15.00 per cent at most: EUR 510.00 is the least"]),
        ("500.00", ["the policy lets off 15.00 per cent at most: EUR 510.00 is the least"]),
        ("600.01", ["EUR 600.01 is more than what is open"]),
    ],
)
def test_a_settlement_is_held_against_the_policy(
    advisor: Advisor, policies: dict[str, Policy], amount: str, against: list[str]
) -> None:
    made = settlement(advisor, policies["small_b2b"], account(advisor), TODAY, Decimal(amount))
    assert [*made.against] == against


def test_a_settlement_is_for_old_debts(advisor: Advisor, policies: dict[str, Policy]) -> None:
    made = settlement(advisor, policies["small_b2b"], account(advisor, due="2026-11-01"), TODAY, Decimal("590.00"))
    assert made.against == ("days past due of the oldest open invoice: 22, not at least 60",)


def test_the_law_decides_too(advisor: Advisor, policies: dict[str, Policy]) -> None:
    case = advisor.case(
        {
            "version": 2, "id": "C1", "jurisdiction": "US-TX", "record": "complete",
            "collector": {"role": "third_party"},
            "debts": [{"id": "A", "kind": "consumer", "amount": "600.00", "currency": "USD", "due": "2026-01-20"}],
            "history": [{"at": "2026-11-01", "event": "cease_notice_received", "form": "written"}],
        }
    )  # fmt: skip
    made = plan(advisor, policies["agency"], case, TODAY, (6, 30))
    assert made.against == ()
    assert made.decision == "deny"
    assert not made.may_be_made
    assert "is not to be made" in offer_page(made, "C1")


def test_nothing_is_offered_where_what_is_open_is_not_known(advisor: Advisor, policies: dict[str, Policy]) -> None:
    case = advisor.case(
        {
            "version": 2,
            "id": "C1",
            "jurisdiction": "DE",
            "collector": {"role": "creditor"},
            "debts": [{"id": "A", "kind": "commercial"}],
        }
    )
    with pytest.raises(InvalidInput, match="CR012 what is open is not known in one currency"):
        plan(advisor, policies["small_b2b"], case, TODAY, (6, 30))

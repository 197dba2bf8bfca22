"""Payments on a debt that bears interest: what they settle first, and what bears interest after them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.law.questions.conftest import FIXED, LATE, MOVING, over, sentences

ORDINARY: Final = {
    **MOVING,
    "compounds": "yearly",
    "values": {"annual_rate": {"2014-01-01": "3.00", "2015-01-01": "2.00"}},
}
"""As a calculator of Dutch interest has it (Matthi-code/rentetool), with the rates of those years."""


def paid(day: str, amount: str, *debts: str) -> dict[str, Any]:
    return {"at": day, "event": "payment", "amount": amount, "currency": "EUR", **({"debts": debts} if debts else {})}


DUTCH: Final = {
    "asks": "late_payment",
    "kind": "payment_order",
    "settles_first": ["costs", "interest", "principal"],
    "day_of_payment": "does_not_count",
}


def order(*parts: str, **more: str) -> dict[str, Any]:
    return {"asks": "late_payment", "kind": "payment_order", "settles_first": parts, **more}


class TestPayments:
    """What came in while interest ran."""

    def test_costs_then_interest_then_principal(self, country: Any, debt: Any) -> None:
        """Debt 1 of the calculator: 1,500 pays 100.00, 48.58 and 1,351.42; the rest goes with 11.13 and 1,664.66."""
        own = debt(amount="3000.00", costs="100.00", due="2014-05-28")
        history = [paid("2014-12-12", "1500.00"), paid("2015-09-28", "1675.79")]
        found = country.answer([ORDINARY, DUTCH], over("2014-05-29", "2016-01-16"), debts=[own], history=history)
        told = sentences(found)
        assert (
            "1500.00 EUR paid on 2014-12-12 settle 100.00 of the costs, 48.58 of the interest, 1351.42 of the principal"
            in told
        )
        assert "1675.79 EUR paid on 2015-09-28 settle 11.13 of the interest, 1664.66 of the principal" in told
        assert "1664.66 EUR x 2.00 % x 122 days / 365 = 11.13 (2015-05-29 to 2015-09-27)" in told
        assert found.values["interest"] == found.values["principal"] == found.values["daily_interest"] == "0.00"
        assert found.values["interest_paid"] == "59.71"

    def test_the_rest_goes_to_the_next_debt(self, country: Any, debt: Any) -> None:
        """Debt 2 of the calculator: 15.89 and 808.32 of 1,000 at two points more."""
        block = {**ORDINARY, "values": {"annual_rate": {"2015-01-01": "4.00"}}}
        debts = [debt(id="B", amount="1000.00", due="2015-05-05"), debt(id="C", amount="100.00", due="2015-09-26")]
        history = [paid("2015-09-28", "924.21")]
        found = country.answer([block, DUTCH], {**LATE, "at": "2015-09-30"}, debts=debts, history=history)
        assert "924.21 EUR paid on 2015-09-28 settle B: 15.89 of the interest, 908.32 of the principal" in sentences(
            found
        )
        both = country.answer(
            [block, DUTCH], {**LATE, "at": "2015-09-30"}, debts=debts, history=[paid("2015-09-28", "1065.90")]
        )
        assert (
            "1065.90 EUR paid on 2015-09-28 settle B: 15.89 of the interest, 1000.00 of the principal;"
            " C: 0.01 of the interest, 50.00 of the principal"
        ) in sentences(both)
        assert both.values["principal"] == "50.00"
        assert "a payment that names no debt goes to the one that was due first" in both.assumed

    def test_the_order_of_the_law_decides_what_still_bears_interest(self, country: Any, debt: Any) -> None:
        block = {**FIXED, "values": {"annual_rate": {"2024-01-01": "36.50"}}}
        history = [paid("2025-01-10", "510.00", "A")]
        answers = [
            country.answer(
                [block, *more], over("2025-01-01", "2025-01-20"), debts=[debt(amount="490.00")], history=history
            )
            for more in (
                [order("interest", "principal", "costs")],
                [order("principal", "interest", "costs")],
                [],
            )
        ]
        # 1000 were open; ten days bear 10.00, the other ten 5.00 of 500.00, or 4.90 of 490.00
        assert [found.values["principal"] for found in answers] == ["500.00", "490.00", "490.00"]
        assert [found.values["interest"] for found in answers] == ["5.00", "14.90", "14.90"]
        assert [found.values["interest_paid"] for found in answers] == ["10.00", "0.00", "0.00"]
        assert answers[2].assumed[-2:] == (
            "a payment goes to the principal first: what the law says of that was not read",
            "what is open of a debt counts the payments that name it",
        )

    @pytest.mark.parametrize(("counts", "interest"), [("counts", "15.00"), ("does_not_count", "14.50")])
    def test_the_day_of_payment(self, country: Any, debt: Any, counts: str, interest: str) -> None:
        block = {**FIXED, "values": {"annual_rate": {"2024-01-01": "36.50"}}}
        law = [block, order("principal", "interest", "costs", day_of_payment=counts)]
        history = [paid("2025-01-10", "500.00", "A")]
        ask = over("2025-01-01", "2025-01-20")
        found = country.answer(law, ask, debts=[debt(amount="500.00")], history=history)
        assert found.values["interest"] == interest
        assert found.values["principal"] == "500.00"

    @pytest.mark.parametrize("day", ["2024-12-31", "2025-02-01"])
    def test_one_before_or_after_the_days_changes_the_principal_alone(self, country: Any, debt: Any, day: str) -> None:
        found = country.answer(
            [FIXED], over("2025-01-01", "2025-01-31"), debts=[debt()], history=[paid(day, "500.00", "A")]
        )
        principal = "1000.00" if day < "2025-01-01" else "1500.00"
        assert found.values["interest"] == {"1000.00": "9.47", "1500.00": "14.20"}[principal]
        assert found.values.get("principal", principal) == principal

    def test_what_was_taken_back_was_never_paid(self, country: Any, debt: Any) -> None:
        back = {"at": "2025-01-20", "event": "payment_reversed", "amount": "500.00", "currency": "EUR", "debts": ["A"]}
        found = country.answer(
            [FIXED], over("2025-01-01", "2025-01-31"), debts=[debt()], history=[paid("2025-01-10", "500.00", "A"), back]
        )
        assert found.values["interest"] == "9.47"
        assert "principal" not in found.values
        alone = country.answer([FIXED], over("2025-01-01", "2025-01-31"), debts=[debt()], history=[back])
        assert alone.open == (
            "history: which payment does the payment reversed of 2025-01-20 take back? none before it has that amount",
        )

    @pytest.mark.parametrize(
        ("changes", "question"),
        [
            ({"amount": None, "currency": None}, "history: how much was the payment of 2025-01-10?"),
            (
                {"currency": "GBP"},
                "history: how much of the debts in EUR did the payment of 2025-01-10 settle? it is in GBP",
            ),
        ],
    )
    def test_one_that_cannot_be_reckoned_with_is_asked_for(self, country: Any, changes: Any, question: str) -> None:
        event = {key: value for key, value in {**paid("2025-01-10", "5.00"), **changes}.items() if value is not None}
        found = country.answer([FIXED], over("2025-01-01", "2025-01-31"), history=[event])
        assert found.open == (question,)
        assert "interest" not in found.values

    def test_what_went_to_each_of_several_debts_is_asked_for(self, country: Any, debt: Any) -> None:
        debts = [debt(), debt(id="B", due="2025-01-05"), debt(id="C", due="2025-01-05")]
        found = country.answer(
            [FIXED], {**LATE, "at": "2025-01-31"}, debts=debts, history=[paid("2025-01-10", "5.00", "A", "B")]
        )
        assert found.open == ("history: how much of the payment of 5.00 on 2025-01-10 went to each debt?",)

    def test_the_law_is_told_where_something_was_paid(self, country: Any) -> None:
        law = [FIXED, {**DUTCH, "cite": "Law 7"}, order("principal", "interest", "costs")]
        found = country.answer(law, over("2025-01-01", "2025-01-31"), history=[paid("2025-01-10", "5.00")])
        assert [step.citation for step in found.steps if "settles first costs, then interest" in step.sentence] == [
            "Law 7"
        ]
        assert "settles first principal" not in " ".join(sentences(found))
        assert not any(
            "settles first" in told for told in sentences(country.answer(law, over("2025-01-01", "2025-01-31")))
        )

    @pytest.mark.parametrize("parts", [("interest", "principal"), ("interest", "principal", "interest")])
    def test_an_order_names_all_three(self, country: Any, parts: tuple[str, ...]) -> None:
        assert "CR100 `settles_first` names costs, interest and principal, each once" in country.problems(order(*parts))

    def test_more_than_was_open_is_told(self, country: Any) -> None:
        found = country.answer([FIXED], over("2025-01-01", "2025-01-31"), history=[paid("2025-01-01", "1000.50")])
        assert (
            "settle 1000.00 of the principal, 0.31 of the interest; 0.19 is more than was open" in sentences(found)[2]
        )
        assert found.values["interest"] == "0.00"

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        amounts=st.lists(st.integers(1, 40_000), min_size=1, max_size=4),
        parts=st.permutations(["costs", "interest", "principal"]),
        moving=st.booleans(),
    )
    def test_nothing_is_lost(self, country: Any, debt: Any, amounts: list[int], parts: list[str], moving: bool) -> None:
        """What was owed and what accrued is what was paid and what is open, to a cent for each payment."""
        law = [MOVING if moving else FIXED, order(*parts)]
        history = [paid(f"2025-0{month}-15", str(Decimal(cents).scaleb(-2))) for month, cents in enumerate(amounts, 1)]
        debts = [debt(amount="700.00", costs="30.00"), debt(id="B", amount="300.00", due="2025-02-28")]
        found = country.answer(law, {**LATE, "at": "2025-06-30"}, debts=debts, history=history)
        told = " ".join(sentences(found))
        settled = {what: sum(map(Decimal, re.findall(rf"([0-9.]+) of the {what}", told))) for what in parts}
        more = sum(map(Decimal, re.findall(r"([0-9.]+) is more than was open", told)))
        assert sum(settled.values()) + more == Decimal(sum(amounts)).scaleb(-2)
        # the last sentence that tells what is open names the principal without `of the`
        assert abs(Decimal(found.values["principal"]) + settled["principal"] - 1000) <= Decimal("0.01")
        assert settled["costs"] <= 30

"""The shipped law of the United States on courts, limitation, interest and licences: what must hold in every state."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping
from collectrules.law.rulebook import Rulebook
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collectrules.verdict.answers import Answer

RULESETS: Final = Path(__file__).parents[2] / "rulesets"
STATES: Final = sorted(file.parent.name.upper() for file in RULESETS.glob("us/*/claims.yaml"))
DAY: Final = "2026-11-20"
ADVISOR: Final = Advisor(Rulebook([RULESETS], load_plugins().language), today=date(2026, 11, 21))
PERSON: Final = {"kind": "natural_person"}


def answer(state: str, what: str, debt: dict[str, Any] | None = None, **changes: Any) -> Answer:
    own = {"id": "A", "kind": "commercial", "amount": "100.00", "currency": "USD", "due": "2024-03-01", **(debt or {})}
    mapping = {
        "jurisdiction": f"US-{state}",
        "record": "complete",
        "collector": {"role": "creditor"},
        "creditor": PERSON,
        "debts": [own],
        "ask": {"what": what, "at": DAY},
        **changes,
    }
    return ADVISOR.answer(case_from_mapping(mapping))


def test_they_are_all_there() -> None:
    assert len(set(STATES)) == len(STATES) == 52


@pytest.mark.parametrize("state", STATES)
class TestEveryState:
    @pytest.mark.parametrize("what", ["court_route", "limitation", "interest_rate", "late_payment", "licence"])
    def test_every_question_is_answered_or_left_open_by_its_own_law(self, state: str, what: str) -> None:
        blocks = ADVISOR.rulebook.blocks([f"US-{state}"], what, date.fromisoformat(DAY).toordinal())
        assert [ruleset.id for _, ruleset in blocks if ruleset.jurisdiction == f"US-{state}"]

    def test_a_small_claim_of_a_person_goes_to_the_court_kept_for_it_or_asks_which(self, state: str) -> None:
        found = answer(state, "court_route")
        assert found.values.get("route") == "small_claims" or (state == "NY" and found.open)

    def test_before_the_first_limit_that_is_known_nothing_is_said(self, state: str) -> None:
        found = answer(state, "court_route", ask={"what": "court_route", "at": "1980-01-01"})
        assert not found.values
        assert not found.complete

    @pytest.mark.parametrize("role", ["third_party", "debt_buyer", "law_firm", "servicer"])
    def test_of_a_licence_that_is_not_known_nothing_is_said(self, state: str, role: str) -> None:
        found = answer(state, "licence", {"kind": "consumer"}, collector={"role": role})
        assert found.complete is ("licence_required" in found.values)

    def test_a_debt_is_barred_the_day_after_its_last_and_not_before(self, state: str) -> None:
        last = answer(state, "limitation", {"contract": "written"}).values.get("last_day")
        if last is None:
            assert state == "PR"
            return
        for days, barred in ((0, False), (1, True)):
            day = date.fromordinal(date.fromisoformat(last).toordinal() + days).isoformat()
            found = answer(state, "limitation", {"contract": "written"}, ask={"what": "limitation", "at": day})
            assert found.values["time_barred"] is barred

    def test_a_payment_begins_no_shorter_period(self, state: str) -> None:
        for form in ("written", "oral", "open_account", "unwritten", "note", "sealed"):
            debt = {"contract": form}
            without = answer(state, "limitation", debt).values.get("last_day")
            history = [{"at": "2025-06-10", "event": "payment"}]
            paid = answer(state, "limitation", debt, history=history).values.get("last_day")
            assert (without is None) == (paid is None)
            assert without is None or paid >= without


@settings(max_examples=60, deadline=None)
@given(
    state=st.sampled_from(STATES),
    kind=st.sampled_from(["natural_person", "company"]),
    amounts=st.tuples(*[st.decimals(min_value=Decimal(1), max_value=Decimal(60_000), places=2)] * 2),
)
def test_a_larger_claim_never_finds_a_smaller_court(state: str, kind: str, amounts: tuple[Decimal, Decimal]) -> None:
    routes = [
        answer(state, "court_route", {"amount": f"{amount:.2f}"}, creditor={"kind": kind}).values.get("route")
        for amount in sorted(amounts)
    ]
    assert not (routes[0] == "not_small_claims" and routes[1] == "small_claims")


@pytest.mark.parametrize(("city", "licence"), [("NY", False), ("NY-NYC", True), ("NY-YON", True), ("IL-CHI", True)])
def test_a_city_asks_for_a_licence_where_the_state_does_not(city: str, licence: bool) -> None:
    found = answer(city, "licence", {"kind": "consumer"}, collector={"role": "third_party"})
    assert found.values["licence_required"] is licence

"""What must hold of the conduct of who collects in Canada's provinces, Australia, and the countries beside them."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping

PROVINCES: Final = ["CA-BC", "CA-AB", "CA-SK", "CA-MB", "CA-QC", "CA-NS", "CA-NB", "CA-PE", "CA-NL"]
STATES: Final = ["AU-NSW", "AU-VIC", "AU-QLD", "AU-WA", "AU-SA", "AU-TAS", "AU-NT", "AU-ACT"]
COUNTRIES: Final = ["NZ", "HK", "SG", "IN", "JP", "ZA", "BR-SP", "BR-RJ", "BR-ES", "BR-AL", "BR-AM", "MX"]
SUPERVISED: Final = {
    "HK": "authorised_institution",
    "IN": "reserve_bank_regulated",
    "JP": "money_lender",
    "MX": "financial_entity",
}
NOTICE: Final = {
    "at": "2026-10-01T10:00",
    "channel": "letter",
    "direction": "outbound",
    "outcome": "mailed",
    "purpose": "first_notice",
}
ADVISOR: Final = Advisor.load(today=date(2026, 11, 29))
ROLES: Final = ["creditor", "third_party", "debt_buyer", "law_firm", "servicer"]

places = st.sampled_from(PROVINCES + STATES + COUNTRIES)


def asked(place: str, role: str, action: dict[str, Any], **more: Any) -> dict[str, Any]:
    collector = {"role": role}
    if place in SUPERVISED:
        collector["regulated"] = SUPERVISED[place]
    start = {
        "jurisdiction": place,
        "record": "complete",
        "debtor": {"time_zone": "America/Toronto"},
        "history": [NOTICE],
    }
    return {**start, "collector": collector, "debts": [{"id": "A", "kind": "consumer"}], "action": action, **more}


def decision(case: dict[str, Any]) -> str:
    return str(ADVISOR.check(case_from_mapping(case)).decision)


def call(at: str = "2026-11-24T10:00", **more: Any) -> dict[str, Any]:
    return {"kind": "contact", "channel": "phone", "at": at, **more}


@settings(max_examples=60, deadline=None)
@given(place=places, role=st.sampled_from(["third_party", "debt_buyer"]), minutes=st.integers(0, 5 * 60))
def test_nobody_else_s_collector_is_allowed_to_call_at_night(place: str, role: str, minutes: int) -> None:
    at = f"2026-11-24T{minutes // 60:02}:{minutes % 60:02}"
    got = decision(asked(place, role, call(at)))
    if role == "debt_buyer" and place == "CA-AB":
        assert got == "allow", "the regulation binds agencies, not whoever owns the debt"
    else:
        assert got != "allow"


@settings(max_examples=60, deadline=None)
@given(
    place=places,
    role=st.sampled_from(ROLES),
    kind=st.sampled_from(["consumer", "commercial"]),
    content=st.sampled_from(["threat_violence", "simulates_court_document", "accuses_crime_false"]),
)
def test_a_threat_or_falsehood_is_allowed_to_nobody(place: str, role: str, kind: str, content: str) -> None:
    debts = [{"id": "A", "kind": kind}]
    assert decision(asked(place, role, call(content=[content]), debts=debts)) != "allow"


@pytest.mark.parametrize("role", ["creditor", "third_party", "debt_buyer"])
@pytest.mark.parametrize(("place", "last"), [("CA-QC", "2023-11-24"), ("AU-NSW", "2020-11-24"), ("ZA", "2023-11-24")])
def test_an_extinguished_debt_is_asked_for_by_nobody(place: str, last: str, role: str) -> None:
    letter = {"kind": "contact", "channel": "letter", "at": "2026-11-24"}
    before = f"{last[:-2]}{int(last[-2:]) - 1}"
    got = []
    for due in (before, last):
        debts = [{"id": "A", "kind": "consumer", "due": due}]
        got.append(decision(asked(place, role, letter, debts=debts)))
    assert got[0] == "deny"
    assert got[1] != "deny"


@pytest.mark.parametrize("place", ["CA-AB", "ZA"])
def test_hours_that_are_not_known_for_certain_deny_and_never_allow(place: str) -> None:
    assert decision(asked(place, "third_party", call("2026-11-24T04:00"))) == "deny"
    assert decision(asked(place, "third_party", call())) == "review"


@pytest.mark.parametrize("place", ["CA-AB", "CA-NB", "CA-PE", "CA-NL", "ZA"])
def test_law_on_agencies_binds_no_creditor(place: str) -> None:
    sunday_night = call("2026-11-22T22:30")
    assert decision(asked(place, "third_party", sunday_night)) == "deny"
    assert decision(asked(place, "creditor", sunday_night)) == "allow"


def test_a_draft_decides_nothing() -> None:
    verdict = ADVISOR.check(case_from_mapping(asked("IN", "third_party", call())))
    assert str(verdict.decision) == "allow"
    assert not [each for each in verdict.considered if "draft" in each]

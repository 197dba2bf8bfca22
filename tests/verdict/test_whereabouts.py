"""Verdicts on cases that state addresses and numbers in place of a jurisdiction and a time zone."""

from datetime import date
from typing import Any

import pytest

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping
from collectrules.output.rendering import as_text

MOBILE = {"number": "+1 850 555 0142"}
CALLED = [
    {"at": f"2026-11-2{day}T10:00-06:00", "channel": "phone", "direction": "outbound", "outcome": "conversation"}
    for day in (0, 1)
]


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=date(2026, 11, 21))


def explored(advisor: Advisor, at: str, debtor: dict[str, Any], **changes: Any) -> Any:
    case = {
        "version": 2,
        "record": "complete",
        "collector": {"role": "third_party"},
        "debts": [{"id": "INV-1042", "kind": "consumer"}],
        "debtor": debtor,
        "action": {"kind": "contact", "channel": "phone", "at": at},
    }
    read = case_from_mapping(case | changes, channels=advisor.rulebook.channels, facts_of=advisor.rulebook.facts_of)
    return advisor.explore(read)


def home(region: str, **more: str) -> dict[str, str]:
    return {"country": "US", "region": region, **more}


@pytest.mark.parametrize(
    ("addresses", "denied"),
    [
        ([home("MA")], True),
        ([home("TX", postal_code="78701")], False),
        ([home("TX", postal_code="78701"), home("MA")], True),
    ],
)
def test_the_law_of_each_address_is_asked(advisor: Advisor, addresses: list[Any], denied: bool) -> None:
    verdict = explored(advisor, "2026-11-24T12:00-06:00", {"addresses": addresses}, history=CALLED)
    assert ("us.ma.two_in_seven_days" in {finding.rule for finding in verdict.findings}) is denied


def test_a_stated_place_adds_to_the_addresses(advisor: Advisor) -> None:
    debtor = {"addresses": [home("TX", postal_code="78701")]}
    verdict = explored(advisor, "2026-11-24T12:00-06:00", debtor, history=CALLED, jurisdiction="US-MA")
    assert "us.ma.two_in_seven_days" in {finding.rule for finding in verdict.findings}


@pytest.mark.parametrize(
    ("at", "decision"),
    [
        ("2026-11-24T07:59-06:00", "deny"),  # in Pensacola
        ("2026-11-24T08:00-06:00", "allow"),
        ("2026-11-24T20:59-05:00", "allow"),  # in Tallahassee
        ("2026-11-24T21:00-05:00", "deny"),
        ("2026-11-24T12:00", "review"),  # on which clock?
    ],
)
def test_a_number_of_two_zones_is_called_when_both_are_open(advisor: Advisor, at: str, decision: str) -> None:
    verdict = explored(advisor, at, {"endpoints": [MOBILE]}, jurisdiction="US", applicable_law=["US"])
    assert verdict.decision == decision
    if decision == "deny":
        (finding,) = verdict.findings
        assert [(clock["zone"], clock["from"]) for clock in finding.evidence["clocks"]] == [
            ("America/Chicago", "the number"),
            ("America/New_York", "the number"),
        ]
        assert "from the number" in as_text(verdict)


def test_a_zone_that_is_stated_has_no_origin(advisor: Advisor) -> None:
    debtor = {"time_zone": "America/Chicago", "addresses": [home("MA")], "location_known_from_debtor": True}
    verdict = explored(advisor, "2026-11-24T07:00", debtor)
    clocks = [finding.evidence["clocks"] for finding in verdict.findings if "clocks" in finding.evidence]
    assert clocks
    assert all(clock == [{"zone": "America/Chicago", "time": "07:00"}] for clock in clocks)


def test_a_number_that_cannot_be_placed_is_a_review_whatever_the_hour(advisor: Advisor) -> None:
    for at in ("2026-11-24T12:00-06:00", "2026-11-24T12:00"):
        debtor = {"endpoints": [{"number": "+1 800 555 0142"}]}
        verdict = explored(advisor, at, debtor, jurisdiction="US", applicable_law=["US"])
        assert verdict.decision == "review"
        assert "debtor.location_known_from_debtor" in {fact.fact for fact in verdict.unknown}


@pytest.mark.parametrize(
    ("stated", "history"),
    [
        ({}, []),
        ({}, [{"at": "2026-11-20T12:00-06:00", "channel": "phone", "direction": "outbound", "outcome": "no_answer"}]),
        ({"time_zone": "America/Chicago"}, []),
    ],
)
def test_of_a_number_that_cannot_be_placed_is_asked_what_places_it(
    advisor: Advisor, stated: dict[str, Any], history: list[Any]
) -> None:
    """One more zone would not, nor would the number of an earlier call."""
    debtor = {"endpoints": [{"number": "+1 800 555 0142"}], "addresses": [home("TX", postal_code="75201")], **stated}
    act = {"kind": "contact", "channel": "phone", "at": "2026-11-24T12:00-06:00", "endpoint": "+18005550142"}
    verdict = explored(advisor, "", debtor, history=history, action=act)
    assert verdict.decision == "review"
    assert [each.name for each in verdict.questions] == ["debtor.location_known_from_debtor"]
    debtor["location_known_from_debtor"] = True
    assert explored(advisor, "", debtor, history=history, action=act).decision == "allow"
    debtor["location_known_from_debtor"] = False
    assert explored(advisor, "", debtor, history=history, action=act).decision == "review"

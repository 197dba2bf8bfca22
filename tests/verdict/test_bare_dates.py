"""A bare date has no clock: where a rule reads hours, the time of day is asked for; where none does, it is not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping

if TYPE_CHECKING:
    from collectrules.verdict.objects import ExploredVerdict


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=date(2026, 11, 21))


def contacted(advisor: Advisor, channel: str, at: str, jurisdiction: str, role: str) -> ExploredVerdict:
    case = {
        "jurisdiction": jurisdiction,
        "applicable_law": [jurisdiction.partition("-")[0], jurisdiction][: 1 + ("-" in jurisdiction)],
        "record": "complete",
        "collector": {"role": role},
        "debts": [{"id": "A", "kind": "consumer"}],
        "debtor": {"time_zone": "America/New_York"},
        "action": {"kind": "contact", "channel": channel, "at": at},
    }
    return advisor.explore(case_from_mapping(case))


@pytest.mark.parametrize("channel", ["phone", "sms", "email", "portal", "visit"])
def test_an_act_without_its_hour_is_not_looser_than_at_night(advisor: Advisor, channel: str) -> None:
    assert contacted(advisor, channel, "2026-04-15T23:00", "US", "third_party").decision == "deny"
    bare = contacted(advisor, channel, "2026-04-15", "US", "third_party")
    assert bare.decision == "review"
    assert [(fact.fact, fact.question) for fact in bare.unknown] == [
        ("action.at", "at what time of day, on the clock where the debtor is?")
    ]
    assert contacted(advisor, channel, "2026-04-15T10:00", "US", "third_party").decision == "allow"


@pytest.mark.parametrize(
    ("jurisdiction", "role", "rule"),
    [
        ("US-MA", "creditor", "us.ma.contact_hours"),
        ("CA-ON", "third_party", "ca.on.hours_monday_to_saturday"),
    ],
)
def test_the_hours_of_every_place_ask(advisor: Advisor, jurisdiction: str, role: str, rule: str) -> None:
    bare = contacted(advisor, "phone", "2026-04-15", jurisdiction, role)
    assert rule in [finding.rule for finding in bare.findings if finding.outcome == "unknown"]


def test_a_letter_has_no_hour(advisor: Advisor) -> None:
    assert contacted(advisor, "letter", "2026-04-15", "US", "third_party").decision == "allow"


def test_a_time_that_no_clock_tells_is_asked_for_its_offset(advisor: Advisor) -> None:
    def asked(at: str, **more: str) -> list[str]:
        case = {
            "version": 2,
            "jurisdiction": "US-TX",
            "record": "complete",
            "collector": {"role": "third_party"},
            "debts": [{"id": "A", "kind": "consumer"}],
            "debtor": {"endpoints": [{"number": "+1 850 555 0142"}]},
            "action": {"kind": "contact", "channel": "phone", "at": at, "endpoint": "+18505550142", **more},
        }
        return [f"{fact.fact}: {fact.question}" for fact in advisor.explore(case_from_mapping(case)).unknown]

    (question,) = asked("2026-11-24T07:30")
    assert question.startswith("action.at: on which clock is this time told? write its offset, or `at_tz`;")
    assert question.endswith("the debtor may be in America/Chicago or America/New_York")
    assert asked("2026-11-24T09:30-06:00") == []
    assert asked("2026-11-24T09:30", at_tz="America/Chicago") == []

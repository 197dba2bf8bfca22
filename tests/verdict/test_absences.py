"""What a case leaves out never makes its answer looser where a rule hangs on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping

if TYPE_CHECKING:
    from collectrules.verdict.objects import Verdict

WORK = "us.federal.regulation_f.place_of_employment"


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=date(2026, 11, 21))


def asked(advisor: Advisor, action: dict[str, Any], record: str = "complete", **debtor: Any) -> Verdict:
    case = {
        "jurisdiction": "US",
        "applicable_law": ["US"],
        "record": record,
        "collector": {"role": "third_party"},
        "debts": [{"id": "A", "kind": "consumer"}],
        "debtor": {"time_zone": "America/Chicago", **debtor},
        "action": {"kind": "contact", "channel": "phone", "at": "2026-04-15T10:00", **action},
    }
    return advisor.check(case_from_mapping(case))


@pytest.mark.parametrize(("place", "decision"), [("work", "deny"), ("mobile", "allow"), (None, "review")])
def test_what_a_number_is_tied_to_is_unknown_where_it_is_not_said(
    advisor: Advisor, place: str | None, decision: str
) -> None:
    endpoint = {"id": "line", "channel": "phone", **({"place": place} if place else {})}
    verdict = asked(advisor, {"endpoint": "line"}, endpoints=[endpoint], employer_prohibits=True)
    assert verdict.decision == decision
    assert (WORK in [finding.rule for finding in verdict.findings]) is (decision != "allow")


@pytest.mark.parametrize(("place", "decision"), [("mobile", "deny"), (None, "review")])
def test_a_recorded_voice_to_a_number_that_may_be_a_mobile_is_not_allowed(
    advisor: Advisor, place: str | None, decision: str
) -> None:
    endpoint = {"id": "line", "channel": "phone", **({"place": place} if place else {})}
    assert asked(advisor, {"endpoint": "line", "automated": True}, endpoints=[endpoint]).decision == decision


@pytest.mark.parametrize(
    ("told", "decision"),
    [
        ({"to": "parent"}, "review"),
        ({"to": "employer", "purpose": "demand_payment"}, "deny"),
        ({"to": "employer", "purpose": "discount_offer"}, "deny"),
        ({"to": "parent", "content": []}, "allow"),
        ({"to": "creditor"}, "allow"),
        ({"to": "debtor"}, "allow"),
    ],
)
def test_what_another_person_is_told_is_asked_unless_the_purpose_gives_it_away(
    advisor: Advisor, told: dict[str, Any], decision: str
) -> None:
    assert asked(advisor, told).decision == decision


def test_an_agency_is_bound_in_a_partial_record_too(advisor: Advisor) -> None:
    call = asked(advisor, {"at": "2026-04-15T23:00", "to": "debtor"}, record="partial")
    (hours,) = (finding for finding in call.findings if finding.rule.endswith("regulation_f.contact_hours"))
    assert hours.outcome == "breached"


def test_a_list_that_lacks_the_initial_disclosure_is_told_as_assumed_or_asked(advisor: Advisor) -> None:
    said = {"content": ["debt_information", "collector_disclosure"]}
    rule = "us.federal.regulation_f.initial_disclosure"
    assert rule in [finding.rule for finding in asked(advisor, said, record="partial").findings]
    case = {
        "jurisdiction": "US",
        "applicable_law": ["US"],
        "record": "complete",
        "collector": {"role": "third_party"},
        "debts": [{"id": "A", "kind": "consumer"}],
        "debtor": {"time_zone": "America/Chicago"},
        "action": {"kind": "contact", "channel": "phone", "at": "2026-04-15T10:00", **said},
    }
    assumed = [fact.fact for fact in advisor.explore(case_from_mapping(case)).assumed]
    assert "an earlier message or the validation information made the initial disclosure" in assumed


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ({"kind": "file_claim", "channel": None}, True),
        ({}, True),
        ({"at": "2026-04-06T10:00"}, False),
    ],
)
def test_a_notice_that_is_overdue_is_told_in_every_later_act(
    advisor: Advisor, action: dict[str, Any], told: bool
) -> None:
    case = {
        "jurisdiction": "US",
        "applicable_law": ["US"],
        "record": "complete",
        "collector": {"role": "third_party"},
        "debts": [{"id": "A", "kind": "consumer"}],
        "debtor": {"time_zone": "America/Chicago"},
        "history": [
            {"at": "2026-04-03T10:00", "channel": "letter", "direction": "outbound", "content": ["states_debt"]}
        ],
        "action": {"kind": "contact", "channel": "phone", "at": "2026-04-15T10:00", **action},
    }
    case["action"] = {key: value for key, value in case["action"].items() if value is not None}  # type: ignore[attr-defined]
    verdict = advisor.check(case_from_mapping(case))
    overdue = "us.federal.regulation_f.validation_notice_is_overdue"
    assert (overdue in [obligation.rule for obligation in verdict.obligations]) is told

"""The shipped law of the United States by whole cases: which rules speak on the last day of a law and on the next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from collectrules import Advisor, case_from_mapping

if TYPE_CHECKING:
    from collections.abc import Callable

    Speaks = Callable[..., set[str]]

ACT = "us.federal.fair_debt_collection_practices_act"
REGULATION = "us.federal.regulation_f"
BANKS = "us.ma.debt_collectors"
LAST_OF_ACT, FIRST_OF_REGULATION = "2021-11-29", "2021-11-30"
LAST_OF_OLD, FIRST_OF_NEW = "2025-09-25", "2025-09-26"


@pytest.fixture(scope="module")
def speaks() -> Speaks:
    advisor = Advisor.load(today=date(2026, 11, 29))

    def ask(place: str = "US", role: str = "third_party", **more: Any) -> set[str]:
        case = {
            "jurisdiction": place,
            "record": "complete",
            "collector": {"role": role, **more.pop("collector", {})},
            "debts": [{"id": "A", "kind": "consumer", **more.pop("debt", {})}],
            "debtor": {"time_zone": "America/New_York"},
            **{key: value for key, value in more.items() if value != []},
        }
        return {finding.rule for finding in advisor.check(case_from_mapping(case)).findings}

    return ask


def call(day: str, time: str = "10:00", **more: Any) -> dict[str, Any]:
    return {"kind": "contact", "channel": "phone", "at": f"{day}T{time}", **more}


DISPUTED = [
    {
        "at": "2021-11-01",
        "channel": "letter",
        "direction": "outbound",
        "outcome": "mailed",
        "content": ["validation_notice"],
    },
    {"at": "2021-11-20", "event": "dispute_received", "form": "written", "channel": "letter"},
]
CEASED = [{"at": "2021-11-20", "event": "cease_notice_received", "form": "written"}]
SEVEN_CALLS = [{"at": "2021-11-26", "channel": "phone", "direction": "outbound", "outcome": "no_answer", "times": 7}]


@pytest.mark.parametrize(
    ("history", "action", "by_act", "by_regulation"),
    [
        (CEASED, {}, "cease_communication", "cease_communication"),
        (DISPUTED, {}, "dispute_pause", "dispute_pause"),
        (SEVEN_CALLS, {}, "repeated_calls", "seven_calls_in_seven_days"),
        ([], {"content": ["profanity"]}, "harassment", "obscene_or_profane_language"),
        (
            [],
            {"to": "employer", "content": ["debt_information"]},
            "third_party_communication",
            "third_party_communication",
        ),
    ],
)
def test_the_act_speaks_to_its_last_day_and_the_regulation_from_its_first(
    speaks: Speaks, history: list[Any], action: dict[str, Any], by_act: str, by_regulation: str
) -> None:
    before = speaks(history=history, action=call(LAST_OF_ACT, **action))
    after = speaks(history=history, action=call(FIRST_OF_REGULATION, **action))
    assert f"{ACT}.{by_act}" in before
    assert not any(rule.startswith(REGULATION) for rule in before)
    assert f"{REGULATION}.{by_regulation}" in after
    assert not any(rule.startswith(ACT) for rule in after)


def test_eight_sharp_is_outside_by_the_act_and_inside_by_the_regulation(speaks: Speaks) -> None:
    assert f"{ACT}.contact_hours" in speaks(action=call(LAST_OF_ACT, "08:00"))
    assert f"{REGULATION}.contact_hours" not in speaks(action=call(FIRST_OF_REGULATION, "08:00"))


def test_nothing_of_the_act_speaks_before_its_first_day(speaks: Speaks) -> None:
    assert f"{ACT}.contact_hours" not in speaks(action=call("1978-03-19", "07:00"))
    assert f"{ACT}.contact_hours" in speaks(action=call("1978-03-20", "07:00"))


def test_the_act_reaches_attorneys_from_1986_on(speaks: Speaks) -> None:
    collector = {"principal_purpose_collection": True}
    night = {"role": "law_firm", "collector": collector}
    assert f"{ACT}.contact_hours" not in speaks(**night, action=call("1986-07-07", "07:00"))
    assert f"{ACT}.contact_hours" in speaks(**night, action=call("1986-07-08", "07:00"))


def test_the_act_does_not_reach_a_creditor_but_for_forms(speaks: Speaks) -> None:
    assert not any(rule.startswith(ACT) for rule in speaks(role="creditor", action=call(LAST_OF_ACT, "07:00")))
    for day in (LAST_OF_ACT, FIRST_OF_REGULATION):
        action = {"kind": "furnish_deceptive_forms", "at": day}
        assert "us.federal.deceptive_forms.no_deceptive_forms" in speaks(role="creditor", action=action)


@pytest.mark.parametrize(
    ("ended", "stayed"),
    [
        (None, True),
        ("bankruptcy_stay_lifted", False),
        ("bankruptcy_case_dismissed", False),
        ("bankruptcy_case_closed", False),
        ("bankruptcy_discharge_denied", False),
        ("court_permission", True),
    ],
)
def test_the_stay_holds_from_the_petition_to_its_end(speaks: Speaks, ended: str | None, stayed: bool) -> None:
    history = [{"at": "2026-03-02", "event": "bankruptcy_petition_filed"}]
    if ended is not None:
        history.append({"at": "2026-03-20", "event": ended})
    for kind in ("contact", "collect", "file_claim", "threaten_repossession"):
        action = call("2026-04-02") if kind == "contact" else {"kind": kind, "at": "2026-04-02"}
        assert ("us.federal.bankruptcy.automatic_stay" in speaks(history=history, action=action)) is stayed
    check = {"kind": "deposit_postdated_check", "at": "2026-04-02"}
    assert "us.federal.bankruptcy.automatic_stay" not in speaks(history=history, action=check)


def test_a_call_after_a_talk_waits_seven_days_in_massachusetts_since_the_rewriting(speaks: Speaks) -> None:
    history = [{"at": "2025-09-22T10:00", "channel": "phone", "direction": "outbound", "outcome": "conversation"}]
    rule = f"{BANKS}.call_soon_after_conversation"
    assert rule not in speaks("US-MA", history=history, action=call(LAST_OF_OLD))
    assert rule in speaks("US-MA", history=history, action=call(FIRST_OF_NEW))
    assert rule in speaks("US-MA", history=history, action=call("2025-09-28"))
    assert rule not in speaks("US-MA", history=history, action=call("2025-09-29"))


@pytest.mark.parametrize(("day", "rule"), [(LAST_OF_OLD, "two_in_seven_days"), (FIRST_OF_NEW, "texts_in_seven_days")])
def test_a_third_text_of_an_agency_is_denied_before_the_rewriting_and_asked_about_since(
    speaks: Speaks, day: str, rule: str
) -> None:
    history = [
        {"at": f"2025-09-{number}T10:00", "channel": "sms", "direction": "outbound", "outcome": "sent"}
        for number in (22, 23)
    ]
    found = speaks("US-MA", history=history, action={"kind": "contact", "channel": "sms", "at": f"{day}T10:00"})
    assert {rule for rule in found if rule.startswith(BANKS)} == {f"{BANKS}.{rule}"}


@pytest.mark.parametrize(("due", "bound"), [("2026-10-21", False), ("2026-10-20", True)])
def test_the_attorney_general_binds_debts_more_than_thirty_days_past_due(speaks: Speaks, due: str, bound: bool) -> None:
    found = speaks("US-MA", role="creditor", debt={"due": due}, action=call("2026-11-20", "22:00"))
    assert ("us.ma.contact_hours" in found) is bound


def test_what_only_the_attorney_general_forbids_is_asked_about_an_agency(speaks: Speaks) -> None:
    advisor = Advisor.load(today=date(2026, 11, 29))
    for role, decision in (("creditor", "deny"), ("debt_buyer", "deny"), ("third_party", "review")):
        case = {
            "jurisdiction": "US-MA",
            "record": "complete",
            "collector": {"role": role},
            "debts": [{"id": "A", "kind": "consumer"}],
            "debtor": {"time_zone": "America/New_York"},
            "action": call("2026-11-20", content=["initial_disclosure", "neutral_business_name"]),
        }
        verdict = advisor.check(case_from_mapping(case))
        assert [finding.decision for finding in verdict.findings if finding.rule == "us.ma.names_in_calls"] == [
            decision
        ]

"""With whom but the debtor, what for, and how often."""

from __future__ import annotations

from typing import Any

import pytest

Rule = Any

NOBODY = "kind: third_party\nothers_than: [debtor, attorney]\n"
LOCATE = f"{NOBODY}purposes: [location_information]\nnever_says: [states_debt, debt_information]\n"
ONCE = "kind: third_party\nto: [employer]\nvalues: {at_most: {2020-01-01: 1}}\n"
WEEKLY = ONCE.replace("}}", "}, days: {2020-01-01: 7}}")


def call(at: str = "2026-04-01T09:00", **keys: Any) -> dict[str, Any]:
    return {"at": at, "channel": "phone", "direction": "outbound", "to": "employer", **keys}


@pytest.mark.parametrize(
    ("to", "truth"), [("debtor", False), ("attorney", False), ("spouse", True), ("employer", True), (None, False)]
)
def test_with_nobody_else(rule: Rule, to: Any, truth: bool) -> None:
    assert rule.breach(NOBODY, action={"to": to}) is truth


def test_with_whom_may_be_unknown(rule: Rule) -> None:
    assert rule.breach(NOBODY, record="partial") is None
    assert rule.breach(NOBODY, record="partial", action={"to": "debtor"}) is False


@pytest.mark.parametrize(
    ("action", "truth"),
    [
        ({"purpose": "location_information"}, False),
        ({"purpose": "location_information", "content": ["states_debt"]}, True),
        ({"purpose": "location_information", "content": ["contact_name"]}, False),
        ({"purpose": "demand_payment"}, True),
        ({}, True),
        ({"to": "debtor", "purpose": "demand_payment"}, False),
    ],
)
def test_only_for_a_purpose_and_without_the_debt(rule: Rule, action: dict[str, Any], truth: bool) -> None:
    assert rule.breach(LOCATE, action={"to": "third_party", **action}) is truth


@pytest.mark.parametrize(
    ("body", "history", "truth"),
    [
        (ONCE, None, False),
        (ONCE, [call("2020-01-01")], True),
        (ONCE, [call(to="spouse")], False),
        (ONCE, [{**call(direction="inbound"), "from": "employer", "to": None}], False),
        (WEEKLY, [call("2026-04-02T09:00")], True),
        (WEEKLY, [call("2026-04-01T23:00")], False),
    ],
)
def test_how_often(rule: Rule, body: str, history: Any, truth: bool) -> None:
    if history:
        history = [{key: value for key, value in entry.items() if value is not None} for entry in history]
    assert rule.breach(body, history=history, action={"to": "employer"}) is truth


def test_each_person_is_counted_alone(rule: Rule) -> None:
    body = ONCE.replace("employer", "third_party")
    history = [call(to="third_party", person="neighbour")]
    assert rule.breach(body, history=history, action={"to": "third_party", "person": "neighbour"}) is True
    assert rule.breach(body, history=history, action={"to": "third_party", "person": "colleague"}) is False
    assert rule.breach(body, history=history, action={"to": "third_party"}) is True


def test_a_finding_shows_what_was_counted(rule: Rule) -> None:
    finding = rule.finding(WEEKLY, history=[call("2026-04-02T09:00")], action={"to": "employer"})
    assert finding.evidence["window"] == {"from": "2026-04-02", "to": "2026-04-08"}
    assert (finding.evidence["counted"], finding.evidence["limit"]) == (1, 1)
    assert "1 counted in the 7 days to 8 April 2026; the most is 1" in finding.sentence
    assert rule.finding(NOBODY, action={"to": "spouse"}).evidence == {}


def test_it_says_with_whom_and_what_for(rule: Rule) -> None:
    assert (
        "breached by contact with anybody but debtor or attorney, for another purpose than location information or that"
        " says or holds that there is a debt or information about the debt"
    ) in rule.english(LOCATE)
    assert (
        "breached by contact with employer, with the same person for the second time in 7 days, its own day the last (1"
        " allowed since 2020-01-01)"
    ) in rule.english(WEEKLY)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("kind: third_party", "CR102 the recipients are told by `to` or by `others_than`"),
        (f"{NOBODY}to: [employer]", "CR102 the recipients are told by `to` or by `others_than`"),
        ("kind: third_party\nto: [boss]", "CR103 `boss` is no word for `to`"),
        (f"{NOBODY}values: {{days: {{2020-01-01: 7}}}}", "CR102 nothing is counted in this period"),
        (f"{NOBODY}purposes: [locate]", "CR130 "),
    ],
)
def test_mistakes(rule: Rule, body: str, problem: str) -> None:
    assert any(told.startswith(problem) for told in rule.problems(body))

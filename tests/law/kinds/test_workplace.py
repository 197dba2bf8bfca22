"""Contact that reaches the debtor at work."""

from __future__ import annotations

from typing import Any

import pytest

Rule = Any

NEVER = "kind: workplace\nforbidden: always\n"
LAST = "kind: workplace\nforbidden: [not_tried_elsewhere]\n"
PROHIBITED = "kind: workplace\nforbidden: [employer_prohibits]\n"
WEEKLY = "kind: workplace\nvalues: {at_most: {2020-01-01: 1}, days: {2020-01-01: 7}}\n"
DESK = {
    "debtor": {
        "endpoints": [
            {"id": "desk", "channel": "phone", "place": "work"},
            {"id": "own", "channel": "phone", "place": "mobile"},
            {"id": "unplaced", "channel": "phone"},
        ]
    }
}
AT_WORK = {"action": {"place": "work"}}


def call(at: str = "2026-04-06T09:00", **keys: Any) -> dict[str, Any]:
    return {"at": at, "channel": "phone", "direction": "outbound", **keys}


@pytest.mark.parametrize(
    ("action", "truth"),
    [
        ({"place": "work"}, True),
        ({"place": "home"}, False),
        ({"endpoint": "desk"}, True),
        ({"endpoint": "own"}, False),
        ({"endpoint": "unplaced"}, None),
        ({"endpoint": "desk", "place": "home"}, False),
        ({"place": "work", "to": "employer"}, False),
        ({}, False),
    ],
)
def test_what_reaches_the_debtor_at_work(rule: Rule, action: dict[str, Any], truth: Any) -> None:
    assert rule.breach(NEVER, **DESK, action=action) is truth


def test_a_partial_record_may_be_about_work(rule: Rule) -> None:
    assert rule.breach(NEVER, record="partial", action={"to": "debtor"}) is None
    assert rule.breach(NEVER, record="partial", action={"to": "debtor", "place": "home"}) is False


@pytest.mark.parametrize(
    ("history", "truth"),
    [
        (None, True),
        ([call(outcome="no_answer", place="home")], False),
        ([call(outcome="no_answer")], False),
        ([call(outcome="conversation", place="home")], True),
        ([call(outcome="no_answer", place="work")], True),
        ([call(outcome="no_answer", place="home", to="spouse")], True),
    ],
)
def test_only_after_trying_elsewhere(rule: Rule, history: Any, truth: bool) -> None:
    assert rule.breach(LAST, history=history, **AT_WORK) is truth


@pytest.mark.parametrize(("prohibits", "truth"), [(True, True), (False, False), (None, False)])
def test_where_the_employer_forbids_it(rule: Rule, prohibits: Any, truth: bool) -> None:
    assert rule.breach(PROHIBITED, debtor={"employer_prohibits": prohibits}, **AT_WORK) is truth
    assert rule.breach(PROHIBITED, debtor={"employer_prohibits": prohibits}) is False


@pytest.mark.parametrize(
    ("history", "truth"),
    [
        (None, False),
        ([call("2026-04-02", place="work")], True),
        ([call("2026-04-01", place="work")], False),
        ([call("2026-04-02", place="home")], False),
        ([call("2026-04-02", endpoint="desk")], True),
        ([call("2026-04-02", endpoint="own")], False),
    ],
)
def test_how_often(rule: Rule, history: Any, truth: bool) -> None:
    assert rule.breach(WEEKLY, **DESK, history=history, **AT_WORK) is truth
    assert rule.breach(WEEKLY, **DESK, history=history, action={"place": "home"}) is False


def test_it_says_when_and_shows_what_was_counted(rule: Rule) -> None:
    assert "breached by contact with the debtor at work" in rule.english(NEVER)
    assert "at work while no attempt at another place has failed" in rule.english(LAST)
    assert "at work for the second time in 7 days, its own day the last (1 allowed since 2020-01-01)" in rule.english(
        WEEKLY
    )
    finding = rule.finding(WEEKLY, history=[call("2026-04-02", place="work")], **AT_WORK)
    assert "1 counted in the 7 days to 8 April 2026; the most is 1" in finding.sentence


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("kind: workplace", "CR102 nothing is forbidden"),
        (f"{NEVER}values: {{at_most: {{2020-01-01: 1}}}}", "CR102 what is always forbidden"),
        ("kind: workplace\nforbidden: [never]", "CR103 `never` is no word for `forbidden`"),
        (f"{LAST}values: {{days: {{2020-01-01: 7}}}}", "CR102 nothing is counted in this period"),
    ],
)
def test_mistakes(rule: Rule, body: str, problem: str) -> None:
    assert any(told.startswith(problem) for told in rule.problems(body))

"""Caps by calendar week and month, from the first conversation on, and without what does not count."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Rule = Any

CALLS = "kind: frequency_cap\ncounts: {channel: phone, direction: outbound}\nvalues: {at_most: {2020-01-01: 1}}\n"
MONTH = f"{CALLS}period: calendar_month\n"
SUNDAY = f"{CALLS}period: calendar_week\nweek_begins: sun\n"
MONDAY = SUNDAY.replace("begins: sun", "begins: mon")
DAYS = CALLS.replace("}}", "}, days: {2020-01-01: 7}}")


def call(at: str, **keys: Any) -> dict[str, Any]:
    return {"at": at, "channel": "phone", "direction": "outbound", "outcome": "conversation", **keys}


@pytest.mark.parametrize(
    ("body", "at", "truth"),
    [
        (MONTH, "2026-04-01", True),
        (MONTH, "2026-03-31", False),
        (MONTH, "2025-04-08", False),
        (SUNDAY, "2026-04-05", True),
        (SUNDAY, "2026-04-04", False),
        (MONDAY, "2026-04-06", True),
        (MONDAY, "2026-04-05", False),
        (DAYS, "2026-04-02", True),
        (DAYS, "2026-04-01", False),
    ],
)
def test_the_period_before_wednesday_the_eighth(rule: Rule, body: str, at: str, truth: bool) -> None:
    assert rule.breach(body, history=[call(at)]) is truth


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(day=st.integers(0, 400), before=st.integers(0, 40), week=st.sampled_from(["mon", "sun", "sat"]))
def test_a_calendar_week_or_month_is_never_stricter_than_as_many_days(
    rule: Rule, day: int, before: int, week: str
) -> None:
    """So a week or a month of which the law does not say how it runs is written as 7 or 31 days."""
    today = date(2026, 1, 1) + timedelta(days=day)
    stated = {"history": [call(str(today - timedelta(days=before)))], "action": {"at": f"{today}T10:00"}}
    by_week, by_month = rule.breach(SUNDAY.replace("sun", week), **stated), rule.breach(MONTH, **stated)
    assert by_week <= rule.breach(DAYS, **stated)
    assert by_month <= rule.breach(DAYS.replace(": 7", ": 31"), **stated)
    first = today - timedelta(days=(today.weekday() - ["mon", "sat", "sun"].index(week) * 5 % 7) % 7)
    if week == "mon":
        assert by_week == (today - timedelta(days=before) >= first)
    assert by_month == ((today - timedelta(days=before)).strftime("%Y%m") == today.strftime("%Y%m"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(sure=st.integers(0, 4), unsure=st.integers(0, 4), record=st.sampled_from(["complete", "partial"]))
@pytest.mark.parametrize("per", ["", "per: [debt]\n"])
def test_contacts_that_may_count_decide_where_all_or_none_of_them_would(
    rule: Rule, per: str, sure: int, unsure: int, record: str
) -> None:
    """A whole record is open only between the fewest that count and the most; in a partial one more may have been."""
    body = (
        "kind: frequency_cap\ncounts: {channel: phone, direction: outbound, outcome: conversation}\n"
        f"{per}values: {{at_most: {{2020-01-01: 3}}, days: {{2020-01-01: 7}}}}\n"
    )
    calls = [call("2026-04-07") for _ in range(sure)] + [call("2026-04-07", outcome=None) for _ in range(unsure)]
    history = [{key: value for key, value in each.items() if value is not None} for each in calls]
    truth = rule.breach(body, history=history, record=record)
    whole = record == "complete"
    assert truth is (True if sure >= 3 else False if whole and sure + unsure < 3 else None)


NOT = (
    "kind: frequency_cap\ncounts: {direction: outbound}\n"
    "not_counted: {channel: [letter, postcard], consented: yes, requested_by_debtor: yes, outcome: [no_answer]}\n"
    "values: {at_most: {2020-01-01: 1}, days: {2020-01-01: 7}}\n"
)


@pytest.mark.parametrize(
    ("earlier", "truth"),
    [
        ({}, True),
        ({"channel": "email", "outcome": "sent"}, True),
        ({"channel": "letter", "outcome": "sent"}, False),
        ({"outcome": "no_answer"}, False),
        ({"consented": True}, False),
        ({"direction": "inbound"}, False),
    ],
)
def test_what_does_not_count(rule: Rule, earlier: dict[str, Any], truth: bool) -> None:
    assert rule.breach(NOT, history=[call("2026-04-06", **earlier)]) is truth


@pytest.mark.parametrize("action", [{"channel": "letter"}, {"requested_by_debtor": True}])
def test_an_act_that_does_not_count_is_no_breach(rule: Rule, action: dict[str, Any]) -> None:
    assert rule.breach(NOT, history=[call("2026-04-06")], action=action) is False


def test_in_a_partial_record_what_may_not_count_is_not_certain(rule: Rule) -> None:
    stated: dict[str, Any] = {"record": "partial", "action": {"requested_by_debtor": False}}
    assert rule.breach(NOT, history=[call("2026-04-06", consented=False)], **stated) is True
    assert rule.breach(NOT, history=[call("2026-04-06")], **stated) is None


STARTS = DAYS + "starts_after: contacts where outcome == conversation\n"


@pytest.mark.parametrize(
    ("history", "truth"),
    [
        ([call("2026-04-06"), call("2026-04-07", outcome="voicemail")], True),
        ([call("2026-04-06")], False),
        ([call("2026-04-06", outcome="voicemail"), call("2026-04-07", outcome="voicemail")], False),
        ([call("2026-04-06", outcome="voicemail"), call("2026-04-07")], False),
        ([call("2026-01-06"), call("2026-04-07")], True),
    ],
)
def test_only_what_came_after_the_first_conversation_counts(rule: Rule, history: Any, truth: bool) -> None:
    assert rule.breach(STARTS, history=history) is truth


def test_by_creditor_all_debts_count_together(rule: Rule) -> None:
    debts = [{"id": "A", "kind": "consumer"}, {"id": "B", "kind": "consumer"}]
    stated: dict[str, Any] = {"debts": debts, "history": [call("2026-04-06", debts=["A"])], "action": {"debts": ["B"]}}
    assert rule.breach(f"{DAYS}per: [creditor]", **stated) is True
    assert rule.breach(f"{DAYS}per: [debt]", **stated) is False


@pytest.mark.parametrize(
    ("before", "now", "truth"),
    [("own", "own", True), ("own", "desk", False), (None, "desk", True), ("own", None, True)],
)
def test_each_number_is_counted_alone(rule: Rule, before: Any, now: Any, truth: bool) -> None:
    numbers = {"endpoints": [{"id": "own", "channel": "phone"}, {"id": "desk", "channel": "phone"}]}
    history = [call("2026-04-06", **({"endpoint": before} if before else {}))]
    body = f"{DAYS}per: [endpoint]"
    assert rule.breach(body, debtor=numbers, history=history, action={"endpoint": now}) is truth
    assert "counted for each number or address" in rule.english(body)


def test_it_says_the_period_and_what_counts(rule: Rule) -> None:
    assert "by a second contact in its calendar month (1 allowed since 2020-01-01)" in rule.english(MONTH)
    assert "in its calendar week, which begins on Sunday (1 allowed" in rule.english(SUNDAY)
    told = rule.english(NOT)
    assert "counted its direction is outbound" in told
    assert "- its channel is letter or postcard - it was agreed to beforehand" in told
    assert "from the contacts after the earliest contact for which" in rule.english(STARTS)


@pytest.mark.parametrize(("body", "first"), [(MONTH, "2026-04-01"), (SUNDAY, "2026-04-05"), (MONDAY, "2026-04-06")])
def test_a_finding_shows_the_period(rule: Rule, body: str, first: str) -> None:
    finding = rule.finding(body, history=[call("2026-04-07")])
    assert finding.evidence["window"] == {"from": first, "to": "2026-04-08"}
    assert "1 counted in the" in finding.sentence
    assert "this would be number 2, the most is 1" in finding.sentence


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (CALLS, "CR102 a cap needs a period"),
        (f"{DAYS}period: calendar_month", "CR102 contacts are counted in `days` or in a calendar `period`, not both"),
        (f"{CALLS}period: calendar_week", "CR102 a `calendar_week` has a first day"),
        (f"{MONTH}week_begins: sun", "CR102 a `calendar_week` has a first day"),
        (f"{CALLS}period: month", "CR103 `month` is no word for `period`"),
        (f"{DAYS}not_counted: {{chanel: letter}}", "CR101 `chanel` is no fact of a contact"),
    ],
)
def test_mistakes(rule: Rule, body: str, problem: str) -> None:
    assert any(told.startswith(problem) for told in rule.problems(body)), rule.problems(body)

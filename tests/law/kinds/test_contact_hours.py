"""Hours that differ by the day: weekdays, Saturdays, Sundays, holidays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Rule = Any

BY_DAY = """\
kind: contact_hours
calendar: feasts
values:
  weekdays: {2020-01-01: 08:00-20:00, 2026-04-07: 07:00-20:00}
  saturdays: {2020-01-01: 08:00-14:00}
  sundays: {2020-01-01: closed}
  holidays: {2020-01-01: 10:00-11:00}
"""
SUNDAY_SHORTER = """\
kind: contact_hours
values:
  from: {2020-01-01: '07:00'}
  to: {2020-01-01: '21:00'}
  sundays: {2020-01-01: 13:00-17:00}
"""


@pytest.mark.parametrize(
    ("at", "truth"),
    [
        ("2026-04-06T07:59", True),
        ("2026-04-06T08:00", False),
        ("2026-04-07T06:59", True),
        ("2026-04-07T07:00", False),
        ("2026-04-07T19:59", False),
        ("2026-04-07T20:00", True),
        ("2026-04-08T09:59", True),
        ("2026-04-08T10:00", False),
        ("2026-04-08T11:00", True),
        ("2026-04-11T13:59", False),
        ("2026-04-11T14:00", True),
        ("2026-04-12T12:00", True),
        ("2026-04-12", True),
        ("2026-04-11", None),
    ],
)
def test_each_day_has_its_hours(rule: Rule, at: str, truth: Any) -> None:
    assert rule.breach(BY_DAY, action={"at": at}) is truth


@pytest.mark.parametrize(
    ("at", "truth"),
    [
        ("2026-04-11T07:00", False),
        ("2026-04-11T20:59", False),
        ("2026-04-11T21:00", True),
        ("2026-04-12T12:59", True),
        ("2026-04-12T13:00", False),
        ("2026-04-12T17:00", True),
        ("2026-04-13T07:00", False),
    ],
)
def test_hours_of_some_days_go_before_those_of_every_day(rule: Rule, at: str, truth: bool) -> None:
    assert rule.breach(SUNDAY_SHORTER, action={"at": at}) is truth


def test_the_hours_hold_in_every_zone(rule: Rule) -> None:
    zones = {"time_zone": ["America/New_York", "America/Chicago"]}
    early = {"at": "2026-04-07T07:30", "at_tz": "America/New_York"}
    assert rule.breach(BY_DAY, debtor=zones, action=early) is True
    assert rule.breach(BY_DAY, debtor=zones, action={**early, "at": "2026-04-07T08:00"}) is False


LONG_FEAST = "calendar: feasts\nvalues: {holidays: {2020-01-01: 06:00-23:00}, "
EVERY_DAY = "from: {2020-01-01: '08:00'}, to: {2020-01-01: '20:00'}}"
BY_WEEKDAY = ", ".join(f"{name}: {{2020-01-01: 08:00-20:00}}" for name in ("weekdays", "saturdays", "sundays")) + "}"


@pytest.mark.parametrize("others", [EVERY_DAY, BY_WEEKDAY])
def test_a_holiday_goes_before_its_weekday_where_its_hours_are_longer(rule: Rule, others: str) -> None:
    body = f"kind: contact_hours\n{LONG_FEAST}{others}"
    for at, truth in (("08T06:00", False), ("08T22:59", False), ("08T05:59", True), ("07T07:59", True)):
        assert rule.breach(body, action={"at": f"2026-04-{at}"}) is truth


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(days=st.integers(0, 27), minute=st.integers(0, 1439))
def test_equal_hours_on_every_day_are_the_hours_of_every_day(rule: Rule, days: int, minute: int) -> None:
    values = ", ".join(f"{name}: {{2020-01-01: 08:00-20:00}}" for name in ("weekdays", "saturdays", "sundays"))
    plain = "{from: {2020-01-01: '08:00'}, to: {2020-01-01: '20:00'}}"
    day = date(2026, 4, 1) + timedelta(days=days)
    action = {"at": f"{day}T{minute // 60:02d}:{minute % 60:02d}"}
    truths = {rule.breach(f"kind: contact_hours\nvalues: {each}", action=action) for each in (f"{{{values}}}", plain)}
    assert truths == {not 480 <= minute < 1200}


@pytest.mark.parametrize(
    ("at", "record", "truth"),
    [
        ("2026-04-11", "complete", False),
        ("2026-04-12", "complete", True),
        ("2026-04-08", "complete", False),
        ("2026-04-11", "partial", None),
        ("2026-04-11T14:00", "complete", True),
        ("2026-04-11T13:59", "complete", False),
    ],
)
def test_a_bare_date_may_be_taken_to_keep_the_hours(rule: Rule, at: str, record: str, truth: Any) -> None:
    body = f"{BY_DAY}bare_date: inside\n"
    stated = {"time_zone": "America/New_York", "location_known_from_debtor": True}
    assert rule.breach(body, record=record, debtor=stated, action={"at": at}) is truth
    assert "bare date kept, unless the day is closed" in rule.english(body)


def test_it_tells_the_hours_of_each_day(rule: Rule) -> None:
    told = rule.english(BY_DAY)
    assert "breached outside these hours, in any zone where the debtor may be" in told
    assert "hours Monday to Friday: 08:00 to 20:00 since 2020-01-01, 07:00 to 20:00 since 2026-04-07" in told
    assert "Sunday: closed since 2020-01-01 holidays (feasts): 10:00 to 11:00 since 2020-01-01" in told
    assert "Sunday: 13:00 to 17:00 since 2020-01-01 any other day: 07:00 to 21:00" in rule.english(SUNDAY_SHORTER)


@pytest.mark.parametrize(
    ("at", "window", "said"),
    [
        ("2026-04-06T07:00", ("08:00", "20:00"), "the hours are 08:00 to 20:00"),
        ("2026-04-08T09:00", ("10:00", "11:00"), "the hours are 10:00 to 11:00"),
        ("2026-04-12T12:00", ("00:00", "00:00"), "no contact is open on this day"),
    ],
)
def test_a_finding_shows_the_hours_of_its_day(rule: Rule, at: str, window: tuple[str, str], said: str) -> None:
    finding = rule.finding(BY_DAY, action={"at": at})
    assert finding.evidence["window"] == {"from": window[0], "to": window[1]}
    assert said in finding.sentence


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ("{weekdays: {2020-01-01: 08:00-20:00}}", "CR102 no hours are given for Saturday and Sunday"),
        ("{from: {2020-01-01: '08:00'}}", "CR102 `from` and `to` are given together"),
        ("{sundays: {2020-01-01: 8-20}}", "CR121 `8-20` tells no hours of a day"),
        ("{sundays: {2020-01-01: 20:00-08:00}}", "CR121 `20:00-08:00` ends before it begins"),
        (
            "{from: {2020-01-01: '08:00'}, to: {2020-01-01: '21:00'}, holidays: {2020-01-01: closed}}",
            "CR102 hours of `holidays` need the `calendar` that tells them, and a `calendar` the hours of its holidays",
        ),
    ],
)
def test_mistakes(rule: Rule, values: str, problem: str) -> None:
    assert problem in rule.problems(f"kind: contact_hours\nvalues: {values}")


def test_hours_that_begin_after_their_rule_are_a_mistake(rule: Rule) -> None:
    body = BY_DAY.replace("sundays: {2020-01-01", "sundays: {2021-01-01")
    assert rule.problems(body) == ["CR120 `sundays` has no value on 2020-01-01, the first day of the rule"]

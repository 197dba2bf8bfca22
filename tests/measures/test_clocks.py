"""The hours where the debtor is: their edges, several zones, clock changes, moments told elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from collectrules.measures.context import Context

Law = Any

HOURS = "outside_hours(action, 08:00, 21:00)"


def outside(law: Law, at: str, mode: str = "if_complete", *, at_tz: str | None = None, **debtor: Any) -> Any:
    return law.value(HOURS, mode, action={"at": at, "at_tz": at_tz}, debtor=debtor)


@pytest.mark.parametrize(
    ("clock", "truth"),
    [("07:59", True), ("08:00", False), ("20:59", False), ("21:00", True), ("00:00", True), ("23:59", True)],
)
def test_the_first_minute_is_inside_and_the_last_is_not(law: Law, clock: str, truth: bool) -> None:
    for mode in ("if_complete", "as_stated"):
        assert outside(law, f"2026-04-08T{clock}", mode) is truth


def test_a_bare_day_has_no_hour(law: Law) -> None:
    assert outside(law, "2026-04-08") is None


@pytest.mark.parametrize(
    ("at", "truth"),
    [
        ("2026-04-08T11:59:00-04:00", True),  # 07:59 in Anchorage
        ("2026-04-08T12:00:00-04:00", False),
        ("2026-04-08T20:59:00-04:00", False),
        ("2026-04-08T21:00:00-04:00", True),
    ],
)
def test_the_hours_hold_in_every_zone_the_debtor_may_be_in(law: Law, at: str, truth: bool) -> None:
    assert outside(law, at, time_zone=["America/New_York", "America/Anchorage"]) is truth


def test_the_area_code_counts_until_the_debtor_says_where_they_are(law: Law) -> None:
    mobile = [{"id": "mobile", "channel": "phone", "area_code_time_zone": "America/Los_Angeles"}]
    assert outside(law, "2026-04-08T09:00", endpoints=mobile) is True  # 06:00 in Los Angeles
    assert outside(law, "2026-04-08T11:00", endpoints=mobile) is False
    assert outside(law, "2026-04-08T09:00", endpoints=mobile, location_known_from_debtor=True) is False


@pytest.mark.parametrize(
    ("at", "truth"),
    [("2026-04-08T10:59", True), ("2026-04-08T11:00", False), ("2026-04-08T23:59", False), ("2026-04-09T00:00", True)],
)
def test_a_moment_told_in_another_zone(law: Law, at: str, truth: bool) -> None:
    assert outside(law, at, at_tz="America/New_York", time_zone="America/Los_Angeles") is truth


@pytest.mark.parametrize(
    ("at", "truth"),
    [("2026-04-08T12:59:00+00:00", True), ("2026-04-08T13:00:00+00:00", False), ("2026-04-08T07:00:00-06:00", False)],
)
def test_an_offset_is_believed(law: Law, at: str, truth: bool) -> None:
    assert outside(law, at, time_zone="America/Chicago") is truth


@pytest.mark.parametrize(
    ("at", "truth"),
    [
        # on 8 March 2026 clocks in New York jump from 02:00 to 03:00; those of Phoenix never change
        ("2026-03-07T09:59", True),  # 07:59 in Phoenix
        ("2026-03-07T10:00", False),
        ("2026-03-08T10:59", True),
        ("2026-03-08T11:00", False),
        # on 1 November they fall back
        ("2026-11-01T09:59", True),
        ("2026-11-01T10:00", False),
    ],
)
def test_days_on_which_clocks_change(law: Law, at: str, truth: bool) -> None:
    assert outside(law, at, at_tz="America/New_York", time_zone="America/Phoenix") is truth


def test_an_hour_that_comes_twice_must_be_inside_both_times(law: Law) -> None:
    early = "outside_hours(action, 06:00, 21:00)"
    # 01:30 in New York on that day is 05:30 or 06:30 in London
    twice = {"at": "2026-11-01T01:30", "at_tz": "America/New_York"}
    once = {"at": "2026-11-01T02:30", "at_tz": "America/New_York"}
    assert law.value(early, action=twice, debtor={"time_zone": "Europe/London"}) is True
    assert law.value(early, action=once, debtor={"time_zone": "Europe/London"}) is False


def test_an_hour_that_does_not_exist_is_both_that_it_may_mean(law: Law) -> None:
    # the case reader refuses such an hour, but a search for a free moment may try it:
    # 02:30 in New York on 8 March is 06:30 or 07:30 in London
    case = law.case(action={"at_tz": "America/New_York"}, debtor={"time_zone": "Europe/London"})
    context = Context(case, law.loaded.channels, datetime(2026, 3, 8, 2, 30))  # noqa: DTZ001 - a wall clock
    assert context.local_minutes(context.action) == [6 * 60 + 30, 7 * 60 + 30]


def test_without_a_zone_a_wall_clock_is_the_debtors_in_a_complete_record_only(law: Law) -> None:
    assert outside(law, "2026-04-08T10:00", time_zone=None) is False
    assert outside(law, "2026-04-08T07:00", time_zone=None) is True
    assert outside(law, "2026-04-08T10:00", "as_stated", time_zone=None) is None
    assert outside(law, "2026-04-08T07:00", "as_stated", time_zone=None) is None


def test_without_a_zone_an_offset_tells_no_local_hour(law: Law) -> None:
    for mode in ("if_complete", "as_stated"):
        assert outside(law, "2026-04-08T10:00:00-04:00", mode, time_zone=None) is None


def test_days_are_those_where_the_debtor_is(law: Law) -> None:
    late: dict[str, Any] = {"action": {"at": "2026-04-09T03:30:00+00:00"}}
    assert law.value("action.day == 2026-04-08", **late) is True
    assert law.value("action.weekday == wed", **late) is True
    assert law.value("action.day == 2026-04-09", **late, debtor={"time_zone": "Europe/Berlin"}) is True


def test_only_what_lies_before_the_action_is_asked(law: Law) -> None:
    def call(at: str) -> dict[str, str]:
        return {"at": at, "channel": "phone", "direction": "outbound"}

    history = [call("2026-04-08T09:59"), call("2026-04-08T10:00")]
    assert law.value("count(contacts)", history=history) == 2
    assert law.value("count(contacts)", history=[call("2026-04-08")]) == 1
    assert law.value("count(contacts)", history=[*history, call("2026-04-08T23:59")], action={"at": "2026-04-08"}) == 3


def test_age_is_in_days_of_the_debtor(law: Law) -> None:
    history = [{"at": "2026-04-02T03:00:00+00:00", "channel": "phone", "direction": "outbound"}]
    assert law.value("latest(contacts).age", history=history) == 7
    assert law.value("latest(contacts).age", history=history, debtor={"time_zone": "Europe/Berlin"}) == 6

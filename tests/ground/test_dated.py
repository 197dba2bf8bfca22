"""Values of the law by day, and the calendars by which it counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.ground.dated import Calendar, Dated, Holiday, add_months, easter_sunday

CHANGE = date(2024, 7, 1).toordinal()
VALUE = Dated((date(2020, 1, 1).toordinal(), CHANGE), (3, 7))
PUBLISHED_EASTER_SUNDAYS = (
    "1900-04-15", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31",
    "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28", "2285-03-22",
)  # fmt: skip


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(("on", "value"), [(CHANGE - 1, 3), (CHANGE, 7), (CHANGE + 1, 7), (day("2020-01-01"), 3)])
def test_a_value_changes_on_its_day(on: int, value: int) -> None:
    assert VALUE.on(on) == value


def test_before_the_first_day_there_is_no_value() -> None:
    with pytest.raises(LookupError, match="no value before 2020-01-01"):
        VALUE.on(day("2019-12-31"))


@pytest.mark.parametrize("published", PUBLISHED_EASTER_SUNDAYS)
def test_easter_is_on_its_published_day(published: str) -> None:
    assert easter_sunday(int(published[:4])).isoformat() == published


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    found = easter_sunday(year)
    assert found.weekday() == 6
    assert date(year, 3, 22) <= found <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("holiday", "on"),
    [
        (Holiday("New Year's Day", month=1, day=1), "2026-01-01"),
        (Holiday("third Monday", month=1, weekday="mon", nth=3), "2026-01-19"),
        (Holiday("first Thursday, the first itself", month=1, weekday="thu", nth=1), "2026-01-01"),
        (Holiday("last Monday", month=5, weekday="mon", nth=-1), "2026-05-25"),
        (Holiday("last Sunday, the last day", month=5, weekday="sun", nth=-1), "2026-05-31"),
        (Holiday("last but one Monday", month=5, weekday="mon", nth=-2), "2026-05-18"),
        (Holiday("fifth Monday", month=3, weekday="mon", nth=5), "2026-03-30"),
        (Holiday("fifth Tuesday of a month with four", month=4, weekday="tue", nth=5), None),
        (Holiday("fifth last Tuesday", month=4, weekday="tue", nth=-5), None),
        (Holiday("Good Friday", easter=-2), "2026-04-03"),
        (Holiday("Easter Monday", easter=1), "2026-04-06"),
        (Holiday("Monday before 25 May", weekday="mon", on_or_before=(5, 24)), "2026-05-18"),
        (Holiday("Sunday on or before 24 May", weekday="sun", on_or_before=(5, 24)), "2026-05-24"),
        (Holiday("leap day", month=2, day=29), None),
        (Holiday("on a Saturday, the Friday before", month=7, day=4, moved={"sat": -1, "sun": 1}), "2026-07-03"),
        (Holiday("no Saturday", month=7, day=3, moved={"sat": -1, "sun": 1}), "2026-07-03"),
        (Holiday("since that day", month=6, day=19, since=day("2026-06-19")), "2026-06-19"),
        (Holiday("since the next day", month=6, day=19, since=day("2026-06-20")), None),
        (Holiday("until that day", month=6, day=19, until=day("2026-06-19")), "2026-06-19"),
        (Holiday("until the day before", month=6, day=19, until=day("2026-06-18")), None),
    ],
)
def test_a_holiday_in_2026(holiday: Holiday, on: str | None) -> None:
    assert holiday.in_year(2026) == (None if on is None else day(on))


def test_the_leap_day_is_there_in_leap_years() -> None:
    assert Holiday("leap day", month=2, day=29).in_year(2028) == day("2028-02-29")


WEEKDAYS_ONLY = Calendar(
    frozenset({"sat", "sun"}),
    (
        Holiday("New Year's Day", month=1, day=1, moved={"sat": -1}),
        Holiday("Good Friday", easter=-2),
        Holiday("Easter Monday", easter=1),
    ),
)


def test_a_holiday_moved_into_another_year_is_a_holiday_there() -> None:
    # 1 January 2028 is a Saturday
    assert WEEKDAYS_ONLY.holiday(day("2027-12-31")) == "New Year's Day"
    assert not WEEKDAYS_ONLY.is_open(day("2027-12-31"))
    assert WEEKDAYS_ONLY.holiday(day("2026-12-31")) is None


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        ("2026-04-01", "2026-04-01", 0),
        ("2026-04-01", "2026-04-02", 1),
        ("2026-04-02", "2026-04-06", 0),  # Good Friday to Easter Monday
        ("2026-04-02", "2026-04-07", 1),
        ("2026-04-07", "2026-04-02", -1),
    ],
)
def test_business_days_between(first: str, second: str, number: int) -> None:
    assert WEEKDAYS_ONLY.business_days_between(day(first), day(second)) == number


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-04-02", 0, "2026-04-02"),
        ("2026-04-02", 1, "2026-04-07"),
        ("2026-04-02", 2, "2026-04-08"),
        ("2026-04-04", 1, "2026-04-07"),
        ("2026-04-07", -1, "2026-04-02"),
    ],
)
def test_add_business_days(start: str, number: int, end: str) -> None:
    assert WEEKDAYS_ONLY.add_business_days(day(start), number) == day(end)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 40))
def test_adding_and_counting_business_days_agree(start: date, number: int) -> None:
    end = WEEKDAYS_ONLY.add_business_days(start.toordinal(), number)
    assert WEEKDAYS_ONLY.business_days_between(start.toordinal(), end) == number
    assert number == 0 or WEEKDAYS_ONLY.is_open(end)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(-800, 800))
def test_counting_business_days_is_looking_at_each(start: date, length: int) -> None:
    first = start.toordinal()
    span = range(first + 1, first + length + 1) if length >= 0 else range(first + length + 1, first + 1)
    looked_at = sum(WEEKDAYS_ONLY.is_open(day) for day in span)
    assert WEEKDAYS_ONLY.business_days_between(first, first + length) == (looked_at if length >= 0 else -looked_at)


def test_a_calendar_that_never_opens_does_not_run_for_ever() -> None:
    never = Calendar(frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"}), ())
    with pytest.raises(ValueError, match="no business day within"):
        never.add_business_days(day("2026-01-01"), 1)


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
    ],
)
def test_add_months(start: str, number: int, end: str) -> None:
    assert add_months(day(start), number) == day(end)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_months_later_is_in_that_month(start: date, number: int) -> None:
    end = date.fromordinal(add_months(start.toordinal(), number))
    assert (end.year - start.year) * 12 + end.month - start.month == number
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)

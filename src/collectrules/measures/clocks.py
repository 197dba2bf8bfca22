"""Measures of the clock and the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from collectrules.ground.dated import MINUTES_A_DAY, WEEKDAYS, Calendar, add_months
from collectrules.measures import MeasureFunction

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.expressions.functions import Parameter, Result
    from collectrules.measures.context import Context
    from collectrules.measures.history import Entry


_MINUTE: Final = timedelta(minutes=1)


def _outside_hours(context: Context, entry: Entry, start: int, end: int) -> bool | None:
    if start >= end:
        return True  # no hours are open, so that the clock does not matter
    if len(context.zones) == 1 and entry.instants is None and entry.minute is not None and not context.places.unplaced:
        return not start <= entry.minute < end
    minutes = context.local_minutes(entry)
    if minutes is None:
        return None
    return any(not start <= minute < end for minute in minutes)


def _clock_outside_hours(context: Context, entry: Entry, start: int, end: int) -> bool | None:
    if start < end and not context.open and entry.day is not None and entry.minute is None and entry.instants is None:
        return False
    return _outside_hours(context, entry, start, end)


def days_between(_: Context, first: int, second: int) -> int:
    """Days from the first to the second."""
    return second - first


def _minutes_between(_: Context, first: Entry, second: Entry) -> int | None:
    if first.minute is None or second.minute is None or first.day is None or second.day is None:
        if first.instants is None or second.instants is None:
            return None
        return (second.instants[0] - first.instants[-1]) // _MINUTE
    return (second.day - first.day) * MINUTES_A_DAY + second.minute - first.minute


def _plus(_: Context, first: int, second: int) -> int:
    return first + second


def _add_days(_: Context, day: int, number: int) -> int:
    return day + number


def _add_months(_: Context, day: int, number: int) -> int:
    return add_months(day, number)


def _add_years(_: Context, day: int, number: int) -> int:
    return add_months(day, 12 * number)


def _end_of_year(_: Context, day: int) -> int:
    return date(date.fromordinal(day).year, 12, 31).toordinal()


def _same_month(_: Context, first: int, second: int) -> bool:
    return date.fromordinal(first).replace(day=1) == date.fromordinal(second).replace(day=1)


def _same_week(_: Context, first: int, second: int, begins: str) -> bool | None:
    if begins not in WEEKDAYS:
        return None
    before = 1 + WEEKDAYS.index(begins)
    return (first - before) // len(WEEKDAYS) == (second - before) // len(WEEKDAYS)


def _business_days_between(_: Context, first: int, second: int, calendar: Calendar) -> int:
    return calendar.business_days_between(first, second)


def _add_business_days(_: Context, day: int, number: int, calendar: Calendar) -> int:
    return calendar.add_business_days(day, number)


def _is_business_day(_: Context, day: int, calendar: Calendar) -> bool:
    return calendar.is_open(day)


_BY_THE_CALENDAR = ("same_month", "same_week", "end_of_year")
"""Functions whose answer changes at the end of a week, a month, a year."""


def _arithmetic(
    name: str, parameters: tuple[Parameter, ...], result: Result, read: Callable[..., Any], title: str
) -> MeasureFunction:
    """A function whose answer follows from its arguments alone, and may change on a day that is none of them."""
    return MeasureFunction(
        name,
        parameters,
        result,
        read,
        title,
        follows_from=(),
        changes="any day" if "calendar" in parameters or name in _BY_THE_CALENDAR else "given days",
    )


def _is_holiday(_: Context, day: int, calendar: Calendar) -> bool:
    return calendar.holiday(day) is not None


FUNCTIONS = (
    MeasureFunction(
        "outside_hours",
        ("entry", "time", "time"),
        "bool",
        _outside_hours,
        "is before the first or not before the second clock time, in some zone the debtor may be in",
        ("action.at", "debtor.time_zone"),
        follows_from=(),
        changes="given days",
    ),
    MeasureFunction(
        "clock_outside_hours",
        ("entry", "time", "time"),
        "bool",
        _clock_outside_hours,
        "the same, but a bare date in a complete record is inside the hours, where there are any",
        ("action.at", "debtor.time_zone"),
        follows_from=(),
        changes="given days",
    ),
    _arithmetic("days_between", ("date", "date"), "int", days_between, "days from the first to the second"),
    _arithmetic("minutes_between", ("entry", "entry"), "int", _minutes_between, "minutes from the first to the second"),
    _arithmetic("plus", ("int", "int"), "int", _plus, "the sum of two whole numbers"),
    _arithmetic("add_days", ("date", "int"), "date", _add_days, "the date that many days later"),
    _arithmetic("add_months", ("date", "int"), "date", _add_months, "the date that many months later"),
    _arithmetic("add_years", ("date", "int"), "date", _add_years, "the date that many years later"),
    _arithmetic("same_month", ("date", "date"), "bool", _same_month, "lie in one calendar month"),
    _arithmetic(
        "same_week",
        ("date", "date", "text"),
        "bool",
        _same_week,
        "lie in one calendar week, which begins on the day that is named",
    ),
    _arithmetic("end_of_year", ("date",), "date", _end_of_year, "the last day of the date's year"),
    _arithmetic(
        "business_days_between",
        ("date", "date", "calendar"),
        "int",
        _business_days_between,
        "business days after the first date, up to and including the second",
    ),
    _arithmetic(
        "add_business_days",
        ("date", "int", "calendar"),
        "date",
        _add_business_days,
        "the date that many business days later",
    ),
    _arithmetic("is_business_day", ("date", "calendar"), "bool", _is_business_day, "is a business day"),
    _arithmetic("is_holiday", ("date", "calendar"), "bool", _is_holiday, "is a holiday, whatever the weekday"),
)

"""Values of the law with the day each took effect, and the calendars by which the law counts."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from msgspec import field

from collectrules.ground.plain import PlainValue

MINUTES_A_DAY: Final = 1440
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_CLOSED_AT_MOST: Final = 31


def hour_of_day(hour: int, half: str) -> int:
    """An hour of a clock of twelve (1 to 12) as one of 0 to 23; `half` begins with `a` or `p`, as `pm`."""
    return hour % 12 + (12 if half[0] in "pP" else 0)


class Dated(PlainValue, Generic[T], frozen=True):
    """A value with its history: `days` ascending (proleptic ordinals), `values` beside them, `texts` as written."""

    days: tuple[int, ...]
    values: tuple[T, ...]
    texts: tuple[str, ...] = ()

    def on(self, day: int) -> T:
        """The value in force on a day. Raises LookupError for a day before the first."""
        index = bisect_right(self.days, day) - 1
        if index < 0:
            raise LookupError(f"no value before {date.fromordinal(self.days[0]).isoformat()}")
        return self.values[index]


class Holiday(PlainValue, frozen=True):
    """One rule for a holiday: a fixed day, a weekday of a month, or days from Easter Sunday.

    `nth` counts from the end where negative. `on_or_before` is (month, day). `moved` shifts a day that falls on a
    weekday by days. `since` and `until` are proleptic ordinals.
    """

    name: str
    month: int = 0
    day: int = 0
    weekday: str = ""
    nth: int = 0
    easter: int | None = None
    on_or_before: tuple[int, int] | None = None
    moved: Mapping[str, int] = field(default_factory=dict)
    since: int = 0
    until: int = 10**7

    def in_year(self, year: int) -> int | None:
        """The day in a year, as a proleptic ordinal; None where there is none."""
        day = self._unmoved(year)
        if day is None or not self.since <= day.toordinal() <= self.until:
            return None
        return day.toordinal() + self.moved.get(WEEKDAYS[day.weekday()], 0)

    def _unmoved(self, year: int) -> date | None:
        if self.easter is not None:
            return easter_sunday(year) + timedelta(days=self.easter)
        if self.on_or_before is not None:
            last = date(year, *self.on_or_before)
            return last - timedelta(days=(last.weekday() - WEEKDAYS.index(self.weekday)) % 7)
        if not self.weekday:
            return date(year, self.month, self.day) if self.day <= monthrange(year, self.month)[1] else None
        length = monthrange(year, self.month)[1]
        wanted = WEEKDAYS.index(self.weekday)
        days = [d for d in range(1, length + 1) if date(year, self.month, d).weekday() == wanted]
        index = self.nth - 1 if self.nth > 0 else self.nth
        return date(year, self.month, days[index]) if -len(days) <= index < len(days) else None


class Calendar(PlainValue, frozen=True, dict=True, gc=True):
    """The days on which business is done: neither on a closed weekday nor a holiday."""

    closed: frozenset[str]
    holidays: tuple[Holiday, ...]
    citation: str = ""
    closed_since: Mapping[str, int] = field(default_factory=dict)
    """Weekdays that are closed from a day on (proleptic ordinals)."""

    @cached_property
    def _holidays_of(self) -> Callable[[int], Mapping[int, str]]:
        return lru_cache(maxsize=64)(self._year)

    @cached_property
    def _open_days_of(self) -> Callable[[int], tuple[int, ...]]:
        return lru_cache(maxsize=64)(self._open_days)

    def _year(self, year: int) -> Mapping[int, str]:
        found: dict[int, str] = {}
        for holiday in self.holidays:
            for candidate in (year - 1, year, year + 1):
                day = holiday.in_year(candidate)
                if day is not None and date.fromordinal(day).year == year:
                    found[day] = holiday.name
        return found

    def holiday(self, day: int) -> str | None:
        """The name of the holiday on a day, or None."""
        return self._holidays_of(date.fromordinal(day).year).get(day)

    def is_open(self, day: int) -> bool:
        """Is it a business day?"""
        weekday = WEEKDAYS[(day - 1) % 7]
        since = self.closed_since.get(weekday)
        return weekday not in self.closed and not (since is not None and day >= since) and self.holiday(day) is None

    def open_from(self, day: int) -> int:
        """That day, or the next business day. Raises ValueError where none is near."""
        return day if self.is_open(day) else self.add_business_days(day, 1)

    def business_days_between(self, first: int, second: int) -> int:
        """Business days after the first day, up to and including the second; negative if the second is earlier."""
        if second < first:
            return -self.business_days_between(second, first)
        start, end = date.fromordinal(first), date.fromordinal(second)
        before = sum(self._open_days_of(year)[-1] for year in range(start.year, end.year))
        return before + self._open_until(end) - self._open_until(start)

    def _open_until(self, day: date) -> int:
        """Business days of its year up to and including a day."""
        return self._open_days_of(day.year)[day.toordinal() - date(day.year, 1, 1).toordinal()]

    def _open_days(self, year: int) -> tuple[int, ...]:
        """For each day of a year the number of business days that it has had by then."""
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        return tuple(accumulate(self.is_open(day) for day in range(first, last + 1)))

    def add_business_days(self, day: int, number: int) -> int:
        """The day on which that many business days after the day have passed."""
        step = 1 if number >= 0 else -1
        left, closed = abs(number), 0
        while left:
            day += step
            if self.is_open(day):
                left, closed = left - 1, 0
            else:
                closed += 1
                if closed > _CLOSED_AT_MOST:
                    raise ValueError(f"no business day within {_CLOSED_AT_MOST} days of {date.fromordinal(day)}")
        return day


def day_of(at: date | datetime) -> date:
    """The day of a moment, on the clock on which it is written."""
    return date(at.year, at.month, at.day)


def day_or_moment(text: str) -> date | datetime:
    """A day, or a moment with its time, of ISO 8601. Raises ValueError."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def add_months(day: int, number: int) -> int:
    """The same day of the month that many months later, or the last day of a shorter month."""
    start = date.fromordinal(day)
    months = start.year * 12 + start.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).toordinal()


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous computus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)

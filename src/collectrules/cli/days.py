"""Days and moments as options take them: one reading for every command, and errors that say what was meant.

A day is `2026-11-28`. A moment is a day, a day with a time on the debtor's clock, the same with an offset, or `now`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    _DayType = click.ParamType[date]
    _MomentType = click.ParamType[str]
else:
    _DayType = _MomentType = click.ParamType  # generic only to type checkers: older releases of click have no such

NOW: Final = "now"
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[-./ ]?([0-9]{1,2})[-./ ]?([0-9]{1,2})")
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})[-./ ]([0-9]{1,2})[-./ ]([0-9]{4})")
_CLOCK: Final = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?")
_LOOSE_CLOCK: Final = re.compile(r"([0-9]{1,2}):([0-9]{2}).*")
_MONTHS: Final = 12
_LAST_HOUR: Final = 23


class Day(_DayType):
    """A day of the calendar; gives a `date`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that is written. Raises click.BadParameter with what is wrong and what to write."""
        if isinstance(value, date):
            return value
        text = str(value).strip()
        if wrong := _wrong_day(text):
            self.fail(f"{wrong[0]}\n    {wrong[1]}", param, ctx)
        return date.fromisoformat(text)


class Moment(_MomentType):
    """A day, a moment, or `now`; gives the text, which can be read as what it says."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The moment that is written. Raises click.BadParameter with what is wrong and what to write."""
        text = str(value).strip()
        day, blank, clock = text.partition(" ")
        if blank and _DAY.fullmatch(day) and _CLOCK.fullmatch(clock):
            text = f"{day}T{clock}"  # as logs and spreadsheets have it, and cases may
        if text != NOW and (wrong := _wrong_moment(text)):
            self.fail(f"{wrong[0]}\n    {wrong[1]}", param, ctx)
        return text


def _wrong_moment(text: str) -> tuple[str, str] | None:
    day, mark, clock = text.partition("T")
    if not mark:
        if _DAY.fullmatch(text) or " " not in text:
            wrong = _wrong_day(text, "moment")
            return wrong and (wrong[0], _with_time(wrong[1]))
        day, _, clock = text.partition(" ")
        if _LOOSE_CLOCK.fullmatch(clock) and not _wrong_day(day):
            hour, _, rest = clock.partition(":")
            return f"`{text}` has no T between day and time", f"did you mean {day}T{hour:0>2}:{rest}?"
    if wrong := _wrong_day(day, "moment"):
        return f"`{text}` is no moment: {wrong[0]}", _with_time(wrong[1])
    found = _CLOCK.fullmatch(clock)
    if found is None:
        return f"`{text}` is no moment", "write 2026-04-07T10:00 on the debtor's clock, or `now`"
    try:
        datetime.fromisoformat(text)
    except ValueError:
        part = f"there is no hour {found[1]}" if int(found[1]) > _LAST_HOUR else f"there is no time {clock}"
        return f"`{text}` is no moment: {part}", "the hours are 00 to 23, as in 2026-04-07T10:00"
    return None


def _with_time(advice: str) -> str:
    """Advice on a day, for a moment."""
    if advice.endswith("?"):
        return f"{advice} a time is added as in 2026-04-07T10:00, and this moment is `now`"
    return f"{advice}, with a time 2026-04-07T10:00, or `now`"


def _wrong_day(text: str, kind: str = "day") -> tuple[str, str] | None:
    """What is wrong with a day, and what to write; None where it is one."""
    written = _DAY.fullmatch(text)
    if written is None:
        return f"`{text}` is no {kind}", _as_meant(text)
    year, month, day = (int(part) for part in written.groups())
    if not 1 <= month <= _MONTHS:
        swapped = f": did you mean {year:04}-{day:02}-{month:02}?" if 1 <= day <= _MONTHS and month <= 31 else ""  # noqa: PLR2004  # days of a month
        return f"`{text}` is no day: there is no month {month:02}", f"write year, month, day{swapped or ': 2026-11-28'}"
    from collectrules.case.texts import FIRST_YEAR, LAST_YEAR  # what a case takes; read when a day was given

    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"`{text}` is of a year far away", f"write a year from {FIRST_YEAR} to {LAST_YEAR}"
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        return f"`{text}` is no day: {year}-{month:02} has {length} days", f"did you mean {year}-{month:02}-{length}?"
    return None


def _as_meant(text: str) -> str:
    """What to write in place of a day in another form; both readings where it can be read in two ways."""
    if found := _YEAR_FIRST.fullmatch(text):
        readings = [(found[1], found[2], found[3])]
    elif found := _YEAR_LAST.fullmatch(text):
        readings = [(found[3], found[2], found[1]), (found[3], found[1], found[2])]
    else:
        return "write year, month, day: 2026-11-28"
    told = [f"{year}-{month:0>2}-{day:0>2}" for year, month, day in readings]
    good = list(dict.fromkeys(each for each in told if _DAY.fullmatch(each) and _wrong_day(each) is None))
    return f"did you mean {' or '.join(good)}?" if good else "write year, month, day: 2026-11-28"


DAY: Final = Day()
MOMENT: Final = Moment()


def day_option(flag: str, name: str, text: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """An option that takes a day."""
    return click.option(flag, name, metavar="DATE", type=DAY, help=text)


def moment_option(flag: str, name: str, text: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """An option that takes a day, a moment or `now`."""
    return click.option(flag, name, metavar="MOMENT", type=MOMENT, help=text)

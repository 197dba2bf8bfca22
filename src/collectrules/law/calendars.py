"""The calendars of a file: the weekdays on which no business is done, and the holidays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from collectrules.ground.dated import WEEKDAYS, Calendar, Holiday
from collectrules.ground.errors import meant
from collectrules.ground.nodes import Table
from collectrules.law.model import NEVER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collectrules.law.keys import Keys

_NONE: Final[Mapping[str, Calendar]] = {}
CALENDAR_KEYS: Final = ("extends", "cite", "closed", "closed_since", "holidays", "note")
HOLIDAY_SHAPES: Final = (("month", "day"), ("month", "weekday", "nth"), ("weekday", "on_or_before"), ("easter",))
HOLIDAY_KEYS: Final = (
    *("name", "month", "day", "weekday", "nth", "easter", "on_or_before", "moved", "since", "until"),
)


def read_calendars(keys: Keys, shared: Mapping[str, Calendar] = _NONE) -> dict[str, Calendar]:
    """Every calendar under `calendars:`, by name. One may extend another above it, or one that is `shared`."""
    calendars: dict[str, Calendar] = {}
    for name, node in keys.entries("calendars"):
        if not isinstance(node, Table):
            keys.problems.add(node.place, "CR102", f"the calendar `{name}` is no table of keys")
            continue
        inner = keys.inner(node, f"the calendar `{name}`", CALENDAR_KEYS)
        citation = inner.text("cite", required=True)
        closed = frozenset(inner.words("closed", WEEKDAYS))
        if closed.issuperset(WEEKDAYS):
            inner.problem("closed", "CR102", f"the calendar `{name}` has no business day")
        holidays = tuple(_holiday(inner.inner(item, "a holiday", HOLIDAY_KEYS)) for item in inner.items_of("holidays"))
        base = _extended(inner, {**shared, **calendars})
        since_table = inner.table_of("closed_since")
        since = inner.inner(since_table, "`closed_since`", WEEKDAYS) if since_table is not None else None
        days = {weekday: since.day(weekday) for weekday in since.table} if since is not None else {}
        both = (*base.holidays, *holidays)
        calendars[name] = Calendar(closed | base.closed, both, citation, {**base.closed_since, **days})
    return calendars


def _extended(keys: Keys, known: Mapping[str, Calendar]) -> Calendar:
    """The calendar that this one extends; an empty one where it extends none."""
    name = keys.text("extends")
    if name and name not in known:
        help_ = meant(name, known) or "extend one that stands above it, or in a library that the file uses"
        keys.problem("extends", "CR103", f"there is no calendar `{name}` to extend", help_)
    return known.get(name, Calendar(frozenset(), (), ""))


def _holiday(keys: Keys) -> Holiday:
    moved_table = keys.table_of("moved")
    moved = keys.inner(moved_table, "`moved`", WEEKDAYS) if moved_table is not None else None
    shape = tuple(key for key in ("month", "day", "weekday", "nth", "easter", "on_or_before") if key in keys.table)
    if shape not in HOLIDAY_SHAPES:
        shapes = "; or by ".join(" and ".join(shape) for shape in HOLIDAY_SHAPES)
        message = f"a holiday is not told by {', '.join(shape) or 'nothing'}"
        keys.problems.add(keys.table.place, "CR102", message, f"by {shapes}")
    return Holiday(
        name=keys.text("name", required=True),
        month=keys.number("month", 1, 12),
        day=keys.number("day", 1, 31),
        weekday=next(iter(keys.words("weekday", WEEKDAYS)), ""),
        nth=keys.number("nth", -5, 5),
        easter=keys.number("easter", -100, 100) if "easter" in keys.table else None,
        on_or_before=_month_and_day(keys) if "on_or_before" in keys.table else None,
        moved={weekday: moved.number(weekday, -7, 7) for weekday in moved.table} if moved is not None else {},
        since=keys.day("since"),
        until=keys.day("until", default=NEVER),
    )


def _month_and_day(keys: Keys) -> tuple[int, int]:
    text = keys.text("on_or_before")
    try:
        day = date.fromisoformat(f"2000-{text}")  # a leap year: 29 February is a day
    except ValueError:
        keys.problem("on_or_before", "CR104", f"`{text}` is no day of a year", "write it as 05-24")
        return 1, 1
    return day.month, day.day

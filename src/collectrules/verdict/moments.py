"""The moments of a span of time at which the answer to one act may change, in every zone where the debtor may be.

Between two of them nothing that a ruleset can say changes: midnights, the clock times that the rules name, and the
edges of the hours that the debtor named, each in every zone and, where a clock is put back, both times; the moments at
which a clock is put; and so many minutes after an entry of the history as the rules name.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from collectrules.ground.dated import MINUTES_A_DAY
from collectrules.measures.history import instants_of
from collectrules.verdict.when import Breakpoints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.law.timing import Timing
    from collectrules.measures.context import Context
    from collectrules.measures.history import Entry

_MINUTE: Final = timedelta(minutes=1)
_DAYS_AT_ONCE: Final = 7


def instant(at: datetime) -> datetime:
    """What two moments are compared by: those of one zone compare by their clocks unless they are told in UTC."""
    return at if at.tzinfo is None else at.astimezone(UTC)


class Break(NamedTuple):
    """A moment, whether a day begins with it somewhere, and what else may change then."""

    at: datetime
    midnight: bool
    minutes: frozenset[int]
    """The minutes of a day that some clock shows."""
    elapsed: bool
    """Whether so many minutes have gone by since an entry."""
    odd: bool
    """Whether it is of a day on which a clock is put."""


def breaks(context: Context, timing: Timing, first: datetime, last: datetime) -> Iterator[Break]:
    """The moments from the first up to the last, both whole minutes, the first itself among them.

    Told in UTC; without an offset where the first has none, on the one clock that there is then.
    """
    named = {minute for minute in (*timing.minutes, *Breakpoints(context).edges) if 0 < minute < MINUTES_A_DAY}
    later = set(_elapsed(context, timing.elapsed))
    zones = [ZoneInfo(zone) for zone in context.zones] if first.tzinfo is not None else [None]
    start = first
    while start < last:
        end = min(start + timedelta(days=_DAYS_AT_ONCE), last)
        found: dict[datetime, set[int]] = {start: {0}} if start == first else {}
        odd = {first}
        for zone in zones:
            for at, minute, on_odd_day in _of_zone(zone, named, start, end):
                found.setdefault(at, set()).add(minute)
                if on_odd_day:
                    odd.add(at)
        for at in later:
            found.setdefault(at, set())
        for at in sorted(found):
            if start <= at < end:
                yield Break(at, 0 in found[at], frozenset(found[at]), at in later, at in odd)
        start = end


def _of_zone(
    zone: ZoneInfo | None, minutes: set[int], start: datetime, end: datetime
) -> Iterator[tuple[datetime, int, bool]]:
    """Midnights and the named minutes on one clock: the minute of the day, and whether the clock is put that day."""
    local = start if zone is None else start.astimezone(zone)
    day = local.date() - timedelta(days=1)
    every = (0, *minutes)
    while True:
        midnight = datetime.combine(day, time())
        if zone is None:
            begins, odd = midnight, False
        else:
            here, there = (_offset(midnight + timedelta(days=ahead), zone) for ahead in (0, 1))
            begins, odd = (midnight - here).replace(tzinfo=UTC), here != there
        if begins >= end + timedelta(days=1):
            return
        if zone is not None and odd:
            yield from ((at, minute, True) for at, minute in _of_odd_day(midnight, zone, every))
        else:
            yield from ((begins + timedelta(minutes=minute), minute, False) for minute in every)
        day += timedelta(days=1)


def _of_odd_day(midnight: datetime, zone: ZoneInfo, minutes: Iterable[int]) -> Iterator[tuple[datetime, int]]:
    """The moments of a day on which the clock is put: those it shows twice too, and when it is put, as a midnight."""
    for minute in minutes:
        for at in instants_of(midnight + timedelta(minutes=minute), zone.key):
            yield at, minute
    before = instants_of(midnight, zone.key)[0]
    after = instants_of(midnight + timedelta(days=1), zone.key)[-1]
    offset = before.astimezone(zone).utcoffset()
    while after - before > _MINUTE:
        middle = before + (after - before) // 2 // _MINUTE * _MINUTE
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    yield after, 0  # a clock may be put to the day before


def _offset(wall: datetime, zone: ZoneInfo) -> timedelta:
    return wall.replace(tzinfo=zone).utcoffset() or timedelta()


def _elapsed(context: Context, minutes: Iterable[int]) -> Iterator[datetime]:
    """So many minutes after each entry, as time goes and as the clocks show it."""
    minutes = tuple(minutes)
    if not minutes:
        return
    for entry in (*context.contacts, *context.events):
        walls = list(_walls(entry))
        for minute in minutes:
            for instant in entry.instants or ():
                yield instant.replace(second=0, microsecond=0) + timedelta(minutes=minute)
                yield instant.replace(second=0, microsecond=0) + timedelta(minutes=minute + 1)
            for wall in walls:
                for zone in context.zones:
                    yield from instants_of(wall + timedelta(minutes=minute), zone)
                if not context.zones:
                    yield wall + timedelta(minutes=minute)


def _walls(entry: Entry) -> Iterator[datetime]:
    shown = entry.walls or (((entry.day, entry.minute),) if entry.day is not None and entry.minute is not None else ())
    for day, minute in shown:
        yield datetime.combine(date.fromordinal(day), time()) + timedelta(minutes=minute)

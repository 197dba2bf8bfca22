"""The moments of a span of time at which the answer to one act may change, in every zone where the debtor may be.

Between two of them nothing that a ruleset can say changes: midnights, the clock times that the rules name, and the
edges of the hours that the debtor named, each in every zone and, where a clock is put back, both times; the moments at
which a clock is put; so many minutes after an entry of the history as the rules name; and the later entries themselves.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from collectrules.ground.dated import MINUTES_A_DAY
from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.measures.history import instants_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from collectrules.case.objects import Period
    from collectrules.law.timing import Timing
    from collectrules.measures.context import Context
    from collectrules.measures.history import Entry, Places

Moment = date | datetime

DAYS_AHEAD: Final = 100
"""How far a search for a free moment looks."""
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)
_FIRST_DAYS: Final = 2
_DAYS_AT_ONCE: Final = 7
_MIDNIGHT: Final = frozenset({0})


def instant(at: datetime) -> datetime:
    """What two moments are compared by: those of one zone compare by their clocks unless they are told in UTC."""
    return at if at.tzinfo is None else at.astimezone(UTC)


class Times(NamedTuple):
    """Minutes of a day, and the days (proleptic ordinals) on which something may change at one; None: on any day."""

    minutes: frozenset[int]
    days: frozenset[int] | None


class Break(NamedTuple):
    """A moment, whether a day begins with it somewhere, and what else may change then."""

    at: Moment
    day: int
    """As a proleptic ordinal, where the debtor may be first."""
    midnight: bool
    minutes: frozenset[int]
    """The minutes of a day that some clock shows."""
    elapsed: bool
    """Whether so many minutes have gone by since an entry, or one is passed."""
    odd: bool
    """Whether it is of a day on which a clock is put."""


def begun(context: Context) -> Moment:
    """The moment of an act as `breaks` takes it: a whole minute in UTC; without a zone on its clock; or a bare day."""
    at: Moment = context.action.fact.at
    if not isinstance(at, datetime):
        return at
    at = at.replace(second=0, microsecond=0)
    if at.tzinfo is None and (home := _told_in(context)) is not None:
        at = at.replace(tzinfo=ZoneInfo(home))
    return instant(at)


def clocked(at: Moment, places: Places) -> datetime:
    """A moment as a whole minute on the clock of these places, of a day its beginning; as it is without a place.

    Raises InvalidInput for one without an offset where there are several zones.
    """
    if not isinstance(at, datetime):
        at = datetime.combine(at, time())
    at = at.replace(second=0, microsecond=0)
    home = places.told_in or (places.zones[0] if places.zones else None)
    if home is None:
        return at
    if at.tzinfo is None and places.told_in is None:
        message = f"{at.isoformat(timespec='minutes')} is another moment in each zone: {', '.join(places.zones)}"
        raise InvalidInput([Problem(Place("case"), "CR025", message, "write its offset: 2026-04-07T10:00-05:00")])
    zone = ZoneInfo(home)
    return (at.replace(tzinfo=zone).astimezone(UTC) if at.tzinfo is None else at).astimezone(zone)


def shown(moment: Moment, context: Context) -> str:
    """A moment as ISO 8601 on the clock in which the act is told, with the offset where the zone is known."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    if moment.tzinfo is not None:
        home = _told_in(context)
        moment = moment.astimezone(context.action.fact.at.tzinfo or (ZoneInfo(home) if home is not None else None))
    return moment.isoformat(timespec="minutes")


def _told_in(context: Context) -> str | None:
    """The zone in which the moment of the action is told, where it has no offset of its own."""
    return context.action.fact.at_tz or context.told_in


def named_periods(context: Context) -> list[Period]:
    """The times of a day or a week that the debtor named, for or against."""
    consents = [consent for entry in context.consents if (consent := entry.stated("consent")) is not None]
    named = [*context.of("inconvenience_designated"), *context.of("convenience_restored")]
    periods = [*(context.debtor.inconvenient or ()), *(context.debtor.convenient or ())]
    periods += [period for consent in consents for period in consent.times or ()]
    return [*periods, *[entry.fact for entry in named]]


def minutes_of(context: Context, timing: Timing) -> frozenset[int]:
    """The minutes of a day at which something of that timing may change, those that the debtor named among them."""
    periods = named_periods(context) if timing.named_times else []
    edges = [edge for period in periods for edge in (period.from_, period.to) if edge is not None]
    return frozenset([minute for minute in (*timing.minutes, *edges) if 0 < minute < MINUTES_A_DAY])


def breaks(
    context: Context, times: Sequence[Times], elapsed: frozenset[int], first: Moment, last: Moment
) -> Iterator[Break]:
    """The moments from the first up to the last, both whole minutes, the first itself among them.

    Told in UTC; without an offset where the first has none, on the one clock that there is then; of bare days, days.
    `elapsed` are minutes after an entry.
    """
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        for day in range(first.toordinal(), last.toordinal()):
            if day == first.toordinal() or _on(day, times) is not None:
                yield Break(date.fromordinal(day), day, midnight=True, minutes=_MIDNIGHT, elapsed=False, odd=False)
        return
    zoned = first.tzinfo is not None
    later = set(_elapsed(context, elapsed, first.toordinal(), zoned=zoned))
    zones = [ZoneInfo(zone) for zone in context.zones] if zoned else [None]
    home = zones[0] if zones else UTC
    start = first
    while start < last:
        # Who asks for the next moment alone finds it in the first days.
        end = min(start + timedelta(days=_FIRST_DAYS if start == first else _DAYS_AT_ONCE), last)
        found: dict[datetime, set[int]] = {start: {0}} if start == first else {}
        odd = {first}
        for zone in zones:
            for at, minute, on_odd_day in _of_zone(zone, times, start, end):
                found.setdefault(at, set()).add(minute)
                if on_odd_day:
                    odd.add(at)
        for at in later:
            if start <= at < end:
                found.setdefault(at, set())
        for at in sorted(found):
            if start <= at < end:
                day = (at.astimezone(home) if zoned else at).toordinal()
                yield Break(at, day, 0 in found[at], frozenset(found[at]), at in later, at in odd)
        start = end


def _on(day: int, times: Sequence[Times]) -> set[int] | None:
    """The minutes of a day at which something may change, midnight among them; None of a day without any."""
    on = [each.minutes for each in times if each.days is None or day in each.days]
    return {0}.union(*on) if on else None


def _of_zone(
    zone: ZoneInfo | None, times: Sequence[Times], start: datetime, end: datetime
) -> Iterator[tuple[datetime, int, bool]]:
    """Midnights and the named minutes on one clock: the minute of the day, and whether the clock is put that day."""
    local = start if zone is None else start.astimezone(zone)
    day = local.date() - _DAY
    while True:
        midnight = datetime.combine(day, time())
        if zone is None:
            begins, odd = midnight, False
        else:
            here, there = (_offset(midnight + timedelta(days=ahead), zone) for ahead in (0, 1))
            begins, odd = (midnight - here).replace(tzinfo=UTC), here != there
        if begins >= end + _DAY:
            return
        minutes = _on(day.toordinal(), times) or ()
        if zone is not None and odd:
            yield from ((at, minute, True) for at, minute in _of_odd_day(midnight, zone, minutes))
        else:
            yield from ((begins + timedelta(minutes=minute), minute, False) for minute in minutes)
        day += _DAY


def _of_odd_day(midnight: datetime, zone: ZoneInfo, minutes: Iterable[int]) -> Iterator[tuple[datetime, int]]:
    """The moments of a day on which the clock is put: those it shows twice too, and when it is put, as a midnight."""
    for minute in minutes:
        for at in instants_of(midnight + timedelta(minutes=minute), zone.key):
            yield at, minute
    before = instants_of(midnight, zone.key)[0]
    after = instants_of(midnight + _DAY, zone.key)[-1]
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


def _elapsed(context: Context, minutes: Iterable[int], first: int, *, zoned: bool) -> Iterator[datetime]:
    """So many minutes after each entry, as time goes and as the clocks show it; of a later one, when it is passed.

    Those that lie before a day (proleptic ordinal) are left out, some near it are not.
    """
    passed = (0,) if context.has_later_entries else ()
    numbers = (*passed, *minutes)
    if not numbers:
        return
    earliest = first - 2 - max(numbers) // MINUTES_A_DAY
    for entry in context.entries if passed else (*context.contacts, *context.events):
        if entry.day is not None and entry.day < earliest:
            continue
        walls = list(_walls(entry))
        for minute in numbers:
            for instant in entry.instants or () if zoned else ():
                yield instant.replace(second=0, microsecond=0) + timedelta(minutes=minute)
                yield instant.replace(second=0, microsecond=0) + timedelta(minutes=minute + 1)
            for wall in walls:
                for zone in context.zones if zoned else ():
                    yield from instants_of(wall + timedelta(minutes=minute), zone)
                if not zoned:
                    yield wall + timedelta(minutes=minute)


def _walls(entry: Entry) -> Iterator[datetime]:
    shown = entry.walls or (((entry.day, entry.minute),) if entry.day is not None and entry.minute is not None else ())
    for day, minute in shown:
        yield datetime.combine(date.fromordinal(day), time()) + timedelta(minutes=minute)

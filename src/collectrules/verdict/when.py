"""The moments at which a rule, or a whole answer, may change.

Between two of these moments nothing that a ruleset can say changes: local midnights (days, ages, weekdays), the clock
times that the rules name, and the edges of the hours that the debtor named.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.law.applicable import AppliedRule
    from collectrules.measures.context import Context

DAYS_AHEAD: Final = 100
"""How far a search for a free moment looks."""

MINUTES_A_DAY: Final = 1440


def clock_times(rules: Iterable[AppliedRule], context: Context) -> tuple[int, ...]:
    """The minutes of a day at which one of these rules may change its mind."""
    times = {0}
    for applied in rules:
        times |= applied.clock_times
    consents = [consent for entry in context.consents if (consent := getattr(entry.fact, "consent", None)) is not None]
    periods = [*(context.debtor.inconvenient or ()), *(context.debtor.convenient or ())]
    periods += [period for consent in consents for period in consent.times or ()]
    periods += [entry.fact for entry in (*context.of("inconvenience_designated"), *context.of("convenience_restored"))]
    times |= {edge for period in periods for edge in (period.from_, period.to) if edge is not None}
    return tuple(sorted(time for time in times if time < MINUTES_A_DAY))


def candidates(context: Context, times: tuple[int, ...]) -> Iterator[date | datetime]:
    """Moments after the action, in order, on the clock in which the action is told; bare days for a bare day."""
    at = context.action.fact.at
    if not isinstance(at, datetime):
        for ahead in range(1, DAYS_AHEAD + 1):
            yield at + timedelta(days=ahead)
        return
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    offsets = _offsets(context, midnight)
    for ahead in range(DAYS_AHEAD + 1):
        day = midnight + timedelta(days=ahead)
        tomorrow = _offsets(context, day + timedelta(days=1))
        either, offsets = {*offsets, *tomorrow}, tomorrow  # clocks may change on this day
        for minute in sorted({(time - offset) % MINUTES_A_DAY for time in times for offset in either}):
            moment = day + timedelta(minutes=minute)
            if moment > at:
                yield moment


def _offsets(context: Context, at: datetime) -> tuple[int, ...]:
    """Minutes by which the clocks where the debtor may be differ from the one the action is told in."""
    if len(context.zones) <= 1 and context.action.instants is None:
        return (0,)
    told = at if at.tzinfo is not None else at.replace(tzinfo=ZoneInfo(_told_in(context) or context.zones[0]))
    found = {0}
    for zone in context.zones:
        there = told.astimezone(ZoneInfo(zone))
        difference = (there.utcoffset() or timedelta()) - (told.utcoffset() or timedelta())
        found.add(int(difference.total_seconds()) // 60)
    return tuple(sorted(found))


def _told_in(context: Context) -> str | None:
    """The zone in which the moment of the action is told, where it has no offset of its own."""
    return context.action.fact.at_tz or context.told_in


def shown(moment: date | datetime, context: Context) -> str:
    """A moment as ISO 8601, with the offset where the zone is known."""
    zone = _told_in(context)
    if isinstance(moment, datetime) and moment.tzinfo is None and zone is not None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()

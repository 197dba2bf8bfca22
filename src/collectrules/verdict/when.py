"""The moments at which a rule, or a whole answer, may change.

Between two of these moments nothing that a ruleset can say changes: local midnights (days, ages, weekdays), the clock
times that the rules name, and the edges of the hours that the debtor named.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from collectrules.ground.dated import MINUTES_A_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.law.timing import Timing
    from collectrules.measures.context import Context

DAYS_AHEAD: Final = 100
"""How far a search for a free moment looks."""


class Breakpoints:
    """The moments of one case at which something with a given timing may change, and none besides."""

    def __init__(self, context: Context) -> None:
        self._context = context
        consents = [consent for entry in context.consents if (consent := entry.stated("consent")) is not None]
        named = [*context.of("inconvenience_designated"), *context.of("convenience_restored")]
        periods = [*(context.debtor.inconvenient or ()), *(context.debtor.convenient or ())]
        periods += [period for consent in consents for period in consent.times or ()]
        periods += [entry.fact for entry in named]
        self.edges = {edge for period in periods for edge in (period.from_, period.to) if edge is not None}
        """The minutes of a day that the debtor named."""
        self.are_times_named = bool(periods)
        self._dates = frozenset(context.dates())

    def after(self, timing: Timing) -> Iterator[date | datetime]:
        """Moments after the action, in order, on the clock in which it is told; bare days for a bare day."""
        at = self._context.action.fact.at
        weekly = timing.weekly or (timing.named_times and self.are_times_named)
        days = timing.days(at.toordinal(), self._dates, weekly=weekly)
        if not isinstance(at, datetime):
            for ahead in range(1, DAYS_AHEAD + 1):
                day = at + timedelta(days=ahead)
                if days is None or day.toordinal() in days:
                    yield day
            return
        minutes = {minute for minute in {0, *timing.minutes, *self.edges} if minute < MINUTES_A_DAY}
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
        for ahead in range(DAYS_AHEAD + 1):
            day = midnight + timedelta(days=ahead)
            if days is None or day.toordinal() in days:
                yield from self._of_day(day, minutes, at)

    def _of_day(self, day: datetime, minutes: set[int], at: datetime) -> Iterator[datetime]:
        offsets = {*_offsets(self._context, day), *_offsets(self._context, day + timedelta(days=1))}
        for minute in sorted({(minute - offset) % MINUTES_A_DAY for minute in minutes for offset in offsets}):
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

"""When a rule, or a whole answer, changes: the moments worth trying, and the first at which a rule is silent.

Between two of these moments nothing that a ruleset can say changes: local midnights (days, ages, weekdays), the clock
times that the rules name, and the edges of the hours that the debtor named.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from collectrules.backends import compiled
from collectrules.conditions import AllOf, AnyOf, Condition, Matcher, Not, measures_of
from collectrules.expressions.syntax import unparse
from collectrules.measures.context import Context
from collectrules.measures.record import Reader, reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.case import Case
    from collectrules.rulebook import Ask

DAYS_AHEAD: Final = 100
"""How far a search for a free moment looks."""

MINUTES_A_DAY: Final = 1440


def clock_times(asks: Iterable[Ask], context: Context) -> tuple[int, ...]:
    """The minutes of a day at which one of these rules may change its mind."""
    times = {0}
    for ask in asks:
        times |= {int(value.value) for value in ask.values.values() if value.kind == "time"}
        times |= set(_named_times(unparse(ask.rule.breach)))
    for period in (*(context.debtor.inconvenient or ()), *(context.debtor.convenient or ())):
        times |= {edge for edge in (period.from_, period.to) if edge is not None}
    for entry in (*context.of("inconvenience_designated"), *context.of("convenience_restored")):
        times |= {edge for edge in (entry.fact.from_, entry.fact.to) if edge is not None}
    return tuple(sorted(time for time in times if time < MINUTES_A_DAY))


@lru_cache(maxsize=1024)
def _named_times(text: str) -> tuple[int, ...]:
    words = text.replace(",", " ").replace("(", " ").replace(")", " ").split()
    return tuple(int(w[:2]) * 60 + int(w[3:]) for w in words if len(w) == 5 and w[2] == ":" and w[:2].isdigit())


def candidates(context: Context, times: tuple[int, ...]) -> Iterator[date | datetime]:
    """Moments after the action, in order, on the clock in which the action is told; bare days for a bare day."""
    at = context.action.fact.at
    if not isinstance(at, datetime):
        for ahead in range(1, DAYS_AHEAD + 1):
            yield at + timedelta(days=ahead)
        return
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    offsets = _offsets(context, at)
    for ahead in range(DAYS_AHEAD + 1):
        day = midnight + timedelta(days=ahead)
        for minute in sorted({(time - offset) % MINUTES_A_DAY for time in times for offset in offsets}):
            moment = day + timedelta(minutes=minute)
            if moment > at:
                yield moment


def _offsets(context: Context, at: datetime) -> tuple[int, ...]:
    """Minutes by which the clocks where the debtor may be differ from the one the action is told in."""
    if len(context.zones) < 2 and context.action.instants is None:
        return (0,)
    told = at if at.tzinfo is not None else at.replace(tzinfo=ZoneInfo(context.told_in or context.zones[0]))
    found = {0}
    for zone in context.zones:
        there = told.astimezone(ZoneInfo(zone))
        difference = (there.utcoffset() or timedelta()) - (told.utcoffset() or timedelta())
        found.add(int(difference.total_seconds()) // 60)
    return tuple(sorted(found))


def free_from(case: Case, ask: Ask, context: Context) -> str | None:
    """The earliest moment after the action from which the rule is silent, all else equal; None where there is none."""
    one = _one_rule(ask)
    for moment in candidates(context, clock_times([ask], context)):
        if one.silent(Context(case, context.channels, moment)):
            return shown(moment, context)
    return None


def shown(moment: date | datetime, context: Context) -> str:
    """A moment as ISO 8601, with the offset where the zone is known."""
    if isinstance(moment, datetime) and moment.tzinfo is None and context.told_in is not None:
        moment = moment.replace(tzinfo=ZoneInfo(context.told_in))
    return moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()


class _OneRule:
    """One rule compiled by itself."""

    def __init__(self, ask: Ask) -> None:
        sources = {source.measure: source for source in ask.sources}
        self._breach: Condition = AllOf((ask.conditions[0], ask.conditions[1], Not(AnyOf(ask.conditions[2:]))))
        self._match: Matcher = compiled.match([self._breach])
        self._reader: Reader = reader([sources[measure] for measure in measures_of([self._breach])])

    def silent(self, context: Context) -> bool:
        record: dict[str, Any] = {}
        for name, read in zip(self._reader.names, self._reader.settled, strict=True):
            record[name] = read(context)
        truth = self._match(record)[0]
        return truth is False


_rules: dict[int, tuple[Ask, _OneRule]] = {}


def _one_rule(ask: Ask) -> _OneRule:
    found = _rules.get(id(ask))
    if found is None or found[0] is not ask:
        found = _rules[id(ask)] = (ask, _OneRule(ask))
    return found[1]

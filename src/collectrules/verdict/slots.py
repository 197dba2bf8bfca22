"""When an act is lawful: every span of time from one moment to another, each with its decision and the law behind it.

The act is asked about at the moments at which its answer may change (`moments`), and at no other. At each only the
measures that may have changed are read; where all of them are as they were once before, as far as conditions can tell,
the answer is that of then. The law is that of each day, and so is what is computed of the facts for it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from collectrules.ground.dated import WEEKDAYS
from collectrules.law.strength import RANK, Strength
from collectrules.measures.record import Record
from collectrules.verdict.exploring import timeline_of
from collectrules.verdict.judgement import breach
from collectrules.verdict.moments import Break, breaks, instant
from collectrules.verdict.when import Breakpoints

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator
    from datetime import datetime

    from collectrules.case.objects import Case
    from collectrules.law.applicable import ApplicableLaw
    from collectrules.law.strength import Decision
    from collectrules.law.timing import Timed, Timing
    from collectrules.measures.context import Context
    from collectrules.verdict.judgement import Judgement, Outcome


_NOT_READ: Final = object()


@dataclass(frozen=True, slots=True)
class Ground:
    """Why an act is no allow in a span: a rule that speaks, or law that was not read (then without a citation)."""

    rule: str
    citation: str
    sentence: str
    strength: str
    decision: Decision
    source: str = ""
    undecided: bool = False
    """Whether the rule is breached is not known."""


class Answered(NamedTuple):
    """The decision at a moment, and every ground for it, the heaviest first."""

    decision: Decision
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A span of time, from its first minute up to `end`, in which the answer is one and the same."""

    begin: datetime
    end: datetime
    decision: Decision
    grounds: tuple[Ground, ...]


class Search:
    """One act asked about at later moments.

    `law_for` gives the law of a context, `case_on` the case as it is asked about on a day (proleptic ordinal; None: one
    that differs between the zones).
    """

    def __init__(
        self, judgement: Judgement, law_for: Callable[[Context], ApplicableLaw], case_on: Callable[[int | None], Case]
    ) -> None:
        self.judgement = judgement
        """Of the act at the moment from which on it is asked about."""
        self._law_for = law_for
        self._case_on = case_on
        self._watched: dict[tuple[int, int], _Watched] = {}

    def slots(self, first: datetime, last: datetime) -> Iterator[Slot]:
        """The spans from the first moment up to the last, each told on the clock of the first. Both are whole minutes.

        Nothing of the history is later than the first moment.
        """
        zone = first.tzinfo
        begin, end = instant(first), instant(last)
        since, before = begin, None
        for at, answered in self._answers(begin, end):
            if before is not None and answered != before:
                yield _slot(since, at, before, zone)
                since = at
            before = answered
        if before is not None:
            yield _slot(since, end, before, zone)

    def next_lawful(self, first: datetime, last: datetime) -> datetime | None:
        """The first moment at which the act is allowed, on the clock of the first; None: none before the last."""
        if not self._may_be_lifted(last):
            return None
        zone = first.tzinfo
        begin, end = instant(first), instant(last)
        found = next((at for at, answered in self._answers(begin, end) if answered.decision == "allow"), None)
        return found if found is None or zone is None else found.astimezone(zone)

    def at(self, moment: datetime) -> Judgement:
        """The judgement of the act at one moment."""
        context = self.judgement.context.moved(moment)
        watched = self._of_day(context)
        return watched.judgement.again(watched.placed(moment), watched.judgement.on_time)

    def _may_be_lifted(self, last: datetime) -> bool:
        """May the act be an allow at some moment up to the last?"""
        judgement = self.judgement
        if judgement.decision == "allow":
            return True
        if self._case_on(last.toordinal() + 1) is not judgement.context.case:
            return True
        return timeline_of(judgement, self._law_for).may_be_lifted

    def _answers(self, first: datetime, last: datetime) -> Iterator[tuple[datetime, Answered]]:
        watched: _Watched | None = None
        context = self.judgement.context
        for each in breaks(context, self._timing(first, last), first, last):
            before = watched
            if watched is None or each.midnight:
                watched = self._of_day(context.moved(each.at))
            if watched is not before:
                watched.forget()
            yield each.at, watched.known(each) or watched.answer(each)

    def _timing(self, first: datetime, last: datetime) -> Timing:
        """When something may change under any law that holds in the span."""
        context, law = self.judgement.context, self.judgement.law
        begins = [day for day in law.changes if first.toordinal() - 1 <= day <= last.toordinal() + 1]
        laws = [self._law_for(context.moved(date.fromordinal(day))) for day in begins]
        return reduce(or_, [each.timing_of_all for each in (law, *laws)])

    def _of_day(self, context: Context) -> _Watched:
        case, law = self._case_on(context.action.day), self._law_for(context)
        watched = self._watched.get((id(case), id(law)))
        if watched is None:
            judgement = self.judgement
            if case is not judgement.context.case:
                judgement = judgement.under(law, judgement.context.changed(case))
            elif law is not judgement.law:
                judgement = judgement.under(law, judgement.context)
            watched = self._watched[id(case), id(law)] = _Watched(judgement)
        return watched


@dataclass(slots=True)
class _Day:
    """A day that was asked about: what it hangs on but the measures, their values as it begins, and its answers."""

    hangs_on: Hashable
    values: list[dict[str, Any]]
    answers: dict[frozenset[int], Answered] | None
    """By the minutes that the clock shows; None of a day on which minutes do not tell the moment."""


class _Watched:
    """The answer to one case under one law as time goes on: its timed measures, each read when it may have changed."""

    def __init__(self, judgement: Judgement) -> None:
        self.judgement = judgement
        law = judgement.law
        self._dates = frozenset(judgement.context.dates())
        self._days_by_timing: dict[Timing, frozenset[int] | None] = {}
        needed = _needed(judgement)
        self._timed = [each for each in law.timed if each.name in needed]
        self._within = [each for each in self._timed if each.timing.within_a_day]
        self._days = [(each, self._days_of(each.timing)) for each in self._timed if not each.timing.within_a_day]
        self._days_within = [self._days_of(timing) for timing in self._timings_within(judgement.context)]
        self._period = len(WEEKDAYS) if any(each.timing.weekly for each in self._within) else 1
        self._many_clocks = len(judgement.context.zones) > 1
        self._days_before: dict[int, _Day] = {}
        self._today = _Day((), [], None)
        self._like: _Day | None = None
        self._modes = [law.if_complete] if judgement.whole else [law.if_complete, law.as_stated]
        self._values: list[dict[str, Any]] = [{} for _ in self._modes]
        self._known: dict[Hashable, Answered] = {}
        self._by_minutes: dict[tuple[frozenset[int], bool], list[Timed]] = {}
        self._day: Hashable = ()
        self._last: Answered | None = None

    def _timings_within(self, context: Context) -> Iterator[Timing]:
        """When, on other days, what may change within a day does; times that the debtor named may do so on any."""
        named = Breakpoints(context).are_times_named
        for timing in {each.timing for each in self._within}:
            yield replace(timing, weekly=False, any_day=timing.any_day or (timing.named_times and named))

    def placed(self, at: datetime) -> Context:
        """The act at another moment."""
        return self.judgement.context.moved(at)

    def forget(self) -> None:
        """What was read is of another span of time: all is read anew."""
        self._values, self._last = [{} for _ in self._modes], None
        self._days_before.clear()
        self._like = None

    def known(self, moment: Break) -> Answered | None:
        """The answer at a moment of a day that is as one before it; None where it must be asked."""
        if self._like is None or moment.midnight or moment.elapsed or moment.odd:
            return None
        found = (self._like.answers or {}).get(moment.minutes)
        if found is not None:
            self._note(moment, found)
        return found

    def answer(self, moment: Break) -> Answered:
        """The answer at a moment, which is later than the one before."""
        judgement, context = self.judgement, self.placed(moment.at)
        changing = self._changing(moment, context)
        changed = moment.midnight and self._begins_another_day(context)
        for number, (reads, values) in enumerate(zip(self._modes, self._values, strict=True)):
            if not changing:
                break
            where = context if number == 0 else context.opened(history_is_whole=judgement.history_is_whole)
            record = Record(reads, where)
            for each in changing:
                value = each.told_apart(record[each.name])
                if value != values.get(each.name, _NOT_READ):
                    values[each.name] = value
                    changed = True
        if changed or self._last is None:
            key = (self._day, *[tuple(values.values()) for values in self._values])
            known = self._known.get(key)
            if known is None:
                known = self._known[key] = answered(judgement.again(context, judgement.on_time))
            self._last = known
        if moment.midnight:
            self._begin_day(context)
        if moment.odd or moment.elapsed or self._many_clocks:
            self._today.answers, self._like = None, None
        self._note(moment, self._last)
        return self._last

    def _note(self, moment: Break, answered: Answered) -> None:
        if self._today.answers is not None:
            self._today.answers[moment.minutes] = answered

    def _begin_day(self, context: Context) -> None:
        """Begin a day, and see whether it is as one before: nothing can tell them apart but the clock."""
        day = _day_of(context) or 0
        today = _Day(self._day, [dict(values) for values in self._values], {})
        before = self._days_before.get(day - self._period)
        span = frozenset(range(day - self._period + 1, day + 1))
        alike = (
            before is not None
            and before.answers is not None
            and (before.hangs_on, before.values) == (today.hangs_on, today.values)
            and all(days is not None and days.isdisjoint(span) for days in self._days_within)
        )
        self._today, self._like = today, (before if alike else None)
        self._days_before[day] = today
        self._days_before.pop(day - len(WEEKDAYS) - 1, None)

    def _changing(self, moment: Break, context: Context) -> list[Timed]:
        """The measures that may have changed since the moment before."""
        if not self._values[0]:
            return self._timed
        if self._like is not None and not moment.midnight:
            return self._within  # what was taken from the day before was not read
        if not moment.midnight:
            key = (moment.minutes, moment.elapsed)
            found = self._by_minutes.get(key)
            if found is None:
                found = self._by_minutes[key] = [each for each in self._within if _may_change(each.timing, moment)]
            return found
        if self._many_clocks:
            return self._timed  # what is unknown while the zones' days differ is known again
        day = _day_of(context)
        return [*self._within, *[each for each, days in self._days if days is None or day is None or day in days]]

    def _days_of(self, timing: Timing) -> frozenset[int] | None:
        """The days on which a measure may change; None: it may be any day."""
        if timing.any_day or timing.weekly:
            return None
        found = self._days_by_timing.get(timing)
        if found is None:
            today = _day_of(self.judgement.context) or 0
            found = self._days_by_timing[timing] = timing.days(today, self._dates, weekly=False)
        return found

    def _begins_another_day(self, context: Context) -> bool:
        """Is something else than measures another one now: what is overdue, or which groups of the record are whole?"""
        again = self.judgement.again(context, self.judgement.on_time)
        before, self._day = self._day, (bisect_left(again.law.shelf_lives, again.due), again.whole_groups)
        return self._day != before


def _may_change(timing: Timing, moment: Break) -> bool:
    """May something with that timing change at a moment that is no midnight?"""
    if moment.elapsed and timing.elapsed:
        return True
    return timing.named_times or not timing.minutes.isdisjoint(moment.minutes)


def _day_of(context: Context) -> int | None:
    """The day of the act where the debtor may be first."""
    action = context.action
    return action.day if action.walls is None else action.walls[0][0]


def _needed(judgement: Judgement) -> frozenset[str]:
    """The measures behind what may turn with time: not those of rules that are silent at every moment."""
    law, timed = judgement.law, judgement.on_time.conditions
    of_rules: set[int] = set()
    turning: set[int] = set()
    without = judgement.without(judgement.on_time) if judgement.whole else None
    for applied in law.rules:
        of_rules |= applied.numbers
        if without is not None:
            silent = breach(applied, without) is False
        else:
            silent = applied.when not in timed and judgement.deciding[applied.when] is False
        if not silent:
            turning |= applied.numbers
    asked = [number for number in timed if number in turning or number not in of_rules]
    # A condition that rules share with what is not a rule is among those of topics, stops and omissions too.
    for topic in law.expected.topics:
        asked += topic.touched
        for cover in topic.covers:
            asked += [cover.bound.whole, cover.bound.when, *cover.bound.unless]
            asked += [] if cover.condition is None else [cover.condition]
    asked += [stop.condition for stop in law.expected.stops]
    for omission in law.omissions:
        asked += [omission.bound.whole, *([] if omission.condition is None else [omission.condition])]
    return frozenset().union(*[law.read_by[number] for number in asked])


def answered(judgement: Judgement) -> Answered:
    """The decision of a judgement, and every ground of it."""
    decision = judgement.decision
    grounds = [_ground(outcome) for outcome in judgement.speaking if outcome.decision != "allow"]
    if decision == "review":
        gaps = (*judgement.law.expected.gaps, *judgement.uncovered.sentences())
        grounds += [Ground(Strength.COVERAGE_GAP.value, "", gap, Strength.COVERAGE_GAP.value, "review") for gap in gaps]
    if judgement.objection:
        fault = Strength.ENGINE_FAULT.value
        grounds.append(Ground(fault, "", judgement.objection, fault, "review"))
    return Answered(decision, tuple(sorted(grounds, key=lambda ground: -RANK[ground.decision])))


def _ground(outcome: Outcome) -> Ground:
    rule = outcome.applied.rule
    told = rule.says or rule.title
    if outcome.breach is None:
        told = f"whether this is breached cannot be known: {rule.title}"
    elif outcome.breach is False:
        told = f"whether this is still the law was due to be looked up: {rule.title}"
    return Ground(
        rule.full_id, rule.citation, told, outcome.strength.value, outcome.decision, rule.source, outcome.breach is None
    )


def _slot(begin: datetime, end: datetime, answered: Answered, zone: Any) -> Slot:
    if zone is not None:
        begin, end = begin.astimezone(zone), end.astimezone(zone)
    return Slot(begin, end, *answered)

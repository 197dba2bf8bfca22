"""One act asked about at later moments: the one search behind `until`, `valid_until`, waiting and `slots`.

The act is asked about at the moments at which its answer may change (`moments`), and at no other. At each only those
measures are read anew that were asked for before and may have changed; where all of them are as they were, as far as
conditions can tell, so is the answer. The law is that of each day, and so is what is computed of the facts for it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final, TypeVar

from msgspec.structs import replace

from collectrules.case.records import lapses
from collectrules.law.timing import Timing
from collectrules.verdict.lapsing import Lapses
from collectrules.verdict.moments import DAYS_AHEAD, Times, begun, breaks, instant, minutes_of, named_periods, shown
from collectrules.verdict.watching import Watched

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from collectrules.case.objects import Case
    from collectrules.law.applicable import ApplicableLaw, AppliedRule
    from collectrules.measures.context import Context
    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.moments import Break, Moment

T = TypeVar("T")

_HORIZON: Final = timedelta(days=DAYS_AHEAD)


class Search:
    """One act asked about at later moments.

    `law_for` gives the law of a context, `case_on` the case as it is asked about on a day (proleptic ordinal; None: one
    that differs between the zones); without it, it is one and the same.
    """

    def __init__(
        self,
        judgement: Judgement,
        law_for: Callable[[Context], ApplicableLaw],
        case_on: Callable[[int | None], Case] | None = None,
    ) -> None:
        self.judgement = judgement
        """Of the act at the moment from which on it is asked about."""
        self._law_for = law_for
        self._case_on = case_on or (lambda _: judgement.context.case)
        self._begun = begun(judgement.context)
        self._lapses = Lapses(judgement)
        self._dates = frozenset(judgement.context.dates())
        self._are_times_named = bool(named_periods(judgement.context))

    # ---- what is asked ------------------------------------------------------------------------------------------

    def until(self, rule: str) -> str | None:
        """ISO 8601: from when on a rule that speaks is silent, named by its full id; None where it speaks on."""
        found = self._silent_from.get(rule)
        return None if found is None else shown(found, self.judgement.context)

    @cached_property
    def _silent_from(self) -> Mapping[str, Moment]:
        """From when on each rule that speaks is silent; one that speaks on is not there."""
        pending = {each.rule.full_id: each for each in self._blocking if self._may_fall_silent(each)}
        timings = {timing for each in pending.values() for timing in self._timings(each)}
        found: dict[str, Moment] = {}

        def silent(later: Judgement) -> list[str]:
            return [rule for rule in pending if _is_silent(later, rule)]

        first = self._begun
        span = (first, first + _HORIZON)
        for at, rules in self._answers(span, silent, timings, pending, beside=first) if pending else ():
            for rule in rules:
                if pending.pop(rule, None) is not None:
                    found[rule] = at
            if not pending:
                break
        return found

    def valid_until(self) -> str:
        """The next moment at which a rule may change its mind, all facts equal; new facts end a verdict at once."""
        judgement, first = self.judgement, self._begun
        turning = frozenset(judgement.law.changes) | lapses(judgement.context.case, judgement.company.records)
        timing = judgement.law.timing | Timing(dates=turning)
        found = self._breaks(first, first + _HORIZON, [timing])
        moment = next((each.at for each in found if each.at != first), first + timedelta(days=1))
        return shown(moment, judgement.context)

    def allowed(self) -> str | None:
        """The first moment after that of the act that may be proposed; None where there is none, or it is allowed."""
        if self.judgement.decision == "allow" or not self._may_be_lifted(self._begun + _HORIZON):
            return None
        silent = self._silent_from
        if any(each.rule.full_id not in silent for each in self._blocking):
            return None
        latest: Any = max(silent.values(), default=self._begun)  # all are of one type
        found = self._first(lambda judgement: judgement.may_be_proposed, latest, self._begun + _HORIZON)
        return None if found is None else shown(found, self.judgement.context)

    def next_lawful(self, first: datetime, last: datetime) -> datetime | None:
        """The first moment at which the act is allowed, on the clock of the first; None: none before the last."""
        if not self._may_be_lifted(last):
            return None
        found = self._first(lambda judgement: judgement.decision == "allow", instant(first), instant(last))
        assert found is None or isinstance(found, datetime)
        return found if found is None or first.tzinfo is None else found.astimezone(first.tzinfo)

    def _first(self, holds: Callable[[Judgement], bool], first: Moment, last: Moment) -> Moment | None:
        """The first moment from the first on at which that holds of the act, up to the last."""
        if first == self._begun and holds(self.judgement):
            return first
        answers = self._answers((first, last), holds, self._any_of(first, last), beside=self._begun)
        return next((at for at, is_so in answers if is_so), None)

    def answers(self, first: Moment, last: Moment, tell: Callable[[Judgement], T]) -> Iterator[tuple[Moment, T]]:
        """What is told of the act at each moment at which it may be another, from the first up to the last.

        Both as `moments.breaks` takes them. Nothing of the history is later than the first moment.
        """
        return self._answers((first, last), tell, self._any_of(first, last))

    def at(self, moment: datetime) -> Judgement:
        """The judgement of the act at one moment."""
        judgement = self._on(self.judgement.context.moved(moment))
        return judgement.again(judgement.context.moved(moment), judgement.on_time)

    # ---- the moments --------------------------------------------------------------------------------------------

    def _answers(
        self,
        span: tuple[Moment, Moment],
        tell: Callable[[Judgement], T],
        timings: Collection[Timing],
        rules: Collection[str] | None = None,
        *,
        beside: Moment | None = None,
    ) -> Iterator[tuple[Moment, T]]:
        """What is told at each moment at which something with one of these timings may change.

        With `rules` it is told of these alone; `beside` is a moment of which it is not. Another case or law is watched
        from the day on from which it is asked about.
        """
        known: dict[tuple[int, int], Watched[T]] = {}
        watched: Watched[T] | None = None
        for each in self._breaks(*span, timings):
            if each.at == beside:
                continue
            if watched is None or each.midnight:
                before, judgement = watched, self._on(self.judgement.context.moved(each.at))
                key = (id(judgement.context.case), id(judgement.law))
                watched = known.get(key)
                if watched is None:
                    watched = Watched(judgement, tell, self._dates, named=self._are_times_named)
                    if rules is not None:
                        watched.only(rules)
                    known[key] = watched
                watched.leapt = watched.leapt or (watched is not before and before is not None)
            yield each.at, watched.at(each)

    def _breaks(self, first: Moment, last: Moment, timings: Iterable[Timing]) -> Iterator[Break]:
        """The moments at which something with one of these timings may change."""
        context, elapsed = self.judgement.context, frozenset[int]()
        times: dict[frozenset[int] | None, frozenset[int]] = {}
        for timing in timings:
            weekly = timing.weekly or (timing.named_times and self._are_times_named)
            days = timing.days(self._begun.toordinal(), self._dates, weekly=weekly)
            times[days] = times.get(days, frozenset()) | minutes_of(context, timing)
            elapsed |= timing.elapsed
        return breaks(context, [Times(minutes, days) for days, minutes in times.items()], elapsed, first, last)

    def _on(self, context: Context) -> Judgement:
        """A judgement of the case and the law of a context's day."""
        judgement = self.judgement
        case, law = self._case_on(context.action.day), self._law_for(context)
        if case is not judgement.context.case:
            return judgement.under(law, judgement.context.changed(case))
        return judgement if law is judgement.law else judgement.under(law, judgement.context)

    def _any_of(self, first: Moment, last: Moment) -> list[Timing]:
        """When anything may change under any law of a span of time: on any day."""
        # A day more on either side is for other clocks.
        laws = (self.judgement.law, *self._laws(first.toordinal() - 1, last.toordinal() + 1))
        return [replace(reduce(or_, [law.timing_of_all for law in laws]), any_day=True)]

    def _timings(self, applied: AppliedRule) -> Iterator[Timing]:
        """When a rule may change its mind, also under the laws ahead, and when these begin."""
        yield applied.in_force.timing
        if self._later_laws:
            yield Timing(dates=frozenset(self.judgement.law.changes))
        for law in self._later_laws:
            number = law.numbers.get(applied.rule.full_id)
            if number is not None:
                yield law.rules[number].in_force.timing

    def _laws(self, first: int, last: int) -> list[ApplicableLaw]:
        """The laws that begin on a day from the first up to and with the last (proleptic ordinals)."""
        days = [day for day in self.judgement.law.changes if first <= day <= last]
        return [self._law_for(self.judgement.context.moved(date.fromordinal(day))) for day in days]

    @cached_property
    def _later_laws(self) -> list[ApplicableLaw]:
        """The laws that begin while a search for a rule's silence looks ahead."""
        today = self._begun.toordinal()  # in UTC: in the evening, west of it, a law of this day is still ahead
        return self._laws(today, today + DAYS_AHEAD)

    # ---- what time cannot lift ----------------------------------------------------------------------------------

    def _may_be_lifted(self, last: Moment) -> bool:
        """May the act be an allow at some moment up to the last? False only where it certainly is not."""
        judgement = self.judgement
        if judgement.decision == "allow" or self._case_on(last.toordinal() + 1) is not judgement.context.case:
            return True
        if judgement.law.expected.gaps or self._gaps_last or judgement.objection:
            return False
        return all(self._may_fall_silent(applied) for applied in self._blocking)

    @cached_property
    def _blocking(self) -> list[AppliedRule]:
        return [outcome.applied for outcome in self.judgement.speaking if outcome.decision != "allow"]

    @property
    def _gaps_last(self) -> bool:
        """Is something not read that waiting cannot mend: a topic that is touched at any time, or a stated fact?"""
        uncovered, on_time = self.judgement.uncovered, self.judgement.on_time.conditions
        if uncovered.facts or uncovered.omissions:
            return True
        lasting = [gap for gap in uncovered.gaps if on_time.isdisjoint(gap.asked.touched)]
        return bool(lasting) and not self._later_laws

    def _may_fall_silent(self, applied: AppliedRule) -> bool:
        return bool(self._later_laws) or self._lapses.may_fall_silent(applied)


def _is_silent(later: Judgement, rule: str) -> bool:
    """Is a rule silent at a later moment, at which it may be another law, or none, that applies?"""
    number = later.law.numbers.get(rule)
    return number is None or later.outcome(number).decision == "allow"

"""One case under one law as time goes on: what was asked for of it, read anew only when it may have changed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from collectrules.case.records import whole_groups
from collectrules.expressions.resolving import MOST_LOOPS
from collectrules.ground.dated import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from collectrules.law.timing import Timed, Timing
    from collectrules.measures.context import Context
    from collectrules.measures.fields import Frame
    from collectrules.measures.record import Record
    from collectrules.verdict.judgement import Decided, Judgement
    from collectrules.verdict.moments import Break
    from collectrules.verdict.reading import Reading

T = TypeVar("T")


class _Followed(Struct, eq=False):
    """A measure that was asked for, in one way of reading."""

    measure: Timed
    mode: int
    days: Sequence[int] | None
    """The days, ascending, on which it may be otherwise than on the day before; None: on any day."""
    value: Any
    """What it is now, as far as conditions can tell it apart."""
    exact: Any
    """A value of which that is so."""
    epoch: Hashable
    began: Any = None
    """The value when the case was asked first, and whether it was asked for then."""
    known: dict[Hashable, tuple[Any, Any]] = field(default_factory=dict)
    """What it is at a minute of a day, by both; days that cannot differ are one."""

    def epoch_of(self, day: int) -> tuple[int, int]:
        """What tells a day from those on which it may be otherwise at the same minute."""
        epoch = day if self.days is None else bisect_right(self.days, day)
        return epoch, day % len(WEEKDAYS) if self.measure.timing.weekly else 0


class Watched(Generic[T]):
    """What is told of one case under one law, at one moment after another."""

    def __init__(
        self, judgement: Judgement, tell: Callable[[Judgement], T], dates: frozenset[int], *, named: bool
    ) -> None:
        self._judgement = judgement
        self._tell = tell
        self._dates = dates
        self._are_times_named = named
        self._many_clocks = len(judgement.context.zones) > 1 or judgement.context.has_later_entries
        """Whether minutes do not tell a moment of a day, and a midnight or an entry may change anything."""
        self._reads = [judgement.law.if_complete, *([] if judgement.whole else [judgement.law.as_stated])]
        self._frame: Frame = [None] * MOST_LOOPS
        self._seen: list[set[str]] = [set() for _ in self._reads]
        self._followed: list[_Followed] = []
        self._by_minutes: dict[tuple[frozenset[int], bool], list[_Followed]] = {}
        self._days: dict[Timing, Sequence[int] | None] = {}
        self._told: dict[Hashable, T] = {}
        self._last: T | None = None
        self._hangs_on: Hashable = None
        """What an answer hangs on but measures: what is overdue, and which groups of the record are whole."""
        self._began_on: Hashable = None
        self._decided: Decided | None = None
        """When the case was asked first."""
        self.leapt = False
        """Whether moments were left out since the last one, so that anything may have changed."""
        self._elapsed = 0
        """How often so many minutes had gone by since an entry."""
        self._names = judgement.on_time.measures

    def only(self, rules: Iterable[str]) -> None:
        """Follow only what these rules read, named by their full ids: of nothing else is anything told."""
        law = self._judgement.law
        numbers = [law.numbers[rule] for rule in rules if rule in law.numbers]
        asked = frozenset().union(*[law.rules[number].numbers for number in numbers])
        self._names &= frozenset().union(*[law.read_by[number] for number in asked])

    def at(self, moment: Break) -> T:
        """What is told at a moment, which is later than the one before."""
        if self._move(moment) or self._last is None:
            key = (self._hangs_on, *[each.value for each in self._followed])
            found = self._told.get(key)
            if found is None:
                found = self._ask(moment)
                self._told[self._hangs_on, *[each.value for each in self._followed]] = found
            self._last = found
        return self._last

    def _move(self, moment: Break) -> bool:
        """Go on to a moment; is anything that was asked for another one then than before?"""
        changed = False
        self._elapsed += moment.elapsed
        if moment.midnight or self._hangs_on is None:
            before, self._hangs_on = self._hangs_on, self._hanging_on(moment)
            changed = before != self._hangs_on
        contexts: list[Context] = []
        for each in self._changing(moment):
            value, exact = self._value(each, moment, contexts)
            if value != each.value:
                each.value, each.exact = value, exact
                changed = True
        return changed

    def _hanging_on(self, moment: Break) -> Hashable:
        judgement = self._judgement
        day: int | None = moment.day
        if len(judgement.context.zones) != 1:
            day = judgement.context.moved(moment.at).action.day
        due = max(judgement.today, day or 0) if judgement.today else 0
        whole = () if judgement.whole else tuple(whole_groups(judgement.context.case, judgement.company.records, day))
        return bisect_left(judgement.law.shelf_lives, due), whole

    def _changing(self, moment: Break) -> list[_Followed]:
        """What may have changed since the moment before."""
        if self.leapt or (self._many_clocks and (moment.midnight or moment.elapsed)):
            self.leapt = False
            return self._followed  # what is unknown while the zones' days differ is known again
        if moment.midnight:
            day = moment.day
            return [
                each for each in self._followed if each.measure.timing.within_a_day or each.epoch != each.epoch_of(day)
            ]
        key = (moment.minutes, moment.elapsed)
        found = self._by_minutes.get(key)
        if found is None:
            found = [each for each in self._followed if _may_change(each.measure.timing, moment)]
            self._by_minutes[key] = found
        return found

    def _value(self, each: _Followed, moment: Break, contexts: list[Context]) -> tuple[Any, Any]:
        """The value of a measure at a moment, as far as conditions can tell it apart, and one of which that is so."""
        if moment.midnight:
            each.epoch = each.epoch_of(moment.day)
        key = (each.epoch, moment.minutes, self._elapsed if each.measure.timing.elapsed else 0)
        lasting = not (self._many_clocks or moment.odd or moment.elapsed)
        found = each.known.get(key) if lasting else None
        if found is None:
            if not contexts:
                now = self._judgement.context.moved(moment.at)
                contexts.append(now)
                if not self._judgement.whole:
                    contexts.append(now.opened(history_is_whole=self._judgement.history_is_whole))
            exact = self._reads[each.mode][each.measure.name](contexts[each.mode], self._frame)
            found = self._judgement.law.told_apart.of(each.measure.name, exact), exact
            if lasting:
                each.known[key] = found
        return found

    def _ask(self, moment: Break) -> T:
        """Ask the case at a moment, and follow from then on what was asked for."""
        judgement = self._judgement.again(self._judgement.context.moved(moment.at), self._judgement.on_time)
        self._take(judgement)
        told = self._tell(judgement)
        first = self._decided is None
        if first:
            self._decided, self._began_on = judgement.decided(), self._hangs_on
        for mode, reading in enumerate(_readings(judgement)):
            self._follow(mode, reading.record, moment.day, began=first)
        return told

    def _take(self, judgement: Judgement) -> None:
        """Take what is as it was when the case was asked first: all that reads nothing that is another one now."""
        for mode, reading in enumerate(_readings(judgement)):
            reading.record.update({each.measure.name: each.exact for each in self._followed if each.mode == mode})
        if self._decided is None:
            return
        asked_by = judgement.law.asked_by
        changed = [asked_by[each.measure.name] for each in self._followed if each.began != (each.value, True)]
        judgement.take(self._decided, frozenset().union(*changed), outcomes=self._hangs_on == self._began_on)

    def _follow(self, mode: int, record: Record, day: int, *, began: bool) -> None:
        """Follow what a record was asked for."""
        seen, law = self._seen[mode], self._judgement.law
        for name in (record.keys() & self._names) - seen:
            seen.add(name)
            measure, exact = law.timed[name], record[name]
            value = law.told_apart.of(name, exact)
            followed = _Followed(measure, mode, self._days_of(measure.timing), value, exact, None, (value, began))
            followed.epoch = followed.epoch_of(day)
            self._followed.append(followed)
            self._by_minutes.clear()

    def _days_of(self, timing: Timing) -> Sequence[int] | None:
        """The days, ascending, on which something may be otherwise, at the same minute, than on the day before."""
        if timing not in self._days:
            any_day = timing.any_day or (timing.named_times and self._are_times_named)
            alike = replace(timing, weekly=False, any_day=any_day)
            today = self._judgement.context.action.day or 0
            days = alike.days(today, self._dates, weekly=False)
            self._days[timing] = None if days is None else sorted(days)
        return self._days[timing]


def _readings(judgement: Judgement) -> tuple[Reading, ...]:
    return (judgement.if_complete,) if judgement.whole else (judgement.if_complete, judgement.stated)


def _may_change(timing: Timing, moment: Break) -> bool:
    """May something with that timing change at a moment that is no midnight?"""
    if moment.elapsed and timing.elapsed:
        return True
    return timing.named_times or not timing.minutes.isdisjoint(moment.minutes)

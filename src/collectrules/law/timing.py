"""What the truth of a rule has to do with time: the clock times, the spans of days and the dates that it asks for.

Between two of the days that follow from these nothing a rule says changes, so that no other day needs to be tried.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakKeyDictionary

from msgspec import Struct

from collectrules.expressions.syntax import Call, Comparison, Expression, Literal, Name, Query
from collectrules.expressions.walking import constants, is_clock, turning, walk
from collectrules.ground.dated import add_months

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collectrules.deciding.conditions import Compare, Measure, Op
    from collectrules.expressions.walking import Constants, Written
    from collectrules.measures.record import Source

_DAYS: Final = frozenset({"add_days", "plus"})
_MONTHS: Final = {"add_months": 1, "add_years": 12}
_MINUTES: Final = "minutes_between"
_SPANS: Final = frozenset({"days_between", _MINUTES})


class Timing(Struct, frozen=True):
    """When the truth of something may change, other than by its facts."""

    minutes: frozenset[int] = frozenset()
    """Minutes of a day."""
    spans: frozenset[int] = frozenset()
    """Days between a date of the case and the day of the act."""
    months: frozenset[int] = frozenset()
    """The same in months."""
    dates: frozenset[int] = frozenset()
    """Days, as proleptic ordinals."""
    weekly: bool = False
    """Whether it asks for the day of the week."""
    named_times: bool = False
    """Whether it asks for times that the debtor named."""
    any_day: bool = False
    """Whether it may change on any day: by holidays, or by a function of which that is not known."""
    elapsed: frozenset[int] = frozenset()
    """Minutes between an entry of the history and the act."""

    @property
    def within_a_day(self) -> bool:
        """May it change at another minute than a midnight?"""
        return bool(self.minutes or self.elapsed or self.named_times)

    def __or__(self, other: Timing) -> Timing:
        return Timing(*[getattr(self, name) | getattr(other, name) for name in self.__struct_fields__])

    def days(self, today: int, dates: Iterable[int], *, weekly: bool) -> frozenset[int] | None:
        """The days from which on it may be otherwise than before, given the dates of a case; None: it may be any day.

        `today` is the day of the act; `weekly` tells that the days of a week differ. Between two changes all days are
        alike, or all weeks: then one whole day is tried, or one whole week. A day more on either side is among them: a
        comparison may hold on a day or only after it, and clocks elsewhere are a day ahead.
        """
        if self.any_day:
            return None
        changes = {today, *self.dates}
        for date in dates:
            changes.add(date)
            for span in self.spans:
                changes.update((date - span, date + span))
            changes.update(add_months(date, months) for months in self.months)
        return frozenset(day + more for day in changes for more in range(-1, 10 if weekly else 3))


def timing_of(sources: Iterable[Source], comparisons: Iterable[Compare]) -> Timing:
    """The timing of measures, their definitions included, and of what they are compared with."""
    timed = {source.measure: source for source in sources if source.reads_clock()}
    compared = [
        _compared(timed[compare.measure], compare.op, compare.constant)
        for compare in comparisons
        if compare.measure in timed and type(compare.constant) is int
    ]
    return reduce(or_, [*map(_own, timed.values()), *compared], Timing())


class _Parts(NamedTuple):
    """What parts of expressions have to do with time."""

    constants: Constants
    months: frozenset[int]
    weekly: bool
    follows_from_a_fact: bool
    """Does a day follow from a number that the case states, or by more than one step from one of its dates?"""


_known: WeakKeyDictionary[Written, _Parts] = WeakKeyDictionary()
"""Many measures use one definition: without this a first check takes a tenth longer."""


def _own(source: Source) -> Timing:
    """The timing of a measure and of the definitions that it uses."""
    written = [_parts_of(each) for each in source.written()]
    named = reduce(or_, [each.constants for each in written])
    changes = {function.changes for function in source.functions()}
    return Timing(
        minutes=named.minutes,
        spans=named.numbers,
        months=frozenset().union(*[each.months for each in written]),
        dates=named.dates,
        weekly=any(each.weekly for each in written),
        named_times="named times" in changes,
        any_day="any day" in changes or any(each.follows_from_a_fact for each in written),
        elapsed=named.elapsed,
    )


def _parts_of(written: Written) -> _Parts:
    found = _known.get(written)
    if found is None:
        parts = written.parts
        weekly, follows = any(map(_is_weekday, parts)), any(map(_follows_from_a_fact, parts))
        found = _known[written] = _Parts(constants(parts), _months(parts), weekly, follows)
    return found


class Timed(NamedTuple):
    """A measure whose value may change with the moment of the act."""

    name: str
    timing: Timing


def timed(sources: Iterable[Source], comparisons: Iterable[Compare]) -> tuple[Timed, ...]:
    """Those of the measures that hang on the moment, each with when it may change."""
    compares: dict[Measure, list[Compare]] = {}
    for compare in comparisons:
        compares.setdefault(compare.measure, []).append(compare)
    return tuple(
        [
            Timed(source.measure.name, timing_of([source], compares.get(source.measure, [])))
            for source in sources
            if source.reads_clock()
        ]
    )


def _compared(source: Source, op: Op, constant: int) -> Timing:
    if source.kind.name == "date":
        return Timing(dates=frozenset({constant}))
    if is_clock(source.expression):
        return Timing(minutes=turning(op.value, constant))
    if source.kind.name == "time":
        return Timing(minutes=frozenset({constant, constant + 1}))
    if isinstance(source.expression, Call) and source.expression.function == _MINUTES:
        return Timing(spans=frozenset({constant}), elapsed=frozenset({constant, constant + 1}))
    return Timing(spans=frozenset({constant}))


def _is_weekday(part: Expression) -> bool:
    match part:
        case Name(parts):
            return parts[-1] == "weekday"
        case Query(fields=fields):
            return fields[-1:] == ("weekday",)
    return False


def _follows_from_a_fact(part: Expression) -> bool:
    match part:
        case Call(name, arguments) if name in _DAYS or name in _MONTHS:
            return not _plain_arithmetic(arguments)
        case Comparison(_, left, right):
            return _is_span(left) and not isinstance(right, Literal) and not _is_span(right)
    return False


def _months(parts: Iterable[Expression]) -> frozenset[int]:
    return frozenset(
        int(number.value) * _MONTHS[part.function]
        for part in parts
        if isinstance(part, Call) and part.function in _MONTHS
        for number in part.arguments
        if isinstance(number, Literal)
    )


def _plain_arithmetic(arguments: tuple[Expression, ...]) -> bool:
    """Is a number that stands in the rule added to one date of the case?"""
    date, number = arguments
    inner = [
        part for part in walk(date) if isinstance(part, Call) and (part.function in _DAYS or part.function in _MONTHS)
    ]
    return isinstance(number, Literal) and not inner


def _is_span(expression: Expression) -> bool:
    match expression:
        case Name(parts):
            return parts[-1] == "age"
        case Query(fields=fields):
            return fields[-1:] == ("age",)
        case Call(name):
            return name in _SPANS
    return False

"""What the truth of a rule has to do with time: the clock times, the spans of days and the dates that it asks for.

Between two of the days that follow from these nothing a rule says changes, so that no other day needs to be tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from collectrules.expressions.syntax import Call, Comparison, Expression, Literal, Name, Query
from collectrules.expressions.walking import constants, walk, walk_all
from collectrules.ground.dated import add_months

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.expressions.functions import MeasureFunction
    from collectrules.measures.record import Source

_DAYS: Final = frozenset({"add_days", "plus"})
_MONTHS: Final = {"add_months": 1, "add_years": 12}
_SPANS: Final = frozenset({"days_between", "minutes_between"})


@dataclass(frozen=True, slots=True)
class Timing:
    """When the truth of something may change, other than by its facts."""

    minutes: frozenset[int] = frozenset()
    """Minutes of a day."""
    spans: frozenset[int] = frozenset()
    """Days between a date of the case and the day of the act."""
    months: frozenset[int] = frozenset()
    """The same in months."""
    dates: frozenset[int] = frozenset()
    """Days, as proleptic ordinals."""
    any_day: bool = False
    """Whether it may change on any day: by weekdays, holidays, or a function of which that is not known."""

    def __or__(self, other: Timing) -> Timing:
        return Timing(
            self.minutes | other.minutes,
            self.spans | other.spans,
            self.months | other.months,
            self.dates | other.dates,
            self.any_day or other.any_day,
        )

    def days(self, dates: Iterable[int]) -> frozenset[int] | None:
        """Every day on which it may change, given the dates of a case; None where that may be any day.

        A day more on either side is among them: a comparison may hold on a day or only after it, and clocks differ.
        """
        if self.any_day:
            return None
        changes = set(self.dates)
        for date in dates:
            changes.add(date)
            for span in self.spans:
                changes.update((date - span, date + span))
            changes.update(add_months(date, months) for months in self.months)
        return frozenset(day + more for day in changes for more in (-1, 0, 1, 2))


def timing_of(sources: Iterable[Source]) -> Timing:
    """The timing of measures, their definitions included."""
    timing = Timing()
    for source in sources:
        if source.reads_clock():
            names = source.evaluator.checker.names
            definitions = names.definitions

            def body(name: str, definitions: Mapping[str, object] = definitions) -> Expression | None:
                return getattr(definitions.get(name), "expression", None)

            parts = list(walk_all(source.expression, body))
            named = constants(parts)
            timing |= Timing(
                minutes=named.minutes,
                spans=named.numbers,
                months=_months(parts),
                dates=named.dates,
                any_day=any(_on_any_day(part, names.functions) for part in parts),
            )
    return timing


def _months(parts: Iterable[Expression]) -> frozenset[int]:
    return frozenset(
        int(number.value) * _MONTHS[part.function]
        for part in parts
        if isinstance(part, Call) and part.function in _MONTHS
        for number in part.arguments
        if isinstance(number, Literal)
    )


def _on_any_day(part: Expression, functions: Mapping[str, MeasureFunction]) -> bool:
    match part:
        case Name(parts):
            return parts[-1] == "weekday"
        case Query(fields=fields) if fields[-1:] == ("weekday",):
            return True
        case Call(name, arguments) if name in functions:
            if name in _DAYS or name in _MONTHS:
                return not _plain_arithmetic(arguments)
            return functions[name].any_day
        case Comparison(_, left, right):
            # A span held against another fact than a number or date that stands in the rule.
            return _is_span(left) and not isinstance(right, Literal) and not _is_span(right)
    return False


def _plain_arithmetic(arguments: tuple[Expression, ...]) -> bool:
    """Is a number that stands in the rule added to one date of the case?"""
    date, number = arguments
    inner = [part for part in walk(date) if isinstance(part, Call) and (part.function in _DAYS or part.function in _MONTHS)]
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

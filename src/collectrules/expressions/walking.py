"""What stands inside an expression: its parts, and the constants that it and the definitions it uses name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from collectrules.expressions.syntax import (
    Call,
    Choices,
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Literal,
    Name,
    Negation,
    Query,
    Stated,
    ValueName,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Body = Callable[[str], Expression | None]

_CLOCK: Final = "minute"
"""The field of an entry that holds its clock time."""
_SPAN: Final = "minutes_between"
"""The function whose value is a number of minutes."""


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """The expressions right inside one, as they are written."""
    match expression:
        case Conjunction(parts) | Disjunction(parts):
            return parts
        case Choices(items):
            return items
        case Comparison(_, left, right):
            return left, right
        case Negation(part) | Stated(part):
            return (part,)
        case Call(_, arguments):
            return arguments
        case Query(_, _, of, _, where, term):
            return tuple(part for part in (of, where, term) if part is not None)
        case Literal() | ValueName() | Name():
            return ()


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and everything inside it, each part before what stands inside it."""
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(parts_of(part)))


def value_names(expression: Expression) -> frozenset[str]:
    """The names of the dated values that an expression uses."""
    return frozenset(part.name for part in walk(expression) if isinstance(part, ValueName))


def named_by(part: Expression) -> frozenset[str]:
    """What a part of an expression names by itself: facts, definitions and functions, values, calendars."""
    match part:
        case Name(parts):
            return frozenset(parts)
        case Call(function, _, fields):
            return frozenset({function, *fields})
        case Query(fields=fields):
            return frozenset(fields)
        case ValueName(name):
            return frozenset({name})
        case _:
            return frozenset()


def walk_all(expression: Expression, body: Body) -> Iterator[Expression]:
    """As `walk`, and through each definition that is used, once; `body` gives the expression of a name that is one."""
    seen: set[str] = set()
    waiting = [expression]
    while waiting:
        for part in walk(waiting.pop()):
            yield part
            name = _called(part)
            if name and name not in seen and (inner := body(name)) is not None:
                seen.add(name)
                waiting.append(inner)


def _called(part: Expression) -> str:
    match part:
        case Name((name,)) | Call(name):
            return name
    return ""


@dataclass(frozen=True, slots=True)
class Constants:
    """The constants that expressions name, by what they measure."""

    minutes: frozenset[int] = frozenset()
    """Clock times, as minutes after midnight, and the minutes right behind them where minutes are compared."""
    numbers: frozenset[int] = frozenset()
    """Other whole numbers: days, months and years, and how often something may happen."""
    dates: frozenset[int] = frozenset()
    """Dates, as proleptic ordinals."""
    elapsed: frozenset[int] = frozenset()
    """Minutes with which the time between two entries is compared, and the minutes right behind them."""


def constants(parts: Iterable[Expression]) -> Constants:
    """The constants among the parts of an expression: `constants(walk_all(expression, body))`."""
    minutes: set[int] = set()
    spans: set[int] = set()
    numbers: set[int] = set()
    dates: set[int] = set()
    compares_minutes = False
    placed: set[int] = set()  # by identity: literals whose comparison has said what they measure
    for part in parts:
        match part:
            case Comparison(_, left, right):
                sought = minutes if is_clock(left) else spans if _is_span(left) else None
                for item in right.items if isinstance(right, Choices) else (right,):
                    if sought is not None and isinstance(item, Literal) and item.kind == "int":
                        sought.add(int(item.value))
                        placed.add(id(item))
            case Literal("time", value):
                minutes.add(int(value))
            case Literal("date", value):
                dates.add(int(value))
            case Literal("int", value) if id(part) not in placed:
                numbers.add(int(value))
        compares_minutes = compares_minutes or is_clock(part) or _is_span(part)
    if compares_minutes:
        minutes |= {minute + 1 for minute in minutes}
    elapsed = spans | {span + 1 for span in spans}
    return Constants(frozenset(minutes), frozenset(numbers), frozenset(dates), frozenset(elapsed))


def is_clock(expression: Expression) -> bool:
    """Is it the clock time of an entry?"""
    match expression:
        case Name(parts):
            return parts[-1] == _CLOCK
        case Query(fields=fields) | Call(fields=fields):
            return fields[-1:] == (_CLOCK,)
    return False


def _is_span(expression: Expression) -> bool:
    return isinstance(expression, Call) and expression.function == _SPAN

"""What stands inside an expression: its parts, and the constants that it and the definitions it uses name."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

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
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Body = Callable[[str], Expression | None]

_CLOCK: Final = "minute"
"""The field of an entry that holds its clock time."""
_SPAN: Final = "minutes_between"
"""The function whose value is a number of minutes."""


_PARTS: Final[Mapping[type[Expression], Callable[[Any], tuple[Expression, ...]]]] = {
    **dict.fromkeys((Literal, ValueName, Name), lambda _: ()),
    **dict.fromkeys((Conjunction, Disjunction), lambda whole: whole.parts),
    Negation: lambda negation: (negation.part,),
    Stated: lambda stated: (stated.term,),
    Choices: lambda choices: choices.items,
    Comparison: lambda comparison: (comparison.left, comparison.right),
    Call: lambda call: call.arguments,
    Query: lambda query: tuple([part for part in (query.of, query.where, query.term) if part is not None]),
}
"""By its class, as it is asked of every part of a law at the start of a command."""


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """The expressions right inside one, as they are written."""
    return _PARTS[type(expression)](expression)


def walk(expression: Expression) -> list[Expression]:
    """The expression and everything inside it, each part before what stands inside it."""
    found, waiting = [], [expression]
    while waiting:
        part = waiting.pop()
        found.append(part)
        if inner := parts_of(part):
            waiting.extend(reversed(inner))
    return found


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
    for written in reached(expression, body):
        yield from written.parts


def reached(
    expression: Expression, body: Body, written_out: Callable[[Expression], Written] | None = None
) -> Iterator[Written]:
    """The expression, and each definition that is used, once; `written_out` gives what was walked before."""
    seen: set[str] = set()
    waiting = [expression]
    while waiting:
        written = (written_out or Written)(waiting.pop())
        yield written
        for name in written.called:
            if name not in seen and (inner := body(name)) is not None:
                seen.add(name)
                waiting.append(inner)


class Written:
    """One expression as it is written, walked once: many others may use the definition whose meaning it is."""

    def __init__(self, expression: Expression) -> None:
        self.parts = tuple(walk(expression))
        self.called = tuple(dict.fromkeys(filter(None, map(_called, self.parts))))
        """The names of its parts, some of which may be those of definitions."""
        self.functions = frozenset([part.function for part in self.parts if isinstance(part, Call)])
        """The names of the functions, and of the definitions, that it calls."""
        self.values = tuple(dict.fromkeys([part.name for part in self.parts if isinstance(part, ValueName)]))
        """The names of the dated values that it uses."""

    @cached_property
    def words(self) -> frozenset[str]:
        """The words, names and constants that it names."""
        names = [part.parts[0] for part in self.parts if isinstance(part, Name) and len(part.parts) == 1]
        return frozenset([*names, *[str(part.value) for part in self.parts if isinstance(part, Literal)]])

    @cached_property
    def asks_if_given(self) -> bool:
        """Does it ask whether something is stated?"""
        return any(isinstance(part, Stated) for part in self.parts)


def _called(part: Expression) -> str:
    match part:
        case Name((name,)) | Call(name):
            return name
    return ""


class Constants(Struct, frozen=True):
    """The constants that expressions name, by what they measure."""

    turning: frozenset[int] = frozenset()
    """Minutes after midnight from which on a comparison with a clock time turns."""
    loose: frozenset[int] = frozenset()
    """Clock times of which no comparison says from which minute on they matter."""
    compares_minutes: bool = False
    """Whether minutes are compared with something else than a constant: then loose times may matter a minute later."""
    numbers: frozenset[int] = frozenset()
    """Other whole numbers: days, months and years, and how often something may happen."""
    dates: frozenset[int] = frozenset()
    """Dates, as proleptic ordinals."""
    spans: frozenset[int] = frozenset()
    """Minutes with which the time between two entries is compared."""

    def __or__(self, other: Constants) -> Constants:
        return Constants(*[getattr(self, name) | getattr(other, name) for name in self.__struct_fields__])

    @property
    def minutes(self) -> frozenset[int]:
        """Clock times, as minutes after midnight, and the minutes right behind them where minutes are compared."""
        behind = {minute + 1 for minute in self.loose} if self.compares_minutes else set()
        return self.turning | self.loose | behind

    @property
    def elapsed(self) -> frozenset[int]:
        """Minutes with which the time between two entries is compared, and the minutes right behind them."""
        return self.spans | {span + 1 for span in self.spans}


def constants(parts: Iterable[Expression]) -> Constants:
    """The constants among the parts of an expression as it is written."""
    minutes: set[int] = set()
    spans: set[int] = set()
    numbers: set[int] = set()
    dates: set[int] = set()
    loose: set[int] = set()
    compares_minutes = False
    placed: Counter[int] = Counter()  # by identity: of what it is known when it matters
    for part in parts:
        match part:
            case Comparison(operator, left, right):
                items = right.items if isinstance(right, Choices) else (right,)
                for item in items:
                    if isinstance(item, Literal) and item.kind in ("int", "time") and is_clock(left):
                        minutes |= turning(operator, int(item.value))
                    elif isinstance(item, Literal) and item.kind == "int" and _is_span(left):
                        spans.add(int(item.value))
                    else:
                        continue
                    placed[id(item)] += 1
                if all(isinstance(item, Literal) for item in items):
                    placed[id(left)] += 1
            case Stated(given):
                placed[id(given)] += 1
            case Literal() if placed[id(part)]:
                placed[id(part)] -= 1  # a value that is put in is one object, wherever it stands
            case Literal("time", value):
                loose.add(int(value))
            case Literal("date", value):
                dates.add(int(value))
            case Literal("int", value):
                numbers.add(int(value))
        if is_clock(part) or _is_span(part):
            if placed[id(part)]:
                placed[id(part)] -= 1
            else:
                compares_minutes = True
    sets = [frozenset(each) for each in (minutes, loose, numbers, dates, spans)]
    return Constants(sets[0], sets[1], compares_minutes, *sets[2:])


def turning(operator: str, minute: int) -> frozenset[int]:
    """The minutes from which on a comparison with a clock time turns, as time goes on: with `<` that very minute."""
    if operator in ("<", ">="):
        return frozenset({minute})
    if operator in ("<=", ">"):
        return frozenset({minute + 1})
    return frozenset({minute, minute + 1})


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

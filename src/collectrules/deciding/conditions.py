"""Conditions: what a rule asks of a flat record, as a small frozen tree in strong Kleene logic.

A record maps the name of each measure to its value; `None`, or no entry at all, is *unknown*. A condition over a
record is true, false or unknown (`True`, `False`, `None`): unknown is a value of the logic, never a kind of false.
One tree feeds every backend; nothing in it knows which.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal, Protocol, TypeVar

type_of_value = Literal["bool", "int", "text"]
"""The three types a record may hold. Days are proleptic ordinals, money is ten-thousandths of a unit: both `int`."""

_T = TypeVar("_T")
Value = bool | int | str
Truth = bool | None
Record = Mapping[str, "Value | None"]
Matcher = Callable[[Record], tuple[Truth, ...]]
"""What a backend makes of a sequence of conditions: record in, one truth for each condition out, in order."""

UNKNOWN: Final[None] = None


class Op(StrEnum):
    """How a measure is compared with a constant. Text knows `==` and `!=` only, and so do truth values."""

    EQ = "=="
    NE = "!="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="

    @property
    def negated(self) -> Op:
        """The comparison that holds, on a known value, exactly where this one does not."""
        return _NEGATED[self]


_NEGATED = {Op.EQ: Op.NE, Op.NE: Op.EQ, Op.LT: Op.GE, Op.GE: Op.LT, Op.GT: Op.LE, Op.LE: Op.GT}


@dataclass(frozen=True, slots=True)
class Measure:
    """Something a record holds a value for, named by the text that a ruleset writes for it."""

    name: str
    type: type_of_value


@dataclass(frozen=True, slots=True)
class Compare:
    """A measure compared with a constant of the measure's own type; unknown where the measure is unknown."""

    measure: Measure
    op: Op
    constant: Value

    def __post_init__(self) -> None:
        fits = {"bool": bool, "int": int, "text": str}[self.measure.type]
        if type(self.constant) is not fits:
            raise TypeError(f"{self.measure.name} is {self.measure.type}; {self.constant!r} is not")
        if self.measure.type != "int" and self.op not in (Op.EQ, Op.NE):
            raise TypeError(f"{self.measure.name} is {self.measure.type}: compare it with == or !=, not {self.op}")


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when every part is; of no parts, true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when some part is; of no parts, false."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when the part is false, unknown when it is unknown."""

    part: Condition


Condition = Compare | AllOf | AnyOf | Not

_COMPARED: Final[Mapping[Op, Callable[[Any, Any], bool]]] = {
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
}


def truth_of(compare: Compare, value: Value | None) -> Truth:
    """The truth of a comparison for a value of its measure; a value of another type is unknown."""
    if type(value) is not type(compare.constant):
        return None
    return _COMPARED[compare.op](value, compare.constant)


ALWAYS: Final = AllOf(())
NEVER: Final = AnyOf(())


class Backend(Protocol):
    """One way to decide conditions. Every backend must agree with every other on every record."""

    def match(self, conditions: Sequence[Condition]) -> Matcher:
        """Compile once; the matcher is then called for each record."""
        ...


def negate(condition: Condition) -> Condition:
    """The condition that is true where this one is false, with the negation pushed down to the leaves."""
    match condition:
        case Compare(measure, op, constant):
            return Compare(measure, op.negated, constant)
        case AllOf(parts):
            return AnyOf(tuple(negate(part) for part in parts))
        case AnyOf(parts):
            return AllOf(tuple(negate(part) for part in parts))
        case Not(part):
            return normal(part)


def normal(condition: Condition) -> Condition:
    """The same condition without `Not`: negations pushed down to the leaves."""
    match condition:
        case Compare():
            return condition
        case AllOf(parts):
            return AllOf(tuple(normal(part) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(normal(part) for part in parts))
        case Not(part):
            return negate(part)


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The conditions right inside one; none inside a comparison."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return parts
        case Not(part):
            return (part,)
        case Compare():
            return ()


def fold(root: Condition, made_of: Callable[[Condition, list[_T]], _T], known: dict[int, _T]) -> _T:
    """What is made of a tree, each part once and before what it stands in: `made_of(part, what was made of its parts)`.

    `known` holds what was made of each part, by its identity. Walks with a stack of its own: a tree may be deeper than
    Python's.
    """
    waiting = [root]
    while waiting:
        condition = waiting[-1]
        parts = parts_of(condition)
        missing = [part for part in parts if id(part) not in known]
        if missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        known[id(condition)] = made_of(condition, [known[id(part)] for part in parts])
    return known[id(root)]


def leaves(condition: Condition) -> Iterator[Compare]:
    """Every comparison in the tree, left to right, repeats included."""
    match condition:
        case Compare():
            yield condition
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)


def measures_of(conditions: Iterable[Condition]) -> tuple[Measure, ...]:
    """The distinct measures that the conditions read, in the order they first appear."""
    return tuple(dict.fromkeys(leaf.measure for condition in conditions for leaf in leaves(condition)))


def both(truths: Iterable[Truth]) -> Truth:
    """Kleene conjunction: false beats unknown beats true."""
    unknown = False
    for truth in truths:
        if truth is False:
            return False
        unknown = unknown or truth is None
    return None if unknown else True


def either(truths: Iterable[Truth]) -> Truth:
    """Kleene disjunction: true beats unknown beats false."""
    unknown = False
    for truth in truths:
        if truth is True:
            return True
        unknown = unknown or truth is None
    return None if unknown else False


def opposite(truth: Truth) -> Truth:
    """Kleene negation."""
    return None if truth is None else not truth

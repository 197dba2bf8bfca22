"""Conditions: what a rule asks of a flat record, as a small frozen tree in strong Kleene logic.

A record maps the name of each measure to its value; `None`, or no entry at all, is *unknown*. A condition over a
record is true, false or unknown (`True`, `False`, `None`): unknown is a value of the logic, never a kind of false.
One tree feeds both deciders; nothing in it knows which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final, Literal, TypeVar

from msgspec import Struct

from collectrules.ground.errors import CollectrulesError

type_of_value = Literal["bool", "int", "text"]
"""The three types a record may hold. Days are proleptic ordinals, money is ten-thousandths of a unit: both `int`."""
PYTHON: Final[Mapping[str, type]] = {"bool": bool, "int": int, "text": str}

_T = TypeVar("_T")
Value = bool | int | str
Truth = bool | None
Record = Mapping[str, "Value | None"]
Matcher = Callable[[Record], tuple[Truth, ...]]
"""What a decider makes of a sequence of conditions: record in, one truth for each condition out, in order."""


class Unsupported(CollectrulesError):
    """A condition that a decider cannot be trusted with: too deep, too large, or beyond durable-rules."""


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


class Measure(Struct, frozen=True):
    """Something a record holds a value for, named by the text that a ruleset writes for it."""

    name: str
    type: type_of_value


class Compare(Struct, frozen=True):
    """A measure compared with a constant of the measure's own type; unknown where the measure is unknown."""

    measure: Measure
    op: Op
    constant: Value

    def __post_init__(self) -> None:
        if type(self.constant) is not PYTHON[self.measure.type]:
            raise TypeError(f"{self.measure.name} is {self.measure.type}; {self.constant!r} is not")
        if self.measure.type != "int" and self.op not in (Op.EQ, Op.NE):
            raise TypeError(f"{self.measure.name} is {self.measure.type}: compare it with == or !=, not {self.op}")


class AllOf(Struct, frozen=True):
    """True when every part is; of no parts, true."""

    parts: tuple[Condition, ...]


class AnyOf(Struct, frozen=True):
    """True when some part is; of no parts, false."""

    parts: tuple[Condition, ...]


class Not(Struct, frozen=True):
    """True when the part is false, unknown when it is unknown."""

    part: Condition


Condition = Compare | AllOf | AnyOf | Not

ALWAYS: Final = AllOf(())
NEVER: Final = AnyOf(())


def one_of(condition: Condition) -> tuple[Measure, frozenset[Value], bool] | None:
    """A measure, some constants, and whether it is one of them (True) or none (False), where that is all it says.

    `x in [a, b]` is several comparisons, and to a decider one test.
    """
    if not isinstance(condition, AllOf | AnyOf) or len(condition.parts) < 2:  # noqa: PLR2004
        return None
    op = Op.EQ if isinstance(condition, AnyOf) else Op.NE
    compared = [part for part in condition.parts if isinstance(part, Compare) and part.op is op]
    if len(compared) < len(condition.parts) or len({part.measure for part in compared}) > 1:
        return None
    return compared[0].measure, frozenset(part.constant for part in compared), op is Op.EQ


def measure_of(condition: Condition) -> Measure | None:
    """The measure of a condition that is one test: a comparison, or `one_of`."""
    if isinstance(condition, Compare):
        return condition.measure
    chosen = one_of(condition)
    return None if chosen is None else chosen[0]


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The conditions right inside one; none inside a test."""
    match condition:
        case Not(part):
            return (part,)
        case AllOf(parts) | AnyOf(parts) if one_of(condition) is None:
            return parts
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
            waiting.extend(reversed(missing))
            continue
        waiting.pop()
        known[id(condition)] = made_of(condition, [known[id(part)] for part in parts])
    return known[id(root)]


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

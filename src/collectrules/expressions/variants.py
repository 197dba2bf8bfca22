"""An expression with one thing in it changed: a number, a comparison, or an exclusion left out.

What an example beside a rule must notice is what the law says to the day, the cent and the minute, and whom it leaves
out. So numbers, clock times, dates and amounts become the next one and the one before; comparisons turn round or take
in their edge; and of conditions that must all hold, one that leaves something out (`not`, `!=`, `not in`, `lacks`,
`no(...)`, `is absent`) goes.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from msgspec.structs import replace

from collectrules.expressions.syntax import (
    Comparison,
    Conjunction,
    Expression,
    Negation,
    Node,
    Query,
    Stated,
    unparse,
)
from collectrules.expressions.syntax import Literal as Constant
from collectrules.ground.dated import MINUTES_A_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

ChangeKind = Literal["number", "comparison", "exclusion"]

_OTHER: Final = {
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "==": "!=",
    "!=": "==",
    "in": "not in",
    "not in": "in",
    "has": "lacks",
    "lacks": "has",
}
"""What a comparison becomes: an order takes in its edge or leaves it out, anything else turns round."""
_LEAVES_OUT: Final = frozenset({"!=", "not in", "lacks"})
_AMOUNT: Final = re.compile(r"-?\d+\.\d+")


class Change(NamedTuple):
    """One thing changed: what stood there, what stands there now, and the whole expression with it."""

    kind: ChangeKind
    before: str
    after: str
    expression: Expression


def variants(expression: Expression) -> Iterator[Change]:
    """Every expression that differs from this one in one thing, in the order in which it is read."""
    yield from _own(expression)
    for name in expression.__struct_fields__:
        part = getattr(expression, name)
        if isinstance(part, Node):
            for change in variants(part):  # type: ignore[arg-type]  # a node within an expression is one
                yield change._replace(expression=replace(expression, **{name: change.expression}))
        elif isinstance(part, tuple) and part and isinstance(part[0], Node):
            yield from _of_several(expression, name, part)


def _of_several(expression: Expression, name: str, parts: tuple[Any, ...]) -> Iterator[Change]:
    joined = isinstance(expression, Conjunction)
    for number, part in enumerate(parts):
        before, behind = parts[:number], parts[number + 1 :]
        left_out = joined and leaves_out(part)
        if left_out:
            rest = (*before, *behind)
            whole = rest[0] if len(rest) == 1 else replace(expression, **{name: rest})
            yield Change("exclusion", unparse(part), "", whole)
        for change in variants(part):
            # Of an exclusion that goes, its being turned round shows nothing more.
            if not (left_out and change.before == unparse(part)):
                yield change._replace(expression=replace(expression, **{name: (*before, change.expression, *behind)}))


def leaves_out(condition: Expression) -> bool:
    """Does a condition say what must not be so?"""
    match condition:
        case Negation():
            return True
        case Comparison(operator):
            return operator in _LEAVES_OUT
        case Query(kind):
            return kind == "no"
        case Stated(given=given):
            return not given
    return False


def _own(expression: Expression) -> Iterator[Change]:
    """The same with the outermost thing changed."""
    match expression:
        case Constant():
            for other in neighbours(expression):
                yield _change("number", expression, other)
        case Comparison(operator) if operator in _OTHER:
            yield _change("comparison", expression, replace(expression, operator=_OTHER[operator]))
        case Stated(given=given):
            yield _change("comparison", expression, replace(expression, given=not given))
        case Negation(part):
            yield _change("comparison", expression, part)
        case Query(kind="any" | "no" as kind):
            yield _change("comparison", expression, replace(expression, kind="no" if kind == "any" else "any"))


def _change(kind: ChangeKind, before: Expression, after: Expression) -> Change:
    return Change(kind, unparse(before), unparse(after), after)


def neighbours(constant: Constant) -> tuple[Constant, ...]:
    """The number, day, minute or cent before a constant, and the one after; none of a word or a truth."""
    value = constant.value
    match constant.kind:
        case "int":
            others: list[int | str] = [int(value) - 1, int(value) + 1] if int(value) else [1]
        case "date":
            others = [int(value) - 1, int(value) + 1]
        case "time":
            others = [minute for minute in (int(value) - 1, int(value) + 1) if 0 <= minute <= MINUTES_A_DAY]
        case "text" if _AMOUNT.fullmatch(str(value)):
            amount = Decimal(str(value))
            step = Decimal(1).scaleb(int(amount.as_tuple().exponent))
            others = [str(amount - step), str(amount + step)]
        case _:
            others = []
    return tuple(replace(constant, value=other) for other in others)

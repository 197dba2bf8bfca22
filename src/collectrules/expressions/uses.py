"""Which definitions an expression uses, in the order in which a reader comes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.expressions.syntax import (
    Call,
    Choices,
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Name,
    Negation,
    Query,
    Stated,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from collectrules.expressions.syntax import Definition


def definitions_in(expression: Expression, definitions: Mapping[str, Definition]) -> Iterator[str]:
    """The names of the definitions that an expression uses, and that those use, each once, as they are first named."""
    seen: set[str] = set()
    waiting = [expression]
    while waiting:
        for part in _in_order(waiting.pop(0)):
            name = part.function if isinstance(part, Call) else part.parts[0] if isinstance(part, Name) else ""
            if name in definitions and name not in seen and not (isinstance(part, Name) and len(part.parts) > 1):
                seen.add(name)
                waiting.append(definitions[name].expression)
                yield name


def _in_order(expression: Expression) -> Iterator[Expression]:
    """Every part of an expression, as it is read."""
    yield expression
    inner: Sequence[Expression | None]
    match expression:
        case Conjunction(parts) | Disjunction(parts) | Choices(parts) | Call(_, parts):
            inner = parts
        case Comparison(_, left, right):
            inner = [left] if isinstance(right, Choices) or _is_word(right) else [left, right]
        case Negation(part) | Stated(part):
            inner = [part]
        case Query():
            inner = [expression.where, expression.term]
        case _:
            inner = []
    for each in inner:
        if each is not None:
            yield from _in_order(each)


def _is_word(expression: Expression) -> bool:
    return isinstance(expression, Name) and len(expression.parts) == 1

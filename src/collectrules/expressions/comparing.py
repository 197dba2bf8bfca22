"""What may be compared with what, and by which words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from collectrules.expressions.checked import (
    Compared,
    Constant,
    Entry,
    Holds,
    HoldsValue,
    OneOf,
    Order,
    Overlap,
    Term,
)
from collectrules.expressions.syntax import (
    Call,
    Choices,
    Comparison,
    Expression,
    Literal,
    Name,
    SyntaxProblem,
    unparse,
)
from collectrules.expressions.types import ORDERED, TEXTUAL, Kind, article, comparable
from collectrules.ground.errors import meant
from collectrules.ground.money import UNITS_OF_RECORD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from collectrules.expressions.language import Names

_LITERALS: Final[Mapping[str, tuple[str, ...]]] = {
    "int": ("int", "time"),
    "date": ("date",),
    "time": ("time", "int"),
    "bool": ("bool",),
    "text": ("text", "word"),
    "word": ("text", "word"),
    "zone": ("text",),
    "money": ("int", "text"),
}
"""The literals that may stand beside a value of a type."""


def comparison(
    expression: Comparison, names: Names, *, term: Callable[[Expression], Term], entry: Callable[[Expression], Entry]
) -> Term:
    """The meaning of a comparison; `term` and `entry` give that of what stands beside the operator."""
    operator, left, right = expression.operator, expression.left, expression.right
    if operator in ("after", "before"):
        first, second = entry(left), entry(right)
        return Order(first, second) if operator == "after" else Order(second, first)
    value = term(left)
    if operator == "overlaps":
        other = term(right)
        if value.kind.name != "list" or other.kind.name != "list":
            raise SyntaxProblem("`overlaps` stands between two lists", expression.column)
        return Overlap(value, other)
    if operator in ("has", "has any", "lacks", "only"):
        if isinstance(right, Name | Call) and not _is_constant(right):
            return _holds_value(expression, value, term(right))
        return _holds(expression, value, names)
    if value.kind.name == "list" or value.kind.object_type:
        raise SyntaxProblem(
            f"`{unparse(left)}` is no single value", left.column, "use `has`, `lacks`, `only` or `overlaps`"
        )
    if operator in ("in", "not in"):
        assert isinstance(right, Choices)
        constants = tuple([_constant(item, value.kind, names) for item in right.items])
        return OneOf(value, constants, negated=operator == "not in")
    if operator not in ("==", "!=") and value.kind.name not in ORDERED:
        raise SyntaxProblem(f"`{unparse(left)}` has no order", left.column, "compare it with `==`, `!=` or `in`")
    if _is_constant(right):
        constant = _constant(right, value.kind, names)
        if operator in ("==", "!="):
            return OneOf(value, (constant,), negated=operator == "!=")
        return Compared(operator, value, Constant(value.kind, constant))
    other = term(right)
    if not comparable(value.kind, other.kind):
        raise SyntaxProblem(
            f"`{unparse(left)}` and `{unparse(right)}` are not of one type",
            expression.column,
            f"one is {article(value.kind.name)}, the other {article(other.kind.name)}",
        )
    return Compared(operator, value, other)


def _holds(expression: Comparison, value: Term, names: Names) -> Holds:
    if value.kind.name != "list":
        raise SyntaxProblem(
            f"`{unparse(expression.left)}` is no list", expression.left.column, "compare it with `==` or `in`"
        )
    right = expression.right
    items = right.items if isinstance(right, Choices) else (right,)
    word = Kind("word", words=value.kind.words)
    return Holds(expression.operator, value, tuple([str(_constant(item, word, names)) for item in items]))


def _holds_value(expression: Comparison, value: Term, other: Term) -> HoldsValue:
    wanted = "list" if expression.operator == "only" else None
    if value.kind.name != "list" or (other.kind.name != wanted if wanted else other.kind.name not in TEXTUAL):
        raise SyntaxProblem(
            f"`{unparse(expression)}` does not fit",
            expression.column,
            "`has` and `lacks` take a list and one word, `only` takes two lists",
        )
    return HoldsValue(expression.operator, value, other)


def _is_constant(expression: Expression) -> bool:
    return isinstance(expression, Literal) or (isinstance(expression, Name) and len(expression.parts) == 1)


def _constant(expression: Expression, kind: Kind, names: Names) -> Any:
    """The Python constant of a literal on the right of a comparison with something of this type."""
    if isinstance(expression, Name) and len(expression.parts) == 1 and kind.name in TEXTUAL:
        _check_word(expression.parts[0], expression, kind, names)
        return expression.parts[0]
    if isinstance(expression, Literal) and expression.kind in _LITERALS.get(kind.name, ()):
        if kind.name in TEXTUAL:
            _check_word(str(expression.value), expression, kind, names)
        if kind.name == "money":
            return int(Decimal(str(expression.value)) * UNITS_OF_RECORD)
        return expression.value
    raise SyntaxProblem(f"`{unparse(expression)}` cannot be compared with {article(kind.name)}", expression.column)


def _check_word(word: str, expression: Expression, kind: Kind, names: Names) -> None:
    if kind.words is None or word in kind.words:
        return
    takes_channels = kind.words >= frozenset(names.catalogue.channels)
    if not (takes_channels and word in names.channels):
        raise SyntaxProblem(f"`{word}` is no word that stands here", expression.column, meant(word, kind.words))

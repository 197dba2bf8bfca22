"""Dated values, and figures of rules, put into an expression."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.expressions.syntax import Expression, Literal, Name, Node, ValueName
from collectrules.expressions.walking import value_names

if TYPE_CHECKING:
    from collections.abc import Mapping


_LEAVES: Final = (Name, Literal)
"""Most parts of an expression: nothing stands in them."""


def substitute(expression: Expression, values: Mapping[str, Expression]) -> Expression:
    """The expression with each `$name` replaced by its value; a name without a value stays."""
    return _substituted(expression, values) if values and value_names(expression) else expression


def _substituted(part: Any, values: Mapping[str, Expression]) -> Any:
    """A part of the tree with the values in it; the very same object where nothing in it changes."""
    if isinstance(part, ValueName):
        return values.get(part.name, part)
    if isinstance(part, _LEAVES):
        return part
    is_node = isinstance(part, Node)
    before = [getattr(part, name) for name in part.__struct_fields__] if is_node else part
    after = [_substituted(inner, values) if isinstance(inner, Node | tuple) else inner for inner in before]
    if all(new is old for new, old in zip(after, before, strict=True)):
        return part
    return type(part)(*after) if is_node else tuple(after)

"""Dated values put into an expression."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from collectrules.expressions.syntax import Expression, Literal, ValueName

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping


def substitute(expression: Expression, values: Mapping[str, Literal]) -> Expression:
    """The expression with each `$name` replaced by its value; a name without a value stays."""
    return _substituted(expression, values) if values else expression


def _substituted(node: Any, values: Mapping[str, Literal]) -> Any:
    if isinstance(node, ValueName):
        return values.get(node.name, node)
    if isinstance(node, tuple):
        changed = tuple(_substituted(item, values) for item in node)
        return node if all(a is b for a, b in zip(changed, node, strict=True)) else changed
    names = _field_names(node.__class__)
    updates = {}
    for name in names:
        old = getattr(node, name)
        new = _substituted(old, values)
        if new is not old:
            updates[name] = new
    return replace(node, **updates) if updates else node


@cache
def _field_names(node_type: Hashable) -> tuple[str, ...]:
    """The fields that may hold an expression; none where it is no node of the tree."""
    return tuple(field.name for field in fields(node_type) if field.compare) if is_dataclass(node_type) else ()

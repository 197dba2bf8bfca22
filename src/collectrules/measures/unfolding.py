"""A definition that a query asks of its item and of something outside, written out into the query's own conditions.

So `any(dispute_received as d where open_dispute(d, b))` is taken apart (`nested`) as if the law had no name for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from collectrules.expressions.checked import (
    Argument,
    Collection,
    Junction,
    Owner,
    Search,
    Term,
    TheAction,
    Use,
    Variable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from collectrules.expressions.checked import Entry

_PARTS = Term | Owner | Collection | Argument


def unfolded(term: Search, body: Callable[[str], Term]) -> Search:
    """The query with such definitions written out; `body` gives what a definition means."""
    return replace(term, where=tuple([inner for part in term.where for inner in _conditions(part, term.item, body)]))


def _conditions(part: Term, item: Variable, body: Callable[[str], Term]) -> Iterator[Term]:
    """The conditions that a condition consists of, all of which must hold."""
    match part:
        case Use(name, subjects) if _is_of_item_and_outside(subjects, item):
            yield from _conditions(_moved(body(name), subjects, item.slot + 1), item, body)
        case Junction(parts, False):
            for inner in parts:
                yield from _conditions(inner, item, body)
        case _:
            yield part


def _is_of_item_and_outside(subjects: Sequence[Entry], item: Variable) -> bool:
    slots = {subject.slot for subject in subjects if isinstance(subject, Variable)}
    return item.slot in slots and len(slots) > 1


def _moved(value: Any, subjects: Sequence[Entry], free: int) -> Any:
    """A part of a definition's meaning, asked of these subjects, with its own queries at the places from `free` on."""
    if isinstance(value, tuple):
        return tuple([_moved(inner, subjects, free) for inner in value])
    if isinstance(value, Variable):
        if value.slot >= len(subjects):
            return Variable(value.slot - len(subjects) + free, value.object_type, value.is_this)
        subject = subjects[value.slot]
        return subject if isinstance(subject, TheAction) else replace(subject, object_type=value.object_type)
    if not isinstance(value, _PARTS):
        return value
    return replace(value, **{name: _moved(getattr(value, name), subjects, free) for name in value.__struct_fields__})

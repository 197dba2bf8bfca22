"""Changes to the text of a YAML file, in which all that does not change stays as it is written, comments too.

What can be changed so: values, keys that are added to an object, entries that are added to a list. The new text is for
the caller to read again: whether it says what was meant is not asked here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Piece(NamedTuple):
    """The text from one offset to another, and what stands there instead."""

    start: int
    end: int
    text: str


def replaced(text: str, pieces: Iterable[Piece]) -> str:
    """The text with its pieces put in, from the end, so that the offsets before each hold."""
    for piece in sorted(pieces, key=lambda each: each.start)[::-1]:
        text = text[: piece.start] + piece.text + text[piece.end :]
    return text


def entries(node: Any) -> dict[str, Any]:
    """The values of a mapping by their keys; nothing of what is none."""
    return {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


class CannotEdit(ValueError):
    """A change that cannot be made piece by piece."""


def changes(text: str, node: Any, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Piece]:
    """The pieces that make an object, a mapping `node` of the text that says what `was`, say what it says `now`.

    Raises CannotEdit.
    """
    if not isinstance(node, yaml.MappingNode) or was.keys() - now.keys():
        raise CannotEdit
    there = entries(node)
    added = {}
    for key, value in now.items():
        if key in was and was[key] == value:
            continue
        if key in there:
            yield from _changed(text, there[key], was.get(key), value)
        else:
            added[key] = value
    if added:
        yield _added(text, node, [f"{key}: {flow(value)}" for key, value in added.items()])


def _changed(text: str, node: Any, was: Any, now: Any) -> Iterator[Piece]:
    if isinstance(now, Mapping) and isinstance(was, Mapping):
        yield from changes(text, node, was, now)
    elif isinstance(node, yaml.SequenceNode) and _is_longer(was, now):
        if len(node.value) != len(was):
            raise CannotEdit
        for item, before, after in zip(node.value, was, now, strict=False):
            if before != after:
                yield from _changed(text, item, before, after)
        if now[len(was) :]:
            yield _added(text, node, [flow(each) for each in now[len(was) :]])
    elif isinstance(node, yaml.ScalarNode) or node.flow_style:
        yield Piece(node.start_mark.index, node.end_mark.index, flow(now))
    else:
        raise CannotEdit


def _is_longer(was: Any, now: Any) -> bool:
    lists = all(isinstance(each, Sequence) and not isinstance(each, str) for each in (was, now))
    return lists and len(now) >= len(was)


def _added(text: str, node: yaml.CollectionNode, more: list[str]) -> Piece:
    """Keys or entries behind the last of an object or list."""
    last = node.value[-1] if node.value else None
    if isinstance(last, tuple):
        last = last[1]
    if node.flow_style or last is None:
        start = node.start_mark.index + 1 if last is None else _end(text, last)
        return Piece(start, start, ("" if last is None else ", ") + ", ".join(more))
    end = _end(text, last)
    end = text.find("\n", end) if "\n" in text[end:] else len(text)  # behind the comment on its line
    mark = "- " if isinstance(node, yaml.SequenceNode) else ""
    column = node.start_mark.column
    return Piece(end, end, "".join(f"\n{' ' * column}{mark}{each}" for each in more))


def _end(text: str, node: Any) -> int:
    """Where a value ends, without the blanks and comments behind it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    return len(text[: node.end_mark.index].rstrip())


def flow(value: Any) -> str:
    """A value in one line of YAML."""
    listed = yaml.safe_dump([value], default_flow_style=True, sort_keys=False, allow_unicode=True, width=1_000_000)
    return listed.strip()[1:-1]

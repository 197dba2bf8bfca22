"""Plain values: what JSON can hold. Nodes as plain values, and Python values as nodes whose places are paths."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, Literal

from collectrules.ground import money
from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.ground.nodes import DEPTH_LIMIT, Listing, Node, Scalar, Table, half_character, shown

JsonType = Literal["object", "array", "string", "boolean", "integer", "number", "null"]

MOST_DIGITS: Final = 15
"""Digits of the longest number that somebody may mean; JSON readers of other languages keep so many."""

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.0+)?\Z")
_TRUTH: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_NOT_TEXT_START: Final = frozenset({"", *"-0123456789~ntfNTF"})

NO_VALUE: Final = object()
"""A number that is not whole or is too long: no key of a case takes it."""


def type_of(node: Node) -> JsonType:
    """Return the JSON type of a node. Text that only YAML 1.1 takes for something else (`NO`, `21:00`) is a string."""
    if not isinstance(node, Scalar):
        return "object" if isinstance(node, Table) else "array"
    text = node.text
    if node.quoted or text[:1] not in _NOT_TEXT_START:
        return "string"
    if text in _TRUTH:
        return "boolean"
    if text in _NULL:
        return "null"
    if _NUMBER.match(text):
        return "integer" if is_whole(text) else "number"
    return "string"


def is_whole(text: str) -> bool:
    """Whether a text is a whole number, as `3` or `3.0`."""
    return _WHOLE.match(text) is not None


def plain(node: Node) -> Any:
    """Return what a node holds: a dict, list, text, whole number, truth value, None, or `NO_VALUE`."""
    if isinstance(node, Table):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    text = node.text
    if node.quoted or text[:1] not in _NOT_TEXT_START:
        return text
    match type_of(node):
        case "boolean":
            return _TRUTH[text]
        case "null":
            return None
        case "integer" if len(text) <= MOST_DIGITS:
            return int(text.partition(".")[0])
        case "integer" | "number":
            return NO_VALUE
    return text


def written(value: object) -> str | None:
    """Return a day, moment, clock time or amount as a case file has it, or None for what is none of them."""
    if isinstance(value, datetime):
        if value.microsecond:
            return value.isoformat()
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes" if not (value.second or value.microsecond) else "auto")
    if isinstance(value, Decimal) and money.is_amount(value):
        return money.written(value)
    return None


def node_of(value: object, path: str) -> Node:
    """Return a Python value as a node; its places are paths of keys, as `case/debts/0/amount`.

    Raises `InvalidInput` with everything that no case can hold.
    """
    problems: list[Problem] = []
    node = _node(value, path, problems, 0)
    if problems:
        raise InvalidInput(problems)
    return node


def _node(value: object, path: str, problems: list[Problem], depth: int) -> Node:
    place = Place(path)
    if depth > DEPTH_LIMIT:
        problems.append(Problem(place, "CR008", f"nested more than {DEPTH_LIMIT} deep"))
        return Scalar("", quoted=True, place=place)
    if isinstance(value, Mapping):
        return _table(value, path, problems, depth)
    if isinstance(value, list | tuple):
        items = tuple(_node(item, f"{path}/{index}", problems, depth + 1) for index, item in enumerate(value))
        return Listing(items, place)
    if isinstance(value, bool | int | None):
        return Scalar(_written_plainly(value), quoted=False, place=place)
    text = value if isinstance(value, str) else written(value)
    if text is None:
        advice = "write amounts and rates as Decimal or text" if isinstance(value, float) else ""
        problems.append(Problem(place, "CR025", f"a case cannot hold a value of type {type(value).__name__}", advice))
    elif problem := half_character(text, place):
        problems.append(problem)
    return Scalar(str(text or ""), quoted=True, place=place)


def _written_plainly(value: bool | int | None) -> str:  # noqa: FBT001  the value is what is written
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    # `str` refuses a number of thousands of digits; a case takes none of twenty.
    return str(int(value)) if value.bit_length() <= _MOST_BITS else "9" * _MOST_BITS


_MOST_BITS: Final = 64


def _table(mapping: Mapping[Any, object], path: str, problems: list[Problem], depth: int) -> Table:
    entries: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    for key, value in mapping.items():
        if not isinstance(key, str):
            advice = "a bare `on` in YAML is read as true; a day or moment is `at`" if key is True else ""
            message = f"a key must be text, but here is {shown(repr(key))}"
            problems.append(Problem(Place(path), "CR009", message, advice))
            continue
        step = f"{path}/{key.replace('~', '~0').replace('/', '~1')}"
        entries[str(key)] = _node(value, step, problems, depth + 1)
        keys[str(key)] = Place(step)
    return Table(entries, keys, Place(path))

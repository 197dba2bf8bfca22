"""JSON text without places: what the library of Python reads, where it reads just what `source` does."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from collectrules.ground.errors import Place

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NO_TEXT: Final = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key stands twice")
    return table


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_once)


def value(text: str) -> dict[str, Any] | None:
    """Return the keys and values of JSON text; None for text that only `source` can read, or that is wrong.

    Numbers with a point or an exponent are floats, and numbers may be of any length: it is for the reader to refuse
    what is no number of its own.
    """
    if text.lstrip(" \t\r\n")[:1] != "{":
        return None
    if ("\x7f" in text) if text.isascii() else _NO_TEXT.search(text):
        return None
    try:
        table: dict[str, Any] = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None
    return table


def places(text: str, path: str, key: str | None) -> list[Place]:
    """Return where each item of the list under a key begins in JSON text that was read, or where all of it does."""
    start = text.index("{")
    offsets = [start] if key is None else _items(text, start, key)
    found = []
    line, line_start, before = 1, 0, 0
    for offset in offsets:
        for end in re.finditer("\r\n|\n|\r", text[before:offset]):
            line, line_start = line + 1, before + end.end()
        before = offset
        found.append(Place(path, line, offset - line_start + 1))
    return found


def _items(text: str, start: int, key: str) -> list[int]:
    """The offsets of the items of the list under a key; none where there is no such list."""
    at = _skip(text, start + 1)
    while text[at] != "}":
        name, at = _DECODER.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        if name == key and text[at] == "[":
            return _list(text, at)
        at = _behind(text, at)
    return []


def _list(text: str, at: int) -> list[int]:
    offsets = []
    at = _skip(text, at + 1)
    while text[at] != "]":
        offsets.append(at)
        at = _behind(text, at)
    return offsets


def _behind(text: str, at: int) -> int:
    """The offset behind a value and its comma."""
    _, at = _DECODER.raw_decode(text, at)
    at = _skip(text, at)
    return _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at

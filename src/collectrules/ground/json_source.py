"""JSON text with positions: each error at its line and column, as `source` has it for YAML."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import NoReturn

from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.ground.nodes import (
    DEPTH_LIMIT,
    Listing,
    Node,
    Scalar,
    Table,
    half_character,
    key_twice,
    nothing_here,
    shown,
    too_deep,
)

_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r"[-+.\w]+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\Z")


_STRINGS = json.JSONDecoder()


class NotJson(InvalidInput):
    """A syntax error; its problem is in it."""


class Lines:
    """Offsets into a text as line and column."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.starts = [0, *(found.end() for found in re.finditer("\r\n|\n|\r", text))]

    def place(self, offset: int) -> Place:
        """Return the place of an offset."""
        line = bisect_right(self.starts, offset)
        return Place(self.path, line, offset - self.starts[line - 1] + 1)


class _JsonReader:
    """Reads one JSON value with positions."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.lines = Lines(text, path)
        self.problems: list[Problem] = []

    def fail(self, offset: int, why: str, advice: str = "") -> NoReturn:
        """Give up at an offset."""
        if not self.text[offset:].strip():
            advice = "the file ends in the middle; is the rest of it missing?"
        raise NotJson([*self.problems, Problem(self.lines.place(offset), "CR004", f"this is not JSON: {why}", advice)])

    def skip(self, offset: int) -> int:
        """Return the offset behind any white space."""
        found = _SPACE.match(self.text, offset)
        return found.end() if found else offset

    def value(self, offset: int, depth: int) -> tuple[Node, int]:
        """Read the value that begins at an offset; return it and the offset behind it."""
        place = self.lines.place(offset)
        letter = self.text[offset : offset + 1]
        if letter == '"':
            text, end = self.string(offset)
            return Scalar(text, quoted=True, place=place), end
        if letter in {"{", "["} and depth >= DEPTH_LIMIT:
            raise too_deep(place)
        if letter == "{":
            return self.table(offset, place, depth)
        if letter == "[":
            return self.listing(offset, place, depth)
        found = _WORD.match(self.text, offset)
        if not found:
            self.fail(offset, "a value is missing here")
        word = found[0]
        if word not in {"true", "false", "null"} and not _NUMBER.match(word):
            self.fail(offset, f"{shown(word)} is no value", "put text in double quotes")
        return Scalar(word, quoted=False, place=place), found.end()

    def string(self, offset: int) -> tuple[str, int]:
        """Read the text that begins at an offset."""
        try:
            text: str
            text, end = _STRINGS.raw_decode(self.text, offset)
        except json.JSONDecodeError as error:
            unclosed = error.msg.startswith(("Unterminated", "Invalid control character"))
            if unclosed:
                self.fail(offset, "the text that begins here has no closing quote", "is the rest of it missing?")
            self.fail(error.pos, error.msg[:1].lower() + error.msg[1:].removesuffix(" at"))
        if problem := half_character(text, self.lines.place(offset)):
            self.problems.append(problem)
        return text, end

    def listing(self, offset: int, place: Place, depth: int) -> tuple[Node, int]:
        """Read a list."""
        items: list[Node] = []
        offset = self.skip(offset + 1)
        if self.text[offset : offset + 1] == "]":
            return Listing((), place), offset + 1
        while True:
            item, offset = self.value(offset, depth + 1)
            items.append(item)
            offset = self.skip(offset)
            if self.text[offset : offset + 1] == "]":
                return Listing(tuple(items), place), offset + 1
            offset = self.comma(offset, "]")

    def table(self, offset: int, place: Place, depth: int) -> tuple[Node, int]:
        """Read keys with values."""
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        offset = self.skip(offset + 1)
        if self.text[offset : offset + 1] == "}":
            return Table(entries, keys, place), offset + 1
        while True:
            at = self.lines.place(offset)
            if self.text[offset : offset + 1] != '"':
                self.fail(offset, "a key in double quotes is missing here")
            key, offset = self.string(offset)
            offset = self.skip(offset)
            if self.text[offset : offset + 1] != ":":
                self.fail(offset, f"`:` is missing after the key {shown(key)}")
            value, offset = self.value(self.skip(offset + 1), depth + 1)
            if not key:
                self.problems.append(Problem(at, "CR009", "a key is empty", "write a key before the `:`"))
            elif key in entries:
                self.problems.append(key_twice(key, at, keys[key]))
            else:
                entries[key] = value
                keys[key] = at
            offset = self.skip(offset)
            if self.text[offset : offset + 1] == "}":
                return Table(entries, keys, place), offset + 1
            offset = self.comma(offset, "}")

    def comma(self, offset: int, closing: str) -> int:
        """Return the offset of what follows a comma."""
        if self.text[offset : offset + 1] != ",":
            self.fail(offset, f"`,` or `{closing}` is missing here")
        after = self.skip(offset + 1)
        if self.text[after : after + 1] == closing:
            self.fail(offset, f"a comma before the closing `{closing}`", "take the comma out")
        return after


def read_json(text: str, path: str) -> Node:
    """Read one JSON document. Raises `NotJson` for a syntax error, `InvalidInput` for anything else."""
    reader = _JsonReader(text, path)
    start = reader.skip(0)
    if start == len(text):
        raise nothing_here(path)
    root, end = reader.value(start, 0)
    end = reader.skip(end)
    if end < len(text):
        place = reader.lines.place(end)
        if text[end] in "{[":
            problem = Problem(place, "CR005", "a second document begins here", "one file is one document")
            raise InvalidInput([*reader.problems, problem])
        reader.fail(end, "something follows the end")
    if reader.problems:
        raise InvalidInput(reader.problems)
    return root

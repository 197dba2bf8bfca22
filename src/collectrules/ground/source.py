"""The one place where the text of a file becomes a tree of `nodes`: YAML here, JSON by `json_source`.

Whatever is wrong with a file ends in `InvalidInput` with file:line:column, and never in a traceback. Codes:

| code  | wrong |
|-------|-------|
| CR001 | the file cannot be read |
| CR002 | not UTF-8 text |
| CR003 | nothing in it |
| CR004 | syntax error |
| CR005 | more than one document |
| CR006 | a key stands twice |
| CR007 | anchor, alias, merge key or tag |
| CR008 | nested too deep |
| CR009 | a key that is no plain text |
| CR010 | another shape than was asked for: text, a list or keys |
"""

from __future__ import annotations

import os
import re
import sys
from stat import S_ISREG
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from collectrules.ground import limits
from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.ground.json_source import Lines, NotJson, read_json
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
from collectrules.ground.yaml_faults import syntax_problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


_WRITE_OUT: Final = "write each value out in full; a text that begins with `{}` stands in quotes"
STANDARD_INPUT: Final = "<stdin>"
"""What messages call it."""


def read(text: str, path: str) -> Node:
    """Read the text of one YAML or JSON document; `path` names it in messages, and `.json` at its end means JSON.

    Raises `InvalidInput` with every problem found.
    """
    text = text.removeprefix("\N{BYTE ORDER MARK}")
    _refuse_control_characters(text, path)
    if path.endswith(".json"):
        return read_json(text, path)
    if text.lstrip(" \t\r\n")[:1] in ("{", "["):
        # JSON with tabs or surrogate escapes is not YAML; whatever is not JSON gets YAML's own answer below.
        try:
            return read_json(text, path)
        except NotJson:
            pass
    return _read_yaml(text, path)


def read_bytes(raw: bytes, path: str) -> Node:
    """Read the bytes of one YAML or JSON document as UTF-8. Raises `InvalidInput` as `read` does."""
    return read(decode(raw, path), path)


def read_file(path: Path) -> Node:
    """Read a file. Raises `InvalidInput`, also where the file cannot be opened."""
    return read(file_text(path), str(path))


def file_text(path: Path) -> str:
    """Return the text of a file. Raises `InvalidInput` where it cannot be opened or is not UTF-8."""
    try:
        # Without waiting for whoever writes into a pipe; what a pipe or device gives has no end to wait for.
        with open(path, "rb", opener=_at_once) as file:
            if not S_ISREG(os.fstat(file.fileno()).st_mode):
                message = "this is no file but a folder, a pipe or a device"
                raise InvalidInput([Problem(Place(str(path)), "CR001", message, "pipe it in and name it `-`")])
            raw = read_limited(file, str(path))
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InvalidInput([Problem(Place(str(path)), "CR001", f"cannot read this file: {why.lower()}")]) from error
    return decode(raw, str(path))


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def standard_input() -> BinaryIO:
    """Standard input as bytes. Raises `InvalidInput` where it is closed."""
    if sys.stdin is None:
        raise _no_standard_input("it is closed")
    return sys.stdin.buffer


def standard_input_text() -> str:
    """Return the text that stands on standard input. Raises `InvalidInput` as `file_text` does of a file."""
    try:
        raw = read_limited(standard_input(), STANDARD_INPUT)
    except (OSError, ValueError) as error:
        raise _no_standard_input(str(error).lower()) from error
    return decode(raw, STANDARD_INPUT)


def _no_standard_input(why: str) -> InvalidInput:
    return InvalidInput([Problem(Place(STANDARD_INPUT), "CR001", f"cannot read standard input: {why}")])


def read_limited(file: BinaryIO, path: str) -> bytes:
    """Return all that a file or standard input holds. Raises `InvalidInput` where that is more than is taken in."""
    limit = limits.most("bytes")
    raw = file.read(limit + 1)
    if len(raw) > limit:
        message = "this holds more bytes than are taken in"
        raise InvalidInput([Problem(Place(path), "CR001", message, limits.advice("bytes"))])
    return raw


def decode(raw: bytes, path: str) -> str:
    """Return bytes as UTF-8 text. Raises `InvalidInput` with the place of the first byte that is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            place, seen = Place(path, 1, 1), "this is UTF-16 text"
        else:
            before = raw[: error.start]
            line = before[before.rfind(b"\n") + 1 :].decode(errors="replace")
            place = Place(path, before.count(b"\n") + 1, len(line) + 1)
            seen = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        raise InvalidInput([Problem(place, "CR002", seen, "save the file as UTF-8")]) from error


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


def _refuse_control_characters(text: str, path: str) -> None:
    at = _no_text_at(text)
    if at >= 0:
        place = Lines(text, path).place(at)
        message = f"the character U+{ord(text[at]):04X} is not text"
        raise InvalidInput([Problem(place, "CR002", message, "take it out, or save the file as UTF-8 text")])


def _no_text_at(text: str) -> int:
    """Return the offset of the first character that neither YAML nor a terminal takes, or -1."""
    found = _CONTROL.search(text)
    if found:
        return found.start()
    if text.isascii():
        return -1
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return error.start
    return max(text.find("\ufffe"), text.find("\uffff"))


class _Frame:
    """A list or table whose end has not been read yet."""

    __slots__ = ("entries", "items", "key", "keys", "place")

    def __init__(self, place: Place, *, table: bool) -> None:
        self.place = place
        self.items: list[Node] = []
        self.entries: dict[str, Node] | None = {} if table else None
        self.keys: dict[str, Place] = {}
        self.key: Scalar | None = None


def _parser(text: str) -> tuple[Callable[[], Any], type[Exception]]:
    """Return the function that gives the next event of YAML text, and the class of its errors."""
    # PyYAML takes longer to import than everything else together, and JSON does without it.
    import yaml

    loader = yaml.CSafeLoader(text) if yaml.__with_libyaml__ else yaml.SafeLoader(text)
    return loader.get_event, yaml.YAMLError


def _read_yaml(text: str, path: str) -> Node:
    next_event, yaml_error = _parser(text)
    builder = _YamlTree(text, path)
    try:
        while (event := next_event()) is not None:
            builder.take(event)
    except yaml_error as error:
        raise InvalidInput([*builder.problems, syntax_problem(error, text, path)]) from error
    except RecursionError as error:
        raise too_deep(Place(path)) from error
    if builder.problems:
        raise InvalidInput(builder.problems)
    root = builder.root
    if root is None or (isinstance(root, Scalar) and not root.text and not root.quoted):
        raise nothing_here(path)
    return root


class _YamlTree:
    """Builds the tree from the events of the parser, without recursion.

    Events show what composed nodes hide: anchors, aliases and tags.
    """

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.frames: list[_Frame] = []
        self.documents = 0
        self.escapes = "\\u" in text.lower()
        self.most_problems = limits.most("problems")

    def take(self, event: Any) -> None:
        """Take the next event."""
        kind = type(event).__name__
        if len(self.problems) > self.most_problems:
            raise InvalidInput(self.problems)
        if kind == "ScalarEvent":
            mark = event.start_mark
            place = Place(self.path, mark.line + 1, mark.column + 1)
            if event.anchor is not None or event.tag is not None:
                self.refuse_properties(event, place)
            node = Scalar(event.value, bool(event.style), place)
            if self.escapes and (problem := half_character(node.text, place)):
                self.problems.append(problem)
            self.add(node)
        elif kind in {"MappingStartEvent", "SequenceStartEvent"}:
            self.open(event, table=kind == "MappingStartEvent")
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            frame = self.frames.pop()
            if frame.entries is None:
                self.add(Listing(tuple(frame.items), frame.place))
            else:
                self.add(Table(frame.entries, frame.keys, frame.place))
        elif kind == "AliasEvent":
            place = self.place(event)
            self.problems.append(
                Problem(place, "CR007", f"the alias `*{event.anchor}` is not read here", _WRITE_OUT.format("*")),
            )
            self.add(Scalar("", quoted=True, place=place))
        elif kind == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                raise InvalidInput(
                    [
                        *self.problems,
                        Problem(
                            self.place(event),
                            "CR005",
                            "a second document begins here",
                            "one file is one document: take the `---` out, or make two files",
                        ),
                    ],
                )

    def place(self, event: Any) -> Place:
        """Return where an event begins."""
        return Place(self.path, event.start_mark.line + 1, event.start_mark.column + 1)

    def refuse_properties(self, event: Any, place: Place) -> None:
        """Report an anchor or a tag."""
        if event.anchor is not None:
            self.problems.append(
                Problem(place, "CR007", f"the anchor `&{event.anchor}` is not read here", _WRITE_OUT.format("&")),
            )
        if event.tag is not None:
            self.problems.append(
                Problem(place, "CR007", f"the tag {shown(event.tag)} is not read here", "take the tag out"),
            )

    def open(self, event: Any, *, table: bool) -> None:
        """Begin a list or table."""
        place = self.place(event)
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event, place)
        if len(self.frames) >= DEPTH_LIMIT:
            raise too_deep(place)
        top = self.frames[-1] if self.frames else None
        if top is not None and top.entries is not None and top.key is None:
            raise InvalidInput(
                [
                    *self.problems,
                    Problem(
                        place,
                        "CR009",
                        f"a key must be plain text, but here is {'keys with values' if table else 'a list'}",
                        "put quotes around text that begins with `{` or `[`",
                    ),
                ],
            )
        self.frames.append(_Frame(place, table=table))

    def add(self, node: Node) -> None:
        """Put a finished node where it belongs."""
        if not self.frames:
            self.root = node
            return
        frame = self.frames[-1]
        if frame.entries is None:
            frame.items.append(node)
        elif frame.key is None:
            # `open` lets nothing but text through to here.
            key = node.scalar("a key")
            frame.key = key
            if not key.quoted and key.text == "<<":
                self.problems.append(
                    Problem(key.place, "CR007", "the merge key `<<` is not read here", "write the keys out in full"),
                )
            elif not key.text:
                self.problems.append(Problem(key.place, "CR009", "a key is empty", "write a key before the `:`"))
        else:
            key = frame.key
            frame.key = None
            if key.text in frame.entries:
                self.problems.append(key_twice(key.text, key.place, frame.keys[key.text]))
            else:
                frame.entries[key.text] = node
                frame.keys[key.text] = key.place

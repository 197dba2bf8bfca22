"""YAML and JSON text with positions: the one place where the text of a file becomes a tree.

Scalars stay the text that was written, and remember whether it was quoted: `21:00` is no number of seconds, `NO` is
not false and `01234` keeps its zero. What a text means is for the reader of the field to say. Every node and every key
knows its place. Whatever is wrong with a file ends in `InvalidInput` with file:line:column, and never in a traceback.

Codes of this module:

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

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

from collectrules.ground.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DEPTH_LIMIT: Final = 100
"""How deep lists and keys may nest. Nothing that a person writes comes near it."""


@dataclass(slots=True, frozen=True)
class Scalar:
    """One piece of text as it was written. `quoted` is also true of YAML block text (`|`, `>`)."""

    text: str
    quoted: bool
    place: Place

    def scalar(self, what: str) -> Scalar:
        """Return this text."""
        del what
        return self

    def listing(self, what: str) -> NoReturn:
        """Raise `InvalidInput`: text is no list."""
        raise InvalidInput([wrong_shape(self, what, "a list")])

    def table(self, what: str) -> NoReturn:
        """Raise `InvalidInput`: text has no keys."""
        raise InvalidInput([wrong_shape(self, what, "keys with values")])


@dataclass(slots=True, frozen=True)
class Listing:
    """A list."""

    items: tuple[Node, ...]
    place: Place

    def __iter__(self) -> Iterator[Node]:
        """Go through the items in the order in which they are written."""
        return iter(self.items)

    def __len__(self) -> int:
        """Count the items."""
        return len(self.items)

    def scalar(self, what: str) -> NoReturn:
        """Raise `InvalidInput`: a list is no text."""
        raise InvalidInput([wrong_shape(self, what, "text")])

    def listing(self, what: str) -> Listing:
        """Return this list."""
        del what
        return self

    def table(self, what: str) -> NoReturn:
        """Raise `InvalidInput`: a list has no keys."""
        raise InvalidInput([wrong_shape(self, what, "keys with values")])


@dataclass(slots=True, frozen=True)
class Table:
    """Keys with values, in the order in which they are written. `keys` has the place of each key."""

    entries: dict[str, Node]
    keys: dict[str, Place]
    place: Place

    def __contains__(self, key: object) -> bool:
        """Whether the key stands here."""
        return key in self.entries

    def __iter__(self) -> Iterator[str]:
        """Go through the keys in the order in which they are written."""
        return iter(self.entries)

    def get(self, key: str) -> Node | None:
        """Return what stands under a key, or None."""
        return self.entries.get(key)

    def place_of(self, key: str) -> Place:
        """Return the place of a key, or that of the whole where it is missing."""
        return self.keys.get(key, self.place)

    def scalar(self, what: str) -> NoReturn:
        """Raise `InvalidInput`: keys are no text."""
        raise InvalidInput([wrong_shape(self, what, "text")])

    def listing(self, what: str) -> NoReturn:
        """Raise `InvalidInput`: keys are no list."""
        raise InvalidInput([wrong_shape(self, what, "a list")])

    def table(self, what: str) -> Table:
        """Return these keys."""
        del what
        return self


Node = Scalar | Listing | Table


def shown(text: str, most: int = 60) -> str:
    """Return the text in backquotes for a message: on one line, without control characters, and not endless."""
    visible = "".join(letter if letter.isprintable() else " " for letter in text[: most + 1])
    return f"`{visible[:most]}...`" if len(visible) > most else f"`{visible}`"


def shape(node: Node) -> str:
    """Name what a node is, for a message."""
    if isinstance(node, Scalar):
        return shown(node.text) if node.text or node.quoted else "nothing"
    return "a list" if isinstance(node, Listing) else "keys with values"


def wrong_shape(node: Node, what: str, wanted: str) -> Problem:
    """Say that a node is of another shape than was wanted."""
    return Problem(node.place, "CR010", f"{what} must be {wanted}, but here is {shape(node)}")


def read(text: str, path: str) -> Node:
    """Read the text of one YAML or JSON document; `path` names it in messages, and `.json` at its end means JSON.

    Raises `InvalidInput` with every problem found.
    """
    text = text.removeprefix("\N{BYTE ORDER MARK}")
    _refuse_control_characters(text, path)
    if path.endswith(".json"):
        return _read_json(text, path)
    if text.lstrip(" \t\r\n")[:1] in ("{", "["):
        # JSON with tabs or surrogate escapes is not YAML; whatever is not JSON gets YAML's own answer below.
        try:
            return _read_json(text, path)
        except _NotJson:
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
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InvalidInput([Problem(Place(str(path)), "CR001", f"cannot read this file: {why.lower()}")]) from error
    return decode(raw, str(path))


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
        place = _Lines(text, path).place(at)
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


def _nothing(path: str) -> InvalidInput:
    return InvalidInput([Problem(Place(path), "CR003", "nothing is in this file")])


def _too_deep(place: Place) -> InvalidInput:
    return InvalidInput([Problem(place, "CR008", f"nested more than {DEPTH_LIMIT} deep")])


def _twice(key: str, place: Place, first: Place) -> Problem:
    return Problem(
        place,
        "CR006",
        f"the key {shown(key)} stands twice",
        f"it stands first at line {first.line}; keep one of them",
    )


def half_character(text: str, place: Place) -> Problem | None:
    r"""Report half a character, as `\ud83d` without its other half: it cannot be written anywhere."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return Problem(place, "CR002", "an escape in this text is half a character", r"write both halves, or \uXXXX")
    return None


# ---- YAML --------------------------------------------------------------------------------------------------------


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
        raise InvalidInput([*builder.problems, _syntax_problem(error, text, path)]) from error
    except RecursionError as error:
        raise _too_deep(Place(path)) from error
    if builder.problems:
        raise InvalidInput(builder.problems)
    root = builder.root
    if root is None or (isinstance(root, Scalar) and not root.text and not root.quoted):
        raise _nothing(path)
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

    def take(self, event: Any) -> None:
        """Take the next event."""
        kind = type(event).__name__
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
                Problem(place, "CR007", f"the alias `*{event.anchor}` is not read here", "write the value out in full"),
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
                Problem(place, "CR007", f"the anchor `&{event.anchor}` is not read here", "write each value out"),
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
            raise _too_deep(place)
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
                self.problems.append(_twice(key.text, key.place, frame.keys[key.text]))
            else:
                frame.entries[key.text] = node
                frame.keys[key.text] = key.place


def _syntax_problem(error: Exception, text: str, path: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    why = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    if mark is None:
        return Problem(Place(path), "CR004", f"this is not YAML: {why}")
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    context = getattr(error, "context_mark", None)
    advice = ""
    if "\t" in line[: mark.column + 1]:
        advice = "there is a tab here: YAML is indented with spaces"
    elif not "".join(lines[mark.line :])[mark.column if line else 0 :].strip():
        advice = "the file ends in the middle; is the rest of it missing?"
        if context is not None and context.line != mark.line:
            advice += f" (what is not closed begins at line {context.line + 1})"
    elif "cannot start any token" in why:
        advice = f"put quotes around a text that begins with {shown(line[mark.column : mark.column + 1])}"
    elif "mapping values" in why:
        advice = "put quotes around a text that has `: ` in it, and check the indentation"
    elif context is not None and context.line != mark.line:
        advice = f"it belongs to what begins at line {context.line + 1}; check indentation, brackets and quotes"
    return Problem(Place(path, mark.line + 1, mark.column + 1), "CR004", f"this is not YAML: {why}", advice)


# ---- JSON --------------------------------------------------------------------------------------------------------

_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r"[-+.\w]+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\Z")


_STRINGS = json.JSONDecoder()


class _NotJson(InvalidInput):
    """A syntax error; its problem is in it."""


class _Lines:
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
        self.lines = _Lines(text, path)
        self.problems: list[Problem] = []

    def fail(self, offset: int, why: str, advice: str = "") -> NoReturn:
        """Give up at an offset."""
        if not self.text[offset:].strip():
            advice = "the file ends in the middle; is the rest of it missing?"
        raise _NotJson([*self.problems, Problem(self.lines.place(offset), "CR004", f"this is not JSON: {why}", advice)])

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
            raise _too_deep(place)
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
                self.fail(offset, "the text that begins here has no closing quote", "is the rest of the file missing?")
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
                self.problems.append(_twice(key, at, keys[key]))
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


def _read_json(text: str, path: str) -> Node:
    reader = _JsonReader(text, path)
    start = reader.skip(0)
    if start == len(text):
        raise _nothing(path)
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

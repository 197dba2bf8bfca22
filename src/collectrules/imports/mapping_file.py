"""A mapping read from YAML: every fault is told with its place, and a value is text, whatever YAML would make of it."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, get_args

import msgspec

from collectrules.case.events import EVENT, EVENT_KEYS
from collectrules.case.terms import OUTCOME, RECIPIENT
from collectrules.ground import source
from collectrules.ground.errors import InvalidInput, Problem, meant
from collectrules.ground.nodes import Listing, Node, Scalar, Table, shown
from collectrules.imports.fields import FIELDS, REQUIRED_TO_BE_STATED
from collectrules.imports.mapping import Gives, Mapping, Meaning, Reading, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATH: Final = re.compile(r" - at `\$\.?([^`]*)`$")
_LISTS: Final = frozenset({"records", "recognised_by", "columns_at", "counts", "meaning_of"})
_TABLES: Final = frozenset(
    {"shape", "columns", "keep", "drop", "credits", "payments", "statuses", "meanings", "directions", "channels"}
    | {"reads", "states"}
)
_TABLES_OF_LISTS: Final = frozenset({"columns", "keep", "drop", "credits", "payments"})
_PATTERNS: Final = frozenset({"heads", "total", "as_of", "internal"})
_WORDS: Final = {"gives": get_args(Gives), "holds": ("open", "all"), "lines": ("repeat", "sum")}
_WORDS_OF: Final = {
    "statuses": get_args(Standing),
    "directions": ("outbound", "inbound", "internal"),
    "reads": get_args(Reading),
}
_MEANING: Final = {
    "outcome": OUTCOME.words,
    "to": RECIPIENT.words,
    "is": ("contact", "event", "nothing"),
    "direction": ("outbound", "inbound"),
}
_KEYS_OF_MEANING: Final = tuple("is" if name == "is_" else name for name in Meaning.__struct_fields__)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping. Raises `InvalidInput` with every fault of the file."""
    top = source.read_file(path).table("a mapping")
    problems = list(_faults(top))
    if problems:
        raise InvalidInput(problems)
    try:
        mapping = msgspec.convert(_plain(top), Mapping)
    except msgspec.ValidationError as error:
        raise InvalidInput([_told(str(error), top)]) from None
    return msgspec.structs.replace(
        mapping,
        meanings={
            word.strip().casefold(): value for key, value in mapping.meanings.items() for word in key.split(" | ")
        },
        statuses={key.casefold(): value for key, value in mapping.statuses.items()},
        directions={key.casefold(): value for key, value in mapping.directions.items()},
        channels={key.casefold(): value for key, value in mapping.channels.items()},
    )


def _plain(node: Node, key: str = "") -> Any:
    """The values as text; a single text stands for a list of one where a list is meant."""
    if isinstance(node, Table):
        below = "recognised_by" if key in _TABLES_OF_LISTS else ""
        return {name: _plain(each, below or name) for name, each in node.entries.items()}
    if isinstance(node, Listing):
        return [_plain(item) for item in node.items]
    return [node.text] if key in _LISTS else node.text


def _faults(top: Table) -> Iterator[Problem]:
    yield from _strange(top, Mapping.__struct_fields__, "a mapping has no key")
    for key, node in top.entries.items():
        if key in _TABLES and not isinstance(node, Table):
            yield Problem(node.place, "CR812", f"`{key}` has keys, but here is {shown(_text(node))}", "as key: value")
        elif key in _WORDS:
            yield from _none_of(node, _WORDS[key])
        elif key in _PATTERNS:
            yield from _wrong_pattern(node)
    for key, known, what in (("columns", FIELDS, "field"), ("states", REQUIRED_TO_BE_STATED, "statement")):
        yield from _strange(top.get(key), known, f"there is no {what}")
    for key, words in _WORDS_OF.items():
        for each in _values(top.get(key)):
            yield from _none_of(each, words)
    for each in _values(top.get("shape")):
        yield from _wrong_pattern(each)
    for each in _values(top.get("meanings")):
        yield from _wrong_meaning(each)


def _wrong_meaning(node: Node) -> Iterator[Problem]:
    """Is it a word of the outcomes, or keys with the words that belong there?"""
    if isinstance(node, Scalar):
        yield from _none_of(node, ("", *OUTCOME.words), OUTCOME.usual)
    elif isinstance(node, Table):
        yield from _strange(node, _KEYS_OF_MEANING, "a meaning has no key")
        for key, words in _MEANING.items():
            if (stated := node.get(key)) is not None:
                yield from _none_of(stated, ("", *words) if key == "outcome" else words)
        events = node.get("events")
        for event in events.items if isinstance(events, Listing) else ():
            name = event.get("event") if isinstance(event, Table) else None
            if not isinstance(event, Table) or not isinstance(name, Scalar):
                yield Problem(event.place, "CR812", "an event has the key `event`", "as {event: dispute_received}")
            elif name.text not in EVENT_KEYS:
                yield from _none_of(name, EVENT_KEYS, EVENT.usual)
            else:
                yield from _strange(event, ("event", *EVENT_KEYS[name.text]), f"`{name.text}` has no key")


def _values(node: Node | None) -> tuple[Node, ...]:
    return tuple(node.entries.values()) if isinstance(node, Table) else ()


def _strange(node: Node | None, known: Any, message: str) -> Iterator[Problem]:
    for name in node.entries if isinstance(node, Table) else ():
        if name not in known:
            assert isinstance(node, Table)
            advice = meant(name, known) or f"there are {', '.join(known)}"
            yield Problem(node.keys[name], "CR811", f"{message} `{name}`", advice)


def _none_of(node: Node, words: Any, usual: Any = MappingProxyType({})) -> Iterator[Problem]:
    text = _text(node)
    if text not in words:
        advice = meant(text, words, usual) or f"there are {', '.join(word for word in words if word)}"
        yield Problem(node.place, "CR812", f"{shown(text)} is no word for this", advice)


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else "a list" if isinstance(node, Listing) else "keys"


def _wrong_pattern(node: Node) -> Iterator[Problem]:
    try:
        re.compile(_text(node))
    except re.error as error:
        yield Problem(node.place, "CR812", f"this is no pattern: {error}", "a regular expression, as ^Total for")


def _told(message: str, top: Table) -> Problem:
    """What else does not fit, at the nearest place that is known."""
    at = _PATH.search(message)
    place = top.place
    node: Node = top
    for part in re.findall(r"[^.\[\]]+", at[1]) if at else ():
        if isinstance(node, Table) and part in node.entries:
            place, node = node.keys[part], node.entries[part]
    return Problem(place, "CR812", _PATH.sub("", message).lower(), "docs/imports.md shows what belongs there")

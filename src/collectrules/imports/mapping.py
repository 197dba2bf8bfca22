"""What a mapping may say: which column is which, what words mean, what the source settles. Read from YAML, never run.

A user's own mapping has the same keys, all optional, and lies on top: its columns come first, its words replace those
of the source, its statements too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
from msgspec import Struct, field

from collectrules.ground import source
from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.ground.nodes import Listing, Node, Scalar, Table
from collectrules.imports.fields import FIELDS, REQUIRED_TO_BE_STATED

if TYPE_CHECKING:
    from pathlib import Path

Gives = Literal["invoices", "contacts", "payments", "customers"]
Reading = Literal["epoch", "epoch_in_id", "uuid1", "hex_milliseconds"]
Words = dict[str, tuple[str, ...]]
"""Columns, each with words of it."""

CONTACT: Final = "contact"
NOTHING: Final = "nothing"

_PATH: Final = re.compile(r" - at `\$\.?([^`]*)`$")


class Meaning(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a word of a log stands for: a contact, events beside it or alone, or nothing."""

    outcome: str = ""
    """A word of the outcomes of a case; empty: it connected, with whom is not known, which counts as a talk."""
    to: str = ""
    """To whom, where that is not the debtor."""
    is_: Literal["contact", "event", "nothing"] = field(default="contact", name="is")
    why: str = ""
    """Why it is nothing; of a contact or event, what a person should know."""
    direction: str = ""
    """Who began, where the word says so."""
    events: tuple[dict[str, str], ...] = ()
    """What happened as well, with the keys of an event; its moment and number are those of the row."""
    takes_back: str = ""
    """The word of an earlier row of the same number or address which this one takes back."""


class Mapping(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One mapping, of a source or of a user."""

    title: str = ""
    docs: str = ""
    gives: Gives | None = None
    holds: Literal["open", "all"] | None = None
    """Only what is open, so that what is gone from a newer export is open no more; or paid invoices as well."""
    records: tuple[str, ...] = ()
    """Where in JSON the rows stand: paths of keys, of which the first that is there holds."""
    recognised_by: tuple[str, ...] = ()
    """Columns that together tell the source."""
    shape: dict[str, str] = {}
    """For files without a header: patterns of the cells by their position, from 0."""
    columns_at: tuple[str, ...] = ()
    """The columns of a file without a header, in order."""
    columns: Words = {}
    """Of each field the names of its columns; the first that the file has is taken."""
    counts: tuple[str, ...] = ()
    """Columns that count contacts without saying when: they feed no rule, and the contacts are not whole."""
    keep: Words = {}
    drop: Words = {}
    credits: Words = {}
    payments: Words = {}
    statuses: dict[str, Literal["open", "paid", "never", "disputed", "review"]] = {}
    lines: Literal["", "repeat", "sum"] = ""
    """A row is a line of an invoice: the totals repeat on each, or are the sum of the lines."""
    parent_before: str = ""
    """The mark between a customer and its job: the debtor is what stands before it."""
    heads: str = ""
    """Pattern of first cells of rows that are titles, totals or footers."""
    total: str = ""
    """Pattern of the first cell of the row that has the grand total."""
    as_of: str = ""
    """Pattern of the title that tells the day of the report; its group is the day."""
    meaning_of: tuple[str, ...] = ()
    """The fields whose words together, with `/` between them, tell what a row of a log is."""
    meanings: dict[str, str | Meaning] = {}
    """What words stand for; several that stand for the same have ` | ` between them."""
    directions: dict[str, str] = {}
    """Words for outbound, inbound, or internal, which is no contact."""
    channels: dict[str, str] = {}
    reads: dict[str, Reading] = {}
    """How a field that is no text of a date is written."""
    internal: str = ""
    """Pattern of numbers that are extensions or codes of the telephone system itself."""
    states: dict[str, str] = {}
    """What the source settles, or the user: `currency: USD`."""

    def meaning(self, words: tuple[str, ...]) -> Meaning | None:
        """What the words of a row stand for; the whole of them first, then fewer. None: nobody said."""
        for length in range(len(words), 0, -1):
            found = self.meanings.get("/".join(words[:length]).casefold())
            if found is not None:
                return Meaning(outcome=found) if isinstance(found, str) else found
        return None

    def below(self, user: Mapping) -> Mapping:
        """This mapping with a user's on top."""
        changed: dict[str, Any] = {}
        for name in self.__struct_fields__:
            own, other = getattr(self, name), getattr(user, name)
            if name == "columns" or isinstance(own, dict):
                changed[name] = own | other
            elif other:
                changed[name] = other
        return msgspec.structs.replace(self, **changed)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping. Raises `InvalidInput` with every fault of the file."""
    node = source.read_file(path)
    top = node.table("a mapping")
    problems = [*_unknown_keys(top), *_unknown_words(top)]
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


def _plain(node: Node) -> Any:
    """The values as text: `NO` is a word and `0012` keeps its zeros; a single text stands for a list of one."""
    if isinstance(node, Table):
        return {key: _several(key, value) for key, value in node.entries.items()}
    if isinstance(node, Listing):
        return [_plain(item) for item in node.items]
    return node.text


_LISTS: Final = frozenset({"records", "recognised_by", "columns_at", "counts", "meaning_of", "events"})
_LISTS_BELOW: Final = frozenset({"columns", "keep", "drop", "credits", "payments"})


def _several(key: str, node: Node) -> Any:
    if key in _LISTS_BELOW and isinstance(node, Table):
        return {
            name: [_plain(each)] if isinstance(each, Scalar) else _plain(each) for name, each in node.entries.items()
        }
    if key in _LISTS and not isinstance(node, Listing):
        return [_plain(node)]
    return _plain(node)


def _unknown_keys(top: Table) -> list[Problem]:
    known = Mapping.__struct_fields__
    return [
        Problem(top.keys[key], "CR811", f"a mapping has no key `{key}`", meant(key, known))
        for key in top.entries
        if key not in known
    ]


def _unknown_words(top: Table) -> list[Problem]:
    problems: list[Problem] = []
    for key, known, what in (("columns", FIELDS, "field"), ("states", REQUIRED_TO_BE_STATED, "statement")):
        table = top.get(key)
        if isinstance(table, Table):
            problems += [
                Problem(table.keys[name], "CR811", f"there is no {what} `{name}`", meant(name, known) or _among(known))
                for name in table.entries
                if name not in known
            ]
    for key in ("heads", "total", "as_of", "internal"):
        pattern = top.get(key)
        if isinstance(pattern, Scalar):
            problems += _wrong_pattern(pattern)
    shape = top.get("shape")
    if isinstance(shape, Table):
        for each in shape.entries.values():
            problems += _wrong_pattern(each)
    return problems


def _among(known: Any) -> str:
    return f"there are {', '.join(known)}"


def _wrong_pattern(node: Node) -> list[Problem]:
    try:
        re.compile(node.text if isinstance(node, Scalar) else "")
    except re.error as error:
        return [Problem(node.place, "CR812", f"this is no pattern: {error}", "a regular expression, as ^Total for")]
    return []


def _told(message: str, top: Table) -> Problem:
    """What does not fit, at the nearest place that is known."""
    at = _PATH.search(message)
    place: Place = top.place
    node: Node = top
    for part in re.findall(r"[^.\[\]]+", at[1]) if at else ():
        if isinstance(node, Table) and part in node.entries:
            place, node = node.keys[part], node.entries[part]
    return Problem(place, "CR812", _PATH.sub("", message).lower(), "docs/imports.md shows what belongs there")

"""The vocabulary of a case: every object, its keys, their types and words, and what their absence means.

The catalogue is what expressions see; `find` and `objects` tell the same in words to somebody who writes a case. Both
are read from the classes of `objects`, the one place where a fact is declared.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from collectrules.case import terms
from collectrules.case.keys import Absence, Fact, Keys, KeysByWord
from collectrules.case.kinds import FactType, Several
from collectrules.case.objects import (
    Action,
    Ask,
    AssumedName,
    Attorney,
    Case,
    CaseFile,
    Collector,
    Consent,
    Contact,
    Creditor,
    Debt,
    Debtor,
    Endpoint,
    Event,
    Expect,
    OptOut,
    Period,
    Value,
)
from collectrules.ground.dated import WEEKDAYS
from collectrules.ground.errors import CollectrulesError, meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "ANY_ENTRY",
    "CONTACT",
    "DERIVED",
    "ENTRY_TYPES",
    "EVENT",
    "OBJECTS",
    "ROOTS",
    "Absence",
    "Catalogue",
    "Field",
    "Key",
    "NoSuchFact",
    "Object",
    "catalogue",
    "field_of",
    "find",
    "objects",
]

OBJECTS: Final[tuple[Keys[Any], ...]] = tuple(
    made.KEYS
    for made in (
        *(CaseFile, Case, Collector, Creditor, Debt, Debtor, Attorney, Endpoint, Period, Consent, Contact, Event),
        *(Action, OptOut, AssumedName, Ask, Expect, Value),
    )
)
"""Every object of a case file, in the order in which they are told."""

_NOT_OF_A_CASE: Final = frozenset({"file", "value"})
"""Objects of files and of answers: no case is asked about with them."""

ROOTS: Final[Mapping[str, str]] = {
    "case": "case",
    "action": "action",
    "collector": "collector",
    "creditor": "creditor",
    "debtor": "debtor",
    "ask": "ask",
}
"""What a dotted name may begin with, and the object it names."""

CONTACT: Final = "contact"
"""The type of the action and of every contact of the history: the fields of both together."""

EVENT: Final = "event"
ANY_ENTRY: Final = "entry"
"""The type of whatever may be a contact or an event."""
ENTRY_TYPES: Final = frozenset({CONTACT, EVENT, ANY_ENTRY})
_UNIONS: Final[Mapping[str, tuple[str, ...]]] = {
    CONTACT: ("action", "contact"),
    EVENT: ("event",),
    ANY_ENTRY: ("action", "event", "contact"),
}

DERIVED: Final[Mapping[str, FactType]] = {"day": "date", "minute": "int", "weekday": "word", "age": "int"}
"""Fields of entries that are computed from `at`."""

NOTHING_PRESUMED: Final = Absence("unknown")
"""The absence of a key of which a case says nothing by leaving it out."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its type, the type of a list's items, the words it may hold (None: any), what absence means."""

    name: str
    type: FactType
    items: str
    words: frozenset[str] | None
    absence: Absence
    description: str


def field_of(fact: Fact) -> Field:
    """A declared fact as expressions see it."""
    kind = fact.kind
    absence = fact.absent or NOTHING_PRESUMED
    known = None if kind.words is None else frozenset(kind.words)
    items = kind.objects[0] if len(kind.objects) == 1 else kind.name if kind.fact_type == "map" else ""
    if isinstance(kind, Several):
        items = items or kind.of.fact_type
    elif known is not None and absence.kind == "is":
        known |= {absence.value}  # a word for the usual, which a case need not have
    return Field(fact.key, kind.fact_type, items, known, absence, fact.description or fact.key.replace("_", " "))


def _merged(first: Field | None, second: Field) -> Field:
    if first is None:
        return second
    known = None if first.words is None or second.words is None else first.words | second.words
    return Field(second.name, second.type, second.items, known, second.absence, second.description)


class Catalogue:
    """Every object type with its fields; a contact has those of an action too, so that one definition serves both."""

    def __init__(self, objects: Iterable[Keys[Any]] = OBJECTS) -> None:
        self.objects: Mapping[str, Keys[Any]] = {each.name: each for each in objects}
        self._fields: dict[str, Mapping[str, Field]] = {}
        self._own_fields: dict[str, Mapping[str, Field]] = {}
        self.events: tuple[str, ...] = tuple(terms.EVENT_KEYS)
        self.action_kinds: tuple[str, ...] = terms.ACTION_KIND.words
        self.channels: tuple[str, ...] = terms.CHANNEL.words

    def fields(self, object_type: str) -> Mapping[str, Field]:
        """The fields of an object type, by name. Raises KeyError for a type that does not exist."""
        if object_type not in _UNIONS:
            return self.own_fields(object_type)
        if object_type not in self._fields:
            known: dict[str, Field] = {}
            for part in _UNIONS[object_type]:
                for name, field in self.own_fields(part).items():
                    known[name] = _merged(known.get(name), field)
            for name, fact_type in DERIVED.items():
                weekdays = frozenset(WEEKDAYS) if name == "weekday" else None
                known[name] = Field(name, fact_type, "", weekdays, NOTHING_PRESUMED, f"{name} of the entry")
            self._fields[object_type] = known
        return self._fields[object_type]

    def own_fields(self, object_type: str) -> Mapping[str, Field]:
        """The fields of an object type without those of its kin. Raises KeyError for a type that does not exist."""
        if object_type not in self._own_fields:
            facts = self.objects[object_type].facts
            self._own_fields[object_type] = {key: field_of(fact) for key, fact in facts.items()}
        return self._own_fields[object_type]


@cache
def catalogue() -> Catalogue:
    """The catalogue of this version's cases."""
    return Catalogue()


# ---- told in words -----------------------------------------------------------------------------------------------


class NoSuchFact(CollectrulesError):
    """There is no object or key of that name."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an object: what it takes, the words it may hold (none: any), and what it means that it is not there.

    `absent` holds for complete records, and is empty where nothing is presumed.
    """

    name: str
    takes: str
    words: tuple[str, ...]
    required: bool
    description: str
    absent: str


@dataclass(frozen=True, slots=True)
class Object:
    """One object of a case: where it stands, its keys, and for events the keys that each may have."""

    name: str
    title: str
    within: tuple[str, ...]
    keys: tuple[Key, ...]
    forms: Mapping[str, tuple[str, ...]]


def objects(channels: Iterable[str] = ()) -> tuple[Object, ...]:
    """Every object of a case, a case itself first. `channels` are those of plugins, which `channel` may hold too."""
    more = tuple(channels)
    return tuple(_object(each, more) for each in OBJECTS if each.name not in _NOT_OF_A_CASE)


def find(name: str, channels: Iterable[str] = ()) -> Object | Key:
    """The object of a name, or the key of `object.key`. Raises NoSuchFact with the nearest name."""
    by_name = {thing.name: thing for thing in objects(channels)}
    owner, _, key = name.partition(".")
    if owner not in by_name:
        raise NoSuchFact(
            f"there is no object `{owner}`\n    {meant(owner, by_name) or 'there are ' + ', '.join(by_name)}"
        )
    if not key:
        return by_name[owner]
    keys = {each.name: each for each in by_name[owner].keys}
    if key not in keys:
        advice = meant(key, keys) or f"`collectrules facts {owner}` lists its keys"
        raise NoSuchFact(f"`{owner}` has no key `{key}`\n    {advice}")
    return keys[key]


def _object(thing: Keys[Any], channels: tuple[str, ...]) -> Object:
    within = [
        f"{owner.name}.{fact.key}"
        for owner in OBJECTS
        if owner.name not in _NOT_OF_A_CASE
        for fact in owner.facts.values()
        if thing.name in fact.kind.objects
    ]
    forms = next((rule.beside for rule in thing.rules if isinstance(rule, KeysByWord)), {})
    return Object(
        thing.name, thing.title, tuple(within), tuple(_key(each, channels) for each in thing.facts.values()), forms
    )


def _key(fact: Fact, channels: tuple[str, ...]) -> Key:
    known = fact.kind.words or ()
    if set(known) >= set(terms.CHANNEL.words):
        known = tuple(dict.fromkeys((*known, *channels)))
    return Key(fact.key, fact.kind.takes, known, fact.required, fact.description, _absent(fact.absent))


def _absent(absence: Absence | None) -> str:
    if absence is None:
        return ""
    said = {True: "yes", False: "no"}.get(absence.value, absence.value) if absence.kind != "excludes" else ""
    match absence.kind:
        case "unknown":
            text = "unknown, even in a complete record"
        case "none":
            text = "none is stated"
        case "is":
            text = str(said)
        case "same_as":
            text = f"as `{said}`"
        case "all_debts":
            text = "every debt of the case"
        case "lawful":
            text = "lawful in every respect"
        case "excludes":
            text = f"none of {', '.join(absence.value)}"
        case "when":
            assert absence.other is not None
            text = f"{said} where `{absence.other[0]}` is {absence.other[1]}, else unknown"
        case "if_consumer":
            text = f"{said} where every debt is a consumer's, else unknown"
    return f"{text}; in a partial record too" if absence.structural else text

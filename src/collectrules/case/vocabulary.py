"""The vocabulary of a case: every object, its keys, their types and words, and what their absence means.

Read from the classes of `objects` and `history`, the one place where a fact is declared. This is what expressions see;
`glossary` tells the same to somebody who writes a case.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from collectrules.case import terms
from collectrules.case.declaring import UNKNOWN
from collectrules.case.events import EVENT_KEYS
from collectrules.case.keys import FACTS_OF_LAWS, Absence, Fact, Keys
from collectrules.case.law_facts import LawFact, by_owner
from collectrules.case.objects import (
    Action,
    Address,
    Ask,
    AssumedName,
    Attorney,
    Case,
    CaseFile,
    Claim,
    Collector,
    Consent,
    Contact,
    Creditor,
    Debt,
    Debtor,
    Endpoint,
    Event,
    Expect,
    Licence,
    OptOut,
    Period,
    Threat,
    Value,
)
from collectrules.case.question_texts import question_of
from collectrules.case.several import Several
from collectrules.ground.dated import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.case.kinds import FactType
    from collectrules.case.law_facts import DeclaredFacts

__all__ = [
    "ANY_ENTRY",
    "CHANNEL_PROPERTIES",
    "CONTACT",
    "DERIVED",
    "ENTRY_TYPES",
    "EVENT",
    "OBJECTS",
    "ROOTS",
    "Absence",
    "Catalogue",
    "Field",
    "catalogue",
    "field_of",
]

OBJECTS: Final[tuple[Keys[Any], ...]] = tuple(
    made.KEYS
    for made in (
        *(
            CaseFile,
            Case,
            Collector,
            Licence,
            Creditor,
            Debt,
            Debtor,
            Address,
            Attorney,
            Endpoint,
            Period,
            Consent,
            Contact,
            Event,
        ),
        *(Action, Claim, Threat, OptOut, AssumedName, Ask, Expect, Value),
    )
)
"""Every object of a case file, in the order in which they are told."""

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

CHANNEL_PROPERTIES: Final[Mapping[str, str]] = {
    "electronic": "is an electronic channel",
    "written": "is a written channel",
    "spoken": "is a spoken channel",
    "public": "can be seen by others",
    "tied_to_place": "is a channel tied to a place",
    "postal": "is carried by the post",
    "in_person": "is used face to face",
}
"""What a channel may be asked, with its English: every channel, also a plugin's, says yes or no to each."""


class Field(Struct, frozen=True):
    """One field: its type, the type of a list's items, the words it may hold (None: any), what absence means.

    `attribute` is the name under which an object holds it, `declared_by` the law that declares it (empty: none alone),
    `group` the group of the record that this law names for it.
    """

    name: str
    type: FactType
    items: str
    words: frozenset[str] | None
    absence: Absence
    description: str
    question: str
    attribute: str
    declared_by: str = ""
    group: str = ""


def field_of(fact: Fact, owner: str = "") -> Field:
    """A declared fact of an object as expressions see it."""
    kind = fact.kind
    absence = fact.absent or UNKNOWN
    known = None if kind.words is None else frozenset(kind.words)
    items = kind.objects[0] if len(kind.objects) == 1 else kind.name if kind.fact_type == "map" else ""
    if isinstance(kind, Several):
        items = items or kind.of.fact_type
    elif known is not None and absence.kind == "is":
        known |= {absence.value}  # a word for the usual, which a case need not have
    description = fact.description or fact.key.replace("_", " ")
    question = fact.question or question_of(owner, fact.key) or f"{description}?"
    of_law = (fact.attribute, fact.declared_by, fact.group)
    return Field(fact.key, kind.fact_type, items, known, absence, description, question, *of_law)


def _merged(first: Field | None, second: Field) -> Field:
    if first is None:
        return second
    known = None if first.words is None or second.words is None else first.words | second.words
    return replace(second, words=known)


class Catalogue:
    """Every object type with its fields; a contact has those of an action too, so that one definition serves both.

    `facts` are those that laws declare, by object and name.
    """

    def __init__(self, objects: Iterable[Keys[Any]] = OBJECTS, facts: DeclaredFacts | None = None) -> None:
        self.objects: Mapping[str, Keys[Any]] = {each.name: each for each in objects}
        self.facts: DeclaredFacts = facts or {}
        self._fields: dict[str, Mapping[str, Field]] = {}
        self._own_fields: dict[str, Mapping[str, Field]] = {}
        self._by_attribute: dict[str, Mapping[str, Field]] = {}
        self.events: tuple[str, ...] = tuple(EVENT_KEYS)
        self.action_kinds: tuple[str, ...] = terms.ACTION_KIND.words
        self.action_groups: Mapping[str, tuple[str, ...]] = terms.ACTION_GROUPS
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
                about = f"{name} of the entry"
                known[name] = Field(name, fact_type, "", weekdays, UNKNOWN, about, f"{about}?", name)
            self._fields[object_type] = known
        return self._fields[object_type]

    def own_fields(self, object_type: str) -> Mapping[str, Field]:
        """The fields of an object type without those of its kin. Raises KeyError for a type that does not exist."""
        if object_type not in self._own_fields:
            core, declared = self.objects[object_type].facts, self.facts.get(object_type, {})
            all_facts = (*core.items(), *declared.items())
            fields = {
                key: field_of(fact, object_type) for key, fact in all_facts if key != FACTS_OF_LAWS and not fact.read_as
            }
            self._own_fields[object_type] = fields
        return self._own_fields[object_type]

    def by_attribute(self, object_type: str) -> Mapping[str, Field]:
        """The same by the names under which an object holds them."""
        if object_type not in self._by_attribute:
            fields = self.own_fields(object_type).values()
            self._by_attribute[object_type] = {field.attribute: field for field in fields}
        return self._by_attribute[object_type]


@lru_cache(maxsize=1000)
def catalogue(facts: tuple[LawFact, ...] = ()) -> Catalogue:
    """The catalogue of this version's cases, with facts that laws declare."""
    return Catalogue(facts=by_owner(facts))

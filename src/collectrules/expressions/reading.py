"""What the value of an expression follows from: the moment of the action, what came before, and which facts.

More may be named than matters, never less: who asks relies on a "no".
"""

from __future__ import annotations

from functools import cache, cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.case.vocabulary import ANY_ENTRY, CONTACT, DERIVED, ENTRY_TYPES, EVENT, Field
from collectrules.expressions.checked import (
    Application,
    CaseObject,
    Collection,
    FieldValue,
    GivenObject,
    InnerObject,
    Node,
    Owner,
    Search,
    StatedField,
    TheAction,
    Use,
    Variable,
    inside,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_PLACING: Final = frozenset(
    {
        "action.at",
        "action.at_tz",
        "debtor.time_zone",
        "debtor.location_known_from_debtor",
        "debtor.addresses",
        "action.endpoint",
        "endpoints.id",
        "endpoints.number",
        "endpoints.area_code_time_zone",
        "endpoints.address_time_zone",
    }
)
"""The facts by which entries are placed in the debtor's calendar."""

_PAST: Final = _PLACING | {"history.at", "history.event", "history.consent", "history.times"}
"""The facts by which the history is put in order and sorted out."""

_OBJECTS: Final = {"debt": "debts", "endpoint": "endpoints"}


class Reading(Struct, frozen=True, dict=True):
    """What a value follows from."""

    clock: bool = False
    """The moment of the action, the entries before it being the same."""
    clock_of_this: bool = False
    """The same, where a subject of the definition is the action."""
    past: bool = False
    """Which entries of the history came before."""
    anything: bool = False
    facts: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()
    """Through which entries of the history it looks: `contacts`, `consents`, `events`, or those of an event's name."""
    ids: bool = False
    """What the debts or numbers are called, beside which there are and in which order."""

    @cached_property
    def named(self) -> frozenset[str]:
        """The facts, and the objects in which they stand: `action.opt_out.method` names `action.opt_out` too."""
        return frozenset().union(*map(_with_owners, self.facts))


def reading_of(node: Node, definition: Callable[[str], Reading], entries: frozenset[str] | None = None) -> Reading:
    """What a node follows from; `definition` gives the same of a definition's body.

    With `entries`, of a history that has no others, named as in a reading.
    """
    facts: set[str] = set()
    looked_through: set[str] = set()
    clock = clock_of_this = past = anything = ids = False
    waiting = [(node, True)]
    while waiting:
        each, ids_matter = waiting.pop()
        if entries is not None and _is_of_others(each, entries):
            continue
        own = _own(each, definition)
        if own is not None:
            facts |= own.facts
            looked_through |= own.entries
            clock, clock_of_this = clock or own.clock, clock_of_this or own.clock_of_this
            past, anything = past or own.past, anything or own.anything
        ids_matter = ids_matter and not isinstance(each, Collection)
        ids = ids or (ids_matter and own is not None and own.ids)
        waiting += [(part, ids_matter) for part in inside(each)]
    return Reading(clock, clock_of_this, past, anything, frozenset(facts), frozenset(looked_through), ids)


def _is_of_others(node: Node, entries: frozenset[str]) -> bool:
    """Is it what a search through other entries of the history finds, or a field of that?"""
    match node:
        case Search(collection=collection):
            return collection.is_history and _entries_of(collection) not in entries
        case FieldValue(_, owner) | StatedField(owner) | InnerObject(owner):
            return _is_of_others(owner, entries)
        case GivenObject(term):
            return _is_of_others(term, entries)
    return False


def _entries_of(collection: Collection) -> str:
    """How a reading names the entries of a part of the history."""
    return collection.event or collection.name


def _own(node: Node, definition: Callable[[str], Reading]) -> Reading | None:
    """What a node follows from by itself, without what stands inside it; None: from nothing."""
    match node:
        case FieldValue(_, owner, field) | StatedField(owner, field) | InnerObject(owner, field):
            return _of_field(owner, field)
        case Collection():
            return _of_collection(node)
        case Use(name, subjects):
            body = definition(name)
            on_action = any(isinstance(subject, TheAction) for subject in subjects)
            on_this = any(isinstance(subject, Variable) and subject.is_this for subject in subjects)
            return Reading(
                clock=body.clock or (on_action and body.clock_of_this),
                clock_of_this=on_this and body.clock_of_this,
                past=body.past,
                anything=body.anything,
                facts=body.facts,
                entries=body.entries,
                ids=body.ids,
            )
        case Application():
            return _of_function(node)
    return None


def _of_field(owner: Owner, field: Field) -> Reading:
    """A field, and those by which its absence is understood."""
    if owner.object_type in ENTRY_TYPES and field.name in DERIVED:
        on_action, on_this = isinstance(owner, TheAction), isinstance(owner, Variable) and owner.is_this
        ages = field.name == "age"
        return Reading(
            clock=not on_action if ages else on_action,
            clock_of_this=on_this and not ages,
            facts=_PLACING | {"history.at"},
        )
    facts = {f"{root}.{field.name}" for root in _roots(owner)}
    absence = field.absence
    match absence.kind:
        case "same_as":
            facts |= {f"{root}.{absence.value}" for root in _roots(owner)}
        case "when" | "unless":
            assert absence.other is not None
            facts |= {f"{root}.{absence.other[0]}" for root in _roots(owner)}
        case "all_debts":
            facts.add("debts.id")
        case "if_consumer":
            facts |= {"debts.id", "debts.kind"}
    if field.name == "discussed_debts":
        facts.add("debts.id")  # the same as `debts`, which are all debts where they are absent
    return Reading(facts=frozenset(facts), ids=field.name == "id" or absence.kind == "all_debts")


def _roots(owner: Owner) -> tuple[str, ...]:
    """How facts of an object begin."""
    match owner:
        case TheAction():
            return ("action",)
        case CaseObject(name):
            return (name,)
        case InnerObject(outer, field):
            return tuple(f"{root}.{field.name}" for root in _roots(outer))
        case Variable(_, object_type, is_this) if object_type in (CONTACT, EVENT, ANY_ENTRY):
            return ("action", "history") if is_this else ("history",)
        case Variable(_, object_type) | GivenObject(_, object_type):
            return (_OBJECTS.get(object_type, "history"),)


def _of_collection(collection: Collection) -> Reading:
    if collection.is_history:
        return Reading(past=True, facts=_PAST, entries=frozenset({_entries_of(collection)}))
    if collection.name == "endpoints":
        return Reading(facts=frozenset({"endpoints.id"}))
    return Reading(facts=frozenset({"debts.id", "action.debts"} if collection.name == "debts" else {"debts.id"}))


def _of_function(application: Application) -> Reading:
    follows = application.function.follows_from
    if follows is None:
        return Reading(clock=True, past=True, anything=True)
    entries = [argument.value for argument in application.arguments if isinstance(argument.value, TheAction | Variable)]
    facts = set(follows)
    past = any(fact.partition(".")[0] == "history" for fact in follows)
    if past:
        facts |= _PAST
    if entries:
        facts |= _PLACING
        facts |= {fact.replace("action.", "history.") for fact in follows}
    return Reading(
        clock=any(isinstance(entry, TheAction) for entry in entries),
        clock_of_this=any(isinstance(entry, Variable) and entry.is_this for entry in entries),
        past=past,
        facts=frozenset(facts),
    )


def depends_on(reading: Reading, fact: str) -> bool:
    """May a value that follows from this be another one where this fact alone is stated otherwise?"""
    if reading.anything:
        return True
    head, _, rest = fact.partition(".")
    root = head.partition("[")[0]
    if root == "history" and not rest:
        return reading.past
    wanted = f"{root}.{rest}" if rest else root
    if wanted == "debtor.endpoints" or wanted.startswith("debtor.endpoints."):
        wanted = wanted.removeprefix("debtor.")
    return wanted in reading.named or not reading.facts.isdisjoint(_with_owners(wanted))


@cache
def _with_owners(fact: str) -> frozenset[str]:
    """A fact, and the objects in which it stands."""
    return frozenset(accumulate(fact.split("."), "{}.{}".format))

"""Where the conditions of two rules may change their mind: the words, numbers, hours and amounts that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from collectrules.expressions.checked import (
    Application,
    CaseObject,
    Collection,
    Compared,
    Constant,
    FieldValue,
    Holds,
    InnerObject,
    Node,
    OneOf,
    StatedField,
    Term,
    TheAction,
    Use,
    Variable,
    inside,
)
from collectrules.expressions.types import TEXTUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.case.vocabulary import Field
    from collectrules.changes.proving import Spoken
    from collectrules.expressions.checked import Owner

_ROOTS: Final = {"contact": "history", "event": "history", "entry": "history", "consent": "history", "debt": "debts"}


class Boundaries(Struct):
    """What is named: facts by their path, with the values they are held against."""

    facts: dict[tuple[str, ...], dict[object, None]] = field(default_factory=dict)
    dates: dict[tuple[str, ...], None] = field(default_factory=dict)
    """Facts that are dates."""
    lists: dict[tuple[str, ...], dict[str, None]] = field(default_factory=dict)
    numbers: dict[int, None] = field(default_factory=dict)
    """Counts and days."""
    minutes: dict[int, None] = field(default_factory=dict)
    amounts: dict[int, None] = field(default_factory=dict)
    """In the units of a record."""
    events: dict[str, None] = field(default_factory=dict)
    """The events that are looked for."""
    contacts: bool = False
    """Are contacts looked for?"""


def boundaries(sides: Iterable[Spoken | None]) -> Boundaries:
    """What the rules of both sides name."""
    found = Boundaries()
    for spoken in sides:
        if spoken is None:
            continue
        for node in _every(spoken):
            _note(node, found)
        rule = spoken.rule
        found.facts.setdefault(("action", "kind"), {}).update(
            dict.fromkeys(word for word in rule.kinds_told if word != "any")
        )
        found.facts.setdefault(("action", "channel"), {}).update(dict.fromkeys(rule.governs_channels))
    return found


def _every(spoken: Spoken) -> Iterator[Node]:
    seen: set[str] = set()
    waiting: list[Node] = [*spoken.terms]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(inside(node))
        if isinstance(node, Use) and node.definition not in seen:
            seen.add(node.definition)
            waiting.append(spoken.meanings.checker.definition(node.definition).term)


def _note(node: Node, found: Boundaries) -> None:
    match node:
        case OneOf(FieldValue(kind, owner, field), constants):
            values = found.facts.setdefault((*_path(owner), *_key(field)), {})
            values.update(dict.fromkeys(constants if kind.name in {*TEXTUAL, "bool", "int"} else ()))
            if kind.name == "bool":
                values.update({True: None, False: None})
            if kind.name in TEXTUAL:
                other = next((word for word in sorted(field.words or ()) if word not in constants), None)
                values.update({} if other is None else {other: None})
        case Compared(_, left, right):
            for side in (left, right):
                _note_constant(side, found)
        case Holds(_, FieldValue(_, owner, field), words):
            found.lists.setdefault((*_path(owner), *_key(field)), {}).update(dict.fromkeys(words))
        case FieldValue(kind, owner, field) if kind.name == "bool":
            found.facts.setdefault((*_path(owner), *_key(field)), {}).update({True: None, False: None})
        case FieldValue(kind, owner, field) if kind.name == "date":
            found.dates[*_path(owner), *_key(field)] = None
        case StatedField(owner, field):
            found.facts.setdefault((*_path(owner), *_key(field)), {})
        case Application(_, _, arguments):
            for argument in arguments:
                if isinstance(argument.value, Constant):
                    _note_constant(argument.value, found)
        case Collection(name="contacts" | "consents" | "events"):
            found.contacts = True
        case Collection(event=event) if event:
            found.events[event] = None


def _note_constant(term: Term, found: Boundaries) -> None:
    if not isinstance(term, Constant) or isinstance(term.value, bool):
        return
    match term.kind.name:
        case "int":
            found.numbers[int(term.value)] = None
        case "time":
            found.minutes[int(term.value)] = None
        case "money":
            found.amounts[int(term.value)] = None


def _key(field: Field) -> tuple[str, ...]:
    """How a case writes a fact: one that a law declares stands under `facts`."""
    return ("facts", field.name) if field.declared_by else (field.name,)


def _path(owner: Owner) -> tuple[str, ...]:
    """Where in a case the object stands; a list is named by its key."""
    match owner:
        case TheAction():
            return ("action",)
        case CaseObject(name):
            return () if name == "case" else (name,)
        case InnerObject(outer, field):
            return (*_path(outer), field.name)
        case Variable(_, object_type, is_this):
            return ("action",) if is_this else (_ROOTS.get(object_type, object_type),)
    return ("nothing",)

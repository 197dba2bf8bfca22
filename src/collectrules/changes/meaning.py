"""What a checked expression means, as a name: two expressions of one name mean the same, whatever file they stand in.

Definitions are written out, aliases are the item that a loop is at, and the order of parts does not matter. What a law
declares of a fact, and the days of a calendar, belong to the name: where they differ, nothing is shared.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from collectrules.expressions.checked import (
    Application,
    CaseObject,
    Collection,
    Compared,
    Constant,
    FieldValue,
    GivenObject,
    Holds,
    HoldsValue,
    InnerObject,
    Junction,
    OneOf,
    Opposite,
    Order,
    Overlap,
    Owner,
    Presumed,
    Search,
    StatedField,
    StatedValue,
    Term,
    TheAction,
    Use,
    Variable,
)

if TYPE_CHECKING:
    from collectrules.case.vocabulary import Field
    from collectrules.expressions.checking import Checker

Key = Hashable
ACTION: Key = "action"


class Scope(NamedTuple):
    """What stands at each place of a frame, and how many loops are around."""

    slots: Mapping[int, Key]
    depth: int = 0

    def with_item(self, slot: int, collection: Key) -> Scope:
        """The scope inside a loop over a collection."""
        return Scope({**self.slots, slot: ("item", self.depth, collection)}, self.depth + 1)


WHOLE_CASE = Scope({})


class Meanings:
    """The names of what the expressions of one ruleset mean."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker

    def entity(self, owner: Owner, scope: Scope) -> Key:
        """The object whose field is read."""
        match owner:
            case TheAction():
                return ACTION
            case Variable(slot):
                return scope.slots[slot]
            case CaseObject(name):
                return name
            case InnerObject(outer, field):
                return ("inner", self.entity(outer, scope), field.name)
            case GivenObject(term):
                return ("given", self.of(term, scope))

    def field(self, owner: Owner, field: Field, scope: Scope) -> Key:
        """A field of an object, with what its absence means."""
        absence = field.absence
        declared = (field.type, absence.kind, repr(absence.value), repr(absence.other))
        return ("field", self.entity(owner, scope), field.name, declared)

    def collection(self, collection: Collection, scope: Scope) -> Key:
        """What a query looks through."""
        ids = None if collection.ids is None else self.of(collection.ids, scope)
        return (collection.name, collection.event, ids)

    def inner(self, search: Search, scope: Scope) -> Scope:
        """The scope inside a query."""
        return scope.with_item(search.item.slot, self.collection(search.collection, scope))

    def body(self, use: Use, scope: Scope) -> tuple[Term, Scope]:
        """What a definition means of its subjects."""
        subjects = {place: self.entity(subject, scope) for place, subject in enumerate(use.subjects)}
        return self.checker.definition(use.definition).term, Scope(subjects, scope.depth)

    def looked_for(self, search: Search, scope: Scope) -> Key:
        """The items that a query looks for, whatever it asks of them."""
        inside = self.inner(search, scope)
        wanted = frozenset(self.of(part, inside) for part in search.where)
        return ("search", self.collection(search.collection, scope), scope.depth, wanted)

    def of(self, term: Term, scope: Scope) -> Key:
        """The name of a term."""
        match term:
            case Constant(kind, value):
                return ("constant", kind.name, repr(value))
            case FieldValue(_, owner, field):
                return self.field(owner, field, scope)
            case Junction(parts, stop):
                return ("or" if stop else "and", frozenset(self.of(part, scope) for part in parts))
            case Opposite(part):
                return ("not", self.of(part, scope))
            case OneOf(value, constants, negated):
                return ("one of", self.of(value, scope), frozenset(constants), negated)
            case Compared(symbol, left, right):
                return (symbol, self.of(left, scope), self.of(right, scope))
            case Overlap(left, right):
                return ("overlap", frozenset((self.of(left, scope), self.of(right, scope))))
            case Holds(operator, value, words):
                return (operator, self.of(value, scope), frozenset(words))
            case HoldsValue(operator, value, other):
                return ("value", operator, self.of(value, scope), self.of(other, scope))
            case Order(later, earlier):
                return ("after", self.entity(later, scope), self.entity(earlier, scope))
            case StatedField(owner, field, given):
                return ("stated", self.field(owner, field, scope), given)
            case StatedValue(value, given):
                return ("stated", self.of(value, scope), given)
            case Presumed(text):
                return ("presumed", text)
            case Use():
                return self.of(*self.body(term, scope))
            case Application(_, function, arguments):
                return ("call", function.name, tuple(self._argument(each.value, scope) for each in arguments))
            case Search(_, quantifier, _, _, _, inner):
                of_each = None if inner is None else self.of(inner, self.inner(term, scope))
                return (quantifier, self.looked_for(term, scope), of_each)

    def _argument(self, value: Term | TheAction | Variable, scope: Scope) -> Key:
        if isinstance(value, TheAction | Variable):
            return ("entity", self.entity(value, scope))
        return self.of(value, scope)

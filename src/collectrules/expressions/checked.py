"""An expression whose names are resolved and whose types fit: made by `checking` of a tree, and made into measures.

Every name has become a field of some object, every alias a numbered place in a frame, every word a constant. Nothing
here says what an absent fact means: that depends on the record, and is decided where a measure is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

from collectrules.expressions.types import BOOL, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from collectrules.case.vocabulary import Field
    from collectrules.expressions.functions import MeasureFunction
    from collectrules.expressions.syntax import Expression


# ---- objects whose fields are read -------------------------------------------------------------------------------


class TheAction(Struct, eq=False):
    """The act that is asked about."""

    object_type: str


class Variable(Struct, eq=False):
    """What a loop is at, or a subject that a definition is asked of: a place in the frame."""

    slot: int
    object_type: str
    is_this: bool = False
    """It is an entry that may be the action; the items of a loop never are."""


class CaseObject(Struct, eq=False):
    """The case, a party of it, or its question."""

    name: str
    object_type: str


class InnerObject(Struct, eq=False):
    """An object that is a field of another: where it is absent, one that states nothing."""

    owner: Owner
    field: Field
    object_type: str


class GivenObject(Struct, eq=False):
    """The object that a query or a function gives; there may be none, or it may be unknown."""

    term: Term
    object_type: str


Owner = TheAction | Variable | CaseObject | InnerObject | GivenObject
Entry = TheAction | Variable

# ---- values ------------------------------------------------------------------------------------------------------


class Constant(Struct, eq=False):
    """A value that is written down."""

    kind: Kind
    value: Any


class FieldValue(Struct, eq=False):
    """A field of an object."""

    kind: Kind
    owner: Owner
    field: Field


class Junction(Struct, eq=False):
    """Conditions joined, the cheapest first: by `or` where `stop` is True, by `and` where it is False."""

    parts: tuple[Term, ...]
    stop: bool
    kind: Kind = BOOL


class Opposite(Struct, eq=False):
    """`not part`."""

    part: Term
    kind: Kind = BOOL


class OneOf(Struct, eq=False):
    """Is the value one of the constants (or, negated, none)? `==` and `!=` of a constant, `in` and `not in`."""

    term: Term
    constants: tuple[Any, ...]
    negated: bool
    kind: Kind = BOOL


class Compared(Struct, eq=False):
    """Two values compared by a symbol; by `==` and `!=` only where both are facts."""

    symbol: str
    left: Term
    right: Term
    kind: Kind = BOOL


class Overlap(Struct, eq=False):
    """Do two lists share something?"""

    left: Term
    right: Term
    kind: Kind = BOOL


class Holds(Struct, eq=False):
    """A list and constants: `has`, `has any`, `lacks`, `only`."""

    operator: str
    term: Term
    words: tuple[str, ...]
    kind: Kind = BOOL


class HoldsValue(Struct, eq=False):
    """A list and another fact: `has` and `lacks` of a word, `only` of a list."""

    operator: str
    term: Term
    other: Term
    kind: Kind = BOOL


class Order(Struct, eq=False):
    """Does one entry come after another?"""

    later: Entry
    earlier: Entry
    kind: Kind = BOOL


class StatedField(Struct, eq=False):
    """Is a field stated, or (where not `given`) absent?"""

    owner: Owner
    field: Field
    given: bool
    kind: Kind = BOOL


class StatedValue(Struct, eq=False):
    """Does a query or function give a value, or (where not `given`) none?"""

    term: Term
    given: bool
    kind: Kind = BOOL


class Presumed(Struct, eq=False):
    """What may be presumed of a complete record."""

    text: str
    kind: Kind = BOOL


class Use(Struct, eq=False):
    """A definition, asked of its subjects."""

    definition: str
    subjects: tuple[Entry, ...]
    kind: Kind = BOOL


class Argument(Struct, eq=False):
    """An argument of a function: an entry, a calendar (as a constant), or a value, which may be unknown."""

    value: Term | Entry
    may_lack: bool


class Application(Struct, eq=False):
    """A function applied to arguments."""

    kind: Kind
    function: MeasureFunction
    arguments: tuple[Argument, ...]


CollectionName = Literal["contacts", "consents", "events", "event", "all_debts", "debts", "debts of", "endpoints"]


class Collection(Struct, eq=False):
    """What a query looks through. `event` is that of `name`; `debts of` are those whose ids the entry has."""

    name: CollectionName
    object_type: str
    event: str = ""
    ids: Term | None = None

    @property
    def is_history(self) -> bool:
        """Is it a part of the history?"""
        return self.name in ("contacts", "consents", "events", "event")

    @property
    def may_be_more(self) -> bool:
        """May there be more than a partial record lists?"""
        return self.is_history or self.name == "endpoints"


class Search(Struct, eq=False):
    """A query: `where` are conditions that must all hold, the cheapest first; `largest` has a `term` instead."""

    kind: Kind
    quantifier: Literal["any", "no", "count", "largest", "latest", "earliest"]
    collection: Collection
    item: Variable
    where: tuple[Term, ...]
    term: Term | None


Term = (
    Constant
    | FieldValue
    | Junction
    | Opposite
    | OneOf
    | Compared
    | Overlap
    | Holds
    | HoldsValue
    | Order
    | StatedField
    | StatedValue
    | Presumed
    | Use
    | Application
    | Search
)


class Checked(Struct, eq=False):
    """An expression that makes sense: its meaning, the facts it names, and the size of the frame it needs."""

    expression: Expression
    term: Term
    facts: frozenset[str]
    slots: int

    @property
    def kind(self) -> Kind:
        """The type of its value."""
        return self.term.kind


Node = Term | Owner | Collection


_INSIDE: Final[Mapping[type[Node], Callable[[Any], tuple[Node, ...]]]] = {
    **dict.fromkeys((Constant, Presumed, TheAction, Variable, CaseObject), lambda _: ()),
    **dict.fromkeys((OneOf, Holds, StatedValue, GivenObject), lambda node: (node.term,)),
    **dict.fromkeys((Compared, Overlap), lambda node: (node.left, node.right)),
    **dict.fromkeys((FieldValue, StatedField, InnerObject), lambda node: (node.owner,)),
    Junction: lambda node: node.parts,
    Opposite: lambda node: (node.part,),
    HoldsValue: lambda node: (node.term, node.other),
    Order: lambda node: (node.later, node.earlier),
    Use: lambda node: node.subjects,
    Application: lambda node: tuple([argument.value for argument in node.arguments]),
    Search: lambda node: (node.collection, *node.where, *(() if node.term is None else (node.term,))),
    Collection: lambda node: () if node.ids is None else (node.ids,),
}
"""By its class, for a first check asks it of many thousand nodes: the classes tried in turn took four times as long."""


def inside(node: Node) -> tuple[Node, ...]:
    """The nodes right inside one. What a definition means stands elsewhere."""
    return _INSIDE[type(node)](node)

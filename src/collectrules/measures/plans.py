"""What a query inside a loop asks of its own items, and what of both an item and something outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from collectrules.case.vocabulary import DERIVED, ENTRY_TYPES
from collectrules.expressions.checked import (
    Application,
    Compared,
    FieldValue,
    InnerObject,
    Node,
    Opposite,
    Order,
    Search,
    StatedField,
    TheAction,
    Variable,
    inside,
)
from collectrules.expressions.types import ORDERED
from collectrules.measures import NOTHING
from collectrules.measures.clocks import days_between
from collectrules.measures.fields import attribute, holder_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from collectrules.case.vocabulary import Field
    from collectrules.expressions.checked import Owner, Term
    from collectrules.expressions.functions import MeasureFunction
    from collectrules.measures.context import Context
    from collectrules.measures.fields import Frame, Read

_FLIPPED: Final[Mapping[str, str]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


class Bound(Struct, eq=False):
    """An entry outside after which (or before which) the items lie; `inclusive`: or that they may be."""

    outside: Read
    after: bool
    inclusive: bool


class Range(Struct, eq=False):
    """A value of an item compared with one from outside, both ordered: `item symbol outside`."""

    symbol: str
    of_item: Term
    outside: Read


class Plan(Struct, eq=False):
    """The conditions of a query, sorted by what they ask."""

    own: list[Term] = field(default_factory=list)
    """Of an item, and of the case."""
    bounds: list[Bound] = field(default_factory=list)
    ranges: list[Range] = field(default_factory=list)
    ranged: list[Term] = field(default_factory=list)
    """The same conditions as in `ranges`, to be asked where the values of the items do not rise."""
    keyed: list[Term] = field(default_factory=list)
    """Of what is outside, and of what an item states."""
    rest: list[Term] = field(default_factory=list)
    names: frozenset[str] = frozenset()
    """What items state that the keyed conditions read, and those that rise or fall."""
    rises: bool = True
    """Does each condition of the rest hold of an item wherever it holds of an earlier one that states the same?"""
    falls: bool = True
    """The same of a later one."""


def plan_of(term: Search, read: Callable[[Term], Read]) -> Plan:
    """The plan of a query; `read` makes the reader of a term in the mode of its conditions."""
    plan, slot = Plan(), term.item.slot
    for part in term.where:
        slots = slots_of(part)
        if not slots - {slot}:
            plan.own.append(part)
        elif (bound := _bound(part, slot)) is not None:
            plan.bounds.append(bound)
        elif (of_range := _range(part, slot, read)) is not None:
            plan.ranges.append(of_range)
            plan.ranged.append(part)
        elif (names := stated_names(part, slot)) is not None:
            plan.keyed.append(part)
            plan.names |= names
        else:
            plan.rest.append(part)
            rising, falling = _tends(part, slot, rising=True), _tends(part, slot, rising=False)
            plan.rises, plan.falls = plan.rises and rising is not None, plan.falls and falling is not None
            plan.names |= rising or falling or frozenset()
    return plan


def slots_of(node: Node) -> frozenset[int]:
    """The places of the frame that a node reads and does not fill itself."""
    if isinstance(node, Variable):
        return frozenset({node.slot})
    found: frozenset[int] = frozenset().union(*(slots_of(part) for part in inside(node)))
    return found - {node.item.slot} if isinstance(node, Search) else found


def stated_names(node: Node, slot: int) -> frozenset[str] | None:
    """The attributes of an item that a node reads where it reads nothing else of it; None where it does."""
    match node:
        case Variable(own):
            return None if own == slot else frozenset()
        case FieldValue(_, Variable(own) as owner, name) | StatedField(Variable(own) as owner, name) if own == slot:
            return _attributes(owner, name)
        case InnerObject(Variable(own) as owner, name) if own == slot:
            return _attributes(owner, name)
    found: frozenset[str] = frozenset()
    parts = list(inside(node))
    if isinstance(node, Application) and node.function.whenever:
        found |= _facts_of_entries(node.function)
        parts = [part for part in parts if not isinstance(part, Variable)]
    for part in parts:
        names = stated_names(part, slot)
        if names is None:
            return None
        found |= names
    return found


def _facts_of_entries(function: MeasureFunction) -> frozenset[str]:
    """The attributes of an entry that such a function reads."""
    named = [fact.partition(".") for fact in function.follows_from or ()]
    return frozenset([attribute(name) for root, _, name in named if root == "action"])


def _attributes(owner: Variable, the_field: Field) -> frozenset[str] | None:
    """A field and those by which its absence is understood."""
    if (owner.object_type in ENTRY_TYPES and the_field.name in DERIVED) or the_field.type == "map":
        return None
    names = {the_field.attribute}
    absence = the_field.absence
    if absence.kind == "same_as":
        names |= {attribute(absence.value), "debts"}  # what is the same as `debts` is all debts where both are absent
    if absence.kind in ("when", "unless") and absence.other is not None:
        names.add(attribute(absence.other[0]))
    return frozenset(names)


# ---- before and after --------------------------------------------------------------------------------------------


def _bound(part: Term, slot: int) -> Bound | None:
    """`item after outside`, `item before outside`, or not so."""
    negated = isinstance(part, Opposite)
    order = part.part if isinstance(part, Opposite) else part
    if not isinstance(order, Order):
        return None
    later, earlier = _is_item(order.later, slot), _is_item(order.earlier, slot)
    if later is earlier:
        return None
    return Bound(holder_of(order.earlier if later else order.later), after=later is not negated, inclusive=negated)


def _is_item(owner: Owner, slot: int) -> bool:
    return isinstance(owner, Variable) and owner.slot == slot


def _tends(part: Term, slot: int, *, rising: bool) -> frozenset[str] | None:
    """What an item states that a condition reads which, where that is the same, is truer the later the item is.

    Such is that nothing of a kind came after the item, or that something of a kind came before it. With `rising` false,
    the earlier it is. None where it cannot be told.
    """
    if isinstance(part, Opposite):
        return _tends(part.part, slot, rising=not rising)
    if not isinstance(part, Search) or part.quantifier not in ("any", "no"):
        return None
    wants_after = (part.quantifier == "no") is rising
    names = stated_names(part.collection, slot)
    for condition in part.where:
        bound = _bound(condition, part.item.slot)
        if bound is not None and slot in slots_of(condition):
            if bound.after is not wants_after:
                return None
            continue
        inner = stated_names(condition, slot)
        if names is None or inner is None:
            return None
        names |= inner
    return names


# ---- values that rise along the history --------------------------------------------------------------------------


def _range(part: Term, slot: int, read: Callable[[Term], Read]) -> Range | None:
    if not isinstance(part, Compared) or part.symbol not in _FLIPPED or part.left.kind.name not in ORDERED:
        return None
    for symbol, left, right in ((part.symbol, part.left, part.right), (_FLIPPED[part.symbol], part.right, part.left)):
        if slot in slots_of(right):
            continue
        if slots_of(left) == {slot}:
            return Range(symbol, left, read(right))
        if isinstance(left, Application) and left.function.read is days_between:
            return _range_of_days(symbol, left, read(right), slot, read)
    return None


def _range_of_days(
    symbol: str, between: Application, number: Read, slot: int, read: Callable[[Term], Read]
) -> Range | None:
    """`days_between(first, second) symbol number`, as one of the days compared with something from outside."""
    first, second = (argument.value for argument in between.arguments)
    assert not isinstance(first, TheAction | Variable)  # both are dates
    assert not isinstance(second, TheAction | Variable)
    of_first, of_second = slots_of(first), slots_of(second)
    if of_first == {slot} and slot not in of_second:
        return Range(_FLIPPED[symbol], first, _sum(read(second), number, -1))
    if of_second == {slot} and slot not in of_first:
        return Range(symbol, second, _sum(read(first), number, 1))
    return None


def _sum(day: Read, number: Read, sign: int) -> Read:
    def read(x: Context, f: Frame) -> Any:
        first, second = day(x, f), number(x, f)
        known = first is not None and first is not NOTHING and second is not None and second is not NOTHING
        return first + sign * second if known else None

    return read

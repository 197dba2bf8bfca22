"""Conditions as functions of a case, in strong Kleene logic: true, false, or None for unknown."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, Final

from collectrules.case.sayings import is_sure
from collectrules.case.vocabulary import DERIVED, ENTRY_TYPES
from collectrules.expressions.checked import (
    CaseObject,
    Compared,
    Constant,
    FieldValue,
    GivenObject,
    Holds,
    HoldsValue,
    Junction,
    OneOf,
    Opposite,
    Order,
    Overlap,
    TheAction,
    Variable,
)
from collectrules.measures import LAWFUL, NOTHING
from collectrules.measures.fields import Absent, holder_of, raw_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from collectrules.expressions.checked import Owner, Term
    from collectrules.measures.context import Context
    from collectrules.measures.fields import Fields, Frame, Read

    Make = Callable[[Term], Read]
    """Makes the reader of a part."""

_SYMBOLS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def junction(term: Junction, make: Make) -> Read:
    """`and`, `or`: what settles it first ends it."""
    return joined([make(part) for part in term.parts], stop=term.stop)


def joined(parts: Sequence[Read], *, stop: bool) -> Read:
    """Conditions joined by `or` where `stop` is True, by `and` where it is False."""
    go_on = not stop
    match parts:
        case []:
            return lambda _x, _f: go_on
        case [only]:
            return only
        case [first, second]:

            def two(x: Context, f: Frame) -> Any:
                one = first(x, f)
                if one is stop:
                    return stop
                other = second(x, f)
                if other is stop:
                    return stop
                return None if one is None or other is None else go_on

            return two
    every = tuple(parts)

    def several(x: Context, f: Frame) -> Any:
        unknown = False
        for part in every:
            truth = part(x, f)
            if truth is stop:
                return stop
            if truth is None:
                unknown = True
        return None if unknown else go_on

    return several


def opposite(term: Opposite, make: Make) -> Read:
    """`not`."""
    part = make(term.part)

    def read(x: Context, f: Frame) -> bool | None:
        truth = part(x, f)
        return None if truth is None else not truth

    return read


def order(term: Order) -> Read:
    """`after`, `before`."""
    later, earlier = holder_of(term.later), holder_of(term.earlier)
    return lambda x, f: later(x, f).position > earlier(x, f).position


# ---- one value and constants -------------------------------------------------------------------------------------


def one_of(term: OneOf, make: Make, fields: Fields) -> Read:
    """Is a value one of some constants, or none of them?"""
    negated, constants = term.negated, frozenset(term.constants)
    if is_plain(term.term):
        plain = _one_of_plain(term, constants, fields)
        if plain is not None:
            return plain
    owner = term.term.owner if isinstance(term.term, FieldValue) else None
    lacks = Absent(None) if owner is None else unknown_of(term, owner, fields)
    value, of = make(term.term), lacks.of
    otherwise, holder = lacks.value, None if owner is None or of is None else holder_of(owner)

    def read(x: Context, f: Frame) -> Any:
        found = value(x, f)
        if found is None:
            return otherwise if of is None or holder is None else of(x, holder(x, f))
        return (found in constants) is not negated

    return read


def unknown_of(term: OneOf, owner: Owner, fields: Fields) -> Absent:
    """What such a comparison gives where the fact is unknown: some absences exclude some words."""
    fact = term.term
    if isinstance(fact, FieldValue) and isinstance(owner, TheAction | Variable):
        absence = fact.field.absence
        if absence.kind == "excludes" and set(term.constants) <= set(absence.value):
            return fields.where_known(Absent(term.negated), owner, fact.field)
    return Absent(None)


def is_plain(term: Term) -> bool:
    """Is it a field as it stands in a case: neither computed nor converted, of no object that may be missing?"""
    return (
        isinstance(term, FieldValue)
        and not isinstance(term.owner, GivenObject)
        and not (term.owner.object_type in ENTRY_TYPES and term.field.name in DERIVED)
        and term.field.type not in ("date", "money")
    )


def truth_of_absent(term: OneOf, owner: Owner, fields: Fields) -> tuple[bool, bool | None]:
    """Whether it can be told beforehand what the comparison gives where an owner does not state the field, and what."""
    assert isinstance(term.term, FieldValue)
    lacks, absent = unknown_of(term, owner, fields), fields.absent(owner, term.term.field)
    if absent.of is not None or (absent.value is None and lacks.of is not None):
        return False, None
    if absent.value is None:
        return True, lacks.value
    return True, (absent.value in term.constants) is not term.negated


def _one_of_plain(term: OneOf, constants: frozenset[Any], fields: Fields) -> Read | None:
    assert isinstance(term.term, FieldValue)
    told, otherwise = truth_of_absent(term, term.term.owner, fields)
    if not told:
        return None
    owner, name, negated = term.term.owner, term.term.field.attribute, term.negated
    match owner:
        case Variable(slot, object_type) if object_type in ENTRY_TYPES:

            def read_entry(_: Context, f: Frame) -> bool | None:
                found = getattr(f[slot].fact, name, None)
                return otherwise if found is None else (found in constants) is not negated

            return read_entry
        case TheAction():

            def read_action(x: Context, _: Frame) -> bool | None:
                found = getattr(x.action.fact, name, None)
                return otherwise if found is None else (found in constants) is not negated

            return read_action
        case CaseObject(root):

            def read_object(x: Context, _: Frame) -> bool | None:
                found = getattr(getattr(x, root), name, None)
                return otherwise if found is None else (found in constants) is not negated

            return read_object
    raw = raw_of(owner, name)

    def read(x: Context, f: Frame) -> bool | None:
        found = raw(x, f)
        return otherwise if found is None else (found in constants) is not negated

    return read


# ---- two values --------------------------------------------------------------------------------------------------


def compared(term: Compared, make: Make) -> Read:
    """Two values compared. What is not stated equals nothing, and has no order."""
    symbol = _SYMBOLS[term.symbol]
    if isinstance(term.right, Constant):
        return _compared_with(symbol, make(term.left), term.right.value)
    left, right = make(term.left), make(term.right)
    if term.symbol in ("==", "!="):
        differ = term.symbol == "!="

        def equal(x: Context, f: Frame) -> bool | None:
            first = left(x, f)
            if first is None:
                return None
            second = right(x, f)
            if second is None:
                return None
            return (first is not NOTHING and first == second) is not differ

        return equal

    def ordered(x: Context, f: Frame) -> bool | None:
        first = left(x, f)
        if first is None:
            return None
        second = right(x, f)
        return None if second is None or first is NOTHING or second is NOTHING else symbol(first, second)

    return ordered


def _compared_with(symbol: Callable[[Any, Any], bool], left: Read, constant: Any) -> Read:
    def read(x: Context, f: Frame) -> bool | None:
        value = left(x, f)
        return None if value is None or value is NOTHING else symbol(value, constant)

    return read


# ---- lists -------------------------------------------------------------------------------------------------------


def holds(term: Holds, make: Make, fields: Fields) -> Read:
    """A list and constants: of content that is lawful in every respect all but `only` are false."""
    lawful, words = term.operator == "only", frozenset(term.words)
    denied = term.operator in ("has", "has any")
    fits: Callable[[Any], bool] = words.issuperset if term.operator == "only" else words.isdisjoint
    if is_plain(term.term) and isinstance(term.term, FieldValue) and isinstance(term.term.owner, TheAction):
        absent = fields.absent(term.term.owner, term.term.field)
        if absent.of is None:
            stated, name = absent.value, term.term.field.attribute
            otherwise = None if stated is None else lawful if stated is LAWFUL else fits(stated) is not denied

            def read_action(x: Context, _: Frame) -> bool | None:
                held = getattr(x.action.fact, name, None)
                if held is None:
                    return otherwise
                fitting = fits(held) if type(held) is tuple else is_sure(held, fits)
                return None if fitting is None else fitting is not denied

            return read_action
    value = make(term.term)

    def read(x: Context, f: Frame) -> bool | None:
        held = value(x, f)
        if held is None:
            return None
        if held is LAWFUL:
            return lawful
        fitting = fits(held) if type(held) is tuple else is_sure(held, fits)
        return None if fitting is None else fitting is not denied

    return read


def holds_value(term: HoldsValue, make: Make) -> Read:
    """`has` and `lacks` of a single fact, `only` of another list. What is not stated is in no list."""
    left, right, word = make(term.term), make(term.other), term.operator

    def read(x: Context, f: Frame) -> bool | None:
        held = left(x, f)
        if held is None:
            return None
        other = right(x, f)
        if other is None:
            return None
        if word == "only":
            return held is LAWFUL or other is LAWFUL or is_sure(held, set(other).issuperset)
        if held is LAWFUL:
            return False
        lacking = is_sure(held, frozenset((other,)).isdisjoint)
        return None if lacking is None else lacking is (word != "has")

    return read


def overlap(term: Overlap, make: Make) -> Read:
    """Do two lists share something? Lawful content shares nothing."""
    left, right = make(term.left), make(term.right)

    def read(x: Context, f: Frame) -> bool | None:
        first = left(x, f)
        if first is None:
            return None
        second = right(x, f)
        if second is None:
            return None
        if first is LAWFUL or second is LAWFUL:
            return False
        apart = is_sure(first, set(second).isdisjoint)
        if apart and is_sure(second, set(first).isdisjoint) is None:
            return None
        return None if apart is None else not apart

    return read

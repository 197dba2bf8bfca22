"""What a condition can come to where the history may hold more than it lists.

Then it is never certain that something did not happen. A condition that needs that is not looked into: it can only be
unknown. Most of what a partial record is asked ends here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.expressions.checked import (
    Application,
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
    Overlap,
    Search,
    StatedValue,
    Use,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.expressions.checked import Owner, Term

    Body = Callable[[str], Term]


def can_be(wanted: bool, term: Term, body: Body) -> bool:  # noqa: FBT001 - the truth that is asked about
    """Can a condition be known to be so? Asked of the mode `as_stated`, in which the history may hold more."""
    match term:
        case Constant(_, value):
            return value is wanted
        case Junction(parts, stop):
            possible = (can_be(wanted, part, body) for part in parts)
            return any(possible) if stop is wanted else all(possible)
        case Opposite(part):
            return can_be(not wanted, part, body)
        case Use(name):
            return can_be(wanted, body(name), body)
        case Search(_, "any" | "no", collection, _, where):
            holds = (term.quantifier == "any") is wanted
            if holds:
                return all(can_be(True, part, body) for part in where)
            return not collection.may_be_more
        case Compared(_, left, right) | Overlap(left, right) | HoldsValue(_, left, right):
            return can_be_known(left) and can_be_known(right)
        case OneOf(value) | Holds(_, value) | StatedValue(value):
            return can_be_known(value)
        case Application(_, function):
            return wanted or not function.open_ended
        case _:
            return True


def can_be_known(term: Term) -> bool:
    """Can a value be known in that mode? Neither a count nor the latest of what may be more than is listed."""
    match term:
        case Search(_, "count" | "latest" | "earliest" | "largest", collection, _, _, each):
            # There is always one debt, and the largest value of several is known where each is.
            return not collection.may_be_more and (each is None or can_be_known(each))
        case FieldValue(_, owner):
            return _owner_can_be_known(owner)
        case Application(_, function, arguments) if not function.takes_nothing:
            return all(not argument.may_lack or can_be_known(argument.value) for argument in arguments)  # type: ignore[arg-type]
        case _:
            return True


def _owner_can_be_known(owner: Owner) -> bool:
    match owner:
        case GivenObject(term):
            return can_be_known(term)
        case InnerObject(outer):
            return _owner_can_be_known(outer)
        case _:
            return True

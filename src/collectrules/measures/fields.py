"""Fields read from a case: what is stated, and what its absence means in a complete and in a partial record."""

from __future__ import annotations

from collections.abc import Callable
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

from collectrules.case import objects as case_objects
from collectrules.case.vocabulary import ANY_ENTRY, CONTACT, DERIVED, ENTRY_TYPES, Field
from collectrules.expressions.checked import CaseObject, FieldValue, GivenObject, InnerObject, TheAction, Variable
from collectrules.ground.money import UNITS_OF_RECORD
from collectrules.measures import LAWFUL, NOTHING
from collectrules.measures.context import Context

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collectrules.case.vocabulary import Catalogue
    from collectrules.expressions.checked import Owner, StatedField, Term

Mode = Literal["if_complete", "as_stated", "at_least", "at_most", "at_most_stated"]
"""How a case is asked. `if_complete`: absent facts are what their absence means in a complete record, and the history
is whole. `as_stated`: absent facts are unknown and the history may hold more. `at_least`: as `as_stated`, but a count
is what is certain to be there. `at_most`, `at_most_stated`: as the first two, but a count is all that may be there."""

IN_COMPLETE: Final = ("if_complete", "at_most")
"""The modes in which the record is whole."""
AT_MOST: Final = ("at_most", "at_most_stated")
"""The modes in which a count is all that may be there."""

Frame = list[Any]
"""What the loops around an expression are at, each at its number."""
Read = Callable[[Context, Frame], Any]
"""A value or a condition, read from a case: NOTHING is known not to be stated, None unknown."""
_Of = Callable[[Context, Any], Any]
"""The same of one object."""

EMPTY: Final[Mapping[str, Any]] = {
    "attorney": case_objects.Attorney(),
    "consent": case_objects.Consent(),
    "opt_out": case_objects.OptOut(method=None),  # type: ignore[arg-type]
    "assumed_name": case_objects.AssumedName(),
}
"""An object of each kind that states nothing: what an absent `debtor.attorney` is."""


def attribute(name: str) -> str:
    """The Python name of a field."""
    return f"{name}_" if iskeyword(name) else name


class Absent(Struct, eq=False):
    """What an absent field gives: a value, or where that takes a look at the case, a function."""

    value: Any
    of: _Of | None = None


_UNKNOWN: Final = Absent(None)


class Fields(Struct, eq=False):
    """Reads fields in one mode."""

    catalogue: Catalogue
    complete: bool

    def value(self, term: FieldValue, given: Callable[[Term], Read]) -> Read:
        """The value of a field; `given` makes the reader of a term that gives an object."""
        owner, field = term.owner, term.field
        if isinstance(owner, GivenObject):
            return self._of_given(owner, field, given(owner.term), term.kind.name)
        if owner.object_type in ENTRY_TYPES and field.name in DERIVED:
            return _derived(owner, field.name)
        raw, convert, absent = raw_of(owner, field.attribute), _conversion(field), self.absent(owner, field)
        if absent.of is not None:
            of, holder = absent.of, holder_of(owner)

            def read(x: Context, f: Frame) -> Any:
                value = raw(x, f)
                if value is None:
                    return of(x, holder(x, f))
                return value if convert is None else convert(value)

            return read
        nothing = absent.value
        if convert is not None:

            def read_converted(x: Context, f: Frame) -> Any:
                value = raw(x, f)
                return nothing if value is None else convert(value)

            return read_converted
        return raw if nothing is None else _plain(owner, field.attribute, nothing, raw)

    def may_be_nothing(self, term: FieldValue) -> bool:
        """May the field be known not to be stated?"""
        if isinstance(term.owner, GivenObject):
            return True
        absent = self.absent(term.owner, term.field)
        return absent.of is not None or absent.value is NOTHING

    def stated(self, term: StatedField) -> Read:
        """Is a field stated, or absent?"""
        owner, given = term.owner, term.given
        absent = self.where_known(Absent(not given), owner, term.field)
        if owner.object_type in ENTRY_TYPES and term.field.name in DERIVED:
            value = _told(owner, term.field.name)
        else:
            value = raw_of(owner, term.field.attribute)
        if absent.of is not None:
            of, holder = absent.of, holder_of(owner)
            return lambda x, f: given if value(x, f) is not None else of(x, holder(x, f))
        otherwise = absent.value
        return lambda x, f: given if value(x, f) is not None else otherwise

    # ---- what absence means -------------------------------------------------------------------------------------

    def absent(self, owner: Owner, field: Field) -> Absent:
        """What the absence of a field gives in this mode."""
        return self.where_known(self._meaning(owner, field), owner, field)

    def where_known(self, absent: Absent, owner: Owner, field: Field) -> Absent:
        """What an absent field gives: `absent` where its absence is known to mean that, else unknown.

        It is known in a complete record; where the absence says something by itself; and of the action, for a field
        that no action can have: how a call will end is in no case.
        """
        if self.complete or field.absence.structural:
            return absent
        if owner.object_type not in (CONTACT, ANY_ENTRY) or field.name in self.catalogue.own_fields("action"):
            return _UNKNOWN
        if isinstance(owner, TheAction):
            return absent
        if isinstance(owner, Variable) and owner.is_this:
            value, inner = absent.value, absent.of
            return Absent(None, lambda x, o: None if o is not x.action else value if inner is None else inner(x, o))
        return _UNKNOWN

    def _meaning(self, owner: Owner, field: Field) -> Absent:
        absence = field.absence
        match absence.kind:
            case "is":
                return Absent(absence.value)
            case "none":
                if field.type == "list":
                    return Absent(())
                if field.type == "bool":
                    return Absent(False if absence.structural else None)
                return Absent(NOTHING)
            case "same_as":
                other = self.catalogue.fields(owner.object_type)[absence.value]
                return Absent(None, self._of(owner, other))
            case "all_debts":
                return Absent(None, lambda x, _: x.debt_ids)
            case "lawful":
                return Absent(LAWFUL)
            case "when" | "unless":
                assert absence.other is not None
                name, word = absence.other
                raw, value = _raw_of_object(owner.object_type, attribute(name)), absence.value
                taken_where = absence.kind == "when"
                return Absent(None, lambda _, o: value if (raw(o) == word) is taken_where else None)
            case "if_consumer":
                value = absence.value
                return Absent(None, lambda x, _: value if x.all_consumer else None)
            case "unknown" | "excludes":
                return _UNKNOWN

    def _of(self, owner: Owner, field: Field) -> _Of:
        """The value of a field of an object."""
        if owner.object_type in ENTRY_TYPES and field.name in DERIVED:
            return _DERIVED_OF[field.name]
        raw, convert = _raw_of_object(owner.object_type, field.attribute), _conversion(field)
        absent = self.absent(owner, field)
        value, of = absent.value, absent.of

        def read(x: Context, o: Any) -> Any:
            found = raw(o)
            if found is None:
                return value if of is None else of(x, o)
            return found if convert is None else convert(found)

        return read

    def _of_given(self, owner: GivenObject, field: Field, find: Read, kind: str) -> Read:
        """A field of what a query or function gives: where that gives nothing, known not to be stated."""
        of = self._of(owner, field)
        none: Any = False if kind == "bool" else () if kind == "list" else NOTHING

        def read(x: Context, f: Frame) -> Any:
            found = find(x, f)
            return None if found is None else none if found is NOTHING else of(x, found)

        return read


def raw_of(owner: Owner, name: str) -> Read:
    """A field as it is stated, None where it is not."""
    match owner:
        case TheAction():
            return lambda x, _: getattr(x.action.fact, name, None)
        case Variable(slot, object_type) if object_type in ENTRY_TYPES:
            return lambda _, f: getattr(f[slot].fact, name, None)
        case Variable(slot):
            return lambda _, f: getattr(f[slot], name, None)
        case CaseObject(root):
            return lambda x, _: getattr(getattr(x, root), name, None)
        case InnerObject(outer, field):
            hold = raw_of(outer, field.attribute)

            def read(x: Context, f: Frame) -> Any:
                held = hold(x, f)
                return None if held is None else getattr(held, name, None)

            return read
        case GivenObject():
            raise AssertionError("what a query or function gives may be unknown")


def _plain(owner: Owner, name: str, nothing: Any, raw: Read) -> Read:
    """A field, or a value where it is absent: for the commonest owners in one step, as this is most of what is read."""
    match owner:
        case TheAction():

            def read_action(x: Context, _: Frame) -> Any:
                value = getattr(x.action.fact, name, None)
                return nothing if value is None else value

            return read_action
        case Variable(slot, object_type) if object_type in ENTRY_TYPES:

            def read_entry(_: Context, f: Frame) -> Any:
                value = getattr(f[slot].fact, name, None)
                return nothing if value is None else value

            return read_entry
        case CaseObject(root):

            def read_object(x: Context, _: Frame) -> Any:
                value = getattr(getattr(x, root), name, None)
                return nothing if value is None else value

            return read_object

    def read(x: Context, f: Frame) -> Any:
        value = raw(x, f)
        return nothing if value is None else value

    return read


def holder_of(owner: Owner) -> Read:
    """The object whose field is read."""
    match owner:
        case TheAction():
            return lambda x, _: x.action
        case Variable(slot):
            return lambda _, f: f[slot]
        case CaseObject(root):
            return lambda x, _: getattr(x, root)
        case InnerObject(outer, field, object_type):
            hold, empty = raw_of(outer, field.attribute), EMPTY[object_type]

            def read(x: Context, f: Frame) -> Any:
                held = hold(x, f)
                return empty if held is None else held

            return read
        case GivenObject():
            raise AssertionError("what a query or function gives may be unknown")


def _raw_of_object(object_type: str, name: str) -> Callable[[Any], Any]:
    if object_type in ENTRY_TYPES:
        return lambda o: getattr(o.fact, name, None)
    return lambda o: getattr(o, name, None)


def _conversion(field: Field) -> Callable[[Any], Any] | None:
    """From what a case holds to what expressions compare: days as ordinals, money in the units of a record."""
    if field.type == "date":
        return lambda value: value.toordinal()
    if field.type == "money":
        return lambda value: int(value * UNITS_OF_RECORD)
    return None


_DERIVED_OF: Final[Mapping[str, _Of]] = {
    "day": lambda _, entry: entry.day,
    "minute": lambda _, entry: entry.minute,
    "weekday": lambda _, entry: entry.weekday,
    "age": lambda x, entry: x.age(entry),
}


def _told(owner: Owner, name: str) -> Read:
    """Something that is not None where the case tells a field that is computed from `at`: a day it always tells."""
    if name != "minute":
        return lambda _x, _f: True
    holder = holder_of(owner)
    return lambda x, f: True if holder(x, f).has_clock else None


def _derived(owner: Owner, name: str) -> Read:
    """A field that is computed from `at`."""
    of = _DERIVED_OF[name]
    match owner:
        case TheAction():
            return lambda x, _: of(x, x.action)
        case Variable(slot, _, is_this):
            if name == "day":
                return lambda _, f: f[slot].day
            if name == "minute":
                return lambda _, f: f[slot].minute
            if name == "age" and not is_this:

                def age(x: Context, f: Frame) -> int | None:
                    day, today = f[slot].day, x.today
                    return None if day is None or today is None else today - day

                return age
            return lambda x, f: of(x, f[slot])
        case _:
            raise AssertionError("only entries have a day")

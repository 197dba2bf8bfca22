"""Expressions as formulas of z3: every fact a free variable, what is alike on both sides the same variable.

A condition is two formulas, that it is true and that it is false; where neither holds it is unknown, which is therefore
a value of its own. A number lies between two bounds, which are one where it is known. What z3 is not told about (what a
function of a plugin does, how facts hang together in a case that can be) it takes to be free: it then finds more acts
than there are, never fewer, so that what is proved holds of every case.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import z3

from collectrules.changes.meaning import ACTION, WHOLE_CASE, Key, Meanings, Scope
from collectrules.expressions.checked import (
    Application,
    Compared,
    Constant,
    FieldValue,
    GivenObject,
    Holds,
    HoldsValue,
    Junction,
    OneOf,
    Opposite,
    Presumed,
    Search,
    StatedField,
    StatedValue,
    Term,
    TheAction,
    Use,
    Variable,
)
from collectrules.expressions.types import TEXTUAL
from collectrules.ground.dated import MINUTES_A_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

Formula = Any
"""A truth of z3; the package has no types of its own."""

GROWING: Final = {"add_months": 1, "add_years": 1, "add_business_days": 1, "share_owed": 2}
"""Functions that give no less where one of their arguments, told by its place, is more."""
OPENING_HOURS: Final = ("outside_hours", "clock_outside_hours")


class Truth(NamedTuple):
    """A condition: when it is true, and when it is false."""

    holds: Formula
    fails: Formula


class Number(NamedTuple):
    """A value with an order, or a word by its number: when it is unknown, when known not to be stated, its bounds."""

    unknown: Formula
    nothing: Formula
    low: Formula
    high: Formula


class Members(NamedTuple):
    """A list: when it is unknown, when it is content that is lawful in every respect, and by what name its words go."""

    unknown: Formula
    lawful: Formula
    key: Key


class Looked(NamedTuple):
    """A query that a formula asks: how many items fit for certain, and how many may."""

    key: Key
    collection: Key
    search: Search
    scope: Scope
    encoder: Encoder
    low: Formula
    high: Formula


class Extreme(NamedTuple):
    """The largest value of a term over a collection, or the day of the latest or earliest item that fits."""

    key: Key
    looked: Looked
    value: Number
    quantifier: str


class Grown(NamedTuple):
    """What a function that grows in one argument gives, where that is a constant."""

    key: Key
    """The function and its other arguments."""
    argument: Decimal
    value: Formula


class Names:
    """The variables of one comparison: the same name is the same variable, whoever asks for it."""

    def __init__(self) -> None:
        self._variables: dict[Key, Any] = {}
        self._words: dict[str, int] = {}
        self.opaque: set[str] = set()
        """Functions of which nothing is known but that they give the same for the same."""

    def truth(self, *key: Key) -> Formula:
        """A truth value."""
        return self._variable(z3.Bool, ("truth", *key))

    def number(self, *key: Key) -> Formula:
        """A whole number."""
        return self._variable(z3.Int, ("number", *key))

    def word(self, text: str) -> int:
        """The number of a word."""
        return self._words.setdefault(text, len(self._words))

    def _variable(self, make: Any, key: Key) -> Any:
        if key not in self._variables:
            self._variables[key] = make(f"v{len(self._variables)}")
        return self._variables[key]


class Told:
    """What else is known of the variables of some formulas: facts about them, and what can be compared in pairs."""

    def __init__(self) -> None:
        self.facts: dict[Key, Formula] = {}
        self.only: dict[tuple[Key, frozenset[str]], Formula] = {}
        """Whether lists hold nothing but some words."""
        self.looked: dict[Key, Looked] = {}
        self.extremes: dict[Key, Extreme] = {}
        self.grown: dict[tuple[Key, Decimal], Grown] = {}


NO: Final = z3.BoolVal(val=False)
YES: Final = z3.BoolVal(val=True)


def all_of(parts: Iterable[Truth]) -> Truth:
    """Kleene conjunction."""
    every = list(parts)
    return Truth(z3.And([part.holds for part in every]), z3.Or([part.fails for part in every]))


def any_of(parts: Iterable[Truth]) -> Truth:
    """Kleene disjunction."""
    every = list(parts)
    return Truth(z3.Or([part.holds for part in every]), z3.And([part.fails for part in every]))


def opposite(truth: Truth) -> Truth:
    """Kleene negation."""
    return Truth(truth.fails, truth.holds)


class Encoder:
    """Makes formulas of the expressions of one ruleset on one day."""

    def __init__(self, meanings: Meanings, names: Names) -> None:
        self.meanings, self.names = meanings, names

    def truth(self, term: Term, told: Told, scope: Scope = WHOLE_CASE) -> Truth:
        """A condition."""
        match term:
            case Junction(parts, stop):
                return (any_of if stop else all_of)([self.truth(part, told, scope) for part in parts])
            case Opposite(part):
                return opposite(self.truth(part, told, scope))
            case Constant(_, value):
                return Truth(z3.BoolVal(bool(value)), z3.BoolVal(not value))
            case Presumed(text):
                return Truth(self.names.truth("presumed", text), NO)  # true in a complete record, else unknown
            case Use():
                body, inside = self.meanings.body(term, scope)
                return self.truth(body, told, inside)
            case OneOf():
                return self._one_of(term, told, scope)
            case Compared():
                return self._compared(term, told, scope)
            case Holds():
                return self._holds(term, told, scope)
            case HoldsValue("has" | "lacks" as operator, value, other):  # of a fact, not of a word that is written down
                held = self._members(value, scope)
                inside = self.names.truth("has", held.key, self.meanings.of(other, scope))
                return self._of_list(held, inside, negated=operator == "lacks")
            case StatedField(owner, field, given):
                stated = self._free("stated", self.meanings.field(owner, field, scope))
                return stated if given else opposite(stated)
            case StatedValue(FieldValue(_, GivenObject(Search() as search), field), given) if field.name == "day":
                found = self._found(search, told, scope)
                return found if given else opposite(found)
            case StatedValue(value, given):
                stated = self._free("stated", self.meanings.of(value, scope))
                return stated if given else opposite(stated)
            case Search(quantifier="any" | "no" as quantifier):
                found = self._found(term, told, scope)
                return found if quantifier == "any" else opposite(found)
            case Application(_, function) if function.name in OPENING_HOURS:
                return self._outside_hours(term, scope)
            case Application(_, function):
                self.names.opaque.add(function.name)
        return self._free(self.meanings.of(term, scope))

    def _free(self, *key: Key) -> Truth:
        """A condition of which nothing is known."""
        known, value = self.names.truth("known", *key), self.names.truth("value", *key)
        return Truth(z3.And(known, value), z3.And(known, z3.Not(value)))

    def _one_of(self, term: OneOf, told: Told, scope: Scope) -> Truth:
        if term.term.kind.name == "bool":
            truth = self.truth(term.term, told, scope)
            wanted = set(term.constants)
            among = Truth(
                z3.Or(*([truth.holds] if True in wanted else []), *([truth.fails] if False in wanted else [])),
                z3.Or(*([] if True in wanted else [truth.holds]), *([] if False in wanted else [truth.fails])),
            )
            return opposite(among) if term.negated else among
        value = self.number(term.term, told, scope)
        constants = [self._constant(term.term.kind.name, each) for each in term.constants]
        inside = z3.And(
            z3.Not(value.nothing), z3.Or([z3.And(value.low == each, value.high == each) for each in constants])
        )
        outside = z3.Or(value.nothing, z3.And([z3.Or(value.low > each, value.high < each) for each in constants]))
        among = Truth(z3.And(z3.Not(value.unknown), inside), z3.And(z3.Not(value.unknown), outside))
        if isinstance(term.term, FieldValue):
            absence = term.term.field.absence
            if absence.kind == "excludes" and set(term.constants) <= set(absence.value):
                among = Truth(among.holds, z3.Or(among.fails, value.unknown))  # its absence excludes these words
        return opposite(among) if term.negated else among

    def _constant(self, kind: str, value: Any) -> int:
        return self.names.word(str(value)) if kind in TEXTUAL else int(value)

    def _compared(self, term: Compared, told: Told, scope: Scope) -> Truth:
        if term.left.kind.name == "bool":
            one, other = self.truth(term.left, told, scope), self.truth(term.right, told, scope)
            same = Truth(
                z3.Or(z3.And(one.holds, other.holds), z3.And(one.fails, other.fails)),
                z3.Or(z3.And(one.holds, other.fails), z3.And(one.fails, other.holds)),
            )
            return same if term.symbol == "==" else opposite(same)
        left, right = self.number(term.left, told, scope), self.number(term.right, told, scope)
        known = z3.And(z3.Not(left.unknown), z3.Not(right.unknown))
        stated = z3.And(known, z3.Not(left.nothing), z3.Not(right.nothing))
        match term.symbol:
            case "==" | "!=":
                one = z3.And(left.low == left.high, right.low == right.high, left.low == right.low)
                apart = z3.Or(left.nothing, right.nothing, left.high < right.low, right.high < left.low)
                same = Truth(z3.And(stated, one), z3.And(known, apart))
                return same if term.symbol == "==" else opposite(same)
            case "<":
                sure, never = left.high < right.low, left.low >= right.high
            case "<=":
                sure, never = left.high <= right.low, left.low > right.high
            case ">":
                sure, never = left.low > right.high, left.high <= right.low
            case _:
                sure, never = left.low >= right.high, left.high < right.low
        return Truth(z3.And(stated, sure), z3.And(stated, never))

    # ---- lists ------------------------------------------------------------------------------------------------------

    def _holds(self, term: Holds, told: Told, scope: Scope) -> Truth:
        held = self._members(term.term, scope)
        words = [self.names.truth("has", held.key, word) for word in sorted(set(term.words))]
        if term.operator != "only":
            return self._of_list(held, z3.Or(words), negated=term.operator == "lacks")
        allowed = frozenset(term.words)
        inside = self.names.truth("nothing but", held.key, allowed)
        told.only[held.key, allowed] = inside
        known = z3.Not(held.unknown)
        return Truth(z3.And(known, z3.Or(held.lawful, inside)), z3.And(known, z3.Not(held.lawful), z3.Not(inside)))

    def _members(self, term: Term, scope: Scope) -> Members:
        key = self.meanings.of(term, scope)
        return Members(self.names.truth("unknown", key), self.names.truth("lawful", key), key)

    @staticmethod
    def _of_list(held: Members, inside: Formula, *, negated: bool) -> Truth:
        """Of content that is lawful in every respect neither `has` nor `lacks` is true."""
        known = z3.Not(held.unknown)
        wanted = z3.Not(inside) if negated else inside
        return Truth(z3.And(known, z3.Not(held.lawful), wanted), z3.And(known, z3.Or(held.lawful, z3.Not(wanted))))

    # ---- values -----------------------------------------------------------------------------------------------------

    def number(self, term: Term, told: Told, scope: Scope) -> Number:
        """A value with an order, or a word."""
        match term:
            case Constant(kind, value):
                constant = z3.IntVal(self._constant(kind.name, value))
                return Number(NO, NO, constant, constant)
            case Search(quantifier="count"):
                looked = self._look(term, told, scope)
                return Number(NO, NO, looked.low, looked.high)
            case Search(quantifier="largest"):
                return self._largest(term, told, scope)
            case FieldValue(_, GivenObject(Search(quantifier="latest" | "earliest") as search), field) if (
                field.name == "day"
            ):
                return self._day_of(search, told, scope)
            case FieldValue(_, owner, field) if field.name == "age" and isinstance(owner, Variable | TheAction):
                entity = self.meanings.entity(owner, scope)
                return _minus(self._day(ACTION, told), self._day(entity, told))
            case FieldValue(_, owner, field) if field.name == "day" and isinstance(owner, Variable | TheAction):
                return self._day(self.meanings.entity(owner, scope), told)
            case Application():
                return self._application(term, told, scope)
        return self._value(self.meanings.of(term, scope))

    def _value(self, key: Key) -> Number:
        value = self.names.number(key)
        return Number(self.names.truth("unknown", key), self.names.truth("nothing", key), value, value)

    def _day(self, entity: Key, told: Told) -> Number:
        """The day of an entry: no entry of the history comes after the action."""
        day = self._value(("day", entity))
        told.facts["day", entity] = z3.And(z3.Not(day.nothing), day.low >= 1)
        if entity != ACTION:
            told.facts["past", entity] = day.low <= self._value(("day", ACTION)).low
        return day

    def _application(self, term: Application, told: Told, scope: Scope) -> Number:
        name = term.function.name
        arguments = [
            None if isinstance(each.value, TheAction | Variable) or each.value.kind.name in ("calendar", "text")
            else self.number(each.value, told, scope)
            for each in term.arguments
        ]  # fmt: skip
        numbers = [each for each in arguments if each is not None]
        unknown = z3.Or([NO, *(z3.Or(each.unknown, each.nothing) for each in numbers)])
        if name in ("add_days", "plus"):
            one, other = numbers
            return Number(unknown, NO, one.low + other.low, one.high + other.high)
        if name == "days_between":
            return _minus(numbers[1], numbers[0])._replace(unknown=unknown, nothing=NO)
        keys = self.meanings.of(term, scope)
        place = GROWING.get(name)
        if place is None or not isinstance(constant := term.arguments[place].value, Constant):
            self.names.opaque.add(name)
            value = self._value(keys)
            return value._replace(unknown=z3.Or(unknown, value.unknown), nothing=NO)
        assert isinstance(keys, tuple)
        others = ("call", name, tuple(each for number, each in enumerate(keys[2]) if number != place))
        value = self.names.number(keys)
        argument = Decimal(str(constant.value))
        told.grown[others, argument] = Grown(others, argument, value)
        hidden = self.names.truth("unknown", others)
        return Number(z3.Or(unknown, hidden), NO, value, value)

    def _outside_hours(self, term: Application, scope: Scope) -> Truth:
        entry, first, last = (each.value for each in term.arguments)
        if (
            not isinstance(first, Constant)
            or not isinstance(last, Constant)
            or not isinstance(entry, TheAction | Variable)
        ):
            return self._free(self.meanings.of(term, scope))
        if first.value >= last.value:
            return Truth(YES, NO)
        entity = self.meanings.entity(entry, scope)
        earliest, latest = self.names.number("first minute", entity), self.names.number("last minute", entity)
        known = z3.And(
            self.names.truth("clock", entity), earliest >= 0, earliest <= latest, latest < MINUTES_A_DAY
        )  # in every zone where the debtor may be
        outside = z3.Or(earliest < first.value, latest >= last.value)
        inside = z3.And(known, z3.Not(outside))
        if term.function.name == "clock_outside_hours":
            inside = z3.Or(inside, z3.And(z3.Not(self.names.truth("clock", entity)), self.names.truth("bare", entity)))
        return Truth(z3.And(known, outside), inside)

    # ---- queries ----------------------------------------------------------------------------------------------------

    def _look(self, search: Search, told: Told, scope: Scope) -> Looked:
        key = self.meanings.looked_for(search, scope)
        low, high = self.names.number("least", key), self.names.number("most", key)
        looked = Looked(key, self.meanings.collection(search.collection, scope), search, scope, self, low, high)
        told.looked.setdefault(key, looked)
        told.facts["counted", key] = z3.And(low >= 0, low <= high)
        return looked

    def _found(self, search: Search, told: Told, scope: Scope) -> Truth:
        """Does any item fit?"""
        looked = self._look(search, told, scope)
        return Truth(looked.low >= 1, looked.high < 1)

    def _largest(self, search: Search, told: Told, scope: Scope) -> Number:
        assert search.term is not None
        key = self.meanings.of(search, scope)
        low, high = self.names.number("least", key), self.names.number("most", key)
        collection = self.meanings.collection(search.collection, scope)
        value = Number(NO, NO, low, high)
        looked = Looked(key, collection, search, scope, self, low, high)
        told.extremes.setdefault(key, Extreme(key, looked, value, "largest"))
        told.facts["largest", key] = z3.And(low >= 0, low <= high)
        return value

    def _day_of(self, search: Search, told: Told, scope: Scope) -> Number:
        """The day of the latest or the earliest item that fits."""
        looked = self._look(search, told, scope)
        day = self.names.number("day of", search.quantifier, looked.key)
        unknown = z3.And(looked.low < 1, looked.high >= 1)
        value = Number(unknown, looked.high < 1, day, day)
        key = ("day of", search.quantifier, looked.key)
        told.extremes.setdefault(key, Extreme(key, looked, value, search.quantifier))
        told.facts[key] = z3.And(day >= 1, day <= self._day(ACTION, told).low)
        return value


def _minus(later: Number, earlier: Number) -> Number:
    return Number(
        z3.Or(later.unknown, earlier.unknown),
        z3.Or(later.nothing, earlier.nothing),
        later.low - earlier.high,
        later.high - earlier.low,
    )

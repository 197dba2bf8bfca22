"""Queries: loops over the history, over debts and over endpoints.

Where a query asks for a stated word or for an age, only the entries that may have it are looked at. What is left is
asked of each, in strong Kleene logic; once the answer can only be "yes" or unknown, only certainty is looked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

from collectrules.case.vocabulary import DERIVED
from collectrules.expressions.checked import (
    Compared,
    Constant,
    FieldValue,
    Holds,
    Junction,
    OneOf,
    Search,
    StatedField,
    Use,
    Variable,
)
from collectrules.measures import LAWFUL, NOTHING
from collectrules.measures.conditions import is_plain, joined, truth_of_absent
from collectrules.measures.fields import AT_MOST, IN_COMPLETE, Absent
from collectrules.measures.history import narrowing
from collectrules.measures.possible import can_be

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from collectrules.expressions.checked import Collection, Entry, Term
    from collectrules.measures.context import Context
    from collectrules.measures.fields import Fields, Frame, Read
    from collectrules.measures.history import Narrowing, Series
    from collectrules.measures.making import Maker


def items_of(collection: Collection, maker: Maker) -> Callable[[Context, Frame], Sequence[Any]]:
    """The debts or endpoints that a query looks through."""
    match collection.name:
        case "all_debts":
            return lambda x, _: x.debts
        case "debts":
            return lambda x, _: x.debts_of(x.action.fact.debts or x.debt_ids)
        case "debts of":
            assert collection.ids is not None
            ids = maker.read(collection.ids)
            return lambda x, f: x.debts_of(ids(x, f))
        case "endpoints":
            return lambda x, _: x.endpoints
        case _:
            series = series_of(collection)
            return lambda x, _: series(x).entries


def series_of(collection: Collection) -> Callable[[Context], Series]:
    """The part of the history that a query looks through."""
    match collection.name:
        case "contacts":
            return lambda x: x.past.contacts
        case "consents":
            return lambda x: x.past.consents
        case "events":
            return lambda x: x.past.events
        case _:
            event = collection.event
            return lambda x: x.past.of(event)


def may_be_more(collection: Collection, maker: Maker) -> Callable[[Context], bool]:
    """Whether there may be more than is listed."""
    if maker.mode not in IN_COMPLETE:
        if collection.is_history:
            return lambda x: x.unlisted
        if collection.name == "endpoints":
            return lambda x: x.open
    return lambda _: False


# ---- which items are looked at -----------------------------------------------------------------------------------


class Tests(Struct, eq=False):
    """The conditions of a query, joined: their truth, and whether they surely hold."""

    parts: tuple[Read, ...]
    truth: Read
    surely: Callable[[Context, Frame], bool]


def tests_of(parts: Iterable[Read]) -> Tests:
    """Conditions that must all hold."""
    every = tuple(parts)

    def surely(x: Context, f: Frame) -> bool:
        for part in every:  # noqa: SIM110 - a generator for each item would cost more than the conditions
            if part(x, f) is not True:
                return False
        return True

    return Tests(every, joined(every, stop=False), surely)


def candidates(term: Search, maker: Maker) -> Callable[[Context, Frame], tuple[Sequence[Any], Tests]]:
    """The items of a query that are worth a look, and what is left to ask of each."""
    inner = maker.inside
    if not term.collection.is_history:
        items, every = items_of(term.collection, maker), tests_of([inner.read(part) for part in term.where])
        return lambda x, f: (items(x, f), every)
    narrow: Narrowing | None = None
    ages: list[tuple[Callable[[int, int], _Days], int]] = []
    aged: list[Term] = []
    left: list[Term] = []
    for part in term.where:
        age = _age_of(part, term.item)
        if age is not None:
            ages.append(age)
            aged.append(part)
            continue
        choices, settled = _narrowed(part, term.item.slot, term.item, inner)
        for choice in choices:
            narrow = narrowing(*choice, narrow)
        if not settled:
            left.append(part)
    series, tests = series_of(term.collection), tests_of([inner.read(part) for part in left])
    if not ages:

        def among_all(x: Context, _: Frame) -> tuple[Sequence[Any], Tests]:
            found = series(x)
            return (found if narrow is None or not found.entries else found.part(narrow)).entries, tests

        return among_all
    ageless = tests_of([inner.read(part) for part in term.where if part not in aged])
    full = tests_of([inner.read(part) for part in term.where])

    def of_age(x: Context, _: Frame) -> tuple[Sequence[Any], Tests]:
        found = series(x)
        if not found.entries:
            return found.entries, full
        today, days = x.today, found.days
        if today is None or days is None:
            return found.entries, full
        first, last = _between(ages, today, days)
        if narrow is None or last - first <= _FEW:
            return found.entries[first:last], ageless
        found = found.part(narrow)
        assert found.days is not None
        first, last = _between(ages, today, found.days)
        return found.entries[first:last], tests

    return of_age


_FEW: Final = 6
"""Entries of an age that are asked as they are, without a look at what they state."""


def _between(ages: Iterable[tuple[Callable[[int, int], _Days], int]], today: int, days: list[int]) -> tuple[int, int]:
    """The indexes of the days that conditions on the age leave."""
    first, last = 0, len(days)
    for days_of, age in ages:
        earliest, latest = days_of(today, age)
        if earliest is not None:
            first = max(first, bisect_left(days, earliest))
        if latest is not None:
            last = min(last, bisect_right(days, latest))
    return first, max(first, last)


_Days = tuple[int | None, int | None]
_AGES: Final[Mapping[str, Callable[[int, int], _Days]]] = {
    "<": lambda today, age: (today - age + 1, None),
    "<=": lambda today, age: (today - age, None),
    "==": lambda today, age: (today - age, today - age),
    ">": lambda today, age: (None, today - age - 1),
    ">=": lambda today, age: (None, today - age),
}
"""From the day of the action and an age, the first and the last day of what compares with it so."""


def _age_of(part: Term, item: Variable) -> tuple[Callable[[int, int], _Days], int] | None:
    """A condition on the item's age: what days it leaves, and the age it names."""
    match part:
        case Compared(symbol, FieldValue(owner=Variable(slot), field=field), Constant(_, age)):
            pass
        case OneOf(FieldValue(owner=Variable(slot), field=field), (age,), False):
            symbol = "=="
        case _:
            return None
    if slot != item.slot or field.name != "age" or symbol not in _AGES:
        return None
    return _AGES[symbol], age


_Choice = tuple[str, Literal["among", "apart", "holding"], frozenset[Any]]


def _narrowed(part: Term, slot: int, item: Variable, maker: Maker) -> tuple[list[_Choice], bool]:
    """The choices of items outside which a condition is certainly false, and whether it is certainly true inside.

    `slot` is where the item stands in the condition: in that of a definition it is one of its subjects.
    """
    match part:
        case Junction(parts, False):
            pass
        case Use(name, subjects) if (own := place_of(slot, subjects)) is not None:
            body, slot = maker.body(name), own
            parts = body.parts if isinstance(body, Junction) and not body.stop else (body,)
        case _:
            choice, settled = _choice(part, slot, item, maker.fields)
            return ([] if choice is None else [choice]), settled
    found: list[_Choice] = []
    every = True
    for inner in parts:
        choices, settled = _narrowed(inner, slot, item, maker)
        found += choices
        every = every and settled
    return found, every


def place_of(slot: int, subjects: Sequence[Entry]) -> int | None:
    """Where among the subjects of a definition the item stands."""
    for place, subject in enumerate(subjects):
        if isinstance(subject, Variable) and subject.slot == slot:
            return place
    return None


def _choice(part: Term, slot: int, item: Variable, fields: Fields) -> tuple[_Choice | None, bool]:
    match part:
        case OneOf(FieldValue(owner=Variable(own), field=field) as value) if own == slot and is_plain(value):
            told, absent = truth_of_absent(part, item, fields)
            if not told:
                return None, False
            kept, apart = set(part.constants), part.negated
            if (absent is False) is apart:
                kept.add(None)
            return (field.attribute, "apart" if apart else "among", frozenset(kept)), absent is not None
        case Holds("has" | "has any", FieldValue(owner=Variable(own), field=field), words) if own == slot:
            lacks = fields.absent(item, field)
            if lacks.of is not None or lacks.value not in (None, (), LAWFUL):
                return None, False
            unknown = lacks.value is None
            values = frozenset([*words, None]) if unknown else frozenset(words)
            return (field.attribute, "holding", values), not unknown
        case StatedField(Variable(own), field, given) if own == slot and field.name not in DERIVED:
            otherwise = fields.where_known(Absent(not given), item, field)
            unknown = otherwise.value is None
            if otherwise.of is not None or (given and unknown):
                return None, False
            return (field.attribute, "apart" if given else "among", frozenset({None})), not unknown
    return None, False


# ---- the loops ---------------------------------------------------------------------------------------------------


def search(term: Search, maker: Maker) -> Read:
    """A query, asked item by item."""
    match term.quantifier:
        case "any" | "no":
            return _exists(term, maker)
        case "count":
            return _count(term, maker)
        case "largest":
            return _largest(term, maker)
        case "latest" | "earliest":
            return _first(term, maker)


def is_hopeless(term: Search, maker: Maker) -> bool:
    """Can no item surely fit where the history may hold more? The answer is then unknown."""
    return maker.mode not in IN_COMPLETE and not all(can_be(True, part, maker.body) for part in term.where)


def _exists(term: Search, maker: Maker) -> Read:
    look, slot, found = candidates(term, maker), term.item.slot, term.quantifier == "any"
    hopeless, rest, open_ended = is_hopeless(term, maker), not found, maker.mode not in IN_COMPLETE
    is_history, more = term.collection.is_history, may_be_more(term.collection, maker)

    def read(x: Context, f: Frame) -> bool | None:
        unknown = open_ended and more(x)
        if unknown and hopeless and x.unlisted:
            return None
        if is_history and not x.past.size:
            return None if unknown else rest
        items, tests = look(x, f)
        if not items:
            return None if unknown else rest
        if not tests.parts:
            return found
        left = iter(items)
        if not unknown:
            truth_of = tests.truth
            for item in left:
                f[slot] = item
                truth = truth_of(x, f)
                if truth is True:
                    return found
                if truth is None:
                    unknown = True
                    break
        surely = tests.surely
        for item in left:
            f[slot] = item
            if surely(x, f):
                return found
        return None if unknown else rest

    return read


def _count(term: Search, maker: Maker) -> Read:
    more, look, slot = may_be_more(term.collection, maker), candidates(term, maker), term.item.slot
    least, is_history = maker.mode == "at_least", term.collection.is_history
    most = maker.mode in AT_MOST

    def read(x: Context, f: Frame) -> int | None:
        if not least and more(x):
            return None
        number = 0
        items, tests = look(x, f)
        truth_of = tests.truth
        for item in items:
            f[slot] = item
            truth = truth_of(x, f)
            if truth is True or (most and truth is None):
                number += item.times if is_history else 1
            elif truth is None and not least:
                return None
        return number

    return read


def _first(term: Search, maker: Maker) -> Read:
    more, look, slot = may_be_more(term.collection, maker), candidates(term, maker), term.item.slot
    latest = term.quantifier == "latest"

    def read(x: Context, f: Frame) -> Any:
        if more(x):
            return None
        items, tests = look(x, f)
        truth_of = tests.truth
        for item in reversed(items) if latest else items:
            f[slot] = item
            truth = truth_of(x, f)
            if truth is True:
                return item
            if truth is None:
                return None
        return NOTHING

    return read


def _largest(term: Search, maker: Maker) -> Read:
    """The largest value of a term; 0 or nothing where there is none."""
    assert term.term is not None
    more, items, slot = may_be_more(term.collection, maker), items_of(term.collection, maker), term.item.slot
    value_of, least = maker.read(term.term), maker.mode == "at_least"
    none: Any = 0 if term.kind.name == "int" else NOTHING

    def read(x: Context, f: Frame) -> Any:
        if not least and more(x):
            return None
        most = 0
        for item in items(x, f):
            f[slot] = item
            value = value_of(x, f)
            if value is None:
                if least:
                    continue
                return None
            if value is not NOTHING and value > most:
                most = value
        return most or none

    return read

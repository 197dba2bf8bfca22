"""Queries: loops over the history, over debts and over endpoints.

Where a query asks for a stated word or for an age, only the entries that may have it are looked at. What is left is
asked of each, in strong Kleene logic; once the answer can only be "yes" or unknown, only certainty is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from collectrules.case.vocabulary import DERIVED
from collectrules.expressions.checked import Compared, Constant, FieldValue, Holds, OneOf, Search, StatedField, Variable
from collectrules.measures import LAWFUL, NOTHING
from collectrules.measures.conditions import is_plain, joined, truth_of_absent, unknown_of
from collectrules.measures.fields import Absent, attribute
from collectrules.measures.possible import can_be

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from collectrules.expressions.checked import Collection, Term
    from collectrules.measures.context import Context
    from collectrules.measures.fields import Fields, Frame, Read
    from collectrules.measures.history import Series
    from collectrules.measures.making import Maker

    Narrow = Callable[[Series], Series]


def collection_of(collection: Collection, maker: Maker) -> Callable[[Context, Frame], Any]:
    """What a query looks through: a `Series` of the history, or a sequence of debts or endpoints."""
    match collection.name:
        case "contacts":
            return lambda x, _: x.past.contacts
        case "consents":
            return lambda x, _: x.past.consents
        case "events":
            return lambda x, _: x.past.events
        case "event":
            event = collection.event
            return lambda x, _: x.past.of(event)
        case "all_debts":
            return lambda x, _: x.debts
        case "debts":
            return lambda x, _: x.debts_of(x.action.fact.debts or x.debt_ids)
        case "endpoints":
            return lambda x, _: x.endpoints
        case "debts of":
            assert collection.ids is not None
            ids = maker.read(collection.ids)
            return lambda x, f: x.debts_of(ids(x, f))


def may_be_more(collection: Collection, maker: Maker) -> Callable[[Context], bool]:
    """Whether there may be more than is listed."""
    if maker.mode != "if_complete":
        if collection.is_history:
            return lambda x: x.unlisted
        if collection.name == "endpoints":
            return lambda x: x.open
    return lambda _: False


# ---- which items are looked at -----------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Candidates:
    """The items of a query that are worth a look, and what is left to ask of each."""

    items: Callable[[Context, Frame], tuple[Sequence[Any], Tests]]


@dataclass(slots=True, eq=False)
class Tests:
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


def candidates(term: Search, maker: Maker) -> Candidates:
    """The candidates of a query."""
    collection = collection_of(term.collection, maker)
    inner = maker.inside
    if not term.collection.is_history:
        tests = tests_of([inner.read(part) for part in term.where])
        return Candidates(lambda x, f: (collection(x, f), tests))
    narrowing: list[Narrow] = []
    ages: list[tuple[_Days, Term]] = []
    left: list[Term] = []
    for part in term.where:
        days = _days_of(part, term.item)
        if days is not None:
            ages.append((days, part))
            continue
        narrow, settled = narrowed(part, term.item, inner.fields)
        if narrow is not None:
            narrowing.append(narrow)
        if not settled:
            left.append(part)
    tests = tests_of([inner.read(part) for part in left])
    if not ages:
        return Candidates(lambda x, f: (_through(collection(x, f), narrowing).entries, tests))
    full = tests_of([inner.read(part) for part in (*(part for _, part in ages), *left)])
    bounds = tuple(days for days, _ in ages)

    def items(x: Context, f: Frame) -> tuple[Sequence[Any], Tests]:
        series = _through(collection(x, f), narrowing)
        if x.today is None or series.days is None:
            return series.entries, full
        first, last = 0, len(series.entries)
        for days in bounds:
            span = series.span_of_days(*days(x.today))
            assert span is not None
            first, last = max(first, span[0]), min(last, span[1])
        return series.entries[first:last], tests

    return Candidates(items)


def _through(series: Series, narrowing: Sequence[Narrow]) -> Series:
    for narrow in narrowing:
        series = narrow(series)
    return series


_Days = "Callable[[int], tuple[int | None, int | None]]"
_AGES: Final[dict[str, Callable[[int, int], tuple[int | None, int | None]]]] = {
    "<": lambda today, age: (today - age + 1, None),
    "<=": lambda today, age: (today - age, None),
    "==": lambda today, age: (today - age, today - age),
    ">": lambda today, age: (None, today - age - 1),
    ">=": lambda today, age: (None, today - age),
}
"""From the day of the action and an age, the first and the last day of what compares with it so."""


def _days_of(part: Term, item: Variable) -> Any:
    """The days on which what a condition about the item's age says can be true, as a function of today's; or None."""
    match part:
        case Compared(symbol, FieldValue(owner=Variable(slot), field=field), Constant(_, age)):
            pass
        case OneOf(FieldValue(owner=Variable(slot), field=field), (age,), False):
            symbol = "=="
        case _:
            return None
    if slot != item.slot or field.name != "age" or symbol not in _AGES:
        return None
    bounds = _AGES[symbol]
    return lambda today: bounds(today, age)


def narrowed(part: Term, item: Variable, fields: Fields) -> tuple[Narrow | None, bool]:
    """A part of a series outside which a condition is certainly false, and whether it is certainly true inside."""
    match part:
        case OneOf(FieldValue(owner=Variable(slot), field=field) as value) if slot == item.slot and is_plain(value):
            told, absent = truth_of_absent(part, unknown_of(part, fields), fields)
            if not told:
                return None, False
            kept, name, among = set(part.constants), attribute(field.name), not part.negated
            if (absent is not False) is among:
                kept.add(None)
            values = frozenset(kept)
            return lambda series: series.stating(name, values, among=among), absent is not None
        case Holds("has" | "has any", FieldValue(owner=Variable(slot), field=field), words) if slot == item.slot:
            lacks = fields.absent(part.term.owner, field)  # type: ignore[union-attr] # it is a field, as matched
            if lacks.of is not None or lacks.value not in (None, (), LAWFUL):
                return None, False
            name, chosen, unknown = attribute(field.name), frozenset(words), lacks.value is None
            return lambda series: series.holding(name, chosen, absent=unknown), not unknown
        case StatedField(Variable(slot) as owner, field, given) if slot == item.slot and field.name not in DERIVED:
            otherwise = fields.where_known(Absent(not given), owner, field)
            if otherwise.of is not None:
                return None, False
            name, unknown = attribute(field.name), otherwise.value is None
            if given and unknown:
                return None, False
            nothing = frozenset({None})
            return lambda series: series.stating(name, nothing, among=not given), not unknown
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
    return maker.mode != "if_complete" and not all(can_be(True, part, maker.body) for part in term.where)


def _exists(term: Search, maker: Maker) -> Read:
    more, look, slot = may_be_more(term.collection, maker), candidates(term, maker).items, term.item.slot
    found, hopeless = term.quantifier == "any", is_hopeless(term, maker)
    rest = not found

    def read(x: Context, f: Frame) -> bool | None:
        unknown = more(x)
        if unknown and hopeless and x.unlisted:
            return None
        items, tests = look(x, f)
        if not tests.parts:
            return found if items else None if unknown else rest
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
    more, look, slot = may_be_more(term.collection, maker), candidates(term, maker).items, term.item.slot
    least, is_history = maker.mode == "at_least", term.collection.is_history

    def read(x: Context, f: Frame) -> int | None:
        if not least and more(x):
            return None
        number = 0
        items, tests = look(x, f)
        truth_of = tests.truth
        for item in items:
            f[slot] = item
            truth = truth_of(x, f)
            if truth is True:
                number += item.times if is_history else 1
            elif truth is None and not least:
                return None
        return number

    return read


def _first(term: Search, maker: Maker) -> Read:
    more, look, slot = may_be_more(term.collection, maker), candidates(term, maker).items, term.item.slot
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
    more, collection, slot = may_be_more(term.collection, maker), collection_of(term.collection, maker), term.item.slot
    value_of, least, is_history = maker.read(term.term), maker.mode == "at_least", term.collection.is_history
    none: Any = 0 if term.kind.name == "int" else NOTHING

    def read(x: Context, f: Frame) -> Any:
        if not least and more(x):
            return None
        most = 0
        items = collection(x, f)
        for item in items.entries if is_history else items:
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

"""Checked expressions made into functions of a case.

Each node of a checked expression becomes one closure `read(context, frame)`; the frame holds what the loops around it
are at. Nothing of a ruleset's text is ever part of a program: names have become attributes that the catalogue knows,
and words are constants.
"""

from __future__ import annotations

import threading
from itertools import count
from typing import TYPE_CHECKING, Any, Final, get_args

from collectrules.expressions.checked import (
    Application,
    Compared,
    Constant,
    FieldValue,
    Holds,
    HoldsValue,
    Junction,
    OneOf,
    Opposite,
    Order,
    Overlap,
    Presumed,
    Search,
    StatedField,
    StatedValue,
    TheAction,
    Use,
    Variable,
)
from collectrules.expressions.reading import Reading, reading_of
from collectrules.expressions.types import TEXTUAL
from collectrules.measures import NOTHING, conditions
from collectrules.measures.applications import application
from collectrules.measures.fields import IN_COMPLETE, Fields, Mode, holder_of
from collectrules.measures.fitting import fitting
from collectrules.measures.loops import search
from collectrules.measures.nested import nested
from collectrules.measures.plans import slots_of
from collectrules.measures.turning import turning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collectrules.expressions.checked import Node, Term
    from collectrules.expressions.checking import Checker
    from collectrules.expressions.syntax import Expression, Subject
    from collectrules.measures.context import Context
    from collectrules.measures.fields import Frame, Read
    from collectrules.measures.fitting import Entries
    from collectrules.measures.history import Entry
    from collectrules.measures.turning import Turning

_CHEAP: Final = 12
"""The cost of a definition up to which it is asked again rather than remembered of what it is asked of."""

_ENTRIES: Final = frozenset({"contact", "event", "entry", "consent"})
"""The types of subjects that are entries of the history, or the action."""

_definition_numbers: Final = count(1)
"""Keep apart what is remembered of a case: definitions of two rulesets may be called alike."""
_MOST_DEFINITIONS: Final = 10_000_000
_UNREAD: Final = object()


class Evaluator:
    """Makes functions of the expressions of one ruleset, each once for each mode. Safe to share between threads."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker
        self._makers: dict[Mode, _Maker] = {mode: _Maker(self, mode) for mode in get_args(Mode)}
        self._readers: dict[tuple[int, Mode], Read] = {}
        self._turning: dict[int, Turning] = {}
        self._fitting: dict[tuple[int, Mode], Entries] = {}
        self._definitions: dict[tuple[str, Mode], Callable[..., bool | None]] = {}
        self._lock = threading.RLock()

    def function(self, expression: Expression, mode: Mode) -> Callable[[Context], Any]:
        """The expression as a function of a context. Raises SyntaxProblem where it does not make sense.

        It gives None for what is unknown, and for what is known not to be stated: None, or the empty text.
        """
        read, slots = self.reader(expression, mode), self.checker.checked(expression).slots
        return lambda x: read(x, [None] * slots)

    def reader(self, expression: Expression, mode: Mode) -> Read:
        """The same as a function of a context and of a frame, which what is read before may have used."""
        checked = self.checker.checked(expression)
        key = (id(checked), mode)  # the checker keeps it
        found = self._readers.get(key)
        if found is None:
            with self._lock:
                found = self._readers[key] = _told(checked.term, self._makers[mode])
        return found

    def turning(self, condition: Expression) -> Turning:
        """What a condition of an open record may come to as time goes on; the frames hold `MOST_LOOPS`."""
        checked = self.checker.checked(condition)
        found = self._turning.get(id(checked))
        if found is None:
            with self._lock:
                found = self._turning[id(checked)] = turning(checked.term, self._makers["as_stated"])
        return found

    def entries(self, query: Expression, mode: Mode) -> Callable[[Context], list[Entry]]:
        """The entries that a query of the history rests on, as `fitting` tells; none for any other expression."""
        checked = self.checker.checked(query)
        key = (id(checked), mode)  # the checker keeps it
        fit = self._fitting.get(key)
        if fit is None:
            with self._lock:
                fit = self._fitting[key] = fitting(checked.term, self._makers[mode])
        return lambda x: fit(x, [None] * checked.slots)

    def definition(self, name: str, mode: Mode) -> Callable[..., bool | None]:
        """A definition as a function of the case, and of what it is asked of: nothing, or each subject."""
        found = self._definitions.get((name, mode))
        if found is None:
            with self._lock:
                checked = self.checker.definition(name)
                read = self._makers[mode].read(checked.term)
                lasts = not self.checker.reading(checked).clock
                subjects = self.checker.names.definitions[name].subjects
                cheap = self.checker.cost(checked.expression) <= _CHEAP
                if not subjects:
                    found = _of_case(read, checked.slots, lasts=lasts)
                elif len(subjects) == 1 and subjects[0].type in _ENTRIES:
                    found = _of_entry(read, checked.slots, lasts=lasts, cheap=cheap)
                else:
                    found = _of_several(read, checked.slots, subjects, lasts=lasts, cheap=cheap)
                self._definitions[name, mode] = found
        return found


def _told(term: Term, maker: _Maker) -> Read:
    """A value as a record holds it: what is known not to be stated is the empty text, or None."""
    read = maker.read(term)
    if term.kind.name == "bool" or (isinstance(term, FieldValue) and not maker.fields.may_be_nothing(term)):
        return read
    nothing = "" if term.kind.name in TEXTUAL else None

    def told(x: Context, f: Frame) -> Any:
        value = read(x, f)
        return nothing if value is NOTHING else value

    return told


def _of_case(read: Read, slots: int, *, lasts: bool) -> Callable[[Context], bool | None]:
    """A definition of the whole case, remembered."""
    key = -next(_definition_numbers)

    def remembered(x: Context) -> bool | None:
        memo = x.lasting if lasts else x.memo
        truth = memo.get(key, _UNREAD)
        if truth is _UNREAD:
            truth = memo[key] = read(x, [None] * slots)
        return truth  # type: ignore[no-any-return]

    return remembered


def _of_entry(read: Read, slots: int, *, lasts: bool, cheap: bool) -> Callable[[Context, Any], bool | None]:
    """A definition of one entry; where it is dear, remembered of each, and of the action only for its moment."""
    number, more = next(_definition_numbers), [None] * (slots - 1)
    if cheap:
        return lambda x, this: read(x, [this, *more])

    def remembered(x: Context, this: Any) -> bool | None:
        memo = x.lasting if lasts and this is not x.action else x.memo
        key = this.position * _MOST_DEFINITIONS + number
        truth = memo.get(key, _UNREAD)
        if truth is _UNREAD:
            truth = memo[key] = read(x, [this, *more])
        return truth  # type: ignore[no-any-return]

    return remembered


def _of_several(
    read: Read, slots: int, subjects: Sequence[Subject], *, lasts: bool, cheap: bool
) -> Callable[..., bool | None]:
    """A definition of several subjects, or of a debt or an endpoint.

    Where it is dear, it is remembered by the places of entries and the ids of the rest; but not of each pair of entries
    of the history: n entries have n * n pairs, and hardly one is asked of twice.
    """
    number, more = next(_definition_numbers), [None] * (slots - len(subjects))
    if cheap:
        return lambda x, *given: read(x, [*given, *more])
    are_entries = [subject.type in _ENTRIES for subject in subjects]
    several_entries = sum(are_entries) > 1

    def remembered(x: Context, *given: Any) -> bool | None:
        of_action = x.action in given
        if several_entries and sum(are_entries) - of_action > 1:
            asked: bool | None = read(x, [*given, *more])
            return asked
        memo = x.lasting if lasts and not of_action else x.memo
        places = [one.position if is_entry else one.id for one, is_entry in zip(given, are_entries, strict=True)]
        key = (number, *places)
        truth = memo.get(key, _UNREAD)
        if truth is _UNREAD:
            truth = memo[key] = read(x, [*given, *more])
        return truth  # type: ignore[no-any-return]

    return remembered


class _Maker:
    """Makes readers in one mode."""

    def __init__(self, evaluator: Evaluator, mode: Mode) -> None:
        self.mode: Mode = mode
        self.fields = Fields(evaluator.checker.names.catalogue, complete=mode in IN_COMPLETE)
        self._evaluator = evaluator

    @property
    def inside(self) -> _Maker:
        return self._evaluator._makers["if_complete" if self.mode in IN_COMPLETE else "as_stated"]  # noqa: SLF001

    def body(self, definition: str) -> Term:
        return self._evaluator.checker.definition(definition).term

    def reading(self, node: Node) -> Reading:
        checker = self._evaluator.checker
        return reading_of(node, lambda name: checker.reading(checker.definition(name)))

    def read(self, term: Term) -> Read:
        """The reader of a term."""
        match term:
            case Constant(_, value):
                return lambda _x, _f: value
            case FieldValue():
                return self.fields.value(term, self.read)
            case Junction():
                return conditions.junction(term, self.read)
            case Opposite():
                return conditions.opposite(term, self.read)
            case OneOf():
                return conditions.one_of(term, self.read, self.fields)
            case Compared():
                return conditions.compared(term, self.read)
            case Overlap():
                return conditions.overlap(term, self.read)
            case Holds():
                return conditions.holds(term, self.read, self.fields)
            case HoldsValue():
                return conditions.holds_value(term, self.read)
            case Order():
                return conditions.order(term)
            case StatedField():
                return self.fields.stated(term)
            case StatedValue():
                return self._stated_value(term)
            case Presumed():
                truth = True if self.mode in IN_COMPLETE else None
                return lambda _x, _f: truth
            case Use():
                return self._use(term)
            case Application():
                return application(term, self.read)
            case Search():
                return self._search(term)

    def _stated_value(self, term: StatedValue) -> Read:
        value, given = self.read(term.term), term.given

        def read(x: Context, f: Frame) -> bool | None:
            found = value(x, f)
            return None if found is None else (found is not NOTHING) is given

        return read

    def _use(self, term: Use) -> Read:
        of = self._evaluator.definition(term.definition, self.mode)
        match term.subjects:
            case ():
                return lambda x, _: of(x)
            case (TheAction(),):
                return lambda x, _: of(x, x.action)
            case (Variable(slot),):
                return lambda x, f: of(x, f[slot])
            case (Variable(first), Variable(second)):
                return lambda x, f: of(x, f[first], f[second])
        holders = [holder_of(subject) for subject in term.subjects]
        return lambda x, f: of(x, *[holder(x, f) for holder in holders])

    def _search(self, term: Search) -> Read:
        if not slots_of(term):
            read = search(term, self)
            return self._remembered(read, term) if term.item.slot else read
        is_history = term.collection.is_history
        if is_history and term.quantifier in ("any", "no", "count"):
            return nested(term, self)
        return search(term, self)

    def _remembered(self, read: Read, term: Search) -> Read:
        """A query inside a loop that asks the same for every item."""
        key, lasts = object(), not self.reading(term).clock

        def remembered(x: Context, f: Frame) -> Any:
            memo = x.lasting if lasts else x.memo
            found = memo.get(key, _UNREAD)
            if found is _UNREAD:
                found = memo[key] = read(x, f)
            return found

        return remembered

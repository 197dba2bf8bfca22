"""A record of which some groups are whole: which groups a measure hangs on, and its value where they all are.

What a measure is if complete is what it is where every group is whole in which the case leaves open something that it
reads. So nothing is read anew for it, and it can be asked of any set of groups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from collectrules.case import groups
from collectrules.case.objects import Contact
from collectrules.case.vocabulary import CONTACT, EVENT, ROOTS
from collectrules.expressions.syntax import Call, Literal, Query
from collectrules.expressions.uses import words_admitted
from collectrules.measures.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from collectrules.case.vocabulary import Catalogue, Field
    from collectrules.expressions.functions import MeasureFunction
    from collectrules.measures.context import Context
    from collectrules.measures.record import Source

_EVERY: Final = frozenset(groups.IDS)
_PRESUMED: Final = "presumed: "
_OF_MONEY: Final = "debts.currency"
_OF_COLLECTION: Final[Mapping[str, frozenset[str]]] = {
    "contacts": frozenset({groups.CONTACTS}),
    "consents": frozenset({groups.CONSENTS}),
    "events": groups.OF_HISTORY - {groups.CONTACTS},
}


class Looks(NamedTuple):
    """What a measure looks at, whatever the case: facts, groups of the history, and whether it reads the clock."""

    facts: frozenset[str]
    named: tuple[str, ...]
    """Of these the ones that its expression names, in order."""
    history: frozenset[str]
    """The groups of which it looks through the history for something that may not be listed."""
    clock: bool
    anything: bool
    """May it look at what is not named?"""
    currencies: tuple[str, ...]
    """Those in which it counts debts."""


class LooksOf(dict[str, Looks]):
    """What the measures of one law look at, by name, each worked out when it is first asked for."""

    def __init__(self, sources: Iterable[Source]) -> None:
        super().__init__()
        self.sources: Mapping[str, Source] = {source.measure.name: source for source in sources}

    def __missing__(self, name: str) -> Looks:
        """Work it out."""
        looks = self[name] = _looks(self.sources[name])
        return looks


def _looks(source: Source) -> Looks:
    functions, named = tuple(source.functions()), source.facts()
    history: set[str] = set()
    for part in source.parts():
        if isinstance(part, Query):
            history |= _looked_through(part, source)
    events = [fact.removeprefix("history.") for fact in named if fact.startswith("history.")]
    history |= {groups.group_of_event(event) for event in events if groups.is_event(event)}
    reads = {fact for function in functions for fact in function.reads}
    if "history" in reads:
        history |= groups.OF_HISTORY
    if "history.contacts" in reads:
        history.add(groups.CONTACTS)
    more = {fact for function in functions for fact in function.follows_from or () if not fact.startswith("history")}
    anything = any(function.follows_from is None for function in functions)
    return Looks(
        frozenset(named | more),
        tuple(sorted(named)),
        frozenset(history),
        source.reads_clock(),
        anything,
        tuple(_currencies(source, functions)),
    )


def _currencies(source: Source, functions: Iterable[MeasureFunction]) -> Iterator[str]:
    """The currencies in which a measure counts debts."""
    counting = {each.name for each in functions if _OF_MONEY in (each.follows_from or ())}
    for part in source.parts() if counting else ():
        if isinstance(part, Call) and part.function in counting:
            named = [each.value for each in part.arguments if isinstance(each, Literal) and each.kind == "text"]
            yield from (str(value) for value in named[:1])


def _looked_through(query: Query, source: Source) -> frozenset[str]:
    """The groups of the history in which a query looks for entries; of events those of the words that it takes."""
    words = words_admitted(query, "event", source.definitions) if query.collection == "events" else None
    if words is not None and all(groups.is_event(word) for word in words):
        return frozenset([groups.group_of_event(word) for word in words])
    return _OF_COLLECTION.get(query.collection, frozenset())


class OpenGroups:
    """Of one case as it is stated: the groups of the record in which something is open, by what reads it."""

    def __init__(self, context: Context, words: Catalogue, looks: LooksOf) -> None:
        self._context = context
        self._words = words
        self._looks = looks
        self._of_fact: dict[str, frozenset[str]] = {}
        self._of_measure: dict[str, frozenset[str]] = {}

    def of(self, measure: str) -> frozenset[str]:
        """The groups that may hold what a measure of that name lacks. More may be named than matter, never less."""
        found = self._of_measure.get(measure)
        if found is None:
            found = self._of_measure[measure] = self._hung_on(self._looks[measure])
        return found

    def _hung_on(self, looks: Looks) -> frozenset[str]:
        if looks.anything:
            return _EVERY
        found = set(looks.history)
        if looks.clock and self._context.is_timeless:
            found.add(groups.PLACES)
        for fact in looks.facts:
            found |= self.of_fact(fact)
        return frozenset(found)

    def of_fact(self, read: str) -> frozenset[str]:
        """The groups in which a case leaves open what a rule reads: `debtor.minor`, `history.opt_out`, `debts.paid`."""
        found = self._of_fact.get(read)
        if found is None:
            found = self._of_fact[read] = frozenset(self._open(read))
        return found

    def _open(self, read: str) -> Iterator[str]:
        if read.startswith(_PRESUMED):
            yield groups.PRESUMED
            return
        root, _, name = read.partition(".")
        if root == "history":
            if name and not groups.is_event(name):  # which entries may be missing: `Looks`
                yield from self._of_entries(name)
        elif root in ("debts", "endpoints"):
            kind = root.removesuffix("s")
            field = self._words.own_fields(kind).get(name)
            if field is None or field.absence.structural:
                return
            if any(getattr(each, field.attribute, None) is None for each in getattr(self._context, root)):
                yield group_of(kind, field)
        elif root in ROOTS and name:
            yield from self._single(root, name)

    def _of_entries(self, name: str) -> Iterator[str]:
        """The groups of the entries of the history that leave a field open."""
        of_contact, of_event = (self._words.own_fields(kind).get(name) for kind in (CONTACT, EVENT))
        for entry in self._context.case.history or ():
            field = of_contact if isinstance(entry, Contact) else of_event
            if field is None or field.absence.structural or getattr(entry, field.attribute, None) is not None:
                continue
            if isinstance(entry, Contact):
                yield group_of(CONTACT, field)
            else:
                yield field.group or groups.group_of_event(entry.event)

    def _single(self, root: str, name: str) -> Iterator[str]:
        owner: Any = self._context.action.fact if root == "action" else getattr(self._context, root)
        object_type = ROOTS[root]
        *owners, last = name.split(".")
        for part in owners:
            field = self._words.own_fields(object_type).get(part)
            if field is None or field.type != "object":
                return
            owner, object_type = getattr(owner, part, None), field.items
        field = self._words.own_fields(object_type).get(last)
        if field is None or field.absence.structural:
            return
        stated = None if owner is None else getattr(owner, field.attribute, None)
        if stated is None:
            yield group_of(object_type, field)
        elif field.type == "object":
            for inner in self._words.own_fields(field.items).values():
                if not inner.absence.structural and getattr(stated, inner.attribute, None) is None:
                    yield group_of(field.items, inner)


def group_of(owner: str, field: Field) -> str:
    """The group of a fact of an object: what its law names, else what the vocabulary does."""
    return field.group or groups.group_of(owner, field.name)


class PartlyWhole(Record):
    """A record as stated, in which a measure is what it is if complete where every group that it lacks is whole."""

    __slots__ = ("_complete", "_groups", "_stated", "_whole")

    def __init__(  # noqa: PLR0913 - the last two by name
        self,
        stated: Record,
        complete: Record,
        groups_of: OpenGroups,
        whole: frozenset[str],
        *,
        before: Record | None = None,
        affected: frozenset[str] = frozenset(),
    ) -> None:
        dict.__init__(self)
        self._stated, self._complete = stated, complete
        self._groups, self._whole = groups_of, whole
        self._before, self._affected = before, affected

    def __missing__(self, name: str) -> Any:
        """Read the measure."""
        if self._before is not None and name not in self._affected:
            value = self[name] = self._before[name]
            return value
        value = self._stated[name]
        if value is None:
            lacks = self._groups.of(name)
            if lacks and lacks <= self._whole:
                value = self._complete[name]
        self[name] = value
        return value

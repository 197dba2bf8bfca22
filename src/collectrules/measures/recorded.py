"""A record of which some groups are whole: which groups a measure hangs on, and its value where they all are.

What a measure is if complete is what it is where every group is whole in which the case leaves open something that it
reads. So nothing is read anew for it, and it can be asked of any set of groups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.case import groups
from collectrules.case.objects import Contact
from collectrules.case.vocabulary import CONTACT, EVENT, ROOTS
from collectrules.expressions.syntax import Query
from collectrules.measures.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.case.vocabulary import Catalogue, Field
    from collectrules.measures.context import Context
    from collectrules.measures.record import Source

_EVERY: Final = frozenset(groups.IDS)
_PRESUMED: Final = "presumed: "
_OF_COLLECTION: Final[Mapping[str, frozenset[str]]] = {
    "contacts": frozenset({groups.CONTACTS}),
    "consents": frozenset({groups.CONSENTS}),
    "events": groups.OF_HISTORY - {groups.CONTACTS},
}


def of_history(source: Source) -> frozenset[str]:
    """The groups of which a measure looks through the history for something that may not be listed."""
    found: set[str] = set()
    for part in source.parts():
        if isinstance(part, Query):
            found |= _OF_COLLECTION.get(part.collection, frozenset())
    events = [fact.removeprefix("history.") for fact in source.facts() if fact.startswith("history.")]
    found |= {groups.group_of_event(event) for event in events if groups.is_event(event)}
    if any("history" in function.reads for function in source.functions()):
        found |= groups.OF_HISTORY
    return frozenset(found)


class OpenGroups:
    """Of one case as it is stated: the groups of the record in which something is open, by what reads it."""

    def __init__(self, context: Context, words: Catalogue) -> None:
        self._context = context
        self._words = words
        self._of_fact: dict[str, frozenset[str]] = {}
        self._of_measure: dict[str, frozenset[str]] = {}

    def of(self, source: Source) -> frozenset[str]:
        """The groups that may hold what a measure lacks. More may be named than matter, never less."""
        name = source.measure.name
        found = self._of_measure.get(name)
        if found is None:
            found = self._of_measure[name] = self._hung_on(source)
        return found

    def _hung_on(self, source: Source) -> frozenset[str]:
        read = set(source.facts())
        for function in source.functions():
            if function.follows_from is None:
                return _EVERY
            read.update(fact for fact in function.follows_from if not fact.startswith("history"))
        found = set(of_history(source))
        if self._context.is_timeless and source.reads_clock():
            found.add(groups.PLACES)
        for fact in read:
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
            if name and not groups.is_event(name):  # which entries may be missing: `of_history`
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

    __slots__ = ("_complete", "_groups", "_sources", "_stated", "_whole")

    def __init__(
        self,
        stated: Record,
        complete: Record,
        sources: Mapping[str, Source],
        groups_of: OpenGroups,
        whole: frozenset[str],
    ) -> None:
        dict.__init__(self)
        self._stated, self._complete = stated, complete
        self._sources, self._groups, self._whole = sources, groups_of, whole

    def __missing__(self, name: str) -> Any:
        """Read the measure."""
        value = self._stated[name]
        if value is None:
            lacks = self._groups.of(self._sources[name])
            if lacks and lacks <= self._whole:
                value = self._complete[name]
        self[name] = value
        return value

    def read(self) -> dict[str, Any]:
        """All that was read."""
        return dict(self)

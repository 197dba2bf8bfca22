"""Cases that are alike, and what must be asked anew of one of them.

Two cases are alike that state the same words, and the same yes and no, of the parties, the debts and the act, and whose
histories have the same kinds of entries, which in partial records leave the same open. A value that follows from
nothing else is the same in both. One that follows from the moment, from entries that are there, from a date, sum, name
or number is asked anew of each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.case.objects import Contact
from collectrules.case.sayings import Content
from collectrules.case.vocabulary import ROOTS
from collectrules.law.dependence import Affected

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from collectrules.case.declaring import Facts
    from collectrules.case.objects import Case
    from collectrules.case.vocabulary import Catalogue, Field
    from collectrules.law.applicable import ApplicableLaw
    from collectrules.measures.record import Source

_ITEMS: Final = {"debts": "debt", "endpoints": "endpoint"}
_ORDER: Final = frozenset({"debts.id", "action.debts", "endpoints.id"})
"""What tells items apart. Of alike cases they have the same order, so that a loop over them is the same."""


def entries_of(case: Case) -> frozenset[str]:
    """The kinds of entries that a history has, as expressions look through them."""
    kinds: set[str] = set()
    for fact in case.history or ():
        if isinstance(fact, Contact):
            kinds.add("contacts")
            if fact.consent is not None:
                kinds.add("consents")
        else:
            kinds |= {"events", fact.event}
            if fact.event == "consent":
                kinds.add("consents")
    return frozenset(kinds)


def told_of_entries(case: Case) -> frozenset[tuple[str, frozenset[str]]]:
    """By kind what every such entry states: what one leaves open may be of a group of the record that is whole."""
    told: dict[str, frozenset[str]] = {}
    for fact in case.history or ():
        kind = "contact" if isinstance(fact, Contact) else fact.event
        stated = frozenset([name for name, value in vars(fact).items() if value is not None])
        told[kind] = stated & told.get(kind, stated)
    return frozenset(told.items())


def likeness(case: Case, words: Catalogue) -> Hashable:
    """What alike cases have in common, beside the kinds of entries."""
    debtor, act = case.debtor, case.action
    order = {debt.id: number for number, debt in enumerate(case.debts)}
    named = None if act is None or act.debts is None else tuple([order.get(each) for each in act.debts])
    return (
        *[_stated(getattr(case, root), root, words) for root in ("collector", "creditor", "debtor", "action")],
        _stated(case, "case", words),
        tuple([_stated(debt, "debt", words) for debt in case.debts]),
        tuple([_stated(each, "endpoint", words) for each in (debtor.endpoints if debtor is not None else None) or ()]),
        named,
    )


def _stated(owner: Facts | None, kind: str, words: Catalogue) -> Hashable:
    return None if owner is None else frozenset(_each_stated(owner, words.by_attribute(kind), words))


def _each_stated(owner: Facts, fields: Mapping[str, Field], words: Catalogue) -> Iterator[Hashable]:
    for name, value in vars(owner).items():
        field = fields.get(name)
        if field is None or value is None:
            continue
        if field.type == "object":
            yield name, _stated(value, field.items, words)
        elif isinstance(value, Content):
            yield name, tuple(value), value.perhaps
        else:
            yield (name, value) if _is_listed(field) else name


def _is_listed(field: Field) -> bool:
    """Is its value one of few: yes or no, a listed word, or words?"""
    if field.type == "list":
        return field.items == "word"
    return field.type == "bool" or (field.type == "word" and field.words is not None)


def asked_anew(law: ApplicableLaw, entries: frozenset[str]) -> Affected:
    """What may differ between alike cases that have these kinds of entries."""
    words = law.catalogue
    measures = frozenset(name for name, source in law.looks.sources.items() if _may_differ(source, entries, words))
    numbers = [number for number, read in enumerate(law.read_by) if not measures.isdisjoint(read)]
    return Affected(measures, frozenset(numbers))


def _may_differ(source: Source, entries: frozenset[str], words: Catalogue) -> bool:
    follows = source.follows_from(entries)
    if follows.anything or follows.ids:
        return True
    # What hangs on the moment, or on the order of a history that has such entries, follows from `action.at`. Where it
    # does not, a definition that may be asked of an entry is asked of the act alone.
    return not all(fact in _ORDER or fact.startswith("history.") or _is_alike(fact, words) for fact in follows.facts)


def _is_alike(fact: str, words: Catalogue) -> bool:
    """Do alike cases state the same of a fact, as rules name it?"""
    root, *names = fact.split(".")
    kind = _ITEMS.get(root) or ROOTS.get(root)
    if kind is None or not names:
        return False
    *owners, last = names
    for name in owners:
        inner = words.own_fields(kind).get(name)
        if inner is None or inner.type != "object":
            return False
        kind = inner.items
    field = words.own_fields(kind).get(last)
    return field is not None and (field.type == "object" or _is_listed(field))

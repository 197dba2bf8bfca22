"""The entries that a query rests on: not how many fit, but which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.expressions.checked import Search
from collectrules.measures.loops import items_of, tests_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.expressions.checked import Term
    from collectrules.measures.context import Context
    from collectrules.measures.fields import Frame
    from collectrules.measures.history import Entry
    from collectrules.measures.making import Maker

    Entries = Callable[[Context, Frame], list[Entry]]


def fitting(term: Term | None, maker: Maker) -> Entries:
    """The entries of the history for which the condition of a query is certainly true, oldest first.

    Of the largest of several counts, those of the largest, the first of equals; of anything else, none.
    """
    if not isinstance(term, Search):
        return lambda _x, _f: []
    items, slot = items_of(term.collection, maker), term.item.slot
    if term.quantifier == "largest":
        counted = fitting(term.term, maker)

        def most(x: Context, f: Frame) -> list[Entry]:
            best: list[Entry] = []
            for item in items(x, f):
                f[slot] = item
                best = max(best, counted(x, f), key=lambda entries: sum(entry.times for entry in entries))
            return best

        return most
    if not term.collection.is_history:
        return lambda _x, _f: []
    surely = tests_of([maker.inside.read(part) for part in term.where]).surely

    def fit(x: Context, f: Frame) -> list[Entry]:
        found = []
        for item in items(x, f):
            f[slot] = item
            if surely(x, f):
                found.append(item)
        return found

    return fit

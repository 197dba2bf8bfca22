"""Queries inside loops over the history: asked again for each entry, and answered without a loop over all others.

What such a query asks of its own items alone is asked once. What it asks of both an item and what is outside is taken
apart (`plans`): which came first, and how values rise along the history, are looked up by halving; what only reads
words that items state is asked once for all items that state the same. Only what is left is asked item by item. So a
history of n entries costs n log n, unless the law itself compares each entry with each.

Measured (`python -m benchmarks growth`, 5,000 mixed events, all rules of a call in the US): seconds where plain loops
take many minutes. With few entries, and where a query is asked only once or twice of a case, it is the plain loop.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from collectrules.measures import NOTHING
from collectrules.measures.fields import AT_MOST
from collectrules.measures.history import Series
from collectrules.measures.loops import (
    Tests,
    candidates,
    is_hopeless,
    may_be_more,
    search,
    series_of,
    tests_of,
)
from collectrules.measures.plans import plan_of
from collectrules.measures.unfolding import unfolded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from collectrules.expressions.checked import Search
    from collectrules.measures.context import Context
    from collectrules.measures.fields import Frame, Read
    from collectrules.measures.history import Entry
    from collectrules.measures.making import Maker

_FEW: Final = 24
"""Entries of a collection up to which a loop is quicker."""
_ONCE: Final = 2
"""How often a query is asked of a case by a loop, before its items are sorted out."""
_SHORT: Final = 8
"""Items that are asked one by one, however many may state the same."""


def nested(term: Search, maker: Maker) -> Read:
    """A query that is asked again and again of one case: `any`, `no` or `count` over the history."""
    plain, series, key = search(term, maker), series_of(term.collection), object()
    hopeless, more = is_hopeless(term, maker), may_be_more(term.collection, maker)
    made: list[_Nested] = []
    counts = term.quantifier == "count"

    def read(x: Context, f: Frame) -> Any:
        if x.past.size <= _FEW:
            return plain(x, f)
        if hopeless and more(x) and not counts:
            return None
        if len(series(x).entries) <= _FEW:
            return plain(x, f)
        if not made:
            made.append(_Nested(term, maker))
        sorted_out = made[0].sorted_out(x)
        if sorted_out is None:
            asked = x.memo.get(key, 0)
            if asked < _ONCE:
                x.memo[key] = asked + 1
                return plain(x, f)
            sorted_out = made[0].sort_out(x, f)
        return made[0].answer(sorted_out, x, f)

    return read


class _Items:
    """Some items of which the query's own conditions are true, or all unknown, with their values where these rise."""

    __slots__ = ("_values", "series")

    def __init__(self, items: list[Entry]) -> None:
        self.series = Series(items)
        self._values: dict[int, list[Any] | None] = {}

    def values(self, number: int, of_item: Read, slot: int, x: Context, f: Frame) -> list[Any] | None:
        """The values of a term, ascending; None where one is unknown or they do not ascend."""
        if number not in self._values:
            found: list[Any] = []
            for item in self.series.entries:
                f[slot] = item
                found.append(of_item(x, f))
            known = all(value is not None and value is not NOTHING for value in found)
            rise = known and all(one <= other for one, other in pairwise(found))
            self._values[number] = found if rise else None
        return self._values[number]


class _Group(Struct, eq=False):
    """Items that state the same, by whether the query's own conditions are true or unknown of them."""

    sure: _Items
    unsure: _Items


class _SortedOut(Struct, eq=False):
    """The items of a query about one case."""

    every: _Group
    groups: list[_Group]


class _Slice(Struct, eq=False):
    """Items that lie where they must, and what is left to ask of each. `sure`: if that holds, they fit."""

    items: Series
    first: int
    last: int
    sure: bool
    tests: Tests

    @property
    def entries(self) -> Sequence[Entry]:
        """The items."""
        return self.items.entries[self.first : self.last]


class _Outside(Struct, eq=False):
    """What is outside when a query is asked: the positions of its bounds, and the values of its ranges."""

    positions: list[int]
    values: list[Any]
    unknown: bool
    """Is one of the values unknown? Then nothing is cut by values, and each item is asked."""


_UP_TO: Final[Mapping[str, Callable[[list[Any], Any], int]]] = {
    "<": bisect_left,
    "<=": bisect_right,
    "==": bisect_right,
}
"""Where, among ascending values, those end that compare so with another."""
_FROM: Final[Mapping[str, Callable[[list[Any], Any], int]]] = {
    ">": bisect_right,
    ">=": bisect_left,
    "==": bisect_left,
}
"""Where they begin."""


class _Nested:
    """A query taken apart."""

    def __init__(self, term: Search, maker: Maker) -> None:
        inner, term = maker.inside, unfolded(term, maker.body)
        self._plan = plan = plan_of(term, inner.read)
        self._slot = term.item.slot
        self._quantifier = term.quantifier
        self._least, self._most = maker.mode == "at_least", maker.mode in AT_MOST
        self._more = may_be_more(term.collection, maker)
        self._own = candidates(replace(term, where=tuple(plan.own)), maker)
        self._names = tuple(sorted(plan.names))
        self._keyed = tests_of([inner.read(part) for part in plan.keyed])
        rest = [inner.read(part) for part in plan.rest]
        ranged = [inner.read(part) for part in plan.ranged]
        self._rest, self._rest_and_ranged = tests_of(rest), tests_of([*ranged, *rest])
        self._all, self._all_and_ranged = (
            tests_of([*self._keyed.parts, *tests.parts]) for tests in (self._rest, self._rest_and_ranged)
        )
        self._of_items = [inner.read(each.of_item) for each in plan.ranges]
        asked = (*plan.own, *(each.of_item for each in plan.ranges))
        self._lasts = not any(maker.reading(part).clock for part in asked)
        """Is what is sorted out the same at every moment that has the same entries before it?"""
        self._backwards = any(not bound.after for bound in plan.bounds)
        """Are the items nearest to what is outside the last ones?"""

    def sorted_out(self, x: Context) -> _SortedOut | None:
        """The items of this query, where they were sorted out before."""
        found: _SortedOut | None = (x.lasting if self._lasts else x.memo).get(self)
        return found

    def sort_out(self, x: Context, f: Frame) -> _SortedOut:
        """Ask each item what concerns itself alone, and put those together that state the same."""
        items, tests = self._own(x, f)
        every: tuple[list[Entry], list[Entry]] = ([], [])
        groups: dict[tuple[object, ...], tuple[list[Entry], list[Entry]]] = {}
        for item in items:
            f[self._slot] = item
            truth = tests.truth(x, f)
            if truth is False:
                continue
            every[truth is None].append(item)
            if self._names:
                stated = tuple([getattr(item.fact, name, None) for name in self._names])
                groups.setdefault(stated, ([], []))[truth is None].append(item)
        whole = _Group(_Items(every[0]), _Items(every[1]))
        found = _SortedOut(whole, [_Group(_Items(sure), _Items(unsure)) for sure, unsure in groups.values()] or [whole])
        (x.lasting if self._lasts else x.memo)[self] = found
        return found

    def answer(self, found: _SortedOut, x: Context, f: Frame) -> Any:
        """The answer of the query."""
        slices = self._slices(found, x, f)
        if self._quantifier == "count":
            return self._count(slices, x, f)
        truth = self._exists(slices, x, f)
        return truth if self._quantifier == "any" or truth is None else not truth

    # ---- which items ------------------------------------------------------------------------------------------------

    def _slices(self, found: _SortedOut, x: Context, f: Frame) -> Iterator[_Slice]:
        """The items that lie where they must: all together where they are few, else by what they state."""
        positions = [bound.outside(x, f).position for bound in self._plan.bounds]
        values = [each.outside(x, f) for each in self._plan.ranges]
        outside = _Outside(positions, values, any(value is None or value is NOTHING for value in values))
        cuts = [self._cut(items, outside, x, f) for items in _both(found.every)]
        if sum(last - first for first, last, _ in cuts) <= max(_SHORT, len(found.groups)):
            for items, (first, last, ranged), sure in zip(_both(found.every), cuts, (True, False), strict=True):
                if first < last:
                    tests = self._all if ranged else self._all_and_ranged
                    yield _Slice(items.series, first, last, sure, tests)
            return
        for group in found.groups:
            f[self._slot] = (group.sure.series.entries or group.unsure.series.entries)[0]
            truth = self._keyed.truth(x, f)
            if truth is False:
                continue
            for items, sure in zip(_both(group), (truth is True, False), strict=True):
                first, last, ranged = self._cut(items, outside, x, f)
                if first >= last:
                    continue
                if ranged and self._quantifier != "count":
                    first, last = self._telling(first, last)
                yield _Slice(items.series, first, last, sure, self._rest if ranged else self._rest_and_ranged)

    def _telling(self, first: int, last: int) -> tuple[int, int]:
        """Of items that state the same, the one of which what is left to ask is truest, where that can be told."""
        if self._plan.rises:
            return last - 1, last
        return (first, first + 1) if self._plan.falls else (first, last)

    def _cut(self, items: _Items, outside: _Outside, x: Context, f: Frame) -> tuple[int, int, bool]:
        """The indexes between which items lie where they must, and whether that settles how their values compare."""
        series = items.series
        first, last = 0, len(series.entries)
        for bound, position in zip(self._plan.bounds, outside.positions, strict=True):
            halve = bisect_left if bound.after is bound.inclusive else bisect_right
            index = halve(series.positions, position)
            first, last = (max(first, index), last) if bound.after else (first, min(last, index))
        if first >= last or outside.unknown:
            return first, last, not outside.unknown
        for number, (each, value) in enumerate(zip(self._plan.ranges, outside.values, strict=True)):
            values = items.values(number, self._of_items[number], self._slot, x, f)
            if values is None:
                return first, last, False
            if each.symbol in _UP_TO:
                last = min(last, _UP_TO[each.symbol](values, value))
            if each.symbol in _FROM:
                first = max(first, _FROM[each.symbol](values, value))
        return first, last, True

    # ---- what they come to ------------------------------------------------------------------------------------------

    def _exists(self, slices: Iterator[_Slice], x: Context, f: Frame) -> bool | None:
        unknown = self._more(x)
        for part in slices:
            if not part.tests.parts:
                if part.sure:
                    return True
                unknown = True
                continue
            if unknown and not part.sure:
                continue
            for item in reversed(part.entries) if self._backwards else part.entries:
                f[self._slot] = item
                if unknown:
                    if part.tests.surely(x, f):
                        return True
                    continue
                truth = part.tests.truth(x, f)
                if truth is True and part.sure:
                    return True
                if truth is not False:
                    unknown = True
                    if not part.sure:
                        break
        return None if unknown else False

    def _count(self, slices: Iterator[_Slice], x: Context, f: Frame) -> int | None:
        if not self._least and self._more(x):
            return None
        number = 0
        for part in slices:
            if not part.tests.parts:
                if part.sure or self._most:
                    number += part.items.number(part.first, part.last)
                elif not self._least:
                    return None
                continue
            for item in part.entries:
                f[self._slot] = item
                truth = part.tests.truth(x, f)
                if (truth is True and part.sure) or (self._most and truth is not False):
                    number += item.times
                elif truth is not False and not self._least:
                    return None
        return number


def _both(group: _Group) -> tuple[_Items, _Items]:
    return group.sure, group.unsure

"""What z3 cannot see by itself: that one query finds whatever another finds, that a longer period ends later.

Two queries of one collection are compared item by item: where each item that surely fits the one surely fits the other,
whatever the case, then so do their counts, their `any` and their latest days. Items are compared in the same way
inside, so that queries within queries are reached.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

import z3

from collectrules.changes.encoding import Told, all_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from collectrules.changes.encoding import Extreme, Formula, Looked, Names, Truth
    from collectrules.changes.meaning import Key

ITEM_PATIENCE: int = 2_000
"""Milliseconds for one comparison of two queries; what takes longer is not known."""


class Inclusion(NamedTuple):
    """Of two queries: what surely fits the first surely fits the second; what may fit the first may fit the second."""

    sure: bool
    possible: bool


class Inclusions:
    """What is known of pairs, each worked out once."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._known: dict[tuple[Key, Key], Inclusion] = {}

    def axioms(self, told: Told, one_of: Collection[Key] | None = None) -> Iterator[Formula]:
        """Everything that is known of the variables of some formulas; of pairs of queries, of which one is `one_of`."""
        yield from told.facts.values()
        yield from self._of_lists(told)
        for first, second in permutations(told.looked.values(), 2):
            if one_of is not None and first.key not in one_of and second.key not in one_of:
                continue
            if first.collection == second.collection and first.scope.depth == second.scope.depth:
                found = self._of_queries(first, second)
                if found.sure:
                    yield first.low <= second.low
                if found.possible:
                    yield first.high <= second.high
        for one, other in permutations(told.extremes.values(), 2):
            if one.quantifier == other.quantifier and one.looked.collection == other.looked.collection:
                yield from self._of_extremes(one, other)
        for less, more in permutations(told.grown.values(), 2):
            if less.key == more.key and less.argument <= more.argument:
                yield less.value <= more.value

    @staticmethod
    def _of_lists(told: Told) -> Iterator[Formula]:
        for (key, words), inside in told.only.items():
            for (other_key, other_words), other in told.only.items():
                if other_key == key and words < other_words:
                    yield z3.Implies(inside, other)

    def _of_queries(self, first: Looked, second: Looked) -> Inclusion:
        known = self._known.get((first.key, second.key))
        if known is None:
            told = Told()
            one, other = _fits(first, told), _fits(second, told)
            known = self._known[first.key, second.key] = self._included(one, other, told)
        return known

    def _included(self, one: Truth, other: Truth, told: Told) -> Inclusion:
        solver = z3.Solver()
        solver.set("timeout", ITEM_PATIENCE)
        solver.add(*self.axioms(told))
        return Inclusion(
            sure=solver.check(z3.And(one.holds, z3.Not(other.holds))) == z3.unsat,
            possible=solver.check(z3.And(other.fails, z3.Not(one.fails))) == z3.unsat,
        )

    def _of_extremes(self, one: Extreme, other: Extreme) -> Iterator[Formula]:
        if one.quantifier == "largest":
            if one.looked.scope.depth == other.looked.scope.depth:
                yield from self._of_largest(one, other)
            return
        if one.looked.scope.depth == other.looked.scope.depth and self._of_queries(one.looked, other.looked).sure:
            order = (one, other) if one.quantifier == "latest" else (other, one)
            yield z3.Implies(one.looked.low >= 1, order[0].value.low <= order[1].value.low)

    def _of_largest(self, one: Extreme, other: Extreme) -> Iterator[Formula]:
        key = (one.key, other.key)
        known = self._known.get(key)
        if known is None:
            told = Told()
            first, second = (
                each.looked.encoder.number(
                    each.looked.search.term,
                    told,
                    each.looked.encoder.meanings.inner(each.looked.search, each.looked.scope),
                )
                for each in (one, other)
                if each.looked.search.term is not None
            )
            solver = z3.Solver()
            solver.set("timeout", ITEM_PATIENCE)
            solver.add(*self.axioms(told), z3.Not(first.unknown), z3.Not(second.unknown))
            known = self._known[key] = Inclusion(
                sure=solver.check(first.low > second.low) == z3.unsat,
                possible=solver.check(first.high > second.high) == z3.unsat,
            )
        if known.sure:
            yield one.value.low <= other.value.low
        if known.possible:
            yield one.value.high <= other.value.high


def _fits(looked: Looked, told: Told) -> Truth:
    """Does an item fit a query?"""
    inside = looked.encoder.meanings.inner(looked.search, looked.scope)
    return all_of([looked.encoder.truth(part, told, inside) for part in looked.search.where])

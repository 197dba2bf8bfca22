"""What hangs on what: which measures and conditions of a law may change with a fact, and with the moment of the act."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.case.item_paths import without_item
from collectrules.deciding.comparisons import compares_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from collectrules.deciding.conditions import Condition, Measure
    from collectrules.expressions.functions import MeasureFunction
    from collectrules.measures.record import Source


class Affected(Struct, frozen=True):
    """Measures, by name, and conditions, by number, that may have another value than before."""

    measures: frozenset[str]
    conditions: frozenset[int]


NOTHING_AFFECTED: Final = Affected(frozenset(), frozenset())


class AffectedByFact(Affected, frozen=True):
    """The same by a fact, and what of its values makes a difference."""

    asks_if_given: bool
    """Whether one of these measures asks if something is given: then stating what is assumed may matter too."""
    words: frozenset[str]
    """Every word that these measures or conditions name; to them all others are alike that the case does not state."""
    calls: frozenset[MeasureFunction]
    """The functions that these measures call, which may know words of their own."""


class Dependence:
    """Of one law. What hangs on a fact is worked out when it is first asked for; there are as many as facts."""

    def __init__(
        self,
        conditions: Sequence[Condition],
        table: Mapping[Measure, Source],
        read_by: Sequence[frozenset[str]],
    ) -> None:
        self._table = table
        self._conditions = conditions
        self._read_by = read_by
        """The names of the measures that each condition reads."""
        self._by_fact: dict[str, AffectedByFact] = {}

    @cached_property
    def on_clock(self) -> Affected:
        """What may change while the facts stay as they are and time goes on."""
        return Affected(*self._affected(lambda source: source.reads_clock(same_past=True)))

    @cached_property
    def on_time(self) -> Affected:
        """The same, where time goes on past entries of the history."""
        return Affected(*self._affected(lambda source: source.reads_clock()))

    def on_fact(self, fact: str) -> AffectedByFact:
        """What may change with a fact, named as in a verdict: `debtor.minor`, `debts[A].paid`, `action.opt_out.method`.

        An object is read whole where a rule asks for it, and in part where a rule asks for one of its fields.
        """
        name = without_item(fact)
        affected = self._by_fact.get(name)
        if affected is None:
            affected = self._by_fact[name] = self._affected_by_fact(name)
        return affected

    def _affected_by_fact(self, name: str) -> AffectedByFact:
        measures, numbers = self._affected(lambda source: source.depends_on(name))
        sources = [source for source in self._table.values() if source.measure.name in measures]
        compared = {str(compare.constant) for compare in compares_of([self._conditions[number] for number in numbers])}
        return AffectedByFact(
            measures,
            numbers,
            asks_if_given=any(source.asks_if_given() for source in sources),
            words=frozenset(compared).union(*[source.words() for source in sources]),
            calls=frozenset(function for source in sources for function in source.functions()),
        )

    def _affected(self, changes: Callable[[Source], bool]) -> tuple[frozenset[str], frozenset[int]]:
        measures = frozenset([measure.name for measure, source in self._table.items() if changes(source)])
        numbers = [number for number, read in enumerate(self._read_by) if not measures.isdisjoint(read)]
        return measures, frozenset(numbers)

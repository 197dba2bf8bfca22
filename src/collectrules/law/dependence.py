"""What hangs on what: which measures and conditions of a law may change with a fact, and with the moment of the act."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from collectrules.deciding.conditions import Condition, measures_of
from collectrules.expressions.syntax import Stated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from collectrules.deciding.conditions import Measure
    from collectrules.measures.record import Source

_ITEM: Final = re.compile(r"\[[^\]]*\]")
_OWNER: Final = "debtor."
"""A rule reads `debtor.endpoints`; a verdict asks for a field of one of them as `endpoints[mobile_1].place`."""


@dataclass(frozen=True, slots=True)
class Affected:
    """Measures, by name, and conditions, by number, that may have another value than before."""

    measures: frozenset[str]
    conditions: frozenset[int]
    asks_if_given: bool = False
    """Whether one of these measures asks if something is given: then stating what is assumed may matter too."""


NOTHING_AFFECTED: Final = Affected(frozenset(), frozenset())


class Dependence:
    """Of one law. What hangs on a fact is worked out when it is first asked for; there are as many as facts."""

    def __init__(self, conditions: Sequence[Condition], table: Mapping[Measure, Source]) -> None:
        self._table = table
        self._read_by = [frozenset(measures_of([condition])) for condition in conditions]
        self._by_fact: dict[str, Affected] = {}
        self.on_clock = self._affected(lambda source: source.reads_clock())
        """What may change while the facts stay as they are and time goes on."""

    def on_fact(self, fact: str) -> Affected:
        """What may change with a fact, named as in a verdict: `debtor.minor`, `debts[A].paid`, `action.opt_out.method`.

        An object is read whole where a rule asks for it, and in part where a rule asks for one of its fields.
        """
        name = _ITEM.sub("", fact)
        affected = self._by_fact.get(name)
        if affected is None:
            affected = self._by_fact[name] = self._affected(
                lambda source: any(_touch(name, read) for read in source.facts())
            )
        return affected

    def _affected(self, changes: Callable[[Source], bool]) -> Affected:
        measures = {measure for measure, source in self._table.items() if changes(source)}
        conditions = [number for number, read in enumerate(self._read_by) if not measures.isdisjoint(read)]
        asks = any(isinstance(part, Stated) for measure in measures for part in self._table[measure].parts())
        return Affected(frozenset(measure.name for measure in measures), frozenset(conditions), asks)


def _touch(fact: str, read: str) -> bool:
    if read == f"{_OWNER}endpoints":
        read = "endpoints"
    return fact == read or fact.startswith(f"{read}.") or read.startswith(f"{fact}.")

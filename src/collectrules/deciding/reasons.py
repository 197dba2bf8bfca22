"""Why conditions are true, false or unknown: the measures that settle them, and those that leave them open.

In strong Kleene logic knowing less never turns true into false. So of conditions that are known each measure that is
not needed can be dropped in turn, and what stays is needed; of a condition that is unknown every unknown counts that is
not settled by what is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from collectrules.deciding.conditions import measure_of, parts_of
from collectrules.deciding.decide import Decider

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from collectrules.deciding.conditions import Condition, Measure, Truth


class Reasons:
    """One condition that can be asked for its reasons on any record. Threads may share it."""

    def __init__(self, condition: Condition) -> None:
        parts = tuple(_parts(condition))
        self._decider = Decider(parts)
        numbers = {id(part): number for number, part in enumerate(parts)}
        self._inside = [tuple(numbers[id(inner)] for inner in parts_of(part)) for part in parts]
        self._measures = [measure_of(part) for part in parts]
        self.measures = tuple(dict.fromkeys(measure for measure in self._measures if measure is not None))
        """The measures that it reads, as they are written."""

    def truth(self, record: Mapping[str, Any]) -> Truth:
        """The truth of the condition on a record, of which only what matters is read."""
        return self._decider.truth(0, record)

    def unknown(self, record: Mapping[str, Any]) -> Iterator[Measure]:
        """The unknown measures for which the condition is unknown, repeats included; none where it is known."""
        waiting = [0]
        while waiting:
            number = waiting.pop()
            if self._decider.truth(number, record) is None:
                measure = self._measures[number]
                if measure is not None:
                    yield measure
                waiting.extend(reversed(self._inside[number]))


def _parts(condition: Condition) -> Iterator[Condition]:
    """A condition and everything inside it, as it is written."""
    yield condition
    for part in parts_of(condition):
        yield from _parts(part)


def undecided(asked: Sequence[tuple[Reasons, Mapping[str, Any]]]) -> list[Measure]:
    """The unknown measures behind every condition that is unknown on its record."""
    return list(dict.fromkeys(measure for reasons, record in asked for measure in reasons.unknown(record)))


def needed(asked: Sequence[tuple[Reasons, Mapping[str, Any]]]) -> list[Measure]:
    """Measures whose values alone keep the truth of every condition on its record; none can be left out."""
    truths: list[Truth] = []
    read: set[str] = set()
    for reasons, record in asked:
        noting = _Noting(record)
        truths.append(reasons.truth(noting))
        read |= noting.keys()
    # What was not read has not mattered.
    measures = list(dict.fromkeys(each for reasons, _ in asked for each in reasons.measures if each.name in read))
    known = {measure.name for measure in measures}
    # What stands first says most: it is tried last, and so stays where one of two would do.
    for measure in reversed(measures):
        known.remove(measure.name)
        for (reasons, record), kept in zip(asked, truths, strict=True):
            if measure in reasons.measures and reasons.truth(_Known(record, known)) is not kept:
                known.add(measure.name)
                break
    return [measure for measure in measures if measure.name in known]


class _Noting(dict[str, Any]):
    """A record that holds what was read of another."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self._record = record

    def __missing__(self, name: str) -> Any:
        """Read the measure."""
        value = self[name] = self._record[name]
        return value


class _Known(dict[str, Any]):
    """A record of which only some measures are known."""

    def __init__(self, record: Mapping[str, Any], known: set[str]) -> None:
        self._record, self._known = record, known

    def __missing__(self, name: str) -> Any:
        """Read the measure, where it is known."""
        return self._record[name] if name in self._known else None

"""What conditions compare, and so which measures they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.deciding.conditions import AllOf, AnyOf, Compare, Not

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.deciding.conditions import Condition, Measure


def compares_of(conditions: Iterable[Condition]) -> Iterator[Compare]:
    """Every comparison in the trees, in the order in which they stand, repeats included."""
    waiting = [*conditions][::-1]
    while waiting:
        match waiting.pop():
            case Compare() as compare:
                yield compare
            case Not(part):
                waiting.append(part)
            case AllOf(parts) | AnyOf(parts):
                waiting.extend(reversed(parts))


def measures_of(conditions: Iterable[Condition]) -> tuple[Measure, ...]:
    """The distinct measures that the conditions read, in the order they first appear."""
    return tuple(dict.fromkeys([compare.measure for compare in compares_of(conditions)]))

"""Which values of a measure conditions tell apart: two that every comparison finds alike decide alike."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, Final

from collectrules.deciding.conditions import PYTHON

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from collectrules.deciding.conditions import Compare, Measure

_NONE_NAMED: Final = object()
"""Any text with which nothing is compared."""
_NEVER_COMPARED: Final[tuple[type, list[Any]]] = (object, [])


class ToldApart:
    """The values of each measure that some of these comparisons tell apart."""

    def __init__(self, compares: Iterable[Compare]) -> None:
        constants: dict[Measure, set[Any]] = {}
        for compare in compares:
            constants.setdefault(compare.measure, set()).add(compare.constant)
        self._known: dict[str, tuple[type, list[Any]]] = {
            measure.name: (PYTHON[measure.type], sorted(values)) for measure, values in constants.items()
        }

    def of(self, name: str, value: Any) -> Hashable:
        """What a value has in common with others that decide as it does, and with none that decides otherwise.

        Unknown, and a value of another type than the measure's, which decides nothing, are things of their own.
        """
        kind, constants = self._known.get(name, _NEVER_COMPARED)
        if type(value) is not kind:
            return None if value is None else type(value).__name__
        if kind is bool:
            return bool(value)
        if kind is int:
            return bisect_left(constants, value) + bisect_right(constants, value)
        return value if value in constants else _NONE_NAMED

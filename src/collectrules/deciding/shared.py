"""What is made of a condition, once for all laws that hold it: the law of a country serves all its states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.deciding.conditions import Condition

T = TypeVar("T")


class Shared(Generic[T]):
    """Makes something of each condition when it is first asked for, and keeps both. Threads may share it.

    By identity: to compare conditions part by part is dear. So it is for conditions that are themselves shared.
    """

    def __init__(self, make: Callable[[Condition], T]) -> None:
        self._make = make
        self._made: dict[int, tuple[Condition, T]] = {}

    def of(self, condition: Condition) -> T:
        """What is made of a condition."""
        found = self._made.get(id(condition))
        if found is None:
            found = self._made.setdefault(id(condition), (condition, self._make(condition)))
        return found[1]

"""What was worked out of a case, recalled for the next one that is alike and has the same values where it counts.

What is worked out by truths alone hangs on a value only as far as conditions tell it apart. So it is kept under what
was read on the way to it, in that order: what is read next hangs on nothing but what was read before. A case that is
alike is read the same way, value by value, until it parts from all that came before or comes to what they came to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from collectrules.deciding.told_apart import ToldApart

T = TypeVar("T")

_MOST: Final = 1000
"""So many are kept of a kind of cases, before all are let go: half a megabyte. Two thousand calls came to 120."""


class Asked(NamedTuple):
    """A measure, and of which record: one case may have several, with a fact stated otherwise."""

    record: Hashable
    measure: str


class Recall:
    """What was worked out of the cases of one kind. Threads may share it."""

    def __init__(self, told_apart: ToldApart, anew: frozenset[str]) -> None:
        self._told_apart = told_apart
        self._anew = anew
        """The measures that may differ between cases of the kind: all others are the same in each."""
        self._begun: dict[Hashable, _Step | _Found[Any]] = {}
        self._kept = 0

    def recall(self, what: Hashable, value_of: Callable[[Asked], Any], work: Callable[[Noting], T]) -> T:
        """What was worked out under that name of a case that has the same values where it counts, else what is now.

        `value_of` gives the value of a measure; `work` tells of each that it reads, in an order that hangs on nothing
        but `what` and the values.
        """
        step = self._begun.get(what)
        while type(step) is _Step:
            asked = step.asked
            step = step.then.get(self._told_apart.of(asked.measure, value_of(asked)))
        if step is not None:
            return step.value  # type: ignore[no-any-return,union-attr] # a step is no end, and both are of `what`
        noting = Noting(self._told_apart, self._anew)
        value = work(noting)
        self._keep(what, noting.read, value)
        return value

    def _keep(self, what: Hashable, read: dict[Asked, Hashable], value: object) -> None:
        if self._kept >= _MOST:
            self._begun.clear()
            self._kept = 0
        self._kept += 1
        steps, last = self._begun, what
        for asked, told in read.items():
            step = steps.setdefault(last, _Step(asked))
            if type(step) is not _Step or step.asked != asked:
                return  # a thread was here before, and let all go
            steps, last = step.then, told
        steps.setdefault(last, _Found(value))


class Noting:
    """Takes down what is read, each measure once, as far as values are told apart."""

    def __init__(self, told_apart: ToldApart, anew: frozenset[str]) -> None:
        self._told_apart = told_apart
        self._anew = anew
        self.read: dict[Asked, Hashable] = {}

    def note(self, record: Hashable, measure: str, value: Any) -> None:
        """A measure of a record was read."""
        if measure in self._anew:
            asked = Asked(record, measure)
            if asked not in self.read:
                self.read[asked] = self._told_apart.of(measure, value)


class _Step:
    """What is read next, and what then follows, by the value."""

    __slots__ = ("asked", "then")

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.then: dict[Hashable, _Step | _Found[Any]] = {}


class _Found(NamedTuple, Generic[T]):
    """What was worked out."""

    value: T

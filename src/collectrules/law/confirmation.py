"""The second decider: durable-rules is asked the same conditions, and must say what our own decider says."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from collectrules.deciding import durable
from collectrules.deciding.conditions import Condition, Truth, both

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Confirmation:
    """Asks durable-rules about the rules of one law: those that bind, then the breach of each rule."""

    def __init__(self, bounds: Sequence[Condition], breaches: Sequence[Condition], bound_of: Sequence[int]) -> None:
        self._conditions = (*bounds, *breaches)
        self._bound_of = tuple(bound_of)

    def objection(self, record: Mapping[str, Any], breaches: Sequence[Truth]) -> str:
        """What is wrong with the engine or between the two; empty where they agree, or where there is no engine."""
        if not durable.available():
            return ""
        try:
            matching = _matching(self._conditions)
            first = len(self._conditions) - len(breaches)
            # Whom a ruleset binds matters only where a breach is not ruled out already.
            for spare in (first, 0):
                truths = matching(record, spare)
                if all(
                    breach is expected is False or both((truths[bound], breach)) is expected
                    for breach, expected, bound in zip(truths[first:], breaches, self._bound_of, strict=True)
                ):
                    return ""
        except durable.Unsupported as error:
            return f"durable-rules does not take these rules: {error}"
        except durable.EngineFault as error:
            return f"durable-rules failed: {error}"
        return "durable-rules and our own decider disagree"


@cache
def _matching(conditions: tuple[Condition, ...]) -> durable.Matching:
    """One for each set of conditions: the engine never gives back the memory of a set it was given."""
    return durable.match(conditions)

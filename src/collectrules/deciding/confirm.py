"""What the first decider says, confirmed by the second: durable-rules is asked the same conditions.

Each condition has one matcher, shared by all places, kinds of acts and days that use it, and conditions that differ in
nothing but what they measure have one ruleset of the engine. It never gives back the memory of a ruleset, so a program
makes at most `MOST_CONDITIONS`; what would need more is not confirmed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.deciding import durable
from collectrules.deciding.conditions import Condition, Truth, Unsupported, both, either, opposite
from collectrules.deciding.shared import Shared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_CONDITIONS: Final = 8000
"""Some 220 kB for each that comes to rules of its own: 1.8 GB at most. The 401 conditions that seven places asked in
fifteen years came to 160, which is 35 MB."""

_matchings: dict[Condition, durable.Matching] = {}
_held: durable.Held = {}


class Confirmation:
    """Some rules for durable-rules to confirm: of each whom it binds, when it is breached, and its exceptions."""

    def __init__(self, rules: Sequence[Sequence[Condition]], matchers: Shared[Late] | None = None) -> None:
        self._rules = rules
        self._matcher = (matchers or Shared(Late)).of

    def objection(self, record: Mapping[str, Any], breaches: Mapping[int, Truth]) -> str:
        """What is wrong with the engine or between the two; empty where they agree, and where there is no engine.

        `breaches` are the truths of "bound, breached and not excepted" by the own decider, of the rules that are asked,
        by their place in the order. What the record does not hold was not read, and is unknown.
        """
        if durable.reason_unavailable():
            return ""
        try:
            for number, expected in breaches.items():
                bound, when, *exceptions = self._rules[number]
                # Most rules are passed because nothing was done that they are about: then that is all there is to ask.
                truth = self._matcher(when)(record)
                if truth is not False:
                    truth = both((truth, self._matcher(bound)(record)))
                if truth is not False:
                    excepted = either([self._matcher(exception)(record) for exception in exceptions])
                    truth = both((truth, opposite(excepted)))
                if truth is not expected:
                    return "durable-rules and the own decider disagree"
        except (durable.EngineFault, Unsupported) as error:
            return f"durable-rules failed: {error}"
        return ""


class Late:
    """The matcher of a condition, made when it is first asked: the engine never gives back what it takes."""

    __slots__ = ("_condition", "_matching")

    def __init__(self, condition: Condition) -> None:
        self._condition = condition
        self._matching: durable.Matching | None = None

    def __call__(self, record: Mapping[str, Any]) -> Truth:
        """The truth of the condition on a record."""
        if self._matching is None:
            self._matching = _shared(self._condition)
        return self._matching(record)


def _shared(condition: Condition) -> durable.Matching:
    matching = _matchings.get(condition)
    if matching is None:
        if len(_matchings) >= MOST_CONDITIONS:
            raise durable.EngineFault(f"it holds {MOST_CONDITIONS} conditions, all that it may\n    start again")
        matching = _matchings.setdefault(condition, durable.Matching(condition, _held))
    return matching

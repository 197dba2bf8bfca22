"""When an act is lawful: the spans of time between two moments, each with its decision and the law behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from collectrules.law.strength import RANK, Strength
from collectrules.verdict.moments import instant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from collectrules.law.strength import Decision
    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.outcomes import Outcome
    from collectrules.verdict.search import Search


class Ground(Struct, frozen=True):
    """Why an act is no allow in a span: a rule that speaks, or law that was not read (then without a citation)."""

    rule: str
    citation: str
    sentence: str
    strength: str
    decision: Decision
    source: str = ""
    undecided: bool = False
    """Whether the rule is breached is not known."""


class Answered(NamedTuple):
    """The decision at a moment, and every ground for it, the heaviest first."""

    decision: Decision
    grounds: tuple[Ground, ...]


class Slot(Struct, frozen=True):
    """A span of time, from its first minute up to `end`, in which the answer is one and the same."""

    begin: datetime
    end: datetime
    decision: Decision
    grounds: tuple[Ground, ...]


def slots(search: Search, first: datetime, last: datetime) -> Iterator[Slot]:
    """The spans from the first moment up to the last, each told on the clock of the first. Both are whole minutes.

    Nothing of the history is later than the first moment.
    """
    zone = first.tzinfo
    begin, end = instant(first), instant(last)
    since, before = begin, None
    for at, answered in search.answers(begin, end, answer_of):
        assert isinstance(at, type(begin))
        if before is not None and answered != before:
            yield _slot(since, at, before, zone)
            since = at
        before = answered
    if before is not None:
        yield _slot(since, end, before, zone)


def answer_of(judgement: Judgement) -> Answered:
    """The decision of a judgement, and every ground of it."""
    decision = judgement.decision
    grounds = [_ground(outcome) for outcome in judgement.speaking if outcome.decision != "allow"]
    if decision == "review":
        gaps = (*judgement.law.expected.gaps, *judgement.uncovered.sentences())
        grounds += [Ground(Strength.COVERAGE_GAP.value, "", gap, Strength.COVERAGE_GAP.value, "review") for gap in gaps]
    if judgement.objection:
        fault = Strength.ENGINE_FAULT.value
        grounds.append(Ground(fault, "", judgement.objection, fault, "review"))
    return Answered(decision, tuple(sorted(grounds, key=lambda ground: -RANK[ground.decision])))


def _ground(outcome: Outcome) -> Ground:
    rule = outcome.applied.rule
    told = rule.says or rule.title
    if outcome.breach is None:
        told = f"whether this is breached cannot be known: {rule.title}"
    elif outcome.breach is False:
        told = f"whether this is still the law was due to be looked up: {rule.title}"
    return Ground(
        rule.full_id, rule.citation, told, outcome.strength.value, outcome.decision, rule.source, outcome.breach is None
    )


def _slot(begin: datetime, end: datetime, answered: Answered, zone: Any) -> Slot:
    if zone is not None:
        begin, end = begin.astimezone(zone), end.astimezone(zone)
    return Slot(begin, end, *answered)

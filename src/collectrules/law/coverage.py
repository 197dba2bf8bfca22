"""What is encoded: for each jurisdiction and topic how much law, how sure, and when it must be read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.law.model import AnswerBlock, Confidence, Rule, Ruleset


@dataclass(frozen=True, slots=True)
class Extent:
    """How much law there is, and how sure it is. Every rule and answer counts by itself."""

    rules: int
    answers: int
    high: int
    medium: int
    low: int
    verified: date | None
    """The oldest day on which one of them was held against the law; None where there is none."""
    verify_by: date | None
    """The next day by which one of them must be."""
    overdue: int
    """How many of them are past that day: what they pass becomes a review."""


@dataclass(frozen=True, slots=True)
class JurisdictionCovered:
    """One jurisdiction by itself, without its parents."""

    jurisdiction: str
    extent: Extent
    topics: Mapping[str, Extent]
    """A ruleset names its topics as a whole, so that a rule counts for each topic of its ruleset."""
    rulesets: tuple[str, ...]
    not_in_force: tuple[str, ...]
    """Rulesets of drafts and pending law: counted nowhere."""


def coverage(rulesets: Iterable[Ruleset], today: date) -> tuple[JurisdictionCovered, ...]:
    """The jurisdictions with the law that is encoded for each, in the order of their codes."""
    by_jurisdiction: dict[str, list[Ruleset]] = {}
    for ruleset in rulesets:
        for code in ruleset.jurisdictions:
            by_jurisdiction.setdefault(code, []).append(ruleset)
    return tuple(_covered(code, by_jurisdiction[code], today) for code in sorted(by_jurisdiction))


def _covered(code: str, rulesets: Iterable[Ruleset], today: date) -> JurisdictionCovered:
    found = sorted(rulesets, key=lambda ruleset: ruleset.id)
    in_force = [ruleset for ruleset in found if ruleset.status == "in_force"]
    topics = sorted({topic for ruleset in in_force for topic in ruleset.topics})
    return JurisdictionCovered(
        jurisdiction=code,
        extent=_extent(in_force, today),
        topics={topic: _extent([each for each in in_force if topic in each.topics], today) for topic in topics},
        rulesets=tuple(ruleset.id for ruleset in in_force),
        not_in_force=tuple(f"{ruleset.id} ({ruleset.status})" for ruleset in found if ruleset.status != "in_force"),
    )


def _extent(rulesets: Iterable[Ruleset], today: date) -> Extent:
    rulesets = tuple(rulesets)
    laws: list[Rule | AnswerBlock] = []
    for ruleset in rulesets:
        laws += [*ruleset.rules, *ruleset.answers]
    sure: dict[Confidence, int] = {"high": 0, "medium": 0, "low": 0}
    for law in laws:
        sure[law.confidence] += 1
    due = min((law.verify_by for law in laws), default=None)
    return Extent(
        rules=sum(len(ruleset.rules) for ruleset in rulesets),
        answers=sum(len(ruleset.answers) for ruleset in rulesets),
        high=sure["high"],
        medium=sure["medium"],
        low=sure["low"],
        verified=min((date.fromisoformat(law.verified) for law in laws), default=None),
        verify_by=None if due is None else date.fromordinal(due),
        overdue=sum(1 for law in laws if law.verify_by < today.toordinal()),
    )

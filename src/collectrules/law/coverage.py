"""What is encoded: for each place and topic what was read, for whom and since when; how sure, and when it is due again.

These are the declarations under `covers:` and nothing else; a verdict's gaps are found in the same.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from collectrules.case.vocabulary import catalogue
from collectrules.expressions.english import iso_day
from collectrules.law.by_paragraph import told
from collectrules.law.model import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.law.by_paragraph import ParagraphTold
    from collectrules.law.model import Confidence, Cover, CoverState, Ruleset
    from collectrules.law.topics import Topic, Topics

Standing = Literal["encoded", "partly", "nothing", "not read"]
_STANDING: Final[Mapping[CoverState, Standing]] = {
    "encoded": "encoded",
    "mirrors": "encoded",
    "partly": "partly",
    "nothing": "nothing",
}
_MOST_FIRST: Final[tuple[Standing, ...]] = ("encoded", "partly", "nothing")
_WHOM: Final = {"bound": "", "others": "all others", "everybody": "everybody"}


class Extent(Struct, frozen=True):
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


class CoverTold(Struct, frozen=True):
    """One cover of a topic, as it is written: empty where it holds without limit."""

    state: CoverState
    whom: str
    """In the words of the ruleset; empty for whom the ruleset binds."""
    channels: tuple[str, ...]
    """None for those of the case format; `any` for a plugin's too."""
    since: str
    until: str
    citation: str
    ruleset: str
    verified: str
    confidence: Confidence
    from_memory: bool
    mirrors: str
    note: str


class TopicCovered(Struct, frozen=True):
    """One topic at one place, and what has been read of it."""

    standing: Standing
    """What the best of its covers says; covers of low confidence and of other days are gaps."""
    title: str
    expected: bool
    """Must it have been read before an act that touches it can be allowed?"""
    gap: Literal["blocks", "told"]
    covers: tuple[CoverTold, ...]


class JurisdictionCovered(Struct, frozen=True):
    """One jurisdiction by itself, without its parents."""

    jurisdiction: str
    extent: Extent
    topics: Mapping[str, TopicCovered]
    """Every topic of which law is expected here, and every other that is covered, in the order of the topics."""
    rulesets: tuple[str, ...]
    not_in_force: tuple[str, ...]
    """Rulesets of drafts and pending law: counted nowhere."""
    cities: tuple[str, ...]
    """Those that have law of their own."""
    paragraphs: Mapping[str, tuple[ParagraphTold, ...]]
    """Of each ruleset that lists them: every paragraph of its law, and how it stands with it."""


def coverage(rulesets: Iterable[Ruleset], topics: Topics, today: date) -> tuple[JurisdictionCovered, ...]:
    """The jurisdictions with what is encoded for each on that day, in the order of their codes."""
    by_jurisdiction: dict[str, list[Ruleset]] = {}
    for ruleset in rulesets:
        for code in ruleset.jurisdictions if ruleset.where is None else ():
            by_jurisdiction.setdefault(code, []).append(ruleset)
    return tuple(_covered(code, by_jurisdiction[code], topics, today) for code in sorted(by_jurisdiction))


def _covered(code: str, rulesets: Iterable[Ruleset], topics: Topics, today: date) -> JurisdictionCovered:
    found = sorted(rulesets, key=lambda ruleset: ruleset.id)
    in_force = [ruleset for ruleset in found if ruleset.status == "in_force"]
    covered = {topic.id: _topic(topic, code, in_force, today) for topic in topics.by_id.values()}
    return JurisdictionCovered(
        jurisdiction=code,
        extent=_extent(in_force, today),
        topics={name: topic for name, topic in covered.items() if topic.expected or topic.covers},
        rulesets=tuple(ruleset.id for ruleset in in_force),
        not_in_force=tuple(f"{ruleset.id} ({ruleset.status})" for ruleset in found if ruleset.status != "in_force"),
        cities=tuple(sorted({city for ruleset in in_force for city in ruleset.cities})),
        paragraphs={
            ruleset.id: told(ruleset.by_paragraph, ruleset.citations, ruleset.paragraphs)
            for ruleset in in_force
            if ruleset.by_paragraph is not None
        },
    )


def _topic(topic: Topic, place: str, rulesets: Iterable[Ruleset], today: date) -> TopicCovered:
    covers = [(cover, ruleset) for ruleset in rulesets for cover in ruleset.covers if cover.topic == topic.id]
    day = today.toordinal()
    return TopicCovered(
        standing=_standing([cover for cover, _ in covers if cover.holds_on(day)]),
        title=topic.title,
        expected=topic.expected_at(place),
        gap="blocks" if topic.blocks else "told",
        covers=tuple([_told(cover, ruleset) for cover, ruleset in covers]),
    )


def _standing(covers: Iterable[Cover]) -> Standing:
    """What the best of some covers says. That there is no rule for some is not that there is none."""
    standing: set[Standing] = set()
    nothing_for: set[str] = set()
    for cover in covers:
        if cover.state != "nothing" or cover.whom in ("bound", "everybody"):
            standing.add(_STANDING[cover.state])
        else:
            nothing_for.add(cover.condition_text)
    if nothing_for:
        everybody = any(f"not {whom}" in nothing_for for whom in nothing_for)
        standing.add("nothing" if everybody or standing else "partly")
    return next((each for each in _MOST_FIRST if each in standing), "not read")


def _told(cover: Cover, ruleset: Ruleset) -> CoverTold:
    usual = cover.channels == catalogue().channels
    return CoverTold(
        state=cover.state,
        whom=_WHOM.get(cover.whom, cover.condition_text),
        channels=() if usual else cover.channels or ("any",),
        since=iso_day(cover.since),
        until="" if cover.until == NEVER else iso_day(cover.until),
        citation=cover.citation,
        ruleset=ruleset.id,
        verified=cover.verified,
        confidence=cover.confidence,
        from_memory=cover.from_memory,
        mirrors=cover.mirrors,
        note=cover.note,
    )


def _extent(rulesets: Iterable[Ruleset], today: date) -> Extent:
    rulesets = tuple(rulesets)
    laws = [law for ruleset in rulesets for law in ruleset.blocks]
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

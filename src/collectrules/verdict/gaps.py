"""What an act touches and nobody has read: the topics without a cover, and stated facts of which no law takes account.

An allow is shown, topic by topic. A topic that may be touched, and of which no cover in force holds for these parties,
is a gap: a review where the topic blocks, else told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from collectrules.deciding.conditions import both, either, opposite
from collectrules.expressions import english
from collectrules.expressions.english import iso_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from collectrules.deciding.conditions import Truth
    from collectrules.law.applicable import ApplicableLaw, AppliedOmission
    from collectrules.law.gaps import AskedCover, AskedStop, AskedTopic, Bound

Accepted = Mapping[tuple[str, str], str]
"""Gaps that a company accepts: place and topic, and why."""

_AFTER_NOUN: Final = re.compile(" (?:of|for|that|with) ")
"""What ends the noun of a title: the transfer of debts was not read, courts for small claims were not."""
_FEW_TITLES: Final = 3
_FOR_SOME: Final = "read for some parties only, and whether for these is not known"
_OWN_RULES: Final = frozenset({"encoded", "partly"})


class Gap(NamedTuple):
    """A topic of the act that was not read at a place, and what is amiss, as it is told of several topics together."""

    asked: AskedTopic
    why: str
    turns_on_facts: bool = False
    """Is it read already, if the facts that are asked for are of those parties for whom it was?"""

    @property
    def group(self) -> tuple[str, str]:
        """What it is told with: its place, and what is amiss."""
        return self.asked.place, self.why


class Uncovered(Struct, frozen=True):
    """What keeps an act from being allowed for want of law, and what is told beside."""

    gaps: tuple[Gap, ...]
    """Topics that block."""
    told: tuple[Gap, ...]
    """Topics that are only told, and those of which some rules are encoded."""
    accepted: tuple[tuple[Gap, str], ...]
    """Topics that block, but for the company's word, which is told with its reason."""
    from_memory: tuple[AskedTopic, ...]
    """Topics that were read, and rest on knowledge alone."""
    facts: tuple[AskedStop, ...]
    """Stated facts that stop collectors, of which nothing that was read takes account."""
    omissions: tuple[AppliedOmission, ...]
    """What a ruleset leaves out, and a stated fact concerns."""

    @property
    def blocks(self) -> bool:
        """Can the act not be allowed?"""
        return bool(self.gaps or self.facts or self.omissions)

    def sentences(self) -> Iterator[str]:
        """Why the act cannot be allowed, by place."""
        yield from sentences(self.gaps)
        yield from self.of_facts()

    def of_facts(self) -> Iterator[str]:
        """The stated facts because of which it cannot be allowed."""
        for stop in self.facts:
            yield f"the case states that {stop.fact.says}; no encoded law of this place says what follows"
        for omission in self.omissions:
            what, place = omission.omission, omission.ruleset.jurisdiction
            yield f"{place}: {what.what} ({what.citation}) is not encoded, and concerns this case"


def sentences(gaps: Iterable[Gap]) -> Iterator[str]:
    """Gaps in words: one sentence for each place and what is amiss there."""
    for _, sentence in by_place(gaps):
        yield sentence


def by_place(gaps: Iterable[Gap]) -> Iterator[tuple[Gap, str]]:
    """Each place and what is amiss there once, by the first such gap, with the sentence that tells all of them."""
    together: dict[tuple[str, str], list[Gap]] = {}
    for gap in gaps:
        together.setdefault(gap.group, []).append(gap)
    for (place, why), alike in together.items():
        titles = [gap.asked.topic.title for gap in alike]
        if len(titles) > _FEW_TITLES:  # what is amiss comes before a list of which a page tells the beginning
            yield alike[0], f"{place}, {why}: {english.listing(titles, 'and')}"
            continue
        head = _AFTER_NOUN.split(titles[0])[0]
        verb = "were" if len(titles) > 1 or head.endswith("s") else "was"
        yield alike[0], f"{place}: {english.listing(titles, 'and')} {verb} {why}"


def in_brief(gaps: Sequence[Gap]) -> str:
    """The first of gaps with its place, and how many are told with it: `US-MA: first notice and 3 more topics`."""
    first = gaps[0]
    more = sum(gap.group == first.group for gap in gaps) - 1
    beside = f" and {more} more topic{'s' if more > 1 else ''}" if more else ""
    return f"{first.asked.place}: {first.asked.topic.title}{beside}"


class Coverage:
    """Asks what of a law holds of one case. What was `due` to be read again before that day is not read."""

    def __init__(
        self,
        law: ApplicableLaw,
        truth: Callable[[int], Truth],
        bound: Callable[[Bound], Truth],
        due: int,
        *,
        touched: Callable[[int], Truth] | None = None,
    ) -> None:
        self._law, self._truth, self._bound, self._due = law, truth, bound, due
        self._touched = truth if touched is None else touched

    def uncovered(self, accepted: Accepted) -> Uncovered:
        """Everything that was not read."""
        gaps: list[Gap] = []
        told: list[Gap] = []
        let: list[tuple[Gap, str]] = []
        from_memory: list[AskedTopic] = []
        for asked in self._law.expected.topics:
            if not self._may_touch(asked):
                continue
            holding = [cover for cover in asked.covers if self._holds(asked, cover) is True]
            if holding or self._excluded_middle(asked):
                if holding and all(cover.cover.from_memory for cover in holding):
                    from_memory.append(asked)
                if holding and all(cover.cover.state == "partly" for cover in holding):
                    told.append(Gap(asked, "read in part"))
                continue
            gap = self._gap(asked)
            reason = accepted.get((asked.place, asked.topic.id))
            if reason is not None:
                let.append((gap, reason))
            else:
                (gaps if asked.topic.blocks else told).append(gap)
        facts = tuple([stop for stop in self._law.expected.stops if self._falls_silent(stop)])
        omissions = tuple([each for each in self._law.omissions if self._concerns(each)])
        return Uncovered(tuple(gaps), tuple(told), tuple(let), tuple(from_memory), facts, omissions)

    def _may_touch(self, asked: AskedTopic) -> bool:
        return not asked.touched or any(self._touched(number) is not False for number in asked.touched)

    def _holds(self, asked: AskedTopic, cover: AskedCover) -> Truth:
        """Does a cover hold of these parties?"""
        what = cover.cover
        if self._is_overdue(cover):
            return False
        bound = self._bound(cover.bound)
        whom: Truth = True
        if what.whom == "others":
            whom = opposite(bound)
        elif what.whom == "everybody":
            pass
        elif cover.condition is None:
            whom = bound
        else:
            stated = self._truth(cover.condition)
            whom = stated if what.state == "nothing" else both((bound, stated))
        if what.state != "mirrors" or whom is False:
            return whom
        return both((whom, self._mirrored(asked, what.mirrors)))

    def _mirrored(self, asked: AskedTopic, place: str) -> Truth:
        """Do the rules of the other place's law of the same topic hold of these parties?"""
        there = [each for each in self._law.expected.topics if each.topic is asked.topic and each.place == place]
        covers = [cover for each in there for cover in each.covers if cover.cover.state in _OWN_RULES]
        return either([self._holds(asked, cover) for cover in covers])

    def _excluded_middle(self, asked: AskedTopic) -> bool:
        """Has one file read the topic both for those whom it binds and for all others, and lately enough?"""
        covers = [each for each in asked.covers if each.cover.state != "mirrors" and not self._is_overdue(each)]
        whom = {(cover.ruleset.id, cover.cover.whom) for cover in covers}
        return any((ruleset, "others") in whom for ruleset, each in whom if each == "bound")

    def _is_overdue(self, cover: AskedCover) -> bool:
        """Was what it says due to be read again?"""
        return cover.cover.verify_by < self._due

    def _gap(self, asked: AskedTopic) -> Gap:
        """A topic that was not read, and what is amiss."""
        if asked.part:
            return Gap(asked, "not read: it is law of the country's parts, and the case names none")
        old = [cover.cover.verify_by for cover in asked.covers if self._is_overdue(cover)]
        if old:
            return Gap(asked, f"due to be read again by {iso_day(min(old))}")
        if any(self._holds(asked, cover) is None for cover in asked.covers):
            return Gap(asked, _FOR_SOME, turns_on_facts=True)
        return Gap(asked, self._unread(asked))

    def _unread(self, asked: AskedTopic) -> str:
        """How far a topic was not read of which no cover holds, whatever else there is to know."""
        day = self._law.day
        if any(cover.holds_on(day) for cover in asked.others):
            return "not read for this channel"
        if asked.covers:
            return "not read for these parties"
        if not asked.others:
            return "not read"
        later = [cover.since for cover in asked.others if cover.since > day]
        if later and len(later) == len(asked.others):
            return f"read only from {iso_day(min(later))} on"
        unsure = any(cover.confidence == "low" for cover in asked.others)
        return "read, but not for certain" if unsure else "not read for this day"

    def _falls_silent(self, stop: AskedStop) -> bool:
        """Is a fact stated that stops collectors, and does nothing that governs this act take account of it?"""
        if self._truth(stop.condition) is not True:
            return False
        facts = frozenset(stop.fact.facts)
        for applied in self._law.rules:
            if applied.in_force.facts.isdisjoint(facts) or self._truth(applied.bound.whole) is False:
                continue
            return False
        asked_there = [asked for asked in self._law.expected.topics if asked.topic is stop.topic]
        countries = [asked for asked in asked_there if "-" not in asked.place]
        if countries:  # that a part has no law of it says nothing of what the country's law leaves open
            return not all(map(self._has_nothing, countries))
        return not any(map(self._has_nothing, asked_there))

    def _has_nothing(self, asked: AskedTopic) -> bool:
        """Was a topic read at its place, and is there no law of it for these parties?"""
        return any(cover.cover.state == "nothing" and self._holds(asked, cover) is True for cover in asked.covers)

    def _concerns(self, omission: AppliedOmission) -> bool:
        """Is something left out that a stated fact concerns?"""
        if omission.condition is None or self._truth(omission.bound.whole) is False:
            return False
        return self._truth(omission.condition) is True

"""What must have been read before an act can be allowed: the topics that it touches, at each place of its law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from collectrules.law.topics import ELSE, EVERY_TOPIC, layer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from collectrules.expressions.syntax import Expression
    from collectrules.law.model import Cover, Ruleset
    from collectrules.law.topics import StopFact, Topic, Topics

NO_CITY_NAMED: Final = "the case names no city"
"""Why the law of a city is not asked where the state of the debtor has such cities."""


class Bound(Struct, frozen=True):
    """Whom a ruleset binds: the numbers of the whole condition, of its `when`, and of each exception."""

    whole: int
    when: int
    unless: tuple[int, ...]


class Act(NamedTuple):
    """What is asked about: a kind of act, on one channel (None: not known) and day (proleptic ordinal)."""

    kind: str
    channel: str | None
    day: int


class Places(NamedTuple):
    """The places whose law is asked for, the narrowest first."""

    codes: tuple[str, ...]
    only: bool = False
    """Is the law of no other place asked for?"""
    inherited: frozenset[str] = frozenset()
    """Those that are no parents: their law holds, and what it does not say is not missed."""


class AskedCover(NamedTuple):
    """A cover that may hold of an act: in force that day, on that channel, and sure enough."""

    cover: Cover
    ruleset: Ruleset
    bound: Bound
    """Whom the ruleset binds."""
    condition: int | None
    """The number of the condition of `for`; None where it has none of its own."""


class AskedTopic(NamedTuple):
    """One topic that an act of this kind may touch, at one place whose law applies."""

    topic: Topic
    place: str
    touched: tuple[int, ...]
    """The numbers of the conditions of which one must hold; none: always."""
    covers: tuple[AskedCover, ...]
    others: tuple[Cover, ...]
    """The covers that do not hold of such an act: not yet or no more in force, of another channel, unsure."""
    part: bool
    """Is it a part of the country that is asked for, and that the case does not name?"""


class AskedStop(NamedTuple):
    """A fact that stops collectors, and the number of its condition."""

    topic: Topic
    fact: StopFact
    condition: int


class Expected(Struct, frozen=True):
    """All that must have been read of the law of some places about one kind of act, on one channel and day."""

    topics: tuple[AskedTopic, ...] = ()
    stops: tuple[AskedStop, ...] = ()
    gaps: tuple[str, ...] = ()
    """Places of which nothing is encoded that could forbid the act: no allow is possible."""
    unnamed: tuple[str, ...] = ()
    """Those of the gaps that are there because the case names no part of a country."""
    silent: tuple[str, ...] = ()
    """Places that are encoded but say nothing of such an act."""
    assumed: tuple[tuple[str, str], ...] = ()
    """Places that are taken to have no law of their own, and why."""


class Asking(NamedTuple):
    """An act, the places and their law, and how conditions are put into the law that is compiled for it."""

    topics: Topics
    places: Places
    rulesets: Sequence[Ruleset]
    act: Act
    bounds: Mapping[str, Bound]
    """Whom each ruleset binds, by its id."""
    condition: Callable[[Expression, Ruleset | None], int]
    """The number of a condition, of the topics (None) or of a ruleset."""


def expected(asking: Asking, used: Sequence[Ruleset]) -> Expected:
    """What must have been read. `used` are the rulesets that have a rule about such an act."""
    topics, rulesets, act = asking.topics, asking.rulesets, asking.act
    places, only, inherited = asking.places
    reading = _Reading(asking)
    asked = tuple(reading.topics())
    law = [ruleset for ruleset in rulesets if ruleset.since <= act.day and ruleset.is_law]
    encoded = {place for ruleset in law for place in ruleset.jurisdictions}
    speaking = {place for ruleset in used for place in ruleset.jurisdictions}
    known = [place for place in places if place in encoded]
    beside = f", that of {' and '.join(known)} is" if known else ""
    absent = [place for place in places if place not in encoded and reading.is_expected(place)]
    gaps = [f"{place}: no law of this place is encoded{beside}{_part_meant(place)}" for place in absent]
    name = act.kind.replace("_", " ")
    covered = {topic.place for topic in asked if topic.covers}
    silent = [f"{place}: no rule about {name}" for place in known if place not in speaking | covered | inherited]
    if not used and not gaps and not covered:
        gaps, silent = silent, []
    countries = {place.partition("-")[0] for place in places} if not only else set()
    unnamed = [
        f"{country}: which state? its law applies beside that of the country, and no state is named"
        for country in sorted(countries)
        if EVERY_TOPIC in topics.parts.get(country, ()) and not any(place.startswith(f"{country}-") for place in places)
    ]
    return Expected(
        topics=tuple([topic for topic in asked if topic.place not in absent]),
        stops=tuple(reading.stops()),
        gaps=(*gaps, *unnamed),
        unnamed=tuple(unnamed),
        silent=tuple(silent),
        assumed=tuple(reading.assumed()),
    )


def _part_meant(place: str) -> str:
    """`; is US-MA meant?` of a country whose code is that of a part of another too, as `MA`, which is Morocco."""
    if "-" in place:
        return ""
    from collectrules.case.places.written import codes_meant  # a table of names, for what is not encoded only

    named = codes_meant(place)
    return f"; is {' or '.join(named)} meant?" if named else ""


class _Reading:
    """The topics of one act at some places."""

    def __init__(self, asking: Asking) -> None:
        self._topics, self._act = asking.topics, asking.act
        self._places, self._only, self._inherited = asking.places
        self._bounds, self._condition = asking.bounds, asking.condition
        self._law: dict[str, list[Ruleset]] = {}
        for ruleset in asking.rulesets:
            for place in ruleset.jurisdictions if ruleset.is_law else ():
                self._law.setdefault(place, []).append(ruleset)
        self._cities = {city for ruleset in asking.rulesets for city in ruleset.cities} | set(self._law)
        self._numbers: dict[tuple[int, int], int] = {}

    def is_expected(self, place: str) -> bool:
        """Is there law to expect of a place: of a city only where it is known to have some."""
        if place in self._inherited:
            return False
        if not self._topics.by_id:
            return True
        if layer_of(place) == "city" and place not in self._cities:
            return False
        return layer_of(place) == "country" or any(topic.expected_at(place) for topic in self._topics.by_id.values())

    def assumed(self) -> Iterator[tuple[str, str]]:
        """What is taken for granted of cities."""
        for place in self._places if self._topics.by_id else ():
            if layer_of(place) == "city" and place not in self._cities:
                yield place, "the file of its state names no law of this city"
            inside = [
                city for city in sorted(self._cities) if city.startswith(f"{place}-") and layer_of(city) == "city"
            ]
            if layer_of(place) == "state" and inside and not any(each.startswith(f"{place}-") for each in self._places):
                yield f"{' and '.join(inside)} for this debtor", NO_CITY_NAMED

    def topics(self) -> Iterator[AskedTopic]:
        """Each topic that the act may touch, at each place where law of it is expected."""
        for topic in self._topics.by_id.values():
            touches = [touch for touch in topic.touches if touch.governs(self._act.kind, self._act.channel)]
            if not touches:
                continue
            for place in self._places:
                if not (topic.expected_at(place) and self.is_expected(place)):
                    continue
                country = place.partition("-")[0]
                conditions = [touch.conditions.get(country, touch.conditions.get(ELSE)) for touch in touches]
                known = [each for each in conditions if each is not None]
                numbers = [self._number(each, None) for each in known] if len(known) == len(conditions) else []
                covers, others = self._covers(topic, place)
                yield AskedTopic(topic, place, tuple(numbers), covers, others, part=False)
                named = any(each.startswith(f"{country}-") for each in self._places)
                if (
                    layer_of(place) == "country"
                    and not (self._only or named)
                    and topic.id in self._topics.parts.get(country, ())
                ):
                    yield AskedTopic(topic, place, tuple(numbers), (), (), part=True)

    def stops(self) -> Iterator[AskedStop]:
        """The facts that stop collectors, of every topic that the act may touch."""
        for topic in self._topics.by_id.values():
            touched = any(touch.governs(self._act.kind, self._act.channel) for touch in topic.touches)
            for fact in topic.stops if touched else ():
                yield AskedStop(topic, fact, self._number(fact.condition, None))

    def _covers(self, topic: Topic, place: str) -> tuple[tuple[AskedCover, ...], tuple[Cover, ...]]:
        """The covers of a topic at a place that may hold of the act, and those that do not."""
        holding: list[AskedCover] = []
        others: list[Cover] = []
        act = self._act
        for ruleset in self._law.get(place, ()):
            for cover in ruleset.covers:
                if cover.topic != topic.id:
                    continue
                if not cover.holds_for(act.channel, act.day):
                    others.append(cover)
                    continue
                stated = cover.whom == "stated"
                number = self._number(cover.condition, ruleset) if stated else None
                holding.append(AskedCover(cover, ruleset, self._bounds[ruleset.id], number))
        return tuple(holding), tuple(others)

    def _number(self, expression: Expression, ruleset: Ruleset | None) -> int:
        key = (id(expression), id(ruleset))
        if key not in self._numbers:
            self._numbers[key] = self._condition(expression, ruleset)
        return self._numbers[key]

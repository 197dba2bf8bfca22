"""A change as a whole: each rule tighter, looser, equal or incomparable; and is anything allowed that was denied?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from collectrules.changes import words
from collectrules.changes.cases import Changed, Search, Shown
from collectrules.changes.proving import Prover, Speaking, Spoken
from collectrules.changes.sides import changed
from collectrules.expressions import english
from collectrules.law.files import EVERYWHERE
from collectrules.law.model import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from collectrules.changes.proving import Proof
    from collectrules.changes.sides import Side
    from collectrules.changes.words import Word
    from collectrules.law.model import Rule, Ruleset

Relation = Literal["tighter", "looser", "equal", "incomparable", "new", "gone", "unknown"]
"""Of the new rule to the old one. `unknown`: neither proved nor shown by a case."""

ALWAYS_LEFT_OUT: Final = (
    "what makes a review where no rule speaks: topics not read (`covers`), shelf lives (`verify_by`), `leaves_out`",
    "partial records, where a review for what is missing may come or go; what they deny, complete ones deny too",
    "answers to questions (`answers`), obligations and reports: they deny nothing",
    "a count of which some entries are unknown is taken at the least and the most that it can be",
)
"""What no proof here speaks of."""


class RuleChange(NamedTuple):
    """What became of one rule."""

    id: str
    citation: str
    relation: Relation
    words: tuple[Word, ...]
    safe: Proof
    """Is it proved that nothing is allowed by the new law of its places that this rule denied?"""
    by: tuple[str, ...]
    """Where other rules of the new law had to be asked for that: these."""
    milder: Shown | None
    """A case that the new rule treats more mildly."""
    stricter: Shown | None
    """A case that it treats more strictly; looked for only where it tells `looser` from `incomparable`."""
    when: str
    """The days for which the case was looked for; empty for all."""
    renamed: str = ""
    """The id of the new rule that says what this one said."""

    @property
    def is_unproved(self) -> bool:
        """Is it neither proved nor shown?"""
        return self.milder is None and self.safe != "proved"


class Difference(NamedTuple):
    """What changed between two sides."""

    old: str
    new: str
    rules: tuple[RuleChange, ...]
    files: tuple[str, ...]
    """The places of the rulesets that were compared."""
    left_out: tuple[str, ...]
    """What the proof says nothing of."""

    @property
    def loosened(self) -> tuple[RuleChange, ...]:
        """Rules of which a case shows that they are milder, and no proof that other law denies what they denied."""
        return tuple(
            each for each in self.rules if each.milder is not None and (each.milder.flips or each.safe != "proved")
        )

    @property
    def unproved(self) -> tuple[RuleChange, ...]:
        """Rules of which it is neither proved nor shown."""
        return tuple(each for each in self.rules if each.is_unproved)


_On = tuple["Rule", "Ruleset"]


def difference(old: Side, new: Side, today: date) -> Difference:
    """Compare two sides. Raises InvalidInput for a ruleset that cannot be read."""
    places, others = changed(old, new)
    before, after = ({place: side.ruleset(place) for place in places} for side in (old, new))
    rules = _by_id(before.values()), _by_id(after.values())
    comparison = _Comparison(old, new, today)
    told = [
        comparison.of(name, rules[0].get(name), rules[1].get(name))
        for name in sorted({*rules[0], *rules[1]})
    ]  # fmt: skip
    left_out = [
        *ALWAYS_LEFT_OUT,
        *(f"{place} changed, which is no ruleset" for place in others if place.endswith("topics.yaml")),
    ]
    for place in places:
        left_out += _left_out(place, before[place], after[place])
    unsure = any(each.is_unproved for each in told if each is not None)
    if comparison.prover.names.opaque and unsure:
        functions = english.listing(sorted(comparison.prover.names.opaque), "and")
        left_out.append(f"what these functions compute: {functions}; they give the same for the same")
    return Difference(
        old.label, new.label, tuple(comparison.with_renamed(told, *rules)), tuple(places), tuple(left_out)
    )


def _by_id(rulesets: Iterable[Ruleset | None]) -> dict[str, _On]:
    return {rule.full_id: (rule, each) for each in rulesets if each is not None for rule in each.rules}


def _left_out(place: str, old: Ruleset | None, new: Ruleset | None) -> Iterator[str]:
    if old is None or new is None:
        return
    for name in ("covers", "omissions", "answers", "obligations", "reports"):
        if _bare(getattr(old, name)) != _bare(getattr(new, name)):
            yield f"`{'leaves_out' if name == 'omissions' else name}` of {place} changed"


def _bare(things: Iterable[object]) -> list[str]:
    """What they say, without where they stand."""
    return [
        repr([(name, getattr(each, name)) for name in each.__struct_fields__ if name not in ("place", "examples")])  # type: ignore[attr-defined]
        for each in things
    ]


class _Span(NamedTuple):
    """Days on which neither side changes."""

    first: int
    last: int


class _Comparison:
    def __init__(self, old: Side, new: Side, today: date) -> None:
        self.sides = (old, new)
        self.prover = Prover()
        self.search = Search(old, new, today)
        self._spoken: dict[tuple[int, str, int], Spoken] = {}

    def of(self, name: str, old: _On | None, new: _On | None) -> RuleChange | None:
        """What became of a rule; None where nothing did."""
        told = (
            ()
            if old is None or new is None
            else words.of_rule(old, new, self.sides[0].language.kinds, self.sides[1].language.kinds)
        )
        spans = list(self._spans(old, new))
        differing = [each for each in spans if self._key(0, old, each) != self._key(1, new, each)]
        if old is not None and new is not None and not differing and not told:
            return None
        cited = (new or old)[0].citation  # type: ignore[index]  # one of them is there
        if not differing:
            return RuleChange(name, cited, "equal", told, "proved", (), None, None, "")
        loosened = {span: self.prover.loosened(*self._both(old, new, span)) for span in differing}
        tightened = {span: self.prover.loosened(*reversed(self._both(old, new, span))) for span in differing}
        milder = stricter = None
        when, by = "", tuple[str, ...]()
        safe: Proof = "proved"
        for span, proof in loosened.items():
            if proof == "proved":
                continue
            when = when or _told(span, spans)
            milder = milder or self.search.milder(self._changed(name, old, new, span))
            found, others = self._denied_still(old, span)
            by = tuple(dict.fromkeys((*by, *others)))
            if found != "proved":
                safe = found
        if milder is not None:
            for span, proof in tightened.items():
                if proof != "proved" and stricter is None:
                    stricter = self.search.stricter(self._changed(name, old, new, span))
        relation = _relation(old, new, loosened.values(), tightened.values(), milder, stricter)
        if milder is not None and not milder.flips and safe == "refuted":
            safe = "unknown"
        return RuleChange(name, cited, relation, told, safe, by, milder, stricter, when)

    def with_renamed(
        self, changes: Iterable[RuleChange | None], old: Mapping[str, _On], new: Mapping[str, _On]
    ) -> Iterator[RuleChange]:
        """The same, where a rule that is gone stands under another id now: it is told once."""
        every = [each for each in changes if each is not None]
        added = {self._whole_key(1, new[each.id]): each.id for each in every if each.relation == "new"}
        moved = {each.id: added.get(self._whole_key(0, old[each.id]), "") for each in every if each.relation == "gone"}
        for each in every:
            if moved.get(each.id):
                yield each._replace(
                    relation="equal", renamed=moved[each.id], safe="proved", milder=None, stricter=None, by=()
                )
            elif each.id not in moved.values():
                yield each

    def _whole_key(self, side: int, on: _On) -> object:
        """What a rule says on all days."""
        return tuple((span, self._key(side, on, span)) for span in self._spans(on, None))

    def _denied_still(self, old: _On | None, span: _Span) -> tuple[Proof, tuple[str, ...]]:
        """Is what the old rule denies denied, or left to a person, by the new law of each of its places?"""
        spoken = self._speaks(0, old, span)
        if spoken is None or old is None:
            return "proved", ()
        rule, ruleset = old
        by: dict[str, None] = {}
        for jurisdiction in ruleset.jurisdictions:
            others = [each for each in self._law_of(jurisdiction, span) if each.rule.may_meet(rule)]
            same = [each for each in others if each.rule.full_id == rule.full_id]
            if same and self.prover.allowed(spoken, same) == "proved":
                continue
            alike = [each for each in others if each not in same and not each.facts.isdisjoint(spoken.facts)]
            together = self.prover.allowed(spoken, [*same, *alike])
            if together == "refuted":
                return together, ()  # what all of them together allow, each by itself allows
            single = next((each for each in alike if self.prover.allowed(spoken, [each]) == "proved"), None)
            if single is not None:
                by[single.rule.full_id] = None
                continue
            if together != "proved":
                return together, ()
            by["several rules together"] = None
        return "proved", tuple(by)

    def _law_of(self, jurisdiction: str, span: _Span) -> Iterator[Spoken]:
        """The new rules that hold at a place, those of house policies for everywhere included."""
        book = self.sides[1].rulebook
        for place in (*(book.places([jurisdiction]) if jurisdiction else ()), EVERYWHERE):
            yield from self._new_rules(place, span)

    def _new_rules(self, place: str, span: _Span) -> Iterator[Spoken]:
        for ruleset in self.sides[1].rulebook.of(place):
            if ruleset.status == "in_force":
                for rule in ruleset.rules:
                    spoken = self._speaks(1, (rule, ruleset), span)
                    if spoken is not None:
                        yield spoken

    def _changed(self, name: str, old: _On | None, new: _On | None, span: _Span) -> Changed:
        both = self._both(old, new, span)
        # A rule that is not in force on these days still has examples to begin with.
        before = None if old is None else (both[0] or self._spoken_at(0, old, span.first), old[1])
        after = None if new is None else (both[1] or self._spoken_at(1, new, span.first), new[1])
        return Changed(name, before, after, span.first, span.last)

    def _both(self, old: _On | None, new: _On | None, span: _Span) -> tuple[Spoken | None, Spoken | None]:
        return self._speaks(0, old, span), self._speaks(1, new, span)

    def _key(self, side: int, on: _On | None, span: _Span) -> object:
        spoken = self._speaks(side, on, span)
        return None if spoken is None else spoken.key()

    def _speaks(self, side: int, on: _On | None, span: _Span) -> Spoken | None:
        """The rule on these days; None where it is not in force."""
        if on is None or not on[0].since <= span.first <= on[0].until or on[1].status != "in_force":
            return None
        return self._spoken_at(side, on, span.first)

    def _spoken_at(self, side: int, on: _On, day: int) -> Spoken:
        key = (side, on[0].full_id, day)
        known = self._spoken.get(key)
        if known is None:
            known = self._spoken[key] = Spoken(Speaking(*on, self.sides[side].rulebook, day))
        return known

    @staticmethod
    def _spans(old: _On | None, new: _On | None) -> Iterator[_Span]:
        days: set[int] = set()
        for on in filter(None, (old, new)):
            rule, ruleset = on
            days |= {rule.since, rule.until + 1}
            for dated in (*ruleset.values.values(), *rule.values.values()):
                days.update(dated.days)
        starts = sorted(day for day in days if 0 < day < NEVER)
        for first, following in zip(starts, (*starts[1:], NEVER), strict=True):
            yield _Span(first, following - 1)


def _told(span: _Span, spans: list[_Span]) -> str:
    """The days of a span; empty where the rule has no other."""
    if len(spans) == 1:
        return ""
    last = "" if span.last >= NEVER - 1 else f" to {date.fromordinal(span.last).isoformat()}"
    return f"from {date.fromordinal(span.first).isoformat()}{last}"


def _relation(  # noqa: PLR0913, PLR0917 - what is known of both directions
    old: _On | None,
    new: _On | None,
    loosened: Iterable[Proof],
    tightened: Iterable[Proof],
    milder: Shown | None,
    stricter: Shown | None,
) -> Relation:
    if old is None:
        return "new"
    if new is None:
        return "gone"
    never_looser, never_tighter = ({*each} <= {"proved"} for each in (loosened, tightened))
    if never_looser:
        return "equal" if never_tighter else "tighter"
    if milder is None:
        return "unknown"
    if never_tighter:
        return "looser"
    return "looser" if stricter is None else "incomparable"

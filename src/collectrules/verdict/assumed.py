"""What an answer takes for granted, where that mattered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from collectrules.case.groups import BY_ID
from collectrules.case.jurisdictions import places
from collectrules.expressions import english
from collectrules.law.gaps import NO_CITY_NAMED
from collectrules.verdict.missing import Missing, sources_of, topic_asked, unread_of, whom
from collectrules.verdict.objects import OpenFact
from collectrules.verdict.reading import breach
from collectrules.verdict.resting import least_groups

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from collectrules.case.assumptions import Assumption
    from collectrules.case.objects import Case
    from collectrules.measures.record import Source
    from collectrules.verdict.counterfactuals import Counterfactuals
    from collectrules.verdict.judgement import Judgement

_BY_NUMBERS: Final = "the debtor's numbers were given out there, and no address says in which place the debtor lives"


def assumed(
    judgement: Judgement, counterfactuals: Counterfactuals, standing: Mapping[str, Assumption]
) -> tuple[OpenFact, ...]:
    """What was taken for granted, where it mattered: standing assumptions that were put in, and what was absent."""
    put_in = (
        *(
            OpenFact(fact, "", (), value, f"standing assumption: {reason}")
            for fact, (value, reason) in standing.items()
        ),
        *_law_taken(judgement),
    )
    if not judgement.whole:
        return (*put_in, *_groups_relied_on(judgement))
    law = judgement.law
    alike = None if judgement.twin is None else judgement.twin.left_open
    missing = Missing(judgement.context, law.catalogue, law.looks, whole=False, alike=alike)
    denied = judgement.decision == "deny"
    rests = partial(_rests, read_of=missing.read_of, denied=denied)
    for number, read in judgement.recalled(("rests", denied), rests):
        missing.note_rule(law.rules[number].rule, read)
    known = {topic_asked(gap.asked) for gap in judgement.uncovered.gaps}
    for touched in (True, False) if not denied else ():
        for gap in judgement.uncovered_if(touched=touched).gaps:
            if topic_asked(gap.asked) not in known:
                numbers = gap.asked.touched if touched else whom(gap.asked)
                missing.add(topic_asked(gap.asked), unread_of(sources_of(numbers, judgement), judgement.as_stated))
    absent = missing.facts(taken=True)
    return (*put_in, *(fact for fact in absent if counterfactuals.would_change(fact.fact, fact.rules)))


def _groups_relied_on(judgement: Judgement) -> Iterator[OpenFact]:
    """The groups that were taken as whole and on which the answer rests, each once, with its reason."""
    relied_on = least_groups(judgement, judgement.whole_groups, frozenset())
    reasons = judgement.reasons_of_groups
    for name in BY_ID:
        if name in relied_on:
            yield OpenFact(f"records.{name}", "", (), "whole", reasons.get(name, ""), name)


def _law_taken(judgement: Judgement) -> Iterator[OpenFact]:
    """What is taken for granted of the law itself: cities without law, accepted gaps, what is only remembered."""
    case = judgement.context.case
    if by_numbers := places_by_numbers(case):
        yield OpenFact("jurisdiction", "", (), by_numbers, _BY_NUMBERS)
    if judgement.decision == "deny":
        return
    addresses = (case.debtor.addresses if case.debtor is not None else None) or ()
    outside = addresses and all(each.postal_code is not None for each in addresses) and case.places[1:] == ()
    for place, reason in judgement.law.expected.assumed:
        why = "the postal code of the address lies in none" if outside and reason == NO_CITY_NAMED else reason
        yield OpenFact(f"law of {place}", "", (), "there is none", why)
    for gap, reason in judgement.uncovered.accepted:
        yield OpenFact(f"law of {gap.asked.place}", "", (), f"{gap.asked.topic.title}: a gap that is accepted", reason)
    remembered: dict[str, list[str]] = {}
    for asked in judgement.uncovered.from_memory if judgement.decision == "allow" else ():
        remembered.setdefault(asked.place, []).append(asked.topic.title)
    for place, titles in remembered.items():
        yield OpenFact(
            f"law of {place}", "", (), english.listing(titles, "and"), "rests on knowledge alone, without a text"
        )


def places_by_numbers(case: Case) -> tuple[str, ...]:
    """The places of a case to which nothing but a telephone number points."""
    addresses = (case.debtor.addresses if case.debtor is not None else None) or ()
    others = places(None if case.placed_by_numbers else case.jurisdiction, addresses)
    return tuple([place for place in case.places if place not in others])


Rests = tuple[tuple[int, tuple[str, ...]], ...]
"""The numbers of the rules that rest on something taken for granted, each with what of it their measures read."""


def _rests(judgement: Judgement, read_of: Callable[[Iterable[Source]], tuple[str, ...]], *, denied: bool) -> Rests:
    """What the rules of a complete record rest on."""
    found = []
    taken, stated = judgement.if_complete, judgement.as_stated
    for applied in judgement.law.rules:
        # Of a deny, what its grounds rest on; of anything else, what let a rule be passed.
        if breach(applied, taken) is not denied:
            continue
        doubted = denied and any(stated[review] is None for review in applied.reviews)
        if doubted or breach(applied, stated) is None:
            found.append((applied.number, read_of(unread_of(applied.in_force.sources, stated))))
    return tuple(found)

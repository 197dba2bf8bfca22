"""What to ask next: questions in the order in which they help, of which the first set decides.

A question is one fact, or a group of the record in which several are open. Of the groups only those are asked that
decide together, each of which is needed; then the facts that a whole group would leave unknown. Nothing is asked where
the answer is no review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from collectrules.case.groups import BY_ID, IDS
from collectrules.verdict.least_facts import least_facts
from collectrules.verdict.missing import unknown
from collectrules.verdict.objects import OpenFact, Question
from collectrules.verdict.resting import by_weight, least_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from collectrules.law.strength import Decision
    from collectrules.verdict.counterfactuals import Counterfactuals
    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.missing import Missed


NOTHING_CONTRADICTED: Final[Mapping[str, str]] = {}


class Asked(NamedTuple):
    """The questions, and the facts that they ask for, in their order."""

    questions: tuple[Question, ...]
    facts: tuple[OpenFact, ...]


def asked(
    judgement: Judgement,
    counterfactuals: Counterfactuals,
    anew: Callable[..., Judgement],
    contradicted: Mapping[str, str] = NOTHING_CONTRADICTED,
) -> Asked:
    """What a judgement leaves to be asked; `anew` judges the case as it stands with some of its facts changed.

    `contradicted` are facts that the case states, and what else it states speaks against, each with what to ask of it.
    """
    found = _asked(judgement, counterfactuals, anew)
    if contradicted.keys().isdisjoint([each.fact for each in found.facts]):
        return found
    facts = [replace(each, question=contradicted.get(each.fact, each.question)) for each in found.facts]
    questions = [
        each if each.group else replace(each, question=contradicted.get(each.facts[0], each.question))
        for each in found.questions
    ]
    return Asked(tuple(questions), tuple(facts))


def _asked(judgement: Judgement, counterfactuals: Counterfactuals, anew: Callable[..., Judgement]) -> Asked:
    """The same, whatever the case says of what was computed."""
    if judgement.by_law != "review":
        return Asked((), ())
    missed = unknown(judgement)
    if judgement.whole:
        # What a whole record leaves open by saying nothing; what its silence says is asked where nothing else is open.
        open_facts = [each.fact for each in missed if not each.settled] or [each.fact for each in missed]
        single = least_facts(judgement, _by_effect(open_facts, counterfactuals))
        return Asked(tuple([_of_fact(each) for each in single]), tuple(single))
    sure = judgement.whole_groups
    partial = frozenset(group for group, kept in (judgement.context.case.records or {}).items() if kept == "partial")
    opened, every = frozenset[str](), judgement
    while True:  # what was not asked of a rule that was open may be asked of it now
        more = _groups(missed) - opened - sure - partial
        if not more:
            break
        opened |= more
        every = judgement.keeping(sure | opened)
        missed = (*missed, *unknown(every))
    needed = least_of(judgement, by_weight(judgement, opened), sure)
    together: dict[str, list[OpenFact]] = {}
    for each in dict.fromkeys(missed):
        if each.settled and each.fact.group in needed:
            facts = together.setdefault(each.fact.group, [])
            if all(fact.fact != each.fact.fact for fact in facts):
                facts.append(each.fact)
    heaviest = sorted(together, key=lambda group: (-len(_rules(together[group])), IDS.index(group)))
    found: list[Question] = []
    known = judgement
    for group in heaviest:
        known = known.keeping(known.whole_groups | {group})
        question = _checked(group, judgement) or BY_ID[group].question
        found.append(_of_group(group, question, together[group], _then(judgement, known, anew)))
    # With the groups whole: what they leave unknown, and what is open in those of which a case says that they are not.
    known = judgement.keeping(sure | needed)
    left = [each.fact for each in unknown(known) if not each.settled]
    left += [_to_be_found(each.fact) for each in missed if each.settled and each.fact.group in partial]
    single = least_facts(known, _by_effect(_once(left), counterfactuals))
    facts = [fact for group in heaviest for fact in together[group]]
    return Asked((*found, *[_of_fact(each) for each in single]), (*facts, *single))


def _then(judgement: Judgement, known: Judgement, anew: Callable[..., Judgement]) -> Decision:
    """The decision with more groups of the record whole; what is computed of the facts may be otherwise then too."""
    if known.by_law == "review":
        return known.by_law
    more = dict.fromkeys(sorted(known.whole_groups - judgement.whole_groups), "whole")
    return anew(records={**(judgement.context.case.records or {}), **more}).by_law


def _groups(missed: Iterable[Missed]) -> frozenset[str]:
    return frozenset(each.fact.group for each in missed if each.settled and each.fact.group)


def _to_be_found(fact: OpenFact) -> OpenFact:
    """Of a group of which the case says that it is not whole: what to do about its history; any other fact as it is."""
    if not fact.fact.startswith("history."):
        return fact
    return replace(fact, question=_LOOK.format(fact.group))


_LOOK: Final = "what else happened? write it under `history`, and `records: {{{}: whole}}` once all of it is there"


def _once(facts: Iterable[OpenFact]) -> list[OpenFact]:
    first: dict[str, OpenFact] = {}
    for each in facts:
        first.setdefault(each.fact, each)
    return list(first.values())


def _by_effect(facts: list[OpenFact], counterfactuals: Counterfactuals) -> list[OpenFact]:
    """Those that would change the answer by themselves come first."""
    return sorted(facts, key=lambda fact: not counterfactuals.would_change(fact.fact, fact.rules))


def _rules(facts: Iterable[OpenFact]) -> dict[str, None]:
    return {rule: None for fact in facts for rule in fact.rules}


def _checked(group: str, judgement: Judgement) -> str:
    """What to ask of a group that a company keeps by checks, of which the case dates none that still holds."""
    kept = judgement.company.records.get(group)
    if kept is None or kept.max_age is None:
        return ""
    dated = (judgement.context.case.checked_at or {}).get(group)
    then = f"the check of {dated.isoformat()} is too old or too late: " if dated else ""
    day = judgement.context.action.fact.at.isoformat()[:10]
    when = f"`checked_at: {{{group}: '{day}'}}` dates the last one, which holds for {kept.max_age} days"
    return f"{then}{when}; or is all that was found in the record?"


def _of_group(group: str, question: str, facts: list[OpenFact], then: Decision) -> Question:
    rules = tuple(_rules(facts))
    yes = f"the answer is {then}" if then != "review" else f"{_counted(len(rules), 'rule')} no longer open for it"
    no = f"{_counted(len(facts), 'fact')} to be found out one by one"
    return Question(group, question, tuple([fact.fact for fact in facts]), yes, no)


def _of_fact(fact: OpenFact) -> Question:
    open_for = _counted(len(fact.rules), "rule")
    return Question("", fact.question, (fact.fact,), f"{open_for} decided by it", f"{open_for} decided by it")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'} {'is' if number == 1 else 'are'}"

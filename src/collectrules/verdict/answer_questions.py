"""What to ask where the answer to a question stays open: facts that a case may state, and groups of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.case.groups import BY_ID
from collectrules.verdict.replies import FormQuestion, question_of_fact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from collectrules.case.objects import Case
    from collectrules.case.vocabulary import Catalogue
    from collectrules.verdict.answers import Answer


def to_ask(
    case: Case, put: Callable[[Case], tuple[Answer, Mapping[str, str]]], words: Catalogue
) -> tuple[FormQuestion, ...]:
    """The questions for a form: single facts, then groups of the record of which none can be left out."""
    found, lacking = put(case)
    if found.complete:
        return ()
    groups = () if case.whole else _groups(case, found, put)
    whole, lacking_then = put(_with(case, groups)) if groups else (found, lacking)
    then = "the question is answered" if whole.complete else "something else stays open, which is asked too"
    return (*_facts({**lacking_then, **lacking}, words), *(_of_group(group, then) for group in groups))


def _groups(case: Case, found: Answer, put: Callable[[Case], tuple[Answer, Mapping[str, str]]]) -> tuple[str, ...]:
    """Groups that are not stated and that, kept whole, settle most of what is open; empty where they settle nothing."""
    needed = tuple(group for group in BY_ID if group not in (case.records or {}))
    best, _ = put(_with(case, needed))
    if best.open == found.open:
        return ()
    for group in needed:
        fewer = tuple(each for each in needed if each != group)
        without, _ = put(_with(case, fewer))
        if (without.open, without.values) == (best.open, best.values):
            needed = fewer
    return needed


def _with(case: Case, groups: tuple[str, ...]) -> Case:
    return case.but(records={**(case.records or {}), **dict.fromkeys(groups, "whole")})


def _of_group(group: str, then: str) -> FormQuestion:
    no = "what is missing of it is asked one by one"
    return FormQuestion(group, BY_ID[group].question, group, (), "yes or no", (), then, no, ())


def _facts(lacking: Mapping[str, str], words: Catalogue) -> Iterator[FormQuestion]:
    for fact, question in lacking.items():
        asked = question_of_fact(fact, question, words)
        if asked.takes != "entries":
            yield asked

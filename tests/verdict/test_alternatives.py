"""Every alternative that is offered, applied to the case, gives what it promised: open cases, each as it stands.

Waiting and another channel promise an allow; what a group of the record being whole promises, its question says; a
consent or a change promises that the rule which names it is silent. Some cases are tried; with
`COLLECTRULES_TEST_ALL=1` all are.
"""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from collectrules import read_cases
from collectrules.advisor import Advisor
from collectrules.law.dependence import Affected
from collectrules.verdict.alternatives import by_channel
from collectrules.verdict.schedule import on_channel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.case.objects import Case
    from collectrules.verdict.objects import Alternative, ExploredVerdict

FILES: Final = sorted((Path(__file__).parents[1] / "cases" / "open").glob("*.yaml"))
TODAY: Final = date(2026, 11, 21)
EVERY: Final = 1 if os.environ.get("COLLECTRULES_TEST_ALL") else 20
OLD_DEBT: Final = "field-ma-letter-old-debt"
"""Whether its debt is time-barred is computed otherwise once its disputes are known."""
THEN: Final = "the answer is "


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=TODAY)


@pytest.mark.parametrize("record", ["complete", "partial"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_alternative_gives_what_it_promised(path: Path, record: str, advisor: Advisor) -> None:
    every = [case for case in read_cases(path).cases if case.action is not None]
    cases = [case for number, case in enumerate(every) if number % EVERY == 0 or case.id == OLD_DEBT]
    wrong = [fault for case in cases for fault in faults(case.but(record=record), advisor)]
    assert not wrong, "\n".join(wrong)


def faults(case: Case, advisor: Advisor) -> Iterator[str]:
    """The promises that are not kept."""
    verdict = advisor.explore(case)
    if verdict.decision == "allow":
        assert not verdict.alternatives
        return
    for each in verdict.alternatives:
        if (said := applied(case, each, advisor)) not in (None, "allow"):
            yield f"{case.id}: {each.sentence}: {said}"
    yield from _questions(case, verdict, advisor)
    yield from _acts(case, verdict, advisor)


def applied(case: Case, alternative: Alternative, advisor: Advisor) -> str | None:
    """The decision with an alternative that promises an allow; None of any other."""
    action = case.action
    assert action is not None
    if alternative.kind == "wait":
        assert alternative.at is not None
        at = datetime.fromisoformat(alternative.at) if "T" in alternative.at else date.fromisoformat(alternative.at)
        return advisor.judge(case.but(action=action.but(at=at))).decision
    if alternative.kind == "channel":
        assert alternative.sentence == by_channel([alternative.channel])
        return advisor.judge(case.but(action=on_channel(action, alternative.channel))).decision
    return None


def _questions(case: Case, verdict: ExploredVerdict, advisor: Advisor) -> Iterator[str]:
    """A group that is whole, and those asked for before it, give the answer that the question names."""
    whole = dict(case.records or {})
    for question in verdict.questions:
        if not question.group:
            continue
        whole[question.group] = "whole"
        if question.yes.startswith(THEN):
            said = advisor.judge(case.but(records=dict(whole))).decision
            if f"{THEN}{said}" != question.yes:
                yield f"{case.id}: {question.group} is whole: {question.yes}, and it is {said}"


def _acts(case: Case, verdict: ExploredVerdict, advisor: Advisor) -> Iterator[str]:
    """An act that a rule names for an exception lifts that rule: no breach of it is left."""
    judgement = advisor.judge(case)
    offered = {each.sentence for each in verdict.alternatives if each.kind in ("consent", "change")}
    for outcome in judgement.speaking:
        if outcome.breach is not True:
            continue
        rule = outcome.applied.rule
        for number, clause in zip(outcome.applied.exceptions, rule.exceptions, strict=True):
            if not clause.remedy:
                continue
            if f"{clause.remedy} ({clause.citation})" not in offered:
                yield f"{case.id}: {rule.full_id} does not offer {clause.remedy}"
            then = judgement.again(judgement.context, Affected(frozenset(), frozenset({number})))
            then.if_complete[number] = then.as_stated[number] = True
            if then.outcome(outcome.applied.number).breach is not False:
                yield f"{case.id}: {rule.full_id} is not lifted by {clause.remedy}"

"""What is asked again, with other groups of a record whole or a fact more, says what a case says that is judged anew.

Groups are added and taken away by lot, one after another, each time from what was asked last; so what is taken from a
judgement before is held against what no other judgement knows.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from collectrules import read_cases
from collectrules.advisor import Advisor
from collectrules.case.groups import IDS
from collectrules.verdict.counterfactuals import with_fact
from collectrules.verdict.judgement import Judgement

if TYPE_CHECKING:
    from collectrules.measures.context import Context

FILES = sorted((Path(__file__).parents[1] / "cases" / "open").glob("*.yaml"))
TODAY = date(2026, 11, 21)
"""Rulesets age, and these answers must not."""
EVERY = 12
"""Of so many cases one is tried."""
STEPS = 6
FACTS = (
    ("debtor.minor", "minor"),
    ("debtor.deceased", "deceased"),
    ("debtor.employer_prohibits", "employer_prohibits"),
)


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=TODAY)


def said(judgement: Judgement) -> object:
    """What a judgement says: the decision, each rule that speaks and how, and what was not read."""
    spoke = [(each.applied.rule.full_id, each.breach, each.reviewed, each.decision) for each in judgement.speaking]
    return judgement.decision, spoke, len(judgement.uncovered.gaps)


def alone(like: Judgement, context: Context, groups: frozenset[str]) -> Judgement:
    """What the law of a judgement makes of a context with these groups of its record whole, asked of nobody before."""
    return Judgement(
        like.law,
        context,
        whole=False,
        history_is_whole=like.history_is_whole,
        today=like.today,
        company=like.company,
        whole_groups=groups,
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_asked_again_is_what_is_asked_anew(path: Path, advisor: Advisor) -> None:
    tried = [case for case in read_cases(path).cases if case.action is not None][::EVERY]
    moved = turned = 0
    for case in tried:
        rng = Random(case.id)
        first = asked = advisor.judge(case.but(record="partial"))
        for _ in range(STEPS):
            groups = frozenset(rng.sample(sorted(IDS), rng.randrange(len(IDS))))
            asked = asked.keeping(groups)
            assert said(asked) == said(alone(first, first.context, groups)), (case.id, sorted(groups))
            moved += said(asked) != said(first)
            fact, attribute = rng.choice(FACTS)
            context = asked.context.changed(with_fact(asked.context.case, fact, attribute, value=True))
            again = asked.again(context, asked.law.dependence.on_fact(fact), whole_groups=groups)
            assert said(again) == said(alone(first, context, groups)), (case.id, fact)
            turned += said(again) != said(asked)
    assert moved
    assert turned

"""`until` is told of the open cases and of the examples as the law has it, whatever the rule.

Where a finding has a moment, its rule is silent then and still speaks one minute earlier (of bare days: one day); where
it has none, no moment of a sample within a hundred days silences it. Each case is asked as a complete record and as a
partial one. Some are tried, as `EVERY` says; with `COLLECTRULES_TEST_ALL=1` set all are, in minutes.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from collectrules import read_cases
from collectrules.advisor import Advisor
from collectrules.verdict.moments import DAYS_AHEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.case.objects import Case

FILES = sorted((Path(__file__).parents[1] / "cases" / "open").glob("*.yaml"))
SOURCES = [*(path.stem for path in FILES), "examples"]
TODAY = date(2026, 11, 21)
"""Rulesets age, and these answers must not."""
ALL = bool(os.environ.get("COLLECTRULES_TEST_ALL"))
EVERY = {"examples": 50}
"""Of so many cases one is tried; of a file, one in ten."""
SAMPLED = 8
"""Moments at which a rule is asked that never falls silent."""

Moment = date | datetime


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=TODAY)


def cases(source: str, advisor: Advisor) -> list[tuple[str, Case]]:
    """The cases of a file, or the examples beside the rules, that are about an act; each with its name."""
    if source == "examples":
        return list(examples(advisor))
    read = read_cases(next(path for path in FILES if path.stem == source))
    return [(case.id or "", case) for case in read.cases if case.action is not None]


def examples(advisor: Advisor) -> Iterator[tuple[str, Case]]:
    """Every example beside a rule: what those of its file start from, with what it says itself put over it."""
    for ruleset in advisor.rulebook.rulesets():
        for rule in ruleset.rules:
            for number, example in enumerate(rule.examples, start=1):
                mapping: dict[str, Any] = {"jurisdiction": ruleset.jurisdiction, **ruleset.example_case}
                for key, value in example.mapping.items():
                    mapping[key] = {**mapping[key], **value} if isinstance(mapping.get(key), dict) else value
                yield f"{rule.full_id}/{number}", advisor.case(mapping)


@pytest.mark.parametrize("record", ["complete", "partial"])
@pytest.mark.parametrize("source", SOURCES)
def test_a_rule_falls_silent_at_the_moment_that_is_told_and_not_before(
    source: str, record: Any, advisor: Advisor
) -> None:
    tried = cases(source, advisor)[:: 1 if ALL else EVERY.get(source, 10)]
    assert tried
    wrong = [fault for name, case in tried for fault in faults(name, replace(case, record=record), advisor)]
    assert not wrong, "\n".join([f"{len(wrong)} findings, {record}", *wrong])


def faults(name: str, case: Case, advisor: Advisor) -> Iterator[str]:
    """What is wrong with the moments that a verdict tells, a line for each finding."""
    action = case.action
    assert action is not None
    known: dict[Moment, frozenset[str]] = {}

    def speaking(at: Moment) -> frozenset[str]:
        """The rules that speak if the same is done at another moment."""
        if at not in known:
            moved = replace(case, action=replace(action, at=at))
            known[at] = frozenset(finding.rule for finding in advisor.check(moved).findings)
        return known[at]

    for finding in advisor.explore(case).findings:
        rule = finding.rule
        if finding.ruleset == "collectrules":
            continue  # the program's own: no rule that time could silence
        if finding.until is None:
            silent = next((at for at in sample(name, action.at) if rule not in speaking(at)), None)
            if silent is not None:
                yield f"{name} {rule}: never, and is silent at {silent.isoformat()}"
            continue
        until = moment(finding.until)
        step = timedelta(minutes=1) if isinstance(until, datetime) else timedelta(days=1)
        if rule in speaking(until):
            yield f"{name} {rule}: still speaks at {finding.until}"
        if rule not in speaking(until - step):
            yield f"{name} {rule}: is silent before {finding.until}"


def moment(text: str) -> Moment:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def sample(name: str, began: Moment) -> list[Moment]:
    """Moments after one, others for each case and the same in every run."""
    random = Random(name)
    days = [began + timedelta(days=random.randrange(1, DAYS_AHEAD)) for _ in range(SAMPLED)]
    # Clocks that are put forward skip some minutes before four.
    return [
        day.replace(hour=random.randrange(4, 24), minute=random.randrange(60)) if isinstance(day, datetime) else day
        for day in days
    ]

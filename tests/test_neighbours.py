"""A place that shares its law with a neighbour (`also_in:`) answers every open case of that neighbour alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collectrules.advisor import Advisor
from collectrules.case.reading import read_cases

if TYPE_CHECKING:
    from collectrules.case.objects import Case
    from collectrules.verdict.answers import Answer
    from collectrules.verdict.objects import Verdict

FOLDER = Path(__file__).parent / "cases" / "open"
CASES = [case for path in sorted(FOLDER.glob("*.yaml")) for case in read_cases(path).cases]
ENGLISH = [pytest.param(case, id=str(case.id)) for case in CASES if case.jurisdiction == "GB-ENG"]


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=date(2026, 11, 21))


def gaps(told: Answer | Verdict) -> list[str]:
    """What is not encoded, whichever of the two places it is."""
    return [gap.replace("GB-WLS", "GB-ENG") for gap in told.not_encoded]


@pytest.mark.parametrize("case", ENGLISH)
def test_wales_answers_as_england(advisor: Advisor, case: Case) -> None:
    """Every file of England's is Wales's too."""
    there = replace(case, jurisdiction="GB-WLS")
    if case.ask is not None:
        answers = advisor.answer(there), advisor.answer(case)
        assert answers[0].values == answers[1].values != {}
        assert gaps(answers[0]) == gaps(answers[1])
        return
    verdicts = advisor.check(there), advisor.check(case)
    assert verdicts[0].decision == verdicts[1].decision
    assert {each.rule for each in verdicts[0].findings} == {each.rule for each in verdicts[1].findings}
    assert gaps(verdicts[0]) == gaps(verdicts[1])

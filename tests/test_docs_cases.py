"""The cases in `docs/cases.md` are answered as stands above each."""

import re
from datetime import date
from pathlib import Path

import pytest

from collectrules.advisor import Advisor
from collectrules.case.reading import parse_cases
from collectrules.output.rendering import answer_as_json, as_json

TEXT = (Path(__file__).parents[1] / "docs" / "cases.md").read_text(encoding="utf-8")
CASES = re.findall(r"^## (.*?)$.*?^<!-- (\w+) -->\n```yaml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=date(2026, 11, 21))


def test_there_are_cases_of_both_kinds() -> None:
    assert len(CASES) == TEXT.count("```yaml")
    assert {decision for _, decision, _ in CASES} == {"allow", "deny", "review", "answer"}
    assert len(CASES) == 10


@pytest.mark.parametrize(("title", "decision", "text"), CASES, ids=[title for title, _, _ in CASES])
def test_a_case_is_answered_as_it_says(advisor: Advisor, title: str, decision: str, text: str) -> None:
    case = parse_cases(text, "docs/cases.md", channels=advisor.rulebook.channels).cases[0]
    if case.ask is not None:
        answer = advisor.answer(case)
        assert ("answer" if answer.complete else "open") == decision
        told = answer_as_json(answer)
    else:
        verdict = advisor.explore(case)
        assert verdict.decision == decision
        told = as_json(verdict)
    for name in ("K. Osei", "12 Elm Street", "Fernbank", "Lindenhof", "O'Brien", "Jo Marsh"):
        assert name not in told, "names are for letters"

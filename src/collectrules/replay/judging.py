"""A person of a log judged: their lines read as a case, and each act of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collectrules.case.reading import Document
from collectrules.ground.errors import InvalidInput
from collectrules.replay.acts import judged_person
from collectrules.replay.model import JudgedPerson, Rejected

if TYPE_CHECKING:
    from collectrules.advisor import Advisor
    from collectrules.replay.people import PersonLines

OF_THE_LOG = date(1, 1, 1)
"""The day of the check for a log: that of each act. So the answers are the same on every day."""


def judged(advisor: Advisor, lines: PersonLines) -> list[JudgedPerson | Rejected]:
    """What is said of the lines of a person. Raises InvalidInput for a ruleset that cannot be read."""
    try:
        number, text = lines.case()
    except InvalidInput as wrong:
        return [Rejected(str(wrong))]
    found: list[JudgedPerson | Rejected] = []
    for case in advisor.cases_of(_document(lines, number, text)):
        if isinstance(case, InvalidInput):
            found.append(Rejected(str(_by_lines(advisor, lines, case))))
        else:
            found.append(judged_person(advisor, case, lines.person or case.id or f"line {number}"))
    return found


def _document(lines: PersonLines, number: int, text: str) -> Document:
    return Document(lines.path, number - 1, text, alone=False)


def _by_lines(advisor: Advisor, lines: PersonLines, wrong: InvalidInput) -> InvalidInput:
    """What is wrong with the case of all lines, told of the line that it stands on, where one alone shows it."""
    alone = [case for each in lines.lines for case in advisor.cases_of(_document(lines, *each))]
    stand = {(problem.code, problem.message): problem for problem in wrong.problems}
    shown = [problem for case in alone if isinstance(case, InvalidInput) for problem in case.problems]
    shown = [problem for problem in shown if (problem.code, problem.message) in stand]
    for problem in shown:
        stand.pop((problem.code, problem.message), None)
    return InvalidInput([*shown, *stand.values()])

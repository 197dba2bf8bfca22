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
        text = lines.text()
    except InvalidInput as wrong:
        return [Rejected(str(wrong))]
    number = lines.lines[0][0]
    document = Document(lines.path, number - 1, text, alone=False)
    found: list[JudgedPerson | Rejected] = []
    for case in advisor.cases_of(document):
        if isinstance(case, InvalidInput):
            found.append(Rejected(str(case)))
        else:
            found.append(judged_person(advisor, case, lines.person or case.id or f"line {number}"))
    return found

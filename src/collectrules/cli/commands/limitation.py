"""`collectrules limitation`: until when may the claim of a case be sued on?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from collectrules.cli import asking

if TYPE_CHECKING:
    from datetime import date


@click.command(name="limitation", epilog=asking.EPILOG)
@asking.AT
@asking.QUESTION
def command(*, asked: asking.Asked, at: date | None) -> int:
    """Say the last day to sue in each CASE, whether the period began anew, and whether it is over.

    A case with an action, or with another question, is asked for the same day.

    \b
    Examples:
      collectrules limitation case.yaml
      collectrules limitation --at 2027-01-15 case.yaml
    """
    from collectrules.verdict import answers

    return asked.told(lambda case: (asked.advisor.answer(answers.asked(case, "limitation", at=at)), None))

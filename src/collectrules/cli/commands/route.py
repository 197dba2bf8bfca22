"""`collectrules route`: which court or procedure takes the claim of a case?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from collectrules.cli import asking

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from collectrules.case.objects import Case
    from collectrules.verdict.answers import Answer
    from collectrules.verdict.objects import ExploredVerdict


@click.command(name="route", epilog=asking.EPILOG)
@asking.AT
@asking.AMOUNT
@asking.CURRENCY
@asking.QUESTION
def command(*, asked: asking.Asked, at: date | None, amount: Decimal | None, currency: str | None) -> int:
    """Say which court or procedure takes the claim of each CASE, and what must come before it is filed.

    A case with an action, or with another question, is asked for the same day.

    \b
    Examples:
      collectrules route case.yaml
      collectrules route --at 2027-01-15 --amount 4800.00 --currency USD case.yaml
    """
    from collectrules.verdict import answers

    def answer(case: Case) -> tuple[Answer, ExploredVerdict]:
        route = asked.advisor.answer(answers.asked(case, "court_route", at=at, amount=amount, currency=currency))
        return route, asked.advisor.explore(answers.filing(case, route))

    return asked.told(answer)

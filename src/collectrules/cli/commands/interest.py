"""`collectrules interest`: what does late payment add to the claim of a case?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from collectrules.cli import asking, days

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from collectrules.case.objects import Case
    from collectrules.verdict.answers import Answer


@click.command(name="interest", epilog=asking.EPILOG)
@asking.AT
@days.day_option("--from", "first", "The first day of interest, instead of the day after the debt was due.")
@days.day_option("--to", "last", "The last day of interest, instead of the day for which it is asked.")
@asking.AMOUNT
@asking.CURRENCY
@asking.QUESTION
def command(
    *,
    asked: asking.Asked,
    at: date | None,
    first: date | None,
    last: date | None,
    amount: Decimal | None,
    currency: str | None,
) -> int:
    """Say the rate of late-payment interest in each CASE, the interest to a day, the fixed sum and the total.

    A case with an action, or with a question about something else, is asked for the same day; a case that asks for the
    rate, the first day or the fixed sum alone is asked that, unless `--from` or `--to` is given.

    \b
    Examples:
      collectrules interest case.yaml
      collectrules interest --from 2026-01-01 --to 2026-06-30 case.yaml
    """
    from collectrules.verdict import answers

    kindred = () if first or last else ("interest_rate", "interest_start", "fixed_compensation")
    stated = {"at": at, "interest_from": first, "interest_to": last, "amount": amount, "currency": currency}

    def answer(case: Case) -> tuple[Answer, None]:
        return asked.advisor.answer(answers.asked(case, "late_payment", *kindred, **stated)), None

    return asked.told(answer)

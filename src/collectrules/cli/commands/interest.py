"""`collectrules interest`: what does late payment add to the claim of a case?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from collectrules.cli import accounts, asking, days, options

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from collectrules.case.objects import Case


@click.command(name="interest", epilog=asking.EPILOG)
@asking.CASES
@accounts.ACCOUNT
@asking.AT
@days.day_option("--from", "first", "The first day of interest, instead of the day after the debt was due.")
@days.day_option("--to", "last", "The last day of interest, instead of the day for which it is asked.")
@asking.AMOUNT
@asking.CURRENCY
@asking.FULL
@asking.JSON
@asking.CONFIG
@options.RULESETS
@options.TODAY
def command(  # noqa: PLR0913  # click hands over one parameter for each option
    *,
    cases: tuple[Path, ...],
    account: str | None,
    at: date | None,
    first: date | None,
    last: date | None,
    amount: Decimal | None,
    currency: str | None,
    full: bool,
    as_json: bool,
    configuration: Path | None,
    rulesets: tuple[Path, ...],
    today: date | None,
) -> int:
    """Say the rate of late-payment interest in each CASE, the interest to a day, the fixed sum and the total.

    A case with an action, or with a question about something else, is asked for the same day; a case that asks for the
    rate, the first day or the fixed sum alone is asked that, unless `--from` or `--to` is given.

    \b
    Examples:
      collectrules interest case.yaml
      collectrules interest --from 2026-01-01 --to 2026-06-30 case.yaml
    """  # noqa: D301  # `\b` is a mark of click: keep these lines as they are
    from collectrules.output import answering
    from collectrules.verdict.answers import asked

    advisor = asking.advisor(configuration, rulesets, today)
    kindred = () if first or last else ("interest_rate", "interest_start", "fixed_compensation")

    def tell(case: Case) -> tuple[str, bool]:
        question = asked(
            case,
            "late_payment",
            *kindred,
            at=at,
            interest_from=first,
            interest_to=last,
            amount=amount,
            currency=currency,
        )
        answer = advisor.answer(question)
        return answering.told(answer, full=full, as_json=as_json), answer.complete

    return asking.told(accounts.chosen(advisor, cases, account), tell)

"""`collectrules route`: which court or procedure takes the claim of a case?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from collectrules.cli import accounts, asking, options

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from collectrules.case.objects import Case


@click.command(name="route", epilog=asking.EPILOG)
@asking.CASES
@accounts.ACCOUNT
@asking.AT
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
    amount: Decimal | None,
    currency: str | None,
    full: bool,
    as_json: bool,
    configuration: Path | None,
    rulesets: tuple[Path, ...],
    today: date | None,
) -> int:
    """Say which court or procedure takes the claim of each CASE, and what must come before it is filed.

    A case with an action, or with another question, is asked for the same day.

    \b
    Examples:
      collectrules route case.yaml
      collectrules route --at 2027-01-15 --amount 4800.00 --currency USD case.yaml
    """  # noqa: D301  # `\b` is a mark of click: keep these lines as they are
    from collectrules.output import answering
    from collectrules.verdict.answers import asked, filing

    advisor = asking.advisor(configuration, rulesets, today)

    def tell(case: Case) -> tuple[str, bool]:
        answer = advisor.answer(asked(case, "court_route", at=at, amount=amount, currency=currency))
        before = advisor.explore(filing(case, answer))
        return answering.told(answer, before, full=full, as_json=as_json), answer.complete

    return asking.told(accounts.chosen(advisor, cases, account), tell)

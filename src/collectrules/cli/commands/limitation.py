"""`collectrules limitation`: until when may the claim of a case be sued on?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from collectrules.cli import accounts, asking, options

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from collectrules.case.objects import Case


@click.command(name="limitation", epilog=asking.EPILOG)
@asking.CASES
@accounts.ACCOUNT
@asking.AT
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
    full: bool,
    as_json: bool,
    configuration: Path | None,
    rulesets: tuple[Path, ...],
    today: date | None,
) -> int:
    """Say the last day to sue in each CASE, whether the period began anew, and whether it is over.

    A case with an action, or with another question, is asked for the same day.

    \b
    Examples:
      collectrules limitation case.yaml
      collectrules limitation --at 2027-01-15 case.yaml
    """  # noqa: D301  # `\b` is a mark of click: keep these lines as they are
    from collectrules.output import answering
    from collectrules.verdict.answers import asked

    advisor = asking.advisor(configuration, rulesets, today)

    def tell(case: Case) -> tuple[str, bool]:
        answer = advisor.answer(asked(case, "limitation", at=at))
        return answering.told(answer, full=full, as_json=as_json), answer.complete

    return asking.told(accounts.chosen(advisor, cases, account), tell)

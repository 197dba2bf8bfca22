"""`collectrules check`: may the action of a case be done, or what is the answer to its question?"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

import click

from collectrules.cli import asking, exit_codes, options

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case

_EXIT_CODES: Final = {"allow": exit_codes.CLEAN, "deny": exit_codes.FOUND, "review": exit_codes.REVIEW}


@click.command(
    name="check",
    epilog="Exit codes: 0 allow, 1 deny, 3 review, 2 unreadable input, 4 nothing was checked; of several the worst.",
)
@asking.CASES
@asking.json_option("One verdict a line as JSON: collectrules/verdict/v2.")
@click.option("--explain", is_flag=True, help="Also what every rule that was asked said.")
@asking.CONFIG
@options.RULESETS
@options.TODAY
def command(  # noqa: PLR0913  # click hands over one parameter for each option
    *,
    cases: tuple[Path, ...],
    as_json: bool,
    explain: bool,
    configuration: Path | None,
    rulesets: tuple[Path, ...],
    today: date | None,
) -> int:
    """Say whether the action in each CASE may be done: a YAML or JSON file, or - for standard input.

    A case that asks a question instead is answered; where a fact or figure is missing, that is review.

    \b
    Examples:
      collectrules check case.yaml
      collectrules check --json --explain case.yaml
    """  # noqa: D301  # `\b` is a mark of click: keep these lines as they are
    advisor = asking.advisor(configuration, rulesets, today)
    return asking.each_case(
        cases,
        lambda path: advisor.read_cases(path).cases,
        lambda case: _answer(advisor, case, as_json=as_json, explain=explain),
        "checked",
    )


def _answer(advisor: Advisor, case: Case, *, as_json: bool, explain: bool) -> int:
    from collectrules.output import rendering

    if case.action is None:
        answer = advisor.answer(case)
        click.echo(rendering.answer_as_json(answer) if as_json else rendering.answer_as_text(answer))
        return exit_codes.CLEAN if answer.complete else exit_codes.REVIEW
    verdict = advisor.explore(case)
    explanation = advisor.explain(case) if explain else None
    if as_json:
        click.echo(rendering.as_json(verdict, explanation))
    else:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        click.echo(rendering.as_text(verdict, explanation, colour=colour))
    return _EXIT_CODES[verdict.decision]

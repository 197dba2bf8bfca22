"""`collectrules check`: may the action of a case be done, or what is the answer to its question?"""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, Final, Literal

import click

from collectrules.cli import another_act, asking, exit_codes, options

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.ground.errors import InvalidInput

Form = Literal["line", "page", "whole"]

_EXIT_CODES: Final = {
    "allow": exit_codes.CLEAN,
    "deny": exit_codes.FOUND,
    "review": exit_codes.REVIEW,
    "answer": exit_codes.CLEAN,
    "open": exit_codes.REVIEW,
}


@click.command(
    name="check",
    epilog="Exit codes: 0 allow, 1 deny, 3 review, 2 unreadable input, 4 nothing was checked; of several the worst.",
)
@asking.CASES
@asking.json_option("One whole verdict a line as JSON: collectrules/verdict/v2.")
@click.option("--brief", is_flag=True, help="One line a case; several cases are told so, and counted, in any case.")
@click.option("--full", is_flag=True, help="The whole text of each verdict, with all that JSON has.")
@click.option("--explain", is_flag=True, help="The whole, and what every rule that was asked said.")
@click.option("--action", "kind", metavar="KIND", help="Ask about this act instead of the case's: contact.")
@click.option("--channel", metavar="CHANNEL", help="The channel of the act, instead of the case's: phone.")
@click.option("--at", metavar="MOMENT", callback=another_act.moment, help="Its moment on the debtor's clock, or `now`.")
@asking.CONFIG
@options.RULESETS
@options.TODAY
def command(  # noqa: PLR0913  # click hands over one parameter for each option
    *,
    cases: tuple[Path, ...],
    as_json: bool,
    brief: bool,
    full: bool,
    explain: bool,
    kind: str | None,
    channel: str | None,
    at: str | None,
    configuration: Path | None,
    rulesets: tuple[Path, ...],
    today: date | None,
) -> int:
    """Say whether the action in each CASE may be done: a YAML or JSON file, JSON lines, or - for standard input.

    A case that asks a question instead is answered; where a fact or figure is missing, that is review. One case is
    told on a page, several on a line each. What a page leaves out is in `--full` and in `--json`. With `--action`,
    `--channel` or `--at` another act of the same account is asked about, with no detail of the case's own act.

    \b
    Examples:
      collectrules check case.yaml
      collectrules check --full case.yaml
      collectrules check --action contact --channel phone --at now case.yaml
      collectrules check --json --brief accounts.jsonl
    """  # noqa: D301  # `\b` is a mark of click: keep these lines as they are
    if brief and (full or explain):
        raise click.UsageError("`--brief` is one line a case\n    leave it out, or `--full` and `--explain`")
    advisor = asking.advisor(configuration, rulesets, today)
    form: Form = "line" if brief else "whole" if full or explain or as_json else "page"
    tally: Counter[str] = Counter()

    other = another_act.option({"kind": kind, "channel": channel, "at": at})

    def tell(case: Case, *, alone: bool) -> int:
        if other is not None:
            case = other.of(case, advisor.rulebook.channels)
        several = "line" if form == "page" and not alone else form
        of_kind = _of_question if case.action is None else _of_act
        text, answer = of_kind(advisor, case, several, as_json=as_json, explain=explain)
        click.echo(text, nl=False)
        tally[answer] += 1
        return _EXIT_CODES[answer]

    code = asking.each_case(advisor, cases, tell, "checked", _wrong_as_json if as_json else asking.wrong)
    if not as_json and tally.total() > 1:
        click.echo(f"{tally.total()} cases: {', '.join(f'{number} {word}' for word, number in tally.most_common())}")
    return code


def _wrong_as_json(error: InvalidInput) -> None:
    """A case that cannot be read has a line of its own, so that lines can be counted; the error is told as ever."""
    from collectrules.output.rendering import problems_as_json

    asking.wrong(error)
    click.echo(problems_as_json(error))


def _of_act(advisor: Advisor, case: Case, form: Form, *, as_json: bool, explain: bool) -> tuple[str, str]:
    """The text, with its end of line, and the decision."""
    from collectrules.output import rendering, short

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    if form == "line":
        brief = advisor.brief(case)
        return short.line_as_json(brief) if as_json else short.line(brief, colour=colour), brief.decision
    verdict = advisor.explore(case)
    if form == "page":
        text = short.page(verdict, colour=colour)
    else:
        explanation = advisor.explain(case) if explain else None
        whole = (
            rendering.as_json(verdict, explanation)
            if as_json
            else rendering.as_text(verdict, explanation, colour=colour)
        )
        text = f"{whole}\n"
    return text, verdict.decision


def _of_question(advisor: Advisor, case: Case, form: Form, *, as_json: bool, explain: bool) -> tuple[str, str]:
    """The text, with its end of line, and `answer` or `open`."""
    del explain
    from collectrules.output import rendering, short

    answer = advisor.answer(case)
    if form == "line":
        brief = short.brief_of_answer(answer)
        text = short.line_as_json(brief) if as_json else short.line(brief)
    elif form == "page":
        text = short.answer_page(answer)
    else:
        text = f"{rendering.answer_as_json(answer) if as_json else rendering.answer_as_text(answer)}\n"
    return text, "answer" if answer.complete else "open"

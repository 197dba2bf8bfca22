"""`collectrules check`: may the action of a case be done, or what is the answer to its question?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import click

from collectrules.cli import accounts, another_act, asking, days, exit_codes, messages, options, path_types
from collectrules.cli.processes import answered_of
from collectrules.cli.telling import Way
from collectrules.cli.telling import told as told_of

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.cli.asking import Sources
    from collectrules.cli.telling import Form

_EXIT_CODES: Final = {**exit_codes.OF_DECISION, "wrong": exit_codes.WRONG_INPUT}
_TALLIED: Final = {"wrong": "not read"}


@click.command(
    name="check",
    epilog="Exit codes: 0 allow, 1 deny, 3 review, 2 unreadable input, 4 nothing was checked; of several the worst.",
)
@asking.CASES
@accounts.ACCOUNT
@asking.json_option("One whole verdict a line as JSON: collectrules/verdict/v2.")
@click.option("--brief", is_flag=True, help="One line a case; several cases are told so, and counted, in any case.")
@click.option("--full", is_flag=True, help="The whole text of each verdict, with all that JSON has.")
@click.option("--explain", is_flag=True, help="The whole, and what every rule that was asked said.")
@click.option("--action", "kind", metavar="KIND", help="Ask about this act instead of the case's: contact.")
@click.option("--channel", metavar="CHANNEL", help="The channel of the act, instead of the case's: phone.")
@days.moment_option("--at", "at", "Its moment on the debtor's clock, or `now`.")
@click.option(
    "--log",
    "log_file",
    metavar="FILE",
    type=path_types.FILE,
    help="Append case and answer, one JSON object a line, before the answer is told; no name, number or address in it.",
)
@click.option("--log-names", is_flag=True, help="With names, numbers and addresses in the log.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 512),
    metavar="N",
    help="Processes for JSON lines; without it all cores for more than a few hundred cases.",
)
@asking.SOURCES
def command(
    *,
    cases: tuple[Path, ...],
    account: str | None,
    as_json: bool,
    brief: bool,
    full: bool,
    explain: bool,
    kind: str | None,
    channel: str | None,
    at: str | None,
    log_file: Path | None,
    log_names: bool,
    jobs: int | None,
    sources: Sources,
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
      collectrules check --json --brief --jobs 2 accounts.jsonl
      collectrules check --log answers.jsonl case.yaml
    """
    if brief and (full or explain):
        raise click.UsageError("`--brief` is one line a case\n    leave it out, or `--full` and `--explain`")
    if log_names and log_file is None:
        raise click.UsageError("`--log-names` says what stands in a log\n    name its file with `--log`")
    one = another_act.option({"kind": kind, "channel": channel, "at": at})
    form: Form = "line" if brief else "whole" if full or explain or as_json else "page"
    colour = options.in_colour()
    log = None if log_file is None else log_file.open("a", encoding="utf-8")
    way = Way(form, as_json, explain, colour, log is not None, log_names, one, sources)
    advisor = sources.advisor()
    tally: Counter[str] = Counter()
    codes: set[int] = set()
    with messages.told_of_many() as tell:
        for told in answered_of(advisor, cases, account, way, jobs, told_of):
            if log is not None and told.log:
                log.write(told.log)
                log.flush()  # before the answer is told: what was answered stands in the log
            if told.wrong:
                tell(told.wrong)
            click.echo(told.text, nl=False)
            codes.add(_EXIT_CODES[told.answer])
            tally[told.answer] += 1
    if log is not None:
        log.close()
    if not codes:
        click.echo("nothing was checked: name the file of a case, or - for standard input", err=True)
    if not as_json and tally.total() > 1:
        counted = [f"{number} {_TALLIED.get(word, word)}" for word, number in tally.most_common()]
        click.echo(f"{tally.total()} cases: {', '.join(counted)}")
    return exit_codes.worst(codes)

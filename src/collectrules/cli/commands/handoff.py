"""`collectrules handoff`: may these accounts be handed over, and if so the file for their receiver."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from collectrules.cli import accounts, asking, days, exit_codes, messages, path_types
from collectrules.ground.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from collectrules.case.objects import Case
    from collectrules.cli.asking import Sources
    from collectrules.handoff.approving import Approval
    from collectrules.handoff.preflight import Preflight


@click.command(
    name="handoff",
    epilog="Exit codes: 0 all handed over, or ready; 1 one was denied; 3 one is for review or lacks something; "
    "2 unreadable input; 4 nothing was there. What may go is written, whatever came of the others.",
)
@asking.CASES
@accounts.ACCOUNT
@click.option("--format", "form", metavar="FORMAT", help="The receiver's format: package, placement_csv, ubl_reminder.")
@click.option(
    "--to",
    "receivers",
    metavar="FILE",
    multiple=True,
    type=path_types.ANY,
    help="The receiver's file. With `--preflight` several, to have their quotes beside each other.",
)
@click.option("--preflight", is_flag=True, help="Only say what stands against it, and what mends it; write nothing.")
@click.option("-o", "--output", metavar="FILE", type=path_types.FILE, help="The file.")
@click.option("--details", metavar="FILE", type=path_types.ANY, help="Fields of accounts that no case has.")
@click.option("--documents", metavar="DIR", type=path_types.FOLDER_THERE, help="Papers, in a folder for each account.")
@click.option("--replace", is_flag=True, help="Replace the file where it is there already.")
@click.option("--approved-by", "approver", metavar="NAME", help="Who answers for a review of the one `--account`.")
@click.option("--because", metavar="REASON", help="Why: kept in the package and the receipt.")
@days.moment_option("--at", "at", "The day or moment of the handing over.")
@click.option("--fields", "list_fields", is_flag=True, help="List what the format asks for, and write nothing.")
@asking.json_option("One preflight a line as JSON: collectrules/handoff/v1.")
@asking.SOURCES
def command(
    *,
    cases: tuple[Path, ...],
    account: str | None,
    form: str | None,
    receivers: tuple[Path, ...],
    preflight: bool,
    output: Path | None,
    details: Path | None,
    documents: Path | None,
    replace: bool,
    approver: str | None,
    because: str | None,
    at: str | None,
    list_fields: bool,
    as_json: bool,
    sources: Sources,
) -> int:
    """Write the account of each CASE for who takes it over, after the handing over was checked as an act.

    The law, the house policies and what the receiver's format requires are asked first, and everything that is missing
    is told at once. Nothing is sent. `--preflight` asks and writes nothing.

    \b
    Examples:
      collectrules handoff case.yaml --format package --to agency.yaml --preflight
      collectrules handoff all.jsonl --format placement_csv --to a.yaml -o a.csv
      collectrules handoff --format hmcts_sdt --fields
    """
    from collectrules.handoff import fields, telling
    from collectrules.handoff.preflight import RULESETS, Handoff
    from collectrules.handoff.writing import hand_over

    if form is None:
        raise click.UsageError("`--format` is missing\n    `collectrules plugins` lists the formats")
    if list_fields:
        click.echo(fields.as_text(form))
        return exit_codes.CLEAN
    if not receivers:
        raise click.UsageError("`--to` is missing\n    name the file that says who takes the accounts over")
    if (output is None) != preflight:
        raise click.UsageError("name the file with `-o`, or ask with `--preflight` and write nothing")
    if len(receivers) > 1 and not preflight:
        raise click.UsageError(
            "an account is handed over once\n    name one receiver, or compare them by `--preflight`"
        )
    approval = _approval(account, approver, because)
    advisor = sources._replace(rulesets=(RULESETS, *sources.rulesets)).advisor()
    moment = None if at == days.NOW else at
    handoffs = [
        Handoff.load(
            form, receiver, details=details, documents=documents, at=moment, approval=approval, advisor=advisor
        )
        for receiver in receivers
    ]
    codes: set[int] = set()

    def told(answer: Preflight | InvalidInput) -> None:
        if isinstance(answer, InvalidInput):
            messages.tell(answer)
            codes.add(exit_codes.WRONG_INPUT)
            return
        codes.add(exit_codes.CLEAN if answer.ready else exit_codes.OF_DECISION[answer.decision])
        if as_json:
            click.echo(telling.as_json(answer))
        elif preflight or not answer.ready:
            click.echo(telling.as_text(answer))

    read = accounts.chosen(advisor, cases, account)
    if output is None:
        for case in read:
            for handoff in handoffs:
                told(handoff.answer(case))
    else:
        with _progress(read) as shown:
            written = hand_over(handoffs[0], shown, output, told=told, replace=replace)
        click.echo(telling.written(written), err=as_json)
    if not codes:
        click.echo("nothing was there to hand over: name the file of a case, or - for standard input", err=True)
    return exit_codes.worst(codes)


def _approval(account: str | None, approver: str | None, because: str | None) -> Approval | None:
    """Who answers for a review, of the one account that is named. Raises click.UsageError."""
    from collectrules.handoff.approving import Approval

    if approver is None and because is None:
        return None
    try:
        return Approval(account or "", (approver or "").strip(), (because or "").strip())
    except ValueError:
        raise click.UsageError(
            "a review is approved for one account, by a name and for a reason\n"
            "    --account C-17 --approved-by 'K. Osei' --because 'the agency gave it back in October'"
        ) from None


def _progress(cases: Iterator[Case | InvalidInput]) -> AbstractContextManager[Iterable[Case | InvalidInput]]:
    """The cases, counted on the terminal as they pass; without a terminal nothing is shown."""
    if not sys.stderr.isatty():
        return nullcontext(cases)
    return click.progressbar(cases, label="accounts", file=sys.stderr, show_pos=True)

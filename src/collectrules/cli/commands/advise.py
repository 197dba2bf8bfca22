"""`collectrules advise`: what to do next about an account, or about every account of an export."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

import click

from collectrules.cli import accounts, asking, days, exit_codes, messages, options, path_types
from collectrules.cli.advising import (
    AdviceWay,
    advised,
    due_accounts,
    due_files,
    named_policies,
    offered,
    per_cent,
    plan_terms,
    policies,
    settlement_amount,
    with_progress,
    written_rows,
)
from collectrules.cli.processes import answered_of
from collectrules.ground.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.cli.advising import Advised
    from collectrules.cli.asking import Sources
    from collectrules.output.worklist import Row

_TO_DECIDE: Final = ("ask", "refused")
_WORDS: Final = {
    "step": "to do", "wait": "to wait", "pause": "paused", "ask": "to find out", "end": "at the end",
    "nothing": "nothing to do", "refused": "without a policy", "wrong": "unreadable",
}  # fmt: skip


@click.command(
    name="advise",
    epilog="Exit codes: 0 advised, 1 the law denies what the policy wants, 3 a person must decide, 2 unreadable input; "
    "of several the worst.",
)
@asking.CASES
@accounts.ACCOUNT
@click.option("--policy", "named", metavar="NAME|FILE", multiple=True, help="A policy; of several the first that fits.")
@days.day_option("--at", "at", "The day that is asked about, instead of today.")
@asking.json_option("One advice a line as JSON: collectrules/advice/v1.")
@click.option("--csv", "csv_file", metavar="FILE", type=path_types.FILE, help="Write the worklist there: a row a step.")
@click.option(
    "--html", "html_file", metavar="FILE", type=path_types.FILE, help="Write the worklist there, a page by days."
)
@click.option("--calendar", "calendar_file", metavar="FILE", type=path_types.FILE, help="Write an iCalendar there.")
@click.option(
    "--due",
    metavar="LETTER=FILE",
    multiple=True,
    callback=options.read_by(due_files),
    help="Accounts that may be sent it now go there; `reminder@email` those by e-mail.",
)
@click.option(
    "--collectable",
    metavar="PERCENT",
    callback=options.read_by(per_cent),
    help="The share of a judgment that could be had.",
)
@click.option(
    "--plan", metavar="NxDAYS", callback=options.read_by(plan_terms), help="May this plan be offered? As 6x30."
)
@click.option(
    "--settlement",
    metavar="AMOUNT",
    callback=options.read_by(settlement_amount),
    help="May this be offered for the whole?",
)
@click.option("--jobs", type=click.IntRange(1, 512), metavar="N", help="Processes for JSON lines; else all cores.")
@asking.SOURCES
def command(
    *,
    cases: tuple[Path, ...],
    account: str | None,
    named: tuple[str, ...],
    at: date | None,
    as_json: bool,
    csv_file: Path | None,
    html_file: Path | None,
    calendar_file: Path | None,
    due: tuple[tuple[str, Path], ...],
    collectable: Decimal | None,
    plan: tuple[int, int] | None,
    settlement: Decimal | None,
    jobs: int | None,
    sources: Sources,
) -> int:
    """Say what to do next about each account in CASE: a case file, or the JSON lines that `import` writes.

    The policy proposes the step, the law is asked about it, and what comes after is told. One account is told on a
    page, several in two lines each; with a worklist that is written, only their number.

    \b
    Examples:
      collectrules advise --policy small_b2b case.yaml
      collectrules advise --policy ours.yaml --at 2026-11-23 accounts.jsonl
      collectrules advise --policy ours.yaml --account C-17 accounts.jsonl
      collectrules advise --policy ours.yaml --due reminder=due.jsonl all.jsonl
      collectrules advise --policy ours.yaml --plan 6x30 case.yaml
      collectrules advise --policy ours.yaml --html today.html accounts.jsonl
    """
    day = at or datetime.now(UTC).astimezone().date()
    advisor = sources.advisor()
    names = named_policies(named, sources)
    worklists = [each for each in (csv_file, html_file, calendar_file) if each is not None]
    files = [*worklists, *(path for _, path in due)]
    form = "json" if as_json else "rows" if files else "page"
    letters = tuple(letter for letter, _ in due)
    colour = options.in_colour()
    way = AdviceWay(form, bool(worklists), colour, names, day, collectable, letters, sources)  # type: ignore[arg-type]  # one of the forms
    ladder = policies(names, advisor.rulebook.language)
    if plan is not None or settlement is not None:
        return _offers(advisor, accounts.chosen(advisor, cases, account), way, plan, settlement)
    tally: Counter[str] = Counter()
    codes: set[int] = set()
    rows: list[Row] = []
    into = csv_file.open("w", encoding="utf-8", newline="") if csv_file is not None else nullcontext()
    with into as file, due_accounts(due) as put, messages.told_of_many() as tell:
        keep = written_rows(file)
        bar = partial(with_progress, shown=way.form == "rows" or not sys.stdout.isatty())
        for each in answered_of(advisor, cases, account, way, jobs, advised, bar):
            if each.wrong:
                tell(each.wrong)
            click.echo(each.text, nl=False)
            keep(each.rows)
            put(each)
            if html_file is not None or calendar_file is not None:
                rows += each.rows
            codes.add(_code(each))
            tally[_WORDS[each.outcome]] += 1
    if html_file is not None:
        from collectrules.output.worklist import as_page

        html_file.write_text(as_page(rows, day.isoformat(), [policy.id for policy in ladder]), encoding="utf-8")
    if calendar_file is not None:
        from collectrules.output.calendar import as_calendar

        calendar_file.write_bytes(as_calendar(rows, ladder, day).encode())
    if not codes:
        click.echo("nothing was asked: name the file of a case, or - for standard input", err=True)
    if not as_json and (tally.total() > 1 or files):
        from collectrules.receivables.wording import counted

        told = ", ".join(f"{number} {word}" for word, number in tally.most_common())
        click.echo(f"{counted(tally.total(), 'account')}: {told}")
    for written in files:
        click.echo(f"written to {written}", err=as_json)
    return exit_codes.worst(codes)


def _offers(
    advisor: Advisor,
    cases: Iterable[Case | InvalidInput],
    way: AdviceWay,
    plan: tuple[int, int] | None,
    settlement: Decimal | None,
) -> int:
    """Tell whether offers may be made for one account."""
    found = list(islice(cases, 2))
    if len(found) != 1:
        many = "none" if not found else "several"
        raise click.UsageError(f"an offer is made for one account, and here are {many}\n    name one with `--account`")
    case = found[0]
    if isinstance(case, InvalidInput):
        raise case
    codes: set[int] = set()
    for text, offer in offered(advisor, case, way, plan, settlement):
        click.echo(text, nl=False)
        codes.add(exit_codes.FOUND if offer.against else exit_codes.OF_DECISION[offer.decision])
    return exit_codes.worst(codes)


def _code(told: Advised) -> int:
    if told.outcome == "wrong":
        return exit_codes.WRONG_INPUT
    if told.outcome in _TO_DECIDE:
        return exit_codes.REVIEW
    return exit_codes.OF_DECISION.get(told.decision, exit_codes.CLEAN)

"""`collectrules letter`: write a letter about each account, if the law lets it be sent."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal

import click

from collectrules.cli import accounts, asking, correspondence, days, exit_codes, path_types

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.cli.asking import Sources


@click.command(
    name="letter",
    epilog="Exit codes: 0 written, 1 denied or lacking a statement, 3 review, 2 unreadable or incomplete, "
    "4 nothing is open.",
)
@click.argument("name", metavar="NAME", required=False)
@click.argument("case", metavar="CASE", required=False, type=path_types.ANY_OR_INPUT)
@accounts.ACCOUNT
@click.option("-o", "path", metavar="FILE", type=path_types.ANY, help="The file; of several accounts a folder.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "pdf", "eml"]),
    help="Without it, what the name of FILE ends with.",
)
@click.option("--channel", type=click.Choice(["letter", "email"]), help="By post, or by e-mail, as which it is asked.")
@click.option("--language", metavar="CODE", help="en, de, fr, es; else the debtor's or the letterhead's.")
@days.moment_option("--on", "on", "Its day, or of an e-mail the moment (`now`), instead of today.")
@days.day_option("--deadline", "deadline", "The day by which is to be paid or answered, for letters that name one.")
@click.option("--next-step", metavar="STEP", help="What follows if nothing is paid: claim, agency or hold.")
@click.option("--intends-to-act", is_flag=True, help="What the letter announces is meant.")
@click.option("--debt", "debts", metavar="ID", multiple=True, help="Only about this debt. May be repeated.")
@click.option("--detail", "given", metavar="NAME=TEXT", multiple=True, help="What no case states. May be repeated.")
@click.option("--details", "details_file", metavar="FILE", type=path_types.ANY, help="Details by id of case, or `all`.")
@click.option("--letterhead", metavar="FILE", type=path_types.ANY, help="Who writes, and how to pay.")
@click.option("--letters", "folders", metavar="DIR", multiple=True, type=path_types.ANY, help="A folder of templates.")
@click.option("--draft", is_flag=True, help="Write it marked as a draft, whatever the law says of it.")
@click.option("--list", "as_list", is_flag=True, help="List the letters, with what each needs.")
@asking.SOURCES
def command(
    *,
    name: str | None,
    case: Path | None,
    account: str | None,
    path: Path | None,
    form: str | None,
    channel: Literal["letter", "email"] | None,
    language: str | None,
    on: str | None,
    deadline: date | None,
    next_step: str | None,
    intends_to_act: bool,
    debts: tuple[str, ...],
    given: tuple[str, ...],
    details_file: Path | None,
    letterhead: Path | None,
    folders: tuple[Path, ...],
    draft: bool,
    as_list: bool,
    sources: Sources,
) -> int:
    """Write the letter NAME about each account of CASE, where the law lets it be sent.

    It is asked of the law as the act that it is, and as what it announces. What is denied, or a person must look at, is
    not written; nor is what lacks a statement that the law asks for.

    \b
    Examples:
      collectrules letter --list
      collectrules letter reminder case.yaml -o reminder.pdf
      collectrules letter reminder accounts.jsonl --account C-17 -o reminder.pdf
      collectrules letter statement all.jsonl -o letters --format pdf
    """
    from collectrules.cli import configuration as configurations

    configured = configurations.load(sources.configuration)
    known = correspondence.letters((*configured.letters, *folders))
    if as_list:
        click.echo(correspondence.list_of(known))
        return exit_codes.CLEAN
    if name is None or case is None or path is None:
        raise click.UsageError(
            "name the letter, the file of the account, and where to write it\n    reminder case.yaml -o reminder.pdf"
        )
    from collectrules.correspondence.files import outbox
    from collectrules.correspondence.preparing import Order
    from collectrules.letters.letterheads import Letterhead, read_letterhead

    letter = correspondence.letter_named(name, known)
    written_as = correspondence.form_of(form, path)
    told = [*given, *([f"deadline={deadline}"] if deadline else []), *([f"next_step={next_step}"] if next_step else [])]
    details = correspondence.details(told, details_file)
    house = letterhead or configured.letterhead
    head = read_letterhead(house) if house is not None else Letterhead()
    advisor = sources.advisor()
    cases = accounts.chosen(advisor, [case], account) if not _is_empty(case) else iter(())
    first = list(islice(cases, 2))
    if house is None and first:
        correspondence.check_sender(letter, first[0])
    box = outbox(path, written_as, several=len(first) > 1)
    codes: set[int] = set()
    went: Counter[str] = Counter()
    for each in chain(first, cases):
        order = None
        if not isinstance(each, Exception):
            order = Order(
                letter,
                _day(on, advisor.today),
                head,
                details.of(each),
                debts or None,
                correspondence.channel_of(channel, written_as),
                language or "",
                intends_to_act=intends_to_act,
                at=_moment(on),
            )
        code, outcome = correspondence.told(advisor, each, order, box, draft=draft)
        went[outcome] += 1
        if outcome != correspondence.NOTHING_OPEN:
            codes.add(code)
    if went.total() != 1 or not codes:
        click.echo(correspondence.summary(went, case))
    return exit_codes.worst(codes)


def _day(on: str | None, today: date) -> date:
    """The day that stands on the letter."""
    return today if on is None or on == days.NOW else date.fromisoformat(on[:10])


def _moment(on: str | None) -> str:
    """The moment at which it goes out; empty where a day is all that is said."""
    if on == days.NOW:
        return f"{datetime.now(UTC):%Y-%m-%dT%H:%M}+00:00"
    return on if on is not None and "T" in on else ""


def _is_empty(path: Path) -> bool:
    """Is there nothing in a file, as in that of a day on which no letter is due?"""
    return path.is_file() and not path.stat().st_size

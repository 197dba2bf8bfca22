"""`collectrules aging`: how old is what is open, and how do customers pay?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from collectrules.cli import asking, days, exit_codes, messages, options, path_types

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def _bounds(given: str) -> tuple[int, ...]:
    days = given.split(",")
    bounds = tuple(int(each) for each in days if each.isdecimal() and each.isascii())
    if len(bounds) != len(days) or sorted({*bounds, 0}) != [0, *bounds]:
        raise click.BadParameter(f"`{given}` are no rising days\n    write the last day of each bucket: 30,60,90")
    return bounds


@click.command(
    name="aging", epilog="Exit codes: 0 all accounts are in it, 2 some could not be read, 4 there were none."
)
@asking.CASES
@days.day_option("--as-of", "as_of", "The day of the report, instead of today.")
@click.option(
    "--format", "form", type=click.Choice(["text", "csv", "json", "html"]), help="Else by the name of FILE, else text."
)
@click.option("-o", "path", metavar="FILE", type=path_types.FILE, help="Write it there.")
@click.option(
    "--buckets", "bounds", metavar="DAYS", callback=options.read_by(_bounds), help="The last day of each: 30,60,90."
)
@click.option("--long-late", type=click.IntRange(1), metavar="DAYS", help="Days past which lateness counts, 60.")
@click.option("--top", type=click.IntRange(1), metavar="N", help="Customers shown: 20, on the page 500.")
@click.option("--as", "name", metavar="NAME", default="", help="Of an export: the importer.")
@click.option("--map", "mapping", metavar="FILE", type=path_types.ANY, help="Of an export: a mapping.")
@click.option("--state", "states", metavar="KEY=VALUE", multiple=True, help="Of an export: what it does not say.")
@click.option("--column", "columns", metavar="FIELD=NAME", multiple=True, help="Of an export: which column is a field.")
@asking.CONFIG
def command(
    *,
    cases: tuple[Path, ...],
    as_of: date | None,
    form: str | None,
    path: Path | None,
    bounds: tuple[int, ...] | None,
    long_late: int | None,
    top: int | None,
    name: str,
    mapping: Path | None,
    states: tuple[str, ...],
    columns: tuple[str, ...],
    configuration: Path | None,
) -> int:
    """Tell what is open by how late it is, who owes it, and how customers pay: of the accounts in CASE.

    CASE is a case file, the JSON lines that `import` writes, or an export, which is imported as of the day. Currencies
    are told apart, never added.

    \b
    Examples:
      collectrules aging accounts.jsonl
      collectrules aging accounts.jsonl --as-of 2026-11-30 -o aging.html
      collectrules aging invoices.csv --as table --state currency=USD --format csv
    """
    from collectrules.cli import receivables
    from collectrules.policy.account import LONG_PAST_DUE
    from collectrules.receivables.aging import BOUNDS, aged
    from collectrules.receivables.formats import built_in

    forms = {each.name: each for each in built_in()}
    if form is None and path is not None:
        form = next((each.name for each in forms.values() if path.suffix == each.suffix), None)
        if form is None:
            endings = ", ".join(each.suffix for each in forms.values())
            raise click.UsageError(
                f"nothing says as what to write {path}\n    add --format, or let it end with {endings}"
            )
    advisor = asking.Sources(configuration).advisor()
    day = as_of or advisor.today
    export = receivables.Export(name, mapping, states, columns)
    accounts = receivables.accounts(advisor, cases, export, day)
    aging = aged(accounts, day, bounds or BOUNDS, long_late or LONG_PAST_DUE)
    for wrong in aging.wrong:
        messages.tell(wrong)
    if not aging.accounts:
        click.echo("there is no account to tell of: name a case file, or an export", err=True)
        return exit_codes.WRONG_INPUT if aging.wrong else exit_codes.NOTHING_CHECKED
    wanted = forms[form or "text"]
    text = wanted.write(aging, top or wanted.shown)
    if path is None:
        click.echo(text, nl=False)
    else:
        path.write_text(text, encoding="utf-8")
        click.echo(f"written  {path}")
    return exit_codes.WRONG_INPUT if aging.wrong else exit_codes.CLEAN

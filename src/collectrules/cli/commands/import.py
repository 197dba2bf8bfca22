"""`collectrules import`: exports of other systems, read into accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from collectrules.cli import exit_codes, path_types
from collectrules.cli.days import day_option
from collectrules.cli.progress import progress

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from collectrules.imports.importing import Imported

_LARGE: Final = 5_000_000
"""Bytes of a file from which on a bar is shown."""


def _listed(ctx: click.Context, parameter: click.Parameter, given: bool) -> None:  # noqa: FBT001  # click calls it so
    """`--list`: every importer, and no more."""
    del parameter
    if not given:
        return
    from collectrules.plugins.loading import load_plugins

    for each in load_plugins().importers.values():
        click.echo(f"{each.name:27}{each.mapping.gives:10}{each.title}")
    ctx.exit(exit_codes.CLEAN)


@click.command(
    name="import",
    epilog="Exit codes: 0 all taken, 2 it lacks something or cannot be read, 3 rows were rejected "
    "or its total is another, 4 nothing in it.",
)
@click.argument("file", type=path_types.FILE_THERE)
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=_listed, help="Every importer.")
@click.option("--as", "name", metavar="NAME", default="", help="The importer, where the file does not tell.")
@click.option("--map", "mapping", metavar="FILE", type=path_types.ANY, help="A mapping of your own, on top.")
@click.option("--state", "states", metavar="KEY=VALUE", multiple=True, help="What the file does not say: currency=USD.")
@click.option("--column", "columns", metavar="FIELD=NAME", multiple=True, help="Which column is a field: open=Balance.")
@click.option("-o", "--output", "out", metavar="FILE", type=path_types.ANY, help="Where accounts go.")
@click.option("--into", metavar="FILE", type=path_types.THERE, help="Accounts that are there: added to, kept.")
@click.option("--rejected", metavar="FILE", type=path_types.ANY, help="Where rows go that were not taken.")
@day_option("--as-of", "as_of", "Cut what came after this day, and count what was overdue on it.")
@day_option(
    "--today", "today", "The day on which overdue is counted where no report tells one, instead of the clock's."
)
@click.option("--explain", is_flag=True, help="What each column became.")
def command(
    *,
    file: Path,
    name: str,
    mapping: Path | None,
    states: tuple[str, ...],
    columns: tuple[str, ...],
    out: Path | None,
    into: Path | None,
    rejected: Path | None,
    as_of: date | None,
    today: date | None,
    explain: bool,
) -> int:
    """Read FILE, an export of invoices, a log of calls, texts or mails, payments or customers, into accounts.

    Without -o and --into nothing is written: what would be is told. Where accounts lie at -o already, a newer export is
    brought into them, and their history is kept.

    \b
    Examples:
      collectrules import aging.csv --state currency=USD -o cases.jsonl
      collectrules import calls.csv --into cases.jsonl --state zone=Asia/Tokyo
      collectrules import list.xlsx --as table --explain
    """
    from datetime import UTC, datetime

    from collectrules.imports import importing, summary, writing
    from collectrules.imports.mapping_file import read_mapping
    from collectrules.plugins.loading import load_plugins
    from collectrules.receivables.wording import counted

    plugins = load_plugins()
    wanted = importing.Wanted(
        name=name,
        mapping=importing.wanted_mapping(read_mapping(mapping) if mapping is not None else None, states, columns),
        as_of=as_of,
        today=today or datetime.now(UTC).date(),
    )
    imported = _read(file, wanted, plugins.importers)
    into = into or (out if out is not None and out.exists() and out.stat().st_size else None)
    out = out or into
    beside = rejected or (out.with_name(f"{file.stem}.rejected.csv") if out is not None else None)
    written = "nothing is written: -o cases.jsonl or --into cases.jsonl says where to"
    if out is not None:
        count = writing.write(imported, out, into, plugins.channels)
        written = f"written: {out}, {counted(count, 'account')}" + (
            "; those that were there keep their history" if into else ""
        )
        if not count:
            written = f"{out} is not written: no account is in it"
    if beside is not None:
        writing.write_rejected(imported, beside)
    if explain:
        click.echo(f"{summary.explained(imported)}\n")
    click.echo(summary.told(imported, written, str(beside or "")))
    return _exit_code(imported)


def _read(file: Path, wanted: Any, importers: Any) -> Imported:
    """Read a file, a large one under a bar on standard error."""
    from collectrules.imports import importing

    size = file.stat().st_size
    if size < _LARGE:
        return importing.read(file, wanted, importers)
    with progress(size, file.name) as move:
        wanted.advance = move
        return importing.read(file, wanted, importers)


def _exit_code(imported: Imported) -> int:
    tally = imported.tally
    if tally.rejected or tally.total_differs:
        return exit_codes.REVIEW
    return exit_codes.CLEAN if tally.invoices or imported.entries or imported.customers else exit_codes.NOTHING_CHECKED

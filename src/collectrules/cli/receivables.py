"""The accounts that a report is about: of case files, and of exports, which are imported on the way."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from collectrules.cli.accounts import chosen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.ground.errors import InvalidInput

_CASE_FILES: Final = (".yaml", ".yml", ".json", ".jsonl", ".ndjson")


class Export(NamedTuple):
    """How a file that is no case file is imported: what `collectrules import` takes."""

    name: str
    mapping: Path | None
    states: tuple[str, ...]
    columns: tuple[str, ...]


def accounts(advisor: Advisor, paths: Iterable[Path], export: Export, day: date) -> Iterator[Case | InvalidInput]:
    """The accounts of the files in turn, as they stand on the day; what cannot be read in place of its account.

    An export is cut at the day. Raises `CannotImport` for what an export lacks.
    """
    paths = list(paths)
    if paths and any(export) and not any(map(_is_export, paths)):
        raise click.UsageError(
            f"`--as`, `--map`, `--state` and `--column` are of an export, and {paths[0]} is read as accounts\n"
            "    leave them out, or import an export in JSON first: collectrules import FILE -o accounts.jsonl"
        )
    for path in paths:
        if _is_export(path):
            with tempfile.TemporaryDirectory() as folder:
                into = Path(folder) / "accounts.jsonl"
                _import(path, export, day, into)
                yield from chosen(advisor, [into], None)
        else:
            yield from chosen(advisor, [path], None)


def _is_export(path: Path) -> bool:
    return str(path) != "-" and path.suffix.lower() not in _CASE_FILES


def _import(path: Path, export: Export, day: date, into: Path) -> None:
    from collectrules.imports import importing, writing
    from collectrules.imports.mapping_file import read_mapping
    from collectrules.plugins.loading import load_plugins

    plugins = load_plugins()
    own = read_mapping(export.mapping) if export.mapping is not None else None
    mapping = importing.wanted_mapping(own, export.states, export.columns)
    wanted = importing.Wanted(name=export.name, mapping=mapping, as_of=day, today=day)
    imported = importing.read(path, wanted, plugins.importers)
    writing.write(imported, into, None, plugins.channels)
    if imported.tally.rejected:
        first = imported.tally.rejected[0]
        click.echo(
            f"{path}: {len(imported.tally.rejected):,} rows are in no account; row {first.number}: {first.why}\n"
            f"    collectrules import {path} tells of each",
            err=True,
        )

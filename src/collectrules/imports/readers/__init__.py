"""Files as rows: delimited text, spreadsheets, JSON. A row has its number in the file and its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Row(Struct):
    """One row. `number` is its line, or its place in a sheet or list, from 1; `fault` says why it cannot be read."""

    number: int
    cells: list[Any]
    fault: str = ""
    remark: str = ""
    """What a person should know of it, though it can be read."""


class Opened(Struct):
    """A file that is read row by row. `names` are the columns where the file has them by itself, as JSON does."""

    rows: Iterator[Row]
    kind: str
    """What the file is, for people: `csv with ;, utf-8`."""
    names: list[str] | None = None


def opened(path: Path, records: tuple[str, ...] = (), advance: Callable[[int], None] | None = None) -> Opened:
    """Open a file by what it begins with. Raises `CannotImport`, and `MissingExtra` for spreadsheets."""
    from collectrules.imports.readers import delimited, json_text, spreadsheets

    beginning = _beginning(path)
    if spreadsheets.is_one(beginning):
        return spreadsheets.opened(path)
    if json_text.is_one(beginning):
        return json_text.opened(path, records)
    return delimited.opened(path, advance)


def _beginning(path: Path) -> bytes:
    from collectrules.imports.lacking import CannotImport

    try:
        with path.open("rb") as file:
            beginning = file.read(4096)
    except OSError as error:
        raise CannotImport(f"{path}: cannot read this file: {(error.strerror or str(error)).lower()}") from error
    if not beginning.strip():
        raise CannotImport(f"{path}: there is nothing in this file")
    return beginning

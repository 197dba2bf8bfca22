"""Files as rows: delimited text, spreadsheets, JSON. A row has its number in the file and its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

_MARKS: Final = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"\x1f\x8b": "a packed file (gzip)",
    b"7z\xbc\xaf": "a packed file (7z)",
    b"Rar!": "a packed file (rar)",
    b"SQLite format 3": "a database (SQLite)",
}
UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
"""With one of these a text in UTF-16 begins."""

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
    """What the file is, for people: `csv with semicolons, utf-8`."""
    names: list[str] | None = None


def opened(path: Path, records: tuple[str, ...] = (), advance: Callable[[int], None] | None = None) -> Opened:
    """Open a file by what it begins with. Raises `CannotImport`, and `MissingExtra` for spreadsheets."""
    from collectrules.imports.lacking import CannotImport
    from collectrules.imports.readers import delimited, json_text, spreadsheets

    beginning = _beginning(path)
    if spreadsheets.is_one(beginning):
        return spreadsheets.opened(path)
    if (named := _binary(beginning)) is not None:
        raise CannotImport(f"{path}: this is {named}\n    export the list as CSV, XLSX or JSON where it was made")
    if json_text.is_one(beginning):
        return json_text.opened(path, records)
    return delimited.opened(path, advance)


def _binary(beginning: bytes) -> str | None:
    """What a file that begins so is, for people, where it is no text; None where it may be text."""
    for mark, name in _MARKS.items():
        if beginning.startswith(mark):
            return f"{name}, and no table"
    return "no text: it holds bytes of zero" if b"\0" in beginning and not beginning.startswith(UTF16) else None


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

"""Spreadsheets (xlsx, xls, ods) by python-calamine: the first sheet that has something in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.ground.errors import MissingExtra
from collectrules.imports.lacking import CannotImport
from collectrules.imports.readers import Opened, Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"


def is_one(beginning: bytes) -> bool:
    """Do these first bytes begin a spreadsheet?"""
    return beginning.startswith((_ZIP, _OLE))


def opened(path: Path) -> Opened:
    """The rows of a spreadsheet. Raises `MissingExtra`, or `CannotImport`."""
    try:
        import python_calamine
    except ImportError:
        raise MissingExtra("reading a spreadsheet", "spreadsheets") from None
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise CannotImport(f"{path}: this spreadsheet cannot be opened: {error}") from error
    filled = [(name, sheet) for name, sheet in sheets if sheet.height]
    if not filled:
        raise CannotImport(f"{path}: there is nothing in this spreadsheet")
    name, sheet = filled[0]
    others = f", {len(filled) - 1} more not read" if len(filled) > 1 else ""
    return Opened(_rows(sheet), f"spreadsheet, sheet {name}{others}")


def _rows(sheet: Any) -> Iterator[Row]:
    first = sheet.start[0] if sheet.start is not None else 0
    for number, cells in enumerate(sheet.iter_rows(), start=first + 1):
        if any(cell != "" for cell in cells):
            yield Row(number, [_cell(cell) for cell in cells])


def _cell(cell: Any) -> Any:
    """A whole number that a spreadsheet keeps as a fraction is one: an invoice number has no point."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell

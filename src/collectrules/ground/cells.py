"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_NEGATIVE: Final = re.compile(r"-[0-9]+(\.[0-9]+)?")


def inert(cell: str) -> str:
    """The same text, with an apostrophe before it where a spreadsheet would reckon it as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NEGATIVE.fullmatch(cell) else cell


def quoted_line(cells: Iterable[str]) -> str:
    """A line of CSV with every cell in quotes, so that none ends early; it ends as RFC 4180 has it."""
    return ",".join('"{}"'.format(cell.replace('"', '""')) for cell in cells) + "\r\n"


_SERIALS: Final = range(36_526, 73_051)
"""The days of 2000 to 2099 as spreadsheets count them."""


def day_of_spreadsheet(text: str) -> date | None:
    """The day that a whole number is where a spreadsheet counts days; None for what is none of this century."""
    if len(text) != len("46083") or not (text.isascii() and text.isdigit()) or int(text) not in _SERIALS:
        return None
    return date(1899, 12, 30) + timedelta(days=int(text))


@cache
def plain_name(name: str) -> str:
    """A name of a column as it is compared: `Due date`, `DueDate` and `due_date` are one. Marks alone stay."""
    return "".join(each for each in name.casefold() if each.isalnum()) or name.strip()

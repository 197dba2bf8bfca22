"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

import re
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


@cache
def plain_name(name: str) -> str:
    """A name of a column as it is compared: `Due date`, `DueDate` and `due_date` are one. Marks alone stay."""
    return "".join(each for each in name.casefold() if each.isalnum()) or name.strip()

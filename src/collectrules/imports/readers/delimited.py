"""Text with a mark between cells. Nothing is dropped in silence: a quote that is never closed costs its own row only.

The encoding is UTF-8, with or without its mark, UTF-16 with one, else Windows 1252; line ends may be of any kind. A
quote within a cell is text.
"""

from __future__ import annotations

import csv
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final, TextIO

from collectrules.imports.lacking import CannotImport
from collectrules.imports.readers import UTF16, Opened, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_DELIMITERS: Final = ",;\t|"
_MOST_LINES: Final = 200
"""A cell of more lines is a quote that was never closed."""
_SAMPLE: Final = 40
_LONGEST_CELL: Final = 1_000_000
_TOLD_EVERY: Final = 500


def opened(path: Path, advance: Callable[[int], None] | None = None) -> Opened:
    """The rows of a file. Raises `CannotImport` for what is no text."""
    csv.field_size_limit(_LONGEST_CELL)
    encoding = _encoding(path)
    delimiter = _delimiter(path, encoding)
    named = {"\t": "tabs", ",": "commas", ";": "semicolons"}.get(delimiter, delimiter)
    return Opened(_rows(path, encoding, delimiter, advance), f"csv with {named}, {encoding.removesuffix('-sig')}")


def _encoding(path: Path) -> str:
    """UTF-16 by its mark, UTF-8 where all of it is, else Windows 1252."""
    with path.open("rb") as raw:
        if raw.read(2) in UTF16:
            return "utf-16"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            while piece := file.read(1 << 20):
                if "\0" in piece:
                    raise CannotImport(f"{path}: this is no text: it holds bytes of zero")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _open(path: Path, encoding: str) -> TextIO:
    return path.open(encoding=encoding, errors="replace" if encoding == "cp1252" else "strict")


def _delimiter(path: Path, encoding: str) -> str:
    """The mark by which most of the first lines have equally many cells, two at the least; of equals, most cells."""
    with _open(path, encoding) as file:
        lines = list(islice(file, _SAMPLE))

    def fit(mark: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(_DELIMITERS, key=fit)


class _Lines:
    """The lines of a file, and those that the row at hand took."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._again: list[str] = []
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) > _MOST_LINES:
            raise _Endless
        line = self._again.pop(0) if self._again else next(self._file)
        self.number += 1
        self.taken.append(line)
        return line

    def give_back(self, lines: list[str]) -> None:
        self._again = lines + self._again
        self.number -= len(lines)


class _Endless(Exception):  # it stops the reader of a row
    """A row that takes line after line."""


def _rows(path: Path, encoding: str, delimiter: str, advance: Callable[[int], None] | None) -> Iterator[Row]:
    usual = 0
    told = 0
    with _open(path, encoding) as file:
        lines = _Lines(file)
        while True:
            lines.taken = []
            first = lines.number + 1
            try:
                cells = next(csv.reader(lines, delimiter=delimiter))
            except StopIteration:
                break
            except (_Endless, csv.Error):
                cells = None
            if cells is None or (len(lines.taken) > 1 and usual and len(cells) != usual):
                # What an open quote swallowed is given back: only the row in which it stands is lost.
                own = lines.taken[0]
                lines.give_back(lines.taken[1:])
                yield Row(first, own.rstrip("\n").split(delimiter), "a quote is opened and never closed")
                continue
            usual = max(usual, len(cells))
            if advance is not None:
                told += sum(map(len, lines.taken))
                if first % _TOLD_EVERY == 0:
                    advance(told)
                    told = 0
            if any(cell.strip() for cell in cells):
                yield Row(first, cells, _unclosed(lines.taken, cells, usual, delimiter), _unopened(cells))
    if advance is not None:
        advance(told)


def _unopened(cells: list[str]) -> str:
    """Does a cell end with a quote that nothing opened?"""
    if any(cell[-1:] == '"' and cell.count('"') == 1 for cell in cells):
        return "a cell ends with a quote that was never opened: taken as text"
    return ""


def _unclosed(taken: list[str], cells: list[str], usual: int, delimiter: str) -> str:
    """Does a row that is shorter than others end within a quote? Then its last cells stand in one."""
    if len(cells) >= usual or '"' not in taken[0]:
        return ""
    try:
        list(csv.reader(taken, delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "end of data" in str(error):
            return "a quote is opened and never closed"
    return ""

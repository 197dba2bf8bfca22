"""Segments of the Metro 2 character format as fields with values, and back to the same bytes.

A number is `int`, a day `date`, all else text without the blanks behind it. None is a blank field; a day of zeros is 0.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Value = str | int | date | None

NAMED: Final = ("J1", "J2", "K1", "K2", "K3", "K4", "L1", "N1")
"""The segments that begin with their name; `base`, `header` and `trailer` begin a record."""


class Column(NamedTuple):
    """One field of a segment. `start` counts from 1, `need` is required, applicable or nullable."""

    name: str
    start: int
    size: int
    type: str
    need: str


class Segment(NamedTuple):
    """A segment: its name, and its fields in their order."""

    name: str
    values: Mapping[str, Value]

    def text(self) -> str:
        """The segment as it stands in a file. Raises ValueError for a value that its field cannot hold."""
        return "".join(_cell(column, self.values.get(column.name)) for column in layout(self.name))


@cache
def layout(name: str) -> tuple[Column, ...]:
    """The fields of a segment, in their order."""
    text = files(__package__).joinpath("layouts.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["segment"] == name]
    return tuple(Column(row["field"], int(row["start"]), int(row["size"]), row["type"], row["need"]) for row in rows)


def length(name: str) -> int:
    """The characters of a segment."""
    return sum(column.size for column in layout(name))


def read(name: str, text: str) -> Segment:
    """The segment that a text begins with. Raises ValueError where a field holds what it must not."""
    if len(text) < length(name):
        raise ValueError(f"a {name} segment has {length(name)} characters, and here are {len(text)}")
    cells = {each.name: text[each.start - 1 : each.start - 1 + each.size] for each in layout(name)}
    return Segment(name, {each.name: _value(each, cells[each.name]) for each in layout(name)})


def read_all(text: str) -> Iterator[Segment]:
    """The named segments of a text, up to the blanks behind them. Raises ValueError for anything else."""
    while text.strip():
        name = text[:2]
        if name not in NAMED:
            raise ValueError(f"no segment begins with `{name}`")
        yield read(name, text)
        text = text[length(name) :]


def _value(column: Column, text: str) -> Value:
    bare = text.rstrip()
    if column.type.startswith("alphanumeric") or column.type == "timestamp":
        return bare or None
    if not bare:
        return None
    if not bare.isdecimal() or len(bare) != column.size:
        raise ValueError(f"{column.name} holds `{text}`, which is no number of {column.size} digits")
    if column.type.startswith("date") and int(bare):
        return date(int(bare[4:]), int(bare[:2]), int(bare[2:4]))
    return int(bare)


def _cell(column: Column, value: Value) -> str:
    if value is None:
        return " " * column.size
    text = value.strftime("%m%d%Y") if isinstance(value, date) else str(value)
    if isinstance(value, int):
        text = text.zfill(column.size)
    if len(text) > column.size or not text.isascii() or not text.isprintable():
        raise ValueError(f"{column.name} takes {column.size} plain characters, and `{text}` does not fit")
    return text.ljust(column.size)

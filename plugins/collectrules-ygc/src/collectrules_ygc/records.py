"""Fixed-width records as `layouts.csv` has them: text to the left, amounts to the right, days as yyyyMMdd."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int | date | Decimal | None

LENGTHS: Final = {"01": 1234, "02": 578, "09": 1107, "12": 137, "22": 365, "24": 261}
"""The length of each record, which its fields add up to."""


class Column(NamedTuple):
    """One field of a record. `start` counts from 1."""

    name: str
    type: str
    size: int
    start: int


class DoesNotFit(ValueError):
    """A value that its field cannot hold."""


@cache
def layout(record: str) -> tuple[Column, ...]:
    """The fields of a record, in their order."""
    text = files(__package__).joinpath("layouts.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["record"] == record]
    return tuple(Column(row["field"], row["type"], int(row["size"]), int(row["start"])) for row in rows)


def written(record: str, values: Mapping[str, Value]) -> str:
    """One record; a field without a value is blank. Raises DoesNotFit, or KeyError for a field that there is not."""
    columns = layout(record)
    strange = values.keys() - {column.name for column in columns}
    if strange:
        raise KeyError(f"record {record} has no field {', '.join(sorted(strange))}")
    return "".join(_cell(column, values.get(column.name)) for column in columns)


def read(line: str) -> dict[str, str]:
    """The fields of a record as text, without the blanks around them. Raises ValueError for one of a wrong length."""
    record = line[:2]
    columns = layout(record)
    if not columns or len(line) != LENGTHS[record]:
        raise ValueError(f"no record of {len(line)} characters begins with `{record}`")
    return {each.name: line[each.start - 1 : each.start - 1 + each.size].strip() for each in columns}


def _cell(column: Column, value: Value) -> str:
    if value is None or value == "":
        return " " * column.size
    text = _text(column, value)
    if len(text) > column.size:
        raise DoesNotFit(f"{column.name} takes {column.size} characters, and `{text}` has {len(text)}")
    if not text.isascii() or not text.isprintable():
        raise DoesNotFit(f"{column.name} takes plain letters only: `{text}`")
    return text.rjust(column.size) if isinstance(value, Decimal) else text.ljust(column.size)


def _text(column: Column, value: str | int | date | Decimal) -> str:
    if isinstance(value, date):
        return value.strftime("%Y%m%d")
    if isinstance(value, Decimal):
        places = int(column.type.partition(".")[2] or "0")
        text = f"{value.quantize(Decimal(1).scaleb(-places))}"
        return text.removeprefix("0") if places > int(column.type[1:].partition(".")[0]) - 2 else text
    return str(value)

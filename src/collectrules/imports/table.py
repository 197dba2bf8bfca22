"""A file under a mapping: its header found, its columns bound to fields, its rows as records of fields."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from collectrules.ground.cells import plain_name
from collectrules.imports.fields import FIRST_FILLED, SEVERAL
from collectrules.imports.lacking import CannotImport

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from collectrules.imports.mapping import Mapping, Words
    from collectrules.imports.readers import Opened, Row

HEADER_WITHIN: Final = 40
"""So many first rows may stand above the header."""
_NULLS: Final = frozenset({"null", "none", "n/a", "nan", "#n/a", "-"})


class Record(Struct):
    """A row under a mapping: what it has of each field, and its cells."""

    number: int
    fields: dict[str, Any]
    cells: list[Any]
    fault: str = ""
    remark: str = ""


class Table(Struct):
    """The columns of a file, those that are bound, and what stood above them."""

    names: list[str]
    bound: dict[str, tuple[int, ...]]
    rows: Iterator[Row]
    header_at: int
    above: list[Row]
    kind: str
    skipped: Counter[str] = field(default_factory=Counter)
    total: dict[str, Any] = field(default_factory=dict)
    """The fields of the row that has the grand total, once it was met."""


def first_rows(opened: Opened) -> list[Row]:
    """The rows in which a header may stand, taken from the file."""
    return list(islice(opened.rows, HEADER_WITHIN))


def header_in(head: Sequence[Row], wanted: Sequence[str]) -> int | None:
    """The row that has all of these names."""
    for index, row in enumerate(head):
        if has_all({plain_name(str(cell)) for cell in row.cells}, wanted):
            return index
    return None


def has_all(names: Collection[str], wanted: Sequence[str]) -> bool:
    """Is each of those wanted among the names, in one of the ways between which ` | ` stands?"""
    return all(any(plain_name(way) in names for way in each.split(" | ")) for each in wanted)


def has_shape(head: Sequence[Row], mapping: Mapping) -> bool:
    """Do the first rows have the cells of a file without a header? One that is not of it may stand above."""
    return bool(mapping.shape) and any(_has_shape(row.cells, mapping.shape) for row in head[:2])


def _has_shape(cells: Sequence[Any], shape: dict[str, str]) -> bool:
    return all(
        int(at) < len(cells) and re.search(pattern, str(cells[int(at)]).strip().lstrip("\ufeff"))
        for at, pattern in shape.items()
    )


def bound(names: Sequence[str], columns: Words, *, beside: bool = False) -> dict[str, tuple[int, ...]]:
    """Of each field the column, or columns. Raises `CannotImport` where a name fits two.

    `beside`: a field has all columns that go by its names, in their order, as in JSON, where each record has its own.
    """
    places: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        places.setdefault(plain_name(name), []).append(index)
    fields: dict[str, tuple[int, ...]] = {}
    for name, aliases in columns.items():
        found = [places[plain_name(alias)] for alias in aliases if plain_name(alias) in places]
        if not found:
            continue
        if name in SEVERAL or name in FIRST_FILLED or beside:
            fields[name] = tuple(dict.fromkeys(index for each in found for index in each))
        elif len(found[0]) > 1 and len({index for index in found[0] if names[index] == names[found[0][0]]}) > 1:
            raise CannotImport(f"two columns are called `{names[found[0][0]]}`\n    rename one: which is {name}?")
        else:
            exact = [index for alias in aliases for index in found[0] if names[index] == alias]
            fields[name] = ((exact or found[0])[0],)
    return fields


def table_of(file: str, opened: Opened, head: list[Row], mapping: Mapping) -> Table:
    """The file as a table under a mapping. Raises `CannotImport` where its header cannot be found."""
    if opened.names is not None:
        columns = bound(opened.names, mapping.columns, beside=True)
        return Table(opened.names, columns, chain(head, opened.rows), 0, [], opened.kind)
    at = header_in(head, mapping.recognised_by) if mapping.recognised_by else None
    if at is None and mapping.columns_at and not _is_header(head, mapping):
        names = list(mapping.columns_at)
        own = [row for row in head if not mapping.shape or _has_shape(row.cells, mapping.shape) or row is not head[0]]
        return Table(names, bound(names, mapping.columns), chain(own, opened.rows), 0, [], opened.kind)
    if at is None:
        at = _best_header(head, mapping)
    if at is None:
        seen = ", ".join(str(cell) for cell in head[0].cells if str(cell).strip())[:300]
        raise CannotImport(
            f"{file}: no row has two names of columns that are known\n    its first row is: {seen}\n"
            "    say which column is which: --column name=CUSTOMER --column invoice=NUMBER --column open=AMOUNT"
        )
    names = [str(cell).strip().lstrip("\ufeff") for cell in head[at].cells]
    rows = chain(head[at + 1 :], opened.rows)
    return Table(names, bound(names, mapping.columns), rows, head[at].number, head[:at], opened.kind)


def _is_header(head: Sequence[Row], mapping: Mapping) -> bool:
    """Has the first row names that the mapping has?"""
    wanted = {plain_name(alias) for aliases in mapping.columns.values() for alias in aliases}
    own = {plain_name(str(cell)) for cell in head[0].cells}
    return len(wanted & own) > 2 and not _has_shape(head[0].cells, mapping.shape)  # noqa: PLR2004  # more than by chance


def _best_header(head: Sequence[Row], mapping: Mapping) -> int | None:
    """The row with most names that the mapping has, two at the least; of none, the first row that is all names."""
    wanted = {plain_name(alias) for aliases in mapping.columns.values() for alias in aliases}
    counts = [len(wanted & {plain_name(str(cell)) for cell in row.cells}) for row in head]
    if counts and max(counts) > 1:
        return counts.index(max(counts))
    return None


def records(table: Table, mapping: Mapping) -> Iterator[Record]:
    """The rows as records. Titles, buckets, totals and footers of a report are counted under `skipped`, not given."""
    heads = re.compile(mapping.heads, re.IGNORECASE) if mapping.heads else None
    total = re.compile(mapping.total, re.IGNORECASE) if mapping.total else None
    width = len(table.names)
    single = [(name, places) for name, places in table.bound.items() if name not in SEVERAL]
    several = [(name, places) for name, places in table.bound.items() if name in SEVERAL]
    for row in table.rows:
        cells = row.cells
        if row.fault:
            yield Record(row.number, {}, cells, row.fault)
            continue
        if heads is not None:
            filled = [str(cell).strip() for cell in cells if str(cell).strip()]
            named = bool(filled) and heads.search(filled[0]) is not None and not _is_invoice(table, cells)
            if filled and total is not None and total.search(filled[0]) and not _is_invoice(table, cells):
                table.total = {name: cells[places[0]] for name, places in single if places[0] < len(cells)}
            if len(filled) == 1 or named:
                table.skipped["titles, totals and footers"] += 1
                continue
        if len(cells) > width:
            if any(str(cell).strip() for cell in cells[width:]):
                yield Record(row.number, {}, cells, f"it has {len(cells)} cells, and the header {width}")
                continue
            cells = cells[:width]
        elif len(cells) < width:
            cells = [*cells, *[""] * (width - len(cells))]
        fields: dict[str, Any] = {}
        for name, places in single:
            for index in places:
                if (value := _filled(cells[index])) is not None:
                    fields[name] = value
                    break
        for name, places in several:
            values = [value for index in places if (value := _filled(cells[index])) is not None]
            if values:
                fields[name] = values
        yield Record(row.number, fields, cells, remark=row.remark)


def _is_invoice(table: Table, cells: Sequence[Any]) -> bool:
    """Has a row a number and a day, as no total has? A customer may be called Total."""

    def has(name: str) -> bool:
        return any(index < len(cells) and _filled(cells[index]) is not None for index in table.bound.get(name, ()))

    return has("invoice") and (has("issued") or has("due"))


def _filled(cell: Any) -> Any:
    if isinstance(cell, str):
        cell = cell.strip()
        return None if not cell or cell.casefold() in _NULLS else cell
    return cell


def picked(record: Record, table: Table, words: Words) -> str | None:
    """The word of a row in one of these columns that is among those given there; None where none is."""
    for column, wanted in words.items():
        seen = cell_of(record, table, column)
        if seen is not None and any(_is_word(seen.casefold(), word.casefold()) for word in wanted):
            return seen
    return None


def _is_word(seen: str, word: str) -> bool:
    return seen.startswith(word[:-1]) if word.endswith("*") else seen == word


def cell_of(record: Record, table: Table, column: str) -> str | None:
    """The cell of a row in a column, named by its field or by its own name; None where the file has no such column."""
    if column in table.bound:
        index = table.bound[column][0]
    else:
        name = plain_name(column)
        index = next((at for at, each in enumerate(table.names) if plain_name(each) == name), -1)
        if index < 0:
            return None
    return str(record.cells[index]).strip() if index < len(record.cells) else ""

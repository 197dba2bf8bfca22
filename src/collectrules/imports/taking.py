"""What all that reads rows has in common: each is taken, left out with a reason, rejected, or lacks a statement."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from collectrules.imports.cells import BadCell
from collectrules.imports.lacking import Unstated
from collectrules.imports.table import cell_of, picked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Words

    from collectrules.imports.mapping import Mapping
    from collectrules.imports.table import Record, Table
    from collectrules.imports.tally import Tally


class LeftOut(Exception):  # it is no fault of the row
    """A row that is none of what is imported; the message says why."""


class Taker:
    """Takes the rows of a file one by one. A class of its own for each thing that files give says what `take` does."""

    def __init__(self, table: Table, mapping: Mapping, tally: Tally) -> None:
        self.table = table
        self.mapping = mapping
        self.tally = tally
        self.states: Words[str, str] = mapping.states

    def take(self, record: Record) -> None:
        """Take one row. Raises `LeftOut`, `BadCell` or `Unstated`."""
        raise NotImplementedError

    def take_all(self, rows: Iterable[Record]) -> None:
        """Take every row, and count what becomes of it."""
        for record in rows:
            self.tally.rows += 1
            try:
                self._pick(record)
                while not self._could_take(record):
                    pass
            except LeftOut as why:
                self.tally.left_out[str(why)] += 1
            except BadCell as why:
                self.tally.reject(record.number, str(why))

    def _could_take(self, record: Record) -> bool:
        """Take a row; what it lacks is noted, and an example stands for it, so that all that lacks is met at once."""
        try:
            self.take(record)
        except Unstated as unstated:
            self.tally.lacks.meet(unstated)
            example = self.tally.lacks.example(unstated)
            if example is None:
                return True
            self.states = {**self.states, unstated.key: example}
            return False
        return True

    def _pick(self, record: Record) -> None:
        """Can the row be read, and is it one of those that are meant?"""
        if record.fault:
            raise BadCell(record.fault)
        if record.remark:
            self.remark(record.remark)
        for column, words in self.mapping.drop.items():
            if (word := picked(record, self.table, {column: words})) is not None:
                with suppress(Unstated, LeftOut):
                    self.before_dropping(record)
                raise LeftOut(f"{column} is {word}")
        for column, words in self.mapping.keep.items():
            if picked(record, self.table, {column: words}) is None:
                seen = cell_of(record, self.table, column)
                if seen is not None:
                    raise LeftOut(f"{column} is {seen or 'empty'}")

    def before_dropping(self, record: Record) -> None:
        """Raise `BadCell` where a row that is left out contradicts itself."""

    def remark(self, text: str, seen: object = "") -> None:
        """Note what a person should know, with the first cell of which it holds."""
        self.tally.remark(text, seen)

    def has(self, *names: str) -> bool:
        """Has the file a column for one of these fields?"""
        return not self.table.bound.keys().isdisjoint(names)

    def value(self, fields: Words[str, Any], name: str, what: str) -> Any:
        """The cell of a field that must be there. Raises `Unstated` where no column is, `BadCell` where it is empty."""
        if name in fields:
            return fields[name]
        if not self.has(name):
            raise Unstated(name)
        raise BadCell(f"{what} is empty")

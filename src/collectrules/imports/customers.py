"""Rows of a list of customers: numbers, addresses, limits, which are added to the accounts that lack them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from collectrules.imports.accounts import person_of
from collectrules.imports.cells import BadCell
from collectrules.imports.lacking import Unstated
from collectrules.imports.taking import Taker

if TYPE_CHECKING:
    from collectrules.imports.accounts import Person
    from collectrules.imports.contacts import Key
    from collectrules.imports.mapping import Mapping
    from collectrules.imports.table import Record, Table
    from collectrules.imports.tally import Tally


class Customer(Struct):
    """A customer: the keys by which an account is found, and what is told."""

    number: int
    keys: tuple[Key, ...]
    person: Person


class Customers(Taker):
    """The customers of a file, put together row by row."""

    def __init__(self, table: Table, mapping: Mapping, tally: Tally) -> None:
        super().__init__(table, mapping, tally)
        self.customers: list[Customer] = []

    def take(self, record: Record) -> None:
        """Take one customer."""
        if not self.has("account", "name", "company"):
            raise Unstated("name")
        person = person_of(record.fields, self.states, self.remark)
        keys: list[Key] = []
        if person.id:
            keys.append(("account", person.id))
        if person.name:
            keys.append(("name", person.name.casefold()))
        if not keys:
            raise BadCell("it has no number and no name")
        self.customers.append(Customer(record.number, tuple(keys), person))

    def finish(self) -> list[Customer]:
        """Count what the rows gave, and give it."""
        self.tally.accounts = len(self.customers)
        return self.customers

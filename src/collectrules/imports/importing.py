"""A file read by an importer, from the first byte to accounts or entries, and what became of every row."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct, field

from collectrules.ground.errors import meant
from collectrules.imports import cells
from collectrules.imports.accounts import Account, Person
from collectrules.imports.contacts import Log
from collectrules.imports.customers import Customers
from collectrules.imports.detection import PLAIN, importer_of
from collectrules.imports.fields import FIELDS, REQUIRED_TO_BE_STATED
from collectrules.imports.lacking import EITHER, CannotImport, Unstated, checked_statement
from collectrules.imports.mapping import Mapping
from collectrules.imports.payments import Payments
from collectrules.imports.readers import opened
from collectrules.imports.receivables import Receivables
from collectrules.imports.table import Record, first_rows, records, table_of
from collectrules.imports.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Mapping as Named
    from pathlib import Path

    from collectrules.imports import Importer
    from collectrules.imports.contacts import Entry
    from collectrules.imports.customers import Customer
    from collectrules.imports.table import Table


class Wanted(Struct, kw_only=True):
    """How a file is to be read: by whom, with what stated on top."""

    name: str = ""
    """The importer; empty: the one that knows the file."""
    mapping: Mapping = field(default_factory=Mapping)
    """The user's own, on top of the importer's."""
    as_of: date | None = None
    """What came after this day is cut, and what is overdue is counted on it."""
    today: date
    advance: Callable[[int], None] | None = None


class Imported(Struct):
    """What a file gave."""

    file: Path
    importer: Importer
    mapping: Mapping
    table: Table
    tally: Tally
    accounts: dict[str, Account] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    customers: list[Customer] = field(default_factory=list)

    @property
    def gives(self) -> str:
        """Invoices, contacts, payments or customers."""
        assert self.mapping.gives is not None
        return self.mapping.gives


def wanted_mapping(mapping: Mapping | None, states: tuple[str, ...], columns: tuple[str, ...]) -> Mapping:
    """A user's mapping with what options say on top: `currency=USD`, `open=Rest`. Raises `CannotImport`."""
    mapping = mapping or Mapping()
    stated = _pairs(states, REQUIRED_TO_BE_STATED, "--state", "currency=USD")
    named = _pairs(columns, FIELDS, "--column", "open=Balance")
    all_states: dict[str, str] = {}
    for key, value in (mapping.states | stated).items():
        try:
            all_states[key] = checked_statement(key, value)
            if key == "zone":
                cells.zone(all_states[key])
        except ValueError as error:
            raise CannotImport(str(error)) from None
    own = {name: (column,) for name, column in named.items()}
    return msgspec.structs.replace(mapping, states=all_states, columns=mapping.columns | own)


def _pairs(given: tuple[str, ...], known: Named[str, Any], option: str, example: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for each in given:
        key, mark, value = each.partition("=")
        if not mark:
            raise CannotImport(f"`{option} {each}` says nothing\n    write {option} {example}")
        if key.strip() not in known:
            raise CannotImport(
                f"there is no `{key}` for {option}\n    {meant(key, known) or 'there are ' + ', '.join(known)}"
            )
        pairs[key.strip()] = value
    return pairs


def read(file: Path, wanted: Wanted, importers: Named[str, Importer]) -> Imported:
    """Read a file. Raises `CannotImport` for what it lacks, all at once, and for what is no such file."""
    named = _named(wanted, importers)
    opening = opened(file, named.mapping.records if named is not None else _all_records(importers), wanted.advance)
    head = first_rows(opening)
    importer = named or importer_of(file, head, opening.names, importers)
    mapping = importer.mapping.below(wanted.mapping)
    rows = opening
    if importer.turn is not None:
        rows = msgspec.structs.replace(opening, rows=importer.turn(chain(head, opening.rows)))
        head = first_rows(rows)
    if not head:
        raise CannotImport(f"{file}: there is nothing in this file")
    table = table_of(str(file), rows, head, mapping)
    imported = Imported(file, importer, mapping, table, Tally())
    given = records(table, mapping)
    if imported.gives == "invoices":
        _read_invoices(imported, given, wanted)
    elif imported.gives == "customers":
        customers = Customers(table, mapping, imported.tally)
        customers.take_all(given)
        imported.customers = customers.finish()
    else:
        taker = (Payments if imported.gives == "payments" else Log)(table, mapping, imported.tally)
        taker.take_all(given)
        imported.entries = taker.finish()
    if imported.tally.lacks:
        raise imported.tally.lacks.told(str(file), table.names)
    imported.tally.left_out.update(table.skipped)
    return imported


def _named(wanted: Wanted, importers: Named[str, Importer]) -> Importer | None:
    """The importer that was asked for by name, or the plain one under a mapping that names its columns."""
    if wanted.name:
        if wanted.name not in importers:
            advice = meant(wanted.name, importers) or "collectrules import --list has the names"
            raise CannotImport(f"there is no importer `{wanted.name}`\n    {advice}")
        return importers[wanted.name]
    own = wanted.mapping
    return importers[PLAIN[own.gives]] if own.gives is not None and own.columns else None


def _all_records(importers: Named[str, Importer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for each in importers.values() for path in each.mapping.records))


def _read_invoices(imported: Imported, given: Iterator[Record], wanted: Wanted) -> None:
    told_on = _day_above(imported)
    receivables = Receivables(imported.table, imported.mapping, imported.tally, wanted.as_of)
    receivables.take_all(given)
    imported.accounts = dict(receivables.finish(wanted.as_of or told_on or wanted.today))
    states: Named[str, str] = imported.mapping.states
    without, credits_only = 0, list[str]()
    for account in imported.accounts.values():
        if not account.invoices:
            credits_only += [f"{each['currency']} {each['amount']}" for each in account.history]
            without += bool(account.history)
            continue
        states = _checked(imported, account, states)
    if not imported.accounts and imported.tally.lacks:
        # Rows that lack a column made no account: what accounts will lack is asked for all the same.
        placed = not imported.table.bound.keys().isdisjoint(("country", "region"))
        _checked(imported, Account(Person()), {**states, **({"jurisdiction": EITHER} if placed else {})})
    if without:
        held = f" ({', '.join(credits_only)})" if credits_only else ""
        imported.tally.remarks[f"a customer with credits only: no account is made, aging has them not{held}"] += without


def _checked(imported: Imported, account: Account, states: Named[str, str]) -> Named[str, str]:
    """The statements with an example for each that an account lacks, which is noted."""
    while True:
        try:
            account.check(states)
        except Unstated as unstated:
            imported.tally.lacks.meet(unstated)
            states = {**states, unstated.key: imported.tally.lacks.example(unstated) or ""}
        else:
            return states


def _day_above(imported: Imported) -> date | None:
    """The day that the titles of a report tell."""
    if not imported.mapping.as_of:
        return None
    for row in imported.table.above:
        for cell in row.cells:
            if found := re.search(imported.mapping.as_of, str(cell).strip()):
                day = cells.stamp(found[1], imported.mapping.states)
                return day.date() if isinstance(day, datetime) else day
    return None

"""An import written out: accounts, or accounts with what was joined to them, and the rows that were not taken."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from collectrules.imports.casefile import cases_in, fault, write_cases
from collectrules.imports.joining import joined
from collectrules.imports.lacking import CannotImport, Unstated
from collectrules.imports.readers import opened
from collectrules.imports.renewing import renewed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from collectrules.imports.importing import Imported


def write(imported: Imported, out: Path, into: Path | None, channels: Collection[str]) -> int:
    """Write the accounts to `out`, with those of `into` where it is given; return how many stand there.

    Raises `CannotImport` where what was imported needs accounts, and there are none.
    """
    if imported.gives == "invoices":
        return write_cases(out, _renewed(imported, into, channels) if into is not None else _new(imported, channels))
    if into is None:
        raise CannotImport(
            f"{imported.file}: {imported.gives} belong to accounts\n    name their file: --into cases.jsonl"
        )
    return write_cases(out, joined(imported, into, channels))


def _new(imported: Imported, channels: Collection[str]) -> Iterator[dict[str, Any]]:
    for account in imported.accounts.values():
        if not account.invoices:
            continue
        case = account.as_case(imported.mapping.states)
        if (wrong := fault(case, channels)) is None:
            yield case
            continue
        imported.tally.accounts -= 1
        for invoice in account.invoices.values():
            imported.tally.reject(invoice.row, f"its account cannot be read again: {wrong}")


def _renewed(imported: Imported, into: Path, channels: Collection[str]) -> Iterator[dict[str, Any]]:
    """The accounts that are there, with what is new, then those that are new."""
    new = {case["id"]: case for case in _new(imported, channels)}
    holds = imported.mapping.states.get("holds") or imported.mapping.holds or ""
    for case in cases_in(into, channels):
        newer = new.pop(case.get("id", ""), None)
        try:
            changed = renewed(case, newer, holds, imported.tally)
        except Unstated as unstated:
            imported.tally.lacks.meet(unstated)
            raise imported.tally.lacks.told(str(imported.file), imported.table.names) from None
        imported.tally.joined["already there"] += newer is not None
        if (wrong := fault(changed, channels)) is not None:
            imported.tally.remark(
                f"an account cannot take the newer export and stays as it was: {wrong}", case.get("id")
            )
            changed = case
        yield changed
    imported.tally.joined["new"] += len(new)
    yield from new.values()


def write_rejected(imported: Imported, path: Path) -> None:
    """Write the rows that were not taken: number, reason, and the cells as they are. Of none, no file is left there."""
    reasons = {row.number: row.why for row in imported.tally.rejected}
    if not reasons:
        path.unlink(missing_ok=True)
        return
    reading = opened(imported.file, imported.mapping.records)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        names = imported.table.names if imported.importer.turn is None else ()
        writer.writerow(["row", "reason", *names])
        writer.writerows([row.number, reasons[row.number], *row.cells] for row in reading.rows if row.number in reasons)

"""Placements as a table of comma-separated values, by the columns that each agency wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.ground.cells import quoted_line
from collectrules.plugins import placements
from collectrules.plugins.handoffs import HandoffFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.plugins.accounts import Account, Receiver

_MARK: Final = "\N{BYTE ORDER MARK}"
"""By it a spreadsheet knows that the text is UTF-8."""


def _write(accounts: Iterable[Account], receiver: Receiver) -> Iterator[bytes]:
    yield f"{_MARK}{quoted_line(placements.headings(receiver))}".encode()
    for account in accounts:
        for row in placements.rows(account, receiver):
            yield quoted_line(placements.guarded(cell, receiver) for cell in row).encode()


FORMAT: Final = HandoffFormat(
    name="placement_csv",
    title="placements as a table (CSV)",
    media_type="text/csv; charset=utf-8",
    suffix=".csv",
    acts=("place_with_agency", "sell_debt", "transfer_debt"),
    fields=placements.FIELDS,
    faults=placements.faults,
    write=_write,
    docs="One row an account, or a debt, under the columns that the receiver's file names. A cell that a spreadsheet "
    "would take for a formula has an apostrophe before it; leading zeros too, with `zeros: apostrophe`.",
)

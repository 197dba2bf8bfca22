"""What became of every row: taken, left out with the reason, or rejected with its number; and what was met."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct, field

from collectrules.imports.lacking import Lacks

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class Rejected(Struct):
    """A row that was not taken: its number, and why."""

    number: int
    why: str


class Tally(Struct):
    """The counts of one import."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    """Rows that are none of what is imported, by reason."""
    rejected: list[Rejected] = field(default_factory=list)
    remarks: Counter[str] = field(default_factory=Counter)
    """What a person should know, and of how many rows it holds."""
    examples: dict[str, str] = field(default_factory=dict)
    """The first cell of each."""
    lacks: Lacks = field(default_factory=Lacks)
    open_sums: dict[str, Decimal] = field(default_factory=dict)
    """What is open by currency, before credits and payments that no invoice took."""
    credit_sums: dict[str, Decimal] = field(default_factory=dict)
    """Credits and payments that no invoice took."""
    invoices: int = 0
    open_invoices: int = 0
    credits: int = 0
    accounts: int = 0
    overdue: int = 0
    due_unknown: int = 0
    as_of: date | None = None
    payment_sums: dict[str, Decimal] = field(default_factory=dict)
    """What a file of payments has by currency, with what was taken back."""
    total: str = ""
    """What comes of holding the sum against the export's own total."""
    total_differs: bool = False
    """Is what is open another sum than the export says?"""
    ids: int = 0
    """Calls or messages by their ids; where there are none, 1."""
    contacts: int = 0
    events: int = 0
    words: Counter[str] = field(default_factory=Counter)
    """How often each word of a log, or type of an event, was met."""
    first: datetime | date | None = None
    last: datetime | date | None = None
    offsets: Counter[str] = field(default_factory=Counter)
    """How far the clock of a log stands from the moments in its ids."""
    joined: Counter[str] = field(default_factory=Counter)
    """By what rows found their account."""

    def reject(self, number: int, why: str) -> None:
        """Note a row that is not taken."""
        self.rejected.append(Rejected(number, why))

    def remark(self, text: str, seen: object = "") -> None:
        """Note what a person should know."""
        self.remarks[text] += 1
        if seen != "":
            self.examples.setdefault(text, str(seen))

    def add(self, sums: dict[str, Decimal], currency: str, amount: Decimal) -> None:
        """Add to one of the sums by currency."""
        sums[currency] = sums[currency] + amount if currency in sums else amount

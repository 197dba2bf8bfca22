"""Rows of payments as events of their accounts: what was paid when, on which invoice, and what was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.imports import cells
from collectrules.imports.accounts import clean, payment
from collectrules.imports.cells import BadCell
from collectrules.imports.contacts import Entry
from collectrules.imports.lacking import Unstated
from collectrules.imports.taking import Taker

if TYPE_CHECKING:
    from decimal import Decimal

    from collectrules.imports.contacts import Key
    from collectrules.imports.mapping import Mapping
    from collectrules.imports.table import Record, Table
    from collectrules.imports.tally import Tally

_TWICE: Final = "the same payment stands twice: both are kept, look whether one is a slip"


class Payments(Taker):
    """The payments of a file, put together row by row."""

    def __init__(self, table: Table, mapping: Mapping, tally: Tally) -> None:
        super().__init__(table, mapping, tally)
        self.entries: list[Entry] = []
        self._seen: set[tuple[object, ...]] = set()
        self._ids: set[str] = set()

    def take(self, record: Record) -> None:
        """Take one payment."""
        fields = record.fields
        if not self.has("account", "name", "invoice"):
            raise Unstated("account")
        currency = str(fields.get("currency", "") or self.states.get("currency", "")).upper()
        if not currency:
            raise Unstated("currency", str(fields.get("paid", "")))
        amount = cells.amount(self.value(fields, "paid", "what was paid"), self.states, currency)
        on = cells.day(self.value(fields, "paid_on", "the day of the payment"), self.states)
        if on is None:
            raise BadCell("the day of the payment is none")
        invoice = clean(fields.get("invoice", ""))
        keys = _keys(fields, invoice)
        if not keys:
            raise BadCell("it has no customer and no invoice")
        self._count(amount, currency, (keys, invoice, amount, on, fields.get("id", "")))
        if invoice:
            self._ids.add(invoice)
        kind = "payment_reversed" if amount < 0 else "payment"
        event = payment(on, abs(amount), currency, *([invoice] if invoice else []), event=kind)
        self.entries.append(Entry(record.number, keys, events=[event], word=kind))

    def _count(self, amount: Decimal, currency: str, said: tuple[object, ...]) -> None:
        self.tally.add(self.tally.payment_sums, currency, amount)
        self.tally.words["taken back" if amount < 0 else "paid"] += 1
        if said in self._seen:
            self.remark(_TWICE, amount)
        self._seen.add(said)

    def finish(self) -> list[Entry]:
        """Count what the rows gave, and give it."""
        self.tally.ids = len(self._ids)
        self.tally.events = len(self.entries)
        return self.entries


def _keys(fields: dict[str, object], invoice: str) -> tuple[Key, ...]:
    keys: list[Key] = []
    if "account" in fields:
        keys.append(("account", clean(fields["account"])))
    elif "name" in fields:
        keys.append(("name", clean(fields["name"]).casefold()))
    if invoice and not keys:
        keys.append(("invoice", invoice))
    return tuple(keys)

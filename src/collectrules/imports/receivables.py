"""Rows of invoices as accounts: what is open, what was paid, what is no debt, and what a person must decide."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from collectrules.imports import cells
from collectrules.imports.accounts import Account, Invoice, Person, clean, payment, person_of
from collectrules.imports.cells import BadCell
from collectrules.imports.lacking import CURRENCY_OF_MARK, EITHER, Unstated
from collectrules.imports.table import cell_of, picked
from collectrules.imports.taking import LeftOut, Taker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Words
    from datetime import date

    from collectrules.imports.mapping import Mapping
    from collectrules.imports.table import Record, Table
    from collectrules.imports.tally import Tally

_NOTHING: Final = Decimal("0.00")
_CURRENCY: Final = re.compile(r"[A-Za-z]{3}")
_MOST_DAYS: Final = 36_500
_A_SITE: Final = "a name looks like an address: where it is a job or a site, who owes is the customer whose it is"
_LOOKS_LIKE_ADDRESS: Final = re.compile(
    r"[0-9]+[A-Za-z]?\s+\w+.*\b(road|street|st|ave|avenue|rd|lane|dr|drive|blvd)\b\.?", re.IGNORECASE
)


class Receivables(Taker):
    """The accounts of a file, put together row by row. `as_of`: what came after that day is cut."""

    def __init__(self, table: Table, mapping: Mapping, tally: Tally, as_of: date | None = None) -> None:
        super().__init__(table, mapping, tally)
        self.accounts: dict[str, Account] = {}
        self._as_of = as_of
        self._rows_like: dict[str, int] = {}
        self._jobs: set[str] = set()
        if as_of is not None and not self.has("paid_on"):
            self.remark(f"no days of payment: what was open is what the export says, not what was on {as_of}")

    def take(self, record: Record) -> None:
        """Take one row of an invoice, or of a credit."""
        fields = record.fields
        standing = self._standing(fields)
        person = person_of(fields, self.states, self.remark)
        self._is_debtor(person)
        currency = self._currency(fields)
        issued, due = self._days(fields)
        if self._as_of is not None and issued is not None and issued > self._as_of:
            raise LeftOut(f"invoiced after {self._as_of}")
        invoiced, open_ = self._amounts(fields, currency, standing)
        account = self.accounts.setdefault(person.id or person.name, Account(Person()))
        account.person.take(person)
        account.counted_contacts |= self._counts_contacts(record)
        if self._is_credit(record, account, (invoiced, open_), currency, issued or due):
            return
        invoice = Invoice(
            id=clean(fields.get("invoice", "") or fields.get("invoice_key", "")),
            key=clean(fields.get("invoice_key", "") or fields.get("invoice", "")),
            row=record.number,
            invoiced=invoiced,
            open=open_,
            currency=currency,
            issued=issued,
            due=due,
            terms_days=terms if (terms := self._whole(fields.get("terms_days"))) is not None and terms >= 0 else None,
            order_number=str(fields.get("order_number", "")),
            settled=standing == "paid",
            disputed=standing == "disputed" or ("disputed" in fields and cells.truth(fields["disputed"])),
        )
        if "paid" in fields and "paid_on" in fields:
            invoice.paid = self._amount(fields["paid"], currency)
        if "paid_on" in fields:
            invoice.paid_on = cells.day(fields["paid_on"], self.states)
        self._as_it_was(invoice)
        self._put(account, invoice)

    def before_dropping(self, record: Record) -> None:
        """Raise `BadCell` where a row that is left out says that it is paid and that something is open."""
        self._amounts(record.fields, self._currency(record.fields), self._standing(record.fields))

    def _standing(self, fields: Words[str, Any]) -> str:
        """Open, paid or disputed by the word of its status; empty where it has none."""
        if "status" not in fields:
            return ""
        word = str(fields["status"])
        standing = self.mapping.statuses.get(word.casefold())
        if standing == "never":
            raise LeftOut(f"status is {word}: no debt")
        if standing is None:
            raise BadCell(f"status is `{word}`: nobody said what that means (statuses in a mapping)")
        if standing == "review":
            raise BadCell(f"status is `{word}`: a person must say whether it is owed")
        return standing

    def _is_debtor(self, person: Person) -> None:
        if not person.id and not person.name:
            if self.has("account", "name", "company", "contact_person"):
                raise BadCell("nobody who owes is named")
            # The rest of the row is read all the same, so that all that the file lacks is asked for at once.
            self.tally.lacks.meet(Unstated("name"))
            person.name = EITHER
        if self.mapping.parent_before and self.mapping.parent_before in person.name:
            person.name = clean(person.name.split(self.mapping.parent_before)[0])
        elif person.name not in self._jobs and _LOOKS_LIKE_ADDRESS.fullmatch(person.name):
            self._jobs.add(person.name)
            self.remark(_A_SITE, person.name)

    def _currency(self, fields: Words[str, Any]) -> str:
        code = str(fields.get("currency", "") or self.states.get("currency", "")).strip().upper()
        if not code:
            shown = next((fields[name] for name in ("open", "invoiced", "amount", "line_total") if name in fields), "")
            raise Unstated("currency", str(shown))
        if not _CURRENCY.fullmatch(code):
            if "currency" in self.states:
                code = self.states["currency"].upper()
            else:
                raise Unstated("currency", code)
        return code

    def _amount(self, cell: Any, currency: str) -> Decimal:
        if isinstance(cell, str):
            for mark, code in CURRENCY_OF_MARK.items():
                if mark in cell and code != currency:
                    raise BadCell(f"`{cell}` is no amount in {currency}")
        return cells.amount(cell, self.states, currency)

    def _days(self, fields: Words[str, Any]) -> tuple[date | None, date | None]:
        """The day of the invoice, and that on which it was due; None where the file does not tell."""
        issued = cells.day(fields["issued"], self.states) if "issued" in fields else None
        due = cells.day(fields["due"], self.states) if "due" in fields else None
        if due is None and issued is not None and (terms := self._whole(fields.get("terms_days"))) is not None:
            due = issued + timedelta(days=terms)
        if due is None and (late := self._whole(fields.get("days_past_due"))) is not None:
            on = fields.get("as_of", self.states.get("as_of"))
            if on is None:
                raise Unstated("as_of", str(late))
            day = cells.day(on, self.states)
            due = None if day is None else day - timedelta(days=late)
        if issued is not None and due is not None and due < issued:
            self.remark("due before the day of the invoice: check which is right")
        return issued, due

    def _whole(self, cell: Any) -> int | None:
        if cell is None:
            return None
        number = cells.amount(cell, {"decimal_mark": "point"})
        if number != int(number) or abs(number) > _MOST_DAYS:
            raise BadCell(f"`{cell}` is no whole number of days")
        return int(number)

    def _amounts(self, fields: Words[str, Any], currency: str, standing: str) -> tuple[Decimal | None, Decimal]:
        """What was invoiced, where that is told, and what is open."""

        def read(name: str) -> Decimal | None:
            return self._amount(fields[name], currency) if name in fields else None

        invoiced = read("line_total") if self.mapping.lines == "sum" else read("invoiced")
        if self.has("open"):
            open_ = read("open")
            if open_ is None:
                if standing != "paid":
                    raise BadCell("what is open is empty")
                open_ = _NOTHING
        elif self.has("paid") and self.has("invoiced"):
            if invoiced is None:
                raise BadCell("what was invoiced is empty")
            open_ = invoiced - (read("paid") or _NOTHING)
        else:
            invoiced, open_ = self._by_statement(fields, invoiced, read("amount"), standing)
        if standing == "paid" and open_ > 0:
            raise BadCell(f"it says paid, and {currency} {open_} is open: a person must say which holds")
        if invoiced is not None and open_ > invoiced > 0:
            self.remark("more is open than was invoiced")
        if open_ < 0 and "sign" not in self.states and not (self.mapping.credits or self.mapping.payments):
            raise Unstated("sign", str(open_))
        return invoiced, open_

    def _by_statement(
        self, fields: Words[str, Any], invoiced: Decimal | None, amount: Decimal | None, standing: str
    ) -> tuple[Decimal | None, Decimal]:
        """The same where the file has one amount, and a word or a day of payment may say whether it is still open."""
        found = invoiced if invoiced is not None else amount
        if found is None:
            if not self.has("invoiced", "amount", "line_total"):
                raise Unstated("open")
            raise BadCell("the amount is empty")
        meant = self.states.get("amount_is")
        if meant is None:
            raise Unstated("amount_is", str(found))
        if meant == "open":
            return None, _NOTHING if standing == "paid" else found
        if not standing and not self.has("paid_on"):
            raise Unstated("open", str(found))
        return found, _NOTHING if standing == "paid" or "paid_on" in fields else found

    def _counts_contacts(self, record: Record) -> bool:
        """Does the row count contacts of which nobody says when?"""
        return any(cell_of(record, self.table, name) not in (None, "", "0") for name in self.mapping.counts)

    def _is_credit(
        self,
        record: Record,
        account: Account,
        amounts: tuple[Decimal | None, Decimal],
        currency: str,
        on: date | None,
    ) -> bool:
        """Is it a credit, or a payment that no invoice took? Then it is an event, and no debt."""
        invoiced, open_ = amounts
        below_zero = invoiced is not None and invoiced < 0
        is_payment = picked(record, self.table, self.mapping.payments) is not None
        is_credit = picked(record, self.table, self.mapping.credits) is not None or open_ < 0 or below_zero
        if not is_payment and not is_credit:
            return False
        if not open_:
            raise LeftOut("a credit or payment that is used up")
        if on is None:
            raise BadCell("a credit without a day")
        amount = abs(open_)
        account.history.append(payment(on, amount, currency, event="payment" if is_payment else "credit_note"))
        self.tally.add(self.tally.credit_sums, currency, amount)
        self.tally.credits += 1
        return True

    def _as_it_was(self, invoice: Invoice) -> None:
        """Take back what was paid after the day as of which the file is read."""
        if self._as_of is None or invoice.paid_on is None or invoice.paid_on <= self._as_of:
            return
        if invoice.invoiced is not None:
            invoice.open = invoice.invoiced
        invoice.paid_on = invoice.paid = None

    def _put(self, account: Account, invoice: Invoice) -> None:
        """Add an invoice, or a line of one that is there."""
        if not invoice.key:
            if self.has("invoice", "invoice_key"):
                raise BadCell("the number of the invoice is empty")
            invoice.id = invoice.key = self._made_id(account, invoice)
        known = account.invoices.get(invoice.key)
        if known is None:
            if any(other.id == invoice.id for other in account.invoices.values()):
                invoice.id = f"{invoice.id} ({invoice.key})"
            account.invoices[invoice.key] = invoice
        elif self.mapping.lines == "sum":
            known.invoiced = (known.invoiced or _NOTHING) + (invoice.invoiced or _NOTHING)
            known.open += invoice.open
        elif not known.same_as(invoice):
            raise BadCell(
                f"invoice {invoice.id} stands in row {known.row} with other values: where a row is a line of an"
                " invoice, a mapping says so with lines: repeat or lines: sum"
            )
        elif not self.mapping.lines:
            self.remark("an invoice stands twice with the same values: taken once")

    def _made_id(self, account: Account, invoice: Invoice) -> str:
        """An id from what the row says, the same in every export; of equal rows each has its own."""
        person = account.person
        said = f"{person.id}|{person.name}|{invoice.issued}|{invoice.due}|{invoice.invoiced}|{invoice.open}"
        short = hashlib.sha256(said.encode()).hexdigest()[:10]
        before = self._rows_like[short] = self._rows_like.get(short, 0) + 1
        return f"row-{short}" if before == 1 else f"row-{short}-{before}"

    def finish(self, day: date) -> Iterator[tuple[str, Account]]:
        """Count what is open and overdue on a day, hold it against the export's total, and give the accounts."""
        tally = self.tally
        tally.as_of = day
        for account in self.accounts.values():
            for invoice in account.invoices.values():
                tally.invoices += 1
                if not invoice.open:
                    continue
                tally.open_invoices += 1
                tally.add(tally.open_sums, invoice.currency, invoice.open)
                tally.due_unknown += invoice.due is None
                tally.overdue += invoice.due is not None and invoice.due < day
        self._reconcile()
        tally.accounts = sum(bool(account.invoices) for account in self.accounts.values())
        return iter(self.accounts.items())

    def _total_of_amounts(self) -> Any:
        """The total of a file whose one amount is what is open."""
        return self.table.total.get("amount") if self.states.get("amount_is") == "open" else None

    def _reconcile(self) -> None:
        tally, stated = self.tally, self.states.get("total") or self.table.total.get("open", self._total_of_amounts())
        if stated in (None, ""):
            return
        if len(tally.open_sums | tally.credit_sums) > 1:
            tally.total = "the export has one total for several currencies: it was not held against them"
            return
        try:
            theirs = cells.amount(stated, self.states)
        except (BadCell, Unstated):
            tally.total = f"the export's total cannot be read: {stated}"
            return
        ours = sum(tally.open_sums.values(), _NOTHING) - sum(tally.credit_sums.values(), _NOTHING)
        tally.total_differs = ours != theirs
        tally.total = (
            f"agrees with the export's own total, {theirs:,}"
            if ours == theirs
            else f"the export says {theirs:,}, its rows {ours:,}: {theirs - ours:+,} is not accounted for"
        )

"""Placements as rows: what a column of an agency's table may hold, and the columns where the receiver names none.

A receiver's file maps each heading to what stands under it, in order:

```yaml
columns:
  Client Ref: account.id required
  Debtor: debtor.name
  Phone: debtor.phone_1 as digits
  Placed: act.day as MM/DD/YYYY
  Source: text ACME
rows: debt                      # one row a debt; without it one row an account
```
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from collectrules.ground import money
from collectrules.ground.cells import inert
from collectrules.ground.errors import meant
from collectrules.plugins import accounts
from collectrules.plugins.accounts import Field
from collectrules.plugins.handoffs import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from collectrules.plugins.accounts import Account, Invoice, PostalAddress, Receiver

COLUMNS: Final[Field[Mapping[str, str]]] = Field("columns", "the columns of the table", "pairs", "receiver")
ZEROS: Final[Field[str]] = Field(
    "zeros", "what guards leading zeros in CSV", "text", "receiver", words=("plain", "apostrophe")
)
ROWS: Final[Field[str]] = Field("rows", "what has a row", "text", "receiver", words=("account", "debt"))

FIELDS: Final = (
    accounts.ACCOUNT_ID.needed(),
    accounts.CURRENCY.needed(),
    accounts.AMOUNT.needed(),
    accounts.INVOICES.needed(),
    accounts.DEBT_KIND,
    accounts.OLDEST_DUE,
    accounts.LAST_PAYMENT_DAY,
    accounts.LAST_PAYMENT_AMOUNT,
    accounts.DOCUMENTS_HELD,
    accounts.CREDITOR_NAME.needed(),
    accounts.CREDITOR_REFERENCE,
    accounts.ORIGINAL_CREDITOR,
    accounts.DEBTOR_NAME.needed(),
    accounts.DEBTOR_KIND,
    accounts.FIRST_NAME,
    accounts.LAST_NAME,
    accounts.BIRTH_DATE,
    accounts.CONTACT_PERSON,
    accounts.ADDRESSES,
    accounts.PHONES,
    accounts.EMAILS,
    *accounts.ITEMIZATION,
    accounts.ITEMIZATION_CURRENT,
    accounts.HANDED_OVER,
    accounts.DECISION,
    accounts.DECISION_ID,
    accounts.RULESETS,
    COLUMNS,
    ROWS,
    ZEROS,
)

_NO_NUMBER: Final = re.compile(r"0[0-9]+|[0-9]{16,}")
"""Digits that are a name: a spreadsheet would drop the zeros before them, or what lies beyond fifteen digits."""
_MOST_PHONES: Final = 3
_DATES: Final[Mapping[str, str]] = {
    "YYYY-MM-DD": "%Y-%m-%d",
    "YYYYMMDD": "%Y%m%d",
    "MM/DD/YYYY": "%m/%d/%Y",
    "DD/MM/YYYY": "%d/%m/%Y",
    "DD.MM.YYYY": "%d.%m.%Y",
}
_FORMS: Final = ("digits", "cents", *_DATES)

_Value = str | date | Decimal | None


def _plain(field: Field[Any]) -> Callable[[Account, Invoice | None], _Value]:
    return lambda account, _: account.get(field)


def _address(part: str, number: int = 0) -> Callable[[Account, Invoice | None], _Value]:
    def read(account: Account, _: Invoice | None) -> _Value:
        stated: tuple[PostalAddress, ...] = account.get(accounts.ADDRESSES) or ()
        if not stated:
            return None
        first = stated[0]
        if part == "lines":
            return first.lines[number - 1] if len(first.lines) >= number else None
        return getattr(first, part) or None

    return read


def _numbered(field: Field[tuple[str, ...]], number: int) -> Callable[[Account, Invoice | None], _Value]:
    def read(account: Account, _: Invoice | None) -> _Value:
        given = account.get(field) or ()
        return given[number - 1] if len(given) >= number else None

    return read


def _debt(name: str) -> Callable[[Account, Invoice | None], _Value]:
    def read(account: Account, debt: Invoice | None) -> _Value:
        rows_of = accounts.debts_handed_over(account) if debt is None else (debt,)
        values = [getattr(each, name) for each in rows_of]
        if len(values) == 1:
            only: _Value = values[0]
            return only
        return " ".join(str(value) for value in values if value) or None

    return read


CELLS: Final[Mapping[str, Callable[[Account, Invoice | None], _Value]]] = {
    **{
        field.name: _plain(field)
        for field in FIELDS
        if field.kind in {"text", "date", "money"} and field.source != "receiver"
    },
    **{f"debtor.address_line_{number}": _address("lines", number) for number in (1, 2, 3, 4)},
    **{f"debtor.{part}": _address(part) for part in ("city", "region", "postal_code", "country")},
    **{f"debtor.phone_{number}": _numbered(accounts.PHONES, number) for number in range(1, _MOST_PHONES + 1)},
    "debtor.email": _numbered(accounts.EMAILS, 1),
    **{f"debt.{name}": _debt(name) for name in ("id", "type", "issued", "due", "invoiced", "open", "order_number")},
    "decision.rulesets": lambda account, _: accounts.rulesets_asked(account),
}
"""What may stand under a heading."""

USUAL: Final[Mapping[str, str]] = {
    name: name
    for name in (
        *("account.id", "act.day", "creditor.name", "original_creditor.name", "debtor.name", "debtor.kind"),
        *("debtor.address_line_1", "debtor.address_line_2", "debtor.city", "debtor.region", "debtor.postal_code"),
        *("debtor.country", "debtor.phone_1", "debtor.phone_2", "debtor.email", "account.debt_kind", "debt.id"),
        *("account.currency", "account.amount", "account.oldest_due", "account.last_payment.day"),
        *("account.last_payment.amount", *(field.name for field in accounts.ITEMIZATION)),
        *("decision.word", "decision.id", "decision.rulesets"),
    )
}
"""The columns where the receiver's file names none: each under its own name."""


class _Column(NamedTuple):
    heading: str
    cell: str
    form: str
    required: bool
    constant: str


def _columns(receiver: Receiver) -> tuple[list[_Column], list[Fault]]:
    columns: list[_Column] = []
    faults: list[Fault] = []
    for heading, written in (receiver.get(COLUMNS) or USUAL).items():
        if written.startswith("text "):
            columns.append(_Column(heading, "", "", required=False, constant=written.removeprefix("text ")))
            continue
        words = written.split()
        required = words[-1:] == ["required"]
        if required:
            words.pop()
        cell, form = " ".join(words[:1]), ""
        if words[1:2] == ["as"]:
            form = " ".join(words[2:])
        wrong = ""
        if cell not in CELLS:
            wrong = f"there is no `{cell}` to stand in a column"
            mend = meant(cell, CELLS) or "docs/handoff.md lists what there is"
        elif len(words) > 1 and form not in _FORMS:
            wrong = f"`{' '.join(words[1:])}` is no form of a cell"
            mend = f"write `as` and one of {', '.join(_FORMS)}"
        if wrong:
            faults.append(Fault(f"the column `{heading}`: {wrong}", mend))
        columns.append(_Column(heading, cell, form, required, ""))
    return columns, faults


def headings(receiver: Receiver) -> list[str]:
    """The first row."""
    return [inert(column.heading) for column in _columns(receiver)[0]]


def rows(account: Account, receiver: Receiver) -> Iterator[list[str]]:
    """The rows of an account, as text: dates and amounts as the column has them, else ISO 8601 and with a point."""
    columns, _ = _columns(receiver)
    for debt in accounts.debts_handed_over(account) if receiver.get(ROWS) == "debt" else [None]:
        yield [_text(column, account, debt) for column in columns]


def faults(account: Account, receiver: Receiver) -> Iterator[Fault]:
    """Columns that cannot be filled."""
    columns, wrong = _columns(receiver)
    yield from wrong
    if wrong:
        return
    for column in columns:
        if column.required and CELLS[column.cell](account, None) is None:
            yield Fault(
                f"the column `{column.heading}` is required, and there is no {column.cell}",
                f"state {column.cell} in the case or in the file of details",
            )


def guarded(cell: str, receiver: Receiver) -> str:
    """An inert cell, with an apostrophe before digits of which a spreadsheet that opens a CSV keeps but a number.

    Only where the receiver's file says `zeros: apostrophe`: a program that reads the file would take it for data.
    """
    if receiver.get(ZEROS) == "apostrophe" and _NO_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return inert(cell)


def _text(column: _Column, account: Account, debt: Invoice | None) -> str:
    if not column.cell:
        return column.constant
    value = CELLS[column.cell](account, debt)
    if value is None:
        return ""
    if column.form == "digits":
        return "".join(letter for letter in str(value) if letter.isdecimal())
    if isinstance(value, Decimal):
        return str(int(money.to_cent(value) * 100)) if column.form == "cents" else money.written(value)
    if isinstance(value, date):
        return value.strftime(_DATES.get(column.form, "%Y-%m-%d"))
    return value

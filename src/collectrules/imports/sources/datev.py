"""Bookings of DATEV as invoices: balanced by debtor and number, which columns alone cannot say."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from collectrules.ground.cells import plain_name
from collectrules.imports import cells
from collectrules.imports.readers import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADER: Final = ("Debitor", "Belegfeld 1", "Belegdatum", "Rechnungsbetrag", "Offen", "Zahlung", "WKZ", "Art")
_LONG: Final = {
    "Umsatz": "Umsatz (ohne Soll/Haben-Kz)",
    "S/H": "Soll/Haben-Kennzeichen",
    "Gegenkonto": "Gegenkonto (ohne BU-Schlüssel)",
    "WKZ": "WKZ Umsatz",
}
"""Names of columns in full, as the description of the format has them."""
_MANY_COLUMNS: Final = 7
_USUAL_LENGTH: Final = 4
_GERMAN: Final = {"decimal_mark": "comma"}
_FIRST_CREDITOR: Final = 7


def turned(rows: Iterator[Row]) -> Iterator[Row]:
    """The balance of every number of every debtor; what is no debtor's, and what cannot be read, by itself."""
    first = next(rows, None)
    names = next(rows, None)
    if first is None or names is None:
        return
    at = {plain_name(str(name)): index for index, name in enumerate(names.cells)}
    for short, long in _LONG.items():
        if plain_name(long) in at:
            at.setdefault(plain_name(short), at[plain_name(long)])
    yield Row(names.number, list(_HEADER))
    year_begins, length, currency = _of_first_line(first.cells)
    balances: dict[tuple[int, str], _Balance] = {}
    for row in rows:
        found = _booking(row, at, year_begins, currency, length)
        if isinstance(found, Row):
            yield found
            continue
        debtor, number, on, signed, code = found
        balance = balances.setdefault((debtor, number), _Balance(row, code))
        balance.take(on, signed)
    for (debtor, number), balance in balances.items():
        yield balance.row_of(debtor, number)


def _of_first_line(line: Sequence[object]) -> tuple[date | None, int, str]:
    """The first day of the business year, the digits of accounts that are no persons', and the currency."""
    texts = [str(cell).strip() for cell in line]
    begins, length = None, _USUAL_LENGTH
    for index, text in enumerate(texts[_MANY_COLUMNS:], start=_MANY_COLUMNS):
        if re.fullmatch(r"(19|20)[0-9]{6}", text):
            with suppress(ValueError):
                begins = date(int(text[:4]), int(text[4:6]), int(text[6:]))
            if index + 1 < len(texts) and re.fullmatch("[4-8]", texts[index + 1]):
                length = int(texts[index + 1])
            break
    return begins, length, next((text for text in texts[_MANY_COLUMNS:] if re.fullmatch("[A-Z]{3}", text)), "")


_Booking = tuple[int, str, date, Decimal, str]


def _booking(row: Row, at: dict[str, int], begins: date | None, currency: str, length: int) -> _Booking | Row:
    """Debtor, number, day, signed amount and currency of a row; or the row as it is to be told."""
    if row.fault:
        return row

    def cell(name: str) -> str:
        index = at.get(plain_name(name), -1)
        return str(row.cells[index]).strip() if 0 <= index < len(row.cells) else ""

    try:
        amount = cells.amount(cell("Umsatz"), _GERMAN)
        own, other = (_account(cell(name)) for name in ("Konto", "Gegenkonto"))
        on = _day(cell("Belegdatum"), begins)
    except cells.BadCell as why:
        return Row(row.number, row.cells, str(why))
    side = cell("S/H").upper()
    if side not in ("S", "H"):
        return Row(row.number, row.cells, f"`{side}` is neither S nor H")
    signed = amount if side == "S" else -amount
    first = 10**length
    for account, way in ((own, 1), (other, -1)):
        if first <= account < _FIRST_CREDITOR * first:
            number = cell("Belegfeld 1")
            if not number:
                return Row(row.number, row.cells, "Belegfeld 1 is empty: no number to balance by")
            return account, number, on, signed * way, cell("WKZ") or currency
    return Row(row.number, ["", "", "", "", "", "", "", "no booking of a debtor"], remark=row.remark)


def _account(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise cells.BadCell(f"`{text}` is no account")
    return int(text)


def _day(text: str, begins: date | None) -> date:
    """DDMM in the business year; a day before its first belongs to the calendar year after."""
    found = re.fullmatch(r"([0-9]{1,2})([0-9]{2})", text)
    if found is None or begins is None:
        raise cells.BadCell(f"`{text}` is no day" if found is None else "the first line tells no business year")
    try:
        day = date(begins.year, int(found[2]), int(found[1]))
        return day if day >= begins else day.replace(year=begins.year + 1)
    except ValueError:
        raise cells.BadCell(f"`{text}` is no day of the calendar") from None


class _Balance:
    """What was booked under one number."""

    def __init__(self, row: Row, currency: str) -> None:
        self._row = row
        self._currency = currency
        self._invoiced = Decimal("0.00")
        self._open = Decimal("0.00")
        self._issued: date | None = None
        self._paid_on: date | None = None

    def take(self, on: date, signed: Decimal) -> None:
        """Add a booking."""
        self._open += signed
        if signed > 0:
            self._invoiced += signed
            self._issued = min(on, self._issued or on)
        else:
            self._paid_on = max(on, self._paid_on or on)

    def row_of(self, debtor: int, number: str) -> Row:
        """The balance as one row."""
        issued = self._issued or self._paid_on
        cells_ = [
            str(debtor),
            number,
            issued,
            self._invoiced,
            self._open,
            self._paid_on or "",
            self._currency,
            "debtor",
        ]
        return Row(self._row.number, cells_, remark=self._row.remark)

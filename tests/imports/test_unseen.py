"""Exports that no importer was made from: encodings, marks, title rows, totals, and what is asked of each at once."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from collectrules.imports.lacking import CannotImport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collectrules.imports.importing import Imported

    WriteFile = Callable[[str, str | bytes], Path]
    Importing = Callable[..., Imported]

BANK = (
    "Offene Posten;;;;;;\nStand: 28.11.2026;;;;;;\nKundennr.;Kunde;Belegnr.;Belegdatum;Fälligkeit;Betrag;Offen\n"
    "10001;Müller & Söhne GmbH;RE-118;01.09.2026;01.10.2026;2.300,00 €;2.300,00 €\n"
    "10001;Müller & Söhne GmbH;GS-9;05.09.2026;;-120,00 €;-120,00 €\n"
    "10002;Bäckerei Ünal;RE-141;15.10.2026;14.11.2026;610,50 €;610,50 €\n"
    ";;;;Summe;2.790,50 €;2.790,50 €\n"
)
OF_BANK = ("currency=EUR", "date_order=dmy", "sign=credits_negative", "kind=commercial", "role=creditor")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_a_german_list_in_every_encoding(file: WriteFile, imported: Importing, encoding: str) -> None:
    found = imported(file("op.csv", BANK.encode(encoding)), *OF_BANK, "jurisdiction=DE", name="table")
    assert {code: str(amount) for code, amount in found.tally.open_sums.items()} == {"EUR": "2910.50"}
    assert found.tally.total == "agrees with the export's own total, 2,790.50"
    assert not found.tally.rejected
    assert [account.person.name for account in found.accounts.values()] == ["Müller & Söhne GmbH", "Bäckerei Ünal"]
    assert list(found.accounts) == ["10001", "10002"]
    assert [*found.accounts["10001"].invoices] == ["RE-118"]


def test_all_that_it_lacks_is_asked_at_once_with_answers_that_fit_what_was_seen(
    file: WriteFile, imported: Importing
) -> None:
    with pytest.raises(CannotImport) as wrong:
        imported(file("op.csv", BANK.encode("cp1252")), name="table")
    told = str(wrong.value)
    assert "6 things are nowhere said" in told
    for key in ("currency=EUR", "date_order=dmy", "sign=credits_negative", "role=", "kind=", "jurisdiction="):
        assert f"--state {key}" in told
    assert all(len(line) <= 80 for line in told.splitlines()[1:] if "states: {" not in line)


def test_a_column_that_is_missing_hides_nothing_else_that_is(file: WriteFile, imported: Importing) -> None:
    text = "Invoice no,Patient,State,Phone,Due date,Balance\n7,Zo\u00eb,TX,(512) 555-0142,9/13/2026,$450.00\n"
    with pytest.raises(CannotImport) as wrong:
        imported(file("a.csv", text), name="table")
    told = str(wrong.value)
    assert "7 things are nowhere said" in told
    for said in ("phone_country=", "currency=USD", "date_order=mdy", "role=", "kind=", "jurisdiction="):
        assert f"--state {said}" in told
    assert "--column name=NAME" in told


def test_what_accounts_lack_is_asked_even_where_a_column_is_missing(file: WriteFile, imported: Importing) -> None:
    text = "Invoice no,Invoice date,Due date,Open amount\n1,2026-08-01,2026-08-31,10.00\n"
    with pytest.raises(CannotImport) as wrong:
        imported(file("a.csv", text), name="table")
    told = str(wrong.value)
    assert "--column name=NAME" in told
    assert "--state role=" in told
    assert "--state kind=" in told


@pytest.mark.parametrize("total", ["Total", "Grand Total", "TOTAL:", "Summe", "Gesamt", "Totaal", "Total due"])
def test_a_row_of_totals_is_no_invoice(file: WriteFile, imported: Importing, total: str) -> None:
    text = f"Customer,Invoice,Due date,Balance\nFirm,1,2026-08-31,10.00\n{total},,,10.00\n"
    found = imported(
        file("a.csv", text), "currency=USD", "kind=commercial", "role=creditor", "jurisdiction=US-TX", name="table"
    )
    assert found.tally.total == "agrees with the export's own total, 10.00"
    assert (found.tally.invoices, found.tally.rejected, found.tally.accounts) == (1, [], 1)
    assert not found.tally.remarks


def test_a_customer_may_be_called_total(file: WriteFile, imported: Importing, basics: tuple[str, ...]) -> None:
    text = "Customer,Invoice,Due date,Balance\nTotal,1,2026-08-31,10.00\n"
    found = imported(file("a.csv", text), "currency=USD", *basics, name="table")
    assert (found.tally.invoices, found.tally.total) == (1, "")


def test_a_workbook_with_titles_above_and_a_total_below(
    file: WriteFile, imported: Importing, basics: tuple[str, ...]
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Acme Traders"],
        ["Outstanding receivables", None, "as at 28-Nov-2026"],
        [],
        ["Party Name", "Bill No", "Bill Date", "Due On", "Bill Amount", "Pending Amount"],
        ["Bright Stores", "B-77", date(2026, 8, 1), date(2026, 8, 31), 55000, 55000],
        ["Kirana Mart", "B-80", date(2026, 9, 1), date(2026, 10, 1), 2000.25, 500.25],
        [],
        ["Grand Total", None, None, None, 57000.25, 55500.25],
    ):
        sheet.append(row)
    into = io.BytesIO()
    book.save(into)
    found = imported(file("a.xlsx", into.getvalue()), "currency=INR", *basics, name="table")
    assert {code: str(amount) for code, amount in found.tally.open_sums.items()} == {"INR": "55500.25"}
    assert found.tally.total == "agrees with the export's own total, 55,500.25"
    assert found.tally.overdue == 2


STRIPE = (
    "id,Amount Due,Amount Paid,Amount Remaining,Currency,Customer,Customer Name,Date (UTC),Due Date (UTC),Number,"
    "Total,Status\n"
    "in_1,1250.00,0.00,1250.00,usd,cus_1,Nova Inc,2026-09-01 10:22,2026-10-01 10:22,NV-1,1250.00,open\n"
    "in_2,80.00,80.00,0.00,usd,cus_1,Nova Inc,2026-09-02 09:00,,NV-2,80.00,paid\n"
    "in_3,9.00,0.00,9.00,usd,cus_1,Nova Inc,2026-09-02 09:00,,NV-3,9.00,void\n"
)


def test_the_dashboard_of_stripe_writes_units_and_its_api_cents(
    file: WriteFile, imported: Importing, basics: tuple[str, ...]
) -> None:
    found = imported(file("a.csv", STRIPE), *basics)
    assert found.importer.name == "stripe_export"
    assert {code: str(amount) for code, amount in found.tally.open_sums.items()} == {"USD": "1250.00"}
    assert (found.tally.invoices, found.tally.left_out) == (2, {"status is void: no debt": 1})
    as_cents = imported(file("b.csv", STRIPE), *basics, name="stripe")
    assert not as_cents.tally.open_sums, "1250.00 read as cents would be 12.50"
    assert "has cents, and amounts are said to be whole cents" in as_cents.tally.rejected[0].why


def test_bookings_of_datev_with_the_names_of_its_own_description(
    file: WriteFile, imported: Importing, basics: tuple[str, ...]
) -> None:
    text = (
        '"EXTF";700;21;"Buchungsstapel";9;20261128100000000;;"RE";"";"";29098;55003;20260101;4;20261101;20261130;"N"\n'
        "Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);"
        "Belegdatum;Belegfeld 1\n"
        '1190,00;"S";"EUR";10001;8400;0111;"RE-1"\n190,00;"H";"EUR";10001;1200;1511;"RE-1"\n'
    )
    found = imported(file("EXTF.csv", text.encode("cp1252")), *basics)
    assert found.importer.name == "datev"
    assert {code: str(amount) for code, amount in found.tally.open_sums.items()} == {"EUR": "1000.00"}


def test_a_file_that_nobody_knows_is_told_how_to_say_it(file: WriteFile, imported: Importing) -> None:
    path = file("a.csv", "ref|client|what|eur\n1|A|x|12\n")
    with pytest.raises(CannotImport) as wrong:
        imported(path)
    assert "name: client" in str(wrong.value)
    assert all(len(line) <= 80 or str(path) in line for line in str(wrong.value).splitlines())
    with pytest.raises(CannotImport, match="--column name=CUSTOMER --column invoice=NUMBER"):
        imported(path, name="table")
    columns = ("name=client", "invoice=ref", "open=eur")
    found = imported(
        path, "currency=EUR", "kind=commercial", "role=creditor", "jurisdiction=DE", name="table", columns=columns
    )
    assert {code: str(amount) for code, amount in found.tally.open_sums.items()} == {"EUR": "12.00"}

"""Rows of invoices as accounts: open, paid, credits, doubles, places, and what is asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.imports.lacking import CannotImport
from collectrules.imports.summary import told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collectrules.imports.importing import Imported

    WriteFile = Callable[[str, str | bytes], Path]
    Importing = Callable[..., Imported]

HEADER = (
    "Customer ID,Customer,Email,Phone,City,State,Zip,Country,"
    "Invoice Number,Invoice Date,Due Date,Total,Balance,Currency"
)
ROW = "C1,Firm,a@b.example,(850) 555-0142,Austin,TX,78701,United States,INV-1,2026-05-01,2026-06-01,100.00,40.00,USD"
BASICS = ("kind=commercial", "role=creditor")


@pytest.fixture
def cases(file: WriteFile, imported: Importing) -> Callable[..., list[dict[str, Any]]]:
    """The cases of a table of these lines."""

    def read(*lines: str, states: tuple[str, ...] = BASICS, **more: Any) -> list[dict[str, Any]]:
        found = imported(file("a.csv", "\n".join(lines)), *states, name="table", **more)
        assert not found.tally.rejected, found.tally.rejected
        return [account.as_case(found.mapping.states) for account in found.accounts.values() if account.invoices]

    return read


def test_a_whole_account(cases: Callable[..., list[dict[str, Any]]]) -> None:
    assert cases(HEADER, ROW) == [
        {
            "version": 2,
            "id": "C1",
            "collector": {"role": "creditor"},
            "debts": [
                {
                    "id": "INV-1",
                    "kind": "commercial",
                    "amount": "40.00",
                    "currency": "USD",
                    "invoiced": "100.00",
                    "paid_before": "60.00",
                    "issued": "2026-05-01",
                    "due": "2026-06-01",
                }
            ],
            "debtor": {
                "id": "C1",
                "name": "Firm",
                "addresses": [
                    {"use": "mail", "city": "Austin", "region": "TX", "postal_code": "78701", "country": "US"}
                ],
                "endpoints": [{"number": "+18505550142"}, {"email": "a@b.example"}],
            },
        }
    ]


def test_paid_invoices_are_the_payment_history(cases: Callable[..., list[dict[str, Any]]]) -> None:
    case = cases(
        f"{HEADER},Paid On",
        f"{ROW.replace(',40.00,', ',0.00,')},2026-06-20",
        f"{ROW.replace('INV-1', 'INV-2')},2026-06-10",
    )[0]
    assert [(debt["id"], debt["amount"], debt.get("paid")) for debt in case["debts"]] == [
        ("INV-1", "0.00", True),
        ("INV-2", "40.00", None),
    ]
    assert [(entry["at"], entry["amount"], entry["debts"]) for entry in case["history"]] == [
        ("2026-06-10", "60.00", ["INV-2"]),
        ("2026-06-20", "100.00", ["INV-1"]),
    ]


@pytest.mark.parametrize(
    ("state", "country", "placed"),
    [
        ("Texas", "USA", "TX"),
        ("", "USA", None),
        ("Elsewhere", "United States", None),
        ("", "Germany", ""),
        ("Ontario", "Canada", "ON"),
        ("NSW", "AU", "NSW"),
        ("TX", "Elbonia", None),
    ],
)
def test_an_address_that_does_not_say_whose_law_applies_is_asked_about(
    state: str, country: str, placed: str | None, cases: Callable[..., list[dict[str, Any]]]
) -> None:
    row = ROW.replace(",TX,", f",{state},").replace("United States", country).replace("(850) 555-0142", "")
    if placed is None:
        with pytest.raises(CannotImport, match="--state jurisdiction="):
            cases(HEADER, row)
        stated = cases(HEADER, row, states=(*BASICS, "jurisdiction=US-TX"))[0]
        assert stated["jurisdiction"] == "US-TX"
    else:
        case = cases(HEADER, row)[0]
        assert case["debtor"]["addresses"][0].get("region", "") == placed
        assert "jurisdiction" not in case


def test_parts_of_britain_follow_from_postcodes_that_lie_in_one(cases: Callable[..., list[dict[str, Any]]]) -> None:
    def region(postcode: str) -> str | None:
        row = ROW.replace(",TX,78701,United States", f",,{postcode},England").replace("(850) 555-0142", "")
        found: str | None = cases(HEADER, row)[0]["debtor"]["addresses"][0].get("region")
        return found

    assert (region("CF10 4AA"), region("EH1 1AA"), region("BT1 1AA")) == ("WLS", "SCT", "NIR")
    assert region("CH5 1AA") is None, "half of it is in Wales"


def test_rows_of_the_same_invoice(file: WriteFile, imported: Importing) -> None:
    other = ROW.replace("40.00", "30.00")
    found = imported(file("a.csv", f"{HEADER}\n{ROW}\n{ROW}\n{other}"), *BASICS, name="table")
    assert found.tally.remarks["an invoice stands twice with the same values: taken once"] == 1
    assert [(row.number, "lines: repeat" in row.why) for row in found.tally.rejected] == [(4, True)]
    assert found.tally.open_sums == {"USD": Decimal("40.00")}


def test_equal_rows_without_a_number_are_two_invoices(file: WriteFile, imported: Importing) -> None:
    text = "customer,due_date,balance\n" + "Firm,2026-06-01,10.00\n" * 2
    found = imported(file("a.csv", text), *BASICS, "jurisdiction=US-TX", "currency=USD", name="table")
    first, second = found.accounts["Firm"].invoices
    assert second == f"{first}-2"
    assert found.tally.open_sums == {"USD": Decimal("20.00")}


def test_one_number_for_two_invoices_of_one_customer(file: WriteFile, imported: Importing) -> None:
    rows = ["doc_number,customer_id,transaction_date,due_date,total_amount,balance,currency_id,id"]
    rows += [f"1001,C1,2026-05-01,2026-06-01,100,{amount},USD,{key}" for amount, key in ((40, 7), (30, 8))]
    found = imported(file("a.csv", "\n".join(rows)), *BASICS, "jurisdiction=US-TX")
    assert found.importer.name == "qbo_warehouse"
    assert [invoice.id for invoice in found.accounts["C1"].invoices.values()] == ["1001", "1001 (8)"]


def test_below_zero_is_asked_and_then_a_credit(cases: Callable[..., list[dict[str, Any]]]) -> None:
    credit = ROW.replace("INV-1", "CN-1").replace("100.00", "-15.00").replace("40.00", "-15.00")
    with pytest.raises(CannotImport, match="--state sign=credits_negative"):
        cases(HEADER, ROW, credit)
    case = cases(HEADER, ROW, credit, states=(*BASICS, "sign=credits_negative"))[0]
    assert [debt["id"] for debt in case["debts"]] == ["INV-1"]
    assert case["history"] == [{"at": "2026-05-01", "event": "credit_note", "amount": "15.00", "currency": "USD"}]


def test_what_is_lacking_is_told_at_once_and_how_to_say_it(file: WriteFile, imported: Importing) -> None:
    path = file("a.csv", "client,amount,due\nFirm,1.234,05/06/2026\n")
    with pytest.raises(CannotImport) as refused:
        imported(path, name="table")
    text = str(refused.value)
    for key in ("currency", "decimal_mark", "date_order", "amount_is", "role", "kind", "jurisdiction"):
        assert f"--state {key}=" in text
    assert "7 things are nowhere said" in text
    assert "05/06/2026" in text
    assert "states: {" in text


def test_a_column_that_is_lacking_is_asked_with_those_that_are_there(file: WriteFile, imported: Importing) -> None:
    path = file("a.csv", "Wer,Rest offen,Fällig am\nFirma,10.00,2026-06-01\n")
    with pytest.raises(CannotImport) as refused:
        imported(path, *BASICS, "jurisdiction=DE", "currency=EUR", name="table", columns=("due=Fällig am",))
    assert "no row has two names of columns that are known" in str(refused.value)
    columns = ("due=Fällig am", "name=Wer")
    with pytest.raises(CannotImport) as refused:
        imported(path, *BASICS, "jurisdiction=DE", "currency=EUR", name="table", columns=columns)
    assert "--column open=NAME" in str(refused.value)
    assert "the columns are: Wer, Rest offen, Fällig am" in str(refused.value)
    found = imported(
        path, *BASICS, "jurisdiction=DE", "currency=EUR", name="table", columns=(*columns, "open=Rest offen")
    )
    assert found.tally.open_sums == {"EUR": Decimal("10.00")}


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ("2026-06-01", "2022-02-30", "no day of the calendar"),
        ("100.00", "hundred", "is no amount"),
        (",40.00,", ",,", "what is open is empty"),
        ("INV-1", "", "the number of the invoice is empty"),
        ("C1,Firm", ",", "nobody who owes is named"),
        ("USD", "USD,more", "it has 15 cells, and the header 14"),
        (",40.00,USD", ",€40.00,USD", "is no amount in USD"),
    ],
)
def test_a_bad_row_is_rejected_with_its_number_and_why(
    was: str, becomes: str, why: str, file: WriteFile, imported: Importing
) -> None:
    good = ROW.replace("INV-1", "INV-2")
    found = imported(file("a.csv", "\n".join([HEADER, good, ROW.replace(was, becomes)])), *BASICS, name="table")
    assert [(row.number, why in row.why) for row in found.tally.rejected] == [(3, True)], found.tally.rejected
    assert (found.tally.rows, found.tally.invoices) == (2, 1)


@pytest.mark.parametrize(
    ("status", "taken", "told"),
    [
        ("Sent", 1, ""),
        ("PAID", 0, "it says paid"),
        ("Draft", 0, "no debt"),
        ("Financed", 0, "nobody said what that means"),
        ("Disputed", 1, ""),
    ],
)
def test_words_of_status(status: str, taken: int, told: str, file: WriteFile, imported: Importing) -> None:
    found = imported(file("a.csv", f"{HEADER},Status\n{ROW},{status}\n"), *BASICS, name="table")
    assert found.tally.invoices == taken
    said = [*found.tally.left_out, *(row.why for row in found.tally.rejected)]
    assert told in " ".join(said)
    if status == "Disputed":
        assert found.accounts["C1"].as_case(found.mapping.states)["debts"][0]["disputed"] is True


def test_due_follows_from_terms_and_is_else_unknown(file: WriteFile, imported: Importing) -> None:
    text = "customer,invoice,invoice_date,terms_days,balance\nFirm,1,2026-05-01,30,10.00\nFirm,2,2026-05-01,,20.00\n"
    found = imported(file("a.csv", text), *BASICS, "jurisdiction=US-TX", "currency=USD", name="table")
    assert [each.due for each in found.accounts["Firm"].invoices.values()] == [date(2026, 5, 31), None]
    assert (found.tally.overdue, found.tally.due_unknown) == (1, 1)


def test_as_of_a_day_cuts_what_came_later(file: WriteFile, imported: Importing) -> None:
    text = "customer,invoice,invoice_date,due_date,total,paid_on\n"
    text += "Firm,1,2026-05-01,2026-05-31,10.00,2026-06-15\nFirm,2,2026-06-20,2026-07-20,20.00,\n"
    states = (*BASICS, "jurisdiction=US-TX", "currency=USD", "amount_is=invoiced")
    path = file("a.csv", text)
    for day, invoices, open_ in (("2026-06-14", 1, 1), ("2026-06-15", 1, 0), ("2026-06-20", 2, 1)):
        tally = imported(path, *states, name="table", as_of=date.fromisoformat(day)).tally
        assert (tally.invoices, tally.open_invoices) == (invoices, open_), day


def test_a_total_that_does_not_agree_says_by_how_much(
    file: WriteFile, imported: Importing, samples: Path, basics: tuple[str, ...]
) -> None:
    text = (samples / "qbo_ar_aging_detail.csv").read_text(encoding="utf-8-sig").replace('"$25,677.50"', '"$25,700.00"')
    found = imported(file("a.csv", text), "currency=USD", *basics)
    assert found.tally.total == ("the export says 25,700.00, its rows 25,677.50: +22.50 is not accounted for")


def test_bookings_of_datev_are_balanced(file: WriteFile, imported: Importing) -> None:
    head = '"EXTF";700;21;"Buchungsstapel";13;20260115120000000;;"RE";"";"";1001;1;20260101;4;;;"x";"";;;;"EUR"'
    names = "Umsatz;S/H;WKZ;Konto;Gegenkonto;Belegdatum;Belegfeld 1"
    rows = [
        '"1.190,00";S;EUR;10000;8400;1502;RE-1',
        '"190,00";H;EUR;10000;1200;0103;RE-1',
        '"500,00";H;EUR;8400;10001;0304;RE-2',
        '"500,00";S;EUR;1200;10001;0504;RE-2',
        '"80,00";S;EUR;70001;1200;0104;ER-9',
    ]
    found = imported(file("a.csv", "\n".join([head, names, *rows])), *BASICS, "jurisdiction=DE")
    assert found.importer.name == "datev"
    assert found.tally.open_sums == {"EUR": Decimal("1000.00")}
    first = found.accounts["10000"].invoices["RE-1"]
    assert (first.issued, first.invoiced, first.open) == (date(2026, 2, 15), Decimal("1190.00"), Decimal("1000.00"))
    second = found.accounts["10001"].invoices["RE-2"]
    assert (second.open, second.paid_on) == (Decimal("0.00"), date(2026, 4, 5))
    assert found.tally.left_out == {"type is no booking of a debtor": 1}


@pytest.mark.parametrize(("balance", "undated"), [("100.00", None), ("99.99", "0.01"), ("0.00", "100.00")])
def test_what_was_paid_without_a_day_is_carried_and_is_no_event(
    cases: Callable[..., list[dict[str, Any]]], balance: str, undated: str | None
) -> None:
    (case,) = cases(HEADER, ROW.replace("40.00", balance))
    assert case["debts"][0].get("paid_before") == undated
    assert "history" not in case


def test_what_was_paid_on_a_day_is_an_event_alone(cases: Callable[..., list[dict[str, Any]]]) -> None:
    (case,) = cases(f"{HEADER},Paid On", f"{ROW},2026-06-20")
    assert [entry["amount"] for entry in case["history"]] == ["60.00"]
    assert "paid_before" not in case["debts"][0]


def test_a_german_list(file: WriteFile, imported: Importing) -> None:
    text = "Kundennummer;Kunde;Rechnungsnummer;Rechnungsdatum;Fällig am;Rechnungsbetrag;Offener Betrag;Währung\n"
    text += "4711;Müller & Söhne GmbH;RE-7;01.03.2026;31.03.2026;1.190,00 €;1.000,00 €;EUR\n"
    path = file("offene_posten.csv", text.encode("cp1252"))
    with pytest.raises(CannotImport, match="--state date_order=dmy"):
        imported(path, *BASICS, "jurisdiction=DE", name="table")
    found = imported(path, *BASICS, "jurisdiction=DE", "date_order=dmy", name="table")
    case = found.accounts["4711"].as_case(found.mapping.states)
    assert (case["debtor"]["name"], case["debts"]) == (
        "Müller & Söhne GmbH",
        [
            {
                "id": "RE-7",
                "kind": "commercial",
                "amount": "1000.00",
                "currency": "EUR",
                "invoiced": "1190.00",
                "paid_before": "190.00",
                "issued": "2026-03-01",
                "due": "2026-03-31",
            }
        ],
    )


def test_a_workbook_has_days_and_numbers_of_its_own(tmp_path: Path, imported: Importing) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Receivables of Fernbank Supply"])
    sheet.append([])
    sheet.append(["Customer", "Invoice #", "Date", "Due", "Balance", "Postal code"])
    sheet.append(["Firm", 1001, date(2026, 5, 1), date(2026, 6, 1), 40.1, "01067"])
    sheet.append(["Firm", "0007", date(2026, 5, 2), None, 0, "01067"])
    book.create_sheet("Notes").append(["not read"])
    path = tmp_path / "list.xlsx"
    book.save(path)
    found = imported(path, *BASICS, "jurisdiction=DE", "currency=EUR", name="table")
    assert found.table.kind == "spreadsheet, sheet Sheet, 1 more not read"
    assert [(each.id, each.due, str(each.open)) for each in found.accounts["Firm"].invoices.values()] == [
        ("1001", date(2026, 6, 1), "40.10"),
        ("0007", None, "0.00"),
    ]


def test_a_clerks_list_is_taken_and_what_no_field_took_is_told(file: WriteFile, imported: Importing) -> None:
    header = "Invoice #,Customer,State,Zip,Balance,Due Date,Cell,Deceased"
    rows = [
        '2026/0417-A,Mary O\'Neil,MA,01602,"$1,840.00",03/04/2026,(508) 555-0142,yes',
        "77,Bob,TX,79901,120,9/1/2026,915-555-0142,no",
    ]
    stated = ("currency=USD", "date_order=mdy", "jurisdiction=US", "phone_country=US", *BASICS)
    found = imported(file("a.csv", "\n".join([header, *rows])), *stated, name="table")
    mary, _ = (account.as_case(found.mapping.states) for account in found.accounts.values())
    assert [debt["id"] for debt in mary["debts"]] == ["2026/0417-A"]
    assert mary["debtor"]["endpoints"] == [{"number": "+15085550142"}]
    assert (mary["debtor"]["addresses"][0]["region"], mary["debtor"]["addresses"][0]["postal_code"]) == ("MA", "01602")
    assert "  not used  column Deceased (--explain)" in told(found, "", "").splitlines()


@pytest.mark.parametrize(
    ("postal_code", "region"), [("SW1A 1AA", "ENG"), ("EH1 1YZ", "SCT"), ("TD15 1AA", None), ("", None)]
)
def test_a_british_postcode_says_the_part(
    cases: Callable[..., list[dict[str, Any]]], postal_code: str, region: str | None
) -> None:
    header = "Customer,Postcode,Country,Invoice Number,Due Date,Balance,Currency"
    row = f"Firm,{postal_code},UK,INV-1,2026-06-01,40.00,GBP"
    (case,) = cases(header, row, states=(*BASICS, "date_order=ymd"))
    assert case["debtor"]["addresses"][0].get("region") == region

"""Every file of `samples/manifest.csv`, and what a right importer finds in it: rows, open sums, overdue, zones."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from collectrules.advisor import Advisor
from collectrules.imports.lacking import CannotImport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collectrules.imports.accounts import Invoice
    from collectrules.imports.importing import Imported


class Invoices(NamedTuple):
    """What is right of a file of invoices; `overdue`: how many on which days."""

    importer: str
    states: tuple[str, ...]
    rows: int
    invoices: int
    open: dict[str, str]
    overdue: dict[str, int]
    rejected: int = 0
    asked: tuple[str, ...] = ()
    """The statements without which it is not read."""


INVOICES = {
    "invoiceninja/freshbooks_invoices.csv": Invoices("freshbooks", (), 3, 1, {"USD": "7890.00"}, {"2026-01-01": 0}),
    "invoiceninja/invoiceninja_v4_invoices.csv": Invoices(
        "invoice_ninja",
        ("currency=USD",),
        401,
        400,
        {"USD": "6174.66"},
        {"2020-01-01": 139, "2020-12-19": 399},
        asked=("currency",),
    ),
    "invoiceninja/qbo_sandbox_invoices.json": Invoices(
        "qbo_api", ("phone_country=US",), 31, 31, {"USD": "5281.52"}, {"2024-07-01": 7}
    ),
    "invoiceninja/zoho_invoices.csv": Invoices("zoho_books", (), 13, 0, {}, {"2021-03-01": 0}),
    "fivetran/netsuite2_transaction_data.csv": Invoices("netsuite", (), 4, 0, {}, {"2026-01-01": 0}),
    "fivetran/recurly_invoice_history_data.csv": Invoices(
        "recurly", ("zone=Etc/UTC",), 5, 5, {}, {"2026-01-01": 0}, asked=("zone",)
    ),
    "fivetran/stripe_invoice_data.csv": Invoices("stripe", (), 2, 1, {}, {"2026-01-01": 0}, rejected=1),
    "fivetran/zuora_invoice_data.csv": Invoices("zuora", (), 5, 5, {}, {"2026-01-01": 0}),
    "m1x3rr/m1x3rr_sample_portfolio.xlsx": Invoices(
        "agency_portfolio",
        ("currency=GBP",),
        80,
        80,
        {"GBP": "617801.04"},
        {"2030-01-01": 80},
        asked=("currency",),
    ),
    "small_ar/aadishgarg_invoices.csv": Invoices(
        "table",
        ("currency=INR", "amount_is=open"),
        5,
        5,
        {"INR": "583000.00"},
        {"2025-04-15": 4},
        asked=("currency", "amount_is"),
    ),
    "small_ar/dsoles_sample_invoices.csv": Invoices(
        "table", ("currency=USD", "amount_is=open"), 5, 5, {"USD": "36850.50"}, {"2026-03-10": 3}, asked=("currency",)
    ),
    "small_ar/zmotiwala_ar_aging.csv": Invoices(
        "table",
        ("currency=USD", "amount_is=open"),
        24,
        24,
        {"USD": "32900000.00"},
        {"2026-07-01": 5},
        asked=("currency", "amount_is"),
    ),
    # Not in the manifest: counted by hand, by other programs, from the same files.
    "qbo_ar_aging_detail.csv": Invoices(
        "qbo_aging", ("currency=USD",), 44, 26, {"USD": "50053.43"}, {"2026-11-20": 24}, asked=("currency",)
    ),
    "xero_sales_invoices.csv": Invoices(
        "xero",
        ("date_order=dmy",),
        46,
        30,
        {"GBP": "25275.62", "EUR": "6304.56"},
        {"2026-11-29": 25},
        asked=("date_order",),
    ),
    "ibm_late_payment_histories.csv": Invoices(
        "table",
        ("currency=USD", "amount_is=invoiced", "date_order=mdy"),
        2466,
        2466,
        {},
        {"2026-01-01": 0},
        asked=("currency", "amount_is", "date_order"),
    ),
    **{
        f"datev/lint_{name}.csv": Invoices("datev", (), rows, 0, {}, {"2026-01-01": 0}, rejected=rejected)
        for name, rows, rejected in (
            ("broken_quotes", 2, 1),
            ("embedded_newlines", 3, 1),
            ("encoding_utf8_bom", 2, 0),
            ("encoding_windows1252", 2, 0),
        )
    },
}
NO_SOURCE = frozenset({"table"})


def every_invoice(found: Imported) -> list[Invoice]:
    return [invoice for account in found.accounts.values() for invoice in account.invoices.values()]


@pytest.mark.parametrize("name", INVOICES)
def test_invoices_are_what_they_are(
    name: str, imported: Callable[..., Imported], samples: Path, basics: tuple[str, ...]
) -> None:
    right = INVOICES[name]
    asked = right.importer if right.importer in NO_SOURCE else ""
    found = imported(samples / name, *basics, *right.states, name=asked)
    tally, invoices = found.tally, every_invoice(found)
    assert found.importer.name == right.importer
    assert (tally.rows, len(invoices), len(tally.rejected)) == (right.rows, right.invoices, right.rejected)
    assert {currency: str(amount) for currency, amount in tally.open_sums.items()} == right.open
    for text, count in right.overdue.items():
        day = date.fromisoformat(text)
        late = [each for each in invoices if each.open and each.due is not None and each.due < day]
        assert len(late) == count, text


@pytest.mark.parametrize("name", [name for name, right in INVOICES.items() if right.asked])
def test_what_a_file_does_not_say_is_asked(
    name: str, imported: Callable[..., Imported], samples: Path, basics: tuple[str, ...]
) -> None:
    right = INVOICES[name]
    states = [state for state in right.states if state.split("=")[0] not in right.asked]
    with pytest.raises(CannotImport) as refused:
        imported(samples / name, *basics, *states, name=right.importer)
    for key in right.asked:
        assert f"--state {key}=" in str(refused.value)


def test_every_account_is_read_by_an_advisor(
    imported: Callable[..., Imported], samples: Path, basics: tuple[str, ...]
) -> None:
    advisor = Advisor.load(today=date(2026, 11, 29))
    for name, right in INVOICES.items():
        asked = right.importer if right.importer in NO_SOURCE else ""
        found = imported(samples / name, *basics, *right.states, name=asked)
        for account in found.accounts.values():
            if account.invoices:
                case = advisor.case(account.as_case(found.mapping.states))
                assert case.is_account
                assert len(case.debts) == len(account.invoices)


def test_the_total_of_the_export_is_held_against_its_rows(
    imported: Callable[..., Imported], samples: Path, basics: tuple[str, ...]
) -> None:
    found = imported(samples / "qbo_ar_aging_detail.csv", "currency=USD", *basics)
    assert found.tally.total == "agrees with the export's own total, 25,677.50"
    assert found.tally.as_of == date(2026, 11, 20)
    assert found.tally.credit_sums == {"USD": Decimal("24375.93")}


def test_a_contradiction_in_a_row_of_test_mode_is_told(
    imported: Callable[..., Imported], samples: Path, basics: tuple[str, ...]
) -> None:
    found = imported(samples / "fivetran/stripe_invoice_data.csv", *basics)
    assert [(row.number, row.why) for row in found.tally.rejected] == [
        (3, "it says paid, and USD 10.00 is open: a person must say which holds")
    ]


def test_drafts_and_bills_of_vendors_are_no_debts(
    imported: Callable[..., Imported], samples: Path, basics: tuple[str, ...]
) -> None:
    zoho = imported(samples / "invoiceninja/zoho_invoices.csv", *basics).tally
    assert zoho.left_out == {"status is Draft: no debt": 13}
    netsuite = imported(samples / "fivetran/netsuite2_transaction_data.csv", *basics).tally
    assert netsuite.left_out == {"type is VendBill": 3, "_fivetran_active is FALSE": 1}


def test_long_ids_and_zeros_stay_text_and_a_missing_due_date_is_unknown(
    imported: Callable[..., Imported], samples: Path, basics: tuple[str, ...]
) -> None:
    found = imported(samples / "invoiceninja/freshbooks_invoices.csv", *basics)
    invoice = every_invoice(found)[0]
    assert (invoice.id, invoice.due, found.tally.due_unknown) == ("0000001", None, 1)


def test_equal_rows_without_a_number_stay_separate(
    imported: Callable[..., Imported], samples: Path, basics: tuple[str, ...]
) -> None:
    states = (*basics, "currency=USD", "amount_is=open")
    path = samples / "small_ar/zmotiwala_ar_aging.csv"
    ids = [each.id for each in every_invoice(imported(path, *states, name="table"))]
    assert len(set(ids)) == 24
    assert ids == [each.id for each in every_invoice(imported(path, *states, name="table"))]


def test_counts_without_days_make_the_contacts_partial(
    imported: Callable[..., Imported], samples: Path, basics: tuple[str, ...]
) -> None:
    portfolio = imported(samples / "m1x3rr/m1x3rr_sample_portfolio.xlsx", "currency=GBP", *basics)
    followed_up = imported(
        samples / "small_ar/aadishgarg_invoices.csv", "currency=INR", "amount_is=open", *basics, name="table"
    )
    for found in (portfolio, followed_up):
        for account in found.accounts.values():
            case = account.as_case(found.mapping.states)
            assert case["records"] == {"contacts": "partial"}
            assert not any("channel" in entry for entry in case.get("history", []))
    assert len({account.person.name for account in portfolio.accounts.values()}) == 10


def test_days_late_count_from_the_day_of_the_import(
    imported: Callable[..., Imported], samples: Path, basics: tuple[str, ...]
) -> None:
    found = imported(samples / "m1x3rr/m1x3rr_sample_portfolio.xlsx", "currency=GBP", *basics)
    first = found.accounts["DEMO-Import_05-00097"].invoices["DEMO-Import_05-00097"]
    assert first.due == date(2023, 5, 23)  # 90 days before 21 August 2023


def test_due_before_issued_is_minded(imported: Callable[..., Imported], samples: Path, basics: tuple[str, ...]) -> None:
    tally = imported(samples / "invoiceninja/invoiceninja_v4_invoices.csv", "currency=USD", *basics).tally
    assert tally.remarks["due before the day of the invoice: check which is right"] == 215
    assert tally.as_of == date(2020, 12, 19)


@pytest.mark.parametrize("month", range(1, 13))
def test_a_history_of_payments_can_be_read_as_of_any_day(
    month: int, imported: Callable[..., Imported], samples: Path, basics: tuple[str, ...]
) -> None:
    path, day = samples / "ibm_late_payment_histories.csv", date(2013, month, 15)
    states = (*basics, "currency=USD", "amount_is=invoiced", "date_order=mdy")
    found = imported(path, *states, name="table", as_of=day)
    with path.open() as file:
        rows = list(csv.DictReader(file))
    known = [row for row in rows if american(row["InvoiceDate"]) <= day]
    still_open = [row for row in known if american(row["SettledDate"]) > day]
    late = [row for row in still_open if american(row["DueDate"]) < day]
    assert found.tally.invoices == len(known)
    assert found.tally.open_invoices == len(still_open)
    assert found.tally.overdue == len(late)
    assert sum(found.tally.open_sums.values()) == sum(Decimal(row["InvoiceAmount"]) for row in still_open)


def american(text: str) -> date:
    month, day, year = map(int, text.split("/"))
    return date(year, month, day)


CUSTOMERS: dict[str, tuple[str, tuple[str, ...], int, dict[str, Any]]] = {
    "datev/EXTF_Stammdaten.csv": (
        "datev_customers",
        (),
        1,
        {
            "id": "10000",
            "name": "Mustermann",
            "endpoints": [{"number": "+492211234567"}, {"email": "sabine@mustermann.example"}],
        },
    ),
    "frontaccounting/frontaccounting_debtors_master.csv": (
        "frontaccounting_customers",
        (),
        2,
        {"id": "1", "name": "Dora Easter LLC", "credit_limit": "1000.00", "credit_currency": "USD"},
    ),
    "invoiceninja/freshbooks_clients.csv": (
        "freshbooks_clients",
        ("phone_country=US",),
        2,
        {"name": "Marge Simpson", "endpoints": [{"email": "marge@simpsons.example"}]},
    ),
}


@pytest.mark.parametrize("name", CUSTOMERS)
def test_customers_are_what_they_are(name: str, imported: Callable[..., Imported], samples: Path) -> None:
    importer, states, count, first = CUSTOMERS[name]
    found = imported(samples / name, *states)
    assert (found.importer.name, len(found.customers)) == (importer, count)
    assert found.customers[0].person.as_debtor().items() >= first.items()


def test_a_number_without_area_code_is_no_number(imported: Callable[..., Imported], samples: Path) -> None:
    found = imported(samples / "invoiceninja/freshbooks_clients.csv", "phone_country=US")
    assert found.tally.remarks["a telephone number that cannot be used"] == 2
    assert not any(customer.person.numbers for customer in found.customers)


def test_payments_are_kept_twice_and_flagged(imported: Callable[..., Imported], samples: Path) -> None:
    tally = imported(samples / "invoiceninja/invoiceninja_v4_payments.csv", "currency=USD", "date_order=mdy").tally
    assert (tally.rows, tally.ids, tally.words) == (403, 401, {"paid": 401, "taken back": 2})
    assert tally.payment_sums == {"USD": Decimal("11087.54")}
    assert sum(count for text, count in tally.remarks.items() if "stands twice" in text) == 2
    tally = imported(samples / "fivetran/quickbooks_payment_data.csv").tally
    assert tally.payment_sums == {"USD": Decimal("165553.72"), "EUR": Decimal("1000.00")}


def test_no_file_of_the_manifest_is_left_out(samples: Path) -> None:
    """Logs have a test of their own."""
    with (samples / "manifest.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    named = {row["file"] for row in rows if row["expected: open amounts by currency"] != "n/a (log)"}
    others = {
        "t2haider/t2haider_collection_attempts.csv",  # a log, with amounts
        "invoiceninja/invoiceninja_v4_payments.csv",
        "fivetran/quickbooks_payment_data.csv",
    }
    assert named <= {*INVOICES, *CUSTOMERS, *others}

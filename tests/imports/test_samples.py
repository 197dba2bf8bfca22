"""Every file of `samples/manifest.csv`, and what a right importer finds in it: rows, open sums, overdue, zones."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from collectrules.advisor import Advisor
from collectrules.imports.lacking import CannotImport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
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


class Log(NamedTuple):
    """What is right of a log: rows, ids, the first and last moment, words, and how its clock stands to UTC."""

    importer: str
    states: tuple[str, ...]
    rows: int
    ids: int
    first: str
    last: str
    words: dict[str, int]
    offsets: Mapping[str, int] = MappingProxyType({})
    asked: tuple[str, ...] = ()


LOGS = {
    "five9_call_log.csv": Log(
        "five9",
        ("zone=America/Los_Angeles",),
        60,
        60,
        "2026-11-09T05:13:44-08:00",
        "2026-11-19T17:46:47-08:00",
        {"No Answer": 13, "Do Not Call": 5, "Dispute": 3, "Attorney Represented": 2, "Wrong Number": 2},
        asked=("zone",),
    ),
    "asterisk/asterisk_apspoliveira_cdr.csv": Log(
        "freepbx_cdr",
        ("phone_country=PT",),
        856,
        856,
        "2017-09-01T15:33:01+00:00",
        "2017-09-09T17:23:24+00:00",
        {"ANSWERED": 747, "BUSY": 1, "FAILED": 44, "NO ANSWER": 64},
        {"+01:00": 856},
    ),
    "asterisk/asterisk_apspoliveira_cr_only.csv": Log(
        "freepbx_cdr",
        ("phone_country=PT", "zone=Europe/Lisbon", "date_order=dmy"),
        25,
        25,
        "2017-08-24T09:28:00+01:00",
        "2017-08-24T12:39:00+01:00",
        {"ANSWERED": 19, "BUSY": 2, "NO ANSWER": 4},
        asked=("zone", "date_order"),
    ),
    "asterisk/asterisk_apspoliveira_freepbx_export.csv": Log(
        "freepbx_cdr",
        (),
        100,
        100,
        "2017-09-04T11:08:58+00:00",
        "2017-09-04T11:39:26+00:00",
        {"ANSWERED": 88, "NO ANSWER": 12},
        {"+01:00": 100},
    ),
    "cucm/cucm_cdr.txt": Log(
        "cucm", ("phone_country=US",), 4, 1, "2025-04-18T16:32:08+00:00", "2025-04-18T16:32:08+00:00", {"0": 1}
    ),
    "cucm/cucm_sample_cdr.txt": Log(
        "cucm", ("phone_country=US",), 1, 1, "2024-03-25T17:01:44+00:00", "2024-03-25T17:01:44+00:00", {"0": 1}
    ),
    "fivetran/twilio_message_data.csv": Log(
        "twilio_messages",
        (),
        10,
        10,
        "2023-05-09T23:17:40.768000+00:00",
        "2023-05-09T23:17:40.768000+00:00",
        {"delivered": 10},
    ),
    "freeswitch/freeswitch_Master.csv": Log(
        "freeswitch",
        (),
        10,
        8,
        "2020-02-10T14:57:58.370387+00:00",
        "2020-02-11T03:13:30.917609+00:00",
        {"NORMAL_CLEARING": 7, "NO_USER_RESPONSE": 1, "RECOVERY_ON_TIMER_EXPIRE": 1, "USER_BUSY": 1},
        {"+08:00": 5},
    ),
    "mailgun/mailgun_events.jsonl": Log(
        "mailgun",
        (),
        12,
        9,
        "2013-08-21T01:09:03.042277+00:00",
        "2022-10-19T21:15:38.404667+00:00",
        {
            "accepted": 2,
            "clicked": 1,
            "complained": 1,
            "delivered": 1,
            "failed": 3,
            "opened": 1,
            "rejected": 1,
            "stored": 1,
            "unsubscribed": 1,
        },
    ),
    "sendgrid/sendgrid_events.json": Log(
        "sendgrid",
        (),
        13,
        2,
        "2017-12-15T00:59:29+00:00",
        "2017-12-15T00:59:29+00:00",
        {
            "bounce": 3,
            "click": 1,
            "deferred": 1,
            "delivered": 1,
            "dropped": 1,
            "group_resubscribe": 1,
            "group_unsubscribe": 1,
            "open": 1,
            "processed": 1,
            "spamreport": 1,
            "unsubscribe": 1,
        },
    ),
    "t2haider/t2haider_collection_attempts.csv": Log(
        "collection_attempts",
        ("channel=phone",),
        3000,
        3000,
        "2023-01-01",
        "2023-12-28",
        {"Failure": 751, "No Response": 761, "Partial Payment": 745, "Success": 743},
        asked=("channel",),
    ),
    "threecx/threecx_cdr_headerless_bom.csv": Log(
        "threecx",
        ("phone_country=FR",),
        250,
        250,
        "2020-05-04T08:43:42.483000+00:00",
        "2020-05-11T13:43:22.225000+00:00",
        {"Failed": 13, "Failed_Cancelled": 6, "NoRouteExists": 1, "TerminatedByDst": 93, "TerminatedBySrc": 137},
        {"+02:00": 250},
        asked=("phone_country",),
    ),
    "threecx/threecx_cdr_single_line.log": Log(
        "threecx",
        ("zone=Europe/Stockholm",),
        1,
        1,
        "2024-06-17T05:59:49+02:00",
        "2024-06-17T05:59:49+02:00",
        {"TerminatedBySrc": 1},
        asked=("zone",),
    ),
}


@pytest.mark.parametrize("name", LOGS)
def test_logs_are_what_they_are(name: str, imported: Callable[..., Imported], samples: Path) -> None:
    right = LOGS[name]
    found = imported(samples / name, *right.states)
    tally = found.tally
    assert found.importer.name == right.importer
    assert (tally.rows, tally.ids) == (right.rows, right.ids)
    assert tally.first is not None
    assert tally.last is not None
    assert (tally.first.isoformat(), tally.last.isoformat()) == (right.first, right.last)
    assert tally.words.items() >= right.words.items()
    assert tally.offsets.items() >= right.offsets.items()
    # No row is lost: each is an entry, a part of one, left out with a reason, or rejected.
    parts = tally.rows - len(found.entries) - sum(tally.left_out.values()) - len(tally.rejected)
    assert parts >= 0
    assert parts == 0 or right.ids < right.rows


@pytest.mark.parametrize("name", [name for name, right in LOGS.items() if right.asked])
def test_what_a_log_does_not_say_is_asked(name: str, imported: Callable[..., Imported], samples: Path) -> None:
    right = LOGS[name]
    states = [state for state in right.states if state.split("=")[0] not in right.asked]
    with pytest.raises(CannotImport) as refused:
        imported(samples / name, *states)
    for key in right.asked:
        assert f"--state {key}=" in str(refused.value)


def test_a_wrong_clock_shows(imported: Callable[..., Imported], samples: Path) -> None:
    offsets = imported(samples / "freeswitch/freeswitch_Master.csv").tally.offsets
    assert set(offsets) <= {"+08:00", "+07:43", "+07:42"}, "the seconds of the clock were cut"
    assert offsets["+07:43"] + offsets["+07:42"] == 5


def test_codes_and_extensions_are_no_contacts(imported: Callable[..., Imported], samples: Path) -> None:
    found = imported(samples / "asterisk/asterisk_apspoliveira_freepbx_export.csv")
    assert not found.entries
    assert sum(found.tally.left_out.values()) == 100


def test_recording_legs_are_no_calls(imported: Callable[..., Imported], samples: Path) -> None:
    found = imported(samples / "cucm/cucm_cdr.txt", "phone_country=US")
    assert len(found.entries) == 1
    assert found.tally.left_out["cdrRecordType is INTEGER"] == 1


def test_tasks_that_are_no_calls_are_left_out(imported: Callable[..., Imported], samples: Path) -> None:
    tally = imported(samples / "fivetran/salesforce_task_data.csv").tally
    assert (tally.rows, tally.left_out) == (10, {"task_subtype is Task": 10})


def test_a_mail_is_one_contact_and_what_was_suppressed_none(imported: Callable[..., Imported], samples: Path) -> None:
    sendgrid = imported(samples / "sendgrid/sendgrid_events.json")
    contacts = [entry.contact for entry in sendgrid.entries if entry.contact is not None]
    assert [contact.get("outcome") for contact in contacts] == ["delivered", "sent"]
    events = Counter(event["event"] for entry in sendgrid.entries for event in entry.events)
    assert events == {"undeliverable": 2, "opt_out": 2}, "a group that was joined again is no refusal"
    mailgun = imported(samples / "mailgun/mailgun_events.jsonl")
    outcomes = Counter(entry.contact["outcome"] for entry in mailgun.entries if entry.contact is not None)
    assert outcomes == {"sent": 3, "delivered": 1, "received": 1}
    events = Counter(event["event"] for entry in mailgun.entries for event in entry.events)
    assert events == {"opt_out": 2, "undeliverable": 1}


def test_only_no_response_says_what_came_of_an_attempt(imported: Callable[..., Imported], samples: Path) -> None:
    found = imported(samples / "t2haider/t2haider_collection_attempts.csv", "channel=phone")
    outcomes = Counter(entry.contact.get("outcome", "") for entry in found.entries if entry.contact is not None)
    assert outcomes == {"": 2239, "no_answer": 761}
    assert len({entry.keys for entry in found.entries}) == 499


def test_a_log_without_numbers_is_refused(imported: Callable[..., Imported], samples: Path) -> None:
    path = samples / "threecx/threecx_wallboard_call_log.csv"
    with pytest.raises(CannotImport, match="cannot be tied to a debtor"):
        imported(path)
    with pytest.raises(CannotImport, match="no column has an account, a number or an address"):
        imported(path, "channel=phone", "zone=Europe/Berlin", name="log")


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
    with (samples / "manifest.csv").open(encoding="utf-8") as file:
        named = {row["file"] for row in csv.DictReader(file)}
    others = {
        "fivetran/salesforce_task_data.csv",
        "threecx/threecx_wallboard_call_log.csv",
        "invoiceninja/invoiceninja_v4_payments.csv",
        "fivetran/quickbooks_payment_data.csv",
    }
    assert named <= {*INVOICES, *LOGS, *CUSTOMERS, *others}

"""Logs, payments and customers on the accounts to which they belong; a newer export over an older one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.imports import writing
from collectrules.imports.lacking import CannotImport
from collectrules.imports.renewing import with_entries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collectrules.imports.importing import Imported

    WriteFile = Callable[[str, str | bytes], Path]
    Importing = Callable[..., Imported]

CHANNELS = ("phone", "sms", "email", "letter")
ACCOUNTS = """\
customer_id,customer,email,phone,state,country,invoice,due_date,total,balance,currency
C1,Ada,ada@a.example,850-555-0101,TX,US,INV-1,2026-06-01,100.00,40.00,USD
C2,Ben,ben@b.example,850-555-0102,TX,US,INV-2,2026-06-01,100.00,100.00,USD
C3,Cy,shared@c.example,850-555-0103,TX,US,INV-3,2026-06-01,50.00,50.00,USD
C4,Di,shared@c.example,850-555-0103,TX,US,INV-4,2026-06-01,50.00,50.00,USD
"""
LOG = "call_id,timestamp,call_type,phone,account,disposition"
STATES = ("kind=consumer", "role=third_party")
OF_LOG = ("zone=America/Chicago", "phone_country=US", "channel=phone")


class Office:
    """Files of a test, read and written as the command does."""

    def __init__(self, file: WriteFile, imported: Importing, out: Path) -> None:
        self.file, self.imported, self.out = file, imported, out

    def accounts(self, text: str = ACCOUNTS, *states: str) -> Imported:
        found = self.imported(self.file("accounts.csv", text), *STATES, *states, name="table")
        writing.write(found, self.out, self.out if self.out.exists() else None, CHANNELS)
        return found

    def join(self, text: str, *states: str, name: str = "log", file: str = "log.csv") -> Imported:
        found = self.imported(self.file(file, text), *states, name=name)
        writing.write(found, self.out, self.out, CHANNELS)
        return found

    def cases(self) -> dict[str, dict[str, Any]]:
        return {case["id"]: case for case in map(json.loads, self.out.read_text().splitlines())}

    def history(self, account: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.cases()[account].get("history", [])
        return found


@pytest.fixture
def office(file: WriteFile, imported: Importing, tmp_path: Path) -> Office:
    made = Office(file, imported, tmp_path / "cases.jsonl")
    made.accounts()
    return made


def test_rows_find_their_account_by_account_number_and_address(office: Office) -> None:
    log = f"{LOG},email\n"
    log += "1,2026-07-01 10:00,outbound,,C1,no answer,\n"
    log += "2,2026-07-01 11:00,outbound,(850) 555-0102,,busy,\n"
    log += "3,2026-07-01 12:00,outbound,,,sent,BEN@b.example\n"
    found = office.join(log, *OF_LOG)
    assert found.tally.joined == {"by account": 1, "by number": 1, "by address": 1}
    assert office.history("C1") == [
        {"at": "2026-07-01T10:00:00-05:00", "channel": "phone", "direction": "outbound", "outcome": "no_answer"}
    ]
    assert [entry["endpoint"] for entry in office.history("C2")] == ["+18505550102", "ben@b.example"]


def test_rows_that_match_nothing_or_two_are_written_out(office: Office, tmp_path: Path) -> None:
    log = f"{LOG}\n1,2026-07-01 10:00,outbound,850-555-0103,,busy\n2,2026-07-01 10:00,outbound,850-555-0199,C9,busy\n"
    found = office.join(log, *OF_LOG)
    assert found.tally.joined == {"two accounts": 1, "no account": 1}
    rejected = tmp_path / "rejected.csv"
    writing.write_rejected(found, rejected)
    assert rejected.read_text(encoding="utf-8-sig").splitlines() == [
        f"row,reason,{LOG}",
        '2,"number `+18505550103` is of 2 accounts: C3, C4",1,2026-07-01 10:00,outbound,850-555-0103,,busy',
        '3,"no account: account C9, number +18505550199",2,2026-07-01 10:00,outbound,850-555-0199,C9,busy',
    ]
    assert all("history" not in case for case in office.cases().values())
    writing.write_rejected(office.join(f"{LOG}\n1,2026-07-01 10:00,outbound,,C1,busy\n", *OF_LOG), rejected)
    assert not rejected.exists(), "nothing was rejected this time"


def test_the_same_log_again_changes_nothing(office: Office) -> None:
    log = f"{LOG}\n1,2026-07-01 10:00,outbound,,C1,busy\n2,2026-07-01 10:00,outbound,,C1,busy\n"
    office.join(log, *OF_LOG)
    once = office.out.read_text()
    assert len(office.history("C1")) == 2, "two calls of one minute are two"
    office.join(log, *OF_LOG)
    assert office.out.read_text() == once
    office.join(f"{log}3,2026-07-02 10:00,outbound,,C1,busy\n", *OF_LOG)
    assert len(office.history("C1")) == 3


def test_which_side_is_the_debtors_follows_from_the_account(office: Office) -> None:
    cdr = "calldate,src,dst,disposition,lastapp,billsec,uniqueid\n"
    cdr += "2026-07-01 10:00:00,8505550101,8885550100,ANSWERED,Dial,5,1782918000.1\n"
    cdr += "2026-07-01 11:00:00,8885550100,8505550102,ANSWERED,Dial,5,1782921600.2\n"
    cdr += "2026-07-01 12:00:00,8505550101,8505550102,ANSWERED,Dial,5,1782925200.3\n"
    cdr += "2026-07-01 13:00:00,101,8505550102,NO ANSWER,Dial,0,1782928800.4\n"
    found = office.join(cdr, "phone_country=US", name="freepbx_cdr")
    inbound, outbound = office.history("C1"), office.history("C2")
    assert [(entry["direction"], entry["endpoint"]) for entry in inbound] == [("inbound", "+18505550101")]
    assert [(entry["direction"], entry.get("outcome")) for entry in outbound] == [
        ("outbound", None),
        ("outbound", "no_answer"),
    ]
    assert len(found.tally.rejected) == 1, "both numbers are of accounts"


def test_what_a_word_means_besides_a_call(office: Office, samples: Path) -> None:
    log = (samples / "five9_call_log.csv").read_text().splitlines()[0] + "\n"
    row = '{},"Mon, 09 Nov 2026 10:00:00",x,Outbound,a,n,{},8885550100,n,8505550101,00:01:00,00:00:30,1,s,C1\n'
    for number, word in enumerate(("Do Not Call", "Attorney Represented", "Dispute", "Wrong Number", "Unheard of")):
        log += row.format(number, word)
    found = office.join(log, "zone=America/Chicago", name="five9")
    entries = office.history("C1")
    assert [entry["event"] for entry in entries if "event" in entry] == [
        *("opt_out", "attorney_notice", "dispute_received", "learned_not_debtors_number")
    ]
    assert [entry.get("outcome") for entry in entries if "channel" in entry and "event" not in entry] == [
        *(["conversation"] * 4),
        None,
    ]
    assert any("Unheard of" in text for text in found.tally.remarks)


def test_the_same_row_twice_is_one(office: Office, samples: Path) -> None:
    log = (samples / "five9_call_log.csv").read_text().splitlines()[0] + "\n"
    log += '1,"Mon, 09 Nov 2026 10:00:00",x,Outbound,a,n,Dispute,8885550100,n,8505550101,00:01:00,00:00:30,1,s,C1\n' * 2
    found = office.join(log, "zone=America/Chicago", name="five9")
    assert found.tally.left_out == {"the same row again": 1}
    assert [entry.get("event", "call") for entry in office.history("C1")] == ["call", "dispute_received"]


def test_payments_name_the_invoices_that_the_account_has(office: Office) -> None:
    text = "customer_id,invoice,amount,payment_date,currency\n"
    text += "C1,INV-1,10.00,2026-06-15,USD\nC1,INV-9,5.00,2026-06-16,USD\n"
    found = office.join(text, name="payment_table")
    assert [(entry["amount"], entry.get("debts")) for entry in office.history("C1")] == [
        ("10.00", ["INV-1"]),
        ("5.00", None),
    ]
    assert sum(found.tally.remarks.values()) == 1


def test_customers_add_what_accounts_lack(office: Office) -> None:
    text = "customer_id,name,email,phone,credit_limit,currency\nC1,Another Name,new@a.example,850-555-0101,500,USD\n"
    found = office.join(text, "phone_country=US", name="customer_table")
    debtor = office.cases()["C1"]["debtor"]
    assert debtor["name"] == "Ada"
    assert debtor["credit_limit"] == "500.00"
    assert [each.get("number") or each["email"] for each in debtor["endpoints"]] == [
        *("+18505550101", "ada@a.example", "new@a.example")
    ]
    assert found.tally.joined == {"by account": 1}


def test_a_log_needs_accounts(office: Office, file: WriteFile, imported: Importing) -> None:
    found = imported(file("log.csv", f"{LOG}\n1,2026-07-01 10:00,outbound,,C1,busy\n"), *OF_LOG, name="log")
    with pytest.raises(CannotImport, match="--into cases"):
        writing.write(found, office.out, None, CHANNELS)


def test_an_account_that_cannot_take_a_row_stays_as_it_was(office: Office) -> None:
    cases = office.cases()
    cases["C1"]["action"] = {"kind": "contact", "channel": "phone", "at": "2026-06-30T10:00:00-05:00"}
    office.out.write_text("".join(json.dumps(case) + "\n" for case in cases.values()))
    before = office.out.read_text()
    found = office.join(f"{LOG}\n1,2026-07-01 10:00,outbound,,C1,busy\n", *OF_LOG)
    assert ["its account cannot take it" in row.why for row in found.tally.rejected] == [True]
    assert json.loads(office.out.read_text().splitlines()[0]) == json.loads(before.splitlines()[0])


def test_a_newer_export_keeps_the_history(office: Office) -> None:
    office.join(f"{LOG}\n1,2026-07-01 10:00,outbound,,C1,busy\n", *OF_LOG)
    cases = office.cases()
    cases["C1"]["debts"][0]["documents"] = ["contract"]
    office.out.write_text("".join(json.dumps(case) + "\n" for case in cases.values()))
    newer = ACCOUNTS.replace("INV-1,2026-06-01,100.00,40.00", "INV-1,2026-06-01,100.00,15.00")
    newer = newer.replace("C2,Ben", "C5,Eve").replace("INV-2", "INV-5")
    found = office.accounts(newer, "holds=open")
    after = office.cases()
    assert list(after) == ["C1", "C2", "C3", "C4", "C5"]
    assert after["C1"]["history"] == cases["C1"]["history"]
    assert after["C1"]["debts"][0] == {**cases["C1"]["debts"][0], "amount": "15.00", "paid_before": "85.00"}
    assert (after["C2"]["debts"][0]["amount"], after["C2"]["debts"][0]["paid"]) == ("0.00", True)
    assert found.tally.joined == {"already there": 3, "new": 1}


def test_what_is_gone_is_closed_only_where_the_export_holds_what_is_open(office: Office) -> None:
    without = "\n".join(line for line in ACCOUNTS.splitlines() if "INV-2" not in line)
    before = office.out.read_text()
    with pytest.raises(CannotImport, match="--state holds=open"):
        office.accounts(without)
    assert office.out.read_text() == before, "a file is replaced when all of it is written"
    found = office.accounts(without, "holds=all")
    assert office.cases()["C2"]["debts"][0]["amount"] == "100.00"
    assert any("stays as it was" in text for text in found.tally.remarks)
    office.accounts(without, "holds=open")
    assert office.cases()["C2"]["debts"][0]["paid"] is True
    office.accounts(ACCOUNTS, "holds=open")
    assert "paid" not in office.cases()["C2"]["debts"][0], "it is open again"


def test_of_a_sum_that_was_paid_only_what_is_new_is_added(office: Office) -> None:
    header = "customer_id,customer,state,country,invoice,due_date,total,balance,currency,paid_on\n"
    for balance, day in (("70.00", "2026-06-10"), ("40.00", "2026-06-20"), ("40.00", "2026-06-20")):
        row = f"C1,Ada,TX,US,INV-1,2026-06-01,100.00,{balance},USD,{day}\n"
        office.accounts(header + row, "holds=all")
    assert [(entry["at"], entry["amount"]) for entry in office.history("C1")] == [
        ("2026-06-10", "30.00"),
        ("2026-06-20", "30.00"),
    ]


ENTRIES = st.lists(
    st.builds(
        lambda day, kind: {"at": f"2026-01-0{day}", "channel": kind, "direction": "outbound"},
        st.integers(1, 3),
        st.sampled_from(["phone", "sms"]),
    ),
    max_size=8,
)


@given(ENTRIES, ENTRIES)
def test_histories_join_without_loss_and_without_doubles(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    def count(history: list[dict[str, Any]], entry: dict[str, Any]) -> int:
        return sum(each == entry for each in history)

    both = with_entries(old, new)
    for entry in [*old, *new]:
        assert count(both, entry) == max(count(old, entry), count(new, entry))
    assert with_entries(both, new) == both


def test_an_export_that_lacks_a_recorded_payment_holds_and_says_so(office: Office) -> None:
    """What is open goes up again; once the export has the payment, it is counted once."""
    export = ACCOUNTS.replace("INV-1,2026-06-01,100.00,40.00", "INV-1,2026-06-01,100.00,{}")
    cases = office.cases()
    paid = {"at": "2026-07-02", "event": "payment", "amount": "15.00", "currency": "USD", "debts": ["INV-1"]}
    cases["C1"]["history"] = [paid]
    cases["C1"]["debts"][0]["amount"] = "25.00"
    office.out.write_text("".join(json.dumps(case) + "\n" for case in cases.values()))

    again = office.accounts(export.format("40.00"), "holds=all")
    (example,) = (again.tally.examples[each] for each in again.tally.remarks if "open again" in each)
    assert example == "INV-1: 25.00 before, 40.00 now"
    assert office.cases()["C1"]["debts"][0]["amount"] == "40.00"

    newer = office.accounts(export.format("25.00"), "holds=all")
    assert not any("open again" in each for each in newer.tally.remarks)
    debt = office.cases()["C1"]["debts"][0]
    assert (debt["amount"], debt["paid_before"]) == ("25.00", "60.00")

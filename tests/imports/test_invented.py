"""Sources of which no file was at hand: rows invented by what is known of their columns, found without a name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collectrules.imports.importing import Imported

    WriteFile = Callable[[str, str | bytes], Path]

INVOICES = {
    "odoo": (
        "Number,Invoice Partner Display Name,Invoice/Bill Date,Due Date,"
        "Total Signed,Amount Due Signed,Payment Status,Type\n"
        "INV/2026/1,Firm,2026-05-01,2026-06-01,100.00,40.00,Partially Paid,Customer Invoice\n"
        "BILL/1,Vendor,2026-05-01,2026-06-01,70.00,70.00,Not Paid,Vendor Bill\n"
        "RINV/1,Firm,2026-05-02,2026-05-02,-10.00,-10.00,Not Paid,Customer Credit Note\n"
    ),
    "erpnext": (
        "Posting Date,Party,Customer Name,Voucher Type,Voucher No,Due Date,"
        "Invoiced Amount,Outstanding Amount,Currency\n"
        "2026-05-01,C1,Firm,Sales Invoice,SINV-1,2026-06-01,100.00,40.00,USD\n"
        "2026-05-02,C1,Firm,Payment Entry,PE-1,2026-05-02,0.00,-10.00,USD\n"
        "Total,,,,,,100.00,30.00,\n"
    ),
    "sage_intacct": (
        "recordno,recordid,customerid,customername,whencreated,whendue,totalentered,totaldue,currency,state\n"
        "1,INV-1,C1,Firm,2026-05-01,2026-06-01,100.00,40.00,USD,Posted\n"
        "2,INV-2,C1,Firm,2026-05-01,2026-06-01,100.00,0.00,USD,Paid\n"
    ),
    "sap_items": (
        "KUNNR,NAME1,BELNR,XBLNR,BLDAT,FAEDT,WRBTR,WAERS,SHKZG\n"
        "C1,Firm,18000001,RE-1,20260501,20260601,40.00,USD,S\nC1,Firm,18000002,GU-1,20260502,20260502,10.00,USD,H\n"
    ),
    "qbo_warehouse": (
        "id,_fivetran_deleted,doc_number,customer_id,transaction_date,due_date,total_amount,balance,currency_id\n"
        "1,FALSE,1001,C1,2026-05-01,2026-06-01,100.00,40.00,USD\n2,TRUE,1002,C1,2026-05-01,2026-06-01,9.00,9.00,USD\n"
    ),
    "xero_warehouse": (
        "invoice_id,invoice_number,contact_id,date,due_date,total,amount_due,currency_code,status,type\n"
        "a,INV-1,C1,2026-05-01,2026-06-01,100.00,40.00,USD,AUTHORISED,ACCREC\n"
        "b,BILL-1,C2,2026-05-01,2026-06-01,70.00,70.00,USD,AUTHORISED,ACCPAY\n"
    ),
    "invoice2go": (
        "Id,DocumentNumber,Name,DocumentDate,DueDate,TotalAmount,BalanceDueAmount,CurrencyCode,DocumentStatus\n"
        "1,INV-1,Firm,2026-05-01,2026-06-01,100.00,40.00,USD,unsent\n"
    ),
    "invoicely": "Details,Client,Date,Due,Total,Status\nINV-1,Firm,2026-05-01,2026-06-01,40.00,Due\n",
}


@pytest.mark.parametrize("name", INVOICES)
def test_invoices(name: str, file: WriteFile, imported: Callable[..., Imported], basics: tuple[str, ...]) -> None:
    states = ("currency=USD", "decimal_mark=point", *basics)
    found = imported(file("export.csv", INVOICES[name]), *states)
    assert found.importer.name == name
    assert {currency: str(amount) for currency, amount in found.tally.open_sums.items()} == {"USD": "40.00"}
    assert not found.tally.rejected
    assert found.tally.overdue == 1
    assert found.tally.credits == (name in {"odoo", "erpnext", "sap_items"})
    if name == "erpnext":
        assert found.tally.total == "agrees with the export's own total, 30.00"


VICIDIAL = (
    "call_date\tphone_number_dialed\tstatus\tuser\tcampaign_id\tvendor_lead_code\tlength_in_sec\r\n"
    "2026-07-01 10:00:00\t8505550101\tNA\t6666\tC\tA1\t0\r\n2026-07-01 11:00:00\t8505550101\tDNC\t6666\tC\tA1\t30\r\n"
    "2026-07-01 12:00:00\t8505550101\tDNCL\t6666\tC\tA1\t0\r\n"
)
ASTERISK = (
    '"","101","+18505550101","outgoing","me","SIP/1","SIP/2","Dial","x","2026-07-01 10:00:00","","2026-07-01 10:00:20",'
    '20,0,"NO ANSWER","DOCUMENTATION","1782918000.1",""\n'
    '"","8505550101","102","incoming","x","SIP/2","SIP/1","Dial","x","2026-07-01 11:00:00","","2026-07-01 11:00:20",'
    '20,9,"ANSWERED","DOCUMENTATION","1782921600.2",""\n'
)
RINGCENTRAL = {
    "records": [
        {
            "id": str(number),
            "sessionId": str(number),
            "startTime": f"2026-07-01T1{number}:00:00.000Z",
            "direction": "Outbound",
            "from": {"phoneNumber": "+18885550100"},
            "to": {"phoneNumber": "+18505550101"},
            "result": result,
            "duration": 9,
        }
        for number, result in enumerate(("No Answer", "Call connected"))
    ]
}
TWILIO = (
    "sid,start_time,direction,from,to,status,answered_by,duration\n"
    "CA1,2026-07-01 10:00:00 UTC,outbound-api,+18885550100,+18505550101,no-answer,,0\n"
    "CA2,2026-07-01 11:00:00 UTC,outbound-api,+18885550100,+18505550101,completed,machine_end_beep,20\n"
)
LOGS: dict[str, tuple[str, str, list[str | None]]] = {
    "vicidial": ("report.txt", VICIDIAL, ["no_answer", "conversation"]),
    "asterisk_cdr": ("Master.csv", ASTERISK, ["no_answer", None]),
    "ringcentral": ("log.json", json.dumps(RINGCENTRAL), ["no_answer", None]),
    "twilio_calls": ("calls.csv", TWILIO, ["no_answer", "voicemail"]),
}


@pytest.mark.parametrize("name", LOGS)
def test_logs(name: str, file: WriteFile, imported: Callable[..., Imported]) -> None:
    path, text, outcomes = LOGS[name]
    found = imported(file(path, text), "phone_country=US", "zone=America/Chicago")
    assert found.importer.name == name
    assert [entry.contact and entry.contact.get("outcome") for entry in found.entries] == outcomes
    assert all(("number", "+18505550101") in entry.keys for entry in found.entries)
    if name == "vicidial":
        assert [event["event"] for event in found.entries[1].events] == ["opt_out"]
        assert found.tally.left_out == {"DNCL: no call was placed": 1}

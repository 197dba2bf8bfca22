"""The body has the names and limits of Debitura's API; what the API would refuse is a blocker before."""

from __future__ import annotations

import json
import socket
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import collectrules_debitura
from collectrules import Advisor, Handoff, hand_over, testing

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules import Case, Preflight

TODAY = date(2026, 11, 29)
RECEIVER = "receiver: Debitura\nkind: agency\nfields: {debitura.contracts_signed: true}\nterms: {commission: '12.50'}\n"
DETAILS = "C-1042: {claim.description: Goods sold and delivered, debtor.registration_number: DK12345678}\n"
KEYS = {
    *("currencyCode", "date", "dueDate", "comments", "claimDescription", "creditorReference", "debtor"),
    *("creditorDivisionId", "amountToRecover", "amountToRecoverOver6Months", "amountToRecoverOver12Months"),
    *("amountToRecoverOver24Months", "skipDebituraVerification", "skipCreationEmails", "allowPendingContracts"),
    *("isTest", "tag", "collectionPartnerId", "assignedUserEmail", "returnUrl"),
}
"""The keys of the request, as Debitura's client of October 2026 has them."""
DEBTOR_KEYS = {
    *("type", "name", "contactPerson", "companyRegistrationNumber", "address", "zipCode", "city", "state"),
    *("stateAlpha2", "countryAlpha2", "country", "email", "phone"),
}


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(rulesets=[Handoff.RULESETS], today=TODAY)


def case(advisor: Advisor, *, number: str = "C-1042", **debtor: Any) -> Case:
    address = {"lines": ["12 Elm Street"], "city": "Austin", "region": "TX", "postal_code": "01234", "country": "US"}
    stated = {"id": number, "name": "Osei Ltd", "kind": "company", "contact_person": "K. Osei", "addresses": [address]}
    stated = {key: value for key, value in {**stated, **debtor}.items() if value is not None}
    debts = [
        {"id": "A", "amount": "1000.10", "issued": "2026-09-01", "due": "2026-10-01"},
        {"id": "B", "amount": "500.00", "issued": "2025-01-01", "due": "2025-02-01"},
        {"id": "C", "amount": "70.00", "issued": "2024-01-01", "due": "2024-02-01"},
    ]
    return advisor.case(
        {
            "version": 2,
            "record": "complete",
            "collector": {"role": "creditor", "name": "Fernbank Supply"},
            "debtor": stated,
            "debts": [{"kind": "commercial", "currency": "USD", **debt} for debt in debts],
        }
    )


@pytest.fixture
def handoff(advisor: Advisor, tmp_path: Path) -> Handoff:
    return made(advisor, tmp_path)


def made(advisor: Advisor, folder: Path, receiver: str = RECEIVER, details: str = DETAILS) -> Handoff:
    (folder / "debitura.yaml").write_text(receiver, encoding="utf-8")
    (folder / "details.yaml").write_text(details, encoding="utf-8")
    return Handoff.load(
        collectrules_debitura.FORMAT, folder / "debitura.yaml", details=folder / "details.yaml", advisor=advisor
    )


def test_the_body_has_the_names_of_the_api(handoff: Handoff, advisor: Advisor, tmp_path: Path) -> None:
    hand_over(handoff, [case(advisor)], tmp_path / "case.json")
    body = json.loads((tmp_path / "case.json").read_text(encoding="utf-8"))
    assert body.keys() <= KEYS
    assert body["debtor"].keys() <= DEBTOR_KEYS
    assert body == {
        "currencyCode": "USD",
        "date": "2024-01-01",
        "dueDate": "2024-02-01",
        "claimDescription": "Goods sold and delivered",
        "creditorReference": "C-1042",
        "debtor": {
            "type": "Company",
            "name": "Osei Ltd",
            "contactPerson": "K. Osei",
            "companyRegistrationNumber": "DK12345678",
            "address": "12 Elm Street",
            "zipCode": "01234",
            "city": "Austin",
            "stateAlpha2": "TX",
            "countryAlpha2": "US",
        },
        "amountToRecover": 1570.1,
        "amountToRecoverOver6Months": 570,
        "amountToRecoverOver12Months": 570,
        "amountToRecoverOver24Months": 70,
    }
    assert '"amountToRecover": 1570.10,' in (tmp_path / "case.json").read_text(encoding="utf-8")


def test_nothing_is_sent(handoff: Handoff, advisor: Advisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("something was sent")

    monkeypatch.setattr(socket.socket, "connect", connect)
    assert hand_over(handoff, [case(advisor)], tmp_path / "case.json").accounts == 1


def test_several_cases_are_files_of_a_zip(advisor: Advisor, tmp_path: Path) -> None:
    details = f"{DETAILS}C-2: {{claim.description: the same}}\n"
    handoff = made(advisor, tmp_path, details=details)
    hand_over(handoff, [case(advisor), case(advisor, number="C-2")], tmp_path / "cases.zip")
    assert zipfile.ZipFile(tmp_path / "cases.zip").namelist() == ["C-1042.debitura.json", "C-2.debitura.json"]


def blockers(preflight: Preflight) -> list[str]:
    return [blocker.what for blocker in preflight.blockers]


@pytest.mark.parametrize(
    ("debtor", "what"),
    [
        ({"contact_person": None}, "a company needs a person to speak to"),
        ({"name": None}, "the name of the debtor is missing (debtor.name)"),
        (
            {"addresses": [{"region": "TX", "country": "US"}]},
            "an address with a street and a town is missing (debtor.addresses)",
        ),
    ],
)
def test_what_the_api_would_refuse_is_a_blocker(
    handoff: Handoff, advisor: Advisor, debtor: dict[str, Any], what: str
) -> None:
    assert blockers(handoff.preflight(case(advisor, **debtor))) == [what]


def test_contracts_that_are_not_signed_are_a_blocker(advisor: Advisor, tmp_path: Path) -> None:
    handoff = made(advisor, tmp_path, RECEIVER.replace("true", "false"))
    assert blockers(handoff.preflight(case(advisor))) == ["the contracts with Debitura are not signed"]


def test_the_quote_stands_beside(handoff: Handoff, advisor: Advisor) -> None:
    quote = handoff.preflight(case(advisor)).quote
    assert quote is not None
    assert (str(quote.commission), str(quote.net)) == ("196.26", "1373.84")


def test_the_format_conforms() -> None:
    testing.assert_conforms(collectrules_debitura.FORMAT)

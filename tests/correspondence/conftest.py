"""Accounts of several places, and an advisor with the shipped law."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.advisor import Advisor
from collectrules.correspondence.preparing import Order, Prepared, prepare
from collectrules.letters.letterheads import Letterhead, Party
from collectrules.letters.templates import built_in

if TYPE_CHECKING:
    from collections.abc import Callable

LETTERS = {letter.name: letter for letter in built_in()}
HOUSE = Letterhead(
    sender=Party(
        name="Fernbank Recovery",
        address=("1 Main Street", "Austin, TX 78702"),
        telephone="512 555 0100",
        country="US",
        signed_by="Łukasz Ünal",
    ),
    creditors={"Fernbank Supply": Party(name="Fernbank Supply", address=("9 Quay Road",), telephone="512 555 0199")},
    payment=("Account 12345678 at Example Bank",),
)
DETAILS = {
    "reminder": {},
    "statement": {},
    "copy_invoice": {},
    "demand_letter": {"delivered": "forty desk lamps", "deadline": "2026-12-15", "next_step": "hold"},
    "final_notice": {"deadline": "2026-12-15", "next_step": "hold"},
    "payment_plan_offer": {
        "instalments": "3",
        "instalment": "500.00",
        "first": "2027-01-15",
        "every_days": "30",
        "accept_by": "2026-12-20",
    },
    "uk_letter_of_claim": {
        "agreement": "your order of 1 July 2026, of which you can have a copy",
        "deadline": "2026-12-31",
    },
    "validation_notice": {
        "creditor_then": "Fernbank Supply",
        "account_number": "none",
        "itemization_date": "2026-09-30",
        "itemization_basis": "last statement",
        "itemization_balance": "1300.00",
        "itemization_interest": "10.00",
        "itemization_fees": "5.00",
        "itemization_payments": "50.00",
        "itemization_credits": "15.00",
    },
}

SHOP: dict[str, Any] = {
    "id": "K-1",
    "record": "complete",
    "collector": {"role": "creditor", "name": "Lindenhof GmbH"},
    "debtor": {
        "name": "Söhne GmbH",
        "kind": "company",
        "addresses": [{"lines": ["Elbchaussee 1"], "city": "Hamburg", "postal_code": "20095", "country": "DE"}],
    },
    "debts": [
        {
            "id": "RE-1",
            "kind": "commercial",
            "amount": "1250.00",
            "invoiced": "1300.00",
            "currency": "EUR",
            "issued": "2026-08-31",
            "due": "2026-09-30",
        }
    ],
    "history": [
        {"at": "2026-10-15", "event": "reminder_sent", "channel": "letter"},
        {"at": "2026-10-20", "event": "payment", "amount": "50.00", "currency": "EUR", "debts": ["RE-1"]},
    ],
}
AGENCY: dict[str, Any] = {
    "id": "C-1042",
    "record": "complete",
    "collector": {"role": "third_party", "name": "Fernbank Recovery"},
    "creditor": {"kind": "company", "name": "Fernbank Supply"},
    "debtor": {
        "name": "K. Osei",
        "kind": "natural_person",
        "addresses": [
            {"lines": ["12 Elm Street"], "city": "Boise", "region": "UT", "postal_code": "84101", "country": "US"}
        ],
    },
    "debts": [
        {
            "id": "INV-1",
            "kind": "consumer",
            "type": "credit_card",
            "amount": "1250.00",
            "currency": "USD",
            "due": "2026-09-30",
        }
    ],
    "history": [],
}


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    return Advisor.load(today=date(2026, 11, 29))


@pytest.fixture
def written(advisor: Advisor) -> Callable[..., Prepared]:
    """Prepare a letter of that name about an account, with its usual details and others, on 29 November 2026."""

    def prepared(name: str, account: dict[str, Any], house: Letterhead = HOUSE, **changes: Any) -> Prepared:
        details = {**DETAILS[name], **changes.pop("details", {})}
        order = Order(LETTERS[name], changes.pop("day", date(2026, 11, 29)), house, details, **changes)
        return prepare(advisor, advisor.case(account), order)

    return prepared

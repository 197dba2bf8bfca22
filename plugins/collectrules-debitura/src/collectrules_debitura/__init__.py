"""A plugin of collectrules: the body of the request that opens a case at Debitura, written to a file and never sent.

By the public OpenAPI of Debitura's API for customers (`POST /cases`). Whether contracts are signed there, only Debitura
knows: the receiver's file says so.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collectrules import Fault, Field, HandoffFormat, accounts, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules import Account, Receiver

collectrules_api = 1

_TYPES: Final = {
    "natural_person": "Person",
    "company": "Company",
    "sole_trader": "Company",
    "microentrepreneur": "Company",
}
_NUMBERS: Final = msgspec.json.Encoder(decimal_format="number")
"""Amounts are numbers of JSON there, with the text of the amount: no float is ever made."""
_LONGEST_TEXT: Final = 4000
_AGES: Final = {
    "amountToRecoverOver6Months": 180,
    "amountToRecoverOver12Months": 365,
    "amountToRecoverOver24Months": 730,
}
"""Days overdue beyond which a part of the amount has another price. 180 is Debitura's own figure; 12 and 24 months are
taken as 365 and 730 days."""

CONTRACTS: Final[Field[bool]] = Field(
    "debitura.contracts_signed", "the word that the contracts with Debitura are signed", "flag", "receiver"
)
DIVISION: Final[Field[str]] = Field("debitura.division", "the id of the creditor's division", source="receiver")
PARTNER: Final[Field[str]] = Field("debitura.partner", "the id of the collection partner", source="receiver")
TEST: Final[Field[bool]] = Field("debitura.test", "whether the case is test data", "flag", "receiver")
DESCRIPTION: Final[Field[str]] = Field("claim.description", "what the claim is for", longest=_LONGEST_TEXT)
COMMENTS: Final[Field[str]] = Field("claim.comments", "remarks on the case", longest=_LONGEST_TEXT)
REGISTRATION: Final[Field[str]] = Field("debtor.registration_number", "the number of the company")


def _write(of: Iterable[Account], receiver: Receiver) -> Iterator[bytes]:
    for account in of:
        yield msgspec.json.format(_NUMBERS.encode(_body(account, receiver)), indent=2) + b"\n"


def _body(account: Account, receiver: Receiver) -> dict[str, Any]:
    debts = accounts.debts_handed_over(account)
    issued = [debt.issued for debt in debts if debt.issued is not None]
    body: dict[str, Any] = {
        "currencyCode": account[accounts.CURRENCY],
        "date": min(issued).isoformat() if issued else None,
        "dueDate": account[accounts.OLDEST_DUE].isoformat(),
        "comments": account.get(COMMENTS),
        "claimDescription": account[DESCRIPTION],
        "creditorReference": account.get(accounts.CREDITOR_REFERENCE) or account[accounts.ACCOUNT_ID],
        "debtor": _debtor(account),
        "creditorDivisionId": receiver.get(DIVISION),
        "amountToRecover": account[accounts.AMOUNT],
        **_ages(account),
        "collectionPartnerId": receiver.get(PARTNER),
        "isTest": receiver.get(TEST),
    }
    return {key: value for key, value in body.items() if value is not None}


def _debtor(account: Account) -> dict[str, Any]:
    home = account[accounts.ADDRESSES][0]
    kind = _TYPES[account[accounts.DEBTOR_KIND]]
    debtor = {
        "type": kind,
        "name": account[accounts.DEBTOR_NAME],
        "contactPerson": account.get(accounts.CONTACT_PERSON) if kind == "Company" else None,
        "companyRegistrationNumber": account.get(REGISTRATION) if kind == "Company" else None,
        "address": ", ".join(home.lines),
        "zipCode": home.postal_code or None,
        "city": home.city,
        "stateAlpha2": home.region if home.country == "US" else None,
        "countryAlpha2": home.country,
        "email": _first(account.get(accounts.EMAILS)),
        "phone": _first(account.get(accounts.PHONES)),
    }
    return {key: value for key, value in debtor.items() if value}


def _first(texts: tuple[str, ...] | None) -> str | None:
    return texts[0] if texts else None


def _ages(account: Account) -> dict[str, Decimal]:
    """The parts of the amount that are old, where every invoice has a day on which it was due; else none of them."""
    debts = accounts.debts_handed_over(account)
    day = account[accounts.HANDED_OVER]
    if any(debt.due is None for debt in debts):
        return {}
    parts: dict[str, Decimal] = {}
    for name, days in _AGES.items():
        old = [
            debt.open
            for debt in debts
            if debt.open is not None and debt.due is not None and (day - debt.due).days > days
        ]
        parts[name] = sum(old, Decimal(0))
    return parts


def _faults(account: Account, receiver: Receiver) -> Iterator[Fault]:
    kind = account[accounts.DEBTOR_KIND]
    if kind not in _TYPES:
        yield Fault(f"a debtor is a person or a company there, and this one is `{kind}`", "state debtor.kind")
    elif _TYPES[kind] == "Company" and account.get(accounts.CONTACT_PERSON) is None:
        yield Fault("a company needs a person to speak to", "state debtor.contact_person in the case")
    if not receiver[CONTRACTS]:
        yield Fault("the contracts with Debitura are not signed", "sign them there; the API answers 422 until then")
    if any(debt.issued is None for debt in accounts.debts_handed_over(account)):
        yield Fault("an invoice has no day", "state issued of each debt")


FORMAT: Final = HandoffFormat(
    name="debitura",
    title="the request body of a new case at Debitura (JSON)",
    media_type="application/json",
    suffix=".debitura.json",
    acts=("place_with_agency",),
    fields=(
        accounts.ACCOUNT_ID.needed().limited(50),
        accounts.CURRENCY.needed(),
        accounts.AMOUNT.needed(),
        accounts.INVOICES.needed(),
        accounts.OLDEST_DUE.needed(),
        accounts.CREDITOR_REFERENCE.limited(50),
        accounts.DEBTOR_NAME.needed(),
        accounts.DEBTOR_KIND.needed(),
        accounts.CONTACT_PERSON,
        accounts.ADDRESSES.needed(),
        accounts.PHONES,
        accounts.EMAILS,
        accounts.HANDED_OVER,
        DESCRIPTION.needed(),
        COMMENTS,
        REGISTRATION,
        CONTRACTS.needed(),
        DIVISION,
        PARTNER,
        TEST,
    ),
    faults=_faults,
    write=_write,
    docs="One case a file; several make a ZIP. Nothing is sent. The decision stands in the receipt beside the file: "
    "the API has no place for it.",
    several=False,
)


@hookimpl
def collectrules_handoff_formats() -> list[HandoffFormat]:
    """The format `debitura`."""
    return [FORMAT]

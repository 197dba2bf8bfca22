"""A plugin of collectrules: placements as records of You've Got Claims, for law firms and agencies that read them.

There is no free official specification; what the layouts rest on says the README. Record 01 is the account, 02 the
debtor, 22 a further address, 24 a payment, 09 a note with the decision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules import Fault, Field, HandoffFormat, accounts, hookimpl
from collectrules_ygc.records import DoesNotFit, Value, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from collectrules import Account, Receiver

collectrules_api = 1

_END: Final = "\r\n"
_PERSONS: Final = ("natural_person", "sole_trader")

FORWARDER: Final[Field[str]] = Field("ygc.forwarder", "the id of who forwards (FORW_ID)", source="receiver", longest=10)
FIRM: Final[Field[str]] = Field("ygc.firm", "the id of the firm (FIRM_ID)", source="receiver", longest=10)
LAW_LIST: Final[Field[str]] = Field("ygc.law_list", "the law list (LAW_LIST)", source="receiver", longest=4)
CLAIM_TYPE: Final[Field[str]] = Field("ygc.claim_type", "the type of claim (CTYPE)", source="receiver", longest=4)
COMMISSION: Final[Field[str]] = Field("ygc.commission", "the commission (COMM)", source="receiver", longest=4)
SUIT_FEE: Final[Field[str]] = Field("ygc.suit_fee", "the suit fee (SFEE)", source="receiver", longest=4)
RATE: Final[Field[Decimal]] = Field("interest.rate", "the interest before judgment, in per cent a year", "rate")
CHARGE_OFF_DAY: Final[Field[date]] = Field("charge_off.date", "the day of the charge-off", "date")
CHARGE_OFF_AMOUNT: Final[Field[Decimal]] = Field("charge_off.amount", "the amount that was charged off", "money")

_FIELDS: Final = (
    accounts.ACCOUNT_ID.needed().limited(10),
    accounts.CURRENCY.needed(),
    accounts.AMOUNT.needed(),
    accounts.CREDITOR_NAME.needed().limited(50),
    accounts.CREDITOR_REFERENCE.limited(20),
    accounts.ORIGINAL_CREDITOR.limited(30),
    accounts.DEBTOR_NAME.needed(),
    accounts.DEBTOR_KIND,
    accounts.FIRST_NAME.limited(30),
    accounts.LAST_NAME.limited(30),
    accounts.ADDRESSES.needed(),
    accounts.PHONES,
    accounts.LEDGER,
    accounts.LAST_PAYMENT_DAY,
    accounts.LAST_PAYMENT_AMOUNT,
    accounts.OLDEST_DUE,
    accounts.DOCUMENTS_HELD,
    accounts.ITEMIZATION_INTEREST,
    accounts.HANDED_OVER,
    accounts.DECISION,
    accounts.DECISION_ID,
    accounts.RULESETS,
    RATE,
    CHARGE_OFF_DAY,
    CHARGE_OFF_AMOUNT,
    FORWARDER.needed(),
    FIRM.needed(),
    LAW_LIST,
    CLAIM_TYPE.needed(),
    COMMISSION,
    SUIT_FEE,
)


def _write(of: Iterable[Account], receiver: Receiver) -> Iterator[bytes]:
    for account in of:
        yield "".join(f"{record}{_END}" for record in _records(account, receiver)).encode("ascii")


def _records(account: Account, receiver: Receiver) -> Iterator[str]:
    number = account[accounts.ACCOUNT_ID]
    head: dict[str, Value] = {
        "FILENO": number,
        "FORW_FILE": account.get(accounts.CREDITOR_REFERENCE) or number,
        "FORW_ID": receiver[FORWARDER],
        "FIRM_ID": receiver[FIRM],
    }
    yield written("01", {"RECORD_CODE": "01", **head, **_account(account, receiver)})
    yield written("02", {"RECORD_CODE": "02", **head, **_debtor(account)})
    for further in account[accounts.ADDRESSES][1:]:
        yield written("22", {"RECORD_CODE": "22", **head, **_address(account, further)})
    paid = [row for row in account.get(accounts.LEDGER) or () if row.entry == "payment"]
    for place, row in enumerate(paid, start=1):
        payment: dict[str, Value] = {
            "POST_D": row.day,
            "TRANS_CD": "PAYMENT",
            "TRANS_NUM": place,
            "TOTAL_COLL": -row.amount,
            "DBTR_BAL": row.balance,
        }
        yield written("24", {"RECORD_CODE": "24", **head, **payment})
    asked = accounts.rulesets_asked(account)
    note = f"decision {account[accounts.DECISION]} {account[accounts.DECISION_ID]}; asked: {asked}"[:1024]
    yield written("09", {"RECORD_CODE": "09", **head, "PDATE": account[accounts.HANDED_OVER], "PCMT": note})


def _account(account: Account, receiver: Receiver) -> dict[str, Value]:
    creditor = account[accounts.CREDITOR_NAME]
    rate = account.get(RATE)
    return {
        "DATE_FORW": account[accounts.HANDED_OVER],
        "LAW_LIST": receiver.get(LAW_LIST),
        "COMM": receiver.get(COMMISSION),
        "SFEE": receiver.get(SUIT_FEE),
        "ORIG_CLAIM": account[accounts.AMOUNT],
        "ORIG_INT": account.get(accounts.ITEMIZATION_INTEREST),
        "RATES_PRE": rate / 100 if rate is not None else None,
        "CRED_NAME": creditor[:25],
        "CRED_NAME2": creditor[25:],
        "DEBT_BAL": account[accounts.AMOUNT],
        "CTYPE": receiver[CLAIM_TYPE],
        "DATE_LPAY": account.get(accounts.LAST_PAYMENT_DAY),
        "AMT_LPAY": account.get(accounts.LAST_PAYMENT_AMOUNT),
        "CHRG_OFF_D": account.get(CHARGE_OFF_DAY),
        "CHRG_OFF_A": account.get(CHARGE_OFF_AMOUNT),
        "ORIG_CRED": account.get(accounts.ORIGINAL_CREDITOR),
        "MEDIA": "Y" if account.get(accounts.DOCUMENTS_HELD) else "N",
        "DELINQ_D": account.get(accounts.OLDEST_DUE),
    }


def _debtor(account: Account) -> dict[str, Value]:
    home = account[accounts.ADDRESSES][0]
    first, last = account.get(accounts.FIRST_NAME), account.get(accounts.LAST_NAME)
    named = f"{last}/{first}" if first and last else account[accounts.DEBTOR_NAME]
    phones = account.get(accounts.PHONES) or ()
    street = (*home.lines, "")[:2]
    return {
        "D1_NAME": named,
        "D1_STREET_LONG": street[0],
        "D1_STREET2_LONG": street[1],
        "D1_CITY": home.city,
        "D1_STATE": home.region,
        "D1_ZIP": home.postal_code.replace("-", ""),
        "D1_PHONE": phones[0].removeprefix("+1") if phones else None,
        "D1_CNTRY": home.country,
        "FIRSTNAME": first,
        "LASTNAME": last,
    }


def _address(account: Account, further: accounts.PostalAddress) -> dict[str, Value]:
    street = (*further.lines, "")[:2]
    return {
        "DBTR_NUM": 1,
        "F_NAME": account.get(accounts.FIRST_NAME),
        "L_NAME": account.get(accounts.LAST_NAME) or account[accounts.DEBTOR_NAME],
        "STREET": street[0],
        "STREET2": street[1],
        "CITY": further.city,
        "STATE": further.region,
        "ZIP": further.postal_code,
        "CNTRY": further.country,
    }


def _faults(account: Account, receiver: Receiver) -> Iterator[Fault]:
    if account[accounts.CURRENCY] != "USD":
        yield Fault(f"the amount is in {account[accounts.CURRENCY]}; the records are in USD", "place it otherwise")
    named = account.get(accounts.FIRST_NAME) and account.get(accounts.LAST_NAME)
    if (account.get(accounts.DEBTOR_KIND) or "") in _PERSONS and not named:
        mend = "state debtor.first_name and debtor.last_name"
        yield Fault("a person's name is written as last name and first name", mend)
    if any(len(address.lines) > 2 for address in account[accounts.ADDRESSES]):  # noqa: PLR2004  # the fields of a street
        yield Fault("an address has more than two lines before its town", "write it in two lines")
    try:
        list(_records(account, receiver))
    except DoesNotFit as wrong:
        yield Fault(str(wrong), "shorten it, or write it in plain letters")


FORMAT: Final = HandoffFormat(
    name="ygc",
    title="placements as YGC records",
    media_type="text/plain; charset=us-ascii",
    suffix=".ygc",
    acts=("place_with_agency",),
    fields=_FIELDS,
    faults=_faults,
    write=_write,
    docs="Fixed-width records 01, 02, 09, 22 and 24. What does not fit its field is refused, never cut. Numbers of "
    "social security, dates of birth and driving licences are left blank.",
)


@hookimpl
def collectrules_handoff_formats() -> list[HandoffFormat]:
    """The format `ygc`."""
    return [FORMAT]

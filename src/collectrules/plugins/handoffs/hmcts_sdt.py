"""Money claims for England and Wales as a bulk request of the secure data transfer of HM Courts and Tribunals Service.

Written by the public schemas of that service (BulkSubmitRequest.xsd, Claim.xsd, Base.xsd). Only registered bulk
customers can submit; nothing is submitted here. The statement of truth is a person's: it is never filled in from the
receiver's file, only from the details of the account. That amounts are pence is what an integer type suggests; the
schemas do not say it, so the receiver's file must.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.plugins import accounts as fields
from collectrules.plugins.accounts import Field, PostalAddress
from collectrules.plugins.elements import HEAD, Element, decision_note, element, optional
from collectrules.plugins.handoffs import Fault, HandoffFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from collectrules.plugins.accounts import Account, Receiver

_SDT: Final = "http://ws.sdt.moj.gov.uk/2013"
_SPACES: Final = {
    "xmlns": f"{_SDT}/sdt/BulkRequestSchema",
    "xmlns:clm": f"{_SDT}/mcol/ClaimSchema",
    "xmlns:base": f"{_SDT}/sdt/BaseSchema",
}
_TEXT: Final = re.compile(r"[a-zA-Z0-9\-+.,£@?'()/%_ &!:]*")
_POSTCODE: Final = re.compile(r"[A-Z]{1,2}[0-9R][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2}")
_CUSTOMER: Final = re.compile(r"[1-9][0-9]{7}")
_REFERENCE: Final = re.compile(r"[0-9a-zA-Z_-]{1,32}")
_LINE: Final = 30
_FEWEST_LINES: Final = 2
_MOST_LINES: Final = 4
_PARTICULARS: Final = 45
_MOST_PARTICULARS: Final = 24
_MOST_REQUESTS: Final = 2000
_BELOW: Final = Decimal(100_000)
_CURRENCY: Final = "GBP"
_PIECE: Final = 1 << 16

CUSTOMER_ID: Final[Field[str]] = Field("sdt.customer_id", "the number of the bulk customer", source="receiver")
REFERENCE: Final[Field[str]] = Field("sdt.reference", "the customer's reference of the file", source="receiver")
PENCE: Final[Field[bool]] = Field(
    "sdt.amounts_in_pence", "the word that amounts are pence, to be confirmed with the bulk centre", "flag", "receiver"
)
PARTICULARS: Final[Field[str]] = Field("claim.particulars", "the particulars of the claim")
SEPARATELY: Final[Field[bool]] = Field("claim.particulars_separately", "whether particulars are sent apart", "flag")
RESERVE_INTEREST: Final[Field[bool]] = Field(
    "claim.reserve_interest", "whether the right to interest is reserved", "flag"
)
DAILY_INTEREST: Final[Field[Decimal]] = Field("claim.daily_interest", "the daily interest that is claimed", "money")
INTEREST_SINCE: Final[Field[date]] = Field("claim.interest_since", "the day from which interest is claimed", "date")
SOLICITOR_COST: Final[Field[Decimal]] = Field("claim.solicitor_cost", "the solicitor's costs that are claimed", "money")
SECOND_NAME: Final[Field[str]] = Field("second_defendant.name", "the second defendant", personal=True)
SECOND_ADDRESS: Final[Field[PostalAddress]] = Field(
    "second_defendant.address", "the address of the second defendant", "address", personal=True
)
TRUTH_SIGNED: Final[Field[bool]] = Field(
    "statement_of_truth.signed", "the word that a person has signed the statement of truth", "flag", "account"
)
TRUTH_NAME: Final[Field[str]] = Field(
    "statement_of_truth.name", "who has signed the statement of truth", source="account", longest=30
)


def _write(accounts: Iterable[Account], receiver: Receiver) -> Iterator[bytes]:
    """The header has the number of requests, so the requests wait in a file of their own."""
    from tempfile import TemporaryFile

    with TemporaryFile() as requests:
        count = 0
        for account in accounts:
            count += 1
            if count > _MOST_REQUESTS:
                message = f"a bulk request holds {_MOST_REQUESTS} claims, and here is one more"
                help_ = "hand the accounts over in several files"
                raise InvalidInput([Problem(Place(FORMAT.name), "CR959", message, help_)])
            requests.write(_request(count, account).encode())
        header = element(
            "header",
            element("sdtCustomerId", receiver[CUSTOMER_ID]),
            element("targetApplicationId", "mcol"),
            element("requestCount", str(count)),
            element("customerReference", receiver[REFERENCE]),
        )
        spaces = " ".join(f'{name}="{value}"' for name, value in _SPACES.items())
        yield f"{HEAD}<bulkRequest {spaces}>{header}<requests>".encode()
        requests.seek(0)
        while piece := requests.read(_PIECE):
            yield piece
    yield b"</requests></bulkRequest>\n"


def _request(number: int, account: Account) -> str:
    note = decision_note(account)
    return f"{note}{element('request', _claim(account), requestType='mcolClaim', requestId=f'{number:06}')}"


def _claim(account: Account) -> Element:
    second = account.get(SECOND_NAME)
    cost = account.get(SOLICITOR_COST)
    return element(
        "mcolClaim",
        element("clm:claimantReference", account[fields.ACCOUNT_ID]),
        element("clm:defendant1", *_defendant(account[fields.DEBTOR_NAME], account[fields.ADDRESSES][0])),
        element("clm:defendant2", *_defendant(second, account[SECOND_ADDRESS])) if second is not None else None,
        element("clm:sendParticularsSeparately", _truth(value=account[SEPARATELY])),
        element("clm:reserveRightToClaimInterest", _truth(value=account[RESERVE_INTEREST])),
        _interest(account),
        element("clm:claimAmount", _pence(account[fields.AMOUNT])),
        element("clm:solicitorCost", _pence(cost)) if cost is not None else None,
        *(element("clm:particulars", line) for line in _particulars(account)),
        element(
            "clm:sotSignature",
            element("base:flag", _truth(value=account[TRUTH_SIGNED])),
            element("base:name", account[TRUTH_NAME]),
        ),
    )


def _defendant(name: str, address: PostalAddress) -> tuple[Element, ...]:
    lines = _lines(address)
    return (
        element("clm:name", name),
        element(
            "clm:address",
            *(element(f"base:line{number}", line) for number, line in enumerate(lines, start=1)),
            optional("base:postcode", address.postal_code),
        ),
    )


def _lines(address: PostalAddress) -> tuple[str, ...]:
    return (*address.lines, address.city) if address.city else address.lines


def _interest(account: Account) -> Element | None:
    daily, since = account.get(DAILY_INTEREST), account.get(INTEREST_SINCE)
    if daily is None or since is None:
        return None
    return element(
        "clm:interest",
        element("clm:dailyAmount", _pence(daily)),
        element("clm:owedDate", since.isoformat()),
        element("clm:claimDate", account[fields.HANDED_OVER].isoformat()),
        element("clm:claimAmountInterestBase", _pence(account[fields.AMOUNT])),
    )


def _particulars(account: Account) -> list[str]:
    from textwrap import wrap

    return [line for each in account[PARTICULARS].splitlines() for line in wrap(each, _PARTICULARS)]


def _pence(amount: Decimal) -> str:
    return str(int(amount * 100))


def _truth(*, value: bool) -> str:
    return "true" if value else "false"


def _faults(account: Account, receiver: Receiver) -> Iterator[Fault]:
    yield from _faults_of_file(receiver)
    if account[fields.CURRENCY] != _CURRENCY:
        yield Fault(f"the claim is in {account[fields.CURRENCY]}; the service takes {_CURRENCY}", "file it elsewhere")
    if not 0 < account[fields.AMOUNT] < _BELOW:
        yield Fault("the service takes claims above 0 and below 100000.00", "file it at a court that takes it")
    if not account[TRUTH_SIGNED]:
        yield Fault("the statement of truth is not signed", "have a person sign it, and state who did")
    if (account.get(DAILY_INTEREST) is None) != (account.get(INTEREST_SINCE) is None):
        yield Fault("interest has a daily amount and the day from which it runs, or neither", "state both")
    lines = _particulars(account)
    if not 0 < len(lines) <= _MOST_PARTICULARS:
        what = f"the particulars have {len(lines)} lines of {_PARTICULARS}; the form takes {_MOST_PARTICULARS}"
        yield Fault(what, "shorten them, or send them separately and say so")
    yield from _faults_of_text("the particulars", lines, longest=_PARTICULARS)
    yield from _faults_of_party("the debtor", account[fields.DEBTOR_NAME], account[fields.ADDRESSES][0])
    second = account.get(SECOND_NAME)
    if second is not None:
        address = account.get(SECOND_ADDRESS)
        if address is None:
            yield Fault("the second defendant has no address", "state second_defendant.address")
        else:
            yield from _faults_of_party("the second defendant", second, address)
    yield from _faults_of_text("the number of the account", [account[fields.ACCOUNT_ID]], longest=24)
    yield from _faults_of_text("who signed", [account[TRUTH_NAME]], longest=30)


def _faults_of_file(receiver: Receiver) -> Iterator[Fault]:
    if not receiver[PENCE]:
        yield Fault(
            "amounts are written in pence, and the receiver's file says that they are not", "ask the bulk centre"
        )
    if not _CUSTOMER.fullmatch(receiver[CUSTOMER_ID]):
        yield Fault(
            "sdt.customer_id has eight digits, the first of them not 0", "state the number of the bulk customer"
        )
    if not _REFERENCE.fullmatch(receiver[REFERENCE]):
        yield Fault("sdt.reference has up to 32 letters, digits, _ and -", "change it in the receiver's file")


def _faults_of_party(who: str, name: str, address: PostalAddress) -> Iterator[Fault]:
    yield from _faults_of_text(f"the name of {who}", [name], longest=60)
    lines = _lines(address)
    if not _FEWEST_LINES <= len(lines) <= _MOST_LINES:
        what = f"the address of {who} has {len(lines)} lines with its town; the form takes 2 to 4"
        yield Fault(what, "write it in 2 to 4 lines")
    yield from _faults_of_text(f"the address of {who}", lines, longest=_LINE)
    if not _POSTCODE.fullmatch(address.postal_code):
        yield Fault(
            f"the postcode of {who} is none of the United Kingdom: `{address.postal_code}`", "write it as SW1A 1AA"
        )


def _faults_of_text(what: str, lines: Iterable[str], *, longest: int) -> Iterator[Fault]:
    for line in lines:
        if len(line) > longest:
            yield Fault(f"{what} has {len(line)} characters; the form takes {longest}: `{line}`", "shorten it")
        if not _TEXT.fullmatch(line):
            strange = " ".join(dict.fromkeys(letter for letter in line if not _TEXT.fullmatch(letter)))
            yield Fault(f"{what} has characters that the form does not take: {strange}", "write it without them")
        if not line.strip():
            yield Fault(f"{what} has an empty line", "take it out")


FORMAT: Final = HandoffFormat(
    name="hmcts_sdt",
    title="bulk money claims for England and Wales (XML)",
    media_type="application/xml",
    suffix=".xml",
    acts=("file_claim",),
    fields=(
        fields.ACCOUNT_ID.needed(),
        fields.CURRENCY.needed(),
        fields.AMOUNT.needed(),
        fields.DEBTOR_NAME.needed(),
        fields.ADDRESSES.needed(),
        fields.HANDED_OVER,
        fields.DECISION,
        fields.DECISION_ID,
        fields.RULESETS,
        PARTICULARS.needed(),
        SEPARATELY.needed(),
        RESERVE_INTEREST.needed(),
        DAILY_INTEREST,
        INTEREST_SINCE,
        SOLICITOR_COST,
        SECOND_NAME,
        SECOND_ADDRESS,
        TRUTH_SIGNED.needed(),
        TRUTH_NAME.needed(),
        CUSTOMER_ID.needed(),
        REFERENCE.needed(),
        PENCE.needed(),
    ),
    faults=_faults,
    write=_write,
    docs="Up to 2000 claims in a file, for registered bulk customers, who submit it themselves. Below 100,000 pounds, "
    "at most two defendants, particulars of at most 24 lines of 45 characters.",
)

"""A plugin of collectrules: what a collector reports to consumer reporting agencies, as a draft of a Metro 2 file.

The draft is marked as one in its header; who furnishes it checks it against the guide of the industry, which is sold.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from collectrules import Fault, Field, HandoffFormat, accounts, hookimpl
from collectrules_metro2 import segments
from collectrules_metro2.records import Record
from collectrules_metro2.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from collectrules import Account, Receiver
    from collectrules_metro2.segments import Value

collectrules_api = 1

_DRAFT: Final = "DRAFT, NOT FOR SUBMISSION"
_LENGTH: Final = segments.length("base") + segments.length("K1")
"""Every record has this length: an account with the segment of its original creditor."""
_PAID: Final = "62"
_CLASSES: Final = tuple(f"{number:02}" for number in range(1, 16))

REPORTER: Final[Field[str]] = Field("metro2.reporter", "the name of the reporter", source="receiver", longest=40)
REPORTER_ADDRESS: Final[Field[str]] = Field(
    "metro2.reporter_address", "the address of the reporter", source="receiver", longest=96
)
IDENTIFICATION: Final[Field[str]] = Field(
    "metro2.identification", "the identification number of the reporter", source="receiver", longest=20
)
ACCOUNT_TYPE: Final[Field[str]] = Field(
    "metro2.account_type", "the account type", source="receiver", words=("0C", "48", "77")
)
HISTORY: Final[Field[str]] = Field(
    "metro2.payment_history", "the payment history profile of 24 characters", source="receiver", longest=24
)
ECOA: Final[Field[str]] = Field("metro2.ecoa", "the ECOA code", words=("1", "2", "3", "5", "7", "T", "W", "X", "Z"))
STATUS: Final[Field[str]] = Field("metro2.status", "the account status", words=("93", "62", "DA", "DF"))
OPENED: Final[Field[date]] = Field("metro2.opened", "the day on which the collector got the account", "date")
ORIGINAL_AMOUNT: Final[Field[Decimal]] = Field(
    "metro2.original_amount", "the amount that was placed or bought", "money"
)
DELINQUENCY: Final[Field[date]] = Field(
    "metro2.first_delinquency", "the day of the first delinquency, which no transfer changes", "date"
)
CLASSIFICATION: Final[Field[str]] = Field(
    "metro2.creditor_classification", "the classification of the original creditor", words=_CLASSES
)
COMPLIANCE: Final[Field[str]] = Field(
    "metro2.compliance_condition",
    "the compliance condition code",
    words=("XA", "XB", "XC", "XD", "XE", "XF", "XG", "XH", "XJ", "XR"),
)
INFORMATION: Final[Field[str]] = Field("metro2.consumer_information", "the consumer information indicator", longest=2)

_FIELDS: Final = (
    accounts.ACCOUNT_ID.needed().limited(30),
    accounts.CURRENCY.needed(),
    accounts.AMOUNT.needed(),
    accounts.ORIGINAL_CREDITOR.needed().limited(30),
    accounts.FIRST_NAME.needed().limited(20),
    accounts.LAST_NAME.needed().limited(25),
    accounts.BIRTH_DATE,
    accounts.NATIONAL_ID,
    accounts.ADDRESSES.needed(),
    accounts.PHONES,
    accounts.LAST_PAYMENT_DAY,
    accounts.HANDED_OVER,
    ECOA.needed(),
    STATUS.needed(),
    OPENED.needed(),
    ORIGINAL_AMOUNT.needed(),
    DELINQUENCY.needed(),
    CLASSIFICATION.needed(),
    COMPLIANCE,
    INFORMATION,
    REPORTER.needed(),
    REPORTER_ADDRESS.needed(),
    IDENTIFICATION.needed(),
    ACCOUNT_TYPE.needed(),
    HISTORY.needed(),
)


def _write(of: Iterable[Account], receiver: Receiver) -> Iterator[bytes]:
    counts: Counter[str] = Counter()
    began = False
    for account in of:
        if not began:
            yield _header(account[accounts.HANDED_OVER], receiver)
            began = True
        record = _record(account, receiver)
        _count(record, counts)
        yield record.text().encode("ascii")
    yield _trailer(counts)


def _header(day: date, receiver: Receiver) -> bytes:
    values: dict[str, Value] = {
        "RecordDescriptorWord": _LENGTH,
        "RecordIdentifier": "HEADER",
        "ActivityDate": day,
        "DateCreated": day,
        "ReporterName": receiver[REPORTER],
        "ReporterAddress": receiver[REPORTER_ADDRESS],
        "SoftwareVendorName": _DRAFT,
    }
    return Record(Segment("header", values), (), _LENGTH).text().encode("ascii")


def _record(account: Account, receiver: Receiver) -> Record:
    original: dict[str, Value] = {
        "SegmentIdentifier": "K1",
        "OriginalCreditorName": account[accounts.ORIGINAL_CREDITOR],
        "CreditorClassification": int(account[CLASSIFICATION]),
    }
    return Record(Segment("base", _base(account, receiver)), (Segment("K1", original),), _LENGTH)


def _base(account: Account, receiver: Receiver) -> dict[str, Value]:
    home = account[accounts.ADDRESSES][0]
    day = account[accounts.HANDED_OVER]
    dollars = int(account[accounts.AMOUNT])  # cents are cut, as the format has it
    values: dict[str, Value] = {
        column.name: 0
        for column in segments.layout("base")
        if not column.type.startswith(("alphanumeric", "timestamp"))
    }
    values |= {
        "RecordDescriptorWord": _LENGTH,
        "ProcessingIndicator": 1,
        "TimeStamp": day.strftime("%m%d%Y000000"),
        "IdentificationNumber": receiver[IDENTIFICATION],
        "ConsumerAccountNumber": account[accounts.ACCOUNT_ID],
        "PortfolioType": "O",
        "AccountType": receiver[ACCOUNT_TYPE],
        "DateOpened": account[OPENED],
        "HighestCredit": int(account[ORIGINAL_AMOUNT]),
        "TermsDuration": "001",
        "AccountStatus": account[STATUS],
        "PaymentHistoryProfile": receiver[HISTORY],
        "ComplianceConditionCode": account.get(COMPLIANCE),
        "CurrentBalance": dollars,
        "AmountPastDue": dollars,
        "DateAccountInformation": day,
        "DateFirstDelinquency": account[DELINQUENCY],
        "DateLastPayment": account.get(accounts.LAST_PAYMENT_DAY) or 0,
        "Surname": account[accounts.LAST_NAME].upper(),
        "FirstName": account[accounts.FIRST_NAME].upper(),
        "SocialSecurityNumber": int(_digits(account.get(accounts.NATIONAL_ID)) or "0"),
        "DateBirth": account.get(accounts.BIRTH_DATE) or 0,
        "TelephoneNumber": int(_phone(account) or "0"),
        "ECOACode": account[ECOA],
        "ConsumerInformationIndicator": account.get(INFORMATION),
        "CountryCode": home.country,
        "FirstLineAddress": home.lines[0],
        "SecondLineAddress": " ".join(home.lines[1:]) or None,
        "City": home.city,
        "State": home.region,
        "ZipCode": _digits(home.postal_code),
    }
    return values


def _digits(text: str | None) -> str:
    return "".join(letter for letter in text or "" if letter.isdecimal())


def _phone(account: Account) -> str:
    """The first number of the numbering plan of North America, as ten digits."""
    for number in account.get(accounts.PHONES) or ():
        if number.startswith("+1"):
            return number.removeprefix("+1")
    return ""


def _count(record: Record, counts: Counter[str]) -> None:
    values = record.base.values
    counts["TotalBaseRecords"] += 1
    counts[f"TotalStatusCode{values['AccountStatus']}"] += 1
    counts["TotalOriginalCreditorSegments"] += 1
    if values["ECOACode"] == "Z":
        counts["TotalECOACodeZ"] += 1
    if values["SocialSecurityNumber"]:
        counts["TotalSocialNumbersAllSegments"] += 1
        counts["TotalSocialNumbersBaseSegments"] += 1
    if values["DateBirth"]:
        counts["TotalDatesBirthAllSegments"] += 1
        counts["TotalDatesBirthBaseSegments"] += 1
    if values["TelephoneNumber"]:
        counts["TotalTelephoneNumbersAllSegments"] += 1


def _trailer(counts: Counter[str]) -> bytes:
    values: dict[str, Value] = {
        column.name: counts[column.name] for column in segments.layout("trailer") if column.name.startswith("Total")
    }
    values |= {
        "RecordDescriptorWord": _LENGTH,
        "RecordIdentifier": "TRAILER",
        "BlockCount": counts["TotalBaseRecords"] + 2,
    }
    return Record(Segment("trailer", values), (), _LENGTH).text().encode("ascii")


def _faults(account: Account, receiver: Receiver) -> Iterator[Fault]:
    home = account[accounts.ADDRESSES][0]
    if account[accounts.CURRENCY] != "USD":
        yield Fault(
            f"the amount is in {account[accounts.CURRENCY]}; the file is in whole dollars", "leave the account out"
        )
    if home.country != "US" or len(_digits(home.postal_code)) not in {5, 9} or not home.region:
        yield Fault("the address has no state and ZIP code of the United States", "state both in the case")
    if len(receiver[HISTORY]) != 24:  # noqa: PLR2004  # months of the profile
        yield Fault("the payment history profile has 24 characters", "state metro2.payment_history in full")
    if account[STATUS] == _PAID and account[accounts.AMOUNT]:
        yield Fault(f"status {_PAID} says paid in full, and an amount is open", "state status 93, or the amount 0.00")
    number = account.get(accounts.NATIONAL_ID)
    if number is not None and len(_digits(number)) != 9:  # noqa: PLR2004  # digits of the number
        yield Fault("a number of social security has nine digits", "state debtor.national_id in full, or not at all")
    if account[DELINQUENCY] > account[OPENED]:
        yield Fault("the first delinquency is later than the day on which the collector got the account", "check both")
    try:
        _record(account, receiver).text()
    except ValueError as wrong:
        yield Fault(str(wrong), "shorten it, or write it in plain letters")


FORMAT: Final = HandoffFormat(
    name="metro2",
    title="a draft of a Metro 2 file of a collector",
    media_type="text/plain; charset=us-ascii",
    suffix=".metro2.draft",
    acts=("report_to_bureau",),
    fields=_FIELDS,
    faults=_faults,
    write=_write,
    docs="Header, base segments with the original creditor (K1), trailer, in records of one length. Marked as a draft "
    "in the header. Joint debtors, employment and purchases (J1, J2, N1, K2) can be read and are not written.",
)


@hookimpl
def collectrules_handoff_formats() -> list[HandoffFormat]:
    """The format `metro2`."""
    return [FORMAT]

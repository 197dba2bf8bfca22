"""A reminder as a `Reminder` of UBL 2.1 (OASIS), one account a document.

The decision and the rulesets stand in a processing instruction, which a reader of UBL passes over. The Norwegian EHF
reminder is another document (it has the root of an invoice) and is not written here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.ground import money
from collectrules.plugins import accounts as fields
from collectrules.plugins.accounts import Field
from collectrules.plugins.elements import HEAD, Element, decision_note, element, optional
from collectrules.plugins.handoffs import Fault, HandoffFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from collectrules.plugins.accounts import Account, Invoice, PostalAddress, Receiver

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd"
_SPACES: Final = {
    "xmlns": f"{_UBL}:Reminder-2",
    "xmlns:cac": f"{_UBL}:CommonAggregateComponents-2",
    "xmlns:cbc": f"{_UBL}:CommonBasicComponents-2",
}
_LINES: Final = 2

NUMBER: Final[Field[str]] = Field("reminder.id", "the number of the reminder")
SEQUENCE: Final[Field[int]] = Field("reminder.sequence", "which reminder it is: 1, 2, ...", "number")
NOTE: Final[Field[str]] = Field("reminder.note", "a text for the debtor")
CUSTOMIZATION: Final[Field[str]] = Field("ubl.customization", "the CustomizationID of the network", source="receiver")
PROFILE: Final[Field[str]] = Field("ubl.profile", "the ProfileID of the network", source="receiver")
MEANS: Final[Field[str]] = Field("payment.means", "the code of the payment means (UNCL 4461), as 30", source="receiver")
ACCOUNT: Final[Field[str]] = Field("payment.account", "the account to be paid into (IBAN)", source="receiver")
BANK: Final[Field[str]] = Field("payment.bank", "the bank of that account (BIC)", source="receiver")


def _write(accounts: Iterable[Account], receiver: Receiver) -> Iterator[bytes]:
    for account in accounts:
        note = decision_note(account)
        yield f"{HEAD}{note}\n{_reminder(account, receiver)}\n".encode()


def _reminder(account: Account, receiver: Receiver) -> Element:
    currency = account[fields.CURRENCY]
    day = account[fields.HANDED_OVER].isoformat()
    sequence = account.get(SEQUENCE)
    return element(
        "Reminder",
        element("cbc:UBLVersionID", "2.1"),
        optional("cbc:CustomizationID", receiver.get(CUSTOMIZATION)),
        optional("cbc:ProfileID", receiver.get(PROFILE)),
        element("cbc:ID", account.get(NUMBER) or f"{account[fields.ACCOUNT_ID]}-{day}"),
        element("cbc:IssueDate", day),
        optional("cbc:ReminderSequenceNumeric", str(sequence) if sequence is not None else None),
        optional("cbc:Note", account.get(NOTE)),
        element("cbc:DocumentCurrencyCode", currency),
        element(
            "cac:AccountingSupplierParty", _party(account[fields.CREDITOR_NAME], account.get(fields.CREDITOR_ADDRESS))
        ),
        element(
            "cac:AccountingCustomerParty",
            element("cbc:SupplierAssignedAccountID", account[fields.ACCOUNT_ID]),
            _party(
                account[fields.DEBTOR_NAME],
                next(iter(_addresses(account)), None),
                account.get(fields.CONTACT_PERSON),
            ),
        ),
        _payment(account, receiver),
        element(
            "cac:LegalMonetaryTotal",
            _amount("cbc:LineExtensionAmount", account[fields.AMOUNT], currency),
            _amount("cbc:PayableAmount", account[fields.AMOUNT], currency),
        ),
        *(_line(number, debt, currency) for number, debt in enumerate(fields.debts_handed_over(account), start=1)),
        **_SPACES,
    )


def _addresses(account: Account) -> tuple[PostalAddress, ...]:
    return account.get(fields.ADDRESSES) or ()


def _party(name: str, address: PostalAddress | None, contact: str | None = None) -> Element:
    return element(
        "cac:Party",
        element("cac:PartyName", element("cbc:Name", name)),
        _address(address) if address is not None else None,
        element("cac:Contact", element("cbc:Name", contact)) if contact else None,
    )


def _address(address: PostalAddress) -> Element:
    street, additional, *more = (*address.lines, "", "")[: max(_LINES, len(address.lines))]
    return element(
        "cac:PostalAddress",
        optional("cbc:StreetName", street),
        optional("cbc:AdditionalStreetName", additional),
        optional("cbc:CityName", address.city),
        optional("cbc:PostalZone", address.postal_code),
        optional("cbc:CountrySubentityCode", address.region),
        *(element("cac:AddressLine", element("cbc:Line", line)) for line in more),
        element("cac:Country", element("cbc:IdentificationCode", address.country)) if address.country else None,
    )


def _payment(account: Account, receiver: Receiver) -> Element | None:
    means, number, bank = receiver.get(MEANS), receiver.get(ACCOUNT), receiver.get(BANK)
    if means is None:
        return None
    branch = element("cac:FinancialInstitutionBranch", element("cbc:ID", bank)) if bank else None
    paid_into = element("cac:PayeeFinancialAccount", element("cbc:ID", number), branch) if number else None
    return element(
        "cac:PaymentMeans",
        element("cbc:PaymentMeansCode", means),
        element("cbc:PaymentID", account[fields.ACCOUNT_ID]),
        paid_into,
    )


def _amount(name: str, amount: Decimal, currency: str) -> Element:
    return element(name, money.written(amount), currencyID=currency)


def _line(number: int, debt: Invoice, currency: str) -> Element:
    reference = element(
        "cac:InvoiceDocumentReference",
        element("cbc:ID", debt.id),
        optional("cbc:IssueDate", debt.issued.isoformat() if debt.issued is not None else None),
    )
    return element(
        "cac:ReminderLine",
        element("cbc:ID", str(number)),
        optional("cbc:Note", f"due {debt.due.isoformat()}" if debt.due is not None else None),
        _amount("cbc:DebitLineAmount", debt.open, currency) if debt.open is not None else None,
        element("cac:BillingReference", reference),
    )


def _faults(account: Account, receiver: Receiver) -> Iterator[Fault]:
    if receiver.get(ACCOUNT) is not None and receiver.get(MEANS) is None:
        yield Fault(
            "there is an account to be paid into, and no code of the payment means", "state payment.means: '30'"
        )
    if not account[fields.AMOUNT]:
        yield Fault("nothing is open, so there is nothing to remind of", "leave the account out")


FORMAT: Final = HandoffFormat(
    name="ubl_reminder",
    title="a reminder as a UBL 2.1 document (XML)",
    media_type="application/xml",
    suffix=".xml",
    acts=("contact",),
    fields=(
        fields.ACCOUNT_ID.needed(),
        fields.CURRENCY.needed(),
        fields.AMOUNT.needed(),
        fields.INVOICES.needed(),
        fields.CREDITOR_NAME.needed(),
        fields.CREDITOR_ADDRESS,
        fields.DEBTOR_NAME.needed(),
        fields.CONTACT_PERSON,
        fields.ADDRESSES,
        fields.HANDED_OVER,
        fields.DECISION,
        fields.DECISION_ID,
        fields.RULESETS,
        NUMBER,
        SEQUENCE,
        NOTE,
        CUSTOMIZATION,
        PROFILE,
        MEANS,
        ACCOUNT,
        BANK,
    ),
    faults=_faults,
    write=_write,
    docs="For networks that carry UBL: a reminder to the debtor, checked as a contact by the channel that the file of "
    "the receiver names. Interest and charges are not reckoned here.",
    several=False,
)

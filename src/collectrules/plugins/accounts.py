"""An account as it is handed over, and the fields by which a handoff format asks for what it needs of it.

A format names its fields; the account that it is given holds these and no others, so that a receiver gets the personal
details which its format has a place for and nothing more. Money is `Decimal` in units of `CURRENCY`; a day is `date`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

T = TypeVar("T")

Kind = Literal["text", "date", "money", "rate", "number", "flag", "address", "pairs", "records", "list"]
"""What a field holds. The last two are only ever read from the case; `pairs` are keys with text, in their order."""
Source = Literal["case", "details", "account", "receiver", "act"]
"""Where it comes from: the case; the file of details, or for every account the receiver's file; the details of the
account alone, as what a person says of it; the receiver's file alone; or the handing over itself."""


class Field(Struct, Generic[T], frozen=True):
    """One thing that a format can ask for."""

    name: str
    """Dotted: `debtor.name`; under this name a file of details or of a receiver states it."""
    title: str
    """A noun for messages: `the name of the debtor`."""
    kind: Kind = "text"
    source: Source = "details"
    mend: str = ""
    """Where to state it, where that is not said by its source: `state debtor.name in the case`."""
    personal: bool = False
    """It is about a natural person, so that a format must say that it needs it."""
    required: bool = False
    words: tuple[str, ...] = ()
    """The texts that it may be; empty: any."""
    longest: int = 0
    """The most characters that the receiver takes; 0: any number. A longer text is refused, never cut."""

    def needed(self) -> Field[T]:
        """The same field, without which the format cannot write the account."""
        return replace(self, required=True)

    def limited(self, longest: int) -> Field[T]:
        """The same field with a longest text."""
        return replace(self, longest=longest)


class PostalAddress(Struct, frozen=True):
    """An address as it is written on a letter. `country` and `region` are codes of ISO 3166."""

    lines: tuple[str, ...] = ()
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    use: str = ""


class Invoice(Struct, frozen=True):
    """One debt of the account. `open` is the principal that is owed; `invoiced` is None where nobody stated it."""

    id: str
    kind: str
    open: Decimal | None
    type: str = ""
    issued: date | None = None
    due: date | None = None
    invoiced: Decimal | None = None
    paid_before: Decimal | None = None
    """Of `invoiced` what was paid or credited on days that are not recorded: no row of the ledger."""
    order_number: str = ""
    documents: tuple[str, ...] = ()
    account_number: str = ""
    handed_over: bool = True
    """False: a paid invoice that is only history."""


class LedgerRow(Struct, frozen=True):
    """One change of what is owed. `amount` is positive where it adds to the debt, negative where it lowers it."""

    day: date
    entry: str
    """`invoice`, or the name of the event: `payment`, `credit_note`, `payment_reversed`."""
    amount: Decimal
    debts: tuple[str, ...]
    balance: Decimal


class ContactRow(Struct, frozen=True):
    """One contact of the history, or one event: a dispute, an opt-out, a promise."""

    at: str
    """ISO 8601, as the case states it."""
    what: str
    """`contact`, or the name of the event."""
    channel: str = ""
    direction: str = ""
    outcome: str = ""
    party: str = ""
    endpoint: str = ""
    debts: tuple[str, ...] = ()


class RulesetVersion(Struct, frozen=True):
    """One ruleset that was asked before the account was handed over."""

    id: str
    version: str
    hash: str


class NotAsked(LookupError):
    """A format reads a field that it does not name: a fault of the format."""


class Account:
    """What a format is given of one account: the fields that it names."""

    __slots__ = ("_named", "_values")

    def __init__(self, values: Mapping[str, Any], fields: tuple[Field[Any], ...]) -> None:
        self._named = frozenset(field.name for field in fields)
        self._values = {name: value for name, value in values.items() if name in self._named}

    def get(self, field: Field[T]) -> T | None:
        """The value of a field, or None where it is not known. Raises `NotAsked` for one that it does not name."""
        if field.name not in self._named:
            raise NotAsked(f"the format reads `{field.name}`, which is not among its fields")
        value: T | None = self._values.get(field.name)
        return value

    def __getitem__(self, field: Field[T]) -> T:
        value = self.get(field)
        if value is None:
            raise NotAsked(f"the format reads `{field.name}` as if it were required, and nobody stated it")
        return value

    def names(self) -> frozenset[str]:
        """The fields of which something is known."""
        return frozenset(name for name, value in self._values.items() if value is not None)


class Receiver(Struct, frozen=True):
    """Who takes accounts over, as the receiver's file has it."""

    name: str
    kind: str
    """`agency`, `law_firm`, `debt_buyer`, `court`, `bureau` or `debtor`."""
    settings: Mapping[str, Any]
    """The values of fields whose source is `receiver`, by name."""

    def get(self, field: Field[T]) -> T | None:
        """The value of a setting, or None."""
        value: T | None = self.settings.get(field.name)
        return value

    def __getitem__(self, field: Field[T]) -> T:
        value = self.get(field)
        if value is None:
            raise NotAsked(f"the format reads the setting `{field.name}` as if it were required")
        return value


def file_name(account: str) -> str:
    """The number of an account as the name of a file or folder: what a name cannot have is written as `%2F`."""
    name = quote(account, safe=" ()+,=@")
    return name.replace(".", "%2E") if set(name) <= {"."} else name


def debts_handed_over(account: Account) -> tuple[Invoice, ...]:
    """The debts of the account that go, without those that are only history. The format names `INVOICES`."""
    return tuple(debt for debt in account[INVOICES] if debt.handed_over)


def rulesets_asked(account: Account) -> str:
    """The rulesets that were asked, as `id@version` with blanks between. The format names `RULESETS`."""
    return " ".join(f"{used.id}@{used.version}" for used in account[RULESETS])


def _case(name: str, title: str, mend: str, kind: Kind = "text", *, personal: bool = False) -> Field[Any]:
    return Field(name, title, kind, "case", mend, personal)


def _act(name: str, title: str, kind: Kind = "text") -> Field[Any]:
    return Field(name, title, kind, "act")


ACCOUNT_ID: Final[Field[str]] = _case(
    "account.id", "the number of the account", "state `debtor: {id: ...}` in the case"
)
CURRENCY: Final[Field[str]] = _case(
    "account.currency", "one currency of all its debts", "state `currency` of each debt; one account has one currency"
)
AMOUNT: Final[Field[Decimal]] = _case(
    "account.amount", "the amount that is open", "state `amount` and `currency` of each debt", "money"
)
INVOICES: Final[Field[tuple[Invoice, ...]]] = _case(
    "account.invoices", "its debts", "state them under `debts` of the case", "records"
)
LEDGER: Final[Field[tuple[LedgerRow, ...]]] = _case(
    "account.ledger", "invoices and payments by day", "state `issued` and `invoiced` of each debt", "records"
)
DEBT_KIND: Final[Field[str]] = _case(
    "account.debt_kind", "one kind of all its debts", "hand consumer and commercial debts over apart"
)
OLDEST_DUE: Final[Field[date]] = _case(
    "account.oldest_due", "the day on which the oldest of its debts was due", "state `due` of each debt", "date"
)
NEWEST_DUE: Final[Field[date]] = _case(
    "account.newest_due", "the day on which the newest of its debts was due", "state `due` of each debt", "date"
)
LAST_PAYMENT_DAY: Final[Field[date]] = _case(
    "account.last_payment.day", "the day of the last payment", "state the `payment` events in the history", "date"
)
LAST_PAYMENT_AMOUNT: Final[Field[Decimal]] = _case(
    "account.last_payment.amount", "the last payment", "state the amount of the `payment` event", "money"
)
DOCUMENTS_HELD: Final[Field[tuple[str, ...]]] = _case(
    "account.documents", "the documents that the creditor holds", "state `documents` of each debt", "list"
)
CREDITOR_NAME: Final[Field[str]] = _case(
    "creditor.name", "the name of the creditor", "state `creditor: {name: ...}` in the case"
)
COLLECTOR_NAME: Final[Field[str]] = _case(
    "collector.name", "the name of who hands over", "state `collector: {name: ...}` in the case"
)
COLLECTOR_ROLE: Final[Field[str]] = _case("collector.role", "the role of who hands over", "state it in the case")
DEBTOR_NAME: Final[Field[str]] = _case(
    "debtor.name", "the name of the debtor", "state `debtor: {name: ...}` in the case", personal=True
)
DEBTOR_KIND: Final[Field[str]] = _case("debtor.kind", "who owes", "state `debtor: {kind: ...}` in the case")
CONTACT_PERSON: Final[Field[str]] = _case(
    "debtor.contact_person",
    "the person to speak to",
    "state `debtor: {contact_person: ...}` in the case",
    personal=True,
)
CUSTOMER_SINCE: Final[Field[date]] = _case(
    "debtor.customer_since", "since when the debtor is a customer", "state `debtor: {customer_since: ...}`", "date"
)
ADDRESSES: Final[Field[tuple[PostalAddress, ...]]] = _case(
    "debtor.addresses",
    "an address with a street and a town",
    "state `debtor: {addresses: [...]}`",
    "records",
    personal=True,
)
PHONES: Final[Field[tuple[str, ...]]] = _case(
    "debtor.phones", "a telephone number", "state `debtor: {endpoints: [{number: ...}]}`", "list", personal=True
)
EMAILS: Final[Field[tuple[str, ...]]] = _case(
    "debtor.emails", "an e-mail address", "state `debtor: {endpoints: [{email: ...}]}`", "list", personal=True
)
CONTACTS: Final[Field[tuple[ContactRow, ...]]] = _case(
    "history.contacts",
    "the contacts and events of the history",
    "state the `history` in the case",
    "records",
    personal=True,
)

CREDITOR_ADDRESS: Final[Field[PostalAddress]] = Field("creditor.address", "the address of the creditor", "address")
CREDITOR_REFERENCE: Final[Field[str]] = Field("creditor.reference", "the creditor's own number of the account")
ORIGINAL_CREDITOR: Final[Field[str]] = Field("original_creditor.name", "the name of the original creditor")
FIRST_NAME: Final[Field[str]] = Field("debtor.first_name", "the first name of the debtor", personal=True)
LAST_NAME: Final[Field[str]] = Field("debtor.last_name", "the last name of the debtor", personal=True)
BIRTH_DATE: Final[Field[date]] = Field("debtor.birth_date", "the date of birth of the debtor", "date", personal=True)
NATIONAL_ID: Final[Field[str]] = Field("debtor.national_id", "the national number of the debtor", personal=True)
ITEMIZATION_DATE: Final[Field[date]] = Field("itemization.date", "the itemization date", "date")
ITEMIZATION_BASIS: Final[Field[str]] = Field(
    "itemization.basis",
    "what the itemization date is",
    words=("last_statement", "charge_off", "last_payment", "transaction", "judgment"),
)
ITEMIZATION_BALANCE: Final[Field[Decimal]] = Field(
    "itemization.balance", "the balance on the itemization date", "money"
)
ITEMIZATION_INTEREST: Final[Field[Decimal]] = Field("itemization.interest", "the interest since that date", "money")
ITEMIZATION_FEES: Final[Field[Decimal]] = Field("itemization.fees", "the fees since that date", "money")
ITEMIZATION_CREDITS: Final[Field[Decimal]] = Field(
    "itemization.credits", "payments and credits since that date", "money"
)
ITEMIZATION_CURRENT: Final[Field[Decimal]] = Field(
    "itemization.current", "the current amount, where it is more than the open principal", "money"
)
ITEMIZATION: Final = (
    ITEMIZATION_DATE,
    ITEMIZATION_BASIS,
    ITEMIZATION_BALANCE,
    ITEMIZATION_INTEREST,
    ITEMIZATION_FEES,
    ITEMIZATION_CREDITS,
)
"""The lines by which the balance of a consumer's debt is reckoned."""

HANDED_OVER: Final[Field[date]] = _act("act.day", "the day on which it is handed over", "date")
ACT: Final[Field[str]] = _act("act.kind", "the act: place_with_agency, sell_debt, file_claim, ...")
PLACE: Final[Field[str]] = _act("act.jurisdiction", "the place whose law was asked")
DECISION: Final[Field[str]] = _act("decision.word", "the decision")
DECISION_ID: Final[Field[str]] = _act("decision.id", "the number of the decision")
APPROVED: Final[Field[Mapping[str, Any]]] = _act("decision.approved", "who answers for a review, and why", "records")
DECISION_RECORD: Final[Field[Mapping[str, Any]]] = _act("decision.record", "the whole verdict", "records")
RULESETS: Final[Field[tuple[RulesetVersion, ...]]] = _act(
    "decision.rulesets", "the rulesets that were asked", "records"
)
DOCUMENTS: Final[Field[Mapping[str, bytes]]] = _act("act.documents", "the documents that go with it", "records")

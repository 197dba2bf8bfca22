"""The fields that a column may become, and the statements that a file may need: each once, with what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIELDS: Final = """
account: number of the customer or account
name: who owes
company: the company of a person who is named beside it
contact_person: whom to write to there
email: e-mail address; several columns may hold one
phone: telephone number; several columns may hold one
line: line of the address; several columns may hold one
city: city
region: part of the country, by its code or name
postal_code: postal code
country: country, by its code or name
customer_since: first day as a customer
credit_limit: most that may stand open at once
invoice: number of the invoice as the customer knows it
invoice_key: number by which the system itself knows it, where that is another
issued: day of the invoice
due: day on which payment is due
terms_days: days to pay
days_past_due: days late on the day of the export, or on `as_of`
as_of: day on which the days late were counted
invoiced: what was invoiced
open: what is still open
amount: an amount of which the file does not say whether it is invoiced or open
paid: what was paid
line_total: amount of one line
currency: currency
status: status word
type: type of the row
paid_on: day of the last payment
disputed: whether it is disputed
order_number: the customer's order
debit_credit: side of the booking
id: id of the call or message; rows that share it are one
id_time: id in which the moment stands
at: moment
direction: who began
from: number or address that called or wrote
to: number or address that was called or written to
number: number of the debtor
address: e-mail address of the debtor
outcome: word for what came of it
detail: a second word for it
reason: a third word for it
talk: seconds of talk
channel: how
agent: who of the collector spoke
campaign: the campaign of which a contact was a part
reference: reference of a payment
"""

SEVERAL: Final = frozenset({"email", "phone", "line"})
"""Fields that may have several columns, all of which are taken."""

FIRST_FILLED: Final = frozenset({"name", "company", "contact_person", "at"})
"""Fields of which the first column that is filled in a row is taken; of others the first that the file has."""


def _table(text: str) -> Mapping[str, str]:
    return dict(line.split(": ", 1) for line in text.strip().splitlines())


FIELDS: Final[Mapping[str, str]] = _table(_FIELDS)


class Statement(Struct, frozen=True):
    """Something that a file cannot say, or does not: the question, what may be answered, and an example."""

    question: str
    example: str
    words: tuple[str, ...] = ()


REQUIRED_TO_BE_STATED: Final[Mapping[str, Statement]] = {
    "currency": Statement("in which currency are the amounts?", "USD"),
    "date_order": Statement(
        "in which order are day and month written: is 05/06/2026 the 5 June (dmy) or 6 May (mdy)?",
        "dmy",
        ("dmy", "mdy", "ymd"),
    ),
    "decimal_mark": Statement(
        "which mark stands before the cents: is 1.234 more than a thousand?", "point", ("point", "comma")
    ),
    "sign": Statement(
        "amounts below zero are there: are they credits to the customer?", "credits_negative", ("credits_negative",)
    ),
    "zone": Statement("on which clock are the times written, which tell no offset?", "America/New_York"),
    "amount_is": Statement(
        "is the amount of a row what is still open, or what was invoiced?", "open", ("open", "invoiced")
    ),
    "holds": Statement("does the export hold only what is open, or paid invoices too?", "open", ("open", "all")),
    "kind": Statement("are these debts of consumers or of businesses?", "commercial", ("consumer", "commercial")),
    "role": Statement(
        "who collects: the creditor itself, or another?",
        "creditor",
        ("creditor", "third_party", "debt_buyer", "law_firm", "servicer"),
    ),
    "jurisdiction": Statement(
        "where do the debtors live whose place the file does not tell? The country alone, where a column has the state",
        "US-TX",
    ),
    "phone_country": Statement("to which country do numbers without a country's code belong?", "US"),
    "channel": Statement("what was it: calls, texts, mails?", "phone", ("phone", "sms", "email", "letter")),
    "direction": Statement(
        "who began: the collector (outbound) or the debtor (inbound)?", "outbound", ("outbound", "inbound")
    ),
    "as_of": Statement("on which day were the days late counted?", "2026-11-20"),
    "debtor_kind": Statement("who owes?", "company", ("natural_person", "sole_trader", "company", "microentrepreneur")),
    "collector_name": Statement("what is the collector called, in letters?", "Fernbank Supply"),
    "creditor_name": Statement("what is the creditor called, in letters?", "Fernbank Supply"),
    "total": Statement("what is open in all, by the system's own report?", "25677.50"),
    "minor_units": Statement("are amounts whole cents, as 1050 for 10.50?", "yes", ("yes", "no")),
}
"""Every statement, by the word that a mapping writes under `states:` and a user after `--state`."""

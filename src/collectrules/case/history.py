"""What stands in the history of a case: contacts, and events that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.case import terms
from collectrules.case.consistency import SomeTime
from collectrules.case.declaring import (
    ALL_DEBTS,
    LAWFUL,
    NO,
    NONE,
    SAYS_NONE,
    UNKNOWN,
    YES,
    Facts,
    declared,
    fact,
    read_as,
    required,
    same_as,
    usually,
)
from collectrules.case.events import EVENT, EVENT_KEYS
from collectrules.case.keys import Absence, Either
from collectrules.case.keys_together import KeysByWord, Needs, Refusal, Repeated, Sides
from collectrules.case.law_facts import FactsOfLaws
from collectrules.case.sayings import SAID_ONCE, Claim, Threat, folded
from collectrules.case.several import Several

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from decimal import Decimal

AMOUNT_NEEDS_CURRENCY: Final = Needs("amount", ("currency",), "write its code beside it: currency: USD")


@declared("period", "a period", [SomeTime()])
class Period(Facts):
    """Times of a week, or places, that the debtor called good or bad."""

    days: tuple[str, ...] | None = fact(Several(terms.DAY, least=1), "days of the week", SAYS_NONE)
    from_: int | None = fact(terms.TIME, "start, inclusive", SAYS_NONE)
    to: int | None = fact(terms.TIME, "end, exclusive; '24:00' = midnight; before `from`: on the next day", SAYS_NONE)
    until: date | None = fact(terms.DATE, "last day, inclusive", SAYS_NONE)
    places: tuple[str, ...] | None = fact(Several(terms.PLACE), "only at these places", SAYS_NONE)
    source: str | None = fact(terms.SOURCE_OF_KNOWLEDGE, "how the collector knows", SAYS_NONE)


@declared("consent", "a consent")
class Consent(Facts):
    """What the debtor agreed to in a contact."""

    calls: bool | None = fact(terms.TRUTH, "may call", SAYS_NONE)
    email: str | None = fact(terms.ENDPOINT_ID, "may use this address", SAYS_NONE)
    sms: str | None = fact(terms.ENDPOINT_ID, "may text this number", SAYS_NONE)
    endpoint: str | None = fact(terms.ENDPOINT_ID, "only on this number", SAYS_NONE)
    third_party: str | None = fact(terms.PERSON, "may talk to this person", SAYS_NONE)
    debts: tuple[str, ...] | None = fact(Several(terms.DEBT_REF), "only for these", SAYS_NONE)
    only_on: date | None = fact(terms.DATE, "only on this day", SAYS_NONE)
    until: date | None = fact(terms.DATE, "last day, inclusive", SAYS_NONE)
    times: tuple[Period, ...] | None = fact(Several(Period.KEYS), "only at these times", SAYS_NONE)


@declared("contact", "a contact", [Sides(), Repeated(), *SAID_ONCE], fold=folded)
class Contact(Facts):
    """Something in the history that one side said or sent to another, or tried to."""

    at: date | datetime = required(terms.AT, "when")
    channel: str = required(terms.CHANNEL, "how")
    direction: str = required(terms.DIRECTION, "who started it")
    outcome: str | None = fact(terms.OUTCOME, "what came of it", Absence("excludes", ("busy", "not_in_service")))
    times: int | None = fact(
        terms.NUMBER,
        "N equal contacts on that day; only with a bare date in `at`; before any other entry or action of the day "
        "that has a clock time",
        usually(1, structural=True),
    )
    debts: tuple[str, ...] | None = fact(Several(terms.DEBT_REF), "debts it was about or is counted to", ALL_DEBTS)
    to: str | None = fact(terms.RECIPIENT, "outbound: to whom", usually("debtor"))
    from_: str | None = fact(terms.RECIPIENT, "inbound: from whom", usually("debtor"))
    person: str | None = fact(terms.PERSON, "the particular third party", SAYS_NONE)
    by: str | None = fact(terms.BY, "who made it", usually("collector"))
    endpoint: str | None = fact(terms.ENDPOINT_ID, "number or address used", UNKNOWN)
    place: str | None = fact(terms.PLACE, "place of the number, address or visit", UNKNOWN)
    kind: str | None = fact(terms.KIND_CONTACT, "respond = answer to the debtor", usually("contact"))
    purpose: str | None = fact(terms.PURPOSE, "purpose", usually("collection"))
    required_by: str | None = fact(terms.TEXT, "law that requires it", NONE)
    content: tuple[str, ...] | None = fact(
        Several(terms.CONTENT, empty_says_none=True), "all content that matters", LAWFUL
    )
    says: tuple[str, ...] | None = read_as(
        "content", Several(terms.SAYS, empty_says_none=True), "in place of `content`: what it says, and no more"
    )
    claims: tuple[Claim, ...] | None = read_as(
        "content", Several(Claim.KEYS), "beside `says`: what it claims somebody or something to be"
    )
    threatens: tuple[Threat, ...] | None = read_as("content", Several(Threat.KEYS), "beside `says`: what it announces")
    unclear: tuple[str, ...] | None = read_as(
        "content", Several(terms.CONTENT), "words of `content` of which it is not known whether it says them"
    )
    omits: tuple[str, ...] | None = fact(Several(terms.OMITS), "a duty left out", NONE)
    first_contact: bool | None = fact(terms.TRUTH, "the first contact about the debt", NO)
    consented: bool | None = fact(terms.TRUTH, "the debtor had agreed to this contact beforehand", NO)
    voicemail_available: bool | None = fact(terms.TRUTH, "a message could have been left", UNKNOWN)
    automated: bool | None = fact(terms.TRUTH, "sent by a machine", NO)
    ended: str | None = fact(terms.ENDED, "how it ended", NONE)
    requested_recontact: bool | None = fact(terms.TRUTH, "the person asked to be contacted again", NO)
    debtor_said: tuple[str, ...] | None = fact(Several(terms.DEBTOR_SAID), "what the debtor said", NONE)
    consent: Consent | None = fact(Consent.KEYS, "consent the debtor gave in this contact", SAYS_NONE)
    counted_to: str | None = fact(terms.DEBT_REF, "debt to which a talk about nothing particular is counted", SAYS_NONE)
    intended_debts: tuple[str, ...] | None = fact(
        Several(terms.DEBT_REF), "what the collector meant to talk about (does not decide)", SAYS_NONE
    )
    discussed_debts: tuple[str, ...] | None = fact(
        Several(terms.DEBT_REF, empty_says_none=True),
        "what was talked about; empty list = nothing particular",
        same_as("debts", structural=True),
    )
    raised_by: Mapping[str, str] | None = fact(terms.WHO_RAISED, "who raised each debt", SAYS_NONE)
    agent: str | None = fact(terms.TEXT, "who of the collector made it (never decides)", SAYS_NONE)
    campaign: str | None = fact(terms.TEXT, "the campaign of which it was a part (never decides)", SAYS_NONE)
    facts: Mapping[str, Any] | None = fact(FactsOfLaws("contact"), "facts that a law declares", SAYS_NONE)


@declared(
    "event",
    "an event",
    [AMOUNT_NEEDS_CURRENCY, KeysByWord("event", ("at", "event", "facts"), EVENT_KEYS), Refusal(), SomeTime()],
)
class Event(Facts):
    """Something in the history that is no contact."""

    at: date | datetime = required(terms.AT, "when")
    event: str = required(EVENT, "what happened")
    channel: str | None = fact(terms.CHANNEL, "how it came or went", UNKNOWN)
    form: str | None = fact(terms.FORM, "form", usually("written"))
    scope: str | None = fact(terms.EVENT_SCOPE, "how far it reaches", NONE)
    endpoint: str | None = fact(terms.ENDPOINT_ID, "number or address", UNKNOWN)
    place: str | None = fact(terms.PLACE, "place", NONE)
    places: tuple[str, ...] | None = fact(Several(terms.PLACE), "places", NONE)
    person: str | None = fact(terms.PERSON, "third party", SAYS_NONE)
    days: tuple[str, ...] | None = fact(Several(terms.DAY, least=1), "days", NONE)
    from_: int | None = fact(terms.TIME, "", NONE)
    to: int | None = fact(terms.TIME, "", NONE)
    words: str | None = fact(terms.WORDS, "words used", NONE)
    debts: tuple[str, ...] | None = fact(Several(terms.DEBT_REF), "debts concerned", ALL_DEBTS)
    by: str | None = fact(terms.BY, "who did it", NONE)
    certified: bool | None = fact(terms.TRUTH, "certified mail", NO)
    signed: bool | None = fact(terms.TRUTH, "signed by the debtor", NO)
    amount: Decimal | None = fact(terms.MONEY, "amount, of a plan that of each payment", UNKNOWN)
    currency: str | None = fact(terms.CURRENCY, "with `amount`", NONE)
    asks_to_be_sued: bool | None = fact(terms.TRUTH, "the debtor disputes and asks to be sued", NO)
    same_as_earlier: bool | None = fact(terms.TRUTH, "repeats an earlier dispute", NO)
    free_of_charge: bool | None = fact(terms.TRUTH, "costs the debtor nothing", YES)
    thirty_day_warning: bool | None = fact(terms.TRUTH, "the invoice warns of default after 30 days", UNKNOWN)
    combined: bool | None = fact(terms.TRUTH, "part of a longer message, clear and conspicuous", NO)
    promised_for: date | None = fact(terms.DATE, "day on which is to be paid, the first of several", NONE)
    instalments: int | None = fact(terms.NUMBER, "how many payments", NONE)
    every_days: int | None = fact(terms.NUMBER, "days from one payment to the next", NONE)
    stage: str | None = fact(terms.TEXT, "stage of the collections policy", NONE)
    step: str | None = fact(terms.TEXT, "step of that stage", NONE)
    facts: Mapping[str, Any] | None = fact(FactsOfLaws("event"), "facts that a law declares", SAYS_NONE)


ENTRY: Final = Either("history", "event", Event.KEYS, Contact.KEYS)
"""What may stand in a history: an event where it has the key, else a contact."""

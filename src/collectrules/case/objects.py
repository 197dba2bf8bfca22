"""The objects of a case: what the law is asked about, with the names of the case file.

A key that is absent is None, never a default: what an absent fact means is a legal matter. It stands beside the fact,
is settled elsewhere, and every verdict lists where it mattered.

Types: a day is `date`; a moment is `datetime`, without an offset on the clock of the debtor; a clock time is whole
minutes after midnight, 24:00 being 1440; amounts and rates are `Decimal`; a list is a tuple. The key `from` is `from_`.
"""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from collectrules.case import terms
from collectrules.case.addresses import Address, Attorney, Endpoint
from collectrules.case.consistency import HasPlace, KnownEndpoints, PastBeforeAct
from collectrules.case.contact_points import contact_point
from collectrules.case.country_meant import CountryMeant
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
from collectrules.case.expectations import Expect, Value
from collectrules.case.history import AMOUNT_NEEDS_CURRENCY, ENTRY, Consent, Contact, Event, Period
from collectrules.case.jurisdictions import places
from collectrules.case.keys import Absence
from collectrules.case.keys_together import ActionHasDecision, AtLeastOne, AtMostOne, Needs, OwnIds
from collectrules.case.law_facts import FactsOfLaws
from collectrules.case.sayings import SAID_ONCE, Claim, Threat, folded
from collectrules.case.settings import in_action, in_case
from collectrules.case.several import Several
from collectrules.case.texts import NO_FIGURE, NoFigure
from collectrules.ground.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

__all__ = [
    "NO_FIGURE",
    "Action",
    "Address",
    "Ask",
    "AssumedName",
    "Attorney",
    "Case",
    "CaseFile",
    "Claim",
    "Collector",
    "Consent",
    "Contact",
    "Creditor",
    "Debt",
    "Debtor",
    "Endpoint",
    "Event",
    "Expect",
    "Licence",
    "NoFigure",
    "OptOut",
    "Period",
    "Threat",
    "Value",
]

_NO_UNLESS_NOTHING_IS_OPEN: Final = Absence("unless", False, ("amount", Decimal("0.00")))  # noqa: FBT003  what is taken
_NO_UNLESS_ATTORNEY_STATED: Final = Absence("when", False, ("attorney", None))  # noqa: FBT003  what is taken
_IF_AGENCY: Final = Absence("when", True, ("role", "third_party"), structural=True)  # noqa: FBT003  what is taken
"""Structural: who is called an agency collects for others, however much else is not known."""


@declared("licence", "a licence")
class Licence(Facts):
    """A licence or registration that the collector holds."""

    place: str = required(terms.JURISDICTION, "where it holds")
    number: str | None = fact(terms.TEXT, "number on it", NONE)


@declared("collector", "the collector")
class Collector(Facts):
    """Who acts."""

    role: str = required(terms.ROLE, "who acts")
    name: str | None = fact(terms.TEXT, "its name, for letters (never decides)", NONE)
    licences: tuple[Licence, ...] | None = fact(Several(Licence.KEYS), "licences that it holds (do not decide)", NONE)
    name_used: str | None = fact(terms.NAME_USED, "name in which a creditor collects", usually("own"))
    principal_purpose_collection: bool | None = fact(terms.TRUTH, "collecting debts is its main business", _IF_AGENCY)
    collects_for_others: bool | None = fact(terms.TRUTH, "collects for others at all", _IF_AGENCY)
    regularly_collects_for_others: bool | None = fact(terms.TRUTH, "collects for others regularly", _IF_AGENCY)
    obtained_before_default: bool | None = fact(terms.TRUTH, "took the debt over before it was in default", NO)
    only_for_affiliates: bool | None = fact(terms.TRUTH, "collects only for its group", NO)
    official_duty: bool | None = fact(terms.TRUTH, "acts in official duty", NO)
    licensed: bool | None = fact(terms.TRUTH, "has the licence or registration which the place asks for", YES)
    regulated: str | None = fact(terms.REGULATED, "supervision that brings special collection rules", NONE)
    time_zone: str | None = fact(terms.ZONE, "where the collector sits (never decides)", NONE)
    facts: Mapping[str, Any] | None = fact(FactsOfLaws("collector"), "facts that a law declares", SAYS_NONE)


@declared("creditor", "the creditor")
class Creditor(Facts):
    """To whom the debt is owed."""

    name: str | None = fact(terms.TEXT, "its name, for letters (never decides)", NONE)
    kind: str | None = fact(terms.PERSON_KIND, "who claims", usually("company"))
    size: str | None = fact(terms.CREDITOR_SIZE, "size class", NONE)
    employees: int | None = fact(terms.NUMBER, "highest number of employees in the last 12 months", UNKNOWN)
    regularly_extends_credit: bool | None = fact(terms.TRUTH, "regularly sells or lends on credit", NO)
    locations_in_district: int | None = fact(
        terms.NUMBER, "long-standing places of business in the court district", usually(1)
    )
    small_claims_filed_this_year: int | None = fact(
        terms.NUMBER, "small claims already filed this calendar year", UNKNOWN
    )
    small_claims_filed_this_month: int | None = fact(terms.NUMBER, "the same for this calendar month", UNKNOWN)
    facts: Mapping[str, Any] | None = fact(FactsOfLaws("creditor"), "facts that a law declares", SAYS_NONE)


@declared(
    "debt", "a debt", [AMOUNT_NEEDS_CURRENCY, Needs("invoiced", ("currency",)), Needs("paid_before", ("invoiced",))]
)
class Debt(Facts):
    """One debt."""

    id: str = required(terms.DEBT_ID, "number or name of it, as on its invoice")
    kind: str = required(terms.DEBT_KIND, "consumer or commercial")
    type: str | None = fact(terms.DEBT_TYPE, "what it is for", NONE)
    amount: Decimal | None = fact(terms.MONEY, "open principal, without interest and costs", UNKNOWN)
    currency: str | None = fact(terms.CURRENCY, "ISO 4217; required with `amount`", NONE)
    invoiced: Decimal | None = fact(terms.MONEY, "what was invoiced, before payments (never decides)", NONE)
    paid_before: Decimal | None = fact(
        terms.MONEY, "of `invoiced` what was paid or credited on days that are not recorded (never decides)", NONE
    )
    issued: date | None = fact(terms.DATE, "day of the invoice (never decides)", NONE)
    terms_days: int | None = fact(terms.NUMBER, "days to pay that the invoice gives (never decides)", NONE)
    order_number: str | None = fact(terms.TEXT, "the customer's order (never decides)", NONE)
    documents: tuple[str, ...] | None = fact(
        Several(terms.DOCUMENT, empty_says_none=True), "papers at hand (never decides)", NONE
    )
    attorney_fees: Decimal | None = fact(terms.MONEY, "attorney fees claimed on top", NONE)
    costs: Decimal | None = fact(
        terms.MONEY, "costs that are owed on top, as of collection or of a claim; payments may go to them first", NONE
    )
    contract: str | None = fact(terms.CONTRACT_FORM, "form of the contract", UNKNOWN)
    due: date | None = fact(terms.DATE, "day on which payment was due", UNKNOWN)
    in_default_since: date | None = fact(
        terms.DATE,
        "day of breach or default; limitation runs from here, or from `due` where this is absent",
        same_as("due"),
    )
    accepted_on: date | None = fact(terms.DATE, "day on which goods or services were accepted", NONE)
    agreed_days: int | None = fact(terms.NUMBER, "agreed payment term in days from acceptance", NONE)
    account_number: str | None = fact(terms.TEXT, "current account number", NONE)
    account_number_when_obtained: str | None = fact(
        terms.TEXT, "number when this collector got the debt", same_as("account_number")
    )
    time_barred: bool | None = fact(terms.TRUTH, "limitation period has run (given as a fact)", NO)
    time_to_sue: str | None = fact(terms.TIME_TO_SUE, "what its dates say of the limitation period; computed", NONE)
    disputed: bool | None = fact(terms.TRUTH, "the debtor disputes it", NO)
    paid: bool | None = fact(terms.TRUTH, "paid", _NO_UNLESS_NOTHING_IS_OPEN)
    settled: bool | None = fact(terms.TRUTH, "settled", NO)
    discharged: bool | None = fact(terms.TRUTH, "discharged in bankruptcy", NO)
    secured_enforceable_lien: bool | None = fact(terms.TRUTH, "secured by an enforceable lien", NO)
    judgment: bool | None = fact(terms.TRUTH, "there is a judgment", NO)
    identity_theft_notified: bool | None = fact(terms.TRUTH, "notice that identity theft caused it", NO)
    facts: Mapping[str, Any] | None = fact(FactsOfLaws("debt"), "facts that a law declares", SAYS_NONE)


@declared("debtor", "the debtor", [Needs("credit_limit", ("credit_currency",))])
class Debtor(Facts):
    """Facts about the debtor that the collector knows."""

    id: str | None = fact(terms.CASE_ID, "number of the account or customer (never decides)", NONE)
    name: str | None = fact(terms.TEXT, "their name, for letters (never decides)", NONE)
    addresses: tuple[Address, ...] | None = fact(
        Several(Address.KEYS), "where they live, work or take letters: the laws of all these places apply", NONE
    )
    time_zone: str | tuple[str, ...] | None = fact(
        terms.ZONES, "IANA zone where the debtor is; a list: zones the information points to (then use `at_tz`)", NONE
    )
    language: str | None = fact(terms.LANGUAGE, "the language in which to write to them (never decides)", NONE)
    contact_person: str | None = fact(terms.TEXT, "whom to write to there (never decides)", NONE)
    customer_since: date | None = fact(terms.DATE, "first day as a customer (never decides)", NONE)
    worth: str | None = fact(terms.WORTH, "what the customer is worth to the creditor (never decides)", NONE)
    credit_limit: Decimal | None = fact(terms.MONEY, "most that may stand open at once (never decides)", NONE)
    credit_currency: str | None = fact(terms.CURRENCY, "with `credit_limit`", NONE)
    kind: str | None = fact(terms.PERSON_KIND, "who owes", Absence("if_consumer", "natural_person"))
    guarantor: bool | None = fact(terms.TRUTH, "owes as guarantor", NO)
    natural_person_guarantor: bool | None = fact(
        terms.TRUTH, "a natural person guarantees the debt of this company", NO
    )
    location_known_from_debtor: bool | None = fact(
        terms.TRUTH, "the debtor told where they are: beats area code and address", NO
    )
    convenient: tuple[Period, ...] | None = fact(Several(Period.KEYS), "times the debtor called good", NONE)
    inconvenient: tuple[Period, ...] | None = fact(
        Several(Period.KEYS),
        "times and places the debtor called bad (state before any convenience_restored event)",
        NONE,
    )
    endpoints: tuple[Endpoint, ...] | None = fact(Several(Endpoint.KEYS), "known numbers and addresses", NONE)
    represented_by_attorney: bool | None = fact(
        terms.TRUTH, "the collector knows of an attorney for the debt", _NO_UNLESS_ATTORNEY_STATED
    )
    attorney: Attorney | None = fact(Attorney.KEYS, "about that attorney", NONE)
    employer_prohibits: bool | None = fact(
        terms.TRUTH, "the collector knows or should know that the employer forbids such contact", NO
    )
    deceased: bool | None = fact(terms.TRUTH, "dead", NO)
    minor: bool | None = fact(terms.TRUTH, "under age", NO)
    successor_confirmed: bool | None = fact(terms.TRUTH, "there is a confirmed successor in interest", NO)
    offered_payment_date: date | None = fact(terms.DATE, "the debtor offered, reasonably, to pay on this day", NONE)
    facts: Mapping[str, Any] | None = fact(FactsOfLaws("debtor"), "facts that a law declares", SAYS_NONE)


@declared("opt_out", "the opt-out")
class OptOut(Facts):
    """The way out of further messages that a message offers."""

    method: str = required(terms.OPT_OUT_METHOD)
    requires: str | None = fact(terms.REQUIRED_FACT, "what else is asked for", NONE)


@declared("assumed_name", "the assumed name")
class AssumedName(Facts):
    """The alias of an agent."""

    consistent: bool | None = fact(terms.TRUTH, "always used by one agent", NONE)
    identifiable: bool | None = fact(terms.TRUTH, "the firm can tell who used it", NONE)


@declared("action", "the action", [AMOUNT_NEEDS_CURRENCY, *SAID_ONCE], in_action, folded)
class Action(Facts):
    """What the collector is about to do."""

    direction: ClassVar[Literal["outbound"]] = "outbound"  # an act is always the collector's own

    kind: str = required(terms.ACTION_KIND, "what")
    at: date | datetime = required(terms.AT, "moment of placing the call, sending, or doing it")
    at_tz: str | None = fact(terms.ZONE, "zone of `at` if it is not debtor.time_zone", SAYS_NONE)
    channel: str | None = fact(terms.CHANNEL, "how", UNKNOWN)
    to: str | None = fact(terms.RECIPIENT, "to whom", usually("debtor"))
    person: str | None = fact(terms.PERSON, "the particular third party", SAYS_NONE)
    debts: tuple[str, ...] | None = fact(Several(terms.DEBT_REF), "debts it is about or counted to", ALL_DEBTS)
    intended_debts: tuple[str, ...] | None = fact(
        Several(terms.DEBT_REF), "what the collector means to talk about (does not decide)", SAYS_NONE
    )
    endpoint: str | None = fact(terms.ENDPOINT_ID, "number or address used", UNKNOWN)
    place: str | None = fact(terms.PLACE, "place of the number, address or visit", UNKNOWN)
    known_place: str | None = fact(terms.PLACE, "the collector knows that the debtor is there", UNKNOWN)
    same_call: bool | None = fact(terms.TRUTH, "inside a call already under way: no new call", NO)
    leaves_voicemail: bool | None = fact(terms.TRUTH, "leaves a voicemail", NO)
    heard_by: tuple[str, ...] | None = fact(Several(terms.HEARD_BY), "who else may hear it", NONE)
    visible_to: str | None = fact(terms.VISIBLE_TO, "who sees a public post", NONE)
    known_shared: bool | None = fact(terms.TRUTH, "the voicemail box is known to be shared", NO)
    automated: bool | None = fact(terms.TRUTH, "sent by a machine", NO)
    requested_by_debtor: bool | None = fact(terms.TRUTH, "the debtor asked for this contact", NO)
    queued_at: date | datetime | None = fact(terms.AT, "put in the queue (does not decide)", NONE)
    received_at: date | datetime | None = fact(terms.AT, "arrives or is opened (does not decide)", NONE)
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
    opt_out: OptOut | None = fact(OptOut.KEYS, "the opt-out offered", NONE)
    languages: tuple[str, ...] | None = fact(Several(terms.LANGUAGE), "languages used", usually(("en",)))
    disclosure_languages: tuple[str, ...] | None = fact(
        Several(terms.LANGUAGE), "languages of the disclosure", same_as("languages")
    )
    assumed_name: AssumedName | None = fact(AssumedName.KEYS, "alias of the agent", NONE)
    profile: str | None = fact(terms.PROFILE, "profile used on a platform", usually("true_name"))
    envelope: tuple[str, ...] | None = fact(Several(terms.ENVELOPE), "what the envelope shows", NONE)
    purpose_concealed: bool | None = fact(terms.TRUTH, "its purpose is hidden", NO)
    tactic: str | None = fact(terms.TACTIC, "name of the practice in the rule data, besides the plain `kind`", NONE)
    amount: Decimal | None = fact(terms.MONEY, "amount charged", NONE)
    contract_authorizes: bool | None = fact(terms.TRUTH, "the contract allows it", NO)
    intends_to_act: bool | None = fact(terms.TRUTH, "present intent to do what is announced", UNKNOWN)
    currency: str | None = fact(terms.CURRENCY, "with `amount`", NONE)
    marked_disputed: bool | None = fact(terms.TRUTH, "reported as disputed", NONE)
    transferee: str | None = fact(terms.TRANSFEREE, "who gets the debt", NONE)
    reason: str | None = fact(terms.TRANSFER_REASON, "why it is transferred", NONE)
    claim_type: str | None = fact(terms.CLAIM_TYPE, "kind of suit", usually("contract"))
    collector_believes_time_barred: bool | None = fact(terms.TRUTH, "what the collector believes", NONE)
    court_id: str | None = fact(terms.TEXT, "court or procedure chosen, id of the court data", NONE)
    court: str | None = fact(terms.TEXT, "court chosen, where it has no id", NONE)
    court_answer: str | None = fact(
        terms.COURT_ANSWER, "what the court chosen says to this claim, by the limits of its place; computed", NONE
    )
    account_of: str | None = fact(terms.ACCOUNT_OF, "whose account is to be paid into", usually("creditor"))
    reminder_number: int | None = fact(terms.NUMBER, "which reminder", NONE)
    prior_collector_itemization_date: str | None = fact(terms.ITEMIZATION_DATE, "", NONE)
    translation_source: str | None = fact(terms.TRANSLATION_SOURCE, "", NONE)
    facts: Mapping[str, Any] | None = fact(FactsOfLaws("action"), "facts that a law declares", SAYS_NONE)


@declared("ask", "the question", [AMOUNT_NEEDS_CURRENCY])
class Ask(Facts):
    """A question without an action."""

    what: str = required(terms.WHAT, "the question")
    at: date | None = fact(terms.DATE, "date for which it is asked (filing date, computing date)", NONE)
    amount: Decimal | None = fact(terms.MONEY, "amount claimed, if not the sum of the debts", UNKNOWN)
    currency: str | None = fact(terms.CURRENCY, "with `amount`", NONE)
    interest_from: date | None = fact(terms.DATE, "first day of interest", NONE)
    interest_to: date | None = fact(terms.DATE, "last day of interest, inclusive", NONE)
    parties_consent: bool | None = fact(terms.TRUTH, "both parties agree in writing to the procedure", NO)
    represented_by: str | None = fact(terms.REPRESENTED_BY, "who appears for the creditor", UNKNOWN)
    court_id: str | None = fact(terms.TEXT, "the court the creditor has in mind", NONE)
    fee_case: str | None = fact(terms.FEE_CASE, "which fee case", NONE)
    law: str | None = fact(terms.TEXT, "name of the act asked about", NONE)


CASE_RULES: Final = (
    AtMostOne(("action", "ask")),
    AtLeastOne(("action", "ask"), beside="expect"),
    ActionHasDecision(),
    OwnIds("debt id", ("debts",)),
    OwnIds("endpoint id", ("debtor", "endpoints")),
    OwnIds("number or address", ("debtor", "endpoints"), contact_point, "one endpoint is for every channel: keep one"),
    HasPlace(),
    CountryMeant(),
    PastBeforeAct(),
    KnownEndpoints(),
)


@declared("case", "a case", CASE_RULES, in_case)
class Case(Facts):
    """One case: who collects what from whom, what happened before, and an act, a question, or nothing: an account."""

    id: str | None = fact(terms.CASE_ID, "unique")
    story: str | None = fact(terms.TEXT, "one or two sentences for a person")
    rule: str | None = fact(terms.TEXT, "the law that decides, as a citation")
    rule_also: str | None = fact(terms.TEXT, "a second rule that is needed")
    cite: str | None = fact(terms.TEXT, "where the case comes from, if that is not `rule` (a comment, an example)")
    source: str | None = fact(terms.SOURCE, "how the case was made")
    confidence: str | None = fact(terms.CONFIDENCE, "belief that the expected answer is right")
    contested: bool | None = fact(
        terms.TRUTH, "the wording supports two answers, or the answer is in doubt: reported apart"
    )
    note: str | None = fact(terms.TEXT, "remark for the tester")
    jurisdiction: str = fact(  # type: ignore[assignment]  # one that was read has one
        terms.JURISDICTION,
        "ISO 3166-1, ISO 3166-2 part, city; the laws of the debtor's addresses apply too, and alone where it is "
        "absent; without both those of the debtor's numbers",
    )
    applicable_law: tuple[str, ...] | None = fact(
        Several(terms.JURISDICTION, least=1), "only the law of these, and of their parents, is asked", NONE
    )
    collector: Collector = required(Collector.KEYS, "who acts")
    creditor: Creditor | None = fact(Creditor.KEYS, "to whom the debt is owed, where it matters")
    record: Literal["complete", "partial"] | None = fact(
        terms.RECORD,
        "complete: what is not in the record did not happen (section 3 holds); partial: an absent fact that could "
        "make the answer stricter is unknown",
    )
    records: Mapping[str, str] | None = fact(
        terms.RECORDS, "groups of the record that are whole, as `record: complete` says of all; or partial", SAYS_NONE
    )
    checked_at: Mapping[str, date] | None = fact(
        terms.CHECKED_AT, "the day on which a group was looked through, and all that was found written down", SAYS_NONE
    )
    debts: tuple[Debt, ...] = required(
        Several(Debt.KEYS, least=1), "all debts of this debtor which this collector collects; no other debt exists"
    )
    debtor: Debtor | None = fact(Debtor.KEYS, "facts about the debtor that the collector knows")
    history: tuple[Contact | Event, ...] | None = fact(
        Several(ENTRY, most="entries", empty_says_none=True),
        "what happened before, oldest first; what is not listed did not happen",
    )
    action: Action | None = fact(Action.KEYS, "what the collector is about to do")
    ask: Ask | None = fact(Ask.KEYS, "a question without an action")
    expect: Expect | None = fact(Expect.KEYS, "the right answer")
    facts: Mapping[str, Any] | None = fact(FactsOfLaws("case"), "facts that a law declares", SAYS_NONE)
    place: Place | None = field(default=None, compare=False)  # where it stands
    format_version: int | None = field(default=None, compare=False)  # of its file; None: the first
    placed_by_numbers: bool | None = field(default=None, compare=False)  # it follows from numbers; None: no
    was_read: ClassVar[bool] = False  # as it was read, and so without a fault; not what Python code made of it
    read_for: ClassVar[object] = None  # the declared facts against which its own were held, where they are known

    @property
    def stands_at(self) -> Place:
        """Where a person finds the case: its place in a file, else its id."""
        return self.place or Place(self.id or "case")

    def wrong(self, code: str, message: str, remedy: str) -> InvalidInput:
        """Why something cannot be done with the case."""
        return InvalidInput([Problem(self.stands_at, code, message, remedy)])

    @property
    def is_account(self) -> bool:
        """Is it an account alone, of which nothing is asked?"""
        return self.action is None and self.ask is None

    @property
    def whole(self) -> bool:
        """Whether the record is whole, so that what is not in it did not happen. A test says so by its `expect`."""
        return self.record == "complete" if self.record is not None else self.expect is not None

    @property
    def places(self) -> tuple[str, ...]:
        """The places whose law applies: that which is stated, those of the debtor's addresses, else of the numbers."""
        debtor = self.debtor
        addresses, endpoints = (debtor.addresses, debtor.endpoints) if debtor is not None else (None, None)
        stated = None if self.placed_by_numbers and debtor is not None else self.jurisdiction
        return places(stated, addresses or (), endpoints or ())

    @property
    def only_law(self) -> tuple[str, ...]:
        """The jurisdictions whose law alone is asked; none: that of `jurisdiction`, and of what lies in it.

        A test of the first version of the format that names a country means the law of the country.
        """
        if self.applicable_law is not None:
            return self.applicable_law
        of_version_1 = self.expect is not None and self.format_version in (None, 1)
        return (self.jurisdiction,) if of_version_1 and "-" not in self.jurisdiction else ()

    def to_mapping(self) -> dict[str, object]:
        """Return the case as it stands in a JSON file; `case_from_mapping` gives the same case again."""
        written: dict[str, object] = Case.KEYS.write(self)  # type: ignore[assignment]  # a case has keys
        if self.placed_by_numbers:
            del written["jurisdiction"]
        return written

    def to_versioned_mapping(self) -> dict[str, object]:
        """Return the case as it stands alone in a file: with the version of its format first, where one was stated."""
        version = {"version": self.format_version} if self.format_version is not None else {}
        return {**version, **self.to_mapping()}


def _located(make: Callable[[dict[str, Any]], Case]) -> Callable[[dict[str, Any]], Case]:
    """What makes a case, with the jurisdiction that follows from an address or a number where none is stated."""

    def made(stated: dict[str, Any]) -> Case:
        if "jurisdiction" in stated:
            return make(stated)
        debtor = stated["debtor"]
        own = places(None, debtor.addresses or (), debtor.endpoints or ())
        case = make({**stated, "jurisdiction": own[0]})
        if own != places(None, debtor.addresses or ()):
            vars(case)["placed_by_numbers"] = True
        return case

    return made


Case.KEYS.make = _located(Case.KEYS.make)


@declared("file", "a case file", [OwnIds("case id", ("cases",))])
class CaseFile(Facts):
    """The cases of one file, and what stands above them. `path` is what messages call the file."""

    version: int | None = fact(terms.VERSION, "format version")
    suite: str | None = fact(terms.TEXT, "name of the set")
    source: str | None = fact(terms.TEXT, "where the set comes from")
    as_of: date | None = fact(terms.DATE, "date of the law that was read; stands for `at` where a question has none")
    record: Literal["complete", "partial"] | None = fact(
        terms.RECORD,
        "complete: what is not in the record did not happen (section 3 holds); partial: an absent fact that could "
        "make the answer stricter is unknown",
    )
    cases: tuple[Case, ...] = required(Several(Case.KEYS, least=1, most="entries"), "the cases")
    path: str = ""

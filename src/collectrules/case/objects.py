"""The case: what the law is asked about, as Python objects with the names of the case file.

A key that is absent is None, never a default: what an absent fact means is a legal matter and is settled, and listed,
elsewhere. The vocabulary itself is in `case.schema.json`; nothing becomes a `Case` that the schema refuses.

Types: a day is `date`; a moment is `datetime`, without an offset on the clock of the debtor; a clock time is whole
minutes after midnight, 24:00 being 1440; amounts and rates are `Decimal`; a list is a tuple. The key `from` is `from_`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields, replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, ClassVar, Final, Literal, NoReturn, TypeVar, dataclass_transform

from collectrules.case import schema as case_schema
from collectrules.ground import money, source
from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.ground.source import Listing, Node, Scalar, Table

T = TypeVar("T")


class NoFigure(Enum):
    """The answer that no figure may be given: `null` in a file, which is not the same as an absent key."""

    NO_FIGURE = "no figure may be given"


NO_FIGURE: Final = NoFigure.NO_FIGURE


class _Facts:
    """What the classes of a case share: frozen, equal by value, and shown without the keys that are absent.

    The methods which `dataclass` writes for some three hundred fields would be most of the start of the command line.
    """

    __slots__ = ()

    def __init__(self, **values: Any) -> None:
        defaults = _defaults(type(self))
        strange = values.keys() - defaults.keys()
        missing = [name for name, default in defaults.items() if default is MISSING and name not in values]
        if strange or missing:
            wrong = f"has no {', '.join(sorted(strange))}" if strange else f"needs {', '.join(missing)}"
            message = f"{type(self).__name__} {wrong}"
            raise TypeError(message)
        self.__setstate__({name: values.get(name, default) for name, default in defaults.items()})

    def __setattr__(self, name: str, value: object) -> NoReturn:
        message = f"cannot assign to field {name!r}"
        raise FrozenInstanceError(message)

    def __delattr__(self, name: str) -> NoReturn:
        message = f"cannot delete field {name!r}"
        raise FrozenInstanceError(message)

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _defaults(type(self))}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _compared(type(self)))

    def __hash__(self) -> int:
        # A mapping cannot be hashed; the rest tells two apart well enough.
        values = (getattr(self, name) for name in _compared(type(self)))
        return hash((type(self), *(value for value in values if not isinstance(value, dict))))

    def __repr__(self) -> str:
        shown = [f"{key}={value!r}" for key, value in self.__getstate__().items() if value is not None]
        return f"{type(self).__name__}({', '.join(shown)})"


_DEFAULTS: Final[dict[type[Any], Mapping[str, Any]]] = {}
_COMPARED: Final[dict[type[Any], tuple[str, ...]]] = {}


def _defaults(made: type[Any]) -> Mapping[str, Any]:
    if made not in _DEFAULTS:
        _DEFAULTS[made] = {each.name: each.default for each in fields(made)}
    return _DEFAULTS[made]


def _compared(made: type[Any]) -> tuple[str, ...]:
    if made not in _COMPARED:
        _COMPARED[made] = tuple(each.name for each in fields(made) if each.compare)
    return _COMPARED[made]


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def _facts(made: type[T]) -> type[T]:
    return dataclass(slots=True, kw_only=True, init=False, repr=False, eq=False, match_args=False)(made)


@_facts
class Period(_Facts):
    """Times of a week, or places, that the debtor called good or bad."""

    days: tuple[str, ...] | None = None  # days of the week
    from_: int | None = None  # start, inclusive
    to: int | None = None  # end, exclusive; '24:00' = midnight
    until: date | None = None  # last day, inclusive
    places: tuple[str, ...] | None = None  # only at these places
    source: str | None = None  # how the collector knows


@_facts
class Endpoint(_Facts):
    """A number or address at which the debtor can be reached."""

    id: str  # name used in contacts
    channel: str
    place: str | None = None  # place it is tied to
    area_code_time_zone: str | None = None  # zone of the area code
    address_time_zone: str | None = None  # zone of the postal address
    domain: str | None = None  # mail domain
    employer_provided: bool | None = None  # known to come from the employer
    given_directly: bool | None = None  # given to this collector by the debtor


@_facts
class Attorney(_Facts):
    """What the collector knows about the attorney of the debtor."""

    name_known: bool | None = None
    address_known: bool | None = None
    readily_ascertainable: bool | None = None  # name and address can easily be found
    debts: tuple[str, ...] | None = None  # represents only for these
    unresponsive: bool | None = None  # settled fact: no answer in reasonable time
    consents_to_direct_contact: bool | None = None


@_facts
class Consent(_Facts):
    """What the debtor agreed to in a contact."""

    calls: bool | None = None  # may call
    email: str | None = None  # may use this address
    sms: str | None = None  # may text this number
    endpoint: str | None = None  # only on this number
    third_party: str | None = None  # may talk to this person
    debts: tuple[str, ...] | None = None  # only for these
    only_on: date | None = None  # only on this day
    until: date | None = None  # last day, inclusive
    times: tuple[Period, ...] | None = None  # only at these times


@_facts
class Collector(_Facts):
    """Who acts."""

    role: str  # who acts
    name_used: str | None = None  # name in which a creditor collects
    principal_purpose_collection: bool | None = None  # collecting debts is its main business
    collects_for_others: bool | None = None  # collects for others at all
    regularly_collects_for_others: bool | None = None  # collects for others regularly
    obtained_before_default: bool | None = None  # took the debt over before it was in default
    only_for_affiliates: bool | None = None  # collects only for its group
    official_duty: bool | None = None  # acts in official duty
    licensed: bool | None = None  # has the licence or registration which the place asks for
    regulated: str | None = None  # supervision that brings special collection rules
    time_zone: str | None = None  # where the collector sits (never decides)


@_facts
class Creditor(_Facts):
    """To whom the debt is owed."""

    kind: str | None = None  # who claims
    size: str | None = None  # size class
    employees: int | None = None  # highest number of employees in the last 12 months
    regularly_extends_credit: bool | None = None  # regularly sells or lends on credit
    locations_in_district: int | None = None  # long-standing places of business in the court district
    small_claims_filed_this_year: int | None = None  # small claims already filed this calendar year
    small_claims_filed_this_month: int | None = None  # the same for this calendar month


@_facts
class Debt(_Facts):
    """One debt."""

    id: str  # short name, A for a single debt
    kind: str  # consumer or commercial
    type: str | None = None  # what it is for
    amount: Decimal | None = None  # principal without interest and costs
    currency: str | None = None  # ISO 4217; required with `amount`
    attorney_fees: Decimal | None = None  # attorney fees claimed on top
    contract: str | None = None  # form of the contract
    due: date | None = None  # day on which payment was due
    # day of breach or default; limitation runs from here, or from `due` where this is absent
    in_default_since: date | None = None
    accepted_on: date | None = None  # day on which goods or services were accepted
    agreed_days: int | None = None  # agreed payment term in days from acceptance
    account_number: str | None = None  # current account number
    account_number_when_obtained: str | None = None  # number when this collector got the debt
    time_barred: bool | None = None  # limitation period has run (given as a fact)
    disputed: bool | None = None  # the debtor disputes it
    paid: bool | None = None  # paid
    settled: bool | None = None  # settled
    discharged: bool | None = None  # discharged in bankruptcy
    secured_enforceable_lien: bool | None = None  # secured by an enforceable lien
    judgment: bool | None = None  # there is a judgment
    identity_theft_notified: bool | None = None  # notice that identity theft caused it


@_facts
class Debtor(_Facts):
    """Facts about the debtor that the collector knows."""

    # IANA zone where the debtor is; a list: zones the information points to (then use `at_tz`)
    time_zone: str | tuple[str, ...] | None = None
    kind: str | None = None  # who owes
    guarantor: bool | None = None  # owes as guarantor
    natural_person_guarantor: bool | None = None  # a natural person guarantees the debt of this company
    location_known_from_debtor: bool | None = None  # the debtor told where they are: beats area code and address
    convenient: tuple[Period, ...] | None = None  # times the debtor called good
    # times and places the debtor called bad (state before any convenience_restored event)
    inconvenient: tuple[Period, ...] | None = None
    endpoints: tuple[Endpoint, ...] | None = None  # known numbers and addresses
    represented_by_attorney: bool | None = None  # the collector knows of an attorney for the debt
    attorney: Attorney | None = None  # about that attorney
    employer_prohibits: bool | None = None  # the collector knows or should know that the employer forbids such contact
    deceased: bool | None = None  # dead
    minor: bool | None = None  # under age
    successor_confirmed: bool | None = None  # there is a confirmed successor in interest
    offered_payment_date: date | None = None  # the debtor offered, reasonably, to pay on this day


@_facts
class Contact(_Facts):
    """Something in the history that one side said or sent to another, or tried to."""

    at: date | datetime  # when
    channel: str  # how
    direction: str  # who started it
    outcome: str | None = None  # what came of it
    # N equal contacts on that day; only with a bare date in `at`; they come before what has a clock time that day
    times: int | None = None
    debts: tuple[str, ...] | None = None  # debts it was about or is counted to
    to: str | None = None  # outbound: to whom
    from_: str | None = None  # inbound: from whom
    person: str | None = None  # the particular third party
    by: str | None = None  # who made it
    endpoint: str | None = None  # number or address used
    place: str | None = None  # place of the number, address or visit
    kind: str | None = None  # respond = answer to the debtor
    purpose: str | None = None  # purpose
    required_by: str | None = None  # law that requires it
    content: tuple[str, ...] | None = None  # all content that matters
    omits: tuple[str, ...] | None = None  # a duty left out
    first_contact: bool | None = None  # the first contact about the debt
    consented: bool | None = None  # the debtor had agreed to this contact beforehand
    voicemail_available: bool | None = None  # a message could have been left
    automated: bool | None = None  # sent by a machine
    ended: str | None = None  # how it ended
    requested_recontact: bool | None = None  # the person asked to be contacted again
    debtor_said: tuple[str, ...] | None = None  # what the debtor said
    consent: Consent | None = None  # consent the debtor gave in this contact
    counted_to: str | None = None  # debt to which a talk about nothing particular is counted
    intended_debts: tuple[str, ...] | None = None  # what the collector meant to talk about (does not decide)
    discussed_debts: tuple[str, ...] | None = None  # what was talked about; empty list = nothing particular
    raised_by: Mapping[str, str] | None = None  # who raised each debt


@_facts
class Event(_Facts):
    """Something in the history that is no contact."""

    at: date | datetime  # when
    event: str  # what happened (next table)
    channel: str | None = None  # how it came or went
    channel_accepted: bool | None = None  # the collector accepts messages of debtors on it
    form: str | None = None  # form
    scope: str | None = None  # how far it reaches
    endpoint: str | None = None  # number or address
    place: str | None = None  # place
    places: tuple[str, ...] | None = None  # places
    person: str | None = None  # third party
    days: tuple[str, ...] | None = None  # days
    from_: int | None = None
    to: int | None = None
    words: str | None = None  # words used
    debts: tuple[str, ...] | None = None  # debts concerned
    by: str | None = None  # who did it
    given_to: str | None = None  # to whom consent was given
    told_by: str | None = None  # who told the collector
    certified: bool | None = None  # certified mail
    signed: bool | None = None  # signed by the debtor
    amount: Decimal | None = None  # amount
    currency: str | None = None  # with `amount`
    asks_to_be_sued: bool | None = None  # the debtor disputes and asks to be sued
    portion: str | None = None  # part that is disputed
    same_as_earlier: bool | None = None  # repeats an earlier dispute
    new_material_information: bool | None = None  # brings new and material information
    free_of_charge: bool | None = None  # costs the debtor nothing
    thirty_day_warning: bool | None = None  # the invoice warns of default after 30 days
    states_reasons: bool | None = None
    refers_to_earlier_response: bool | None = None
    refers_to_validation_information: bool | None = None
    use_disclosed: bool | None = None  # it was said that the address may be used for the debt
    obtained_from: str | None = None  # who gave the address
    about: str | None = None  # what the creditor wrote about
    asked_to_stop: bool | None = None  # the debtor asked the creditor to stop using it
    names_collector: bool | None = None
    discloses_transfer: bool | None = None
    discloses_email_use: bool | None = None
    discloses_others_may_see: bool | None = None
    opt_out_method: str | None = None
    opt_out_by: date | None = None  # last day to opt out
    opt_out_recipient: str | None = None  # `both` = creditor and collector must be told
    combined: bool | None = None  # part of a longer message, clear and conspicuous
    sample_language: bool | None = None  # the Bureau's sample wording
    collector_name: str | None = None  # name of the prior collector
    obtained_under: str | None = None  # paragraph of 1006.6 under which it got the address
    used: bool | None = None  # it used the address for this debt
    opted_out: bool | None = None  # the debtor opted out with it
    database: str | None = None  # where the check was made
    result: str | None = None


@_facts
class OptOut(_Facts):
    """The way out of further messages that a message offers."""

    method: str
    requires: str | None = None  # what else is asked for


@_facts
class AssumedName(_Facts):
    """The alias of an agent."""

    consistent: bool | None = None  # always used by one agent
    identifiable: bool | None = None  # the firm can tell who used it


@_facts
class Action(_Facts):
    """What the collector is about to do."""

    direction: ClassVar[Literal["outbound"]] = "outbound"  # an act is always the collector's own

    kind: str  # what
    at: date | datetime  # moment of placing the call, sending, or doing it
    at_tz: str | None = None  # zone of `at` if it is not debtor.time_zone
    channel: str | None = None  # how
    to: str | None = None  # to whom
    person: str | None = None  # the particular third party
    debts: tuple[str, ...] | None = None  # debts it is about or counted to
    intended_debts: tuple[str, ...] | None = None  # what the collector means to talk about (does not decide)
    endpoint: str | None = None  # number or address used
    place: str | None = None  # place of the number, address or visit
    known_place: str | None = None  # the collector knows that the debtor is there
    same_call: bool | None = None  # inside a call already under way: no new call
    leaves_voicemail: bool | None = None  # leaves a voicemail
    heard_by: tuple[str, ...] | None = None  # who else may hear it
    known_shared: bool | None = None  # the voicemail box is known to be shared
    automated: bool | None = None  # sent by a machine
    requested_by_debtor: bool | None = None  # the debtor asked for this contact
    queued_at: date | datetime | None = None  # put in the queue (does not decide)
    received_at: date | datetime | None = None  # arrives or is opened (does not decide)
    purpose: str | None = None  # purpose
    required_by: str | None = None  # law that requires it
    negative_effect_controlled_by: str | None = None  # who controls the bad effect
    content: tuple[str, ...] | None = None  # all content that matters
    omits: tuple[str, ...] | None = None  # a duty left out
    opt_out: OptOut | None = None  # the opt-out offered
    languages: tuple[str, ...] | None = None  # languages used
    disclosure_languages: tuple[str, ...] | None = None  # languages of the disclosure
    assumed_name: AssumedName | None = None  # alias of the agent
    profile: str | None = None  # profile used on a platform
    visible_to: str | None = None  # who sees a public post
    envelope: tuple[str, ...] | None = None  # what the envelope shows
    employer_requested: bool | None = None  # the person asked for whom the caller works
    reasonable_belief_earlier_wrong: bool | None = None  # reasonable belief that the earlier answer was wrong
    reasonable_belief_now_knows: bool | None = None  # reasonable belief that the person knows better now
    charges_recipient: bool | None = None  # the receiver pays for it
    purpose_concealed: bool | None = None  # its purpose is hidden
    esign_consent: bool | None = None  # consent under E-SIGN 101(c)
    portion: str | None = None  # part of the debt that is asked for
    tactic: str | None = None  # name of the practice in the rule data, besides the plain `kind`
    amount: Decimal | None = None  # amount charged
    currency: str | None = None  # with `amount`
    marked_disputed: bool | None = None  # reported as disputed
    monitored_undeliverable: bool | None = None  # the collector watched for returned messages
    reported_status: str | None = None  # what is reported
    transferee: str | None = None  # who gets the debt
    contract_authorizes: bool | None = None  # the contract allows it
    reason: str | None = None  # why it is transferred
    transferee_notified_of_discharge: bool | None = None  # buyer told of the discharge
    venue: str | None = None  # district of the court
    claim_type: str | None = None  # kind of suit
    property_in_debtor_district: bool | None = None  # the property lies where the debtor lives
    collector_believes_time_barred: bool | None = None  # what the collector believes
    court_id: str | None = None  # court or procedure chosen, id of the court data
    court: str | None = None  # court chosen, where it has no id
    authorized_by: str | None = None  # what allows the fee
    accepted_on: date | None = None  # day the check was taken
    instrument_date: date | None = None  # date on the check
    notice_on: date | None = None  # day of the written notice of deposit
    directed_to: tuple[str, ...] | None = None  # debts for which the debtor meant the payment
    enforceable_interest: bool | None = None  # a present right to the property
    intends_to_act: bool | None = None  # present intent to take it
    property_exempt: bool | None = None  # exempt by law
    account_of: str | None = None  # whose account is to be paid into
    reminder_number: int | None = None  # which reminder
    address: str | None = None  # address used
    addressed_to: str | None = None  # name on it
    knows_moved: bool | None = None  # the collector knows that the debtor left
    notice_form: str | None = None  # layout
    itemization_dates: tuple[str, ...] | None = None  # reference dates used
    prior_collector_itemization_date: str | None = None
    statement_from: str | None = None  # who sent the last statement
    itemization_omitted: bool | None = None
    periodic_statement_enclosed: bool | None = None
    refers_to_statement: bool | None = None
    english_notice_already_provided: bool | None = None
    translation_source: str | None = None
    spanish_option_offered: bool | None = None
    records: str | None = None  # what is deleted
    last_activity_on: date | None = None  # last collection activity
    recorded_on: date | None = None  # day of the recorded call


@_facts
class Ask(_Facts):
    """A question without an action."""

    what: str  # the question
    at: date | None = None  # date for which it is asked (filing date, computing date)
    amount: Decimal | None = None  # amount claimed, if not the sum of the debts
    currency: str | None = None  # with `amount`
    interest_from: date | None = None  # first day of interest
    interest_to: date | None = None  # last day of interest, inclusive
    parties_consent: bool | None = None  # both parties agree in writing to the procedure
    represented_by: str | None = None  # who appears for the creditor
    court_id: str | None = None  # the court the creditor has in mind
    fee_case: str | None = None  # which fee case
    law: str | None = None  # name of the act asked about


@_facts
class Value(_Facts):
    """Figures of an answer."""

    annual_rate: Decimal | NoFigure | None = None  # per cent a year; null: no figure may be given
    interest: Decimal | None = None  # interest
    interest_days: int | None = None  # days of interest
    interest_from: date | None = None  # first day of interest
    fixed_compensation: Decimal | None = None  # lump sum
    total_added: Decimal | None = None  # interest and lump sum
    collection_costs: Decimal | None = None  # collection costs
    maximum_lump_sum: Decimal | None = None  # highest lump sum
    agency_fee: Decimal | None = None  # fee before expenses and tax
    currency: str | None = None  # currency of the amounts in `value`
    last_day_to_pay: date | None = None  # last day to pay
    covered: bool | None = None  # the act applies
    extinguished: bool | None = None  # the debt has ceased to exist
    licence_required: bool | None = None
    licence_kind: str | None = None


@_facts
class Expect(_Facts):
    """The right answer of a test."""

    decision: str | None = None  # the answer for an action
    route: str | None = None  # the answer to court_route
    court_id: str | None = None  # court or procedure, id of the court data
    court: str | None = None  # plain name of the court
    value: Value | None = None  # figures: the answer to the other questions, or figures that come with a decision
    basis: str | None = None  # kind of ground
    presumption: str | None = None  # presumption before a factor is weighed
    safe_harbor: bool | None = None  # inside the safe harbour for e-mail and text
    count_after: int | None = None  # counted calls in the window, this one included
    counted_before: int | None = None  # counted contacts in the window before this one
    age_days: int | None = None  # age in days of the newest text, consent or check
    # first day on which the action is allowed; a list: each of these is right
    earliest: date | tuple[date, ...] | None = None
    last_day: date | None = None  # last day to sue
    # a payment or writing in the history started the limitation period anew, before or after its end
    restarted: bool | None = None
    default_since: date | None = None  # first day of default
    validation_period_ends: date | None = None  # last day of the validation period
    is_limited_content_message: bool | None = None
    is_communication: bool | None = None  # conveys information on a debt
    is_attempt: bool | None = None  # attempt to communicate
    # amount up to which this creditor may still use small claims (by waiving the rest)
    may_file_up_to: Decimal | None = None
    requires: str | None = None  # what else is needed
    reason: str | None = None  # short code of the ground (not compared)
    rule_ids: tuple[str, ...] | None = None  # entries of the rule data that decide (not compared)
    why: str | None = None  # one line for a person (not compared)


@_facts
class Case(_Facts):
    """One case: who collects what from whom, what happened before, and an action or a question."""

    id: str | None = None  # unique
    story: str | None = None  # one or two sentences for a person
    rule: str | None = None  # the law that decides, as a citation
    rule_also: str | None = None  # a second rule that is needed
    cite: str | None = None  # where the case comes from, if that is not `rule` (a comment, an example)
    source: str | None = None  # how the case was made
    confidence: str | None = None  # belief that the expected answer is right
    contested: bool | None = None  # the wording supports two answers, or the answer is in doubt: reported apart
    note: str | None = None  # remark for the tester
    jurisdiction: str  # ISO 3166-1, ISO 3166-2 part, city
    collector: Collector  # who acts
    creditor: Creditor | None = None  # to whom the debt is owed, where it matters
    # complete: what is not in the record did not happen; partial: an absent fact that could make the answer
    # stricter is unknown
    record: Literal["complete", "partial"] | None = None
    debts: tuple[Debt, ...]  # all debts of this debtor which this collector collects; no other debt exists
    debtor: Debtor | None = None  # facts about the debtor that the collector knows
    # what happened before, oldest first; what is not listed did not happen
    history: tuple[Contact | Event, ...] | None = None
    action: Action | None = None  # what the collector is about to do
    ask: Ask | None = None  # a question without an action
    expect: Expect | None = None  # the right answer
    place: Place | None = field(default=None, compare=False)  # where it stands

    @property
    def whole(self) -> bool:
        """Whether the record is whole, so that what is not in it did not happen. A test says so by its `expect`."""
        return self.record == "complete" if self.record is not None else self.expect is not None

    def to_mapping(self) -> dict[str, object]:
        """Return the case as it stands in a JSON file; `case_from_mapping` gives the same case again."""
        return _mapping(self)


@_facts
class CaseFile(_Facts):
    """The cases of one file, and what stands above them. `path` is what messages call the file."""

    cases: tuple[Case, ...]
    path: str
    suite: str | None = None
    source: str | None = None
    as_of: date | None = None
    record: Literal["complete", "partial"] | None = None


def read_cases(path: str | Path, *, channels: Collection[str] = ()) -> CaseFile:
    """Read a case file in YAML or JSON; `-` is standard input.

    `channels` are the names of channels that plugins add. Raises `InvalidInput` with every problem of the file.
    """
    if str(path) == "-":
        return _case_file(source.read_bytes(sys.stdin.buffer.read(), STANDARD_INPUT), STANDARD_INPUT, channels)
    return _case_file(source.read_file(Path(path)), str(path), channels)


STANDARD_INPUT: Final = "<stdin>"
"""What messages call standard input."""


def parse_cases(text: str, path: str, *, channels: Collection[str] = ()) -> CaseFile:
    """Read the text of a case file; `path` is what messages call it. Raises `InvalidInput` with every problem."""
    return _case_file(source.read(text, path), path, channels)


def case_from_mapping(mapping: Mapping[str, object], *, channels: Collection[str] = ()) -> Case:
    """Make a case of plain Python values: text, whole numbers, truth values, `Decimal`, days, moments, lists, mappings.

    Raises `InvalidInput` with every problem; places are paths of keys, as `case/debts/0/amount`.
    """
    problems: list[Problem] = []
    node = _node(mapping, "case", problems, 0)
    if problems:
        raise InvalidInput(problems)
    case_schema.validate_case(node, channels)
    made: Case = _build(Case, node, None)
    return made


def case_from_node(node: Node, *, channels: Collection[str] = ()) -> Case:
    """Make a case of a part of a file that was read already. Raises `InvalidInput` with every problem."""
    case_schema.validate_case(node, channels)
    return _case(node, None)


def _case_file(node: Node, path: str, channels: Collection[str]) -> CaseFile:
    case_schema.validate_file(node, channels)
    root = node.table("a case file")
    as_of = root.get("as_of")
    day = _read_date(as_of) if as_of is not None else None
    found = root.get("cases")
    if found is None:
        return CaseFile(cases=(_case(root, None),), path=path, as_of=day)
    record: Any = _text_or_none(root.get("record"))
    return CaseFile(
        cases=tuple(_case(item, record) for item in found.listing("`cases`")),
        path=path,
        suite=_text_or_none(root.get("suite")),
        source=_text_or_none(root.get("source")),
        as_of=day,
        record=record,
    )


def _case(node: Node, record: Literal["complete", "partial"] | None) -> Case:
    case: Case = _build(Case, node, node.place)
    return replace(case, record=record) if record is not None and case.record is None else case


# ---- from nodes to objects ---------------------------------------------------------------------------------------
# Nodes that come here have passed the schema, so that each reader may take its shape for granted.


def _text(node: Node) -> str:
    return node.scalar("a value").text


def _text_or_none(node: Node | None) -> str | None:
    return None if node is None else _text(node)


def _read_truth(node: Node) -> bool:
    return case_schema.truth(node.scalar("a value"))


def _read_number(node: Node) -> int:
    return case_schema.whole_number(node.scalar("a value"))


def _read_date(node: Node) -> date:
    return date.fromisoformat(_text(node))


def _read_moment(node: Node) -> date | datetime:
    text = _text(node)
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _read_clock(node: Node) -> int:
    hours, _, minutes = _text(node).partition(":")
    return int(hours) * 60 + int(minutes)


def _read_money(node: Node) -> Decimal:
    return Decimal(_text(node))


def _read_rate(node: Node) -> Decimal | NoFigure:
    scalar = node.scalar("a value")
    return NO_FIGURE if case_schema.is_null(scalar) else Decimal(scalar.text)


def _read_raised_by(node: Node) -> Mapping[str, str]:
    return {key: _text(value) for key, value in node.table("a value").entries.items()}


def _read_history(node: Node) -> Contact | Event:
    made: Contact | Event = _build(Event if "event" in node.table("a value") else Contact, node, None)
    return made


Reader = Callable[[Node], Any]

_READERS: Final[Mapping[str, Reader]] = {
    "at": _read_moment,
    "bool": _read_truth,
    "date": _read_date,
    "history": _read_history,
    "int": _read_number,
    "money": _read_money,
    "raised_by": _read_raised_by,
    "rate": _read_rate,
    "time": _read_clock,
}
"""How a definition of the schema is read; what is not here and is no class is text."""

CLASSES: Final[Mapping[str, type[Any]]] = {
    "action": Action,
    "ask": Ask,
    "assumed_name": AssumedName,
    "attorney": Attorney,
    "case": Case,
    "collector": Collector,
    "consent": Consent,
    "contact": Contact,
    "creditor": Creditor,
    "debt": Debt,
    "debtor": Debtor,
    "endpoint": Endpoint,
    "event": Event,
    "expect": Expect,
    "opt_out": OptOut,
    "period": Period,
    "value": Value,
}
"""The class that stands for a definition of the schema, by the name of the definition."""

_NAMES: Final = {made: name for name, made in CLASSES.items()}


def _build(made: type[Any], node: Node, place: Place | None) -> Any:
    plan = _plan(made)
    values: dict[str, Any] = {}
    for key, value in node.table("a value").entries.items():
        if (field_plan := plan.get(key)) is not None:
            name, reader = field_plan
            values[name] = reader(value)
    if place is not None:
        values["place"] = place
    return made(**values)


_PLANS: Final[dict[type[Any], Mapping[str, tuple[str, Reader]]]] = {}


def _plan(made: type[Any]) -> Mapping[str, tuple[str, Reader]]:
    """Return, for each key of the schema, the name of the field and how to read it."""
    if made not in _PLANS:
        properties = case_schema.definition(_NAMES[made])["properties"]
        _PLANS[made] = {key: (f"{key}_" if key == "from" else key, _reader(found)) for key, found in properties.items()}
    return _PLANS[made]


def _reader(found: case_schema.Schema) -> Reader:
    if found.get("type") == "array":
        read_item = _reader(found["items"])
        return lambda node: tuple(read_item(item) for item in node.listing("a value").items)
    if "anyOf" in found:
        one, several = (_reader(branch) for branch in found["anyOf"])
        return lambda node: several(node) if isinstance(node, Listing) else one(node)
    if "$ref" not in found:
        return _text
    name = found["$ref"].rpartition("/")[2]
    if name in _READERS:
        return _READERS[name]
    if name in CLASSES:
        made = CLASSES[name]
        return lambda node: _build(made, node, None)
    return _reader(case_schema.definition(name))


# ---- from Python values to nodes, and back -----------------------------------------------------------------------


def _node(value: object, path: str, problems: list[Problem], depth: int) -> Node:
    place = Place(path)
    if depth > source.DEPTH_LIMIT:
        problems.append(Problem(place, "CR008", f"nested more than {source.DEPTH_LIMIT} deep"))
        return Scalar("", quoted=True, place=place)
    if isinstance(value, Mapping):
        return _table(value, path, problems, depth)
    if isinstance(value, list | tuple):
        items = tuple(_node(item, f"{path}/{index}", problems, depth + 1) for index, item in enumerate(value))
        return Listing(items, place)
    if isinstance(value, bool | int | None):
        return Scalar(_written_plainly(value), quoted=False, place=place)
    text = value if isinstance(value, str) else _written(value)
    if text is None:
        advice = "write amounts and rates as Decimal or text" if isinstance(value, float) else ""
        problems.append(Problem(place, "CR025", f"a case cannot hold a value of type {type(value).__name__}", advice))
    elif problem := source.half_character(text, place):
        problems.append(problem)
    return Scalar(str(text or ""), quoted=True, place=place)


def _written_plainly(value: bool | int | None) -> str:  # noqa: FBT001  the value is what is written
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    # `str` refuses a number of thousands of digits; the schema refuses one of twenty.
    return str(int(value)) if value.bit_length() <= _MOST_BITS else "9" * _MOST_BITS


_MOST_BITS: Final = 64


def _written(value: object) -> str | None:
    """Return a day, moment, clock time or amount as text, or None for what is none of them."""
    if isinstance(value, datetime):
        return _written_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes" if not (value.second or value.microsecond) else "auto")
    if isinstance(value, Decimal) and money.is_amount(value):
        return money.written(value)
    return None


def _written_moment(value: datetime) -> str:
    if value.microsecond:
        return value.isoformat()
    return value.isoformat(timespec="seconds" if value.second else "minutes")


def _table(mapping: Mapping[Any, object], path: str, problems: list[Problem], depth: int) -> Table:
    entries: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    for key, value in mapping.items():
        if not isinstance(key, str):
            advice = "a bare `on` in YAML is read as true; a day or moment is `at`" if key is True else ""
            message = f"a key must be text, but here is {source.shown(repr(key))}"
            problems.append(Problem(Place(path), "CR009", message, advice))
            continue
        step = f"{path}/{key.replace('~', '~0').replace('/', '~1')}"
        entries[str(key)] = _node(value, step, problems, depth + 1)
        keys[str(key)] = Place(step)
    return Table(entries, keys, Place(path))


_CLOCK_FIELDS: Final = frozenset({"from_", "to"})


def _mapping(made: object) -> dict[str, object]:
    written: dict[str, object] = {}
    for key, (name, _) in _plan(type(made)).items():
        value = getattr(made, name)
        if value is None:
            continue
        if isinstance(value, int) and name in _CLOCK_FIELDS:
            written[key] = f"{value // 60:02}:{value % 60:02}"
        else:
            written[key] = _plain(value)
    return written


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    if type(value) in _NAMES:
        return _mapping(value)
    if value is NO_FIGURE:
        return None
    return value if isinstance(value, str | bool | int) else _written(value)

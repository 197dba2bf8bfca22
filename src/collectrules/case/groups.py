"""The groups of a record: what a company keeps together, and so can vouch for together.

Every fact that can be unknown belongs to one group, and every event too. In a group that is kept whole the absence of a
fact means what it means in a complete record. A fact that is named nowhere here belongs to the group of its object, an
event's details to the group of the event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping


class Group(Struct, frozen=True):
    """One group: its word, a title, the question whether a record holds all of it, and what belongs to it.

    `facts` are dotted names, as `debtor.inconvenient`; `objects` those whose other facts belong here.
    """

    id: str
    title: str
    question: str
    facts: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()


GROUPS: Final[tuple[Group, ...]] = (
    Group(
        "contacts",
        "contacts",
        "does your record hold every contact about these debts, with what came of it?",
        events=("portal_session_start", "portal_session_end", "undeliverable"),
        objects=("contact",),
    ),
    Group(
        "refusals",
        "refusals",
        "does your record hold every opt-out, cease letter, wrong number, and time or place that was refused?",
        facts=("debtor.inconvenient", "debtor.convenient", "debtor.employer_prohibits"),
        events=(
            *("opt_out", "channel_preference", "inconvenience_designated", "convenience_restored"),
            *("cease_notice_mailed", "cease_notice_received", "learned_not_debtors_number"),
        ),
    ),
    Group(
        "consents",
        "consents",
        "does your record hold every consent and every withdrawal of one?",
        facts=("action.requested_by_debtor", "contact.consented", "contact.requested_recontact"),
        events=("consent", "consent_revoked", "creditor_used_email", "prior_collector_email"),
    ),
    Group(
        "attorneys",
        "attorneys",
        "does your record hold every sign of an attorney, or leave of a court?",
        facts=("debtor.represented_by_attorney", "debtor.attorney"),
        events=("attorney_notice", "attorney_withdrawn", "court_permission"),
        objects=("attorney",),
    ),
    Group(
        "insolvency",
        "insolvency",
        "were bankruptcy, discharge and moratorium looked up, and is all that was found in the record?",
        facts=("debt.discharged",),
        events=(
            *("bankruptcy_petition_filed", "bankruptcy_case_dismissed", "bankruptcy_case_closed"),
            *("bankruptcy_stay_lifted", "bankruptcy_stay_extended", "bankruptcy_discharge_granted"),
            *("bankruptcy_discharge_denied", "debt_reaffirmed", "reaffirmation_rescinded", "proof_of_claim_filed"),
            "breathing_space_started",
        ),
    ),
    Group(
        "disputes",
        "disputes",
        "does your record hold every dispute, every request about the debt, and what was answered?",
        facts=("debt.disputed", "debt.identity_theft_notified", "action.marked_disputed"),
        events=(
            *("dispute_received", "verification_sent", "judgment_copy_sent", "duplicative_dispute_notice_sent"),
            "dispute_resolved",
            *("original_creditor_request_received", "original_creditor_information_sent"),
            "original_creditor_same_notice_sent",
        ),
    ),
    Group(
        "persons",
        "death, incapacity, military service",
        "does your record hold every sign of death, incapacity, minority or military service?",
        facts=("debtor.deceased", "debtor.minor", "debtor.successor_confirmed"),
        events=("military_service_started", "military_service_ended"),
        objects=("debtor",),
    ),
    Group(
        "places",
        "places and numbers",
        "does your record hold what is known of where the debtor is, and of each number and address?",
        facts=(
            *("debtor.endpoints", "debtor.time_zone", "debtor.location_known_from_debtor"),
            *("action.endpoint", "action.place", "action.known_place"),
        ),
        events=("address_provided", "reassignment_check"),
        objects=("endpoint",),
    ),
    Group(
        "content",
        "content and manner",
        "is all that matters of how this act and earlier talks and notices were worded and done stated, the rest being "
        "in order?",
        facts=("collector.name_used",),
        objects=("action", "opt_out", "assumed_name", "claim", "threat"),
    ),
    Group(
        "debts",
        "debts and payments",
        "does your record hold all that is known of each debt: payments, settlement, judgment, security?",
        facts=("debtor.guarantor", "debtor.natural_person_guarantor", "debtor.offered_payment_date"),
        events=(
            *("payment", "payment_reversed", "paid_in_full", "written_promise", "promise_to_pay", "credit_note"),
            *("plan_offered", "plan_agreed", "settlement_offered", "hardship_told", "written_off"),
            *("credit_held", "credit_released", "step_done"),
        ),
        objects=("debt", "ask", "case"),
    ),
    Group(
        "parties",
        "parties, licences, transfers",
        "does your record hold who collects, for whom and with which licence, and every transfer of the debt?",
        facts=(
            *("debt.account_number", "debt.account_number_when_obtained", "collector.obtained_before_default"),
            *("action.transferee", "action.reason", "action.prior_collector_itemization_date"),
        ),
        events=("debt_assigned", "placed_with_agency", "recalled_from_agency"),
        objects=("collector", "creditor"),
    ),
    Group(
        "notices",
        "notices",
        "does your record hold every notice, reminder, report and filing?",
        events=(
            *("creditor_email_notice", "told_of_third_party_disclosure", "validation_notice_sent"),
            *("reported_to_bureau", "spanish_notice_requested", "small_claim_filed", "invoice_received"),
            *("reminder_sent", "reminder_received", "payment_letter_received", "letter_of_claim_sent"),
            *("default_notice_sent", "default_notice_delivered", "statement_sent", "invoice_copy_sent"),
        ),
    ),
)
"""In the order in which they are told."""

MEANT: Final[Mapping[str, str]] = {"transfers": "parties", "licences": "parties"}
"""Other words for groups."""
IDS: Final[tuple[str, ...]] = tuple(group.id for group in GROUPS)
BY_ID: Final[Mapping[str, Group]] = {group.id: group for group in GROUPS}
PRESUMED: Final = "content"
"""The group of what rules presume of a complete record."""
PLACES: Final = "places"
"""The group of what tells where the debtor is."""
CONTACTS: Final = "contacts"
CONSENTS: Final = "consents"
DEBTS: Final = "debts"

_OF_FACT: Final[Mapping[str, str]] = {fact: group.id for group in GROUPS for fact in group.facts}
_OF_EVENT: Final[Mapping[str, str]] = {event: group.id for group in GROUPS for event in group.events}
_OF_OBJECT: Final[Mapping[str, str]] = {name: group.id for group in GROUPS for name in group.objects}

OF_HISTORY: Final[frozenset[str]] = frozenset({CONTACTS, *_OF_EVENT.values()})
"""The groups of which something may stand in a history."""


def group_of(owner: str, name: str) -> str:
    """The group of a fact of an object, `debtor` and `minor`. Raises KeyError for an object of no case."""
    return _OF_FACT.get(f"{owner}.{name}") or _OF_OBJECT[owner]


def is_event(word: str) -> bool:
    """Is it the word of an event?"""
    return word in _OF_EVENT


def group_of_event(event: str) -> str:
    """The group of an event and its details. Raises KeyError for a word that is no event."""
    return _OF_EVENT[event]

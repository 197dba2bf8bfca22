"""What happened, as a history tells it: the events, what may be stated of each, and other words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.case.kinds import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVENTS: Final = """
    opt_out: channel scope endpoint place words form
    channel_preference: channel form
    consent: scope endpoint person
    consent_revoked: channel scope
    inconvenience_designated: days from to places
    convenience_restored: days from to places
    cease_notice_mailed:
    cease_notice_received: form channel certified debts words
    attorney_notice:
    attorney_withdrawn:
    court_permission:
    learned_not_debtors_number: endpoint
    portal_session_start:
    portal_session_end:
    address_provided: endpoint channel
    creditor_used_email: endpoint
    creditor_email_notice: form combined endpoint
    prior_collector_email: endpoint
    told_of_third_party_disclosure: endpoint by
    reassignment_check: endpoint
    validation_notice_sent: channel debts
    undeliverable: channel
    dispute_received: form channel debts by same_as_earlier
        asks_to_be_sued
    verification_sent: debts
    judgment_copy_sent: debts
    duplicative_dispute_notice_sent: debts
    original_creditor_request_received: form channel debts
    original_creditor_information_sent: debts
    original_creditor_same_notice_sent: debts
    reported_to_bureau: debts
    paid_in_full: debts
    proof_of_claim_filed: debts
    bankruptcy_petition_filed:
    bankruptcy_case_dismissed:
    bankruptcy_case_closed:
    bankruptcy_stay_lifted: debts
    bankruptcy_stay_extended:
    bankruptcy_discharge_granted: debts
    bankruptcy_discharge_denied:
    debt_reaffirmed: debts
    reaffirmation_rescinded: debts
    military_service_started:
    military_service_ended:
    spanish_notice_requested:
    payment: amount currency debts
    written_promise: signed debts
    debt_assigned: debts
    small_claim_filed: amount currency debts
    invoice_received: thirty_day_warning debts
    reminder_sent: channel free_of_charge debts
    reminder_received: form debts
    payment_letter_received: form debts
    letter_of_claim_sent: debts
    default_notice_sent: debts
    default_notice_delivered: debts
    breathing_space_started:
    payment_reversed: amount currency debts
    credit_note: amount currency debts
    promise_to_pay: amount currency promised_for debts
    plan_offered: amount currency promised_for instalments every_days debts
    plan_agreed: amount currency promised_for instalments every_days debts
    settlement_offered: amount currency promised_for debts
    hardship_told: debts
    dispute_resolved: debts
    statement_sent: channel
    invoice_copy_sent: channel debts
    credit_held:
    credit_released:
    placed_with_agency: debts
    recalled_from_agency: debts
    written_off: debts
    step_done: stage step channel debts
"""


def _events() -> dict[str, tuple[str, ...]]:
    events: dict[str, list[str]] = {}
    name = ""
    for word in _EVENTS.split():
        if word.endswith(":"):
            name = word[:-1]
            events[name] = []
        else:
            events[name].append(word)
    return {name: tuple(keys) for name, keys in events.items()}


EVENT_KEYS: Final = _events()
"""What happened, and what may be stated of it beside `at`."""

EVENT: Final = Words(
    "enum_event",
    " ".join(EVENT_KEYS),
    {
        "dispute_received": "dispute disputed complaint",
        "cease_notice_received": "cease cease_request cease_and_desist cease_letter stop_contact",
        "opt_out": "stop unsubscribe unsubscribed dnc do_not_call do_not_text",
        "attorney_notice": "represented attorney lawyer letter_of_representation",
        "learned_not_debtors_number": "wrong_number number_reassigned",
        "undeliverable": "bounced bounce undelivered returned returned_mail mail_returned",
        "hardship_told": "hardship vulnerable vulnerability",
        "settlement_offered": "settlement",
        "letter_of_claim_sent": "letter_before_action letter_before_claim",
        "default_notice_sent": "notice_of_default default_notice",
        "reminder_sent": "reminder dunning dunning_letter",
        "bankruptcy_discharge_granted": "discharge discharged",
        "debt_assigned": "assignment assigned sold",
        "paid_in_full": "paid",
        "payment": "part_payment",
        "payment_reversed": "chargeback bounced_payment payment_cancelled",
        "promise_to_pay": "promise ptp",
        "plan_agreed": "payment_plan instalment_plan",
        "placed_with_agency": "placement",
        "recalled_from_agency": "recall recalled returned_to_client",
        "validation_notice_sent": "validation_notice",
        "consent_revoked": "revocation",
        "breathing_space_started": "moratorium breathing_space",
        "bankruptcy_petition_filed": "bankruptcy petition bankruptcy_filed insolvency chapter_7 chapter_13",
        "bankruptcy_stay_lifted": "relief_from_stay",
        "military_service_started": "military active_duty",
    },
)

SETTLES: Final[Mapping[str, int]] = {"payment": 1, "credit_note": 1, "payment_reversed": -1}
"""The events about money: 1 where it settles what is open, -1 where that is open again."""

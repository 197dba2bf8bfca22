"""Words and keys that people write in one place of a case and that belong in another, with what to write instead.

By the name of the vocabulary in which they are not; several words with one remedy stand together. No word is taken for
another here: what a message proposes is the stricter reading, or the place where the fact has its own word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVENT: Final = "it is an event of its own: {{at: ..., event: {0}}}"
_STATED: Final[Mapping[str, Mapping[str, str]]] = {
    "enum_outcome": {
        (
            "blocked blocked_by_carrier carrier_block rejected call_rejected declined screened call_screened "
            "spam_blocked spam_label"
        ): ("no law here was read for it: `no_answer` counts it as a call, which is the stricter reading"),
        "never_dialed not_dialed never_placed never_left_dialer cancelled skipped": (
            "what was never placed is no contact: leave the entry out"
        ),
        "bounced undelivered undeliverable failed returned": (
            "write `sent` (a letter `mailed`), and beside it an event: {at: ..., event: undeliverable, channel: email}"
        ),
        "opted_out opt_out stop unsubscribed": "it is an event of its own: {at: ..., event: opt_out, channel: sms}",
        "wrong_number reassigned": (
            "write `conversation`, and beside it an event: {at: ..., event: learned_not_debtors_number, endpoint: ...}"
        ),
        "wrong_party third_party_answered": "write `conversation`, with `to: third_party`",
        "promise_to_pay promise ptp": _EVENT.format("promise_to_pay, promised_for: ..."),
        "dispute disputed": _EVENT.format("dispute_received, form: oral"),
        "cease do_not_call dnc": _EVENT.format("opt_out, channel: phone, form: oral"),
        "represented attorney": _EVENT.format("attorney_notice"),
        "callback callback_requested": "write `conversation`, with `requested_recontact: true`",
    },
    "enum_event": {
        "call phone_call sms text email letter visit contact conversation voicemail": (
            "what was said or sent is a contact, without `event`: {at: ..., channel: phone, direction: outbound, "
            "outcome: ...}"
        ),
        "death died deceased": "it is a fact of the debtor: debtor: {deceased: true}",
        "minor": "it is a fact of the debtor: debtor: {minor: true}",
        "judgment judgement": "it is a fact of the debt: debts: [{id: ..., judgment: true}]",
        "broken_promise promise_broken": (
            "it follows from `promise_to_pay` with `promised_for`, where that day goes by without a `payment`"
        ),
        "fee_charged fee": "a fee is no event: it is an act, `kind: charge_fee`, or part of the `amount` of the debt",
        "warrant writ garnishment levy execution attachment enforcement": (
            "no law here reads a step of enforcement: leave it out; a judgment is `judgment: true` of the debt"
        ),
        "moratorium_ended breathing_space_ended moratorium_cancelled breathing_space_cancelled": (
            "no event ends one: it is taken to run for the days that the law gives it from `breathing_space_started`, "
            "which is the stricter reading; where it ended before, ask a lawyer"
        ),
        "account_closed account_terminated termination acceleration": (
            "no event says it: since when the debt is in default is `in_default_since` of the debt"
        ),
    },
    "enum_channel": {
        "fax telefax": "no law here was read for a fax, and no answer would be one on it: ask a lawyer",
        "push push_notification app in_app": "what is shown in an app of your own is `portal`",
    },
    "enum_content": {
        (
            "threat_suit threat_of_suit threat_lawsuit threaten_suit threaten_lawsuit suit lawsuit sue legal_action "
            "threat_garnishment threat_seizure threat_report threat"
        ): "write what is said under `says`, and beside it threatens: [{what: suit, lawful: ..., intended: ...}]",
        "limited_content_message limited_content lcm": (
            "say what it holds: content: [neutral_business_name, reply_request, contact_name, callback_number]"
        ),
        "deceit false_identity impersonation": (
            "name what is feigned: `identity_withheld`, `wrong_business_name`, `claims_government_affiliation`, "
            "`claims_attorney_false` or `claims_credit_bureau`"
        ),
    },
    "enum_says": {
        "threat_violence threat_arrest_unlawful threat_action_not_intended intends_specified_remedy "
        "garnishment_lawful_intended": (
            "write it under `threatens`, with what is known of it: [{what: suit, lawful: ..., intended: ...}]"
        ),
        "claims_attorney_false claims_government_affiliation claims_credit_bureau claims_legal_process_false "
        "wrong_business_name claims_nonpayment_is_crime accuses_crime_false false_amount": (
            "write it under `claims`, with what is known of it: [{to_be: attorney, true: ...}]"
        ),
    },
    "enum_debt_type": {
        "invoice bill account": "what was sold says the type, `goods` or `services`; it may be left out",
        "rent lease tenancy": "no type says rent: leave `type` out",
        "consumer commercial b2b b2c": "this is the `kind` of the debt: kind: consumer",
    },
    "enum_what": {
        "court route small_claims": "write `court_route`",
        "interest": "write `late_payment` for the sum that is due, or `interest_rate` for the rate",
    },
    "enum_action_kind": {
        "voicemail leave_voicemail leave_message": (
            "write `contact` with `channel: phone`; what is left is said under `content`"
        ),
        "settlement settle settlement_offer offer discount payment_plan": (
            "write `contact` with its `channel`; what it is for is `purpose`: discount_offer or payment_offer"
        ),
        "garnish garnishment wage_garnishment levy attach attachment execute execution warrant writ enforce seize": (
            "no law here was read for a step of enforcement: ask a lawyer"
        ),
    },
    "enum_recipient": {
        "cosigner co_signer guarantor co_debtor joint_debtor": (
            "who owes the debt too is a debtor: ask with a case of their own"
        ),
    },
}

ELSEWHERE: Final[Mapping[str, Mapping[str, str]]] = {
    vocabulary: {word: remedy for words, remedy in of.items() for word in words.split()}
    for vocabulary, of in _STATED.items()
}
"""By vocabulary and word, what to write instead."""

_ENTRY: Final = "write it under `history`: {{at: ..., event: {0}}}"
KEYS_ELSEWHERE: Final[Mapping[str, str]] = {
    word: remedy
    for words, remedy in (
        ("opt_out opted_out unsubscribed stop dnc do_not_call", _ENTRY.format("opt_out, channel: sms")),
        ("cease cease_letter cease_and_desist", _ENTRY.format("cease_notice_received")),
        ("bankruptcy bankrupt", _ENTRY.format("bankruptcy_petition_filed")),
        ("last_payment payments", _ENTRY.format("payment, amount: '50.00', currency: USD")),
        ("consents", _ENTRY.format("consent")),
        (
            "text message body transcript said",
            "what was said stands as words under `content`; `collectrules reply` reads a message of the debtor",
        ),
        (
            "note notes comment comments remark remarks memo",
            (
                "free text is not read: what was said stands as words under `content`, what happened as an entry of "
                "`history` with `event`"
            ),
        ),
        ("dob age birthday birth_date date_of_birth", "no age is read: of a debtor under age say `minor: true`"),
        (
            "charge_off charge_off_date charged_off",
            (
                "no law here reads it: leave it out; when the debt fell due is `due`, since when it is in default "
                "`in_default_since`"
            ),
        ),
        ("outcome result", "how a contact went stands with it in the history; of an act nobody knows it yet"),
        ("work is_work business_phone", "where a number or address is, is its `place`: work"),
        ("employer workplace", "a number or e-mail address at work is an endpoint with `place: work`"),
        ("phone_type number_type", "write place: mobile, home or work"),
        (
            "fee fee_type late_fee reminder_fee",
            "what is charged is the act: action: {kind: charge_fee, amount: '35.00', currency: USD, at: ...}",
        ),
        (
            "attorney_name lawyer_name name",
            "collector, creditor and debtor have a name; of an attorney write attorney: {name_known: true}",
        ),
        ("leave leave_voicemail leave_message", "what is left is said under `content`"),
    )
    for word in words.split()
}
"""Keys that people write, and what to write in another place."""

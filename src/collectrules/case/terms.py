"""The words of a case, and the forms of its texts: every vocabulary, once.

A word that people write for another one stands behind that one; it is not taken, but a message says what was meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.case import contact_points, groups, value_advice
from collectrules.case.kinds import Kind, Truth, Version, Whole, Words
from collectrules.case.moment_advice import advise_date, advise_moment
from collectrules.case.several import Named, OneOrSeveral
from collectrules.case.texts import (
    AnyText,
    Clock,
    ContactPoint,
    Day,
    DebtOfTheCase,
    EndpointId,
    Form,
    Id,
    Moment,
    Money,
    PersonName,
    Rate,
    Zone,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

TRUTH: Final = Truth()
NUMBER: Final = Whole()
TEXT: Final = AnyText()
VERSION: Final = Version()
DATE: Final = Day("date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "a date, as '2026-03-02'", advise_date)
AT: Final = Moment(
    "at",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?)?$",
    "a date, as '2026-03-02', or a date and a time, as 2026-03-02T14:05",
    advise_moment,
)
TIME: Final = Clock(
    "time", "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", "a clock time, as '15:00'", value_advice.advise_clock
)
MONEY: Final = Money("money", r"^[0-9]{1,15}\.[0-9]{2}$", "an amount, as '8400.00'", value_advice.advise_money)
RATE: Final = Rate("rate", r"^[0-9]{1,6}\.[0-9]{1,4}$", "per cent a year, as '5.25'", value_advice.advise_rate)
CURRENCY: Final = Form("currency", "^[A-Z]{3}$", "a currency of ISO 4217, as USD", value_advice.advise_currency)
DEBT_ID: Final = Id("debt_id")
DEBT_REF: Final = DebtOfTheCase("debt_ref", "the id of a debt of the case")
CASE_ID: Final = Id("case_id")
JURISDICTION: Final = Form(
    "jurisdiction",
    value_advice.JURISDICTION,
    "a code of ISO 3166, as US, US-MA, US-NY-NYC or GB-ENG",
    value_advice.advise_jurisdiction,
)
ZONE: Final = Zone(
    "zone",
    "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$",
    "a time zone of the IANA database, as America/Chicago",
    value_advice.advise_zone,
)
ZONES: Final = OneOrSeveral("zones", ZONE, unique=True)
DATE_OR_LIST: Final = OneOrSeveral("date_or_list", DATE, unique=False)
PERSON: Final = PersonName("enum_person", "a name for a person, of up to 200 characters", "word")
ENDPOINT_ID: Final = EndpointId(
    "enum_endpoint_id", "a number, an address or a name for it, of up to 200 characters", "word"
)
PHONE_NUMBER: Final = ContactPoint(
    "phone_number",
    contact_points.NUMBER,
    "a number with the calling code of its country, as +1 850 555 0142",
    value_advice.advise_phone_number,
)
EMAIL: Final = ContactPoint("email", contact_points.EMAIL, "an e-mail address, as k.osei@example.org")
COUNTRY: Final = Form("country", "^[A-Z]{2}$", "a country of ISO 3166, as US", value_advice.advise_country)
REGION: Final = Form("region", "^[A-Z0-9]{1,3}$", "a part of a country by ISO 3166, as TX", value_advice.advise_region)
ADDRESS_USE: Final = Words("enum_address_use", "home work mail")
LANGUAGE: Final = Form("enum_language", "^[a-z]{2}$", "two small letters of ISO 639-1, as en", fact_type="word")

DECISION: Final = Words("enum_decision", "allow deny review")
ROUTE: Final = Words("enum_route", "small_claims not_small_claims")
SOURCE: Final = Words("enum_source", "example text boundary figure")
CONFIDENCE: Final = Words("enum_confidence", "high medium low")
ROLE: Final = Words(
    "enum_role",
    "creditor third_party debt_buyer law_firm servicer affiliate government",
    {
        "third_party": "agency collection_agency collector",
        "debt_buyer": "buyer",
        "law_firm": "attorney lawyer",
        "creditor": "original_creditor lender first_party shop",
    },
)
NAME_USED: Final = Words("enum_name_used", "own third_party_sounding")
REGULATED: Final = Words(
    "enum_regulated",
    """
    federal_bank central_bank_regulated reserve_bank_regulated financial_entity authorised_institution
    money_lender fca_authorised
    """,
)
PERSON_KIND: Final = Words(
    "enum_person_kind",
    "natural_person sole_trader company microentrepreneur",
    {
        "natural_person": "person individual consumer private human man woman tenant patient student",
        "sole_trader": "freelancer self_employed sole_proprietor sole_proprietorship freiberufler autonomo",
        "company": """
            business b2b firm corporation corp legal_person legal_entity ltd limited plc llp llc inc gmbh ag ug kg sarl
            sas sa srl spa bv nv ab oy aps
        """,
    },
)
DEBT_KIND: Final = Words(
    "enum_debt_kind", "consumer commercial", {"consumer": "personal private b2c", "commercial": "business b2b trade"}
)
DEBT_TYPE: Final = Words(
    "enum_debt_type",
    """
    credit_card medical student_loan mortgage auto_loan bad_check business_loan consumer_credit microfinance
    loan goods services
    """,
    {
        "goods": "purchase sale merchandise order",
        "services": "service work fees utility utilities phone_bill",
        "medical": "hospital doctor dental dentist clinic",
    },
)
CONTRACT_FORM: Final = Words("enum_contract_form", "written unwritten oral open_account note sealed")
CHANNEL: Final = Words(
    "enum_channel",
    """
    phone sms email letter postcard portal visit social_private social_public response_form courier in_person
    """,
    {
        "sms": "text text_message mms",
        "phone": """
            call telephone cell cellphone cell_phone mobile landline voice voicemail ringless_voicemail robocall dialer
            autodialer voice_bot
        """,
        "letter": "mail post writing certified_mail registered_mail",
        "email": "e_mail",
        "visit": "door in_person_visit",
        "social_private": "social",
    },
    more_channels=True,
)
DIRECTION: Final = Words("enum_direction", "outbound inbound", {"outbound": "out outgoing", "inbound": "in incoming"})
OUTCOME: Final = Words(
    "enum_outcome",
    """
    conversation no_answer voicemail voicemail_full limited_content_message recorded_message
    ringless_voicemail dropped busy not_in_service delivered sent mailed received
    """,
    {
        "conversation": "answered talked spoke connected",
        "no_answer": "unanswered rang_out ring_no_answer no_reply",
        "voicemail": "left_message left_voicemail answering_machine machine",
        "voicemail_full": "mailbox_full",
        "not_in_service": "disconnected invalid_number",
        "busy": "engaged",
        "dropped": "hung_up abandoned dead_air silent silent_call no_agent no_agent_free",
        "delivered": "read opened seen",
        "mailed": "posted",
    },
)
RECIPIENT: Final = Words(
    "enum_recipient",
    """
    debtor spouse parent guardian executor personal_representative successor_in_interest adult_child attorney
    creditor creditor_attorney collector_attorney credit_bureau check_bureau employer third_party public
    """,
    {
        "debtor": "consumer customer",
        "spouse": "husband wife",
        "attorney": "lawyer",
        "employer": "boss",
        "third_party": """
            neighbor neighbour friend relative namesake authorized_user emergency_contact roommate coworker reference
            spouse_employer landlord
        """,
        "parent": "mother father",
        "adult_child": "child son daughter",
    },
)
PLACE: Final = Words(
    "enum_place",
    "home work mobile business",
    {
        "mobile": "cell cellphone cellular handy",
        "home": "landline residence house",
        "work": "office workplace employer",
    },
)
DAY: Final = Words("enum_day", "mon tue wed thu fri sat sun")
DOMAIN: Final = Words("enum_domain", "public public_paid institution")
PURPOSE: Final = Words(
    "enum_purpose",
    """
    first_notice medical_debt_notice demand_payment request_consent location_information required_by_law
    active_litigation settle_active_litigation answer_debtor_request finish_dropped_conversation
    warn_negative_effect discount_offer payment_offer terminating_efforts may_invoke_specified_remedy
    intends_specified_remedy postjudgment_remedy coerce_payment pressure threaten_criminal_prosecution
    """,
)
CONTENT: Final = Words(
    "enum_content",
    """
    debt_information states_debt collector_disclosure initial_disclosure opt_out_notice opt_out_confirmation
    payment_request payment_demand_before_period_end general_marketing identity_withheld neutral_business_name
    reply_request contact_name callback_number salutation date_and_time reply_times any_representative
    says_debt_collector asks_for_debtor names_receivables_group collector_employee_name locating_debtor
    names_employer seeks_estate_representative seeks_financial_affairs_person envelope_collection_symbol
    validation_notice validation_information periodic_statement early_intervention_notice servicing_disclosure
    privacy_notice formal_pleading obscenity profanity threat_violence threat_arrest_unlawful
    threat_action_not_intended garnishment_lawful_intended false_amount claims_government_affiliation
    claims_credit_bureau claims_attorney_false claims_legal_process_false claims_nonpayment_is_crime
    accuses_crime_false wrong_business_name simulates_court_document terminating_efforts
    may_invoke_specified_remedy intends_specified_remedy
    """,
    {
        "opt_out_notice": "unsubscribe unsubscribe_link opt_out_link opt_out stop_instruction",
        "initial_disclosure": "mini_miranda",
        "payment_request": "demand payment_link",
        "neutral_business_name": "business_name",
        "callback_number": "phone_number",
        "identity_withheld": "no_business_name business_name_left_out anonymous",
        "threat_arrest_unlawful": "threat_of_arrest arrest",
        "validation_notice": "debt_validation",
    },
)
SAYS: Final = Words(
    "enum_says",
    " ".join(
        word
        for word in CONTENT.words
        if not word.startswith(("claims_", "threat_"))
        and word
        not in (
            *("wrong_business_name", "accuses_crime_false", "false_amount"),
            *("garnishment_lawful_intended", "intends_specified_remedy"),
        )
    ),
)
"""What is said and is neither a claim nor a threat."""
CLAIMED: Final = Words(
    "enum_claimed",
    "attorney government credit_bureau legal_process another_business crime criminal amount_due",
    {"attorney": "lawyer law_firm solicitor", "government": "police court", "amount_due": "amount false_amount"},
)
THREATENED: Final = Words(
    "enum_threatened",
    "violence arrest suit garnishment seizure report step",
    {"suit": "lawsuit claim court", "arrest": "jail prison", "report": "credit_report", "step": "action remedy"},
)
OMITS: Final = Words("enum_omits", "collector_disclosure initial_disclosure validation_notice")
DEBTOR_SAID: Final = Words(
    "enum_debtor_said",
    """
    busy_now cannot_talk_now inconvenient_now wants_information does_not_owe refuses_to_pay
    no_personal_calls_at_work weekdays_ok_except_15_17 weekends_not_ok tuesdays_now_convenient
    """,
)
KIND_CONTACT: Final = Words("enum_kind_contact", "contact respond")
BY: Final = Words("enum_by", "collector creditor third_party personal_representative")
RAISED_BY: Final = Words("enum_raised_by", "collector debtor")
ENDED: Final = Words("enum_ended", "dropped")
FORM: Final = Words("enum_form", "written electronic oral")
WORDS: Final = Words("enum_words", "stop_calling refuses_to_pay")
EVENT_SCOPE: Final = Words("enum_event_scope", "channel endpoint place calls times third_party")
OPT_OUT_METHOD: Final = Words(
    "enum_opt_out_method", "link reply_stop reply_stop_subject form_and_envelope call_for_form postal_mail"
)
SOURCE_OF_KNOWLEDGE: Final = Words("enum_source_of_knowledge", "creditor_notes")
REQUIRED_FACT: Final = Words("enum_required_fact", "fee social_security_number")
TRANSFEREE: Final = Words("enum_transferee", "owner previous_owner other_agency_for_owner acquirer")
TRANSFER_REASON: Final = Words("enum_transfer_reason", "merger securitization scrubbing")
COURT_ANSWER: Final = Words("enum_court_answer", "refuses unclear")
TIME_TO_SUE: Final = Words("enum_time_to_sue", "unclear")
CLAIM_TYPE: Final = Words("enum_claim_type", "contract real_property")
PROFILE: Final = Words("enum_profile", "true_name fake")
VISIBLE_TO: Final = Words("enum_visible_to", "contacts")
ENVELOPE: Final = Words(
    "enum_envelope",
    """
    address_only neutral_business_name business_name_showing_collection urgent_payment_slogan
    forwarding_and_address_correction_requested intelligent_mail_barcode postage_and_debtor_address
    account_number_visible personal_and_confidential
    """,
    {
        "urgent_payment_slogan": "final_notice past_due overdue urgent",
        "business_name_showing_collection": "collection_agency_name",
        "address_only": "plain blank window",
    },
)
DOCUMENT: Final = Words("enum_document", "contract order proof_of_delivery invoice statement terms")
WORTH: Final = Words("enum_worth", "key ordinary low")
ITEMIZATION_DATE: Final = Words("enum_itemization_date", "last_statement charge_off last_payment")
TRANSLATION_SOURCE: Final = Words("enum_translation_source", "cfpb_website")
ACCOUNT_OF: Final = Words("enum_account_of", "collector")
HEARD_BY: Final = Words("enum_heard_by", "third_party")
REPRESENTED_BY: Final = Words("enum_represented_by", "attorney employee")
REQUIRES: Final = Words("enum_requires", "attorney")
FEE_CASE: Final = Words("enum_fee_case", "first_letter_paid normal")
CREDITOR_SIZE: Final = Words("enum_creditor_size", "micro")
TACTIC: Final = Words(
    "enum_tactic",
    """
    threaten_lawsuit agency_fees_to_debtor agency_takes_payment charge_for_first_reminder
    false_criminal_threat added_fees recover_from_third_party unregistered_collection harassment_coercion
    simulated_court_document
    """,
)
ACTION_KIND: Final = Words(
    "enum_action_kind",
    """
    contact respond send_contact_request ask_convenient_time ask_clarification ask_consent_to_continue
    provide_validation_orally solicit_postdated_check send_validation_notice send_verification
    send_duplicative_notice omit_validation_notice omit_further_validation_notice refuse_spanish_notice
    report_to_bureau sell_debt transfer_debt place_with_agency pledge_debt share_debt_data file_claim
    threaten_claim file_proof_of_claim send_statutory_demand threaten_repossession charge_fee
    charge_reminder_fee charge_collection_costs charge_interest apply_penalty_clause apply_payment
    take_payment deposit_postdated_check publish_debtor_names advertise_debt_for_sale furnish_deceptive_forms
    collect delete_records do_not_record_calls
    """,
    {
        "contact": "call phone text sms email mail letter write visit remind reminder dun dunning",
        "respond": "reply answer",
        "file_claim": "sue lawsuit claim small_claims",
        "charge_fee": "late_fee fee add_fee",
        "charge_interest": "interest add_interest",
        "sell_debt": "sell",
        "transfer_debt": "assign",
        "report_to_bureau": "report credit_report",
        "place_with_agency": "hand_over",
        "threaten_repossession": "repossess",
    },
)
ACTION_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "notices": ("send_validation_notice", "send_verification", "send_duplicative_notice"),
    "questions": ("ask_convenient_time", "ask_clarification", "ask_consent_to_continue"),
    "communications": (
        *("contact", "respond", "send_contact_request"),
        *("ask_convenient_time", "ask_clarification", "ask_consent_to_continue"),
        *("provide_validation_orally", "send_validation_notice", "send_verification", "send_duplicative_notice"),
    ),
    "threats": ("threaten_claim", "threaten_repossession"),
    "transfers": ("sell_debt", "transfer_debt", "place_with_agency"),
    "charges": (
        *("charge_interest", "charge_fee", "charge_reminder_fee", "charge_collection_costs", "apply_penalty_clause"),
    ),
}
"""Kinds of act that a ruleset may name together."""
TOLD_ACTS: Final = ("collect", "take_payment", "solicit_postdated_check", *ACTION_GROUPS["threats"])
"""Acts that are told to somebody: where a channel is stated, law of a `contact` is asked of them too."""
WHAT: Final = Words(
    "enum_what",
    """
    court_route late_payment interest_rate interest_start fixed_compensation collection_costs penalty_cap
    agency_fee payment_term limitation debt_status coverage licence
    """,
)
LICENCE_KIND: Final = Words("enum_licence_kind", "commercial_collection_agency")
BASIS: Final = Words(
    "enum_basis",
    """
    permitted prohibition exception presumption_compliance presumption_violation factor circumstances
    safe_harbor no_safe_harbor duty_met duty_missed not_covered
    """,
)
PRESUMPTION: Final = Words("enum_presumption", "compliance violation")
REASON: Final = Words(
    "enum_reason",
    """
    hours holiday frequency workplace third_party first_notice first_notice_wait dispute_block moratorium
    unreasonable_time contact_preference promise_block placement_notice licence pre_action_wait
    pre_action_step no_default below_minimum limit_uncertain time_barred limitation_defence debt_extinguished
    prohibited_tactic outside_safe_harbour not_bound validation_overdue filing_count unsettled_law
    """,
)
RECORD: Final[Kind[Any]] = Words(
    "record", "complete partial", {"complete": "full whole all true yes", "partial": "incomplete some false no"}
)

KEPT: Final = Words("enum_kept", "whole partial")
GROUP: Final = Words("enum_group", " ".join(groups.IDS), {"parties": " ".join(groups.MEANT)})
RECORDS: Final = Named("records", "groups of the record", GROUP, KEPT)
CHECKED_AT: Final = Named("checked_at", "groups of the record, and when each was looked through", GROUP, DATE)

WHO_RAISED: Final = Named("raised_by", "who raised each debt", DEBT_REF, RAISED_BY)

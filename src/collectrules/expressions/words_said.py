"""What is said in a communication, in English: each word of `content` as a noun.

A word that is not here says itself well enough: `obscenity`, `privacy_notice`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.expressions import english

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT: Final[Mapping[str, str]] = {
    "accuses_crime_false": "a false accusation of a crime or of something disgraceful",
    "any_representative": "that anybody who answers can help",
    "asks_for_debtor": "a wish to speak with the debtor",
    "callback_number": "a number to call back",
    "claims_attorney_false": "a false claim to be, or to come from, an attorney",
    "claims_credit_bureau": "a false claim to be a consumer reporting agency",
    "claims_government_affiliation": "a false claim to act for a government",
    "claims_legal_process_false": "a false claim to be legal process",
    "claims_nonpayment_is_crime": "a claim that not paying is a crime",
    "collector_disclosure": "that it is from a debt collector",
    "collector_employee_name": "the caller's or writer's own name",
    "contact_name": "a name to ask for",
    "date_and_time": "the date and time",
    "debt_information": "information about the debt",
    "envelope_collection_symbol": "a sign of debt collection on the envelope",
    "false_amount": "a false amount, character or status of the debt",
    "garnishment_lawful_intended": "a garnishment that is lawful and intended",
    "general_marketing": "advertising",
    "identity_withheld": "no word of who calls or writes",
    "initial_disclosure": "that it is an attempt to collect a debt",
    "intends_specified_remedy": "that a specified remedy will be used",
    "locating_debtor": "that location information is confirmed or corrected",
    "may_invoke_specified_remedy": "that a specified remedy may be used",
    "names_employer": "for whom the caller or writer works",
    "names_receivables_group": "a firm's name that tells of receivables",
    "neutral_business_name": "a business name that tells nothing of debts",
    "opt_out_confirmation": "a confirmation of an opt-out",
    "opt_out_notice": "how to opt out",
    "payment_demand_before_period_end": "a demand to pay before the validation period ends",
    "payment_request": "a request for payment",
    "reply_request": "a request to reply",
    "reply_times": "times for a reply",
    "says_debt_collector": "the words debt collector",
    "seeks_estate_representative": "a wish to speak with whoever may act for the estate",
    "seeks_financial_affairs_person": "a wish to speak with whoever handles the financial affairs",
    "simulates_court_document": "what looks like a document of a court or public office",
    "states_debt": "that there is a debt",
    "terminating_efforts": "that efforts to collect end",
    "threat_action_not_intended": "a threat of what is not lawful or not intended",
    "threat_arrest_unlawful": "a threat of arrest or seizure that is not lawful and intended",
    "threat_violence": "a threat of violence",
    "wrong_business_name": "a business name other than the true one",
}


def said(word: str) -> str:
    """A word of `content` as a noun in English."""
    return CONTENT.get(word) or english.words(word)

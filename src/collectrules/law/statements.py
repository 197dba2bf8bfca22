"""What the law may ask to stand in a letter: the words that obligations name under `states:`, and letters say.

Those that are also words of `action.content` are stated of the act when a letter says them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

STATEMENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "account_number": "the account number",
        "attorney_general_address": "the address of the attorney general's page on collection",
        "authority_to_collect": "by what authority the collector collects",
        "balance": "the amount that is owed now",
        "collector_address": "the address of the collector",
        "collector_agents": "the names of those who collect",
        "collector_disclosure": "that it comes from a debt collector",
        "collector_hours": "the office hours of the collector",
        "collector_name": "the name of the collector",
        "collector_telephone": "the telephone number of the collector",
        "contact_person": "a person to call",
        "contract": "the contract from which the debt comes",
        "creditor_address": "the full business address of whom the debt is owed to",
        "creditor_name": "the name of whom the debt is owed to",
        "creditor_registration": "the registration or tax number of the creditor",
        "creditor_telephone": "the telephone number of whom the debt is owed to",
        "debt_information": "that it is about a debt",
        "debt_type": "what kind of debt it is",
        "initial_disclosure": "that a debt is collected and what information will be used for",
        "itemisation": "each part of the debt",
        "language_preference": "a question for the language that the debtor prefers",
        "last_payment": "the last payment",
        "licence_number": "the number of the licence",
        "licensed_name": "the name on the licence",
        "medical_itemised_statement": "the right to an itemised statement of a medical debt",
        "medical_reporting": "that a medical debt is not reported to credit bureaus",
        "medical_rights": "the rights of patients",
        "opt_out_notice": "how to opt out",
        "original_creditor": "the original creditor",
        "placement_date": "the day on which the debt was placed",
        "right_to_cease": "the right to ask that contact cease",
        "says_debt_collector": "that it comes from a debt collector",
        "tie_to_creditor": "how the collector stands to the creditor",
        "validation_information": "the validation information",
        "validation_notice": "the validation notice",
    }
)
"""Word -> what it is, in English."""

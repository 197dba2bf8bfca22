"""What to ask about a fact of every case, in plain words: by object and key, where its description is no question.

A fact that a law declares has its question there. The debt, number or person that a question is about stands before it,
in the name of the fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

QUESTIONS: Final[Mapping[str, str]] = {
    # ---- who collects, for whom ----
    "collector.name_used": "in which name does the creditor collect: its own, or one that sounds like somebody else's?",
    "collector.principal_purpose_collection": "is collecting debts the main business of the collector?",
    "collector.collects_for_others": "does the collector collect debts for others at all?",
    "collector.regularly_collects_for_others": "does the collector regularly collect debts for others?",
    "collector.obtained_before_default": "did the collector take the debt over before it was in default?",
    "collector.only_for_affiliates": "does the collector collect only for companies of its own group?",
    "collector.official_duty": "does the collector act as an officer or employee of a government, in official duty?",
    "collector.licensed": "does the collector hold the licence or registration that the place asks for?",
    "collector.regulated": "is the collector supervised in a way that brings rules of its own on collecting, and how?",
    "creditor.kind": "who claims: a person, a sole trader or a company?",
    "creditor.size": "how large is the creditor?",
    "creditor.employees": "how many employees did the creditor have at most in the last twelve months?",
    "creditor.regularly_extends_credit": "does the creditor regularly sell or lend on credit?",
    # ---- the debt ----
    "debt.type": "what is the debt for?",
    "debt.amount": "how much of it is open, without interest and costs?",
    "debt.contract": "in which form was the contract made?",
    "debt.due": "on which day was it to be paid?",
    "debt.in_default_since": "since which day is it in default?",
    "debt.accepted_on": "on which day were the goods or services accepted?",
    "debt.agreed_days": "within how many days was it to be paid, by agreement?",
    "debt.account_number_when_obtained": "which account number did it have when this collector got it?",
    "debt.time_barred": "is the time to sue on it over?",
    "debt.disputed": "does the debtor dispute it?",
    "debt.paid": "has it been paid?",
    "debt.settled": "has it been settled?",
    "debt.discharged": "was it discharged in bankruptcy?",
    "debt.secured_enforceable_lien": "is it secured by a lien that can be enforced?",
    "debt.judgment": "is there a judgment for it?",
    "debt.identity_theft_notified": "has anybody told the collector that it comes from identity theft?",
    # ---- the debtor ----
    "debtor.kind": "who owes: a person, a sole trader or a company?",
    "debtor.guarantor": "does the debtor owe as a guarantor?",
    "debtor.natural_person_guarantor": "has a person guaranteed the debt of this company?",
    "debtor.time_zone": "in which time zone is the debtor?",
    "debtor.location_known_from_debtor": "did the debtor say where they are?",
    "debtor.convenient": "which times did the debtor call good?",
    "debtor.inconvenient": "which times and places did the debtor call bad?",
    "debtor.endpoints": "which numbers and addresses of the debtor are known?",
    "debtor.represented_by_attorney": "does the collector know of an attorney who stands for the debtor in this debt?",
    "debtor.attorney": "what is known of the debtor's attorney?",
    "debtor.employer_prohibits": "does the employer forbid such contacts, as the collector knows or should know?",
    "debtor.deceased": "has the debtor died?",
    "debtor.minor": "is the debtor under age?",
    "debtor.successor_confirmed": "is there a successor in interest whom the servicer has confirmed?",
    "debtor.offered_payment_date": "on which day did the debtor reasonably offer to pay?",
    "attorney.name_known": "is the attorney's name known?",
    "attorney.address_known": "is the attorney's address known?",
    "attorney.readily_ascertainable": "can the attorney's name and address easily be found out?",
    "attorney.consents_to_direct_contact": "did the attorney agree to direct contact with the debtor?",
    "attorney.unresponsive": "has the attorney not answered within a reasonable time?",
    "attorney.debts": "for which of the debts does the attorney stand?",
    "endpoint.employer_provided": "does the employer of the debtor provide this address or number?",
    # ---- the act ----
    "action.at": "on which day, and at what time, is it done?",
    "action.channel": "by which channel is it done?",
    "action.to": "to whom is it addressed?",
    "action.endpoint": "which number or address is used?",
    "action.place": "what kind of place does the number, address or visit reach: home, work, or a mobile?",
    "action.known_place": "does the collector know where the debtor is at that moment?",
    "action.same_call": "does it happen inside a call that is already under way?",
    "action.leaves_voicemail": "is a voicemail left?",
    "action.heard_by": "may anybody else hear it, and who?",
    "action.visible_to": "who can see the public post?",
    "action.known_shared": "is it known that others hear this voicemail box?",
    "action.automated": "is it sent by a machine, without a person who decides about it?",
    "action.requested_by_debtor": "did the debtor ask for this contact?",
    "action.purpose": "what is it for?",
    "action.required_by": "which law requires it?",
    "action.content": "which of the words that matter does it say?",
    "action.omits": "which statement that is due does it leave out?",
    "action.languages": "in which languages is it written or spoken?",
    "action.disclosure_languages": "in which languages are the disclosures made?",
    "action.assumed_name": "does the agent use an alias, and is it always theirs?",
    "action.profile": "which profile is used on the platform: a true name, or a feigned one?",
    "action.envelope": "what does the envelope show?",
    "action.purpose_concealed": "is its purpose hidden?",
    "action.tactic": "is it one of these practices?",
    "action.amount": "which amount is charged?",
    "action.contract_authorizes": "does the contract allow it?",
    "action.intends_to_act": "is there a present intent to do what is announced?",
    "action.marked_disputed": "is the debt reported as disputed?",
    "action.transferee": "who gets the debt?",
    "action.reason": "why is the debt handed over?",
    "action.claim_type": "what kind of suit is it?",
    # ---- what happened ----
    "contact.channel": "by which channel was it?",
    "contact.outcome": "how did it end?",
    "contact.to": "with whom was it?",
    "contact.endpoint": "which number or address was used?",
    "contact.place": "what kind of place did it reach: home, work, or a mobile?",
    "contact.content": "which of the words that matter did it say?",
    "contact.purpose": "what was it for?",
    "contact.voicemail_available": "can a message be left there, on a voicemail or with somebody?",
    "contact.discussed_debts": "which of the debts were talked about?",
    "action.court_id": "in which court is it filed?",
}


def question_of(owner: str, key: str) -> str:
    """The question about a fact of an object; empty where its description is one, or nobody asks for it."""
    return QUESTIONS.get(f"{owner}.{key}", "")

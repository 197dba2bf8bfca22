"""How the words of the vocabulary are said in English, where their names do not say it well enough.

The place for a verb or a noun is the catalogue of facts; what it does not have stands here, by the field's name. What
stands in neither is derived from the name: `states_reasons` "states reasons", `paid` "is paid", `licence` "licence".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Verb(NamedTuple):
    """A truth about something: what follows its name where the truth holds, and where it does not."""

    holds: str
    fails: str


VERBS: Final[Mapping[str, Verb]] = {
    "address_known": Verb("has an address that is known", "has no address that is known"),
    "asked_to_stop": Verb("says that the debtor asked for an end", "does not say that the debtor asked for an end"),
    "automated": Verb("is sent by a machine", "is not sent by a machine"),
    "calls": Verb("allows calls", "does not allow calls"),
    "channel_accepted": Verb(
        "came by a channel that the collector accepts", "came by a channel that the collector does not accept"
    ),
    "charges_recipient": Verb("costs the recipient money", "costs the recipient nothing"),
    "consented": Verb("was agreed to beforehand", "was not agreed to beforehand"),
    "consistent": Verb("is always used by one agent", "is not always used by one agent"),
    "contract_authorizes": Verb("is allowed by the contract", "is not allowed by the contract"),
    "deceased": Verb("is dead", "is alive"),
    "employer_prohibits": Verb(
        "has an employer that is known to forbid such contact", "has no employer that is known to forbid such contact"
    ),
    "employer_provided": Verb("is known to come from the employer", "is not known to come from the employer"),
    "employer_requested": Verb("was asked for whom the caller works", "was not asked for whom the caller works"),
    "enforceable_interest": Verb(
        "rests on a present right to the property", "does not rest on a present right to the property"
    ),
    "english_notice_already_provided": Verb("follows an English notice", "does not follow an English notice"),
    "esign_consent": Verb("has the consent that E-SIGN asks for", "lacks the consent that E-SIGN asks for"),
    "first_contact": Verb("is the first contact about the debt", "is not the first contact about the debt"),
    "given_directly": Verb(
        "was given to this collector by the debtor", "was not given to this collector by the debtor"
    ),
    "identifiable": Verb("tells the firm who used it", "does not tell the firm who used it"),
    "identity_theft_notified": Verb(
        "is one of which notice of identity theft was given", "is one of which no notice of identity theft was given"
    ),
    "intends_to_act": Verb("is meant to be carried out", "is not meant to be carried out"),
    "itemization_omitted": Verb("leaves the itemization out", "has the itemization"),
    "judgment": Verb("has a judgment", "has no judgment"),
    "known_shared": Verb("goes to a box that is known to be shared", "goes to no box that is known to be shared"),
    "knows_moved": Verb("is made knowing that the debtor left", "is made not knowing that the debtor left"),
    "licensed": Verb("has the licence that the place asks for", "lacks the licence that the place asks for"),
    "marked_disputed": Verb("reports the dispute", "does not report the dispute"),
    "minor": Verb("is a minor", "is of age"),
    "monitored_undeliverable": Verb("is watched for returned messages", "is not watched for returned messages"),
    "name_known": Verb("has a name that is known", "has no name that is known"),
    "new_material_information": Verb("brings new and material information", "brings no new and material information"),
    "obtained_before_default": Verb(
        "took the debt over before it was in default", "did not take the debt over before it was in default"
    ),
    "official_duty": Verb("acts in official duty", "does not act in official duty"),
    "only_for_affiliates": Verb("collects only for its group", "collects not only for its group"),
    "opted_out": Verb("shows an opt-out of the debtor", "shows no opt-out of the debtor"),
    "periodic_statement_enclosed": Verb("encloses the periodic statement", "does not enclose the periodic statement"),
    "principal_purpose_collection": Verb(
        "has collecting debts as its main business", "does not have collecting debts as its main business"
    ),
    "property_exempt": Verb("concerns property that is exempt", "concerns no property that is exempt"),
    "property_in_debtor_district": Verb(
        "concerns property in the district where the debtor lives",
        "concerns no property in the district where the debtor lives",
    ),
    "purpose_concealed": Verb("hides its purpose", "does not hide its purpose"),
    "readily_ascertainable": Verb("can easily be found", "cannot easily be found"),
    "reasonable_belief_earlier_wrong": Verb(
        "rests on a reasonable belief that the earlier answer was wrong",
        "does not rest on a reasonable belief that the earlier answer was wrong",
    ),
    "reasonable_belief_now_knows": Verb(
        "rests on a reasonable belief that the person knows better now",
        "does not rest on a reasonable belief that the person knows better now",
    ),
    "requested_by_debtor": Verb("is asked for by the debtor", "is not asked for by the debtor"),
    "requested_recontact": Verb("asked for another contact", "did not ask for another contact"),
    "same_as_earlier": Verb("repeats an earlier dispute", "repeats no earlier dispute"),
    "same_call": Verb("is inside a call under way", "is not inside a call under way"),
    "sample_language": Verb("has the sample wording", "does not have the sample wording"),
    "secured_enforceable_lien": Verb("is secured by an enforceable lien", "is not secured by an enforceable lien"),
    "spanish_option_offered": Verb("offers a notice in Spanish", "offers no notice in Spanish"),
    "successor_confirmed": Verb("has a confirmed successor in interest", "has no confirmed successor in interest"),
    "time_barred": Verb("is time-barred", "is not time-barred"),
    "transferee_notified_of_discharge": Verb(
        "tells the transferee of the discharge", "does not tell the transferee of the discharge"
    ),
    "unresponsive": Verb("has not answered in reasonable time", "has answered in reasonable time"),
    "use_disclosed": Verb("told how the address may be used", "did not tell how the address may be used"),
    "used": Verb("used the address for this debt", "did not use the address for this debt"),
    "voicemail_available": Verb("could have left a message", "could not have left a message"),
}
"""By the name of the field, which is true or false."""

_SPEAKING: Final = frozenset({"states", "refers", "names", "discloses", "leaves", "collects", "consents", "asks"})
"""First words of a name that are verbs already, with their `s`."""
_TRUE_NOUNS: Final = ("_warning",)


def verb_of(field: str) -> Verb:
    """How a truth is said of its owner."""
    known = VERBS.get(field)
    if known is not None:
        return known
    first, _, rest = field.partition("_")
    said = field.replace("_", " ")
    if first in _SPEAKING:
        return Verb(said, f"does not {first.removesuffix('s')} {rest.replace('_', ' ')}".rstrip())
    if first == "regularly":
        return Verb(said, f"does not regularly {rest.replace('_', ' ').replace('s ', ' ', 1)}")
    if field.endswith(_TRUE_NOUNS):
        return Verb(f"has the {said}", f"has no {said}")
    return Verb(f"is {said}", f"is not {said}")


NOUNS: Final[Mapping[str, str]] = {
    "account_number_when_obtained": "account number when it was obtained",
    "by": "whoever did {}",
    "convenient": "convenient times",
    "counted_to": "the debt to which {} is counted",
    "due": "due day",
    "endpoint": "number or address",
    "email": "address for e-mails",
    "sms": "number for texts",
    "debtor_said": "what the debtor said in {}",
    "discussed_debts": "the debts that were spoken of in {}",
    "given_to": "whoever got {}",
    "heard_by": "whoever may hear {}",
    "id": "name",
    "inconvenient": "inconvenient times and places",
    "in_default_since": "day of default",
    "minute": "clock time",
    "negative_effect_controlled_by": "whoever controls the bad effect of {}",
    "omits": "left-out duties",
    "only_on": "only day",
    "regulated": "supervision",
    "required_by": "the law that requires {}",
    "third_party": "the person with whom {} allows talk",
    "to": "recipient",
    "told_by": "whoever told of {}",
    "until": "last day",
    "visible_to": "whoever sees {}",
}
"""By the name of a field; with `{}` for its owner, where it is not said of it with an `'s`."""

CONTACT_NOUNS: Final[Mapping[str, str]] = {"from": "sender", "by": "whoever made {}"}
"""The same for fields of contacts and of the action only."""
EVENT_NOUNS: Final[Mapping[str, str]] = {"from": "first time", "to": "last time"}
"""The same for fields of events only."""

COLLECTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "contacts": ("earlier contact", "earlier contacts"),
    "events": ("earlier event", "earlier events"),
    "consents": ("consent given before", "consents given before"),
    "debts": ("debt concerned", "debts concerned"),
    "all_debts": ("debt of the debtor", "debts of the debtor"),
    "endpoints": ("number or address of the debtor", "numbers or addresses of the debtor"),
    "channel_preference": ("wish about channels", "wishes about channels"),
    "consent": ("consent as an event", "consents as events"),
    "consent_revoked": ("withdrawal of consent", "withdrawals of consent"),
    "attorney_notice": ("notice of an attorney", "notices of an attorney"),
    "attorney_withdrawn": ("word that the attorney no longer acts", "words that the attorney no longer acts"),
    "convenience_restored": ("word that it now suits", "words that it now suits"),
    "inconvenience_designated": ("word that it does not suit", "words that it does not suit"),
    "dispute_received": ("dispute received", "disputes received"),
    "learned_not_debtors_number": (
        "discovery that a number is not the debtor's", "discoveries that a number is not the debtor's",
    ),
    "paid_in_full": ("payment in full", "payments in full"),
    "told_of_third_party_disclosure": ("word that others read along", "words that others read along"),
    "undeliverable": ("return as undeliverable", "returns as undeliverable"),
    "opt_out": ("opt-out", "opt-outs"),
}  # fmt: skip
"""One and several items of a collection, by its name; of an event that is not here, the name in words."""


def item_names(collection: str) -> tuple[str, str]:
    """What one and several items of a collection are called."""
    singular = collection.replace("_", " ")
    return COLLECTIONS.get(collection, (singular, f"{singular} events"))


class Wording(NamedTuple):
    """A function in English: a noun, or (`fails` is set) a truth; `{0}` stands for the first argument."""

    text: str
    fails: str = ""
    is_date: bool = False


FUNCTIONS: Final[Mapping[str, Wording]] = {
    "add_business_days": Wording("{1} business days ({2}) after {0}", is_date=True),
    "add_days": Wording("{1} days after {0}", is_date=True),
    "add_months": Wording("{1} months after {0}", is_date=True),
    "add_years": Wording("{1} years after {0}", is_date=True),
    "amount_charged": Wording("the amount of {0} in {1}"),
    "amount_owed": Wording("the amount owed by {0} in {1}"),
    "business_days_between": Wording("the number of business days ({2}) from {0} to {1}"),
    "charged_beyond": Wording("what of the amount of {0} in {1} goes beyond {2}"),
    "clock_outside_hours": Wording(
        "{0} is known to lie outside {1} to {2} where the debtor is",
        "{0} is not known to lie outside {1} to {2} where the debtor is",
    ),
    "days_between": Wording("the number of days from {0} to {1}"),
    "electronic": Wording("{0} is electronic", "{0} is not electronic"),
    "end_of_year": Wording("the end of the year of {0}", is_date=True),
    "endpoint_of": Wording("the number or address that {0} uses"),
    "in_periods": Wording("{0} lies within {1}", "{0} does not lie within {1}"),
    "inconvenient_place": Wording(
        "the debtor called the place of {0} inconvenient", "the debtor did not call the place of {0} inconvenient"
    ),
    "inconvenient_time": Wording(
        "the debtor called the time of {0} inconvenient", "the debtor did not call the time of {0} inconvenient"
    ),
    "is_business_day": Wording("{0} is a business day ({1})", "{0} is no business day ({1})"),
    "is_holiday": Wording("{0} is a holiday ({1})", "{0} is no holiday ({1})"),
    "minutes_between": Wording("the number of minutes from {0} to {1}"),
    "outside_hours": Wording(
        "{0} lies outside {1} to {2} where the debtor is", "{0} does not lie outside {1} to {2} where the debtor is"
    ),
    "plus": Wording("{0} plus {1}"),
    "public": Wording("{0} is public", "{0} is not public"),
    "same_month": Wording("{0} and {1} lie in one calendar month", "{0} and {1} do not lie in one calendar month"),
    "same_week": Wording(
        "{0} and {1} lie in one week, which begins on {2}", "{0} and {1} do not lie in one week, which begins on {2}"
    ),
    "sum_for_each_debt": Wording("{1} for each debt of {0}"),
    "paid_since": Wording("what came in since {0} on its debts, less what came back"),
    "fell_due": Wording("what fell due under {0} before {1}"),
    "share_owed": Wording("{2} per cent of the amount owed by {0} in {1}"),
    "spoken": Wording("{0} is spoken", "{0} is not spoken"),
    "tied_to_place": Wording("{0} is tied to a place", "{0} is not tied to a place"),
    "uses_endpoint": Wording("{0} uses {1}", "{0} does not use {1}"),
    "uses_endpoint_of": Wording(
        "{0} uses the number or address that {1} names", "{0} does not use the number or address that {1} names"
    ),
    "written": Wording("{0} is written", "{0} is not written"),
}
"""By name. One that is not here, such as a plugin's, is told by its name and arguments."""

PLURAL: Final = frozenset(
    {"debts", "discussed_debts", "intended_debts", "words", "languages", "places", "days", "times"}
)

HOW_MANY: Final[Mapping[str, str]] = {
    "==": "exactly",
    "<": "fewer than",
    "<=": "at most",
    ">": "more than",
    ">=": "at least",
}
AGES: Final[Mapping[str, str]] = {
    "==": "",
    "!=": "other than ",
    "<": "less than ",
    "<=": "at most ",
    ">": "more than ",
    ">=": "at least ",
}
DATES: Final[Mapping[str, str]] = {
    "<": "is before",
    "<=": "is not after",
    ">": "is after",
    ">=": "is not before",
}
OPERATORS: Final[Mapping[str, str]] = {
    "==": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
    "in": "is",
    "not in": "is none of",
    "has": "includes",
    "has any": "includes",
    "lacks": "does not include",
    "only": "is nothing but",
    "overlaps": "shares something with",
}
PLURAL_OPERATORS: Final[Mapping[str, str]] = {
    **OPERATORS,
    "==": "are",
    "!=": "are not",
    "has": "include",
    "has any": "include",
    "lacks": "do not include",
    "only": "are nothing but",
    "overlaps": "share something with",
}

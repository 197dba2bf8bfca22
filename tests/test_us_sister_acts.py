"""A rule of the United States on contacting a debtor governs the answer too, or its reason why not stands here.

`respond` is a contact that the debtor started. A law that forbids an hour, a place or a medium forbids it there and
lets pass what goes on in the debtor's own call; a law that counts what a collector begins does not count it.
"""

from __future__ import annotations

from pathlib import Path

from collectrules.law.rulebook import Rulebook
from collectrules.plugins.loading import load_plugins

LAW = Path(__file__).parents[1] / "rulesets" / "us"

OWN_SIGN = "the number from which on a person is asked is ours, and an answer is no sign of harassment"
OTHERS = "it is about asking other people where the debtor is"
RECALLED = "a debtor who asks about an account that went back may be told so"
PAID = "a debtor who asks about a paid debt may be answered"
LEFT_OUT = {
    "nc.collection.location_once_a_week": OTHERS,
    "nc.collection.location_three_in_thirty_days": OTHERS,
    "ny.nyc.collection.location_once": OTHERS,
    "federal.regulation_f.calls.many_messages_day_after_day": "it is about messages that nobody answers",
    "federal.regulation_f.calls.calls_at_the_limit_and_messages_besides": OWN_SIGN,
    "federal.regulation_f.calls.messages_without_end": OWN_SIGN,
    "federal.fair_debt_collection_practices_act.messages_without_end": OWN_SIGN,
    "federal.unfair_practices.calls_without_end": OWN_SIGN,
    "federal.unfair_practices.messages_without_end": OWN_SIGN,
    "federal.telephone_consumer_protection.call_that_also_sells": "an answer to what somebody began solicits nothing",
    "federal.regulation_f.representations.contact_on_a_paid_debt": PAID,
    "federal.unfair_practices.other_act_on_a_paid_debt": PAID,
    "federal.regulation_f.representations.paid_by_its_sum": PAID,
    "federal.unfair_practices.paid_by_its_sum": PAID,
    "federal.unfair_practices.recalled_account": RECALLED,
    "federal.fair_debt_collection_practices_act.recalled_account": RECALLED,
    "federal.unfair_practices.debt_that_was_sold": "a debtor who asks about a sold debt may be told whose it is",
    "ma.covid_emergency.no_calls": "the ban was of calls that the collector starts",
    "ma.covid_emergency.calls_under_the_injunction": "the ban was of calls that the collector starts",
    "ma.covid_emergency.no_suits_or_visits": "a visit that answers was not among what was banned",
}
"""Rules that govern `contact` and not `respond`, by their place in the folder, each with the reason."""


def contacts_without_answers() -> set[str]:
    """Read as law, not as text: a rule that is taken up from a library governs what the library says."""
    rules = Rulebook([LAW.parent], load_plugins().language).rules()
    found = set()
    for rule in (each for each in rules if each.jurisdiction.partition("-")[0] == "US"):
        if "contact" in rule.governs_kinds and "respond" not in rule.governs_kinds:
            place = Path(rule.place.path).relative_to(LAW).with_suffix("")
            found.add(".".join((*place.parts, rule.id)))
    return found


def test_every_rule_on_contact_governs_answers_or_says_why_not() -> None:
    assert contacts_without_answers() == set(LEFT_OUT)

"""A rule of the United States on contacting a debtor governs the answer too, or its reason why not stands here.

`respond` is a contact that the debtor started. A law that forbids an hour, a place or a medium forbids it there and
lets pass what goes on in the debtor's own call; a law that counts what a collector begins does not count it.
"""

from __future__ import annotations

from pathlib import Path

import yaml

LAW = Path(__file__).parents[1] / "rulesets" / "us"
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

COUNTED = "what is counted is begun by the collector: the definition of what counts leaves answers out"
OWN_SIGN = "the number from which on a person is asked is ours, and an answer is no sign of harassment"
OTHERS = "it is about asking other people where the debtor is"
PAID = "a debtor who asks about a paid debt may be answered"
LEFT_OUT = {
    "ca.collection.harassing_frequency": OWN_SIGN,
    "ct.collection.creditors_frequency": OWN_SIGN,
    "fl.collection.harassing_frequency": OWN_SIGN,
    "hi.collection.calls_to_harass": OWN_SIGN,
    "ia.collection.harassing_frequency": OWN_SIGN,
    "il.collection.harassing_frequency": OWN_SIGN,
    "md.collection.harassing_frequency": OWN_SIGN,
    "mi.collection.harassing_frequency": OWN_SIGN,
    "mn.collection.harassing_frequency": OWN_SIGN,
    "dc.collection.four_calls": COUNTED,
    "dc.collection.three_calls": COUNTED,
    "dc.collection.five_messages": COUNTED,
    "ma.two_in_seven_days": COUNTED,
    "ma.two_in_thirty_days_elsewhere": COUNTED,
    "ma.household_two_in_seven_days": COUNTED,
    "ma.household_two_in_thirty_days_elsewhere": COUNTED,
    "ma.debt_collectors.two_in_seven_days": COUNTED,
    "ma.debt_collectors.two_in_thirty_days_elsewhere": COUNTED,
    "ma.debt_collectors.two_calls_in_seven_days": COUNTED,
    "ma.debt_collectors.call_soon_after_conversation": COUNTED,
    "ma.debt_collectors.texts_in_seven_days": COUNTED,
    "ma.debt_collectors.contact_elsewhere_in_thirty_days": COUNTED,
    "ny.nyc.collection.two_in_seven_days": COUNTED,
    "ny.nyc.collection.three_in_seven_days_for_an_account": COUNTED,
    "wa.collection.three_a_week": COUNTED,
    "wa.collection.two_a_day_to_a_cell_phone": COUNTED,
    "nc.collection.location_once_a_week": OTHERS,
    "nc.collection.location_three_in_thirty_days": OTHERS,
    "ny.nyc.collection.location_once": OTHERS,
    "federal.regulation_f.calls.many_messages_day_after_day": "it is about messages that nobody answers",
    "federal.regulation_f.calls.calls_at_the_limit_and_messages_besides": OWN_SIGN,
    "federal.telephone_consumer_protection.call_that_also_sells": "an answer to what somebody began solicits nothing",
    "federal.regulation_f.representations.contact_on_a_paid_debt": PAID,
    "federal.unfair_practices.other_act_on_a_paid_debt": PAID,
    "ma.covid_emergency.no_calls": "the ban was of calls that the collector starts",
    "ma.covid_emergency.calls_under_the_injunction": "the ban was of calls that the collector starts",
    "ma.covid_emergency.no_suits_or_visits": "a visit that answers was not among what was banned",
}
"""Rules that govern `contact` and not `respond`, by their place in the folder, each with the reason."""


def contacts_without_answers() -> set[str]:
    found = set()
    for path in sorted(LAW.rglob("*.yaml")):
        law = yaml.load(path.read_text("utf-8"), LOADER)  # noqa: S506
        groups = law.get("groups", {})
        for rule in law.get("rules", []):
            governs = rule.get("governs") or groups.get(rule.get("group", ""), {}).get("governs", {})
            named = governs.get("kind", [])
            kinds = {named} if isinstance(named, str) else set(named)
            if "contact" in kinds and not kinds & {"respond", "communications"}:
                place = ".".join(path.relative_to(LAW).with_suffix("").parts)
                found.add(f"{place}.{rule['id']}")
    return found


def test_every_rule_on_contact_governs_answers_or_says_why_not() -> None:
    assert contacts_without_answers() == set(LEFT_OUT)

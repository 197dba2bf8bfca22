"""An allow is shown: what was not read of the topics of an act is a review, or told; and every way past it found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping
from collectrules.law.rulebook import Rulebook
from collectrules.law.topics import parse_topics
from collectrules.verdict.company import Company

if TYPE_CHECKING:
    from collectrules.law.model import Ruleset
    from collectrules.law.topics import Topics
    from collectrules.verdict.objects import ExploredVerdict

Law = Any
TODAY: Final = date(2026, 6, 1)
TOPICS: Final = """\
topics:
  contact_hours:
    title: contact hours
    asks: when?
    touched_by: [{kind: communications}]
    expected: {US: [country, state, city], else: country}
    gap: blocks
  representation:
    title: representation
    asks: what of attorneys?
    touched_by: [{kind: contact, if: debtor.represented_by_attorney}]
    expected: {US: [country, state], else: country}
    gap: blocks
    stops: [{if: debtor.represented_by_attorney == true, says: the debtor is represented by an attorney}]
  disclosures:
    title: disclosures
    asks: what must be said?
    touched_by: [{kind: contact}]
    expected: country
    gap: told
countries:
  US: {parts: required}
  GB: {parts: [contact_hours]}
"""
RULE: Final = "when: debtor.minor"
NOTHING: Final = (
    "nothing: yes, cite: Law 9, verified: {{date: 2026-01-02, against: {against}, confidence: {confidence}}}"
)


def nothing(topic: str, more: str = "", *, against: str = "the text", confidence: str = "high") -> str:
    text = NOTHING.format(against=against, confidence=confidence)
    return f"{{topic: {topic}, {more}{text}}}"


class Country:
    """A country of a test, whose law is put together cover by cover."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.topics: Topics = parse_topics(TOPICS, "topics.yaml", law.language)

    def ruleset(self, *covers: str, place: str = "US-NY", rule: str = RULE, more: str = "", **head: str) -> Ruleset:
        name = head.pop("name", f"{place.lower().replace('-', '.')}.law")
        listed = "".join(f"\n  - {cover}" for cover in covers)
        text = f"covers:{listed}\n{more}" if covers else more
        made: Ruleset = self.law.ruleset(rule, name=name, jurisdiction=place, more=text, **head)
        return made

    def explore(self, *rulesets: Ruleset, accepted: Any = None, **changes: Any) -> ExploredVerdict:
        book = Rulebook.holding(rulesets, self.law.language, self.topics)
        advisor = Advisor(book, None, TODAY, Company(accepted or {}))
        changes.setdefault("jurisdiction", "US-NY")
        return advisor.explore(self.law.case(**changes))

    def decision(self, *rulesets: Ruleset, **changes: Any) -> str:
        return self.explore(*rulesets, **changes).decision


@pytest.fixture
def country(law: Law) -> Country:
    return Country(law)


def gaps(verdict: ExploredVerdict) -> list[str]:
    return [finding.sentence for finding in verdict.findings if finding.ruleset == "collectrules"]


ALL: Final = ("contact_hours", "representation", "disclosures")


# ---- what has been read ---------------------------------------------------------------------------------------------


def test_what_was_read_at_every_layer_is_allowed(country: Country) -> None:
    verdict = country.explore(country.ruleset(*ALL, place="US"), country.ruleset("contact_hours"))
    assert (verdict.decision, gaps(verdict), verdict.not_encoded) == ("allow", [], ())


def test_a_topic_that_was_not_read_blocks_by_place_and_name(country: Country) -> None:
    verdict = country.explore(country.ruleset(*ALL, place="US"), country.ruleset("disclosures"))
    assert verdict.decision == "review"
    assert gaps(verdict) == ["US-NY: contact hours were not read"]
    assert verdict.not_encoded == ("US-NY: contact hours were not read",)


def test_a_gap_that_is_only_told_allows_and_is_told(country: Country) -> None:
    verdict = country.explore(country.ruleset("contact_hours", place="US"), country.ruleset("contact_hours"))
    assert (verdict.decision, verdict.not_encoded) == ("allow", ("US: disclosures were not read",))


def test_what_was_read_in_part_allows_and_is_told(country: Country) -> None:
    state = country.ruleset("{topic: contact_hours, partly: yes}")
    verdict = country.explore(country.ruleset(*ALL, place="US"), state)
    assert (verdict.decision, verdict.not_encoded) == ("allow", ("US-NY: contact hours were read in part",))


def test_that_there_is_no_rule_is_read_as_well(country: Country) -> None:
    assert country.decision(country.ruleset(*ALL, place="US"), country.ruleset(nothing("contact_hours"))) == "allow"


@pytest.mark.parametrize("cover", [nothing("contact_hours", confidence="low"), "{topic: contact_hours, VERIFIED}"])
def test_what_is_of_low_confidence_is_a_gap(country: Country, cover: str) -> None:
    low = "verified: {date: 2026-01-02, against: a list, confidence: low}"
    verdict = country.explore(country.ruleset(*ALL, place="US"), country.ruleset(cover.replace("VERIFIED", low)))
    assert gaps(verdict) == ["US-NY: contact hours were read, but not for certain"]


def test_what_rests_on_knowledge_alone_covers_and_is_said_once(country: Country) -> None:
    state = country.ruleset(nothing("contact_hours", against="from knowledge", confidence="medium"))
    verdict = country.explore(country.ruleset(*ALL, place="US"), state)
    assert verdict.decision == "allow"
    told = [fact for fact in verdict.assumed if fact.fact == "law of US-NY"]
    assert [(fact.taken_as, fact.reason) for fact in told] == [
        ("contact hours", "rests on knowledge alone, without a text")
    ]


@pytest.mark.parametrize("cover", ["contact_hours", nothing("contact_hours")])
def test_what_was_read_ages_and_says_since_when(country: Country, cover: str) -> None:
    federal = country.ruleset(*ALL, place="US", verify_by="2030-01-01")
    verdict = country.explore(federal, country.ruleset(cover, verify_by="2026-05-31"))
    assert gaps(verdict) == ["US-NY: contact hours were due to be read again by 2026-05-31"]
    assert country.decision(federal, country.ruleset(cover, verify_by="2026-06-01")) == "allow"


def test_it_ages_by_the_day_of_the_act_too(country: Country) -> None:
    """An act of years ahead passed on law that ends its shelf life before."""
    law = [country.ruleset(*ALL, place=place, verify_by="2026-12-31") for place in ("US", "US-NY")]
    assert country.decision(*law, action={"at": "2026-12-31T10:00"}) == "allow"
    verdict = country.explore(*law, action={"at": "2027-01-01T10:00"})
    assert "US-NY: contact hours were due to be read again by 2026-12-31" in gaps(verdict)


def test_what_an_act_does_not_touch_may_be_old(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US")
    old = country.ruleset("representation", name="us.ny.old", verify_by="2026-05-31")
    assert country.decision(federal, country.ruleset("contact_hours"), old) == "allow"


# ---- for whom, on which channel, on which day -----------------------------------------------------------------------

BINDS: Final = "binds: {when: collector.role != creditor, cite: Law 1}"
CREDITOR: Final = {"role": "creditor"}


def test_a_cover_holds_for_whom_the_file_binds(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US", name="us.all")
    state = country.ruleset("contact_hours", more=BINDS)
    assert country.decision(federal, state) == "allow"
    verdict = country.explore(federal, state, collector=CREDITOR)
    assert gaps(verdict) == ["US-NY: contact hours were not read for these parties"]


def test_others_are_read_for_where_the_file_says_so(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US")
    state = country.ruleset("contact_hours", nothing("contact_hours", "for: others, "), more=BINDS)
    assert country.decision(federal, state, collector=CREDITOR) == "allow"
    everybody = country.ruleset(nothing("contact_hours", "for: everybody, "), more=BINDS)
    assert country.decision(federal, everybody, collector=CREDITOR) == "allow"


def test_what_one_file_read_for_all_ages_as_what_it_read_for_some(country: Country) -> None:
    """Whom the file binds and all others are everybody: but only as long as both were read lately."""
    federal = country.ruleset(*ALL, place="US", name="us.all", verify_by="2030-01-01")
    covers = ("contact_hours", nothing("contact_hours", "for: others, "))
    verdict = country.explore(federal, country.ruleset(*covers, more=BINDS, verify_by="2026-05-31"))
    assert gaps(verdict) == ["US-NY: contact hours were due to be read again by 2026-05-31"]
    assert country.decision(federal, country.ruleset(*covers, more=BINDS, verify_by="2026-06-01")) == "allow"


def test_what_is_read_for_others_is_not_read_for_whom_the_file_binds(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US")
    state = country.ruleset(nothing("contact_hours", "for: others, "), more=BINDS)
    assert country.decision(federal, state, collector=CREDITOR) == "allow"
    assert gaps(country.explore(federal, state)) == ["US-NY: contact hours were not read for these parties"]


def test_rules_hold_for_nobody_whom_the_file_does_not_bind(country: Country) -> None:
    """An encoded cover with `for:` is narrowed by it, never widened."""
    federal = country.ruleset(*ALL, place="US")
    state = country.ruleset("{topic: contact_hours, for: collector.role is given}", more=BINDS)
    assert country.decision(federal, state, collector=CREDITOR) == "review"


def test_whom_it_is_not_known_to_hold_for_it_holds_for_nobody(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US")
    state = country.ruleset("{topic: contact_hours, for: action.place == home}")
    verdict = country.explore(federal, state)
    assert gaps(verdict) == ["US-NY: contact hours were read for some parties only, and whether for these is not known"]
    assert "action.place" in [fact.fact for fact in verdict.unknown]
    assert country.decision(federal, state, action={"place": "home"}) == "allow"


def test_a_day_before_the_law_that_is_encoded_is_a_gap(country: Country) -> None:
    """A mistyped year was an allow."""
    federal = country.ruleset(*ALL, place="US")
    state = country.ruleset("{topic: contact_hours, since: 2022-01-01}")
    assert country.decision(federal, state, action={"at": "2022-01-01T10:00"}) == "allow"
    verdict = country.explore(federal, state, action={"at": "2021-12-31T10:00"})
    assert gaps(verdict) == ["US-NY: contact hours were read only from 2022-01-01 on"]
    ended = country.ruleset("{topic: contact_hours, until: 2022-01-01}")
    assert country.decision(federal, ended, action={"at": "2022-01-01T10:00"}) == "allow"
    assert country.decision(federal, ended, action={"at": "2022-01-02T10:00"}) == "review"


def test_a_channel_for_which_nothing_was_read_is_a_gap(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US")
    state = country.ruleset("{topic: contact_hours, channel: [phone]}")
    assert country.decision(federal, state) == "allow"
    verdict = country.explore(federal, state, action={"channel": "letter"})
    assert gaps(verdict) == ["US-NY: contact hours were not read for this channel"]


def test_a_channel_that_is_not_known_needs_every_channel_read(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US")
    assert country.decision(federal, country.ruleset("contact_hours"), action={"channel": None}) == "allow"
    state = country.ruleset("{topic: contact_hours, channel: [phone]}")
    assert country.decision(federal, state, action={"channel": None}) == "review"


# ---- whose cover it is ----------------------------------------------------------------------------------------------


def test_house_rules_and_answers_read_nothing(country: Country) -> None:
    """One house rule, or a file of answers alone, made a state encoded."""
    federal = country.ruleset(*ALL, place="US")
    assert country.decision(federal, country.ruleset("contact_hours")) == "allow"
    house = country.ruleset(rule="when: debtor.minor\nstrength: house_policy", name="us.ny.house")
    verdict = country.explore(federal, house)
    assert gaps(verdict) == ["US-NY: no law of this place is encoded, that of US is"]
    assert gaps(country.explore(federal, house)) == gaps(country.explore(federal))


def test_a_file_of_another_topic_closes_no_gap(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US")
    other = country.ruleset("representation", name="us.ny.other")
    assert country.decision(federal, other) == "review"


def test_a_file_of_another_place_closes_no_gap(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US")
    assert country.decision(federal, country.ruleset("contact_hours", place="US-TX")) == "review"


def test_what_mirrors_another_law_is_read_for_those_whom_that_law_binds(country: Country) -> None:
    more = "\n  - ".join(("", nothing("[contact_hours, representation]", "for: others, ")))
    federal = country.ruleset(*ALL, place="US", more=f"{more}\n{BINDS}".lstrip("\n"))
    state = country.ruleset("{topic: contact_hours, mirrors: US}")
    assert country.decision(federal, state) == "allow"
    verdict = country.explore(federal, state, collector=CREDITOR)
    assert "US-NY: contact hours were not read for these parties" in gaps(verdict)
    assert country.decision(state, country.ruleset("representation", place="US")) == "review", (
        "there is nothing to mirror"
    )


# ---- where a topic is expected --------------------------------------------------------------------------------------


def test_a_country_whose_parts_are_required_asks_which(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US")
    verdict = country.explore(federal, jurisdiction="US")
    assert verdict.decision == "review"
    assert gaps(verdict)[0].startswith("US: which state?")
    assert country.decision(federal, jurisdiction="US", applicable_law=["US"]) == "allow"


def test_parts_are_asked_for_where_a_topic_is_their_law(country: Country) -> None:
    national = country.ruleset(*ALL, place="GB")
    verdict = country.explore(national, jurisdiction="GB")
    assert gaps(verdict) == [
        "GB: contact hours were not read: it is law of the country's parts, and the case names none"
    ]
    assert country.decision(national, jurisdiction="GB", applicable_law=["GB"]) == "allow"


def test_a_test_that_names_a_bare_country_means_its_law(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US")
    book = Rulebook.holding([federal], country.law.language, country.topics)
    case = country.law.case(jurisdiction="US").to_mapping()
    tested = {**case, "id": "t", "story": "s", "rule": "r", "source": "text", "expect": {"decision": "allow"}}
    assert Advisor(book, None, TODAY).check(case_from_mapping(tested)).decision == "allow"
    assert Advisor(book, None, TODAY).check(case_from_mapping(case)).decision == "review"


def test_only_the_law_that_applies_is_asked(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US")
    denies = country.ruleset("contact_hours", rule="when: action.channel == phone")
    assert country.decision(federal, denies) == "deny"
    assert country.decision(federal, denies, applicable_law=["US"]) == "allow"
    assert country.decision(federal, denies, jurisdiction="US", applicable_law=["US-NY"]) == "deny"


def test_no_law_is_expected_where_a_country_leaves_none_to_its_parts(country: Country) -> None:
    national = country.ruleset(*ALL, place="FR")
    assert country.decision(national, jurisdiction="FR-IDF") == "allow"


def test_a_city_is_asked_where_its_state_names_it(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US")
    state = country.ruleset("contact_hours", more="cities: [US-NY-NYC]")
    verdict = country.explore(federal, state, jurisdiction="US-NY-NYC")
    assert gaps(verdict) == ["US-NY-NYC: no law of this place is encoded, that of US-NY and US is"]
    other = country.explore(federal, state, jurisdiction="US-NY-ALB")
    assert other.decision == "allow"
    assert "law of US-NY-ALB" in [fact.fact for fact in other.assumed]
    assert "law of US-NY-NYC for this debtor" in [fact.fact for fact in country.explore(federal, state).assumed]


# ---- facts ----------------------------------------------------------------------------------------------------------

ATTORNEY: Final = {"represented_by_attorney": True}


def test_a_topic_is_touched_where_its_facts_are_stated_or_possible(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US", rule="when: debtor.represented_by_attorney and debtor.minor")
    state = country.ruleset("contact_hours")
    verdict = country.explore(federal, state)
    assert verdict.decision == "allow"
    assert "debtor.represented_by_attorney" in [fact.fact for fact in verdict.assumed], "it would have been a gap"
    assert gaps(country.explore(federal, state, debtor=ATTORNEY)) == ["US-NY: representation was not read"]
    partial = country.explore(federal, state, record="partial", debtor={"minor": False})
    assert "US-NY: representation was not read" in gaps(partial)
    assert "debtor.represented_by_attorney" in [fact.fact for fact in partial.unknown]


def test_a_stated_fact_never_falls_silent(country: Country) -> None:
    read, unread = "when: debtor.represented_by_attorney and debtor.minor", RULE
    state = country.ruleset("contact_hours", "representation")
    federal = country.ruleset(*ALL, place="US", rule=unread)
    verdict = country.explore(federal, state, debtor=ATTORNEY)
    assert verdict.decision == "review"
    assert gaps(verdict) == [
        "the case states that the debtor is represented by an attorney; no encoded law of this place says what follows"
    ]
    assert country.decision(federal, state) == "allow", "nothing is stated"
    assert country.decision(country.ruleset(*ALL, place="US", rule=read), state, debtor=ATTORNEY) == "allow"
    silent = country.ruleset("contact_hours", nothing("representation"))
    assert country.decision(federal, silent, debtor=ATTORNEY) == "review", "a part's silence closes nothing above it"
    none = country.ruleset("contact_hours", "disclosures", nothing("representation"), place="US")
    assert country.decision(none, state, debtor=ATTORNEY) == "allow"


WRONG_NUMBER: Final = """\
    stops:
      - if: action.endpoint is given and any(learned_not_debtors_number as n where n.endpoint == action.endpoint)
        says: the number is somebody else's
"""


def test_what_an_act_says_of_itself_takes_account_of_nothing_that_happened(law: Law) -> None:
    country = Country(law)
    stop = next(line for line in TOPICS.splitlines(keepends=True) if "stops:" in line)
    country.topics = parse_topics(TOPICS.replace(stop, WRONG_NUMBER), "topics.yaml", law.language)
    state = country.ruleset("contact_hours", "representation")
    happened: Any = {
        "debtor": {"endpoints": [{"id": "mobile_1", "channel": "phone"}]},
        "history": [{"at": "2026-04-01", "event": "learned_not_debtors_number", "endpoint": "mobile_1"}],
        "action": {"endpoint": "mobile_1"},
    }
    asks_the_number = country.ruleset(*ALL, place="US", rule="when: action.endpoint is given and debtor.minor")
    assert country.decision(asks_the_number, state, **happened) == "review"
    asks = "when: any(learned_not_debtors_number) and debtor.minor"
    assert country.decision(country.ruleset(*ALL, place="US", rule=asks), state, **happened) == "allow"


def test_a_rule_that_does_not_bind_takes_account_of_nothing(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US", name="us.all")
    reads = "when: debtor.represented_by_attorney and debtor.minor"
    state = country.ruleset("contact_hours", "representation", name="us.ny.all")
    bound = country.ruleset("contact_hours", rule=reads, more=BINDS, name="us.ny.bound")
    assert country.decision(federal, state, bound, debtor=ATTORNEY) == "allow"
    assert country.decision(federal, state, bound, debtor=ATTORNEY, collector=CREDITOR) == "review"


def test_what_is_left_out_and_stated_is_a_review(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US")
    left = "leaves_out: [{what: minors, governs: {kind: contact}, if: debtor.guarantor, cite: Law 8}]"
    state = country.ruleset("contact_hours", more=left)
    verdict = country.explore(federal, state)
    assert (verdict.decision, verdict.not_encoded) == ("allow", ("US-NY: minors (Law 8)",))
    concerned = country.explore(federal, state, debtor={"guarantor": True})
    assert concerned.decision == "review"
    assert gaps(concerned) == ["US-NY: minors (Law 8) is not encoded, and concerns this case"]


# ---- what a company accepts -----------------------------------------------------------------------------------------


def test_a_gap_that_a_company_accepts_is_repeated_in_each_verdict(country: Country) -> None:
    federal = country.ruleset(*ALL, place="US")
    state = country.ruleset("disclosures")
    accepted = {("US-NY", "contact_hours"): "counsel read it on 2026-05-02"}
    verdict = country.explore(federal, state, accepted=accepted)
    assert verdict.decision == "allow"
    assert [fact.reason for fact in verdict.assumed if fact.fact == "law of US-NY"] == ["counsel read it on 2026-05-02"]
    assert country.decision(federal, state, accepted={("US-TX", "contact_hours"): "other"}) == "review"
    assert country.decision(federal, state, accepted=accepted, debtor=ATTORNEY) == "review", "another gap"


# ---- what else a verdict tells ---------------------------------------------------------------------------------------


def test_a_stated_fact_for_which_nothing_asks_is_listed(country: Country) -> None:
    law = country.ruleset(*ALL, place="US"), country.ruleset("contact_hours")
    stated = {"guarantor": True, "minor": False}
    verdict = country.explore(*law, debtor=stated, history=[{"at": "2026-04-01", "event": "payment"}])
    assert verdict.decision == "allow"
    assert verdict.unread == ("collector.role", "debtor.guarantor", "history.payment")
    asks = country.ruleset("contact_hours", rule="when: debtor.guarantor and debtor.minor")
    assert "debtor.guarantor" not in country.explore(law[0], asks, debtor=stated).unread


def test_waiting_lifts_what_was_not_read_of_a_day(law: Law) -> None:
    text = TOPICS.replace(
        "countries:",
        """\
  closed_days:
    title: closed days
    asks: which days?
    touched_by: [{kind: contact, if: action.weekday == sun}]
    expected: country
    gap: blocks
countries:""",
    )
    country = Country(law)
    country.topics = parse_topics(text, "topics.yaml", law.language)
    hours = "when: outside_hours(action, 08:00, 21:00)"
    rules = country.ruleset(*ALL, place="FR", rule=hours)
    verdict = country.explore(rules, jurisdiction="FR", action={"at": "2026-04-12T07:00"})
    assert verdict.decision == "deny"
    assert [each.at for each in verdict.alternatives if each.kind == "wait"] == ["2026-04-13T08:00-04:00"]

"""What is whole in a partial record, what is asked of the rest, and on what an answer rests.

A few cases are answered to the end; with `COLLECTRULES_TEST_ALL=1` three hundred, in minutes.
"""

from __future__ import annotations

import os
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectrules import Advisor, read_cases
from collectrules.case import groups
from collectrules.case.objects import Case, Contact, Debtor
from collectrules.case.reading import case_from_mapping
from collectrules.case.records import Kept
from collectrules.case.vocabulary import catalogue
from collectrules.verdict import replies
from collectrules.verdict.company import Company

if TYPE_CHECKING:
    from tests.conftest import Law

    from collectrules.case.declaring import Facts

OPEN = "tests/cases/open/regf.yaml"
ALL = frozenset(groups.IDS)


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load()


def kept(advisor: Advisor, whole: frozenset[str]) -> Advisor:
    records = {group: Kept("we keep them") for group in whole}
    return Advisor(advisor.rulebook, None, advisor.today, Company(records=records))


def some_cases(advisor: Advisor, number: int) -> list[Case]:
    cases = [case for case in advisor.read_cases(OPEN).cases if case.action is not None]
    return Random(3).sample(cases, min(number, len(cases)))


def only(case: Case, whole: frozenset[str]) -> Case:
    """The case without what belongs to other groups: what a company knows that keeps only these."""

    def cut(owner: Any, kind: str) -> Any:
        if owner is None:
            return None
        fields = catalogue().own_fields(kind)
        gone = {
            field.attribute: None
            for name, field in fields.items()
            if not field.absence.structural
            and groups.group_of(kind, name) not in whole
            and name not in ("id", "kind", "role", "at", "channel", "time_zone")
        }
        return owner.but(**gone)

    history = [
        entry
        for entry in case.history or ()
        if ("contacts" if isinstance(entry, Contact) else groups.group_of_event(entry.event)) in whole
    ]
    return case.but(
        record="partial",
        expect=None,
        applicable_law=case.only_law or None,
        collector=cut(case.collector, "collector"),
        creditor=cut(case.creditor, "creditor"),
        debtor=cut(case.debtor, "debtor"),
        debts=tuple(cut(debt, "debt") for debt in case.debts),
        action=cut(case.action, "action"),
        history=tuple(history),
    )


def test_a_record_whole_in_every_group_is_judged_as_a_whole_record(advisor: Advisor) -> None:
    every = kept(advisor, ALL)
    for case in some_cases(advisor, 30):
        partial = case.but(record="partial", expect=None, applicable_law=case.only_law or None)
        assert every.judge(partial).by_law == advisor.judge(case).by_law, case.id


def test_what_some_groups_allow_more_facts_of_others_never_deny(advisor: Advisor) -> None:
    choice, allowed = Random(11), 0
    for case in some_cases(advisor, 60):
        whole = frozenset(choice.sample(groups.IDS, choice.randint(8, len(groups.IDS) - 1)))
        judged = kept(advisor, whole).judge(only(case, whole))
        if judged.by_law == "allow":
            allowed += 1
            assert advisor.judge(case).by_law != "deny", (case.id, sorted(whole))
    assert allowed


def test_only_the_group_that_a_rule_hangs_on_settles_it(law: Law) -> None:
    book = law.ruleset("when: any(opt_out)")
    for group, decision in (("refusals", "allow"), ("contacts", "review"), ("consents", "review")):
        verdict = law.advisor(book).explore(law.case(record="partial", records={group: "whole"}))
        assert verdict.decision == decision


def test_what_happened_counts_in_a_group_that_is_whole(law: Law) -> None:
    history = [{"at": "2026-04-01", "event": "opt_out", "channel": "phone"}]
    case = law.case(record="partial", records={"refusals": "whole"}, history=history)
    assert law.advisor(law.ruleset("when: any(opt_out)")).check(case).decision == "deny"


def test_a_contact_that_may_be_missing_is_no_matter_of_other_groups(law: Law) -> None:
    rule = "when: count(contacts where channel == phone) >= 2"
    book = law.advisor(law.ruleset(rule))
    assert book.check(law.case(record="partial", records={"contacts": "whole"})).decision == "allow"
    others = dict.fromkeys(ALL - {"contacts"}, "whole")
    assert book.check(law.case(record="partial", records=others)).decision == "review"


@pytest.mark.parametrize(("group", "decision"), [("persons", "review"), ("refusals", "allow")])
def test_a_law_may_name_the_group_of_its_own_fact(law: Law, group: str, decision: str) -> None:
    declared = "facts: {waits: {of: [debtor], type: bool, absent: 'false', group: refusals, title: a, ask: a?}}"
    book = law.advisor(law.ruleset("when: debtor.waits", more=declared))
    assert book.check(law.case(record="partial", records={group: "whole"})).decision == decision


def test_a_group_that_is_none_is_told(law: Law) -> None:
    declared = "facts: {waits: {of: [debtor], type: bool, absent: 'false', group: refusal, title: a, ask: a?}}"
    assert "CR162 `refusal` is no group of the record" in law.problems("when: debtor.waits", more=declared)


def test_a_verdict_tells_the_groups_that_mattered_once_with_the_reason(law: Law) -> None:
    book = law.advisor(law.ruleset("when: any(opt_out)"))
    every = {group: Kept(f"we keep {group}") for group in ALL}
    verdict = type(book)(book.rulebook, None, book.today, Company(records=every)).explore(law.case(record="partial"))
    assert [(each.fact, each.taken_as, each.reason) for each in verdict.assumed] == [
        ("records.refusals", "whole", "we keep refusals")
    ]


def test_several_facts_of_a_group_are_one_question(law: Law) -> None:
    book = law.advisor(
        law.ruleset(law.rule("when: debtor.deceased or debtor.minor"), law.rule("when: any(opt_out)", "two"))
    )
    verdict = book.explore(law.case(record="partial"))
    assert [(each.group, each.facts) for each in verdict.questions] == [
        ("refusals", ("history.refusals",)),
        ("persons", ("debtor.deceased", "debtor.minor")),
    ]
    assert verdict.questions[-1].yes == "the answer is allow"
    assert [each.fact for each in verdict.unknown] == ["history.refusals", "debtor.deceased", "debtor.minor"]


def test_a_fact_that_no_longer_matters_is_not_asked(law: Law) -> None:
    book = law.advisor(law.ruleset("when: debtor.minor and any(opt_out)"))
    verdict = book.explore(law.case(record="partial"))
    assert len(verdict.questions) == 1  # either decides: one is asked
    book = law.advisor(law.ruleset(law.rule("when: action.channel == phone"), law.rule("when: debtor.minor", "two")))
    assert book.explore(law.case(record="partial")).questions == ()


def test_what_a_whole_group_leaves_unknown_is_asked_by_itself(law: Law) -> None:
    verdict = law.advisor(law.ruleset("when: any(debts where due < 2020-01-01)")).explore(law.case(record="partial"))
    assert [(each.group, each.facts) for each in verdict.questions] == [("", ("debts[A].due",))]


@pytest.mark.parametrize(
    ("condition", "asked"),
    [
        # One of the two lifts it by a no; with a yes the other comes to matter, and is asked then.
        ("collector.principal_purpose_collection and collector.collects_for_others", 1),
        # A no to both is needed.
        ("collector.principal_purpose_collection or collector.collects_for_others", 2),
        # A name in which only a creditor collects lifts nothing here.
        (
            (
                "collector.collects_for_others or (collector.role == creditor and collector.name_used == own "
                "and action.intends_to_act)"
            ),
            1,
        ),
    ],
)
@pytest.mark.parametrize("record", ["complete", "partial"])
def test_single_facts_are_asked_as_a_set_that_decides(law: Law, condition: str, asked: int, record: str) -> None:
    book = law.advisor(law.ruleset(f"when: {condition}"))
    more = {} if record == "complete" else {"records": dict.fromkeys(ALL, "whole")}
    case = law.case(record=record, collector={"role": "law_firm"}, **more)
    assert len([each for each in book.explore(case).questions if not each.group]) == asked


def test_what_a_firm_does_as_a_business_is_asked(law: Law) -> None:
    """Of who is called an agency it is known; of anybody else it is unknown in a whole record too, and never silent."""
    book = law.advisor(law.ruleset("when: collector.principal_purpose_collection"))
    assert book.check(law.case(collector={"role": "third_party"})).decision == "deny"
    verdict = book.explore(law.case(collector={"role": "servicer"}))
    assert verdict.decision == "review"
    assert [each.facts for each in verdict.questions] == [("collector.principal_purpose_collection",)]


def test_events_are_looked_for_in_the_groups_that_hold_them(law: Law) -> None:
    book = law.advisor(
        law.ruleset("when: no(events as e where e.event in [opt_out, consent_revoked] and e.channel == sms)")
    )
    groups = {each.group for each in book.explore(law.case(record="partial")).questions}
    assert groups == {"refusals", "consents"}
    any_event = law.advisor(law.ruleset("when: no(events where channel == sms)"))
    assert len(any_event.explore(law.case(record="partial")).questions) > len(groups)


def test_a_case_that_contradicts_itself_is_asked_what_is_right(advisor: Advisor) -> None:
    case = case_from_mapping(
        {
            "jurisdiction": "US-HI",
            "collector": {"role": "debt_buyer"},
            "debts": [{"id": "A", "kind": "commercial", "due": "2020-01-01", "time_barred": False}],
            "records": {"debts": "partial"},
            "action": {"kind": "file_claim", "at": "2026-11-30T10:00"},
        }
    )
    (question,) = [each for each in advisor.form(case) if each.name == "debts[A].time_barred"]
    assert question.question.startswith("by its dates the time to sue is over, and the case states no")
    assert question.takes == "entries"  # an answer that the case has already would be asked for again


def test_the_minimal_case_of_an_agency_is_decided_after_twelve_questions(advisor: Advisor) -> None:
    case = read_cases("examples/what-is-missing.yaml").cases[0]
    asked = 0
    while (verdict := advisor.explore(case)).decision == "review":
        first = verdict.questions[0]
        assert first.group
        case = case.but(records={**(case.records or {}), first.group: "whole"})
        asked += 1
    assert verdict.decision == "allow"
    assert asked <= 12


def test_an_email_of_an_agency_to_new_york_is_decided_after_six_questions(advisor: Advisor) -> None:
    case = minimal("US-NY", channel="email")
    assert len(advisor.explore(case).questions) == 6  # what kind of debt: the rules do not reach what a seller is owed


@pytest.mark.parametrize("place", ["US", "US-CA"])
def test_a_law_firm_is_asked_at_most_twelve_questions_about_a_report(advisor: Advisor, place: str) -> None:
    case = minimal(place, "law_firm", "phone", action={"kind": "report_to_bureau", "at": "2026-06-03"})
    names = [each.group or each.facts[0] for each in advisor.explore(case).questions]
    assert len(names) <= 12
    # A firm that does neither is bound by nothing that asks for more of its business.
    assert [name for name in names if name.startswith("collector.")] == [
        "collector.principal_purpose_collection",
        "collector.regularly_collects_for_others",
    ]


def test_a_definition_that_names_the_events_is_looked_for_in_their_groups_alone(law: Law) -> None:
    defined = "define: {asked_to_stop: {title: a, of: {e: event}, is: 'e.event in [opt_out, consent_revoked]'}}"
    book = law.advisor(law.ruleset("when: no(events as k where asked_to_stop(k))", more=defined))
    assert {each.group for each in book.explore(law.case(record="partial")).questions} == {"refusals", "consents"}
    other = "define: {by_text: {title: a, of: {e: event}, is: e.channel == sms}}"
    every = law.advisor(law.ruleset("when: no(events as k where by_text(k))", more=other))
    assert len(every.explore(law.case(record="partial")).questions) > 2


def test_where_nothing_tells_the_zone_the_places_are_asked_for(law: Law) -> None:
    """What is reckoned in days hangs on where the debtor is: without that group the answer would never come."""
    book = law.advisor(law.ruleset("when: any(opt_out as o where o.age < 5)"))
    case = law.case(record="partial").but(debtor=None)
    asked = [each.group for each in book.explore(case).questions]
    assert asked == ["refusals", "places"]
    assert book.check(case.but(records=dict.fromkeys(asked, "whole"))).decision == "allow"
    assert book.check(case.but(records={"refusals": "whole"})).decision == "review"


def test_of_a_whole_record_nothing_is_asked_that_its_silence_says(law: Law) -> None:
    """What would lift the rule is known to be absent; what keeps the rule open decides either way."""
    rule = (
        "when: any(contacts where outcome == no_answer and voicemail_available)\n"
        "unless: [{if: action.requested_by_debtor, cite: b}]"
    )
    history = [{"at": "2026-04-01T10:00", "channel": "phone", "direction": "outbound", "outcome": "no_answer"}]
    case = law.case(record="complete", history=history)
    book = law.advisor(law.ruleset(rule))
    (question,) = book.explore(case).questions
    assert question.facts == ("history[1].voicemail_available",)
    (asked,) = book.form(case)
    assert asked.takes == "yes or no"


def test_a_limit_in_another_currency_is_asked_for(law: Law) -> None:
    book = law.advisor(law.ruleset("when: amount_owed(action, 'EUR') <= '100.00'"))
    debts = [
        {"id": "A", "kind": "commercial", "amount": "10.00", "currency": "USD"},
        {"id": "B", "kind": "commercial", "amount": "10.00", "currency": "EUR"},
    ]
    case = law.case(record="complete", debts=debts)
    (question,) = book.explore(case).questions
    assert question.facts == ("debts[A].amount",)
    assert question.question == "how much is it in EUR? It is stated in USD, and the limit of the law is in EUR"
    (asked,) = book.form(case)
    told = replies.with_reply(case, asked, "9.20 EUR", book.rulebook.catalogue("US"), book.case)
    assert book.check(told).decision == "deny"
    assert book.explore(law.case(record="complete", debts=debts[1:])).questions == ()


@pytest.mark.parametrize(
    ("dated", "told"),
    [
        (None, "`checked_at: {persons: '2026-04-08'}` dates the last one, which holds for 30 days"),
        ("2026-03-08", "the check of 2026-03-08 is too old or too late: `checked_at: {persons: '2026-04-08'}` dates"),
        ("2026-03-09", ""),
    ],
)
def test_a_group_that_is_checked_is_asked_for_the_day(law: Law, dated: str | None, told: str) -> None:
    book = law.advisor(law.ruleset("when: debtor.minor"))
    records = {"persons": Kept("a scrub", 30)}
    checking = Advisor(book.rulebook, None, book.today, Company(records=records))
    stated = {"checked_at": {"persons": dated}} if dated else {}
    case = law.case(
        record="partial", action={"kind": "contact", "channel": "phone", "at": "2026-04-08T10:00"}, **stated
    )
    assert [each.question[: len(told)] for each in checking.explore(case).questions] == ([told] if told else [])


def test_a_fact_that_other_rules_took_as_absent_is_asked_as_any(advisor: Advisor) -> None:
    case = minimal("US-MA", "creditor", record="complete", action={"kind": "charge_interest", "at": "2026-06-03"})
    (asked,) = advisor.form(case)
    assert asked.facts[0] in {fact.fact for fact in advisor.explore(case).assumed}
    assert (asked.takes, asked.words) == ("a word", ("agreement", "none"))
    told = replies.with_reply(case, asked, "none", advisor.rulebook.catalogue("US-MA"), advisor.case)
    assert advisor.check(told).decision == "deny"


def test_none_of_the_questions_that_decide_can_be_left_out(advisor: Advisor) -> None:
    case = read_cases("examples/what-is-missing.yaml").cases[0]
    asked = [each.group for each in advisor.explore(case).questions]
    assert advisor.check(case.but(records=dict.fromkeys(asked, "whole"))).decision == "allow"
    for left_out in asked:
        records = {group: "whole" for group in asked if group != left_out}
        assert advisor.check(case.but(records=records)).decision == "review"


@settings(max_examples=300 if os.environ.get("COLLECTRULES_TEST_ALL") else 5)
@given(seed=st.integers(0, 10_000))
def test_answering_what_is_asked_always_ends(seed: int) -> None:
    """In allow, deny, what only a person decides, or something that is named."""
    choice, advisor = Random(seed), ADVISOR
    case = choice.choice(MINIMAL)
    for _ in range(60):
        verdict = advisor.explore(case)
        left = [each for each in verdict.questions if not named(each, case)]
        if verdict.decision != "review" or not left:
            break
        case = answered(case, left[0], choice)
    else:
        pytest.fail("the questions never end")
    if verdict.decision == "review":
        partial = [group for group, how in (case.records or {}).items() if how == "partial"]
        assert partial or any(
            finding.question or finding.outcome == "breached" or not finding.rule for finding in verdict.findings
        )


ADVISOR = Advisor.load()


def minimal(place: str, role: str = "third_party", channel: str = "phone", **more: object) -> Case:
    """The least that a case can say."""
    return case_from_mapping(
        {
            "jurisdiction": place,
            "collector": {"role": role},
            "debts": [{"id": "A", "kind": "consumer"}],
            "action": {"kind": "contact", "channel": channel, "at": "2026-04-08T10:00"},
            **more,
        }
    )


MINIMAL = [
    minimal("US-TX", role, channel, applicable_law=["US"])
    for role in ("third_party", "law_firm")
    for channel in ("phone", "email")
]
PLACES = ["US-TX", "US-MA", "US-NY-NYC", "US-IL-CHI", "US-PR", "CA-ON", "GB-ENG", "DE", "FR", "AU-NSW", "JP"]
MINIMAL += [minimal(place, role) for place in PLACES for role in ("third_party", "creditor")]


@pytest.mark.parametrize("place", PLACES)
def test_an_agency_is_asked_at_most_twelve_questions_anywhere(advisor: Advisor, place: str) -> None:
    """And then it is decided, or left to what is named: a rule that a person decides, or law that was not read."""
    case = minimal(place)
    assert len(advisor.explore(case).questions) <= 12
    asked = 0
    while (verdict := advisor.explore(case)).decision == "review" and verdict.questions:
        first = verdict.questions[0]
        assert first.group
        case = case.but(records={**(case.records or {}), first.group: "whole"})
        asked += 1
    assert asked <= 12
    if verdict.decision == "review":
        assert any(finding.question for finding in verdict.findings)
        assert place not in ("US-TX", "US-MA", "US-NY-NYC", "AU-NSW")


def named(question: Any, case: Case) -> bool:
    """Is it a gap that the case names itself: a group that is not whole, or a fact that nobody can state here?"""
    del case
    return not question.group and not settable(question.facts[0])


def settable(fact: str) -> bool:
    root, _, name = fact.partition(".")
    field = catalogue().own_fields(root).get(name) if root in ("debtor", "action", "collector", "creditor") else None
    return field is not None and field.type == "bool"


def answered(case: Case, question: Any, choice: Random) -> Case:
    if question.group:
        how = choice.choice(["whole", "whole", "whole", "partial"])
        return case.but(records={**(case.records or {}), question.group: how})
    root, _, name = question.facts[0].partition(".")
    owner: Facts = getattr(case, root) or Debtor()
    return case.but(**{root: owner.but(**{name: choice.choice([True, False])})})


@pytest.mark.parametrize(
    ("place", "left_out", "history"),
    [
        ("DE", "notices", []),
        ("DE", "notices", [{"at": "2026-03-02", "event": "payment", "amount": "10.00", "currency": "EUR"}]),
    ],
)
def test_a_plain_letter_asks_nothing_of_a_group_that_cannot_matter(
    advisor: Advisor, place: str, left_out: str, history: list[Any]
) -> None:
    """No plan was agreed, and no number is a stranger's."""
    case = {
        "id": "a",
        "jurisdiction": place,
        "record": "partial",
        "records": dict.fromkeys(ALL - {left_out}, "whole"),
        "collector": {"role": "creditor"},
        "debts": [{"id": "A", "kind": "consumer", "amount": "100.00", "currency": "EUR"}],
        "debtor": {"kind": "natural_person"},
        "history": history,
        "action": {"kind": "contact", "channel": "letter", "at": "2026-03-10", "content": ["payment_request"]},
    }
    asked = {each.group for each in advisor.explore(case_from_mapping(case)).questions}
    assert left_out not in asked

"""What the truths of rules mean: decisions, exceptions, factors, staleness, what is known of a partial record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectrules.case.reading import case_from_mapping
from collectrules.expressions.syntax import parse
from collectrules.measures.context import Context

Law = Any

PHONE = "when: action.channel == phone"
CALL = {"at": "2026-04-07T09:00", "channel": "phone", "direction": "outbound", "outcome": "no_answer"}


@pytest.mark.parametrize(
    ("strength", "decision", "basis"),
    [
        ("prohibition", "deny", "prohibition"),
        ("presumption_of_violation", "deny", "presumption_violation"),
        ("duty_missed", "deny", "duty_missed"),
        ("house_policy", "deny", "prohibition"),
        ("no_safe_harbor", "review", "no_safe_harbor"),
        ("factor", "review", "factor"),
        ("circumstances", "review", "circumstances"),
    ],
)
def test_a_breach_of_each_strength(law: Law, strength: str, decision: str, basis: str) -> None:
    body = f"{PHONE}\nstrength: {strength}\nquestion: is it right?"
    beside = law.ruleset("when: debtor.minor", name="us.beside")  # house policy by itself is no law of the place
    verdict = law.advisor(law.ruleset(body), beside).explore(law.case())
    assert (verdict.decision, verdict.basis) == (decision, basis)
    assert verdict.findings[0].strength.value == strength
    letter = law.case(action={"channel": "letter"})
    assert law.advisor(law.ruleset(body), beside).explore(letter).decision == "allow"


def test_deny_beats_review_beats_allow(law: Law) -> None:
    rules = {
        "denies": law.rule(PHONE, name="denies"),
        "reviews": law.rule(f"{PHONE}\nstrength: factor", name="reviews"),
        "allows": law.rule("when: debtor.minor", name="allows"),
    }

    def decision(*names: str) -> Any:
        return law.advisor(law.ruleset(*(rules[name] for name in names))).explore(law.case()).decision

    assert decision("allows") == "allow"
    assert decision("allows", "reviews") == "review"
    assert decision("reviews", "denies", "allows") == "deny"


def test_what_is_unknown_is_a_review_with_the_fact_to_get(law: Law) -> None:
    body = "when: action.place == work\nquestion: where is the phone?"
    verdict = law.advisor(law.ruleset(body)).explore(law.case())
    assert verdict.decision == "review"
    assert verdict.findings[0].outcome == "unknown"
    assert [(fact.fact, fact.rules) for fact in verdict.unknown] == [("action.place", ("us.law.one",))]
    assert verdict.alternatives[0].kind == "fact"


def test_every_rule_that_speaks_is_told(law: Law) -> None:
    ruleset = law.ruleset(
        PHONE, law.rule("when: action.place == work", name="two"), law.rule("when: debtor.minor", name="three")
    )
    verdict = law.advisor(ruleset).explore(law.case())
    assert [(finding.rule, finding.outcome) for finding in verdict.findings] == [
        ("us.law.one", "breached"),
        ("us.law.two", "unknown"),
    ]
    assert verdict.considered == ("us.law.one", "us.law.two", "us.law.three")


# ---- exceptions ----------------------------------------------------------------------------------------------------

EXCEPTED = f"{PHONE}\nunless:\n  - {{if: action.requested_by_debtor, cite: Law 2, title: the debtor asked}}"
HALF = f"{PHONE}\nunless:\n  - {{if: action.requested_by_debtor and not debtor.minor, cite: Law 2}}"


def test_an_exception_lifts_a_breach_and_is_told(law: Law) -> None:
    verdict = law.advisor(law.ruleset(EXCEPTED)).explore(law.case(action={"requested_by_debtor": True}))
    assert (verdict.decision, verdict.basis) == ("allow", "exception")
    assert [(each.rule, each.exception, each.citation) for each in verdict.exemptions] == [
        ("us.law.one", "the debtor asked", "Law 2")
    ]


def test_an_exception_that_does_not_hold_lifts_nothing(law: Law) -> None:
    assert law.breach(EXCEPTED) is True
    assert law.breach(EXCEPTED, action={"requested_by_debtor": False}) is True


def test_an_exception_of_which_nothing_is_shown_does_not_apply_to_a_partial_record(law: Law) -> None:
    assert law.breach(EXCEPTED, record="partial") is True
    assert law.breach(HALF, record="partial") is True


def test_an_exception_that_is_shown_applies_to_a_partial_record(law: Law) -> None:
    asked = {"action": {"requested_by_debtor": True}}
    assert law.breach(EXCEPTED, record="partial", **asked) is False
    assert law.breach(HALF, record="partial", **asked, debtor={"minor": False}) is False


def test_an_exception_that_is_half_shown_is_a_review(law: Law) -> None:
    asked = {"action": {"requested_by_debtor": True}}
    assert law.breach(HALF, record="partial", **asked) is None
    assert law.breach(HALF, **asked) is False
    assert law.breach(HALF, record="partial", **asked, debtor={"minor": True}) is True


def test_one_of_several_exceptions_is_enough(law: Law) -> None:
    body = f"{EXCEPTED}\n  - {{if: debtor.minor, cite: Law 3}}\n  - {{if: action.place == work, cite: Law 4}}"
    assert law.breach(body, debtor={"minor": True}) is False
    assert law.breach(body, action={"place": "home"}) is True
    assert law.breach(body) is None


def test_an_exception_makes_nothing_of_a_rule_that_is_kept(law: Law) -> None:
    outcome = law.outcome(EXCEPTED, action={"channel": "letter", "requested_by_debtor": True})
    assert (outcome.breach, outcome.lifted_by) == (False, None)


# ---- factors -------------------------------------------------------------------------------------------------------

PRESUMED = f"{PHONE}\nstrength: presumption_of_violation\nfactors:\n  - {{if: debtor.minor, cite: Law 2}}"


def test_a_factor_rebuts_a_presumption_but_does_not_allow(law: Law) -> None:
    advisor = law.advisor(law.ruleset(PRESUMED))
    assert advisor.explore(law.case()).decision == "deny"
    verdict = advisor.explore(law.case(debtor={"minor": True}))
    assert (verdict.decision, verdict.basis) == ("review", "factor")
    assert "a factor may rebut the presumption" in verdict.findings[0].sentence
    assert advisor.explore(law.case(debtor={"minor": True}, action={"channel": "letter"})).decision == "allow"


def test_a_factor_that_is_not_known_rebuts_nothing(law: Law) -> None:
    body = PRESUMED.replace("debtor.minor", "action.place == work")
    assert law.advisor(law.ruleset(body)).explore(law.case()).decision == "deny"


# ---- reviews -------------------------------------------------------------------------------------------------------

REVIEWED = f"""{PHONE}
question: what is it about?
review:
  - {{if: action.requested_by_debtor and not debtor.minor, cite: Law 2, question: was it asked for?, title: asked}}"""
ASKED = {"requested_by_debtor": True}


def test_a_breach_that_is_to_be_reviewed_asks_its_own_question(law: Law) -> None:
    advisor = law.advisor(law.ruleset(REVIEWED))
    assert advisor.explore(law.case()).decision == "deny"
    verdict = advisor.explore(law.case(action=ASKED))
    assert (verdict.decision, verdict.basis) == ("review", "circumstances")
    (finding,) = verdict.findings
    assert (finding.strength.value, finding.outcome, finding.decision) == ("circumstances", "breached", "review")
    assert (finding.question, finding.citation) == ("was it asked for?", "Law 1; Law 2")
    assert finding.sentence == "one of a test; asked"
    assert advisor.explore(law.case(action={**ASKED, "channel": "letter"})).decision == "allow"


def test_an_exception_goes_before_a_review(law: Law) -> None:
    body = f"{REVIEWED}\nunless:\n  - {{if: action.purpose == required_by_law, cite: Law 3}}"
    assert law.outcome(body, action={**ASKED, "purpose": "required_by_law"}).decision == "allow"
    assert law.outcome(body, action=ASKED).decision == "review"


def test_a_review_of_which_nothing_is_shown_softens_no_breach_of_a_partial_record(law: Law) -> None:
    assert law.outcome(REVIEWED, record="partial").decision == "deny"


def test_a_review_that_is_half_shown_is_a_review_that_asks_for_the_fact(law: Law) -> None:
    verdict = law.advisor(law.ruleset(REVIEWED)).explore(law.case(record="partial", action=ASKED))
    assert verdict.decision == "review"
    assert verdict.findings[0].sentence == "one of a test; perhaps asked"
    assert [each.fact for each in verdict.unknown] == ["debtor.minor"]
    of_age = law.case(record="partial", action=ASKED, debtor={"minor": False})
    assert law.advisor(law.ruleset(REVIEWED)).explore(of_age).unknown == ()
    of_a_minor = law.case(record="partial", action=ASKED, debtor={"minor": True})
    assert law.advisor(law.ruleset(REVIEWED)).explore(of_a_minor).decision == "deny"


def test_a_deny_tells_that_no_review_was_taken_for_granted(law: Law) -> None:
    verdict = law.advisor(law.ruleset(REVIEWED)).explore(law.case())
    assert [(each.fact, each.taken_as) for each in verdict.assumed] == [("action.requested_by_debtor", False)]


def test_a_verdict_holds_until_the_next_moment_at_which_a_review_may_apply(law: Law) -> None:
    body = REVIEWED.replace("action.requested_by_debtor and not debtor.minor", "'outside_hours(action, 08:00, 15:00)'")
    advisor = law.advisor(law.ruleset(body))
    assert advisor.explore(law.case()).valid_until == "2026-04-08T15:00-04:00"
    assert advisor.explore(law.case(action={"at": "2026-04-08T15:00"})).decision == "review"


# ---- what is old ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "decision"), [("2026-12-31", "allow"), ("2027-01-01", "allow"), ("2027-01-02", "review")]
)
def test_an_exception_of_a_rule_that_is_overdue_is_a_review(law: Law, today: str, decision: str) -> None:
    asked = f"{PHONE}\nunless: [{{if: action.requested_by_debtor, cite: Law 2}}]"
    advisor = law.advisor(law.ruleset(asked, verify_by="2027-01-01"), today=date.fromisoformat(today))
    verdict = advisor.explore(law.case(action={"requested_by_debtor": True}))
    assert verdict.decision == decision
    assert [finding.strength.value for finding in verdict.findings] == ([] if decision == "allow" else ["stale_rule"])
    if verdict.findings:
        assert verdict.findings[0].sentence.startswith(
            "whether this is still the law was due to be looked up by 2027-01-01"
        )


def test_a_rule_that_could_not_speak_may_be_overdue(law: Law) -> None:
    """What was read of the topics of the act ages too: `test_gaps.py`."""
    advisor = law.advisor(law.ruleset(PHONE, verify_by="2027-01-01"), today=date(2030, 1, 1))
    assert advisor.explore(law.case(action={"channel": "letter"})).decision == "allow"


def test_a_rule_is_overdue_by_the_day_of_the_act_too(law: Law) -> None:
    asked = f"{PHONE}\nunless: [{{if: action.requested_by_debtor, cite: Law 2}}]"
    advisor = law.advisor(law.ruleset(asked, verify_by="2027-01-01"))
    at = {"requested_by_debtor": True, "at": "2027-01-02T10:00"}
    assert advisor.explore(law.case(action=at)).decision == "review"


def test_a_breach_of_a_rule_that_is_overdue_is_still_a_breach(law: Law) -> None:
    advisor = law.advisor(law.ruleset(PHONE, verify_by="2027-01-01"), today=date(2030, 1, 1))
    assert advisor.explore(law.case()).decision == "deny"


def test_an_overdue_rule_that_binds_nobody_here_is_silent(law: Law) -> None:
    more = "binds: {when: collector.role == creditor, cite: Law 1}"
    stale = law.ruleset(PHONE, verify_by="2027-01-01", more=more)
    assert law.advisor(stale, today=date(2030, 1, 1)).explore(law.case()).decision == "allow"


# ---- complete and partial ------------------------------------------------------------------------------------------


def test_a_complete_record_names_what_it_took_for_granted(law: Law) -> None:
    verdict = law.advisor(law.ruleset("when: debtor.minor")).explore(law.case())
    assert verdict.decision == "allow"
    assert [(fact.fact, fact.taken_as) for fact in verdict.assumed] == [("debtor.minor", False)]
    stated = law.advisor(law.ruleset("when: debtor.minor")).explore(law.case(debtor={"minor": False}))
    assert (stated.decision, stated.assumed) == ("allow", ())


def test_a_partial_record_asks_for_what_a_complete_one_takes_for_granted(law: Law) -> None:
    verdict = law.advisor(law.ruleset("when: debtor.minor")).explore(law.case(record="partial"))
    assert verdict.decision == "review"
    assert [fact.fact for fact in verdict.unknown] == ["debtor.minor"]
    assert verdict.assumed == ()


def test_a_partial_history_may_hold_more(law: Law) -> None:
    verdict = law.advisor(law.ruleset("when: any(opt_out)")).explore(law.case(record="partial"))
    assert verdict.decision == "review"
    assert [fact.fact for fact in verdict.unknown] == ["history.refusals"]
    opted_out = [{"at": "2026-04-01", "event": "opt_out"}]
    assert (
        law.advisor(law.ruleset("when: any(opt_out)")).explore(law.case(record="partial", history=opted_out)).decision
        == "deny"
    )


# ---- what is told beside the decision ------------------------------------------------------------------------------

REPORTS = """\
reports:
  - {name: calls, governs: {kind: contact}, is: count(contacts)}
  - {name: last_day, governs: {kind: contact}, is: 'add_days(action.day, 1)'}
  - {name: latest, governs: {kind: contact}, is: latest(contacts).day}
  - {name: purpose, governs: {kind: contact}, is: action.purpose}
  - {name: required_by, governs: {kind: contact}, is: action.required_by}
  - {name: owed, governs: {kind: contact}, is: action.amount}
  - {name: young, governs: {kind: contact}, value: a_minor, is: debtor.minor}
  - {name: elsewhere, governs: {kind: sell_debt}, is: count(contacts)}
obligations:
  - {id: tell, governs: {kind: contact}, if: action.channel == phone, cite: Law 2, says: tell who calls}
  - {id: ask, governs: {kind: contact}, if: debtor.minor, cite: Law 3, says: ask the parents}
"""


def test_reports_are_told_and_what_is_not_known_is_left_out(law: Law) -> None:
    advisor = law.advisor(law.ruleset("kind: permission", more=REPORTS))
    told = advisor.explore(law.case()).established
    assert told == {"calls": 0, "last_day": "2026-04-09", "purpose": "collection"}
    stated = {"debtor": {"minor": True}, "action": {"required_by": "Law 9", "amount": "12.50", "currency": "USD"}}
    told = advisor.explore(law.case(history=[CALL], **stated)).established
    assert told == {
        "calls": 1,
        "last_day": "2026-04-09",
        "latest": "2026-04-07",
        "purpose": "collection",
        "required_by": "Law 9",
        "owed": "12.50",
        "young": "a_minor",
    }
    partial = advisor.explore(law.case(record="partial", history=[CALL])).established
    assert partial == {"last_day": "2026-04-09"}


def test_obligations_come_with_an_allow(law: Law) -> None:
    advisor = law.advisor(law.ruleset("when: debtor.deceased", more=REPORTS))
    assert [each.sentence for each in advisor.explore(law.case()).obligations] == ["tell who calls"]
    both = advisor.explore(law.case(debtor={"minor": True})).obligations
    assert [(each.rule, each.citation) for each in both] == [("us.law.tell", "Law 2"), ("us.law.ask", "Law 3")]
    assert advisor.explore(law.case(debtor={"deceased": True})).obligations == ()


# ---- what is known stays known -------------------------------------------------------------------------------------

CONTACT = st.fixed_dictionaries(
    {
        "at": st.sampled_from(("2026-04-01", "2026-04-02T09:00", "2026-04-07T22:00", "2026-04-08T10:00", "2026-04-08")),
        "channel": st.sampled_from(("phone", "sms", "letter")),
        "direction": st.sampled_from(("inbound", "outbound")),
    },
    optional={
        "outcome": st.sampled_from(("conversation", "no_answer", "busy")),
        "debts": st.sampled_from((["A"], ["B"], ["A", "B"])),
        "consent": st.fixed_dictionaries({"calls": st.booleans()}),
        "consented": st.booleans(),
    },
)
DAYS = st.sampled_from(("2026-03-01", "2026-04-08T09:59", "2026-04-08"))
EVENT = st.one_of(
    st.fixed_dictionaries({"at": DAYS, "event": st.sampled_from(("opt_out", "cease_notice_received"))}),
    st.fixed_dictionaries(
        {"at": DAYS, "event": st.sampled_from(("inconvenience_designated", "convenience_restored"))},
        optional={"days": st.sampled_from((["wed"], ["mon", "tue"])), "from": st.just("09:00")},
    ),
)
CASES = st.fixed_dictionaries(
    {
        "jurisdiction": st.just("US"),
        "collector": st.fixed_dictionaries(
            {"role": st.sampled_from(("third_party", "creditor"))},
            optional={"regularly_collects_for_others": st.booleans()},
        ),
        "debts": st.just([{"id": "A", "kind": "consumer"}, {"id": "B", "kind": "commercial"}]),
        "action": st.fixed_dictionaries(
            {"kind": st.just("contact"), "at": st.sampled_from(("2026-04-08T10:00", "2026-04-08"))},
            optional={
                "channel": st.sampled_from(("phone", "letter")),
                "place": st.sampled_from(("work", "home")),
                "to": st.just("debtor"),
                "content": st.sampled_from((["debt_information"], ["obscenity"])),
                "debts": st.just(["A"]),
            },
        ),
    },
    optional={
        "debtor": st.fixed_dictionaries(
            {},
            optional={
                "time_zone": st.sampled_from(("America/New_York", ["America/New_York", "America/Denver"])),
                "minor": st.booleans(),
                "kind": st.just("natural_person"),
                "inconvenient": st.sampled_from(([{"days": ["wed"]}], [{"places": ["work"]}], [{"from": "09:30"}])),
            },
        ),
        "history": st.lists(st.one_of(CONTACT, EVENT), min_size=1, max_size=4),
    },
)
QUESTIONS = (
    "debtor.minor",
    "debtor.kind == natural_person",
    "action.to == debtor and action.channel != letter",
    "action.channel in [phone, sms] or action.place == work",
    "action.place not in [work]",
    "action.place is absent",
    "action.content has obscenity",
    "action.content only [debt_information]",
    "action.content lacks opt_out_notice",
    "collector.principal_purpose_collection or collector.regularly_collects_for_others",
    "any(opt_out)",
    "no(contacts as c where c.outcome == conversation)",
    "count(contacts where outcome not in [busy]) >= 2",
    "count(contacts where consented) == 1",
    "largest(debts of action as d, count(contacts as c where any(debts of c as e where e.id == d.id))) > 1",
    "any(contacts as c where any(opt_out as o where o after c))",
    "any(consents where consent.calls)",
    "latest(contacts).day",
    "latest(contacts where channel == phone).outcome == busy",
    "earliest(opt_out).age > 3",
    "outside_hours(action, 08:00, 21:00)",
    "inconvenient_time(action)",
    "inconvenient_place(action)",
    "any(contacts as c where inconvenient_time(c))",
    "any(debts of action where kind == consumer)",
    "in_periods(action, debtor.convenient)",
    "presumed('all is well')",
    "not (debtor.minor and action.place == work)",
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(mapping=CASES)
def test_what_is_known_with_facts_missing_is_what_the_complete_record_says(law: Law, mapping: dict[str, Any]) -> None:
    case = case_from_mapping({**mapping, "record": "partial"})
    context = Context(case, law.loaded.channels)
    opened = context.opened()
    for text in QUESTIONS:
        reads = [law.evaluator().function(parse(text), mode) for mode in ("as_stated", "if_complete")]
        known, settled = reads[0](opened), reads[1](context)
        assert known is None or known == settled, text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    mapping=CASES, question=st.sampled_from([text for text in QUESTIONS if not text.startswith("latest(contacts).day")])
)
def test_an_unsure_answer_is_never_an_allow(law: Law, mapping: dict[str, Any], question: str) -> None:
    """A partial record that is allowed is allowed when complete; the other way round facts may be missing."""
    advisor = law.advisor(law.ruleset(f'when: "{question}"'))
    partial = advisor.explore(case_from_mapping({**mapping, "record": "partial"})).decision
    complete = advisor.explore(case_from_mapping({**mapping, "record": "complete"})).decision
    assert partial in ("review", complete)

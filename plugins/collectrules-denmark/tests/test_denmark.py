"""The law of Denmark, by its own examples and by whole cases of an agency in Copenhagen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import collectrules_denmark
from collectrules import Advisor, testing

RULESETS = Path(collectrules_denmark.__file__).parent / "rulesets"
TODAY = date(2026, 11, 29)
LETTER = {"at": "2026-03-02", "channel": "letter", "direction": "outbound", "purpose": "first_notice"}


def case(action: dict[str, Any], *history: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": "copenhagen",
        "version": 2,
        "record": "complete",
        "collector": {"role": "third_party", "licensed": True},
        "debtor": {"kind": "natural_person", "addresses": [{"use": "home", "city": "Aarhus", "country": "DK"}]},
        "debts": [{"id": "A", "kind": "consumer", "due": "2026-01-05"}],
        "history": list(history),
        "action": action,
        **more,
    }


def advisor() -> Advisor:
    return Advisor.load(rulesets=[RULESETS], today=TODAY)


def decided(stated: dict[str, Any]) -> tuple[str, set[str]]:
    judge = advisor()
    verdict = judge.check(judge.case(stated))
    return verdict.decision, {finding.rule for finding in verdict.findings}


def test_the_law_conforms_and_its_examples_hold() -> None:
    testing.assert_conforms(RULESETS)
    assert len(testing.check_rulesets(RULESETS)) == 35


def test_a_call_before_the_demand_letter_is_denied() -> None:
    decision, rules = decided(case({"kind": "contact", "channel": "phone", "at": "2026-03-05T10:00"}))
    assert (decision, rules) == (
        "deny",
        {"dk.collection.demand_letter_first"} | (rules - {"dk.collection.demand_letter_first"}),
    )


def test_a_letter_that_nobody_vouches_for_is_asked_about() -> None:
    judge = advisor()
    stated = case({"kind": "contact", "channel": "phone", "at": "2026-03-20T10:00"}, LETTER)
    verdict = judge.explore(judge.case(stated))
    assert verdict.decision == "review"
    assert any("ten days to pay it without further costs" in fact.question for fact in verdict.unknown)


def test_what_was_not_read_of_the_law_keeps_an_act_from_being_allowed() -> None:
    """Hours of calls, disputes, insolvency and more were not read: a call is a review, whatever the letter was."""
    letter = {**LETTER, "facts": {"demand_letter": True}}
    decision, rules = decided(case({"kind": "contact", "channel": "phone", "at": "2026-03-20T10:00"}, letter))
    assert decision == "review"
    assert not any(rule.startswith("dk.") for rule in rules)


def test_a_visit_by_night_is_denied_and_the_act_is_cited() -> None:
    letter = {**LETTER, "facts": {"demand_letter": True}}
    visit = {
        "kind": "contact",
        "channel": "visit",
        "at": "2026-03-20T21:30",
        "place": "home",
        "facts": {"visit_announced": True},
    }
    decision, rules = decided(case(visit, letter))
    assert decision == "deny"
    assert "dk.collection.visit_hours" in rules


def test_a_buyer_of_debts_is_asked_about() -> None:
    stated = case({"kind": "contact", "channel": "phone", "at": "2026-03-05T10:00"}, collector={"role": "debt_buyer"})
    assert decided(stated)[0] == "review"


def test_the_last_day_to_sue() -> None:
    judge = advisor()
    invoice = {"id": "A", "kind": "consumer", "contract": "unwritten", "due": "2026-01-05"}
    stated = case({}, ask={"what": "limitation", "at": "2026-11-20"}, debts=[invoice])
    del stated["action"]
    answer = judge.answer(judge.case(stated))
    assert answer.values["last_day"] == "2029-01-05"

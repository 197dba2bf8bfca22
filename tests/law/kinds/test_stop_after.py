"""Nothing more after a cease request, a dispute, a wish to hear in writing only."""

from __future__ import annotations

from typing import Any

import pytest

Rule = Any

CEASE = "kind: stop_after\nafter: cease_notice_received where form == written\n"
DISPUTE = "kind: stop_after\nafter: dispute_received\nlifted_by: verification_sent\n"
TEN = CEASE + "first_day_counts: true\nvalues: {days: {2020-01-01: 10}}\n"
MONTHS = CEASE + "first_day_counts: false\nvalues: {months: {2020-01-01: 3}}\n"
TWO_DEBTS = [{"id": "A", "kind": "consumer"}, {"id": "B", "kind": "consumer"}]


def event(name: str, at: str = "2026-04-01", **keys: Any) -> dict[str, Any]:
    return {"at": at, "event": name, **keys}


@pytest.mark.parametrize(
    ("history", "truth"),
    [
        (None, False),
        ([event("cease_notice_received")], True),
        ([event("cease_notice_received", "2020-01-01")], True),
        ([event("cease_notice_received", form="oral")], False),
        ([event("opt_out")], False),
    ],
)
def test_it_stops_for_good(rule: Rule, history: Any, truth: bool) -> None:
    assert rule.breach(CEASE, history=history) is truth


def test_a_partial_record_may_hold_one(rule: Rule) -> None:
    assert rule.breach(CEASE, record="partial") is None
    assert rule.breach(CEASE, record="partial", history=[event("cease_notice_received", form="written")]) is True


@pytest.mark.parametrize(
    ("then", "truth"),
    [
        ([], True),
        ([event("verification_sent", "2026-04-02")], False),
        ([event("verification_sent", "2026-04-02"), event("dispute_received", "2026-04-03")], True),
    ],
)
def test_it_lasts_until_it_is_lifted(rule: Rule, then: list[Any], truth: bool) -> None:
    assert rule.breach(DISPUTE, history=[event("dispute_received"), *then]) is truth
    assert rule.breach(DISPUTE, history=[event("verification_sent", "2026-03-01"), event("dispute_received")]) is True


def test_only_for_the_debts_that_it_is_about(rule: Rule) -> None:
    stated: dict[str, Any] = {"debts": TWO_DEBTS, "history": [event("dispute_received", debts=["A"])]}
    assert rule.breach(DISPUTE, **stated) is True
    assert rule.breach(DISPUTE, **stated, action={"debts": ["A"]}) is True
    assert rule.breach(DISPUTE, **stated, action={"debts": ["B"]}) is False


def test_what_lifts_it_must_be_about_the_same_debt(rule: Rule) -> None:
    body = DISPUTE.replace("verification_sent", "contacts where direction == outbound")
    for debt, truth in (("A", False), ("B", True)):
        answer = {"at": "2026-04-03", "channel": "letter", "direction": "outbound", "debts": [debt]}
        history = [event("dispute_received", debts=["A"]), answer]
        assert rule.breach(body, debts=TWO_DEBTS, history=history) is truth


@pytest.mark.parametrize(
    ("body", "at", "truth"),
    [
        (TEN, "2026-04-10", True),
        (TEN, "2026-04-11", False),
        (TEN.replace("true", "false"), "2026-04-11", True),
        (TEN.replace("true", "false"), "2026-04-12", False),
        (MONTHS, "2026-07-01", True),
        (MONTHS, "2026-07-02", False),
        (MONTHS.replace("false", "true"), "2026-06-30", True),
        (MONTHS.replace("false", "true"), "2026-07-01", False),
    ],
)
def test_it_lasts_its_days_or_months(rule: Rule, body: str, at: str, truth: bool) -> None:
    history = [event("cease_notice_received")]
    assert rule.breach(body, history=history, action={"at": f"{at}T10:00"}) is truth


@pytest.mark.parametrize(("body", "last"), [(TEN, "2026-04-10"), (MONTHS, "2026-07-01")])
def test_a_finding_shows_how_long(rule: Rule, body: str, last: str) -> None:
    finding = rule.finding(body, history=[event("cease_notice_received")])
    assert finding.evidence["window"] == {"from": "2026-04-01", "to": last}
    assert "it was on 1 April 2026 and lasts until" in finding.sentence


def test_a_finding_shows_what_stopped_it(rule: Rule) -> None:
    lifted = [event("dispute_received", "2026-03-01"), event("verification_sent", "2026-03-02")]
    finding = rule.finding(DISPUTE, history=[*lifted, event("dispute_received")])
    assert [entry["day"] for entry in finding.evidence["entries"]] == ["2026-04-01"]
    assert "it was on 1 April 2026" in finding.sentence


def test_it_says_after_what_and_how_long(rule: Rule) -> None:
    assert (
        "breached once, about a debt of the action, there is a dispute received"
        " until later, about the same debt, there is a verification sent"
    ) in rule.english(DISPUTE)
    told = rule.english(f"{MONTHS}also_when: debtor.minor")
    assert "its form is written lasts 3 months (since 2020-01-01), its own day not counted" in told
    assert "only if the debtor is a minor" in told


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (TEN.replace("first_day_counts: true\n", ""), "give both or neither"),
        (f"{CEASE}first_day_counts: true", "give both or neither"),
        (TEN.replace("days: {", "months: {2020-01-01: 1}, days: {"), "`days` or for `months`, not both"),
        (CEASE.replace("cease_notice_received", "cease_notice"), "is no collection and no event"),
        (CEASE.replace("after", "afterwards"), "a rule has no key `afterwards`"),
    ],
)
def test_mistakes(rule: Rule, body: str, problem: str) -> None:
    assert any(problem in told for told in rule.problems(body))

"""Nothing before a notice and its days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

Rule = Any

BODY = """\
kind: notice_and_wait
notice: letter_of_claim_sent
first_day_counts: true
values: {days: {2020-01-01: 14}}
"""
FULL = BODY.replace("true", "false")
BUSINESS = BODY.replace("14", "3") + "calendar: office\n"
RETURNED = BODY + "came_back: undeliverable\n"
TWO_DEBTS = [{"id": "A", "kind": "consumer"}, {"id": "B", "kind": "consumer"}]


CONTACTS = BODY.replace("letter_of_claim_sent", "contacts where purpose == first_notice")


def notice(**keys: Any) -> dict[str, Any]:
    return {"at": "2026-03-25", "channel": "letter", "direction": "outbound", "purpose": "first_notice", **keys}


def letter(at: str = "2026-03-25", event: str = "letter_of_claim_sent", **keys: Any) -> dict[str, Any]:
    return {"at": at, "event": event, **keys}


@pytest.mark.parametrize(
    ("body", "ago", "truth"),
    [(BODY, 0, True), (BODY, 13, True), (BODY, 14, False), (FULL, 14, True), (FULL, 15, False)],
)
def test_the_days_must_pass(rule: Rule, body: str, ago: int, truth: bool) -> None:
    history = [letter(str(date(2026, 4, 8) - timedelta(days=ago)))]
    assert rule.breach(body, history=history) is truth


def test_no_notice_is_a_breach_and_not_known_where_the_record_is_partial(rule: Rule) -> None:
    assert rule.breach(BODY) is True
    assert rule.breach(BODY, record="partial") is None
    assert rule.breach(BODY, record="partial", history=[letter()]) is False


def test_a_notice_and_no_wait(rule: Rule) -> None:
    body = BODY.replace("14", "0")
    assert rule.breach(body) is True
    assert rule.breach(body, history=[letter("2026-04-08T09:00")]) is False


@pytest.mark.parametrize(("day", "truth"), [("2026-04-02", False), ("2026-04-03", True), ("2026-04-04", True)])
def test_business_days_are_those_of_the_calendar(rule: Rule, day: str, truth: bool) -> None:
    """From Thursday 2 April the 3rd, 6th and 7th; the 8th is a holiday."""
    assert rule.breach(BUSINESS, history=[letter(day)], action={"at": "2026-04-08T10:00"}) is truth


def test_every_debt_of_the_act_needs_its_notice(rule: Rule) -> None:
    about_a, about_b = (notice(debts=[debt]) for debt in "AB")
    assert rule.breach(CONTACTS, debts=TWO_DEBTS, history=[about_a]) is True
    assert rule.breach(CONTACTS, debts=TWO_DEBTS, history=[about_a], action={"debts": ["A"]}) is False
    assert rule.breach(CONTACTS, debts=TWO_DEBTS, history=[about_a], action={"debts": ["B"]}) is True
    assert rule.breach(CONTACTS, debts=TWO_DEBTS, history=[about_a, about_b]) is False


def test_a_notice_that_came_back_was_not_sent(rule: Rule) -> None:
    back = letter("2026-03-27", "undeliverable")
    assert rule.breach(RETURNED, history=[letter(), back]) is True
    assert rule.breach(RETURNED, history=[letter("2026-03-20"), letter("2026-03-19", "undeliverable")][::-1]) is False
    assert rule.breach(RETURNED, history=[letter("2026-03-20"), back, letter("2026-03-28")]) is True
    assert (
        rule.breach(RETURNED, history=[letter("2026-03-10"), letter("2026-03-11", "undeliverable"), letter()]) is False
    )


def test_what_came_back_may_be_asked_to_be_the_notice(rule: Rule) -> None:
    """It came back by the way it went; and about another debt it is another letter."""
    body = f"{CONTACTS}came_back: undeliverable where channel == notice.channel\n"
    assert rule.breach(body, history=[notice(), letter("2026-03-27", "undeliverable", channel="email")]) is False
    assert rule.breach(body, history=[notice(), letter("2026-03-27", "undeliverable", channel="letter")]) is True
    body = f"{CONTACTS}came_back: dispute_received\n"
    stated: dict[str, Any] = {"debts": TWO_DEBTS, "action": {"debts": ["A"]}}
    for debt, truth in (("A", True), ("B", False)):
        history = [notice(debts=["A"]), letter("2026-03-27", "dispute_received", debts=[debt])]
        assert rule.breach(body, **stated, history=history) is truth


def test_the_notice_may_be_a_contact(rule: Rule) -> None:
    body = BODY.replace(
        "letter_of_claim_sent", "contacts as n where n.purpose == first_notice or n.channel == postcard"
    )
    assert rule.breach(body, history=[notice()]) is False
    assert rule.breach(body, history=[notice(purpose="demand_payment")]) is True
    assert rule.breach(body, history=[notice(purpose="demand_payment", channel="postcard")]) is False


def test_a_further_condition(rule: Rule) -> None:
    assert rule.breach(f"{BODY}also_when: debtor.minor") is False
    assert rule.breach(f"{BODY}also_when: debtor.minor", debtor={"minor": True}) is True


def test_it_says_what_is_waited_for(rule: Rule) -> None:
    told = rule.english(RETURNED)
    assert (
        "breached for any debt of the action that has had no notice, and in the 14 days (since 2020-01-01) that begin"
        " with its day notice the latest letter of claim sent not sent where later, about the same debt, there is a"
        " return as undeliverable"
    ) in told
    assert "no notice, and until 14 full days (since 2020-01-01) are over after its day" in rule.english(FULL)
    assert "in the 3 business days (office; since 2020-01-01) that begin with its day" in rule.english(BUSINESS)


@pytest.mark.parametrize(
    ("body", "sent", "last"),
    [(BODY, "2026-04-01", "2026-04-14"), (FULL, "2026-04-01", "2026-04-15"), (BUSINESS, "2026-04-03", "2026-04-08")],
)
def test_a_finding_shows_the_days_in_which_nothing_may_be_done(rule: Rule, body: str, sent: str, last: str) -> None:
    finding = rule.finding(body, history=[letter(sent)])
    assert finding.evidence["window"] == {"from": sent, "to": last}
    assert "days last until" in finding.sentence
    day_after = date.fromisoformat(last) + timedelta(days=1)
    assert rule.breach(body, history=[letter(sent)], action={"at": f"{last}T10:00"}) is True
    assert rule.breach(body, history=[letter(sent)], action={"at": f"{day_after}T10:00"}) is False


def test_a_finding_says_that_there_was_none(rule: Rule) -> None:
    finding = rule.finding(BODY)
    assert finding.evidence == {"limit": 14, "entries": []}
    assert "no such notice is recorded" in finding.sentence


def test_mistakes(rule: Rule) -> None:
    assert rule.problems(BODY.replace("first_day_counts: true\n", "")) == [
        "CR100 a rule of kind `notice_and_wait` needs `first_day_counts`"
    ]
    misspelt = rule.problems(BODY.replace("letter_of_claim_sent", "letter_of_claims_sent"))
    assert misspelt[0].startswith("CR130 `letter_of_claims_sent` is no collection and no event")

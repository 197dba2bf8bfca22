"""Nothing without a consent that stands."""

from __future__ import annotations

from typing import Any

import pytest

Rule = Any

SMS = "kind: consent_needed\ngiven: consents where consent.sms == action.endpoint\nrevoked_by: consent_revoked\n"
TEXT = {"channel": "sms", "endpoint": "mobile_1"}
TWO_DEBTS = [{"id": "A", "kind": "consumer"}, {"id": "B", "kind": "consumer"}]
DEBTOR = {"endpoints": [{"id": "mobile_1", "channel": "sms"}, {"id": "mobile_2", "channel": "sms"}]}


def consent(at: str = "2026-04-01", **keys: Any) -> dict[str, Any]:
    given = {"sms": "mobile_1", **keys}
    return {"at": at, "channel": "phone", "direction": "inbound", "outcome": "conversation", "consent": given}


REVOKED = {"at": "2026-04-03", "event": "consent_revoked"}


@pytest.mark.parametrize(
    ("history", "truth"),
    [
        (None, True),
        ([consent()], False),
        ([consent(sms="mobile_2")], True),
        ([consent(), REVOKED], True),
        ([consent(), REVOKED, consent("2026-04-04")], False),
        ([consent(until="2026-04-08")], False),
        ([consent(until="2026-04-07")], True),
        ([consent(only_on="2026-04-08")], False),
        ([consent(only_on="2026-04-07")], True),
    ],
)
def test_a_consent_must_stand(rule: Rule, history: Any, truth: bool) -> None:
    assert rule.breach(SMS, debtor=DEBTOR, history=history, action=TEXT) is truth


@pytest.mark.parametrize(("debts", "truth"), [(["A"], False), (["B"], True), (["A", "B"], True)])
def test_for_every_debt_of_the_act(rule: Rule, debts: list[str], truth: bool) -> None:
    stated: dict[str, Any] = {"debts": TWO_DEBTS, "debtor": DEBTOR, "history": [consent(debts=["A"])]}
    assert rule.breach(SMS, **stated, action={**TEXT, "debts": debts}) is truth


def test_a_partial_record_may_hold_one(rule: Rule) -> None:
    assert rule.breach(SMS, record="partial", debtor=DEBTOR, action=TEXT) is None


def test_it_says_which_consent_and_what_ends_it(rule: Rule) -> None:
    told = rule.english(f"{SMS}also_when: action.automated")
    assert "breached for any debt of the action without a consent that stands consent there is a consent given" in told
    assert "stands on its only day, up to its last day, and for its debts, where it has such" in told
    assert "revoked where later there is a withdrawal of consent only if the action is sent by a machine" in told
    assert "no such consent is recorded" in rule.finding(SMS, debtor=DEBTOR, action=TEXT).sentence
    finding = rule.finding(SMS, debtor=DEBTOR, history=[consent(until="2026-04-07")], action=TEXT)
    assert [entry["day"] for entry in finding.evidence["entries"]] == ["2026-04-01"]
    assert "no consent that is recorded stands for every debt" in finding.sentence


def test_mistakes(rule: Rule) -> None:
    assert rule.problems("kind: consent_needed") == ["CR100 a rule of kind `consent_needed` needs `given`"]
    assert rule.problems(SMS.replace("consents", "agreements"))[0].startswith("CR130 `agreements` is no collection")
    assert rule.problems(SMS.replace("consent_revoked", "revoked_it"))[0].startswith("CR130 `revoked_it` is no")

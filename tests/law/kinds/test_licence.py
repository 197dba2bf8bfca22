"""Who needs a licence for which debts."""

from __future__ import annotations

from typing import Any

import pytest

Rule = Any

BODY = "kind: licence\nroles: [third_party, debt_buyer]\ndebts: [consumer]\n"
FIRM = [{"id": "A", "kind": "commercial"}]


@pytest.mark.parametrize(
    ("collector", "debts", "truth"),
    [
        ({"licensed": False}, None, True),
        ({"licensed": True}, None, False),
        ({}, None, False),
        ({"role": "debt_buyer", "licensed": False}, None, True),
        ({"role": "creditor", "licensed": False}, None, False),
        ({"licensed": False}, FIRM, False),
        ({"licensed": False}, [*FIRM, {"id": "B", "kind": "consumer"}], True),
    ],
)
def test_who_needs_it(rule: Rule, collector: dict[str, Any], debts: Any, truth: bool) -> None:
    changes = {"debts": debts} if debts else {}
    assert rule.breach(BODY, collector=collector, **changes) is truth


def test_whether_there_is_one_is_asked(rule: Rule) -> None:
    assert rule.breach(BODY, record="partial") is None
    assert rule.breach(BODY, record="partial", collector={"licensed": False}) is True
    assert rule.breach(BODY, record="partial", collector={"role": "creditor"}) is False


def test_only_the_debts_of_the_act_count(rule: Rule) -> None:
    debts = [*FIRM, {"id": "B", "kind": "consumer"}]
    stated: dict[str, Any] = {"debts": debts, "collector": {"licensed": False}}
    assert rule.breach(BODY, **stated, action={"debts": ["A"]}) is False
    assert rule.breach(BODY, **stated, action={"debts": ["B"]}) is True


def test_it_says_who_and_for_what(rule: Rule) -> None:
    told = rule.english(f"{BODY}also_when: collector.principal_purpose_collection")
    assert "breached by a third party or a debt buyer that has no licence, where a consumer debt is concerned" in told
    assert "only if the collector has collecting debts as its main business" in told


def test_mistakes(rule: Rule) -> None:
    assert rule.problems("kind: licence\nroles: [agency]\ndebts: [consumer]") == [
        "CR103 `agency` is no word for `roles`"
    ]
    assert rule.problems("kind: licence\nroles: [third_party]") == ["CR100 a rule of kind `licence` needs `debts`"]


def test_the_practice_named_says_that_there_is_none(rule: Rule) -> None:
    act = {"kind": "contact", "channel": "letter", "at": "2026-04-07", "tactic": "unregistered_collection"}
    assert rule.breach(BODY, action=act) is True
    assert rule.breach(BODY, action={**act, "tactic": "added_fees"}) is False
    assert rule.breach(BODY, action=act, collector={"role": "creditor"}) is False

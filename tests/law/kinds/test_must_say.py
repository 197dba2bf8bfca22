"""What must be said, and what must not."""

from __future__ import annotations

from typing import Any

import pytest

Rule = Any

SAY = "kind: must_say\nall_of: [says_debt_collector, callback_number]\n"
ONE = "kind: must_say\none_of: [validation_notice, validation_information]\n"
OMIT = "kind: must_say\nnot_omitted: [initial_disclosure]\n"
NEVER = "kind: must_not_say\ncontent: [obscenity, threat_violence]\ntactics: [harassment_coercion]\n"


@pytest.mark.parametrize(
    ("body", "content", "truth"),
    [
        (SAY, ["says_debt_collector", "callback_number"], False),
        (SAY, ["says_debt_collector"], True),
        (SAY, ["callback_number"], True),
        (SAY, ["salutation"], True),
        (SAY, None, False),
        (ONE, ["validation_information"], False),
        (ONE, ["validation_notice", "salutation"], False),
        (ONE, ["salutation"], True),
    ],
)
def test_what_must_be_said(rule: Rule, body: str, content: Any, truth: bool) -> None:
    assert rule.breach(body, action={"content": content}) is truth


def test_what_is_not_known_to_be_said_is_not_known(rule: Rule) -> None:
    assert rule.breach(SAY, record="partial") is None
    assert rule.breach(OMIT, record="partial") is None
    assert rule.breach(NEVER, record="partial") is None


def test_a_duty_that_is_left_out(rule: Rule) -> None:
    assert rule.breach(OMIT) is False
    assert rule.breach(OMIT, action={"omits": ["initial_disclosure"]}) is True
    assert rule.breach(OMIT, action={"omits": ["validation_notice"]}) is False


@pytest.mark.parametrize(
    ("action", "truth"),
    [
        ({}, False),
        ({"content": ["salutation"]}, False),
        ({"content": ["salutation", "obscenity"]}, True),
        ({"tactic": "harassment_coercion"}, True),
        ({"tactic": "added_fees"}, False),
    ],
)
def test_what_must_not_be_said(rule: Rule, action: dict[str, Any], truth: bool) -> None:
    assert rule.breach(NEVER, action=action) is truth


def test_purposes_and_envelopes(rule: Rule) -> None:
    body = "kind: must_not_say\npurposes: [pressure]\nenvelope: [urgent_payment_slogan]\n"
    assert rule.breach(body, action={"purpose": "pressure"}) is True
    assert rule.breach(body, action={"envelope": ["urgent_payment_slogan"]}) is True
    assert rule.breach(body, action={"envelope": ["address_only"], "purpose": "demand_payment"}) is False


def test_a_further_condition(rule: Rule) -> None:
    body = f"{OMIT}also_when: action.channel == letter"
    assert rule.breach(body, action={"omits": ["initial_disclosure"]}) is False
    assert rule.breach(body, action={"omits": ["initial_disclosure"], "channel": "letter"}) is True
    body = f"{NEVER}also_when: debtor.minor"
    assert rule.breach(body, action={"content": ["obscenity"]}) is False


def test_they_say_what(rule: Rule) -> None:
    assert "breached by a communication without the words debt collector or a number to call back" in rule.english(SAY)
    assert "with neither validation notice nor validation information" in rule.english(ONE)
    assert "breached by a communication that leaves out initial disclosure" in rule.english(OMIT)
    assert (
        "breached by what says or holds obscenity or a threat of violence, or by the practice of harassment coercion"
        in rule.english(NEVER)
    )


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("kind: must_say", "CR102 nothing must be said"),
        ("kind: must_not_say", "CR102 nothing is forbidden"),
        (SAY.replace("callback_number", "callback_numbers"), "CR130 `callback_numbers` is no word"),
        (NEVER.replace("obscenity", "obscenities"), "CR130 `obscenities` is no word"),
    ],
)
def test_mistakes(rule: Rule, body: str, problem: str) -> None:
    assert any(told.startswith(problem) for told in rule.problems(body)), rule.problems(body)

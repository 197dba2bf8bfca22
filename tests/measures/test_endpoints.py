"""Which number or address an act uses that names none, and whether it is known to be somebody else's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from collectrules.case.groups import CONTACTS, IDS
from collectrules.law.libraries import read_library

Law = Any

RULESETS = Path(__file__).parents[2] / "rulesets"
USES = 'uses_endpoint(action, "{}")'
STRANGERS = "strangers_endpoint(action)"
NUMBER, OTHER, EMAIL = "+12175550111", "+12175550122", "k.osei@example.org"
WRONG = {"at": "2026-04-02T09:00", "event": "learned_not_debtors_number", "endpoint": NUMBER}
LETTER = {"id": "home", "channel": "letter"}


@pytest.mark.parametrize(
    ("channel", "named", "listed", "asked", "truth"),
    [
        ("phone", NUMBER, [], NUMBER, True),
        ("phone", OTHER, [], NUMBER, False),
        ("phone", None, [], NUMBER, None),
        ("sms", None, [], NUMBER, None),
        ("email", None, [], NUMBER, False),
        ("letter", None, [], NUMBER, False),
        ("phone", None, [], EMAIL, False),
        ("letter", None, [], "mobile_1", None),
        ("sms", None, [{"number": NUMBER}], NUMBER, None),
        ("phone", None, [{"number": OTHER}], NUMBER, False),
        ("phone", None, [{"email": EMAIL}], NUMBER, None),
        ("phone", None, [LETTER], "home", False),
        ("visit", None, [LETTER], "home", None),
        ("portal", None, [{"id": "profile", "channel": "social_private"}], "profile", False),
    ],
)
def test_an_act_that_names_none_may_use_what_its_channel_can(
    law: Law, channel: str, named: str | None, listed: list[Any], asked: str, truth: Any
) -> None:
    action = {"channel": channel} | ({"endpoint": named} if named else {})
    debtor = {"endpoints": [*listed, *([{"number": named}] if named else [])]} if listed or named else {}
    assert law.value(USES.format(asked), action=action, debtor=debtor) is truth


def test_the_list_of_an_open_record_rules_nothing_out(law: Law) -> None:
    debtor = {"endpoints": [{"number": OTHER}]}
    assert law.value(USES.format(NUMBER), "as_stated", action={"channel": "phone"}, debtor=debtor) is None
    assert law.value(USES.format(NUMBER), "as_stated", action={"channel": "letter"}, debtor=debtor) is False


@pytest.fixture
def law(law: Law) -> Law:
    """With the definitions of the library that says whose a number is."""
    path = RULESETS / "common" / "reach.yaml"
    return replace(law, definitions=read_library(path, "common.reach", law.language).definitions)


def strangers(law: Law, *later: dict[str, Any], wrong: dict[str, Any] = WRONG, **case: Any) -> Any:
    action = {"channel": "phone", "endpoint": NUMBER} | case.pop("action", {})
    action = {key: value for key, value in action.items() if value is not None}
    return law.value(STRANGERS, case.pop("mode", "if_complete"), action=action, history=[wrong, *later], **case)


def test_a_number_is_a_strangers_once_it_was_learned(law: Law) -> None:
    assert strangers(law) is True
    assert strangers(law, action={"endpoint": OTHER}) is False
    assert strangers(law, action={"endpoint": None}) is None
    assert strangers(law, action={"endpoint": None, "channel": "letter"}) is False
    assert strangers(law, action={"to": "employer"}) is False
    assert law.value(STRANGERS, action={"channel": "phone"}) is False


def test_which_number_it_was_may_not_be_known(law: Law) -> None:
    unnamed = {key: value for key, value in WRONG.items() if key != "endpoint"}
    assert strangers(law, wrong=unnamed) is None
    assert strangers(law, proof("address_provided"), wrong=unnamed) is False
    assert law.value(STRANGERS, "if_complete", action={"channel": "letter"}, history=[unnamed]) is False


def test_what_shows_whose_it_is_may_be_missing_from_the_contacts(law: Law) -> None:
    """A record of which only the contacts are not whole leaves open whether the debtor called from there since."""
    rule = law.ruleset(f"when: {STRANGERS}", name="us.strangers", more="uses: [common.reach]")
    kept = dict.fromkeys(sorted(set(IDS) - {CONTACTS}), "whole")
    case = {"action": {"channel": "phone", "endpoint": NUMBER, "to": "debtor"}, "history": [WRONG]}
    verdicts = [
        law.advisor(rule).explore(law.case(record="partial", records=records, **case))
        for records in (kept, {**kept, CONTACTS: "whole"})
    ]
    assert [verdict.decision for verdict in verdicts] == ["review", "deny"]
    assert [question.group for question in verdicts[0].questions] == [CONTACTS]


def test_more_may_be_known_than_a_partial_record_says(law: Law) -> None:
    assert strangers(law, mode="as_stated") is None
    assert strangers(law, mode="as_stated", action={"endpoint": OTHER}) is None
    assert law.value(STRANGERS, "as_stated", action={"channel": "phone"}) is None


def proof(event: str, endpoint: str | None = NUMBER) -> dict[str, Any]:
    return {"at": "2026-04-03T09:00", "event": event} | ({"endpoint": endpoint} if endpoint else {})


def call(from_: str | None = None, endpoint: str | None = NUMBER, **keys: Any) -> dict[str, Any]:
    stated = {"from": from_, "endpoint": endpoint, "channel": "phone", "direction": "inbound", **keys}
    return {"at": "2026-04-03T09:00", **{key: value for key, value in stated.items() if value is not None}}


@pytest.mark.parametrize(
    ("later", "debtor", "truth"),
    [
        (proof("address_provided"), {}, False),
        (proof("consent"), {}, False),
        (proof("reassignment_check"), {}, True),
        (proof("address_provided", OTHER), {}, True),
        (proof("address_provided", None), {}, None),
        (call(), {}, False),
        (call(endpoint=OTHER), {}, True),
        (call(endpoint=None), {}, None),
        (call(endpoint=None, channel="sms"), {}, None),
        (call(endpoint=None, channel="letter"), {}, True),
        (call(endpoint=None, channel="email"), {}, True),
        (call("spouse"), {}, False),
        (call("third_party"), {}, True),
        (call("parent"), {}, True),
        (call("parent"), {"minor": True}, False),
        (call("executor"), {}, True),
        (call("executor"), {"deceased": True}, False),
        (call(direction="outbound"), {}, True),
    ],
)
def test_it_is_the_debtors_again_once_that_is_shown(
    law: Law, later: dict[str, Any], debtor: dict[str, Any], truth: Any
) -> None:
    assert strangers(law, later, debtor=debtor) is truth


def test_what_showed_it_before_it_was_learned_shows_nothing(law: Law) -> None:
    assert strangers(law, proof("consent") | {"at": "2026-04-01T09:00"}) is True

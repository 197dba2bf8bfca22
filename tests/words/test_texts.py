"""Texts that go out: those written before the patterns, and those by others."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from tests.words.conftest import DISCLOSED, all_listed, case_of, stated

if TYPE_CHECKING:
    from collectrules.case.objects import Case
    from collectrules.words.gate import Gate

TEXTS = all_listed("texts")

HELD_OUT = all_listed("texts", "held_out*.yaml")
"""Written without sight of the patterns that stood when they were first asked; what came of it: docs/words.md."""

EVERY = 1 if os.environ.get("COLLECTRULES_TEST_ALL") else 8
"""One text in so many is asked about as a case too; with COLLECTRULES_TEST_ALL=1 every one."""


@pytest.mark.parametrize("listed", TEXTS, ids=lambda each: each["id"])
def test_a_text(gate: Gate, acts: dict[str, Case], listed: dict[str, Any]) -> None:
    verdict = gate.ask(listed["text"], acts[listed["act"]])
    assert verdict.decision == listed["expect"], verdict
    certain = {each.word for each in verdict.passages if each.certain}
    said = {each.word for each in verdict.passages}
    assert set(listed.get("words", ())) <= (certain if verdict.decision == "deny" else said)
    assert set(listed.get("missing", ())) <= {each.word for each in verdict.missing}


def test_of_texts_by_others_no_certain_one_goes_out_and_few_lawful_ones_are_held_up(
    gate: Gate, acts: dict[str, Case]
) -> None:
    decided = [(each["expect"], gate.ask(each["text"], case_of(each, acts)).decision) for each in HELD_OUT]
    assert ("deny", "allow") not in decided
    assert ("review", "allow") not in decided
    lawful = sum(expected == "allow" for expected, _ in decided)
    assert decided.count(("allow", "deny")) * 20 < lawful  # fewer than one in twenty
    reviews = sum(expected != "review" and answer == "review" for expected, answer in decided)
    assert reviews * 5 < len(decided)  # a fifth at most goes to a person beside those that should


def test_what_a_text_says_is_stated_of_the_act_and_checked_as_the_text_was(gate: Gate, acts: dict[str, Case]) -> None:
    for listed in HELD_OUT[::EVERY]:
        verdict = gate.ask(listed["text"], case_of(listed, acts))
        act = stated(listed)
        found = gate.advisor.check(gate.advisor.case({**act, "action": {**act["action"], **verdict.act}}))
        # A suit that is announced is asked about as the threat of a claim too, by the gate alone.
        suit = any(each.word == "intends_specified_remedy" and each.certain for each in verdict.passages)
        assert found.decision == verdict.decision or (suit and (verdict.decision, found.decision) == ("deny", "review"))


def test_a_step_that_is_announced_is_open_until_somebody_says_whether_it_is_meant(
    gate: Gate, acts: dict[str, Case]
) -> None:
    verdict = gate.ask(f"{DISCLOSED}We will sue you.", acts["agency_letter_unknown_intent"])
    assert verdict.act["threatens"] == [{"what": "suit"}]
    assert gate.ask("You owe us.", acts["agency_letter"], part=True).act.get("unclear") is None

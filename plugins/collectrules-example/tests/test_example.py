"""The tests of the example plugin, by means of the kit for plugin authors."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import collectrules_example
from collectrules import InvalidInput, testing

RULESETS = Path(collectrules_example.__file__).parent / "rulesets"
TODAY = date(2026, 11, 21)


def case(channel: str, at: str, *, shared: bool | None = False, **more: Any) -> dict[str, Any]:
    """A message; `shared` states the fact that the law of XA declares (None: not at all)."""
    facts = {} if shared is None else {"facts": {"shared_account": shared}}
    return {
        "id": "xa-message",
        "record": "complete",
        "jurisdiction": "XA",
        "collector": {"role": "third_party"},
        "debts": [{"id": "A", "kind": "consumer"}],
        "action": {"kind": "contact", "channel": channel, "at": at, **facts},
        **more,
    }


def test_every_example_in_the_law_holds() -> None:
    assert len(testing.check_rulesets(RULESETS)) == 8


def test_a_message_by_day_is_allowed() -> None:
    verdict = testing.check_case(case("telegram", "2026-03-02T10:00"), expect="allow", today=TODAY)
    assert [used.id for used in verdict.rulesets] == ["xa"]


def test_a_message_by_night_is_denied() -> None:
    testing.check_case(case("telegram", "2026-03-02T23:00"), expect="deny", speaks=["xa.messenger_hours"], today=TODAY)


def test_the_fact_that_the_law_declares_is_asked_for() -> None:
    testing.check_case(
        case("telegram", "2026-03-02T10:00", shared=True), expect="deny", speaks=["xa.shared_account"], today=TODAY
    )
    verdict = testing.check_case(case("telegram", "2026-03-02T10:00", shared=None), expect="review", today=TODAY)
    assert [(fact.fact, fact.question) for fact in verdict.unknown] == [
        ("action.shared_account", "is the messenger account used by anybody beside the debtor?")
    ]


def test_a_fact_that_no_law_declares_is_refused() -> None:
    misspelt = case("telegram", "2026-03-02T10:00")
    misspelt["action"]["facts"] = {"shared_acount": False}
    with pytest.raises(InvalidInput, match="did you mean `shared_account`"):
        testing.check_case(misspelt, expect="review", today=TODAY)


def test_a_channel_of_which_the_law_says_nothing_is_not_allowed() -> None:
    testing.check_case(case("email", "2026-03-02T10:00"), expect="review", today=TODAY)


def test_the_kit_tells_what_disagrees() -> None:
    with pytest.raises(AssertionError, match=r"expected deny, got allow; these rules spoke: none"):
        testing.check_case(case("telegram", "2026-03-02T10:00"), expect="deny", today=TODAY)

"""The tests of the example plugin, by means of the kit for plugin authors."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import collectrules_example
from collectrules import testing

RULESETS = Path(collectrules_example.__file__).parent / "rulesets"
TODAY = date(2026, 11, 21)


def case(channel: str, at: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "xa-message",
        "record": "complete",
        "jurisdiction": "XA",
        "collector": {"role": "third_party"},
        "debts": [{"id": "A", "kind": "consumer"}],
        "action": {"kind": "contact", "channel": channel, "at": at},
        **more,
    }


def test_every_example_in_the_law_holds() -> None:
    assert len(testing.check_rulesets(RULESETS)) == 5


def test_a_message_by_day_is_allowed() -> None:
    verdict = testing.check_case(case("whatsapp", "2026-03-02T10:00"), expect="allow", today=TODAY)
    assert [used.id for used in verdict.rulesets] == ["xa"]


def test_a_message_by_night_is_denied() -> None:
    testing.check_case(case("whatsapp", "2026-03-02T23:00"), expect="deny", speaks=["xa.messenger_hours"], today=TODAY)


def test_a_channel_of_which_the_law_says_nothing_is_not_allowed() -> None:
    testing.check_case(case("email", "2026-03-02T10:00"), expect="review", today=TODAY)


def test_the_kit_tells_what_disagrees() -> None:
    with pytest.raises(AssertionError, match=r"expected deny, got allow; these rules spoke: none"):
        testing.check_case(case("whatsapp", "2026-03-02T10:00"), expect="deny", today=TODAY)

"""A message over the channel of this plugin is asked of the law as text messages and private messages are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import collectrules_viber
from collectrules import testing

TODAY = date(2026, 11, 29)


def message(at: str, *, channel: str = "viber", **more: Any) -> dict[str, Any]:
    return {
        "id": "message",
        "version": 2,
        "record": "complete",
        "jurisdiction": "US-TX",
        "collector": {"role": "third_party"},
        "debtor": {"kind": "natural_person", "time_zone": "America/Chicago"},
        "debts": [{"id": "A", "kind": "consumer"}],
        "history": [],
        "action": {"kind": "contact", "channel": channel, "at": at},
        **more,
    }


def test_the_channel_conforms() -> None:
    testing.assert_conforms(collectrules_viber.VIBER)


def test_a_message_by_night_is_denied_as_by_every_channel() -> None:
    testing.check_case(
        message("2026-04-06T22:00"), expect="deny", speaks=["us.federal.regulation_f.contact_hours"], today=TODAY
    )


def test_what_is_not_allowed_by_text_message_is_not_allowed_here() -> None:
    """Law that was read for text messages is asked; that nobody read it for this channel is never an allow."""
    testing.check_case(message("2026-04-06T12:00"), expect="review", today=TODAY)


def test_an_opt_out_from_the_channel_is_heard() -> None:
    refusal = {"at": "2026-04-01T10:00", "event": "opt_out", "channel": "viber", "scope": "channel"}
    testing.check_case(message("2026-04-06T12:00", history=[refusal]), expect="deny", today=TODAY)


def test_a_channel_that_nobody_installed_is_refused() -> None:
    with pytest.raises(Exception, match="did you mean `viber`"):
        testing.check_case(message("2026-04-06T12:00", channel="vibre"), expect="review", today=TODAY)

"""No contact on Sundays and holidays."""

from __future__ import annotations

from typing import Any

import pytest

Rule = Any

SUNDAYS = "kind: closed_days\nweekdays: [sun]\n"
BOTH = f"{SUNDAYS}calendar: feasts\n"


@pytest.mark.parametrize(
    ("body", "at", "truth"),
    [
        (SUNDAYS, "2026-04-11T23:59", False),
        (SUNDAYS, "2026-04-12T00:00", True),
        (SUNDAYS, "2026-04-12", True),
        (SUNDAYS, "2026-04-13T00:00", False),
        (SUNDAYS, "2026-04-08", False),
        (BOTH, "2026-04-08", True),
        (BOTH, "2026-04-09", False),
        ("kind: closed_days\ncalendar: feasts", "2026-04-12", False),
        ("kind: closed_days\ncalendar: office", "2026-04-12", False),
        ("kind: closed_days\ncalendar: office", "2026-04-08", True),
    ],
)
def test_the_days_that_are_closed(rule: Rule, body: str, at: str, truth: bool) -> None:
    assert rule.breach(body, action={"at": at}) is truth


def test_the_day_is_that_of_the_debtor(rule: Rule) -> None:
    late = {"action": {"at": "2026-04-12T23:30:00-04:00"}}
    assert rule.breach(SUNDAYS, **late) is True
    assert rule.breach(SUNDAYS, **late, debtor={"time_zone": "Europe/Berlin"}) is False
    assert rule.breach(SUNDAYS, record="partial", action={"at": "2026-04-12"}, debtor={"time_zone": None}) is None


def test_a_further_condition(rule: Rule) -> None:
    body = f"{SUNDAYS}also_when: debtor.minor"
    assert rule.breach(body, action={"at": "2026-04-12"}) is False
    assert rule.breach(body, action={"at": "2026-04-12"}, debtor={"minor": True}) is True


def test_it_names_the_days_and_the_holiday(rule: Rule) -> None:
    assert "breached on Sunday or on a holiday (feasts), where the debtor is" in rule.english(BOTH)
    finding = rule.finding(BOTH, action={"at": "2026-04-08T10:00"})
    assert finding.evidence == {"window": {"from": "2026-04-08", "to": "2026-04-08"}, "holiday": "Foundation"}
    assert "it is Foundation" in finding.sentence


def test_mistakes(rule: Rule) -> None:
    assert rule.problems("kind: closed_days") == ["CR102 no day is closed"]
    assert rule.problems("kind: closed_days\ncalendar: feast") == ["CR103 there is no calendar `feast` in this file"]
    assert rule.problems("kind: closed_days\nweekdays: [sunday]") == ["CR103 `sunday` is no word for `weekdays`"]

"""Days on which no contact is made, whatever the hour, on the calendar where the debtor is.

`weekdays:` are days of the week; `calendar:` names one whose holidays are closed, which takes no account of the
weekdays that the calendar calls closed. `also_when:` is a further condition of the breach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.expressions import english
from collectrules.ground.dated import WEEKDAYS
from collectrules.law.kinds import (
    Evidence,
    Grounds,
    Mistake,
    Parts,
    RuleKind,
    RuleLine,
    Values,
    also,
    every_of,
    listed,
    one_of,
    only_if,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def _mistakes(parts: Parts, _: Values) -> Iterator[Mistake]:
    if not parts.get("weekdays") and "calendar" not in parts:
        yield Mistake("kind", "no day is closed", "name `weekdays: [sun]`, a `calendar` with holidays, or both")


def _breach(parts: Parts) -> str:
    days = [f"action.weekday in {listed(parts['weekdays'])}"] if parts.get("weekdays") else []
    if "calendar" in parts:
        days.append(f"is_holiday(action.day, {parts['calendar']})")
    return every_of([one_of(days), *also(parts)])


def _english(parts: Parts, _: Values) -> list[RuleLine]:
    days = [f"on {english.WEEKDAY_NAMES[day]}" for day in WEEKDAYS if day in parts.get("weekdays", ())]
    if "calendar" in parts:
        days.append(f"on a holiday ({english.words(str(parts['calendar']))})")
    return [RuleLine("breached", f"{english.listing(days, 'or')}, where the debtor is"), *only_if(parts)]


def _evidence(grounds: Grounds) -> Evidence:
    day = grounds.context.action.day
    if day is None:
        return {}
    evidence: Evidence = {"window": {"from": english.iso_day(day), "to": english.iso_day(day)}}
    if "calendar" in grounds.parts:
        holiday = grounds.calendars[str(grounds.parts["calendar"])].holiday(day)
        if holiday is not None:
            evidence["holiday"] = holiday
    return evidence


def _arithmetic(evidence: Evidence) -> str:
    return f"it is {evidence['holiday']}" if "holiday" in evidence else ""


KIND = RuleKind(
    name="closed_days",
    title="breached on a closed day",
    fields={"weekdays": "words", "calendar": "calendar", "also_when": "condition"},
    required=(),
    values=(),
    breach=_breach,
    mistakes=_mistakes,
    english=_english,
    evidence=_evidence,
    arithmetic=_arithmetic,
    words={"weekdays": WEEKDAYS},
)

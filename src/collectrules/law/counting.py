"""Kinds that count contacts: at most `$at_most`, in `$days` calendar days that end with the action's, or ever."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collectrules.expressions import english
from collectrules.law.evidence import Evidence, Grounds, told

if TYPE_CHECKING:
    from collectrules.law.evidence import Window
    from collectrules.law.kinds import Parts, Values

OPTIONAL = ("at_most", "days")
"""The values of a kind that may count."""


def counts(parts: Parts) -> bool:
    """Does the rule count at all?"""
    return "at_most" in parts["values"]


def in_days(parts: Parts) -> list[str]:
    """Does an earlier contact `c` lie in the days that are counted? None where all of them do."""
    return ["c.age < $days"] if "days" in parts["values"] else []


def days_without_number(parts: Parts) -> bool:
    """Are there days, and nothing that is counted in them?"""
    return "days" in parts["values"] and not counts(parts)


def too_often(values: Values) -> str:
    """What is forbidden, in English."""
    within = f"in {english.with_days(values['days'], 'days')}" if "days" in values else "at any time"
    return f"more often than allowed ({english.with_days(values['at_most'], 'allowed')}; {within})"


def evidence(grounds: Grounds) -> Evidence:
    """What was counted, the limit, and the days in which it counts."""
    counted: Evidence = {"counted": sum(entry.times for entry in grounds.entries), "limit": grounds.value("at_most")}
    today = grounds.context.action.day
    if today is not None and "days" in grounds.parts["values"]:
        first = today - grounds.value("days") + 1
        counted["window"] = {"from": english.iso_day(first), "to": english.iso_day(today)}
    counted["entries"] = told(grounds.entries)
    return counted


def evidence_if_counted(grounds: Grounds) -> Evidence:
    """The same of a kind that may count."""
    return evidence(grounds) if counts(grounds.parts) else {}


def arithmetic(seen: Evidence) -> str:
    """One contact too many as a sentence; empty where none was counted or there were not too many."""
    if "counted" not in seen or seen["counted"] < seen["limit"]:
        return ""
    return f"{seen['counted']} counted{_days(seen.get('window'))}; the most is {seen['limit']}"


def _days(window: Window | None) -> str:
    if window is None:
        return ""
    first, last = (date.fromisoformat(window[edge]).toordinal() for edge in ("from", "to"))
    return f" in the {last - first + 1} days to {english.day(last)}"

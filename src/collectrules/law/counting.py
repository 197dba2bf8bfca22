"""Kinds that count contacts: at most `$at_most` in a period that ends with the action's day.

The period is `$days` calendar days, or `period: calendar_month`, or `period: calendar_week` with the first day of the
week under `week_begins:`. A week or month of which a law does not say how it runs is 7 or 31 days: what lies in the
same calendar week or month before the action lies in those days too.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from collectrules.expressions import english
from collectrules.ground.dated import WEEKDAYS
from collectrules.law.evidence import Evidence, Grounds, told
from collectrules.law.kinds import Mistake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.law.evidence import Window
    from collectrules.law.kinds import Parts, Shape, Values

OPTIONAL: Final = ("at_most", "days")
"""The values of a kind that may count."""
FIELDS: Final[Mapping[str, Shape]] = {"period": "word", "week_begins": "word"}
WORDS: Final[Mapping[str, tuple[str, ...]]] = {"period": ("calendar_week", "calendar_month"), "week_begins": WEEKDAYS}


def counts(parts: Parts) -> bool:
    """Does the rule count at all?"""
    return "at_most" in parts["values"]


def in_period(parts: Parts) -> list[str]:
    """Does an earlier contact `c` lie in the period? None where all of them do."""
    if "days" in parts["values"]:
        return ["c.age < $days"]
    match parts.get("period"):
        case "calendar_month":
            return ["same_month(c.day, action.day)"]
        case "calendar_week":
            return [f"same_week(c.day, action.day, '{parts['week_begins']}')"]
    return []


def mistakes(parts: Parts) -> Iterator[Mistake]:
    """What cannot be meant together."""
    in_days = "days" in parts["values"]
    if in_days and "period" in parts:
        yield Mistake("period", "contacts are counted in `days` or in a calendar `period`, not both")
    if (in_days or "period" in parts) and not counts(parts):
        yield Mistake("values", "nothing is counted in this period", "values: {at_most: {<date>: 1}}")
    if (parts.get("period") == "calendar_week") != ("week_begins" in parts):
        message = "a `calendar_week` has a first day, `week_begins`, and no other period has one"
        yield Mistake("week_begins", message, "week_begins: sun")


def period(parts: Parts, values: Values) -> str:
    """The period in English, as it is now: `in 7 days, its own day the last`."""
    if "days" in values:
        return f"in {english.newest(values['days'])} days, its own day the last"
    match parts.get("period"):
        case "calendar_month":
            return "in its calendar month"
        case "calendar_week":
            return f"in its calendar week, which begins on {english.WEEKDAY_NAMES[str(parts['week_begins'])]}"
    return "ever"


def allowed(values: Values) -> str:
    """How many are allowed, with the days since when; the period's too, where those are others."""
    most = values["at_most"]
    said = english.with_days(most, "allowed")
    if "days" in values and values["days"].days != most.days[:1]:
        return f"{said}; in {english.with_days(values['days'], 'days')}"
    return said


def too_often(parts: Parts, values: Values) -> str:
    """What is forbidden, in English: `for the second time in 7 days, its own day the last (1 allowed since ...)`."""
    return f"for the {first_too_many(values)} time {period(parts, values)} ({allowed(values)})"


def first_too_many(values: Values) -> str:
    """The first contact that is not allowed, as it is now: `third`."""
    return english.ordinal_text(int(values["at_most"].values[-1].value) + 1)


def evidence(grounds: Grounds) -> Evidence:
    """What was counted, the limit, and the days in which it counts."""
    counted: Evidence = {"counted": sum(entry.times for entry in grounds.entries), "limit": grounds.value("at_most")}
    today = grounds.context.action.day
    first = None if today is None else _first_day(grounds, today)
    if today is not None and first is not None:
        counted["window"] = {"from": english.iso_day(first), "to": english.iso_day(today)}
    counted["entries"] = told(grounds.entries)
    return counted


def _first_day(grounds: Grounds, today: int) -> int | None:
    """The first day of the period that ends today; None where there is no first."""
    if "days" in grounds.parts["values"]:
        return today - grounds.value("days") + 1
    match grounds.parts.get("period"):
        case "calendar_month":
            return date.fromordinal(today).replace(day=1).toordinal()
        case "calendar_week":
            return today - (today - 1 - WEEKDAYS.index(str(grounds.parts["week_begins"]))) % len(WEEKDAYS)
    return None


def evidence_if_counted(grounds: Grounds) -> Evidence:
    """The same of a kind that may count."""
    return evidence(grounds) if counts(grounds.parts) else {}


def arithmetic(seen: Evidence) -> str:
    """One contact too many as a sentence; empty where none was counted or there were not too many."""
    if "counted" not in seen or seen["counted"] < seen["limit"]:
        return ""
    return f"{seen['counted']} counted{in_window(seen.get('window'))}; the most is {seen['limit']}"


def in_window(window: Window | None) -> str:
    """The days of a window as text: ` in the 7 days to 8 April 2026`; empty for none."""
    if window is None:
        return ""
    first, last = (date.fromisoformat(day).toordinal() for day in (window["from"], window["to"]))
    return f" in the {last - first + 1} days to {english.day(last)}"

"""Hours in which contact is allowed, on the clock where the debtor is.

`from` is inside the hours, `to` is outside. Where the debtor may be in several zones the hours must hold in all of
them. `days:` limits the hours to some days of the week; `also_when:` is a further condition of the breach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.expressions import english
from collectrules.ground.dated import WEEKDAYS
from collectrules.law.kinds import Evidence, Grounds, Parts, RuleKind, RuleLine, Values, also, only_if

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collectrules.law.evidence import ZoneTime
    from collectrules.measures.context import Context

_A_RANGE = 3
"""So many days in a row are told as the first to the last."""


def _breach(parts: Parts) -> str:
    on_days = [f"action.weekday in [{', '.join(parts['days'])}]"] if parts.get("days") else []
    return " and ".join([*on_days, "outside_hours(action, $from, $to)", *also(parts)])


def _english(parts: Parts, values: Values) -> list[RuleLine]:
    first, last = values["from"], values["to"]
    since = f"since {english.iso_day(first.days[0])}"
    if len(first.days) > 1 or first.days != last.days:
        since = f"from {english.with_days(first)}; to {english.with_days(last)}"
    days = f"on {_weekdays(parts['days'])}, " if parts.get("days") else ""
    hours = f"{english.newest(first)} to {english.newest(last)}"
    told = f"{days}outside {hours} ({since}), in any zone where the debtor may be"
    return [RuleLine("breached", told), *only_if(parts)]


def _weekdays(days: str | Sequence[str]) -> str:
    """Days of the week: `Monday to Saturday`, `Sunday`."""
    numbers = sorted(WEEKDAYS.index(day) for day in days)
    names = [english.WEEKDAY_NAMES[WEEKDAYS[number]] for number in numbers]
    if len(numbers) >= _A_RANGE and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{names[0]} to {names[-1]}"
    return english.listing(names, "and")


def _evidence(grounds: Grounds) -> Evidence:
    hours = {name: english.clock(grounds.value(name)) for name in ("from", "to")}
    evidence: Evidence = {"window": {"from": hours["from"], "to": hours["to"]}}
    if clocks := _clocks(grounds.context):
        evidence["clocks"] = clocks
    return evidence


def _clocks(context: Context) -> list[ZoneTime]:
    """The clock time of the action in each zone where the debtor may be; where no zone is known, the one told."""
    minutes = context.local_minutes(context.action)
    if minutes is None or len(minutes) != len(context.zones):
        minute = context.action.minute
        return [] if minute is None else [{"time": english.clock(minute)}]
    return [{"zone": zone, "time": english.clock(minute)} for zone, minute in zip(context.zones, minutes, strict=True)]


def _arithmetic(evidence: Evidence) -> str:
    clocks, window = evidence.get("clocks"), evidence["window"]
    if not clocks:
        return ""
    times = english.listing(list(dict.fromkeys(clock["time"] for clock in clocks)), "or")
    return f"{times} where the debtor is; the hours are {window['from']} to {window['to']}"


KIND = RuleKind(
    name="contact_hours",
    title="breached outside the hours",
    fields={"days": "words", "also_when": "condition"},
    required=(),
    values=("from", "to"),
    breach=_breach,
    figures=lambda _: {"minute": "action.minute"},
    english=_english,
    evidence=_evidence,
    arithmetic=_arithmetic,
    words={"days": WEEKDAYS},
)

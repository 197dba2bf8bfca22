"""Hours in which contact is allowed, on the clock where the debtor is.

`from` and `to` are the hours of every day; `weekdays` (Monday to Friday), `saturdays`, `sundays` and `holidays` (those
of `calendar:`) are the hours of such days, and go before them, a holiday before its weekday. Hours that are `closed`
allow no contact on that day. The first minute is inside the hours, the last is outside. Where the debtor may be in
several zones the hours must hold in all of them. Of an act with a bare date the hour is not known; with `bare_date:
inside` a complete record that states no clock time is taken to keep the hours, but not on a closed day. `days:` limits
the rule to some days of the week; `also_when:` is a further condition of the breach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
from collectrules.measures.whereabouts import STATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from collectrules.law.evidence import ZoneTime
    from collectrules.measures.context import Context

_A_RANGE: Final = 3
"""So many days in a row are told as the first to the last."""
_WINDOWS: Final[Mapping[str, tuple[str, ...]]] = {
    "weekdays": WEEKDAYS[:5],
    "saturdays": ("sat",),
    "sundays": ("sun",),
    "holidays": (),
}
"""The hours of some days only, and the days of the week that they are hours of."""


def _windows(parts: Parts) -> list[str]:
    """Those of them that a rule gives."""
    return [name for name in _WINDOWS if f"{name}_from" in parts["values"]]


def _mistakes(parts: Parts, _: Values) -> Iterator[Mistake]:
    given, windows = parts["values"], _windows(parts)
    if ("from" in given) != ("to" in given):
        yield Mistake("values", "`from` and `to` are given together", "or give `weekdays`, `saturdays` and `sundays`")
    if ("holidays" in windows) != ("calendar" in parts):
        message = "hours of `holidays` need the `calendar` that tells them, and a `calendar` the hours of its holidays"
        yield Mistake("calendar", message, "values: {holidays: {<date>: closed}}")
    days = parts.get("days") or WEEKDAYS
    open_ended = [day for day in days if not any(day in _WINDOWS[name] for name in windows)]
    if "from" not in given and open_ended:
        message = f"no hours are given for {english.listing([english.WEEKDAY_NAMES[day] for day in open_ended], 'and')}"
        yield Mistake("values", message, "give `from` and `to`, or `weekdays`, `saturdays` and `sundays`")


def _breach(parts: Parts) -> str:
    windows = _windows(parts)
    sides = [f"({every_of([*_on(name, parts), _outside(f'{name}_', parts)])})" for name in windows]
    if "from" in parts["values"]:
        named = [day for name in windows for day in _WINDOWS[name]]
        other = [f"action.weekday not in {listed(named)}"] if named else []
        condition = every_of([*other, *_no_holiday(parts), _outside("", parts)])
        sides.append(f"({condition})" if windows else condition)
    on_days = [f"action.weekday in {listed(parts['days'])}"] if parts.get("days") else []
    return every_of([*on_days, one_of(sides), *also(parts)])


def _outside(prefix: str, parts: Parts) -> str:
    function = "clock_outside_hours" if parts.get("bare_date") == "inside" else "outside_hours"
    return f"{function}(action, ${prefix}from, ${prefix}to)"


def _on(window: str, parts: Parts) -> list[str]:
    """Is the action on one of the days that the hours are for?"""
    if window == "holidays":
        return [f"is_holiday(action.day, {parts['calendar']})"]
    return [f"action.weekday in {listed(_WINDOWS[window])}", *_no_holiday(parts)]


def _no_holiday(parts: Parts) -> list[str]:
    return [f"not is_holiday(action.day, {parts['calendar']})"] if "calendar" in parts else []


def _english(parts: Parts, values: Values) -> list[RuleLine]:
    days = f"on {_weekdays(parts['days'])}, " if parts.get("days") else ""
    zones = "in any zone where the debtor may be"
    bare = [RuleLine("bare date", "kept, unless the day is closed")] if parts.get("bare_date") == "inside" else []
    windows = _windows(parts)
    if not windows:
        first, last = values["from"], values["to"]
        since = f"since {english.iso_day(first.days[0])}"
        if len(first.days) > 1 or first.days != last.days:
            since = f"from {english.with_days(first)}; to {english.with_days(last)}"
        hours = f"{english.newest(first)} to {english.newest(last)}"
        return [RuleLine("breached", f"{days}outside {hours} ({since}), {zones}"), *bare, *only_if(parts)]
    lines = [RuleLine("breached", f"{days}outside these hours, {zones}")]
    for name in windows:
        label = (
            f"holidays ({english.words(str(parts['calendar']))})" if name == "holidays" else _weekdays(_WINDOWS[name])
        )
        lines.append(RuleLine("" if len(lines) > 1 else "hours", f"{label}: {_hours(values, f'{name}_')}"))
    if "from" in values:
        lines.append(RuleLine("", f"any other day: {_hours(values, '')}"))
    return lines + bare + only_if(parts)


def _hours(values: Values, prefix: str) -> str:
    """The hours of a day with the days since which they hold: `08:00 to 20:00 since 2012-03-02`."""
    first, last = values[f"{prefix}from"], values[f"{prefix}to"]
    days = sorted({*first.days, *last.days})
    told = []
    for since in days:
        begins, ends = (int(edge.on(max(since, edge.days[0])).value) for edge in (first, last))
        hours = f"{english.clock(begins)} to {english.clock(ends)}" if begins < ends else "closed"
        told.append(f"{hours} since {english.iso_day(since)}")
    return ", ".join(told)


def _weekdays(days: str | Sequence[str]) -> str:
    """Days of the week: `Monday to Saturday`, `Sunday`."""
    numbers = sorted(WEEKDAYS.index(day) for day in days)
    names = [english.WEEKDAY_NAMES[WEEKDAYS[number]] for number in numbers]
    if len(numbers) >= _A_RANGE and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{names[0]} to {names[-1]}"
    return english.listing(names, "and")


def _evidence(grounds: Grounds) -> Evidence:
    prefix = _prefix(grounds)
    evidence: Evidence = {}
    if prefix is not None:
        first, last = (english.clock(grounds.value(f"{prefix}{edge}")) for edge in ("from", "to"))
        evidence["window"] = {"from": first, "to": last}
    if clocks := _clocks(grounds.context):
        evidence["clocks"] = clocks
    return evidence


def _prefix(grounds: Grounds) -> str | None:
    """Which hours are those of the day of the action; None where that is not known."""
    windows, day = _windows(grounds.parts), grounds.context.action.day
    if not windows:
        return ""
    if day is None:
        return None
    if "holidays" in windows and grounds.calendars[str(grounds.parts["calendar"])].holiday(day) is not None:
        return "holidays_"
    weekday = WEEKDAYS[(day - 1) % 7]
    return next((f"{name}_" for name in windows if weekday in _WINDOWS[name]), "")


def _clocks(context: Context) -> list[ZoneTime]:
    """The clock time of the action in each zone where the debtor may be; where no zone is known, the one told."""
    minutes = context.local_minutes(context.action)
    if minutes is None or len(minutes) != len(context.zones):
        minute = context.action.minute
        return [] if minute is None else [{"time": english.clock(minute)}]
    known = zip(context.zones, minutes, context.places.origins, strict=True)
    return [
        {"zone": zone, "time": english.clock(minute), **({} if origin == STATED else {"from": origin})}
        for zone, minute, origin in known
    ]


def _told(clock: ZoneTime) -> str:
    if "from" not in clock:
        return clock["time"]
    return f"{clock['time']} in {english.city(clock['zone'])}, from {clock['from']},"


def _arithmetic(evidence: Evidence) -> str:
    clocks, window = evidence.get("clocks"), evidence.get("window")
    if window is None:
        return ""
    if window["from"] == window["to"]:
        return "no contact is open on this day where the debtor is"
    if not clocks:
        return ""
    times = english.listing(list(dict.fromkeys(_told(clock) for clock in clocks)), "or")
    return f"{times} where the debtor is; the hours are {window['from']} to {window['to']}"


KIND = RuleKind(
    name="contact_hours",
    title="breached outside the hours",
    fields={"days": "words", "calendar": "calendar", "bare_date": "word", "also_when": "condition"},
    required=(),
    values=(),
    optional=("from", "to"),
    windows=tuple(_WINDOWS),
    breach=_breach,
    mistakes=_mistakes,
    figures=lambda _: {"minute": "action.minute"},
    english=_english,
    evidence=_evidence,
    arithmetic=_arithmetic,
    words={"days": WEEKDAYS, "bare_date": ("inside", "unknown")},
)

"""When an act is lawful, told at 80 columns, as JSON, and as a calendar that other programs read (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.expressions import english
from collectrules.ground.dated import MINUTES_A_DAY
from collectrules.ground.lines import WIDTH, wrapped
from collectrules.output.icalendar import calendar, escaped
from collectrules.output.rendering import coloured, plain
from collectrules.output.short import moment
from collectrules.verdict.moments import instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from collectrules.verdict.objects import Obligation
    from collectrules.verdict.schedule import ChannelSlots, Schedule
    from collectrules.verdict.slots import Ground, Slot

_INDENT: Final = " " * 8
_DAYS: Final = 25
"""Columns of the days in front of their hours."""
_FEW: Final = 2
"""So many rules that cannot be decided are told one by one."""


class Part(NamedTuple):
    """The part of a span that lies on one day: its clock times, and the span."""

    begin: str
    end: str
    minutes: tuple[int, int]
    """After midnight, as the clock shows them."""
    slot: Slot


def days(slots: Sequence[Slot]) -> dict[date, list[Part]]:
    """The spans cut at midnights, by the days of the clock on which they are told."""
    found: dict[date, list[Part]] = {}
    for slot in slots:
        begin = slot.begin
        while instant(begin) < instant(slot.end):
            end = min(_midnight_after(begin), slot.end, key=instant)
            day = begin.date()
            odd = begin.tzinfo is not None and _is_odd(begin)
            until = "24:00" if end.date() > day else _clock(end, odd=odd)
            last = MINUTES_A_DAY if end.date() > day else end.hour * 60 + end.minute
            span = (begin.hour * 60 + begin.minute, last)
            found.setdefault(day, []).append(Part(_clock(begin, odd=odd), until, span, slot))
            begin = end
    return found


def _midnight_after(at: datetime) -> datetime:
    wall = datetime.combine(at.date() + timedelta(days=1), time(), at.tzinfo)
    return wall if at.tzinfo is None else wall.astimezone(UTC).astimezone(at.tzinfo)


def _is_odd(at: datetime) -> bool:
    """Is the clock put on that day?"""
    morning = datetime.combine(at.date(), time(), at.tzinfo)
    return morning.utcoffset() != (morning + timedelta(days=1)).utcoffset()


def _clock(at: datetime, *, odd: bool) -> str:
    return f"{at:%H:%M%z}" if odd else f"{at:%H:%M}"


class Numbers:
    """The numbers under which the law of spans that are not open is told, each given when it is first asked for.

    Rules of one channel that cannot be decided for want of facts are told as one where there are more than a few.
    """

    def __init__(self, schedule: Schedule) -> None:
        self.given: dict[Ground | None, int] = {}
        undecided = {
            ground for each in schedule.channels for slot in each.slots for ground in slot.grounds if ground.undecided
        }
        self._together = undecided if len(undecided) > _FEW else set()

    def number(self, ground: Ground) -> str:
        """The number of one ground."""
        key = None if ground in self._together else ground
        return str(self.given.setdefault(key, len(self.given) + 1))

    def is_together(self, ground: Ground) -> bool:
        """Is it told with others as one?"""
        return ground in self._together

    def of(self, grounds: Iterable[Ground]) -> list[str]:
        """The numbers of several, each once, ascending."""
        return sorted({self.number(ground) for ground in grounds}, key=int)

    def legend(self) -> Iterator[tuple[str, str]]:
        """Each number and what it stands for."""
        for ground, number in self.given.items():
            if ground is None:
                undecided = f"{len(self._together)} rules cannot be decided, for facts are missing"
                told = f"{undecided}; `collectrules ask` asks for them"
            else:
                law = f" ({ground.citation})" if ground.citation else ""
                told = f"{english.words(ground.strength)}: {ground.sentence}{law}"
            yield str(number), told


# ---- text ----------------------------------------------------------------------------------------------------------


def as_text(schedule: Schedule, *, colour: bool = False) -> str:
    """For a person: each channel day by day, days that are alike together; the law below. Every line is ended."""
    numbers = Numbers(schedule)
    lines = wrapped(
        f"{_named(schedule)}, {told_at(schedule.first)} to {told_at(schedule.last)}",
        _INDENT,
        first="SLOTS   ",
    )
    if schedule.zones:
        told = english.listing([f"{zone} ({origin})" for zone, origin in schedule.zones], "and")
        lines += wrapped(
            f"{told}{'; lawful in all of them' if len(schedule.zones) > 1 else ''}", _INDENT, first="zone    "
        )
    duties: dict[Obligation, str] = {}
    alike: dict[tuple[str, ...], list[str]] = {}
    for each in schedule.channels:
        lines_of_it = (_next(each, colour=colour), *_channel(each, numbers, duties))
        alike.setdefault(lines_of_it, []).append(english.words(each.channel))
    for (lawful, *rest), names in alike.items():
        name = ", ".join(names)
        many = len(name) >= len(_INDENT) * 4
        lines += ["", *(wrapped(name, "") if many else ())]
        lines += [*wrapped(lawful, _INDENT, first=_INDENT if many else f"{name:7} "), *rest]
    if numbers.given or duties:
        lines.append("")
    for number, told in numbers.legend():
        lines += wrapped(told, _INDENT, first=f"{number:>4}    ")
    for duty, letter in duties.items():
        lines += wrapped(f"{duty.sentence} ({duty.citation})", _INDENT, first=f"{letter:>4}    ")
    if schedule.plan is not None:
        lines += ["", *_plan(schedule)]
    return "\n".join(lines) + "\n"


def _named(schedule: Schedule) -> str:
    act = english.words(schedule.action)
    return f"{schedule.case}: {act}" if schedule.case else act


def _next(channel: ChannelSlots, *, colour: bool) -> str:
    decision = "allow" if channel.next is not None else _strictest(channel)
    lawful = "no lawful moment" if decision == "deny" else "no moment that is shown to be lawful"
    if channel.next is not None:
        lawful = f"next lawful {told_at(channel.next)}"
    return coloured(decision, lawful) if colour else lawful


def _channel(channel: ChannelSlots, numbers: Numbers, duties: dict[Obligation, str]) -> Iterator[str]:
    if channel.duties:
        letters = [duties.setdefault(duty, _letter(len(duties))) for duty in channel.duties]
        yield f"{_INDENT}with it {' '.join(letters)}"
    told = [(day, *_day(parts, numbers)) for day, parts in days(channel.slots).items()]
    for _, group in groupby(told, key=lambda each: each[1:]):
        alike = list(group)
        first, last = alike[0][0], alike[-1][0]
        when = _short(first) if first == last else f"{_short(first)} - {_short(last)}"
        _, hours, law = alike[0]
        yield from _beside(f"{_INDENT}{when:{_DAYS}}", hours, law)


def _letter(number: int) -> str:
    """In the order a to z, then aa."""
    return ("" if number < 26 else _letter(number // 26 - 1)) + chr(ord("a") + number % 26)  # noqa: PLR2004


def _strictest(channel: ChannelSlots) -> str:
    return "review" if any(slot.decision == "review" for slot in channel.slots) else "deny"


def _short(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _day(parts: Sequence[Part], numbers: Numbers) -> tuple[str, str]:
    """The hours of a day that are open or a person's to decide, and the numbers of the law behind what is not open."""
    law = " ".join(numbers.of([ground for part in parts for ground in part.slot.grounds]))
    told = []
    for decision, mark in (("allow", ""), ("review", "review ")):
        hours = [
            f"{some[0].begin}-{some[-1].end}"
            for said, alike in groupby(parts, key=lambda part: part.slot.decision)
            if said == decision and (some := list(alike))
        ]
        if hours:
            told.append(f"{mark}{', '.join(hours)}")
    return "; ".join(told) or "closed", law


def _beside(label: str, hours: str, law: str) -> list[str]:
    """The hours, with the law at the right edge of the last line."""
    lines = wrapped(hours, " " * len(label), first=label)
    if law:
        room = WIDTH - len(lines[-1]) - 1
        if len(law) > room:
            lines.append("")
        lines[-1] += f"{law:>{WIDTH - len(lines[-1])}}"
    return lines


def _plan(schedule: Schedule) -> Iterator[str]:
    plan = schedule.plan
    assert plan is not None
    number = len(plan.contacts)
    fit = f"{number} contact fits" if number == 1 else f"{number} contacts fit"
    yield from wrapped(
        f"{fit}, {_duration(plan.apart)} apart or more, each counted for the next", _INDENT, first="plan    "
    )
    for place, each in enumerate(plan.contacts, start=1):
        came = f", taken as {english.words(each.outcome)}" if each.outcome else ""
        yield f"{place:>6}  {told_at(each.at)} by {english.words(each.channel)}{came}"


def _duration(minutes: int) -> str:
    for unit, of_it in (("day", MINUTES_A_DAY), ("hour", 60)):
        if minutes % of_it == 0 and minutes:
            number = minutes // of_it
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def told_at(at: datetime) -> str:
    """A moment as people write it."""
    return moment(at.isoformat(timespec="minutes"))


# ---- JSON ----------------------------------------------------------------------------------------------------------


def as_json(schedule: Schedule) -> str:
    """The whole as one object, `collectrules/slots/v1`."""
    from msgspec.json import encode

    return encode(_plain(schedule)).decode()


def _plain(schedule: Schedule) -> dict[str, object]:
    told: dict[str, object] = plain(schedule)
    told["zones"] = [{"zone": zone, "from": origin} for zone, origin in schedule.zones]
    return {"schema": told.pop("schema"), **told}


# ---- calendar ------------------------------------------------------------------------------------------------------


def as_calendar(schedule: Schedule) -> str:
    """The lawful spans, and the planned contacts, as events of a calendar.

    Times without an offset stay so (RFC 5545: floating). The same schedule gives the same bytes.
    """
    lines: list[str] = []
    first = schedule.first
    stamp = f"DTSTAMP:{_basic(first if first.tzinfo else first.replace(tzinfo=UTC))}"
    name = schedule.case or "case"
    for channel in schedule.channels:
        told = english.words(channel.channel)
        duties = "; ".join(f"{duty.sentence} ({duty.citation})" for duty in channel.duties)
        for slot in channel.slots:
            if slot.decision == "allow":
                lines += _event(stamp, (slot.begin, slot.end), f"{told} is lawful: {name}", duties, channel.channel)
    if schedule.plan is not None:
        for number, each in enumerate(schedule.plan.contacts, start=1):
            summary = f"contact {number} by {english.words(each.channel)}: {name}"
            lines += _event(stamp, (each.at, each.at + timedelta(minutes=1)), summary, "", "planned")
    return calendar("slots", lines)


def _event(stamp: str, span: tuple[datetime, datetime], summary: str, description: str, category: str) -> Iterator[str]:
    begin, end = (_basic(at) for at in span)
    uid = sha256(f"{category} {begin} {end} {summary}".encode()).hexdigest()[:32]
    yield from ("BEGIN:VEVENT", f"UID:{uid}@collectrules", stamp, f"DTSTART:{begin}", f"DTEND:{end}")
    yield f"SUMMARY:{_escaped(summary)}"
    if description:
        yield f"DESCRIPTION:{_escaped(description)}"
    yield from (f"CATEGORIES:{category}", "TRANSP:TRANSPARENT", "END:VEVENT")


def _basic(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" if at.tzinfo is not None else f"{at:%Y%m%dT%H%M%S}"


def _escaped(text: str) -> str:
    """On one line."""
    return escaped(" ".join(text.splitlines()))

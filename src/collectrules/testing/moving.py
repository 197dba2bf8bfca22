"""A case with one thing in it moved: the day or minute of the act, another day, an amount, how often, or a fact.

Where to is what the law names: its numbers, dates, clock times, amounts and words. A case is plain values, as it stands
in a file.
"""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain, combinations, islice
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from collectrules.case.vocabulary import ROOTS
from collectrules.expressions import english
from collectrules.ground.dated import MINUTES_A_DAY, add_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from collectrules.case.vocabulary import Catalogue
    from collectrules.ground.dated import Calendar

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_AMOUNT: Final = re.compile(r"\d+\.\d{2}")
_AROUND: Final = (0, 1, -1)
_WITH_MINUTES: Final = len("2026-01-31T10:00")
_MOST_MONTHS: Final = 60
"""Longer spans are no months, years or business days."""
_MOST_PAIRS: Final = 150
_MOST_TIMES: Final = 60
_FIRST_DAYS: Final = 6
_FIRST_AMOUNTS: Final = 2
_DEFAULT_BEFORE: Final = 400
"""Days before the act on which a debt is said to have fallen into default."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2100

Path = tuple[str | int, ...]


class Hints(Struct, frozen=True):
    """What the law names that a case may be moved to."""

    words: Catalogue
    calendars: Mapping[str, Calendar]
    numbers: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    amounts: tuple[str, ...] = ()
    facts: tuple[tuple[str, str | bool], ...] = ()
    """The facts that are asked for, each by its name without what bears it, with a value to try."""
    events: tuple[str, ...] = ()


class Moved(Struct, frozen=True):
    """A case in which something was moved, and what, in words."""

    mapping: Mapping[str, Any]
    told: str
    touched: frozenset[str]
    """The keys of the case under which something changed."""
    was: Mapping[str, Any]
    """The case before."""

    def then(self, other: Moved) -> Moved:
        """Both in one: this, and what was moved in the case that it made."""
        return Moved(other.mapping, f"{self.told} and {other.told}", self.touched | other.touched, self.was)

    def own(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The keys of the example that it becomes, of one that had these."""
        return {**before, **{key: self._own(key, before.get(key)) for key in sorted(self.touched)}}

    def _own(self, key: str, before: Any) -> Any:
        """What stands under a key: of an object what it said, and what changed of it; a list as a whole."""
        now, was = self.mapping[key], self.was.get(key)
        if not isinstance(now, dict):
            return now
        stated = before if isinstance(before, dict) else {}
        old = was if isinstance(was, dict) else {}
        return {name: value for name, value in now.items() if name in stated or old.get(name) != value}


def moved(case: Mapping[str, Any], hints: Hints) -> Iterator[Moved]:
    """The case moved in one thing, those first that are likeliest; then in two."""
    yield from _amounts(case, hints)
    yield from _minutes(case, hints)
    days = list(_days(case, hints))
    yield from days[:_FIRST_DAYS]
    yield from _both(days[:_FIRST_DAYS], hints)
    yield from _spans(case, hints)
    yield from _times(case, hints)
    yield from days[_FIRST_DAYS:]
    facts = list(_facts(case, hints))
    yield from facts
    for first, second in islice(combinations(facts, 2), _MOST_PAIRS):
        yield from _joined(case, first, second)


def moved_twice(case: Mapping[str, Any], hints: Hints, focus: Hints) -> Iterator[Moved]:
    """The case moved in two things, of which the second is a day, minute, amount or count that `focus` names.

    The first is a fact or event that the law asks for, or the day of default, or another of what `focus` names.
    """
    for first in chain(_defaults(case), _facts(case, hints), _singly(case, focus)):
        yield from map(first.then, _singly(first.mapping, focus))


def _singly(case: Mapping[str, Any], hints: Hints) -> Iterator[Moved]:
    yield from _amounts(case, hints)
    yield from _minutes(case, hints)
    yield from _days(case, hints)
    yield from _spans(case, hints)
    yield from _times(case, hints)


def _defaults(case: Mapping[str, Any]) -> Iterator[Moved]:
    """The debts in default, where nothing says since when: from then on a period may run."""
    act = _day_of(_get(case, (_act(case), "at")))
    debts = case.get("debts") or []
    if act is None or not debts or any("in_default_since" in debt for debt in debts):
        return
    day = date.fromordinal(act - _DEFAULT_BEFORE).isoformat()
    others = [{name: value for name, value in debt.items() if name != "due"} for debt in debts]
    mapping = {**case, "debts": [{**debt, "in_default_since": day} for debt in others]}
    yield Moved(mapping, f"in default since {day}", frozenset({"debts"}), case)


def _both(moves: Sequence[Moved], hints: Hints) -> Iterator[Moved]:
    """On another day another amount."""
    few = replace(hints, amounts=hints.amounts[:_FIRST_AMOUNTS])
    for move in moves:
        yield from map(move.then, _amounts(move.mapping, few))


def _joined(case: Mapping[str, Any], first: Moved, second: Moved) -> Iterator[Moved]:
    """Two moves of different things together."""
    if first.told == second.told:
        return
    mapping: Any = {**case}
    for key in first.touched | second.touched:
        one, other, before = first.mapping.get(key), second.mapping.get(key), case.get(key)
        if before in (one, other):
            mapping[key] = other if one == before else one
        elif isinstance(one, dict) and isinstance(other, dict):
            was = before if isinstance(before, dict) else {}
            mapping[key] = {**one, **{name: value for name, value in other.items() if was.get(name) != value}}
        elif key == "history" and isinstance(one, list) and isinstance(other, list) and isinstance(before, list):
            entries = [*one, *[entry for entry in other if entry not in before]]
            mapping[key] = sorted(entries, key=lambda entry: str(entry.get("at")))
        else:
            return
    yield Moved(mapping, f"{first.told} and {second.told}", first.touched | second.touched, case)


# ---- the day and the minute --------------------------------------------------------------------------------------


def _act(case: Mapping[str, Any]) -> str:
    """The key that holds the moment that is asked about."""
    return "ask" if "ask" in case else "action"


def _minutes(case: Mapping[str, Any], hints: Hints) -> Iterator[Moved]:
    at = str(_get(case, (_act(case), "at")) or "")
    if len(at) < _WITH_MINUTES:
        return
    for minute in dict.fromkeys(each + step for each in hints.minutes for step in _AROUND):
        if 0 <= minute < MINUTES_A_DAY:
            clock = english.clock(minute)
            yield _with(case, (_act(case), "at"), f"{at[:11]}{clock}{at[16:]}", f"at {clock}")


def _spans(case: Mapping[str, Any], hints: Hints) -> Iterator[Moved]:
    """The act so long after another day of the case as the law names, and that day so long before the act."""
    key = _act(case)
    act = _day_of(_get(case, (key, "at")))
    if act is None:
        return
    others = [(path, day) for path, day in _day_places(case) if path[0] != key]
    for path, day in others:
        for number in hints.numbers:
            for target in _after(day, number, hints):
                yield from _on_day(case, target, f"{english.days(target - day)} after {_called(case, path)}")
            for target in _before(act, number, hints):
                told = f"{_called(case, path)} is {english.days(act - target)} before it"
                yield from _put_day(case, path, target, told)
    minutes = [(path, at) for path, at in _moments(case) if path[0] != key]
    for path, at in minutes:
        for number in (*hints.minutes, *hints.numbers):
            yield from _minutes_apart(case, path, at, number)


def _minutes_apart(case: Mapping[str, Any], path: Path, at: str, number: int) -> Iterator[Moved]:
    """Another moment of the case so many minutes before the act."""
    act = str(_get(case, (_act(case), "at")))
    if len(act) < _WITH_MINUTES or number > MINUTES_A_DAY:
        return
    for step in _AROUND:
        moment = datetime.fromisoformat(act[:16]) - timedelta(minutes=number + step)
        told = f"{_called(case, path)} is {number + step} minutes before it"
        yield _with(case, path, moment.isoformat(timespec="minutes") + at[16:], told)


def _after(day: int, number: int, hints: Hints) -> Iterator[int]:
    ends = [day + number]
    if number <= _MOST_MONTHS:
        ends += [add_months(day, number), add_months(day, 12 * number)]
        ends += [calendar.add_business_days(day, number) for calendar in hints.calendars.values()]
    yield from dict.fromkeys(end + step for end in ends for step in _AROUND)


def _before(day: int, number: int, hints: Hints) -> Iterator[int]:
    begins = [day - number]
    if number <= _MOST_MONTHS:
        begins += [add_months(day, -number), add_months(day, -12 * number)]
        begins += [calendar.add_business_days(day, -number) for calendar in hints.calendars.values()]
    yield from dict.fromkeys(begin + step for begin in begins for step in _AROUND)


def _days(case: Mapping[str, Any], hints: Hints) -> Iterator[Moved]:
    """On a day that the law names, and the day before and after it: the act alone, and the whole case."""
    key = _act(case)
    act = _day_of(_get(case, (key, "at")))
    if act is None:
        return
    for day in hints.days:
        for target in (day, day - 1, day + 1):
            yield from _on_day(case, target, f"on {date.fromordinal(target).isoformat()}")
            yield from _all_moved(case, target - act, f"on {date.fromordinal(target).isoformat()}")
    for path, _ in _day_places(case):
        for day in hints.days:
            for target in (day, day - 1, day + 1):
                if path[0] != key:
                    told = f"{_called(case, path)} is on {date.fromordinal(target).isoformat()}"
                    yield from _put_day(case, path, target, told)


def _on_day(case: Mapping[str, Any], target: int, told: str) -> Iterator[Moved]:
    yield from _put_day(case, (_act(case), "at"), target, told)


def _put_day(case: Mapping[str, Any], path: Path, target: int, told: str) -> Iterator[Moved]:
    at = _get(case, path)
    day = _day_of(at)
    if day is None or day == target or not _in_years(target):
        return
    yield _with(case, path, date.fromordinal(target).isoformat() + str(at)[10:], told)


def _all_moved(case: Mapping[str, Any], days: int, told: str) -> Iterator[Moved]:
    """Every day of the case so many days later."""
    made: Any = deepcopy(dict(case))
    for path, day in _day_places(case):
        if not _in_years(day + days):
            return
        _set(made, path, date.fromordinal(day + days).isoformat() + str(_get(case, path))[10:])
    yield Moved(made, told, frozenset(str(path[0]) for path, _ in _day_places(case)), case)


def _in_years(day: int) -> bool:
    return date(_FIRST_YEAR, 1, 1).toordinal() <= day <= date(_LAST_YEAR, 1, 1).toordinal()


# ---- amounts, and how often --------------------------------------------------------------------------------------


def _amounts(case: Mapping[str, Any], hints: Hints) -> Iterator[Moved]:
    places = [(path, value) for path, value in _leaves(case) if isinstance(value, str) and _AMOUNT.fullmatch(value)]
    for path, _ in places:
        for amount in hints.amounts:
            for step in _AROUND:
                cents = Decimal(amount) + Decimal(step).scaleb(-2)
                if cents > 0:
                    text = f"{cents:.2f}"
                    yield _with(case, path, text, f"{str(path[-1]).replace('_', ' ')} is {text}")


def _times(case: Mapping[str, Any], hints: Hints) -> Iterator[Moved]:
    """What happened before happened as often as the law names."""
    history = case.get("history") or []
    for number, entry in enumerate(history):
        if "event" in entry:
            continue
        for count in dict.fromkeys(each + step for each in hints.numbers for step in _AROUND):
            if 0 < count <= _MOST_TIMES:
                path = ("history", number, "times")
                yield _with(
                    case,
                    path,
                    count,
                    f"{_called(case, ('history', number))} {'once' if count == 1 else f'{count} times'}",
                )


# ---- facts -------------------------------------------------------------------------------------------------------


def _facts(case: Mapping[str, Any], hints: Hints) -> Iterator[Moved]:
    told_apart = {name: {value for other, value in hints.facts if other == name} for name, _ in hints.facts}
    for name, value in (*hints.facts, *((name, None) for name in told_apart)):
        for path, kind in _owners(case):
            field = hints.words.own_fields(kind).get(name)
            if field is None:
                continue
            if value is None:  # a word that the law does not name
                value = next((word for word in sorted(field.words or ()) if word not in told_apart[name]), None)  # noqa: PLW2901
            if value is None or _get(case, (*path, name)) == value:
                continue
            stated: Any = [value] if field.type == "list" else value
            told = f"{_owner_called(case, path)}{name.replace('_', ' ')} is {str(value).lower()}"
            yield _with(case, (*path, name), stated, told)
    for path, _ in _owners(case):
        owner = _get(case, path)
        for name in owner if isinstance(owner, dict) else ():
            if any(name == fact for fact, _ in hints.facts):
                yield _without(case, (*path, name), f"{_owner_called(case, path)}{name.replace('_', ' ')} is not told")
    yield from _events(case, hints)


def _events(case: Mapping[str, Any], hints: Hints) -> Iterator[Moved]:
    """With something more that happened, a day before the act."""
    act = _day_of(_get(case, (_act(case), "at")))
    if act is None:
        return
    for event in hints.events:
        for days in (1, 40):
            entry = {"at": f"{date.fromordinal(act - days).isoformat()}T09:00", "event": event}
            history = [*(case.get("history") or []), entry]
            history.sort(key=lambda each: str(each.get("at")))
            mapping = {**case, "history": history}
            yield Moved(mapping, f"{event.replace('_', ' ')} {english.days(days)} before", frozenset({"history"}), case)


def _owners(case: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """The objects of a case that bear facts, each with its type."""
    for root, kind in ROOTS.items():
        if root == "case":
            continue
        if root in case or (root not in ("action", "ask")):
            yield (root,), kind
    for number, _ in enumerate(case.get("debts") or []):
        yield ("debts", number), "debt"
    for number, entry in enumerate(case.get("history") or []):
        yield ("history", number), "event" if "event" in entry else "contact"


# ---- places in a case --------------------------------------------------------------------------------------------


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*path, number))
    else:
        yield path, value


def _day_places(case: Mapping[str, Any]) -> list[tuple[Path, int]]:
    found = [(path, _day_of(value)) for path, value in _leaves(dict(case))]
    return [(path, day) for path, day in found if day is not None]


def _moments(case: Mapping[str, Any]) -> list[tuple[Path, str]]:
    return [(path, str(_get(case, path))) for path, _ in _day_places(case) if "T" in str(_get(case, path))]


def _day_of(value: Any) -> int | None:
    if not isinstance(value, str) or not _DAY.match(value):
        return None
    try:
        return date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        return None


def _get(case: Any, path: Path) -> Any:
    for key in path:
        try:
            case = case[key]
        except (KeyError, IndexError, TypeError):
            return None
    return case


def _set(case: Any, path: Path, value: Any) -> None:
    for key in path[:-1]:
        case = case.setdefault(key, {}) if isinstance(case, dict) else case[key]
    case[path[-1]] = value


def _with(case: Mapping[str, Any], path: Path, value: Any, told: str) -> Moved:
    top = str(path[0])
    made = {**case, top: deepcopy(case.get(top, {}))}
    _set(made, path, value)
    return Moved(made, told, frozenset({top}), case)


def _without(case: Mapping[str, Any], path: Path, told: str) -> Moved:
    top = str(path[0])
    made = {**case, top: deepcopy(case.get(top, {}))}
    owner = _get(made, path[:-1])
    del owner[path[-1]]
    return Moved(made, told, frozenset({top}), case)


def _called(case: Mapping[str, Any], path: Path) -> str:
    """A day of the case in words."""
    if path[0] == "history":
        entry = _get(case, path[:2])
        word = str(entry.get("event") or f"the {entry.get('channel', 'contact')} contact").replace("_", " ")
        return word if path[-1] in ("at", path[1]) else f"{str(path[-1]).replace('_', ' ')} of {word}"
    return str(path[-1]).replace("_", " ")


def _owner_called(case: Mapping[str, Any], path: Path) -> str:
    if path[0] == "history":
        return f"of the {_called(case, path)} "
    return {"debts": "of the debt ", "action": "", "ask": ""}.get(str(path[0]), f"of the {path[0]} ")

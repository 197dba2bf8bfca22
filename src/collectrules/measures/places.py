"""Measures of the times and places that the debtor named, and of the channel and endpoint an entry uses."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.case.objects import Endpoint, Period
from collectrules.case.vocabulary import CHANNEL_PROPERTIES
from collectrules.deciding.conditions import Truth, both, either
from collectrules.ground.dated import MINUTES_A_DAY, WEEKDAYS
from collectrules.measures import MeasureFunction
from collectrules.measures.endpoints import endpoint_of, usable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from collectrules.measures.context import Context
    from collectrules.measures.history import Entry, Past


def _in_period(entry: Entry, period: Period) -> Truth:
    """Does the entry lie in the days and hours of the period? Its places are not looked at."""
    return _in_week(entry, period, None if period.until is None else period.until.toordinal())


def _in_week(entry: Entry, times: Any, last: int | None = None) -> Truth:
    """Does the entry lie in the days of the week and the hours that a period, or an event of the history, names?

    Hours that end before they begin run over midnight, and belong to the day on which they begin. On `last` (a
    proleptic ordinal) they begin for the last time. Where clocks differ it must be so, or not so, in every zone.
    """
    if entry.walls is None:
        return None if entry.day is None else _in_hours_of_week(entry.day, entry.minute, times, last)
    truths = {_in_hours_of_week(day, minute, times, last) for day, minute in entry.walls}
    return truths.pop() if len(truths) == 1 else None


def _in_hours_of_week(day: int, minute: int | None, times: Any, last: int | None) -> Truth:
    start = 0 if times.from_ is None else times.from_
    end = MINUTES_A_DAY if times.to is None else times.to
    today = _begins(day, times.days, last)
    if start <= end:
        return today and _in_hours(minute, start, end)
    evening = today and _in_hours(minute, start, MINUTES_A_DAY)
    return either((evening, _begins(day - 1, times.days, last) and _in_hours(minute, 0, end)))


def _begins(day: int, days: tuple[str, ...] | None, last: int | None) -> bool:
    """Do the hours begin on that day?"""
    return (last is None or day <= last) and (days is None or WEEKDAYS[(day - 1) % 7] in days)


def _in_hours(minute: int | None, start: int, end: int) -> Truth:
    if (start, end) == (0, MINUTES_A_DAY):
        return True
    return None if minute is None else start <= minute < end


def _in_periods(_: Context, entry: Entry, periods: Iterable[Period]) -> Truth:
    return either(_in_period(entry, period) for period in periods)


class _Notices(Struct, eq=False):
    """What the debtor named as bad, and lifted again: one event for all that name the same, and where they stand."""

    designated: list[tuple[Entry, list[int]]]
    """With the positions of all of them, ascending."""
    restored: list[tuple[Entry, int]]
    """With the position of the last."""
    undone: dict[object, int]
    """Where the last stands that lifts exactly what is named: it does so whenever the entry is."""


def _notices(past: Past) -> _Notices:
    refused = [event for event in past.of("opt_out").entries if _refuses_a_place(event.fact)]
    designated = [*_alike(past.of("inconvenience_designated").entries), *_alike(refused)]
    restored = _alike(past.of("convenience_restored").entries)
    lasts = [(event, positions[-1]) for event, positions in restored]
    return _Notices(designated, lasts, {_what_is_named(event.fact): last for event, last in lasts})


def _alike(events: Iterable[Entry]) -> list[tuple[Entry, list[int]]]:
    found: dict[object, tuple[Entry, list[int]]] = {}
    for event in events:
        key = (*_what_is_named(event.fact), event.fact.channel)
        found.setdefault(key, (event, []))[1].append(event.position)
    return list(found.values())


def _what_is_named(fact: Any) -> tuple[object, ...]:
    return fact.days, fact.from_, fact.to, _named(fact)


def _refuses_a_place(fact: Any) -> bool:
    """Is it an opt-out of one place, as of calls at work? Who refuses a place has named it as bad."""
    return fact.scope in (None, "place") and fact.place is not None


def _named(fact: Any) -> tuple[str, ...] | None:
    """The places that such an event names; None where it is about times."""
    return (fact.place,) if fact.event == "opt_out" else fact.places


def _inconvenient(context: Context, entry: Entry, concerns: Callable[[Any], Truth]) -> Truth:
    """Is the entry where a period or event that `concerns` it (by its places) names it as bad, not lifted since?

    Of events that name the same only the last before the entry is asked: what was lifted since then was so since each
    earlier one.
    """
    notices: _Notices = context.past.note(_notices, _notices)
    surely_lifted = maybe_lifted = -1
    for event, position in notices.restored:
        lifts = both((_in_week(entry, event.fact), concerns(event.fact.places)))
        if lifts is True:
            surely_lifted = max(surely_lifted, position)
        elif lifts is None:
            maybe_lifted = max(maybe_lifted, position)

    channel = context.channels.get(entry.fact.channel) if entry.fact.channel is not None else None
    by_post = channel is not None and channel.postal and not entry.has_clock

    def at(truth: Truth) -> Truth:
        """A letter of a bare date goes out and arrives on its day: it has no hour that could be bad."""
        return False if truth is None and by_post else truth

    def stands(named: Truth, since: int) -> Truth:
        if named is not True or surely_lifted > since:
            return named and False
        return None if maybe_lifted > since else True

    truths: list[Truth] = [None] if context.open else []
    stated = context.debtor.inconvenient or ()
    kept = [each for each in stated if (each.days, each.from_, each.to, each.places) not in notices.undone]
    truths += [stands(both((concerns(period.places), at(_in_period(entry, period)))), -1) for period in kept]
    for event, positions in notices.designated:
        before = bisect_right(positions, entry.position)
        if before and (event.fact.event != "opt_out" or event.fact.channel in (None, entry.fact.channel)):
            named = both((concerns(_named(event.fact)), at(_in_week(entry, event.fact))))
            undone = notices.undone.get(_what_is_named(event.fact), -1) > positions[before - 1]
            truths.append(False if undone else stands(named, positions[before - 1]))
    return either(truths)


def _no_places(places: tuple[str, ...] | None) -> Truth:
    return places is None


def _inconvenient_time(context: Context, entry: Entry) -> Truth:
    return _inconvenient(context, entry, _no_places)


def _inconvenient_place(context: Context, entry: Entry) -> Truth:
    stated = context.debtor.inconvenient or ()
    named = context.of("inconvenience_designated") or context.of("opt_out")
    if not context.open and not named and all(period.places is None for period in stated):
        return False
    places = _places(context, entry)
    perhaps = _perhaps(context, entry)

    def concerns(bad: tuple[str, ...] | None) -> Truth:
        if bad is None:
            return False
        surely = either(_lies_in(place, bad) for place in places)
        return surely or (surely if perhaps.isdisjoint(bad) else None)

    return _inconvenient(context, entry, concerns)


_POST: Final = "post"
"""Where a letter goes of which nothing tells the place: home, as mail does where no other address is listed."""


def _lies_in(place: str | None, bad: tuple[str, ...]) -> Truth:
    if place is None or (place == _POST and "home" in bad):
        return None
    return place in bad


def _places(context: Context, entry: Entry) -> list[str | None]:
    """The places an entry reaches; None among them stands for one that is not known."""
    fact = entry.fact
    found: list[str | None] = []
    if (known_place := entry.stated("known_place")) is not None:
        found.append(known_place)
    elif context.open and fact is context.action.fact:
        found.append(None)
    if fact.place is not None:
        found.append(fact.place)
        return found
    endpoint = endpoint_of(context, entry)
    if isinstance(endpoint, Endpoint):
        if endpoint.place is not None:
            found.append(endpoint.place)
        return found
    channel = context.channels.get(fact.channel) if fact.channel is not None else None
    if channel is None or channel.tied_to_place or channel.spoken:
        by_post = channel is not None and channel.tied_to_place and not channel.in_person and not context.open
        found.append(_POST if by_post else None)
    return found


def _perhaps(context: Context, entry: Entry) -> set[str]:
    """The places of the listed numbers and addresses, where the act names none of them and no place."""
    fact = entry.fact
    if fact is not context.action.fact or fact.place is not None or fact.endpoint is not None:
        return set()
    return {each.place for each in usable(context, fact.channel) if each.place is not None}


def _of_channel(attribute: str, title: str) -> MeasureFunction:
    def read(context: Context, name: str) -> bool | None:
        channel = context.channels.get(name)
        return None if channel is None else bool(getattr(channel, attribute))

    return MeasureFunction(attribute, ("channel",), "bool", read, title, follows_from=(), changes="given days")


FUNCTIONS = (
    MeasureFunction(
        "in_periods",
        ("entry", "periods"),
        "bool",
        _in_periods,
        "lies in one of the periods",
        follows_from=(),
        changes="named times",
    ),
    MeasureFunction(
        "inconvenient_time",
        ("entry",),
        "bool",
        _inconvenient_time,
        "is at a time the debtor named as bad and has not lifted",
        ("debtor.inconvenient", "history.inconvenience_designated", "history.convenience_restored"),
        follows_from=("debtor.inconvenient", "history"),
        changes="named times",
        open_ended=True,
    ),
    MeasureFunction(
        "inconvenient_place",
        ("entry",),
        "bool",
        _inconvenient_place,
        "is at a place the debtor named as bad and has not lifted",
        ("debtor.inconvenient", "action.place", "action.endpoint", "history.inconvenience_designated"),
        follows_from=(
            "debtor.inconvenient",
            "history",
            "action.place",
            "action.known_place",
            "action.endpoint",
            "action.channel",
            "endpoints.id",
            "endpoints.channel",
            "endpoints.place",
        ),
        changes="named times",
        open_ended=True,
    ),
    *(_of_channel(name, title) for name, title in CHANNEL_PROPERTIES.items()),
)

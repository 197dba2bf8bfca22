"""Measures of the times and places that the debtor named, and of the channel and endpoint an entry uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from collectrules.case.objects import Endpoint, Period
from collectrules.deciding.conditions import Truth, both, either, opposite
from collectrules.measures import NOTHING, MeasureFunction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from collectrules.measures.context import Context
    from collectrules.measures.history import Entry


def _in_period(entry: Entry, period: Period) -> Truth:
    """Does the entry lie in the days and hours of the period? Its places are not looked at."""
    if entry.day is None:
        return None
    if period.until is not None and entry.day > period.until.toordinal():
        return False
    if period.days is not None and entry.weekday not in period.days:
        return False
    return _in_hours(entry, period.from_, period.to)


def _in_hours(entry: Entry, start: int | None, end: int | None) -> Truth:
    if start is None and end is None:
        return True
    if entry.minute is None:
        return None
    return (start or 0) <= entry.minute < (1440 if end is None else end)


def _named(entry: Entry, event: Entry) -> Truth:
    """Does the entry lie in the days and hours that an event of the history names?"""
    fact = event.fact
    if entry.weekday is None:
        return None
    if fact.days is not None and entry.weekday not in fact.days:
        return False
    return _in_hours(entry, fact.from_, fact.to)


def _in_periods(_: Context, entry: Entry, periods: Iterable[Period]) -> Truth:
    return either(_in_period(entry, period) for period in periods)


def _lifted(context: Context, entry: Entry, since: int, concerns: Callable[[Any], Truth]) -> Truth:
    """Has the debtor, after that position of the history, lifted what was named for this time (or place)?"""
    return either(
        both((_named(entry, event), concerns(event.fact.places)))
        for event in context.of("convenience_restored")
        if event.position > since
    )


def _inconvenient(context: Context, entry: Entry, concerns: Callable[[Any], Truth]) -> Truth:
    """Is the entry where a period or event that `concerns` it (by its places) names it as bad, not lifted since?"""
    stated = context.debtor.inconvenient
    truths: list[Truth] = [None] if context.open else []
    for period in stated or ():
        named = both((concerns(period.places), _in_period(entry, period)))
        truths.append(named and both((named, opposite(_lifted(context, entry, -1, concerns)))))
    for event in context.of("inconvenience_designated"):
        if event.position <= entry.position:
            named = both((concerns(event.fact.places), _named(entry, event)))
            truths.append(named and both((named, opposite(_lifted(context, entry, event.position, concerns)))))
    return either(truths)


def _no_places(places: tuple[str, ...] | None) -> Truth:
    return places is None


def _inconvenient_time(context: Context, entry: Entry) -> Truth:
    return _inconvenient(context, entry, _no_places)


def _inconvenient_place(context: Context, entry: Entry) -> Truth:
    stated = context.debtor.inconvenient or ()
    if not context.open and not context.of("inconvenience_designated") and all(p.places is None for p in stated):
        return False
    places = _places(context, entry)

    def concerns(bad: tuple[str, ...] | None) -> Truth:
        if bad is None:
            return False
        return either(None if place is None else place in bad for place in places)

    return _inconvenient(context, entry, concerns)


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
    endpoint = _endpoint_of(context, entry)
    if isinstance(endpoint, Endpoint):
        if endpoint.place is not None:
            found.append(endpoint.place)
        return found
    channel = context.channels.get(fact.channel) if fact.channel is not None else None
    if channel is None or channel.tied_to_place or channel.spoken:
        found.append(None)
    return found


def _endpoint_of(context: Context, entry: Entry) -> Endpoint | object | None:
    name = entry.fact.endpoint
    if name is None:
        return None
    for endpoint in context.endpoints:
        if endpoint.id == name:
            return endpoint
    return None if context.open else NOTHING


def _of_channel(attribute: str) -> Callable[[Context, str], bool | None]:
    def read(context: Context, name: str) -> bool | None:
        channel = context.channels.get(name)
        return None if channel is None else bool(getattr(channel, attribute))

    return read


def _channel(attribute: str, title: str) -> MeasureFunction:
    return MeasureFunction(
        attribute, ("channel",), "bool", _of_channel(attribute), title, follows_from=(), changes="given days"
    )


FUNCTIONS = (
    MeasureFunction(
        "in_periods",
        ("entry", "periods"),
        "bool",
        _in_periods,
        "lies in one of the periods",
        changes="named times",
    ),
    MeasureFunction(
        "inconvenient_time",
        ("entry",),
        "bool",
        _inconvenient_time,
        "is at a time the debtor named as bad and has not lifted",
        ("debtor.inconvenient", "history.inconvenience_designated", "history.convenience_restored"),
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
        changes="named times",
        open_ended=True,
    ),
    MeasureFunction(
        "endpoint_of",
        ("entry",),
        "endpoint",
        _endpoint_of,
        "the number or address that is used",
        ("action.endpoint", "debtor.endpoints"),
        follows_from=("action.endpoint", "debtor.endpoints"),
        changes="given days",
    ),
    _channel("electronic", "is an electronic channel"),
    _channel("written", "is a written channel"),
    _channel("spoken", "is a spoken channel"),
    _channel("public", "can be seen by others"),
    _channel("tied_to_place", "is a channel tied to a place"),
)

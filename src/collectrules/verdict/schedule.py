"""When each channel is open for an act of a case, and the most contacts that fit: what `slots` tells.

The most contacts are found by taking the earliest lawful moment again and again, each contact counted in the history
of the next. Limits of so many in a span of days, in a calendar week or month, and of so much time between two, lose
nothing by it: no other choice has its n-th contact earlier.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.case.objects import Action, Contact
from collectrules.verdict.findings import obligations, rulesets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from collectrules.case.objects import Case
    from collectrules.measures.history import Places
    from collectrules.verdict.objects import Obligation, RulesetUsed
    from collectrules.verdict.search import Search
    from collectrules.verdict.slots import Slot

SCHEMA: Final = "collectrules/slots/v1"

_CONTACT: Final = "contact"
_WITHOUT_ANSWER: Final = {"phone": "no_answer", "email": "delivered", "sms": "delivered", "letter": "mailed"}
"""What is taken to come of a planned contact; of any other channel nothing is said."""
_NEXT: Final = timedelta(minutes=1)


class ChannelSlots(Struct, frozen=True):
    """One channel: the spans of time in order, the first lawful moment, and what must be done together with the act."""

    channel: str
    next: datetime | None
    """None where no moment of the span is lawful."""
    duties: tuple[Obligation, ...]
    slots: tuple[Slot, ...]


class Planned(Struct, frozen=True):
    """A contact that fits: it is lawful when all before it have been made."""

    at: datetime
    channel: str
    outcome: str
    """What is taken to come of it; empty where nothing is."""


class Plan(Struct, frozen=True):
    """The most contacts that fit, at least so many minutes apart."""

    apart: int
    contacts: tuple[Planned, ...]


class Schedule(Struct, frozen=True):
    """When an act of a case is lawful, channel by channel, from the first moment up to the last."""

    case: str
    action: str
    first: datetime
    last: datetime
    zones: tuple[tuple[str, str], ...]
    """Every zone where the debtor may be, and what points to it."""
    channels: tuple[ChannelSlots, ...]
    plan: Plan | None
    rulesets: tuple[RulesetUsed, ...]
    schema: str = SCHEMA


def by_channel(case: Case, channel: str, at: datetime) -> Case:
    """The case with its act made through that channel; through another than its own, without what is of its own."""
    action = case.action
    if action is None:
        action = Action(kind=_CONTACT, channel=channel, at=at)
    elif action.channel != channel:
        action = on_channel(action, channel)
    return case.but(action=action.but(at=at), ask=None)


def on_channel(action: Action, channel: str) -> Action:
    """The same act through another channel: its content, its place and its number are not known."""
    return replace(
        action, channel=channel, endpoint=None, content=None, unclear=None, omits=None, place=None, opt_out=None
    )


def scheduled(
    case: Case,
    span: tuple[datetime, datetime],
    places: Places,
    found: Iterable[tuple[str, Search, Iterable[Slot]]],
    plan: Plan | None,
) -> Schedule:
    """When the act of a case is lawful: `found` has each channel, what asks about the act by it, and its spans."""
    told = []
    used: dict[str, RulesetUsed] = {}
    for channel, search, spans in found:
        slots = tuple(spans)
        lawful = next((slot.begin for slot in slots if slot.decision == "allow"), None)
        duties = obligations(search.at(lawful)) if lawful is not None else ()
        told.append(ChannelSlots(channel, lawful, duties, slots))
        used |= {ruleset.id: ruleset for ruleset in rulesets(search.judgement)}
    first, last = span
    return Schedule(
        case=case.id or "",
        action=case.action.kind if case.action is not None else _CONTACT,
        first=first,
        last=last,
        zones=tuple(zip(places.zones, places.origins, strict=True)),
        channels=tuple(told),
        plan=plan,
        rulesets=tuple(used[name] for name in sorted(used)),
    )


def planned(
    cases: Mapping[str, Case],
    next_lawful: Callable[[Case, datetime, datetime], datetime | None],
    span: tuple[datetime, datetime],
    apart: timedelta,
) -> Plan:
    """The most contacts that fit from the first moment of the span up to the last, in order.

    `cases` has the act by each channel that may be used; of several that are lawful at once the first is taken.
    """
    return Plan(apart // timedelta(minutes=1), tuple(_contacts(cases, next_lawful, span, apart)))


def _contacts(
    cases: Mapping[str, Case],
    next_lawful: Callable[[Case, datetime, datetime], datetime | None],
    span: tuple[datetime, datetime],
    apart: timedelta,
) -> Iterator[Planned]:
    at, last = span
    made: list[Contact] = []
    while at < last:
        found: list[tuple[datetime, int, str]] = []
        for number, (channel, case) in enumerate(cases.items()):
            until = min([last, *[moment for moment, *_ in found]])
            moment = next_lawful(case.but(history=(*(case.history or ()), *made)), at, until)
            if moment is not None:
                found.append((moment, number, channel))
        if not found:
            return
        moment, _, channel = min(found)
        outcome = _WITHOUT_ANSWER.get(channel, "")
        yield Planned(moment, channel, outcome)
        made.append(_contact(cases[channel].action, moment, outcome))
        step = max(apart, _NEXT)
        at = moment + step if moment.tzinfo is None else (moment.astimezone(UTC) + step).astimezone(moment.tzinfo)


def _contact(action: Action | None, at: datetime, outcome: str) -> Contact:
    """A planned act as it will stand in the history."""
    assert action is not None
    same: Sequence[str] = ("channel", "to", "person", "debts", "endpoint", "place", "purpose", "content", "omits")
    stated = {name: getattr(action, name) for name in same}
    return Contact(at=at, direction="outbound", outcome=outcome or None, **stated)

"""What must agree within a case: its history lies before the act, its endpoints are known, its periods have some time.

Of single keys that go together `keys` has the rules. Codes, beside those of `kinds`:

| code  | wrong |
|-------|-------|
| CR026 | an entry of the history after the action or question |
| CR027 | a number or address that the debtor does not have |
| CR028 | a period without any time in it |
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from collectrules.case import terms
from collectrules.case.advice import listed, missing_key
from collectrules.case.contact_points import canonical, contact_point, endpoint_id, number_of, with_code
from collectrules.case.jurisdictions import places_stated
from collectrules.case.texts import FIRST_YEAR, LAST_YEAR, zone_stated
from collectrules.case.values import plain, written
from collectrules.ground.dated import MINUTES_A_DAY
from collectrules.ground.errors import meant
from collectrules.ground.nodes import Listing, Table, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from collectrules.case.kinds import JsonSchema, Report

_WIDEST_OFFSET: Final = timedelta(hours=14)
"""No clock on earth is further from UTC."""
_CLOCK: Final = re.compile(r"T[0-9]{2}:[0-9]{2}(?P<seconds>:[0-9]{2}(?P<fraction>\.[0-9]+)?)?")


class PastBeforeAct:
    """Every entry of the history lies before the action.

    A bare date comes before every clock time of its day; on the day of an action without a clock time all is before it.
    """

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether none lies after it."""
        return next(_later(value), None) is None

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Name each such entry, with both moments where the debtor is."""
        del subject
        history = table.get("history")
        for later in _later(plain(table)):
            entry = history.items[later.number] if isinstance(history, Listing) else None
            place = entry.place_of("at") if isinstance(entry, Table) else table.place
            message = f"this is of {later.entry}, after the action of {later.action} ({later.clock})"
            advice = (
                "what is in the history came before, told on the debtor's clock: write the offset of a log that was"
                " kept on another, as 2026-04-01T15:00+00:00, and leave out what came later"
            )
            report.add(place, "CR026", message, advice)

    def describe(self, schema: JsonSchema) -> None:
        """Leave it out: JSON Schema cannot say it."""


class _Later(NamedTuple):
    """An entry after the action: its number, both moments as one clock shows them, and whose clock that is."""

    number: int
    entry: str
    action: str
    clock: str


def _later(value: dict[Any, Any]) -> Iterator[_Later]:
    action, history = value.get("action"), value.get("history")
    action_at = _text_at(action)
    if action is None or action_at is None or not isinstance(history, list | tuple):
        return
    debtor = value.get("debtor")
    stated = debtor.get("time_zone") if type(debtor) is dict else None
    zones = stated if isinstance(stated, list | tuple) else [stated]
    told_in = zone_stated(action.get("at_tz"))
    home = (zone_stated(zones[0]) if len(zones) == 1 else None) or told_in
    now = _Moment(action_at, told_in, home, ends=True)
    for number, entry in enumerate(history):
        at = _text_at(entry)
        # Nearly every entry is a wall clock of the debtor, which is compared as it is written.
        if at is None or (now.as_written and at[: len(action_at)] <= action_at and _is_wall(at)):
            continue
        moment = _Moment(at, None, home)
        if moment.is_after(now):
            clock = home.key if home else "UTC" if moment.instant and now.instant else "where the debtor is"
            yield _Later(number, moment.shown, now.shown, clock)


class _Moment:
    """A day or moment on the clock of the debtor; where that is not known, between its earliest and its latest."""

    __slots__ = ("as_written", "earliest", "instant", "latest", "shown")

    def __init__(self, text: str, told_in: ZoneInfo | None, home: ZoneInfo | None, *, ends: bool = False) -> None:
        self.as_written = _is_wall(text) and (told_in is None or told_in is home)
        self.shown = text
        self.instant: datetime | None = None
        moment = datetime.fromisoformat(text)
        if self.as_written:
            self.earliest = moment
            self.latest = moment + _length(text)
            return
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=told_in)
        self.instant = moment.astimezone(UTC)
        local = (self.instant if home is None else self.instant.astimezone(home)).replace(tzinfo=None)
        self.shown = local.isoformat(timespec="seconds" if local.second else "minutes")
        if ends:
            self.instant += _length(text)
            local += _length(text)
        open_hours = _WIDEST_OFFSET if home is None else timedelta()
        self.earliest, self.latest = local - open_hours, local + open_hours

    def is_after(self, other: _Moment) -> bool:
        """Is it surely later?"""
        if self.instant is not None and other.instant is not None:
            return self.instant > other.instant
        return self.earliest > other.latest


def _length(text: str) -> timedelta:
    """How long the day, minute or second lasts that a text tells, but the last bit of it."""
    clock = _CLOCK.search(text)
    if clock is None:
        return timedelta(days=1, microseconds=-1)
    if clock["seconds"] is None:
        return timedelta(minutes=1, microseconds=-1)
    return timedelta(seconds=1, microseconds=-1) if clock["fraction"] is None else timedelta()


def _is_wall(text: str) -> bool:
    """Is it a day, or a time without an offset?"""
    clock = text[len("2026-01-31") :]
    return not ("Z" in clock or "+" in clock or "-" in clock)


def _text_at(owner: Any) -> str | None:
    """When something is, as a case file writes it; None where it says nothing that can be read."""
    at = owner.get("at") if isinstance(owner, dict) else None
    text = at if type(at) is str else written(at)
    if text is None:
        return None
    try:
        year = datetime.fromisoformat(text).year
    except ValueError:
        return None
    return text.replace(" ", "T") if FIRST_YEAR <= year <= LAST_YEAR else None


class KnownEndpoints:
    """Where the debtor's numbers and addresses are listed, the action uses one of them.

    A refusal reaches one of them, or one that the act, a contact or an event of the history used: an address of the
    past need not be listed, a word that stands nowhere else is a slip. Where none is listed, a refusal may be of one
    more; but one that differs from a known name by its capitals alone is a slip.
    """

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether all are known."""
        return next(_strange(value), None) is None

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say which is not, and which was meant."""
        del subject
        value = plain(table)
        known = _endpoint_ids(value) or sorted(_used(value))
        history, action = table.get("history"), table.get("action")
        for number, name in _strange(value):
            owner = action if number is None else history.items[number] if isinstance(history, Listing) else None
            place = owner.place_of("endpoint") if isinstance(owner, Table) else table.place
            likely = with_code(name, _points(value))
            hint = meant(name, known) if likely is None else f"did you mean `{likely}`?"
            advice = f"{hint} the debtor's are {listed(known)}; another is added under `endpoints`".lstrip()
            report.add(place, "CR027", f"`endpoint` is {shown(name)}, which the debtor does not have", advice)

    def describe(self, schema: JsonSchema) -> None:
        """Leave it out: JSON Schema cannot say it."""


def _endpoints(value: dict[Any, Any]) -> Sequence[Any]:
    debtor = value.get("debtor")
    stated = debtor.get("endpoints") if type(debtor) is dict else None
    return stated if isinstance(stated, list | tuple) else ()


def _endpoint_ids(value: dict[Any, Any]) -> list[str]:
    return [name for each in _endpoints(value) if (name := endpoint_id(each)) is not None]


def _points(value: dict[Any, Any]) -> list[str]:
    """The numbers and addresses of the debtor, also where they have another id."""
    return [point for each in _endpoints(value) if (point := contact_point(each)) is not None]


def _entries(value: dict[Any, Any]) -> Sequence[Any]:
    history = value.get("history")
    return history if isinstance(history, list | tuple) else ()


def _used(value: dict[Any, Any]) -> set[str]:
    """The endpoints that the act and the history name, other than in a refusal."""
    owners = [each for each in (value.get("action"), *_entries(value)) if isinstance(each, dict)]
    named = [each.get("endpoint") for each in owners if each.get("event") != "opt_out"]
    return {canonical(each) for each in named if type(each) is str}


def _strange(value: dict[Any, Any]) -> Iterator[tuple[int | None, str]]:
    """What names an endpoint that nobody has: the number of the entry, None for the action, and the name."""
    known = {*_endpoint_ids(value), *_points(value)}
    action = value.get("action")
    of_the_act = action.get("endpoint") if type(action) is dict else None
    if known and type(of_the_act) is str and canonical(of_the_act) not in known:
        yield None, of_the_act
    used: dict[str, set[str]] | None = None  # by the name in small letters; filled where a refusal asks
    for number, each in enumerate(_entries(value)):
        named = each.get("endpoint") if isinstance(each, dict) else None
        if type(named) is not str or canonical(named) in known:
            continue
        if with_code(named, known) is not None:
            yield number, named
        elif each.get("event") == "opt_out":
            if used is None:
                used = {}
                for one in known | _used(value):
                    used.setdefault(one.casefold(), set()).add(one)
            name = canonical(named)
            alike = used.get(name.casefold(), set())
            if name not in alike and (known or alike):
                yield number, named


class Reachable:
    """An endpoint is a number, an e-mail address, or an id with its channel."""

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether it is one of them."""
        if "number" in value or "email" in value:
            return not ("number" in value and "email" in value)
        return "id" in value and "channel" in value

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say what is missing, or which two do not go together."""
        if "number" in table and "email" in table:
            message = f"{subject} has `number` and `email`"
            report.add(table.place_of("email"), "CR015", message, "write two: a number and an address")
        elif not self.holds(plain(table)):
            for key in ("id", "channel"):
                if key not in table:
                    advice = "or `number`, as +1 850 555 0142, or `email`"
                    report.add(table.place, "CR012", f"{subject} needs `{key}`", advice)

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        schema["oneOf"] = [
            {"required": ["number"]},
            {"required": ["email"]},
            {"required": ["id", "channel"], "properties": {"number": False, "email": False}},
        ]


class HasPlace:
    """A case states a jurisdiction, or an address or number of the debtor from which it follows."""

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether it does. An address that says no place is told by itself."""
        debtor = value.get("debtor")
        stated = "jurisdiction" in value or (type(debtor) is dict and bool(debtor.get("addresses")))
        return stated or bool(places_stated(value))

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say that there is none."""
        if not self.holds(plain(table)):
            near = missing_key(table.entries, ["jurisdiction"], report.owners)
            advice = near or "or an address of the debtor under `addresses`, or a number, from which it follows"
            debtor = plain(table).get("debtor")
            endpoints = (debtor.get("endpoints") if type(debtor) is dict else None) or ()
            numbers = [each["number"] for each in endpoints if type(each) is dict and type(each.get("number")) is str]
            if not near and (nowhere := next(filter(number_of, numbers), None)):
                advice = f"or an address of the debtor under `addresses`: from {nowhere} no place follows"
            report.add(table.place, "CR012", f"{subject} needs `jurisdiction`", advice)

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema, which cannot say where a number was given out."""
        listed_there = [{"properties": {key: {"minItems": 1}}, "required": [key]} for key in ("addresses", "endpoints")]
        schema["anyOf"] = [
            {"required": ["jurisdiction"]},
            *({"required": ["debtor"], "properties": {"debtor": each}} for each in listed_there),
        ]


class SomeTime:
    """A period has some time in it: its end is not its beginning."""

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether it has."""
        start, end = _minutes(value.get("from", "00:00")), _minutes(value.get("to", "24:00"))
        if start is None or end is None or (start, end) == (0, MINUTES_A_DAY):
            return True
        return start % MINUTES_A_DAY != end % MINUTES_A_DAY

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say that it has none."""
        if self.holds(plain(table)):
            return
        key = "to" if "to" in table else "from"
        message = f"{subject} ends when it begins, and has no time in it"
        report.add(table.place_of(key), "CR028", message, "leave `from` and `to` out for the whole day")

    def describe(self, schema: JsonSchema) -> None:
        """Leave it out: JSON Schema cannot say it."""


def _minutes(stated: Any) -> int | None:
    """A clock time in minutes after midnight; None for what is none."""
    if type(stated) is str and terms.TIME.matches(stated):
        return int(stated[:2]) * 60 + int(stated[3:])
    if isinstance(stated, time):
        return stated.hour * 60 + stated.minute
    return stated if type(stated) is int else None

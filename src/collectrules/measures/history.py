"""What happened, in the debtor's calendar: placed once, in order, and found again without looking at each entry.

Calendar days are those where the debtor is. A moment told without an offset is the debtor's wall clock. A bare date
comes before every clock time of its day. Where the debtor may be in several zones, a day or clock time in which they
differ is unknown, and what is asked of it is asked in each. Moments told with an offset are put in order as instants.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Literal
from zoneinfo import ZoneInfo

from collectrules.case.objects import Contact
from collectrules.ground.dated import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collectrules.case.objects import Event

_DAY: Final = 100_000_000
"""More than the milliseconds of a day: both as one number, in which the last one before a day is the day as a whole."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)

_MOST_PASTS: Final = 8
"""Of one history: few of what is listed comes after the action, or after the moments that it may be moved to."""


class Entry:
    """The action or one item of the history, placed in the debtor's calendar.

    `day` is a proleptic ordinal, `minute` counts from local midnight; each is None where it is unknown. `position`
    orders entries; that of the action is behind them all. `instants` are the moments in UTC that the time told may
    mean. `walls` holds day and minute in each zone where they differ. `times` is how many equal contacts it stands for.
    `has_clock`: is a time of day told? It may be another in each zone, or not be known.
    """

    __slots__ = ("day", "fact", "has_clock", "instants", "minute", "position", "times", "walls")

    def __init__(self, fact: Any, day: int | None, minute: int | None, instants: tuple[datetime, ...] | None) -> None:
        self.fact = fact
        self.day = day
        self.minute = minute
        self.instants = instants
        self.has_clock = minute is not None or instants is not None
        self.walls: tuple[tuple[int, int], ...] | None = None
        self.position = 0
        self.times = 1

    @property
    def weekday(self) -> str | None:
        """The day of the week, mon to sun."""
        return None if self.day is None else WEEKDAYS[(self.day - 1) % 7]

    @property
    def is_placed(self) -> bool:
        """Is the day known, or that of each zone?"""
        return self.day is not None or self.walls is not None

    def stated(self, name: str) -> Any:
        """A field as it is stated; None where it is not, or where no entry of its kind can."""
        return getattr(self.fact, name, None)

    def timeless(self) -> Entry:
        """The entry where no zone is known and none may be assumed: its day and hour are unknown, though told."""
        other = Entry(self.fact, None, None, self.instants)
        other.has_clock = self.has_clock
        other.position, other.times = self.position, self.times
        return other


class Places:
    """Every zone the debtor may be in, and the one in which times without an offset are told (None: unclear).

    `origins` says of each zone what points to it. `unplaced`: it may be another too, for something cannot be placed.
    """

    __slots__ = ("origins", "told_in", "unplaced", "zones")

    def __init__(
        self, zones: tuple[str, ...], told_in: str | None, origins: tuple[str, ...] = (), *, unplaced: bool = False
    ) -> None:
        self.zones = zones
        self.told_in = told_in
        self.origins = origins
        self.unplaced = unplaced

    def _compared(self) -> tuple[tuple[str, ...], str | None, bool]:
        return self.zones, self.told_in, self.unplaced

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Places) and self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash(self._compared())

    def entry(self, fact: Any, at: date | datetime, zone: str | None) -> Entry:
        """Something placed; `zone` is that of its time, where it is not the debtor's."""
        if type(at) is date:
            return Entry(fact, at.toordinal(), None, None)
        assert isinstance(at, datetime)
        if at.tzinfo is None and (zone is None or (zone,) == self.zones):
            return Entry(fact, at.toordinal(), at.hour * 60 + at.minute, None)
        return self._converted(fact, at, zone)

    def _converted(self, fact: Any, at: datetime, zone: str | None) -> Entry:
        """An entry told with an offset, or in another zone than the debtor's."""
        if at.tzinfo is None:
            assert zone is not None
            instants = instants_of(at, zone)
        else:
            instants = (at.astimezone(UTC),)
        walls = []
        for each in self.zones:
            local = instants[0].astimezone(ZoneInfo(each))
            walls.append((local.toordinal(), local.hour * 60 + local.minute))
        days, minutes = {day for day, _ in walls}, {minute for _, minute in walls}
        day = days.pop() if len(days) == 1 else None
        entry = Entry(fact, day, minutes.pop() if len(minutes) == 1 else None, instants)
        if len(set(walls)) > 1:
            entry.walls = tuple(walls)
        return entry

    def moment(self, at: date | datetime, *, instants: tuple[datetime, ...] | None, by_instants: bool) -> int | None:
        """What puts a day or moment in order; None where nothing tells how it lies to the others.

        `by_instants`: milliseconds in UTC, else days and milliseconds on the clock of the debtor.
        """
        if not by_instants:
            return None if instants is not None else _on_the_wall(at)
        if instants is None:
            home = self.told_in or (self.zones[0] if self.zones else None)
            if home is None:
                return None
            if not isinstance(at, datetime):
                return _milliseconds(datetime.combine(at, time(), ZoneInfo(home))) - 1
            return _milliseconds(at.replace(tzinfo=ZoneInfo(home)))
        return _milliseconds(instants[0])


def _milliseconds(moment: datetime) -> int:
    return (moment.astimezone(UTC) - _EPOCH) // _MILLISECOND


def _on_the_wall(at: date | datetime) -> int:
    if not isinstance(at, datetime):
        return at.toordinal() * _DAY - 1
    seconds = at.hour * 3600 + at.minute * 60 + at.second
    return at.toordinal() * _DAY + seconds * 1000 + at.microsecond // 1000


def instants_of(wall: datetime, zone: str) -> tuple[datetime, ...]:
    """The moments in UTC that a clock of a zone may mean, ascending: two where it was put back."""
    told = wall.replace(tzinfo=ZoneInfo(zone))
    return tuple(sorted({told.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}))


class Narrowing:
    """A choice of entries by what they state, after another choice: one object for each, so that it is a quick key.

    With `among`, those of which the field is one of `values`; with `apart`, those of which it is none of them; with
    `holding`, those whose list holds one. In `values` None stands for a field that is not stated.
    """

    __slots__ = ("after", "how", "name", "values")

    def __init__(
        self, name: str, how: Literal["among", "apart", "holding"], values: frozenset[Any], after: Narrowing | None
    ) -> None:
        self.name, self.how, self.values, self.after = name, how, values, after

    def choose(self, entries: list[Entry]) -> list[Entry]:
        """The entries that are chosen, in order."""
        name, values = self.name, self.values
        if self.how == "among":
            return [entry for entry in entries if getattr(entry.fact, name, None) in values]
        if self.how == "apart":
            return [entry for entry in entries if getattr(entry.fact, name, None) not in values]
        absent, chosen = None in values, []
        for entry in entries:
            stated = getattr(entry.fact, name, None)
            if absent if stated is None else not values.isdisjoint(stated):
                chosen.append(entry)
        return chosen


@cache
def narrowing(
    name: str, how: Literal["among", "apart", "holding"], values: frozenset[Any], after: Narrowing | None = None
) -> Narrowing:
    """The choice; there are as many as rulesets in use ask for."""
    return Narrowing(name, how, values, after)


class Series:
    """Some entries in order, with what finds a part of them: by what they state, and by when they were."""

    __slots__ = ("_days", "_parts", "_positions", "_sums", "entries")

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self._parts: dict[Narrowing, Series] = {}
        self._positions: list[int] | None = None
        self._days: list[int] | bool | None = False
        self._sums: list[int] | None = None

    @property
    def positions(self) -> list[int]:
        """The position of each, ascending."""
        if self._positions is None:
            self._positions = [entry.position for entry in self.entries]
        return self._positions

    @property
    def days(self) -> list[int] | None:
        """The day of each, ascending; None where that of some is unknown."""
        if self._days is False:
            days = [entry.day for entry in self.entries]
            self._days = None if None in days else days  # type: ignore[assignment]
        return self._days  # type: ignore[return-value]

    def part(self, narrowing: Narrowing) -> Series:
        """The entries of which something may be true; the same object each time."""
        found = self._parts.get(narrowing)
        if found is None:
            chosen = self._chosen(narrowing)
            found = self._parts[narrowing] = self if len(chosen) == len(self.entries) else Series(chosen)
        return found

    def _chosen(self, narrowing: Narrowing) -> list[Entry]:
        """The entries of a choice. Of several in a row the first is kept too: others begin with the same."""
        after = narrowing.after
        if after is None:
            return narrowing.choose(self.entries)
        return narrowing.choose(self.part(after).entries if after.after is None else self._chosen(after))

    def number(self, first: int, last: int) -> int:
        """How many contacts the entries from one index up to another stand for."""
        if self._sums is None:
            self._sums = [0, *accumulate([entry.times for entry in self.entries])]
        return self._sums[last] - self._sums[first]


NO_ENTRIES: Final = Series([])


class Past:
    """What came before a moment: contacts, events, consents (which are either), and the events of each name."""

    __slots__ = ("_timeless", "by_event", "consents", "contacts", "events", "noted", "size")

    def __init__(self, entries: Sequence[Entry]) -> None:
        contacts: list[Entry] = []
        events: list[Entry] = []
        consents: list[Entry] = []
        by_event: dict[str, list[Entry]] = {}
        for entry in entries:
            fact = entry.fact
            if type(fact) is Contact:
                contacts.append(entry)
                if fact.consent is not None:
                    consents.append(entry)
            else:
                events.append(entry)
                by_event.setdefault(fact.event, []).append(entry)
                if fact.event == "consent":
                    consents.append(entry)
        self.contacts = Series(contacts)
        self.events = Series(events)
        self.consents = Series(consents)
        self.by_event = {name: Series(found) for name, found in by_event.items()}
        self.size = len(entries)
        self.noted: dict[object, Any] = {}
        """What functions remember of these entries, whatever the case; each with a key of its own."""
        self._timeless: Past | None = None

    def of(self, event: str) -> Series:
        """The events of that name."""
        return self.by_event.get(event, NO_ENTRIES)

    @property
    def timeless(self) -> Past:
        """The same where no zone is known and none may be assumed."""
        if self._timeless is None:
            every = sorted((*self.contacts.entries, *self.events.entries), key=attrgetter("position"))
            self._timeless = Past([entry.timeless() for entry in every])
        return self._timeless

    def note(self, key: object, make: Callable[[Past], Any]) -> Any:
        """What is made of these entries, once."""
        found = self.noted.get(key)
        if found is None:
            found = self.noted[key] = make(self)
        return found


class History:
    """A history placed: every entry in order, whenever the action is."""

    __slots__ = ("_by_instants", "_entries", "_moments", "_pasts", "facts", "places", "size")

    def __init__(self, facts: Sequence[Contact | Event] | None, places: Places) -> None:
        self.facts = facts
        self.places = places
        self._pasts: dict[int, Past] = {}
        entries: list[Entry] = []
        self._by_instants = False
        for fact in facts or ():
            at = fact.at
            if type(at) is datetime and at.tzinfo is None:
                entry = Entry(fact, at.toordinal(), at.hour * 60 + at.minute, None)
            else:
                entry = places.entry(fact, at, None)
                self._by_instants = self._by_instants or entry.instants is not None
            if type(fact) is Contact and fact.times is not None:
                entry.times = fact.times
            entries.append(entry)
        moments: list[int] = []
        latest, in_order, undated = -1, True, False
        for entry in entries:
            placed = self._moment(entry)
            undated = undated or placed is None
            moment = latest if placed is None else placed
            if moment < latest:
                in_order = False
            latest = moment
            moments.append(moment)
        if not in_order:
            order = sorted(range(len(entries)), key=moments.__getitem__)
            entries = [entries[number] for number in order]
            moments.sort()
        for position, entry in enumerate(entries):
            entry.position = position
        self._entries = entries
        self._moments: list[int] | None = None if undated else moments
        """The moment of each entry, ascending; None where that of some is unknown."""
        self.size = len(entries)

    def first(self, count: int) -> History:
        """The history up to an entry: as if it had been placed by itself."""
        other = object.__new__(History)
        other._entries = self._entries[:count]
        other.facts = tuple([entry.fact for entry in other._entries])
        other.places, other._by_instants, other._pasts = self.places, self._by_instants, {}
        other._moments = None if self._moments is None else self._moments[:count]
        other.size = count
        return other

    def _moment(self, entry: Entry) -> int | None:
        return self.places.moment(entry.fact.at, instants=entry.instants, by_instants=self._by_instants)

    @property
    def entries(self) -> Sequence[Entry]:
        """Every entry, oldest first."""
        return self._entries

    def before(self, action: Entry, at: date | datetime) -> Past:
        """What came before an action at that moment, or at its very minute: the same object for the same entries."""
        now = self._now(action, at)
        if now is None:
            count = self.size
        elif self._moments is not None:
            count = bisect_right(self._moments, now)
        else:
            count = len(self._first(0, now))
        past = self._pasts.get(count)
        if past is None:
            if len(self._pasts) >= _MOST_PASTS:
                self._pasts.clear()
            past = self._pasts[count] = Past(self._first(count, now))
        return past

    def _first(self, count: int, now: int | None) -> list[Entry]:
        if self._moments is not None or now is None:
            return self._entries if count == self.size else self._entries[:count]
        return [entry for entry in self._entries if (moment := self._moment(entry)) is None or moment <= now]

    def _now(self, action: Entry, at: date | datetime) -> int | None:
        """The end of an action: a day without a clock time is over, so is a minute without seconds."""
        if not action.is_placed:
            return None
        instants = action.instants
        if instants is not None and not self._by_instants:
            home = self.places.told_in or self.places.zones[0]
            at, instants = instants[0].astimezone(ZoneInfo(home)), None
        if not isinstance(at, datetime):
            at += timedelta(days=1)  # the millisecond before that day as a whole
        now = self.places.moment(at, instants=instants, by_instants=self._by_instants)
        if now is None or not isinstance(at, datetime):
            return None if now is None else now - 1
        return now + (0 if at.microsecond else 999 if at.second else 59_999)

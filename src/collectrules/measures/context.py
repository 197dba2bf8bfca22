"""One case as the measures see it: entries in order, in the debtor's calendar, up to the action.

The history is read once. Calendar days are those where the debtor is; where the record leaves several places open, the
hours are tested in all of them. A moment told without an offset is the debtor's wall clock; where no zone is known
it stays a wall clock in a complete record, and is unknown in a partial one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from keyword import iskeyword
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from collectrules.case import objects as case_objects
from collectrules.case.objects import Action, Case, Contact, Debt, Event
from collectrules.ground.dated import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def _complete_classes() -> None:
    """Give each kind of entry the fields of the others, absent: one definition then reads them all."""
    entries = (Action, Contact, Event)
    names = {name for entry in entries for name in entry.__dataclass_fields__}
    for entry in entries:
        for name in names - set(entry.__dataclass_fields__):
            setattr(entry, name, None)
    Action.direction = "outbound"  # type: ignore[attr-defined] # an act is always the collector's own


_complete_classes()


class Entry:
    """The action or one item of the history, placed in the debtor's calendar.

    `day` is a proleptic ordinal, `minute` counts from local midnight, `position` orders entries, `age` is days before
    the action. Each is None where it is unknown. `instants` are the moments in UTC that the time told may mean.
    """

    __slots__ = ("age", "day", "fact", "instants", "minute", "position")

    def __init__(self, fact: Any, day: int | None, minute: int | None, instants: tuple[datetime, ...] | None) -> None:
        self.fact = fact
        self.day = day
        self.minute = minute
        self.instants = instants
        self.position = 0
        self.age: int | None = None

    @property
    def weekday(self) -> str | None:
        """The day of the week, mon to sun."""
        return None if self.day is None else WEEKDAYS[(self.day - 1) % 7]


class Context:
    """Everything an expression may ask of a case.

    `open` is set where absent facts count as unknown, `unlisted` where the history may hold more than it lists.
    """

    __slots__ = (
        "action",
        "all_consumer",
        "ask",
        "by_event",
        "case",
        "channels",
        "collector",
        "consents",
        "contacts",
        "creditor",
        "debt_ids",
        "debtor",
        "debts",
        "endpoints",
        "events",
        "memo",
        "open",
        "told_in",
        "unlisted",
        "zones",
    )

    def __init__(self, case: Case, channels: Mapping[str, Any], at: date | datetime | None = None) -> None:
        self.case = case
        self.channels = channels
        self.collector = case.collector
        self.creditor = case.creditor if case.creditor is not None else _EMPTY_CREDITOR
        self.debtor = case.debtor if case.debtor is not None else _EMPTY_DEBTOR
        self.debts: Sequence[Debt] = case.debts
        self.debt_ids = tuple([debt.id for debt in case.debts])
        self.all_consumer = all(debt.kind == "consumer" for debt in case.debts)
        self.endpoints = self.debtor.endpoints or ()
        self.open = False
        self.unlisted = False
        self.memo: dict[Any, Any] = {}
        self.ask = case.ask if case.ask is not None else _EMPTY_ASK
        fact = case.action if case.action is not None else _asking(self.ask)
        self.zones, self.told_in = _zones(case, self.debtor)
        self.action = self._entry(fact, at if at is not None else fact.at, fact.at_tz)
        self._read_history(case.history or ())

    def opened(self, *, history_is_whole: bool = False) -> Context:
        """The same case with every absent fact unknown, and perhaps more in the history than it lists."""
        other = object.__new__(Context)
        for name in Context.__slots__:
            setattr(other, name, getattr(self, name))
        other.open = True
        other.unlisted = not history_is_whole
        other.memo = {}
        if not self.zones:
            other.action = _timeless(self.action)
            other.contacts = [_timeless(entry) for entry in self.contacts]
            other.events = [_timeless(entry) for entry in self.events]
            other.consents = [_timeless(entry) for entry in self.consents]
            other.by_event = {name: [_timeless(entry) for entry in found] for name, found in self.by_event.items()}
        return other

    def moved(self, at: date | datetime) -> Context:
        """The same case at another moment of the action."""
        return Context(self.case, self.channels, at)

    def changed(self, case: Case) -> Context:
        """A case with the same history and another fact."""
        return Context(case, self.channels)

    def of(self, event: str) -> list[Entry]:
        """The events of that name, oldest first."""
        return self.by_event.get(event, _NONE)

    def younger(self, collection: str, days: int) -> list[Entry]:
        """Of contacts, events or consents, those less than so many days before the action, or who knows how many."""
        key = (collection, days)
        found: list[Entry] | None = self.memo.get(key)
        if found is None:
            entries = getattr(self, collection)
            found = self.memo[key] = [entry for entry in entries if (age := entry.age) is None or age < days]
        return found

    def stating(self, collection: str, name: str) -> list[Entry]:
        """Of contacts, events or consents, those that state a field."""
        key = (collection, name)
        found: list[Entry] | None = self.memo.get(key)
        if found is None:
            field = f"{name}_" if iskeyword(name) else name
            entries = getattr(self, collection)
            found = self.memo[key] = [entry for entry in entries if getattr(entry.fact, field) is not None]
        return found

    def debts_of(self, ids: Sequence[str]) -> Sequence[Debt]:
        """The debts of those ids."""
        if ids is self.debt_ids:
            return self.debts
        return [debt for debt in self.debts if debt.id in ids]

    def _read_history(self, history: Sequence[Contact | Event]) -> None:
        """Place what came before the action, oldest first; a bare date comes before every clock time of its day."""
        action = self.action
        action_day = action.day
        now = None if action_day is None else action_day * _DAY + (1440 if action.minute is None else action.minute)
        entries: list[Entry] = []
        latest, in_order = -1, True
        for fact in history:
            at = fact.at
            if type(at) is datetime and at.tzinfo is None:
                entry = Entry(fact, at.toordinal(), at.hour * 60 + at.minute, None)
            else:
                entry = self._entry(fact, at, None)
            day = entry.day
            if day is not None:
                moment = entry.position = day * _DAY + (-1 if entry.minute is None else entry.minute)
                if now is not None and action_day is not None:
                    if moment > now:
                        continue
                    entry.age = action_day - day
                if moment < latest:
                    in_order = False
                latest = moment
            entries.append(entry)
            if type(fact) is Contact and fact.times is not None:
                entries.extend([entry] * (fact.times - 1))
        if not in_order:
            entries.sort(key=attrgetter("position"))
        self._sort_out(entries)
        action.position = len(entries)
        action.age = 0

    def _sort_out(self, entries: Sequence[Entry]) -> None:
        """Number the entries, and keep contacts, events and consents apart."""
        contacts: list[Entry] = []
        events: list[Entry] = []
        consents: list[Entry] = []
        by_event: dict[str, list[Entry]] = {}
        for position, entry in enumerate(entries):
            entry.position = position
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
        self.contacts, self.events, self.consents, self.by_event = contacts, events, consents, by_event

    def _entry(self, fact: Any, at: date | datetime, zone: str | None) -> Entry:
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
            told = at.replace(tzinfo=ZoneInfo(zone))
            instants = tuple(sorted({told.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}))
        else:
            instants = (at.astimezone(UTC),)
        if not self.zones:
            return Entry(fact, None, None, instants)
        home = ZoneInfo(self.zones[0] if self.told_in is None else self.told_in)
        local = instants[0].astimezone(home)
        return Entry(fact, local.toordinal(), local.hour * 60 + local.minute, instants)

    def local_minutes(self, entry: Entry) -> list[int] | None:
        """Minutes after midnight in every zone the debtor may be in; None where the clock time is unknown."""
        if entry.minute is None and entry.instants is None:
            return None
        zones = self.zones
        if len(zones) <= 1 and entry.instants is None:
            if not zones and self.open:
                return None
            return [entry.minute] if entry.minute is not None else None
        if not zones:
            return None
        instants = entry.instants
        if instants is None:
            if self.told_in is None:
                return None
            assert entry.day is not None
            assert entry.minute is not None
            wall = datetime.combine(date.fromordinal(entry.day), time(*divmod(entry.minute, 60)))
            told = wall.replace(tzinfo=ZoneInfo(self.told_in))
            instants = tuple(told.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
        found = []
        for zone in zones:
            info = ZoneInfo(zone)
            for instant in instants:
                local = instant.astimezone(info)
                found.append(local.hour * 60 + local.minute)
        return found


def _asking(ask: case_objects.Ask) -> Action:
    """A question has no action: the day for which it is asked stands for one."""
    assert ask.at is not None
    return Action(kind="", at=ask.at)


_DAY: Final = 2000
"""More than the minutes of a day: days and minutes as one number, in which minute -1 is the day as a whole."""


def _timeless(entry: Entry) -> Entry:
    """The entry where no zone is known and none may be assumed: its day and hour are unknown."""
    other = Entry(entry.fact, None, None, entry.instants)
    other.position = entry.position
    return other


def _zones(case: Case, debtor: case_objects.Debtor) -> tuple[tuple[str, ...], str | None]:
    """Every zone the debtor may be in, and the one in which times without an offset are told (None: unclear)."""
    stated = debtor.time_zone
    zones = (stated,) if isinstance(stated, str) else tuple(stated or ())
    told_in: str | None = zones[0] if len(zones) == 1 else None
    if debtor.location_known_from_debtor is not True:
        for endpoint in debtor.endpoints or ():
            for zone in (endpoint.area_code_time_zone, endpoint.address_time_zone):
                if zone is not None and zone not in zones:
                    zones = (*zones, zone)
    action = case.action
    if told_in is None and action is not None and action.at_tz is not None:
        told_in = action.at_tz
    return zones, told_in


_NONE: Final[list[Entry]] = []
_EMPTY_DEBTOR: Final = case_objects.Debtor()
_EMPTY_ASK: Final = case_objects.Ask(what="")
_EMPTY_CREDITOR: Final = case_objects.Creditor()

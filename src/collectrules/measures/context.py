"""One case as the measures see it: the action, what came before it, and the objects of the case.

Where the record leaves several places open, the hours are tested in all of them. Where no zone is known, a moment told
without an offset stays a wall clock in a complete record, and is unknown in a partial one.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from collectrules.case import objects as case_objects
from collectrules.case.declaring import values_in
from collectrules.case.objects import Action, Case, Debt
from collectrules.measures.history import Entry, History, Past, Places, instants_of
from collectrules.measures.whereabouts import whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Context:
    """Everything an expression may ask of a case.

    `open` is set where absent facts count as unknown, `unlisted` where the history may hold more than it lists. `memo`
    holds what is remembered of this very moment, `lasting` what holds as long as the same entries came before.
    """

    def __init__(self, case: Case, channels: Mapping[str, Any], at: date | datetime | None = None) -> None:
        self.channels = channels
        self.open = False
        self.unlisted = False
        self.faults: list[str] = []
        """What functions of plugins did wrong, whenever they were asked about this case."""
        self._at = at
        self._read(case, None)

    def _read(self, case: Case, placed: History | None, before: Case | None = None) -> None:
        """Read a case; `placed` is the history of another that may be the same, `before` the case read until now."""
        self.case = case
        self.collector = case.collector
        self.creditor = case.creditor if case.creditor is not None else _EMPTY_CREDITOR
        self.debtor = case.debtor if case.debtor is not None else _EMPTY_DEBTOR
        self.debts: Sequence[Debt] = case.debts
        self.debt_ids = tuple([debt.id for debt in case.debts])
        self._debt_numbers: Mapping[str, int] | None = None
        self.all_consumer = all(debt.kind == "consumer" for debt in case.debts)
        self.endpoints = self.debtor.endpoints or ()
        self.ask = case.ask if case.ask is not None else _EMPTY_ASK
        self.lasting: dict[Any, Any] = {}
        self.memo: dict[Any, Any] = {}
        if before is not None and _is_placed_alike(before, case):
            return  # neither the act nor what came before it is placed again
        self.places = _places(case, self.debtor)
        if placed is None or placed.facts is not case.history or placed.places != self.places:
            placed = History(case.history, self.places)
        self._history = placed
        self._place(case.action if case.action is not None else _asking(self.ask))

    def _place(self, fact: Any) -> None:
        """Place the action, and take what came before it."""
        at = self._at if self._at is not None else fact.at
        action = self.places.entry(fact, at, fact.at_tz)
        action.position = self._history.size
        past = self._history.before(action, at)
        if self.is_timeless:
            action, past = action.timeless(), past.timeless
        self.action = action
        self.today = action.day
        """The day of the action, as a proleptic ordinal, from which ages are counted."""
        self.past: Past = past
        self.memo = {}

    def _copy(self) -> Context:
        other = object.__new__(Context)
        vars(other).update(vars(self))
        return other

    def opened(self, *, history_is_whole: bool = False) -> Context:
        """The same case with every absent fact unknown, and perhaps more in the history than it lists."""
        other = self._copy()
        other.open = True
        other.unlisted = not history_is_whole
        other.lasting = {}
        other._place(self.action.fact)  # noqa: SLF001 - another of the same class
        return other

    def moved(self, at: date | datetime) -> Context:
        """The same case with the action at another moment: as if read anew, without reading and placing it again."""
        other = self._copy()
        other._at = at  # noqa: SLF001 - another of the same class
        other._place(self.action.fact)  # noqa: SLF001
        if other.past is not self.past:
            other.lasting = {}
        return other

    def at_any_time(self) -> Context:
        """The same case and its whole history, listed as it is, with nothing known of when the action is done.

        What is known of it holds at every moment, as far as nothing is missing from the history. Whether a clock time
        is told is known: the act is asked about at moments that are told as its own is, days or minutes.
        """
        other = self._copy()
        other.unlisted = False
        other.action = self.action.timeless()
        other.action.instants = None
        other.today = None
        other.past = self._history.before(other.action, self.action.fact.at)
        other.memo, other.lasting = {}, {}
        return other

    @property
    def entries(self) -> Sequence[Entry]:
        """Every entry of the history, whenever the action is, oldest first."""
        return self._history.entries

    def at_entry(self, position: int, case: Case) -> Context:
        """The act of a case asked about in place of an entry of this history, after what stands before that.

        The history of the case that is given is taken from here.
        """
        history = self._history.first(position)
        other = self._copy()
        other._at = None  # noqa: SLF001 - another of the same class
        other._read(case.but(history=history.facts or None), history)  # noqa: SLF001
        return other

    def changed(self, case: Case) -> Context:
        """Another case asked as this one is; its history is not placed again where it is the same object."""
        other = self._copy()
        other._read(case, self._history, self.case)  # noqa: SLF001 - another of the same class
        return other

    @property
    def is_timeless(self) -> bool:
        """Does nothing tell where the debtor is, so that days and hours are unknown?"""
        return self.open and not self.places.zones

    @property
    def zones(self) -> tuple[str, ...]:
        """Every zone the debtor may be in."""
        return self.places.zones

    @property
    def told_in(self) -> str | None:
        """The zone in which times without an offset are told; None where it is unclear."""
        return self.places.told_in

    @property
    def contacts(self) -> Sequence[Entry]:
        """The contacts before the action, oldest first."""
        return self.past.contacts.entries

    @property
    def events(self) -> Sequence[Entry]:
        """The events before the action, oldest first."""
        return self.past.events.entries

    @property
    def consents(self) -> Sequence[Entry]:
        """The contacts and events before the action in which the debtor consented to something, oldest first."""
        return self.past.consents.entries

    def of(self, event: str) -> Sequence[Entry]:
        """The events of that name before the action, oldest first."""
        return self.past.of(event).entries

    def age(self, entry: Entry) -> int | None:
        """Days from an entry to the action; None where a day is unknown."""
        if entry is self.action:
            return None if self.is_timeless else 0
        return None if entry.day is None or self.today is None else self.today - entry.day

    @property
    def has_later_entries(self) -> bool:
        """Does the history go on after the action?"""
        return self.past.size < self._history.size

    def dates(self) -> Iterator[int]:
        """Every day that the case states, as a proleptic ordinal; those of the history where the debtor is."""
        yield from (entry.day for entry in self._history.entries if entry.day is not None)
        stated = values_in((self.case.debts, self.debtor, self.creditor, self.case.history, self.action.fact))
        yield from (each.toordinal() for each in stated if type(each) is date)

    def debts_of(self, ids: Sequence[str]) -> Sequence[Debt]:
        """The debts of those ids."""
        if ids is self.debt_ids:
            return self.debts
        if self._debt_numbers is None:
            self._debt_numbers = {name: number for number, name in enumerate(self.debt_ids)}
        numbers = sorted({self._debt_numbers[name] for name in ids if name in self._debt_numbers})
        return [self.debts[number] for number in numbers]

    def local_minutes(self, entry: Entry) -> list[int] | None:
        """Minutes after midnight in every zone the debtor may be in; None where the clock time is unknown."""
        if (entry.minute is None and entry.instants is None) or self.places.unplaced:
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
            instants = instants_of(wall, self.told_in)
        found = []
        for zone in zones:
            info = ZoneInfo(zone)
            for instant in instants:
                local = instant.astimezone(info)
                found.append(local.hour * 60 + local.minute)
        return found


def _is_placed_alike(one: Case, other: Case) -> bool:
    """Have two cases the same act and history, and the same that tells where the debtor may be?"""
    if one.action is not other.action or one.history is not other.history or one.ask is not other.ask:
        return False
    debtors = [each.debtor if each.debtor is not None else _EMPTY_DEBTOR for each in (one, other)]
    at, then = [(each.time_zone, each.location_known_from_debtor, each.endpoints, each.addresses) for each in debtors]
    return at == then


def _asking(ask: case_objects.Ask) -> Action:
    """A question has no action: the day for which it is asked stands for one."""
    assert ask.at is not None
    return Action(kind="", at=ask.at)


def _places(case: Case, debtor: case_objects.Debtor) -> Places:
    """Where the debtor may be, by what the case says."""
    stated = debtor.time_zone
    action = case.action
    at = whereabouts(debtor, action)
    told_in = stated if isinstance(stated, str) else stated[0] if stated is not None and len(stated) == 1 else None
    if told_in is None and stated is None and len(at.zones) == 1 and not at.unplaced:
        told_in = at.zones[0]
    if told_in is None and action is not None and action.at_tz is not None:
        told_in = action.at_tz
    return Places(at.zones, told_in, at.origins, unplaced=at.unplaced)


_EMPTY_DEBTOR: Final = case_objects.Debtor()
_EMPTY_ASK: Final = case_objects.Ask(what="")
_EMPTY_CREDITOR: Final = case_objects.Creditor()

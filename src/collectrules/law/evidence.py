"""What a finding rests on: the entries that were counted, the limit, the window of days or hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from msgspec import Struct

from collectrules.expressions import english

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from collectrules.expressions.syntax import Literal as Constant
    from collectrules.ground.dated import Calendar
    from collectrules.measures.context import Context
    from collectrules.measures.history import Entry


class EvidenceEntry(TypedDict, total=False):
    """One entry of the history, with the keys that it states; `day` is that of the debtor's calendar."""

    id: str
    day: str
    time: str
    event: str
    channel: str
    direction: str
    outcome: str
    times: int
    """So many equal contacts on that day."""


Window = TypedDict("Window", {"from": str, "to": str})
"""Days (ISO 8601) of which the first and the last count, or clock times."""


ZoneTime = TypedDict("ZoneTime", {"zone": str, "time": str, "from": str}, total=False)
"""A clock time where the debtor may be; without a zone where none is known. `from` says what points to the zone."""


class Evidence(TypedDict, total=False):
    """What a finding rests on; only the keys that apply."""

    counted: int
    limit: int
    window: Window
    entries: list[EvidenceEntry]
    clocks: list[ZoneTime]
    holiday: str
    """Its name."""


class Grounds(Struct, frozen=True):
    """What a kind makes its evidence of."""

    values: Mapping[str, Constant]
    """Those in force."""
    parts: Mapping[str, str | tuple[str, ...]]
    entries: Sequence[Entry]
    """Of the kind's own query, oldest first."""
    context: Context
    calendars: Mapping[str, Calendar]
    """Those of the ruleset."""

    def value(self, name: str) -> int:
        """A value that is a whole number, or minutes after midnight."""
        return int(self.values[name].value)


def told(entries: Iterable[Entry]) -> list[EvidenceEntry]:
    """Entries as a verdict tells them."""
    return [_told(entry) for entry in entries]


def _told(entry: Entry) -> EvidenceEntry:
    keys: dict[str, Any] = {
        "id": entry.stated("id"),
        "day": None if entry.day is None else english.iso_day(entry.day),
        "time": None if entry.minute is None else english.clock(entry.minute),
        **{name: entry.stated(name) for name in ("event", "channel", "direction", "outcome")},
        "times": entry.times if entry.times > 1 else None,
    }
    return {name: value for name, value in keys.items() if value is not None}  # type: ignore[return-value]

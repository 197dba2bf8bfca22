"""Rows of logs as what happened: calls, texts and mails, each with the numbers and names by which it finds its account.

A row that may have been a contact is one: what nobody said the meaning of counts as a talk, and an attempt that may
have rung as one that did.
"""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from collectrules.case.contact_points import canonical
from collectrules.case.places import written as places
from collectrules.imports import cells
from collectrules.imports.accounts import clean
from collectrules.imports.cells import BadCell
from collectrules.imports.lacking import CannotImport, Unstated
from collectrules.imports.mapping import CONTACT, NOTHING, Meaning
from collectrules.imports.taking import LeftOut, Taker

if TYPE_CHECKING:
    from collectrules.imports.mapping import Mapping
    from collectrules.imports.table import Record, Table
    from collectrules.imports.tally import Tally

_COUNTS_MOST_FIRST: Final = (
    *("conversation", "", "voicemail", "limited_content_message", "voicemail_full", "recorded_message"),
    *("ringless_voicemail", "dropped", "delivered", "received", "sent", "mailed"),
    *("no_answer", "busy", "not_in_service"),
)
"""Of several rows about one call the one holds that counts most; empty: it connected, with whom is unknown."""

_KEYS: Final = ("account", "number", "address", "from", "to", "name")
_MOST_OFFSET: Final = timedelta(hours=14)
_ITS_OWN: Final = "its"
"""In an event of a mapping: the number or address of the row."""

_LENGTH: Final = re.compile(r"(?:(?:(?P<h>[0-9]{1,4}):)?(?P<m>[0-9]{1,4}):)?(?P<s>[0-9]{1,9})(?:\.[0-9]*)?")

Key = tuple[str, str]
"""What may find an account: `account`, `number`, `address` or `name`, and its value."""


class Entry(Struct):
    """What a row of a log is: its keys in the order in which they are tried, and what it adds to a history."""

    number: int
    keys: tuple[Key, ...]
    contact: dict[str, Any] | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    word: str = ""
    either: tuple[str, str] = ("", "")
    """The numbers that called and were called, where nobody says which side is the collector's."""


class Log(Taker):
    """The entries of a file, put together row by row."""

    def __init__(self, table: Table, mapping: Mapping, tally: Tally) -> None:
        if not set(_KEYS) & table.bound.keys():
            names = ", ".join(name for name in table.names if name)
            message = "no column has an account, a number or an address: nothing in this log can be tied to a debtor"
            raise CannotImport(f"{message}\n    its columns are: {names}; name one with --column number=NAME")
        super().__init__(table, mapping, tally)
        self.entries: list[Entry] = []
        self._internal: re.Pattern[str] | None = None
        if mapping.internal:
            self._internal = re.compile(mapping.internal)
        self._by_id: dict[tuple[str, Key | None], Entry] = {}
        self._said: dict[str, int] = {}
        """Of each id what its first row said, as a hash: there may be millions."""
        self._said_too: set[tuple[str, int]] = set()
        self._without_id = 0
        self._of_word: list[tuple[str, tuple[Key, ...], Entry, dict[str, Any]]] = []

    def take(self, record: Record) -> None:
        """Take one row of a log."""
        entry = self._entry(record)
        if entry is not None:
            self.entries.append(entry)

    def finish(self) -> list[Entry]:
        """Count what the rows gave, and give it."""
        tally = self.tally
        tally.ids = len(self._said) + self._without_id
        tally.contacts = sum(entry.contact is not None for entry in self.entries)
        tally.events = sum(len(entry.events) for entry in self.entries)
        return self.entries

    def _entry(self, record: Record) -> Entry | None:
        fields, mapping = record.fields, self.mapping
        at = self._moment(record)
        words = self._words(fields)
        word = sys.intern("/".join(words[:2]) or "without a word")
        meaning = mapping.meaning(words)
        if meaning is None:
            meaning = Meaning()
            if mapping.meaning_of:
                self.remark(f"nobody said what {word} means: it counts as a talk (`meanings` in a mapping)")
        identity = str(fields.get("id", ""))
        self._count(identity, words[0] if words else word, at)
        if identity and self._is_again(identity, hash((word, at))):
            raise LeftOut("the same row again")
        if meaning.is_ == NOTHING:
            raise LeftOut(f"{word}: {meaning.why or 'no contact'}")
        return self._made(record, at, word, meaning)

    def _made(self, record: Record, at: date | datetime, word: str, meaning: Meaning) -> Entry | None:
        fields = record.fields
        direction = self._direction(fields, meaning)
        channel = self._channel(fields)
        keys, endpoint = self._keys(fields, direction, channel)
        if meaning.why:
            self.remark(f"{word}: {meaning.why}")
        entry = Entry(record.number, keys, word=word)
        if not direction:
            entry.either = (self._point(fields.get("from"), channel), self._point(fields.get("to"), channel))
        written = _written(at)
        if meaning.is_ == CONTACT:
            contact: dict[str, Any] = {"at": written, "channel": channel, "direction": direction}
            if meaning.outcome:
                contact["outcome"] = meaning.outcome
            if meaning.to:
                contact["from" if direction == "inbound" else "to"] = meaning.to
            if endpoint:
                contact["endpoint"] = endpoint
            for who in ("agent", "campaign"):
                if told := clean(str(fields.get(who, ""))):
                    contact[who] = told
            entry.contact = contact
        for template in meaning.events:
            event: dict[str, Any] = {"at": written, **template}
            if event.get("endpoint") == _ITS_OWN:
                del event["endpoint"]
                if endpoint:
                    event["endpoint"] = endpoint
            entry.events.append(event)
        if meaning.takes_back:
            self._take_back(meaning.takes_back, keys)
        return self._joined_by_id(str(fields.get("id", "")), entry)

    def _joined_by_id(self, identity: str, entry: Entry) -> Entry | None:
        """None where an earlier row is of the same call or message, which is then told by both."""
        known_as = (identity, entry.keys[0] if entry.keys else None)
        known = self._by_id.setdefault(known_as, entry) if identity else entry
        if known is entry:
            self._of_word += [(entry.word, entry.keys, entry, event) for event in entry.events]
            return entry
        known.events += entry.events
        self._of_word += [(entry.word, entry.keys, known, event) for event in entry.events]
        if entry.contact is None:
            return None
        if known.contact is None:
            known.contact = entry.contact
            return None
        ours, theirs = known.contact.get("outcome", ""), entry.contact.get("outcome", "")
        if ours != theirs:
            self.remark("rows of one call or message say different things: what counts most is taken")
        if _rank(theirs) < _rank(ours):
            known.contact.pop("outcome", None)
            if theirs:
                known.contact["outcome"] = theirs
        return None

    def _take_back(self, word: str, keys: tuple[Key, ...]) -> None:
        """Take the events of earlier rows of that word about the same number or address back."""
        for its_word, its_keys, entry, event in self._of_word:
            if its_word == word and not set(keys).isdisjoint(its_keys) and event in entry.events:
                entry.events.remove(event)
                self.remark(f"{word}: taken back later")

    def _words(self, fields: dict[str, Any]) -> tuple[str, ...]:
        words: list[str] = []
        for name in self.mapping.meaning_of:
            if name == "talk":
                words.append("talked" if _seconds(fields.get("talk")) else "silent")
            elif name in fields:
                words.append(str(fields[name]))
        return tuple(words)

    def _is_again(self, identity: str, said: int) -> bool:
        """Did an earlier row of that id say the same?"""
        first = self._said.get(identity)
        if first is None:
            self._said[identity] = said
            return False
        if said == first or (identity, said) in self._said_too:
            return True
        self._said_too.add((identity, said))
        return False

    def _count(self, identity: str, word: str, at: date | datetime) -> None:
        tally = self.tally
        tally.words[word] += 1
        self._without_id += not identity
        if tally.first is None or _sortable(at) < _sortable(tally.first):
            tally.first = at
        if tally.last is None or _sortable(at) > _sortable(tally.last):
            tally.last = at

    def _moment(self, record: Record) -> date | datetime:
        """When it was: by an id that holds it, else by the clock of the log."""
        fields, reads = record.fields, self.mapping.reads
        if "id_time" in fields and (told := cells.moment_in(fields["id_time"], reads.get("id_time", ""))) is not None:
            if "at" in fields:
                self._compare_clocks(fields["at"], told)
            return told
        cell = self.value(fields, "at", "the moment")
        found = cells.moment_in(cell, reads["at"]) if "at" in reads else cells.moment(cell, self.states)
        if found is None:
            raise BadCell(f"`{cell}` is no moment")
        return found

    def _compare_clocks(self, cell: Any, told: datetime) -> None:
        """How far the clock of the log stands from the moment in the id, in whichever order its days may be written."""
        orders = (self.states["date_order"],) if "date_order" in self.states else ("dmy", "mdy")
        for order in orders:
            try:
                local = cells.stamp(cell, {"date_order": order})
            except (BadCell, Unstated):
                continue
            if not isinstance(local, datetime) or local.tzinfo is not None:
                continue
            utc = told.replace(tzinfo=None, microsecond=0)
            apart = local - (utc.replace(second=0) if not local.second else utc)
            if not local.second and abs(apart.total_seconds()) % 60:
                apart = local - utc
            if abs(apart) <= _MOST_OFFSET:
                sign = "-" if apart < timedelta() else "+"
                minutes = round(abs(apart).total_seconds() / 60)
                self.tally.offsets[f"{sign}{minutes // 60:02}:{minutes % 60:02}"] += 1
                return
        self.tally.offsets["days apart"] += 1

    def _direction(self, fields: dict[str, Any], meaning: Meaning) -> str:
        """Outbound or inbound; empty where only the account can tell which side is the debtor's."""
        if meaning.direction:
            return meaning.direction
        if "direction" in fields:
            word = str(fields["direction"])
            direction = self.mapping.directions.get(word.casefold(), word.casefold())
            if direction == "internal":
                raise LeftOut("internal: no contact with a debtor")
            if direction not in ("outbound", "inbound"):
                raise BadCell(f"`{word}` says neither outbound nor inbound (directions in a mapping)")
            return direction
        if "direction" in self.states:
            return self.states["direction"]
        if self._internal is None:
            raise Unstated("direction")
        own_from, own_to = (self._is_internal(fields.get(name)) for name in ("from", "to"))
        if own_from and own_to:
            raise LeftOut("internal: both sides are extensions or codes of the telephone system")
        return "outbound" if own_from else "inbound" if own_to else ""

    def _is_internal(self, cell: Any) -> bool:
        assert self._internal is not None
        return cell is None or self._internal.search(str(cell)) is not None

    def _channel(self, fields: dict[str, Any]) -> str:
        if "channel" in fields:
            word = str(fields["channel"])
            return self.mapping.channels.get(word.casefold(), word.casefold())
        if "channel" not in self.states:
            raise Unstated("channel")
        return self.states["channel"]

    def _keys(self, fields: dict[str, Any], direction: str, channel: str) -> tuple[tuple[Key, ...], str]:
        """What may find the account, and the number or address that was used."""
        self._why = ""
        keys: list[Key] = []
        if "account" in fields:
            keys.append(("account", sys.intern(clean(fields["account"]))))
        other = {"outbound": fields.get("to"), "inbound": fields.get("from")}.get(direction)
        used = self._point(fields.get("number"), channel) or self._point(other, channel)
        address = str(fields.get("address", "")).lower()
        used = used or address
        keys += [("address" if "@" in point else "number", point) for point in (used, address) if point]
        if not direction:
            keys += [("number", point) for side in ("from", "to") if (point := self._point(fields.get(side), channel))]
        if "name" in fields and not keys:
            keys.append(("name", clean(fields["name"]).casefold()))
        if not keys:
            raise BadCell(self._why or "it has no account, number or address")
        return tuple(dict.fromkeys(keys)), used

    def _point(self, cell: Any, channel: str) -> str:
        """A number as E.164 writes it, or an address in small letters; empty for what is none."""
        if cell is None:
            return ""
        text = str(cell).strip()
        if "@" in text:
            return canonical(text.rpartition("<")[2].rstrip(">"))
        if channel == "email" or (self._internal is not None and self._internal.search(text)):
            return ""
        try:
            return places.number(text, self.states.get("phone_country", ""))
        except places.Unplaced as why:
            if not str(why):
                raise Unstated("phone_country", text) from None
            self._why = f"no number that can be used: {why}"
            return ""


def _rank(outcome: str) -> int:
    return _COUNTS_MOST_FIRST.index(outcome) if outcome in _COUNTS_MOST_FIRST else 0


def _written(at: date | datetime) -> str:
    """A moment as a case has it, in UTC by its Z where its clock is that."""
    text = at.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def _sortable(at: date | datetime) -> datetime:
    return at.astimezone(UTC) if isinstance(at, datetime) else datetime(at.year, at.month, at.day, tzinfo=UTC)


def _seconds(cell: Any) -> int:
    """Seconds of talk: a number, or hours, minutes and seconds."""
    text = str(cell if cell is not None else "").strip()
    found = _LENGTH.fullmatch(text)
    if found is None:
        return 0
    hours, minutes, seconds = (int(found[name] or 0) for name in ("h", "m", "s"))
    return hours * 3600 + minutes * 60 + seconds

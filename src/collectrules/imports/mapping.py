"""What a mapping may say: which column is which, what words mean, what the source settles. Read from YAML, never run.

A user's own mapping has the same keys, all optional, and lies on top: its columns come first, its words replace those
of the source, its statements too.
"""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec
from msgspec import Struct, field

Gives = Literal["invoices", "contacts", "payments", "customers"]
Reading = Literal["epoch", "epoch_in_id", "uuid1", "hex_milliseconds"]
Standing = Literal["open", "paid", "never", "disputed", "review"]
"""What a status word says of an invoice: owed, paid, no debt at all, disputed, or that a person must say."""
Words = dict[str, tuple[str, ...]]
"""Columns, each with words of it."""

CONTACT: Final = "contact"
NOTHING: Final = "nothing"


class Meaning(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a word of a log stands for: a contact, events beside it or alone, or nothing."""

    outcome: str = ""
    """A word of the outcomes of a case; empty: it connected, with whom is not known, which counts as a talk."""
    to: str = ""
    """To whom, where that is not the debtor."""
    is_: Literal["contact", "event", "nothing"] = field(default="contact", name="is")
    why: str = ""
    """Why it is nothing; of a contact or event, what a person should know."""
    direction: str = ""
    """Who began, where the word says so."""
    events: tuple[dict[str, str], ...] = ()
    """What happened as well, with the keys of an event; its moment and number are those of the row."""
    takes_back: str = ""
    """The word of an earlier row of the same number or address which this one takes back."""


class Mapping(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One mapping, of a source or of a user."""

    title: str = ""
    docs: str = ""
    gives: Gives | None = None
    holds: Literal["open", "all"] | None = None
    """Only what is open, so that what is gone from a newer export is open no more; or paid invoices as well."""
    records: tuple[str, ...] = ()
    """Where in JSON the rows stand: paths of keys, of which the first that is there holds."""
    recognised_by: tuple[str, ...] = ()
    """Columns that together tell the source; between ways to call one stands ` | `."""
    shape: dict[str, str] = {}
    """For files without a header: patterns of the cells by their position, from 0."""
    columns_at: tuple[str, ...] = ()
    """The columns of a file without a header, in order."""
    columns: Words = {}
    """Of each field the names of its columns; the first that the file has is taken."""
    counts: tuple[str, ...] = ()
    """Columns that count contacts without saying when: they feed no rule, and the contacts are not whole."""
    keep: Words = {}
    drop: Words = {}
    credits: Words = {}
    payments: Words = {}
    statuses: dict[str, Standing] = {}
    lines: Literal["", "repeat", "sum"] = ""
    """A row is a line of an invoice: the totals repeat on each, or are the sum of the lines."""
    parent_before: str = ""
    """The mark between a customer and its job: the debtor is what stands before it."""
    heads: str = ""
    """Pattern of first cells of rows that are titles, totals or footers."""
    total: str = ""
    """Pattern of the first cell of the row that has the grand total."""
    as_of: str = ""
    """Pattern of the title that tells the day of the report; its group is the day."""
    meaning_of: tuple[str, ...] = ()
    """The fields whose words together, with `/` between them, tell what a row of a log is."""
    meanings: dict[str, str | Meaning] = {}
    """What words stand for; several that stand for the same have ` | ` between them."""
    directions: dict[str, str] = {}
    """Words for outbound, inbound, or internal, which is no contact."""
    channels: dict[str, str] = {}
    reads: dict[str, Reading] = {}
    """How a field that is no text of a date is written."""
    internal: str = ""
    """Pattern of numbers that are extensions or codes of the telephone system itself."""
    states: dict[str, str] = {}
    """What the source settles, or the user: `currency: USD`."""

    def meaning(self, words: tuple[str, ...]) -> Meaning | None:
        """What the words of a row stand for; the whole of them first, then fewer. None: nobody said."""
        for length in range(len(words), 0, -1):
            found = self.meanings.get("/".join(words[:length]).casefold())
            if found is not None:
                return Meaning(outcome=found) if isinstance(found, str) else found
        return None

    def below(self, user: Mapping) -> Mapping:
        """This mapping with a user's on top."""
        changed: dict[str, Any] = {}
        for name in self.__struct_fields__:
            own, other = getattr(self, name), getattr(user, name)
            if name == "columns" or isinstance(own, dict):
                changed[name] = own | other
            elif other:
                changed[name] = other
        return msgspec.structs.replace(self, **changed)

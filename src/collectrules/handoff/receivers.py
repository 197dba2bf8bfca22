"""The files that a handoff reads beside the cases: who takes accounts over, and the details that no case states.

A receiver's file:

```yaml
receiver: Harbour Collections
kind: agency                    # agency, law_firm, debt_buyer, court, bureau, debtor
act: place_with_agency          # where it is not the usual act of that kind
channel: email                  # of an act that is a contact
fields:                         # of every account, and the settings of the format
  creditor.address: {lines: [1 Quay Street], city: Boston, region: MA, postal_code: '02110', country: US}
  columns: {Client Ref: account.id}
terms: {commission: '25.00', recovery: '40.00'}
```

A file of details has the fields of single accounts, `C-1042: {itemization.date: 2026-03-01}`, or as JSON lines
`{"account": "C-1042", "itemization.date": "2026-03-01"}`. Codes: CR951 an unknown key; CR952 a field that no installed
format has; CR953 a value that a field cannot have; CR954 a key that is missing; CR955 an account twice.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.ground.nodes import shape, shown
from collectrules.ground.source import file_text, read
from collectrules.handoff.quotes import TERMS, Terms
from collectrules.plugins.accounts import PostalAddress

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from collectrules.ground.nodes import Node, Table
    from collectrules.plugins.accounts import Field

ACTS: Final[Mapping[str, str]] = {
    "agency": "place_with_agency",
    "law_firm": "place_with_agency",
    "debt_buyer": "sell_debt",
    "court": "file_claim",
    "bureau": "report_to_bureau",
    "debtor": "contact",
}
"""The usual act by which each kind of receiver gets an account."""

_KEYS: Final = ("receiver", "kind", "act", "channel", "fields", "terms")
_ADDRESS: Final = ("lines", "city", "region", "postal_code", "country")
_MONEY: Final = re.compile(r"-?[0-9]{1,15}\.[0-9]{2}")
_RATE: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,4})?")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRUTHS: Final = {"true": True, "false": False}
_ACCOUNT: Final = "account"


class ReceiverFile(Struct, frozen=True):
    """Who takes accounts over, and on what terms."""

    name: str
    kind: str
    act: str
    channel: str | None
    fields: Mapping[str, Any]
    terms: Terms | None
    path: str = ""


class Details(Struct, frozen=True):
    """What no case states, by account and field."""

    by_account: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    path: str = ""

    def of(self, account: str) -> Mapping[str, Any]:
        """The fields of one account."""
        return self.by_account.get(account, {})


def read_receiver(path: Path, fields: Iterable[Field[Any]]) -> ReceiverFile:
    """Read a receiver's file; `fields` are all that it may state. Raises InvalidInput with every problem."""
    reader = _Reader(fields, receiver=True)
    table = read(file_text(path), str(path)).table("a receiver's file")
    reader.only(table, _KEYS, "a receiver's file")
    name, kind = (
        reader.text(table, "receiver", "receiver: Harbour Collections"),
        reader.text(table, "kind", "kind: agency"),
    )
    if kind and kind not in ACTS:
        reader.complain(table.place_of("kind"), "CR953", f"{shown(kind)} is no kind of receiver", _advice(kind, ACTS))
    act = reader.text(table, "act") or ACTS.get(kind, "")
    given = table.get("fields")
    stated = reader.fields_of(given.table("`fields`")) if given is not None else {}
    terms = table.get("terms")
    read_terms = reader.terms(terms.table("`terms`")) if terms is not None else None
    reader.end()
    return ReceiverFile(name, kind, act, reader.text(table, "channel") or None, stated, read_terms, str(path))


def read_details(path: Path, fields: Iterable[Field[Any]]) -> Details:
    """Read a file of details: YAML, or JSON lines where it ends with `.jsonl`. Raises InvalidInput."""
    reader = _Reader(fields, receiver=False)
    text = file_text(path)
    found: dict[str, Mapping[str, Any]] = {}
    if path.suffix == ".jsonl":
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                table = read(line, f"{path}:{number}").table("an account's details")
                account = reader.text(table, _ACCOUNT, '"account": "C-1042"')
                if account in found:
                    reader.complain(table.place, "CR955", f"the account {shown(account)} stands here twice", "keep one")
                found[account] = reader.fields_of(table, beside=(_ACCOUNT,))
    else:
        accounts = read(text, str(path)).table("a file of details")
        for account, node in accounts.entries.items():
            found[account] = reader.fields_of(node.table(f"the details of {shown(account)}"))
    reader.end()
    return Details(found, str(path))


def _advice(word: str, known: Iterable[str]) -> str:
    names = list(known)
    return meant(word, names) or f"it is one of {', '.join(names)}"


class _Reader:
    """Collects every problem of one file."""

    def __init__(self, fields: Iterable[Field[Any]], *, receiver: bool) -> None:
        sources = {"details", "receiver"} if receiver else {"details", "account"}
        self.known = {each.name: each for each in fields if each.source in sources}
        self.problems: list[Problem] = []

    def complain(self, place: Place, code: str, message: str, help_: str = "") -> None:
        self.problems.append(Problem(place, code, message, help_))

    def end(self) -> None:
        if self.problems:
            raise InvalidInput(self.problems)

    def only(self, table: Table, known: Iterable[str], what: str) -> None:
        for key in table:
            if key not in known:
                self.complain(table.place_of(key), "CR951", f"{what} has no key {shown(key)}", _advice(key, known))

    def text(self, table: Table, key: str, example: str = "") -> str:
        node = table.get(key)
        if node is not None:
            return node.scalar(f"`{key}`").text.strip()
        if example:
            self.complain(table.place, "CR954", f"`{key}` is missing", f"write: {example}")
        return ""

    def fields_of(self, table: Table, beside: Iterable[str] = ()) -> dict[str, Any]:
        stated: dict[str, Any] = {}
        for name, node in table.entries.items():
            if name in beside:
                continue
            known = self.known.get(name)
            if known is None:
                help_ = meant(name, self.known) or "`collectrules handoff --fields` lists what there is"
                self.complain(
                    table.place_of(name), "CR952", f"no format has a field {shown(name)} to state here", help_
                )
            else:
                stated[name] = self.value(known, node)
        return stated

    def terms(self, table: Table) -> Terms:
        self.only(table, [each.name for each in TERMS], "`terms`")
        known = {each.name: each for each in TERMS}
        given = {name: self.value(known[name], node) for name, node in table.entries.items() if name in known}
        return Terms({name: value for name, value in given.items() if value is not None})

    def value(self, known: Field[Any], node: Node) -> Any:
        """The value, or None where it is wrong, which has been told then."""
        match known.kind:
            case "address":
                return self._address(known, node)
            case "pairs":
                table = node.table(f"`{known.name}`")
                return {key: each.scalar(f"`{key}`").text for key, each in table.entries.items()}
            case _:
                return self._scalar(known, node)

    def _address(self, known: Field[Any], node: Node) -> PostalAddress:
        table = node.table(f"`{known.name}`")
        self.only(table, _ADDRESS, f"`{known.name}`")
        lines = table.get("lines")
        stated = {key: self.text(table, key) for key in _ADDRESS[1:]}
        each = lines.listing("`lines`") if lines is not None else ()
        return PostalAddress(tuple(line.scalar("a line of an address").text for line in each), **stated)

    def _scalar(self, known: Field[Any], node: Node) -> Any:
        text = node.scalar(f"`{known.name}`").text.strip()
        wanted = ""
        value: Any = text
        if known.kind == "date":
            value, wanted = _day(text), "a date, as 2026-03-02"
        elif known.kind == "money":
            value, wanted = Decimal(text) if _MONEY.fullmatch(text) else None, "an amount, as '8400.00'"
        elif known.kind == "rate":
            value, wanted = Decimal(text) if _RATE.fullmatch(text) else None, "per cent, as '25.00'"
        elif known.kind == "number":
            value, wanted = int(text) if _NUMBER.fullmatch(text) else None, "a whole number"
        elif known.kind == "flag":
            value, wanted = _TRUTHS.get(text), "true or false"
        elif known.words and text not in known.words:
            value, wanted = None, f"one of {', '.join(known.words)}"
        elif not text:
            value, wanted = None, "text"
        if value is None:
            self.complain(node.place, "CR953", f"`{known.name}` is {wanted}, but here is {shape(node)}", known.title)
        return value


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

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

from collectrules.ground.errors import meant
from collectrules.ground.nodes import shape, shown
from collectrules.ground.source import file_text, read
from collectrules.handoff.quotes import TERMS, Terms
from collectrules.law.keys import Keys, Problems
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

_CODES: Final = {"CR100": "CR954", "CR101": "CR951", "CR102": "CR953"}
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
    table = read(file_text(path), str(path)).table("a receiver's file")
    keys = Keys(Problems(_CODES), table, "a receiver's file", _KEYS)
    values = _Values(keys.problems, fields, "receiver")
    name = keys.text("receiver", required=True, help_="write: receiver: Harbour Collections")
    kind = keys.text("kind", required=True, help_="write: kind: agency")
    if kind and kind not in ACTS:
        help_ = meant(kind, ACTS) or f"it is one of {', '.join(ACTS)}"
        keys.problem("kind", "CR953", f"{shown(kind)} is no kind of receiver", help_)
    given, terms = keys.table_of("fields"), keys.table_of("terms")
    act, channel = keys.text("act") or ACTS.get(kind, ""), keys.text("channel") or None
    stated = values.of(given) if given is not None else {}
    found = ReceiverFile(
        name, kind, act, channel, stated, values.terms(terms) if terms is not None else None, str(path)
    )
    keys.problems.refuse()
    return found


def read_details(path: Path, fields: Iterable[Field[Any]]) -> Details:
    """Read a file of details: YAML, or JSON lines where it ends with `.jsonl`. Raises InvalidInput."""
    problems = Problems(_CODES)
    values = _Values(problems, fields, "account")
    text = file_text(path)
    found: dict[str, Mapping[str, Any]] = {}
    if path.suffix == ".jsonl":
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                table = read(line, f"{path}:{number}").table("an account's details")
                keys = Keys(problems, table, "a line of details", table)
                account = keys.text(_ACCOUNT, required=True, help_='write: "account": "C-1042"')
                if account in found:
                    problems.add(table.place, "CR955", f"the account {shown(account)} stands here twice", "keep one")
                found[account] = values.of(table, beside=(_ACCOUNT,))
    else:
        for account, node in read(text, str(path)).table("a file of details").entries.items():
            found[account] = values.of(node.table(f"the details of {shown(account)}"))
    problems.refuse()
    return Details(found, str(path))


class _Values:
    """Reads what is stated under the names of fields: those that files of details may state, and of one source more."""

    def __init__(self, problems: Problems, fields: Iterable[Field[Any]], source: str) -> None:
        self.known = {each.name: each for each in fields if each.source in ("details", source)}
        self.problems = problems

    def of(self, table: Table, beside: Iterable[str] = ()) -> dict[str, Any]:
        stated: dict[str, Any] = {}
        for name, node in table.entries.items():
            if name in beside:
                continue
            known = self.known.get(name)
            if known is None:
                help_ = meant(name, self.known) or "`collectrules handoff --fields` lists what there is"
                message = f"no format has a field {shown(name)} to state here"
                self.problems.add(table.place_of(name), "CR952", message, help_)
            else:
                stated[name] = self.value(known, node)
        return stated

    def terms(self, table: Table) -> Terms:
        known = {each.name: each for each in TERMS}
        Keys(self.problems, table, "`terms`", known)
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
        keys = Keys(self.problems, node.table(f"`{known.name}`"), f"`{known.name}`", _ADDRESS)
        return PostalAddress(keys.words("lines"), **{key: keys.text(key) for key in _ADDRESS[1:]})

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
            self.problems.add(
                node.place, "CR953", f"`{known.name}` is {wanted}, but here is {shape(node)}", known.title
            )
        return value


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

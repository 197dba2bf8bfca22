"""The letterhead: who writes, how to pay, and wordings of the house. A file of the user's.

```yaml
sender: {name: Fernbank Recovery, address: [12 Elm Street, 'Austin, TX 78701'], telephone: 512 555 0100, hours: 9 to 5}
creditors: {Fernbank Supply: {address: [1 Quay Road, 'Austin, TX 78702'], telephone: 512 555 0199}}
payment: ['By transfer to Example Bank, account 12345678', 'By card at https://pay.example.org']
statements: {right_to_cease: ...}
paper: letter                      # or a4
language: de                       # of letters to debtors whose language is not stated; else en
```

A creditor that writes for itself is the sender. Codes: CR843 a key that there is not, or a value of another shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct, field

from collectrules.ground.nodes import Table
from collectrules.ground.source import file_text, read
from collectrules.law.keys import Keys, Problems
from collectrules.law.statements import STATEMENTS
from collectrules.letters.languages import known

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from collectrules.ground.nodes import Node

_CODES: Final = dict.fromkeys(("CR100", "CR101", "CR102", "CR103"), "CR843")
_KEYS: Final = ("sender", "creditors", "payment", "statements", "paper", "language")
_OF_A_PARTY: Final = (
    *("name", "address", "telephone", "email", "website", "hours", "contact", "registration"),
    *("licensed_name", "signed_by", "country"),
)


class Party(Struct, frozen=True):
    """Who writes, or to whom a debt is owed, as letters name them. Empty: not stated."""

    name: str = ""
    address: tuple[str, ...] = ()
    telephone: str = ""
    email: str = ""
    website: str = ""
    hours: str = ""
    contact: str = ""
    registration: str = ""
    licensed_name: str = ""
    signed_by: str = ""
    country: str = ""
    """ISO 3166-1: a letter within it does not name it in the address."""


class Letterhead(Struct, frozen=True):
    """What every letter of a house has."""

    sender: Party = Party()
    creditors: Mapping[str, Party] = field(default_factory=dict)
    """By the name that cases give the creditor."""
    payment: tuple[str, ...] = ()
    """How to pay, in lines."""
    statements: Mapping[str, str] = field(default_factory=dict)
    """Word of `law.statements` -> the wording of the house, as it stands on the letter."""
    paper: Literal["a4", "letter"] = "a4"
    language: str = ""
    """In which letters are written whose debtor has none stated; empty: in English."""


def read_letterhead(path: Path) -> Letterhead:
    """The letterhead of a file. Raises InvalidInput with every problem of it."""
    table = read(file_text(path), str(path)).table("the letterhead")
    keys = Keys(Problems(_CODES), table, "a letterhead", _KEYS)
    paper, language = keys.text("paper") or "a4", keys.text("language")
    if paper not in ("a4", "letter"):
        keys.problem("paper", "CR843", f"`{paper}` is no paper", "paper: a4, or paper: letter")
    if "language" in table and language not in known():
        help_ = f"one of {', '.join(known())}"
        keys.problem("language", "CR843", f"no letters are in the language `{language}`", help_)
    sender, statements = keys.table_of("sender"), keys.table_of("statements")
    wordings = keys.inner(statements, "the statements", STATEMENTS) if statements is not None else None
    letterhead = Letterhead(
        sender=_party(keys, sender) if sender is not None else Party(),
        creditors={name: _party(keys, each, name) for name, each in keys.entries("creditors")},
        payment=keys.words("payment"),
        statements={word: wordings.text(word) for word in wordings.table} if wordings is not None else {},
        paper="letter" if paper == "letter" else "a4",
        language=language,
    )
    keys.problems.refuse()
    return letterhead


def _party(file: Keys, node: Node, name: str = "") -> Party:
    if not isinstance(node, Table):
        file.problems.add(node.place, "CR843", "keys with values are needed here", "name: value")
        return Party()
    keys = file.inner(node, "a party", _OF_A_PARTY)
    texts = {key: keys.text(key) for key in node if key in _OF_A_PARTY and key != "address"}
    return Party(**{"name": name, **texts}, address=keys.words("address"))

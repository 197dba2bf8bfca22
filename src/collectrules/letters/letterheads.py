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

from collectrules.ground.errors import InvalidInput, Problem, meant
from collectrules.ground.nodes import Listing, Scalar, Table
from collectrules.ground.source import file_text, read
from collectrules.law.statements import STATEMENTS
from collectrules.letters.languages import known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from collectrules.ground.errors import Place
    from collectrules.ground.nodes import Node

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
    return _Reader().letterhead(read(file_text(path), str(path)).table("the letterhead"))


class _Reader:
    """Collects what is wrong with one file."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def letterhead(self, table: Table) -> Letterhead:
        self.only(table, _KEYS, "a letterhead")
        paper = table.get("paper")
        letterhead = Letterhead(
            sender=self.party(table.get("sender")),
            creditors={name: self.party(entry, name) for name, entry in self.entries(table.get("creditors")).items()},
            payment=self.lines(table.get("payment")),
            statements=self.statements(table.get("statements")),
            language=self.language(table.get("language")),
            paper="letter" if paper is not None and self.text(paper) == "letter" else "a4",
        )
        if paper is not None and self.text(paper) not in ("a4", "letter"):
            self.complain(paper.place, f"`{self.text(paper)}` is no paper", "paper: a4, or paper: letter")
        if self.problems:
            raise InvalidInput(self.problems)
        return letterhead

    def language(self, node: Node | None) -> str:
        code = self.text(node) if node is not None else ""
        if node is not None and code not in known():
            self.complain(node.place, f"no letters are in the language `{code}`", f"one of {', '.join(known())}")
        return code

    def party(self, node: Node | None, name: str = "") -> Party:
        stated = self.entries(node)
        if isinstance(node, Table):
            self.only(node, _OF_A_PARTY, "a party")
        texts = {key: self.text(entry) for key, entry in stated.items() if key in _OF_A_PARTY and key != "address"}
        return Party(**{"name": name, **texts}, address=self.lines(stated.get("address")))

    def statements(self, node: Node | None) -> dict[str, str]:
        stated = self.entries(node)
        if isinstance(node, Table):
            self.only(node, STATEMENTS, "the statements")
        return {word: self.text(entry) for word, entry in stated.items()}

    def entries(self, node: Node | None) -> Mapping[str, Node]:
        if node is None:
            return {}
        if not isinstance(node, Table):
            self.complain(node.place, "keys with values are needed here", "name: value")
            return {}
        return node.entries

    def lines(self, node: Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        return tuple(self.text(item) for item in (node.items if isinstance(node, Listing) else (node,)))

    def text(self, node: Node) -> str:
        if not isinstance(node, Scalar):
            self.complain(node.place, "text is needed here", "")
            return ""
        return node.text.strip()

    def only(self, table: Table, known: Iterable[str], what: str) -> None:
        for key in table:
            if key not in known:
                help_ = meant(key, known) or f"the keys of {what} are {', '.join(known)}"
                self.complain(table.place_of(key), f"{what} has no key `{key}`", help_)

    def complain(self, place: Place, message: str, help_: str) -> None:
        self.problems.append(Problem(place, "CR843", message, help_))

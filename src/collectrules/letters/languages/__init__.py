"""How letters write days, amounts and usual statements in a language: one file a language, found by being here.

| key | meaning |
|---|---|
| `months` | the twelve months |
| `day` | a day, with `{day}`, `{month}` and `{year}`; `first` is what the first of a month is called |
| `thousands`, `decimal` | the marks in amounts |
| `and` | what stands between two amounts |
| `words` | what payments on an account are called |
| `draft` | the word across a draft |
| `statements` | the usual wording of what the law may ask a letter to say, for Jinja; `holds`: what else it says |

A statement without a wording has none in that language: a letterhead (`statements:`) or a detail of the account has it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.ground.source import read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from collectrules.ground.nodes import Node

ENGLISH: Final = "en"


class Wording(Struct, frozen=True):
    """How a statement is said, and what else that wording says."""

    says: str
    holds: tuple[str, ...]


class Language(Struct, frozen=True):
    """How letters write in one language, by its code of ISO 639-1."""

    code: str
    months: tuple[str, ...]
    day: str
    first: str
    thousands: str
    decimal: str
    conjunction: str
    words: Mapping[str, str]
    draft: str
    statements: Mapping[str, Wording]

    def day_text(self, day: date) -> str:
        """A day, the same for every reader: `7 April 2026`."""
        number = self.first if day.day == 1 else str(day.day)
        return self.day.format(day=number, month=self.months[day.month - 1], year=day.year)

    def money_text(self, amount: Decimal, currency: str) -> str:
        """An amount with its currency: `1,840.00 USD`."""
        whole, _, cents = f"{amount:,.2f}".partition(".")
        return f"{whole.replace(',', self.thousands)}{self.decimal}{cents} {currency}"


@cache
def known() -> tuple[str, ...]:
    """The codes of the languages that have a file."""
    names = (file.name for file in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


@cache
def language(code: str) -> Language:
    """A language of `known`."""
    table = read((files(__package__) / f"{code}.yaml").read_text("utf-8"), f"{code}.yaml").table("the language")

    def text(key: str, within: Mapping[str, Node] = table.entries) -> str:
        return within[key].scalar(f"`{key}`").text

    words = table.entries["words"].table("`words`").entries
    statements = table.entries["statements"].table("`statements`").entries
    return Language(
        code=code,
        months=tuple(each.scalar("`months`").text for each in table.entries["months"].listing("`months`")),
        day=text("day"),
        first=text("first"),
        thousands=text("thousands"),
        decimal=text("decimal"),
        conjunction=text("and"),
        words={key: text(key, words) for key in words},
        draft=text("draft"),
        statements={word: _wording(word, node) for word, node in statements.items()},
    )


def _wording(word: str, node: Node) -> Wording:
    entry = node.table(f"`{word}`")
    says, holds = entry.get("says"), entry.get("holds")
    assert says is not None, word
    held = tuple(item.scalar("`holds`").text for item in holds.listing("`holds`")) if holds is not None else ()
    return Wording(says.scalar("`says`").text, held)

"""Phrases that hold other phrases, on one line with brackets or in lines whose indents show what belongs together."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping


class Plain(Struct, frozen=True):
    """A phrase of one piece."""

    text: str


class Group(Struct, frozen=True):
    """Phrases that belong together: `head (part and part)`. Without a head they are simply joined."""

    head: str
    joined_by: Literal["and", "or"]
    parts: tuple[Phrase, ...]


Phrase = Plain | Group

_NARROW: Final = 24
"""Columns that a line has at least, however deep it stands."""

_LEAD: Final[Mapping[tuple[str, str], str]] = {
    ("", "and"): "all of these hold:",
    ("", "or"): "at least one of these holds:",
    ("not", "and"): "not all of these hold:",
    ("not", "or"): "none of these holds:",
}


def inline(phrase: Phrase) -> str:
    """A phrase on one line."""
    if isinstance(phrase, Plain):
        return phrase.text
    inner = f" {phrase.joined_by} ".join(_bracketed(part) for part in phrase.parts)
    return f"{phrase.head} ({inner})" if phrase.head else inner


def _bracketed(phrase: Phrase) -> str:
    """A part among others: what is joined without a head of its own in brackets."""
    return f"({inline(phrase)})" if isinstance(phrase, Group) and not phrase.head else inline(phrase)


def lines_of(phrase: Phrase, width: int, lead: str = "") -> list[str]:
    """A phrase in lines of so many columns, behind a lead where one is given; an outline where it does not fit on one.

    What is joined without a head of its own follows a lead as `lead all of these hold:`.
    """
    text = f"{lead} {inline(phrase)}".strip()
    if len(text) <= width or isinstance(phrase, Plain):
        return wrapped(text, width)
    if len(phrase.parts) == 1:
        head = wrapped(f"{lead} {phrase.head}:".strip(), width)
        return [*head, *(f"  {line}" for line in lines_of(phrase.parts[0], width - 2))]
    joined = _LEAD.get((phrase.head, phrase.joined_by)) or f"{phrase.head} {_LEAD['', phrase.joined_by]}"
    items = (line for part in phrase.parts for line in _item(part, width))
    return [*wrapped(f"{lead} {joined}".strip(), width), *items]


def _item(phrase: Phrase, width: int) -> list[str]:
    first, *more = lines_of(phrase, width - 2)
    return [f"- {first}", *(f"  {line}" for line in more)]


def wrapped(text: str, width: int) -> list[str]:
    """Text in lines of so many columns; a longer word stands alone."""
    return wrap(text, max(width, _NARROW), break_long_words=False, break_on_hyphens=False)

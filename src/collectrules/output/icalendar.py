"""iCalendar (RFC 5545), whatever its events are: the frame around them, text as a value, and lines that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OCTETS: Final = 75
"""A line of a calendar is no longer."""


def calendar(product: str, events: Iterable[str]) -> str:
    """A calendar of this program's product of that name. `events` are the lines of its events, of any length."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//collectrules//{product}//EN", "CALSCALE:GREGORIAN"]
    lines += [*events, "END:VCALENDAR"]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def escaped(text: str) -> str:
    """Text as a value of a calendar holds it."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, each but the first with a blank before it; no character is cut."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece += letter
        size += width
    yield piece

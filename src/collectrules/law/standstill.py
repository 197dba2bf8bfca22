"""A time in which periods stood still: the first and the last day, written `stands_still: [2020-03-14, 2020-06-03]`.

A period that was running is longer by all its days; one that would have begun in it begins after it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from collectrules.expressions import english

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELD = "stands_still"
USAGE = f"`{FIELD}` is the first and the last day of a time in which the period stood still"
EXAMPLE = f"{FIELD}: [2020-03-14, 2020-06-03]"


class Standstill(Struct, frozen=True):
    """The days of it, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1

    @property
    def told(self) -> str:
        """From when to when, and how many days."""
        first, last = english.iso_day(self.first.toordinal()), english.iso_day(self.last.toordinal())
        return f"from {first} to {last} the period stood still, {self.days} days"


def standstill(parts: Mapping[str, Any]) -> Standstill | None:
    """The one of a rule or answer; None where there is none, or none that is `readable`."""
    try:
        first, last = map(date.fromisoformat, parts.get(FIELD) or ())
    except ValueError:
        return None
    return Standstill(first, last) if first <= last else None


def readable(parts: Mapping[str, Any]) -> bool:
    """Is it two days, the earlier first, or not there at all?"""
    return not parts.get(FIELD) or standstill(parts) is not None

"""From a case to a flat record: the only readers of history and of clocks."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class _Nothing:
    """A value that is known not to be stated: equal to no word, unordered, of no use in a sum."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Final = _Nothing()
LAWFUL: Final = _Nothing()
"""The content of a message of which a complete record says nothing: lawful in every respect."""

Parameter = Literal["entry", "date", "int", "time", "periods", "calendar", "channel", "text", "debt"]
Result = Literal["bool", "int", "date", "money", "endpoint"]


class MeasureFunction(Struct, frozen=True):
    """A function that expressions may call.

    `read` gets the context of the case and then the arguments: an entry, a date (proleptic ordinal), a whole number, a
    clock time (minutes after midnight), a tuple of periods, a calendar, a channel's name, a text. Arguments that
    are unknown or not stated never reach it, except where `takes_nothing`: the answer is then unknown. It returns the
    answer, or None for unknown; with `context.open` set, facts that the case does not state are unknown.
    """

    name: str
    parameters: tuple[Parameter, ...]
    result: Result
    read: Callable[..., Any]
    title: str
    reads: tuple[str, ...] = ()
    """The facts it reads besides its arguments, as dotted names, for the list of what is missing."""
    takes_nothing: bool = False


_FAMILIES: Final = ("amounts", "clocks", "places")
"""The modules of this package whose `FUNCTIONS` expressions may call."""


def built_in() -> Iterator[MeasureFunction]:
    """Every function of this package."""
    for family in _FAMILIES:
        yield from import_module(f"{__name__}.{family}").FUNCTIONS

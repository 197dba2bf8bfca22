"""From a case to a flat record: the only readers of history and of clocks."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from collectrules.expressions.functions import MeasureFunction

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Nothing:
    """A value that is known not to be stated: equal to no word, unordered, of no use in a sum."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Final = _Nothing()
LAWFUL: Final = _Nothing()
"""The content of a message of which a complete record says nothing: lawful in every respect."""

_FAMILIES: Final = ("amounts", "clocks", "endpoints", "places")
"""The modules of this package whose `FUNCTIONS` expressions may call."""


def built_in() -> Iterator[MeasureFunction]:
    """Every function of this package."""
    for family in _FAMILIES:
        yield from import_module(f"{__name__}.{family}").FUNCTIONS


__all__ = ["LAWFUL", "NOTHING", "MeasureFunction", "built_in"]

"""What an aging is told as: one file a format, found by being here. Each defines `FORMAT`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from collectrules.ground.modules import defined_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from collectrules.receivables.aging import Aging


class AgingFormat(Struct, frozen=True):
    """One way to tell an aging."""

    name: str
    suffix: str
    """The end of its files' names: `.csv`."""
    write: Callable[[Aging, int], str]
    """The whole text, given how many customers people are shown; for programs all are there."""
    shown: int = 20
    """How many those are, where nobody says."""


def built_in() -> Iterator[AgingFormat]:
    """Every format that has a file in this package, by file name."""
    return defined_in(__name__, __path__, "FORMAT")

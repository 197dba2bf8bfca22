"""How a replay is written while it goes on: one file each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collectrules.replay.model import JudgedPerson
    from collectrules.replay.tally import Tally


class Writer(Protocol):
    """Something that is told of each person in turn, and at the end of the whole."""

    def person(self, person: JudgedPerson) -> None:
        """Write what is said of one person."""

    def end(self, tally: Tally) -> None:
        """Write the end."""

"""What a replay says: of each act how it stands, and why."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

SCHEMA: Final = "collectrules/replay/v1"

Standing = Literal["violation", "presumed_violation", "factor", "not_shown", "clean"]
"""How an act stands: what the law forbids, what it presumes to be forbidden, what speaks against the act beside other
things, what cannot be shown to be lawful, and what no rule speaks against; the heaviest first."""

STANDINGS: Final[tuple[Standing, ...]] = ("violation", "presumed_violation", "factor", "not_shown", "clean")
TITLES: Final[dict[Standing, str]] = {
    "violation": "violations",
    "presumed_violation": "presumed violations",
    "factor": "factors",
    "not_shown": "cannot be shown lawful",
    "clean": "clean",
}


class Remark(Struct, frozen=True):
    """A rule that speaks against an act, or law that was not read (then without a citation)."""

    standing: Standing
    rule: str
    citation: str
    sentence: str
    source: str = ""


class JudgedAct(Struct, frozen=True):
    """One act of a log: who was contacted when and how, by whom, and what the law says of it."""

    person: str
    number: int
    """Its place in the history of the person, from 1."""
    at: str
    """ISO 8601, as the log has it."""
    channel: str
    outcome: str
    agent: str
    campaign: str
    debts: tuple[str, ...]
    standing: Standing
    remarks: tuple[Remark, ...]
    rulesets: tuple[str, ...] = ()
    """Id and version of each that was asked."""

    @property
    def against(self) -> list[Remark]:
        """What speaks against it."""
        return [remark for remark in self.remarks if remark.standing != "not_shown"]

    @property
    def not_shown(self) -> list[Remark]:
        """What cannot be shown."""
        return [remark for remark in self.remarks if remark.standing == "not_shown"]


class JudgedPerson(Struct, frozen=True):
    """All acts of one person, and how many entries of the history are none of the collector's."""

    person: str
    acts: tuple[JudgedAct, ...]
    others: int
    told_events: tuple[tuple[str, str], ...] = ()
    """What happened beside the acts: the moment, and what."""


class Rejected(Struct, frozen=True):
    """Lines of a log that cannot be read, and why."""

    why: str

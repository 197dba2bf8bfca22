"""What comes of a validation: every fault, and what was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from collectrules.ground.errors import Place, Problem
    from collectrules.lints import Severity

UNREADABLE: Final = frozenset({"CR001", "CR002", "CR003", "CR004", "CR005", "CR008"})
"""The codes of a file of which nothing could be read: what else is wrong with it is not known."""


class Excepted(Struct, frozen=True):
    """Why a fault does not count: who says so, for what reason, and until when (the last day)."""

    reason: str
    owner: str
    expires: str


class Fault(Struct, frozen=True):
    """One thing that is wrong: a problem with the name of its code, how grave it is, and the rule in which it is."""

    place: Place
    code: str
    name: str
    severity: Severity
    message: str
    help: str = ""
    rule: str = ""
    """The full id of the rule or answer; empty where it is in none, or the file could not be read."""
    excepted: Excepted | None = None

    @property
    def counts(self) -> bool:
        """Is it not excepted?"""
        return self.excepted is None

    @classmethod
    def of(cls, problem: Problem, name: str, severity: Severity = "error", rule: str = "") -> Fault:
        """The fault of a problem."""
        return cls(problem.place, problem.code, name, severity, problem.message, problem.help, rule)


class Report(Struct, frozen=True):
    """All that was found, in the order of places."""

    today: date
    faults: tuple[Fault, ...]
    files: Mapping[str, str]
    """What was checked: path -> what it is (`ruleset`, `library`, `cases`, ...)."""
    rules: int
    """Rules and answers of rulesets that could be read."""
    documentation: Mapping[str, str]
    """Of each code that a fault has: what it means."""

    @property
    def errors(self) -> int:
        """How many errors count."""
        return sum(fault.counts and fault.severity == "error" for fault in self.faults)

    @property
    def warnings(self) -> int:
        """How many warnings count."""
        return sum(fault.counts and fault.severity == "warning" for fault in self.faults)

    @property
    def excepted(self) -> int:
        """How many faults are excepted."""
        return sum(not fault.counts for fault in self.faults)

    @property
    def unreadable(self) -> bool:
        """Is there a file of which nothing could be read?"""
        return any(fault.code in UNREADABLE for fault in self.faults)

"""Does an example notice it? Every mutant of a ruleset is asked the examples of the rules and answers that rest on it.

A mutant is killed by the first example that is not answered as it expects. The law is read once, and compiled once for
all mutants that change no definition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from collectrules.expressions.syntax import SyntaxProblem
from collectrules.testing.killing import killer_of
from collectrules.testing.mutants import mutants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.testing.examples import AskedExample
    from collectrules.testing.killing import Killer
    from collectrules.testing.mutants import Mutant
    from collectrules.testing.rulesets import Chosen
    from collectrules.testing.trial import Trial

Fate = Literal["killed", "survived", "unreadable"]
"""`unreadable`: the changed text is no expression any more; nothing can be asked of it."""


class Tried(Struct, frozen=True):
    """What came of one mutant."""

    mutant: Mutant
    fate: Fate
    by: AskedExample | None = None
    """The first example that notices it."""
    would: Killer | None = None
    """Of one that survived: an example that would notice it, where one was looked for and found."""


class Wanted(Struct, frozen=True):
    """Which mutants are made, and of which that survive an example is looked for that would notice it."""

    chosen: Chosen
    owners: tuple[str, ...] = ()
    """Rules, answers and definitions; none named: all."""
    known: frozenset[str] = frozenset()
    """The ids of mutants that may survive: no example is looked for."""
    look: bool = True
    boundary: bool = False
    """Only those that move a line."""

    def __contains__(self, mutant: Mutant) -> bool:
        """Is it made?"""
        if self.boundary and not mutant.is_boundary:
            return False
        return self.chosen.has(mutant.place) and (not self.owners or mutant.owner in self.owners)


def run(trial: Trial, wanted: Wanted) -> Iterator[Tried]:
    """Every mutant of a ruleset that is wanted, with what came of it."""
    would: dict[str, list[Killer]] = {}
    for mutant in mutants(trial.file):
        if mutant not in wanted:
            continue
        try:
            by = trial.noticed_by(mutant, trial.standing(mutant))
            if by is not None:
                yield Tried(mutant, "killed", by)
            else:
                look = wanted.look and mutant.id not in wanted.known
                yield Tried(mutant, "survived", would=_killer(trial, mutant, would) if look else None)
        except SyntaxProblem:
            yield Tried(mutant, "unreadable")


def _killer(trial: Trial, mutant: Mutant, would: dict[str, list[Killer]]) -> Killer | None:
    """An example that would notice it: one that was found for a mutant before it, by rule or answer, or another one."""
    known = [killer for block in mutant.blocks for killer in would.get(block, ())]
    noticed = trial.noticed_by(mutant, (killer.example for killer in known))
    if noticed is not None:
        return next(killer for killer in known if killer.example is noticed)
    found = killer_of(trial, mutant)
    if found is not None:
        would.setdefault(found.example.block, []).append(found)
    return found

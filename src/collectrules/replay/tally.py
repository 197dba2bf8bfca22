"""What a replay adds up to: acts by how they stand, remarks by rule, and acts by agent, campaign and month."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct, field

from collectrules.replay.model import STANDINGS

if TYPE_CHECKING:
    from collectrules.replay.model import JudgedPerson, Standing

_MONTH = len("2026-04")


class Tally(Struct):
    """Counts, none of which grows with the number of acts."""

    people: int = 0
    others: int = 0
    """Entries that are no acts of the collector."""
    rejected: int = 0
    acts: Counter[Standing] = field(default_factory=Counter)
    rules: defaultdict[Standing, Counter[tuple[str, str]]] = field(default_factory=lambda: defaultdict(Counter))
    """By standing: how many acts each rule speaks against, with its citation."""
    by: dict[str, defaultdict[str, Counter[Standing]]] = field(
        default_factory=lambda: {name: defaultdict(Counter) for name in ("agent", "campaign", "month")}
    )
    rulesets: set[str] = field(default_factory=set)
    first: str = ""
    last: str = ""
    worst: tuple[int, str] = (0, "")
    """The most acts of one person that the law forbids or presumes to be forbidden, and the person."""

    def add(self, person: JudgedPerson) -> None:
        """Add what is said of one person."""
        self.people += 1
        self.others += person.others
        heavy = 0
        for act in person.acts:
            standing = act.standing
            self.acts[standing] += 1
            heavy += standing in STANDINGS[:2]
            for remark_standing, rule, citation in {(each.standing, each.rule, each.citation) for each in act.remarks}:
                self.rules[remark_standing][rule, citation] += 1
            day = act.at[:10]
            for name, value in (("agent", act.agent), ("campaign", act.campaign), ("month", day[:_MONTH])):
                self.by[name][value][standing] += 1
            self.rulesets.update(act.rulesets)
            self.first = min(self.first or day, day)
            self.last = max(self.last, day)
        if heavy > self.worst[0]:
            self.worst = (heavy, person.person)

    @property
    def number(self) -> int:
        """How many acts were judged."""
        return self.acts.total()

    @property
    def told(self) -> str:
        """How many acts of how many people: `6 acts of 3 people`."""
        acts, people = "act" if self.number == 1 else "acts", "person" if self.people == 1 else "people"
        return f"{self.number:,} {acts} of {self.people:,} {people}"

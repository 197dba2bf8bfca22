"""Mutants and coverage, as text for people and as plain values for JSON."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import yaml
from msgspec import Struct

from collectrules.ground.lines import wrapped
from collectrules.testing.coverage import KINDS, percent, shares
from collectrules.testing.survivors import not_surviving

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from collectrules.ground.errors import Problem
    from collectrules.testing.coverage import Item
    from collectrules.testing.killing import Killer
    from collectrules.testing.mutation import Tried
    from collectrules.testing.survivors import Accepted

_WIDTH: Final = 100
_PLURALS: Final = {"rule": "rules", "branch": "branches", "value": "values", "paragraph": "paragraphs"}
_NAMES: Final = {"rule": "both sides", "branch": "branch", "value": "dated value", "paragraph": "paragraph"}


class MutationReport(Struct, frozen=True):
    """What came of all mutants of some files."""

    tried: Mapping[str, Sequence[Tried]]
    """By file."""
    accepted: Mapping[str, Accepted] = {}
    whole: tuple[str, ...] = ()
    """The ids of the rulesets all of whose mutants were tried."""

    @property
    def survivors(self) -> tuple[Tried, ...]:
        """Those that no example notices and nobody has accepted."""
        every = [each for tried in self.tried.values() for each in tried]
        return tuple(each for each in every if each.fate == "survived" and each.mutant.id not in self.accepted)

    @property
    def stale(self) -> tuple[Problem, ...]:
        """What is wrong with the list of those that are accepted."""
        fates = {each.mutant.id: each.fate for tried in self.tried.values() for each in tried}
        return tuple(not_surviving(self.accepted, fates, self.whole))

    @property
    def is_clean(self) -> bool:
        """Is every mutant noticed, or accepted as the list says?"""
        return not self.survivors and not self.stale

    def counts(self, tried: Iterable[Tried]) -> Counter[str]:
        """How many of each fate; those that are accepted apart."""
        return Counter("accepted" if self._is_accepted(each) else each.fate for each in tried)

    def _is_accepted(self, tried: Tried) -> bool:
        return tried.fate == "survived" and tried.mutant.id in self.accepted

    def text(self) -> str:
        """Each survivor with the example that would notice it, and the counts."""
        lines: list[str] = []
        told: set[int] = set()
        for each in self.survivors:
            lines += [f"SURVIVES {each.mutant.id}", f"         {each.mutant.kind}, {each.mutant.place}"]
            if each.would is not None:
                lines += _would(each.would, again=id(each.would) in told)
                told.add(id(each.would))
        lines += [str(problem) for problem in self.stale]
        every = [each for tried in self.tried.values() for each in tried]
        if len(self.tried) > 1:
            lines += ["", *(f"{path}: {self._told(tried)}" for path, tried in self.tried.items())]
        return "\n".join([*lines, "", self._told(every)]).lstrip("\n")

    def _told(self, tried: Sequence[Tried]) -> str:
        counts = self.counts(tried)
        more = f", {counts['unreadable']} cannot be read" if counts["unreadable"] else ""
        return (
            f"{len(tried)} mutants: {counts['killed']} killed, {counts['survived']} survive, "
            f"{counts['accepted']} accepted{more}"
        )

    def plain(self) -> dict[str, Any]:
        """The same as plain values: `collectrules/mutation/v1`."""
        every = [each for tried in self.tried.values() for each in tried]
        counts = self.counts(every)
        return {
            "schema": "collectrules/mutation/v1",
            "summary": {name: counts[name] for name in ("killed", "survived", "accepted", "unreadable")},
            "stale": [str(problem) for problem in self.stale],
            "mutants": [self._plain(each) for each in every if each.fate != "killed"],
        }

    def _plain(self, tried: Tried) -> dict[str, Any]:
        mutant = tried.mutant
        return {
            "id": mutant.id,
            "kind": mutant.kind,
            "place": str(mutant.place),
            "fate": "accepted" if self._is_accepted(tried) else tried.fate,
            "reason": self.accepted[mutant.id].reason if self._is_accepted(tried) else None,
            "example": None if tried.would is None else {"beside": tried.would.example.block, **tried.would.mapping()},
            "instead": None if tried.would is None else tried.would.instead,
        }


def _would(killer: Killer, *, again: bool) -> Iterator[str]:
    if again:
        yield f"         the same example would notice it: {killer.example.story}"
        return
    head = f"this example beside {killer.example.block} would notice it, of which the mutant says {killer.instead}:"
    yield from wrapped(head, " " * 9)
    yield from (f"      {line}" for line in example_yaml(killer.mapping()).splitlines())


def example_yaml(mapping: Mapping[str, Any]) -> str:
    """An example as it stands in a list of a file."""
    text = yaml.safe_dump([dict(mapping)], sort_keys=False, default_flow_style=None, width=_WIDTH, allow_unicode=True)
    return str(text).rstrip("\n")


class CoverageReport(Struct, frozen=True):
    """What the examples of some files reach."""

    files: Mapping[str, Sequence[Item]]

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that they should reach."""
        return tuple(chain.from_iterable(self.files.values()))

    @property
    def least(self) -> float:
        """The lowest share, in per cent."""
        return min(percent(*told) for told in shares(self.items).values())

    def text(self, *, quiet: bool) -> str:
        """A table of the files, what no example reaches, and the shares of all."""
        width = max(map(len, self.files), default=0)
        lines = [] if quiet else [f"{path:{width}}  {_shares(inside)}" for path, inside in self.files.items()]
        missed = [
            f"NOT REACHED {item.owner}: {_NAMES[item.kind]}: {item.what}\n            {item.place}"
            for item in self.items
            if not item.reached
        ]
        return "\n".join([*lines, *missed, "", _shares(self.items)]).lstrip("\n")

    def plain(self) -> dict[str, Any]:
        """The same as plain values."""
        every = self.items
        told: dict[str, Any] = {
            _PLURALS[name]: {"reached": reached, "every": number, "percent": percent(reached, number)}
            for name, (reached, number) in shares(every).items()
        }
        missed = [item for item in every if not item.reached]
        told["not_reached"] = [
            {"kind": item.kind, "owner": item.owner, "what": item.what, "place": str(item.place)} for item in missed
        ]
        return told


def _shares(items: Iterable[Item]) -> str:
    told = shares(items)
    kinds = [name for name in KINDS if told[name][1] or name != "paragraph"]
    return ", ".join(f"{_PLURALS[name]} {told[name][0]}/{told[name][1]} ({percent(*told[name]):g} %)" for name in kinds)

"""Recorded cases asked of both sides: which answers change, and which rules change them."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct, field

from collectrules.advisor import Advisor
from collectrules.case.reading import each_case
from collectrules.ground.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from collectrules.changes.sides import Side
    from collectrules.verdict.judgement import Judgement

FIRST: Final = 5
"""So many of the cases that change are named."""


class Recorded(NamedTuple):
    """A case that was recorded, what it is called, and what was answered then; empty where that is not recorded."""

    name: str
    case: Mapping[str, Any]
    answered: str = ""


class Replayed(Struct):
    """What came of all of them."""

    asked: int = 0
    unreadable: int = 0
    """Cases that one of the sides cannot read."""
    first_unreadable: str = ""
    otherwise: int = 0
    """Cases to which the old side answers otherwise than was recorded, for another day, configuration or law."""
    moves: Counter[str] = field(default_factory=Counter)
    """How many answers changed, by `allow -> deny`."""
    by_rule: dict[str, Counter[str]] = field(default_factory=dict)
    """The same by each rule that says something else."""
    first: dict[str, list[str]] = field(default_factory=dict)
    """The first names of each change."""

    @property
    def changed(self) -> int:
        """How many answers changed."""
        return self.moves.total()


def logged(path: Path) -> Iterator[Recorded]:
    """The cases of a log of `check --log`. Raises InvalidInput for a line that is none of it."""
    with path.open("rb") as lines:  # in bytes: a line that is no text is told like any other that is none of a log
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                entry = json.loads(line)
                case, answer = dict(entry["case"]), dict(entry["answer"])
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                help_ = "a log is what `collectrules check --log FILE` writes"
                raise InvalidInput(
                    [Problem(Place(str(path), number), "CR100", "this is no line of a log", help_)]
                ) from error
            name = str(case.get("id") or answer.get("decision_id") or f"line {number}")
            yield Recorded(name, case, str(answer.get("decision", "")))


def read(path: Path) -> Iterator[Recorded]:
    """The cases of a case file, or of one with a case a line. Raises InvalidInput for a file that cannot be read."""
    for number, each in enumerate(each_case(path), start=1):
        if isinstance(each, InvalidInput):
            raise each
        if each.action is not None:
            yield Recorded(each.id or f"case {number}", each.to_mapping())


def replayed(cases: Iterable[Recorded], old: Side, new: Side, today: date | None) -> Replayed:
    """Ask both sides about each case."""
    result = Replayed()
    advisors = tuple(Advisor(side.rulebook, today=today) for side in (old, new))
    for recorded in cases:
        result.asked += 1
        try:
            before, after = (advisor.judge(advisor.case(recorded.case)) for advisor in advisors)
        except InvalidInput as error:
            result.unreadable += 1
            result.first_unreadable = result.first_unreadable or f"{recorded.name}: {error.problems[0].message}"
            continue
        if recorded.answered and before.decision != recorded.answered:
            result.otherwise += 1
        if before.decision != after.decision:
            move = f"{before.decision} -> {after.decision}"
            result.moves[move] += 1
            result.first.setdefault(move, [])
            if len(result.first[move]) < FIRST:
                result.first[move].append(recorded.name)
            for rule in _differing(before, after):
                result.by_rule.setdefault(rule, Counter())[move] += 1
    return result


def _differing(before: Judgement, after: Judgement) -> list[str]:
    """The rules that say something else; what no rule says is a gap of the law."""
    said, says = (
        {outcome.applied.rule.full_id: outcome.decision for outcome in judgement.speaking}
        for judgement in (before, after)
    )
    names = sorted({*said, *says})
    return [name for name in names if said.get(name, "allow") != says.get(name, "allow")] or [
        "topics that were not read"
    ]

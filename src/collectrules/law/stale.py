"""What is past its shelf life: rules, answers and covers whose law should have been read again before a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.law.model import Ruleset


class Stale(NamedTuple):
    """One rule, answer or cover that was due to be read again."""

    id: str
    """Of a cover that of its ruleset with the topic behind it."""
    jurisdiction: str
    verify_by: date
    """The last day of its shelf life."""
    verified: str
    """The day on which it was last held against the law; empty where none is said."""
    place: str


def stale(rulesets: Iterable[Ruleset], on: date) -> tuple[Stale, ...]:
    """All that is past its `verify_by` on a day, the longest overdue first."""
    day = on.toordinal()
    found = [
        each
        for ruleset in rulesets
        if ruleset.status == "in_force"
        for each in _each(ruleset)
        if each.verify_by.toordinal() < day
    ]
    return tuple(sorted(found, key=lambda each: (each.verify_by, each.jurisdiction, each.id)))


def _each(ruleset: Ruleset) -> Iterator[Stale]:
    for law in ruleset.blocks:
        until = date.fromordinal(law.verify_by)
        yield Stale(law.full_id, ruleset.jurisdiction, until, law.verified, ruleset.place_of(law.place))
    for cover in ruleset.covers:
        until, name = date.fromordinal(cover.verify_by), f"{ruleset.id}: {cover.topic}"
        yield Stale(name, ruleset.jurisdiction, until, cover.verified, ruleset.place_of(cover.place))

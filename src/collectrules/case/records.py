"""What a company keeps whole: groups of the record in which absence says what it does in a whole one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.case import groups
from collectrules.ground.errors import InvalidInput, Place, Problem, meant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collectrules.case.objects import Case

IN_THE_CASE: Final = "the case says so"
"""Why a group is taken as whole that a case itself calls so."""


class Kept(Struct, frozen=True):
    """How a company keeps a group of its records, and why that may be relied on."""

    reason: str
    max_age: int | None = None
    """For how many days a check holds that a case dates (`checked_at`); None: the group is always whole."""


Records = dict[str, Kept]
"""By group."""


def check(records: Mapping[str, Kept]) -> None:
    """Raise InvalidInput for what is no group, or has no reason, or an age that is none."""
    problems: list[Problem] = []
    place = Place("records")
    for name, kept in records.items():
        if name not in groups.BY_ID:
            help_ = meant(name, groups.IDS, groups.MEANT) or f"there are {', '.join(groups.IDS)}"
            problems.append(Problem(place, "CR303", f"`{name}` is no group of the record", help_))
        if not kept.reason.strip():
            problems.append(Problem(place, "CR301", f"`{name}` has no reason", "say why it may be relied on"))
        if kept.max_age is not None and kept.max_age < 0:
            problems.append(Problem(place, "CR302", f"the check of `{name}` has no age that it may have"))
    if problems:
        raise InvalidInput(problems)


def whole_groups(case: Case, records: Mapping[str, Kept], day: int | None) -> dict[str, str]:
    """The groups that are whole for an act on that day (proleptic ordinal; None: not known), with the reason of each.

    A check after that day says what was found then, which is no less: but it is not relied on before it was made.
    """
    stated, checked = case.records or {}, case.checked_at or {}
    whole: dict[str, str] = {}
    for name in groups.IDS:
        if name in stated:
            if stated[name] == "whole":
                whole[name] = IN_THE_CASE
        elif (kept := records.get(name)) is not None:
            if kept.max_age is None:
                whole[name] = kept.reason
            elif name in checked and day is not None:
                since = checked[name]
                if 0 <= day - since.toordinal() <= kept.max_age:
                    whole[name] = f"{kept.reason} (checked on {since.isoformat()})"
    return whole


def lapses(case: Case, records: Mapping[str, Kept]) -> frozenset[int]:
    """The days (proleptic ordinals) from which a check that the case dates is too old."""
    checked = case.checked_at or {}
    return frozenset(
        since.toordinal() + kept.max_age + 1
        for name, since in checked.items()
        if (kept := records.get(name)) is not None and kept.max_age is not None
    )

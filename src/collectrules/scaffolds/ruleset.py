"""The beginning of a ruleset, at the place that its id says, and of a house policy."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from collectrules.case.places import zones_of_address
from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.law.files import JURISDICTION, POLICIES, jurisdiction_of
from collectrules.scaffolds import filled, write
from collectrules.scaffolds.words import days

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_ID: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_NO_ZONE: Final = "UTC"
"""The clock of a made-up debtor at a place of which no zone is known: hours need one."""


def write_ruleset(
    ruleset_id: str, folder: Path, since: date | None = None, beside: Iterable[Path] = ()
) -> tuple[Path, ...]:
    """Write a ruleset below a folder of rulesets: `us.tx.calls` becomes `us/tx/calls.yaml`, law of US-TX.

    `beside` are the folders of rulesets that are read beside this one. Raises InvalidInput, and writes nothing, for an
    id in which there is no place, or that another ruleset has, and where the file is there already.
    """
    relative = Path(*ruleset_id.split(".")).with_suffix(".yaml")
    place = jurisdiction_of(relative)
    if not _ID.fullmatch(ruleset_id) or not JURISDICTION.fullmatch(place):
        help_ = "country, parts and a name, with dots between: us.tx.calls, us.federal.calls, fr.calls"
        raise _wrong(f"`{ruleset_id}` says no place of law", help_)
    if taken := [other for other in beside if (other / relative).exists()]:
        where = taken[0] / relative
        raise _wrong(f"`{ruleset_id}` is a ruleset that is read already, {where}", "choose another name: the last part")
    words = {
        **days(since or _today()),
        "FILE": relative.as_posix(),
        "RULESET": ruleset_id,
        "PLACE": place,
        "ZONE": _zone_of(place),
    }
    return write(folder, filled("ruleset", words))


def write_policy(name: str, place: str, folder: Path) -> tuple[Path, ...]:
    """Write a house policy below a folder of rulesets: `late_calls` becomes `house/late_calls.yaml`.

    `place` is where the debtor of its examples is. Raises InvalidInput, and writes nothing, for a name or code that
    cannot be one, or where the file is there already.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise _wrong(f"`{name}` is no name of a policy", "small letters, digits and underscores: late_calls")
    if not JURISDICTION.fullmatch(place):
        raise InvalidInput([Problem(Place("--place"), "CR921", f"`{place}` is no jurisdiction", "ISO 3166: US-TX, FR")])
    words = {
        **days(_today()),
        "FILE": f"{POLICIES}/{name}.yaml",
        "POLICY": f"{POLICIES}.{name}",
        "TITLE": f"house policy on {name.replace('_', ' ')}",
        "PLACE": place,
        "ZONE": _zone_of(place),
    }
    return write(folder, filled("policy", words))


def _zone_of(place: str) -> str:
    """A time zone of a place, the first by name where it has several: `America/Chicago` of US-TX."""
    country, _, region = place.partition("-")
    return next(iter(zones_of_address(country, region.partition("-")[0] or None)), _NO_ZONE)


def _today() -> date:
    return datetime.now(UTC).date()


def _wrong(message: str, help_: str) -> InvalidInput:
    return InvalidInput([Problem(Place("NAME"), "CR921", message, help_)])

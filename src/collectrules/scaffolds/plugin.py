"""A package that adds something to collectrules: one folder of templates for what all have, one for each kind."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.law.files import JURISDICTION
from collectrules.scaffolds import filled, write

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final = ("jurisdiction", "channel", "handoff", "importer")
"""What a plugin may add: each has a folder under `templates/plugin/`."""
_NAME: Final = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
_OWN: Final = "collectrules"
_LONGEST_CODE: Final = 3
"""A file of so few characters in a folder of rulesets would be taken for the code of a place."""
_YEAR: Final = timedelta(days=365)


def write_plugin(name: str, kind: str, place: str, folder: Path) -> tuple[Path, ...]:
    """Write a package of that name into a folder, and return its files, `pyproject.toml` first.

    `place` is the code of a jurisdiction, which only that kind asks for. Raises InvalidInput, and writes nothing, for a
    name that no package can have, a code that no jurisdiction has, and where something is there already.
    """
    _check(name, place)
    texts = {**filled("plugin/every", words(name, place)), **filled(f"plugin/{kind}", words(name, place))}
    first = Path("pyproject.toml")
    return write(folder / name, {first: texts[first], **texts})


def words(name: str, place: str) -> Mapping[str, str]:
    """What the templates name: the package, what it adds, the jurisdiction and today."""
    package = name.replace("-", "_")
    word = package.removeprefix(f"{_OWN}_").removesuffix(f"_{_OWN}")
    law = word if len(word) > _LONGEST_CODE else f"{word}_law"
    today = datetime.now(UTC).date()
    return {
        "NAME": name,
        "PACKAGE": package,
        "WORD": word,
        "WORDS": word.replace("_", " "),
        "CONSTANT": word.upper(),
        "LAW": law,
        "PLACE": place,
        "PLACE_FOLDER": place.lower().replace("-", "/"),
        "RULESET": f"{place.lower().replace('-', '.')}.{law}",
        "TODAY": today.isoformat(),
        "NEXT_YEAR": (today + _YEAR).isoformat(),
    }


def _check(name: str, place: str) -> None:
    problems = []
    if not _NAME.fullmatch(name) or name == _OWN:
        message = f"`{name}` is no name of a package of its own"
        problems.append(
            Problem(Place("NAME"), "CR921", message, "small letters, digits and hyphens: collectrules-pigeon")
        )
    if not JURISDICTION.fullmatch(place):
        problems.append(Problem(Place("--place"), "CR921", f"`{place}` is no jurisdiction", "ISO 3166: US-TX, FR"))
    if problems:
        raise InvalidInput(problems)

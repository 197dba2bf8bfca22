"""The ruleset files of some folders, each by the jurisdiction that its place says: every command finds them here.

Nothing is passed over in silence, for law that is not read forbids nothing. CR141: a file or folder that would be.
A ruleset lies where its id says, so that two files in one place would be two of one id, of which neither is meant to be
read with the other's definitions. CR142: a place that is taken.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from collectrules.ground.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

JURISDICTION: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}")
EVERYWHERE: Final = ""
"""In place of a jurisdiction: where house policies are found."""
LIBRARIES: Final = "common"
"""The folder within a folder of rulesets whose files are libraries: no law, and no jurisdiction."""
POLICIES: Final = "house"
"""The folder within a folder of rulesets whose files are house policies: no law, and of no place of their own."""
INHERITANCE: Final = Path(LIBRARIES, "inheritance.yaml")
"""The library in which law that holds beyond its place is told."""
TOPICS: Final = "topics.yaml"
"""The file of a folder of rulesets in which topics stand."""
_NATIONAL_FOLDERS: Final = ("federal", "national")
"""A country's folder may keep the law of the whole country in one of these."""
_LONGEST_CODE: Final = 3
"""Characters of one part of a jurisdiction."""
_ENDING: Final = ".yaml"
_OTHER_ENDINGS: Final = (".yaml", ".yml")
"""In small letters: what people call a file that they mean to be read."""


def jurisdiction_of(relative: Path) -> str:
    """The jurisdiction for which a place in a folder of rulesets is meant; empty for none.

    `us/federal/regulation_f.yaml` is US, `us/tx.yaml` US-TX, `us/ny/nyc.yaml` US-NY-NYC, `us/ny/state.yaml` US-NY.
    """
    codes: list[str] = []
    for part in relative.with_suffix("").parts:
        if part in _NATIONAL_FOLDERS or not part.isalnum() or len(part) > _LONGEST_CODE:
            break
        codes.append(part.upper())
    return "-".join(codes)


def layers(jurisdiction: str) -> tuple[str, ...]:
    """A jurisdiction and its parents, the narrowest first: `US-NY-NYC`, `US-NY`, `US`."""
    parts = jurisdiction.split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


def ruleset_files(folders: Iterable[Path]) -> dict[str, list[tuple[Path, Path]]]:
    """Every ruleset file with its folder, by jurisdiction; in each folder in the order of their paths.

    Libraries are none: a ruleset that uses one has it read. Names that begin with a dot are no part of a folder. Raises
    InvalidInput for what would be passed over: a YAML file of another ending or in no jurisdiction's place, a link to a
    folder, a folder that is not there, cannot be listed or has no ruleset in it.
    """
    problems: list[Problem] = []
    files: dict[str, list[tuple[Path, Path]]] = {}
    seen: dict[Path, Path] = {}
    for folder in folders:
        paths = sorted(_yaml_files(folder, problems))
        if not paths and not problems:
            message = "there is no ruleset in this folder" if folder.is_dir() else "this is no folder of rulesets"
            problems.append(_passed_over(folder, message, "name the folder that has `us`, `gb`, ... in it"))
        for path in paths:
            problems += wrong_ending(path)
            relative = path.relative_to(folder)
            top, *within = relative.parts
            if (top == TOPICS and not within) or relative == INHERITANCE:
                continue  # what several folders may have: it is put together
            before = seen.setdefault(relative.with_suffix(""), path)
            if before is not path:
                is_library = top == LIBRARIES and bool(within)
                if before.resolve() == path.resolve() or (is_library and _alike(before, path)):
                    continue
                what = "library" if is_library else "ruleset"
                message = f"{relative.as_posix()} is the place of a {what} that is read already, from {before}"
                problems.append(Problem(Place(str(path)), "CR142", message, "give one of them another id and place"))
            if top == LIBRARIES and within:
                continue
            if top == POLICIES and within:
                files.setdefault(EVERYWHERE, []).append((folder, path))
                continue
            jurisdiction = jurisdiction_of(relative)
            if path.suffix == _ENDING and not JURISDICTION.fullmatch(jurisdiction):
                message = f"{relative.as_posix()} is no place of a jurisdiction"
                help_ = "a ruleset lies at `us/federal/<name>.yaml`, `us/tx.yaml`, `gb/sct/<name>.yaml`, ..."
                problems.append(_passed_over(path, message, help_))
            files.setdefault(jurisdiction, []).append((folder, path))
    if problems:
        raise InvalidInput(problems)
    return files


def _alike(one: Path, other: Path) -> bool:
    """Do two files hold the same? What cannot be opened does not: reading it tells."""
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False


def says_also_in(path: Path) -> bool:
    """May the file be law of another jurisdiction than its own too? One that cannot be opened may: reading it tells."""
    try:
        return b"also_in" in path.read_bytes()
    except OSError:
        return True


def wrong_ending(path: Path) -> list[Problem]:
    """The problem of a ruleset file that no command but `test` would find, for its name ends otherwise."""
    if path.suffix == _ENDING:
        return []
    return [_passed_over(path, f"a ruleset ends in `{_ENDING}`, not in `{path.suffix}`", "rename the file")]


def _yaml_files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        if folder.is_dir():
            message = f"this folder cannot be listed: {(error.strerror or str(error)).lower()}"
            problems.append(_passed_over(Path(error.filename), message, "give the right to read it, or take it out"))

    for where, inner, names in os.walk(folder, onerror=unreadable):
        inner[:] = [name for name in inner if not name.startswith(".")]
        for name in inner:
            if (link := Path(where, name)).is_symlink():
                help_ = "name the folder that it leads to with `--rulesets`"
                problems.append(_passed_over(link, "a link to a folder is not followed", help_))
        for name in names:
            if not name.startswith(".") and name.lower().endswith(_OTHER_ENDINGS):
                yield Path(where, name)


def _passed_over(path: Path, message: str, help_: str) -> Problem:
    return Problem(Place(str(path)), "CR141", message, help_)

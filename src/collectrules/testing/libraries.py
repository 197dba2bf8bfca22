"""Would the examples notice it? Every mutant of a library is asked the examples of all rulesets that use it.

A library has no examples of its own. One ruleset that notices a mutant is enough.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collectrules.expressions.syntax import SyntaxProblem
from collectrules.ground.source import file_text, read_file
from collectrules.law.files import LIBRARIES
from collectrules.law.libraries import is_named, with_users
from collectrules.testing.killing import killer_of
from collectrules.testing.mutants import LibraryFile, mutants_of_library
from collectrules.testing.mutation import Tried
from collectrules.testing.rulesets import rulesets_in, trial_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from collectrules.plugins.loading import Plugins
    from collectrules.testing.killing import Killer
    from collectrules.testing.mutants import Mutant
    from collectrules.testing.mutation import Wanted
    from collectrules.testing.trial import Trial

_LIBRARY: Final = re.compile(r"^library\s*:", re.MULTILINE)
_MOST_LOOKED_AT: Final = 3
"""Rulesets beside which an example is looked for that would notice a mutant."""


def libraries_in(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """The name and file of every library that is named, or lies in a folder of rulesets that is."""
    files: dict[Path, None] = {}
    for path in paths:
        folder = path if path.name == LIBRARIES else path / LIBRARIES
        files |= dict.fromkeys(sorted(folder.glob("*.yaml")) if path.is_dir() else [path])
    for file in files:
        if file.parent.name == LIBRARIES and _LIBRARY.search(file_text(file)):
            yield f"{LIBRARIES}.{file.stem}", file


def users_of(libraries: Iterable[tuple[str, Path]], loaded: Plugins) -> Mapping[str, Sequence[Trial]]:
    """By library the rulesets of its folder that use it, with their examples.

    Raises InvalidInput for one that cannot be read.
    """
    users: dict[str, list[Trial]] = {name: [] for name, _ in libraries}
    for folder in dict.fromkeys(file.parents[1] for _, file in libraries):
        named = with_users(users, folder)
        for chosen in rulesets_in([folder]):
            if is_named(named, file_text(chosen.path)):
                trial = trial_of(chosen.path, loaded)
                for used in trial.file.ruleset.uses:
                    if used.id in users:
                        users[used.id].append(trial)
    return users


def run_library(name: str, file: Path, users: Sequence[Trial], wanted: Wanted) -> Iterator[Tried]:
    """Every mutant of a library that is wanted, with what came of it. None where nobody uses the library."""
    root = read_file(file).table("a library")
    made: dict[str, list[tuple[Trial, Mutant]]] = {}
    for trial in users:
        gives = next(frozenset(used.gives) for used in trial.file.ruleset.uses if used.id == name)
        for mutant in mutants_of_library(LibraryFile(name, root, gives), trial.file):
            if mutant in wanted:
                made.setdefault(mutant.id, []).append((trial, mutant))
    yield from (_tried(asked, wanted) for asked in made.values())


def _tried(asked: Sequence[tuple[Trial, Mutant]], wanted: Wanted) -> Tried:
    """What came of a mutant, by the first ruleset whose examples notice it."""
    mutant = asked[0][1]
    try:
        for trial, inside in asked:
            by = trial.noticed_by(inside, trial.standing(inside))
            if by is not None:
                return Tried(inside, "killed", by)
    except SyntaxProblem:
        return Tried(mutant, "unreadable")
    look = wanted.look and mutant.id not in wanted.known
    return Tried(mutant, "survived", would=_killer(asked) if look else None)


def _killer(asked: Sequence[tuple[Trial, Mutant]]) -> Killer | None:
    resting = [(trial, mutant) for trial, mutant in asked if mutant.blocks][:_MOST_LOOKED_AT]
    found = (killer_of(trial, mutant) for trial, mutant in resting)
    return next((each for each in found if each is not None), None)

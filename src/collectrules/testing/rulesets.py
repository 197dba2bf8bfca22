"""The rulesets of files and folders, read with the places of what stands in them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.ground.source import file_text
from collectrules.law.files import LIBRARIES
from collectrules.law.parts import ruleset_of
from collectrules.law.reader import read_with_places
from collectrules.lints import RulesetFile
from collectrules.testing.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from collectrules.ground.errors import Place
    from collectrules.plugins.loading import Plugins

_RULESET: Final = re.compile(r"^(ruleset|policy)\s*:", re.MULTILINE)


class Chosen(Struct, frozen=True):
    """A ruleset that was named, and the files of it that were: none of them, all of it."""

    path: Path
    parts: frozenset[str] = frozenset()

    def has(self, place: Place) -> bool:
        """Was the file named, in which this place lies?"""
        return not self.parts or place.path in self.parts


def rulesets_in(paths: Iterable[Path]) -> Iterator[Chosen]:
    """Every ruleset and house policy that is named, or lies in a folder that is, each once; a part with its ruleset."""
    whole: dict[Path, None] = {}
    parts: dict[Path, list[Path]] = {}
    for given in paths:
        if given.is_dir():
            whole |= dict.fromkeys(each for each in sorted(given.rglob("*.yaml")) if _RULESET.search(file_text(each)))
        elif (main := ruleset_of(given)) is not None:
            parts.setdefault(main, []).append(given)
        elif given.parent.name != LIBRARIES:  # else a library, which has no examples
            whole[given] = None
    yield from (Chosen(path) for path in whole)
    yield from (Chosen(path, frozenset(map(str, named))) for path, named in parts.items() if path not in whole)


def trial_of(path: Path, loaded: Plugins) -> Trial:
    """A ruleset with its examples. Raises InvalidInput for a file, or an example, that cannot be read."""
    ruleset, root = read_with_places(path, loaded.language)
    return Trial(RulesetFile(ruleset, root, loaded.language, datetime.now(UTC).date().toordinal()), loaded)

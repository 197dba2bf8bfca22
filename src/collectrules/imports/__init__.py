"""What other systems export, read into accounts: a case for each debtor, and what logs say happened.

An importer is one file in `sources/`: YAML that says which columns are which, what the source's words mean, and what
the source itself settles (its decimal mark, the order of its dates). Where rows must be turned first, a module of the
same name beside it does so. A plugin adds importers through the hook `collectrules_importers`. Nothing that decides is
guessed: what neither the source nor the file states is asked for, and nothing is written until it is answered.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from collectrules.imports.mapping import Mapping
    from collectrules.imports.readers import Row

    Turning = Callable[[Iterator[Row]], Iterator[Row]]

_SOURCES: Final = Path(__file__).parent / "sources"


class Importer(Struct, frozen=True):
    """One source: what its exports look like and mean. Its mapping is read when it is first needed."""

    name: str
    """The word a user writes after `--as`: lower case letters, digits and underscores."""
    path: Path
    """The YAML file of its mapping."""
    module: str = ""
    """A module with a function `turned`, which makes the rows of a table of what the file has, where columns alone
    cannot say it: it takes rows and gives rows, the first with the names of the columns."""

    @property
    def mapping(self) -> Mapping:
        """Which columns are which, and what words mean. Raises `InvalidInput` with every fault of the file."""
        return _mapping_at(self.path)

    @property
    def title(self) -> str:
        """The source, for people."""
        return self.mapping.title or self.name

    @property
    def turn(self) -> Turning | None:
        """The function that makes the rows of a table; None where columns alone do."""
        if not self.module:
            return None
        turned: Turning = import_module(self.module).turned
        return turned


@cache
def _mapping_at(path: Path) -> Mapping:
    from collectrules.imports.mapping_file import read_mapping

    return read_mapping(path)


def built_in() -> Iterator[Importer]:
    """Every importer that has a file in `sources/`, by file name."""
    for path in sorted(_SOURCES.glob("*.yaml")):
        module = f"{__name__}.sources.{path.stem}" if path.with_suffix(".py").exists() else ""
        yield Importer(path.stem, path, module)

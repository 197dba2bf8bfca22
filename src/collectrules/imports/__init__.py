"""What other systems export, read into accounts: a case for each debtor, and what logs say happened.

An importer is one file in `sources/`: YAML that says which columns are which, what the source's words mean, and what the
source itself settles (its decimal mark, the order of its dates). Where rows must be turned first, a module of the same
name beside it does so. A plugin adds importers through the hook `collectrules_importers`. Nothing that decides is
guessed: what neither the source nor the file states is asked for, and nothing is written until it is answered.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.imports.mapping import Mapping, read_mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from collectrules.imports.readers import Row

    Turning = Callable[[Iterator[Row]], Iterator[Row]]

_SOURCES: Final = Path(__file__).parent / "sources"


class Importer(Struct, frozen=True):
    """One source: what its exports look like and mean."""

    name: str
    """The word a user writes after `--as`: lower case letters, digits and underscores."""
    title: str
    mapping: Mapping
    turn: Turning | None = None
    """Makes the rows of a table of what the file has, where columns alone cannot say it; a row it cannot read keeps its
    number and says why in `fault`."""
    docs: str = ""


def importer_from(path: Path, turn: Turning | None = None) -> Importer:
    """The importer of a YAML file, which is named as its file. Raises `InvalidInput` with every fault of the file."""
    mapping = read_mapping(path)
    return Importer(path.stem, mapping.title or path.stem, mapping, turn, mapping.docs)


def built_in() -> Iterator[Importer]:
    """Every importer that has a file in `sources/`, by file name."""
    for path in sorted(_SOURCES.glob("*.yaml")):
        beside = path.with_suffix(".py").exists()
        turn = import_module(f"{__name__}.sources.{path.stem}").turned if beside else None
        yield importer_from(path, turn)

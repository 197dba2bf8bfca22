"""What the modules of a package define: a new kind of rule, of question or of channel is one file."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def defined_in(package: str, path: Iterable[str], constant: str) -> Iterator[Any]:
    """The constant of that name of each module of a package, by file name. `path` is the package's `__path__`."""
    for module in sorted(iter_modules(path), key=lambda found: found.name):
        yield getattr(import_module(f"{package}.{module.name}"), constant)

"""What the content of an installed plugin is: one hash of every file that it can be made of."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.metadata import Distribution

_MADE_BY_PYTHON: Final = (".pyc", ".pyo")
_OF_INSTALLERS: Final = (".dist-info", ".egg-info")


def content_hash(modules: Iterable[str], distribution: Distribution | None, folders: Iterable[Path]) -> str:
    """`sha256:` of the names and contents of the plugin's files, in the order of their names.

    These are the files of the top packages of its modules, what its installer has put beside them, and its folders of
    rulesets. The same package has the same hash however it was installed.
    """
    files: dict[str, Path] = {}
    for module in modules:
        files.update(_of_module(module.partition(".")[0]))
    if distribution is not None:
        files.update(_installed(distribution))
    known = {path.resolve() for path in files.values()}
    for folder in folders:
        files.update(
            {name: path for name, path in _inside(folder, folder.parent) if path.resolve() not in known},
        )
    return hash_of(sorted(files.items()))


def hash_of(files: Iterable[tuple[str, Path]]) -> str:
    """`sha256:` of the names and contents of files, in the order in which they are given."""
    whole = sha256()
    for name, path in files:
        whole.update(f"{name}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return f"sha256:{whole.hexdigest()}"


def _of_module(name: str) -> Iterator[tuple[str, Path]]:
    module = sys.modules.get(name)
    for folder in getattr(module, "__path__", ()):
        yield from _inside(Path(folder), Path(folder).parent)
    file = getattr(module, "__file__", None)
    if file and not hasattr(module, "__path__"):
        yield Path(file).name, Path(file)


def _installed(distribution: Distribution) -> Iterator[tuple[str, Path]]:
    """What its installer has put among the packages; not what says where a package lies that is being worked on."""
    for file in distribution.files or ():
        top, path = file.parts[0], Path(str(distribution.locate_file(file)))
        of_installer = top.endswith((*_OF_INSTALLERS, ".pth")) or top.startswith(("..", "__editable__"))
        if not of_installer and path.suffix not in _MADE_BY_PYTHON and path.is_file():
            yield file.as_posix(), path


def _inside(folder: Path, parent: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix not in _MADE_BY_PYTHON:
            yield path.relative_to(parent).as_posix(), path

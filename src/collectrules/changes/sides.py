"""One side of a change: a folder of rulesets, a file, or what a git repository has of them at a revision."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.law.files import LIBRARIES, TOPICS, ruleset_files
from collectrules.law.libraries import is_named, with_users
from collectrules.law.parts import ruleset_of
from collectrules.law.reader import read_ruleset
from collectrules.law.rulebook import Rulebook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from collectrules.law.model import Language, Ruleset
    from collectrules.plugins.loading import Plugins

RANGE: Final = ".."
_INSIDE: Final = ":"
"""Between a revision and a folder or file of it."""
_FOLDER: Final = "rulesets"
"""What a repository calls its folder of rulesets where nothing else is said."""
_ID: Final = re.compile(r"^(ruleset|policy|library|part_of):\s*['\"]?([a-z0-9_.]+)", re.MULTILINE)


class Side(Struct, frozen=True, dict=True):
    """The rulesets before or after a change, with all law that is read beside them."""

    label: str
    folders: tuple[Path, ...]
    """Every folder of rulesets that is read."""
    root: Path
    """The folder in which the rulesets of this side lie."""
    files: Mapping[str, Path]
    """The files that were given, by their place in the folder."""
    language: Language

    @cached_property
    def rulebook(self) -> Rulebook:
        """All law of this side."""
        return Rulebook(self.folders, self.language)

    def ruleset(self, place: str) -> Ruleset | None:
        """The ruleset at a place; None where there is none. Raises InvalidInput for one that cannot be read."""
        path = self.root / place
        return read_ruleset(path, self.language, folder=self.root) if path.is_file() else None


@contextmanager
def sides(old: str, new: str | None, plugins: Plugins) -> Iterator[tuple[Side, Side]]:
    """Both sides of a change. `old` may be `A..B`, or `A..B:folder` where both mean that folder.

    A revision by itself means the folder or file that it is compared with. Raises InvalidInput for what is no side.
    """
    if new is None:
        first, dots, second = old.partition(RANGE)
        if not dots or Path(old).exists():
            raise _none(old, "name the old and the new: two folders, two files, or `main..HEAD`")
        old, new = first or "HEAD", second
        _, _, inside = second.partition(_INSIDE)
        if inside and _INSIDE not in old:
            old = f"{old}{_INSIDE}{inside}"
    with tempfile.TemporaryDirectory(prefix="collectrules-diff-") as scratch:
        yield (
            _side(_beside(old, new or _FOLDER), plugins, Path(scratch) / "old"),
            _side(new or _FOLDER, plugins, Path(scratch) / "new"),
        )


@contextmanager
def earlier(text: str, now: Sequence[Path], plugins: Plugins) -> Iterator[Side]:
    """One side alone: what the law was before what now stands in some files and folders.

    A revision by itself means the one path that is looked at. Raises InvalidInput for what is no side.
    """
    with tempfile.TemporaryDirectory(prefix="collectrules-against-") as scratch:
        yield _side(_beside(text, str(now[0])) if len(now) == 1 else text, plugins, Path(scratch))


def changed(old: Side, new: Side) -> tuple[list[str], list[str]]:
    """The places of the rulesets that may differ, and those of other files that do, in order.

    A ruleset may differ where its text does, that of a part, or that of a library.
    """
    differ = [
        place
        for place in sorted({*old.files, *new.files})
        if _bytes(old.files.get(place)) != _bytes(new.files.get(place))
    ]
    libraries = {place.removesuffix(".yaml").replace("/", ".") for place in differ if place.startswith(f"{LIBRARIES}/")}
    found: dict[str, None] = {}
    others = []
    for place in differ:
        if place.startswith(f"{LIBRARIES}/") or place == TOPICS:
            others.append(place)
            continue
        mains = [_main(side, place) for side in (old, new) if (side.root / place).is_file()]
        found |= dict.fromkeys(mains)
    if libraries:
        for side in (old, new):
            used = with_users(libraries, side.root)
            found |= {
                place: None
                for place, path in _every(side)
                if is_named(used, path.read_text(encoding="utf-8", errors="replace"))
            }
    return sorted(found), others


def _every(side: Side) -> Iterator[tuple[str, Path]]:
    for inside in ruleset_files(side.folders).values():
        for folder, path in inside:
            if folder == side.root and ruleset_of(path) is None:
                yield path.relative_to(folder).as_posix(), path


def _main(side: Side, place: str) -> str:
    """The place of the ruleset to which a file belongs: its own, or that of the one whose part it is."""
    main = ruleset_of(side.root / place)
    return place if main is None else main.relative_to(side.root).as_posix()


def _bytes(path: Path | None) -> bytes | None:
    return None if path is None else path.read_bytes()


def _none(text: str, help_: str) -> InvalidInput:
    return InvalidInput([Problem(Place(text), "CR141", "this is no side of a change", help_)])


def _side(text: str, plugins: Plugins, scratch: Path) -> Side:
    path = Path(text)
    if not path.exists():
        path = _from_git(text, scratch / "revision")
    shipped = plugins.ruleset_folders
    if path.is_file():
        return _overlaid(text, {_place_of(path): path}, plugins, scratch)
    files = {
        file.relative_to(path).as_posix(): file for file in sorted(path.rglob("*.yaml")) if not _hidden(file, path)
    }
    if not files:
        raise _none(text, "there is no ruleset in this folder")
    overlaps = any((folder / place).is_file() for folder in shipped for place in files)
    if not overlaps:
        return _made(text, (*shipped, path), path, files, plugins)
    if TOPICS in files:  # a whole book of law, in place of the one that is shipped
        others = [folder for folder in shipped if not any((folder / place).is_file() for place in files)]
        return _made(text, (path, *others), path, files, plugins)
    return _overlaid(text, files, plugins, scratch)


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _made(text: str, folders: tuple[Path, ...], root: Path, files: Mapping[str, Path], plugins: Plugins) -> Side:
    language = replace(plugins.language, library_folders=folders)
    return Side(text, folders, root, files, language)


def _overlaid(text: str, files: Mapping[str, Path], plugins: Plugins, scratch: Path) -> Side:
    """The shipped law with these files in place of its own."""
    first, *others = plugins.ruleset_folders
    root = scratch / "law"
    shutil.copytree(first, root)
    for place, path in files.items():
        target = root / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return _made(text, (root, *others), root, {place: root / place for place in files}, plugins)


def _place_of(path: Path) -> str:
    """Where a single file belongs, as its id says."""
    found = _ID.search(path.read_text(encoding="utf-8", errors="replace"))
    if found is None:
        raise _none(str(path), "a ruleset begins with `ruleset: <id>`, a house policy with `policy: <id>`")
    parts = found[2].split(".")
    return "/".join((*parts, path.stem) if found[1] == "part_of" else parts) + ".yaml"


def _beside(text: str, other: str) -> str:
    """A revision with the folder or file that it is compared with, where that is one of the repository's."""
    path = Path(other)
    if _INSIDE in text or Path(text).exists() or not path.exists():
        return text
    inside = path.resolve()
    top = Path(_git("rev-parse", "--show-toplevel", text=text).decode().strip()).resolve()
    return f"{text}{_INSIDE}{inside.relative_to(top).as_posix()}" if inside.is_relative_to(top) else text


def _from_git(text: str, target: Path) -> Path:
    """The folder or file of a revision, `main` or `main:our_rules`, written out."""
    revision, _, inside = text.partition(_INSIDE)
    if not revision or revision.startswith("-"):
        raise _none(text, "it is no folder, no file and no revision of git")
    prefix = _git("rev-parse", "--show-prefix", text=text).decode().strip()
    inside = inside or f"{prefix}{_FOLDER}"
    top = Path(_git("rev-parse", "--show-toplevel", text=text).decode().strip())
    content = _git("-C", str(top), "archive", "--format=tar", revision, "--", inside, text=text)
    target.mkdir(parents=True)
    with tarfile.open(fileobj=BytesIO(content)) as archive:
        archive.extractall(target, filter="data")
    return target / inside


def _git(*arguments: str, text: str) -> bytes:
    git = shutil.which("git")
    if git is None:
        raise _none(text, "it is no folder and no file, and git, which knows revisions, is not installed")
    done = subprocess.run([git, *arguments], capture_output=True, check=False)  # noqa: S603 - arguments, no shell
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        more = (
            "" if _INSIDE in text else "\nanother folder of the revision than `rulesets` is named so: `main:our_rules`"
        )
        raise _none(text, f"it is no folder, no file, and git says: {said[-1] if said else 'no'}{more}")
    return done.stdout

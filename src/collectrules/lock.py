"""A lock file: what answers are given with, by versions and hashes; another machine or day can be held to it.

```yaml
lock: 1
program: {collectrules: {version: 0.1.0, hash: 'sha256:...'}}
rulesets: {collectrules/us/tx/collection.yaml: {version: '2026.1', hash: 'sha256:...'}}
libraries: {collectrules/common/collection_facts.yaml: {version: '1', hash: 'sha256:...'}}
plugins: {collectrules-example: {version: 0.1.0, hash: 'sha256:...'}}
configuration: {collectrules.yaml: {hash: 'sha256:...'}}
time_zones: {zones: {version: 2026a, hash: 'sha256:...'}}
```

Codes: CR930 no lock file, or one that cannot be read as one; CR931 something that is not as it is locked.
"""

from __future__ import annotations

import re
import zoneinfo
from contextlib import suppress
from hashlib import sha256
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml
from msgspec import Struct, ValidationError, convert

from collectrules._version import __version__
from collectrules.ground import source
from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.ground.nodes import Table
from collectrules.law.files import LIBRARIES
from collectrules.plugins.provenance import hash_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.ground.nodes import Node
    from collectrules.plugins.loading import Plugins

FILE_NAME: Final = "collectrules.lock"
FORMAT: Final = "1"
_PACKAGE: Final = Path(__file__).parent
_SHIPPED: Final = "collectrules"
_VERSION: Final = re.compile(r"^version:[ \t]*['\"]?([^'\"\s#]+)", re.MULTILINE)
_ZONES_VERSION: Final = re.compile(r"# version (\S+)")
_HEAD: Final = "# What answers are given with. Written by `collectrules lock`; `--locked` refuses anything else.\n"


class Locked(Struct, frozen=True, omit_defaults=True):
    """One thing that is locked."""

    hash: str
    version: str = ""


class Lock(Struct, frozen=True):
    """Everything that is locked, by what it is and its name."""

    lock: str
    program: dict[str, Locked]
    rulesets: dict[str, Locked]
    libraries: dict[str, Locked]
    plugins: dict[str, Locked]
    configuration: dict[str, Locked]
    time_zones: dict[str, Locked]

    def sections(self) -> Iterator[tuple[str, dict[str, Locked]]]:
        """What there is of each sort."""
        for name in self.__struct_fields__[1:]:
            yield name.replace("_", " "), getattr(self, name)


def lock_of(plugins: Plugins, folders: Iterable[Path], configuration: str) -> Lock:
    """What is here now.

    `folders` are those of rulesets beside the ones of plugins; `configuration` is what verdicts call the file: its name
    and the hash of its text, or nothing.
    """
    laws: dict[str, Locked] = {}
    libraries: dict[str, Locked] = {}
    for name, folder in _named(plugins, folders):
        for path in sorted(folder.rglob("*.yaml")):
            relative = path.relative_to(folder)
            content = path.read_bytes()
            written = _VERSION.search(content.decode("utf-8", "replace"))
            into = libraries if relative.parts[0] == LIBRARIES else laws
            into[f"{name}/{relative.as_posix()}"] = Locked(_hash(content), written[1] if written else "")
    name, _, hash_ = configuration.rpartition(" ")
    return Lock(
        lock=FORMAT,
        program={_SHIPPED: Locked(_hash_of_program(), __version__)},
        rulesets=laws,
        libraries=libraries,
        plugins={
            used.name: Locked(used.hash or f"switched off: {used.switched_off}", used.version) for used in plugins.used
        },
        configuration={name: Locked(hash_)} if configuration else {},
        time_zones={"zones": Locked(*_zones())},
    )


def text_of(lock: Lock) -> str:
    """The text of the file: the same things have the same text."""
    plain: dict[str, object] = {"lock": int(lock.lock)}
    for name, things in lock.sections():
        plain[name.replace(" ", "_")] = {
            each: {"version": of.version, "hash": of.hash} if of.version else {"hash": of.hash}
            for each, of in sorted(things.items())
        }
    return _HEAD + yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=1000)


def read_lock(path: Path) -> Lock:
    """Read a lock file. Raises InvalidInput."""
    written = _plain(source.read(source.file_text(path), str(path)))
    try:
        lock = convert(written, type=Lock)
    except ValidationError as error:
        message = f"this is no lock file: {str(error)[:1].lower()}{str(error)[1:]}"
        raise InvalidInput([Problem(Place(str(path)), "CR930", message, "write it anew: collectrules lock")]) from error
    if lock.lock != FORMAT:
        message = f"a lock file of format {lock.lock}; this collectrules reads format {FORMAT}"
        raise InvalidInput([Problem(Place(str(path)), "CR930", message, "write it anew: collectrules lock")])
    return lock


def _plain(node: Node) -> object:
    if isinstance(node, Table):
        return {name: _plain(entry) for name, entry in node.entries.items()}
    return node.scalar("a value of a lock file").text


def nearest(folder: Path) -> Path:
    """The lock file of a folder, else of the nearest folder above it. Raises InvalidInput."""
    for above in (folder, *folder.parents):
        if (above / FILE_NAME).is_file():
            return above / FILE_NAME
    problem = Problem(Place(str(folder)), "CR930", f"there is no {FILE_NAME} here or above", "run: collectrules lock")
    raise InvalidInput([problem])


def differences(locked: Lock, now: Lock) -> Iterator[str]:
    """Everything that is not as it is locked, a sentence each."""
    for (sort, there), (_, here) in zip(locked.sections(), now.sections(), strict=True):
        for name in sorted({*there, *here}):
            was, found = there.get(name), here.get(name)
            if was == found:
                continue
            if was is None:
                yield f"{sort}: `{name}` is not locked"
            elif found is None:
                yield f"{sort}: `{name}` is locked, and not here"
            elif was.version != found.version:
                yield f"{sort}: `{name}` has version {found.version or 'none'}; locked is {was.version or 'none'}"
            else:
                yield f"{sort}: `{name}` is not the same as when it was locked"


def check(path: Path, now: Lock) -> None:
    """Hold what is here against a lock file. Raises InvalidInput with everything that is not as it is locked."""
    wrong = list(differences(read_lock(path), now))
    if wrong:
        help_ = "take back what changed, or lock it anew: collectrules lock"
        raise InvalidInput([Problem(Place(str(path)), "CR931", each, help_) for each in wrong])


def _named(plugins: Plugins, folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Every folder of rulesets and whose it is; what else lies in this package is locked with the program."""
    shipped, *_ = plugins.ruleset_folders
    found = [(_SHIPPED, shipped)]
    for source_ in plugins.sources:
        name = source_.distribution.name if source_.distribution is not None else source_.name
        found += [(name, folder) for folder in source_.folders]
    found += [(folder.name, folder) for folder in folders if _PACKAGE not in folder.resolve().parents]
    seen: set[Path] = set()
    taken: dict[str, int] = {}
    for name, folder in found:
        if folder.resolve() not in seen:
            seen.add(folder.resolve())
            taken[name] = taken.get(name, 0) + 1
            yield name if taken[name] == 1 else f"{name} {taken[name]}", folder


def _hash_of_program() -> str:
    """Of every file of this package but its rulesets, which are locked one by one."""
    found = ((path.relative_to(_PACKAGE), path) for path in sorted(_PACKAGE.rglob("*")) if path.is_file())
    return hash_of(
        (name.as_posix(), path) for name, path in found if path.suffix != ".pyc" and name.parts[0] != "rulesets"
    )


def _zones() -> tuple[str, str]:
    """The hash of the time zones that clocks are read by, and their version where it can be told."""
    whole = sha256()
    for name in sorted(zoneinfo.available_timezones()):
        whole.update(f"{name}\0".encode() + sha256(_zone(name)).digest())
    return f"sha256:{whole.hexdigest()}", _zones_version()


def _zone(name: str) -> bytes:
    """The file of a zone, found as `zoneinfo` finds it."""
    for folder in zoneinfo.TZPATH:
        with suppress(OSError):
            return Path(folder, name).read_bytes()
    package, _, file = f"tzdata.zoneinfo.{name.replace('/', '.')}".rpartition(".")
    return (resources.files(package) / file).read_bytes()


def _zones_version() -> str:
    for folder in zoneinfo.TZPATH:
        with suppress(OSError), Path(folder, "tzdata.zi").open(encoding="utf-8") as file:
            found = _ZONES_VERSION.match(file.readline())
            return found[1] if found else ""
    with suppress(PackageNotFoundError):
        return version("tzdata")
    return ""


def _hash(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"

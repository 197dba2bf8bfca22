"""The files of a validation, and what each is: its first keys say so, else its name, even of one that is damaged."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from collectrules.ground import plain_json, source
from collectrules.ground.errors import InvalidInput
from collectrules.law.files import POLICIES
from collectrules.law.parts import PART_OF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

FileKind = Literal[
    "ruleset",
    "part",
    "policy",
    "library",
    "inheritance",
    "topics",
    "configuration",
    "exceptions",
    "survivors",
    "cases",
    "mapping",
    "unknown",
]

_KEY: Final = re.compile(r"^(?:['\"]?)([A-Za-z_]+)(?:['\"]?)\s*:", re.MULTILINE)
_KINDS: Final[tuple[tuple[FileKind, frozenset[str]], ...]] = (
    ("ruleset", frozenset({"ruleset", "policy"})),
    ("part", frozenset({PART_OF})),
    ("inheritance", frozenset({"inheritance"})),
    ("library", frozenset({"library"})),
    ("topics", frozenset({"topics"})),
    ("exceptions", frozenset({"exceptions"})),
    ("survivors", frozenset({"survivors"})),
    ("cases", frozenset({"cases", "action", "ask"})),
    ("configuration", frozenset({"assume", "rulesets", "accept"})),
    ("mapping", frozenset({"columns", "meanings", "statuses", "states", "gives"})),
)
"""What a file is by one of its keys; the first that fits."""
_NO_NAMES: Final[Mapping[str, FileKind]] = MappingProxyType({})
_ID_KEYS: Final = ("ruleset", "policy", "library")
_ID: Final = re.compile(rf"^(?:{'|'.join(_ID_KEYS)}):\s*['\"]?([A-Za-z0-9_.]+)", re.MULTILINE)
_PART: Final = re.compile(rf"^{PART_OF}:\s*['\"]?([A-Za-z0-9_.]+)", re.MULTILINE)
_YAML: Final = (".yaml", ".yml")
_JSON: Final = ".json"


class FileSeen(Struct, frozen=True):
    """A file, what it is, and whether it was named or lay in a folder that was."""

    path: Path
    kind: FileKind
    named: bool
    given: Path
    """What was named: the file, or the folder in which it lies."""
    root: Path | None
    """The folder of rulesets in which it lies: its id says so, or it is one that every command reads. None: unknown."""


def seen(
    paths: Iterable[Path], folders: Iterable[Path] = (), names: Mapping[str, FileKind] = _NO_NAMES
) -> Iterator[FileSeen]:
    """Every file that was named, and every file of YAML, and of cases in JSON, in a folder that was; each once.

    `folders` are folders of rulesets that every command reads; `names` say what a file is whose keys do not.
    """
    loaded = [folder.resolve() for folder in folders]
    once: set[Path] = set()
    for given in paths:
        files = [given] if not given.is_dir() else [each for each in sorted(given.rglob("*")) if _is_text(each, given)]
        for path in files:
            file = _file(path, given, loaded, names)
            if path.resolve() in once or (file.kind == "unknown" and path.suffix == _JSON and path != given):
                continue
            once.add(path.resolve())
            yield file


def _is_text(path: Path, folder: Path) -> bool:
    if any(part.startswith(".") for part in path.relative_to(folder).parts) or not path.is_file():
        return False
    return path.suffix.lower() in (*_YAML, _JSON)


def _file(path: Path, given: Path, loaded: Iterable[Path], names: Mapping[str, FileKind]) -> FileSeen:
    try:
        text = source.file_text(path)
    except InvalidInput:
        text = ""  # reading it tells why
    kind = _kind(text)
    if kind == "unknown":
        kind = names.get(path.name, kind)
    if kind == "ruleset" and _is_policy_alone(path, text):
        return FileSeen(path, "policy", named=path == given, given=given, root=None)
    return FileSeen(path, kind, named=path == given, given=given, root=root_of(path, text, loaded))


def _is_policy_alone(path: Path, text: str) -> bool:
    """Is it a collections policy that holds no house rules and lies nowhere where rulesets are read?"""
    keys = frozenset(_KEY.findall(text))
    return {"policy", "stages"} <= keys and "rules" not in keys and POLICIES not in path.parts


def _kind(text: str) -> FileKind:
    keys = frozenset(_KEY.findall(text))
    if text.lstrip()[:1] == "{":
        first = plain_json.value(text) or plain_json.value(text.lstrip().splitlines()[0]) or {}
        keys = frozenset(first)
    return next((kind for kind, own in _KINDS if own & keys), "unknown")


def root_of(path: Path, text: str, loaded: Iterable[Path] = ()) -> Path | None:
    """The folder of rulesets: where the id of a file agrees with where it lies, else the one of these that has it."""
    written = _ID.search(text)
    parts = tuple(written[1].split(".")) if written is not None else ()
    if (part := _PART.search(text)) is not None:
        parts = (*part[1].split("."), path.stem)
    inside = path.with_suffix("").parts[-len(parts) :]
    if parts and parts == inside:
        return path.parents[len(parts) - 1]
    whole = path.resolve()
    depths = [len(whole.relative_to(folder).parts) for folder in loaded if whole.is_relative_to(folder)]
    return path.parents[min(depths) - 1] if depths and min(depths) <= len(path.parents) else None

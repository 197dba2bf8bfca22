"""Rulesets that were read before, kept as they were: reading and proving a large file costs more than a check.

A kept ruleset is used only if the file's text, this package's own code and the interpreter are the same, and only where
no plugin adds kinds or functions, whose code is not known here. It lies in the user's cache folder, readable by the
user alone, and may be deleted at any time. `COLLECTRULES_CACHE=off` turns keeping off; any other value names a folder.
"""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from collectrules._version import __version__
from collectrules.ground.generated import cache_folder, keep_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.law.rulesets import Language, Ruleset

_PACKAGE: Final = Path(__file__).parents[1]
_ENDING: Final = ".ruleset"
_MOST_KEPT: Final = 500
"""Files, before the older half is deleted."""


def place_for(path: Path, relative: Path | None, text: str, language: Language) -> Path | None:
    """Where a ruleset of this very text is kept; None where nothing is."""
    folder = cache_folder()
    if folder is None or not language.is_built_in:
        return None
    parts = (str(path), str(relative), text, *sorted(language.channels), _code())
    return folder / f"{path.stem}-{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}{_ENDING}"


def kept(place: Path | None, language: Language) -> Ruleset | None:
    """The ruleset as it was kept; None where there is none, or it cannot be used."""
    if place is None:
        return None
    with suppress(
        OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, KeyError, TypeError
    ):
        found: Ruleset = _Unpickler(BytesIO(place.read_bytes()), language).load()
        return found if type(found).__name__ == "Ruleset" else None
    return None


def keep(place: Path | None, ruleset: Ruleset) -> None:
    """Keep a ruleset that was read without a problem. Where that fails, nothing is lost but time."""
    if place is None:
        return
    with suppress(OSError, pickle.PicklingError, TypeError, AttributeError):
        buffer = BytesIO()
        _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(ruleset)
        keep_file(place, buffer.getvalue())
        _forget_oldest(place.parent)


def _forget_oldest(folder: Path) -> None:
    """A text that was changed is kept anew each time: of very many, the older half goes."""
    files = [(file.stat().st_mtime_ns, file.path) for file in os.scandir(folder) if file.name.endswith(_ENDING)]
    if len(files) > _MOST_KEPT:
        for _, path in sorted(files)[: len(files) // 2]:
            Path(path).unlink(missing_ok=True)


@cache
def _code() -> str:
    """What this package's code is: its version, the interpreter, and when and how large each module is."""
    stamps = sorted(
        f"{path.name}:{stat.st_mtime_ns}:{stat.st_size}" for path in _PACKAGE.rglob("*.py") for stat in (path.stat(),)
    )
    return f"{__version__} {sys.version} {stamps}"


class _Pickler(pickle.Pickler):
    """Rule kinds and question kinds are named, not stored: their functions belong to the code."""

    def persistent_id(self, obj: Any) -> tuple[str, str] | None:
        name = type(obj).__name__
        return (name, obj.name) if name in ("RuleKind", "QuestionKind") else None

    def reducer_override(self, obj: Any) -> Any:
        """A dataclass is its class and its values: putting them back is the greater part of a cold start."""
        if not is_dataclass(obj) or isinstance(obj, type) or not hasattr(obj, "__slots__"):
            return NotImplemented
        return made_again, (type(obj), *[getattr(obj, field.name) for field in fields(obj)])


def made_again(of: type, *values: object) -> object:
    """A frozen object with slots as it was, past its `__init__`."""
    made: object = object.__new__(of)
    for put, value in zip(_setters(of), values, strict=True):
        put(made, value)
    return made


@cache
def _setters(of: Any) -> tuple[Callable[[object, object], None], ...]:
    return tuple(getattr(of, field.name).__set__ for field in fields(of))


class _Unpickler(pickle.Unpickler):
    """Makes objects of this package and of a few plain types, nothing else."""

    def __init__(self, file: BytesIO, language: Language) -> None:
        super().__init__(file)
        self._language = language

    def persistent_load(self, pid: tuple[str, str]) -> Any:
        group, name = pid
        return (self._language.kinds if group == "RuleKind" else self._language.questions)[name]

    def find_class(self, module: str, name: str) -> Any:
        if not module.startswith("collectrules.") and module not in ("datetime", "decimal", "pathlib"):
            raise pickle.UnpicklingError(f"{module}.{name} does not belong into a ruleset")
        return super().find_class(module, name)

"""Rulesets that were read before, kept as plain values: reading and proving a large file costs more than a check.

A kept ruleset is used only for the very text at the very place that it was read from, by the code that read it, and
only where no plugin adds kinds or functions, whose code is not known here. Nothing in it can run: kinds are names.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import DecodeError, msgpack

from collectrules._version import __version__
from collectrules.ground import cache as kept_files
from collectrules.ground.plain import PlainValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.ground.cache import Slot
    from collectrules.law.model import Language

T = TypeVar("T", bound=PlainValue)

_ENDING: Final = ".ruleset"
_PACKAGE: Final = Path(__file__).parents[1]
_READING: Final = ("case", "expressions", "ground", "law", "measures")
"""The floors whose code decides what a file is read as."""


def slot(path: Path, relative: Path | None, text: str, language: Language, beside: str = "") -> Slot | None:
    """Where what is read of this very text, and of what else it was read with, is kept; None where nothing is."""
    if not language.is_built_in:
        return None
    words = (
        *language.kinds,
        "",
        *language.questions,
        "",
        *language.functions,
        "",
        *map(str, language.channels.values()),
    )
    key = "\0".join((str(path), str(relative), *words, "", _code(), beside, "", text)).encode()
    return kept_files.slot(path.stem, _ENDING, key)


def load(place: Slot | None, kind: type[T]) -> T | None:
    """What was kept of that kind; None where there is nothing, or it cannot be used."""
    content = None if place is None else kept_files.load(place)
    try:
        return None if content is None else msgpack.decode(content, type=kind)
    except DecodeError:
        return None


def keep(place: Slot | None, now: Slot | None, read: PlainValue) -> None:
    """Keep what was read without a problem. A number of more than 64 bits has no kept form.

    `place` is from before it was read, `now` from after: where they differ, what it was made of became another
    meanwhile, and nothing is kept.
    """
    if place is not None and place == now:
        try:
            content = msgpack.encode(read)
        except OverflowError:
            return
        kept_files.keep(place, content)


@cache
def _code() -> str:
    """What the code that reads is: the package's version, and when and how large each module is."""
    return "\0".join((__version__, *sorted(_stamps(str(_PACKAGE), _READING))))


def _stamps(folder: str, only: tuple[str, ...] = ()) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if not only or entry.name in only:
                    yield from _stamps(entry.path)
            elif entry.name.endswith((".py", ".json")):
                status = entry.stat()
                yield f"{entry.path}:{status.st_mtime_ns}:{status.st_size}"

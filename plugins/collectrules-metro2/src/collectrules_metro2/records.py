"""Files of the Metro 2 character format: records with their segments, read and written byte for byte.

A record is as long as its descriptor words say, filled with blanks. Line ends are no part of the format; where a file
has some, they are kept where they stood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules_metro2 import segments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules_metro2.segments import Segment

_WORD: Final = 4
"""Characters of a descriptor word, which holds a length in digits."""
_BASES: Final = {"HEADER": "header", "TRAILE": "trailer"}


class Record(NamedTuple):
    """One record: its first segment, and those behind it."""

    base: Segment
    more: tuple[Segment, ...]
    length: int
    """Characters, without a block descriptor word."""
    block: int | None = None
    """The block descriptor word, where there is one."""

    def text(self) -> str:
        """The record as it stands in a file, without line ends."""
        block = f"{self.block:04}" if self.block is not None else ""
        return block + "".join(each.text() for each in (self.base, *self.more)).ljust(self.length)


class File(NamedTuple):
    """What a file holds: records, or segments alone, and where it has line ends."""

    records: tuple[Record, ...]
    segments: tuple[Segment, ...]
    breaks: tuple[int, ...]
    """Before which characters, counted without line ends, one stands."""

    def to_bytes(self) -> bytes:
        """The file, byte for byte."""
        text = "".join(each.text() for each in self.records) + "".join(each.text() for each in self.segments)
        pieces = [text[first:last] for first, last in zip((0, *self.breaks), (*self.breaks, len(text)), strict=True)]
        return "\n".join(pieces).encode("ascii")


def read(data: bytes) -> File:
    """Read a file: records, or segments alone. Raises ValueError for what is none."""
    lines = data.decode("ascii").split("\n")
    text = "".join(lines)
    breaks: list[int] = []
    for line in lines[:-1]:
        breaks.append((breaks[-1] if breaks else 0) + len(line))
    if text[:2] in segments.NAMED:
        return File((), tuple(segments.read_all(text)), tuple(breaks))
    return File(tuple(_records(text)), (), tuple(breaks))


def _records(text: str) -> Iterator[Record]:
    while text:
        first, second = _number(text[:_WORD]), _number(text[_WORD : 2 * _WORD])
        if first is None:
            raise ValueError(f"a record begins with its length in {_WORD} digits, and here is `{text[:_WORD]}`")
        block = first if second is not None and second == first - _WORD else None
        if block is not None:
            text = text[_WORD:]
        length = first - _WORD if block is not None else first
        record, text = text[:length], text[length:]
        if len(record) < length:
            raise ValueError(f"a record of {length} characters ends after {len(record)}")
        base = segments.read(_BASES.get(record[_WORD : _WORD + 6], "base"), record)
        yield Record(base, tuple(segments.read_all(record[segments.length(base.name) :])), length, block)


def _number(word: str) -> int | None:
    return int(word) if len(word) == _WORD and word.isdecimal() else None

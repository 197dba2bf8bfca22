"""ZIP archives written in pieces, the same bytes for the same parts: no clock and no name of a machine is in them."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The first that a ZIP can have: when a part was written is no part of the content."""
_RIGHTS: Final = 0o100644 << 16
_UNIX: Final = 3
_LEVEL: Final = 6


class _Pieces:
    """What was written and not yet taken."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._written.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is kept back."""

    def take(self) -> bytes:
        taken = b"".join(self._written)
        self._written.clear()
        return taken


class Archive:
    """A ZIP in the making. Its pieces come from `part` and `end`, in the order in which they are to be written."""

    def __init__(self) -> None:
        self._pieces = _Pieces()
        self._zip = zipfile.ZipFile(self._pieces, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)  # type: ignore[call-overload]  # it needs no more than `write` and `flush`
        self.hashes: dict[str, str] = {}
        """The sha256 of the content of each part, by its name."""
        self.sizes: dict[str, int] = {}

    def part(self, name: str, content: Iterable[bytes]) -> Iterator[bytes]:
        """One part, and the pieces of the ZIP that it makes."""
        entry = zipfile.ZipInfo(name, _MOMENT)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = _RIGHTS
        entry.create_system = _UNIX
        digest = sha256()
        size = 0
        with self._zip.open(entry, "w", force_zip64=True) as part:
            for piece in content:
                digest.update(piece)
                size += len(piece)
                part.write(piece)
                if taken := self._pieces.take():
                    yield taken
        self.hashes[name] = digest.hexdigest()
        self.sizes[name] = size
        yield self._pieces.take()

    def end(self) -> Iterator[bytes]:
        """The table of contents, which closes the ZIP."""
        self._zip.close()
        yield self._pieces.take()

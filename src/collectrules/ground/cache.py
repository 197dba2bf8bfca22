"""Plain bytes kept from one run to the next, in a folder that nobody but the user can write to.

What is kept is used only where its digest fits: that of the content together with a key, which names everything the
content was made from. A file that does not fit (damaged, of something else, a link, another user's) counts as missing.
`COLLECTRULES_CACHE=off` turns keeping off; any other value names the folder, which may be deleted at any time.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec import Struct

_DIGEST_LENGTH: Final = 32
_FOR_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH
_NO_LINKS: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Neither through a link nor waiting for a pipe's other end. Windows has neither flag, and its own for binary files."""
_MOST_FILES: Final = 2_000
"""Files of one ending, before the older half is deleted: all law, in several versions that are compared."""


class Slot(Struct, frozen=True):
    """Where something is kept, and the digest of the key from which alone it may come."""

    file: Path
    of_key: bytes

    def digest(self, content: bytes) -> bytes:
        """Of the key and the content: a file under another name, or with one bit changed, does not fit."""
        return sha256(self.of_key + content).digest()


def slot(name: str, ending: str, key: bytes) -> Slot | None:
    """A place in the cache for what is made from `key`; None where nothing is to be kept."""
    folder, of_key = cache_folder(), sha256(key).digest()
    return None if folder is None else Slot(folder / f"{name}-{of_key.hex()[:32]}{ending}", of_key)


def cache_folder() -> Path | None:
    """Where things are kept between runs; None where `COLLECTRULES_CACHE=off`, or where there is no home."""
    wanted = os.environ.get("COLLECTRULES_CACHE", "")
    if wanted == "off":
        return None
    if wanted:
        return Path(wanted)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    with suppress(RuntimeError):
        return (Path(base) if base else Path.home() / ".cache") / "collectrules"
    return None


def load(place: Slot) -> bytes | None:
    """What is kept there; None where nothing is that fits."""
    try:
        if not _is_own(place.file.parent.lstat()):
            return None
        descriptor = os.open(place.file, os.O_RDONLY | _NO_LINKS)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            whole = file.read() if stat.S_ISREG(status.st_mode) and _is_own(status) else b""
    except OSError:
        return None
    digest, content = whole[:_DIGEST_LENGTH], whole[_DIGEST_LENGTH:]
    return content if digest == place.digest(content) else None


def keep(place: Slot, content: bytes) -> None:
    """Keep the content. Where that fails, nothing is lost but time."""
    with suppress(OSError):
        keep_file(place.file, place.digest(content) + content)
        _delete_oldest(place.file.parent, place.file.suffix)


def keep_file(file: Path, content: bytes) -> None:
    """Put a file into the cache folder, at once and whole, for the user alone. Raises OSError."""
    folder = file.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_own(folder.lstat()):
        raise PermissionError(f"{folder} is not a folder of this user alone")
    temporary = file.with_name(f".{os.urandom(8).hex()}{file.suffix}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINKS, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as writing:
            writing.write(content)
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _is_own(status: os.stat_result) -> bool:
    """Does it belong to this user, nobody else allowed to write? Windows keeps the folders of its users apart."""
    if not hasattr(os, "geteuid"):
        return not stat.S_ISLNK(status.st_mode)
    return not stat.S_ISLNK(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & _FOR_OTHERS


def _delete_oldest(folder: Path, ending: str) -> None:
    """A text that was changed is kept anew each time, and a run that was stopped leaves its file behind."""
    with os.scandir(folder) as entries:  # another process may delete a file meanwhile, which ends the listing
        files = [
            (entry.stat(follow_symlinks=False).st_mtime_ns, entry.path)
            for entry in entries
            if entry.name.endswith(ending)
        ]
    if len(files) > _MOST_FILES:
        for _, path in sorted(files)[: len(files) // 2]:
            Path(path).unlink(missing_ok=True)

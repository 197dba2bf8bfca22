"""The folder in which things are kept from one run of the command line to the next."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


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


def keep_file(place: Path, content: bytes) -> None:
    """Put a file into the cache folder, at once and whole, for the user alone. Raises OSError."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = place.with_suffix(f".{os.getpid()}")
    new.write_bytes(content)
    new.chmod(0o600)
    new.replace(place)

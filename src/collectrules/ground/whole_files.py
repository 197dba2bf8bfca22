"""Files that are there whole, or as they were: what is written lies beside them until all of it is written."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A name beside a file, with its ending, for what is to take its place; what lies there afterwards is deleted."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part{path.suffix}")
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def put(part: Path, path: Path) -> None:
    """Give a file that is whole its name, with the rights of what stood there; it is on the disk before its name is."""
    if path.exists():
        part.chmod(path.stat().st_mode)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)


def write(path: Path, text: str) -> None:
    """Write a text in place of what stands there; a link stays one. What is no file, as a pipe, is written to."""
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8")
        return
    with beside(path) as part:
        part.write_text(text, encoding="utf-8")
        put(part, path)

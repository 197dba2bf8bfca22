"""How far a long run is, on standard error, where that is a terminal; elsewhere nothing is written."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress(length: int, label: str) -> Iterator[Callable[[int], None]]:
    """A bar of that length; gives what moves it on by so much."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    shown: Any = click.progressbar(length=length, label=label, file=sys.stderr)
    with shown as bar:
        yield bar.update

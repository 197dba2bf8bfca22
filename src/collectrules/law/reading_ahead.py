"""Rulesets of which nothing is kept, read by two processes: a command's first answer after an update comes sooner.

The other process reads from the last file on, and keeps what it reads; this one reads from the first on and finds it
there. It is measured by the benchmark of a cold start: with an empty cache a check takes a seventh less. Where nothing
can be kept, where there is no fork, and beside threads, which a fork would leave behind, one process reads all.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from collectrules.ground.cache import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

_FEW: Final = 4
"""Fewer files are read before another process would have begun."""


class ReadingAhead:
    """Another process that reads files from the last on, until it comes to one that is kept: the two have met.

    `read` reads a file, keeps what it reads, and tells whether that had been kept before. The process is gone when the
    block ends; what is wrong with a file is told by the one that reads it after it.
    """

    def __init__(self, files: Sequence[Path], read: Callable[[Path], bool]) -> None:
        self._files = files
        self._read = read
        self._process = 0

    def __enter__(self) -> Self:
        """Nothing is begun yet: all may be kept."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for the other process."""
        if self._process:
            with suppress(ChildProcessError):  # where ended children are not kept, it is waited for all the same
                os.waitpid(self._process, 0)

    def begin(self, at: Path) -> None:
        """This one reads a file that is not kept: let the other process read those behind it, unless it has begun."""
        behind = self._files[self._files.index(at) + 1 :] if at in self._files else ()
        if self._process or len(behind) < _FEW or not _can_fork():
            return
        try:
            self._process = os.fork()
        except OSError:  # no more processes are allowed, or memory is short: this one reads all
            self._files = ()
            return
        if not self._process:
            try:
                self._read_from_the_last(behind)
            finally:
                os._exit(0)  # whatever happened here: the files are read again by who wants them

    def _read_from_the_last(self, files: Sequence[Path]) -> None:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):  # whoever waits for the end of what the command writes does not wait for this
            os.dup2(nowhere, stream)
        for file in reversed(files):
            if self._read(file):
                return


def _can_fork() -> bool:
    return hasattr(os, "fork") and cache_folder() is not None and threading.active_count() == 1

"""Whole processes, from start to exit, against an interpreter that imports what the package depends on.

`check` is run with the rulesets that earlier runs kept, as on a machine that uses it, and with an empty cache folder,
as after an update of the package. Fewer are better.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from benchmarks.row import Row, paired

TITLE: Final = """\
a cold start, in pairs with an interpreter that imports click, msgspec, pluggy, yaml
(left out: writing Python's own .pyc files)"""
IMPORTS: Final[tuple[str, ...]] = (sys.executable, "-c", "import click, msgspec, pluggy, yaml")
PROGRAM: Final[tuple[str, ...]] = (sys.executable, "-m", "collectrules")
CASE: Final = str(Path(__file__).parents[1] / "examples" / "eighth-call.yaml")


def rows(*, quick: bool = False) -> list[Row]:
    """One row a command: the median of the times and of the ratios, taken pair by pair."""
    pairs = 2 if quick else 15
    check = (*PROGRAM, "check", CASE)
    made = []
    with TemporaryDirectory() as folder:
        kept = Path(folder) / "kept"
        for command in (IMPORTS, check, check):
            _seconds(command, kept)
        for name, command in (("--version", (*PROGRAM, "--version")), ("check, rulesets kept", check)):
            taken = [(_seconds(command, kept), _seconds(IMPORTS, kept)) for _ in range(pairs)]
            made.append(paired("cold", name, taken, "ms", "the imports"))
        empty = [(_seconds(check, Path(folder) / str(number)), _seconds(IMPORTS, kept)) for number in range(pairs)]
        made.append(paired("cold", "check, empty cache", empty, "ms", "the imports"))
    return made


def _seconds(command: tuple[str, ...], cache: Path) -> float:
    environment = {**os.environ, "COLLECTRULES_CACHE": str(cache)}
    start = perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603 - our own command
    taken = perf_counter() - start
    assert done.returncode in (0, 1), done.stderr.decode()  # 1: denied, which that case is
    return taken

"""Whole processes, from start to exit, against an interpreter that imports click, yaml and pluggy.

What is kept between runs is kept, Python's own bytecode included: each command runs before it is timed, as it has on a
machine that uses it. One row has nothing kept but the bytecode: the first check after an installation.
The median of the ratios counts, taken pair by pair. Fewer are better.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from benchmarks.row import Row, paired

TITLE: Final = "a cold start, against an interpreter that imports click, yaml and pluggy"
CASE: Final = Path(__file__).parents[1] / "examples" / "eighth-call.yaml"


def rows(*, quick: bool = False) -> list[Row]:
    """One row a command."""
    pairs = 2 if quick else 15
    base = (sys.executable, "-c", "import click, pluggy, yaml")
    check = (sys.executable, "-m", "collectrules", "check", str(CASE))
    commands = {
        "collectrules --version": ((sys.executable, "-m", "collectrules", "--version"), True),
        "collectrules check CASE": (check, True),
        "collectrules check CASE, empty cache": (check, False),
    }
    made = []
    with TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        for name, (command, keeping) in commands.items():
            for warmed in (base, command, command):
                _seconds(warmed, cache, keeping=True)
            taken = [
                (_seconds(command, cache, keeping=keeping), _seconds(base, cache, keeping=True)) for _ in range(pairs)
            ]
            made.append(paired("cold", name, taken, "ms", "the imports"))
    return made


def _seconds(command: tuple[str, ...], cache: Path, *, keeping: bool) -> float:
    """How long a command runs, with the cache as the last one left it or with an empty one."""
    if not keeping:
        rmtree(cache, ignore_errors=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = perf_counter()
    subprocess.run(  # noqa: S603 - our own command
        command, capture_output=True, check=False, env={**environment, "COLLECTRULES_CACHE": str(cache)}
    )
    return perf_counter() - start

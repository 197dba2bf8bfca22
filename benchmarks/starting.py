"""Whole processes, from start to exit, against an interpreter that imports click, yaml and pluggy.

What is kept between runs is kept: each command runs once before it is timed, as it has on a machine that uses it.
The median of the ratios counts, taken pair by pair. Fewer are better.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks.row import Row, paired

TITLE: Final = "a cold start, against an interpreter that imports click, yaml and pluggy"
CASE: Final = Path(__file__).parents[1] / "examples" / "eighth-call.yaml"


def rows(*, quick: bool = False) -> list[Row]:
    """One row a command."""
    pairs = 2 if quick else 15
    base = (sys.executable, "-c", "import click, pluggy, yaml")
    commands = {
        "collectrules --version": (sys.executable, "-m", "collectrules", "--version"),
        "collectrules check CASE": (sys.executable, "-m", "collectrules", "check", str(CASE)),
    }
    made = []
    for name, command in commands.items():
        for warmed in (base, command, command):
            _seconds(warmed)
        taken = [(_seconds(command), _seconds(base)) for _ in range(pairs)]
        made.append(paired("cold", name, taken, "ms", "the imports"))
    return made


def _seconds(command: tuple[str, ...]) -> float:
    start = perf_counter()
    subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own command
    return perf_counter() - start

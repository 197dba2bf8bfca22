"""Whatever is done to a file, what is wrong with it has a place, and nothing is raised, hangs, or eats the memory.

`COLLECTRULES_DAMAGE=25` tries 5,000 damaged files, as before a release.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random
from time import process_time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.validation.report import Report

RULESETS = Path(__file__).parents[2] / "rulesets"
SHORT = (
    "ie/harassment",
    "ca/federal/interest_act",
    "us/federal/deceptive_forms",
    "house",
    "topics",
    "common/us_claims",
)
JUNK = (
    "",
    "\x00",
    "\t",
    "- ",
    ": ",
    "? ",
    "{",
    "]",
    '"',
    "&a ",
    "*a",
    "9" * 400,
    "x" * 400,
    "0",
    "2026-02-30",
    "\u2028",
    "#",
)
LONGEST = 5.0
"""Seconds of this process alone: a busy machine makes nothing hang."""
MOST_MEMORY = 200 * 2**20
"""Bytes that damaged files may take beside what whole ones did."""
SCALE = int(os.environ.get("COLLECTRULES_DAMAGE", "1"))


def most_memory() -> int:
    """The most memory that this process has held so far, in bytes."""
    resource = pytest.importorskip("resource")
    held: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024


@pytest.mark.parametrize("name", [name for name in SHORT if (RULESETS / f"{name}.yaml").is_file()])
def test_damaged_files_are_validated(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, validated: Callable[..., Report]
) -> None:
    chance = Random(name)
    monkeypatch.chdir(tmp_path)
    text = (RULESETS / f"{name}.yaml").read_text("utf-8")
    file = Path(f"{name}.yaml")
    file.parent.mkdir(parents=True, exist_ok=True)
    found = 0
    validated(str(RULESETS / f"{name}.yaml"))
    memory = most_memory()
    for _ in range(40 * SCALE):
        damaged = text
        for _ in range(chance.randint(1, 3)):
            first = chance.randrange(len(damaged) + 1)
            last = min(len(damaged), first + chance.choice((0, 0, 1, 5, 40)))
            damaged = damaged[:first] + chance.choice(JUNK) + damaged[last:]
        file.write_text(damaged, encoding="utf-8")
        before = process_time()
        report = validated(str(file))
        assert process_time() - before < LONGEST, damaged
        assert len(report.files) == 1
        for fault in report.faults:
            assert fault.message
            assert fault.place.path
            assert fault.place.line > 0 or fault.code in ("CR002", "CR003", "CR141", "CR200"), fault
        found += bool(report.errors)
    assert found > 10 * SCALE
    assert most_memory() - memory < MOST_MEMORY

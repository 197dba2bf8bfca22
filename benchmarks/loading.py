"""The same check in each place, with every ruleset there is, and with ten times as many. What does not apply is free.

The ratio is to the check with the shipped rulesets alone: 1 is no slower.
"""

from __future__ import annotations

import shutil
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.cases import quiet
from benchmarks.row import Row, seconds_a_call
from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping
from collectrules.plugins.loading import load_plugins

TITLE: Final = "a check of 50 events, with more and more law loaded that does not apply"
TIMES: Final = 10


def rows(*, quick: bool = False) -> list[Row]:
    """Microseconds a check in each place; "read as needed" is the yardstick."""
    rounds, budget = (3, 0.02) if quick else (15, 0.1)
    today = date(2026, 11, 21)
    with TemporaryDirectory() as folder:
        copies = Path(folder)
        shipped = load_plugins().ruleset_folders
        only_needed, all_read = (Advisor.load(today=today) for _ in range(2))
        number = len(all_read.rulebook.rulesets())
        _copy(shipped, copies)
        ten_times = Advisor.load(rulesets=[copies], today=today)
        ten_times.rulebook.rulesets()
        advisors = {
            "read as needed": only_needed,
            f"all {number} rulesets read": all_read,
            f"{number * TIMES} rulesets read": ten_times,
        }
        made: list[Row] = []
        for jurisdiction in sorted({ruleset.jurisdiction for ruleset in all_read.rulebook.rulesets()}):
            case = case_from_mapping({**quiet(50), "jurisdiction": jurisdiction})
            calls = {name: partial(advisor.check, case) for name, advisor in advisors.items()}
            times = seconds_a_call(calls, rounds=rounds, budget=budget)
            made += [
                Row(jurisdiction, name, 1e6 * taken, "us", taken / times["read as needed"], to="read as needed")
                for name, taken in times.items()
            ]
        return made


def _copy(shipped: tuple[Path, ...], copies: Path) -> None:
    """Nine more of every shipped ruleset, each under a country that does not exist."""
    for number in range(TIMES - 1):
        country = f"x{chr(ord('a') + number)}"
        for folder in shipped:
            for path in folder.rglob("*.yaml"):
                parts = path.relative_to(folder).parts
                target = copies / country / Path(*parts[1:])
                target.parent.mkdir(parents=True, exist_ok=True)
                text = path.read_text("utf-8")
                first = parts[0]
                text = text.replace(f"ruleset: {first}.", f"ruleset: {country}.", 1)
                text = text.replace(f"part_of: {first}.", f"part_of: {country}.", 1)
                text = text.replace(f"jurisdiction: {first.upper()}", f"jurisdiction: {country.upper()}", 1)
                target.write_text(text, "utf-8")
                shutil.copystat(path, target)

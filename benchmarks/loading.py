"""The same check in each place, with every ruleset there is, and with ten times as many. What does not apply is free.

The ratio is to the check with the shipped rulesets alone: 1 is no slower.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from functools import partial
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.cases import quiet
from benchmarks.row import Row, seconds_a_call
from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping
from collectrules.law.files import LIBRARIES
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
    """Nine more of every shipped ruleset: each country's law under nine countries that do not exist."""
    countries = {folder / place.name for folder in shipped for place in folder.iterdir() if place.is_dir()}
    countries = {country for country in countries if country.name != LIBRARIES}
    taken = {country.name for country in countries}
    free = (code for code in map("".join, product(ascii_lowercase, repeat=2)) if code not in taken)
    for country in sorted(countries):
        for code in islice(free, TIMES - 1):
            for path in country.rglob("*.yaml"):
                target = copies / code / path.relative_to(country)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(_renamed(path.read_text("utf-8"), country.name, code), "utf-8")
                shutil.copystat(path, target)


def _renamed(text: str, country: str, code: str) -> str:
    text = re.sub(rf"^(ruleset|part_of): {country}\b", rf"\1: {code}", text, count=1, flags=re.MULTILINE)
    places = re.compile(r"^(?:jurisdiction|also_in|where|cities):.*$", re.MULTILINE)
    return places.sub(lambda line: re.sub(rf"\b{country.upper()}\b", code.upper(), line[0]), text)

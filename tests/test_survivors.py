"""The shipped law is held to the line: a number, hour, day or order that changes is noticed, or named with the reason.

A part of the rulesets is tried; `COLLECTRULES_TEST_ALL=1` tries every one, in a minute or two.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from collectrules.plugins.loading import load_plugins
from collectrules.testing.libraries import libraries_in, run_library, users_of
from collectrules.testing.mutation import Wanted, run
from collectrules.testing.rulesets import Chosen, rulesets_in, trial_of
from collectrules.testing.survivors import read_survivors
from collectrules.testing.telling import MutationReport

ROOT = Path(__file__).parents[1]
EVERY = list(rulesets_in([ROOT / "rulesets"]))
LIBRARIES = list(libraries_in([ROOT / "rulesets"]))
QUICK = "common.reference_rates"
"""A library that few rulesets use."""
LARGE = 40_000
"""Bytes of a file, from which on it is tried only with all others."""
ALL = bool(os.environ.get("COLLECTRULES_TEST_ALL"))
_FEW = [each for each in EVERY if each.path.stat().st_size < LARGE and not each.path.with_suffix("").is_dir()]
TRIED = EVERY if ALL else _FEW[::12]


@pytest.mark.parametrize("chosen", TRIED, ids=lambda each: each.path.relative_to(ROOT).as_posix())
def test_every_line_of_the_shipped_law_is_held(chosen: Chosen) -> None:
    accepted = read_survivors(ROOT / "survivors.yaml")
    tried = list(run(trial_of(chosen.path, load_plugins()), Wanted(chosen, look=False, boundary=True)))
    report = MutationReport({str(chosen.path): tried}, accepted)
    assert report.is_clean, report.text()


@pytest.mark.parametrize(("name", "path"), LIBRARIES if ALL else [each for each in LIBRARIES if each[0] == QUICK])
def test_every_line_of_the_shipped_libraries_is_held(name: str, path: Path) -> None:
    accepted = read_survivors(ROOT / "survivors.yaml")
    users = users_of([(name, path)], load_plugins())[name]
    tried = list(run_library(name, path, users, Wanted(Chosen(path), look=False, boundary=True)))
    report = MutationReport({str(path): tried}, accepted)
    assert users or not tried
    assert report.is_clean, report.text()


def test_every_survivor_belongs_to_a_shipped_ruleset_and_has_a_reason() -> None:
    accepted = read_survivors(ROOT / "survivors.yaml")
    paths = [*(each.path for each in EVERY), *(path for _, path in LIBRARIES)]
    ids = tuple(path.relative_to(ROOT / "rulesets").with_suffix("").as_posix().replace("/", ".") for path in paths)
    for name, entry in accepted.items():
        assert name.startswith(tuple(f"{each}{mark}" for each in ids for mark in ".: ")), name
        assert len(entry.reason) > 20

"""Whole cases of our own, told from law, rulings and guidance: each is answered as its file expects."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "cases" / "own"
TODAY = "2026-11-30"
"""The day as of which the files were written: rulesets age, and these answers must not."""


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER.glob("*.yaml")))
def test_every_case_of_a_file_is_answered_as_it_expects(file: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "collectrules", "test", "--json", "--today", TODAY, str(FOLDER / file)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.stdout, ran.stderr
    results = json.loads(ran.stdout)["results"]
    assert results
    assert {each["name"]: each["remarks"] for each in results if each["status"] != "passed"} == {}

"""`collectrules stale`: what is past its shelf life on a day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]


def test_the_day_of_the_shelf_life_is_in_time_and_the_day_after_is_not(run: Run, laws: Path) -> None:
    ran = run("stale", "--rulesets", laws, "--jurisdiction", "XX", "--on", "2026-12-01")
    assert (ran.code, ran.out) == (0, "0 overdue on 2026-12-01\n")
    ran = run("stale", "--rulesets", laws, "--jurisdiction", "XX", "--on", "2026-12-02")
    assert ran.code == 1
    assert ran.out.startswith("2026-12-01  xx.lump_sum\n            last read 2025-06-01, xx.yaml:")
    assert ran.out.endswith("1 overdue on 2026-12-02\n")


def test_as_json_the_longest_overdue_comes_first(run: Run, laws: Path) -> None:
    ran = run("stale", "--rulesets", laws, "--jurisdiction", "XX", "--on", "2099-01-02", "--json")
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert [each["id"] for each in found[:2]] == ["xx.lump_sum", "xx.interest"]
    assert {each["verify_by"] for each in found} == {"2026-12-01", "2099-01-01"}


def test_nothing_shipped_is_overdue_when_it_is_shipped(run: Run) -> None:
    assert run("stale", "--on", "2026-11-29").code == 0

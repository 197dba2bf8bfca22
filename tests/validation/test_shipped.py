"""What the project ships passes its own check."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from collectrules.validation.report import Report

ROOT = Path(__file__).parents[2]
RULESETS = sorted((ROOT / "rulesets").rglob("*.yaml"))


def test_nothing_that_is_shipped_has_an_error(
    validated: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    report = validated("rulesets", "examples", ignore=(), today=date(2026, 11, 29))
    assert [f"{fault.place} {fault.message}" for fault in report.faults if fault.severity == "error"] == []
    assert len(report.files) > len(RULESETS)
    kinds = {"ruleset", "part", "library", "inheritance", "topics", "cases", "unknown"}
    assert set(report.files.values()) == kinds
    assert [Path(path).name for path, kind in report.files.items() if kind == "unknown"] == ["letterhead.yaml"]

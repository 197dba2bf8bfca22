"""Exceptions hold where, for what and until when they say; expired, unused and malformed ones are errors."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collectrules.validation.report import Report

    Write = Callable[..., Path]
    Validated = Callable[..., Report]

ENTRY = {
    "lint": "citation-without-number",
    "path": "laws/xx/aa.yaml",
    "reason": "counsel looks for it",
    "owner": "m.k.",
    "expires": "2026-06-30",
}


@pytest.fixture
def excepted(write: Write, validated: Validated) -> Callable[..., Report]:
    """Validates two laws, each with a citation without a number, with one exception."""

    def ran(*paths: str, today: date = date(2026, 6, 1), **changes: str | None) -> Report:
        for code in ("AA", "BB"):
            write(f"laws/xx/{code.lower()}.yaml", id=f"xx.{code.lower()}", place=f"XX-{code}", cite="Law")
        entry = {key: value for key, value in {**ENTRY, **changes}.items() if value is not None}
        lines = "\n    ".join(f"{key}: {value}" for key, value in entry.items())
        write("validate.yaml", f"exceptions:\n  - {lines}\n")
        return validated(*(paths or ("laws",)), exceptions="validate.yaml", today=today)

    return ran


def told(report: Report) -> list[str]:
    """What counts."""
    return [f"{fault.place} {fault.code}" for fault in report.faults if fault.counts]


HERE, THERE = "laws/xx/aa.yaml:14:11 CR212", "laws/xx/bb.yaml:14:11 CR212"


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({}, [THERE]),
        ({"lint": "CR212"}, [THERE]),
        ({"path": "laws"}, []),
        ({"path": None, "rule": "xx.bb.minors"}, [HERE]),
        ({"rule": "xx.aa.minors"}, [THERE]),
        ({"rule": "xx.bb.minors"}, [HERE, THERE, "validate.yaml:2:5 CR292"]),
        ({"rule": "xx.aa.other"}, [HERE, THERE, "validate.yaml:2:5 CR292"]),
        ({"lint": "unused-name"}, [HERE, THERE, "validate.yaml:2:5 CR292"]),
        ({"expires": "2026-06-01"}, [THERE]),
        ({"expires": "2026-05-31"}, [HERE, THERE, "validate.yaml:2:5 CR291"]),
        ({"lint": "unused-names"}, [HERE, THERE, "validate.yaml:2:11 CR290"]),
        ({"lint": "CR110"}, [HERE, THERE, "validate.yaml:2:11 CR290"]),
        ({"path": None}, [HERE, THERE, "validate.yaml:2:5 CR290"]),
        ({"path": "laws/xx/cc.yaml"}, [HERE, THERE, "validate.yaml:3:11 CR290"]),
        ({"reason": None}, [HERE, THERE, "validate.yaml:2:5 CR100"]),
        ({"owner": "''"}, [HERE, THERE, "validate.yaml:5:12 CR100"]),
        ({"expires": "next year"}, [HERE, THERE, "validate.yaml:6:14 CR104"]),
        ({"color": "red"}, [HERE, THERE, "validate.yaml:7:5 CR101"]),
    ],
)
def test_what_an_exception_excepts(
    excepted: Callable[..., Report], changes: dict[str, str | None], left: list[str]
) -> None:
    assert told(excepted(**changes)) == left


def test_what_is_excepted_is_counted_and_says_why(excepted: Callable[..., Report]) -> None:
    report = excepted(path="laws")
    assert (report.errors, report.warnings, report.excepted) == (0, 0, 2)
    assert {
        (fault.excepted.reason, fault.excepted.owner, fault.excepted.expires)
        for fault in report.faults
        if fault.excepted
    } == {("counsel looks for it", "m.k.", "2026-06-30")}


def test_an_exception_of_what_was_not_checked_is_not_called_unused(excepted: Callable[..., Report]) -> None:
    assert told(excepted("laws/xx/bb.yaml")) == [THERE]
    assert told(excepted("laws/xx/bb.yaml", path=None, rule="xx.aa.minors")) == [THERE]
    assert told(excepted("laws/xx/bb.yaml", path="laws", lint="unused-name")) == [THERE]


def test_an_exception_of_a_lint_that_did_not_run_is_not_called_unused(
    excepted: Callable[..., Report], validated: Validated
) -> None:
    excepted(lint="unused-name")
    report = validated("laws", exceptions="validate.yaml", select=("citation-without-number",))
    assert told(report) == [HERE, THERE]


def test_paths_count_from_the_file_of_exceptions(
    excepted: Callable[..., Report], validated: Validated, write: Write, tmp_path: Path
) -> None:
    excepted()
    text = (tmp_path / "validate.yaml").read_text("utf-8").replace("laws/xx", "../laws/xx")
    write("ci/validate.yaml", text)
    assert told(validated(str(tmp_path / "laws"), exceptions="ci/validate.yaml")) == [f"{tmp_path}/{THERE}"]

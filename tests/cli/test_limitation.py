"""`collectrules limitation`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from collectrules.output import rendering

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]
    Invoice = Callable[..., Path]


@pytest.mark.parametrize(("at", "over"), [("2029-12-31", "no"), ("2030-01-01", "yes")])
def test_the_last_day_and_whether_it_is_over(run: Run, laws: Path, invoice: Invoice, at: str, over: str) -> None:
    ran = run("limitation", "--full", invoice(), "--rulesets", laws, "--today", "2026-06-01", "--at", at)
    assert ran.code == 0
    assert f"  - last_day: 2029-12-31\n  - restarted: no\n  - time_barred: {over}\n" in ran.out
    assert "limitation of a debt: 4 years from 2025-12-31 end on 2029-12-31" in ran.out
    assert "before you file" not in ran.out


def test_a_payment_begins_it_anew(run: Run, laws: Path, invoice: Invoice) -> None:
    path = invoice(history=[{"at": "2026-03-01", "event": "payment"}])
    ran = run("limitation", "--full", path, "--rulesets", laws)
    assert "last_day: 2030-03-01\n  - restarted: yes\n" in ran.out
    assert "it began anew on 2026-03-01 and ends on 2030-03-01" in ran.out


def test_a_partial_record_leaves_it_open_with_what_to_get(run: Run, laws: Path, invoice: Invoice) -> None:
    ran = run("limitation", "--full", invoice(record="partial"), "--rulesets", laws)
    assert ran.code == 3
    assert ran.out.startswith("OPEN    limitation, 2026-06-01\n")
    assert "is this the whole history" in ran.out
    assert "last_day" not in ran.out


def test_a_question_of_a_file_with_a_day_is_asked_for_that(run: Run, laws: Path, tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(
        "as_of: '2026-05-05'\nrecord: complete\ncases:\n"
        "  - id: one\n    jurisdiction: XX\n    collector: {role: creditor}\n"
        "    debts: [{id: A, kind: commercial, due: '2025-01-01'}]\n    ask: {what: limitation}\n"
    )
    assert run("limitation", "--full", path, "--rulesets", laws).out.startswith("ANSWER  limitation, 2026-05-05\n")


def test_json(run: Run, laws: Path, invoice: Invoice) -> None:
    ran = run("limitation", "--full", invoice(), "--json", "--rulesets", laws)
    answer = json.loads(ran.out)
    jsonschema.validate(answer, rendering.schema("answer"))
    assert answer["values"] == {"last_day": "2029-12-31", "restarted": False, "time_barred": False}
    assert "before_filing" not in answer


def test_past_its_verify_by_it_is_told_and_open(run: Run, laws: Path, invoice: Invoice) -> None:
    ran = run("limitation", "--full", invoice(), "--rulesets", laws, "--today", "2099-01-02")
    assert ran.code == 3
    assert "last_day: 2029-12-31" in ran.out
    assert "it was due to be verified again by 2099-01-01" in " ".join(ran.out.split())

"""`collectrules interest`."""

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

TODAY = ("--today", "2026-06-01")


def test_rate_interest_fixed_sum_and_total(run: Run, laws: Path, invoice: Invoice) -> None:
    ran = run("interest", "--full", invoice(), "--rulesets", laws, *TODAY, "--at", "2026-01-31")
    assert ran.code == 0
    for told in (
        "ANSWER  late payment, 2026-01-31\n",
        "annual_rate: 10.00\n",
        "interest: 10.19\n",  # 1200 x 10 % x 31 / 365
        "interest_days: 31\n",
        "fixed_compensation: 40.00\n",
        "total_added: 50.19\n",
        "1200.00 EUR x 10.00 % x 31 days / 365 = 10.19 (2026-01-01 to 2026-01-31)\n",
        "confidence low\n",
        "lump sum: the law is as it is encoded; confidence is low, look it up\n",
    ):
        assert told in ran.out


def test_from_and_to(run: Run, laws: Path, invoice: Invoice) -> None:
    ran = run("interest", "--full", invoice(), "--rulesets", laws, *TODAY, "--from", "2026-02-01", "--to", "2026-02-02")
    assert "interest_days: 2\n" in ran.out
    assert "interest_from: 2026-02-01\n" in ran.out


def test_another_amount(run: Run, laws: Path, invoice: Invoice) -> None:
    options = ("--amount", "3650.00", "--currency", "EUR", "--from", "2026-02-01", "--to", "2026-02-01")
    assert "interest: 1.00\n" in run("interest", "--full", invoice(), "--rulesets", laws, *TODAY, *options).out


def test_a_case_that_asks_for_the_rate_alone_is_asked_that(run: Run, laws: Path, invoice: Invoice) -> None:
    path = invoice(action=None, ask={"what": "interest_rate", "at": "2026-06-01"})
    answer = json.loads(run("interest", "--full", path, "--json", "--rulesets", laws, *TODAY).out)
    jsonschema.validate(answer, rendering.schema("answer"))
    assert answer["values"] == {"annual_rate": "10.00"}
    spanned = run("interest", "--full", path, "--json", "--rulesets", laws, *TODAY, "--to", "2026-06-01").out
    assert json.loads(spanned)["values"]["interest_days"] == 152


@pytest.mark.parametrize("changes", [{"due": None}, {"amount": None, "currency": None}])
def test_what_is_missing_is_open(run: Run, laws: Path, invoice: Invoice, changes: dict[str, None]) -> None:
    debt = {"id": "A", "kind": "commercial", "amount": "1200.00", "currency": "EUR", "due": "2025-12-31", **changes}
    path = invoice(debts=[{key: value for key, value in debt.items() if value is not None}])
    ran = run("interest", "--full", path, "--rulesets", laws, *TODAY)
    assert ran.code == 3
    assert ran.out.startswith("OPEN    ")
    assert "total_added" not in ran.out
    assert "annual_rate: 10.00\n" in ran.out

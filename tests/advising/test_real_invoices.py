"""2,466 real invoices of 2012 and 2013, as of days of 2013: every account gets a step, with a reason."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from collectrules import cli
from collectrules.advising.advising import Asking, advise
from collectrules.case.objects import Case
from collectrules.policy.shipped import policy_path

if TYPE_CHECKING:
    from collectrules.advisor import Advisor
    from collectrules.policy.model import Policy

SAMPLE = Path(__file__).parent.parent / "imports" / "samples" / "ibm_late_payment_histories.csv"
STATES = ("currency=EUR", "date_order=mdy", "amount_is=invoiced", "role=creditor", "kind=commercial", "jurisdiction=DE")
OUTCOMES = {"step", "wait", "pause", "nothing", "end"}


@pytest.fixture
def accounts_on(tmp_path: Path, advisor: Advisor) -> Any:
    def read(day: str) -> list[Case]:
        into = tmp_path / "accounts.jsonl"
        states = [argument for each in STATES for argument in ("--state", each)]
        code = cli.run(["import", str(SAMPLE), "--as", "table", *states, "--as-of", day, "-o", str(into)])
        assert code == 0
        cases = list(advisor.each_case(into))
        assert all(isinstance(case, Case) for case in cases)
        return [case for case in cases if isinstance(case, Case)]

    return read


@pytest.mark.parametrize("day", ["2013-01-01", "2013-04-30", "2013-07-15", "2013-12-31"])
def test_every_account_gets_a_step_with_a_reason(
    day: str, accounts_on: Any, advisor: Advisor, policies: dict[str, Policy]
) -> None:
    cases = accounts_on(day)
    assert len(cases) >= 90
    found: dict[str, set[str]] = {}
    for case in cases:
        made = advise(advisor, [policies["small_b2b"]], case, Asking(date.fromisoformat(day)))
        assert made.steps
        for step in made.steps:
            assert step.outcome in OUTCOMES
            assert all(step.reasons)
            if step.outcome == "step":
                assert step.title
                assert step.day == date.fromisoformat(day) or step.day is not None
            found.setdefault(step.outcome, set()).add(step.stage)
        still_open = any(debt.amount for debt in case.debts)
        assert (made.first.outcome != "nothing") == still_open
    assert "wait" in found
    assert "nothing" in found


def test_a_second_policy_gives_other_steps_and_explains_them(
    accounts_on: Any, advisor: Advisor, policies: dict[str, Policy], changed: Any
) -> None:
    day = date(2013, 4, 30)
    eager = changed(
        ("runs: debtor", "runs: invoice"),
        ("starts: {days_past_due: 3}", "starts: {days_past_due: 1}"),
        ("starts: {days_past_due: 18}", "starts: {days_past_due: 4}"),
        ("starts: {days_past_due: 30}", "starts: {days_past_due: 7}"),
    )
    assert policy_path("small_b2b").exists()
    other = 0
    for case in accounts_on(day.isoformat()):
        first = advise(advisor, [policies["small_b2b"]], case, Asking(day)).first
        second = advise(advisor, [eager], case, Asking(day)).first
        assert second.reasons
        if (first.stage, first.day) != (second.stage, second.day):
            other += 1
            assert first.reasons != second.reasons, json.dumps([first.reasons, second.reasons])
    assert other >= 10

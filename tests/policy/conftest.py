"""Policies and accounts in a few words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.case.reading import case_from_mapping
from collectrules.plugins.loading import load_plugins
from collectrules.policy.proposing import proposals
from collectrules.policy.reading import parse_policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.case.objects import Case
    from collectrules.law.model import Language
    from collectrules.policy.model import Policy
    from collectrules.policy.proposing import Proposal

HEAD = """\
policy: ours
title: ours
version: '1'
since: 2020-01-01
review_by: 2030-01-01
hand_over: no
"""


@pytest.fixture(scope="session")
def language() -> Language:
    return load_plugins().language


@pytest.fixture(scope="session")
def policy(language: Language) -> Callable[[str], Policy]:
    def read(text: str) -> Policy:
        head = "" if "policy:" in text else HEAD
        if "hand_over:" in text:
            head = head.replace("hand_over: no\n", "")
        return parse_policy(head + text, "ours.yaml", language)

    return read


@pytest.fixture(scope="session")
def account() -> Callable[..., Case]:
    """An account of some debts: `{"id": "A", "due": ..., "amount": ...}`, or one that is due on a day."""

    def make(*debts: dict[str, Any] | str, history: list[dict[str, Any]] | None = None, **stated: Any) -> Case:
        written = [{"id": "A", "due": each} if isinstance(each, str) else each for each in debts]
        return case_from_mapping(
            {
                "version": 2,
                "id": "C1",
                "jurisdiction": "DE",
                "record": "complete",
                "collector": {"role": "creditor"},
                "debts": [{"kind": "commercial", "amount": "100.00", "currency": "EUR", **each} for each in written],
                "history": history or [],
                **stated,
            }
        )

    return make


@pytest.fixture(scope="session")
def proposed() -> Callable[[Policy, Case, str], tuple[Proposal, ...]]:
    def of(policy: Policy, case: Case, day: str) -> tuple[Proposal, ...]:
        return proposals(policy, case, date.fromisoformat(day))[1]

    return of


@pytest.fixture(scope="session")
def step_of(proposed: Any) -> Callable[[Policy, Case, str], str]:
    """`stage.step` of the one thing that is to be done on the day, else what comes out instead and why."""

    def of(policy: Policy, case: Case, day: str) -> str:
        (one,) = proposed(policy, case, day)
        if one.outcome == "step":
            return f"{one.stage}.{one.step.id}"
        return f"{one.outcome}: {one.reasons[0]}"

    return of

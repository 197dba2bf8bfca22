"""The advisor with the shipped law, the shipped policies, and an account of a firm in Germany."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.advising.advising import Asking, advise
from collectrules.advisor import Advisor
from collectrules.policy.reading import parse_policy
from collectrules.policy.shipped import policy_of, policy_path, shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.advising.advice import Advice
    from collectrules.policy.model import Policy


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    return Advisor.load(today=date(2026, 11, 29))


@pytest.fixture(scope="session")
def policies(advisor: Advisor) -> dict[str, Policy]:
    return {name: policy_of(name, advisor.rulebook.language) for name in shipped()}


@pytest.fixture(scope="session")
def changed(advisor: Advisor) -> Callable[..., Policy]:
    """The policy for small firms with some of its text replaced."""

    def read(*pairs: tuple[str, str]) -> Policy:
        text = policy_path("small_b2b").read_text()
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        return parse_policy(text, "ours.yaml", advisor.rulebook.language)

    return read


ACCOUNT: dict[str, Any] = {
    "version": 2,
    "id": "INV-2231",
    "jurisdiction": "DE",
    "record": "complete",
    "collector": {"role": "creditor"},
    "creditor": {"kind": "company", "name": "Acme GmbH"},
    "debts": [
        {
            "id": "INV-2231", "kind": "commercial", "amount": "4180.00", "invoiced": "4180.00", "currency": "EUR",
            "issued": "2026-08-21", "due": "2026-09-20", "documents": ["invoice", "proof_of_delivery"],
        }
    ],
    "debtor": {
        "name": "Muster AG", "kind": "company", "time_zone": "Europe/Berlin",
        "endpoints": [{"number": "+49 30 901820"}, {"email": "ap@muster.example"}],
    },
    "history": [
        {"at": "2026-09-24", "event": "step_done", "stage": "reminder", "step": "reminder"},
        {"at": "2026-10-05", "event": "step_done", "stage": "reminder", "step": "second_reminder"},
        {"at": "2026-11-10T10:00", "channel": "phone", "direction": "outbound", "outcome": "conversation"},
        {
            "at": "2026-11-10", "event": "promise_to_pay", "promised_for": "2026-11-20", "amount": "4180.00",
            "currency": "EUR",
        },
    ],
}  # fmt: skip


@pytest.fixture(scope="session")
def advised(advisor: Advisor, policies: dict[str, Policy]) -> Callable[..., Advice]:
    """The advice on that account, with some of its keys stated otherwise."""

    def of(day: str, policy: Policy | str = "small_b2b", *, collectable: Any = None, **stated: Any) -> Advice:
        chosen = policies[policy] if isinstance(policy, str) else policy
        case = advisor.case({**ACCOUNT, **stated})
        return advise(advisor, [chosen], case, Asking(date.fromisoformat(day), thorough=True, collectable=collectable))

    return of

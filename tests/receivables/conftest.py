"""Accounts made of a few invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.case.objects import Case


def invoice(number: str, due: str | None = None, amount: str | None = "100.00", **more: Any) -> dict[str, Any]:
    """An invoice in EUR; `paid_on` is the day of its payment."""
    stated = {"id": number, "kind": "commercial", "currency": "EUR", "due": due, "amount": amount, **more}
    return {key: value for key, value in stated.items() if value is not None}


def account_of(number: str, *invoices: dict[str, Any], name: str | None = None) -> Case:
    """The account of a customer with these invoices; each that has `paid_on` is paid on that day."""
    history, debts = [], []
    for each in invoices:
        debt = dict(each)
        day = debt.pop("paid_on", None)
        if day is not None:
            debt.update(paid=True, amount="0.00")
            history.append(
                {"at": day, "event": "payment", "amount": "100.00", "currency": "EUR", "debts": [debt["id"]]}
            )
        debts.append(debt)
    return case_from_mapping(
        {
            "version": 2,
            "id": number,
            "jurisdiction": "DE",
            "record": "complete",
            "collector": {"role": "creditor"},
            "debtor": {"id": number, "kind": "company", **({"name": name} if name else {})},
            "debts": debts,
            "history": sorted(history, key=lambda entry: entry["at"]),
        }
    )


@pytest.fixture
def account() -> Callable[..., Case]:
    return account_of


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    return Advisor.load()

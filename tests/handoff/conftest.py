"""An account that may be handed over, a receiver for it, and a handoff in any format."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from collectrules import Advisor
from collectrules.handoff.preflight import RULESETS, Handoff

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collectrules.case.objects import Case

TODAY = date(2026, 11, 29)
ITEMIZATION = {
    "itemization.date": "2026-09-15",
    "itemization.basis": "last_payment",
    "itemization.balance": "'1840.00'",
    "itemization.interest": "'0.00'",
    "itemization.fees": "'0.00'",
    "itemization.credits": "'0.00'",
}

Account = dict[str, Any]


def account() -> Account:
    """A consumer of Texas, one invoice of which a part was paid; the record is whole, and nothing stands against it."""
    return {
        "version": 2,
        "record": "complete",
        "collector": {"role": "creditor", "name": "Fernbank Supply"},
        "creditor": {"kind": "company", "name": "Fernbank Supply"},
        "debtor": {
            "id": "C-1042",
            "name": "K. Osei",
            "kind": "natural_person",
            "addresses": [
                {
                    "use": "home",
                    "lines": ["12 Elm Street", "Flat 3"],
                    "city": "Austin",
                    "region": "TX",
                    "postal_code": "78701",
                    "country": "US",
                }
            ],
            "endpoints": [{"number": "+1 850 555 0142", "place": "mobile"}, {"email": "k.osei@example.org"}],
        },
        "debts": [
            {
                "id": "INV-1042",
                "kind": "consumer",
                "amount": "1840.00",
                "invoiced": "2040.00",
                "currency": "USD",
                "issued": "2026-08-01",
                "due": "2026-08-31",
                "documents": ["invoice", "contract"],
            }
        ],
        "history": [
            {"at": "2026-09-15", "event": "payment", "amount": "200.00", "currency": "USD", "debts": ["INV-1042"]},
            {"at": "2026-11-09", "channel": "letter", "direction": "outbound", "outcome": "sent"},
        ],
    }


def changed(**changes: Any) -> Account:
    """The account with keys of its objects changed (None takes one out); `debt` is its one debt, `event` one more."""
    made = account()
    made["debts"] = [_with(made["debts"][0], changes.pop("debt", {}))]
    if "event" in changes:
        made["history"].append({"at": "2026-11-15", **changes.pop("event")})
    for key, value in changes.items():
        made[key] = _with(made.get(key, {}), value) if isinstance(value, dict) else value
    return made


def _with(stated: Account, changes: Account) -> Account:
    return {key: value for key, value in {**stated, **changes}.items() if value is not None}


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    return Advisor.load(rulesets=[RULESETS], today=TODAY)


@pytest.fixture(scope="session")
def case_of(advisor: Advisor) -> Callable[..., Case]:
    """The account as a case, changed as `changed` has it."""
    return lambda **changes: advisor.case(changed(**changes))


@pytest.fixture
def handoff(advisor: Advisor, tmp_path: Path) -> Callable[..., Handoff]:
    """A handoff by the name of a format, with lines of the receiver's file and the details of the account."""

    def make(
        form: str, *lines: str, kind: str = "agency", details: dict[str, str] | None = None, **more: Any
    ) -> Handoff:
        receiver = tmp_path / "harbour.yaml"
        receiver.write_text("\n".join(("receiver: Harbour Collections", f"kind: {kind}", *lines)), encoding="utf-8")
        path = tmp_path / "details.yaml"
        stated = ITEMIZATION if details is None else details
        lines_of = "".join(f"  {name}: {value}\n" for name, value in stated.items())
        path.write_text(f"C-1042:\n{lines_of}C-2:\n{lines_of}", encoding="utf-8")
        return Handoff.load(form, receiver, details=path if stated else None, advisor=advisor, **more)

    return make

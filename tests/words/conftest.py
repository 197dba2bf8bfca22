"""Texts and replies of the files beside it, the acts as which texts go out, and the gate that is asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from collectrules.advisor import Advisor
from collectrules.words.gate import Gate
from collectrules.words.languages import load

if TYPE_CHECKING:
    from collectrules.case.objects import Case
    from collectrules.words.gate import TextVerdict

HERE = Path(__file__).parent

LANGUAGES = load()

DISCLOSED = "This is from a debt collector. "

STATED: dict[str, dict[str, Any]] = {
    name: act
    for file in sorted(HERE.glob("acts*.yaml"))
    for name, act in yaml.safe_load(file.read_text("utf-8"))["acts"].items()
}
"""The acts as which texts go out, as a case file states them."""


def all_listed(key: str, pattern: str = "*written_before.yaml") -> list[dict[str, Any]]:
    """The texts, or the replies, of the files in `texts/`."""
    files = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((HERE / "texts").glob(pattern))]
    return [each for file in files for each in file.get(key, ())]


def stated(listed: dict[str, Any]) -> dict[str, Any]:
    """The act as which a text goes out; where the text has a `sum`, that is what is owed."""
    act = STATED[listed["act"]]
    return {**act, "debts": [{**debt, "amount": listed["sum"]} for debt in act["debts"]]} if "sum" in listed else act


def case_of(listed: dict[str, Any], acts: dict[str, Case]) -> Case:
    """The same as a case, made of the one of its act."""
    case = acts[listed["act"]]
    if "sum" not in listed:
        return case
    return case.but(debts=tuple(debt.but(amount=Decimal(listed["sum"])) for debt in case.debts))


def asked(gate: Gate, case: Case, text: str, **changes: Any) -> TextVerdict:
    assert case.action is not None
    return gate.ask(text, case.but(action=case.action.but(**changes)))


@pytest.fixture(scope="session")
def gate() -> Gate:
    return Gate(Advisor.load(today=date(2026, 11, 29)), LANGUAGES)


@pytest.fixture(scope="session")
def acts(gate: Gate) -> dict[str, Case]:
    return {name: gate.advisor.case(act) for name, act in STATED.items()}

"""Charges beyond what the contract or the law allows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Rule = Any

CONTRACT = "kind: charge_cap\nallowed_by: contract\n"
FIXED = "kind: charge_cap\ncurrency: USD\nvalues: {at_most: {2020-01-01: '30.00'}}\n"
SHARE = "kind: charge_cap\ncurrency: USD\nvalues: {percent: {2020-01-01: '2.50'}}\n"
BASED = SHARE.replace("}}", "}, besides: {2020-01-01: '15.00'}}")
BOTH = FIXED.replace("}}", "}, percent: {2020-01-01: '2.50'}}") + "allowed_by: contract\n"


def fee(amount: str | None = None, currency: str | None = "USD", **keys: Any) -> dict[str, Any]:
    stated = {"amount": amount, "currency": currency if amount else None, **keys}
    return {"action": {key: value for key, value in stated.items() if value is not None}}


def debt(amount: str | None = "1000.00", currency: str = "USD") -> dict[str, Any]:
    stated = {"amount": amount, "currency": currency} if amount else {}
    return {"debts": [{"id": "A", "kind": "consumer", **stated}]}


@pytest.mark.parametrize(
    ("body", "changes", "truth"),
    [
        (CONTRACT, fee(), True),
        (CONTRACT, fee(contract_authorizes=True), False),
        (FIXED, fee("30.00"), False),
        (FIXED, fee("30.01"), True),
        (FIXED, fee("30.01", "CAD"), None),
        (FIXED, fee(), None),
        (SHARE, fee("25.00") | debt(), False),
        (SHARE, fee("25.01") | debt(), True),
        (BASED, fee("40.00") | debt(), False),
        (BASED, fee("40.01") | debt(), True),
        (BASED, fee("14.00") | debt(), False),
        (BASED, fee() | debt(), None),
        (SHARE, fee("25.01") | debt(None), None),
        (SHARE, fee("25.01") | debt(currency="CAD"), None),
        (BOTH, fee("25.00", contract_authorizes=True) | debt(), False),
        (BOTH, fee("25.00") | debt(), True),
        (BOTH, fee("25.01", contract_authorizes=True) | debt(), True),
        (BOTH, fee("30.01", contract_authorizes=True) | debt("9000.00"), True),
    ],
)
def test_what_may_be_charged(rule: Rule, body: str, changes: dict[str, Any], truth: Any) -> None:
    assert rule.breach(body, **changes) is truth


def test_whether_the_contract_allows_it_is_asked(rule: Rule) -> None:
    assert rule.breach(CONTRACT, record="partial") is None
    assert rule.breach(f"{CONTRACT}also_when: debtor.minor") is False


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(charged=st.decimals("0.00", "60.00", places=2), owed=st.decimals("0.01", "2000.00", places=2))
def test_the_share_is_exact(rule: Rule, charged: Decimal, owed: Decimal) -> None:
    truth = rule.breach(SHARE, **(fee(f"{charged:.2f}") | debt(f"{owed:.2f}")))
    assert truth is (charged > owed * Decimal("0.025"))


def test_it_says_what_is_too_much(rule: Rule) -> None:
    assert (
        "breached by a charge that the contract does not allow, of more than USD 30.00 (since 2020-01-01) or of more"
        " than 2.50 per cent of the principal (since 2020-01-01)"
    ) in rule.english(BOTH)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("kind: charge_cap", "CR102 no charge is too much"),
        (FIXED.replace("currency: USD\n", ""), "CR102 a limit has a `currency`"),
        (f"{CONTRACT}currency: USD", "CR102 a limit has a `currency`"),
        (SHARE.replace("'2.50'", "'3'"), "CR102 `percent` is written with its decimals"),
        (FIXED.replace("}}", "}, besides: {2020-01-01: '15.00'}}"), "CR102 `besides` is a sum on top of a `percent`"),
        ("kind: charge_cap\nallowed_by: law", "CR103 `law` is no word for `allowed_by`"),
    ],
)
def test_mistakes(rule: Rule, body: str, problem: str) -> None:
    assert any(told.startswith(problem) for told in rule.problems(body)), rule.problems(body)

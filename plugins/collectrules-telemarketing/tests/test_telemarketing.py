"""The rule on deceptive telemarketing speaks of sales by telephone, and says nothing of collecting a debt."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import collectrules_telemarketing
from collectrules import Advisor, testing

RULESETS = Path(collectrules_telemarketing.__file__).parent / "rulesets"
TODAY = date(2026, 11, 29)
RULE = "us.federal.telemarketing_sales_rule"


def sale(**facts: Any) -> dict[str, Any]:
    """A seller takes a payment by telephone; the order stands where a debt stands in collection."""
    return {
        "id": "sale",
        "record": "complete",
        "jurisdiction": "US-TX",
        "collector": {"role": "creditor"},
        "creditor": {"kind": "company"},
        "debtor": {"kind": "natural_person", "time_zone": "America/Chicago"},
        "debts": [{"id": "order", "kind": "consumer"}],
        "action": {"kind": "take_payment", "channel": "phone", "at": "2026-04-06T12:00", "facts": facts},
    }


def asked(stated: dict[str, Any]) -> tuple[str, dict[str, str]]:
    advisor = Advisor.load(rulesets=[RULESETS], today=TODAY)
    verdict = advisor.check(advisor.case(stated))
    return verdict.decision, {each.rule: each.citation for each in verdict.findings if each.ruleset == RULE}


def test_the_rule_conforms_and_its_examples_hold() -> None:
    testing.assert_conforms(RULESETS)
    assert len(testing.check_rulesets(RULESETS)) == 17


def test_a_sale_with_everything_disclosed_breaks_nothing_of_it() -> None:
    facts = {
        "telemarketing": True,
        "disclosed": ["total_cost", "quantity", "restrictions"],
        "has_no_refund_policy": False,
        "has_negative_option": False,
        "misrepresents": ["nothing"],
        "payment_method": "credit_card",
    }
    assert asked(sale(**facts))[1] == {}


def test_a_sale_without_the_total_cost_is_denied_with_its_paragraph() -> None:
    decision, spoke = asked(sale(telemarketing=True, disclosed=["quantity"]))
    assert decision == "deny"
    assert spoke[f"{RULE}.total_cost"] == "16 CFR 310.3(a)(1)(i), (ii)"


def test_what_nobody_knows_is_asked() -> None:
    decision, spoke = asked(sale(telemarketing=True))
    assert decision != "allow"
    assert {f"{RULE}.{name}" for name in ("total_cost", "no_refunds", "negative_option", "authorization")} <= set(spoke)


def test_a_payment_of_a_debt_is_no_sale() -> None:
    """The verdict on collecting is the same with and without this plugin."""
    debt = sale()
    del debt["action"]["facts"]
    decision, spoke = asked(debt)
    plain = Advisor.load(today=TODAY)
    assert spoke == {}
    assert decision == plain.check(plain.case(debt)).decision

"""Sums that a text names: those that the case does not state, and those that name a debt."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.words.conftest import LANGUAGES

from collectrules.words.amounts import strange_amounts
from collectrules.words.named_debts import named_debt

if TYPE_CHECKING:
    from collectrules.case.objects import Case
    from collectrules.words.gate import Gate


def _sums_of(language: str) -> tuple[Any, Any]:
    return LANGUAGES[language].other_sums, LANGUAGES[language].claimed_sums


def test_what_is_left_after_a_payment_is_no_strange_sum(acts: dict[str, Case]) -> None:
    case = acts["agency_letter"]
    text = "We received $200.00. New balance: ${}."
    assert not list(strange_amounts(text.format("1,640.00"), case, *_sums_of("en")))
    assert list(strange_amounts(text.format("1,650.00"), case, *_sums_of("en")))


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Thank you for your payment of $50.00", False),
        ("as little as $20.00 a month", False),
        ("fees of $20.00", True),
        ("$1,840.00", False),
        ("1840 USD", False),
        ("USD 1.840,00", False),
        ("$2,310.55", True),
        ("You owe $18.40", True),
        ("a processing fee of $18.40", True),
        ("labor $18.40", False),
        ("interest $0.00", False),
        ("from a debt collector: we got ur $75 today", False),
        ("call 1840 now", False),
    ],
)
def test_sums_that_the_case_does_not_state(acts: dict[str, Case], text: str, strange: bool) -> None:
    english = LANGUAGES["en"]
    found = strange_amounts(text, acts["agency_letter"], english.other_sums, english.claimed_sums)
    assert bool(list(found)) is strange


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Bal $1,840.00, ok?", "$1,840.00"),
        ("1840 USD", "1840 USD"),
        ("$2,040.00 in all", "$2,040.00"),
        ("re inv-1042.", "inv-1042"),
        ("INV-1042/Fernbank, A77 20", "INV-1042"),
        ("my 800555.", "800555"),
        ("call 800555-0199 or 512-800555", ""),
        ("on 800555,00 or 7.800555", ""),
        ("INV-10422, XINV-1042", ""),
        ("$1,840.50 and 1840 steps", ""),
        ("as of A7", ""),
        ("$0.00", ""),
    ],
)
def test_a_text_names_a_debt_by_its_sum_or_its_number(acts: dict[str, Case], text: str, named: str) -> None:
    case = acts["agency_sms"]
    debt = case.debts[0]
    others = (debt.but(id="A7", amount=Decimal(200), account_number="800555"), debt.but(id="A8", amount=None))
    found = named_debt(text, case.but(debts=(debt, *others)))
    assert (text[slice(*found)] if found else "") == named


def test_who_names_a_debt_states_it_in_whatever_words(gate: Gate, acts: dict[str, Case]) -> None:
    case = acts["agency_sms"]
    texts = (
        "Can you do 150 towards $1,840.00? Reply STOP to opt out.",
        "INV-1042, can you do 150? Reply STOP to opt out.",
    )
    for text in texts:
        verdict = gate.ask(text, case)
        assert "states_debt" in verdict.content
        assert verdict.decision == "deny"
        assert "collector_disclosure" in {each.word for each in verdict.missing}
    assert "states_debt" not in gate.ask("Can you do 150? Reply STOP to opt out.", case).content

"""Law that is known to leave a question open."""

from __future__ import annotations

from typing import Any, Final

DOUBT: Final = {
    "asks": "licence",
    "kind": "open_question",
    "when": "collector.role == debt_buyer",
    "question": "does a buyer need one?",
}
NONE: Final = {
    "asks": "licence",
    "kind": "statement",
    "when": "collector.role == creditor",
    "gives": {"licence_required": False},
}
LICENCE: Final = {"what": "licence"}


def test_it_is_open_where_its_condition_holds(country: Any) -> None:
    answer = country.answer([DOUBT, NONE], LICENCE, collector={"role": "debt_buyer"})
    assert not answer.values
    assert answer.open == ("block 1: does a buyer need one?",)


def test_elsewhere_it_says_nothing(country: Any) -> None:
    answer = country.answer([DOUBT, NONE], LICENCE)
    assert answer.values == {"licence_required": False}
    assert answer.complete


def test_what_another_block_answers_stays_and_is_not_complete(country: Any) -> None:
    always = {key: value for key, value in NONE.items() if key != "when"}
    answer = country.answer([DOUBT, always], LICENCE, collector={"role": "debt_buyer"})
    assert answer.values == {"licence_required": False}
    assert not answer.complete


def test_it_says_what_it_asks(country: Any) -> None:
    without = {key: value for key, value in DOUBT.items() if key != "question"}
    assert country.problems(without) == ["CR100 an answer of kind `open_question` has `question`"]

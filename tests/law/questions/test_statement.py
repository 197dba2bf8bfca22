"""Answers that the law simply gives."""

from __future__ import annotations

from typing import Any, Final

import pytest

NEEDED: Final = {
    "asks": "licence",
    "kind": "statement",
    "when": "collector.role == third_party",
    "gives": {"licence_required": True, "licence_kind": "commercial_collection_agency"},
}
NOT_NEEDED: Final = {**NEEDED, "when": "collector.role != third_party", "gives": {"licence_required": False}}
LICENCE: Final = {"what": "licence"}


@pytest.mark.parametrize(
    ("role", "values"),
    [
        ("third_party", {"licence_required": True, "licence_kind": "commercial_collection_agency"}),
        ("creditor", {"licence_required": False}),
    ],
)
def test_it_is_given_where_its_condition_holds(country: Any, role: str, values: dict[str, Any]) -> None:
    answer = country.answer([NEEDED, NOT_NEEDED], LICENCE, collector={"role": role})
    assert answer.values == values
    assert answer.complete


def test_the_first_goes_before_the_second(country: Any) -> None:
    always = {"asks": "licence", "kind": "statement", "gives": {"licence_required": False}}
    answer = country.answer([NEEDED, always], LICENCE, collector={"role": "third_party"})
    assert answer.values["licence_required"] is True
    assert [step.sentence for step in answer.steps] == [
        "block 1: licence required: yes",
        "block 1: licence kind: commercial collection agency",
    ]


def test_where_no_condition_holds_the_answer_is_open(country: Any) -> None:
    answer = country.answer([NEEDED], LICENCE, collector={"role": "creditor"})
    assert not answer.values
    assert answer.open == ("none of the law that is encoded about licence applies to this case",)


def test_where_a_condition_is_unknown_no_later_one_is_given(country: Any) -> None:
    first = {**NEEDED, "when": "any(all_debts where contract == written)"}
    answer = country.answer([first, {**NOT_NEEDED, "when": "collector.role == creditor"}], LICENCE)
    assert not answer.values
    assert answer.open == (
        "debts[A].contract: in which form was the contract made? this decides whether it applies: block 1",
    )


def test_what_is_taken_for_granted_is_told_where_it_is_given(country: Any) -> None:
    block = {**NEEDED, "assumes": "no city asks for more"}
    told = "block 1: no city asks for more"
    assert told in country.answer([block], LICENCE, collector={"role": "third_party"}).assumed
    assert told not in country.answer([block, NOT_NEEDED], LICENCE, collector={"role": "creditor"}).assumed

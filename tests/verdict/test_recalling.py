"""What was worked out of a case is recalled only for one that has the same values where it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from collectrules.deciding.conditions import Compare, Measure, Op
from collectrules.deciding.told_apart import ToldApart
from collectrules.verdict import recalling
from collectrules.verdict.recalling import Asked, Noting, Recall

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

NAMES = ("calls", "days", "texts")
LIMITS = (2, 5, 7)
TOLD_APART = ToldApart([Compare(Measure(name, "int"), Op.GT, limit) for name in NAMES for limit in LIMITS])
RECORD = st.fixed_dictionaries({name: st.one_of(st.none(), st.integers(0, 9)) for name in NAMES})
QUESTION = st.recursive(
    st.integers(0, 3),
    lambda inner: st.tuples(st.sampled_from(NAMES), st.sampled_from(LIMITS), inner, inner, inner),
    max_leaves=9,
)
"""An answer, or a measure, its limit, and what is asked where it is more, where it is not, and where it is unknown."""


class Answers:
    """Answers a question about records, and counts how often it had to."""

    def __init__(self, recall: Recall, question: Any) -> None:
        self.recall, self.question, self.worked = recall, question, 0

    def to(self, record: Mapping[str, int | None]) -> object:
        """What is recalled, else worked out."""

        def work(noting: Noting) -> object:
            self.worked += 1
            return answer(self.question, record, noting)

        return self.recall.recall("what", lambda asked: record[asked.measure], work)


def answer(question: Any, record: Mapping[str, int | None], noting: Noting | None = None) -> object:
    """The answer to a question about a record; what is read is noted."""
    while isinstance(question, tuple):
        name, limit, more, less, unknown = question
        value = record[name]
        if noting is not None:
            noting.note(None, name, value)
        question = unknown if value is None else more if value > limit else less
    return question


@given(QUESTION, st.lists(RECORD, max_size=12))
def test_what_is_recalled_is_what_would_be_worked_out(question: Any, records: list[dict[str, int | None]]) -> None:
    answers = Answers(Recall(TOLD_APART, frozenset(NAMES)), question)
    for record in records:
        assert answers.to(record) == answer(question, record)


def test_nothing_is_worked_out_twice_within_the_same_limits() -> None:
    answers = Answers(Recall(TOLD_APART, frozenset(NAMES)), ("calls", 7, "deny", ("days", 5, "allow", "review", 0), 0))
    assert [answers.to({"calls": calls, "days": 9, "texts": 0}) for calls in (8, 9, 3, 4)] == [
        *("deny", "deny", "allow", "allow")
    ]
    assert answers.worked == 2
    assert answers.to({"calls": 4, "days": 1, "texts": 0}) == "review"
    assert answers.worked == 3
    assert answers.to({"calls": 9, "days": 1, "texts": 0}) == "deny", "days were not read of it"
    assert answers.worked == 3


def test_what_differs_in_no_case_of_the_kind_is_not_asked() -> None:
    answers = Answers(Recall(TOLD_APART, frozenset({"calls"})), ("days", 5, ("calls", 7, "deny", "allow", 0), 0, 0))
    answers.to({"calls": 8, "days": 6, "texts": 0})
    asked: list[Asked] = []

    def value_of(each: Asked) -> int:
        asked.append(each)
        return 9

    assert answers.recall.recall("what", value_of, lambda _: "nothing") == "deny"
    assert asked == [Asked(None, "calls")]


def test_records_of_a_case_are_kept_apart() -> None:
    recall = Recall(TOLD_APART, frozenset(NAMES))

    def asked_with(values: dict[object, int]) -> object:
        def work(noting: Noting) -> object:
            for record, value in values.items():
                noting.note(record, "calls", value)
            return values

        return recall.recall("what", lambda asked: values[asked.record], work)

    one: dict[object, int] = {None: 1, True: 8}
    other: dict[object, int] = {None: 1, True: 1}
    assert asked_with(one) == one
    assert asked_with(other) == other
    assert asked_with({None: 0, True: 9}) == one


def test_when_it_holds_too_much_it_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalling, "_MOST", 2)
    answers = Answers(
        Recall(TOLD_APART, frozenset(NAMES)), ("calls", 2, 1, ("days", 2, 2, ("texts", 2, 3, 4, 0), 0), 0)
    )
    records = [
        {"calls": calls, "days": days, "texts": texts} for calls in (1, 3) for days in (1, 3) for texts in (1, 3)
    ]
    for record in 3 * records:
        assert answers.to(record) == answer(answers.question, record)
    assert answers.worked > 4

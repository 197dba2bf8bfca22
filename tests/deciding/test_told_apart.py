"""Values that are told to be alike decide every comparison alike, and no others do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.deciding.conditions import Compare, Measure, Op, Value
from collectrules.deciding.decide import match
from collectrules.deciding.told_apart import ToldApart

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT, WORD, FLAG = Measure("count", "int"), Measure("word", "text"), Measure("flag", "bool")
EQUALITY = st.sampled_from([Op.EQ, Op.NE])
COMPARES = st.one_of(
    st.builds(Compare, st.just(COUNT), st.sampled_from(list(Op)), st.integers(-3, 9)),
    st.builds(Compare, st.just(WORD), EQUALITY, st.sampled_from(["", "a", "b"])),
    st.builds(Compare, st.just(FLAG), EQUALITY, st.booleans()),
)
VALUES = st.one_of(st.none(), st.booleans(), st.integers(-5, 11), st.sampled_from(["", "a", "b", "c", "d"]))


@given(st.lists(COMPARES, max_size=8), st.sampled_from([COUNT, WORD, FLAG]), VALUES, VALUES)
def test_what_is_alike_decides_alike(compares: list[Compare], measure: Measure, one: Any, other: Any) -> None:
    told, decide = ToldApart(compares), match(compares)
    truths = [decide({measure.name: value}) for value in (one, other)]
    if told.of(measure.name, one) == told.of(measure.name, other):
        assert truths[0] == truths[1]
        assert (one is None) == (other is None), "what is not known is a thing of its own"


@given(st.lists(st.builds(Compare, st.just(COUNT), st.sampled_from(list(Op)), st.integers(-3, 9)), min_size=1))
def test_numbers_between_two_limits_are_alike(compares: list[Compare]) -> None:
    told = ToldApart(compares)
    for one, other in _pairs_without_limit(compares):
        assert told.of("count", one) == told.of("count", other), (one, other)


def _pairs_without_limit(compares: list[Compare]) -> Iterator[tuple[int, int]]:
    limits = {compare.constant for compare in compares}
    for number in range(-6, 12):
        if number not in limits and number + 1 not in limits:
            yield number, number + 1


@pytest.mark.parametrize(
    ("measure", "one", "other"),
    [
        ("count", 7, 8),
        ("count", 6, 7),
        ("count", None, 0),
        ("count", True, 1),
        ("word", "a", "z"),
        ("flag", True, False),
    ],
)
def test_what_a_limit_parts_is_told_apart(measure: str, one: Value | None, other: Value | None) -> None:
    compares = [
        Compare(COUNT, Op.GT, 7),
        Compare(COUNT, Op.GE, 7),
        Compare(WORD, Op.EQ, "a"),
        Compare(FLAG, Op.EQ, constant=True),
    ]
    told = ToldApart(compares)
    assert told.of(measure, one) != told.of(measure, other)


def test_texts_that_nothing_names_are_alike() -> None:
    told = ToldApart([Compare(WORD, Op.EQ, "a")])
    assert told.of("word", "x") == told.of("word", "y") != told.of("word", "a")

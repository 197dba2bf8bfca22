"""Which measures settle a condition, and which leave it open."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from collectrules.deciding.conditions import AllOf, AnyOf, Compare, Condition, Measure, Not, Op
from collectrules.deciding.decide import match
from collectrules.deciding.reasons import Reasons, needed, undecided

NAMES = ("a", "b", "c", "d")
LEAVES = st.builds(
    lambda name, value: Compare(Measure(name, "bool"), Op.EQ, value), st.sampled_from(NAMES), st.booleans()
)
TREES: st.SearchStrategy[Condition] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=8,
)
RECORDS = st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in NAMES})


def with_known(condition: Condition, record: dict[str, Any], known: set[Measure]) -> Any:
    return match([condition])({measure.name: record[measure.name] for measure in known})[0]


@given(st.lists(TREES, min_size=1, max_size=3), RECORDS)
@settings(max_examples=300)
def test_what_decided_keeps_the_outcome_and_none_can_be_left_out(
    trees: list[Condition], record: dict[str, Any]
) -> None:
    chosen = set(needed([(Reasons(tree), record) for tree in trees]))
    every = {Measure(name, "bool") for name in NAMES}
    before = [with_known(tree, record, every) for tree in trees]
    assert [with_known(tree, record, chosen) for tree in trees] == before
    for measure in chosen:
        assert [with_known(tree, record, chosen - {measure}) for tree in trees] != before


@given(TREES, RECORDS)
@settings(max_examples=300)
def test_what_keeps_an_outcome_open_settles_it_once_it_is_known(tree: Condition, record: dict[str, Any]) -> None:
    every = {Measure(name, "bool") for name in NAMES}
    open_ = list(undecided([(Reasons(tree), record)]))
    if with_known(tree, record, every) is not None:
        assert open_ == []
        return
    assert open_
    assert all(record[measure.name] is None for measure in open_)
    for values in product((True, False), repeat=len(open_)):
        known = {**record, **{measure.name: value for measure, value in zip(open_, values, strict=True)}}
        assert with_known(tree, known, every) is not None

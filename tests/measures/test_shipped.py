"""Every measure and definition of every shipped rule: the same however it is looked for, and as what is said of it."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from collectrules.expressions.reading import depends_on
from collectrules.measures import nested
from collectrules.measures.context import Context

Shipped = Any
PLACES = ("US-MA", "CA-ON", "IE", "GB-ENG")
MODES = ("complete", "open", "whole")


def context(shipped: Shipped, case: Any, mode: str, at: Any = None) -> Context:
    made = Context(case, shipped.channels, at)
    return made if mode == "complete" else made.opened(history_is_whole=mode == "whole")


def truths(shipped: Shipped, case: Any, asked: Context) -> dict[Any, Any]:
    return {name: value for name, (value, _) in shipped.values(case, asked).items()}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("seed", range(6))
def test_a_query_taken_apart_gives_what_the_loop_gives(
    shipped: Shipped, made: Any, monkeypatch: pytest.MonkeyPatch, place: str, seed: int
) -> None:
    rng = Random(seed)
    case = made(rng, place, rng.choice((5, 30, 60)))
    for mode in MODES:
        monkeypatch.setattr(nested, "_FEW", 10**9)
        looped = truths(shipped, case, context(shipped, case, mode))
        monkeypatch.setattr(nested, "_FEW", -1)
        monkeypatch.setattr(nested, "_ONCE", 0)
        for short in (0, 8):
            monkeypatch.setattr(nested, "_SHORT", short)
            assert truths(shipped, case, context(shipped, case, mode)) == looped


MOVES = [timedelta(minutes=minutes) for minutes in (1, 700, 1440, 12_000, 300_000, -1, -3_000, -200_000)]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("seed", range(4))
def test_a_case_moved_is_the_case_at_that_moment(shipped: Shipped, made: Any, place: str, seed: int) -> None:
    rng = Random(seed)
    case = made(rng, place, 25)
    for mode in MODES:
        moved = context(shipped, case, mode)
        before = shipped.values(case, moved)
        for move in rng.sample(MOVES, 3):
            at = case.action.at + move
            last, moved = moved, moved.moved(at)
            after = shipped.values(case, moved)
            fresh = truths(shipped, case, context(shipped, case, mode, at))
            assert {name: value for name, (value, _) in after.items()} == fresh
            same = moved.past is last.past
            for name in before.keys() & after.keys():
                value, reading = before[name]
                if value != after[name][0]:
                    assert reading.clock or (reading.past and not same), name
            before = after
        back = truths(shipped, case, moved.moved(case.action.at))
        assert back == truths(shipped, case, context(shipped, case, mode))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("seed", range(6))
def test_a_fact_that_changes_a_value_is_one_it_depends_on(shipped: Shipped, made: Any, place: str, seed: int) -> None:
    rng = Random(seed)
    case = made(rng, place, 15)
    for mode in MODES:
        asked = context(shipped, case, mode)
        before = shipped.values(case, asked)
        for fact, other in shipped.changes(rng, case):
            after = truths(shipped, case, asked.changed(other))
            assert after == truths(shipped, case, context(shipped, other, mode)), fact
            for name in before.keys() & after.keys():
                value, reading = before[name]
                if value != after[name]:
                    assert depends_on(reading, fact), (fact, name)


def test_most_depends_on_little(shipped: Shipped, made: Any) -> None:
    """A "yes" is safe everywhere, and of no use there."""
    case = made(Random(1), "US-MA", 10)
    sources = [source for applied in shipped.law(case).rules for source in applied.in_force.sources]
    for fact, most in (("debtor.minor", 0.5), ("debts[A].paid", 0.2), ("action.disclosure_languages", 0.1)):
        depending = [s for s in sources if s.evaluator.checker.depends_on(s.expression, fact)]
        assert 0 < len(depending) < most * len(sources), fact
    timeless = [s for s in sources if not s.evaluator.checker.reads_clock(s.expression, same_past=True)]
    assert len(timeless) > 0.5 * len(sources)

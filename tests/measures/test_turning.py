"""What a condition may come to as time goes on bounds what it comes to: of the shipped law, at moments by lot.

And it is tight enough to be worth asking: of many conditions that hang on the moment something is ruled out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.expressions.resolving import MOST_LOOPS
from collectrules.expressions.syntax import parse
from collectrules.measures.context import Context
from collectrules.measures.record import Record
from collectrules.measures.turning import EITHER, At, Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from collectrules.case.objects import Case
    from collectrules.law.applicable import ApplicableLaw

PLACES = ("US-MA", "US-TX", "GB-ENG", "CA-ON", "DE")
CASES = 6
LATER = 12
"""Moments at which each is asked again."""


def bounds(law: ApplicableLaw, now: Context) -> Mapping[str, Turns]:
    """What each condition of the law that hangs on the moment may come to, by its name."""
    always = At(now.at_any_time(), [None] * MOST_LOOPS)
    return {
        source.measure.name: source.turning(At(now, [None] * MOST_LOOPS), always)
        for measure, source in law.table.items()
        if measure.type == "bool" and measure.name in law.dependence.on_clock.measures
    }


@pytest.mark.parametrize("whole", [False, True], ids=["more may have been", "the whole history"])
@pytest.mark.parametrize("place", PLACES)
def test_a_condition_comes_to_nothing_else(
    place: str, whole: bool, shipped: Any, made: Callable[[Random, str, int], Case]
) -> None:
    ruled_out: Counter[bool] = Counter()
    turned = 0
    for number in range(CASES):
        rng = Random(f"{place} {number}")
        case = made(rng, place, rng.choice((0, 4, 12)))
        assert case.action is not None
        at: Any = case.action.at
        past = tuple([fact for fact in case.history or () if fact.at.isoformat()[:10] < at.date().isoformat()])
        case = replace(case, history=past)
        context = Context(case, shipped.channels)
        law, now = shipped.law(case), context.opened(history_is_whole=whole)
        found = bounds(law, now)
        ruled_out.update(turns != EITHER for turns in found.values())
        record = Record(law.as_stated, now)
        for _ in range(LATER):
            later = at + timedelta(minutes=rng.randrange(400 * 1440) if rng.random() < 0.5 else rng.randrange(4320))
            then = Record(law.as_stated, context.moved(later).opened(history_is_whole=whole))
            for name, (true, false) in found.items():
                assert then[name] is not True or true, (name, later)
                assert then[name] is not False or false, (name, later)
                turned += then[name] is not record[name]
    assert turned
    assert 2 * ruled_out[True] > ruled_out[False]


@pytest.mark.parametrize("mode", ["if_complete", "as_stated"])
@pytest.mark.parametrize("at", ["2026-04-07T10:00", "2026-04-07T10:00Z", "2026-04-07"])
def test_at_any_time_is_at_a_time_that_is_not_known(law: Any, at: str, mode: Any) -> None:
    now = Context(law.case(action={"at": at}), law.loaded.channels)
    always = (now if mode == "if_complete" else now.opened()).at_any_time()

    def value(text: str) -> Any:
        return law.evaluator().function(parse(text), mode)(always)

    assert value("action.minute is given") is ("T" in at)
    assert value("action.day is given") is True
    for text in (
        "action.minute < 08:00",
        "outside_hours(action, 08:00, 21:00)",
        "clock_outside_hours(action, 08:00, 21:00)",
    ):
        assert value(text) is None


@pytest.mark.parametrize(("at", "told"), [("2026-04-07T10:00", False), ("2026-04-07", True)])
def test_an_act_that_has_a_clock_time_has_one_at_every_moment(law: Any, at: str, told: bool) -> None:
    now = Context(law.case(action={"at": at}), law.loaded.channels).opened()
    condition = law.evaluator().turning(parse("action.minute is absent"))
    turns = condition(At(now, [None] * MOST_LOOPS), At(now.at_any_time(), [None] * MOST_LOOPS))
    assert turns == Turns(true=told, false=not told)

"""When an act is lawful: the next moment, and every span of sixty days, of one channel; every case different."""

from __future__ import annotations

from datetime import timedelta
from statistics import median, quantiles
from time import process_time
from typing import TYPE_CHECKING, Final

from benchmarks.asking import new_advisor, read
from benchmarks.cases import RECORDS, varied
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collectrules import Case

TITLE: Final = """\
collectrules slots: one channel of a case that was read, under the law of a whole state
(left out: the start, reading rulesets and the case, and the first cases)"""
DAYS: Final = 60
EVENTS: Final = (0, 10, 50)
CASES: Final = 100
WARMING: Final = 10
PLACE: Final = '"jurisdiction": "US-MA"'


def rows(*, quick: bool = False) -> list[Row]:
    """Milliseconds a channel."""
    advisor = new_advisor()
    made: list[Row] = []

    def next_lawful(case: Case) -> object:
        assert case.action is not None
        first = advisor.moment(case, case.action.at)
        return advisor.next_lawful(case, first, first + timedelta(days=DAYS))

    def slots(case: Case) -> object:
        assert case.action is not None
        first = advisor.moment(case, case.action.at)
        return list(advisor.slots(case, first, first + timedelta(days=DAYS)))

    for record in RECORDS:
        for events in EVENTS:
            texts = varied(record, events, WARMING + (10 if quick else CASES))
            cases = [read(text.replace('"jurisdiction": "US"', PLACE)) for text in texts]
            for case in cases[:WARMING]:
                slots(case)
            made += _spread(f"{events} events", f"{record}, next lawful moment", next_lawful, cases[WARMING:])
            made += _spread(f"{events} events", f"{record}, {DAYS} days", slots, cases[WARMING:])
    return made


def _spread(size: str, contender: str, ask: Callable[[Case], object], cases: Sequence[Case]) -> list[Row]:
    """The median and the 95th percentile."""
    taken = []
    for case in cases:
        start = process_time()
        ask(case)
        taken.append(1000 * (process_time() - start))
    return [
        Row(size, f"{contender}, median", median(taken), "ms"),
        Row(size, f"{contender}, 95th percentile", quantiles(taken, n=20)[-1], "ms"),
    ]

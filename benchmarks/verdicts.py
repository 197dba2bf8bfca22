"""A user's whole way: the text of a case in, the text of its whole verdict out, beside `json.loads` of the same case.

Every case is asked once, and no two are alike, so that nothing known of one answers for another except what all have
in common. Each is timed beside `json.loads` of its text, and the median of the ratios counts: fewer are better. With
`--beside TREE` another source tree answers the same texts in turns with this one, each in a process of its own; then
the ratio is how many times longer the other one took, case by case.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from math import ceil
from pathlib import Path
from statistics import mean, median
from time import process_time
from typing import TYPE_CHECKING, Final

from benchmarks.asking import asker, elsewhere, timed
from benchmarks.cases import RECORDS, varied
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.asking import Answer

TITLE: Final = """\
JSON text of a case in, JSON text of its whole verdict out; every case different
(left out: the start, reading rulesets, and the first cases, for which it compiles)"""
EVENTS: Final = (0, 10, 50)
MOST_EVENTS: Final = EVENTS[-1]
CASES: Final = 300
CASES_BESIDE: Final = 200
WARMING: Final = 100
"""So many cases come to every span of days in which the law is another: it is compiled once for each."""
AT_ONCE: Final = 20
"""So many cases are asked in one turn, as a stream of them is: a process that waits finds its caches cold."""
HERE: Final = Path(__file__).parents[1]


def rows(*, quick: bool = False, beside: Path | None = None) -> list[Row]:
    """Microseconds a case. `beside` is the folder of another source tree that is asked the same."""
    if beside is not None:
        return [row for record in RECORDS for row in _beside(record, beside, 10 if quick else CASES_BESIDE)]
    ask = asker()
    made: list[Row] = []
    for record in RECORDS:
        for events in EVENTS:
            texts = varied(record, events, WARMING + (10 if quick else CASES))
            for text in texts[:WARMING]:
                ask(text)
            taken = [_taken(ask, text) for text in texts[WARMING:]]
            made += _spread(f"{events} events", record, taken)
            if events == MOST_EVENTS:
                for decision in ("allow", "deny", "review"):
                    of_decision = [each for each in taken if each[2] == decision]
                    made += _spread(f"{events} events", f"{record}, {decision}", of_decision)
    return made


Taken = tuple[float, float, str]
"""The seconds of an answer, those of reading the text as JSON, and the decision."""


def _taken(ask: Callable[[str], str], text: str) -> Taken:
    start = process_time()
    for _ in range(3):
        json.loads(text)
    parsed = (process_time() - start) / 3
    seconds, verdict = timed(ask, text)
    return seconds, parsed, json.loads(verdict)["decision"]


def _spread(size: str, contender: str, taken: Sequence[Taken]) -> list[Row]:
    """The mean, median and 95th percentile of some cases."""
    if not taken:
        return [Row(size, contender, None, "us", note="no case came to this")]
    seconds = sorted(1e6 * each for each, _, _ in taken)
    ratio = median(each / parsed for each, parsed, _ in taken)
    named = f"{contender} ({len(taken)})"
    return [
        Row(size, f"{named}, mean", mean(seconds), "us", ratio, "json.loads"),
        Row(size, "  median", median(seconds), "us"),
        Row(size, "  95 of 100 within", seconds[ceil(0.95 * len(seconds)) - 1], "us"),
    ]


def _beside(record: str, tree: Path, number: int) -> list[Row]:
    """This tree and another one, in turns; who is first changes from turn to turn."""
    texts = varied(record, MOST_EVENTS, WARMING + number)
    pairs: list[tuple[Answer, Answer]] = []
    with ExitStack() as stack:
        ours, theirs = (stack.enter_context(elsewhere(each)) for each in (HERE, tree))
        for turn, begin in enumerate(range(0, len(texts), AT_ONCE)):
            block = texts[begin : begin + AT_ONCE]
            if turn % 2:
                second, first = [theirs(text) for text in block], [ours(text) for text in block]
            else:
                first, second = [ours(text) for text in block], [theirs(text) for text in block]
            pairs += zip(first, second, strict=True)
    del pairs[:WARMING]
    ratios = sorted(second / first for (first, _), (second, _) in pairs)
    means = [1e6 * mean(pair[tree][0] for pair in pairs) for tree in (0, 1)]
    differing = sum(
        json.loads(first)["decision"] != json.loads(second)["decision"] for (_, first), (_, second) in pairs
    )
    size = f"{MOST_EVENTS} events"
    return [
        Row(size, f"{record}, this tree, mean", means[0], "us"),
        Row(size, f"{record}, the other, mean", means[1], "us", means[1] / means[0], "means"),
        Row(size, "  median of the ratios", median(ratios), "times"),
        Row(size, "  95 of 100 at least", ratios[len(ratios) // 20], "times"),
        Row(size, "  other decisions", differing, f"of {len(pairs)}"),
    ]

"""One line of the report, and how a time is taken."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

UNITS: Final = {"us": 1e6, "ms": 1e3}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `figure` is in `unit`; `ratio` is to the contender named by `to`, more being better for us.

    A contender that could not take part has no figure, and `note` says why.
    """

    size: str
    contender: str
    figure: float | None
    unit: str
    ratio: float | None = None
    to: str = ""
    note: str = ""


def paired(size: str, contender: str, pairs: Sequence[tuple[float, float]], unit: str, to: str) -> Row:
    """The medians of the times and of the ratios. A pair is the seconds of the contender, and of what it is held to."""
    taken = UNITS[unit] * median(ours for ours, _ in pairs)
    return Row(size, contender, taken, unit, median(ours / theirs for ours, theirs in pairs), to)


def seconds_a_call(contenders: Mapping[str, Callable[[], object]], *, rounds: int, budget: float) -> dict[str, float]:
    """The best time of one call, in seconds, for each contender.

    Contenders take turns, so that a slow stretch of the machine hits all of them. A round calls one as often as fits
    into `budget` seconds, at least once; the best round counts.
    """
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(rounds):
        for name, call in contenders.items():
            calls = 0
            start = perf_counter()
            while True:
                call()
                calls += 1
                spent = perf_counter() - start
                if spent >= budget:
                    break
            best[name] = min(best[name], spent / calls)
    return best

"""The same stacks for records of which every tenth measure is unknown, and what compiling a stack costs.

No peer takes part: none of them knows "unknown". The ratio is to `compiled`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.row import Row, seconds_a_call
from benchmarks.stacks import records, stack
from collectrules.deciding import compiled, durable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collectrules.deciding.conditions import Condition, Matcher, Record

TITLE: Final = "records with one measure in ten unknown, and compiling up to the first answer"
SIZES: Final = (5, 20, 60)
RECORDS: Final = 50


def rows(*, quick: bool = False) -> list[Row]:
    """Checks a second with holes, and milliseconds from conditions to the first answer."""
    rounds, budget = (2, 0.02) if quick else (9, 0.1)
    backends: dict[str, Callable[[Sequence[Condition]], Matcher]] = {"compiled": compiled.match}
    if durable.available():
        backends["durable"] = durable.match
    made: list[Row] = []
    for size in SIZES:
        conditions = stack(size)
        holed = records(RECORDS, unknown=0.1)
        matchers = {name: match(conditions) for name, match in backends.items()}
        expected = [matchers["compiled"](record) for record in holed]
        for name, matcher in matchers.items():
            assert [matcher(record) for record in holed] == expected, f"{name} gives other answers"
        answering = seconds_a_call(
            {name: _answering(matcher, holed) for name, matcher in matchers.items()}, rounds=rounds, budget=budget
        )
        compiling = seconds_a_call(
            {name: _compiling(match, conditions, holed[0]) for name, match in backends.items()}, rounds=5, budget=0.0
        )
        made += [
            Row(f"{size} rules", name, RECORDS / taken, "checks/s", answering["compiled"] / taken, "compiled")
            for name, taken in answering.items()
        ]
        made += [
            Row(
                f"{size} rules",
                f"{name}, to first answer",
                1000 * taken,
                "ms",
                compiling["compiled"] / taken,
                "compiled",
            )
            for name, taken in compiling.items()
        ]
    return made


def _answering(matcher: Matcher, known: Sequence[Record]) -> Callable[[], None]:
    def call() -> None:
        for record in known:
            matcher(record)

    return call


def _compiling(
    match: Callable[[Sequence[Condition]], Matcher], conditions: Sequence[Condition], record: Record
) -> Callable[[], object]:
    return lambda: match(conditions)(record)

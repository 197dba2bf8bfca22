"""Deciding a stack of rules for one record, against peers: same rules, same records, answers compared before timing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from benchmarks.peers import PEERS
from benchmarks.row import Row, seconds_a_call
from benchmarks.stacks import records, stack
from collectrules.deciding import compiled, durable, on_demand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collectrules.deciding.conditions import Condition

TITLE: Final = "deciding the rules that apply, records without holes"
SIZES: Final = (5, 20, 60)
RECORDS: Final = 50


def rows(*, quick: bool = False) -> list[Row]:
    """Checks a second for each engine and size of stack. Raises AssertionError where two engines differ."""
    return [row for size in SIZES for row in _of_size(size, rounds=2 if quick else 9, budget=0.02 if quick else 0.1)]


def _of_size(size: int, *, rounds: int, budget: float) -> list[Row]:
    conditions = stack(size)
    known = records(RECORDS)
    ours: dict[str, Callable[[Any], Any]] = {
        "compiled": compiled.match(conditions),
        "on demand": on_demand.match(conditions),
    }
    missing: dict[str, str] = {}
    if durable.available():
        ours["durable"] = durable.match(conditions)
    else:
        missing["durable"] = durable.reason_unavailable().splitlines()[0]
    peers, absent = _peers(conditions)
    missing |= absent
    expected = [list(ours["compiled"](record)) for record in known]
    for name, answer in (ours | peers).items():
        assert [list(answer(record)) for record in known] == expected, f"{name} gives other answers"
    times = seconds_a_call(
        {name: _all_of(answer, known) for name, answer in (ours | peers).items()}, rounds=rounds, budget=budget
    )
    fastest = min(peers, key=lambda name: times[name], default="")
    made = [
        Row(
            f"{size} rules",
            name,
            RECORDS / taken,
            "checks/s",
            ratio=times[fastest] / taken if fastest else None,
            to=fastest,
            note="fastest peer" if name == fastest else "",
        )
        for name, taken in times.items()
    ]
    return made + [Row(f"{size} rules", name, None, "checks/s", note=why) for name, why in missing.items()]


def _peers(conditions: Sequence[Condition]) -> tuple[dict[str, Callable[[Any], Any]], dict[str, str]]:
    """Those that can be imported, and why the others cannot."""
    peers: dict[str, Callable[[Any], Any]] = {}
    missing = {}
    for name, compile_for in PEERS.items():
        try:
            peers[name] = compile_for(conditions)
        except ImportError as error:
            missing[name] = f"missing: {error}"
    return peers, missing


def _all_of(answer: Callable[[Any], Any], known: Sequence[Any]) -> Callable[[], None]:
    def call() -> None:
        for record in known:
            answer(record)

    return call

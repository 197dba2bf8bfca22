"""Deciding a stack of rules for one record, against peers: same rules, same records, answers compared before timing.

No record comes twice within a round. Left out is what fills a record: a case is read and its history is walked before,
or while, ours decides; `verdicts` has the whole. Ours is asked by `decide.match`, all conditions at once.
"""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Any, Final

from benchmarks.peers import PEERS
from benchmarks.row import Row, seconds_a_call
from benchmarks.stacks import records, stack
from collectrules.deciding import decide, durable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collectrules.deciding.conditions import Condition

TITLE: Final = "deciding the rules that apply, fresh records (what fills them is left out)"
SIZES: Final = (5, 20, 60)
COMPARED: Final = 200
RECORDS: Final = 10_000
AT_ONCE: Final = 100


def rows(*, quick: bool = False) -> list[Row]:
    """Checks a second for each engine and size of stack. Raises AssertionError where two engines differ."""
    return [row for size in SIZES for row in _of_size(size, rounds=2 if quick else 9, budget=0.02 if quick else 0.1)]


def _of_size(size: int, *, rounds: int, budget: float) -> list[Row]:
    conditions = stack(size)
    known = records(RECORDS)
    ours: dict[str, Callable[[Any], Any]] = {"own decider": decide.match(conditions)}
    missing: dict[str, str] = {}
    if durable.reason_unavailable():
        missing["durable-rules"] = durable.reason_unavailable().splitlines()[0]
    else:
        ours["durable-rules"] = durable.match(conditions)
    peers, absent = _peers(conditions)
    missing |= absent
    expected = [list(ours["own decider"](record)) for record in known[:COMPARED]]
    for name, answer in (ours | peers).items():
        assert [list(answer(record)) for record in known[:COMPARED]] == expected, f"{name} gives other answers"
    calls = {name: _each_of(answer, known) for name, answer in (ours | peers).items()}
    calls["own, one in ten unknown"] = _each_of(ours["own decider"], records(RECORDS, unknown=0.1))
    times = seconds_a_call(calls, rounds=rounds, budget=budget)
    fastest = min(peers, key=lambda name: times[name], default="")
    made = [
        Row(
            f"{size} rules",
            name,
            AT_ONCE / taken,
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


def _each_of(answer: Callable[[Any], Any], known: Sequence[Any]) -> Callable[[], None]:
    """A call that has some records answered, and the next call those after them."""
    chunks = cycle([known[start : start + AT_ONCE] for start in range(0, len(known), AT_ONCE)])

    def call() -> None:
        for record in next(chunks):
            answer(record)

    return call

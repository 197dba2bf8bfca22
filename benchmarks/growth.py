"""How the cost grows with the history: mixed events, five (and with `--full` fifty) times as many in the same years.

An exponent of 1 is twice the cost for twice the events. A rule is decided alone, on a case of which nothing was worked
out before but where and when its entries stand; several places and acts are asked about, and the worst case of a rule
counts. Listed are the rules that grow faster than `STEEP` and take at least `FELT` seconds of the longest history.
"""

from __future__ import annotations

import json
from itertools import pairwise
from math import log
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from benchmarks.asking import asker, new_advisor, read, timed
from benchmarks.cases import RECORDS, mixed
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from collectrules import Advisor, Case

TITLE: Final = """\
long mixed histories: calls, letters, e-mails, texts, payments, disputes, opt-outs,
times designated and restored, promises (left out: reading rulesets, compiling)"""
EVENTS: Final = (1_000, 5_000)
FULL: Final = 50_000
WARMING: Final = 100
"""Events of the case that is asked first: rules are compiled when they are first asked."""
ROUNDS: Final = 3
ENOUGH: Final = 5
"""Seconds after which there is no further round."""
STEEP: Final = 1.3
FELT: Final = 0.001

BY_PHONE: Final = {"jurisdiction": "US-MA"}
BY_EMAIL: Final = {"jurisdiction": "US-MA", "action": {"channel": "email"}}
BY_LETTER: Final = {"jurisdiction": "US-MA", "action": {"channel": "letter"}}
REPORTED: Final = {"jurisdiction": "US-MA", "action": {"kind": "report_to_bureau"}}
FILED: Final = {"jurisdiction": "US-MA", "action": {"kind": "file_claim"}}
ELSEWHERE: Final = tuple({"jurisdiction": place} for place in ("CA-ON", "GB-ENG", "IE"))
ASKED: Final[tuple[Mapping[str, Any], ...]] = (BY_PHONE, BY_EMAIL, BY_LETTER, REPORTED, FILED, *ELSEWHERE)


def rows(*, quick: bool = False, full: bool = False) -> list[Row]:
    """Milliseconds a case for each length, and what they grow with; `full` adds the longest."""
    sizes = (100, 500) if quick else (*EVENTS, FULL) if full else EVENTS
    advisor, ask = new_advisor(), asker()
    made: list[Row] = []
    for record in RECORDS:
        made += _of_calls(f"{record}, text to text", lambda text: timed(ask, text)[0], _texts(record, sizes))
        checked = {events: read(text) for events, text in _texts(record, sizes).items()}
        made += _of_calls(f"{record}, check of a case", lambda case: _seconds(advisor, case), checked)
    for record in RECORDS:
        made += _steep(advisor, record, sizes)
    return made


def _texts(record: str, sizes: tuple[int, ...]) -> dict[int, str]:
    return {events: json.dumps(mixed(record, events, **BY_PHONE)) for events in (WARMING, *sizes)}


def _of_calls(name: str, seconds: Callable[[Any], float], asked: Mapping[int, Any]) -> Iterator[Row]:
    """The best of a few rounds for each length, and the exponent between one length and the next."""
    best = {events: _best(seconds, each) for events, each in asked.items()}
    del best[WARMING]
    for before, events in pairwise((0, *best)):
        note = f"exponent {_exponent(before, events, best):.2f}" if before else ""
        yield Row(f"{events:,}", name, 1e3 * best[events], "ms", note=note)


def _best(seconds: Callable[[Any], float], asked: Any) -> float:
    taken = [seconds(asked)]
    while len(taken) < ROUNDS and sum(taken) < ENOUGH:
        taken.append(seconds(asked))
    return min(taken)


def _seconds(advisor: Advisor, case: Case) -> float:
    start = process_time()
    advisor.check(case)
    return process_time() - start


def _exponent(shorter: int, longer: int, seconds: Mapping[int, float]) -> float:
    return log(seconds[longer] / seconds[shorter]) / log(longer / shorter)


# ---- each rule by itself -----------------------------------------------------------------------------------------


def _steep(advisor: Advisor, record: str, sizes: tuple[int, ...]) -> Iterator[Row]:
    """The rules whose cost grows too fast between the two longest histories, the steepest first."""
    shorter, longer = sizes[-2:]
    worst: dict[str, tuple[float, float]] = {}
    asked: set[str] = set()
    for keys in ASKED:
        warming, *cases = (read(json.dumps(mixed(record, events, **keys))) for events in (WARMING, shorter, longer))
        for number, rule in enumerate(_rules(advisor, warming)):
            asked.add(rule)
            best = dict.fromkeys((shorter, longer), float("inf"))
            for _ in range(ROUNDS):
                taken = {len(case.history or ()): _alone(advisor, case, number) for case in cases}
                best = {events: min(best[events], seconds) for events, seconds in taken.items()}
                if best[longer] < FELT or _exponent(shorter, longer, best) < STEEP:
                    break  # it can only become cheaper
            exponent = _exponent(shorter, longer, best)
            if best[longer] >= FELT and exponent > STEEP:
                worst[rule] = max(worst.get(rule, (0.0, 0.0)), (exponent, best[longer]))
    yield Row("rules", f"{record}, steeper than {STEEP}", len(worst), f"of {len(asked)}")
    for rule, (exponent, seconds) in sorted(worst.items(), key=lambda each: each[1], reverse=True):
        yield Row(f"{longer:,}", rule, 1e3 * seconds, "ms", note=f"exponent {exponent:.2f}")


def _rules(advisor: Advisor, case: Case) -> list[str]:
    """The ids of the rules that a case is put to, each of them asked once."""
    judgement = advisor.judge(case)
    return [outcome.applied.rule.full_id for outcome in judgement.outcomes]


def _alone(advisor: Advisor, case: Case, number: int) -> float:
    """The seconds that one rule takes of a case that was asked nothing before."""
    judgement = advisor.judge(case)
    start = process_time()
    judgement.outcome(number)
    return process_time() - start

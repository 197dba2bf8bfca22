"""A whole check, from case object to verdict, against reading the same case as JSON.

Every case is checked once: no two have the same history, so that nothing known of one case answers for another, except
what both have in common. Each check is timed beside `json.loads` of the same case, and the median of the ratios counts:
fewer are better. What a verdict works out on reading (alternatives, assumptions, its id) is timed as `and read whole`.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import partial
from itertools import cycle
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from benchmarks.row import Row, paired
from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping
from collectrules.output.rendering import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.case.objects import Case

TITLE: Final = "a whole check of a case object, against json.loads of the same case"
EVENTS: Final = (0, 10, 50)
CASES: Final = 400
WARMING: Final = 20
"""Checks before the first that counts: rules are compiled when they are first asked."""
WHOLE: Final = 40
"""Cases of which the verdict is read whole too."""
SEED: Final = 20260420


def case_of(events: int, last_day: datetime = datetime(2026, 4, 20, 10, 0)) -> dict[str, Any]:  # noqa: DTZ001 - wall clock
    """A call about a card debt after so many contacts and payments, one every other day; allowed."""
    channels = cycle((("phone", "no_answer"), ("email", "delivered"), ("letter", "mailed"), ("sms", "delivered")))
    history: list[dict[str, Any]] = []
    for number in range(events):
        at = (last_day - timedelta(days=2 * (events - number))).isoformat(timespec="minutes")
        if number % 10 == 0:
            history.append({"at": at, "event": "payment", "amount": "10.00", "currency": "USD"})
            continue
        channel, outcome = next(channels)
        history.append({"at": at, "channel": channel, "direction": "outbound", "outcome": outcome, "to": "debtor"})
    mapping: dict[str, Any] = {
        "jurisdiction": "US",
        "record": "complete",
        "collector": {"role": "third_party"},
        "debts": [{"id": "A", "kind": "consumer", "type": "credit_card"}],
        "debtor": {"time_zone": "America/Chicago"},
        "action": {
            "kind": "contact",
            "at": last_day.isoformat(timespec="minutes"),
            "channel": "phone",
            "to": "debtor",
            "content": ["debt_information", "collector_disclosure"],
        },
    }
    return {**mapping, "history": history} if history else mapping


def cases_of(events: int, number: int) -> list[dict[str, Any]]:
    """Cases of one size, with another day and hour for each action and each item of the history."""
    rng = Random(SEED)  # noqa: S311 - no secret
    cases = []
    for _ in range(number):
        last_day = datetime(2026, 4, 20, 9, 5) + timedelta(days=rng.randrange(200), minutes=rng.randrange(600))  # noqa: DTZ001 - wall clock
        case = case_of(events, last_day)
        for item in case.get("history", ()):
            moved = datetime.fromisoformat(item["at"]) - timedelta(days=rng.randrange(30), minutes=rng.randrange(300))
            item["at"] = moved.isoformat(timespec="minutes")
        cases.append(case)
    return cases


def rows(*, quick: bool = False) -> list[Row]:
    """Microseconds a call for each size of history."""
    advisor = Advisor.load(today=date(2026, 11, 21))
    made: list[Row] = []
    for events in EVENTS:
        mappings = cases_of(events, WARMING + (3 if quick else CASES))
        cases = [(json.dumps(mapping), case_from_mapping(mapping)) for mapping in mappings]
        rules = [len(advisor.check(case).considered) for _, case in cases[:WARMING]]
        checked = [_pair(text, partial(advisor.check, case)) for text, case in cases[WARMING:]]
        whole = [_pair(text, partial(_read_whole, advisor, case)) for text, case in cases[WARMING:][:WHOLE]]
        size, to = f"{events} events", f"json.loads, {rules[0]} rules"
        made += [
            paired(size, "json.loads", [(read, read) for _, read in checked], "us", to),
            paired(size, "check", checked, "us", to),
            paired(size, "check, and read whole", whole, "us", to),
        ]
    return made


def _pair(text: str, check: Callable[[], object]) -> tuple[float, float]:
    """Seconds for one check of a case, and for reading it as JSON."""
    start = perf_counter()
    for _ in range(3):
        json.loads(text)
    read = perf_counter()
    check()
    return perf_counter() - read, (read - start) / 3


def _read_whole(advisor: Advisor, case: Case) -> object:
    return plain(advisor.check(case))

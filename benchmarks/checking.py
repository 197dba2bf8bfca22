"""A whole check, from case object to verdict, against reading the same case as JSON.

Forty cases take turns, each on another day and hour, with another history. Nothing is kept on a case object from one
check to the next. What a verdict works out on reading (alternatives, assumptions, its id) is timed apart, as `and read
whole`. Ratios are in times of `json.loads`: fewer are better.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING, Any, Final

from benchmarks.row import Row, seconds_a_call
from collectrules.advisor import Advisor
from collectrules.case import case_from_mapping
from collectrules.rendering import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TITLE: Final = "a whole check of a case object, against json.loads of the same case"
EVENTS: Final = (0, 10, 50)
VARIANTS: Final = 40


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


def variants(events: int) -> list[dict[str, Any]]:
    """Cases of one size: the day, the hour and so every date of the history differ."""
    first = datetime(2026, 4, 20, 9, 5)  # noqa: DTZ001 - wall clock
    return [case_of(events, first + timedelta(days=number % 11, minutes=13 * number)) for number in range(VARIANTS)]


def rows(*, quick: bool = False) -> list[Row]:
    """Microseconds a call for each size of history."""
    rounds, budget = (2, 0.02) if quick else (9, 0.1)
    advisor = Advisor.load(today=date(2026, 11, 21))
    made: list[Row] = []
    for events in EVENTS:
        mappings = variants(events)
        texts = [json.dumps(mapping) for mapping in mappings]
        cases = [case_from_mapping(mapping) for mapping in mappings]
        rules = len(advisor.check(cases[0]).considered)
        times = seconds_a_call(
            {
                "json.loads": partial(_each, json.loads, cycle(texts)),
                "check": partial(_each, advisor.check, cycle(cases)),
                "check, and read whole": partial(_each, lambda case: plain(advisor.check(case)), cycle(cases)),
            },
            rounds=rounds,
            budget=budget,
        )
        made += [
            Row(
                f"{events} events",
                name,
                1e6 * taken,
                "us",
                taken / times["json.loads"],
                note=f"json.loads, {rules} rules",
            )
            for name, taken in times.items()
        ]
    return made


def _each(call: Callable[[Any], object], things: Iterator[Any]) -> object:
    return call(next(things))

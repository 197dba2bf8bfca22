"""A whole check, from case object to verdict, against reading the same case as JSON.

Nothing is kept on a case object from one check to the next. What a verdict
works out on reading (alternatives, assumptions, its id) is timed apart, as `and read whole`. Ratios are in times of
`json.loads`: fewer are better.
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
    from collections.abc import Callable

TITLE: Final = "a whole check of a case object, against json.loads of the same case"
EVENTS: Final = (0, 10, 50)


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


def rows(*, quick: bool = False) -> list[Row]:
    """Microseconds a call for each size of history."""
    rounds, budget = (2, 0.02) if quick else (9, 0.1)
    advisor = Advisor.load(today=date(2026, 11, 21))
    made: list[Row] = []
    for events in EVENTS:
        mapping = case_of(events)
        text = json.dumps(mapping)
        rules = len(advisor.check(case_from_mapping(mapping)).considered)
        times = seconds_a_call(
            {
                "json.loads": partial(json.loads, text),
                "check": _checking(advisor, mapping, whole=False),
                "check, and read whole": _checking(advisor, mapping, whole=True),
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


def _checking(advisor: Advisor, mapping: dict[str, Any], *, whole: bool) -> Callable[[], object]:
    case = case_from_mapping(mapping)
    if whole:
        return lambda: plain(advisor.check(case))
    return lambda: advisor.check(case)

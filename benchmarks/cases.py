"""Made-up cases, the same in every run: no two have the same history, and no person is behind any."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import count, cycle, islice
from operator import itemgetter
from random import Random
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED: Final = 20260420
RECORDS: Final = ("complete", "partial")
LAST_DAY: Final = datetime(2026, 4, 20, 10, 0)  # noqa: DTZ001 - a wall clock
CALL: Final = {"channel": "phone", "direction": "outbound", "outcome": "no_answer", "to": "debtor"}
WRITTEN: Final[tuple[dict[str, Any], ...]] = (
    {"channel": "email", "direction": "outbound", "outcome": "delivered", "to": "debtor"},
    {"channel": "letter", "direction": "outbound", "outcome": "mailed", "to": "debtor"},
    {"channel": "sms", "direction": "outbound", "outcome": "delivered", "to": "debtor"},
)
PAYMENT: Final = {"event": "payment", "amount": "10.00", "currency": "USD"}
DISPUTE: Final = {"event": "dispute_received", "form": "written"}
MIXED: Final[tuple[tuple[int, dict[str, Any]], ...]] = (
    (20, CALL),
    (5, {**CALL, "outcome": "conversation", "discussed_debts": ["A"]}),
    (20, WRITTEN[0]),
    (10, WRITTEN[1]),
    (15, WRITTEN[2]),
    (10, PAYMENT),
    (4, {**DISPUTE, "debts": ["A"]}),
    (4, {"event": "opt_out", "scope": "channel", "channel": "sms"}),
    (4, {"event": "inconvenience_designated", "from": "09:00", "to": "11:00", "days": ["mon"]}),
    (4, {"event": "convenience_restored", "from": "09:00", "to": "11:00", "days": ["mon"]}),
    (4, {"event": "written_promise", "signed": True}),
)
"""What a long history is mixed of: how many of a hundred, and of what."""
MIXED_DAYS: Final = 3 * 365
"""Over so many days a mixed history is spread, however long."""


def case_of(record: str, history: list[dict[str, Any]], at: datetime = LAST_DAY, **keys: Any) -> dict[str, Any]:
    """A call about a card debt, as the keys of a case file; a mapping among `keys` is put over its like."""
    case: dict[str, Any] = {
        "jurisdiction": "US",
        "record": record,
        "collector": {"role": "third_party"},
        "debts": [{"id": "A", "kind": "consumer", "type": "credit_card"}],
        "debtor": {"time_zone": "America/Chicago"},
        "history": history,
        "action": {
            "kind": "contact",
            "at": _minute(at),
            "channel": "phone",
            "to": "debtor",
            "content": ["debt_information", "collector_disclosure"],
        },
    }
    for key, value in keys.items():
        case[key] = {**case[key], **value} if isinstance(value, dict) else value
    return {key: value for key, value in case.items() if value != []}


def quiet(events: int) -> dict[str, Any]:
    """A call after so many contacts and payments, one every other day, in a complete record: it is allowed."""
    channels = cycle((CALL, *WRITTEN))
    items = [PAYMENT if number % 10 == 0 else next(channels) for number in range(events)]
    days = range(2 * events, 0, -2)
    history = [{"at": _minute(LAST_DAY - timedelta(days=day)), **item} for day, item in zip(days, items, strict=True)]
    return case_of("complete", history)


def varied(record: str, events: int, number: int) -> list[str]:
    """So many cases as JSON text, each with another day, hour and history of so many events.

    Of ten one asks for a call too early in the morning, one follows six to nine calls of the last week, one a written
    dispute, and in one the debtor has an attorney of whom nothing more is known.
    """
    return list(islice(_varied(record, events), number))


def _varied(record: str, events: int) -> Iterator[str]:
    random = Random(SEED + events)  # noqa: S311 - no secret
    for number in count():
        day = datetime(2026, 4, 20) + timedelta(days=random.randrange(200))  # noqa: DTZ001 - a wall clock
        at = day + timedelta(minutes=random.randrange(9 * 60, 19 * 60))
        keys: dict[str, Any] = {}
        special: list[tuple[timedelta, dict[str, Any]]] = []
        match number % 10:
            case 1:
                at = day + timedelta(minutes=random.randrange(6 * 60, 8 * 60))
            case 3:
                hours = random.sample(range(5, 160), random.randrange(6, 10))
                special = [(timedelta(hours=hour), CALL) for hour in hours]
            case 5:
                special = [(timedelta(days=random.randrange(3, 30)), DISPUTE)]
            case 7:
                keys = {"debtor": {"represented_by_attorney": True}}
        plain = islice(cycle((PAYMENT, *3 * (CALL, *WRITTEN))), max(events - len(special), 0))
        history = [{"at": _by_day(random, day, random.randrange(8, 8 + 3 * events)), **item} for item in plain]
        history += [{"at": _minute(at - before), **item} for before, item in special[:events]]
        yield json.dumps(case_of(record, sorted(history, key=itemgetter("at")), at, **keys))


def mixed(record: str, events: int, **keys: Any) -> dict[str, Any]:
    """A case of two debts with a long history of all kinds of events, as the keys of a case file."""
    random = Random(SEED)  # noqa: S311 - no secret
    items = random.choices([item for _, item in MIXED], [share for share, _ in MIXED], k=events)
    moments = sorted(_by_day(random, LAST_DAY, random.randrange(1, MIXED_DAYS)) for _ in range(events))
    history = [{"at": at, **item} for at, item in zip(moments, items, strict=True)]
    debts = [{"id": name, "kind": "consumer", "type": "credit_card"} for name in ("A", "B")]
    return case_of(record, history, debts=debts, **keys)


def _by_day(random: Random, day: datetime, before: int) -> str:
    """A minute between nine in the morning and seven in the evening, so many days before a day."""
    return _minute(day.replace(hour=9, minute=0) + timedelta(days=-before, minutes=random.randrange(600)))


def _minute(at: datetime) -> str:
    return at.isoformat(timespec="minutes")

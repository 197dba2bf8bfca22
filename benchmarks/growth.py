"""What a long history costs: every measure of each rule, about 1,000 and about 5,000 mixed events.

The events are spread over two years and of every kind that the case format knows, with contacts among them. Each rule
is asked of a fresh context, with nothing remembered from the others. The exponent says how the cost grows: 1.0 is as
the history does, 2.0 is each entry compared with each. Listed are the totals of each place, and the rules that grow
faster than the goal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import log
from random import Random
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from benchmarks.row import Row
from collectrules.advisor import Advisor
from collectrules.case.facts import catalogue
from collectrules.case.objects import Consent, Contact, Event, case_from_mapping
from collectrules.measures.context import Context
from collectrules.measures.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collectrules.case.objects import Case
    from collectrules.law.rulebook import ApplicableLaw, AppliedRule

TITLE: Final = "growth with the history: all measures of all rules, 1,000 and 5,000 mixed events"
PLACES: Final = {
    "US": ("America/Chicago", "third_party", None),
    "US-MA": ("America/New_York", "third_party", None),
    "CA-ON": ("America/Toronto", "third_party", None),
    "CA": ("America/Toronto", "third_party", "federal_bank"),
    "IE": ("Europe/Dublin", "third_party", "central_bank_regulated"),
    "GB-ENG": ("Europe/London", "third_party", "fca_authorised"),
}
"""The zone, the role of the collector and who supervises it."""
ACTS: Final = (
    ("contact", "phone"),
    ("contact", "email"),
    ("contact", "letter"),
    ("respond", "sms"),
    ("file_claim", None),
)
GOAL: Final = 1.3
NOTICED: Final = 0.002
"""Seconds for the long history below which a rule's exponent says nothing."""
ROUNDS: Final = 4
SEED: Final = 20260420
_YES: Final = (True,)


def rows(*, quick: bool = False) -> list[Row]:
    """Milliseconds for each place, and the rules that grow faster than the goal."""
    sizes = (400, 2_000) if quick else (1_000, 5_000)
    longer = 4 * sizes[1]
    advisor = Advisor.load(today=date(2026, 11, 21))
    made: list[Row] = []
    for place in PLACES:
        for record in ("complete", "partial"):
            times = [_seconds(advisor, place, record, size) for size in sizes]
            exponent = _exponent(sum(times[0].values()), sum(times[1].values()), sizes)
            made.append(
                Row(f"{sizes[1]:,}", f"{place} {record}", 1000 * sum(times[1].values()), "ms", exponent, "n to the")
            )
            fast = [rule for rule, long in times[1].items() if long > NOTICED and _grows(times[0][rule], long, sizes)]
            beyond = _seconds(advisor, place, record, longer, fast) if fast else {}
            for rule, long in sorted(beyond.items()):
                # A small history may end a search early: what counts is that it goes on growing so.
                if _grows(times[1][rule], long, (sizes[1], longer)):
                    growth = _exponent(times[1][rule], long, (sizes[1], longer))
                    name = rule.rpartition(".")[2]
                    made.append(Row(f"{longer:,}", f" {name}"[:26], 1000 * long, "ms", growth, "n to the"))
    return made


def _grows(short: float, long: float, sizes: tuple[int, int]) -> bool:
    return _exponent(short, long, sizes) > GOAL


def _exponent(short: float, long: float, sizes: tuple[int, int]) -> float:
    return log(max(long, 1e-9) / max(short, 1e-9)) / log(sizes[1] / sizes[0])


def _seconds(advisor: Advisor, place: str, record: str, size: int, only: Sequence[str] = ()) -> dict[str, float]:
    """Seconds for each rule, or those named, the dearest of the acts."""
    case = case_of(place, record, size)
    context = Context(case, advisor.rulebook.channels)
    found: dict[str, float] = {}
    for kind, channel in ACTS:
        assert case.action is not None
        assert context.action.day is not None
        asked = replace(case, action=replace(case.action, kind=kind, channel=channel))
        law = advisor.rulebook.stack(place, kind, channel, context.action.day)
        for rule in law.asks:
            if only and rule.rule.full_id not in only:
                continue
            # The first time a measure is asked it is made; of the others the best counts.
            times = [_asked(rule, law, context.changed(asked), opened=record == "partial") for _ in range(ROUNDS)]
            name = rule.rule.full_id
            found[name] = max(found.get(name, 0.0), min(times[1:]))
    return found


def _asked(rule: AppliedRule, law: ApplicableLaw, context: Context, *, opened: bool) -> float:
    if opened:
        context = context.opened()
    record = Record(law.opened if opened else law.settled, context)
    start = process_time()
    for source in rule.sources:
        record[source.measure.name]
    return process_time() - start


# ---- the case ----------------------------------------------------------------------------------------------------


def case_of(place: str, record: str, size: int) -> Case:
    """A case with so many entries over two years."""
    zone, role, regulated = PLACES[place]
    collector = {"role": role} | ({"regulated": regulated} if regulated else {})
    due = {"in_default_since": "2023-01-01", "amount": "500.00", "currency": "USD"}
    mapping: dict[str, Any] = {
        "jurisdiction": place,
        "record": record,
        "collector": collector,
        "debts": [
            {"id": "A", "kind": "consumer", "type": "credit_card", **due},
            {"id": "B", "kind": "consumer", "type": "loan", **due},
        ],
        "debtor": {
            "time_zone": zone,
            "endpoints": [
                {"id": "mobile", "channel": "phone"},
                {"id": "home", "channel": "phone", "place": "home"},
                {"id": "office", "channel": "phone", "place": "work"},
            ],
        },
        "action": {
            "kind": "contact",
            "at": "2026-04-20T10:05",
            "channel": "phone",
            "to": "debtor",
            "endpoint": "mobile",
            "content": ["debt_information", "payment_request", "payment_demand_before_period_end"],
            "leaves_voicemail": True,
        },
    }
    return replace(case_from_mapping(mapping), history=_history(size))


def _history(size: int) -> tuple[Contact | Event, ...]:
    rng = Random(SEED)  # noqa: S311 - no secret
    first, minutes = datetime(2024, 4, 20, 10, 0), 730 * 24 * 60  # noqa: DTZ001 - wall clock
    made: list[Contact | Event] = []
    for number in range(size):
        at = first + timedelta(minutes=int(minutes * (number + rng.random()) / size))
        made.append(_contact(rng, at) if rng.random() < 0.5 else _event(rng, at))  # noqa: PLR2004
    return tuple(made)


@dataclass
class _Some:
    """Values that are stated now and then."""

    rng: Random

    def of(self, share: float, *values: Any) -> Any:
        return self.rng.choice(values) if self.rng.random() < share else None


def _contact(rng: Random, at: datetime) -> Contact:
    some, direction = _Some(rng), rng.choice(("outbound", "outbound", "inbound"))
    channel = rng.choice(("phone", "phone", "email", "letter", "sms"))
    outcomes = ("no_answer", "voicemail", "conversation", "busy") if channel == "phone" else ("delivered", "sent")
    outbound = direction == "outbound"
    return Contact(
        at=at,
        channel=channel,
        direction=direction,
        outcome=rng.choice(outcomes),
        to=rng.choice(("debtor", "debtor", "debtor", "spouse", "attorney", "employer")) if outbound else None,
        from_=None if outbound else rng.choice(("debtor", "debtor", "attorney")),
        content=some.of(
            0.3, ("debt_information",), ("validation_notice",), ("payment_request", "collector_disclosure")
        ),
        debtor_said=some.of(
            0.2, ("wants_information",), ("refuses_to_pay",), ("weekends_not_ok",), ("no_personal_calls_at_work",)
        ),
        debts=some.of(0.2, ("A",), ("B",)),
        consent=some.of(
            0.1, Consent(calls=True), Consent(email="office"), Consent(sms="mobile", until=date(2026, 12, 1))
        ),
        requested_recontact=some.of(0.1, *_YES),
        endpoint=some.of(0.3, "mobile", "home", "office"),
    )


def _event(rng: Random, at: datetime) -> Event:
    some = _Some(rng)
    start = some.of(0.5, 9 * 60, 12 * 60, 17 * 60)
    return Event(
        at=at,
        event=rng.choice(catalogue().events),
        debts=some.of(0.3, ("A",), ("B",)),
        form=some.of(0.4, "written", "oral", "electronic"),
        channel=some.of(0.4, "phone", "email", "sms", "letter"),
        endpoint=some.of(0.4, "mobile", "home"),
        scope=some.of(0.5, "channel", "endpoint", "calls", "third_party"),
        days=some.of(0.5, ("mon", "tue"), ("sat", "sun"), ("wed",)),
        from_=start,
        to=None if start is None else start + 180,
        places=some.of(0.3, ("work",)),
        signed=some.of(0.5, *_YES),
        given_to=some.of(0.5, "collector"),
        same_as_earlier=some.of(0.2, *_YES),
    )

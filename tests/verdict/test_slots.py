"""What `slots` says of a span of time is what a check says at each of its minutes.

Cases of several places, with histories, named times and clock changes; each is asked as a complete record and as a
partial one. Some are tried here; with `COLLECTRULES_TEST_ALL=1` two hundred, in minutes.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import pytest

from collectrules.advisor import Advisor
from collectrules.case.objects import Event
from collectrules.case.reading import case_from_mapping
from collectrules.ground.errors import InvalidInput
from collectrules.verdict.moments import Times, breaks, minutes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.conftest import Law

    from collectrules.case.objects import Case
    from collectrules.verdict.slots import Slot

ALL: Final = bool(os.environ.get("COLLECTRULES_TEST_ALL"))
TODAY: Final = date(2026, 11, 21)
MINUTE: Final = timedelta(minutes=1)
RANDOM_MINUTES: Final = 1000 if ALL else 40
CASES: Final = 200 if ALL else 20
DENSE: Final = 10 if ALL else 1
DAYS: Final = 60 if ALL else 20

PLACES: Final[Sequence[tuple[str, tuple[str, ...], date]]] = (
    ("US-TX", ("America/Chicago",), date(2026, 11, 1)),
    ("US-MA", ("America/New_York",), date(2026, 11, 1)),
    ("US-CA", ("America/Los_Angeles", "America/New_York"), date(2026, 11, 1)),
    ("US-NY-NYC", ("America/New_York",), date(2027, 3, 14)),
    ("US-AZ", ("America/Phoenix", "America/Denver"), date(2026, 3, 8)),
    ("CA-NL", ("America/St_Johns",), date(2026, 3, 8)),
    ("GB-ENG", ("Europe/London",), date(2026, 10, 25)),
    ("IE", ("Europe/Dublin",), date(2026, 3, 29)),
    ("DE", ("Europe/Berlin",), date(2026, 10, 25)),
    ("FR", ("Europe/Paris", "Indian/Reunion"), date(2026, 3, 29)),
    ("AU-NSW", ("Australia/Sydney",), date(2026, 4, 5)),
    ("AU-NSW", ("Australia/Lord_Howe", "Australia/Sydney"), date(2026, 10, 4)),
    ("NZ", ("Pacific/Auckland",), date(2026, 9, 27)),
)
"""Whose law, where the debtor may be, and a day on which a clock there is put."""
CHANNELS: Final = ("phone", "phone", "sms", "email", "letter", "visit")


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=TODAY)


def made(number: int) -> tuple[Case, datetime]:
    """A case, the same for the same number, and a moment some days before the clock is put."""
    random = Random(number)
    place, zones, change = PLACES[number % len(PLACES)]
    zone = ZoneInfo(zones[0])
    first = datetime(change.year, change.month, change.day, 10, random.randrange(60), tzinfo=zone) - timedelta(
        days=random.randrange(1, DAYS)
    )
    history = []
    for before in sorted(random.sample(range(1, 40 * 24 * 60), random.randrange(9)), reverse=True):
        at = (first.astimezone(UTC) - timedelta(minutes=before)).isoformat(timespec="minutes")
        entry: dict[str, Any] = {"at": at}
        if random.random() < 0.7:
            outcome = random.choice(["no_answer", "conversation", "voicemail"])
            entry |= {"channel": "phone", "direction": "outbound", "outcome": outcome}
        elif random.random() < 0.3:
            entry |= {"event": "inconvenience_designated", "days": ["mon", "fri"], "from": "09:00", "to": "11:30"}
        elif random.random() < 0.5:
            entry |= {"event": "dispute_received", "form": "written"}
        else:
            entry |= {"channel": "email", "direction": "outbound", "outcome": "delivered"}
        history.append(entry)
    debtor: dict[str, Any] = {"time_zone": list(zones) if len(zones) > 1 else zones[0], "kind": "natural_person"}
    if random.random() < 0.2:
        debtor["inconvenient"] = [{"days": ["sat", "sun"]}, {"from": "20:00", "to": "01:30"}]
    debt: dict[str, Any] = {"id": "A", "kind": "consumer", "type": "credit_card"}
    if random.random() < 0.3:
        debt["in_default_since"] = (first.date() - timedelta(days=random.randrange(1400, 2300))).isoformat()
    case = {
        "version": 2,
        "jurisdiction": place,
        "record": "complete" if random.random() < 0.7 else "partial",
        "collector": {"role": random.choice(["third_party", "third_party", "creditor"])},
        "debts": [debt],
        "debtor": debtor,
        "history": history,
        "action": {
            "kind": "contact",
            "channel": CHANNELS[random.randrange(len(CHANNELS))],
            "at": first.isoformat(timespec="minutes"),
            "content": ["debt_information", "collector_disclosure"],
        },
    }
    return case_from_mapping(case), first


def decision(advisor: Advisor, case: Case, at: datetime) -> str:
    assert case.action is not None
    return advisor.judge(case.but(action=case.action.but(at=at))).decision


def disagreements(advisor: Advisor, case: Case, slots: Sequence[Slot], moments: Iterator[datetime]) -> list[str]:
    """Where a check says something else than the slot in which a moment lies."""
    wrong = []
    for at in sorted(set(moments)):
        slot = next((each for each in slots if each.begin <= at < each.end), None)
        if slot is not None and (said := decision(advisor, case, at)) != slot.decision:
            wrong.append(f"{case.jurisdiction} {at.isoformat()}: {slot.decision}, and a check says {said}")
    return wrong


def edges(slots: Sequence[Slot]) -> Iterator[datetime]:
    for slot in slots:
        for more in (-1, 0, 1):
            yield slot.begin.astimezone(UTC) + more * MINUTE


@pytest.mark.parametrize("number", range(CASES))
def test_slots_say_what_a_check_says(number: int, advisor: Advisor) -> None:
    case, first = made(number)
    last = (first.astimezone(UTC) + timedelta(days=DAYS)).astimezone(first.tzinfo)
    slots = list(advisor.slots(case, first, last))
    assert slots[0].begin == first
    assert slots[-1].end == last
    assert all(one.end == other.begin for one, other in pairwise(slots))
    random = Random(number)
    minutes = [first.astimezone(UTC) + random.randrange(DAYS * 24 * 60) * MINUTE for _ in range(RANDOM_MINUTES)]
    asked = [*edges(slots), *minutes]
    if ALL:
        context = advisor.judge(case).context
        timing = advisor.judge(case).law.timing_of_all
        times = [Times(minutes_of(context, timing), None)]
        found = breaks(context, times, timing.elapsed, first.astimezone(UTC), last.astimezone(UTC))
        points = [each.at for each in found if isinstance(each.at, datetime)]
        asked += [point + more * MINUTE for point in points for more in (-1, 0, 1)]
    assert disagreements(advisor, case, slots, iter(asked)) == []
    lawful = next((slot.begin for slot in slots if slot.decision == "allow"), None)
    assert advisor.next_lawful(case, first, last) == lawful


@pytest.mark.parametrize("number", range(DENSE))
def test_every_minute_around_a_clock_change(number: int, advisor: Advisor) -> None:
    case, _ = made(number)
    place = PLACES[number % len(PLACES)]
    zone = ZoneInfo(place[1][0])
    first = datetime(place[2].year, place[2].month, place[2].day, tzinfo=zone).astimezone(UTC) - timedelta(days=1)
    history = tuple(entry for entry in case.history or () if entry.at < first)
    case = case.but(history=history)
    days = 3 if ALL else 2
    slots = list(advisor.slots(case, first, first + timedelta(days=days)))
    minutes = (first + minute * MINUTE for minute in range(0, days * 24 * 60, 1 if ALL else 7))
    assert disagreements(advisor, case, slots, minutes) == []


HOURS: Final = """\
kind: contact_hours
values: {from: {2020-01-01: '08:00'}, to: {2020-01-01: '21:00'}}
"""


def spans(law: Law, rule: str, first: str, days: float, **changes: Any) -> list[tuple[str, str, str]]:
    """What slots says under one rule: begin and end on the clock of the first moment, and the decision."""
    begin = datetime.fromisoformat(first)
    zone = changes["debtor"]["time_zone"]
    if begin.tzinfo is not None and isinstance(zone, str):
        begin = begin.astimezone(ZoneInfo(zone))
    case = law.case(**{**changes, "action": {"kind": "contact", "channel": "phone", "at": first}})
    end = begin + timedelta(days=days) if begin.tzinfo is None else begin.astimezone(UTC) + timedelta(days=days)
    found = law.advisor(law.ruleset(law.rule(rule))).slots(case, begin, end)
    return [(f"{slot.begin:%d %H:%M%z}", f"{slot.end:%d %H:%M%z}", slot.decision) for slot in found]


def test_an_hour_that_the_clock_shows_twice_is_told_twice(law: Law) -> None:
    rule = HOURS.replace("08:00", "00:00").replace("21:00", "01:30")
    told = spans(law, rule, "2026-11-01T00:30-04:00", 0.25, debtor={"time_zone": "America/New_York"})
    assert told == [
        ("01 00:30-0400", "01 01:30-0400", "allow"),
        ("01 01:30-0400", "01 01:00-0500", "deny"),
        ("01 01:00-0500", "01 01:30-0500", "allow"),
        ("01 01:30-0500", "01 05:30-0500", "deny"),
    ]


def test_an_hour_that_no_clock_shows_is_left_out(law: Law) -> None:
    rule = HOURS.replace("08:00", "02:30").replace("21:00", "03:30")
    told = spans(law, rule, "2026-03-08T00:30-05:00", 0.25, debtor={"time_zone": "America/New_York"})
    assert told == [
        ("08 00:30-0500", "08 03:00-0400", "deny"),
        ("08 03:00-0400", "08 03:30-0400", "allow"),
        ("08 03:30-0400", "08 07:30-0400", "deny"),
    ]


def test_hours_hold_in_every_zone_at_once(law: Law) -> None:
    zones = {"time_zone": ["America/New_York", "America/Los_Angeles"]}
    told = spans(law, HOURS, "2026-08-21T00:00-04:00", 1, debtor=zones)
    assert told == [
        ("21 00:00-0400", "21 11:00-0400", "deny"),
        ("21 11:00-0400", "21 21:00-0400", "allow"),
        ("21 21:00-0400", "22 00:00-0400", "deny"),
    ]


def test_what_is_unknown_while_the_days_of_two_zones_differ_is_known_again(law: Law) -> None:
    rule = "kind: condition\nwhen: any(contacts as c where c.age < 3 and c.outcome == conversation)\n"
    history = [{"at": "2026-08-20T18:00Z", "channel": "phone", "direction": "outbound", "outcome": "conversation"}]
    zones = {"time_zone": ["America/New_York", "America/Los_Angeles"]}
    case = law.case(
        debtor=zones, history=history, action={"kind": "contact", "channel": "phone", "at": "2026-08-21T12:00-04:00"}
    )
    advisor = law.advisor(law.ruleset(law.rule(rule)))
    first = datetime.fromisoformat("2026-08-21T12:00-04:00")
    slots = list(advisor.slots(case, first, first + timedelta(days=6)))
    hours = (first.astimezone(UTC) + timedelta(hours=hour) for hour in range(6 * 24))
    assert disagreements(advisor, case, slots, hours) == []
    assert slots[-1].decision == "allow"


def test_minutes_after_a_contact_are_counted_to_the_minute(law: Law) -> None:
    rule = """\
kind: condition
when: any(contacts as c where minutes_between(c, action) <= 30)
"""
    history = [{"at": "2026-04-08T10:00", "channel": "phone", "direction": "outbound", "outcome": "no_answer"}]
    zone = {"time_zone": "America/New_York"}
    told = spans(law, rule, "2026-04-08T10:05-04:00", 0.5, debtor=zone, history=history)
    assert told == [
        ("08 10:05-0400", "08 10:31-0400", "deny"),
        ("08 10:31-0400", "08 22:05-0400", "allow"),
    ]


def test_a_closed_span_has_its_law(law: Law) -> None:
    case = law.case(action={"kind": "contact", "channel": "phone", "at": "2026-04-08T06:00"})
    first = datetime(2026, 4, 8, 6, tzinfo=ZoneInfo("America/New_York"))
    closed, opened = law.advisor(law.ruleset(law.rule(HOURS))).slots(case, first, first + timedelta(hours=6))
    assert [(each.rule, each.citation, each.sentence) for each in closed.grounds] == [
        ("us.law.one", "Law 1", "one of a test")
    ]
    assert opened.grounds == ()


def test_law_that_changes_in_the_span_is_that_of_each_day(law: Law) -> None:
    rule = HOURS.replace("{2020-01-01: '21:00'}", "{2020-01-01: '21:00', 2026-04-09: '18:00'}")
    told = spans(law, rule, "2026-04-08T12:00-04:00", 1.5, debtor={"time_zone": "America/New_York"})
    assert [begin for begin, _, decision in told if decision == "deny"] == ["08 21:00-0400", "09 18:00-0400"]


def test_without_a_zone_the_one_clock_is_asked(law: Law) -> None:
    told = spans(law, HOURS, "2026-04-08T06:00", 1, debtor={"time_zone": None})
    assert told == [
        ("08 06:00", "08 08:00", "deny"),
        ("08 08:00", "08 21:00", "allow"),
        ("08 21:00", "09 06:00", "deny"),
    ]


def test_what_is_asked_about_comes_after_the_history(advisor: Advisor) -> None:
    case, first = made(0)
    entry = {"at": first.isoformat(), "channel": "phone", "direction": "outbound", "outcome": "no_answer"}
    later = case_from_mapping({**case.to_mapping(), "version": 2, "history": [entry]})
    with pytest.raises(InvalidInput, match="the history goes on after"):
        list(advisor.slots(later, first - timedelta(hours=1), first + timedelta(days=1)))


def test_a_channel_that_laws_may_mean_by_another_is_asked_as_that_one_too(advisor: Advisor) -> None:
    case, first = made(0)
    assert case.action is not None
    entries = case.history or ()
    undisputed = [each for each in entries if not (isinstance(each, Event) and each.event == "dispute_received")]
    case = case.but(action=case.action.but(channel="whatsapp", content=None), record="complete", history=(*undisputed,))
    slots = list(advisor.slots(case, first, first.astimezone(UTC) + timedelta(days=4)))
    assert {slot.decision for slot in slots} > {"review"}
    for slot in slots:
        assert advisor.check(case.but(action=case.action.but(at=slot.begin))).decision == slot.decision  # type: ignore[union-attr]
    lawful = next((slot.begin for slot in slots if slot.decision == "allow"), None)
    assert advisor.next_lawful(case, first, first.astimezone(UTC) + timedelta(days=4)) == lawful

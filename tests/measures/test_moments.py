"""Moments with an offset: on the debtor's clock, in every zone where the debtor may be, and in order."""

from typing import Any

import pytest

from collectrules.measures.context import Context

Law = Any
BOTH = ["America/New_York", "America/Chicago"]


def value(law: Law, expression: str, at: str, history: tuple[Any, ...] = (), **debtor: Any) -> Any:
    return law.value(expression, "if_complete", action={"at": at}, debtor=debtor, history=list(history))


def call(at: str, **keys: Any) -> dict[str, Any]:
    return {"at": at, "channel": "phone", "direction": "outbound", **keys}


@pytest.mark.parametrize(
    ("at", "truth"),
    [
        ("2026-04-08T08:59:59-04:00", True),  # 07:59 in Chicago
        ("2026-04-08T13:00:00.5Z", False),
        ("2026-04-09T00:59:59Z", False),  # 20:59 in New York
        ("2026-04-09T01:00:00Z", True),
    ],
)
def test_an_offset_needs_no_other_zone_to_be_told_in(law: Law, at: str, truth: bool) -> None:
    assert value(law, "outside_hours(action, 08:00, 21:00)", at, time_zone=BOTH) is truth


@pytest.mark.parametrize(
    ("at", "weekday"),
    [
        ("2026-04-08T12:00Z", "wed"),
        ("2026-04-09T03:59Z", "wed"),
        ("2026-04-09T04:30Z", None),  # Thursday in New York, Wednesday in Chicago
        ("2026-04-09T05:00Z", "thu"),
    ],
)
def test_a_day_is_known_where_it_is_the_same_in_every_zone(law: Law, at: str, weekday: str | None) -> None:
    assert value(law, "action.weekday", at, time_zone=BOTH) == weekday
    assert value(law, "action.day is given", at, time_zone=BOTH) is True


def test_a_clock_time_that_differs_is_told_but_compared_with_nothing(law: Law) -> None:
    at = "2026-04-08T12:00Z"
    assert value(law, "action.minute >= 08:00", at, time_zone=BOTH) is None
    assert value(law, "action.minute is given", at, time_zone=BOTH) is True
    assert value(law, "action.minute >= 08:00", at, time_zone="America/New_York") is True
    assert value(law, "action.minute is given", "2026-04-08", time_zone=BOTH) is False


@pytest.mark.parametrize("at", ["2026-04-08T12:00", "2026-04-08T12:00Z"])
def test_a_clock_time_is_told_where_no_zone_is_known(law: Law, at: str) -> None:
    for mode in ("if_complete", "as_stated"):
        assert law.value("action.minute is given", mode, action={"at": at}, debtor={"time_zone": None}) is True
        assert law.value("action.day is given", mode, action={"at": at}, debtor={"time_zone": None}) is True


@pytest.mark.parametrize(
    ("at", "truth"),
    [
        ("2026-04-08T18:00Z", False),  # 14:00 and 13:00
        ("2026-04-08T19:30Z", None),  # 15:30 and 14:30
        ("2026-04-08T20:30Z", True),  # 16:30 and 15:30
        ("2026-04-08T21:30Z", None),
        ("2026-04-08T22:00Z", False),
    ],
)
def test_a_time_that_the_debtor_named_is_asked_in_every_zone(law: Law, at: str, truth: bool | None) -> None:
    bad = [{"from": "15:00", "to": "17:00"}]
    assert value(law, "inconvenient_time(action)", at, time_zone=BOTH, inconvenient=bad) is truth


def test_minutes_between_two_instants_are_those_of_any_clock(law: Law) -> None:
    talk = call("2026-04-08T12:00Z", outcome="conversation")
    count = "count(contacts as c where minutes_between(c, action) <= 30)"
    assert value(law, count, "2026-04-08T12:30Z", (talk,), time_zone=BOTH) == 1
    assert value(law, count, "2026-04-08T12:31Z", (talk,), time_zone=BOTH) == 0


def order(law: Law, *at: str, zone: Any = "America/New_York") -> list[int]:
    history = [call(each, person=str(number)) for number, each in enumerate(at)]
    case = law.case(action={"at": "2026-12-08T10:00"}, debtor={"time_zone": zone}, history=history)
    context = Context(case, law.loaded.channels)
    return [int(entry.fact.person) for entry in context.contacts]


def test_the_history_is_put_in_order_by_instants(law: Law) -> None:
    assert order(law, "2026-04-08T12:00Z", "2026-04-08T07:59-04:00", "2026-04-08T07:58") == [2, 1, 0]
    assert order(law, "2026-04-08T10:00:30", "2026-04-08T10:00:29.5", "2026-04-08") == [2, 1, 0]
    # in the hour that comes twice the clock shows 01:50 before it shows 01:10
    assert order(law, "2026-11-01T01:10-05:00", "2026-11-01T01:50-04:00") == [1, 0]
    assert order(law, "2026-04-08T12:00Z", "2026-04-08T07:59-04:00", zone=BOTH) == [1, 0]


@pytest.mark.parametrize(
    ("act", "number"),
    [
        ("2026-11-01T01:55-04:00", 1),  # the later entry lies in the second half of the hour that comes twice
        ("2026-11-01T01:10-05:00", 2),
        ("2026-11-01", 2),
        ("2026-10-31", 0),
    ],
)
def test_what_came_before_is_counted_by_instants(law: Law, act: str, number: int) -> None:
    entries = [call("2026-11-01T01:50-04:00"), call("2026-11-01T01:10-05:00")]
    debtor = {"time_zone": "America/New_York"}
    context = Context(law.case(action={"at": "2026-12-01"}, debtor=debtor, history=entries), law.loaded.channels)
    moment = law.case(action={"at": act}).action.at
    assert len(context.moved(moment).contacts) == number

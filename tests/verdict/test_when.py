"""The first free moment is the one that trying every minute finds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from collectrules.law.timing import Timing
from collectrules.measures.context import Context
from collectrules.verdict.moments import DAYS_AHEAD, Times, begun, breaks, minutes_of

Law = Any

HOURS = """
kind: contact_hours
values: {from: {2020-01-01: '08:00'}, to: {2020-01-01: '21:00'}}
"""
WAIT = """
kind: waiting_period
after: contacts
values: {days: {2020-01-01: 7}}
"""
NEW_YORK = "America/New_York"
CALL = {"channel": "phone", "direction": "outbound", "outcome": "conversation"}


def first_free(law: Law, body: str, more: str, changes: dict[str, Any], *, within_days: int) -> datetime | None:
    """The first minute after the action at which nothing speaks, found by trying each."""
    advisor = law.advisor(law.ruleset(body, more=more))
    case = law.case(**changes)
    judgement = advisor.judge(case)
    at = case.action.at
    for minute in range(1, within_days * 1440):
        moment: datetime = at + timedelta(minutes=minute)
        context = Context(case, law.loaded.channels, moment)
        if judgement.under(judgement.law, context).outcome(0).breach is False:
            return moment
    return None


def told(law: Law, body: str, more: str = "", **changes: Any) -> Any:
    return law.advisor(law.ruleset(body, more=more)).explore(law.case(**changes)).findings[0].until


def action(at: str, **keys: Any) -> dict[str, Any]:
    return {"action": {"at": at, **keys}}


def debtor(zone: Any, **keys: Any) -> dict[str, Any]:
    return {"debtor": {"time_zone": zone, **keys}}


EVENING = {"inconvenient": [{"days": ["tue", "wed"], "from": "07:30", "to": "19:15"}]}
DEFINED = "define:\n  too_early: {title: early, is: 'outside_hours(action, 09:45, 20:00)'}"


@pytest.mark.parametrize(
    ("body", "more", "changes"),
    [
        (HOURS, "", action("2026-04-08T21:30")),
        (HOURS, "", action("2026-04-08T07:59")),
        # clocks change between the action and the morning, and the action is told with the old offset
        (HOURS, "", action("2026-03-07T22:00:00-05:00")),
        (HOURS, "", action("2026-10-31T22:00:00-04:00")),
        (HOURS, "", action("2026-03-07T22:00") | debtor(NEW_YORK)),
        (HOURS, "", action("2026-03-08T05:00:00+00:00") | debtor("America/Chicago")),
        # told in another zone, on a day when its clocks jump and those of the debtor do not
        (HOURS, "", action("2026-03-07T23:30", at_tz=NEW_YORK) | debtor("America/Phoenix")),
        (HOURS, "", action("2026-11-01T00:30", at_tz=NEW_YORK) | debtor("America/Phoenix")),
        # several places in which the debtor may be
        (HOURS, "", action("2026-03-07T23:00:00-05:00") | debtor([NEW_YORK, "America/Phoenix", "Pacific/Honolulu"])),
        (
            HOURS,
            "",
            action("2026-04-08T22:00")
            | debtor(
                NEW_YORK, endpoints=[{"id": "x", "channel": "phone", "area_code_time_zone": "America/Los_Angeles"}]
            ),
        ),
        # half an hour and three quarters of one
        (HOURS, "", action("2026-04-08T22:00:00+00:00") | debtor("Asia/Kathmandu")),
        (HOURS, "", action("2026-04-08T15:20:00+00:00") | debtor(["Asia/Kolkata", "Asia/Kathmandu"])),
        # times that the rule, an exception, a definition or the debtor names
        ("when: inconvenient_time(action)", "", action("2026-04-07T08:00") | debtor(NEW_YORK, **EVENING)),
        ("when: too_early", DEFINED, action("2026-04-08T22:00")),
        ("when: action.minute > 13:10 and action.weekday == wed", "", action("2026-04-08T20:00")),
        ("when: action.minute < 615", "", action("2026-04-08T05:00")),
        ("when: action.minute <= 10:15", "", action("2026-04-08T05:00")),
        # an act that tells its clock time tells one at every moment
        ("when: action.minute is absent or action.minute < 08:00", "", action("2026-04-08T05:00")),
        ("when: action.day is absent or action.minute < 08:00", "", action("2026-04-08T05:00")),
        (
            "when: action.channel == phone\nunless:\n  - {if: 'not outside_hours(action, 11:20, 12:00)', cite: Law 2}",
            "",
            action("2026-04-08T13:00"),
        ),
        (
            "when: not in_periods(action, debtor.convenient)",
            "",
            debtor(NEW_YORK, convenient=[{"days": ["fri"], "from": "16:40"}]),
        ),
        # days
        (WAIT, "", action("2026-04-08T10:00") | {"history": [{"at": "2026-04-04T18:00", **CALL}]}),
        (WAIT, "", action("2026-03-08T10:00:00-04:00") | {"history": [{"at": "2026-03-04T23:30:00-05:00", **CALL}]}),
        (
            WAIT,
            "",
            action("2026-04-08T20:00:00+00:00")
            | debtor("Asia/Tokyo")
            | {"history": [{"at": "2026-04-04T18:00", **CALL}]},
        ),
    ],
)
def test_the_first_free_moment_is_that_of_a_search_through_every_minute(
    law: Law, body: str, more: str, changes: dict[str, Any]
) -> None:
    found = first_free(law, body, more, changes, within_days=9)
    assert found is not None
    until = datetime.fromisoformat(told(law, body, more, **changes))
    assert until.replace(tzinfo=found.tzinfo) == found


def test_without_a_free_moment_nothing_is_told(law: Law) -> None:
    assert told(law, "when: action.channel == phone") is None


@pytest.mark.parametrize("record", ["complete", "partial"])
def test_a_rule_that_hangs_on_no_clock_falls_silent_when_the_law_changes(law: Law, record: str) -> None:
    case = action("2026-04-08T10:00") | {"record": record}
    assert told(law, "when: action.channel == phone\nuntil: 2026-04-30", **case) == "2026-05-01T00:00-04:00"
    value = "when: count(debts) > $most\nvalues: {most: {2020-01-01: 0, 2026-05-01: 9}}"
    assert told(law, value, **case) == "2026-05-01T00:00-04:00"
    assert told(law, value.replace("2026", "2027"), **case) is None


@pytest.mark.parametrize(("zone", "midnight"), [("Asia/Tokyo", "+09:00"), (NEW_YORK, "-04:00")])
def test_a_law_of_tomorrow_is_ahead_whatever_day_it_is_elsewhere(law: Law, zone: str, midnight: str) -> None:
    late = action("2026-04-30T22:00") | debtor(zone)
    assert told(law, "when: action.channel == phone\nuntil: 2026-04-30", **late) == f"2026-05-01T00:00{midnight}"


def test_a_bare_day_is_followed_by_bare_days(law: Law) -> None:
    history = [{"at": "2026-04-06", **CALL}]
    assert told(law, WAIT, history=history, **action("2026-04-08")) == "2026-04-13"


def test_a_moment_is_told_with_its_offset_where_the_zone_is_known(law: Law) -> None:
    assert told(law, HOURS, **action("2026-03-07T22:00")) == "2026-03-08T08:00-04:00"
    assert told(law, HOURS, **action("2026-10-31T22:00")) == "2026-11-01T08:00-05:00"
    assert told(law, HOURS, **action("2026-03-07T22:00"), **debtor(None)) == "2026-03-08T08:00"


def moments(law: Law, timing: Timing, **case: Any) -> list[Any]:
    """The moments of a hundred days at which something with a timing may change, after that of the act."""
    context = Context(law.case(**case), law.loaded.channels)
    first = begun(context)
    days = timing.days(first.toordinal(), context.dates(), weekly=False)
    times = [Times(minutes_of(context, timing), days)]
    found = breaks(context, times, timing.elapsed, first, first + timedelta(days=DAYS_AHEAD))
    return [each.at for each in found][1:]


def test_breakpoints_come_in_order_and_end(law: Law) -> None:
    timing = Timing(minutes=frozenset({8 * 60, 21 * 60}), any_day=True)
    found = moments(law, timing, **action("2026-03-07T22:00:00-05:00"))
    assert found == sorted(set(found))
    assert timedelta(days=DAYS_AHEAD - 1) < found[-1] - found[0] < timedelta(days=DAYS_AHEAD)
    assert moments(law, Timing(any_day=True), **action("2026-03-07"))[0] == date(2026, 3, 8)


def test_days_on_which_nothing_changes_are_left_out(law: Law) -> None:
    history = [{"at": "2026-04-04T18:00", **CALL}]
    days = set(moments(law, Timing(spans=frozenset({30})), **action("2026-04-08"), history=history))
    assert {date(2026, 5, 4), date(2026, 5, 5)} <= days
    assert len(days) < 15


def test_a_verdict_holds_until_a_rule_may_change_its_mind(law: Law) -> None:
    advisor = law.advisor(law.ruleset(HOURS))
    for at, until in (
        ("10:00", "2026-04-08T21:00-04:00"),
        ("07:00", "2026-04-08T08:00-04:00"),
        ("22:00", "2026-04-09T00:00-04:00"),
    ):
        assert advisor.explore(law.case(**action(f"2026-04-08T{at}"))).valid_until == until


def test_a_verdict_holds_for_the_clock_where_the_debtor_is_whatever_the_one_it_is_told_on(law: Law) -> None:
    case = law.case(**action("2026-07-21T17:00:00+00:00"), **debtor("Pacific/Honolulu"))
    assert law.advisor(law.ruleset(HOURS)).explore(case).valid_until == "2026-07-21T18:00+00:00"


def test_a_verdict_ends_when_so_many_minutes_have_gone_by(law: Law) -> None:
    rule = "when: any(contacts as c where minutes_between(c, action) <= 30)"
    case = law.case(history=[{"at": "2026-04-08T10:00", **CALL}], **action("2026-04-08T10:05"))
    verdict = law.advisor(law.ruleset(rule)).explore(case)
    assert verdict.valid_until == "2026-04-08T10:30-04:00"  # thirty minutes on, and before the rule is silent
    assert verdict.findings[0].until == "2026-04-08T10:31-04:00"
    assert [each.at for each in verdict.alternatives] == ["2026-04-08T10:31-04:00"]


def test_waiting_is_an_alternative(law: Law) -> None:
    verdict = law.advisor(law.ruleset(HOURS, law.rule(WAIT, name="two"))).explore(
        law.case(**action("2026-04-08T22:00"), history=[{"at": "2026-04-04T18:00", **CALL}])
    )
    assert [(each.kind, each.at) for each in verdict.alternatives] == [("wait", "2026-04-11T08:00-04:00")]


def test_another_channel_is_an_alternative(law: Law) -> None:
    body = "when: action.channel in [phone, sms]\nremedy: write"
    verdict = law.advisor(law.ruleset(body)).explore(law.case())
    assert [each.kind for each in verdict.alternatives] == ["channel", "channel", "change"]
    assert [each.channel for each in verdict.alternatives] == ["letter", "email", ""]
    assert "letter" in verdict.alternatives[0].sentence
    assert "email" in verdict.alternatives[1].sentence
    assert verdict.alternatives[2].sentence == "write (Law 1)"

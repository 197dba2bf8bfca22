"""The plan: lawful contact by contact, and no choice has more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import pytest

from collectrules.case.objects import Contact

if TYPE_CHECKING:
    from tests.conftest import Law

    from collectrules.advisor import Advisor

NEW_YORK: Final = ZoneInfo("America/New_York")
FIRST: Final = datetime(2026, 10, 27, 9, tzinfo=NEW_YORK)  # a clock is put on 1 November
HOURS: Final = "kind: contact_hours\nvalues: {from: {2020-01-01: '08:00'}, to: {2020-01-01: '21:00'}}\n"
CAP: Final = """\
kind: frequency_cap
counts: {{channel: {channel}}}
per: person
values: {{at_most: {{2020-01-01: {most}}}, days: {{2020-01-01: {window}}}}}
"""


def later(days: int) -> datetime:
    return (FIRST.astimezone(UTC) + timedelta(days=days)).astimezone(NEW_YORK)


def plan(
    advisor: Advisor, law: Law, channels: tuple[str, ...], days: int, apart: timedelta
) -> list[tuple[datetime, str]]:
    case = law.case(action={"kind": "contact", "channel": "phone", "at": FIRST.isoformat()})
    found = advisor.schedule(case, channels, (FIRST, later(days)), apart=apart).plan
    assert found is not None
    return [(each.at, each.channel) for each in found.contacts]


def most_by_trying_all(advisor: Advisor, law: Law, days: int) -> int:
    """The most calls that are lawful, one a day at most, at 09:00: every choice of days is tried."""
    case = law.case(action={"kind": "contact", "channel": "phone", "at": FIRST.isoformat()})
    assert case.action is not None
    act = case.action
    moments = [later(day) for day in range(days)]

    @cache
    def lawful(made: tuple[int, ...], day: int) -> bool:
        history = tuple(Contact(at=moments[each], channel="phone", direction="outbound") for each in made)
        return advisor.judge(case.but(history=history, action=act.but(at=moments[day]))).decision == "allow"

    def most(made: tuple[int, ...], day: int) -> int:
        if day == days:
            return len(made)
        skipped = most(made, day + 1)
        return max(skipped, most((*made, day), day + 1)) if lawful(made, day) else skipped

    return most((), 0)


@pytest.mark.parametrize("seed", range(12))
def test_no_choice_of_days_has_more_calls(law: Law, seed: int) -> None:
    random = Random(seed)
    most, other = random.randint(1, 3), random.randint(1, 4)
    window, wide = random.randint(2, 4), random.randint(3, 7)
    caps = [CAP.format(channel="phone", window=window, most=most), CAP.format(channel="phone", window=wide, most=other)]
    advisor = law.advisor(law.ruleset(*[law.rule(rule, f"r{number}") for number, rule in enumerate([HOURS, *caps])]))
    days = 7
    found = plan(advisor, law, ("phone",), days, timedelta(days=1))
    assert len(found) == most_by_trying_all(advisor, law, days)


def test_each_contact_is_counted_for_the_next_and_for_other_channels(law: Law) -> None:
    cap = CAP.format(channel="[phone, sms]", window=3, most=2)
    advisor = law.advisor(law.ruleset(law.rule(HOURS, "a"), law.rule(cap, "b")))
    told = plan(advisor, law, ("sms", "phone"), 4, timedelta(hours=6))
    assert [(f"{at:%d %H:%M}", channel) for at, channel in told] == [
        ("27 09:00", "sms"),
        ("27 15:00", "sms"),
        ("30 08:00", "sms"),
        ("30 14:00", "sms"),
    ]


def test_the_time_between_is_kept(law: Law) -> None:
    advisor = law.advisor(law.ruleset(law.rule(HOURS)))
    told = plan(advisor, law, ("phone",), 2, timedelta(hours=5))
    assert [f"{at:%d %H:%M}" for at, _ in told] == [
        "27 09:00",
        "27 14:00",
        "27 19:00",
        "28 08:00",
        "28 13:00",
        "28 18:00",
        "29 08:00",
    ]

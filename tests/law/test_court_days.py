"""Deadlines of courts, as the tests of their own services have them (hmcts/civil-service, hmcts/cmc-claim-store).

They check how months and days are counted and that the bank holidays of England and Wales are those of the calendar.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from collectrules.ground.dated import add_months
from collectrules.law.rulebook import Rulebook
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collectrules.ground.dated import Calendar

RULESETS: Final = Path(__file__).parents[2] / "rulesets"


@lru_cache
def calendars() -> tuple[Calendar, ...]:
    """The days that the whole country keeps, and those of England and Wales."""
    rulesets = Rulebook([RULESETS], load_plugins().language).rulesets()
    own = [each for each in rulesets if each.id in ("gb.national.conc", "gb.eng.bank_holidays")]
    return tuple(calendar for each in own for calendar in each.calendars.values())


def working_day(day: int) -> str:
    """The day itself where it is a working day, else the next one."""
    while date.fromordinal(day).weekday() in (5, 6) or not all(each.is_open(day) for each in calendars()):
        day += 1
    return date.fromordinal(day).isoformat()


def ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        *((day, "2020-12-07") for day in ("2020-08-05", "2020-08-06", "2020-08-07")),
        ("2020-08-25", "2020-12-29"),
        ("2017-08-25", "2017-12-27"),
        ("2020-07-31", "2020-11-30"),
        ("2018-10-30", "2019-02-28"),
        ("2015-10-30", "2016-02-29"),
        ("2018-02-28", "2018-06-28"),
    ],
)
def test_four_months_then_the_next_working_day(start: str, end: str) -> None:
    assert working_day(add_months(ordinal(start), 4)) == end


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2020-08-03", 14, "2020-08-17"),
        ("2020-08-04", 14, "2020-08-18"),
        ("2020-12-11", 14, "2020-12-29"),
        ("2021-02-04", 14, "2021-02-18"),
        ("2021-02-06", 14, "2021-02-22"),
        ("2021-02-04", 28, "2021-03-04"),
        ("2021-02-06", 28, "2021-03-08"),
        ("2017-10-21", 14, "2017-11-06"),
        ("2017-08-12", 14, "2017-08-29"),
        ("2017-04-24", 5 + 14, "2017-05-15"),
        ("2017-05-08", 5 + 14, "2017-05-30"),
        ("2017-05-08", 5 + 28, "2017-06-12"),
        ("2017-03-26", 5 + 14, "2017-04-18"),
        ("2017-09-18", 5 + 14, "2017-10-09"),
        ("2017-09-18", 5 + 28, "2017-10-23"),
        ("2017-09-15", 5 + 14, "2017-10-04"),
        ("2017-09-15", 5 + 28, "2017-10-18"),
        ("2022-09-07", 1, "2022-09-08"),
        ("2022-09-09", 1, "2022-09-12"),
    ],
)
def test_so_many_days_then_the_next_working_day(start: str, days: int, end: str) -> None:
    assert working_day(ordinal(start) + days) == end

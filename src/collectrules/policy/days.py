"""The days on which a company works, and the days that a policy counts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collectrules.ground.dated import Calendar
    from collectrules.policy.model import Start


def working_day(calendar: Calendar, day: date) -> date:
    """That day, or the next on which the company works."""
    return date.fromordinal(calendar.open_from(day.toordinal()))


def last_working_day(calendar: Calendar, day: date) -> date:
    """The last day of its month on which the company works."""
    last = month_end(day).toordinal()
    return date.fromordinal(last if calendar.is_open(last) else calendar.add_business_days(last, -1))


def first_working_day(calendar: Calendar, day: date) -> date:
    """The first day of its month on which the company works."""
    return working_day(calendar, day.replace(day=1))


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def begins(start: Start, due: date | None, step_before: date | None) -> date | None:
    """The day on which a stage begins; None where the day that it counts from is not known or has not come."""
    from_day = step_before if start.after_step else due
    if from_day is None:
        return None
    begun = from_day + timedelta(days=start.days)
    return month_end(begun) if start.month_end else begun


def deadline(calendar: Calendar, sent: date, days: int) -> date:
    """The last day of a period that is given: so many days after the sending, and never a day of rest."""
    return working_day(calendar, sent + timedelta(days=days))

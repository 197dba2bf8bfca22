"""How many small claims a creditor has filed already: of the week, the month, the year in which a day lies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.case.history import Event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from collectrules.case.objects import Case

PERIODS: Final = ("week", "month", "year")
"""Calendar periods; a week begins on Monday."""


class Filed(Struct, frozen=True):
    """The claims filed: at least so many, and at most so many where that is known."""

    least: int
    most: int | None


def filed(case: Case, period: str, day: int, over: Decimal | None) -> Filed:
    """The claims filed in the period up to a day (proleptic ordinal); `over`: only those of a larger amount.

    A figure that the case states goes before its events where it is larger. Where it states none, a complete record's
    events are all there were; those of a partial one are the least.
    """
    first = _first(period, date.fromordinal(day))
    events = [event for event in _events(case) if first.toordinal() <= event.at.toordinal() <= day]
    sure = sum(over is None or (event.amount is not None and event.amount > over) for event in events)
    possible = sum(over is None or event.amount is None or event.amount > over for event in events)
    stated = _stated(case, period)
    if stated is None:
        return Filed(sure, possible if case.whole else None)
    return Filed(max(sure, stated) if over is None else sure, max(possible, stated))


def _events(case: Case) -> Iterator[Event]:
    return (entry for entry in case.history or () if isinstance(entry, Event) and entry.event == "small_claim_filed")


def _first(period: str, day: date) -> date:
    """The first day of the period in which a day lies."""
    match period:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case _:
            return day.replace(month=1, day=1)


def _stated(case: Case, period: str) -> int | None:
    """The figure that the case states for the period; it has none for a week."""
    creditor = case.creditor
    if creditor is None or period == "week":
        return None
    return creditor.small_claims_filed_this_month if period == "month" else creditor.small_claims_filed_this_year

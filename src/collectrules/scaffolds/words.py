"""What templates of law name: days around an act on a Wednesday, and what stands in the file already."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from collectrules.ground.dated import add_months

if TYPE_CHECKING:
    from collections.abc import Mapping

_AHEAD: Final = 45
"""Days from today, or from the first day of the law, to the act of the examples: more than any of them looks back."""
_WEDNESDAY: Final = 2
_REACH: Final = 45


def days(since: date) -> Mapping[str, str]:
    """The words for days: `DAY` of the act, `DAY-7`, `SUNDAY` after it, `TODAY`, `SINCE` and others, by name."""
    today = datetime.now(UTC).date()
    act = max(today, since) + timedelta(days=_AHEAD)
    act += timedelta(days=(_WEDNESDAY - act.weekday()) % 7)
    sunday = act + timedelta(days=6 - act.weekday())
    around = {_called("DAY", shift): act + timedelta(days=shift) for shift in range(-_REACH, _REACH)}
    named = {
        "SUNDAY": sunday,
        "SUNDAY+1": sunday + timedelta(days=1),
        "TWO_YEARS_BEFORE": date.fromordinal(add_months(act.toordinal(), -24)),
        "TODAY": today,
        "NEXT_YEAR": date.fromordinal(add_months(max(today, since).toordinal(), 12)),
        "SINCE": since,
    }
    return {name: day.isoformat() for name, day in {**around, **named}.items()}


def _called(name: str, shift: int) -> str:
    return f"{name}{shift:+d}" if shift else name

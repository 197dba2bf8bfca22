"""How a day or moment is written that is told otherwise: with the year last, a month by name, a clock of twelve hours.

What is proposed is a day of the calendar and an hour of a clock, and whole: where a part of the text is not understood,
the form is told and nothing is proposed.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.case.texts import FIRST_YEAR, LAST_YEAR
from collectrules.ground.cells import day_of_spreadsheet
from collectrules.ground.dated import hour_of_day
from collectrules.ground.months import month_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_YEAR_FIRST: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|(\d{2})(\d{2}))(?![\d/])", re.ASCII)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-/. ] ?(\d{1,2})[-/. ] ?(\d{4}|\d{2})(?!\d)", re.ASCII)
_MONTH_NAMED: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.|er)?[- ]*([^\W\d_]{3,})\.?,?[- ]*(\d{4}|\d{2})(?!\d)")
_MONTH_BEFORE: Final = re.compile(r"([^\W\d_]{3,})\.? *(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")
_WEEKDAY: Final = re.compile(r"[^\W\d_]+\.?,? +(?=.*\d.*\d)")
_CLOCK: Final = re.compile(
    r"[T,\s]*(?:at\s|um\s|\u00e0\s)?\s*(\d{1,2})(?:[:.h](\d{2}))?(:\d{2}(?:\.\d+)?)?\s*(?:([ap])\.?m\.?\b)?"
    r"(?:\s*(?:Uhr|h|hrs)\b)?\s*(Z|[+-]\d{2}:?\d{2}|[A-Z]{2,4})?",
    re.IGNORECASE | re.ASCII,
)
_OFFSETS: Final[Mapping[str, str]] = {
    word: offset
    for words, offset in (
        ("utc gmt wet", "Z"),
        ("est cdt", "-05:00"),
        ("edt", "-04:00"),
        ("cst mdt", "-06:00"),
        ("mst pdt", "-07:00"),
        ("pst", "-08:00"),
        ("cet mez", "+01:00"),
        ("cest mesz", "+02:00"),
    )
    for word in words.split()
}
"""What clocks of the United States and of Europe are called, by how far they are from UTC."""
_NOON: Final = 12
_EPOCH: Final = range(10**8, 10**11)
_FORM: Final = "year first: '2026-03-02', or 2026-03-02T14:05"
_NO_SUCH: Final = "there is no such day or hour: the clock goes from 00:00 to 23:59, as 2026-03-02T14:05"


class _Loose(NamedTuple):
    """A moment as it was understood: the days that may be meant, in their order, the clock behind them, and the form.

    `clock` is empty for a bare day, None for one that no clock shows.
    """

    days: tuple[str, ...]
    clock: str | None
    year_first: bool


def advise_moment(text: str) -> str:
    """How a day or moment is written."""
    if text.lower() in {"now", "today", "tomorrow", "yesterday"}:
        return f"write the day; about this moment asks `collectrules check --at now`, without `{text}` in the case"
    found = _read(text.strip())
    return _told(found) if found else _counted(text) or _FORM


def advise_date(text: str) -> str:
    """How a day is written."""
    found = _read(text.strip())
    if found:
        return _told(_Loose(found.days, "", found.year_first))
    return _counted(text, clocks=False) or "year first: '2026-03-02'"


def _told(found: _Loose) -> str:
    if not found.days or found.clock is None:
        return _NO_SUCH
    written = [f"{day}T{found.clock}" if found.clock else f"'{day}'" for day in found.days]
    if len(written) > 1:
        return f"year first, then the month: is {' or '.join(written)} meant?"
    return f"write {written[0]}" if found.year_first else f"year first: write {written[0]}"


def _counted(text: str, *, clocks: bool = True) -> str:
    """A moment in seconds since 1970, or in thousandths of them; a day as spreadsheets count days."""
    if not (text.isascii() and text.isdigit()):
        return ""
    number = int(text[:16])
    seconds = number if number in _EPOCH else number // 1000
    if clocks and seconds in _EPOCH:
        what = "seconds" if seconds == number else "thousandths of a second"
        return f"{what} since 1970 are {datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
    counted = day_of_spreadsheet(text)
    return f"as spreadsheets count days this is '{counted}'" if counted else ""


def _read(text: str) -> _Loose | None:
    """A text as days and a clock; None where it is none, or more than these."""
    if not text[:1].isdigit() and (weekday := _WEEKDAY.match(text)) and not _MONTH_BEFORE.match(text):
        text = text[weekday.end() :]
    for pattern in (_YEAR_FIRST, _MONTH_BEFORE, _MONTH_NAMED, _YEAR_LAST):
        found = pattern.match(text)
        if found:
            clock = _clock(text[found.end() :])
            if clock == _MORE:
                return None
            return _Loose(tuple(dict.fromkeys(_days(pattern, found))), clock, pattern is _YEAR_FIRST)
    return None


_MORE: Final = "?"
"""What stands behind the day is no clock."""


def _days(pattern: re.Pattern[str], found: re.Match[str]) -> Iterator[str]:
    """The days that a text may mean, as a case has them; those that are in no calendar are left out."""
    if pattern is _YEAR_FIRST:
        tried = [(found[1], int(found[2] or found[4]), int(found[3] or found[5]))]
    elif pattern is _YEAR_LAST:
        one, other = int(found[1]), int(found[2])
        tried = [(found[3], one, other), (found[3], other, one)]
    else:
        day, name = (found[2], found[1]) if pattern is _MONTH_BEFORE else (found[1], found[2])
        tried = [(found[3], month_named(name) or 0, int(day))]
    for year, month, day_of_month in tried:
        full = int(year) if len(year) > len("26") else 2000 + int(year)
        try:
            found_day = date(full, month, day_of_month)
        except ValueError:
            continue
        if FIRST_YEAR <= full <= LAST_YEAR:
            yield found_day.isoformat()


def _clock(rest: str) -> str | None:
    """What stands behind a day as the clock of a moment: empty where nothing does, None where no clock shows it."""
    if not rest.strip(" ,"):
        return ""
    found = _CLOCK.fullmatch(rest.rstrip())
    if not found or not (found[2] or found[4]):
        return _MORE
    hour = int(found[1])
    if found[4]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour_of_day(hour, found[4])
    offset = found[5] or ""
    if offset.isalpha() and offset != "Z":
        if offset.lower() not in _OFFSETS:
            return _MORE
        offset = _OFFSETS[offset.lower()]
    elif offset and offset != "Z" and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    clock = f"{hour:02}:{found[2] or '00'}{(found[3] or '')[:3]}"
    try:
        datetime.fromisoformat(f"2026-03-02T{clock}{offset}")
    except ValueError:
        return None
    return f"{clock}{offset}"

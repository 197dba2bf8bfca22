"""What stands in a cell: amounts, days and moments, as many systems write them. What can be read in two ways is not.

`Unstated` is raised where a statement would decide, `BadCell` where nothing can be made of it. Amounts are `Decimal`,
never a float: what a spreadsheet keeps as one is taken by its shortest decimal form.
"""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from collectrules.case.texts import FIRST_YEAR, LAST_YEAR
from collectrules.ground.cells import day_of_spreadsheet
from collectrules.ground.dated import hour_of_day
from collectrules.ground.money import CENT
from collectrules.ground.months import month_named
from collectrules.imports.lacking import EITHER, Unstated

if TYPE_CHECKING:
    from collections.abc import Mapping

Cell = Any
"""Text, or what a spreadsheet or JSON has: Decimal, int, float, bool, date, datetime."""


class BadCell(ValueError):
    """A cell of which nothing can be made; the message says what it holds."""


_MARKS: Final = re.compile(
    r"[$€£¥₹₪₽₩฿]|(?<![A-Za-z])(?:[A-Z]{3}|kr|Fr|Rs|zł|лв|R\$)\.?(?![A-Za-z])|[\s\u00a0\u202f'\u2019]"
)
_PLAIN: Final = re.compile(r"[0-9]+")
_TWO_WAYS: Final = re.compile(r"([0-9]{1,3})([.,])([0-9]{3})")
_DASH_FOR_CENTS: Final = re.compile(r"(?<=[0-9])([.,])[-\u2013\u2014]{1,2}\Z")
"""No cents: `99,-` in Germany, `99.--` in Switzerland. A dash after digits is a sign."""
_WITH_CENTS: Final = re.compile(r"[.,][0-9]{2}\b")
_MOST_DIGITS: Final = 15
_GROUP: Final = (1, 2, 3)
_GROUPS: Final = (2, 3)
"""Digits of the first group before a mark of thousands, and of the others: in India they are two."""
_NO_CENTS: Final = frozenset({"JPY", "KRW", "CLP", "VND", "ISK", "XAF", "XOF", "XPF", "PYG", "UGX", "RWF"})
"""Currencies of ISO 4217 whose smallest unit is the whole one."""


def amount(cell: Cell, states: Mapping[str, str], currency: str = "") -> Decimal:
    """An amount in units of its currency, to the cent; below zero where it is written so."""
    number = Decimal(str(cell)) if isinstance(cell, int | float | Decimal) else _number(str(cell), states)
    if states.get("minor_units") == "yes" and currency.upper() not in _NO_CENTS:
        if isinstance(cell, str) and _WITH_CENTS.search(cell):
            raise BadCell(f"`{cell}` has cents, and amounts are said to be whole cents (minor_units)")
        number /= 100
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise BadCell(f"`{cell}` is no amount")
    cents = number.quantize(CENT)
    if cents != number:
        raise BadCell(f"`{cell}` is finer than a cent")
    return cents or abs(cents)


def _number(text: str, states: Mapping[str, str]) -> Decimal:
    bare = _MARKS.sub("", text)
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        bare, negative = bare[1:-1], True
    if _DASH_FOR_CENTS.search(bare):
        bare = _DASH_FOR_CENTS.sub(r"\g<1>00", bare)
    elif bare.endswith("-"):
        bare, negative = bare[:-1], True
    if bare[:1] in "+-\u2212" and bare:
        negative = negative != (bare[0] != "+")
        bare = bare[1:]
    mark = {"point": ".", "comma": ","}.get(states.get("decimal_mark", ""))
    if mark is None:
        if two := _TWO_WAYS.fullmatch(bare):
            if states.get("decimal_mark") != EITHER:
                raise Unstated("decimal_mark", text)
            bare = bare.replace(two[2], "")
        mark = "," if bare.rfind(",") > bare.rfind(".") else "."
    thousands = "," if mark == "." else "."
    whole, _, rest = bare.partition(mark)
    groups = whole.split(thousands)
    if len(groups) > 1 and (len(groups[0]) not in _GROUP or any(len(group) not in _GROUPS for group in groups[1:])):
        raise BadCell(f"`{text}` is no amount with a decimal {'point' if mark == '.' else 'comma'}")
    digits = "".join(groups)
    if not _PLAIN.fullmatch(digits or "0") or (rest and not _PLAIN.fullmatch(rest)) or not (digits or rest):
        raise BadCell(f"`{text}` is no amount")
    try:
        number = Decimal(f"{digits or '0'}.{rest or '0'}")
    except InvalidOperation:
        raise BadCell(f"`{text}` is no amount") from None
    return -number if negative else number


_CLOCK: Final = (
    r"(?:[T ,]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?P<fraction>\.[0-9]+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<offset>Z|UTC|GMT|GMTZ|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_YEAR_FIRST: Final = re.compile(
    rf"(?P<y>[0-9]{{4}})(?P<mark>[-/.])(?P<m>[0-9]{{1,2}})(?P=mark)(?P<d>[0-9]{{1,2}}){_CLOCK}"
)
_RUN_TOGETHER: Final = re.compile(rf"(?P<y>[12][0-9]{{3}})(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}}){_CLOCK}")
_YEAR_LAST: Final = re.compile(rf"(?P<a>[0-9]{{1,2}})[-/.](?P<b>[0-9]{{1,2}})[-/.](?P<y>[0-9]{{4}}|[0-9]{{2}}){_CLOCK}")
_IN_WORDS: Final = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s+)?(?:(?P<d>[0-9]{1,2})(?:st|nd|rd|th|\.)?[\s-]+(?P<month>[^\W\d]+)\.?,?[\s-]+"
    rf"|(?P<month2>[^\W\d]+)\.?\s+(?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+)(?P<y>[0-9]{{4}}){_CLOCK}"
)
_NO_DAY: Final = re.compile(r"0000-00-00.*|00/00/0000|0")
_CENTURY: Final = 2000
_MONTHS_A_YEAR: Final = 12


def stamp(cell: Cell, states: Mapping[str, str]) -> date | datetime | None:
    """A day, or a moment with its offset where that is written; None for what stands for none (0000-00-00)."""
    found = cell if isinstance(cell, datetime | date) else _stamp(cell, states)
    if found is not None and not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadCell(f"`{cell}` is of a year far away")
    return found


def _stamp(cell: Cell, states: Mapping[str, str]) -> date | datetime | None:
    text = str(cell).strip()
    if _NO_DAY.fullmatch(text):
        return None
    found = _YEAR_FIRST.fullmatch(text) or _RUN_TOGETHER.fullmatch(text)
    if found is not None:
        parts = (found["y"], found["m"], found["d"])
    elif (found := _YEAR_LAST.fullmatch(text)) is not None:
        order = states.get("date_order")
        if order == EITHER:
            order = "dmy" if int(found["b"]) <= _MONTHS_A_YEAR else "mdy"
        if order not in ("dmy", "mdy"):
            raise Unstated("date_order", text)
        parts = (found["y"], found["b"], found["a"]) if order == "dmy" else (found["y"], found["a"], found["b"])
    elif (found := _IN_WORDS.fullmatch(text)) is not None:
        month = month_named(found["month"] or found["month2"])
        if month is None:
            raise BadCell(f"`{text}` is no day")
        parts = (found["y"], str(month), found["d"] or found["d2"])
    else:
        counted = day_of_spreadsheet(text)
        hint = f"; as spreadsheets count days it is {counted}: format the column as a day" if counted else ""
        raise BadCell(f"`{text}` is no day{hint}")
    year = int(parts[0]) + (_CENTURY if len(parts[0]) == len("26") else 0)
    try:
        day = date(year, int(parts[1]), int(parts[2]))
        return day if found["hour"] is None else datetime.combine(day, _clock(found))
    except ValueError:
        raise BadCell(f"`{text}` is no day of the calendar") from None


def _clock(found: re.Match[str]) -> time:
    hour = int(found["hour"])
    if found["half"]:
        hour = hour_of_day(hour, found["half"])
    micro = int(f"{found['fraction'][1:]:0<6}"[:6]) if found["fraction"] else 0
    offset = found["offset"]
    zone = None
    if offset:
        digits = offset.replace(":", "")
        zone = UTC if digits[0] in "ZUG" else datetime.strptime(digits, "%z").tzinfo
    return time(hour, int(found["minute"]), int(found["second"] or 0), micro, zone)


def day(cell: Cell, states: Mapping[str, str]) -> date | None:
    """A day. A moment that is no midnight becomes one only on a stated clock."""
    found = stamp(cell, states)
    if not isinstance(found, datetime):
        return found
    if found.tzinfo is None and found.time() == time():
        return found.date()
    if "zone" not in states:
        raise Unstated("zone", str(cell))
    return (found if found.tzinfo is None else found.astimezone(zone(states["zone"]))).date()


@cache
def zone(name: str) -> ZoneInfo:
    """A time zone. Raises BadCell."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadCell(f"`{name}` is no time zone") from None


def moment(cell: Cell, states: Mapping[str, str]) -> date | datetime | None:
    """A moment with its offset; a bare day stays one, as nobody knows its hour.

    An hour that clocks show twice is taken as the later, which stays longest within a limit that counts.
    """
    found = stamp(cell, states)
    if not isinstance(found, datetime) or found.tzinfo is not None:
        return found
    if "zone" not in states:
        raise Unstated("zone", str(cell))
    there = zone(states["zone"])
    placed = found.replace(tzinfo=there, fold=1)
    if placed.astimezone(UTC).astimezone(there).replace(tzinfo=None) != found:
        raise BadCell(f"`{cell}` never was on the clocks of {there.key}: check the zone")
    return placed.replace(tzinfo=_offset(placed.utcoffset() or timedelta()), fold=0)


@cache
def _offset(offset: timedelta) -> timezone:
    return timezone(offset)


_FIRST_EPOCH: Final = 631_152_000  # 1 January 1990
_LAST_EPOCH: Final = 4_102_444_800  # 1 January 2100
_UUID_EPOCH: Final = datetime(1582, 10, 15, tzinfo=UTC)
_TIMED_UUID: Final = 1


def moment_in(cell: Cell, reading: str) -> datetime | None:
    """The moment that an id or a count of seconds holds, in UTC; None where it holds none."""
    text = str(cell).strip()
    if reading == "uuid1":
        try:
            identity = uuid.UUID(text)
        except ValueError:
            return None
        if identity.version != _TIMED_UUID:
            return None
        return _UUID_EPOCH + timedelta(microseconds=identity.time // 10)
    try:
        if reading == "hex_milliseconds":
            seconds = Decimal(int(text.partition("_")[0], 16)) / 1000
        else:
            seconds = Decimal(text.partition(".")[0] if reading == "epoch_in_id" else text)
    except (ValueError, InvalidOperation):
        return None
    if not _FIRST_EPOCH < seconds < _LAST_EPOCH:
        return None
    return datetime.fromtimestamp(int(seconds), UTC) + timedelta(microseconds=int(seconds % 1 * 1_000_000))


_TRUE: Final = frozenset({"true", "yes", "y", "1", "ja", "oui", "x"})
_FALSE: Final = frozenset({"false", "no", "n", "0", "nein", "non", ""})


def truth(cell: Cell) -> bool:
    """Yes or no. Raises BadCell."""
    word = str(cell).strip().casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise BadCell(f"`{cell}` is neither yes nor no")

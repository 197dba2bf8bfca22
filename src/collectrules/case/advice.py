"""What was probably meant, and what to write: the help below a message about a case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collectrules.case.values import is_whole
from collectrules.ground.errors import meant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_LOOSE_MOMENT = r"""
    (\d{4})[-/.](\d{1,2})[-/.](\d{1,2})
    (?:[T\ t]+(\d{1,2})[:.h](\d{2})(:\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?\Z
"""
_LOOSE_CLOCK = r"(\d{1,2})[:.h](\d{2})\Z"
_MERIDIEM = r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\.?\Z"
_YES: Final = frozenset({"yes", "y", "on", "1", "true"})
_NO: Final = frozenset({"no", "n", "off", "0", "false"})


def advise_moment(text: str) -> str:
    """How a day or moment is written."""
    loose = re.match(_LOOSE_MOMENT, text, re.ASCII | re.VERBOSE)
    if not loose:
        return "year first: '2026-03-02', or 2026-03-02T14:05"
    year, month, day, hour, minute, seconds, offset = loose.groups()
    written = f"{year}-{int(month):02}-{int(day):02}"
    if hour is None:
        return f"write '{written}'"
    if offset and offset != "Z" and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    return f"write {written}T{int(hour):02}:{minute}{(seconds or '')[:3]}{offset or ''}"


def advise_date(text: str) -> str:
    """How a day is written."""
    loose = re.match(_LOOSE_MOMENT, text, re.ASCII | re.VERBOSE)
    return f"write '{loose[1]}-{int(loose[2]):02}-{int(loose[3]):02}'" if loose else "year first: '2026-03-02'"


def advise_clock(text: str) -> str:
    """How a clock time is written."""
    loose = re.match(_LOOSE_CLOCK, text, re.ASCII)
    if loose and int(loose[1]) < 24 and int(loose[2]) < 60:  # noqa: PLR2004  hours and minutes
        return f"write '{int(loose[1]):02}:{loose[2]}'"
    loose = re.match(_MERIDIEM, text, re.ASCII | re.IGNORECASE)
    if loose and 1 <= int(loose[1]) <= 12:  # noqa: PLR2004  hours of half a day
        hour = int(loose[1]) % 12 + (12 if loose[3] in "pP" else 0)
        return f"write '{hour:02}:{loose[2] or '00'}'"
    return "the clock goes from '00:00' to '24:00'"


_MOST_DIGITS: Final = 20


def advise_money(text: str) -> str:
    """How an amount is written."""
    if text.lstrip().startswith("-"):
        return "an amount is not negative"
    digits = re.sub(r"[^0-9.,]", "", text)
    if re.search(r"[0-9][eE][-+]?[0-9]", text) or len(digits) > _MOST_DIGITS:
        return "write the amount as text with two decimals, as '8400.00'"
    whole, mark, cents = digits, "", ""
    if re.search(r"[.,][0-9]{1,2}\Z", digits):
        at = max(digits.rfind("."), digits.rfind(","))
        whole, mark, cents = digits[:at], ".", digits[at + 1 :]
    whole = re.sub("[.,]", "", whole)
    if not whole or (not mark and len(digits) - len(whole) == 1 and "." in digits):
        return "write the amount as text with two decimals, as '8400.00'"
    return f"write '{whole}.{cents:0<2}', with `currency` beside it"


def advise_rate(text: str) -> str:
    """How a rate is written."""
    loose = re.match(r"([0-9]+)(?:[.,]([0-9]{1,4}))?\s*%?\Z", text)
    return f"write '{loose[1]}.{loose[2] or '0'}'" if loose else "per cent a year with one to four decimals, as '5.25'"


def advise_truth(text: str) -> str:
    """How yes and no are written."""
    lower = text.lower()
    if lower in {"true", "false"}:
        return f"write {lower} without quotes"
    return "write true" if lower in _YES else "write false" if lower in _NO else "write true or false"


def advise_phone_number(text: str) -> str:
    """How a telephone number is written."""
    digits = re.sub(r"[^0-9]", "", text)
    if not text.startswith("+") and len(digits) >= _SHORTEST_NUMBER:
        return f"write +, the calling code of the country and the number: is +1 {digits} meant?"
    return "7 to 15 digits after the +, an extension left out"


_SHORTEST_NUMBER: Final = 7


def advise_region(text: str) -> str:
    """How a part of a country is written."""
    return advise_capitals(text) if len(text) < _LONG_REGION else "what stands behind the country: US-TX has TX"


_LONG_REGION: Final = 4


JURISDICTION: Final = "^[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}$"
"""How a jurisdiction is written."""


def advise_jurisdiction(text: str) -> str:
    """The code that a jurisdiction has."""
    if text in {"false", "False", "FALSE"}:
        return "Norway needs quotes: 'NO'"
    upper = text.upper().replace("_", "-").replace("/", "-")
    return f"write {upper}" if re.match(JURISDICTION, upper) else ""


def advise_number(text: str) -> str:
    """How a whole number is written."""
    return f"write {text} without quotes" if is_whole(text) else ""


def advise_capitals(text: str) -> str:
    """The same in capitals."""
    return f"write {text.upper()}" if text.isalnum() and text.upper() != text else ""


NO_ZONES: Final = frozenset({"Factory", "localtime", "posixrules"})
"""What lies among the zones and says nothing of a place: that nobody chose one, or where this machine is."""


def advise_zone(text: str) -> str:
    """The time zone of a city, or the nearest name."""
    from zoneinfo import available_timezones

    known = sorted(available_timezones() - NO_ZONES)
    if not known:
        return "this machine has no time zone database: pip install tzdata"
    city = text.replace(" ", "_").rpartition("/")[2].lower()
    same = [name for name in known if name.rpartition("/")[2].lower() == city]
    near = [name for name in known if "/" in name]  # a letter off, three capitals are another country
    return f"did you mean `{same[0]}`?" if same else meant(text, near) or "a zone is named for a city"


_WORDS_FOR_AT: Final = frozenset({"on", "date", "time", "when", "datetime", "timestamp"})
_MOST_WORDS: Final = 24


def listed(names: Iterable[str]) -> str:
    """Names in backquotes, of very many the first."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) > _MOST_WORDS:
        return f"{', '.join(quoted[:_MOST_WORDS])} and {len(quoted) - _MOST_WORDS} more"
    return ", ".join(quoted)


def advise_key(key: str, known: Collection[str], present: Collection[str], owners: Mapping[str, list[str]]) -> str:
    """The key that was meant, or the object that has it. `owners` are the titles of the objects that have a key."""
    free = [name for name in known if name not in present]
    if key.lower() in _WORDS_FOR_AT and "at" in known:
        bare = "YAML reads a bare `on` as true; " if key == "on" else ""
        return f"{bare}a day or moment is `at`"
    if key in owners:
        kind = "; an entry with `event` is an event" if "event" in present and "a contact" in owners[key] else ""
        return f"it is a key of {' and of '.join(owners[key][:3])}{kind}"
    return meant(key, free) or f"the keys are {listed(known)}"


def missing_key(present: Iterable[str], keys: Collection[str], owners: Mapping[str, list[str]]) -> str:
    """A key that nothing has and that may be one of the missing."""
    near = [name for name in present if name not in owners and meant(name, keys)]
    return f"is `{near[0]}` meant?" if near else ""

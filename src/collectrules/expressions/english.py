"""Values, lists and numbers as English."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from collectrules.ground.money import UNITS_OF_RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from collectrules.expressions.syntax import Literal
    from collectrules.ground.dated import Dated

WEEKDAY_NAMES: Final[Mapping[str, str]] = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_ORDINALS: Final = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
_SUFFIXES: Final[Mapping[int, str]] = {1: "st", 2: "nd", 3: "rd"}
_TEENS: Final = range(11, 14)


def clock(minute: int) -> str:
    """Minutes after midnight as a clock time."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day(ordinal: int) -> str:
    """A proleptic ordinal as `7 April 2026`."""
    known = date.fromordinal(ordinal)
    return f"{known.day} {known:%B} {known.year}"


def iso_day(ordinal: int) -> str:
    """A proleptic ordinal as `2026-04-07`."""
    return date.fromordinal(ordinal).isoformat()


def days(number: int) -> str:
    """`1 day`, `14 days`."""
    return "1 day" if number == 1 else f"{number} days"


def as_json(value: Any, kind: str) -> Any:
    """A known value of a type of expression as JSON shows it."""
    match kind:
        case "date":
            return iso_day(value)
        case "time":
            return clock(value)
        case "money":
            return f"{value / UNITS_OF_RECORD:.2f}"
        case _:
            return value


def value_text(value: Any, kind: str) -> str:
    """A dated value as a reader expects it."""
    if kind == "time":
        return clock(value)
    return iso_day(value) if kind == "date" else str(value)


def constant_text(constant: Literal) -> str:
    """A constant of an expression as a reader expects it."""
    if constant.kind == "bool":
        return "true" if constant.value else "false"
    if constant.kind == "text":
        return f"“{constant.value}”"
    text = value_text(constant.value, constant.kind)
    return words(text) if constant.kind == "word" else text


def newest(dated: Dated[Literal]) -> str:
    """The latest of a dated value."""
    return _value_of(dated, len(dated.days) - 1)


def with_days(dated: Dated[Literal], noun: str = "") -> str:
    """A dated value with the days since which it holds: `2 allowed since 2012-03-02, 3 since 2024-01-01`."""
    told = [f"{_value_of(dated, number)} since {iso_day(since)}" for number, since in enumerate(dated.days)]
    return ", ".join([told[0].replace(" since", f" {noun} since", 1) if noun else told[0], *told[1:]])


def in_force(dated: Dated[Literal]) -> str:
    """Since when the newest of a dated value holds, where it is told beside; all of them where there are several."""
    return f"since {iso_day(dated.days[0])}" if len(dated.days) == 1 else with_days(dated)


def _value_of(dated: Dated[Literal], number: int) -> str:
    value = dated.values[number]
    return constant_text(value) if value.kind != "text" else str(value.value)


def shown(value: object) -> str:
    """A value of JSON as people read it: `yes`, `en, es`, `not known`."""
    match value:
        case None:
            return "not known"
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return ", ".join(map(shown, value)) or "none"
        case _:
            return str(value)


def words(name: str) -> str:
    """A name of a file as words."""
    return name.replace("_", " ")


def city(zone: str) -> str:
    """The city for which a time zone is named: `America/New_York` is New York."""
    return zone.rpartition("/")[2].replace("_", " ")


def listing(items: Sequence[str], joined_by: str) -> str:
    """`a, b or c`."""
    *first, last = items
    return f"{', '.join(first)} {joined_by} {last}" if first else last


def cited(sentence: str, citation: str) -> str:
    """A sentence, with the citation behind it where there is one."""
    return f"{sentence} ({citation})" if citation else sentence


def article(noun: str) -> str:
    """A noun with `a` or `an` before it."""
    return f"{'an' if noun[0] in 'aeio' or noun.startswith('unreason') else 'a'} {noun}"


def ordinal_text(number: int) -> str:
    """A number as a place in a row: `third`, `31st`."""
    if number < len(_ORDINALS):
        return _ORDINALS[number]
    suffix = "th" if number % 100 in _TEENS else _SUFFIXES.get(number % 10, "th")
    return f"{number}{suffix}"

"""What a file does not say and nobody stated: met where it is needed, told all at once, with how to say it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from collectrules.case.value_advice import JURISDICTION
from collectrules.ground.errors import CollectrulesError
from collectrules.ground.lines import wrapped
from collectrules.imports.fields import FIELDS, REQUIRED_TO_BE_STATED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Unstated(Exception):  # it is no fault of the row
    """A row cannot be read without a statement, or a column, that is not there; `seen` is what it has."""

    def __init__(self, key: str, seen: str = "") -> None:
        super().__init__(key)
        self.key = key
        self.seen = seen


class CannotImport(CollectrulesError):
    """A file cannot be imported as it was asked: the text says what it lacks and how to say it."""


CURRENCY_OF_MARK: Final = {"€": "EUR", "£": "GBP", "₹": "INR", "₪": "ILS", "₽": "RUB", "₩": "KRW", "zł": "PLN"}
"""Marks of one currency alone: an amount that has another than is said is wrong."""

EITHER: Final = "either"
"""While it is looked through what else a file lacks: as it reads best. Nothing that is read so is written."""
_EITHER: Final = {"decimal_mark": EITHER, "date_order": EITHER}


class Lacks(Struct):
    """What was met, how often, and the first example of each."""

    counts: Counter[str] = field(default_factory=Counter)
    seen: dict[str, str] = field(default_factory=dict)

    def meet(self, unstated: Unstated) -> None:
        """Note one row that cannot be read."""
        self.counts[unstated.key] += 1
        if unstated.seen:
            self.seen.setdefault(unstated.key, unstated.seen)

    def example(self, unstated: Unstated) -> str | None:
        """What stands for it while the rest is looked through; None for a column. Nothing read so is written."""
        if unstated.key not in REQUIRED_TO_BE_STATED:
            return None
        return _EITHER.get(unstated.key, _example(unstated.key, unstated.seen))

    def __bool__(self) -> bool:
        return bool(self.counts)

    def told(self, file: str, columns: Sequence[str]) -> CannotImport:
        """All of it, each with the option that says it."""
        many = len(self.counts)
        lines = [f"{file}: cannot be imported yet: {many} {'thing is' if many == 1 else 'things are'} nowhere said"]
        stated = [key for key in self.counts if key in REQUIRED_TO_BE_STATED]
        of_columns = [key for key in self.counts if key not in REQUIRED_TO_BE_STATED]
        for key in stated:
            lines += self._statement(key)
        for key in of_columns:
            lines += [f"  {key}: which column is it ({FIELDS[key]})?", f"      --column {key}=NAME"]
        if of_columns:
            lines.append(f"  the columns are: {', '.join(name for name in columns if name)}")
        lines = [lines[0], *(folded for line in lines[1:] for folded in fold(line))]
        lines.append("or in a mapping of your own, given with --map:")
        if stated:
            lines.append(f"  states: {{{', '.join(f'{key}: {self._example(key)}' for key in stated)}}}")
        if of_columns:
            lines.append(f"  columns: {{{', '.join(f'{key}: NAME' for key in of_columns)}}}")
        return CannotImport("\n".join(lines))

    def _statement(self, key: str) -> list[str]:
        statement = REQUIRED_TO_BE_STATED[key]
        seen = f" (here: `{self.seen[key]}`)" if key in self.seen else ""
        words = f"   one of {', '.join(statement.words)}" if len(statement.words) > 1 else ""
        return [f"  {key}: {statement.question}{seen}", f"      --state {key}={self._example(key)}{words}"]

    def _example(self, key: str) -> str:
        return _example(key, self.seen.get(key, ""))


def _example(key: str, seen: str = "") -> str:
    """An answer: of the currency the one whose mark was seen, of days the order in which the one seen is a day."""
    if key == "currency":
        for mark, code in CURRENCY_OF_MARK.items():
            if mark in seen:
                return code
    if key == "date_order" and re.match(r"[0-9]{1,2}[-/.](?:1[3-9]|2[0-9]|3[01])[-/.]", seen):
        return "mdy"
    return REQUIRED_TO_BE_STATED[key].example


def fold(line: str) -> list[str]:
    """A line in lines that fit a terminal; those below it stand further in, but help stays where it is."""
    own = len(line) - len(line.lstrip())
    indent = " " * (4 if own in {0, 4} else own + 4)
    return wrapped(line, indent, first="")


_FORMS: Final = {"jurisdiction": JURISDICTION, "currency": "[A-Za-z]{3}", "phone_country": "[A-Z]{2}"}
_ALIASES: Final[Mapping[str, str]] = {".": "point", ",": "comma", "utc": "Etc/UTC"}


def checked_statement(key: str, value: str) -> str:
    """The value of a statement as it is kept. Raises ValueError, with what may be said."""
    value = _ALIASES.get(value.strip().casefold(), value.strip())
    words = REQUIRED_TO_BE_STATED[key].words
    if words and value not in words:
        message = f"`{value}` is no answer for {key}: {', '.join(words)}"
        raise ValueError(message)
    if not value:
        message = f"nothing is said for {key}: as {key}={_example(key)}"
        raise ValueError(message)
    if key in _FORMS and not re.fullmatch(_FORMS[key], value):
        message = f"`{value}` is no answer for {key}: as {key}={_example(key)}"
        raise ValueError(message)
    return value

"""Months by their names, as people and systems write them in seven languages."""

from __future__ import annotations

from functools import cache
from typing import Final

_NAMES: Final = (
    "january januar jänner janvier enero gennaio januari janeiro",
    "february februar feber février febrero febbraio februari fevereiro",
    "march märz mrz mär mars marzo maart março",
    "april avril abril aprile",
    "may mai mayo maggio mei maio",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august août agosto augustus",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember décembre diciembre dicembre dezembro",
)
"""The months in English, German, French, Spanish, Italian, Dutch and Portuguese."""
_SHORTEST: Final = 3


@cache
def month_named(name: str) -> int | None:
    """The number of a month by its name or the beginning of it, of three letters or more.

    None where no month begins so, or several do, as with `jui`.
    """
    plain = name.casefold().removesuffix(".")
    if len(plain) < _SHORTEST:
        return None
    found = {number for number, names in enumerate(_NAMES, start=1) for each in names.split() if each.startswith(plain)}
    return found.pop() if len(found) == 1 else None

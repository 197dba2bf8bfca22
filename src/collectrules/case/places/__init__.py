"""Where a number or an address is: tables of facts, written by `tools/build_places.py`, and their readers.

`jurisdictions` says where a number was given out: of an area code of North America the state or province, elsewhere
the country; `postal_jurisdictions` the state or province of a postal code, and a city that has law of its own, which
`cities` knows by name. A zone stands for all of its country whose clocks have shown the same since 2020. Several zones:
the place may lie in each of them. None: it cannot be placed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_ZONES: Final[tuple[str, ...]] = ()
_NORTH_AMERICA: Final = "1"
_AREA_CODE: Final = 3
_SPACING: Final = re.compile(r"[\s\-]+")


@cache
def _table(name: str) -> Mapping[str, tuple[str, ...]]:
    from importlib.resources import files  # dear, and only for who states an address or number

    text = files(__package__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    rows = (line.partition(",") for line in text.splitlines()[1:])
    return {key: tuple(zones.split(";")) for key, _, zones in rows}


def _of_longest_beginning(table: Mapping[str, tuple[str, ...]], text: str, least: int) -> tuple[str, ...]:
    for end in range(len(text), least - 1, -1):
        if text[:end] in table:
            return table[text[:end]]
    return NO_ZONES


@cache
def _countries_with_codes() -> frozenset[str]:
    """Those of which postal codes are listed; some have one zone, and parts overseas with zones of their own."""
    return frozenset(key.partition("-")[0] for key in _table("postal_codes"))


def zones_of_number(number: str) -> tuple[str, ...]:
    """Every zone in which a number may be; it is written as `contact_points.number_of` gives it."""
    digits = number[1:]
    if digits.startswith(_NORTH_AMERICA):
        return _table("area_codes").get(digits[1 : 1 + _AREA_CODE], NO_ZONES)
    return _of_longest_beginning(_table("numbers"), digits, 1)


def jurisdictions_of_number(number: str) -> tuple[str, ...]:
    """The codes of ISO 3166 of where a number was given out; none for one that no place has, as one free of charge."""
    digits = number[1:]
    least = 1 + _AREA_CODE if digits.startswith(_NORTH_AMERICA) else 1
    return _of_longest_beginning(_table("jurisdictions"), digits, least)


def jurisdictions_of_address(country: str, region: str | None, postal_code: str | None, city: str | None) -> set[str]:
    """The states, provinces and cities with law of their own in which an address may be; empty where no table says.

    A postal code decides of a city; without one its name does. Of codes that two places share, all of them.
    """
    if postal_code is not None:
        beginning = f"{country}-{_SPACING.sub('', postal_code).upper()}"
        return set(_of_longest_beginning(_table("postal_jurisdictions"), beginning, len(country) + 2))
    if region is None or city is None:
        return set()
    return set(_table("cities").get(f"{country}-{region}-{city.upper()}", ()))


def zones_of_address(country: str, region: str | None = None, postal_code: str | None = None) -> tuple[str, ...]:
    """Every zone in which an address may be: codes of ISO 3166, and a postal code as it is written there."""
    of_country = _table("countries").get(country, NO_ZONES)
    if len(of_country) <= 1 and (postal_code is None or country not in _countries_with_codes()):
        return of_country
    of_region = NO_ZONES if region is None else _table("regions").get(f"{country}-{region}", NO_ZONES)
    if postal_code is None:
        return of_region or of_country
    beginning = f"{country}-{_SPACING.sub('', postal_code).upper()}"
    of_code = _of_longest_beginning(_table("postal_codes"), beginning, len(country) + 2)
    if not of_code:
        return of_region or of_country
    # A region and a postal code that contradict each other: either may be the slip.
    return of_code if not of_region or set(of_code) <= set(of_region) else tuple(dict.fromkeys((*of_region, *of_code)))

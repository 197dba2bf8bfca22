"""Where debtors are, as people write it: countries and parts of them by name, numbers without a country's code."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from collectrules.case.contact_points import number_of, without_extension, without_trunk_zero
from collectrules.case.places import jurisdictions_of_address
from collectrules.case.values import plain
from collectrules.ground import source
from collectrules.ground.cells import plain_name

_FILE: Final = Path(__file__).with_name("written.yaml")
_DIALLED_ABROAD: Final = re.compile(r"^(?:011|00)(?=[1-9])")
_NORTH_AMERICAN: Final = re.compile(r"1?([2-9][0-9]{2}[2-9][0-9]{6})")
_WITHOUT_AREA: Final = 7
_LEAST_DIGITS: Final = 7
_MOST_DIGITS: Final = 15


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = plain(source.read_file(_FILE))
    return table


@cache
def _countries() -> dict[str, str]:
    return {plain_name(name): code for code, names in _table()["countries"].items() for name in (code, *names)}


def country_of(text: str) -> str | None:
    """The code of a country, by its code or a name; None for what is none that is known."""
    return _countries().get(plain_name(text))


@cache
def _regions(country: str) -> dict[str, str]:
    regions: dict[str, str] = _table()["regions"].get(country, {})
    return {plain_name(name): code for code, long in regions.items() for name in (code, long)}


def region_of(country: str, text: str, postal_code: str) -> str | None:
    """The code of a part of a country, by code or name, in Britain by the postcode too; None where it is not known."""
    found = _regions(country).get(plain_name(text.removeprefix(f"{country}-"))) if text else None
    if found is None and postal_code and country in _table()["region_by_postal_code"]:
        parts = jurisdictions_of_address(country, None, postal_code, None)
        found = min(parts).removeprefix(f"{country}-") if len(parts) == 1 else None
    return found


def regions_named(text: str) -> list[tuple[str, str]]:
    """The parts of countries that have a name or code, each as country and code; where two countries have it, both."""
    named = [(country, _regions(country).get(plain_name(text))) for country in _table()["regions"]]
    return [(country, code) for country, code in named if code is not None]


@lru_cache(maxsize=512)
def codes_meant(text: str) -> tuple[str, ...]:
    """The codes of the places that a name or a code of a part alone may mean: `US-MA` of `Massachusetts` and of `MA`.

    Empty where it means no place that is known, or is the code of one.
    """
    parts = [f"{country}-{code}" for country, code in regions_named(text)]
    country = country_of(text)
    return (*parts, *([country] if country is not None and country != text.upper() else []))


def countries_with_parts() -> list[str]:
    """The countries of which the parts have names here."""
    return list(_table()["regions"])


def countries_of_money(currency: str) -> set[str]:
    """Those of these countries whose currency this is."""
    return {country for country, code in _table()["currencies"].items() if code == currency}


def needs_region(country: str) -> bool:
    """Is the law of collecting made by the parts of this country?"""
    return country in _table()["needs_region"]


class Unplaced(ValueError):
    """A number of which nobody can say where it is; the message says why."""


@lru_cache(maxsize=100_000)
def number(text: str, country: str) -> str:
    """A number as E.164 writes it. `country` is that of numbers without a code, empty where nobody said.

    Raises `Unplaced`, with empty text where only the country is missing.
    """
    bare = re.sub(r"[^0-9+]", "", without_trunk_zero(without_extension(text)))
    if not bare.strip("+"):
        raise Unplaced(f"`{text}` is no number")
    if not bare.startswith("+"):
        abroad = _DIALLED_ABROAD.sub("+", bare)
        bare = abroad if abroad.startswith("+") else _national(text, bare, country)
    found = number_of(bare)
    if found is None:
        raise Unplaced(f"`{text}` is no number that can be dialled")
    return found


def _national(text: str, digits: str, country: str) -> str:
    if not country:
        raise Unplaced("")
    code: str = _table()["calling_codes"].get(country, "")
    if not code:
        raise Unplaced(f"`{text}`: the calling code of {country} is not known here")
    if code == "1":
        found = _NORTH_AMERICAN.fullmatch(digits)
        if found is None:
            short = len(digits) == _WITHOUT_AREA
            raise Unplaced(f"`{text}` has no area code" if short else f"`{text}` is no number of North America")
        return f"+1{found[1]}"
    own = digits if country in _table()["keeps_zero"] else digits.removeprefix("0")
    if own.startswith(code) and len(own) > len(code) + 8:
        return f"+{own}"
    if not _LEAST_DIGITS <= len(own) + len(code) <= _MOST_DIGITS:
        raise Unplaced(f"`{text}` is too short or too long for a number")
    return f"+{code}{own}"

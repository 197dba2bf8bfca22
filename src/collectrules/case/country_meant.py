"""A stated country whose code a part of another country has too: `DE` of a case whose debtor is in Delaware.

The law of the wrong country would be asked, and nothing in the answer would say so. Its code is CR030.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from collectrules.case.contact_points import number_of
from collectrules.case.jurisdictions import tables
from collectrules.case.places import jurisdictions_of_number, zones_of_address
from collectrules.case.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.case.kinds import JsonSchema, Report
    from collectrules.ground.nodes import Table

_COUNTRY: Final = len("DE")
_NORTH_AMERICA: Final = ("US", "CA")
_WITHOUT_CODE: Final = re.compile(r"\(?[2-9][0-9]{2}\)?[-. ]{1,2}[2-9][0-9]{2}[-. ][0-9]{4}")
"""A number as it is written there alone."""


class Doubt(NamedTuple):
    """The part of another country that may be meant, and what of the case is of that country."""

    part: str
    because: str


class CountryMeant:
    """A country alone is not doubted by all that tells where the debtor is.

    It is doubted where its code is that of a part of another country, and the debtor's address, number or clock, or the
    currency of a consumer's debt, is of that one, and no address, number or clock of the country that is stated.
    """

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether it is not."""
        return doubt(value) is None

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say which part may be meant."""
        del subject
        case = plain(table)
        found = doubt(case)
        if found is None:
            return
        place = table.place_of("jurisdiction")
        stated = case["jurisdiction"]
        advice = (
            f"write {found.part}; where the country is meant, give the debtor an address or a time zone in {stated}"
        )
        message = f"`jurisdiction` is the country {stated}, but {found.because}: is {found.part} meant?"
        report.add(place, "CR030", message, advice)

    def describe(self, schema: JsonSchema) -> None:
        """Leave it out: JSON Schema cannot say it."""


def doubt(case: dict[Any, Any]) -> Doubt | None:
    """What is doubtful about the country of a case, as a file has it; None where nothing is."""
    stated = case.get("jurisdiction")
    if type(stated) is not str or len(stated) != _COUNTRY or "applicable_law" in case:
        return None
    told = []
    for countries, because in _told(case):
        if stated in countries:
            return None
        told.append((countries, because))
    if not told:
        return None
    from collectrules.case.places.written import codes_meant  # a table of names, for what does not speak for it only

    for part in codes_meant(stated):
        for countries, because in told:
            if part.partition("-")[0] in countries:
                return Doubt(part, because)
    return None


def _told(case: dict[Any, Any]) -> Iterator[tuple[set[str], str]]:
    """What tells where the debtor is: the countries of which each may be, and how it is told. The dear comes last."""
    debtor = case.get("debtor")
    debtor = debtor if type(debtor) is dict else {}
    for address in tables(debtor.get("addresses")):
        if type(country := address.get("country")) is str:
            yield {country}, f"the debtor has an address in {country}"
    # A number under a key that nothing has is a mistake of its own; all that is wrong is told at once.
    for written in (*(endpoint.get("number") for endpoint in tables(debtor.get("endpoints"))), *debtor.values()):
        if type(written) is not str:
            continue
        if (number := number_of(written)) is not None:
            yield {place[:_COUNTRY] for place in jurisdictions_of_number(number)}, f"the debtor's number is {written}"
        elif _WITHOUT_CODE.fullmatch(written):
            yield set(_NORTH_AMERICA), f"the debtor's number is {written}"
    stated = debtor.get("time_zone")
    for zone in stated if isinstance(stated, list | tuple) else [stated]:
        if type(zone) is str:
            yield _of_clock(zone, case["jurisdiction"]), f"the debtor's clock is that of {zone}"
    from collectrules.case.places.written import countries_of_money

    for debt in tables(case.get("debts")):
        if debt.get("kind") == "consumer" and type(currency := debt.get("currency")) is str:
            yield countries_of_money(currency), f"a consumer owes {currency}"


def _of_clock(zone: str, stated: str) -> set[str]:
    """The stated country, else those with parts, that have clocks in the same area as a zone: `America`."""
    area = zone.partition("/")[0]

    def has_clock(country: str) -> bool:
        return any(each.partition("/")[0] == area for each in zones_of_address(country))

    if has_clock(stated):
        return {stated}
    from collectrules.case.places.written import countries_with_parts

    return {country for country in countries_with_parts() if has_clock(country)}

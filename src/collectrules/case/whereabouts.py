"""Where a debtor is, by what a case says: the places whose law applies, and every zone to which something points."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from collectrules.case import contact_points
from collectrules.case.advice import JURISDICTION
from collectrules.case.places import zones_of_address, zones_of_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collectrules.case.objects import Action, Address, Debtor, Endpoint

STATED: Final = "the case"
NUMBER: Final = "the number"
ADDRESS: Final = "the address"
_IS_PLACE: Final = re.compile(JURISDICTION[1:-1], re.ASCII)


def place_of(country: Any, region: Any) -> str | None:
    """The jurisdiction of an address, as US-TX; None for what is none."""
    code = f"{country}-{region}" if type(region) is str else country
    return code if type(code) is str and _IS_PLACE.fullmatch(code) else None


def places_stated(case: dict[Any, Any]) -> tuple[str, ...]:
    """The places whose law applies, of a case as a file has it: as `places` has them of a case that was read."""
    debtor = case.get("debtor")
    addresses = debtor.get("addresses") if type(debtor) is dict else None
    items = addresses if isinstance(addresses, list | tuple) else ()
    own = [place_of(each.get("country"), each.get("region")) for each in items if type(each) is dict]
    stated = case.get("jurisdiction")
    first = stated if type(stated) is str and _IS_PLACE.fullmatch(stated) else None
    return narrowest((first, *own))


def narrowest(places: Iterable[str | None]) -> tuple[str, ...]:
    """Each place once and in order, without those of which a part is among them: its law holds in the part."""
    each = dict.fromkeys(place for place in places if place is not None)
    return tuple([place for place in each if not any(other.startswith(f"{place}-") for other in each)])


class Whereabouts(NamedTuple):
    """Zones in which the debtor may be."""

    zones: tuple[str, ...]
    origins: tuple[str, ...]
    """Of each zone what points to it: `STATED`, `NUMBER` or `ADDRESS`; of several the first of these."""
    unplaced: bool
    """Does the number or address that is used, or all that is known, lie nobody knows where?"""


def whereabouts(debtor: Debtor, action: Action | None) -> Whereabouts:
    """Every zone to which something points; only what the debtor told counts where they told where they are."""
    stated = debtor.time_zone
    zones = dict.fromkeys((stated,) if isinstance(stated, str) else tuple(stated or ()), STATED)
    told = debtor.location_known_from_debtor is True
    if told and zones:
        return Whereabouts(tuple(zones), tuple(zones.values()), unplaced=False)
    endpoints = () if told else debtor.endpoints or ()
    for endpoint in endpoints:
        for zone in (endpoint.area_code_time_zone, endpoint.address_time_zone):
            if zone is not None:
                zones.setdefault(zone, STATED)
    unplaced = False
    for address in debtor.addresses or ():
        of_address = zones_of_address(address.country, address.region, address.postal_code)
        unplaced = unplaced or not of_address
        for zone in of_address:
            zones.setdefault(zone, ADDRESS)
    numbers = _numbers(endpoints, None if action is None or told else action.endpoint)
    for number, used in numbers.items():
        of_number = zones_of_number(number)
        unplaced = unplaced or (used and not of_number)
        for zone in of_number:
            zones.setdefault(zone, NUMBER)
    return Whereabouts(tuple(zones), tuple(zones.values()), unplaced or (bool(numbers) and not zones))


def _numbers(endpoints: Iterable[Endpoint], used: str | None) -> dict[str, bool]:
    """The debtor's numbers, each with whether the act uses it. What has a zone of its own was worked out before."""
    numbers = {
        each.number: each.id == used
        for each in endpoints
        if each.number is not None and each.area_code_time_zone is None
    }
    number = None if used is None else contact_points.number_of(used)
    if number is not None and all(each.id != used for each in endpoints):
        numbers[number] = True
    return numbers


def places(jurisdiction: str | None, addresses: Iterable[Address]) -> tuple[str, ...]:
    """The places whose law applies: that which is stated, and those of the debtor's addresses."""
    return narrowest((jurisdiction, *(place_of(each.country, each.region) for each in addresses)))

"""Every zone in which a debtor may be, by what a case says of addresses, numbers and zones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.case import contact_points
from collectrules.case.places import zones_of_address, zones_of_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collectrules.case.objects import Action, Debtor, Endpoint

STATED: Final = "the case"
NUMBER: Final = "the number"
ADDRESS: Final = "the address"


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

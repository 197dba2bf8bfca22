"""The places whose law applies to a case: the one that is stated, and those of the debtor's addresses.

Where neither says a place, those where the debtor's numbers were given out; where an address says the state alone, a
city of that state in which they were.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from collectrules.case.contact_points import number_of
from collectrules.case.places import jurisdictions_of_address, jurisdictions_of_number
from collectrules.case.value_advice import JURISDICTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from collectrules.case.addresses import Address, Endpoint

_IS_PLACE: Final = re.compile(JURISDICTION[1:-1], re.ASCII)


def place_of(country: Any, region: Any) -> str | None:
    """The jurisdiction of an address, as US-TX; None for what is none."""
    code = f"{country}-{region}" if type(region) is str else country
    return code if type(code) is str and _IS_PLACE.fullmatch(code) else None


def _of_address(country: Any, region: Any, postal_code: Any, city: Any) -> tuple[str | None, ...]:
    """The jurisdictions of an address: of region and postal code or city; where they differ, all."""
    own = place_of(country, region)
    if own is None or not all(each is None or type(each) is str for each in (postal_code, city)):
        return (own,)
    found = sorted(jurisdictions_of_address(country, region, postal_code, city))
    within = [place for place in found if place == own or place.startswith(f"{own}-")]
    return (own, *(within or found))  # of a code that two states share, the stated one


def places_stated(case: dict[Any, Any]) -> tuple[str, ...]:
    """The places whose law applies, of a case as a file has it: as `places` has them of a case that was read."""
    debtor = case.get("debtor")
    debtor = debtor if type(debtor) is dict else {}
    addresses = [
        tuple(each.get(key) for key in ("country", "region", "postal_code", "city"))
        for each in tables(debtor.get("addresses"))
    ]
    stated = case.get("jurisdiction")
    first = stated if type(stated) is str and _IS_PLACE.fullmatch(stated) else None
    return _places(first, addresses, [each.get("number") for each in tables(debtor.get("endpoints"))])


def places(
    jurisdiction: str | None, addresses: Iterable[Address], endpoints: Iterable[Endpoint] = ()
) -> tuple[str, ...]:
    """The places whose law applies: that which is stated, and those of the debtor's addresses; else of the numbers."""
    found = [(each.country, each.region, each.postal_code, each.city) for each in addresses]
    return _places(jurisdiction, found, [each.number for each in endpoints])


def _places(jurisdiction: str | None, addresses: Sequence[tuple[Any, ...]], numbers: Sequence[Any]) -> tuple[str, ...]:
    stated = (jurisdiction, *chain.from_iterable(_of_address(*each) for each in addresses))
    # An address that tells no more than the state leaves the city open: an area code may be that of one.
    states = [place_of(each[0], each[1]) for each in addresses if each[1] is not None and each[2] is each[3] is None]
    if not states and (found := narrowest(stated)):
        return found  # and no number is looked up
    by_numbers = [
        place
        for each in numbers
        if type(each) is str and (number := number_of(each)) is not None
        for place in jurisdictions_of_number(number)
    ]
    cities = [place for place in by_numbers if any(place.startswith(f"{state}-") for state in states)]
    return narrowest((*stated, *cities)) or narrowest(by_numbers)


def tables(listed: Any) -> list[dict[Any, Any]]:
    """What has keys in a list; nothing of what is none."""
    return [each for each in listed if type(each) is dict] if isinstance(listed, list | tuple) else []


def narrowest(places: Iterable[str | None]) -> tuple[str, ...]:
    """Each place once and in order, without those of which a part is among them: its law holds in the part."""
    each = dict.fromkeys(place for place in places if place is not None)
    return tuple([place for place in each if not any(other.startswith(f"{place}-") for other in each)])

"""The places whose law applies to a case: the one that is stated, and those of the debtor's addresses.

Where neither says a place, those where the debtor's numbers were given out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from collectrules.case.advice import JURISDICTION
from collectrules.case.contact_points import number_of
from collectrules.case.places import jurisdictions_of_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collectrules.case.addresses import Address

_IS_PLACE: Final = re.compile(JURISDICTION[1:-1], re.ASCII)


def place_of(country: Any, region: Any) -> str | None:
    """The jurisdiction of an address, as US-TX; None for what is none."""
    code = f"{country}-{region}" if type(region) is str else country
    return code if type(code) is str and _IS_PLACE.fullmatch(code) else None


def places_stated(case: dict[Any, Any]) -> tuple[str, ...]:
    """The places whose law applies, of a case as a file has it: as `places` has them of a case that was read."""
    debtor = case.get("debtor")
    debtor = debtor if type(debtor) is dict else {}
    own = [place_of(each.get("country"), each.get("region")) for each in _tables(debtor.get("addresses"))]
    stated = case.get("jurisdiction")
    first = stated if type(stated) is str and _IS_PLACE.fullmatch(stated) else None
    return narrowest((first, *own)) or places_of_numbers(
        each.get("number") for each in _tables(debtor.get("endpoints"))
    )


def _tables(listed: Any) -> list[dict[Any, Any]]:
    return [each for each in listed if type(each) is dict] if isinstance(listed, list | tuple) else []


def places_of_numbers(numbers: Iterable[Any]) -> tuple[str, ...]:
    """Where numbers were given out; what is no number says nothing."""
    read = [number_of(each) for each in numbers if type(each) is str]
    return narrowest(place for number in read if number is not None for place in jurisdictions_of_number(number))


def narrowest(places: Iterable[str | None]) -> tuple[str, ...]:
    """Each place once and in order, without those of which a part is among them: its law holds in the part."""
    each = dict.fromkeys(place for place in places if place is not None)
    return tuple([place for place in each if not any(other.startswith(f"{place}-") for other in each)])


def places(jurisdiction: str | None, addresses: Iterable[Address]) -> tuple[str, ...]:
    """The places whose law applies: that which is stated, and those of the debtor's addresses."""
    return narrowest((jurisdiction, *(place_of(each.country, each.region) for each in addresses)))

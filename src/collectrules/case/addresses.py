"""How a debtor can be reached: addresses, telephone numbers, e-mail addresses, an attorney."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.case import terms
from collectrules.case.consistency import Reachable
from collectrules.case.declaring import NO, NONE, UNKNOWN, Facts, declared, fact, required
from collectrules.case.keys import Absence
from collectrules.case.several import Several

if TYPE_CHECKING:
    from collections.abc import Callable

_NO_UNLESS_AT_WORK: Final = Absence("unless", False, ("place", "work"))  # noqa: FBT003  what is taken


@declared("address", "an address")
class Address(Facts):
    """Where the debtor lives, works or takes letters. Only country, region and postal code say where that is."""

    use: str | None = fact(terms.ADDRESS_USE, "what it is to the debtor", NONE)
    lines: tuple[str, ...] | None = fact(Several(terms.TEXT), "street and house, as on a letter", NONE)
    city: str | None = fact(terms.TEXT, "", NONE)
    region: str | None = fact(terms.REGION, "part of the country whose law applies, by ISO 3166-2", NONE)
    postal_code: str | None = fact(terms.TEXT, "as it is written there", NONE)
    country: str = required(terms.COUNTRY, "country whose law applies, by ISO 3166-1")


@declared("endpoint", "an endpoint", [Reachable()])
class Endpoint(Facts):
    """A number or address at which the debtor can be reached.

    Of a number or e-mail address the id is the same, where it has no other, and the channel is its usual one.
    """

    id: str | None = fact(terms.ENDPOINT_ID, "name used in contacts; absent: the number or e-mail address", NONE)
    channel: str | None = fact(terms.CHANNEL, "usual channel; absent: phone for a number, email for an address", NONE)
    number: str | None = fact(terms.PHONE_NUMBER, "telephone number, which says where the debtor may be", NONE)
    email: str | None = fact(terms.EMAIL, "e-mail address", NONE)
    place: str | None = fact(terms.PLACE, "place it is tied to", UNKNOWN)
    area_code_time_zone: str | None = fact(terms.ZONE, "zone of the area code", NONE)
    address_time_zone: str | None = fact(terms.ZONE, "zone of the postal address", NONE)
    domain: str | None = fact(terms.DOMAIN, "mail domain", NONE)
    employer_provided: bool | None = fact(terms.TRUTH, "known to come from the employer", _NO_UNLESS_AT_WORK)
    given_directly: bool | None = fact(terms.TRUTH, "given to this collector by the debtor", NO)


def _named(make: Callable[[dict[str, Any]], Endpoint]) -> Callable[[dict[str, Any]], Endpoint]:
    """What makes an endpoint, with the id and channel that follow from a number or address."""

    def made(stated: dict[str, Any]) -> Endpoint:
        for key, channel in (("number", "phone"), ("email", "email")):
            if key in stated:
                stated.setdefault("id", stated[key])
                stated.setdefault("channel", channel)
        return make(stated)

    return made


Endpoint.KEYS.make = _named(Endpoint.KEYS.make)


@declared("attorney", "the attorney")
class Attorney(Facts):
    """What the collector knows about the attorney of the debtor."""

    name_known: bool | None = fact(terms.TRUTH, "", NO)
    address_known: bool | None = fact(terms.TRUTH, "", NO)
    readily_ascertainable: bool | None = fact(terms.TRUTH, "name and address can easily be found", UNKNOWN)
    debts: tuple[str, ...] | None = fact(Several(terms.DEBT_REF), "represents only for these", NONE)
    unresponsive: bool | None = fact(terms.TRUTH, "settled fact: no answer in reasonable time", NO)
    consents_to_direct_contact: bool | None = fact(terms.TRUTH, "", NO)

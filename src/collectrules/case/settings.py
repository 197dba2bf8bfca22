"""What the values of an action, and of a case, stand in: worked out before they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from collectrules.case.contact_points import ids_of_points
from collectrules.case.jurisdictions import places_stated
from collectrules.case.persons import spellings
from collectrules.case.texts import zone_stated

if TYPE_CHECKING:
    from collectrules.case.kinds import Setting


def in_action(value: dict[Any, Any], setting: Setting) -> Setting:
    """The zone of its clocks."""
    own = zone_stated(value.get("at_tz"))
    return setting if own is None else replace(setting, zone=own)


def in_case(value: dict[Any, Any], setting: Setting) -> Setting:
    """The debts, endpoints and persons that may be named in a case, and the zone of its clocks."""
    debts = value.get("debts")
    listed = debts if isinstance(debts, list | tuple) else ()
    ids = [debt["id"] for debt in listed if isinstance(debt, dict) and isinstance(debt.get("id"), str)]
    debtor = value.get("debtor")
    stated = debtor if type(debtor) is dict else {}
    places = places_stated(value)
    facts = setting.facts_of(*places) if setting.facts_of is not None and places else None
    return replace(
        setting,
        debts=tuple(ids),
        endpoints=ids_of_points(stated.get("endpoints")),
        persons=spellings(value),
        zone=zone_stated(stated.get("time_zone")),
        facts=facts,
    )

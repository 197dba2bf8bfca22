"""Case files of format 1, read as the form of today: what they state at the top of an object stands under `facts:`.

The first format had every word that any law asks for. What one law asks for is declared by that law now
(`law_facts`), but the files are read as they always were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.ground.nodes import Listing, Node, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_OF_ACTIONS: Final = """
    negative_effect_controlled_by visible_to employer_requested reasonable_belief_earlier_wrong
    reasonable_belief_now_knows charges_recipient esign_consent portion monitored_undeliverable reported_status
    transferee_notified_of_discharge venue property_in_debtor_district authorized_by accepted_on
    instrument_date notice_on directed_to enforceable_interest intends_to_act property_exempt address addressed_to
    knows_moved notice_form itemization_dates statement_from itemization_omitted periodic_statement_enclosed
    refers_to_statement english_notice_already_provided spanish_option_offered records last_activity_on recorded_on
"""
OF_EVENTS: Final[Mapping[str, frozenset[str]]] = {
    event: frozenset(names.split())
    for event, names in {
        "consent": "given_to",
        "cease_notice_received": "channel_accepted",
        "attorney_withdrawn": "told_by",
        "address_provided": "use_disclosed",
        "creditor_used_email": "obtained_from about asked_to_stop",
        "creditor_email_notice": """
            names_collector discloses_transfer discloses_email_use discloses_others_may_see opt_out_method opt_out_by
            opt_out_recipient sample_language
        """,
        "prior_collector_email": "collector_name obtained_under used opted_out",
        "reassignment_check": "database result",
        "dispute_received": "channel_accepted portion new_material_information",
        "duplicative_dispute_notice_sent": "states_reasons refers_to_earlier_response",
        "original_creditor_same_notice_sent": "refers_to_validation_information",
    }.items()
}
"""By what happened: a key stood beside its own events only."""

NAMES: Final[Mapping[str, frozenset[str]]] = {
    "action": frozenset(_OF_ACTIONS.split()),
    "event": frozenset().union(*OF_EVENTS.values()),
}
"""The keys that stood at the top of an object. Where no law of a case's place asks for one, it was never read."""


def with_facts(stated: Any) -> Any:
    """A case or a file of cases, as a plain value or as what stands in a file, with such keys under `facts:`."""
    cases = _entries(stated).get("cases")
    if cases is not None:
        return _changed(stated, {"cases": _each(cases, _case)})
    return _case(stated)


def _case(stated: Any) -> Any:
    entries = _entries(stated)
    changes = {}
    if "action" in entries:
        changes["action"] = _moved(entries["action"], NAMES["action"])
    if "history" in entries:
        changes["history"] = _each(entries["history"], _entry)
    return _changed(stated, changes)


def _entry(stated: Any) -> Any:
    entries = _entries(stated)
    event = entries.get("event")
    word = event if type(event) is str else getattr(event, "text", None)
    names = OF_EVENTS.get(word) if type(word) is str else None
    return stated if names is None else _moved(stated, names)


def _moved(stated: Any, names: frozenset[str]) -> Any:
    """An object with these keys under `facts:`; one that stands there already stays where it is, and is told."""
    entries = _entries(stated)
    if names.isdisjoint(entries):
        return stated
    facts = _entries(entries["facts"]) if "facts" in entries else {}
    if "facts" in entries and not isinstance(entries["facts"], dict | Table):
        return stated
    moving = [name for name in entries if name in names and name not in facts]
    if isinstance(stated, Table):
        places = {name: stated.keys[name] for name in moving}
        inner = entries.get("facts")
        old = inner.keys if isinstance(inner, Table) else {}
        place = inner.place if inner is not None else stated.place
        under: Any = Table({**facts, **{name: entries[name] for name in moving}}, {**old, **places}, place)
        rest = {name: node for name, node in entries.items() if name not in moving}
        return Table({**rest, "facts": under}, {**stated.keys, "facts": place}, stated.place)
    under = {**facts, **{name: entries[name] for name in moving}}
    return {**{name: value for name, value in entries.items() if name not in moving}, "facts": under}


# ---- plain values and what stands in a file, alike -----------------------------------------------------------------


def _entries(stated: Any) -> Mapping[str, Any]:
    """What has keys, by key; nothing where it has none."""
    if type(stated) is dict:
        return stated
    return stated.entries if isinstance(stated, Table) else {}


def _changed(stated: Any, changes: dict[str, Any]) -> Any:
    entries = _entries(stated)
    if all(entries[key] is value for key, value in changes.items()):
        return stated
    if isinstance(stated, Table):
        nodes: dict[str, Node] = {**stated.entries, **changes}
        return Table(nodes, stated.keys, stated.place)
    return {**entries, **changes}


def _each(stated: Any, change: Callable[[Any], Any]) -> Any:
    """A list with each item changed; the same one where none is."""
    if not isinstance(stated, Listing | list | tuple):
        return stated
    items = [change(item) for item in stated]
    if all(item is old for item, old in zip(items, stated, strict=True)):
        return stated
    return Listing(tuple(items), stated.place) if isinstance(stated, Listing) else items

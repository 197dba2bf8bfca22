"""Measures of the number or address that an entry uses, and whose it is.

An act that names none uses one of those that its channel can use. Which one is unknown, unless the case rules it out:
by what the channel takes, or by the list of the debtor's, of which an act uses one (`case.consistency`).
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from collectrules.case.contact_points import is_email, number_of
from collectrules.deciding.conditions import both, either, opposite
from collectrules.measures import NOTHING, MeasureFunction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from collectrules.case.objects import Endpoint
    from collectrules.deciding.conditions import Truth
    from collectrules.measures.context import Context
    from collectrules.measures.history import Entry, Past

_OWN_ACCOUNT = "account"
_PROVES = frozenset({"consent", "address_provided"})
"""The events by which a debtor makes a number or address known as his own."""


def endpoint_of(context: Context, entry: Entry) -> Endpoint | object | None:
    """The endpoint that an entry names; NOTHING where the debtor has no such one, None where it is not known."""
    name = entry.fact.endpoint
    if name is None:
        return None
    for endpoint in context.endpoints:
        if endpoint.id == name:
            return endpoint
    return None if context.open else NOTHING


def usable(context: Context, channel: str | None) -> list[Endpoint]:
    """The listed numbers and addresses of the debtor that a channel can use."""
    return [each for each in context.endpoints if channel is None or _share(context, channel, each.channel)]


def _share(context: Context, channel: str, other: str | None) -> bool:
    """Can both channels use one number or address?"""
    if channel == other or other is None:
        return True
    kinds = {_reached_by(context, channel), _reached_by(context, other)}
    return "" in kinds or (len(kinds) == 1 and _OWN_ACCOUNT not in kinds)


def _reached_by(context: Context, channel: str) -> str:
    known = context.channels.get(channel)
    return "" if known is None else str(known.reached_by)


def _uses(context: Context, entry: Entry, name: str) -> Truth:
    """Does an entry use the number or address of that id?"""
    stated = entry.fact.endpoint
    if stated is not None:
        return bool(stated == name)
    return None if _may_use(context, entry, name) else False


def _uses_learned(context: Context, entry: Entry, name: str | None) -> Truth:
    """Does an entry use the number or e-mail address of which it was learned whose it is? None: nobody wrote which."""
    if name is not None:
        return _uses(context, entry, name)
    channel = entry.stated("channel")
    takes = channel is None or _reached_by(context, channel) in ("number", "email", "")
    return None if takes else False


def _may_use(context: Context, entry: Entry, name: str) -> bool:
    """May an entry that names no number or address use this one?"""
    channel = entry.stated("channel")
    if channel is None:
        return True
    listed = next((each for each in context.endpoints if each.id == name), None)
    if listed is not None:
        return _share(context, channel, listed.channel)
    what = _reached_by(context, channel)
    if (number_of(name) is not None and what not in ("number", "")) or (is_email(name) and what not in ("email", "")):
        return False
    return context.open or entry is not context.action or not usable(context, channel)


def _strangers(context: Context, entry: Entry) -> Truth:
    """Is the entry to the debtor, at a number or address of which it is known by now that it is somebody else's?"""
    learned = context.of("learned_not_debtors_number")
    if not (learned or context.unlisted) or (to := entry.stated("to")) not in (None, "debtor"):
        return False
    truths: list[Truth] = [None] if context.unlisted else []
    for event in learned:
        same = _uses_learned(context, entry, event.fact.endpoint)
        shown = False if same is False else either(_proofs(context, entry, event))
        truths.append(both((same, opposite(shown))))
    truth = either(truths)
    return None if truth and to is None and context.open else truth


def _proofs(context: Context, entry: Entry, learned: Entry) -> Iterator[Truth]:
    """What shows since then that the number or address is the debtor's after all."""
    if context.unlisted:
        yield None
    by_name: Mapping[str | None, list[Entry]] = context.past.note(_may_prove, _may_prove)
    names = {learned.fact.endpoint, entry.fact.endpoint} - {None}
    for name in names:
        for other in _since(by_name.get(name, ()), learned):
            yield _shows(context, other)
    if names and any(_shows(context, other) is not False for other in _since(by_name.get(None, ()), learned)):
        yield None  # it may be of this one, or of another


def _since(newest_first: Iterable[Entry], learned: Entry) -> Iterator[Entry]:
    return takewhile(lambda other: other.position > learned.position, newest_first)


def _may_prove(past: Past) -> dict[str | None, list[Entry]]:
    """What came in, and the debtor's word, by the number or address that is named; the newest first."""
    found: dict[str | None, list[Entry]] = {}
    for entry in (*past.contacts.entries, *past.events.entries):
        if entry.stated("direction") == "inbound" or entry.stated("event") in _PROVES:
            found.setdefault(entry.fact.endpoint, []).append(entry)
    return {name: sorted(entries, key=lambda each: -each.position) for name, entries in found.items()}


def _shows(context: Context, entry: Entry) -> Truth:
    """Does it come from the debtor, or from whoever lives with or stands in for the debtor?"""
    if entry.stated("event") is not None:
        return True
    debtor = context.debtor
    match entry.stated("from_"):
        case "debtor" | "spouse" | "guardian":
            return True
        case None:
            return None if context.open else True
        case "parent":
            return debtor.minor if debtor.minor is not None or context.open else False
        case "executor" | "personal_representative":
            return debtor.deceased if debtor.deceased is not None or context.open else False
    return False


FUNCTIONS = (
    MeasureFunction(
        "endpoint_of",
        ("entry",),
        "endpoint",
        endpoint_of,
        "the number or address that is used",
        ("action.endpoint", "debtor.endpoints"),
        follows_from=("action.endpoint", "endpoints.id"),
        changes="given days",
    ),
    MeasureFunction(
        "uses_endpoint",
        ("entry", "text"),
        "bool",
        _uses,
        "uses this number or address",
        ("action.endpoint", "debtor.endpoints"),
        follows_from=("action.endpoint", "action.channel", "endpoints.id", "endpoints.channel"),
        changes="given days",
    ),
    MeasureFunction(
        "strangers_endpoint",
        ("entry",),
        "bool",
        _strangers,
        "uses a number or address that is known to be somebody else's",
        (
            *("action.endpoint", "history.contacts"),
            *("history.learned_not_debtors_number", "history.address_provided", "history.consent"),
        ),
        follows_from=(
            *("history", "action.to", "action.endpoint", "action.channel", "endpoints.id", "endpoints.channel"),
            *("debtor.minor", "debtor.deceased"),
        ),
        changes="given days",
    ),
)

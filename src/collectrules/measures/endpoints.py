"""Measures of the number or address that an entry uses.

An act that names none uses one of those that its channel can use. Which one is unknown, unless the case rules it out:
by what the channel takes, or by the list of the debtor's, of which an act uses one (`case.consistency`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.case.contact_points import is_email, number_of
from collectrules.measures import NOTHING, MeasureFunction

if TYPE_CHECKING:
    from collectrules.case.objects import Endpoint
    from collectrules.deciding.conditions import Truth
    from collectrules.measures.context import Context
    from collectrules.measures.history import Entry

_OWN_ACCOUNT = "account"


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


def _uses_that_of(context: Context, entry: Entry, other: Entry) -> Truth:
    """Does an entry use the number or address of another? One that names none is of some number or e-mail address."""
    name = other.stated("endpoint")
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
        whenever=True,
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
        whenever=True,
    ),
    MeasureFunction(
        "uses_endpoint_of",
        ("entry", "entry"),
        "bool",
        _uses_that_of,
        "uses the number or address that the second names",
        ("action.endpoint",),
        follows_from=("action.endpoint", "action.channel", "endpoints.id", "endpoints.channel"),
        changes="given days",
        whenever=True,
    ),
)

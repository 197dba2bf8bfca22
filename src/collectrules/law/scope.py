"""What every part of a file has: what it takes from the head of the file, who verified it, what it governs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.case.vocabulary import CHANNEL_PROPERTIES, catalogue
from collectrules.ground.nodes import Listing, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collectrules.expressions.syntax import Literal as Constant
    from collectrules.law.keys import Keys
    from collectrules.law.model import Confidence, Language, Values

_ANY: Final = "any"


class Head(Struct, frozen=True):
    """What a rule takes from its file where it does not say otherwise."""

    ruleset: str
    jurisdiction: str
    source: str
    since: int
    verified: str
    confidence: Confidence
    verify_by: int
    values: Values
    newest: Mapping[str, Constant]
    """The latest of each value: with these an expression is checked."""


def read_verified(keys: Keys) -> tuple[str, Confidence] | None:
    """The day on which the text was held against the law, and how sure that is; None where nothing is said."""
    table = keys.table_of("verified")
    if table is None:
        return None
    inner = keys.inner(table, "`verified`", ("date", "against", "confidence"))
    confidence = inner.text("confidence", required=True)
    if confidence not in ("high", "medium", "low"):
        inner.problem("confidence", "CR103", f"`{confidence}` is no confidence", "high, medium or low")
        confidence = "low"
    inner.day("date", required=True)
    inner.text("against", required=True)
    return inner.text("date"), confidence  # type: ignore[return-value]


def read_governs(keys: Keys, language: Language) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The kinds of act that a part governs, and the channels: none named, every one."""
    table = keys.table_of("governs")
    if table is None:
        message = f"{keys.what} does not say what it governs"
        keys.problems.add(keys.table.place, "CR100", message, "governs: {kind: contact}")
        return (), ()
    inner = keys.inner(table, "`governs`", ("kind", "channel"))
    kinds = inner.words("kind", (*catalogue().action_kinds, "any"))
    if not kinds:
        keys.problems.add(table.place, "CR100", "`governs` names no `kind` of action")
    return kinds, _channels(inner, language)


def _channels(keys: Keys, language: Language) -> tuple[str, ...]:
    """The channels that are named, and those, a plugin's too, that are what is asked; none for every one."""
    node = keys.node("channel")
    items = node.items if isinstance(node, Listing) else () if node is None else (node,)
    tables = [item for item in items if isinstance(item, Table)]
    names = [item for item in items if not isinstance(item, Table)]
    governed = dict.fromkeys(keys.words_of(names, "channel", language.channels))
    for table in tables:
        inner = keys.inner(table, "`channel`", (*CHANNEL_PROPERTIES, _ANY))
        properties = {name: inner.truth(name) for name in inner.table if name in CHANNEL_PROPERTIES}
        if _ANY in table:
            if properties or not inner.truth(_ANY):
                inner.problem(_ANY, "CR102", "`any: yes` stands alone", "it is every channel")
            return ()
        alike = [
            name
            for name, channel in language.channels.items()
            if all(getattr(channel, each) is wanted for each, wanted in properties.items())
        ]
        if not alike or not inner.table.entries:
            message = "no channel is all that `channel` asks for"
            keys.problems.add(table.place, "CR102", message, f"properties are: {', '.join(CHANNEL_PROPERTIES)}")
        governed |= dict.fromkeys(alike)
    return tuple(governed)

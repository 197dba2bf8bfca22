"""What every part of a file has: what it takes from the head of the file, who verified it, what it governs."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict, get_args

from msgspec import Struct

from collectrules.case.vocabulary import CHANNEL_PROPERTIES, catalogue
from collectrules.expressions import english
from collectrules.ground.nodes import Listing, Table
from collectrules.law.model import NEVER, Confidence
from collectrules.law.values import check_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.expressions.syntax import Literal as Constant
    from collectrules.ground.errors import Place
    from collectrules.law.clauses import ClauseReader
    from collectrules.law.keys import Keys
    from collectrules.law.model import Clause, Language, Review, Values

_ANY: Final = "any"
VERIFIED_KEYS: Final = ("date", "against", "confidence")
GROUP_KEYS: Final = ("governs", "when", "unless", "review", "factors", "note")
_FROM_MEMORY: Final = ("from memory", "from knowledge")
"""How `against` of a `verified` begins that no text was read for."""


class Governs(NamedTuple):
    """The kinds of act that a part governs, and the channels: none named, every one."""

    kinds: tuple[str, ...]
    channels: tuple[str, ...]
    english: str = ""
    """The same as it is written: groups of acts by name, channels by what they are."""


class Group(Struct, frozen=True):
    """What the rules of a group share: what they govern, where the group says so, exceptions, reviews, factors."""

    governs: Governs | None
    exceptions: tuple[Clause, ...]
    reviews: tuple[Review, ...] = ()
    """Of those of its rules whose breach is a deny."""
    factors: tuple[Clause, ...] = ()
    """Of those of its rules that presume a violation."""
    condition: str = ""
    """The text of what must hold for a breach of any of its rules; empty for nothing."""


class Verified(NamedTuple):
    """When a text was held against the law, how sure that is, and whether there was no text but memory."""

    day: str
    confidence: Confidence
    from_memory: bool


class Head(Struct, frozen=True):
    """What a rule takes from its file where it does not say otherwise."""

    ruleset: str
    jurisdiction: str
    source: str
    since: int
    verified: Verified
    verify_by: int
    values: Values
    newest: Mapping[str, Constant]
    """The latest of each value: with these an expression is checked."""
    groups: Mapping[str, Group] = {}
    """What several rules of the file share."""


class Standing(TypedDict):
    """Where a rule or an answer is written, whose law it is, from when to when, and how sure."""

    ruleset: str
    jurisdiction: str
    title: str
    source: str
    since: int
    until: int
    verified: str
    confidence: Confidence
    verify_by: int
    place: Place


def read_standing(keys: Keys, head: Head) -> Standing:
    """The same of one part of a file, from its head where the part does not say otherwise."""
    verified = read_verified(keys) or head.verified
    return Standing(
        ruleset=head.ruleset,
        jurisdiction=head.jurisdiction,
        title=keys.text("title", required=True),
        source=keys.text("source") or head.source,
        since=keys.day("since", default=head.since),
        until=keys.day("until", default=NEVER),
        verified=verified.day,
        confidence=verified.confidence,
        verify_by=keys.day("verify_by", default=head.verify_by),
        place=keys.table.place,
    )


def read_verified(keys: Keys) -> Verified | None:
    """The day on which the text was held against the law, and how sure that is; None where nothing is said."""
    table = keys.table_of("verified")
    if table is None:
        return None
    inner = keys.inner(table, "`verified`", VERIFIED_KEYS)
    confidence = inner.text("confidence", required=True)
    if confidence not in get_args(Confidence):
        inner.problem("confidence", "CR103", f"`{confidence}` is no confidence", "high, medium or low")
        confidence = "low"
    inner.day("date", required=True)
    against = inner.text("against", required=True)
    from_memory = against.lower().startswith(_FROM_MEMORY)
    return Verified(inner.text("date"), confidence, from_memory)  # type: ignore[arg-type]


def read_groups(keys: Keys, head: Head, clauses: ClauseReader) -> dict[str, Group]:
    """Every group under `groups:`, by name."""
    groups: dict[str, Group] = {}
    table = keys.table_of("groups")
    for name, node in keys.entries("groups"):
        assert table is not None
        check_name(name, table.place_of(name), keys.problems)
        if not isinstance(node, Table):
            keys.problems.add(
                node.place, "CR102", f"the group `{name}` is no table of keys", "`governs:` and `unless:`"
            )
            groups[name] = Group(Governs((_ANY,), ()), ())
            continue
        inner = keys.inner(node, f"the group `{name}`", GROUP_KEYS)
        if not any(key in node for key in GROUP_KEYS[:-1]):
            message = f"the group `{name}` holds nothing that its rules could share"
            keys.problems.add(node.place, "CR100", message, "`governs:`, `when:`, `unless:`, `review:`, `factors:`")
        governs = read_governs(inner, clauses.language) if "governs" in node else None
        groups[name] = Group(
            governs,
            exceptions=clauses.several(inner, "unless", head.newest, ("remedy",)),
            reviews=clauses.reviews(inner, "review", head.newest),
            factors=clauses.several(inner, "factors", head.newest),
            condition=_condition(inner, head, clauses),
        )
    return groups


def _condition(keys: Keys, head: Head, clauses: ClauseReader) -> str:
    """The text under `when:` of a group; empty where there is none, or none that can be read: that is told once."""
    text = keys.text("when")
    known = len(keys.problems.all)
    if text:
        clauses.expression(text, keys.place("when"), head.newest)
    return text if len(keys.problems.all) == known else ""


def read_governs(keys: Keys, language: Language) -> Governs:
    """What a part governs."""
    table = keys.table_of("governs")
    if table is None:
        message = f"{keys.what} does not say what it governs"
        keys.problems.add(keys.table.place, "CR100", message, "governs: {kind: contact}")
        return Governs((), ())
    return governs_of(keys.inner(table, "`governs`", ("kind", "channel")), language)


def governs_of(keys: Keys, language: Language) -> Governs:
    """The kinds of act under `kind`, and the channels under `channel`."""
    words = catalogue()
    named = keys.words("kind", (*words.action_kinds, *words.action_groups, "any"))
    if not named:
        keys.problems.add(keys.table.place, "CR100", f"{keys.what} names no `kind` of action")
    kinds = tuple(dict.fromkeys(chain.from_iterable([words.action_groups.get(name, (name,)) for name in named])))
    told = [_told(english.words(name), words.action_groups.get(name, ())) for name in sorted(named)]
    channels, by = read_channels(keys, language)
    return Governs(kinds, channels, " by ".join(english.listing(each, "or") for each in (told, by) if each))


def _told(name: str, members: Iterable[str]) -> str:
    """A name with what it stands for."""
    listed = [english.words(member) for member in sorted(members)]
    return f"{name} ({english.listing(listed, 'or')})" if listed else name


def read_channels(keys: Keys, language: Language) -> tuple[tuple[str, ...], list[str]]:
    """The channels that are named, and those, a plugin's too, that are what is asked; none for every one.

    Beside them, the English of what is written.
    """
    node = keys.node("channel")
    items = node.items if isinstance(node, Listing) else () if node is None else (node,)
    tables = [item for item in items if isinstance(item, Table)]
    names = [item for item in items if not isinstance(item, Table)]
    governed = dict.fromkeys(keys.words_of(names, "channel", language.channels))
    told = [english.words(name) for name in sorted(governed)]
    for table in tables:
        inner = keys.inner(table, "`channel`", (*CHANNEL_PROPERTIES, _ANY))
        properties = {name: inner.truth(name) for name in inner.table if name in CHANNEL_PROPERTIES}
        if _ANY in table:
            if properties or not inner.truth(_ANY):
                inner.problem(_ANY, "CR102", "`any: yes` stands alone", "it is every channel")
            return (), []
        alike = [
            name
            for name, channel in language.channels.items()
            if all(getattr(channel, each) is wanted for each, wanted in properties.items())
        ]
        if not alike or not inner.table.entries:
            message = "no channel is all that `channel` asks for"
            keys.problems.add(table.place, "CR102", message, f"properties are: {', '.join(CHANNEL_PROPERTIES)}")
        governed |= dict.fromkeys(alike)
        if properties:
            told.append(_told(_channel_that(list(map(_property, properties.items()))), alike))
    return tuple(governed), told


def _channel_that(properties: list[str]) -> str:
    """`a spoken channel`, `what is an electronic channel and cannot be seen by others`."""
    alone = properties[0].removeprefix("is ") if len(properties) == 1 else ""
    return alone if alone.startswith(("a ", "an ")) else f"what {english.listing(properties, 'and')}"


def _property(asked: tuple[str, bool]) -> str:
    """What a channel has to be, or not to be: `is a spoken channel`, `cannot be seen by others`."""
    name, wanted = asked
    verb, _, rest = CHANNEL_PROPERTIES[name].partition(" ")
    return f"{verb if wanted else {'is': 'is not', 'can': 'cannot'}[verb]} {rest}"

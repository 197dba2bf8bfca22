"""What a file says that it covers: each topic that was read, for whom, on which channels, since when, and how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.ground.nodes import Listing, Scalar, Table
from collectrules.law.clauses import NOT_READ
from collectrules.law.files import JURISDICTION
from collectrules.law.model import NEVER, Cover
from collectrules.law.scope import read_channels, read_verified
from collectrules.law.topics import topics_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.ground.nodes import Node
    from collectrules.law.clauses import ClauseReader
    from collectrules.law.keys import Keys, Problems
    from collectrules.law.model import CoverState, Governing, Language, Ruleset, Whom
    from collectrules.law.scope import Head

_BY_NAME: Final[Mapping[str, Whom]] = {"": "bound", "others": "others", "everybody": "everybody"}
"""What `for` may say beside an expression: whom the file does not bind, and everybody, bound or not."""
KEYS: Final = (
    *("topic", "for", "channel", "since", "until", "nothing", "partly", "mirrors"),
    *("cite", "verified", "verify_by", "note"),
)


def read_covers(file: Keys, head: Head, clauses: ClauseReader) -> tuple[Cover, ...]:
    """Every entry of `covers:`; one that names several topics is one cover of each."""
    node = file.node("covers")
    if node is None:
        return ()
    if not isinstance(node, Listing):
        file.problems.add(node.place, "CR102", "`covers` is a list", "covers: [contact_hours, {topic: workplace, ...}]")
        return ()
    covers: dict[tuple[object, ...], Cover] = {}
    for item in node:
        for cover in _covers(file, item, head, clauses):
            of_what = (cover.topic, cover.state, cover.condition_text, cover.channels, cover.since, cover.until)
            if of_what in covers:
                message = f"`{cover.topic}` is covered so already, at {covers[of_what].place}"
                file.problems.add(item.place, "CR112", message, "keep one of the two")
            covers[of_what] = cover
    return tuple(covers.values())


def _covers(file: Keys, item: Node, head: Head, clauses: ClauseReader) -> Iterator[Cover]:
    if isinstance(item, Scalar):
        item = Table({"topic": item}, {"topic": item.place}, item.place)
    if not isinstance(item, Table):
        file.problems.add(item.place, "CR102", "an item of `covers` is neither a topic nor a table of keys")
        return
    keys = file.inner(item, "a cover", KEYS)
    named = keys.words("topic", topics_of(clauses.language).by_id)
    if not named:
        keys.problems.add(item.place, "CR100", "a cover names no `topic`")
    state = _state(keys)
    own = read_verified(keys)
    if state == "nothing":
        keys.citation("`nothing`", "say which law was read, and holds no rule")
        if own is None:
            help_ = "verified: {date, against, confidence: high|medium|low}"
            keys.problems.add(item.place, "CR100", "`nothing` without `verified`: who read it, and when?", help_)
    verified = own or head.verified
    text = keys.text("for")
    whom = _BY_NAME.get(text, "stated")
    if whom in ("others", "everybody") and state != "nothing":
        help_ = "an expression narrows whom it binds; `nothing: yes` may be said of the others too"
        keys.problem("for", "CR102", f"rules of this file hold of nobody but those whom it binds, not of {text}", help_)
    stated = whom == "stated"
    channels = read_channels(keys, clauses.language)[0] if "channel" in item else clauses.language.built_in_channels
    for topic in named:
        yield Cover(
            topic=topic,
            state=state,
            whom=whom,
            condition=clauses.expression(text, keys.place("for"), head.newest) if stated else NOT_READ,
            condition_text=text,
            channels=channels,
            mirrors=keys.text("mirrors"),
            since=keys.day("since", default=head.since),
            until=keys.day("until", default=NEVER),
            citation=keys.text("cite"),
            verified=verified.day,
            confidence=verified.confidence,
            verify_by=keys.day("verify_by", default=head.verify_by),
            from_memory=verified.from_memory,
            note=keys.text("note"),
            place=item.place,
        )


def check_encoded(ruleset: Ruleset, language: Language, problems: Problems) -> None:
    """Report each cover that says `encoded` or `partly` of a topic on which the file has no rule: an allow rests on it.

    An obligation is such a rule too; of a topic that is `answered_by` questions, the answers to them are.
    """
    topics = topics_of(language).by_id
    rules: list[Governing] = [*ruleset.rules, *ruleset.obligations]
    asked = {what for block in ruleset.answers for what in block.asks}
    for cover in ruleset.covers:
        topic = topics[cover.topic]
        if cover.state not in ("encoded", "partly") or not asked.isdisjoint(topic.answered_by):
            continue
        if not any(rule.names_an_act_of(touch) for rule in rules for touch in topic.touches):
            message = f"`{cover.topic}` is said to be covered, but no rule here speaks of an act that touches it"
            help_ = "write the rule, say `nothing: yes` with `cite`, or take the cover out"
            problems.add(cover.place, "CR161", message, help_)


def _state(keys: Keys) -> CoverState:
    """What was read: `nothing: yes`, `partly: yes`, `mirrors: US`, or rules."""
    said = [key for key in ("nothing", "partly") if key in keys.table and keys.truth(key)]
    said += [key for key in ("mirrors",) if key in keys.table]
    if len(said) > 1:
        names = " and ".join(f"`{key}`" for key in said)
        keys.problem(said[1], "CR102", f"a cover is not {names} at once", "write one of them")
    if not said:
        return "encoded"
    if said[0] == "mirrors" and not JURISDICTION.fullmatch(keys.text("mirrors")):
        message = f"`{keys.text('mirrors')}` is no jurisdiction"
        keys.problem("mirrors", "CR102", message, "the place whose law of the topic this one repeats: US")
    return said[0]  # type: ignore[return-value]


def read_cities(keys: Keys, jurisdiction: str) -> tuple[str, ...]:
    """The cities of a state that have law of their own on collecting debts."""
    cities = keys.words("cities")
    for city in cities:
        if not JURISDICTION.fullmatch(city) or city.rpartition("-")[0] != jurisdiction:
            message = f"`{city}` is no city of {jurisdiction}"
            keys.problem("cities", "CR102", message, f"write it as {jurisdiction}-ABC, in the file of its state")
    return cities

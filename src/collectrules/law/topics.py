"""The topics of the law on collecting debts: what an act touches, where it must have been read, what a gap does.

They stand in `topics.yaml` of a folder of rulesets, that of this package and those of plugins. What an act may touch
only by facts that the case states, or leaves open, has a condition: nobody asks for law on attorneys where it is known
that there is none.

| code  | wrong |
|-------|-------|
| CR160 | a topic or a calendar that another file of topics gives already |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

from collectrules.case.groups import is_event
from collectrules.case.terms import WHAT
from collectrules.expressions.syntax import Definition, Expression
from collectrules.ground import source
from collectrules.ground.dated import Calendar
from collectrules.ground.errors import Place
from collectrules.ground.nodes import Table
from collectrules.ground.plain import PlainValue
from collectrules.law import kept
from collectrules.law.calendars import read_calendars
from collectrules.law.clauses import NOT_READ, ClauseReader
from collectrules.law.files import TOPICS
from collectrules.law.keys import Keys, Problems
from collectrules.law.libraries import LibraryDigests, library_folders, read_uses, with_shared
from collectrules.law.model import Governing
from collectrules.law.scope import governs_of
from collectrules.law.values import check_name
from collectrules.measures.evaluation import Evaluator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.ground.cache import Slot
    from collectrules.law.model import Language

Layer = Literal["country", "state", "city"]

ELSE: Final = "else"
"""What holds in every country that is not named."""
EVERY_TOPIC: Final = "all"
"""Of a country: its parts have law of their own on every topic."""
COUNTRY: Final = re.compile("[A-Z]{2}")
_REQUIRED: Final = "required"
_HISTORY: Final = "history"
_LAYERS: Final[tuple[Layer, ...]] = get_args(Layer)
_KEYS: Final = ("title", "uses", "calendars", "topics", "countries", "note")
_TOPIC_KEYS: Final = ("title", "asks", "touched_by", "expected", "gap", "stops", "answered_by", "note")


class Touch(Governing, frozen=True):
    """Acts that touch a topic: kinds, channels, and the condition on which they do, by country."""

    conditions: Mapping[str, Expression]
    """Of no countries: always."""


class StopFact(PlainValue, frozen=True):
    """A fact that stops collectors: where it is stated, some law must have taken account of it."""

    condition: Expression
    says: str
    facts: tuple[str, ...]
    """The facts that it asks for, by their dotted names: a rule that asks for one of them takes account of it."""


class Topic(PlainValue, frozen=True):
    """One question that the law of a place may answer."""

    id: str
    title: str
    asks: str
    touches: tuple[Touch, ...]
    layers: Mapping[str, tuple[Layer, ...]]
    """By country: the layers at which law of this topic is expected."""
    blocks: bool
    """Is an act a review where it was not read? Else the gap is only told."""
    stops: tuple[StopFact, ...]
    answered_by: tuple[str, ...] = ()
    """The questions whose answer is all that there is to encode: such a topic needs no rule."""

    def expected_at(self, place: str) -> bool:
        """Is law of this topic expected at the layer of a place?"""
        country = place.partition("-")[0]
        return layer_of(place) in self.layers.get(country, self.layers[ELSE])


class Topics(PlainValue, frozen=True):
    """Every topic by its id, in order, and what countries leave to their parts."""

    by_id: Mapping[str, Topic]
    parts: Mapping[str, tuple[str, ...]]
    """By country: the topics, or `all`, that need a part of it to be named."""
    calendars: Mapping[str, Calendar]
    definitions: Mapping[str, Definition] = {}
    """Of the libraries that the files use, by which their conditions ask."""

    def evaluator(self, language: Language) -> Evaluator:
        """What reads the conditions."""
        return Evaluator(language.checker(self.definitions, self.calendars))


NO_TOPICS: Final = Topics({}, {}, {})


def layer_of(place: str) -> Layer:
    """The layer of a place: `US` a country, `US-NY` a state (or what its parts are called), `US-NY-NYC` a city."""
    return _LAYERS[place.count("-")]


@lru_cache(maxsize=8)
def topics_of(language: Language) -> Topics:
    """The topics of the shipped folder and of plugins' folders, in this order. Raises InvalidInput."""
    by_id: dict[str, Topic] = {}
    parts: dict[str, tuple[str, ...]] = {}
    calendars: dict[str, Calendar] = {}
    definitions: dict[str, Definition] = {}
    problems = Problems()
    for path in topic_files(language.library_folders):
        file = _read_file(path, language)
        others = [name for name, each in file.definitions.items() if definitions.get(name, each) != each]
        for twice in [*(by_id.keys() & file.by_id.keys()), *(calendars.keys() & file.calendars.keys()), *others]:
            message = f"`{twice}` is given by another file of topics"
            problems.add(Place(str(path)), "CR160", message, "choose another name")
        by_id |= file.by_id
        calendars |= file.calendars
        definitions |= file.definitions
        for country, needed in file.parts.items():
            parts[country] = tuple(dict.fromkeys((*parts.get(country, ()), *needed)))
    problems.refuse()
    return Topics(by_id, parts, calendars, definitions)


def topic_files(folders: Iterable[Path]) -> Iterator[Path]:
    """The file of topics of each folder that has one."""
    for folder in dict.fromkeys(folders):
        path = folder / TOPICS
        if path.is_file():
            yield path


def _read_file(path: Path, language: Language) -> Topics:
    text = source.file_text(path)

    def slot() -> Slot | None:
        beside = LibraryDigests().of(library_folders(path, None, language)) if "uses" in text else ""
        return kept.slot(path, None, text, language, beside)

    place = slot()
    topics = kept.load(place, Topics)
    if topics is None:
        topics = parse_topics(text, str(path), language)
        kept.keep(place, slot(), topics)
    return topics


def parse_topics(text: str, path: str, language: Language) -> Topics:
    """Read the text of a file of topics. Raises InvalidInput with every problem of it."""
    problems = Problems()
    root = source.read(text, path).table("a file of topics")
    keys = Keys(problems, root, "a file of topics", _KEYS)
    shared = read_uses(keys, language, library_folders(Path(path), None, language))
    if shared.values or shared.facts:
        help_ = "use one of definitions and calendars alone"
        keys.problem("uses", "CR150", "a file of topics uses a library that has values or facts", help_)
    calendars = with_shared(keys, "calendars", shared.calendars, read_calendars(keys, shared.calendars))
    clauses = ClauseReader(problems, language, language.checker(shared.definitions, calendars))
    by_id: dict[str, Topic] = {}
    table = keys.table_of("topics")
    if table is None:
        problems.add(root.place, "CR100", "a file of topics has no `topics`")
    for name, node in keys.entries("topics"):
        assert table is not None
        check_name(name, table.place_of(name), problems)
        if not isinstance(node, Table):
            problems.add(
                node.place, "CR102", f"the topic `{name}` is no table of keys", "`title:`, `asks:`, `touched_by:`, ..."
            )
            continue
        by_id[name] = _topic(name, keys.inner(node, f"the topic `{name}`", _TOPIC_KEYS), clauses)
    parts = dict(_countries(keys, by_id))
    problems.refuse()
    return Topics(by_id, parts, calendars, shared.definitions)


def _topic(name: str, keys: Keys, clauses: ClauseReader) -> Topic:
    gap = keys.text("gap", required=True)
    if gap not in ("blocks", "told"):
        keys.problem("gap", "CR103", f"`{gap}` is nothing that a gap does", "blocks or told")
    touches = tuple([_touch(table, keys, clauses) for table in keys.items_of("touched_by")])
    if not touches:
        keys.problems.add(
            keys.table.place, "CR100", f"{keys.what} is touched by nothing", "touched_by: [{kind: contact}]"
        )
    return Topic(
        id=name,
        title=keys.text("title", required=True),
        asks=keys.text("asks", required=True),
        touches=touches,
        layers=_layers(keys),
        blocks=gap == "blocks",
        stops=tuple([_stop(table, keys, clauses) for table in keys.items_of("stops")]),
        answered_by=keys.words("answered_by", WHAT.words),
    )


def _touch(table: Table, keys: Keys, clauses: ClauseReader) -> Touch:
    """One entry of `touched_by:`."""
    inner = keys.inner(table, "what touches a topic", ("kind", "channel", "if", "note"))
    kinds, channels, _ = governs_of(inner, clauses.language)
    conditions: dict[str, Expression] = {}
    node = inner.node("if")
    if isinstance(node, Table):
        by_country = inner.inner(node, "`if`", (ELSE, *filter(COUNTRY.fullmatch, node)))
        if ELSE not in node:
            keys.problems.add(
                node.place, "CR100", "`if` by country has no `else`", "say what holds in any other country"
            )
        for country in node:
            text = by_country.text(country, required=True)
            conditions[country] = clauses.expression(text, by_country.place(country), {}) if text else NOT_READ
    elif node is not None:
        conditions[ELSE] = clauses.expression(inner.text("if", required=True), inner.place("if"), {})
    return Touch(governs_kinds=kinds, governs_channels=channels, conditions=conditions)


def _stop(table: Table, keys: Keys, clauses: ClauseReader) -> StopFact:
    """One entry of `stops:`."""
    inner = keys.inner(table, "a fact that stops collectors", ("if", "says", "note"))
    text = inner.text("if", required=True)
    condition = clauses.expression(text, inner.place("if"), {}) if text else NOT_READ
    is_read = condition is not NOT_READ and not clauses.problems.all
    facts = clauses.checker.facts(condition) - {_HISTORY} if is_read else frozenset()
    # What an act says of itself stops nobody.
    happened = {fact for fact in facts if is_event(fact.removeprefix(f"{_HISTORY}."))}
    return StopFact(condition, inner.text("says", required=True), tuple(sorted(happened or facts)))


def _layers(keys: Keys) -> dict[str, tuple[Layer, ...]]:
    """At which layers law of a topic is expected, by country."""
    node = keys.node("expected")
    if not isinstance(node, Table):
        return {ELSE: _layer_words(keys, "expected")}
    inner = keys.inner(node, "`expected`", (ELSE, *filter(COUNTRY.fullmatch, node)))
    if ELSE not in node:
        keys.problems.add(node.place, "CR100", "`expected` by country has no `else`", "else: country")
    return {ELSE: (), **{country: _layer_words(inner, country) for country in node}}


def _layer_words(keys: Keys, key: str) -> tuple[Layer, ...]:
    words = keys.words(key, _LAYERS)
    if not words:
        keys.problem(
            key, "CR100", f"{keys.what} does not say where law of it is expected", f"one of {', '.join(_LAYERS)}"
        )
    return words  # type: ignore[return-value]


def _countries(keys: Keys, topics: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The topics of each country on which its parts have law of their own."""
    for country, node in keys.entries("countries"):
        if not COUNTRY.fullmatch(country):
            table = keys.table_of("countries")
            assert table is not None
            keys.problems.add(table.place_of(country), "CR102", f"`{country}` is no country", "for example US, GB")
        elif not isinstance(node, Table):
            keys.problems.add(
                node.place, "CR102", f"`{country}` is no table of keys", "parts: required, or a list of topics"
            )
        else:
            inner = keys.inner(node, f"`{country}`", ("parts", "note"))
            needed = inner.words("parts", (_REQUIRED, *topics))
            yield country, (EVERY_TOPIC,) if _REQUIRED in needed else needed

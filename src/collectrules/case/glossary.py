"""The vocabulary of a case told in words, for somebody who writes one: its objects, keys, words, and absences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from collectrules.case import terms
from collectrules.case.advice import KEYS_MEANT
from collectrules.case.keys_together import KeysByWord
from collectrules.case.kinds import Words
from collectrules.case.vocabulary import OBJECTS
from collectrules.ground.errors import CollectrulesError, meant, plain_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from collectrules.case.keys import Absence, Fact, Keys
    from collectrules.case.law_facts import LawFact

_NOT_OF_A_CASE: Final = frozenset({"file", "value"})
"""Objects of files and of answers: no case is asked about with them."""


_PARTS: Final = re.compile(r"[^a-z0-9]+")


class NoSuchFact(CollectrulesError):
    """There is no object or key of that name."""


class Key(Struct, frozen=True):
    """One key of an object: what it takes, the words it may hold (none: any), and what it means that it is not there.

    `usual` has, by other words that people write, the one that is meant.
    `absent` holds for complete records, and is empty where nothing is presumed. `declared_by` are the rulesets or
    libraries that declare it; such a key stands under `facts:` of its object.
    """

    name: str
    takes: str
    words: tuple[str, ...]
    required: bool
    description: str
    absent: str
    declared_by: str = ""
    usual: Mapping[str, str] = field(default_factory=dict)


class Object(Struct, frozen=True):
    """One object of a case: where it stands, its keys, and for events the keys that each may have."""

    name: str
    title: str
    within: tuple[str, ...]
    keys: tuple[Key, ...]
    forms: Mapping[str, tuple[str, ...]]


def objects(channels: Iterable[str] = (), facts: Iterable[LawFact] = ()) -> tuple[Object, ...]:
    """Every object of a case, a case itself first.

    `channels` are those of plugins, which `channel` may hold too; `facts` are those that laws declare.
    """
    more, declared = tuple(channels), tuple(facts)
    return tuple(_object(each, more, declared) for each in OBJECTS if each.name not in _NOT_OF_A_CASE)


def find(name: str, channels: Iterable[str] = (), facts: Iterable[LawFact] = ()) -> Object | Key:
    """The object of a name, or the key of `object.key`. Raises NoSuchFact with the nearest name."""
    by_name = {thing.name: thing for thing in objects(channels, facts)}
    owner, _, key = name.partition(".")
    if owner not in by_name:
        nearest = meant(owner, by_name) or f"there are {', '.join(by_name)}"
        raise NoSuchFact(f"there is no object `{owner}`, and no key has to do with it\n    {nearest}")
    if not key:
        return by_name[owner]
    keys = {each.name: each for each in by_name[owner].keys}
    if key not in keys:
        advice = meant(key, keys) or f"`collectrules facts {owner}` lists its keys"
        raise NoSuchFact(f"`{owner}` has no key `{key}`\n    {advice}")
    return keys[key]


def search(word: str, among: Iterable[Object]) -> Iterator[tuple[str, Key]]:
    """The keys that have to do with a word: in their names, descriptions and words, or as others write these."""
    wanted = word.lower()
    meant_by = KEYS_MEANT.get(plain_word(word))
    for thing in among:
        for key in thing.keys:
            texts = (key.name, key.description, *key.words, *key.usual)
            parts = (part for text in texts for part in (text, *_PARTS.split(text.lower())))
            if key.name == meant_by or any(part.startswith(wanted) for part in parts):
                yield f"{thing.name}.{key.name}", key


def _object(thing: Keys[Any], channels: tuple[str, ...], facts: tuple[LawFact, ...]) -> Object:
    within = [
        f"{owner.name}.{fact.key}"
        for owner in OBJECTS
        if owner.name not in _NOT_OF_A_CASE
        for fact in owner.facts.values()
        if thing.name in fact.kind.objects
    ]
    forms = next((rule.beside for rule in thing.rules if isinstance(rule, KeysByWord)), {})
    own = [_key(each, channels) for each in thing.facts.values()]
    return Object(thing.name, thing.title, tuple(within), (*own, *_declared(thing.name, facts)), forms)


def _declared(owner: str, facts: Iterable[LawFact]) -> Iterator[Key]:
    """The keys under `facts:` of an object; two laws may declare one, alike or, where they never meet, otherwise."""
    by_name: dict[str, list[LawFact]] = {}
    for each in facts:
        if owner in each.of:
            alike = by_name.setdefault(each.name, [])
            if each not in alike:
                alike.append(each)
    for several in by_name.values():
        laws = tuple(dict.fromkeys(each.declared_by for each in several))
        yield replace(_key(several[0].fact(), ()), declared_by=", ".join(laws))


def _key(fact: Fact, channels: tuple[str, ...]) -> Key:
    known = fact.kind.words or ()
    if set(known) >= set(terms.CHANNEL.words):
        known = tuple(dict.fromkeys((*known, *channels)))
    usual = fact.kind.usual if isinstance(fact.kind, Words) else {}
    return Key(fact.key, fact.kind.takes, known, fact.required, fact.description, _absent(fact.absent), usual=usual)


def _said(value: Any) -> str:
    """A value as people write it."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return {True: "yes", False: "no"}.get(value, str(value))


def _absent(absence: Absence | None) -> str:
    if absence is None:
        return ""
    said = _said(absence.value)
    match absence.kind:
        case "unknown":
            text = "unknown, even in a complete record"
        case "none":
            text = "none is stated"
        case "is":
            text = said
        case "same_as":
            text = f"as `{said}`"
        case "all_debts":
            text = "every debt of the case"
        case "lawful":
            text = "lawful in every respect"
        case "excludes":
            text = f"none of {said}"
        case "when":
            assert absence.other is not None
            key, word = absence.other
            text = f"{said} where `{key}` is {'absent too' if word is None else word}, else unknown"
        case "unless":
            assert absence.other is not None
            text = f"{said}, but unknown where `{absence.other[0]}` is {absence.other[1]}"
        case "if_consumer":
            text = f"{said} where every debt is a consumer's, else unknown"
    return f"{text}; in a partial record too" if absence.structural else text

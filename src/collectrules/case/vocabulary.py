"""The vocabulary of a case for somebody who writes one: its objects, their keys, the words that a key may hold.

Read from `case.schema.json`, as `facts` is; told here in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from collectrules.case.facts import Absence, absence_of, catalogue
from collectrules.ground.errors import CollectrulesError, meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NOT_OF_A_CASE: Final = frozenset({"file", "single_case", "value"})
"""Objects of files: a case stands in them, they do not stand in a case."""


class NoSuchFact(CollectrulesError):
    """There is no object or key of that name."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an object: what it takes, the words it may hold (none: any), and what it means that it is not there.

    `absent` holds for complete records, and is empty where nothing is presumed.
    """

    name: str
    takes: str
    words: tuple[str, ...]
    required: bool
    description: str
    absent: str


@dataclass(frozen=True, slots=True)
class Object:
    """One object of a case: where it stands, its keys, and for events the keys that each may have."""

    name: str
    title: str
    within: tuple[str, ...]
    keys: tuple[Key, ...]
    forms: Mapping[str, tuple[str, ...]]


def objects(channels: Iterable[str] = ()) -> tuple[Object, ...]:
    """Every object of a case, a case itself first. `channels` are those of plugins, which `channel` may hold too."""
    more = tuple(channels)
    names = [
        name
        for name, definition in catalogue().definitions.items()
        if "properties" in definition and name not in _NOT_OF_A_CASE
    ]
    return tuple(_object(name, more) for name in names)


def find(name: str, channels: Iterable[str] = ()) -> Object | Key:
    """The object of a name, or the key of `object.key`. Raises NoSuchFact with the nearest name."""
    by_name = {thing.name: thing for thing in objects(channels)}
    owner, _, key = name.partition(".")
    if owner not in by_name:
        raise NoSuchFact(
            f"there is no object `{owner}`\n    {meant(owner, by_name) or 'there are ' + ', '.join(by_name)}"
        )
    if not key:
        return by_name[owner]
    keys = {found.name: found for found in by_name[owner].keys}
    if key not in keys:
        advice = meant(key, keys) or f"`collectrules facts {owner}` lists its keys"
        raise NoSuchFact(f"`{owner}` has no key `{key}`\n    {advice}")
    return keys[key]


def _object(name: str, channels: tuple[str, ...]) -> Object:
    definitions = catalogue().definitions
    definition = definitions[name]
    required = definition.get("required", ())
    within = [
        f"{owner}.{key}"
        for owner, other in definitions.items()
        if owner not in _NOT_OF_A_CASE
        for key, spec in other.get("properties", {}).items()
        if name in _named(spec) | _named(spec.get("items", {}))
    ]
    keys = tuple(_key(key, spec, channels, required=key in required) for key, spec in definition["properties"].items())
    forms = {
        rule["if"]["properties"]["event"]["const"]: tuple(
            key for key in rule["then"]["propertyNames"]["enum"] if key not in ("at", "event")
        )
        for rule in definition.get("allOf", ())
        if "event" in rule["if"].get("properties", {})
    }
    return Object(name, definition.get("title", name), tuple(within), keys, forms)


def _named(spec: Mapping[str, Any]) -> set[str]:
    """The definitions that a place of the schema names; of a history entry, both that it may be."""
    name = spec.get("$ref", "").rpartition("/")[2]
    definition = catalogue().definitions.get(name, {})
    return {name}.union(*[_named(definition[branch]) for branch in ("then", "else") if branch in definition])


def _key(name: str, spec: Mapping[str, Any], channels: tuple[str, ...], *, required: bool) -> Key:
    is_list = spec.get("type") == "array"
    takes, words = _taken(spec["items"] if is_list else spec)
    if words and set(words) >= set(catalogue().channels):
        words = tuple(dict.fromkeys((*words, *channels)))
    if is_list:
        takes = "a list of such words" if words else f"a list, each {takes}"
    return Key(name, takes, words, required, spec.get("description", ""), _absent(absence_of(spec)))


def _taken(spec: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """What a value has to be, and the words it has to be one of."""
    definition = spec
    if "$ref" in spec:
        name = spec["$ref"].rpartition("/")[2]
        definition = catalogue().definitions[name]
        if "properties" in definition:
            return f"`{name}`", ()
    if "enum" in definition:
        return "one word", tuple(definition["enum"])
    if "anyOf" in definition:
        return " or ".join(_taken(branch)[0] for branch in definition["anyOf"]), ()
    if "then" in definition:
        return " or ".join(_taken(definition[branch])[0] for branch in ("then", "else")), ()
    if definition.get("type") == "array":
        return f"a list, each {_taken(definition['items'])[0]}", ()
    return definition.get("description") or definition.get("title", "text"), ()


def _absent(absence: Absence | None) -> str:
    if absence is None:
        return ""
    said = {True: "yes", False: "no"}.get(absence.value, absence.value) if absence.kind != "excludes" else ""
    match absence.kind:
        case "unknown":
            text = "unknown, even in a complete record"
        case "none":
            text = "none is stated"
        case "is":
            text = str(said)
        case "same_as":
            text = f"as `{said}`"
        case "all_debts":
            text = "every debt of the case"
        case "lawful":
            text = "lawful in every respect"
        case "excludes":
            text = f"none of {', '.join(absence.value)}"
        case "when":
            assert absence.other is not None
            text = f"{said} where `{absence.other[0]}` is {absence.other[1]}, else unknown"
        case "if_consumer":
            text = f"{said} where every debt is a consumer's, else unknown"
    return f"{text}; in a partial record too" if absence.structural else text

"""The JSON Schema of case files, for editors and for programs in other languages: written from the classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.case import format_1
from collectrules.case.keys import FACTS_OF_LAWS
from collectrules.case.law_facts import ANY_VALUE, FACT_OWNERS
from collectrules.case.reading import SINGLE_CASE
from collectrules.case.vocabulary import OBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collectrules.case.kinds import JsonSchema
    from collectrules.case.law_facts import LawFact

_DESCRIPTION: Final = (
    "One case, or a list of cases under `cases`. A case with `expect` is a test. Dates, clock times and amounts are "
    "strings."
)


def schema(facts: Iterable[LawFact] | None = None) -> JsonSchema:
    """Return the JSON Schema of a case file; `x-absent` says what the absence of a key from a complete record means.

    `facts` are those that laws declare; without them, any may stand under `facts:`.
    """
    definitions: JsonSchema = {}
    for each in (SINGLE_CASE, *OBJECTS):
        each.reference(definitions)
    _describe_format_1(definitions)
    if facts is not None:
        _declare(tuple(facts), definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "case.schema.json",
        "title": "collectrules case file, versions 1 and 2",
        "description": _DESCRIPTION,
        "type": "object",
        "if": {"required": ["cases"]},
        "then": {"$ref": "#/$defs/file"},
        "else": {"$ref": "#/$defs/single_case"},
        "$defs": definitions,
    }


def _describe_format_1(definitions: JsonSchema) -> None:
    """Take in the keys that the first format had at the top of an object, which are read as facts of laws."""
    for owner, names in format_1.NAMES.items():
        for name in sorted(names):
            described = {**ANY_VALUE, "deprecated": True, "description": f"write it under `{FACTS_OF_LAWS}`"}
            definitions[owner]["properties"][name] = described
    for each in definitions["event"]["allOf"]:
        word = each["if"]["properties"]["event"]["const"]
        if "propertyNames" in each["then"]:
            each["then"]["propertyNames"]["enum"] += sorted(format_1.OF_EVENTS.get(word, ()))


def _declare(facts: tuple[LawFact, ...], definitions: JsonSchema) -> None:
    """Say which facts may stand under `facts:`. Laws that never meet may declare one otherwise: either is right."""
    for owner in FACT_OWNERS:
        ways: dict[str, list[JsonSchema]] = {}
        for each in facts:
            if owner in each.of:
                way = each.fact().schema(definitions)
                several = ways.setdefault(each.name, [])
                if way not in several:
                    several.append(way)
        properties = {name: several[0] if len(several) == 1 else {"anyOf": several} for name, several in ways.items()}
        places = [definitions[owner], *([definitions[SINGLE_CASE.name]] if owner == "case" else [])]
        for place in places:
            stated = place["properties"][FACTS_OF_LAWS]
            place["properties"][FACTS_OF_LAWS] = {**stated, "properties": properties, "additionalProperties": False}

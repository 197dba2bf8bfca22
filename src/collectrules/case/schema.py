"""The JSON Schema of case files, for editors and for programs in other languages: written from the classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.case.reading import SINGLE_CASE
from collectrules.case.vocabulary import OBJECTS

if TYPE_CHECKING:
    from collectrules.case.kinds import JsonSchema

_DESCRIPTION: Final = (
    "One case, or a list of cases under `cases`. A case with `expect` is a test. Dates, clock times and amounts are "
    "strings."
)


def schema() -> JsonSchema:
    """Return the JSON Schema of a case file; `x-absent` says what the absence of a key from a complete record means."""
    definitions: JsonSchema = {}
    for each in (SINGLE_CASE, *OBJECTS):
        each.reference(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "case.schema.json",
        "title": "collectrules case file, version 1",
        "description": _DESCRIPTION,
        "type": "object",
        "if": {"required": ["cases"]},
        "then": {"$ref": "#/$defs/file"},
        "else": {"$ref": "#/$defs/single_case"},
        "$defs": definitions,
    }

"""The JSON Schema of ruleset files, for editors: which keys may stand where, and the words that are few.

What a schema cannot say (expressions, dated values, two sides of a line) is told by `collectrules test FILE`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.case.groups import IDS
from collectrules.case.law_facts import FACT_OWNERS
from collectrules.law import facts, reader, rules
from collectrules.law.strength import Strength

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collectrules.law.model import Language

_NEEDED: Final = ("title", "version", "source", "since", "verified", "verify_by")
_OF_A_RULE: Final = ("id", "cite")


def schema(language: Language) -> dict[str, Any]:
    """The schema of a ruleset, or of a house policy, with the kinds of rules of a language."""
    fields = dict.fromkeys(field for kind in language.kinds.values() for field in kind.fields)
    rule = _object((*rules.KEYS, *fields), _OF_A_RULE)
    rule["properties"]["kind"] = {"enum": sorted(language.kinds)}
    rule["properties"]["strength"] = {"enum": [each.value for each in Strength]}
    rule["allOf"] = [
        {
            "if": {"required": ["kind"], "properties": {"kind": {"const": kind.name}}},
            "then": {"required": list(kind.required)},
        }
        for kind in language.kinds.values()
        if kind.required
    ]
    fact = _object(facts.KEYS, ("of", "type", "absent", "title", "ask"))
    fact["properties"]["group"] = {"enum": list(IDS)}
    owner = {"enum": list(FACT_OWNERS)}
    fact["properties"]["of"] = {"anyOf": [owner, {"type": "array", "items": owner}]}
    law = _object(reader.RULESET_KEYS, ("ruleset", "jurisdiction", *_NEEDED))
    policy = _object(reader.POLICY_KEYS, ("policy", *_NEEDED))
    for each in (law, policy):
        each["properties"]["rules"] = {"type": "array", "items": {"$ref": "#/$defs/rule"}}
    law["properties"]["facts"] = {"type": "object", "additionalProperties": {"$ref": "#/$defs/fact"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "ruleset.schema.json",
        "title": "collectrules ruleset",
        "type": "object",
        "if": {"required": ["policy"]},
        "then": {"$ref": "#/$defs/policy"},
        "else": {"$ref": "#/$defs/ruleset"},
        "$defs": {"ruleset": law, "policy": policy, "rule": rule, "fact": fact},
    }


def _object(keys: Iterable[str], required: Iterable[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {key: {} for key in keys},
    }

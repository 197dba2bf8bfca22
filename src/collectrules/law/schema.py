"""The JSON Schema of ruleset files, for editors: which keys may stand where, and what may stand under them.

It is made from what the reader knows: its keys, kinds, words and topics. What a schema cannot say (expressions, names
that must be defined, the two sides of a line) is told by `collectrules validate FILE`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from collectrules.case.groups import IDS
from collectrules.case.law_facts import FACT_OWNERS, TYPES
from collectrules.case.terms import WHAT
from collectrules.case.vocabulary import CHANNEL_PROPERTIES, catalogue
from collectrules.expressions.syntax import SUBJECTS
from collectrules.ground.dated import WEEKDAYS
from collectrules.law import (
    answers,
    by_paragraph,
    calendars,
    clauses,
    covers,
    definitions,
    facts,
    libraries,
    notices,
    paragraphs,
    parts,
    reader,
    rules,
    scope,
    shared_rules,
)
from collectrules.law.files import JURISDICTION
from collectrules.law.inheritance import ENTRY_KEYS
from collectrules.law.inheritance import KEY as INHERITANCE
from collectrules.law.model import Confidence, Status
from collectrules.law.statements import STATEMENTS
from collectrules.law.strength import OF_RULES, Decision, Strength
from collectrules.law.topics import topics_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.law.kinds import RuleKind
    from collectrules.law.model import Language
    from collectrules.law.questions import QuestionKind

Schema = dict[str, Any]

_SCALAR: Final[Schema] = {"type": ["string", "number", "boolean"], "not": {"const": ""}}
"""A text, which YAML may have made a number or a truth value of."""
_TEXT: Final[Schema] = {"$ref": "#/$defs/text"}
_DAY: Final = (
    r"\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2\d))"
)
_CLOCK: Final = r"(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)"
_VALUE: Final = rf"\d+|{_CLOCK}|{_DAY}|[a-z][a-z0-9_]*|-?\d+\.\d+|{_CLOCK}-{_CLOCK}"
_WORD: Final = r"[a-z][a-z0-9_]*"
_DAYS: Final = ("since", "until", "verify_by")
_PROSE: Final = ("title", "note", "says", "question", "remedy", "source", "cite", "what", "value", "version")
_NEEDED: Final = ("title", "version", "source", "since", "verified", "verify_by")
_YES_OR_NO: Final[Schema] = {"enum": ["yes", "no"]}


def schema(language: Language) -> Schema:
    """The schema of every file of a folder of rulesets but `topics.yaml`, with the kinds and channels of a language."""
    defined = _definitions(language)
    kinds = [("part_of", "part"), (INHERITANCE, "inheritance"), ("library", "library"), ("policy", "policy")]
    whole: Schema = {"$ref": "#/$defs/ruleset"}
    for key, name in reversed(kinds):
        whole = {"if": {"required": [key]}, "then": {"$ref": f"#/$defs/{name}"}, "else": whole}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "ruleset.schema.json",
        "title": "collectrules ruleset",
        "description": "A ruleset, a part of one, a house policy or a library.",
        "type": "object",
        **whole,
        "$defs": defined,
    }


def _definitions(language: Language) -> dict[str, Schema]:
    topics = list(topics_of(language).by_id)
    shared = _joined()
    head = {
        **shared,
        "verified": {"$ref": "#/$defs/verified"},
        "binds": _object(reader.BINDS_KEYS, ("when", "cite"), unless=_several("clause")),
        "status": {"enum": list(get_args(Status))},
        "uses": _words(),
        "parts": _words(),
        "example_case": _object(rules.CASE_KEYS, (), **_anything(rules.CASE_KEYS)),
        "jurisdiction": _pattern(JURISDICTION.pattern),
        "also_in": _words(_pattern(JURISDICTION.pattern)),
        "cities": _words(_pattern(JURISDICTION.pattern)),
        "where": _words(_pattern(JURISDICTION.pattern)),
        "ruleset": _pattern(rf"{_WORD}(?:\.{_WORD})*"),
        "policy": _pattern(rf"{_WORD}(?:\.{_WORD})*"),
        "covers": {"type": "array", "items": {"anyOf": [{"enum": topics}, {"$ref": "#/$defs/cover"}]}},
    }
    ruleset = _object(
        reader.RULESET_KEYS,
        ("ruleset", "jurisdiction", *_NEEDED),
        by_paragraph={"$ref": "#/$defs/by_paragraph"},
        **head,
    )
    ruleset["anyOf"] = [{"required": ["rules"]}, {"required": ["answers"]}, {"required": ["parts"]}]
    names = catalogue()
    acts = [*names.action_kinds, *names.action_groups, "any"]
    return {
        "text": _SCALAR,
        "ruleset": ruleset,
        "policy": _object(reader.POLICY_KEYS, ("policy", "title", "version", "since", "rules"), **head),
        "part": _object((parts.PART_OF, "title", "note", *parts.JOINED), (parts.PART_OF, "title"), **shared),
        "library": _object(
            libraries.LIBRARY_KEYS,
            ("library", "title", "version"),
            **{**shared, "uses": _words(), "rules": _several("shared_rule"), "answers": _several("shared_answer")},
        ),
        "inheritance": _inheritance(),
        "rule": _taking_up(_rule(language.kinds)),
        "shared_rule": _shared(_rule(language.kinds)),
        "group": _group(),
        "example": _object(
            rules.EXAMPLE_KEYS,
            ("story", "expect"),
            expect={"enum": list(get_args(Decision))},
            **_anything(rules.CASE_KEYS),
        ),
        "clause": _object((*clauses.CLAUSE_KEYS, "remedy"), ("if", "cite")),
        "factor": _object(clauses.CLAUSE_KEYS, ("if", "cite")),
        "review": _object(clauses.REVIEW_KEYS, ("if", "cite", "question")),
        "governs": _object(
            ("kind", "channel"), ("kind",), kind=_words({"enum": acts}), channel={"$ref": "#/$defs/channel"}
        ),
        "channel": _channel(language),
        "values": {
            "type": "object",
            "propertyNames": _pattern(_WORD),
            "additionalProperties": {"$ref": "#/$defs/dated"},
        },
        "dated": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": _pattern(_DAY),
            "additionalProperties": {"anyOf": [{"type": ["number", "boolean"]}, _pattern(_VALUE)]},
        },
        "verified": _object(
            scope.VERIFIED_KEYS,
            scope.VERIFIED_KEYS,
            date=_pattern(_DAY),
            confidence={"enum": list(get_args(Confidence))},
        ),
        "cover": _cover(topics),
        "fact": _fact(),
        "definition": _object(
            definitions.KEYS,
            ("title", "is"),
            of={
                "anyOf": [
                    {"enum": list(SUBJECTS)},
                    {
                        "type": "object",
                        "propertyNames": _pattern(_WORD),
                        "additionalProperties": {"enum": list(SUBJECTS)},
                    },
                ]
            },
        ),
        "calendar": _object(
            calendars.CALENDAR_KEYS,
            ("cite",),
            closed={"type": "array", "items": {"enum": list(WEEKDAYS)}, "maxItems": len(WEEKDAYS) - 1},
            closed_since={
                "type": "object",
                "propertyNames": {"enum": list(WEEKDAYS)},
                "additionalProperties": _pattern(_DAY),
            },
            holidays={"type": "array", "items": {"$ref": "#/$defs/holiday"}},
        ),
        "holiday": _holiday(),
        "by_paragraph": _by_paragraph(),
        "obligation": _object(
            notices.OBLIGATION_KEYS,
            ("id", "governs", "if", "says", "cite"),
            states=_words({"enum": list(STATEMENTS)}),
        ),
        "report": _report(),
        "omission": _object(notices.OMISSION_KEYS, ("what", "governs", "cite")),
        "answer": _taking_up(_answer(language.questions)),
        "shared_answer": _shared(_answer(language.questions)),
    }


def _joined() -> dict[str, Schema]:
    """What may stand in a ruleset, and in a part of one."""
    return {
        "values": {"$ref": "#/$defs/values"},
        "calendars": _named("calendar"),
        "facts": _named("fact"),
        "define": _named("definition"),
        "groups": _named("group"),
        "rules": _several("rule"),
        "answers": _several("answer"),
        "obligations": _several("obligation"),
        "reports": _several("report"),
        "leaves_out": _several("omission"),
        paragraphs.PARAGRAPHS: {"type": "object", "additionalProperties": _pattern(paragraphs.HASH.pattern)},
    }


def _by_paragraph() -> Schema:
    """How a law stands, paragraph by paragraph."""
    of_reasons: Schema = {"type": "array", "items": _object(("ids", "why"), ("ids", "why"), ids=_words())}
    states = {state: of_reasons for state in by_paragraph.STATES if state != "encoded"}
    return _object(("of", *by_paragraph.STATES), ("of",), encoded=_words(), **states)


# ---- pieces ----------------------------------------------------------------------------------------------------------


def _pattern(pattern: str) -> Schema:
    return {"type": ["string", "number"], "pattern": f"^(?:{pattern})$"}


def _anything(keys: Iterable[str]) -> dict[str, Schema]:
    """Under these keys anything may stand."""
    return {key: {} for key in keys}


def _words(one: Schema = _TEXT) -> Schema:
    """A word or a list of words."""
    return {"anyOf": [one, {"type": "array", "items": one}]}


def _several(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _named(name: str) -> Schema:
    """Tables by name."""
    return {"type": "object", "propertyNames": _pattern(_WORD), "additionalProperties": {"$ref": f"#/$defs/{name}"}}


def _object(keys: Iterable[str], required: Iterable[str], **properties: Schema) -> Schema:
    """A table with these keys; what nothing is said of is a text."""
    known: dict[str, Schema] = {}
    for key in keys:
        usual = _TEXT
        if key in _DAYS:
            usual = _pattern(_DAY)
        elif key == "governs":
            usual = {"$ref": "#/$defs/governs"}
        elif key == "values":
            usual = {"$ref": "#/$defs/values"}
        elif key == "id":
            usual = _pattern(_WORD)
        known[key] = properties.get(key, usual)
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": known}


def _rule(kinds: Mapping[str, RuleKind]) -> Schema:
    """A rule: what each kind needs and takes besides."""
    fields = dict.fromkeys(field for kind in kinds.values() for field in kind.fields)
    rule = _object(
        (*rules.KEYS, *fields),
        ("id", "title", "cite", "examples"),
        kind={"enum": sorted(kinds)},
        strength={"enum": [each.value for each in OF_RULES]},
        verified={"$ref": "#/$defs/verified"},
        unless=_several("clause"),
        factors=_several("factor"),
        review=_several("review"),
        examples={**_several("example"), "minItems": 1},
        **_anything(fields),
    )
    given: dict[str, list[Schema]] = {}
    for kind in kinds.values():
        is_kind: Schema = {"required": ["kind"], "properties": {"kind": {"const": kind.name}}}
        if kind.name == "condition":
            is_kind = {"anyOf": [is_kind, {"not": {"required": ["kind"]}}]}
        given.setdefault("allOf", []).append({"if": is_kind, "then": _of_kind(kind)})
    denying = [each.value for each in OF_RULES if each.decision == "deny"]
    given["allOf"] += [
        {"if": {"not": {"required": ["group"]}}, "then": {"required": ["governs"]}},
        {
            "if": {"required": ["strength"], "properties": {"strength": {"const": Strength.CIRCUMSTANCES.value}}},
            "then": {"required": ["question"]},
        },
        {
            "if": {"required": ["factors"]},
            "then": {"properties": {"strength": {"const": Strength.PRESUMPTION_OF_VIOLATION.value}}},
        },
        {"if": {"required": ["review"]}, "then": {"properties": {"strength": {"enum": denying}}}},
    ]
    return {**rule, **given}


def _taking_up(whole: Schema) -> Schema:
    """A rule or an answer that stands by itself, or takes up a shared one and says only what is its own."""
    taken = {key: each for key, each in whole.items() if key in ("type", "additionalProperties", "properties")}
    return {"if": {"required": [shared_rules.LIKE]}, "then": {**taken, "required": [shared_rules.LIKE]}, "else": whole}


def _shared(whole: Schema) -> Schema:
    """A rule or an answer of a library: what a law adds is missing."""
    properties = {key: each for key, each in whole["properties"].items() if key not in shared_rules.OF_A_LAW}
    for key in shared_rules.CLAUSES:
        if key in properties:
            clause = _object(("if", "title", "note", "remedy", "question"), ("if",))
            properties[key] = {"type": "array", "items": clause}
    if "values" in properties:
        properties["values"] = {"type": "object", "propertyNames": _pattern(_WORD), "additionalProperties": _TEXT}
    return {"type": "object", "additionalProperties": False, "required": ["id"], "properties": properties}


def _of_kind(kind: RuleKind) -> Schema:
    """What a rule of one kind has besides the keys of every rule."""
    properties: dict[str, Schema] = {}
    for field, shape in kind.fields.items():
        words: Schema = {"enum": list(kind.words[field])} if field in kind.words else _TEXT
        if shape == "words":
            properties[field] = _words(words)
        elif shape == "contacts":
            properties[field] = {"anyOf": [_TEXT, {"type": "object", "minProperties": 1}]}
        else:
            properties[field] = words
    required = [key for key in kind.required if key != "when"]
    if kind.values:
        properties["values"] = {"required": list(kind.values)}
        required.append("values")
    sides = []
    if kind.name != "permission":
        required.append("strength")
        sides = [_example_of("allow"), _example_of("deny", "review")]
    conditions = [{"required": [key]} for key in ("when", "group")] if "when" in kind.required else []
    return {
        "required": required,
        "properties": {**properties, **({"examples": {"allOf": sides}} if sides else {})},
        "propertyNames": {"enum": [*rules.KEYS, *kind.fields]},
        **({"anyOf": conditions} if conditions else {}),
    }


def _example_of(*decisions: str) -> Schema:
    return {"contains": {"required": ["expect"], "properties": {"expect": {"enum": list(decisions)}}}}


def _group() -> Schema:
    group = _object(
        scope.GROUP_KEYS, (), unless=_several("clause"), review=_several("review"), factors=_several("factor")
    )
    return {**group, "anyOf": [{"required": [key]} for key in scope.GROUP_KEYS if key != "note"]}


def _channel(language: Language) -> Schema:
    name: Schema = {"enum": sorted(language.channels)}
    properties = {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": dict.fromkeys(CHANNEL_PROPERTIES, _YES_OR_NO),
    }
    every = {
        "type": "object",
        "additionalProperties": False,
        "required": ["any"],
        "properties": {"any": {"const": "yes"}},
    }
    one: Schema = {"anyOf": [name, properties, every]}
    return {"anyOf": [*one["anyOf"], {"type": "array", "items": one}]}


def _cover(topics: list[str]) -> Schema:
    cover = _object(
        covers.KEYS,
        ("topic",),
        topic=_words({"enum": topics}),
        channel={"$ref": "#/$defs/channel"},
        nothing=_YES_OR_NO,
        partly=_YES_OR_NO,
        mirrors=_pattern(JURISDICTION.pattern),
        verified={"$ref": "#/$defs/verified"},
    )
    nothing: Schema = {"required": ["nothing"], "properties": {"nothing": {"const": "yes"}}}
    partly: Schema = {"required": ["partly"], "properties": {"partly": {"const": "yes"}}}
    alone = [{"not": {"allOf": [nothing, partly]}}]
    alone += [{"not": {"allOf": [{"required": ["mirrors"]}, each]}} for each in (nothing, partly)]
    whom: Schema = {"required": ["for"], "properties": {"for": {"enum": ["others", "everybody"]}}}
    return {
        **cover,
        "allOf": [{"if": nothing, "then": {"required": ["cite", "verified"]}}, {"if": whom, "then": nothing}, *alone],
    }


def _fact() -> Schema:
    return _object(
        facts.KEYS,
        ("of", "type", "absent", "title", "ask"),
        of=_words({"enum": list(FACT_OWNERS)}),
        type={"anyOf": [{"enum": list(TYPES)}, {"type": "array", "minItems": 1, "items": _pattern(_WORD)}]},
        several=_YES_OR_NO,
        group={"enum": list(IDS)},
    )


def _holiday() -> Schema:
    whole: Schema = {"type": ["string", "integer"], "pattern": r"^[+-]?\d+$"}
    telling = dict.fromkeys(key for shape in calendars.HOLIDAY_SHAPES for key in shape)
    holiday = _object(
        calendars.HOLIDAY_KEYS,
        ("name",),
        **dict.fromkeys(("day", "nth", "easter"), whole),
        month={"type": ["string", "integer"], "pattern": r"^(?:0?[1-9]|1[0-2])$", "minimum": 1, "maximum": 12},
        weekday={"enum": list(WEEKDAYS)},
        moved={"type": "object", "propertyNames": {"enum": list(WEEKDAYS)}, "additionalProperties": whole},
        on_or_before=_pattern(r"\d{2}-\d{2}"),
    )
    shapes = []
    for shape in calendars.HOLIDAY_SHAPES:
        others = [{"required": [key]} for key in telling if key not in shape]
        shapes.append({"required": list(shape), "not": {"anyOf": others}})
    return {**holiday, "oneOf": shapes}


def _report() -> Schema:
    report = _object(
        notices.REPORT_KEYS, ("name",), of=_words(), kept=_words(), overrides=_YES_OR_NO, name=_pattern(_WORD)
    )
    of_rules = [{"required": ["of"]}, {"required": ["kept"]}]
    return {
        **report,
        "oneOf": [{"required": [key]} for key in notices.TOLD_BY],
        "allOf": [
            {"if": {"required": ["figure"]}, "then": {"required": ["of"]}},
            {"if": {"not": {"anyOf": of_rules}}, "then": {"required": ["governs"]}},
        ],
    }


def _answer(kinds: Mapping[str, QuestionKind]) -> Schema:
    fields = dict.fromkeys(field for kind in kinds.values() for field in kind.fields)
    answer = _object(
        (*answers.KEYS, *fields),
        ("id", "asks", "kind", "title", "cite", "examples"),
        asks=_words({"enum": list(WHAT.words)}),
        kind={"enum": sorted(kinds)},
        verified={"$ref": "#/$defs/verified"},
        assumes=_words(),
        **_anything(fields),
    )
    anything = ("expect", "ask", *rules.CASE_KEYS)
    example = _object(("story", *anything), ("story",), **_anything(anything))
    answer["properties"]["examples"] = {"type": "array", "minItems": 1, "items": example}
    return {**answer, "allOf": [_of_question(kind) for kind in kinds.values()]}


def _of_question(kind: QuestionKind) -> Schema:
    properties: dict[str, Schema] = {}
    for field, shape in kind.fields.items():
        words: Schema = {"enum": list(kind.words[field])} if field in kind.words else _TEXT
        properties[field] = {"given": {"type": "object"}, "words": _words(words)}.get(shape, words)
    required = [*kind.required, *(["values"] if kind.values else [])]
    if kind.values:
        properties["values"] = {"required": list(kind.values)}
    return {
        "if": {"required": ["kind"], "properties": {"kind": {"const": kind.name}}},
        "then": {
            "required": required,
            "properties": properties,
            "propertyNames": {"enum": [*answers.KEYS, *kind.fields]},
        },
    }


def _inheritance() -> Schema:
    entry = _object(
        ENTRY_KEYS,
        ("law", "holds_in", "cite"),
        law=_pattern(JURISDICTION.pattern),
        holds_in=_words(_pattern(JURISDICTION.pattern)),
    )
    return _object(
        ("library", "title", "version", "note", INHERITANCE),
        ("library",),
        **{INHERITANCE: {"type": "array", "items": entry}},
    )

"""The JSON Schema of a collections policy, for editors: which keys may stand where, and the words that are few.

What a schema cannot say (a ladder that can be climbed, a threat that is meant) is told when the policy is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.case import terms
from collectrules.law.reader import COLLECTIONS_KEYS, POLICY_KEYS
from collectrules.policy import model, reading, recovery_reading, steps
from collectrules.policy.conditions import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.policy.conditions import Figure

_NUMBER: Final = {"type": ["integer", "string"], "pattern": r"^-?\d+$"}
_TRUTH: Final = {"enum": [True, False, "yes", "no"]}
_COMPARISON: Final = {"type": "string", "pattern": r"^\s*(>=|<=|==|!=|>|<)\s*-?\d+(\.\d{2})?\s*(,.*)?$"}
_AMOUNTS: Final = {"type": "object", "additionalProperties": {"type": "string", "pattern": r"^\d+\.\d{2}$"}}
_PER_CENT: Final = {"type": ["string", "number"]}
_DATE: Final = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_CONDITION: Final = {"$ref": "#/$defs/condition"}
_STEPS: Final = {"type": "array", "items": {"$ref": "#/$defs/step"}}
_UNLESS: Final = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["if", "says"],
        "properties": {"if": _CONDITION, "says": {"type": "string"}},
    },
}


def schema() -> dict[str, Any]:
    """The schema of a policy file; of its house rules it says only that they may be there."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "policy.schema.json",
        "title": "collectrules collections policy",
        "$ref": "#/$defs/policy",
        "$defs": {
            "policy": _policy(),
            "condition": _condition(),
            "stage": _table(
                reading.STAGE_KEYS,
                {
                    "starts": _table(
                        reading.START_KEYS,
                        {"days_past_due": _NUMBER, "days_after_step": _NUMBER, "month_end": _TRUTH},
                    ),
                    "when": _CONDITION,
                    "unless": _UNLESS,
                    "steps": {**_STEPS, "minItems": 1},
                },
                ("id", "title", "starts", "steps"),
            ),
            "step": _table(steps.STEP_KEYS, _of_step(), ("id", "title")),
            "task": _table(
                (*steps.STEP_KEYS, *steps.TASK_KEYS),
                {**_of_step(), "every": _NUMBER, "month_end": _TRUTH},
                ("id", "title"),
            ),
            "path": _table(
                reading.PATH_KEYS,
                {
                    "answer_within": _NUMBER,
                    "pauses": {"enum": ["invoice", "account"]},
                    "resumes_after": _NUMBER,
                    "steps": _STEPS,
                },
            ),
            "way": _table(
                recovery_reading.WAY_KEYS,
                {
                    "success": {"type": "object", "additionalProperties": _PER_CENT},
                    "commission": _PER_CENT,
                    "price": _PER_CENT,
                    "cost": _AMOUNTS,
                    "days": _NUMBER,
                    "collectable": _PER_CENT,
                },
            ),
        },
    }


def _policy() -> dict[str, Any]:
    path = {"$ref": "#/$defs/path"}
    known: dict[str, Any] = {
        "since": _DATE,
        "review_by": _DATE,
        "stages": {"type": "array", "items": {"$ref": "#/$defs/stage"}},
        "accounts": _CONDITION,
        "runs": {"enum": list(reading.RUNS)},
        "begins": {"enum": list(reading.BEGINS)},
        "hand_over": _TRUTH,
        "working_days": {"type": "string"},
        "hours": {"type": "string", "pattern": r"^\d\d:\d\d-\d\d:\d\d$"},
        "assumes": {"type": "object", "properties": {name: _answer(each) for name, each in FIGURES.items()}},
        "least": _AMOUNTS,
        "evidence": _words(model.DOCUMENTS),
        "repeat": _table(reading.REPEAT_KEYS, {"every": _NUMBER, "most": _NUMBER}, ("from",)),
        "intends": _words(model.ANNOUNCED),
        "tasks": {"type": "array", "items": {"$ref": "#/$defs/task"}},
        "reviews": {
            "type": "array",
            "items": _table(
                reading.REVIEW_KEYS,
                {"every": {"enum": list(model.RHYTHMS)}, "on": {"enum": ["first_day", "last_day"]}},
                ("id", "title", "every"),
            ),
        },
        "dispute": path,
        "hardship": path,
        "promises": _table(
            reading.PROMISE_KEYS,
            {"most_days": _NUMBER, "grace": _NUMBER, "most": _NUMBER, "broken_to": {"type": "string"}},
        ),
        "plans": _table(
            reading.PLAN_KEYS,
            {
                "most_instalments": _NUMBER,
                "most_days": _NUMBER,
                "grace": _NUMBER,
                "least_instalment": _AMOUNTS,
                "when": _CONDITION,
            },
            ("most_instalments", "most_days"),
        ),
        "settlements": _table(
            reading.SETTLEMENT_KEYS, {"most_discount": _PER_CENT, "when": _CONDITION}, ("most_discount",)
        ),
        "recovery": {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: {"$ref": "#/$defs/way"} for name in model.WAYS},
        },
    }
    assert not set(COLLECTIONS_KEYS) - set(known), "every key of a collections policy is described"
    return _table(POLICY_KEYS, known, ("policy", "title", "version", "since", "review_by", "stages"))


def _of_step() -> dict[str, Any]:
    return {
        "does": {"enum": list(model.ACTS)},
        "channels": _words(terms.CHANNEL.words or (), closed=False),
        "tone": {"enum": list(model.TONES)},
        "letter": {"enum": list(model.LETTERS)},
        "says": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
        "attach": _words(model.DOCUMENTS),
        "announces": {"enum": list(model.ANNOUNCED)},
        "waits": _NUMBER,
        "deadline": _NUMBER,
        "when": _CONDITION,
        "unless": _UNLESS,
        "repeats": _table(
            steps.REPEATS_KEYS,
            {"every": _NUMBER, "most": _NUMBER, "until": {"enum": ["conversation"]}},
            ("every", "most"),
        ),
        "charges": _table(steps.CHARGE_KEYS, {"fee": _AMOUNTS, "annual_rate": _PER_CENT}),
    }


def _condition() -> dict[str, Any]:
    table = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: {**_answer(figure), "description": figure.title} for name, figure in FIGURES.items()},
    }
    return {"anyOf": [table, {"type": "array", "items": table, "minItems": 1}]}


def _answer(figure: Figure) -> dict[str, Any]:
    match figure.sort:
        case "number":
            return dict(_COMPARISON)
        case "money":
            return {"type": "object", "additionalProperties": _COMPARISON}
        case "truth":
            return dict(_TRUTH)
        case _:
            return _words(figure.words, closed=bool(figure.words))


def _words(words: Iterable[str], *, closed: bool = True) -> dict[str, Any]:
    word: dict[str, Any] = {"enum": list(words)} if closed else {"type": "string"}
    return {"anyOf": [word, {"type": "array", "items": word}]}


def _table(keys: Iterable[str], known: Mapping[str, Any], required: Iterable[str] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {key: known.get(key, {}) for key in keys},
    }

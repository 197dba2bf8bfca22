"""The catalogue of facts: every field a case may state, its type, its words, and what its absence means.

Read from `case.schema.json`, the one place of the vocabulary. What absence means stands there under `x-absent` and
holds for complete records only; in a partial record an absent fact is unknown, except where the field is `structural`:
where its absence says something by itself (a period without `days` is every day).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from collectrules.ground.dated import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

FactType = Literal["bool", "int", "word", "text", "date", "at", "time", "money", "zone", "object", "map", "list"]

ROOTS: Final[Mapping[str, str]] = {
    "case": "case",
    "action": "action",
    "collector": "collector",
    "creditor": "creditor",
    "debtor": "debtor",
    "ask": "ask",
}
"""What a dotted name may begin with, and the object it names."""

CONTACT: Final = "contact"
"""The type of the action and of every contact of the history: the fields of both together."""

EVENT: Final = "event"
ANY_ENTRY: Final = "entry"
"""The type of whatever may be a contact or an event."""
ENTRY_TYPES: Final = frozenset({CONTACT, EVENT, ANY_ENTRY})
_UNIONS: Final[Mapping[str, tuple[str, ...]]] = {
    CONTACT: ("action", "contact"),
    EVENT: ("event",),
    ANY_ENTRY: ("action", "event", "contact"),
}

_SCALARS: Final[Mapping[str, FactType]] = {
    "bool": "bool",
    "int": "int",
    "text": "text",
    "date": "date",
    "at": "at",
    "time": "time",
    "money": "money",
    "rate": "money",
    "zone": "zone",
    "zones": "zone",
    "currency": "text",
    "debt_id": "text",
    "jurisdiction": "text",
    "debt_ref": "text",
}
DERIVED: Final[Mapping[str, FactType]] = {"day": "date", "minute": "int", "weekday": "word", "age": "int"}
"""Fields of entries that are computed from `at`."""


@dataclass(frozen=True, slots=True)
class Absence:
    """What it means that a field is absent from a complete record.

    kind: `is` (takes `value`), `none` (known not to be stated), `unknown`, `same_as` (another field, `value`),
    `all_debts`, `lawful` (content: lawful in every respect), `excludes` (any value but those), `when` (takes `value`
    if another field of the object has a value, else unknown), `if_consumer` (takes `value` if every debt is a
    consumer's, else unknown).
    """

    kind: Literal["is", "none", "unknown", "same_as", "all_debts", "lawful", "excludes", "when", "if_consumer"]
    value: Any = None
    other: tuple[str, str] | None = None
    structural: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its type, the type of a list's items, the words it may hold (None: any), what absence means."""

    name: str
    type: FactType
    items: str
    words: frozenset[str] | None
    absence: Absence
    description: str


def absence_of(place: Mapping[str, Any]) -> Absence | None:
    """What it means that a key is absent, by its place in the schema; None where nothing is presumed."""
    if "x-absent" not in place:
        return None
    spec = place["x-absent"]
    structural = bool(spec.get("structural"))
    for kind in ("none", "unknown", "all_debts", "lawful"):
        if spec.get(kind):
            return Absence(kind, structural=structural)
    if "when" in spec:
        ((other, word),) = spec["when"].items()
        return Absence("when", spec["is"], (other, word), structural)
    for kind in ("is", "same_as", "excludes", "if_consumer"):
        if kind in spec:
            value = tuple(spec[kind]) if isinstance(spec[kind], list) else spec[kind]
            return Absence(kind, value, structural=structural)  # type: ignore[arg-type]
    raise ValueError(f"x-absent says nothing: {spec}")


_REQUIRED: Final = Absence("unknown")


class Catalogue:
    """Every object type with its fields; a contact has those of an action too, so that one definition serves both."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.definitions: Mapping[str, Any] = schema["$defs"]
        self._objects: dict[str, dict[str, Field]] = {}
        self.events: tuple[str, ...] = tuple(self.definitions["enum_event"]["enum"])
        self.action_kinds: tuple[str, ...] = tuple(self.definitions["enum_action_kind"]["enum"])
        self.channels: tuple[str, ...] = tuple(self.definitions["enum_channel"]["enum"])

    def fields(self, object_type: str) -> Mapping[str, Field]:
        """The fields of an object type, by name. Raises KeyError for a type that does not exist."""
        known = self._objects.get(object_type)
        if known is None:
            if object_type in _UNIONS:
                known = {}
                for part in _UNIONS[object_type]:
                    for name, spec in self.definitions[part]["properties"].items():
                        known[name] = _merged(known.get(name), self._field(name, spec))
                for name, fact_type in DERIVED.items():
                    words = frozenset(WEEKDAYS) if name == "weekday" else None
                    known[name] = Field(name, fact_type, "", words, _REQUIRED, f"{name} of the entry")
            else:
                known = dict(self.own_fields(object_type))
            self._objects[object_type] = known
        return known

    @cache  # noqa: B019 - one catalogue lives as long as the process
    def own_fields(self, object_type: str) -> Mapping[str, Field]:
        """The fields that the schema gives an object type, without those of its kin."""
        properties = self.definitions[object_type]["properties"]
        return {name: self._field(name, spec) for name, spec in properties.items()}

    def _field(self, name: str, spec: Mapping[str, Any]) -> Field:
        absence = absence_of(spec) or _REQUIRED
        description = spec.get("description", name.replace("_", " "))
        items = ""
        if spec.get("type") == "array":
            fact_type, items, words = self._list_items(spec["items"])
            return Field(name, "list", items or fact_type, words, absence, description)
        fact_type, items, words = self._list_items(spec)
        if words is not None and absence.kind == "is":
            words |= {absence.value}  # a word for the usual, which a case need not have
        return Field(name, fact_type, items, words, absence, description)

    def _list_items(self, spec: Mapping[str, Any]) -> tuple[FactType, str, frozenset[str] | None]:
        reference = spec.get("$ref", "").rpartition("/")[2]
        if not reference:
            if "enum" in spec:
                return "word", "", frozenset(spec["enum"])
            return "text", "", None
        if reference in _SCALARS:
            return _SCALARS[reference], "", None
        target = self.definitions[reference]
        if "enum" in target:
            return "word", "", frozenset(target["enum"])
        if reference.startswith("enum_"):
            return "word", "", None
        if target.get("type") == "object" and "properties" in target:
            return "object", reference, None
        return "map", reference, None


def _merged(first: Field | None, second: Field) -> Field:
    if first is None:
        return second
    words = None if first.words is None or second.words is None else first.words | second.words
    return Field(second.name, second.type, second.items, words, second.absence, second.description)


@cache
def catalogue() -> Catalogue:
    """The catalogue of this version's case schema."""
    text = Path(__file__).with_name("case.schema.json").read_text("utf-8")
    return Catalogue(json.loads(text))

"""Objects of a case: which keys may stand in one, which must, and which go together."""

from __future__ import annotations

import re
from collections.abc import Callable  # noqa: TC003 - msgspec reads the types of fields
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeVar

from msgspec import Struct

from collectrules.case.advice import advise_key, listed, missing_key
from collectrules.case.kinds import JsonSchema, Kind, Refused, Report, Setting, Several, is_of_type
from collectrules.case.values import plain, type_of
from collectrules.ground.nodes import Listing, Node, Scalar, Table, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from collectrules.ground.errors import Place

T = TypeVar("T")

FACTS_OF_LAWS: Final = "facts"
"""The key under which an object has the facts that laws declare, and what begins the name of each in the object."""


class Absence(Struct, frozen=True):
    """What it means that a key is absent from a complete record.

    kind: `is` (takes `value`), `none` (known not to be stated), `unknown`, `same_as` (another key, `value`),
    `all_debts`, `lawful` (content: lawful in every respect), `excludes` (any value but those), `when` (takes `value`
    if another key of the object has a value, else unknown), `if_consumer` (takes `value` if every debt is a
    consumer's, else unknown). In a partial record an absent fact is unknown, except where the absence is `structural`:
    where it says something by itself (a period without `days` is every day).
    """

    kind: Literal["is", "none", "unknown", "same_as", "all_debts", "lawful", "excludes", "when", "if_consumer"]
    value: Any = None
    other: tuple[str, str] | None = None
    structural: bool = False

    def schema(self) -> JsonSchema:
        """Return what stands under `x-absent` in the published schema."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        stated: JsonSchema = {self.kind: True if value is None else value}
        if self.other is not None:
            stated = {"when": dict([self.other]), "is": value}
        return {**stated, "structural": True} if self.structural else stated


class Fact(Struct, frozen=True):
    """One key of an object: what it takes, what it says, and what its absence means (None: nothing is presumed).

    `declared_by` is the law that declares it, which cases state under `facts:`; empty for what every case may state.
    `group` is the group of the record that the law names for it; empty where that of its object holds. `read_as` is the
    key of the object that rules ask about in its place; empty for a fact that they ask about.
    """

    key: str
    kind: Kind[Any]
    description: str = ""
    absent: Absence | None = None
    required: bool = False
    question: str = ""
    declared_by: str = ""
    group: str = ""
    read_as: str = ""

    @property
    def attribute(self) -> str:
        """The name under which an object holds it."""
        if self.declared_by:
            return f"{FACTS_OF_LAWS}.{self.key}"
        return "from_" if self.key == "from" else self.key

    def schema(self, definitions: JsonSchema) -> JsonSchema:
        """Describe it, and add the definitions that it refers to."""
        described = {"description": self.description} if self.description else {}
        absent = {"x-absent": self.absent.schema()} if self.absent else {}
        other = {"x-read-as": self.read_as} if self.read_as else {}
        return {**self.kind.reference(definitions), **described, **absent, **other}


class Rule(Protocol):
    """What a schema of single keys cannot say."""

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether a plain value keeps it."""

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say how a table breaks it; nothing where it does not."""

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the JSON Schema of the object, where that can say it."""


class Keys(Kind[T]):
    """An object with keys. `make` makes it of what is stated, by attributes; `enter` says what its values stand in.

    The facts may come from anywhere: from the classes of `objects`, or as data at run time.
    """

    fact_type = "object"
    json_types = ("object",)

    def __init__(  # noqa: PLR0913  what an object is made of
        self,
        name: str,
        title: str,
        facts: Iterable[Fact],
        make: Callable[[dict[str, Any]], T],
        *,
        rules: Iterable[Rule] = (),
        enter: Callable[[dict[Any, Any], Setting], Setting] | None = None,
    ) -> None:
        self.name = name
        self.title = title
        self.objects = (name,)
        self.takes = f"`{name}`"
        self.facts: Mapping[str, Fact] = {fact.key: fact for fact in facts}
        self.make = make
        self.rules = tuple(rules)
        self.enter = enter

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The keys that must be there."""
        return tuple(fact.key for fact in self.facts.values() if fact.required)

    @cached_property
    def _needed(self) -> frozenset[str]:
        return frozenset(self.required)

    @cached_property
    def _readers(self) -> Mapping[Any, tuple[str, Callable[[Any, Setting], Any]]]:
        return {key: (fact.attribute, fact.kind.read) for key, fact in self.facts.items()}

    @cached_property
    def _absent_if_empty(self) -> frozenset[str]:
        """The keys of which an empty list says no more than their absence: exports write it for what they lack."""
        several = [(fact.key, fact.kind) for fact in self.facts.values() if isinstance(fact.kind, Several)]
        return frozenset(key for key, kind in several if not kind.empty_says_none)

    def read(self, value: Any, setting: Setting) -> T:
        """Take keys that are known, with values that are right, and that go together."""
        if type(value) is not dict:
            raise Refused(self.tell)
        if self.enter is not None:
            setting = self.enter(value, setting)
        readers = self._readers
        stated: dict[str, Any] = {}
        wrong: dict[Any, Refused | None] = {}
        for key, item in value.items():
            if key not in readers:
                wrong[key] = None
                continue
            attribute, read = readers[key]
            try:
                made = read(item, setting)
            except Refused as refused:
                wrong[key] = refused
            else:
                if made != () or key not in self._absent_if_empty:
                    stated[attribute] = made
        if wrong or not value.keys() >= self._needed:
            raise Refused(partial(self.tell, wrong=wrong, declared=(setting.facts or {}).get(self.name, ())))
        for rule in self.rules:
            if not rule.holds(value):
                raise Refused(self.tell)
        return self.make(stated)

    def tell(
        self,
        node: Node,
        subject: str,
        report: Report,
        wrong: Mapping[Any, Refused | None] | None = None,
        declared: Collection[str] = (),
    ) -> None:
        """Say that it has no keys, which are wrong or missing, and which do not go together.

        `declared` are facts that laws declare of it.
        """
        subject = self.title
        if not is_of_type(node, self, subject, report, keys=self.facts) or not isinstance(node, Table):
            return
        for key, refused in (wrong or {}).items():
            if refused is None:
                advice = advise_key(key, self.facts, node.entries, report.owners)
                if key in declared:
                    advice = f"a law declares it: write it under `{FACTS_OF_LAWS}:`"
                report.add(node.place_of(key), "CR011", f"{subject} has no key {shown(key)}", advice)
            else:
                refused.tell(node.entries[key], f"`{key}`", report)
        tell_missing(node, subject, report, self.required)
        for rule in self.rules:
            rule.tell(node, subject, report)

    def write(self, value: Any) -> object:
        """Return what is stated, by keys."""
        stated = getattr(value, "__dict__", {})
        if of_laws := getattr(value, FACTS_OF_LAWS, None):
            stated = {**stated, FACTS_OF_LAWS: of_laws}
        facts = self.facts.items()
        return {key: fact.kind.write(stated[fact.attribute]) for key, fact in facts if fact.attribute in stated}

    def schema(self, definitions: JsonSchema) -> JsonSchema:
        """Describe it."""
        made: JsonSchema = {"title": self.title, "type": "object", "additionalProperties": False}
        if self.required:
            made["required"] = list(self.required)
        for rule in self.rules:
            rule.describe(made)
        return {**made, "properties": {key: fact.schema(definitions) for key, fact in self.facts.items()}}


def tell_missing(table: Table, subject: str, report: Report, keys: Iterable[str]) -> None:
    """Say which of these keys are missing."""
    for key in keys:
        if key not in table.entries:
            advice = missing_key(table.entries, [key], report.owners)
            report.add(table.place, "CR012", f"{subject} needs `{key}`", advice)


class Either(Kind[Any]):
    """One object where a key stands, another where it does not."""

    fact_type = "object"
    json_types = ("object",)

    def __init__(self, name: str, key: str, there: Keys[Any], absent: Keys[Any]) -> None:
        self.name = name
        self.key = key
        self.there = there
        self.absent = absent
        self.objects = (there.name, absent.name)
        self.takes = f"{there.takes} or {absent.takes}"

    def read(self, value: Any, setting: Setting) -> Any:
        """Take one of the two."""
        kind = self.absent if type(value) is dict and self.key not in value else self.there
        return kind.read(value, setting)

    def tell(self, node: Node, subject: str, report: Report) -> None:
        """Say what is wrong with the one that it is."""
        kind = self.absent if isinstance(node, Table) and self.key not in node else self.there
        kind.tell(node, subject, report)

    def write(self, value: Any) -> object:
        """Return the one that it is."""
        return (self.there if self.key in getattr(value, "__dict__", {}) else self.absent).write(value)

    def schema(self, definitions: JsonSchema) -> JsonSchema:
        """Describe it."""
        there, absent = self.there.reference(definitions), self.absent.reference(definitions)
        return {"if": {"required": [self.key]}, "then": there, "else": absent}


# ---- keys that go together ---------------------------------------------------------------------------------------


class Needs(Struct, frozen=True):
    """With one key, others must be there."""

    key: str
    needed: tuple[str, ...]
    advice: str = ""

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether they are there."""
        return self.key not in value or all(key in value for key in self.needed)

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say which is missing."""
        for key in self.needed:
            if self.key in table and key not in table:
                message = f"{subject} with `{self.key}` needs `{key}`"
                report.add(table.place_of(self.key), "CR012", message, self.advice)

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        schema.setdefault("dependentRequired", {})[self.key] = list(self.needed)


class AtLeastOne(Struct, frozen=True):
    """One of these keys must be there, or more; with `beside`, only where that key is there."""

    keys: tuple[str, ...]
    beside: str = ""

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether one is there that must be."""
        return (bool(self.beside) and self.beside not in value) or any(key in value for key in self.keys)

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say that none is there."""
        if (self.beside and self.beside not in table) or any(key in table for key in self.keys):
            return
        advice = missing_key(table.entries, self.keys, report.owners)
        with_ = f" with `{self.beside}`" if self.beside else ""
        message = f"{subject}{with_} needs {' or '.join(f'`{key}`' for key in self.keys)}"
        report.add(table.place, "CR012", message, advice)

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        one = [{"required": [key]} for key in self.keys]
        if self.beside:
            schema.setdefault("allOf", []).append({"if": {"required": [self.beside]}, "then": {"anyOf": one}})
        else:
            schema["anyOf"] = one


class AtMostOne(Struct, frozen=True):
    """Of these keys no two stand together."""

    keys: tuple[str, ...]

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether no two do."""
        return sum(key in value for key in self.keys) < 2  # noqa: PLR2004  # two

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say which do."""
        present = [key for key in self.keys if key in table]
        if len(present) > 1:
            both = " and ".join(f"`{key}`" for key in present)
            report.add(table.place_of(present[1]), "CR015", f"{subject} has {both}", "keep one of them")

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        schema.setdefault("allOf", []).append({"not": {"required": list(self.keys)}})


class KeysByWord(Struct, frozen=True):
    """Which keys may stand beside each word of one key; `always` may stand beside all."""

    key: str
    always: tuple[str, ...]
    beside: Mapping[str, tuple[str, ...]]

    def _strange(self, word: object, present: Iterable[Any]) -> list[Any]:
        allowed = self.beside.get(word) if isinstance(word, str) else None
        if allowed is None:
            return []
        # A key that exists beside no word is told as such, once.
        strange = [key for key in present if key not in allowed and key not in self.always]
        return [key for key in strange if any(key in keys for keys in self.beside.values())] if strange else []

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether no other stands there."""
        return not self._strange(value.get(self.key), value)

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say which does not belong there."""
        word = table.get(self.key)
        if isinstance(word, Scalar):
            for key in self._strange(word.text, table):
                message = f"{subject} with `{self.key}: {word.text}` has no key `{key}`"
                advice = f"it can have {listed((*self.always, *self.beside[word.text]))}"
                report.add(table.place_of(key), "CR015", message, advice)

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        schema["allOf"] = [
            {
                "if": {"properties": {self.key: {"const": word}}},
                "then": {"propertyNames": {"enum": [*self.always, *keys]}},
            }
            for word, keys in self.beside.items()
        ]


class Sides:
    """A contact from somebody has `from`, one to somebody has `to`."""

    inbound = "a contact from somebody (`direction: inbound`) has `from`"
    outbound = "a contact to somebody (`direction: outbound`) has `to`"

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether the other side is not named as this one."""
        return ("to" if value.get("direction") == "inbound" else "from") not in value

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say which key is the other one's."""
        del subject
        direction = table.get("direction")
        if direction is None:  # that is told, and what follows from it is not known
            return
        inbound = isinstance(direction, Scalar) and direction.text == "inbound"
        key = "to" if inbound else "from"
        if key in table:
            advice = self.inbound if inbound else self.outbound
            report.add(table.place_of(key), "CR015", f"`{key}` does not belong here", advice)

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        schema.setdefault("allOf", []).append(
            {
                "if": {"properties": {"direction": {"const": "inbound"}}},
                "then": {"not": {"required": ["to"]}, "description": self.inbound},
                "else": {"not": {"required": ["from"]}, "description": self.outbound},
            }
        )


_BARE_DAY: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class Repeated:
    """`times` counts contacts of a day, at least one, of which the hours are not known."""

    advice = "`times` stands for contacts at unknown minutes: give the bare date"

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether the day is bare."""
        if "times" not in value:
            return True
        at = value.get("at")
        return value["times"] != 0 and not (isinstance(at, datetime) or (type(at) is str and "T" in at))

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say that it needs a bare day, or one contact at least."""
        del subject
        times, at = table.get("times"), table.get("at")
        if times is None:
            return
        if isinstance(at, Scalar) and type_of(at) == "string" and not re.fullmatch(_BARE_DAY[1:-1], at.text):
            report.add(at.place, "CR014", f"`at` cannot be {shown(at.text)}", self.advice)
        count = plain(times)
        if isinstance(times, Scalar) and type(count) is int and count < 1:
            report.add(times.place, "CR016", f"`times` is {times.text}, but at least 1 is needed")

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        bare = {"pattern": _BARE_DAY, "description": self.advice}
        schema["dependentSchemas"] = {"times": {"properties": {"at": bare, "times": {"minimum": 1}}}}


class ActionHasDecision:
    """What is expected of an action is a decision."""

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether it is."""
        expected = value.get("expect")
        return "action" not in value or type(expected) is not dict or "decision" in expected

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say that there is none."""
        del subject
        expected = table.get("expect")
        if "action" in table and isinstance(expected, Table):
            tell_missing(expected, "`expect`", report, ["decision"])

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        then = {"properties": {"expect": {"required": ["decision"]}}}
        schema.setdefault("allOf", []).append({"if": {"required": ["action"]}, "then": then})


def _id(item: Any) -> str | None:
    stated = item.get("id") if type(item) is dict else None
    return stated if type(stated) is str else None


class OwnIds(Struct, frozen=True):
    """Each item of a list has an id of its own; `path` are the keys down to the list, `id_of` gives that of an item."""

    of_what: str
    path: tuple[str, ...]
    id_of: Callable[[Any], str | None] = _id

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether no id stands twice."""
        items: Any = value
        for key in self.path:
            items = items.get(key, {}) if type(items) is dict else {}
        ids = [name for item in items if (name := self.id_of(item)) is not None]
        return len(set(ids)) == len(ids)

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say which stands twice, and where it stood before."""
        del subject
        items: Node | None = table
        for key in self.path:
            items = items.get(key) if isinstance(items, Table) else None
        first: dict[str, Place] = {}
        for item in items if isinstance(items, Listing) else ():
            name = self.id_of(plain(item))
            if name is None:
                continue
            keys = [item.get(key) for key in ("id", "number", "email")] if isinstance(item, Table) else []
            place = next((each.place for each in keys if each is not None), item.place)
            if name in first:
                before = first[name]
                seen = f"line {before.line}" if before.line else str(before)
                message = f"the {self.of_what} id {shown(name)} stands twice"
                report.add(place, "CR024", message, f"it stands first at {seen}; give each its own")
            else:
                first[name] = place

    def describe(self, schema: JsonSchema) -> None:
        """Leave it out: JSON Schema cannot say it."""

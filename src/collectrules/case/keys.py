"""Objects of a case: which keys may stand in one, and which must; what goes together is in `keys_together`."""

from __future__ import annotations

import re
from collections.abc import Callable  # noqa: TC003 - msgspec reads the types of fields
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from collectrules.case.advice import advise_key, listed, missing_key
from collectrules.case.kinds import JsonSchema, Kind, Refused, Report, Setting, is_elsewhere, is_of_type, word_meant
from collectrules.case.several import Several
from collectrules.case.value_advice import advise_money
from collectrules.ground.errors import plain_word
from collectrules.ground.nodes import Node, Scalar, Table, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


T = TypeVar("T")

FACTS_OF_LAWS: Final = "facts"
"""The key under which an object has the facts that laws declare, and what begins the name of each in the object."""


class Absence(Struct, frozen=True):
    """What it means that a key is absent from a complete record.

    kind: `is` (takes `value`), `none` (known not to be stated), `unknown`, `same_as` (another key, `value`),
    `all_debts`, `lawful` (content: lawful in every respect), `excludes` (any value but those), `when` (takes `value`
    if another key has a value, or is absent, else unknown), `unless` (unknown if another key has a value, else takes
    `value`), `if_consumer` (takes `value` if every debt is a consumer's, else unknown). In a partial record an absent
    fact is unknown, except where the absence is `structural`: where it says something by itself (a period without
    `days` is every day).
    """

    kind: Literal[
        "is", "none", "unknown", "same_as", "all_debts", "lawful", "excludes", "when", "unless", "if_consumer"
    ]
    value: Any = None
    other: tuple[str, Any] | None = None
    structural: bool = False

    def says_by_itself(self, owner: object) -> bool:
        """Whether it says something of an object however much of the record is missing; `when`, where that holds."""
        if not self.structural or self.other is None:
            return self.structural
        key, value = self.other
        return bool(getattr(owner, key, None) == value)

    def schema(self) -> JsonSchema:
        """Return what stands under `x-absent` in the published schema."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        stated: JsonSchema = {self.kind: True if value is None else value}
        if self.other is not None:
            key, other = self.other
            stated = {self.kind: {key: "absent" if other is None else str(other)}, "is": value}
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
        cut = cut_by_commas(node)
        for key, refused in (wrong or {}).items():
            if key in cut.values():
                continue  # its rest is told
            if key in cut:
                tell_cut(node, key, cut[key], report)
            elif refused is None:
                advice = advise_key(key, self.facts, node.entries, report.owners, self.name)
                fit = self._fitting(node, key)
                if fit and not advice.endswith(f"mean `{fit.partition(':')[0]}`?"):
                    advice = f"did you mean `{fit}`?"
                if key in declared:
                    advice = f"a law declares it: write it under `{FACTS_OF_LAWS}:`"
                report.add(node.place_of(key), "CR011", f"{subject} has no key {shown(key)}", advice)
            else:
                told = len(report.problems)
                refused.tell(node.entries[key], f"`{key}`", report)
                if report.problems[told:] and report.problems[-1].code == "CR013" and (fit := self._fitting(node, key)):
                    words = self.facts[key].kind.words or ()
                    besides = f" `{key}` can be {listed(words)}" if 0 < len(words) <= _FEW_WORDS else ""
                    report.problems[-1] = replace(report.problems[-1], help=f"did you mean `{fit}`?{besides}")
        tell_missing(node, subject, report, self.required)
        for rule in self.rules:
            rule.tell(node, subject, report)

    def _fitting(self, node: Table, key: str) -> str:
        """The key whose word the value of another key is, or what people write for it, and the word: `channel: phone`.

        Of keys that are not there; empty where the value is a word of its own key, or a word of none.
        """
        value = node.entries[key]
        if not isinstance(value, Scalar) or (plain_word(key) in self.facts and key not in self.facts):
            return ""
        own = self.facts.get(key)
        if own is not None and (word_meant(own.kind, value.text) or is_elsewhere(own.kind, value.text)):
            return ""
        for other in sorted(self.facts.values(), key=lambda fact: not fact.required):
            word = word_meant(other.kind, value.text) if other.key not in node.entries else ""
            if word:
                return f"{other.key}: {word}"
        return ""

    def write(self, value: Any) -> object:
        """Return what is stated, by keys."""
        writers, stated = self._writers, getattr(value, "__dict__", {})
        if not stated.keys() <= writers.keys() and (of_laws := getattr(value, FACTS_OF_LAWS, None)):
            stated = {**stated, FACTS_OF_LAWS: of_laws}
        in_order = sorted([writers[attribute] for attribute in stated if attribute in writers])
        return {key: write(stated[attribute]) for _, key, attribute, write in in_order}

    @cached_property
    def _writers(self) -> Mapping[str, tuple[int, str, str, Callable[[Any], object]]]:
        """What writes each fact, by its attribute, with its place in the order."""
        facts = enumerate(self.facts.items())
        return {fact.attribute: (place, key, fact.attribute, fact.kind.write) for place, (key, fact) in facts}

    def schema(self, definitions: JsonSchema) -> JsonSchema:
        """Describe it."""
        made: JsonSchema = {"title": self.title, "type": "object", "additionalProperties": False}
        if self.required:
            made["required"] = list(self.required)
        for rule in self.rules:
            rule.describe(made)
        return {**made, "properties": {key: fact.schema(definitions) for key, fact in self.facts.items()}}


_FEW_WORDS: Final = 12


def cut_by_commas(table: Table) -> Mapping[str, str]:
    """Keys that are the rest of an amount, as `840.00` of `{amount: 1,840.00}`, with the key whose value they end."""
    keys = list(table.entries)
    return {
        key: before
        for before, key in pairwise(keys)
        if _REST.fullmatch(key) and isinstance(value := table.entries[before], Scalar) and not value.quoted
    }


_REST: Final = re.compile(r"[0-9]{2,3}(\.[0-9]{1,2})?\D{0,4}")


def tell_cut(table: Table, rest: str, key: str, report: Report) -> None:
    """Say that a comma within braces has cut a value in two."""
    value = table.entries[key]
    whole = f"{value.text if isinstance(value, Scalar) else ''},{rest}"
    advice = f"between {{ and }} a comma begins a new key; {advise_money(whole)}"
    report.add(value.place, "CR014", f"the comma has cut `{key}: {whole}` in two", advice)


def tell_missing(table: Table, subject: str, report: Report, keys: Iterable[str]) -> None:
    """Say which of these keys are missing."""
    for key in keys:
        if key not in table.entries:
            advice = missing_key(table.entries, [key], report.owners, subject)
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

"""Kinds of values in a case: each reads a plain value, says why it refuses one, writes it back, and describes itself.

What is right is decided by `read` alone, whatever the value was read from. Only where it refuses, the text is read
with places, and what the refusal carries tells what is wrong there.

Codes of this module and of `keys`, beside those of `collectrules.ground.source`:

| code  | wrong |
|-------|-------|
| CR010 | another shape than was asked for: text, a list or keys |
| CR011 | a key that does not exist here |
| CR012 | a key is missing |
| CR013 | a word that is not in the vocabulary |
| CR014 | a value is not written as it must be |
| CR015 | keys that do not go together |
| CR016 | too few, too small, or the same twice |
| CR020 | a day that is not in the calendar, or a year far away |
| CR021 | a time zone that does not exist |
| CR022 | a clock time that was skipped when summer time began |
| CR023 | a debt that the case does not have |
| CR024 | an id stands twice |
| CR025 | a Python value that no case can hold (`values`) |
| CR029 | a list of more than is taken in (`ground.limits`) |
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

from msgspec import Struct

from collectrules.case.advice import LISTED_BY, example_of, listed
from collectrules.case.elsewhere import ELSEWHERE
from collectrules.case.value_advice import advise_not_known, advise_number, advise_truth
from collectrules.case.values import MOST_DIGITS, JsonType, type_of
from collectrules.ground.errors import Place, Problem, meant, plain_word
from collectrules.ground.nodes import Node, Scalar, shape, shown

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


T = TypeVar("T")
JsonSchema = dict[str, Any]

FactType = Literal["bool", "int", "word", "text", "date", "at", "time", "money", "zone", "object", "map", "list"]


class Setting(Struct, frozen=True):
    """What a value stands in: channels of plugins, the debts of the case, the zone of clocks that tell no offset.

    `endpoints` has the ids of numbers and addresses that the case calls by another name, `persons` how it first writes
    each person, by what all ways to write the name have in common.

    `facts_of` gives the facts that the laws of a place declare, by object and name; `facts` are those of the case's
    place. None: they are not known.
    """

    channels: Collection[str] = ()
    debts: Sequence[str] = ()
    endpoints: Mapping[str, str] = {}
    persons: Mapping[str, str] = {}
    zone: ZoneInfo | None = None
    facts_of: Callable[..., Mapping[str, Mapping[str, Any]]] | None = None
    facts: Mapping[str, Mapping[str, Any]] | None = None


class Report(Struct):
    """The problems of one file. `owners` has, for each key that there is, the titles of the objects that have it."""

    owners: Mapping[str, list[str]]
    problems: list[Problem] = []

    def add(self, place: Place, code: str, message: str, advice: str = "") -> None:
        """Take a problem in."""
        self.problems.append(Problem(place, code, message, advice))


Tell = Callable[[Node, str, Report], None]
"""Says what is wrong with a node that a message calls by the second argument."""


class Refused(Exception):
    """A value is not what it must be; `tell` says why."""

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self.tell = tell


class Kind(Generic[T]):
    """What a value may be.

    `name` is that of its definition in the published schema (empty: it has none), `fact_type` and `words` (None: any)
    are what expressions see, `objects` names the objects that a value is or holds, `takes` says in words what is right.
    """

    name: str = ""
    fact_type: FactType = "text"
    words: tuple[str, ...] | None = None
    objects: tuple[str, ...] = ()
    takes: str = ""
    json_types: tuple[JsonType, ...] = ("string",)
    form: JsonSchema = {}  # noqa: RUF012  what the published schema says of a kind that refers to no other
    may_be_empty: bool = False
    """May it be a list without entries?"""

    def empty_advice(self, subject: str) -> str:
        """What to do where nothing stands, or a word that says that there is nothing."""
        del subject
        return "give one, or take the key out; a value that begins with # stands in quotes"

    def read(self, value: Any, setting: Setting) -> T:
        """Return a plain value as the case has it. Raises `Refused`."""
        raise NotImplementedError

    def tell(self, node: Node, subject: str, report: Report) -> None:
        """Say what is wrong with a node of which the plain value was refused."""
        raise NotImplementedError

    def write(self, value: Any) -> object:
        """Return the value as a JSON file has it; what is no value of this kind stays what it is."""
        return value

    def schema(self, definitions: JsonSchema) -> JsonSchema:
        """Return the JSON Schema of this kind; `definitions` takes those that it refers to."""
        return {**self.form, "description": self.takes}

    def reference(self, definitions: JsonSchema) -> JsonSchema:
        """Return the JSON Schema that stands where a value of this kind may stand."""
        if not self.name:
            return self.schema(definitions)
        if self.name not in definitions:
            definitions[self.name] = {}  # its place in the order; a kind never refers to itself
            definitions[self.name].update(self.schema(definitions))
        return {"$ref": f"#/$defs/{self.name}"}


_TYPE_WORDS: Final = {
    "object": "keys with values",
    "array": "a list",
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
}


_NONE: Final = frozenset({"none", "no", "nothing"})


def written_as(subject: str) -> str:
    """An example of what a message is about, as its help."""
    example = example_of(subject)
    return f"write {example}" if example else ""


def is_of_type(  # noqa: PLR0913  what is wanted, of what, and how it is told
    node: Node,
    kind: Kind[Any],
    subject: str,
    report: Report,
    advise: Callable[[str], str] | None = None,
    *,
    keys: Iterable[str] = (),
) -> bool:
    """Whether a node has the JSON type that its kind asks for; where not, that is told."""
    seen, types = type_of(node), kind.json_types
    if seen in types:
        return True
    structure = types[0] in {"array", "object"}
    wanted = "" if structure else kind.takes
    wanted = wanted or " or ".join(_TYPE_WORDS[each] for each in types)
    if not isinstance(node, Scalar):
        report.add(node.place, "CR010", f"{subject} must be {wanted}, but here is {shape(node)}", written_as(subject))
    elif seen == "null":
        message = f"{subject} has no value, but must be {wanted}"
        report.add(node.place, "CR014", message, kind.empty_advice(subject))
    elif structure:
        help_ = _structured(node, kind, subject, listed(keys))
        report.add(node.place, "CR010", f"{subject} must be {wanted}, but here is {shape(node)}", help_)
    else:
        help_ = advise_not_known(node.text) or (advise(node.text) if advise else "")
        seen_as = shown(node.text)
        message = f"{subject} must be {wanted}, but here is {seen_as}"
        if "string" in types and seen in {"number", "integer", "boolean"}:
            what = "true or false" if seen == "boolean" else "a number"
            message = f"{subject} must be {wanted}, but {seen_as} is {what}"
            help_ = help_ or f"put quotes around it: '{node.text}'"
        report.add(node.place, "CR014", message, help_)
    return False


def _structured(node: Scalar, kind: Kind[Any], subject: str, keys: str) -> str:
    """How keys or a list is written where text stands; `keys` are those that there are, in words."""
    is_list = kind.json_types[0] == "array"
    if is_list and plain_word(node.text) in _NONE and kind.may_be_empty:
        return "no entry at all is written []"
    if advise_not_known(node.text):
        return kind.empty_advice(subject)
    if is_list and kind.words is not None and any(each.isspace() for each in node.text.strip()):
        return f"free text is not read: it takes words, as [{kind.words[0]}], which `collectrules facts` lists"
    return written_as(subject) or (f"write [{node.text}]" if is_list else f"its keys are {keys}" if keys else "")


# ---- truth values, numbers, words --------------------------------------------------------------------------------


class Truth(Kind[bool]):
    """True or false."""

    name, fact_type, takes, json_types = "bool", "bool", "true or false", ("boolean",)
    form: JsonSchema = {"type": "boolean"}  # noqa: RUF012

    def read(self, value: Any, setting: Setting) -> bool:
        """Take nothing but true and false."""
        if value is True or value is False:
            return value
        raise Refused(self.tell)

    def tell(self, node: Node, subject: str, report: Report) -> None:
        """Say how yes and no are written."""
        is_of_type(node, self, subject, report, advise_truth)


class Whole(Kind[int]):
    """A whole number, 0 or more."""

    name, fact_type, takes, json_types = "int", "int", "a whole number, 0 or more", ("integer",)
    form: JsonSchema = {"type": "integer", "minimum": 0}  # noqa: RUF012

    def read(self, value: Any, setting: Setting) -> int:
        """Take a number that somebody may mean."""
        if type(value) is int and 0 <= value < _TOO_LONG:
            return value
        raise Refused(self.tell)

    def tell(self, node: Node, subject: str, report: Report) -> None:
        """Say that it is no number, too long or too small."""
        if not is_of_type(node, self, subject, report, advise_number) or not isinstance(node, Scalar):
            return
        if len(node.text) > MOST_DIGITS:
            report.add(node.place, "CR014", f"{subject} is {shown(node.text, 20)}, a number too long to be meant")
        else:
            report.add(node.place, "CR016", f"{subject} is {node.text}, but at least 0 is needed")


_TOO_LONG: Final = 10**MOST_DIGITS
_FEW_WORDS: Final = 12


class Words(Kind[str]):
    """One word of a vocabulary.

    `usual` holds, by the word, what people write for it; with `more_channels` a word may be a channel of a plugin.
    """

    fact_type = "word"
    takes = "one word"

    def __init__(
        self, name: str, words: str, usual: Mapping[str, str] | None = None, *, more_channels: bool = False
    ) -> None:
        self.name = name
        self.words: tuple[str, ...] = tuple(words.split())
        self.usual = {each: word for word, written in (usual or {}).items() for each in written.split()}
        self.more_channels = more_channels

    @cached_property
    def _word(self) -> Callable[[Any], str | None]:
        # The word as it stands here, so that a thousand cases hold it once.
        return {word: word for word in self.words}.get

    def read(self, value: Any, setting: Setting) -> str:
        """Take a word that is in the vocabulary."""
        if type(value) is str:
            word = self._word(value)
            if word is not None:
                return word
            if self.more_channels and value in setting.channels:
                return value
        raise Refused(partial(self.tell, more=setting.channels if self.more_channels else ()))

    def tell(self, node: Node, subject: str, report: Report, more: Iterable[str] = ()) -> None:
        """Say which words there are."""
        if isinstance(node, Scalar) and (remedy := ELSEWHERE.get(self.name, {}).get(plain_word(node.text))):
            report.add(node.place, "CR013", f"{subject} cannot be {shape(node)}", remedy)
            return
        known = [*self.words, *sorted(set(more).difference(self.words))]
        tell_no_word(node, subject, report, known, self.usual, LISTED_BY.get(self.name, ""))

    def schema(self, definitions: JsonSchema) -> JsonSchema:
        """Describe it."""
        return {"enum": list(self.words), **({"x-meant": self.usual} if self.usual else {})}


def is_elsewhere(kind: Kind[Any], text: str) -> bool:
    """Is it said of a text where it belongs, which this vocabulary does not have?"""
    return plain_word(text) in ELSEWHERE.get(kind.name, {})


def tell_no_word(  # noqa: PLR0913, PLR0917  what is wanted, of what, and how it is told
    node: Node,
    subject: str,
    report: Report,
    known: Sequence[str],
    usual: Mapping[str, str] | None = None,
    all_by: str = "",
) -> None:
    """Say which words there are, and which was meant."""
    every = f"it can be {listed(known, all_by)}"
    if not isinstance(node, Scalar):
        report.add(node.place, "CR010", f"{subject} must be one word, but here is {shape(node)}", every)
        return
    near = meant(node.text, known, usual or {})
    advice = near if near and len(known) > _FEW_WORDS else f"{near} {every}".lstrip()
    if node.text in known:
        advice = f"write {node.text} {'without' if node.quoted else 'in'} quotes"
    elif not near and (nothing := advise_not_known(node.text)):
        advice = f"{nothing}; {every}" if len(known) <= _FEW_WORDS else nothing
    seen = shape(node) if type_of(node) != "null" else "nothing"
    report.add(node.place, "CR013", f"{subject} cannot be {seen}", advice)


def word_meant(kind: Kind[Any], text: str) -> str:
    """The word of a vocabulary that a text is, or that people mean by it; empty where there is none."""
    if not isinstance(kind, Words):
        return ""
    word = plain_word(text)
    return word if word in kind.words else kind.usual.get(word, "")


class Version(Kind[int]):
    """The version of the format of a file."""

    fact_type, json_types = "int", ("integer",)

    def read(self, value: Any, setting: Setting) -> int:
        """Take a version that this program knows."""
        if type(value) is int and value in _VERSIONS:
            return value
        raise Refused(self.tell)

    def tell(self, node: Node, subject: str, report: Report) -> None:
        """Say which version it is."""
        tell_no_word(node, subject, report, [str(each) for each in _VERSIONS])

    def schema(self, definitions: JsonSchema) -> JsonSchema:
        """Describe it."""
        return {"enum": list(_VERSIONS)}


_VERSIONS: Final = (1, 2)

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

from collectrules.case.advice import LISTED_BY, advise_number, advise_truth, example_of, listed
from collectrules.case.elsewhere import ELSEWHERE
from collectrules.case.values import MOST_DIGITS, JsonType, plain, type_of
from collectrules.ground import limits
from collectrules.ground.errors import Place, Problem, meant, plain_word
from collectrules.ground.nodes import Listing, Node, Scalar, shape, shown

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from collectrules.ground.limits import Limited

T = TypeVar("T")
JsonSchema = dict[str, Any]

FactType = Literal["bool", "int", "word", "text", "date", "at", "time", "money", "zone", "object", "map", "list"]


class Setting(Struct, frozen=True):
    """What a value stands in: channels of plugins, the debts of the case, the zone of clocks that tell no offset.

    `facts_of` gives the facts that the laws of a place declare, by object and name; `facts` are those of the case's
    place. None: they are not known.
    """

    channels: Collection[str] = ()
    debts: Sequence[str] = ()
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


_NONE: Final = frozenset({"none", "no", "nothing", "n/a"})


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
        none = "write [] where there is none, or take the key out where it is not known"
        report.add(node.place, "CR014", message, none if types[0] == "array" else "give one, or take the key out")
    elif structure:
        known, is_none = listed(keys), plain_word(node.text) in _NONE
        in_list = "no entry at all is written []" if is_none else f"write [{node.text}]"
        help_ = "" if is_none else written_as(subject)
        help_ = help_ or (in_list if types[0] == "array" else f"its keys are {known}" if known else "")
        report.add(node.place, "CR010", f"{subject} must be {wanted}, but here is {shape(node)}", help_)
    else:
        help_ = advise(node.text) if advise else ""
        seen_as = shown(node.text)
        message = f"{subject} must be {wanted}, but here is {seen_as}"
        if "string" in types and seen in {"number", "integer", "boolean"}:
            what = "true or false" if seen == "boolean" else "a number"
            message = f"{subject} must be {wanted}, but {seen_as} is {what}"
            help_ = help_ or f"put quotes around it: '{node.text}'"
        report.add(node.place, "CR014", message, help_)
    return False


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
    seen = shape(node) if type_of(node) != "null" else "nothing"
    report.add(node.place, "CR013", f"{subject} cannot be {seen}", advice)


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


# ---- several values ----------------------------------------------------------------------------------------------

_NOTHING_WRONG: Final[Mapping[Any, Refused]] = {}


class Several(Kind[tuple[T, ...]]):
    """A list. An empty one is as good as none at all; where it `empty_says_none`, it says that there is nothing."""

    fact_type = "list"
    json_types = ("array",)

    def __init__(
        self,
        of: Kind[T],
        *,
        least: int = 0,
        most: Limited = "items",
        unique: bool = False,
        empty_says_none: bool = False,
    ) -> None:
        self.of = of
        self.least = least
        self.most: Limited = most
        self.empty_says_none = empty_says_none
        self.unique = unique
        self.words = of.words
        self.objects = of.objects
        self.takes = "a list of such words" if of.words else f"a list, each {of.takes}"

    def read(self, value: Any, setting: Setting) -> tuple[T, ...]:
        """Take a list of which every item is right."""
        if type(value) is not list and type(value) is not tuple:
            raise Refused(self.tell)
        if len(value) > limits.most(self.most):
            raise Refused(partial(self._tell_many, number=len(value)))
        made = []
        wrong: dict[int, Refused] = {}
        read = self.of.read
        for index, item in enumerate(value):
            try:
                made.append(read(item, setting))
            except Refused as refused:
                wrong[index] = refused
        if wrong or len(value) < self.least or (self.unique and len(set(made)) < len(made)):
            raise Refused(partial(self.tell, wrong=wrong))
        return tuple(made)

    def _tell_many(self, node: Node, subject: str, report: Report, number: int) -> None:
        report.add(node.place, "CR029", f"{subject} lists {number:,}, more than are taken in", limits.advice(self.most))

    def tell(self, node: Node, subject: str, report: Report, wrong: Mapping[int, Refused] = _NOTHING_WRONG) -> None:
        """Say that it is no list, or that the list is too short, or what is wrong with its items."""
        if not is_of_type(node, self, subject, report) or not isinstance(node, Listing):
            return
        if len(node) < self.least:
            few = "is an empty list" if not node.items else f"lists {len(node)}, but {self.least} are needed"
            advice = "write it without the list" if node.items else "list one at least, or take the key out"
            report.add(node.place, "CR016", f"{subject} {few}", advice)
        for index, refused in wrong.items():
            refused.tell(node.items[index], f"an entry of {subject}", report)
        if self.unique:
            seen: list[object] = []
            for item in node:
                value = plain(item)
                if value in seen:
                    report.add(item.place, "CR016", f"{subject} lists {shape(item)} twice", "take one out")
                seen.append(value)

    def write(self, value: Any) -> object:
        """Return the list."""
        return [self.of.write(item) for item in value] if isinstance(value, list | tuple) else value

    def schema(self, definitions: JsonSchema) -> JsonSchema:
        """Describe it."""
        least = {"minItems": self.least} if self.least else {}
        unique = {"uniqueItems": True} if self.unique else {}
        return {"type": "array", **least, **unique, "items": self.of.reference(definitions)}


class OneOrSeveral(Kind["T | tuple[T, ...]"]):
    """One value as it is, several as a list."""

    def __init__(self, name: str, one: Kind[T], *, unique: bool) -> None:
        self.name = name
        self.one = one
        self.several = Several(one, least=2, unique=unique)
        self.fact_type = one.fact_type
        self.takes = f"{one.takes} or {self.several.takes}"

    def read(self, value: Any, setting: Setting) -> T | tuple[T, ...]:
        """Take one value or a list."""
        if type(value) is list or type(value) is tuple:
            try:
                return self.several.read(value, setting)
            except Refused as refused:
                raise Refused(partial(self._tell_several, refused=refused)) from None
        return self.one.read(value, setting)

    def tell(self, node: Node, subject: str, report: Report) -> None:
        """Say what one value must be."""
        self.one.tell(node, subject, report)

    def _tell_several(self, node: Node, subject: str, report: Report, refused: Refused) -> None:
        apart = Report(report.owners)
        refused.tell(node, subject, apart)
        if any(problem.code == "CR010" for problem in apart.problems):
            self.one.tell(node, subject, report)
        else:
            report.problems += apart.problems

    def write(self, value: Any) -> object:
        """Return the value, or the list."""
        return (self.several if isinstance(value, list | tuple) else self.one).write(value)

    def schema(self, definitions: JsonSchema) -> JsonSchema:
        """Describe it."""
        return {"anyOf": [self.one.reference(definitions), self.several.schema(definitions)]}


class Named(Kind[Mapping[str, T]]):
    """Values by names."""

    fact_type = "map"
    json_types = ("object",)

    def __init__(self, name: str, title: str, names: Kind[str], of: Kind[T]) -> None:
        self.name = name
        self.takes = title
        self.names = names
        self.of = of

    def read(self, value: Any, setting: Setting) -> Mapping[str, T]:
        """Take names and values that are right."""
        if type(value) is not dict:
            raise Refused(self.tell)
        made: dict[str, T] = {}
        wrong: dict[Any, list[tuple[bool, Refused]]] = {}
        for key, item in value.items():
            for is_name, kind in ((True, self.names), (False, self.of)):
                try:
                    read = kind.read(key if is_name else item, setting)
                except Refused as refused:
                    wrong.setdefault(key, []).append((is_name, refused))
                else:
                    if not is_name:
                        made[key] = read  # type: ignore[assignment]
        if wrong:
            raise Refused(partial(self._tell, wrong=wrong))
        return made

    def tell(self, node: Node, subject: str, report: Report) -> None:
        """Say that it has no keys."""
        is_of_type(node, self, self.takes, report)

    def _tell(self, node: Node, subject: str, report: Report, wrong: Mapping[Any, list[tuple[bool, Refused]]]) -> None:
        del subject
        table = node.table(self.takes)
        for key, all_refused in wrong.items():
            for is_name, refused in all_refused:
                if is_name:
                    name = Scalar(key, quoted=True, place=table.place_of(key))
                    refused.tell(name, f"a key of {self.takes}", report)
                else:
                    refused.tell(table.entries[key], f"a value of {self.takes}", report)

    def write(self, value: Any) -> object:
        """Return the values by their names."""
        return {key: self.of.write(item) for key, item in value.items()} if isinstance(value, Mapping) else value

    def schema(self, definitions: JsonSchema) -> JsonSchema:
        """Describe it."""
        return {
            "title": self.takes,
            "type": "object",
            "propertyNames": self.names.reference(definitions),
            "additionalProperties": self.of.reference(definitions),
        }

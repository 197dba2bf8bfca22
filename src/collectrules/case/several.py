"""Kinds of values that hold others: lists, one value or several, and values by names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from collectrules.case.kinds import JsonSchema, Kind, Refused, Report, Setting, is_of_type, written_as
from collectrules.case.values import plain
from collectrules.ground import limits
from collectrules.ground.nodes import Listing, Node, Scalar, shape

if TYPE_CHECKING:
    from collectrules.ground.limits import Limited

T = TypeVar("T")

_ONE_AT_LEAST: Final = "list one at least, or take the key out"
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
        self.may_be_empty = not least

    def empty_advice(self, subject: str) -> str:
        """Write an empty list, where one may stand and says something; else one entry."""
        if self.least:
            return written_as(subject) or "list one at least"
        if not self.empty_says_none:
            return "take the key out where it is not known, or there is none"
        return "write [] where there is none, or take the key out where it is not known"

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
            advice = "write it without the list" if node.items else written_as(subject) or _ONE_AT_LEAST
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

"""Dated values, and what stands in a file as plain text, lists and mappings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from collectrules.expressions.substitute import substitute
from collectrules.expressions.syntax import Literal as Constant
from collectrules.ground.dated import Dated
from collectrules.ground.nodes import Listing, Node, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from collectrules.expressions.syntax import Definition
    from collectrules.ground.errors import Place
    from collectrules.law.keys import Keys, Problems
    from collectrules.law.model import Values

WORD: Final = re.compile(r"[a-z][a-z0-9_]*")
_WHOLE_NUMBER: Final = re.compile(r"\d+")
_CLOCK_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_WINDOW: Final = re.compile(rf"({_CLOCK_TIME.pattern})-({_CLOCK_TIME.pattern})|closed")
_AMOUNT: Final = re.compile(r"-?\d+\.\d+")


def check_name(name: str, place: Place, problems: Problems) -> None:
    """What a file gives a name to is written as a word."""
    if not WORD.fullmatch(name):
        problems.add(place, "CR112", f"`{name}` is no name", "lower case letters, digits and underscores")


def read_values(keys: Keys, *, of_a_rule: bool = False, windows: Collection[str] = ()) -> dict[str, Dated[Constant]]:
    """The dated values under `values:`. A figure that is no rule's may be `unknown` from some day on.

    One of the `windows` is two values, `name_from` and `name_to`: the hours of a day, both 00:00 where it is closed.
    """
    values: dict[str, Dated[Constant]] = {}
    for name, node in keys.entries("values"):
        if isinstance(node, Scalar):
            keys.problems.add(
                node.place,
                "CR120",
                f"`{node.text}` has no date",
                f"say since when it is the law: `{{2021-11-30: {node.text}}}`",
            )
            values[name] = Dated((0,), (_value(node, keys.problems),))
            continue
        if not isinstance(node, Table) or not node.entries:
            keys.problems.add(node.place, "CR102", f"`{name}` has dates with a value each")
            continue
        if name in windows:
            for edge, dated in zip(("from", "to"), _window(node, keys.problems), strict=True):
                values[f"{name}_{edge}"] = dated
            continue
        dated = values[name] = _dated(node, keys.problems)
        known = [value for value in dated.values if of_a_rule or value.value != "unknown"]
        types = {value.kind for value in known}
        if len(types) > 1 and not types <= {"int", "text"}:
            message = f"`{name}` is not of one type on every day: {', '.join(sorted(types))}"
            keys.problems.add(node.place, "CR121", message, "a change of law changes the value, not what it is")
    return values


def _dated(table: Table, problems: Problems) -> Dated[Constant]:
    entries = [
        (problems.day(day, table.place_of(day)), _value(node, problems), node.text if isinstance(node, Scalar) else "")
        for day, node in table.entries.items()
    ]
    entries.sort(key=lambda entry: entry[0])
    days, values, texts = zip(*entries, strict=True)
    return Dated(days, values, texts)


def _window(table: Table, problems: Problems) -> tuple[Dated[Constant], Dated[Constant]]:
    """When the hours of a day begin and end."""
    edges: list[tuple[int, str, str]] = []
    for day, node in table.entries.items():
        text = node.text if isinstance(node, Scalar) else ""
        if not _WINDOW.fullmatch(text):
            problems.add(node.place, "CR121", f"`{text}` tells no hours of a day", "08:00-20:00, or closed")
            text = "closed"
        first, last = ("00:00", "00:00") if text == "closed" else text.split("-")
        if first >= last and text != "closed":
            problems.add(node.place, "CR121", f"`{text}` ends before it begins", "08:00-20:00, or closed")
        edges.append((problems.day(day, table.place_of(day)), first, last))
    edges.sort(key=lambda edge: edge[0])
    days, begins, ends = zip(*edges, strict=True)
    first_edge, last_edge = (Dated(days, tuple(map(_time, texts)), texts) for texts in (begins, ends))
    return first_edge, last_edge


def _time(text: str) -> Constant:
    return Constant("time", int(text[:2]) * 60 + int(text[3:]))


def _value(node: Node, problems: Problems) -> Constant:
    if not isinstance(node, Scalar):
        problems.add(node.place, "CR121", "a value is one text")
        return Constant("int", 0)
    text = node.text
    if _WHOLE_NUMBER.fullmatch(text):
        return Constant("int", int(text))
    if _CLOCK_TIME.fullmatch(text):
        return _time(text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return Constant("date", problems.day(text, node.place))
    if WORD.fullmatch(text):
        return Constant("word", text)
    if not _AMOUNT.fullmatch(text):
        problems.add(node.place, "CR121", f"`{text}` is no number, clock time, date, amount or word")
    return Constant("text", text)


def newest_values(values: Values) -> dict[str, Constant]:
    """The latest of each dated value."""
    return {name: dated.values[-1] for name, dated in values.items()}


def values_on(values: Values, day: int) -> dict[str, Constant]:
    """Each dated value in force on a day; before its first day, the first."""
    return {name: dated.on(max(day, dated.days[0])) for name, dated in values.items()}


def with_values(definitions: Mapping[str, Definition], values: Mapping[str, Constant]) -> dict[str, Definition]:
    """The definitions with the dated values of their file put in; a name without a value stays: an error there."""
    return {
        name: replace(definition, expression=substitute(definition.expression, values))
        for name, definition in definitions.items()
    }


def plain_table(table: Table) -> dict[str, Any]:
    """A table of the file as a mapping of text, as the case reader takes it."""
    return {key: plain(node) for key, node in table.entries.items()}


def plain(node: Node) -> Any:
    """What stands in the file, as text, lists and mappings; `true`, `false` and whole numbers unquoted as such."""
    match node:
        case Table():
            return plain_table(node)
        case Listing(items):
            return [plain(item) for item in items]
        case Scalar(text, quoted):
            if not quoted and text in ("true", "false"):
                return text == "true"
            if not quoted and _WHOLE_NUMBER.fullmatch(text):
                return int(text)
            return text

"""Expressions and values as English."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from collectrules.case.vocabulary import ROOTS
from collectrules.expressions.syntax import (
    Call,
    Choices,
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Literal,
    Name,
    Negation,
    Query,
    Stated,
    ValueName,
    unparse,
)
from collectrules.ground.money import UNITS_OF_RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def clock(minute: int) -> str:
    """Minutes after midnight as a clock time."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day(ordinal: int) -> str:
    """A proleptic ordinal as `7 April 2026`."""
    found = date.fromordinal(ordinal)
    return f"{found.day} {found:%B} {found.year}"


def as_json(value: Any, kind: str) -> Any:
    """A known value of a type of expression as JSON shows it."""
    match kind:
        case "date":
            return date.fromordinal(value).isoformat()
        case "time":
            return clock(value)
        case "money":
            return f"{value / UNITS_OF_RECORD:.2f}"
        case _:
            return value


def value_text(value: Any, kind: str) -> str:
    """A dated value as a reader expects it."""
    if kind == "time":
        return clock(value)
    if kind == "date":
        return date.fromordinal(value).isoformat()
    return str(value)


_OPERATORS: Final[Mapping[str, str]] = {
    "==": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
    "in": "is one of",
    "not in": "is none of",
    "has": "includes",
    "has any": "includes any of",
    "lacks": "does not include",
    "only": "is nothing but",
    "overlaps": "shares something with",
    "after": "comes after",
    "before": "comes before",
}


def phrase(expression: Expression, titles: Mapping[str, str]) -> str:
    """An expression in English. `titles` has the title of every definition it may name."""
    match expression:
        case Literal() | ValueName():
            return unparse(expression)
        case Choices(items):
            return ", ".join(_words(unparse(item)) for item in items)
        case Name((only,)) if only in titles:
            return f"[{titles[only]}]"
        case Name(parts):
            return _named(parts)
        case Call(function, (argument,)) if function in titles:
            who = unparse(argument)
            return f"[{titles[function]}]" if who in ("action", "this") else f"{who}: [{titles[function]}]"
        case Call(function, arguments) if function in titles:
            return f"{', '.join(map(unparse, arguments))}: [{titles[function]}]"
        case Call("presumed", (text,)):
            return f"it may be presumed that {unparse(text)[1:-1]}"
        case Call(function, arguments, fields):
            inner = ", ".join(phrase(argument, titles) for argument in arguments)
            return f"{_words(function)} ({inner}){''.join(f', its {_words(name)}' for name in fields)}"
        case Query():
            return _asked(expression, titles)
        case Negation(part):
            return f"not ({phrase(part, titles)})"
        case Conjunction(parts):
            return " and ".join(_part(part, titles) for part in parts)
        case Disjunction(parts):
            return " or ".join(_part(part, titles) for part in parts)
        case Comparison(operator, left, right):
            return f"{phrase(left, titles)} {_OPERATORS[operator]} {_right(right, titles)}"
        case Stated(term, given):
            return f"{phrase(term, titles)} is {'given' if given else 'not given'}"


def _right(expression: Expression, titles: Mapping[str, str]) -> str:
    if isinstance(expression, Name) and len(expression.parts) == 1:
        return f"“{_words(expression.parts[0])}”"
    return phrase(expression, titles)


def _part(expression: Expression, titles: Mapping[str, str]) -> str:
    text = phrase(expression, titles)
    return f"({text})" if isinstance(expression, Conjunction | Disjunction) else text


def _named(parts: Sequence[str]) -> str:
    owner, *fields = parts
    if not fields:
        return _words(owner)
    owner = f"the {owner}" if owner in ROOTS else owner
    return f"{owner}'s {' '.join(_words(field) for field in fields)}"


def _asked(query: Query, titles: Mapping[str, str]) -> str:
    what = _words(query.collection) + (f" of {unparse(query.of)}" if query.of is not None else "")
    alias = f" {query.alias}" if query.alias is not None else ""
    such = f" such that {phrase(query.where, titles)}" if query.where is not None else ""
    match query.kind:
        case "any":
            return f"there is {what}{alias}{such}"
        case "no":
            return f"there is no {what}{alias}{such}"
        case "count":
            return f"the number of {what}{alias}{such}"
        case "largest":
            term = phrase(query.term, titles) if query.term is not None else ""
            return f"the largest, over {what}{alias}, of {term}"
        case _:
            fields = " ".join(_words(name) for name in query.fields)
            return f"the {fields} of the {query.kind} {what}{alias}{such}"


def _words(name: str) -> str:
    return name.replace("_", " ")

"""Conditions and findings as English: the backend that decides nothing and explains everything."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from collectrules.conditions import AllOf, AnyOf, Compare, Condition, Not, Op
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
from collectrules.facts import ROOTS
from collectrules.measures import NOTHING
from collectrules.measures.translate import MONEY_SCALE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from collectrules.measures.context import Context
    from collectrules.measures.record import Source
    from collectrules.rulebook import Ask

_WORDS: Final = {
    Op.EQ: "is",
    Op.NE: "is not",
    Op.LT: "is less than",
    Op.LE: "is at most",
    Op.GT: "is more than",
    Op.GE: "is at least",
}
_FIGURE: Final = re.compile(r"\{(\$?)(\w+)(?::(\w+))?\}")


def describe(condition: Condition) -> str:
    """The condition as one English clause."""
    match condition:
        case Compare(measure, Op.EQ, True):
            return measure.name.rpartition(": ")[2]
        case Compare(measure, Op.EQ, False) | Compare(measure, Op.NE, True):
            return f"not: {measure.name.rpartition(': ')[2]}"
        case Compare(measure, op, constant):
            return f"{measure.name.rpartition(': ')[2]} {_WORDS[op]} {str(constant).replace('_', ' ')}"
        case AllOf(()):
            return "always"
        case AnyOf(()):
            return "never"
        case AllOf(parts):
            return _joined("and", parts)
        case AnyOf(parts):
            return _joined("or", parts)
        case Not(part):
            return f"not ({describe(part)})"


def _joined(word: str, parts: Sequence[Condition]) -> str:
    return f" {word} ".join(
        f"({describe(part)})" if isinstance(part, AllOf | AnyOf) and len(part.parts) > 1 else describe(part)
        for part in parts
    )


def clock(minute: int) -> str:
    """Minutes after midnight as a clock time."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day(ordinal: int) -> str:
    """A proleptic ordinal as `7 April 2026`."""
    found = date.fromordinal(ordinal)
    return f"{found.day} {found:%B} {found.year}"


def shown(source: Source, value: Any) -> Any:
    """A value of a record as JSON shows it: dates and clock times as text, unknown as None."""
    return None if value is None else as_json(value, source.kind.name)


def as_json(value: Any, kind: str) -> Any:
    """A known value of a type of expression as JSON shows it."""
    match kind:
        case "date":
            return date.fromordinal(value).isoformat()
        case "time":
            return clock(value)
        case "money":
            return f"{value / MONEY_SCALE:.2f}"
        case _:
            return value


def sentence(ask: Ask, context: Context, outcome: str, *, rebutted: bool) -> str:
    """One sentence on why the rule speaks, with the arithmetic where its kind has any."""
    rule = ask.rule
    if outcome == "unknown":
        return f"whether this is breached cannot be known: {rule.title}"
    text = rule.says or rule.title
    if rule.kind.sentence:
        arithmetic = _filled(rule.kind.sentence, ask, context)
        if arithmetic:
            text = f"{text}: {arithmetic}"
    if rebutted:
        text = f"{text}; a factor may rebut the presumption"
    return text


def _filled(template: str, ask: Ask, context: Context) -> str:
    figures: dict[str, Any] = {"day": context.action.day}
    for name, read in ask.figures.items():
        figures[name] = read(context)
    missing = False

    def fill(match: re.Match[str]) -> str:
        nonlocal missing
        dollar, name, form = match.groups()
        if dollar:
            return value_text(ask.values[name].value, ask.values[name].kind)
        value = figures.get(name)
        if value is None or value is NOTHING:
            missing = True
            return ""
        if name == "day" or form == "date":
            return day(value)
        if form == "clock":
            return clock(value)
        return str(value + 1 if form == "next" else value)

    text = _FIGURE.sub(fill, template)
    return "" if missing else text


def value_text(value: Any, kind: str) -> str:
    """A dated value as a reader expects it."""
    if kind == "time":
        return clock(value)
    if kind == "date":
        return date.fromordinal(value).isoformat()
    return str(value)


def facts_of(ask: Ask, context: Context, record: Mapping[str, Any]) -> dict[str, Any]:
    """The facts a finding rests on, by a name a reader knows: facts as the case names them, definitions by title."""
    titles = {name: definition.title for name, definition in ask.ruleset.definitions.items()}
    figures = {name: read(context) for name, read in ask.figures.items()}
    found: dict[str, Any] = {
        name: day_or_number(name, value)
        for name, value in figures.items()
        if value is not None and value is not NOTHING
    }
    for source in ask.sources:
        if source.least or (figures and isinstance(source.expression, Query)):
            continue
        found[phrase(source.expression, titles)] = shown(source, record[source.measure.name])
    return found


def day_or_number(name: str, value: Any) -> Any:
    """A figure of a rule kind as JSON shows it."""
    if name == "minute":
        return clock(value)
    return date.fromordinal(value).isoformat() if name == "latest" else value


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

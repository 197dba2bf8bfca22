"""Conditions and findings as English: the backend that decides nothing and explains everything."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from collectrules.conditions import AllOf, AnyOf, Compare, Condition, Not, Op
from collectrules.measures import NOTHING
from collectrules.measures.translate import MONEY_SCALE

if TYPE_CHECKING:
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
    if value is None:
        return None
    match source.kind.name:
        case "date":
            return date.fromordinal(value).isoformat()
        case "time":
            return clock(value)
        case "money":
            return f"{value / MONEY_SCALE:.2f}"
        case _:
            return value


def sentence(ask: Ask, context: Context, outcome: str, rebutted: bool) -> str:
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


def facts_text(facts: Mapping[str, Any]) -> str:
    """The facts of a finding on one line."""
    return ", ".join(f"{name} = {'unknown' if value is None else value}" for name, value in facts.items())

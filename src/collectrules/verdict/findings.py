"""The English of a finding: why a rule speaks, and the facts that it rests on."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from collectrules.expressions.english import as_json, clock, day, phrase, value_text
from collectrules.expressions.syntax import Query
from collectrules.measures import NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collectrules.law.rulebook import AppliedRule
    from collectrules.measures.context import Context
    from collectrules.measures.record import Source

_FIGURE: Final = re.compile(r"\{(\$?)(\w+)(?::(\w+))?\}")


def sentence(ask: AppliedRule, context: Context, outcome: str, *, rebutted: bool) -> str:
    """One sentence on why the rule speaks, with the arithmetic where its kind has any."""
    rule = ask.rule
    if outcome == "unknown":
        return f"whether this is breached cannot be known: {rule.title}"
    text = rule.says or rule.title
    if ask.kind.sentence:
        arithmetic = _filled(ask.kind.sentence, ask, context)
        if arithmetic:
            text = f"{text}: {arithmetic}"
    if rebutted:
        text = f"{text}; a factor may rebut the presumption"
    return text


def _filled(template: str, ask: AppliedRule, context: Context) -> str:
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


def facts_of(ask: AppliedRule, context: Context, record: Mapping[str, Any]) -> dict[str, Any]:
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


def shown(source: Source, value: Any) -> Any:
    """A value of a record as JSON shows it: dates and clock times as text, unknown as None."""
    return None if value is None else as_json(value, source.kind.name)

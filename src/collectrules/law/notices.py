"""What a file tells beside the decision: obligations, reports, and what it leaves out of the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.expressions.syntax import Conjunction, Expression, Negation, parse
from collectrules.ground.errors import meant
from collectrules.law.clauses import NOT_READ, ClauseReader
from collectrules.law.model import Notice, Omission
from collectrules.law.scope import Head, read_governs
from collectrules.law.statements import STATEMENTS
from collectrules.law.values import newest_values, read_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from collectrules.ground.nodes import Table
    from collectrules.law.keys import Keys
    from collectrules.law.model import Rule

Bound = tuple[Expression, ...]
"""What must be true of those whom the file binds."""

_NOTICE_KEYS: Final = ("value", "says", "cite", "values", "note")
OBLIGATION_KEYS: Final = ("id", "governs", "if", "states", *_NOTICE_KEYS)
TOLD_BY: Final = ("is", "figure", "kept")
"""The keys of which a report has one."""
REPORT_KEYS: Final = ("name", "governs", "if", *TOLD_BY, "of", "overrides", *_NOTICE_KEYS)
OMISSION_KEYS: Final = ("what", "governs", "if", "cite")


def read_obligation(file: Keys, table: Table, head: Head, clauses: ClauseReader) -> Notice:
    """One obligation: told where its `if:` holds."""
    keys = file.inner(table, "an obligation", OBLIGATION_KEYS)
    values = read_values(keys)
    newest = {**head.newest, **newest_values(values)}
    text, citation = keys.text("if", required=True), keys.citation()
    kinds, channels, _ = read_governs(keys, clauses.language)
    return Notice(
        governs_kinds=kinds,
        governs_channels=channels,
        name=keys.text("id", required=True),
        expression=clauses.expression(text, keys.place("if"), newest) if text else NOT_READ,
        value=keys.text("value"),
        condition=None,
        says=keys.text("says", required=True),
        citation=citation,
        values=values,
        place=table.place,
        states=keys.words("states", STATEMENTS) if "states" in table else None,
    )


def read_reports(file: Keys, head: Head, clauses: ClauseReader, rules: Sequence[Rule], bound: Bound) -> list[Notice]:
    """Every report. Two of one name for one act need a `value` each, or the later one overrides."""
    reports: list[Notice] = []
    by_id = {rule.id: rule for rule in rules}
    for table in file.items_of("reports"):
        keys = file.inner(table, "a report", REPORT_KEYS)
        report = _report(keys, head, clauses, by_id, bound)
        overrides = "overrides" in table and keys.truth("overrides")
        for other in reports:
            told_apart = report.value and other.value and report.value != other.value
            if other.name == report.name and not overrides and not told_apart and report.may_meet(other):
                message = f"`{report.name}` is reported of such an act already, at {other.place}"
                help_ = (
                    "give each another `value:`, or write `overrides: yes` where this one goes first once it is known"
                )
                keys.problem("name", "CR112", message, help_)
                break
        reports.append(report)
    return reports


def _report(keys: Keys, head: Head, clauses: ClauseReader, rules: Mapping[str, Rule], bound: Bound) -> Notice:
    """One report: an expression (`is:`), a figure of a rule (`figure:`, `of:`), or that rules are kept (`kept:`)."""
    told = [key for key in TOLD_BY if key in keys.table]
    if len(told) != 1:
        message = f"a report is told by {' and '.join(f'`{key}`' for key in told) or 'nothing'}"
        keys.problem("name", "CR100", message, "write one of `is:`, `figure:` with `of:`, and `kept:`")
    of = _rules_of(keys, "of", rules)
    kept = _rules_of(keys, "kept", rules)
    values = {name: dated for rule in (*of, *kept) for name, dated in rule.values.items()} | read_values(keys)
    newest = {**head.newest, **newest_values(values)}
    unread = any(rule.breach is NOT_READ for rule in (*of, *kept))  # what is wrong with it is told there
    figures = {
        name: parse(text)
        for rule in ([] if unread else of)
        for name, text in clauses.language.kinds[rule.kind].figures(rule.parts).items()
    }
    expression, value, condition_text = NOT_READ, keys.text("value"), keys.text("if")
    if unread:
        condition_text = ""
    elif "figure" in told:
        expression = _figure(keys, of, figures)
    elif "kept" in told:
        expression = Conjunction((*bound, *(Negation(rule.breach) for rule in kept))) if kept else NOT_READ
    elif text := keys.text("is", required=True):
        expression = clauses.expression(text, keys.place("is"), newest, condition=bool(value), figures=figures)
    condition = None
    if condition_text:
        condition = clauses.expression(condition_text, keys.place("if"), newest, figures=figures)
    first = next(iter((*of, *kept)), None)
    kinds: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    if first is not None and "governs" not in keys.table:
        kinds, channels = first.governs_kinds, first.governs_channels
    elif "governs" in keys.table or not ("of" in keys.table or "kept" in keys.table):
        kinds, channels, _ = read_governs(keys, clauses.language)
    return Notice(
        governs_kinds=kinds,
        governs_channels=channels,
        name=keys.text("name", required=True),
        expression=expression,
        value=value,
        condition=condition,
        says=keys.text("says"),
        citation=keys.text("cite") or (first.citation if first is not None else ""),
        values=values,
        place=keys.table.place,
    )


def _rules_of(keys: Keys, key: str, rules: Mapping[str, Rule]) -> list[Rule]:
    """The rules of this file that a report names."""
    named = keys.words(key)
    for name in named:
        if name not in rules:
            help_ = meant(name, rules) or "name a rule of this file by its `id`"
            keys.problem(key, "CR103", f"there is no rule `{name}` in this file", help_)
    return [rules[name] for name in named if name in rules]


def _figure(keys: Keys, of: Sequence[Rule], figures: Mapping[str, Expression]) -> Expression:
    """The figure of a rule that a report tells."""
    name = keys.text("figure", required=True)
    if "of" not in keys.table:
        keys.problem("figure", "CR100", "a report of a figure does not say of which rule", "of: <the id of the rule>")
    elif of and name not in figures:
        kinds = ", ".join(f"`{rule.kind}`" for rule in of)
        help_ = meant(name, figures) or f"it counts: {', '.join(figures) or 'nothing'}"
        keys.problem("figure", "CR103", f"a rule of kind {kinds} counts no `{name}`", help_)
    return figures.get(name, NOT_READ)


def read_omission(file: Keys, table: Table, head: Head, clauses: ClauseReader) -> Omission:
    """One entry of `leaves_out:`."""
    keys = file.inner(table, "what is left out", OMISSION_KEYS)
    citation = keys.citation()
    kinds, channels, _ = read_governs(keys, clauses.language)
    text = keys.text("if")
    return Omission(
        governs_kinds=kinds,
        governs_channels=channels,
        what=keys.text("what", required=True),
        citation=citation,
        condition=clauses.expression(text, keys.place("if"), head.newest) if text else None,
    )

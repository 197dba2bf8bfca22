"""What a file tells beside the decision: obligations, reports, and what it leaves out of the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from collectrules.law.clauses import NOT_READ, ClauseReader
from collectrules.law.model import Notice, Omission
from collectrules.law.scope import Head, read_governs
from collectrules.law.values import newest_values, read_values

if TYPE_CHECKING:
    from collectrules.ground.nodes import Table
    from collectrules.law.keys import Keys
    from collectrules.law.model import Language

_NOTICE_KEYS: Final = ("value", "says", "cite", "values", "note")


def read_notice(
    file: Keys, table: Table, head: Head, clauses: ClauseReader, what: Literal["obligation", "report"]
) -> Notice:
    """One obligation (`if:`), or one report (`is:`, told where its `if:` holds)."""
    is_obligation = what == "obligation"
    expression_key, name_key = ("if", "id") if is_obligation else ("is", "name")
    known = tuple(dict.fromkeys([name_key, "governs", "if", expression_key, *_NOTICE_KEYS]))
    keys = file.inner(table, "an obligation" if is_obligation else "a report", known)
    values = read_values(keys)
    newest = {**head.newest, **newest_values(values)}
    text, citation, value = keys.text(expression_key, required=True), keys.text("cite"), keys.text("value")
    if is_obligation and not citation:
        keys.problem("cite", "CR110", "an obligation cites nothing", "each has its own `cite:`")
    expression = NOT_READ
    if text:
        is_condition = is_obligation or bool(value)
        expression = clauses.expression(text, keys.place(expression_key), newest, condition=is_condition)
    condition_text = "" if is_obligation else keys.text("if")
    kinds, channels = read_governs(keys, clauses.language)
    return Notice(
        governs_kinds=kinds,
        governs_channels=channels,
        name=keys.text(name_key, required=True),
        expression=expression,
        value=value,
        condition=clauses.expression(condition_text, keys.place("if"), newest) if condition_text else None,
        says=keys.text("says", required=is_obligation),
        citation=citation,
        values=values,
        place=table.place,
    )


def read_omission(file: Keys, table: Table, language: Language) -> Omission:
    """One entry of `leaves_out:`."""
    keys = file.inner(table, "what is left out", ("what", "governs", "cite"))
    citation = keys.text("cite")
    if not citation:
        keys.problem("cite", "CR110", "what is left out cites nothing", "each has its own `cite:`")
    kinds, channels = read_governs(keys, language)
    what = keys.text("what", required=True)
    return Omission(governs_kinds=kinds, governs_channels=channels, what=what, citation=citation)

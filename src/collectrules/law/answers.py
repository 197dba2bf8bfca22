"""The blocks of `answers:`: law that answers questions which ask about no act."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from collectrules.case.terms import WHAT
from collectrules.ground.errors import meant
from collectrules.ground.nodes import Scalar, Table
from collectrules.law.model import AnswerBlock, AnswerExample
from collectrules.law.rules import CASE_KEYS
from collectrules.law.scope import Head, read_standing
from collectrules.law.values import newest_values, plain, plain_table, read_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collectrules.expressions.syntax import Expression
    from collectrules.expressions.syntax import Literal as Constant
    from collectrules.law.clauses import ClauseReader
    from collectrules.law.keys import Keys
    from collectrules.law.questions import QuestionKind

KEYS: Final = (
    *("id", "like", "asks", "kind", "title", "cite", "source", "when", "values", "since", "until", "verified"),
    *("verify_by", "examples", "note", "assumes"),
)
_Parts = dict[str, str | tuple[str, ...] | dict[str, str]]


def read_answer(file: Keys, table: Table, head: Head, clauses: ClauseReader) -> AnswerBlock:
    """One block."""
    kind = _kind_of(file, table, clauses.language.questions)
    keys = file.inner(table, "an answer", (*KEYS, *kind.fields))
    values = read_values(keys)
    for wanted in kind.values:
        if wanted not in values:
            message = f"an answer of kind `{kind.name}` has the value `{wanted}`"
            keys.problems.add(table.place, "CR100", message)
    newest = {**head.newest, **newest_values(values)}
    parts, terms = _parts_and_terms(keys, kind, clauses, newest)
    wrong = kind.wrong(parts, values)
    if wrong:
        keys.problems.add(table.place, "CR100", wrong)
    when_text = keys.text("when")
    when = clauses.expression(when_text, keys.place("when"), newest) if when_text else None
    citation = keys.text("cite")
    if not citation:
        message = f"the answer `{keys.text('id')}` cites nothing"
        keys.problems.add(table.place, "CR110", message, "no answer without `cite:`")
    asks = keys.words("asks", WHAT.words)
    if not asks:
        keys.problems.add(table.place, "CR100", f"the answer `{keys.text('id')}` answers nothing", "asks: limitation")
    block = AnswerBlock(
        id=keys.text("id", required=True),
        citation=citation,
        asks=asks,
        kind=kind.name,
        parts=parts,
        terms=terms,
        when=when,
        when_text=when_text,
        values=values,
        assumes=keys.words("assumes"),
        examples=_examples(keys),
        like=keys.text("like"),
        **read_standing(keys, head),
    )
    if not block.examples:
        keys.problems.add(table.place, "CR111", f"the answer `{block.id}` has no example")
    return block


def _kind_of(file: Keys, table: Table, kinds: Mapping[str, QuestionKind]) -> QuestionKind:
    node = table.get("kind")
    name = node.text if isinstance(node, Scalar) else ""
    if name in kinds:
        return kinds[name]
    place = node.place if node is not None else table.place
    file.problems.add(place, "CR103", f"`{name}` is no way of answering", meant(name, kinds))
    return next(iter(kinds.values()))


def _parts_and_terms(
    keys: Keys, kind: QuestionKind, clauses: ClauseReader, values: Mapping[str, Constant]
) -> tuple[_Parts, dict[str, Expression]]:
    """What the fields of the block's kind hold: words, and expressions with a value."""
    parts: _Parts = {}
    terms: dict[str, Expression] = {}
    for key, shape in kind.fields.items():
        if keys.node(key) is None:
            if key in kind.required:
                keys.problems.add(keys.table.place, "CR100", f"an answer of kind `{kind.name}` has `{key}`")
                parts[key] = ""
        elif shape == "term":
            terms[key] = clauses.expression(keys.text(key), keys.place(key), values, condition=False)
        elif shape == "value":
            parts[key] = keys.text(key)
            if parts[key] not in values:
                message = f"`{parts[key]}` is no dated value of this file or of a library that it uses"
                keys.problem(key, "CR103", message, meant(keys.text(key), values))
        elif shape == "calendar":
            parts[key] = keys.text(key)
            calendars = clauses.checker.names.calendars
            if parts[key] not in calendars:
                message = f"there is no calendar `{parts[key]}` in this file or a library that it uses"
                keys.problem(key, "CR103", message, meant(keys.text(key), calendars))
        elif shape == "given":
            parts[key] = {name: str(plain(node)).lower() for name, node in keys.entries(key)}
        elif shape == "words" or key in kind.words:
            words = keys.words(key, kind.words.get(key))
            parts[key] = words if shape == "words" else " ".join(words)
        else:
            parts[key] = keys.text(key, required=True)
    return parts, terms


def _examples(keys: Keys) -> tuple[AnswerExample, ...]:
    """The questions written beside a block. `null` is expected where no answer may be given."""
    examples = []
    for table in keys.items_of("examples"):
        inner = keys.inner(table, "an example", ("story", "expect", "ask", *CASE_KEYS))
        expect = inner.table_of("expect")
        mapping = {key: plain(node) for key, node in table.entries.items() if key not in ("story", "expect")}
        story = inner.text("story", required=True)
        wanted = plain_table(expect) if expect is not None else {}
        wanted = {name: None if value == "null" else value for name, value in wanted.items()}
        examples.append(AnswerExample(story, wanted, json.dumps(mapping), table.place))
    return tuple(examples)

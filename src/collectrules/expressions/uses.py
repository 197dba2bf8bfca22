"""What an expression uses: definitions, in the order in which a reader comes to them; words that a query takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from collectrules.expressions.syntax import Definition


def definitions_in(expression: Expression, definitions: Mapping[str, Definition]) -> Iterator[str]:
    """The names of the definitions that an expression uses, and that those use, each once, as they are first named."""
    seen: set[str] = set()
    waiting = [expression]
    while waiting:
        for part in _in_order(waiting.pop(0)):
            name = part.function if isinstance(part, Call) else part.parts[0] if isinstance(part, Name) else ""
            if name in definitions and name not in seen and not (isinstance(part, Name) and len(part.parts) > 1):
                seen.add(name)
                waiting.append(definitions[name].expression)
                yield name


def _in_order(expression: Expression) -> Iterator[Expression]:
    """Every part of an expression, as it is read."""
    yield expression
    inner: Sequence[Expression | None]
    match expression:
        case Conjunction(parts) | Disjunction(parts) | Choices(parts) | Call(_, parts):
            inner = parts
        case Comparison(_, left, right):
            inner = [left] if isinstance(right, Choices) or _is_word(right) else [left, right]
        case Negation(part) | Stated(part):
            inner = [part]
        case Query():
            inner = [expression.where, expression.term]
        case _:
            inner = []
    for each in inner:
        if each is not None:
            yield from _in_order(each)


def _is_word(expression: Expression) -> bool:
    return isinstance(expression, Name) and len(expression.parts) == 1


def words_admitted(query: Query, field: str, definitions: Mapping[str, Definition]) -> frozenset[str] | None:
    """The words that a field of an entry may have for a query to take it, by its condition; None where it may be any.

    What a definition says of the entry counts too. More may be named than are taken, never fewer: what is no comparison
    of the field with a word admits every word.
    """

    def admitted(condition: Expression | None, entry: str | None, *, bare: bool) -> frozenset[str] | None:
        if isinstance(condition, Conjunction):
            each = [admitted(part, entry, bare=bare) for part in condition.parts]
            known = [words for words in each if words is not None]
            return frozenset.intersection(*known) if known else None
        if isinstance(condition, Disjunction):
            each = [admitted(part, entry, bare=bare) for part in condition.parts]
            return None if None in each else frozenset().union(*[words for words in each if words is not None])
        if isinstance(condition, Call) and (defined := definitions.get(condition.function)) is not None:
            asked = [
                admitted(defined.expression, subject.name, bare=defined.is_bare)
                for subject, given in zip(defined.subjects, condition.arguments, strict=False)
                if isinstance(given, Name) and given.parts == (entry,)
            ]
            return asked[0] if asked else None
        if not isinstance(condition, Comparison) or condition.operator not in _WORD_OPERATORS:
            return None
        if not isinstance(condition.left, Name):
            return None
        if condition.left.parts != (entry, field) and not (bare and condition.left.parts == (field,)):
            return None
        right = condition.right
        words = [_word(item) for item in (right.items if isinstance(right, Choices) else (right,))]
        return None if None in words else frozenset([word for word in words if word is not None])

    return admitted(query.where, query.alias, bare=True)


_WORD_OPERATORS: Final = frozenset({"==", "in"})


def _word(node: Expression) -> str | None:
    """The word that a node is; None for anything else."""
    if isinstance(node, Literal) and node.kind == "word":
        return str(node.value)
    return node.parts[0] if isinstance(node, Name) and len(node.parts) == 1 else None

"""Which rules and answers of a ruleset rest on one of its definitions or dated values, also by way of other ones."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from collectrules.expressions.walking import named_by, value_names, walk
from collectrules.law.model import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.expressions.syntax import Expression
    from collectrules.law.model import AnswerBlock, Ruleset


class Reach:
    """Asked of one ruleset."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._bodies = {name: each.expression for name, each in ruleset.definitions.items()}
        self._blocks = {block.full_id: self._names(block, ruleset) for block in ruleset.blocks}

    def of_definition(self, name: str) -> tuple[str, ...]:
        """The full ids of what rests on a definition."""
        return tuple(block for block, names in self._blocks.items() if name in names)

    def of_value(self, name: str) -> tuple[str, ...]:
        """The full ids of what rests on a dated value of the ruleset."""
        return tuple(block for block, names in self._blocks.items() if f"${name}" in names)

    def _closed(self, expression: Expression) -> frozenset[str]:
        """The definitions, and with a `$` the values, that an expression uses, and those that they use."""
        names: set[str] = set()
        waiting = [expression]
        while waiting:
            each = waiting.pop()
            names |= {f"${name}" for name in value_names(each)}
            for part in walk(each):
                for name in named_by(part) & self._bodies.keys() - names:
                    names.add(name)
                    waiting.append(self._bodies[name])
        return frozenset(names)

    def _names(self, block: Rule | AnswerBlock, ruleset: Ruleset) -> frozenset[str]:
        own = chain.from_iterable(map(self._closed, expressions_of(block)))
        bound = () if ruleset.binds is None else self._closed(ruleset.binds.condition)
        words = [f"${part}" for part in block.parts.values() if isinstance(part, str) and part in ruleset.values]
        return frozenset([*own, *bound, *words])


def expressions_of(block: Rule | AnswerBlock) -> Iterator[Expression]:
    """The expressions of a rule or an answer, its exceptions, reviews and factors among them."""
    if isinstance(block, Rule):
        yield block.breach
        for clause in block.clauses:
            yield clause.condition
    else:
        yield from block.terms.values()
        if block.when is not None:
            yield block.when

"""What an expression may name: facts, functions, definitions, calendars, channels; and how dear what it asks is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.expressions.syntax import (
    Call,
    Choices,
    Comparison,
    Conjunction,
    Definition,
    Disjunction,
    Expression,
    Literal,
    Name,
    Negation,
    Query,
    Stated,
    SyntaxProblem,
    ValueName,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collectrules.case.vocabulary import Catalogue
    from collectrules.expressions.functions import MeasureFunction

_LOOP_COST: Final = 20
_LEAVES: Final = (Literal, ValueName)


class DefinitionCircle(SyntaxProblem):
    """A definition that uses itself; `within` names those of the circle."""


class Names(Struct, frozen=True):
    """What the expressions of one ruleset may name."""

    catalogue: Catalogue
    functions: Mapping[str, MeasureFunction]
    definitions: Mapping[str, Definition]
    calendars: Mapping[str, object]
    channels: frozenset[str]
    """Those of the catalogue and of plugins."""


class Costs:
    """How dear the value of an expression is, by the loops over the history that it takes; for ordering only."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        self._definitions = definitions
        self._known: dict[int, tuple[Expression, int]] = {}  # by identity, which the expression in it keeps

    def of(self, expression: Expression) -> int:
        """The cost of an expression; a definition costs what its expression does, and loops multiply."""
        if isinstance(expression, _LEAVES) or (isinstance(expression, Name) and len(expression.parts) > 1):
            return 1
        found = self._known.get(id(expression))
        if found is None:
            self._known[id(expression)] = (expression, 0)  # while a definition that needs itself is being priced
            found = self._known[id(expression)] = (expression, self._cost(expression))
        return found[1]

    def _cost(self, expression: Expression) -> int:
        match expression:
            case Query():
                return _LOOP_COST * (1 + sum(self.of(part) for part in (expression.where, expression.term) if part))
            case Name((name,)) | Call(name) if name in self._definitions:
                return 2 + self.of(self._definitions[name].expression)
            case Conjunction(parts) | Disjunction(parts):
                return sum(self.of(part) for part in parts)
            case Choices(items):
                return sum(self.of(item) for item in items)
            case Call(_, arguments):
                return 3 + sum(self.of(part) for part in arguments)
            case Comparison(_, left, right):
                return self.of(left) + self.of(right)
            case Negation(part) | Stated(part):
                return self.of(part)
            case _:
                return 1

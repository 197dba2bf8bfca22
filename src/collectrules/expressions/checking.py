"""Checks the expressions of one ruleset: each once, its meaning kept by its identity.

A ruleset is read by asking for the `kind` of each expression and for every definition; what a measure is made of is the
checked expression that comes out of the same pass.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from collectrules.case.vocabulary import DERIVED
from collectrules.expressions.checked import Checked, FieldValue, TheAction
from collectrules.expressions.language import Costs, DefinitionCircle, Names
from collectrules.expressions.reading import Reading, depends_on, reading_of
from collectrules.expressions.resolving import Resolver
from collectrules.expressions.substitute import substitute
from collectrules.expressions.syntax import (
    Call,
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
)
from collectrules.expressions.types import BOOL, INT, TEXTUAL, Kind
from collectrules.expressions.walking import Written, reached

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.case.vocabulary import Catalogue
    from collectrules.expressions.functions import MeasureFunction


class Checker:
    """Checks the expressions of one ruleset, and tells what they read. Safe to share between threads."""

    def __init__(
        self,
        catalogue: Catalogue,
        functions: Mapping[str, MeasureFunction],
        definitions: Mapping[str, Definition],
        calendars: Mapping[str, object],
        channels: frozenset[str] = frozenset(),
    ) -> None:
        every_channel = frozenset(catalogue.channels) | channels
        self.names = Names(catalogue, functions, definitions, calendars, every_channel)
        self._costs = Costs(definitions)
        self._by_identity: dict[int, Checked] = {}  # which the expression in it keeps alive
        self._by_equality: dict[Expression, Checked] = {}
        self._definitions: dict[str, Checked] = {}
        self._path: list[str] = []
        self._written: dict[int, tuple[Expression, Written]] = {}
        self._reached: dict[int, tuple[Expression, tuple[Written, ...]]] = {}
        self._words: dict[int, tuple[Expression, frozenset[str]]] = {}
        self._readings: dict[int, tuple[Checked, Reading]] = {}
        self._substituted: dict[tuple[object, ...], tuple[Expression, Expression]] = {}
        self._lock = threading.RLock()

    def checked(self, expression: Expression) -> Checked:
        """The meaning of an expression of the whole case. Raises SyntaxProblem where it does not make sense."""
        found = self._by_identity.get(id(expression))
        if found is None:
            found = self._by_equality.get(expression)
        if found is None:
            with self._lock:
                resolver = Resolver(self.names, self._costs, self.definition, 0)
                term = resolver.case_wide(expression)
                found = Checked(expression, term, frozenset(resolver.facts), resolver.slots)
                self._by_equality[expression] = self._by_identity[id(expression)] = found
        return found

    def definition(self, name: str, column: int = 0, level: int = 0) -> Checked:
        """The meaning of a definition. Raises SyntaxProblem; `within` tells in which one the mistake lies."""
        found = self._definitions.get(name)
        if found is not None:
            return found
        with self._lock:
            if name in self._path:
                circle = self._path[self._path.index(name) :]
                problem = DefinitionCircle(f"`{name}` is defined by itself", column, " uses ".join([*circle, name]))
                problem.within = tuple(circle)
                raise problem
            definition = self.names.definitions[name]
            self._path.append(name)
            try:
                resolver = Resolver(self.names, self._costs, self.definition, level)
                term = resolver.body(definition)
            except SyntaxProblem as problem:
                problem.within = problem.within or tuple(self._path)
                raise
            finally:
                self._path.pop()
            found = Checked(definition.expression, term, frozenset(resolver.facts), resolver.slots)
            self._definitions[name] = found
            return found

    def with_values(self, expression: Expression, values: Mapping[str, Literal]) -> Expression:
        """The expression with its dated values put in: the same object for the same values."""
        names = self._written_out(expression).values
        if not names:
            return expression
        key = (id(expression), *[(name, values.get(name)) for name in names])
        found = self._substituted.get(key)
        if found is None:
            found = self._substituted[key] = (expression, substitute(expression, values))
        return found[1]

    # ---- what an expression is ----------------------------------------------------------------------------------

    def kind(self, expression: Expression) -> Kind:
        """The type of an expression of the whole case; checks it throughout."""
        return self.checked(expression).kind

    def type_of(self, expression: Expression) -> Kind:
        """The type of an expression that was checked before, from its outermost part where that tells."""
        match expression:
            case Negation() | Conjunction() | Disjunction() | Comparison() | Stated() | Query(kind="any" | "no"):
                return BOOL
            case Query(kind="count"):
                return INT
            case Name((name,)) | Call(name) if name in self.names.definitions or name == "presumed":
                return BOOL
            case Call(name, _, ()) if name in self.names.functions:
                function = self.names.functions[name]
                if function.result != "endpoint":
                    return Kind(function.result)
        return self.kind(expression)

    def cost(self, expression: Expression) -> int:
        """How dear the value of an expression is, by the loops over the history that it takes; for ordering only."""
        return self._costs.of(expression)

    def is_plain(self, expression: Expression) -> bool:
        """Is nothing lost when the expression is a measure by itself, compared with a constant outside?

        It is where an absence excludes some words, and where no value is stated but that is no word: a record knows
        values only.
        """
        term = self.checked(expression).term
        if isinstance(term, FieldValue) and isinstance(term.owner, TheAction) and term.field.absence.kind == "excludes":
            return False
        return term.kind.name in TEXTUAL | {"bool"} or not _may_be_nothing(expression)

    # ---- what an expression reads -------------------------------------------------------------------------------

    def facts(self, expression: Expression) -> frozenset[str]:
        """The dotted names of the facts that an expression names, those of its definitions included."""
        return self.checked(expression).facts

    def written(self, expression: Expression) -> tuple[Written, ...]:
        """An expression, and the definitions that it uses, each once."""
        found = self._reached.get(id(expression))
        if found is None:
            found = expression, tuple(reached(expression, self._body, self._written_out))
            self._reached[id(expression)] = found
        return found[1]

    def _body(self, name: str) -> Expression | None:
        definition = self.names.definitions.get(name)
        return None if definition is None else definition.expression

    def _written_out(self, expression: Expression) -> Written:
        found = self._written.get(id(expression))
        if found is None:
            found = self._written[id(expression)] = (expression, Written(expression))
        return found[1]

    def parts(self, expression: Expression) -> Iterator[Expression]:
        """Everything inside an expression and the definitions that it uses."""
        for written in self.written(expression):
            yield from written.parts

    def words(self, expression: Expression) -> frozenset[str]:
        """The words that an expression and the definitions that it uses name; one object for all who ask."""
        found = self._words.get(id(expression))
        if found is None:
            words = frozenset().union(*[written.words for written in self.written(expression)])
            found = self._words[id(expression)] = (expression, words)
        return found[1]

    def reading(self, checked: Checked) -> Reading:
        """What the value of a checked expression, or of a definition, follows from."""
        found = self._readings.get(id(checked))
        if found is None:
            reading = reading_of(checked.term, lambda name: self.reading(self.definition(name)))
            found = self._readings[id(checked)] = (checked, reading)
        return found[1]

    def reading_with(self, expression: Expression, entries: frozenset[str]) -> Reading:
        """What the value of an expression follows from where the history has these entries and no others."""
        reading = self.reading(self.checked(expression))
        if reading.entries <= entries:
            return reading
        return reading_of(self.checked(expression).term, lambda name: self._body_with(name, entries), entries)

    def _body_with(self, name: str, entries: frozenset[str]) -> Reading:
        body = self.definition(name)
        reading = self.reading(body)
        if reading.entries <= entries:
            return reading
        return reading_of(body.term, lambda inner: self._body_with(inner, entries), entries)

    def reads_clock(self, expression: Expression, *, same_past: bool = False) -> bool:
        """May the value be another one for the same case at another moment of the action?

        With `same_past` only moments are meant that have the same entries of the history before them
        (`context.moved(at).past is context.past`): a later moment may have more.
        """
        reading = self.reading(self.checked(expression))
        return reading.clock or (reading.past and not same_past)

    def depends_on(self, expression: Expression, fact: str) -> bool:
        """May the value be another one where this fact alone is stated otherwise, or not at all?

        `fact` is named as in a verdict: `debtor.minor`, `debts[A].paid`, `endpoints[mobile].place`, `action.place`,
        `history`, `history[3].outcome`, or without the item: `debts.paid`.
        """
        return depends_on(self.reading(self.checked(expression)), fact)


def _may_be_nothing(expression: Expression) -> bool:
    """May the value of the expression be known not to be stated? What is counted or computed is a value."""
    match expression:
        case Name():
            return expression.parts[-1] not in DERIVED
        case Query():
            return bool(expression.fields) or expression.kind == "largest"
        case Call():
            return bool(expression.fields)
    return False

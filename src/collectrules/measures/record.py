"""Expressions as conditions over a flat record, and the reader that fills such a record from a case.

`and`, `or` and `not` become the tree; everything below them becomes a measure, named by the text that the ruleset
writes for it. Whether a count is large is asked twice: of what is certain to be there, and of what there is; so that
eight contacts in an incomplete history are eight contacts too many, and six are unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

from collectrules.deciding.conditions import (
    ALWAYS,
    NEVER,
    PYTHON,
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Measure,
    Not,
    Op,
    Value,
)
from collectrules.expressions.resolving import MOST_LOOPS
from collectrules.expressions.syntax import (
    Choices,
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Name,
    Negation,
    Query,
    unparse,
)
from collectrules.expressions.syntax import (
    Literal as Constant,
)
from collectrules.measures.fields import Mode, Read
from collectrules.measures.possible import can_be_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from collectrules.expressions.functions import MeasureFunction
    from collectrules.expressions.reading import Reading as FollowsFrom
    from collectrules.expressions.syntax import Definition
    from collectrules.expressions.types import Kind
    from collectrules.expressions.walking import Written
    from collectrules.measures.context import Context
    from collectrules.measures.evaluation import Evaluator
    from collectrules.measures.fields import Frame
    from collectrules.measures.turning import Turning

Bound = Literal["", "at least ", "at most "]
"""Whether a count is itself, what is certain to be there, or all that may be."""
_BOUNDS: Final[tuple[Bound, Bound]] = ("at least ", "at most ")
_MODES: Final[Mapping[tuple[Bound, Mode], Mode]] = {
    ("at least ", "if_complete"): "at_least",
    ("at least ", "as_stated"): "at_least",
    ("at most ", "if_complete"): "at_most",
    ("at most ", "as_stated"): "at_most_stated",
}
_SYMBOLS: Final = {op.value: op for op in Op}
_MEASURED: Final[Mapping[str, Literal["bool", "int", "text"]]] = {
    "bool": "bool",
    "int": "int",
    "date": "int",
    "time": "int",
    "money": "int",
    "word": "text",
    "text": "text",
    "zone": "text",
}


class Source(Struct, frozen=True, eq=False):
    """Where the value of a measure comes from; one object for all laws that ask for it."""

    measure: Measure
    expression: Expression
    kind: Kind
    evaluator: Evaluator
    bound: Bound
    cost: int
    """How dear the value is, by the loops over the history that it takes."""

    def facts(self) -> frozenset[str]:
        """The dotted names of the facts behind it."""
        return self.evaluator.checker.facts(self.expression)

    @property
    def definitions(self) -> Mapping[str, Definition]:
        """The definitions that it may use, by name."""
        return self.evaluator.checker.names.definitions

    def written(self) -> tuple[Written, ...]:
        """Its expression and the definitions that it uses, as they are written."""
        return self.evaluator.checker.written(self.expression)

    def parts(self) -> Iterator[Expression]:
        """Everything inside its expression and the definitions that it uses."""
        return self.evaluator.checker.parts(self.expression)

    def words(self) -> frozenset[str]:
        """The words that it names."""
        return self.evaluator.checker.words(self.expression)

    def asks_if_given(self) -> bool:
        """Does it ask whether something is stated?"""
        return any(written.asks_if_given for written in self.written())

    def functions(self) -> Iterator[MeasureFunction]:
        """The functions that it calls, some more than once."""
        known = self.evaluator.checker.names.functions
        called = (name for written in self.written() for name in written.functions)
        return (known[name] for name in called if name in known)

    def reads_clock(self, *, same_past: bool = False) -> bool:
        """May the value differ at another moment; with `same_past`, at one that has the same entries before it?"""
        return self.evaluator.checker.reads_clock(self.expression, same_past=same_past)

    def follows_from(self, entries: frozenset[str]) -> FollowsFrom:
        """What the value follows from where the history has these entries, as readings name them, and no others."""
        return self.evaluator.checker.reading_with(self.expression, entries)

    def can_be_known(self) -> bool:
        """Can the value be known where the history may hold more than it lists?"""
        return self.bound == "at least " or can_be_known(self.evaluator.checker.checked(self.expression).term)

    @property
    def turning(self) -> Turning:
        """What a condition may come to as time goes on, in a record that leaves facts open."""
        return self.evaluator.turning(self.expression)

    def depends_on(self, fact: str) -> bool:
        """May the value differ where a fact does? Facts are named as rules name them: `debts.paid`, `debtor.minor`."""
        return self.evaluator.checker.depends_on(self.expression, fact)


class MeasureTable:
    """Collects the measures of one stack of rules while its expressions become conditions."""

    def __init__(self) -> None:
        self.sources: dict[Measure, Source] = {}

    def add(self, sources: Mapping[Measure, Source]) -> None:
        """Collect what another has collected."""
        for measure, source in sources.items():
            self.sources.setdefault(measure, source)

    def condition(self, expression: Expression, evaluator: Evaluator, ruleset: str) -> Condition:
        """The condition that holds where the expression does. `ruleset` keeps apart what its definitions name."""
        match expression:
            case Conjunction(parts):
                return AllOf(tuple(self.condition(part, evaluator, ruleset) for part in parts))
            case Disjunction(parts):
                return AnyOf(tuple(self.condition(part, evaluator, ruleset) for part in parts))
            case Negation(part):
                return Not(self.condition(part, evaluator, ruleset))
            case Constant("bool", value):
                return ALWAYS if value else NEVER
            case Comparison(operator, left, right):
                comparison = self._comparison(operator, left, right, evaluator, ruleset)
                if comparison is not None:
                    return comparison
        return Compare(self.measure(expression, evaluator, ruleset), Op.EQ, True)

    def measure(self, expression: Expression, evaluator: Evaluator, ruleset: str, *, bound: Bound = "") -> Measure:
        """The measure that holds the value of an expression."""
        kind = evaluator.checker.type_of(expression)
        text = unparse(expression)
        prefix = "" if _plain_fact(expression) else f"{ruleset}: "
        measure = Measure(f"{bound}{prefix}{text}", _MEASURED[kind.name])
        if measure not in self.sources:
            self.sources[measure] = Source(
                measure, expression, kind, evaluator, bound, evaluator.checker.cost(expression)
            )
        return measure

    def _comparison(
        self, operator: str, left: Expression, right: Expression, evaluator: Evaluator, ruleset: str
    ) -> Condition | None:
        """A comparison of one measure with constants; None where it is a measure itself."""
        if operator in ("==", "!=", "in", "not in") and not evaluator.checker.is_plain(left):
            return None
        if operator in ("in", "not in"):
            assert isinstance(right, Choices)
            constants = [_constant(item) for item in right.items]
            if None in constants or evaluator.checker.type_of(left).name not in ("word", "text", "int", "date", "time"):
                return None
            measure = self.measure(left, evaluator, ruleset)
            if any(type(constant) is not PYTHON[measure.type] for constant in constants):
                return None
            if operator == "in":
                return AnyOf(tuple(Compare(measure, Op.EQ, constant) for constant in constants if constant is not None))
            return AllOf(tuple(Compare(measure, Op.NE, constant) for constant in constants if constant is not None))
        op = _SYMBOLS.get(operator)
        constant = _constant(right)
        if op is None or constant is None:
            return None
        kind = evaluator.checker.type_of(left)
        if kind.name not in _MEASURED or kind.name == "money":
            return None
        measure = self.measure(left, evaluator, ruleset)
        if type(constant) is not PYTHON[measure.type]:
            return None
        compare = Compare(measure, op, constant)
        if op in (Op.GT, Op.GE) and _counts(left):
            certain, possible = (self.measure(left, evaluator, ruleset, bound=each) for each in _BOUNDS)
            return AnyOf((Compare(certain, op, constant), AllOf((compare, Compare(possible, op, constant)))))
        return compare


def _constant(expression: Expression) -> Value | None:
    if isinstance(expression, Constant):
        return expression.value
    if isinstance(expression, Name) and len(expression.parts) == 1:
        return expression.parts[0]
    return None


def _plain_fact(expression: Expression) -> bool:
    return isinstance(expression, Name) and len(expression.parts) > 1


def _counts(expression: Expression) -> bool:
    return isinstance(expression, Query) and (
        expression.kind == "count"
        or (expression.kind == "largest" and expression.term is not None and _counts(expression.term))
    )


class Reading:
    """An expression as a function of a context, made when it is first called."""

    __slots__ = ("_evaluator", "_expression", "_function", "_mode")

    def __init__(self, evaluator: Evaluator, expression: Expression, mode: Mode) -> None:
        self._evaluator, self._expression, self._mode = evaluator, expression, mode
        self._function: Callable[[Context], Any] | None = None

    def __call__(self, context: Context) -> Any:
        """The value of the expression."""
        if self._function is None:
            self._function = self._evaluator.function(self._expression, self._mode)
        return self._function(context)


class Reads(dict[str, Read]):
    """The functions that read measures, each made when it is first needed."""

    def __init__(self, sources: Mapping[str, Source], mode: Mode) -> None:
        super().__init__()
        self._sources = sources
        """By the names of their measures."""
        self._mode: Mode = mode

    def __missing__(self, name: str) -> Read:
        """Make the function of the measure."""
        source = self._sources[name]
        mode = _MODES[source.bound, self._mode] if source.bound else self._mode
        read = self[name] = source.evaluator.reader(source.expression, mode)
        return read


class Record(dict[str, Any]):
    """A flat record of one case that reads a measure when it is first asked for: `record[name]`, not `get`.

    With `before`, the record of a context that differs in nothing but the measures that are `affected`, only those are
    read anew; or they are left unknown.
    """

    __slots__ = ("_affected", "_before", "_context", "_frame", "_reads", "_unknown")

    def __init__(
        self,
        reads: Reads,
        context: Context,
        before: Record | None = None,
        affected: frozenset[str] = frozenset(),
        *,
        unknown: bool = False,
    ) -> None:
        super().__init__()
        self._reads = reads
        self._context = context
        self._before = before
        self._affected = affected
        self._unknown = unknown
        self._frame: Frame = [None] * MOST_LOOPS

    def __missing__(self, name: str) -> Any:
        """Read the measure from the case."""
        if self._before is not None and name not in self._affected:
            value = self[name] = self._before[name]
        elif self._unknown:
            value = self[name] = None
        else:
            value = self[name] = self._reads[name](self._context, self._frame)
        return value

    def read(self) -> dict[str, Any]:
        """All that was read for this context, here and where it is the same as before."""
        if self._before is None:
            return dict(self)
        return {**{name: value for name, value in self._before.read().items() if name not in self._affected}, **self}


class NotedRecord(Record):
    """A record that tells `note` of each measure that is read of it, once, and of its value."""

    __slots__ = ("_note",)

    def __init__(self, record: Record, note: Callable[[str, Any], None]) -> None:
        dict.__init__(self)
        self._before, self._affected = record, frozenset()
        self._note = note

    def __missing__(self, name: str) -> Any:
        """Take the value from the record that is noted."""
        value = super().__missing__(name)
        self._note(name, value)
        return value

"""Conditions decided one by one, reading only what can matter: the backend for a record that is dear to fill.

Each condition becomes a Python function of its own when it is first asked. It reads a measure (`record[name]`) only
where the cheaper parts of the condition leave it open; the record may work the value out at that moment and keep it.
What was never read is unknown to any other backend, and by Kleene's logic cannot have changed the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any, Final

from collectrules.backends import compiled
from collectrules.conditions import AllOf, AnyOf, Compare, Condition, Measure, Not, Op, Truth
from collectrules.generated import code_of

Cost = Callable[[Measure], int]
Decide = Callable[[Mapping[str, Any]], Truth]

_PYTHON_TYPE: Final = {"bool": "bool", "int": "int", "text": "str"}
_DEEPEST: Final = 40
"""Nesting beyond which a condition is given to `compiled`, which takes any depth."""


class OnDemand:
    """Decides the conditions of one sequence, each by its number."""

    def __init__(self, conditions: Sequence[Condition], cost: Cost = lambda _: 1) -> None:
        self._conditions = tuple(conditions)
        self._cost = cost
        self._decide: dict[int, Decide] = {}

    def truth(self, number: int, record: Mapping[str, Any]) -> Truth:
        """The truth of one condition."""
        decide = self._decide.get(number)
        if decide is None:
            decide = self._decide[number] = _function(self._conditions[number], self._cost)
        return decide(record)

    def on(self, record: Mapping[str, Any]) -> Truths:
        """The truths of all conditions on one record, each worked out when it is first asked for."""
        return Truths(self, record)


class Truths(dict[int, Truth]):
    """Truths by the number of their condition: `truths[3]`."""

    __slots__ = ("_backend", "_record")

    def __init__(self, backend: OnDemand, record: Mapping[str, Any]) -> None:
        super().__init__()
        self._backend = backend
        self._record = record

    def __missing__(self, number: int) -> Truth:
        """Decide the condition."""
        truth = self[number] = self._backend.truth(number, self._record)
        return truth


def match(conditions: Sequence[Condition]) -> Callable[[Mapping[str, Any]], tuple[Truth, ...]]:
    """The same as the other backends' `match`: all truths of a record, absent measures unknown."""
    backend = OnDemand(conditions)

    def matcher(record: Mapping[str, Any]) -> tuple[Truth, ...]:
        filled = _Filled(record)
        return tuple(backend.truth(number, filled) for number in range(len(conditions)))

    return matcher


class _Filled(dict[str, Any]):
    def __missing__(self, name: str) -> None:
        return None


def _function(condition: Condition, cost: Cost) -> Decide:
    if _depth(condition) > _DEEPEST:
        matcher = compiled.match([condition])
        return lambda record: matcher(record)[0]
    writer = _Writer(cost)
    code = writer.expression(condition)
    namespace: dict[str, Any] = dict(writer.constants)
    exec(code_of(f"def decide(r):\n return {code}\n"), namespace)  # noqa: S102 - names and constants enter through the namespace
    decide: Decide = namespace["decide"]
    return decide


def _depth(condition: Condition) -> int:
    deepest, level = 0, [condition]
    while level:
        deepest += 1
        if deepest > _DEEPEST:
            return deepest
        level = [part for each in level for part in _parts(each)]
    return deepest


def _parts(condition: Condition) -> tuple[Condition, ...]:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return parts
        case Not(part):
            return (part,)
        case Compare():
            return ()


class _Writer:
    """Writes one condition as one expression. Every name and constant becomes an entry of `constants`."""

    def __init__(self, cost: Cost) -> None:
        self.constants: dict[str, Any] = {}
        self._cost = cost
        self._numbers = count()

    def expression(self, condition: Condition) -> str:
        match condition:
            case Compare(measure, op, constant):
                return self._leaf(measure, op.value, self._constant(constant))
            case Not(part):
                variable = self._variable()
                return f"(None if ({variable} := {self.expression(part)}) is None else not {variable})"
            case AllOf(parts):
                return self._junction(parts, stop=False)
            case AnyOf(parts):
                one_of = self._one_of(parts)
                return one_of if one_of is not None else self._junction(parts, stop=True)

    def _junction(self, parts: tuple[Condition, ...], *, stop: bool) -> str:
        if not parts:
            return str(not stop)
        ordered = sorted(parts, key=self._dearness)
        names = [self._variable() for _ in ordered]
        stops = " or ".join(
            f"({name} := {self.expression(part)}) is {stop}" for name, part in zip(names, ordered, strict=True)
        )
        unknown = " or ".join(f"{name} is None" for name in names)
        return f"({stop} if {stops} else None if {unknown} else {not stop})"

    def _one_of(self, parts: tuple[Condition, ...]) -> str | None:
        """Some `==` of one measure: one look into a set."""
        leaves = [part for part in parts if isinstance(part, Compare) and part.op is Op.EQ]
        if len(leaves) <= 1 or len(leaves) != len(parts) or len({leaf.measure for leaf in leaves}) > 1:
            return None
        return self._leaf(leaves[0].measure, "in", self._constant(frozenset(leaf.constant for leaf in leaves)))

    def _leaf(self, measure: Measure, operator: str, constant: str) -> str:
        variable, name = self._variable(), self._constant(measure.name)
        unfit = f"type({variable} := r[{name}]) is not {_PYTHON_TYPE[measure.type]}"
        return f"(None if {unfit} else {variable} {operator} {constant})"

    def _dearness(self, condition: Condition) -> int:
        match condition:
            case Compare(measure):
                return self._cost(measure)
            case _:
                return max((self._dearness(part) for part in _parts(condition)), default=0)

    def _constant(self, value: Any) -> str:
        name = f"k{next(self._numbers)}"
        self.constants[name] = value
        return name

    def _variable(self) -> str:
        return f"v{next(self._numbers)}"

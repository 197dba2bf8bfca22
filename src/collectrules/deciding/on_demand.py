"""Conditions decided one by one, reading only what can matter: the backend for a record that is dear to fill.

Each condition becomes a Python function of its own when it is first asked. It reads a measure (`record[name]`) only
where the cheaper parts of the condition leave it open; the record may work the value out at that moment and keep it.
What was never read is unknown to any other backend, and by Kleene's logic cannot have changed the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any, Final

from collectrules.deciding import compiled
from collectrules.deciding.conditions import AllOf, AnyOf, Compare, Condition, Measure, Not, Op, Truth, parts_of

Cost = Callable[[Measure], int]
Decide = Callable[[Mapping[str, Any]], Truth]

_PYTHON_TYPE: Final = {"bool": "bool", "int": "int", "text": "str"}
_DEEPEST: Final = 20
_LONGEST: Final = 2000
"""Levels and parts, repeats counted, beyond which a condition is given to `compiled`, which takes any tree."""


class OnDemand:
    """Decides the conditions of one sequence, each by its number."""

    def __init__(self, conditions: Sequence[Condition], cost: Cost = lambda _: 1) -> None:
        self._conditions = tuple(conditions)
        self._cost = cost
        self._decide: dict[int, Decide] = {}
        self._together: dict[tuple[int, ...], Callable[[Mapping[str, Any]], tuple[Truth, ...]]] = {}

    def truth(self, number: int, record: Mapping[str, Any]) -> Truth:
        """The truth of one condition."""
        decide = self._decide.get(number)
        if decide is None:
            decide = self._decide[number] = _function(self._conditions[number], self._cost)
        return decide(record)

    def all_of(self, numbers: tuple[int, ...], record: Mapping[str, Any]) -> Truths:
        """The truths of all conditions, those of these numbers worked out at once, by one function."""
        decide = self._together.get(numbers)
        if decide is None:
            decide = self._together[numbers] = _functions([self._conditions[number] for number in numbers], self._cost)
        truths = Truths(self, record)
        truths.update(zip(numbers, decide(record), strict=True))
        return truths

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
    decide = _functions([condition], cost)
    return lambda record: decide(record)[0]


def _functions(conditions: Sequence[Condition], cost: Cost) -> Callable[[Mapping[str, Any]], tuple[Truth, ...]]:
    """One function for these conditions; a very large one is given to `compiled` inside it."""
    writer = _Writer(cost)
    namespace: dict[str, Any] = {}
    codes = []
    for number, condition in enumerate(conditions):
        if _large(condition):
            namespace[f"large{number}"] = _compiled(condition)
            codes.append(f"large{number}(r)")
        else:
            codes.append(writer.expression(condition))
    lines = "".join(f"  {code},\n" for code in codes)
    exec(f"def decide(r):\n return (\n{lines} )\n", namespace)  # noqa: S102 - constants by `ascii`
    decide: Callable[[Mapping[str, Any]], tuple[Truth, ...]] = namespace["decide"]
    return decide


def _compiled(condition: Condition) -> Decide:
    matcher = compiled.match([condition])
    names = {part.measure.name for part in _distinct(condition) if isinstance(part, Compare)}
    return lambda record: matcher({name: record[name] for name in names})[0]


def _large(condition: Condition) -> bool:
    """Whether writing it out would be too deep or too long; parts that stand twice are written twice."""
    level, length = [condition], 0
    for _ in range(_DEEPEST):
        length += len(level)
        if length > _LONGEST:
            return True
        level = [part for each in level for part in parts_of(each)]
    return bool(level)


def _distinct(condition: Condition) -> list[Condition]:
    """Every part once, however often it stands in the tree."""
    seen: dict[int, Condition] = {}
    open_parts = [condition]
    while open_parts:
        part = open_parts.pop()
        if id(part) not in seen:
            seen[id(part)] = part
            open_parts.extend(parts_of(part))
    return list(seen.values())


class _Writer:
    """Writes one condition as one expression. Names and constants are exact `str`, `int` and `bool`, in ASCII."""

    def __init__(self, cost: Cost) -> None:
        self._cost = cost
        self._numbers = count()

    def expression(self, condition: Condition) -> str:
        match condition:
            case Compare(measure, op, constant):
                return self._leaf(measure, op.value, compiled.literal(constant))
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
        constants = ", ".join(dict.fromkeys(compiled.literal(leaf.constant) for leaf in leaves))
        return self._leaf(leaves[0].measure, "in", f"{{{constants}}}")

    def _leaf(self, measure: Measure, operator: str, constant: str) -> str:
        variable = self._variable()
        unfit = f"type({variable} := r[{compiled.literal(measure.name)}]) is not {_PYTHON_TYPE[measure.type]}"
        return f"(None if {unfit} else {variable} {operator} {constant})"

    def _dearness(self, condition: Condition) -> int:
        match condition:
            case Compare(measure):
                return self._cost(measure)
            case _:
                return max((self._dearness(part) for part in parts_of(condition)), default=0)

    def _variable(self) -> str:
        return f"v{next(self._numbers)}"

"""Conditions decided by durable-rules, inside a wall: the backend that checks the other one.

`durable-rules` 2.0.28 answers rightly inside a box and wrongly, silently, outside it. Nothing but this module touches
it, and nothing leaves this module that is outside the box:

- Five functions of its C engine are called, and facts only. Facts are flat, of fixed types, without null and float.
- A condition goes in twice, as what makes it true and as what makes it false, each written out as alternatives that are
  plain conjunctions. One of them fired: true or false. None fired: unknown. Both: a fault. So silence reads as unknown.
  Alternatives of one test are drawn together, so that of all those about one field a single rule fires.
- A ruleset holds at most `MOST_RULES` alternatives: past 64 pending tests the engine fires nothing and later reports a
  rule of the record before. Conditions are spread over as many rulesets as they need; one that would have too many
  alternatives is cut, and its parts are decided in an earlier pass, whose answers are fields of the next.
- The engine compares names by a 32-bit hash, `7` with `"7"`, `true` with `1`. It sees neither the names of measures nor
  texts: fields are `f0`, `f1`, ... with hashes that differ, one for each measure *and type*, and a text is sent as the
  token of the constant it equals, or as that of no constant.
- A number outside the engine's range is sent as the nearest in it; constants must be inside, so no comparison changes.
- What fired must report the very fact that was sent. Anything unexpected is an `EngineFault`, and the handles are never
  used again: after an exception the engine's next answer may be that of the record before.
- One record at a time: a lock for each matcher, and new handles in a child that was forked while the lock was held.
- Handles are never deleted (that leaks and can crash), so a matcher makes new ones at most `MOST_RENEWALS` times.
"""

from __future__ import annotations

import operator
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, reduce
from importlib import import_module
from itertools import product
from math import prod
from operator import or_
from threading import Lock
from typing import Any, Final, Protocol, cast
from weakref import WeakSet

from collectrules.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Matcher,
    Measure,
    Not,
    Op,
    Record,
    Truth,
    Value,
    parts_of,
    type_of_value,
)
from collectrules.errors import CollectrulesError

MOST_RULES: Final = 64
"""Rules in one ruleset. The engine's stack of pending tests holds 64, and no two rules here end in the same test."""

MOST_ALTERNATIVES: Final = 32
"""Alternatives that make one condition true, or false, before it is cut into passes. Also the tests in one rule."""

MOST_FIELDS: Final = 200
"""Fields in one fact. The engine takes 255."""

LARGEST: Final = 2**53
"""Numbers the engine is given lie within this, both ways; constants strictly within."""

MOST_RENEWALS: Final = 20
"""How often a matcher makes new handles after faults before it stops asking the engine. Each costs memory for good."""

MOST_REMEMBERED: Final = 2000
"""Facts whose answer is remembered for one ruleset, before all of them are forgotten."""

_RESERVED: Final = (
    *("id", "sid", "m", "all", "any", "pri", "count", "cap", "dist", "name", "$m", "$i", "$s", "$l", "$r", "$forward"),
    *("$lt", "$lte", "$gt", "$gte", "$eq", "$neq", "$mt", "$imt", "$iall", "$iany", "$ex", "$nex", "$or", "$and"),
    *("$add", "$sub", "$mul", "$div", "$time", "$baseTime", "$timerName", "$pulse"),
)
"""Names that mean something to the engine, in a rule or in a fact."""

_OPERATOR: Final = {Op.NE: "$neq", Op.LT: "$lt", Op.LE: "$lte", Op.GT: "$gt", Op.GE: "$gte"}
_COMPARE: Final[dict[Op, Callable[[Any, Any], bool]]] = {
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
}
_OPPOSITE: Final = {Op.EQ: Op.NE, Op.NE: Op.EQ, Op.LT: Op.GE, Op.GE: Op.LT, Op.GT: Op.LE, Op.LE: Op.GT}
_ANSWERS: Final[tuple[Truth, ...]] = (None, False, True, None)
"""By the two bits said of a condition; that both were said is found out at the end of a record."""
_NO_CONSTANT: Final = '"t"'
_NOTHING_MATCHED: Final = 1
_RETRACTED: Final = '{"id":"1"}'


class EngineFault(CollectrulesError):
    """The engine did something unexpected with this record; there is no answer. The next record gets new handles."""


class Unsupported(CollectrulesError):
    """A condition that the engine cannot be trusted with."""


class _Engine(Protocol):
    """All that is ever called of the engine."""

    def create_ruleset(self, name: str, rules: str) -> int: ...
    def assert_fact(self, handle: int, fact: str) -> tuple[int, int]: ...
    def start_action_for_state(self, handle: int, state: int) -> tuple[str, str] | None: ...
    def complete_and_start_action(self, handle: int, state: int) -> str | None: ...
    def retract_fact(self, handle: int, fact: str) -> tuple[int, int]: ...


@cache
def _engine() -> _Engine | str:
    """The engine, or why there is none. Importing it costs a few milliseconds, so that waits until it is asked for."""
    try:
        return cast("_Engine", import_module("durable_rules_engine"))
    except ImportError as error:
        return f"durable-rules cannot be imported: {error}\n    it is for Python 3.11 and 3.12, and needs a C compiler"


def available() -> bool:
    """Whether the engine can be imported here. It cannot on Python 3.13 and later."""
    return not isinstance(_engine(), str)


def reason_unavailable() -> str:
    """Why `available()` is false; empty where it is true."""
    engine = _engine()
    return engine if isinstance(engine, str) else ""


def match(conditions: Sequence[Condition]) -> Matcher:
    """Compile conditions into rulesets of the engine.

    The matcher may be called from any thread and after a fork; calls wait for each other. It raises `EngineFault` where
    the engine misbehaved. Compiling raises `EngineFault` where there is no engine, and `Unsupported` for a constant out
    of the engine's range. As everywhere, a record value of another type than the measure's is unknown.

    Keep the matcher: the engine holds some 25 kB for each alternative (6 MB for 60 rules of five comparisons) and never
    gives them back, even when the matcher is gone.
    """
    engine = _engine()
    if isinstance(engine, str):
        raise EngineFault(engine)
    plan, roots = _Plan(), tuple(conditions)
    for slot, condition in enumerate(roots):
        plan.decide(slot, condition, len(roots))
    return _Matching(engine, plan, len(roots))


_Alternatives = tuple[frozenset[int], ...]
"""Conjunctions of tests, by number, of which one has to hold. Of none: never. An empty conjunction: always."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """What makes a condition true, and what makes it false."""

    true: _Alternatives
    false: _Alternatives

    @property
    def swapped(self) -> _Sides:
        return _Sides(self.false, self.true)

    @property
    def size(self) -> int:
        """At most 1 where cutting gains nothing: what is left of a cut part is a test and its denial."""
        return max(len(self.true), len(self.false))


@dataclass(frozen=True, slots=True)
class _Test:
    """One comparison, in the engine's words."""

    field: int
    op: Op
    constant: str


@dataclass(slots=True)
class _Field:
    """A field of the facts: a measure, or the answer of an earlier pass, known from pass `ready` on."""

    name: str
    type: type_of_value
    ready: int = 0
    tokens: dict[str, str] = field(default_factory=dict)
    """Of a text: what is sent for each constant it is compared with."""

    @property
    def every_token(self) -> list[str]:
        return [*self.tokens.values(), _NO_CONSTANT]


@dataclass(frozen=True, slots=True)
class _Ruleset:
    """At most `MOST_RULES` rules: their text, the fields they read, and what each says when it fires.

    What is said are bits: `2 * slot` that the condition of a slot is false, `2 * slot + 1` that it is true.
    """

    text: str
    fields: tuple[int, ...]
    says: Mapping[str, int]


@dataclass(slots=True)
class _Plan:
    """Conditions as fields, tests and alternatives; the first slots are theirs, further ones belong to cut parts."""

    fields: list[_Field] = field(default_factory=list)
    measures: dict[Measure, int] = field(default_factory=dict)
    cuts: dict[int, int] = field(default_factory=dict)
    """Slot of each cut part, and the field in which the next pass finds its answer."""
    _tests: dict[_Test, int] = field(default_factory=dict)
    _ready: list[int] = field(default_factory=list)
    _cut_before: dict[_Sides, _Sides] = field(default_factory=dict)
    _sides: dict[int, _Sides] = field(default_factory=dict)
    _says: dict[frozenset[int], int] = field(default_factory=dict)
    _names: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self._names = field_names()

    def decide(self, slot: int, root: Condition, slots: int) -> None:
        """Enter a condition whose answer goes to a slot. Walks with a stack of its own: trees may be deep."""
        waiting = [root]
        while waiting:
            condition = waiting[-1]
            parts = parts_of(condition)
            missing = [part for part in parts if id(part) not in self._sides]
            if missing:
                waiting.extend(missing)
                continue
            waiting.pop()
            self._sides[id(condition)] = self._enter(condition, [self._sides[id(part)] for part in parts], slots)
        self._say(slot, self._sides[id(root)])

    def _enter(self, condition: Condition, parts: list[_Sides], slots: int) -> _Sides:
        match condition:
            case Compare(measure, op, constant):
                return self._compare(measure, op, constant)
            case AllOf():
                return self._all(parts, slots)
            case AnyOf():
                return self._all([part.swapped for part in parts], slots).swapped
            case Not():
                return parts[0].swapped

    def _say(self, slot: int, sides: _Sides) -> None:
        for truth, alternatives in ((True, sides.true), (False, sides.false)):
            for alternative in alternatives:
                self._says[alternative] = self._says.get(alternative, 0) | 1 << 2 * slot + truth

    def _all(self, parts: list[_Sides], slots: int) -> _Sides:
        """Every part: true by one alternative of each, false by any alternative of any."""
        parts = list(dict.fromkeys(parts))
        while (
            prod(len(part.true) for part in parts) > MOST_ALTERNATIVES
            or sum(len(part.false) for part in parts) > MOST_ALTERNATIVES
        ):
            largest = max(range(len(parts)), key=lambda number: parts[number].size)
            if parts[largest].size > 1:
                parts[largest] = self._cut(parts[largest], slots)
            else:
                groups = [parts[start : start + MOST_ALTERNATIVES] for start in range(0, len(parts), MOST_ALTERNATIVES)]
                parts = [self._cut(self._all(group, slots), slots) for group in groups]
        true = dict.fromkeys(frozenset[int]().union(*chosen) for chosen in product(*(part.true for part in parts)))
        false = dict.fromkeys(alternative for part in parts for alternative in part.false)
        return _Sides(tuple(true), tuple(false))

    def _cut(self, sides: _Sides, slots: int) -> _Sides:
        """Have these sides decided a pass earlier; what is left of them is one test of a yes-or-no field."""
        if sides not in self._cut_before:
            tests = {test for alternative in (*sides.true, *sides.false) for test in alternative}
            number = self._new_field("bool", 1 + max((self._ready[test] for test in tests), default=0))
            slot = slots + len(self.cuts)
            self.cuts[slot] = number
            self._say(slot, sides)
            self._cut_before[sides] = self._test_of(_Test(number, Op.EQ, "true"), _Test(number, Op.EQ, "false"))
        return self._cut_before[sides]

    def _compare(self, measure: Measure, op: Op, constant: Value) -> _Sides:
        if measure not in self.measures:
            self.measures[measure] = self._new_field(measure.type)
        number = self.measures[measure]
        if measure.type == "bool":
            holds = (op is Op.EQ) == (constant is True)
            yes, no = _Test(number, Op.EQ, "true"), _Test(number, Op.EQ, "false")
            return self._test_of(yes, no) if holds else self._test_of(no, yes)
        text = self._number(measure, constant) if type(constant) is int else self._token(number, constant)
        return self._test_of(_Test(number, op, text), _Test(number, _OPPOSITE[op], text))

    def _number(self, measure: Measure, constant: int) -> str:
        if -LARGEST < constant < LARGEST:
            return str(constant)
        raise Unsupported(f"`{measure.name}` is compared with a number beyond 2**53, which durable-rules cannot hold")

    def _token(self, number: int, constant: Value) -> str:
        tokens = self.fields[number].tokens
        return tokens.setdefault(cast("str", constant), f'"t{len(tokens)}"')

    def _test_of(self, holds: _Test, fails: _Test) -> _Sides:
        return _Sides((frozenset([self._test(holds)]),), (frozenset([self._test(fails)]),))

    def _test(self, test: _Test) -> int:
        number = self._tests.setdefault(test, len(self._tests))
        if number == len(self._ready):
            self._ready.append(self.fields[test.field].ready)
        return number

    def _new_field(self, of: type_of_value, ready: int = 0) -> int:
        self.fields.append(_Field(next(self._names), of, ready))
        return len(self.fields) - 1

    def passes(self) -> list[list[_Ruleset]]:
        """The rulesets of each pass, in the order in which they have to be asked."""
        tests = list(self._tests)
        rules: dict[int, dict[frozenset[_Test], int]] = {}
        alone: dict[tuple[int, int], dict[_Test, int]] = {}
        for alternative, said in self._says.items():
            stage = max((self._ready[test] for test in alternative), default=0)
            asked = frozenset(tests[test] for test in alternative)
            rules.setdefault(stage, {})
            if len(asked) == 1:
                (test,) = asked
                alone.setdefault((stage, test.field), {})[test] = said
            else:
                rules[stage][asked] = said
        for (stage, number), lone in alone.items():
            for asked, said in self._cells(number, lone):
                rules[stage][asked] = rules[stage].get(asked, 0) | said
        return [list(self._rulesets(rules[stage])) for stage in sorted(rules)]

    def _cells(self, number: int, lone: Mapping[_Test, int]) -> Iterator[tuple[frozenset[_Test], int]]:
        """Lone tests of one field as rules of which one fires, where each test by itself would let many fire.

        The values of the field fall into cells in which every test has one answer; a rule for each cell says what all
        the tests say that hold in it. Firing is what the engine is slow at.
        """
        if self.fields[number].type == "int":
            edges = sorted({edge for test in lone for edge in _edges(test)})
            for value, asked in zip([edges[0] - 1, *edges], _halved(number, edges, ()), strict=True):
                yield asked, _or(said for test, said in lone.items() if _COMPARE[test.op](value, int(test.constant)))
            return
        constants = ["true", "false"] if self.fields[number].type == "bool" else self.fields[number].every_token
        for constant in constants:
            said = _or(said for test, said in lone.items() if _COMPARE[test.op](constant, test.constant))
            yield frozenset([_Test(number, Op.EQ, constant)]), said

    def _rulesets(self, rules: Mapping[frozenset[_Test], int]) -> Iterator[_Ruleset]:
        uses = Counter(test for asked in rules for test in asked)
        batch: list[tuple[list[_Test], int]] = []
        fields: dict[int, None] = {}
        # Rules about the same fields go together: the engine answers each firing with the whole fact.
        for asked in sorted(rules, key=lambda tests: sorted({test.field for test in tests})):
            if not rules[asked]:
                continue
            # Tests that many rules share come first, so that the engine asks them once.
            ordered = sorted(asked, key=lambda test: (-uses[test], test.field, test.op, test.constant))
            wider = {**fields, **dict.fromkeys(test.field for test in ordered)}
            if len(batch) == MOST_RULES or len(wider) > MOST_FIELDS:
                yield self._ruleset(batch, fields)
                batch, wider = [], dict.fromkeys(test.field for test in ordered)
            batch.append((ordered, rules[asked]))
            fields = wider
        if batch:
            yield self._ruleset(batch, fields)

    def _ruleset(self, batch: list[tuple[list[_Test], int]], fields: Iterable[int]) -> _Ruleset:
        rules = []
        says: dict[str, int] = {}
        for number, (ordered, said) in enumerate(batch):
            name = f"{number:02}"
            # The first test keeps the engine's own message, which has another id, from firing anything.
            asked = ",".join(['{"id":"1"}', *(self._written(test) for test in ordered)])
            rules.append(f'"{name}":{{"all":[{{"m":{{"$and":[{asked}]}}}}]}}')
            says[name] = said
        return _Ruleset(f"{{{','.join(rules)}}}", tuple(fields), says)

    def _written(self, test: _Test) -> str:
        plain = f'{{"{self.fields[test.field].name}":{test.constant}}}'
        return plain if test.op is Op.EQ else f'{{"{_OPERATOR[test.op]}":{plain}}}'


def _edges(test: _Test) -> Iterator[int]:
    """The whole numbers at which the answer of a test changes: each is the first of a new cell."""
    constant = int(test.constant)
    if test.op not in (Op.GT, Op.LE):
        yield constant
    if test.op not in (Op.GE, Op.LT):
        yield constant + 1


def _halved(number: int, edges: Sequence[int], path: tuple[_Test, ...]) -> Iterator[frozenset[_Test]]:
    """The cells between edges, in order, each as a path of tests that halves them: the engine walks but one path."""
    if not edges:
        yield frozenset(path)
        return
    middle = len(edges) // 2
    edge = str(edges[middle])
    yield from _halved(number, edges[:middle], (*path, _Test(number, Op.LT, edge)))
    yield from _halved(number, edges[middle + 1 :], (*path, _Test(number, Op.GE, edge)))


def _or(said: Iterable[int]) -> int:
    return reduce(or_, said, 0)


def fnv1a(name: str) -> int:
    """The hash by which the engine tells names apart."""
    value = 2166136261
    for byte in name.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def field_names(candidates: Iterable[str] | None = None) -> Iterator[str]:
    """Names for fields: of all candidates (`f0`, `f1`, ...), those whose hash is neither reserved nor taken."""
    taken = {fnv1a(name) for name in _RESERVED}
    for name in candidates if candidates is not None else _numbered():
        value = fnv1a(name)
        if value not in taken:
            taken.add(value)
            yield name


def _numbered() -> Iterator[str]:
    number = 0
    while True:
        yield f"f{number}"
        number += 1


_Read = Callable[[Value | None], str]
"""What is sent for the value of a measure: a piece of a fact, or nothing where the value is unknown."""


def _reader(measure: Measure, of: _Field) -> _Read:
    start = f',"{of.name}":'
    if measure.type == "bool":
        pieces = {True: f"{start}true", False: f"{start}false"}
        return lambda value: pieces[value] if value is True or value is False else ""
    if measure.type == "int":
        return lambda value: f"{start}{max(-LARGEST, min(LARGEST, value))}" if type(value) is int else ""
    known = {constant: f"{start}{token}" for constant, token in of.tokens.items()}
    other = start + _NO_CONSTANT
    return lambda value: known.get(value, other) if type(value) is str else ""


_living: WeakSet[_Matching] = WeakSet()


class _Matching:
    """The matcher: rulesets, and the handles under which the engine knows them."""

    def __init__(self, engine: _Engine, plan: _Plan, slots: int) -> None:
        self._engine = engine
        self._shifts = range(0, 2 * slots, 2)
        self._falsities = sum(1 << 2 * slot for slot in range(slots + len(plan.cuts)))
        self._fields = len(plan.fields)
        self._measures: dict[str, list[tuple[int, _Read]]] = {}
        for measure, number in plan.measures.items():
            self._measures.setdefault(measure.name, []).append((number, _reader(measure, plan.fields[number])))
        self._passes = plan.passes()
        self._cuts: list[list[tuple[int, int, str]]] = [[] for _ in self._passes]
        for slot, number in plan.cuts.items():
            cut = plan.fields[number]
            self._cuts[cut.ready - 1].append((slot, number, f',"{cut.name}":'))
        # The engine's answer to a fact depends on that fact alone, and most facts of a case are those of many others.
        self._answered: list[list[dict[str, int]]] = [[{} for _ in stage] for stage in self._passes]
        self._renewals = 0
        self._lock = Lock()
        self._handles: list[list[int]] | None = self._created()
        _living.add(self)

    def __call__(self, record: Record) -> tuple[Truth, ...]:
        pieces = [""] * self._fields
        readings = self._measures.get
        for name, value in record.items():
            if value is not None:
                for number, read in readings(name, ()):
                    pieces[number] = read(value)
        with self._lock:
            # Whatever is raised before they are put back, these handles are not used again.
            handles, self._handles = self._handles, None
            if handles is None:
                handles = self._renewed()
            try:
                answers = self._decided(handles, pieces)
            except EngineFault:
                raise
            except Exception as error:
                raise EngineFault(f"durable-rules failed on a record: {error}") from error
            self._handles = handles
        return answers

    def _created(self) -> list[list[int]]:
        try:
            return [[self._engine.create_ruleset("r", rules.text) for rules in stage] for stage in self._passes]
        except Exception as error:
            raise EngineFault(f"durable-rules refused the rules: {error}") from error

    def _renewed(self) -> list[list[int]]:
        if self._renewals == MOST_RENEWALS:
            raise EngineFault(f"durable-rules failed {MOST_RENEWALS} times and is not asked any more\n    start again")
        self._renewals += 1
        self._answered = [[{} for _ in stage] for stage in self._passes]
        return self._created()

    def _decided(self, handles: list[list[int]], pieces: list[str]) -> tuple[Truth, ...]:
        said = 0
        for stage, numbers, remembered, cuts in zip(self._passes, handles, self._answered, self._cuts, strict=True):
            for rules, handle, answered in zip(stage, numbers, remembered, strict=True):
                fact = f'{{"id":"1"{"".join([pieces[number] for number in rules.fields])}}}'
                answer = answered.get(fact)
                if answer is None:
                    answer = self._said(rules, handle, fact)
                    if len(answered) >= MOST_REMEMBERED:
                        answered.clear()
                    answered[fact] = answer
                said |= answer
            for slot, number, start in cuts:
                truth = _ANSWERS[said >> 2 * slot & 3]
                pieces[number] = "" if truth is None else f"{start}true" if truth else f"{start}false"
        if said & said >> 1 & self._falsities:
            raise EngineFault("durable-rules found a condition both true and false")
        return tuple([_ANSWERS[said >> shift & 3] for shift in self._shifts])

    def _said(self, rules: _Ruleset, handle: int, fact: str) -> int:
        """What the rules say that fire on a fact. The fact is taken back before anything is returned."""
        code, state = self._engine.assert_fact(handle, fact)
        if code == _NOTHING_MATCHED:
            return 0
        if code:
            raise EngineFault(f"durable-rules answered a fact with code {code}")
        action = self._engine.start_action_for_state(handle, state)
        if action is None:
            raise EngineFault("durable-rules matched a fact and fired nothing")
        complete, says = self._engine.complete_and_start_action, rules.says
        said, left = 0, len(says)
        message: str | None = action[1]
        rest = f'":{{"m":{fact}}}}}'
        while message is not None:
            if not (left and message.endswith(rest)):
                raise EngineFault("durable-rules fired on a fact that is not this record's, or fired a rule twice")
            left -= 1
            said |= says[message[2:4]]
            message = complete(handle, state)
        self._engine.retract_fact(handle, _RETRACTED)
        return said

    def forget_parent(self) -> None:
        """In a forked child: if another thread was within a record when the child was born, begin anew."""
        if self._lock.locked():
            self._lock = Lock()
            self._handles = None


def _in_child() -> None:
    for matching in list(_living):
        matching.forget_parent()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)

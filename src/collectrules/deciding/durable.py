"""One condition decided by durable-rules, inside a wall: the second decider, which confirms what the first one says.

`durable-rules` 2.0.28 answers rightly inside a box and wrongly, silently, outside it. Nothing but this module touches
it, and nothing leaves this module that is outside the box. What it is told, and how:

- Five functions of its C engine are called, and facts only. Facts are flat, of fixed types, without null and float.
- A condition goes in twice, as what makes it true and as what makes it false, each written out as alternatives that are
  plain conjunctions. One of them fired: true or false. None fired: unknown. Both: a fault. So silence reads as unknown.
- A ruleset holds one condition, or several that come to the same rules, and at most 64 alternatives: past 64 pending
  tests the engine fires nothing, and later a rule of the record before. A larger condition is `Unsupported`, which is
  said when a file is read.
- The engine compares names by a 32-bit hash, `7` with `"7"`, `true` with `1`. It sees neither the names of measures nor
  texts: fields are `f0`, `f1`, ... with hashes that differ, one for each measure *and type*, and a text is sent as the
  token of the constant it equals, or as that of no constant. `x in [a, b]` is a field of its own, true or false.
- A number outside the engine's range is sent as the nearest in it; constants must be inside, so no comparison changes.
- What fired must report the very fact that was sent. Anything unexpected is an `EngineFault`, and the handle is never
  used again: after an exception the engine's next answer may be that of the record before.
- One record at a time: a lock for each ruleset, and a new handle in a child that was forked while the lock was held.
- Handles are never deleted (that leaks and can crash), so a ruleset gets new ones at most `MOST_RENEWALS` times.
- An answer depends on how each comparison turned out, and on nothing else. It is remembered by that.
"""

from __future__ import annotations

import os
from bisect import bisect, insort
from collections import Counter
from functools import cache
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from weakref import WeakSet

from msgspec import Struct, field

from collectrules.deciding.conditions import (
    PYTHON,
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
    Unsupported,
    Value,
    fold,
    one_of,
)
from collectrules.ground.errors import CollectrulesError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST_ALTERNATIVES: Final = 32
"""Alternatives of a condition, true or false, and so tests in one of them. The engine's stack of pending tests: 64."""
MOST_FIELDS: Final = 200
"""Fields in one fact. The engine takes 255."""
FIELDS: Final = tuple(f"f{number}" for number in range(MOST_FIELDS))
"""Their names. A test holds that the engine tells them apart, and from every name that means something to it."""
LARGEST: Final = 2**53
"""Numbers the engine is given lie within this, both ways; constants strictly within."""
MOST_RENEWALS: Final = 5
"""How often a ruleset gets a new handle after a fault before the engine is not asked any more."""
MOST_REMEMBERED: Final = 1000
"""Answers remembered for a condition before all of them are forgotten."""

_OPERATOR: Final = {Op.NE: "$neq", Op.LT: "$lt", Op.LE: "$lte", Op.GT: "$gt", Op.GE: "$gte"}
_NOTHING_MATCHED: Final = 1
_NO_CONSTANT: Final = '"t"'


class EngineFault(CollectrulesError):
    """The engine did something unexpected with this record; there is no answer. The next record gets a new handle."""


@cache
def _engine() -> Any:
    """The engine, or why there is none. Importing it costs a few milliseconds, so that waits until it is asked for."""
    try:
        return import_module("durable_rules_engine")
    except ImportError as error:
        return f"durable-rules cannot be imported: {error}\n    it is for Python 3.11 and 3.12, and needs a C compiler"


def reason_unavailable() -> str:
    """Why the engine cannot be imported here, as on Python 3.13 and later; empty where it can."""
    engine = _engine()
    return engine if isinstance(engine, str) else ""


def match(conditions: Sequence[Condition]) -> Matcher:
    """The matcher of these conditions, each compiled by itself."""
    matchings = [Matching(condition) for condition in conditions]
    return lambda record: tuple([matching(record) for matching in matchings])


def check(condition: Condition) -> None:
    """Raise `Unsupported` where `Matching` would, whether or not there is an engine."""
    _Plan(condition)


class _Test(NamedTuple):
    """One comparison, in the engine's words."""

    field: str
    op: Op
    constant: str

    @property
    def written(self) -> str:
        plain = f'{{"{self.field}":{self.constant}}}'
        return plain if self.op is Op.EQ else f'{{"{_OPERATOR[self.op]}":{plain}}}'


_Sides = tuple[tuple[frozenset[_Test], ...], tuple[frozenset[_Test], ...]]
"""What makes a condition true, and what makes it false: alternatives, each a conjunction of tests."""


class _Field(Struct):
    """A field of the facts: a measure, or whether it is among some constants."""

    name: str
    kind: type[Any]
    among: frozenset[Value] | None
    tokens: dict[str, str] = field(default_factory=dict)
    """Of a text: what is sent for each constant it is compared with."""
    edges: list[int] = field(default_factory=list)
    """Of a number, in order: where the answer of some comparison changes."""

    def test(self, op: Op, constant: str) -> tuple[frozenset[_Test], ...]:
        return (frozenset([_Test(self.name, op, constant)]),)

    def sent(self, value: Any) -> tuple[object, str]:
        """How every comparison with a value turns out, and the piece of a fact for it."""
        if type(value) is not self.kind:
            return "", ""
        if self.among is not None:
            text = "true" if value in self.among else "false"
        elif self.kind is str:
            text = self.tokens.get(value, _NO_CONSTANT)
        else:
            return bisect(self.edges, value), f',"{self.name}":{max(-LARGEST, min(LARGEST, value))}'
        return text, f',"{self.name}":{text}'


class _Plan:
    """A condition written out as alternatives over fields of facts."""

    def __init__(self, condition: Condition) -> None:
        self.fields: dict[tuple[Measure, frozenset[Value] | None], _Field] = {}
        self._true, self._false = fold(condition, self._sides, {})

    def ruleset(self) -> tuple[str, dict[str, bool]]:
        """The text of the ruleset, and what each of its rules says by firing."""
        rules = [*[(tests, True) for tests in self._true], *[(tests, False) for tests in self._false]]
        uses = Counter(test for tests, _ in rules for test in tests)
        texts, says = [], {}
        for number, (tests, truth) in enumerate(rules):
            # Tests that many rules share come first, so that the engine asks them once. The very first keeps the
            # engine's own message, which has another id, from firing anything.
            ordered = sorted(tests, key=lambda test: (-uses[test], test))
            asked = ",".join(['{"id":"1"}', *(test.written for test in ordered)])
            texts.append(f'"{number:02}":{{"all":[{{"m":{{"$and":[{asked}]}}}}]}}')
            says[f"{number:02}"] = truth
        return f"{{{','.join(texts)}}}", says

    def _sides(self, condition: Condition, parts: list[_Sides]) -> _Sides:
        if (chosen := one_of(condition)) is not None:
            measure, constants, among = chosen
            return self._flag(measure, constants, holds=among)
        match condition:
            case Compare(measure, op, constant):
                return self._compare(measure, op, constant)
            case AllOf():
                return _all_of(parts)
            case AnyOf():
                return _all_of([part[::-1] for part in parts])[::-1]
            case Not():
                return parts[0][::-1]

    def _compare(self, measure: Measure, op: Op, constant: Value) -> _Sides:
        if measure.type == "bool":
            return self._flag(measure, frozenset([True]), holds=(op is Op.EQ) == constant)
        field = self._field(measure)
        if isinstance(constant, str):
            text = field.tokens.setdefault(constant, f'"t{len(field.tokens)}"')
        elif -LARGEST < constant < LARGEST:
            insort(field.edges, constant)
            insort(field.edges, constant + 1)
            text = str(constant)
        else:
            raise Unsupported(f"a comparison of `{measure.name}` with a number beyond 2**53")
        return field.test(op, text), field.test(op.negated, text)

    def _flag(self, measure: Measure, among: frozenset[Value], *, holds: bool) -> _Sides:
        field = self._field(measure, among)
        sides = field.test(Op.EQ, "true"), field.test(Op.EQ, "false")
        return sides if holds else sides[::-1]

    def _field(self, measure: Measure, among: frozenset[Value] | None = None) -> _Field:
        key = (measure, among)
        if key not in self.fields:
            if len(self.fields) == MOST_FIELDS:
                raise Unsupported(f"a condition of more than {MOST_FIELDS} measures")
            self.fields[key] = _Field(FIELDS[len(self.fields)], PYTHON[measure.type], among)
        return self.fields[key]


def _all_of(parts: list[_Sides]) -> _Sides:
    """Every part: true by one alternative of each, false by any alternative of any."""
    true = [frozenset[_Test]()]
    for part in dict.fromkeys(parts):
        true = _fewest(one | other for one in true for other in part[0])
    return tuple(true), tuple(_fewest(alternative for part in parts for alternative in part[1]))


def _fewest(alternatives: Iterable[frozenset[_Test]]) -> list[frozenset[_Test]]:
    """Without those that hold only where another does."""
    distinct: dict[frozenset[_Test], None] = {}
    for alternative in alternatives:
        distinct[alternative] = None
        if len(distinct) > MOST_ALTERNATIVES:
            raise Unsupported(f"a condition that is true, or false, in more than {MOST_ALTERNATIVES} ways")
    return [one for one in distinct if not any(other < one for other in distinct)]


_living: WeakSet[Rules] = WeakSet()


class Rules:
    """The rules of a condition as the engine holds them: `rules.truth(fact)` is what they say of a fact.

    It may be asked from any thread and after a fork; those who ask wait for each other. It raises EngineFault where the
    engine misbehaves. Keep it: the engine never gives its 200 kB back.
    """

    def __init__(self, engine: Any, text: str, says: Mapping[str, bool]) -> None:
        self._engine = engine
        self._text, self._says = text, says
        self._begins = 0
        self._lock = Lock()
        self._handle: int | None = self._begun()
        _living.add(self)

    def truth(self, fact: str) -> Truth:
        """What the rules that fire on a fact say; unknown where none does."""
        with self._lock:
            # Whatever is raised before it is put back, this handle is not used again.
            handle, self._handle = self._begun() if self._handle is None else self._handle, None
            try:
                said = {self._says[name] for name in self._fired(handle, fact)}
            except EngineFault:
                raise
            except Exception as error:
                raise EngineFault(f"durable-rules failed on a record: {error}") from error
            if len(said) > 1:
                raise EngineFault("durable-rules found a condition both true and false")
            self._handle = handle
            return next(iter(said), None)

    def _fired(self, handle: int, fact: str) -> list[str]:
        """The rules that fire on a fact, which is taken back before anything is returned."""
        code, state = self._engine.assert_fact(handle, fact)
        if code == _NOTHING_MATCHED:
            return []
        if code:
            raise EngineFault(f"durable-rules answered a fact with code {code}")
        action = self._engine.start_action_for_state(handle, state)
        if action is None:
            raise EngineFault("durable-rules matched a fact and fired nothing")
        message: str | None = action[1]
        rest = f'":{{"m":{fact}}}}}'
        names: list[str] = []
        while message is not None:
            if len(names) == len(self._says) or not message.endswith(rest):
                raise EngineFault("durable-rules fired on a fact that is not this record's, or fired a rule twice")
            names.append(message[2:4])
            message = self._engine.complete_and_start_action(handle, state)
        self._engine.retract_fact(handle, '{"id":"1"}')
        return names

    def _begun(self) -> int:
        if self._begins == MOST_RENEWALS + 1:
            raise EngineFault(f"durable-rules failed {MOST_RENEWALS} times and is not asked any more\n    start again")
        self._begins += 1
        try:
            return int(self._engine.create_ruleset("r", self._text))
        except Exception as error:
            raise EngineFault(f"durable-rules refused the rules: {error}") from error

    def forget_parent(self) -> None:
        """In a forked child: if another thread was within a record when the child was born, begin anew."""
        if self._lock.locked():
            self._lock = Lock()
            self._handle = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=lambda: list(map(Rules.forget_parent, list(_living))))


Held = dict[tuple[str, tuple[bool, ...]], Rules]
"""What the engine holds, by the text of the rules and what each of them says."""


class Matching:
    """A condition as the engine decides it: `matching(record)` is its truth.

    It may be called from any thread. It raises EngineFault where the engine misbehaves, or is not there, and when made
    Unsupported. Conditions that differ in nothing but their measures and words come to the same rules, and are asked of
    the same where `held` is: half the conditions of a law ask one thing that is true or false.
    """

    def __init__(self, condition: Condition, held: Held | None = None) -> None:
        engine, plan = _engine(), _Plan(condition)
        if isinstance(engine, str):
            raise EngineFault(engine)
        text, says = plan.ruleset()
        self._fields = [(measure.name, field.sent) for (measure, _), field in plan.fields.items()]
        self._remembered: dict[tuple[object, ...], Truth] = {}
        held, key = {} if held is None else held, (text, tuple(says.values()))
        self._rules = held.get(key) or held.setdefault(key, Rules(engine, text, says))

    def __call__(self, record: Record) -> Truth:
        """The truth of the condition. A value of another type than its measure's is unknown."""
        sent = [sent_of(record.get(name)) for name, sent_of in self._fields]
        outcomes = tuple([outcome for outcome, _ in sent])
        truth = self._remembered.get(outcomes, ...)
        if truth is ...:
            truth = self._rules.truth("".join(['{"id":"1"', *[piece for _, piece in sent], "}"]))
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[outcomes] = truth
        return truth

"""Conditions written out as rulesets that durable-rules answers rightly: plain conjunctions of tests of flat fields.

A condition goes in twice, as what makes it true and as what makes it false, each as alternatives that are conjunctions.
Nothing here asks the engine; `durable` does, and its docstring lists the limits that are kept here.
"""

from __future__ import annotations

import operator
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import product
from math import prod
from operator import or_
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from collectrules.deciding.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Measure,
    Not,
    Op,
    Value,
    fold,
    type_of_value,
)
from collectrules.ground.errors import CollectrulesError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

MOST_RULES: Final = 64
"""Rules in one ruleset. The engine's stack of pending tests holds 64, and no two rules here end in the same test."""

MOST_ALTERNATIVES: Final = 32
"""Alternatives that make one condition true, or false, before it is cut into passes. Also the tests in one rule."""

MOST_FIELDS: Final = 200
"""Fields in one fact. The engine takes 255."""

MOST_TOGETHER: Final = 24
"""Tests of one rule that stands for many. The engine's time for a fact grows faster than its fields."""

LARGEST: Final = 2**53
"""Numbers the engine is given lie within this, both ways; constants strictly within."""

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
NO_CONSTANT: Final = '"t"'


class Unsupported(CollectrulesError):
    """A condition that the engine cannot be trusted with."""


_Alternatives = tuple[frozenset[int], ...]
"""Conjunctions of tests, by number, of which one has to hold. Of none: never. An empty conjunction: always."""


class _Sides(NamedTuple):
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


class Test(NamedTuple):
    """One comparison, in the engine's words."""

    field: int
    op: Op
    constant: str


@dataclass(slots=True)
class Field:
    """A field of the facts: a measure, or the answer of an earlier pass, known from pass `ready` on."""

    name: str
    type: type_of_value
    ready: int = 0
    tokens: dict[str, str] = field(default_factory=dict)
    """Of a text: what is sent for each constant it is compared with."""

    @property
    def every_token(self) -> list[str]:
        """What may be sent of a text."""
        return [*self.tokens.values(), NO_CONSTANT]


@dataclass(frozen=True, slots=True)
class Ruleset:
    """At most `MOST_RULES` rules: their text, the fields they read, and of each its tests and what it says by firing.

    What is said are bits. Of a condition's slot: `2 * slot` that it is false, `2 * slot + 1` that it is true. `about`
    has the first of both for every slot of which some rule says something.
    """

    text: str
    fields: tuple[int, ...]
    tests: Mapping[str, frozenset[Test]]
    says: Mapping[str, int]
    about: int


Proof = list[tuple[frozenset[Test], int]]
"""Rules that fired on one record, those of earlier passes first: the tests of each, and what it says."""


def said_by(proof: Proof) -> int:
    """All that the rules of a proof say."""
    return united([says for _, says in proof])


@dataclass
class Plan:
    """Conditions as fields, tests and alternatives; the first slots are theirs, further ones belong to cut parts."""

    slots: int
    """How many conditions there are."""
    fields: list[Field] = field(default_factory=list)
    measures: dict[Measure, int] = field(default_factory=dict)
    cuts: dict[int, int] = field(default_factory=dict)
    """Slot of each cut part, and the field in which the next pass finds its answer."""
    _tests: dict[Test, int] = field(default_factory=dict)
    _ready: list[int] = field(default_factory=list)
    _cut_before: dict[_Sides, _Sides] = field(default_factory=dict)
    _sides: dict[int, _Sides] = field(default_factory=dict)
    _says: dict[frozenset[int], int] = field(default_factory=dict)
    _names: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self._names = field_names()

    def decide(self, slot: int, root: Condition) -> None:
        """Enter a condition whose answer goes to a slot."""
        self._say(slot, fold(root, self._enter, self._sides))

    def _enter(self, condition: Condition, parts: list[_Sides]) -> _Sides:
        match condition:
            case Compare(measure, op, constant):
                return self._compare(measure, op, constant)
            case AllOf():
                return self._all(parts)
            case AnyOf():
                return self._all([part.swapped for part in parts]).swapped
            case Not():
                return parts[0].swapped

    def _say(self, slot: int, sides: _Sides) -> None:
        for truth, alternatives in ((True, sides.true), (False, sides.false)):
            for alternative in alternatives:
                self._says[alternative] = self._says.get(alternative, 0) | 1 << 2 * slot + truth

    def _all(self, parts: list[_Sides]) -> _Sides:
        """Every part: true by one alternative of each, false by any alternative of any."""
        parts = list(dict.fromkeys(parts))
        while (
            prod(len(part.true) for part in parts) > MOST_ALTERNATIVES
            or sum(len(part.false) for part in parts) > MOST_ALTERNATIVES
        ):
            largest = max(range(len(parts)), key=lambda number: parts[number].size)
            if parts[largest].size > 1:
                parts[largest] = self._cut(parts[largest])
            else:
                groups = [parts[start : start + MOST_ALTERNATIVES] for start in range(0, len(parts), MOST_ALTERNATIVES)]
                parts = [self._cut(self._all(group)) for group in groups]
        true = dict.fromkeys(frozenset[int]().union(*chosen) for chosen in product(*(part.true for part in parts)))
        false = dict.fromkeys(alternative for part in parts for alternative in part.false)
        return _Sides(tuple(true), tuple(false))

    def _cut(self, sides: _Sides) -> _Sides:
        """Have these sides decided a pass earlier; what is left of them is one test of a yes-or-no field."""
        if sides not in self._cut_before:
            tests = {test for alternative in (*sides.true, *sides.false) for test in alternative}
            number = self._new_field("bool", 1 + max((self._ready[test] for test in tests), default=0))
            slot = self.slots + len(self.cuts)
            self.cuts[slot] = number
            self._say(slot, sides)
            self._cut_before[sides] = self._test_of(Test(number, Op.EQ, "true"), Test(number, Op.EQ, "false"))
        return self._cut_before[sides]

    def _compare(self, measure: Measure, op: Op, constant: Value) -> _Sides:
        if measure not in self.measures:
            self.measures[measure] = self._new_field(measure.type)
        number = self.measures[measure]
        if measure.type == "bool":
            holds = (op is Op.EQ) == (constant is True)
            yes, no = Test(number, Op.EQ, "true"), Test(number, Op.EQ, "false")
            return self._test_of(yes, no) if holds else self._test_of(no, yes)
        text = self._number(measure, constant) if type(constant) is int else self._token(number, constant)
        return self._test_of(Test(number, op, text), Test(number, _OPPOSITE[op], text))

    def _number(self, measure: Measure, constant: int) -> str:
        if -LARGEST < constant < LARGEST:
            return str(constant)
        raise Unsupported(f"`{measure.name}` is compared with a number beyond 2**53, which durable-rules cannot hold")

    def _token(self, number: int, constant: Value) -> str:
        tokens = self.fields[number].tokens
        return tokens.setdefault(cast("str", constant), f'"t{len(tokens)}"')

    def _test_of(self, holds: Test, fails: Test) -> _Sides:
        return _Sides((frozenset([self._test(holds)]),), (frozenset([self._test(fails)]),))

    def _test(self, test: Test) -> int:
        number = self._tests.setdefault(test, len(self._tests))
        if number == len(self._ready):
            self._ready.append(self.fields[test.field].ready)
        return number

    def _new_field(self, of: type_of_value, ready: int = 0) -> int:
        self.fields.append(Field(next(self._names), of, ready))
        return len(self.fields) - 1

    @cached_property
    def every_slot(self) -> int:
        """The first bit of every slot."""
        slots = (united(self._says.values()).bit_length() + 1) // 2
        return united(1 << 2 * slot for slot in range(slots))

    @cached_property
    def every_cut(self) -> int:
        """The first bit of the slot of every cut part."""
        return united(1 << 2 * slot for slot in self.cuts)

    def slots_of(self, said: int) -> int:
        """The first bit of every slot of which something is said."""
        return (said | said >> 1) & self.every_slot

    def drawn_together(self, proof: Proof, wanted: int) -> Iterator[Ruleset]:
        """Rulesets of one rule each, which fire where the proof holds and say what it says of the slots wanted."""
        joined: frozenset[Test] = frozenset()
        said = 0
        short = [rule for rule in self._without_cuts(proof) if len(rule[0]) <= MOST_ALTERNATIVES]
        for tests, says in self._cover(short, wanted):
            if joined and len(joined | tests) > MOST_TOGETHER:
                yield from self.rulesets({joined: said})
                joined, said = frozenset(), 0
            joined, said = joined | tests, said | says
        if joined:
            yield from self.rulesets({joined: said})

    def _without_cuts(self, proof: Proof) -> Proof:
        """The proof with the answer of a cut part, wherever that is tested, replaced by what proves it."""
        slots = {number: slot for slot, number in self.cuts.items()}
        whole: Proof = []
        for tests, says in proof:
            spelled = {test for test in tests if test.field not in slots}
            for test in tests - spelled:
                answer = 1 << 2 * slots[test.field] + (test.constant == "true")
                spelled |= next(earlier for earlier, said in whole if said & answer)
            whole.append((frozenset(spelled), says))
        return whole

    def _cover(self, proof: Proof, wanted: int) -> Iterator[tuple[frozenset[Test], int]]:
        """Rules of the proof that together say all that it says of what is wanted, with few tests."""
        held: frozenset[Test] = frozenset()
        missing = wanted & self.slots_of(said_by(proof))

        def worth(rule: tuple[frozenset[Test], int]) -> float:
            return (self.slots_of(rule[1]) & missing).bit_count() / (1 + len(rule[0] - held))

        while missing:
            tests, says = max(proof, key=worth)
            held |= tests
            missing &= ~self.slots_of(says)
            yield tests, says

    def passes(self) -> list[list[Ruleset]]:
        """The rulesets of each pass, in the order in which they have to be asked."""
        tests = list(self._tests)
        rules: dict[int, dict[frozenset[Test], int]] = {}
        alone: dict[tuple[int, int], dict[Test, int]] = {}
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
        return [list(self.rulesets(rules[stage])) for stage in sorted(rules)]

    def _cells(self, number: int, lone: Mapping[Test, int]) -> Iterator[tuple[frozenset[Test], int]]:
        """Lone tests of one field as rules of which one fires, where each test by itself would let many fire.

        The values of the field fall into cells in which every test has one answer; a rule for each cell says what all
        the tests say that hold in it. Firing is what the engine is slow at.
        """
        if self.fields[number].type == "int":
            edges = sorted({edge for test in lone for edge in _edges(test)})
            for value, asked in zip([edges[0] - 1, *edges], _halved(number, edges, ()), strict=True):
                yield asked, united(said for test, said in lone.items() if _COMPARE[test.op](value, int(test.constant)))
            return
        constants = ["true", "false"] if self.fields[number].type == "bool" else self.fields[number].every_token
        for constant in constants:
            said = united(said for test, said in lone.items() if _COMPARE[test.op](constant, test.constant))
            yield frozenset([Test(number, Op.EQ, constant)]), said

    def rulesets(self, rules: Mapping[frozenset[Test], int]) -> Iterator[Ruleset]:
        """Rules, each the tests that fire it and the bits it then says, in as few rulesets as the engine can take."""
        uses = Counter(test for asked in rules for test in asked)
        batch: list[tuple[list[Test], int]] = []
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

    def _ruleset(self, batch: list[tuple[list[Test], int]], fields: Iterable[int]) -> Ruleset:
        rules = []
        tests: dict[str, frozenset[Test]] = {}
        says: dict[str, int] = {}
        for number, (ordered, said) in enumerate(batch):
            name = f"{number:02}"
            # The first test keeps the engine's own message, which has another id, from firing anything.
            asked = ",".join(['{"id":"1"}', *(self._written(test) for test in ordered)])
            rules.append(f'"{name}":{{"all":[{{"m":{{"$and":[{asked}]}}}}]}}')
            tests[name], says[name] = frozenset(ordered), said
        return Ruleset(f"{{{','.join(rules)}}}", tuple(fields), tests, says, self.slots_of(united(says.values())))

    def _written(self, test: Test) -> str:
        plain = f'{{"{self.fields[test.field].name}":{test.constant}}}'
        return plain if test.op is Op.EQ else f'{{"{_OPERATOR[test.op]}":{plain}}}'


def _edges(test: Test) -> Iterator[int]:
    """The whole numbers at which the answer of a test changes: each is the first of a new cell."""
    constant = int(test.constant)
    if test.op not in (Op.GT, Op.LE):
        yield constant
    if test.op not in (Op.GE, Op.LT):
        yield constant + 1


def _halved(number: int, edges: Sequence[int], path: tuple[Test, ...]) -> Iterator[frozenset[Test]]:
    """The cells between edges, in order, each as a path of tests that halves them: the engine walks but one path."""
    if not edges:
        yield frozenset(path)
        return
    middle = len(edges) // 2
    edge = str(edges[middle])
    yield from _halved(number, edges[:middle], (*path, Test(number, Op.LT, edge)))
    yield from _halved(number, edges[middle + 1 :], (*path, Test(number, Op.GE, edge)))


def united(said: Iterable[int]) -> int:
    """All bits of what was said."""
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

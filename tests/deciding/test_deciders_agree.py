"""Both deciders must give the answer of a reference evaluator, which is written here and is as plain as can be.

A tenth of the pairs is compared in every run of the suite. All of them: `python tests/deciding/test_deciders_agree.py`.
"""

from __future__ import annotations

import operator
import random
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collectrules.deciding import decide, durable
from collectrules.deciding.comparisons import measures_of
from collectrules.deciding.conditions import (
    ALWAYS,
    NEVER,
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
    opposite,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED: Final = 20_240_617
STACKS: Final = 60
RECORDS: Final = 100
FEWEST_PAIRS: Final = 100_000

MEASURES: Final = (
    *(Measure(f"count of calls {number}", "int") for number in range(4)),
    *(Measure(f"action.word {number}", "text") for number in range(4)),
    *(Measure(f"debtor.flag {number}", "bool") for number in range(4)),
    Measure("both", "int"),
    Measure("both", "text"),
    Measure('a "quoted"\\ {name}\n', "text"),
    Measure("costarring", "int"),  # these two names have the same 32-bit FNV-1a hash
    Measure("liquid", "int"),
)
WORDS: Final = ("", "7", "true", "phone", "größe", "it's", '"', "\\", "\ud800", "😀", "null", "\x00")
NUMBERS: Final = (-(2**53) + 1, -3, 0, 1, 2, 7, 21, 2**53 - 1)
FOREIGN: Final = (None, 1.5, 7.0, b"7", ["phone"], "7", 7, True, False, 1, 0, 2**53, -(2**80), 2**70, "x" * 70_000)

COMPARISONS: Final = {
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
}


def reference(condition: Condition, record: Record) -> Truth:
    match condition:
        case Compare(measure, op, constant):
            value = record.get(measure.name)
            if value is None or type(value) is not {"int": int, "text": str, "bool": bool}[measure.type]:
                return None
            return bool(COMPARISONS[op](value, constant))
        case AllOf(parts):
            truths = [reference(part, record) for part in parts]
            return False if False in truths else None if None in truths else True
        case AnyOf(parts):
            truths = [reference(part, record) for part in parts]
            return True if True in truths else None if None in truths else False
        case Not(part):
            truth = reference(part, record)
            return None if truth is None else not truth


def deciders(conditions: list[Condition]) -> Iterator[tuple[str, Matcher]]:
    yield "own", decide.match(conditions)
    if not durable.reason_unavailable():
        yield "durable", durable.match(conditions)


def supported(condition: Condition) -> bool:
    try:
        durable.check(condition)
    except Unsupported:
        return False
    return True


def value_of(measure: Measure, rng: random.Random) -> Value:
    if measure.type == "bool":
        return rng.random() < 0.5
    return rng.choice(NUMBERS) if measure.type == "int" else rng.choice(WORDS)


def random_leaf(rng: random.Random) -> Compare:
    measure = rng.choice(MEASURES)
    ops = tuple(Op) if measure.type == "int" else (Op.EQ, Op.NE)
    return Compare(measure, rng.choice(ops), value_of(measure, rng))


def random_tree(rng: random.Random, depth: int) -> Condition:
    roll = rng.random()
    if depth == 0 or roll < 0.25:
        return rng.choice((ALWAYS, NEVER)) if rng.random() < 0.04 else random_leaf(rng)
    if roll < 0.4:
        return Not(random_tree(rng, depth - 1))
    parts = tuple(random_tree(rng, depth - 1) for _ in range(rng.choice((0, 1, 2, 2, 3, 3, 4))))
    return AllOf(parts) if roll < 0.7 else AnyOf(parts)


def random_record(rng: random.Random) -> Record:
    """A record that is whole, or full of holes, or holds values of other types; a hole is a None or no entry."""
    holes = rng.choice((0.0, 0.1, 0.5))
    foreign = rng.choice((0.0, 0.0, 0.2))
    record: dict[str, Value | None] = {}
    for measure in MEASURES:
        roll = rng.random()
        if roll < holes:
            if rng.random() < 0.5:
                record[measure.name] = None
        elif roll < holes + foreign:
            record[measure.name] = rng.choice(FOREIGN)  # type: ignore[assignment]
        else:
            record[measure.name] = value_of(measure, rng)
    return record


def random_records(rng: random.Random, number: int) -> Iterator[Record]:
    """Records of which most are much like the one before: what a decider remembers of records must not show."""
    record = random_record(rng)
    for _ in range(number):
        yield record
        record = (
            random_record(rng)
            if rng.random() < 0.2
            else {**record, **dict(rng.sample([*random_record(rng).items()], 1))}
        )


def compared(stacks: int) -> tuple[int, int, dict[Truth, int], list[str]]:
    """Pairs of record and condition, those of them the wall would not take, each answer's number, and who differed."""
    rng = random.Random(SEED)
    pairs = refused = 0
    answers: dict[Truth, int] = {True: 0, False: 0, None: 0}
    differences: list[str] = []
    for _ in range(stacks):
        conditions = [random_tree(rng, rng.randrange(7)) for _ in range(rng.choice((1, 20, 60)))]
        taken = [supported(condition) for condition in conditions]
        matchers = {"own": (decide.match(conditions), [True] * len(conditions))}
        if not durable.reason_unavailable():
            fitting = [each for each, fits in zip(conditions, taken, strict=True) if fits]
            matchers["durable"] = (durable.match(fitting), taken)
        for record in random_records(rng, RECORDS):
            expected = [reference(condition, record) for condition in conditions]
            pairs += len(expected)
            refused += taken.count(False)
            for truth in expected:
                answers[truth] += 1
            for name, (matcher, asked) in matchers.items():
                answer = matcher(record)
                if answer != tuple(truth for truth, is_asked in zip(expected, asked, strict=True) if is_asked):
                    differences.append(name)
    return pairs, refused, answers, differences


def test_no_decider_differs_from_the_reference() -> None:
    pairs, refused, answers, differences = compared(STACKS // 10)
    assert differences == []
    assert pairs >= FEWEST_PAIRS // 10
    assert refused < pairs // 10, "the wall takes hardly a condition"
    assert min(answers.values()) > pairs // 10, "the pairs hardly reach one of the three answers"


values: Final[dict[str, st.SearchStrategy[Value]]] = {
    "bool": st.booleans(),
    "int": st.integers(-9, 9),
    "text": st.sampled_from(WORDS),
}


@st.composite
def measured(draw: st.DrawFn) -> Compare:
    measure = draw(st.sampled_from(MEASURES))
    ops = tuple(Op) if measure.type == "int" else (Op.EQ, Op.NE)
    return Compare(measure, draw(st.sampled_from(ops)), draw(values[measure.type]))


trees: Final[st.SearchStrategy[Condition]] = st.recursive(
    measured(),
    lambda part: st.one_of(
        st.builds(Not, part), *(st.builds(kind, st.lists(part, max_size=4).map(tuple)) for kind in (AllOf, AnyOf))
    ),
    max_leaves=24,
)


@st.composite
def recorded(draw: st.DrawFn) -> dict[str, Value | None]:
    record: dict[str, Value | None] = {}
    for measure in MEASURES:
        value = draw(st.none() | values[measure.type])
        if value is not None:
            record[measure.name] = value
    return record


@given(trees, recorded())
def test_denial_says_the_opposite(tree: Condition, record: Record) -> None:
    expected = reference(tree, record)
    assume(supported(tree))
    for name, matcher in deciders([tree, Not(tree), Not(Not(tree))]):
        assert matcher(record) == (expected, opposite(expected), expected), name


@given(st.lists(trees, max_size=4), recorded())
def test_de_morgan(parts: list[Condition], record: Record) -> None:
    none_of = Not(AnyOf(tuple(parts)))
    all_denied = AllOf(tuple(Not(part) for part in parts))
    some_denied = AnyOf(tuple(Not(part) for part in parts))
    assume(supported(none_of) and supported(some_denied))
    for name, matcher in deciders([none_of, all_denied, Not(AllOf(tuple(parts))), some_denied]):
        first, second, third, fourth = matcher(record)
        assert first is second, name
        assert third is fourth, name


@settings(max_examples=200)
@given(trees, recorded(), st.data())
def test_learning_a_measure_never_turns_an_answer(
    tree: Condition, record: dict[str, Value | None], data: st.DataObject
) -> None:
    learned = dict(record)
    for measure in measures_of([tree]):
        if measure.name not in record:
            learned[measure.name] = data.draw(st.none() | values[measure.type])
    assume(supported(tree))
    for name, matcher in deciders([tree]):
        before, after = matcher(record)[0], matcher(learned)[0]
        assert before is None or after is before, name


CHAIN: Final = Measure("depth", "int")


def deep(depth: int) -> Condition:
    tree: Condition = Compare(CHAIN, Op.GE, depth)
    for level in range(depth):
        leaf = Compare(CHAIN, Op.GE, level)
        tree = Not(AnyOf((Not(AllOf((leaf, tree))), Not(leaf))))
    return tree


@pytest.mark.parametrize(("value", "expected"), [(29, False), (30, True), (None, None)])
def test_deep_trees(value: int | None, expected: Truth) -> None:
    for name, matcher in deciders([deep(30)]):
        assert matcher({"depth": value}) == (expected,), name


@pytest.mark.parametrize("width", [2, 64, 65, 2000])
def test_one_of_many_constants_is_one_test(width: int) -> None:
    words = tuple(Compare(MEASURES[4], Op.EQ, f"word {number}") for number in range(width))
    numbers = tuple(Compare(MEASURES[0], Op.NE, number) for number in range(width))
    known: Record = {MEASURES[4].name: f"word {width - 1}", MEASURES[0].name: width - 1}
    wrong: Record = {MEASURES[4].name: "another", MEASURES[0].name: width}
    foreign: Record = {MEASURES[4].name: 7, MEASURES[0].name: True}
    for name, matcher in deciders([AnyOf(words), AllOf(numbers), Not(AllOf(numbers))]):
        assert matcher(known) == (True, False, True), name
        assert matcher(wrong) == (False, True, False), name
        assert matcher(foreign) == matcher({}) == (None, None, None), name


@pytest.mark.parametrize("width", [3, 4, 5, 32])
def test_wide_trees(width: int) -> None:
    numbers = tuple(Compare(Measure(f"number {number}", "int"), Op.GE, number) for number in range(width))
    known = {f"number {number}": number for number in range(width)}
    for at in range(width):
        for name, matcher in deciders([AllOf(numbers), Not(AllOf(numbers)), AnyOf(tuple(map(Not, numbers)))]):
            assert matcher(known) == (True, False, False), name
            assert matcher({**known, f"number {at}": at - 1}) == (False, True, True), name
            assert matcher({**known, f"number {at}": None}) == (None, None, None), name


def test_many_parts_that_cannot_be_false() -> None:
    """Written out without sparing what another alternative says already, this is true in 2 ** 40 ways."""
    flags = [Measure(f"flag {number}", "bool") for number in range(40)]
    rule = AllOf(tuple(AnyOf((Compare(flag, Op.EQ, constant=True), ALWAYS)) for flag in flags))
    for name, matcher in deciders([rule, Not(rule)]):
        assert matcher({flag.name: False for flag in flags}) == (True, False), name
        assert matcher({}) == (True, False), name


def test_parts_that_stand_at_several_places() -> None:
    shared = AnyOf((Compare(CHAIN, Op.GT, 3), Compare(MEASURES[0], Op.LT, 2)))
    tree = AllOf((shared, AnyOf((shared, Not(shared)))))
    for name, matcher in deciders([tree]):
        assert [matcher({"depth": value})[0] for value in (4, 3, None)] == [True, None, None], name


def test_no_conditions() -> None:
    for name, matcher in deciders([]):
        assert matcher({"anything": 1}) == (), name


def test_always_and_never_need_no_record() -> None:
    for name, matcher in deciders([ALWAYS, NEVER, Not(ALWAYS), Not(NEVER), AnyOf((ALWAYS,)), AllOf((NEVER,))]):
        assert matcher({}) == (True, False, False, True, True, False), name


if __name__ == "__main__":
    print("pairs, not taken by the wall, answers, differences:", *compared(STACKS))  # noqa: T201

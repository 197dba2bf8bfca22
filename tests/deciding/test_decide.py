"""The own decider: what it must not be fooled by, and what it reads. That it is right: `test_deciders_agree`."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from itertools import permutations
from types import MappingProxyType
from typing import Any, Final

import pytest

from collectrules.deciding import decide
from collectrules.deciding.comparisons import measures_of
from collectrules.deciding.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Measure,
    Not,
    Op,
    Record,
    Truth,
    Unsupported,
    Value,
)
from collectrules.deciding.decide import Decider, Truths, by_cost
from collectrules.expressions.syntax import SyntaxProblem, parse
from collectrules.measures.evaluation import Evaluator
from collectrules.measures.record import MeasureTable
from collectrules.plugins.loading import load_plugins

CALLS = Measure("calls", "int")
WORD = Measure("word", "text")
FLAG = Measure("flag", "bool")


def answers(condition: Condition, *records: Record) -> list[Truth]:
    matcher = decide.match([condition])
    return [matcher(record)[0] for record in records]


@pytest.mark.parametrize(
    "hostile",
    [
        *("'", '"', "\\", "\n", "\r", "\x00", "{x}", "%s", "'''", "# x", "v0", "get", "nan", "sure", "🙂", "\ud800"),
        *("'); raise SystemExit #", '\'"\\\n"""', "__import__('os')", "\u2028"),
    ],
)
def test_names_and_constants_are_never_code(hostile: str) -> None:
    condition = Compare(Measure(hostile, "text"), Op.EQ, hostile)
    assert answers(condition, {hostile: hostile}, {hostile: hostile + " "}, {}) == [True, False, None]
    either = AnyOf((condition, Compare(Measure(hostile, "text"), Op.EQ, hostile + "2")))
    assert answers(either, {hostile: hostile + "2"}, {hostile: ""}, {}) == [True, False, None]


@pytest.mark.parametrize("number", [0, -1, 2**63, -(2**64), 10**5000, -(10**5000)], ids=lambda number: hex(number)[:9])
def test_numbers_of_any_size(number: int) -> None:
    around: tuple[Record, ...] = tuple({"calls": value} for value in (number - 1, number, number + 1))
    assert answers(Compare(CALLS, Op.EQ, number), *around) == [False, True, False]
    assert answers(Compare(CALLS, Op.LE, number), *around) == [True, True, False]
    assert answers(Compare(CALLS, Op.GT, number), *around) == [False, False, True]


def test_values_count_only_if_their_type_is_exactly_the_measure_s() -> None:
    class Number(int):
        pass

    foreign: tuple[Record, ...] = tuple(
        {"calls": value}  # type: ignore[dict-item]
        for value in (True, 1.0, float("nan"), "1", b"1", Number(1), None, [1])
    )
    for op in Op:
        assert answers(Compare(CALLS, op, 1), *foreign, {}) == [None] * 9
        assert answers(Not(Compare(CALLS, op, 1)), *foreign, {}) == [None] * 9
    assert answers(Compare(WORD, Op.NE, "1"), {"word": 1}, {"word": "2"}) == [None, True]
    assert answers(Compare(FLAG, Op.EQ, constant=False), {"flag": 0}, {"flag": False}, {"flag": True}) == [
        None,
        True,
        False,
    ]


def test_none_of_several_words_needs_a_known_word() -> None:
    denied = AllOf(tuple(Compare(WORD, Op.NE, word) for word in "abc"))
    assert answers(denied, {"word": "d"}, {"word": "b"}, {"word": None}) == [True, False, None]
    numbers = AllOf(tuple(Compare(CALLS, Op.NE, number) for number in (1, 2, 3)))
    assert answers(numbers, {"calls": 4}, {"calls": 3}, {"calls": None}, {"calls": True}) == [True, False, None, None]


def test_answers_are_truths_and_nothing_else() -> None:
    flag = Compare(FLAG, Op.EQ, constant=True)
    conditions: list[Condition] = [flag, AllOf((flag, Compare(CALLS, Op.GE, 1)))]
    matcher = decide.match(conditions)
    for record in ({"flag": True, "calls": 2}, {"flag": False, "calls": 2}, {"flag": True}, {"calls": 0}, {}):
        for truth in matcher(record):
            assert truth is True or truth is False or truth is None


def test_one_name_with_two_types_is_two_measures() -> None:
    conditions = [Compare(Measure("x", "int"), Op.EQ, 1), Compare(Measure("x", "bool"), Op.EQ, constant=True)]
    matcher = decide.match(conditions)
    assert matcher({"x": 1}) == (True, None)
    assert matcher({"x": True}) == (None, True)


class Dear(dict[str, Any]):
    """A record that works values out late, and writes down which."""

    def __init__(self, **values: Any) -> None:
        super().__init__()
        self.values_of = values
        self.read: list[str] = []

    def __missing__(self, name: str) -> Any:
        self.read.append(name)
        value = self[name] = self.values_of.get(name)
        return value


COSTS: Final = {"cheap": 1, "dear": 10, "dearest": 100}
CHEAP, DEAR, DEAREST = (Compare(Measure(name, "int"), Op.GE, 1) for name in COSTS)


def reads(condition: Condition, **values: int | None) -> tuple[Truth, list[str]]:
    record = Dear(**values)
    return Decider([condition], by_cost(lambda measure: COSTS[measure.name])).truth(0, record), record.read


@pytest.mark.parametrize("parts", list(permutations((CHEAP, DEAR, DEAREST))))
def test_what_is_dear_is_read_only_where_the_cheap_leaves_it_open(parts: tuple[Condition, ...]) -> None:
    every = ["cheap", "dear", "dearest"]
    assert reads(AllOf(parts), cheap=0, dear=1, dearest=1) == (False, every[:1])
    assert reads(AllOf(parts), cheap=1, dear=0, dearest=1) == (False, every[:2])
    assert reads(AllOf(parts), cheap=None, dear=0, dearest=1) == (False, every[:2]), "unknown leaves it open"
    assert reads(AllOf(parts), cheap=None, dear=1, dearest=1) == (None, every)
    assert reads(AnyOf(parts), cheap=1, dear=0, dearest=0) == (True, every[:1])
    assert reads(AnyOf(parts), cheap=None, dear=1, dearest=0) == (True, every[:2])
    assert reads(Not(AnyOf(parts)), cheap=0, dear=1, dearest=0) == (False, every[:2])


def test_a_part_costs_as_much_as_the_dearest_in_it() -> None:
    inner = AnyOf((DEAREST, CHEAP))
    assert reads(AllOf((inner, DEAR)), cheap=1, dear=0, dearest=1) == (False, ["dear"])
    assert reads(AllOf((Not(inner), DEAR)), cheap=1, dear=1, dearest=1) == (False, ["dear", "cheap"])


def test_many_parts_stop_at_the_first_that_settles_them() -> None:
    parts = tuple(Compare(Measure(f"part {number:02}", "int"), Op.GE, 1) for number in range(20))
    record = Dear(**{f"part {number:02}": int(number != 12) for number in range(20)})
    decider = Decider([AllOf(parts)], by_cost(lambda measure: int(measure.name[-2:])))
    assert decider.truth(0, record) is False
    assert record.read == [f"part {number:02}" for number in range(13)]


def test_truths_are_worked_out_when_asked_for_and_once() -> None:
    record = Dear(cheap=1, dear=0)
    truths = Truths(Decider([CHEAP, DEAR]), record)
    assert record.read == []
    assert truths[1] is False
    assert record.read == ["dear"]
    record["dear"] = 1
    assert truths[1] is False
    assert Decider([CHEAP, DEAR]).each((1, 0, 1), record) == [True, True, True]


def test_a_condition_is_compiled_when_it_is_asked() -> None:
    too_deep: Condition = CHEAP
    for _ in range(decide._DEEPEST):  # noqa: SLF001
        too_deep = AllOf((too_deep, DEAR))
    decider = Decider([CHEAP, too_deep])
    assert decider.truth(0, {"cheap": 1}) is True
    with pytest.raises(Unsupported, match="more than 600 calls within calls"):
        decider.truth(1, {"cheap": 1, "dear": 1})


def chain(depth: int) -> Condition:
    tree: Condition = Compare(CALLS, Op.GE, depth)
    for level in range(depth):
        tree = AnyOf((Compare(CALLS, Op.LT, level), Not(AllOf((Compare(CALLS, Op.GE, level), Not(tree))))))
    return tree


def test_depth() -> None:
    """The deepest that is taken is decided within Python's stack, and what is deeper, of any size, is refused."""
    records: tuple[Record, ...] = ({"calls": 90}, {"calls": 89}, {"calls": 0}, {})
    assert answers(chain(90), *records) == [True, False, True, None]
    ladder: Condition = Compare(CALLS, Op.GE, 0)
    for level in range(80):
        others = tuple(Compare(WORD, Op.EQ, f"{level} {part}") for part in range(3))
        ladder = AllOf((Compare(CALLS, Op.GE, level), Compare(CALLS, Op.NE, -level), AnyOf((*others, ladder))))
    assert answers(ladder, {"calls": 80, "word": ""}, {"calls": -1, "word": ""}) == [True, False]
    with pytest.raises(Unsupported, match="calls within calls"):
        answers(chain(5_000), {"calls": 1})
    denied: Condition = Compare(CALLS, Op.GE, 1)
    for _ in range(5_000):
        denied = Not(denied)
    with pytest.raises(Unsupported, match="calls within calls"):
        answers(denied, {"calls": 1})
    assert measures_of([chain(5_000)]) == (CALLS,)


def test_a_subtree_used_twice_at_every_level_is_refused() -> None:
    """As a tree this has 2 ** 60 leaves: to decide it as closures would take for ever."""
    tree: Condition = Compare(CALLS, Op.GT, 3)
    for _ in range(30):
        tree = AllOf((tree, AnyOf((tree, tree))))
    with pytest.raises(Unsupported, match="1000000 parts"):
        answers(tree, {})


def test_what_the_parser_takes_is_never_too_deep() -> None:
    """Sixty parentheses, in each of them as many levels and parts side by side as one can hold."""
    text = "debtor.minor"
    for _ in range(58):
        text = (
            "(debtor.minor and debtor.deceased) or debtor.minor or debtor.deceased or debtor.minor"
            f" or debtor.minor and debtor.deceased and debtor.minor and action.kind == contact and not ({text})"
        )
    evaluator = Evaluator(load_plugins().language.checker({}, {}))
    condition = MeasureTable().condition(parse(text), evaluator, "")
    assert answers(condition, {"debtor.minor": False, "debtor.deceased": False}, {}) == [False, None]
    with pytest.raises(SyntaxProblem, match="nested more than 60 deep"):
        parse("(" * 60 + "debtor.minor" + ")" * 60)


def test_many_conditions() -> None:
    conditions = [
        AllOf((Compare(Measure(f"m{number}", "int"), Op.GE, number), Compare(CALLS, Op.EQ, number)))
        for number in range(7000)
    ]
    matcher = decide.match([*conditions, ALWAYS])
    answer = matcher({"m6999": 6999, "calls": 6999})
    assert answer[6999:] == (True, True)
    assert set(answer[:6999]) == {False}


def test_a_record_is_any_mapping_and_is_not_changed() -> None:
    class Growing(dict[str, Value | None]):
        def __missing__(self, key: str) -> Value:
            raise AssertionError(f"{key} is asked for as if it had to be there")

    class Slow(Mapping[str, "Value | None"]):
        def __getitem__(self, key: str) -> Value:
            return {"calls": 7}[key]

        def __iter__(self) -> Iterator[str]:
            return iter(["calls"])

        def __len__(self) -> int:
            return 1

    condition = AllOf((Compare(CALLS, Op.GE, 7), Compare(WORD, Op.EQ, "x")))
    assert answers(condition, Growing(), Slow(), MappingProxyType({"calls": 6})) == [None, None, False]


def test_threads_may_share_a_new_matcher() -> None:
    conditions = [Compare(CALLS, Op.EQ, number) for number in range(50)]
    matcher = decide.match(conditions)
    wrong: list[int] = []

    def judge(value: int) -> None:
        expected = tuple(number == value for number in range(50))
        wrong.extend(value for _ in range(50) if matcher({"calls": value}) != expected)

    threads = [threading.Thread(target=judge, args=(value,)) for value in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []

"""One generated function: what it must not be fooled by. That its answers are right is held by test_backends_agree."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pytest

from collectrules.deciding import compiled
from collectrules.deciding.conditions import AllOf, AnyOf, Compare, Condition, Measure, Not, Op, Record, Truth, Value

CALLS = Measure("calls", "int")
WORD = Measure("word", "text")
FLAG = Measure("flag", "bool")


def answers(condition: Condition, *records: Record) -> list[Truth]:
    matcher = compiled.match([condition])
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


def test_a_text_that_is_a_class_of_its_own_is_refused() -> None:
    class Code(str):
        __slots__ = ()

        def __repr__(self) -> str:
            return "__import__('os').abort()"

    with pytest.raises(TypeError, match="names Code; only str, int and bool"):
        compiled.match([Compare(Measure(Code("calls"), "int"), Op.EQ, 1)])


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
    matcher = compiled.match(conditions)
    for record in ({"flag": True, "calls": 2}, {"flag": False, "calls": 2}, {"flag": True}, {"calls": 0}, {}):
        for truth in matcher(record):
            assert truth is True or truth is False or truth is None


def test_one_name_with_two_types_is_two_measures() -> None:
    conditions = [Compare(Measure("x", "int"), Op.EQ, 1), Compare(Measure("x", "bool"), Op.EQ, constant=True)]
    matcher = compiled.match(conditions)
    assert matcher({"x": 1}) == (True, None)
    assert matcher({"x": True}) == (None, True)


def chain(depth: int) -> Condition:
    tree: Condition = Compare(CALLS, Op.GE, depth)
    for level in range(depth):
        tree = AnyOf((Compare(CALLS, Op.LT, level), Not(AllOf((Compare(CALLS, Op.GE, level), Not(tree))))))
    return tree


@pytest.mark.parametrize("depth", [19, 20, 21, 250, 5000])
def test_depth(depth: int) -> None:
    """From some depth on, Python's own compiler would give up."""
    records: tuple[Record, ...] = ({"calls": depth}, {"calls": depth - 1}, {"calls": 0}, {})
    assert answers(chain(depth), *records) == [True, False, True, None]
    ladder: Condition = Compare(CALLS, Op.GE, 0)
    for level in range(depth):
        ladder = AllOf((Compare(CALLS, Op.GE, level), AnyOf((Compare(WORD, Op.EQ, str(level)), ladder))))
    assert answers(ladder, {"calls": depth, "word": ""}, {"calls": -1, "word": ""}, {"calls": depth}) == [
        *(True, False, True)
    ]


def test_so_many_conditions_that_they_become_several_functions() -> None:
    conditions = [
        AllOf((Compare(Measure(f"m{number}", "int"), Op.GE, number), Compare(CALLS, Op.EQ, number)))
        for number in range(7000)
    ]
    matcher = compiled.match(conditions)
    answer = matcher({"m6999": 6999, "calls": 6999})
    assert answer[6999] is True
    assert set(answer[:6999]) == {False}
    assert len(answer) == 7000


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
    matcher = compiled.match(conditions)
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

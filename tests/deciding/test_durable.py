"""The wall around durable-rules: for each guard, what the bare engine does without it, and that it never gets through.

The bare engine is asked in a process of its own: outside its box it loops, crashes and remembers.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.deciding.conftest import needs_engine

from collectrules.deciding import decide, durable
from collectrules.deciding.comparisons import measures_of
from collectrules.deciding.conditions import (
    ALWAYS,
    NEVER,
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
)
from collectrules.deciding.durable import EngineFault, Matching

if TYPE_CHECKING:
    from collections.abc import Callable


CALLS: Final = Measure("calls", "int")
WORD: Final = Measure("word", "text")
FLAG: Final = Measure("flag", "bool")


def answers(condition: Condition, *records: Record) -> list[Truth]:
    matching = Matching(condition)
    return [matching(record) for record in records]


def alternatives(*ways: int) -> Condition:
    """True in as many ways as the product of these, of which all can hold at once: so many calls below 100."""
    parts = (AnyOf(tuple(Compare(CALLS, Op.LT, 100 - 9 * at - way) for way in range(n))) for at, n in enumerate(ways))
    return AllOf((Compare(FLAG, Op.EQ, constant=True), *parts))


@needs_engine
def test_more_than_64_pending_tests(bare: Callable[[str], Any]) -> None:
    assert bare("""
handle = rules(*[[{"$lt": {"f": 100 + number}}] for number in range(65)])
print(text([error(fire, handle, f=1), fire(rules(*[[{"$lt": {"f": 100 + n}}] for n in range(64)]), f=1)]))
""") == ["303", [*range(64)]], "at 65 the engine fires nothing at all, at 64 everything"

    for ways in ((8, 4), (2, 4, 4), (2, 2, 2, 2, 2), (31,)):
        condition = alternatives(*ways)
        everything, last = {"calls": 1, "flag": True}, {"calls": 99 - 9 * (len(ways) - 1), "flag": True}
        assert answers(condition, everything, last) == [True, True]
        assert answers(condition, {**last, "calls": last["calls"] + 1}, {**everything, "flag": None}) == [False, None]


def flags(number: int, start: int = 0) -> tuple[Condition, ...]:
    measures = (Measure(f"flag {start + each}", "bool") for each in range(number))
    return tuple(Compare(measure, Op.EQ, constant=True) for measure in measures)


def pairs(number: int) -> tuple[Condition, ...]:
    return tuple(AnyOf((one, other)) for one, other in zip(flags(number), flags(number, 100), strict=True))


FITS: Final = (AllOf(flags(32)), AllOf(pairs(5)), alternatives(4, 8), AnyOf((AllOf(flags(31)), *flags(31, 100))))
TOO_LARGE: Final = (
    AllOf(flags(33)),
    AllOf(pairs(6)),
    AllOf(pairs(40)),
    alternatives(5, 7),
    AnyOf((AllOf(pairs(5)), *flags(1, 200))),
)


@pytest.mark.parametrize("condition", FITS)
def test_what_fits_is_decided_rightly(condition: Condition) -> None:
    durable.check(condition)
    durable.check(Not(condition))
    if durable.reason_unavailable():
        return
    names = [measure.name for measure in measures_of([condition])]
    for values in ([True] * 64, [False] * 64, [True, False] * 32, [True, None] * 32, [False, None] * 32):
        record: Record = {**dict(zip(names, values, strict=False)), "calls": 60 if values[0] else None}
        assert answers(condition, record) == list(decide.match([condition])(record))


@pytest.mark.parametrize("condition", TOO_LARGE)
def test_a_condition_with_too_many_alternatives_is_refused(condition: Condition) -> None:
    """Whether or not there is an engine; and it is written out only so far."""
    for refused in (condition, Not(condition)):
        with pytest.raises(Unsupported, match="true, or false, in more than 32 ways"):
            durable.check(refused)


@needs_engine
def test_an_alternative_that_says_more_than_another_is_spared(recorder: Any) -> None:
    flag = Compare(FLAG, Op.EQ, constant=True)
    assert answers(AnyOf((AllOf((flag, Compare(CALLS, Op.GE, 7))), flag)), {"flag": True}, {"flag": False}) == [
        True,
        False,
    ]
    assert [len(json.loads(rules)) for rules in recorder.rules] == [2]


@needs_engine
def test_no_ruleset_has_more_rules_or_fields_than_the_engine_takes(recorder: Any, bare: Callable[[str], Any]) -> None:
    assert (
        bare("""
print(text(error(fire, rules([{"f0": 1}]), **{f"f{number}": 1 for number in range(260)})))
""")
        == "302"
    ), "a fact of more than 255 fields is refused"

    measures = [Measure(f"number {number}", "int") for number in range(201)]
    groups = [AllOf(tuple(Compare(each, Op.EQ, 1) for each in measures[at : at + 20])) for at in range(0, 200, 20)]
    never = AllOf((AnyOf(tuple(AllOf((Compare(each, Op.EQ, 1), NEVER)) for each in measures[:200])), groups[0]))
    durable.check(never)
    with pytest.raises(Unsupported, match="more than 200 measures"):
        durable.check(AllOf((never, Compare(measures[200], Op.EQ, 1))))
    ones: Record = {measure.name: 1 for measure in measures}
    assert answers(groups[0], ones, {}, {**ones, "number 19": 2}) == [True, None, False]
    assert answers(never, ones, {}) == [False, False]
    assert answers(FITS[-1], {}, {"flag 130": True}) == [None, True]
    assert max(len(json.loads(rules)) for rules in recorder.rules) == 63
    assert max(len(json.loads(fact)) for fact in recorder.facts) == 201
    for rules in recorder.rules:
        assert len(json.loads(rules)) <= 64
    for fact in recorder.facts:
        assert len(json.loads(fact)) <= 255


@needs_engine
def test_nothing_but_plain_rules_and_flat_facts_reaches_the_engine(recorder: Any, bare: Callable[[str], Any]) -> None:
    assert bare("""
handle = rules([{"f": 1, "g": 2}])
print(text([fire(rules([], first=()), f=1), fire(handle, f=1, g=99), error(rules, *[[{"$or": [{"f": 1}]}] * 20])]))
""") == [[0, 0], [0], "113"], "no test fires always, twice; a second test in one object is dropped; `$or` is limited"

    def tests_in(rules: str) -> list[dict[str, Any]]:
        return [test for rule in json.loads(rules).values() for test in rule["all"][0]["m"]["$and"]]

    conditions: list[Condition] = [
        *(ALWAYS, NEVER, AllOf((AnyOf(()),)), AnyOf((AllOf(()), Compare(FLAG, Op.EQ, constant=True)))),
        *(Compare(CALLS, op, 3) for op in Op),
        *(Compare(WORD, op, 'a "word"\\') for op in (Op.EQ, Op.NE)),
        AnyOf(tuple(AllOf((Compare(CALLS, Op.GT, at), Compare(WORD, Op.NE, str(at)))) for at in range(5))),
    ]
    conditions.append(AnyOf(tuple(Compare(WORD, Op.EQ, word) for word in ("a", "b"))))
    matcher = durable.match(conditions)
    matcher({"calls": 4, "word": "x" * 100_000, "flag": True, "other": 1})
    matcher({"calls": 1.5, "word": None, "flag": 1})  # type: ignore[dict-item]
    for rules in recorder.rules:
        for rule in json.loads(rules).values():
            assert rule["all"][0]["m"]["$and"][0] == {"id": "1"}
        for test in tests_in(rules):
            assert len(test) == 1
            ((key, value),) = test.items()
            assert key in {"id", "$neq", "$lt", "$lte", "$gt", "$gte"} or key.startswith("f")
            assert not isinstance(value, dict) or len(value) == 1
    for fact in recorder.facts:
        assert {type(value) for value in json.loads(fact).values()} <= {str, int, bool}
    assert '"f0":1.5' not in recorder.facts[-1]
    assert recorder.called == {
        *("create_ruleset", "assert_fact", "start_action_for_state", "complete_and_start_action", "retract_fact")
    }


@needs_engine
def test_values_of_another_type_are_unknown(bare: Callable[[str], Any]) -> None:
    assert bare("""
handle = rules([{"f": 7}], [{"f": "7"}], [{"g": True}])
print(text([fire(handle, f="7"), fire(handle, f=7), fire(handle, g=1)]))
""") == [[0, 1], [0, 1], [2]], "to the engine 7 is `7` in text and 1 is true"

    assert answers(Compare(CALLS, Op.EQ, 7), {"calls": 7}, {"calls": "7"}, {"calls": True}) == [True, None, None]
    assert answers(Compare(WORD, Op.EQ, "7"), {"word": "7"}, {"word": 7}) == [True, None]
    assert answers(Compare(WORD, Op.EQ, "true"), {"word": "true"}, {"word": True}) == [True, None]
    assert answers(Compare(FLAG, Op.EQ, constant=True), {"flag": True}, {"flag": 1}, {"flag": "true"}) == [
        True,
        None,
        None,
    ]


@needs_engine
def test_unknown_is_not_false(bare: Callable[[str], Any]) -> None:
    assert bare("""
handle = rules([{"$neq": {"f": 7}}], [{"$lt": {"f": 7}}], [{"$gte": {"f": 7}}])
print(text([fire(handle, g=1), fire(handle, f=None)]))
""") == [[], []], "on a missing field every comparison fails, `$neq` too"

    for op in Op:
        assert answers(Compare(CALLS, op, 7), {}, {"calls": None}) == [None, None]
        assert None not in answers(Compare(CALLS, op, 7), {"calls": 6}, {"calls": 7}, {"calls": 8})


ENGINE_NAMES: Final = (
    *("id", "sid", "m", "all", "any", "pri", "count", "cap", "dist", "name", "$m", "$i", "$s", "$l", "$r", "$forward"),
    *("$lt", "$lte", "$gt", "$gte", "$eq", "$neq", "$mt", "$imt", "$iall", "$iany", "$ex", "$nex", "$or", "$and"),
    *("$add", "$sub", "$mul", "$div", "$time", "$baseTime", "$timerName", "$pulse"),
)
"""Names that mean something to the engine, in a rule or in a fact."""


def fnv1a(name: str) -> int:
    """The hash by which the engine tells names apart."""
    value = 2166136261
    for byte in name.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


@needs_engine
def test_names_with_the_same_hash(bare: Callable[[str], Any]) -> None:
    assert bare('print(text(fire(rules([{"liquid": 7}]), costarring=7)))') == [0], "another field's value is taken"

    assert fnv1a("costarring") == fnv1a("liquid")
    assert len({fnv1a(name) for name in (*durable.FIELDS, *ENGINE_NAMES)}) == len(durable.FIELDS) + len(ENGINE_NAMES)
    liquid = Compare(Measure("liquid", "int"), Op.EQ, 7)
    assert answers(liquid, {"costarring": 7}, {"liquid": 7}, {"liquid": 8, "costarring": 7}) == [None, True, False]


@needs_engine
@pytest.mark.parametrize("name", ["id", "sid", "$s", "m", "$lt", "$and", "all", "17", "", "a.b", 'a"b'])
def test_measures_named_like_something_of_the_engine(name: str, bare: Callable[[str], Any]) -> None:
    assert bare('print(text(fire(rules([{"id": "other"}]), **{"id": "other"})))') == [], "`id` is the engine's own"

    condition = Compare(Measure(name, "int"), Op.EQ, 1)
    assert answers(condition, {name: 1}, {name: 2}, {}) == [True, False, None]


@needs_engine
def test_long_texts(bare: Callable[[str], Any]) -> None:
    assert bare('print(text(fire(rules([{"f": "x"}]), f="x" + "y" * 65536)))') == [0], "the length wraps at 16 bits"

    condition = Compare(WORD, Op.EQ, "x")
    assert answers(condition, {"word": "x" + "y" * 65536}, {"word": "x" * 5000}, {"word": "x"}) == [False, False, True]
    long = Compare(WORD, Op.EQ, "x" * 70_000)
    assert answers(long, {"word": "x" * 70_000}, {"word": "x" * 69_999}, {"word": "x" * 4464}) == [True, False, False]


@needs_engine
def test_numbers_out_of_range(recorder: Any, bare: Callable[[str], Any]) -> None:
    assert bare('print(text(fire(rules([{"$gte": {"f": 2**63 - 1}}], [{"f": 2**63 + 5}]), f=2**70)))') == [0, 1], (
        "numbers saturate, and then are equal"
    )

    most = durable.LARGEST - 1
    records: tuple[Record, ...] = tuple({"calls": value} for value in (most - 1, most, most + 1, 2**63, 2**200))
    assert answers(Compare(CALLS, Op.EQ, most), *records) == [False, True, False, False, False]
    assert answers(Compare(CALLS, Op.GT, most), *records) == [False, False, True, True, True]
    assert answers(Compare(CALLS, Op.LT, -most), {"calls": -most}, {"calls": -(2**99)}) == [False, True]
    sent = [json.loads(fact)["f0"] for fact in recorder.facts]
    assert max(sent) == 2**53
    assert min(sent) == -(2**53)
    for constant in (durable.LARGEST, -durable.LARGEST):
        with pytest.raises(Unsupported, match=r"a comparison of `calls` with a number beyond 2\*\*53"):
            durable.check(Compare(CALLS, Op.EQ, constant))


@needs_engine
def test_threads_wait_for_each_other(
    recorder: Any, monkeypatch: pytest.MonkeyPatch, bare: Callable[[str], Any]
) -> None:
    assert (
        bare("""
handle = rules([{"f": 1}], [{"f": 2}])
engine.assert_fact(handle, '{"id":"1","f":1}')  # one thread
code, state = engine.assert_fact(handle, '{"id":"1","f":2}')  # another thread, before the first has read its answer
print(text(next(iter(json.loads(engine.start_action_for_state(handle, state)[1])))))
""")
        == "0"
    ), "the second thread is told what fired for the first"

    monkeypatch.setattr(durable, "MOST_REMEMBERED", 1)  # so that nearly every record is asked
    matching = Matching(AllOf((alternatives(2, 4, 4), Compare(WORD, Op.NE, "x"))))
    wrong: list[tuple[int, Truth]] = []

    def judge(value: int) -> None:
        for each in range(200):
            word = "x" if each % 2 else "y"
            answer = matching({"calls": value, "word": word, "flag": True})
            if answer is not (word == "y"):
                wrong.append((value, answer))

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=judge, args=(value,)) for value in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert wrong == []
    assert len(recorder.facts) > 800, "the engine was hardly asked"
    assert len(recorder.rules) == 1, "no thread found the handles taken"


def forked(task: Any) -> int:
    """The exit code of a forked child that does a task; killed after ten seconds."""
    child = multiprocessing.get_context("fork").Process(target=task)
    child.start()
    child.join(10)
    if child.exitcode is None:
        child.kill()
        return -9
    return child.exitcode


@needs_engine
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # forking beside threads is what is tested
def test_a_child_forked_while_another_thread_was_within_a_record(recording: Callable[..., Any]) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def wait(name: str) -> None:
        if name == "complete_and_start_action" and threading.current_thread() is not threading.main_thread():
            inside.set()
            go_on.wait(20)

    engine = recording(before=wait)
    matcher = Matching(Compare(CALLS, Op.GE, 7))

    def task(handles: int = 2) -> None:
        right = matcher({"calls": 7}) is True and matcher({"calls": 6}) is False
        os._exit(0 if right and len(engine.rules) == handles else 1)

    assert forked(lambda: task(1)) == 0, "no thread is within a record: the child goes on with the handle it inherits"
    other = threading.Thread(target=matcher, args=({"calls": 7},))
    other.start()
    assert inside.wait(10)
    try:
        assert forked(task) == 0, "a child would wait for ever for a lock held by a thread it does not have"
    finally:
        go_on.set()
        other.join()
    assert matcher({"calls": 6}) is False


@needs_engine
def test_an_answer_is_remembered_by_how_the_comparisons_turned_out(recorder: Any) -> None:
    condition = AllOf((Compare(CALLS, Op.GT, 7), Compare(CALLS, Op.NE, 9), Compare(WORD, Op.EQ, "x")))
    matching = Matching(condition)
    for calls, expected in ((8, True), (10, True), (2**70, True), (9, False), (7, False), (-3, False), (None, None)):
        for word in ("x", "x"):
            assert matching({"calls": calls, "word": word}) is expected
    assert [json.loads(fact).get("f0") for fact in recorder.facts] == [8, 10, 9, 7, -3, None]
    asked = len(recorder.facts)
    assert matching({"calls": 11, "word": "y" * 9}) is False
    assert matching({"calls": 12, "word": "z"}) is False
    assert matching({"calls": True, "word": None}) is None
    assert len(recorder.facts) == asked + 2, "11 and 12 are as 10 was, and so are both texts"


@needs_engine
def test_conditions_that_differ_in_what_they_measure_alone_are_one_ruleset(recorder: Any) -> None:
    def flagged(name: str, word: str) -> Condition:
        named = Compare(Measure(f"{name} word", "text"), Op.EQ, word)
        return AllOf((Compare(Measure(name, "bool"), Op.EQ, constant=True), named))

    held: durable.Held = {}
    first, second = Matching(flagged("a", "x"), held), Matching(flagged("b", "y"), held)
    asked: tuple[tuple[Record, tuple[Truth, Truth]], ...] = (
        ({"a": True, "a word": "x", "b": False, "b word": "y"}, (True, False)),
        ({"a": True, "a word": "y", "b": True, "b word": "y"}, (False, True)),
        ({"a": None, "a word": "x", "b": True, "b word": None}, (None, None)),
        ({"a": True, "a word": "x", "b": True, "b word": "y"}, (True, True)),
    )
    for record, expected in asked:
        assert (first(record), second(record)) == expected
    assert len(recorder.rules) == len(held) == 1
    limits = [Matching(Compare(CALLS, Op.GE, limit), held) for limit in (7, 8)]
    assert [each({"calls": 7}) for each in limits] == [True, False]
    assert len(held) == 3, "another number is another ruleset"


@needs_engine
def test_rules_of_one_text_that_say_otherwise_are_not_shared() -> None:
    held: durable.Held = {}
    always, never = Matching(ALWAYS, held), Matching(NEVER, held)
    (text, _), (other, _) = held
    assert text == other
    assert (always({}), never({}), always({})) == (True, False, True)


@needs_engine
def test_not_everything_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "MOST_REMEMBERED", 3)
    matching = Matching(AllOf((Compare(CALLS, Op.GE, 2), Compare(CALLS, Op.NE, 5), Compare(CALLS, Op.LT, 8))))
    for value in (*range(12), *range(12)):
        assert matching({"calls": value}) is (2 <= value < 8 and value != 5)
        assert len(matching._remembered) <= 3  # noqa: SLF001


@needs_engine
def test_one_of_several_constants_is_a_field_of_its_own(recorder: Any) -> None:
    among = AnyOf(tuple(Compare(CALLS, Op.EQ, number) for number in (1, 2**60, -(2**80))))
    none_of = AllOf(tuple(Compare(WORD, Op.NE, word) for word in ("a", "b")))
    records: tuple[Record, ...] = ({"calls": 2**60, "word": "c"}, {"calls": 3, "word": "c"}, {"calls": 1, "word": "a"})
    assert answers(AllOf((among, none_of)), *records, {"calls": 1}, {"calls": True}) == [True, False, False, None, None]
    assert [len(json.loads(rules)) for rules in recorder.rules] == [3]
    for fact in recorder.facts:
        assert {type(value) for name, value in json.loads(fact).items() if name != "id"} <= {bool}


def test_the_engine_is_imported_only_when_asked_for() -> None:
    script = "import sys; from collectrules.deciding import durable; print('durable_rules_engine' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "False"


def test_without_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Python 3.13 and later, where the extension builds and does not import."""
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    durable._engine.cache_clear()  # noqa: SLF001
    try:
        assert durable.reason_unavailable().startswith("durable-rules cannot be imported: ")
        with pytest.raises(EngineFault, match="durable-rules cannot be imported"):
            Matching(ALWAYS)
    finally:
        durable._engine.cache_clear()  # noqa: SLF001


def test_the_engine_is_there_on_every_python_it_is_for() -> None:
    """So that the tests above are not skipped unseen."""
    assert bool(durable.reason_unavailable()) == (sys.version_info >= (3, 13))

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
from typing import Any, Final

import pytest

from collectrules.deciding import decide, durable
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
    measures_of,
)
from collectrules.deciding.durable import EngineFault, Matching
from collectrules.ground.errors import CollectrulesError

needs_engine = pytest.mark.skipif(bool(durable.reason_unavailable()), reason=durable.reason_unavailable())

BARE_ENGINE: Final = """
import json, durable_rules_engine as engine
def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
def rules(*rules, first=({"id": "1"},)):
    named = {str(number): {"all": [{"m": {"$and": [*first, *tests]}}]} for number, tests in enumerate(rules)}
    return engine.create_ruleset("r", text(named))
def fire(handle, **fact):
    code, state = engine.assert_fact(handle, text({"id": "1", **fact}))
    if code:
        return []
    action = engine.start_action_for_state(handle, state)
    if action is None:
        return "locked"
    message, fired = action[1], []
    while message is not None:
        fired.append(int(next(iter(json.loads(message)))))
        message = engine.complete_and_start_action(handle, state)
    engine.retract_fact(handle, '{"id":"1"}')
    return fired
def error(function, *arguments, **fact):
    try:
        return function(*arguments, **fact)
    except Exception as raised:
        return str(raised)[-3:]
"""


def bare(script: str) -> Any:
    """What the bare engine does, as the JSON that the script prints last."""
    done = subprocess.run(
        [sys.executable, "-c", f"{BARE_ENGINE}\n{script}"], capture_output=True, text=True, timeout=60, check=True
    )
    return json.loads(done.stdout)


class Recorder:
    """The engine, with everything it is told written down."""

    def __init__(self) -> None:
        self.rules: list[str] = []
        self.facts: list[str] = []
        self.called: set[str] = set()
        self.real = durable._engine()  # noqa: SLF001 -- what passes between them is the matter here

    def __getattr__(self, name: str) -> Any:
        real = getattr(self.real, name)

        def call(*arguments: Any) -> Any:
            self.called.add(name)
            if name == "create_ruleset":
                self.rules.append(arguments[1])
            if name == "assert_fact":
                self.facts.append(arguments[1])
            return real(*arguments)

        return call


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder()
    monkeypatch.setattr(durable, "_engine", lambda: recorder)
    return recorder


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
def test_more_than_64_pending_tests() -> None:
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
def test_an_alternative_that_says_more_than_another_is_spared(recorder: Recorder) -> None:
    flag = Compare(FLAG, Op.EQ, constant=True)
    assert answers(AnyOf((AllOf((flag, Compare(CALLS, Op.GE, 7))), flag)), {"flag": True}, {"flag": False}) == [
        True,
        False,
    ]
    assert [len(json.loads(rules)) for rules in recorder.rules] == [2]


@needs_engine
def test_no_ruleset_has_more_rules_or_fields_than_the_engine_takes(recorder: Recorder) -> None:
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
def test_nothing_but_plain_rules_and_flat_facts_reaches_the_engine(recorder: Recorder) -> None:
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
def test_values_of_another_type_are_unknown() -> None:
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
def test_unknown_is_not_false() -> None:
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
def test_names_with_the_same_hash() -> None:
    assert bare('print(text(fire(rules([{"liquid": 7}]), costarring=7)))') == [0], "another field's value is taken"

    assert fnv1a("costarring") == fnv1a("liquid")
    assert len({fnv1a(name) for name in (*durable.FIELDS, *ENGINE_NAMES)}) == len(durable.FIELDS) + len(ENGINE_NAMES)
    liquid = Compare(Measure("liquid", "int"), Op.EQ, 7)
    assert answers(liquid, {"costarring": 7}, {"liquid": 7}, {"liquid": 8, "costarring": 7}) == [None, True, False]


@needs_engine
@pytest.mark.parametrize("name", ["id", "sid", "$s", "m", "$lt", "$and", "all", "17", "", "a.b", 'a"b'])
def test_measures_named_like_something_of_the_engine(name: str) -> None:
    assert bare('print(text(fire(rules([{"id": "other"}]), **{"id": "other"})))') == [], "`id` is the engine's own"

    condition = Compare(Measure(name, "int"), Op.EQ, 1)
    assert answers(condition, {name: 1}, {name: 2}, {}) == [True, False, None]


@needs_engine
def test_long_texts() -> None:
    assert bare('print(text(fire(rules([{"f": "x"}]), f="x" + "y" * 65536)))') == [0], "the length wraps at 16 bits"

    condition = Compare(WORD, Op.EQ, "x")
    assert answers(condition, {"word": "x" + "y" * 65536}, {"word": "x" * 5000}, {"word": "x"}) == [False, False, True]
    long = Compare(WORD, Op.EQ, "x" * 70_000)
    assert answers(long, {"word": "x" * 70_000}, {"word": "x" * 69_999}, {"word": "x" * 4464}) == [True, False, False]


@needs_engine
def test_numbers_out_of_range(recorder: Recorder) -> None:
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


class Failing(Recorder):
    """The engine, which raises once where it is told to, having done its work."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where
        self.armed = False

    def __getattr__(self, name: str) -> Any:
        call = super().__getattr__(name)

        def fail(*arguments: Any) -> Any:
            result = call(*arguments)
            if self.armed and name == self.where:
                self.armed = False
                raise MemoryError("out of memory")
            return result

        return fail


@needs_engine
@pytest.mark.parametrize(
    "where", ["assert_fact", "start_action_for_state", "complete_and_start_action", "retract_fact"]
)
def test_handles_are_thrown_away_after_an_exception(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (
        bare("""
handle = rules([{"f": 1}])
code, state = engine.assert_fact(handle, '{"id":"1","f":1}')
engine.start_action_for_state(handle, state)  # here an exception is raised, and caught by somebody
print(text(fire(handle, f=1)))
""")
        == []
    ), "the same handle then reads as: no rule matched"

    failing = Failing(where)
    monkeypatch.setattr(durable, "_engine", lambda: failing)
    matching = Matching(Compare(CALLS, Op.GE, 7))
    assert matching({"calls": 6}) is False
    failing.armed = True
    with pytest.raises(EngineFault, match="durable-rules failed on a record: out of memory"):
        matching({"calls": 9})
    assert matching({"calls": 7}) is True
    assert matching({"calls": 6}) is False
    assert len(failing.rules) == 2, "the first time, and once after the fault"


@needs_engine
def test_an_interrupt_is_no_fault_but_costs_the_handles_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(Recorder):
        armed = False

        def complete_and_start_action(self, *arguments: int) -> str | None:
            if self.armed:
                self.armed = False
                raise KeyboardInterrupt
            return self.__getattr__("complete_and_start_action")(*arguments)  # type: ignore[no-any-return]

    engine = Interrupted()
    monkeypatch.setattr(durable, "_engine", lambda: engine)
    matching = Matching(Compare(CALLS, Op.GE, 7))
    engine.armed = True
    with pytest.raises(KeyboardInterrupt):
        matching({"calls": 7})
    assert matching({"calls": 7}) is True
    assert matching({"calls": 6}) is False


class Lying:
    """An engine that answers a fact with whatever the test says."""

    def __init__(self, *messages: str, code: int = 0, fact: str = "") -> None:
        self.messages = list(messages)
        self.code = code
        self.fact = fact
        self.rulesets = 0
        self.waiting: list[str] = []

    def create_ruleset(self, *_: str) -> int:
        self.rulesets += 1
        return self.rulesets

    def assert_fact(self, _: int, fact: str) -> tuple[int, int]:
        self.waiting = [f'{{"{name}":{{"m":{self.fact or fact}}}}}' for name in self.messages]
        return self.code, 1

    def start_action_for_state(self, *_: int) -> tuple[str, str] | None:
        return ("", self.waiting.pop(0)) if self.waiting else None

    def complete_and_start_action(self, *_: int) -> str | None:
        return self.waiting.pop(0) if self.waiting else None

    def retract_fact(self, *_: int | str) -> tuple[int, int]:
        return 0, 1


@pytest.mark.parametrize(
    ("engine", "message"),
    [
        (Lying("00", "01"), "both true and false"),
        (Lying("00", "00", "00"), "fired a rule twice"),
        (Lying("00", fact='{"id":"1","f0":8}'), "not this record's"),
        (Lying("02"), "failed on a record"),
        (Lying(), "matched a fact and fired nothing"),
        (Lying(code=3), "answered a fact with code 3"),
    ],
    ids=("both", "twice", "record before", "no such rule", "locked", "code"),
)
def test_every_wrong_answer_is_a_fault(engine: Lying, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "_engine", lambda: engine)
    matcher = Matching(Compare(CALLS, Op.GE, 7))
    with pytest.raises(EngineFault, match=message) as raised:
        matcher({"calls": 7})
    assert isinstance(raised.value, CollectrulesError)


def test_an_engine_that_answers_rightly_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other side of the test above: the fake can be right."""
    for engine, answer in ((Lying("00"), True), (Lying("01"), False), (Lying(code=1), None)):
        monkeypatch.setattr(durable, "_engine", lambda engine=engine: engine)
        assert answers(Compare(CALLS, Op.GE, 7), {"calls": 7}) == [answer]


def test_an_engine_that_keeps_failing_is_not_asked_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Lying(code=3)
    monkeypatch.setattr(durable, "_engine", lambda: engine)
    matcher = Matching(Compare(CALLS, Op.GE, 7))
    for _ in range(durable.MOST_RENEWALS + 1):
        with pytest.raises(EngineFault, match="code 3"):
            matcher({"calls": 7})
    for _ in range(3):
        with pytest.raises(EngineFault, match="is not asked any more"):
            matcher({"calls": 7})
    assert engine.rulesets == durable.MOST_RENEWALS + 1, "each costs memory that never comes back"


def test_rules_that_the_engine_refuses_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing(Lying):
        def create_ruleset(self, *_: str) -> int:
            raise RuntimeError("error code: 106")

    monkeypatch.setattr(durable, "_engine", Refusing)
    with pytest.raises(EngineFault, match="refused the rules: error code: 106"):
        Matching(Compare(CALLS, Op.GE, 7))


@needs_engine
def test_threads_wait_for_each_other(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
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
def test_a_child_forked_while_another_thread_was_within_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(Recorder):
        inside = threading.Event()
        go_on = threading.Event()

        def complete_and_start_action(self, *arguments: int) -> str | None:
            if threading.current_thread() is not threading.main_thread():
                self.inside.set()
                self.go_on.wait(20)
            return self.__getattr__("complete_and_start_action")(*arguments)  # type: ignore[no-any-return]

    engine = Slow()
    monkeypatch.setattr(durable, "_engine", lambda: engine)
    matcher = Matching(Compare(CALLS, Op.GE, 7))

    def task(handles: int = 2) -> None:
        right = matcher({"calls": 7}) is True and matcher({"calls": 6}) is False
        os._exit(0 if right and len(engine.rules) == handles else 1)

    assert forked(lambda: task(1)) == 0, "no thread is within a record: the child goes on with the handle it inherits"
    other = threading.Thread(target=matcher, args=({"calls": 7},))
    other.start()
    assert engine.inside.wait(10)
    try:
        assert forked(task) == 0, "a child would wait for ever for a lock held by a thread it does not have"
    finally:
        engine.go_on.set()
        other.join()
    assert matcher({"calls": 6}) is False


@needs_engine
def test_an_answer_is_remembered_by_how_the_comparisons_turned_out(recorder: Recorder) -> None:
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
def test_not_everything_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "MOST_REMEMBERED", 3)
    matching = Matching(AllOf((Compare(CALLS, Op.GE, 2), Compare(CALLS, Op.NE, 5), Compare(CALLS, Op.LT, 8))))
    for value in (*range(12), *range(12)):
        assert matching({"calls": value}) is (2 <= value < 8 and value != 5)
        assert len(matching._remembered) <= 3  # noqa: SLF001


@needs_engine
def test_one_of_several_constants_is_a_field_of_its_own(recorder: Recorder) -> None:
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

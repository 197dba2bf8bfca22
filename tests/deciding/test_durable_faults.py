"""An engine that fails, is interrupted, answers wrongly or refuses: a fault, or nothing, and never an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.deciding.conftest import needs_engine

from collectrules.deciding import durable
from collectrules.deciding.conditions import (
    Compare,
    Measure,
    Op,
)
from collectrules.deciding.durable import EngineFault, Matching
from collectrules.ground.errors import CollectrulesError

if TYPE_CHECKING:
    from collections.abc import Callable


CALLS: Final = Measure("calls", "int")


@needs_engine
@pytest.mark.parametrize(
    "where", ["assert_fact", "start_action_for_state", "complete_and_start_action", "retract_fact"]
)
def test_handles_are_thrown_away_after_an_exception(
    where: str, recording: Callable[..., Any], bare: Callable[[str], Any]
) -> None:
    assert (
        bare("""
handle = rules([{"f": 1}])
code, state = engine.assert_fact(handle, '{"id":"1","f":1}')
engine.start_action_for_state(handle, state)  # here an exception is raised, and caught by somebody
print(text(fire(handle, f=1)))
""")
        == []
    ), "the same handle then reads as: no rule matched"

    armed: list[bool] = []

    def fail(name: str) -> None:
        """Raise once, the work being done."""
        if armed and name == where:
            armed.clear()
            raise MemoryError("out of memory")

    failing = recording(after=fail)
    matching = Matching(Compare(CALLS, Op.GE, 7))
    assert matching({"calls": 6}) is False
    armed.append(True)
    with pytest.raises(EngineFault, match="durable-rules failed on a record: out of memory"):
        matching({"calls": 9})
    assert matching({"calls": 7}) is True
    assert matching({"calls": 6}) is False
    assert len(failing.rules) == 2, "the first time, and once after the fault"


@needs_engine
def test_an_interrupt_is_no_fault_but_costs_the_handles_too(recording: Callable[..., Any]) -> None:
    armed: list[bool] = []

    def interrupt(name: str) -> None:
        if armed and name == "complete_and_start_action":
            armed.clear()
            raise KeyboardInterrupt

    recording(before=interrupt)
    matching = Matching(Compare(CALLS, Op.GE, 7))
    armed.append(True)
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
        assert Matching(Compare(CALLS, Op.GE, 7))({"calls": 7}) is answer


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

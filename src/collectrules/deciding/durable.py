"""Conditions decided by durable-rules, inside a wall: the backend that checks the other one.

`durable-rules` 2.0.28 answers rightly inside a box and wrongly, silently, outside it. Nothing but this module touches
it, and nothing leaves this module that is outside the box. What it is told (`durable_plan` writes it out):

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

How it is asked:

- What fired must report the very fact that was sent. Anything unexpected is an `EngineFault`, and the handles are never
  used again: after an exception the engine's next answer may be that of the record before.
- One record at a time: a lock for each matcher, and new handles in a child that was forked while the lock was held.
- Handles are never deleted (that leaks and can crash), so a matcher makes new ones at most `MOST_RENEWALS` times.
- Firing is what the engine is slow at. What fires on many records becomes a few rules more, each of the tests of many,
  that says what those say. They are asked first, and the rest only about what is then unsaid.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from importlib import import_module
from threading import Lock
from typing import Any, Final, Protocol, cast
from weakref import WeakSet

from collectrules.deciding.compiled import literal
from collectrules.deciding.conditions import Condition, Measure, Record, Truth, Value
from collectrules.deciding.durable_plan import (
    LARGEST,
    NO_CONSTANT,
    Field,
    Plan,
    Proof,
    Ruleset,
    Unsupported,
    said_by,
    united,
)
from collectrules.ground.errors import CollectrulesError

__all__ = ["EngineFault", "Matching", "Unsupported", "available", "match", "reason_unavailable"]

MOST_RENEWALS: Final = 20
"""How often a matcher makes new handles after faults before it stops asking the engine. Each costs memory for good."""

MOST_REMEMBERED: Final = 1000
"""Answers remembered for one ruleset, and kinds of records counted, before all of them are forgotten."""

OFTEN: Final = 12
"""Records of which the same was left unsaid, before what fired on the last of them counts as usual. A program that
checks one case and what could be done instead never gets there, and need not wait for it."""

LEAST_FIRED: Final = 8
"""Fewer rules that fire on one record are not worth others that stand for them."""

MOST_LEARNED: Final = 8
"""How often a matcher learns what usually fires. Each costs memory for good."""

_ANSWERS: Final[tuple[Truth, ...]] = (None, False, True, None)
"""By the two bits said of a condition; that both were said is found out at the end of a record."""
_NOTHING_MATCHED: Final = 1
_RETRACTED: Final = '{"id":"1"}'


class EngineFault(CollectrulesError):
    """The engine did something unexpected with this record; there is no answer. The next record gets new handles."""


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


def match(conditions: Sequence[Condition]) -> Matching:
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
    plan = Plan(len(conditions))
    for slot, condition in enumerate(conditions):
        plan.decide(slot, condition)
    return Matching(engine, plan)


_Read = Callable[[Value | None], str]
"""What is sent for the value of a measure: a piece of a fact, or nothing where the value is unknown."""


def _reader(measure: Measure, of: Field) -> _Read:
    start = f',"{of.name}":'
    if measure.type == "bool":
        pieces = {True: f"{start}true", False: f"{start}false"}
        return lambda value: pieces[value] if value is True or value is False else ""
    if measure.type == "int":
        return lambda value: f"{start}{max(-LARGEST, min(LARGEST, value))}" if type(value) is int else ""
    known = {constant: f"{start}{token}" for constant, token in of.tokens.items()}
    other = start + NO_CONSTANT
    return lambda value: known.get(value, other) if type(value) is str else ""


class _Facts:
    """Writes records as facts of the engine."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._measures = {number: measure for measure, number in plan.measures.items()}
        self._readers: dict[str, list[tuple[int, _Read]]] = {}
        for measure, number in plan.measures.items():
            self._readers.setdefault(measure.name, []).append((number, _reader(measure, plan.fields[number])))

    def pieces(self, record: Record) -> list[str]:
        """The piece of a fact for each field; those of cut parts are empty yet."""
        pieces = [""] * len(self._plan.fields)
        readers = self._readers.get
        for name, value in record.items():
            if value is not None:
                for number, read in readers(name, ()):
                    pieces[number] = read(value)
        return pieces

    def writer(self, fields: Iterable[int]) -> Callable[[Record], str]:
        """A function that writes the fact of some measures, generated: what it is for is speed."""
        namespace: dict[str, Any] = {}
        pieces = []
        for number in fields:
            measure, field = self._measures[number], self._plan.fields[number]
            value = f"get({literal(measure.name)})"
            if measure.type == "bool":
                start = f',"{field.name}":'
                pieces.append(f"('{start}true' if (v := {value}) is True else '{start}false' if v is False else '')")
            else:
                namespace[field.name] = _reader(measure, field)
                pieces.append(f"{field.name}({value})")
        text = f"def fact(record):\n get = record.get\n return '{{\"id\":\"1\"'+{'+'.join(pieces)}+'}}'\n"
        exec(text, namespace)  # noqa: S102 - field names are `field_names`', names of measures are literals
        fact: Callable[[Record], str] = namespace["fact"]
        return fact


@lru_cache(maxsize=1000)
def _truths(said: int, slots: int) -> tuple[Truth, ...]:
    """What is said of the first slots; the same of most records."""
    return tuple([_ANSWERS[said >> 2 * slot & 3] for slot in range(slots)])


_living: WeakSet[Matching] = WeakSet()


class Matching:
    """The matcher: a plan, and the handles under which the engine knows its rulesets."""

    def __init__(self, engine: _Engine, plan: Plan) -> None:
        self._engine = engine
        self._plan = plan
        self._facts = _Facts(plan)
        self._every_root = united(1 << 2 * slot for slot in range(plan.slots))
        self._rulesets = plan.passes()
        self._renewals = 0
        self._lock = Lock()
        self._session: _Session | None = self._begun()
        _living.add(self)

    def __call__(self, record: Record, spare: int = 0) -> tuple[Truth, ...]:
        """The truth of each condition; the first `spare` may be unknown only for want of asking."""
        wanted = self._every_root >> 2 * spare << 2 * spare
        with self._lock:
            # Whatever is raised before they are put back, these handles are not used again.
            session, self._session = self._session, None
            if session is None:
                session = self._renewed()
            try:
                said = session.said(record, wanted)
            except EngineFault:
                raise
            except Exception as error:
                raise EngineFault(f"durable-rules failed on a record: {error}") from error
            self._session = session
        return _truths(said, self._plan.slots)

    def _begun(self) -> _Session:
        try:
            return _Session(self._engine, self._plan, self._facts, self._rulesets)
        except Exception as error:
            raise EngineFault(f"durable-rules refused the rules: {error}") from error

    def _renewed(self) -> _Session:
        if self._renewals == MOST_RENEWALS:
            raise EngineFault(f"durable-rules failed {MOST_RENEWALS} times and is not asked any more\n    start again")
        self._renewals += 1
        return self._begun()

    def forget_parent(self) -> None:
        """In a forked child: if another thread was within a record when the child was born, begin anew."""
        if self._lock.locked():
            self._lock = Lock()
            self._session = None


class _Asked:
    """A ruleset, and the handle under which the engine knows it."""

    def __init__(self, engine: _Engine, ruleset: Ruleset) -> None:
        self._engine = engine
        self._handle = engine.create_ruleset("r", ruleset.text)
        self._answered: dict[str, Proof] = {}
        self.ruleset = ruleset

    def fired(self, fact: str) -> Proof:
        """The rules that fire on a fact. The engine's answer depends on it alone, and most facts come again."""
        proof = self._answered.get(fact)
        if proof is None:
            if len(self._answered) >= MOST_REMEMBERED:
                self._answered.clear()
            proof = self._answered[fact] = self._ask(fact)
        return proof

    def _ask(self, fact: str) -> Proof:
        """Ask the engine. The fact is taken back before anything is returned."""
        engine, handle, ruleset = self._engine, self._handle, self.ruleset
        code, state = engine.assert_fact(handle, fact)
        if code == _NOTHING_MATCHED:
            return []
        if code:
            raise EngineFault(f"durable-rules answered a fact with code {code}")
        action = engine.start_action_for_state(handle, state)
        if action is None:
            raise EngineFault("durable-rules matched a fact and fired nothing")
        complete, left = engine.complete_and_start_action, len(ruleset.says)
        message: str | None = action[1]
        rest = f'":{{"m":{fact}}}}}'
        proof: Proof = []
        while message is not None:
            if not (left and message.endswith(rest)):
                raise EngineFault("durable-rules fired on a fact that is not this record's, or fired a rule twice")
            left -= 1
            name = message[2:4]
            proof.append((ruleset.tests[name], ruleset.says[name]))
            message = complete(handle, state)
        engine.retract_fact(handle, _RETRACTED)
        return proof


class _Session:
    """All handles of a matcher: the rulesets of each pass, and what usually fires in them."""

    def __init__(self, engine: _Engine, plan: Plan, facts: _Facts, rulesets: Sequence[Sequence[Ruleset]]) -> None:
        self._plan = plan
        self._facts = facts
        self._passes = [[_Asked(engine, ruleset) for ruleset in stage] for stage in rulesets]
        self._cuts: list[list[tuple[int, int, str]]] = [[] for _ in rulesets]
        for slot, number in plan.cuts.items():
            cut = plan.fields[number]
            self._cuts[cut.ready - 1].append((slot, number, f',"{cut.name}":'))
        self._usual = _Usual(engine, plan, facts)

    def said(self, record: Record, wanted: int) -> int:
        """What is said of a record: all that can be of the slots that are wanted, and what comes with it."""
        proof = self._usual.fired(record, wanted)
        said = said_by(proof)
        unsaid = wanted & ~self._plan.slots_of(said)
        if unsaid:
            said = self._looked_up(self._facts.pieces(record), proof, said, unsaid)
            self._usual.note(unsaid, proof)
        if said & said >> 1 & self._plan.every_slot:
            raise EngineFault("durable-rules found a condition both true and false")
        return said

    def _looked_up(self, pieces: list[str], proof: Proof, said: int, unsaid: int) -> int:
        """What is said in all, once every rule about what is unsaid was asked. Adds to the proof."""
        slots_of = self._plan.slots_of
        sought = unsaid | self._plan.every_cut
        for stage, cuts in zip(self._passes, self._cuts, strict=True):
            for asked in stage:
                if asked.ruleset.about & sought & ~slots_of(said):
                    fired = asked.fired(f'{{"id":"1"{"".join([pieces[number] for number in asked.ruleset.fields])}}}')
                    proof += fired
                    said |= said_by(fired)
            for slot, number, start in cuts:
                truth = _ANSWERS[said >> 2 * slot & 3]
                pieces[number] = "" if truth is None else f"{start}true" if truth else f"{start}false"
        return said


class _Usual:
    """What usually fires, as rules of which one stands for many: firing is what the engine is slow at."""

    def __init__(self, engine: _Engine, plan: Plan, facts: _Facts) -> None:
        self._engine = engine
        self._plan = plan
        self._facts = facts
        self._rules: list[tuple[_Asked, Callable[[Record], str]]] = []
        self._unsaid: Counter[int] = Counter()
        self._left = MOST_LEARNED

    def fired(self, record: Record, wanted: int) -> Proof:
        """The usual rules that fire on a record, of those that say something wanted that is not said yet."""
        proof: Proof = []
        for asked, fact in self._rules:
            about = asked.ruleset.about
            if about & wanted:
                fired = asked.fired(fact(record))
                if fired:
                    wanted &= ~about
                    proof += fired
        return proof

    def note(self, unsaid: int, proof: Proof) -> None:
        """What the usual rules left unsaid of a record, and what fired then: what comes often becomes rules."""
        if not self._left or len(proof) < LEAST_FIRED:
            return
        if len(self._unsaid) >= MOST_REMEMBERED:
            self._unsaid.clear()
        self._unsaid[unsaid] += 1
        if self._unsaid[unsaid] == OFTEN:
            self._left -= 1
            for ruleset in self._plan.drawn_together(proof, unsaid):
                self._rules.append((_Asked(self._engine, ruleset), self._facts.writer(ruleset.fields)))


def _in_child() -> None:
    for matching in list(_living):
        matching.forget_parent()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)

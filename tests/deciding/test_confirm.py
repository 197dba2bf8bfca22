"""The second decider: when it is asked, what it makes of a disagreement or a fault, and what it shares."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import product
from typing import Any, Final

import pytest
from tests.deciding.conftest import needs_engine

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping
from collectrules.deciding import confirm, durable
from collectrules.deciding.conditions import AllOf, AnyOf, Compare, Condition, Measure, Not, Op, Record, Truth
from collectrules.deciding.confirm import Confirmation
from collectrules.deciding.decide import match
from collectrules.law.files import layers
from collectrules.plugins.loading import load_plugins
from collectrules.testing import examples

Law = Any


BOUND, WHEN, FIRST, SECOND = (
    Compare(Measure(f"a test of confirming: {name}", "bool"), Op.EQ, constant=True)
    for name in ("bound", "when", "first", "second")
)
RULE: Final = (BOUND, WHEN, FIRST, SECOND)
DISAGREE: Final = "durable-rules and the own decider disagree"


class Made(list[Condition]):
    """The conditions that the engine was given, in order; `asked` counts the facts it was sent."""

    asked = 0


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """A program that has not asked the engine anything yet."""
    made = Made()

    class Noted(durable.Matching):
        def __init__(self, condition: Condition, held: durable.Held) -> None:
            made.append(condition)
            super().__init__(condition, held)

    truth = durable.Rules.truth

    def asked(rules: durable.Rules, fact: str) -> Truth:
        made.asked += 1
        return truth(rules, fact)

    monkeypatch.setattr(confirm, "_matchings", {})
    monkeypatch.setattr(durable, "Matching", Noted)
    monkeypatch.setattr(durable.Rules, "truth", asked)
    return made


def record_of(truths: str) -> Record:
    """Of whom it binds, the breach and both exceptions: `T`, `F`, or `?` for unknown."""
    return {
        part.measure.name: {"T": True, "F": False, "?": None}[truth] for part, truth in zip(RULE, truths, strict=True)
    }


@needs_engine
def test_what_the_own_decider_says_is_confirmed_and_nothing_else() -> None:
    breach = match([AllOf((BOUND, WHEN, Not(AnyOf((FIRST, SECOND)))))])
    confirmation = Confirmation([RULE])
    for truths in product("TF?", repeat=4):
        record = record_of("".join(truths))
        (expected,) = breach(record)
        for said in (True, False, None):
            assert confirmation.objection(record, {0: said}) == ("" if said is expected else DISAGREE)


@needs_engine
def test_every_rule_is_held_against_its_own_breach() -> None:
    confirmation = Confirmation([RULE[:2], RULE[2:]])
    record = record_of("TTTF")
    assert confirmation.objection(record, {0: True, 1: False}) == ""
    assert confirmation.objection(record, {0: False, 1: True}) == DISAGREE
    assert confirmation.objection(record, {1: False}) == "", "a rule that is not named is not asked"


@needs_engine
def test_only_what_is_needed_is_given_to_the_engine(made: Made) -> None:
    confirmation = Confirmation([RULE])
    assert made == []
    assert confirmation.objection(record_of("TF??"), {0: False}) == ""
    assert made == [WHEN]
    assert confirmation.objection(record_of("FT??"), {0: False}) == ""
    assert made == [WHEN, BOUND]
    assert confirmation.objection(record_of("TTT?"), {0: False}) == ""
    assert made == [WHEN, BOUND, FIRST, SECOND]


@needs_engine
def test_a_condition_is_given_to_the_engine_once_for_all_places(made: Made) -> None:
    record = record_of("TTFF")
    for _ in range(3):
        assert Confirmation([RULE, RULE[:2]]).objection(record, {0: True, 1: True}) == ""
    assert sorted(made, key=RULE.index) == [*RULE]
    assert made.asked == 4, "and what it answered is remembered"


@needs_engine
def test_past_the_limit_nothing_more_is_confirmed(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirm, "MOST_CONDITIONS", 2)
    first, second = Confirmation([RULE[:2]]), Confirmation([RULE])
    assert first.objection(record_of("TT??"), {0: True}) == ""
    message = "durable-rules failed: it holds 2 conditions, all that it may\n    start again"
    assert second.objection(record_of("TTFF"), {0: True}) == message
    assert first.objection(record_of("FT??"), {0: False}) == "", "what it holds it still confirms"
    assert len(made) == 2


@needs_engine
def test_a_fault_and_what_the_engine_cannot_take_are_objections(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Truth:
        raise durable.EngineFault("it answered nonsense")

    huge = Compare(Measure("calls", "int"), Op.EQ, 2**60)
    assert "number beyond 2**53" in Confirmation([(BOUND, huge)]).objection({}, {0: None})
    monkeypatch.setattr(durable.Matching, "__call__", fail)
    assert Confirmation([RULE]).objection({}, {0: None}) == "durable-rules failed: it answered nonsense"


def test_without_the_engine_there_is_no_objection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "reason_unavailable", lambda: "it is not there")
    assert Confirmation([RULE]).objection(record_of("TTTT"), {0: True}) == ""


# ---- what a verdict makes of it -------------------------------------------------------------------------------------

PHONE: Final = "when: action.channel == phone"
MINOR: Final = "when: debtor.minor"


@needs_engine
@pytest.mark.parametrize("record", ["complete", "partial"])
def test_only_an_allow_is_confirmed(law: Law, made: Made, record: str) -> None:
    denied = law.advisor(law.ruleset(PHONE)).check(law.case(record=record))
    review = law.advisor(law.ruleset("when: action.place == work\nquestion: where?")).check(law.case(record=record))
    assert (denied.decision, review.decision) == ("deny", "review")
    assert denied.engine == review.engine == "own decider"
    assert made == []
    allowed = law.advisor(law.ruleset(PHONE)).check(law.case(record=record, action={"channel": "letter"}))
    assert allowed.decision == "allow"
    assert allowed.engine == "own decider; durable-rules confirmed the allow"
    assert len(made) >= 1


@needs_engine
def test_an_allow_that_is_not_confirmed_is_a_review(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable.Matching, "__call__", lambda *_: True)
    verdict = law.advisor(law.ruleset(MINOR)).check(law.case())
    assert (verdict.decision, verdict.findings[0].strength.value) == ("review", "engine_fault")
    assert verdict.findings[0].sentence == DISAGREE
    assert verdict.engine == "own decider; durable-rules did not confirm the allow"
    denied = law.advisor(law.ruleset(law.rule(PHONE, "calls"), law.rule(MINOR, "minors"))).check(law.case())
    assert denied.decision == "deny", "what is forbidden stays forbidden"


@needs_engine
def test_a_caller_may_have_any_decision_confirmed(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    judgement = law.advisor(law.ruleset(PHONE)).judge(law.case())
    assert (judgement.decision, judgement.objection, judgement.confirmed()) == ("deny", "", "")
    monkeypatch.setattr(durable.Matching, "__call__", lambda *_: False)
    assert (judgement.decision, judgement.objection, judgement.confirmed()) == ("deny", "", DISAGREE)


def test_where_there_is_no_engine_the_verdict_says_so(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "reason_unavailable", lambda: "it is not there")
    verdict = law.advisor(law.ruleset(MINOR)).check(law.case())
    assert (verdict.decision, verdict.engine) == ("allow", "own decider alone: it is not there")


# ---- the shipped law ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> Advisor:
    return Advisor.load(today=date(2026, 11, 21))


def test_every_shipped_condition_fits_into_the_engine(shipped: Advisor) -> None:
    """As it is asked: of each kind of act, in each span of days, on a channel that is not known and so may be any."""
    book = shipped.rulebook
    asked: set[Condition] = set()
    for place in {ruleset.jurisdiction for ruleset in book.rulesets()}:
        for day in book._change_days(layers(place)):  # noqa: SLF001
            for kind in {kind for rule in book.rules() for kind in rule.governs_kinds}:
                for applied in book.law(place, kind, None, max(day, 1)).rules:
                    asked.update(applied.in_force.conditions)
    assert len(asked) > 300
    for condition in asked:
        durable.check(condition)


@needs_engine
@pytest.mark.parametrize("record", ["complete", "partial"])
def test_the_engine_agrees_on_examples_of_every_shipped_rule(shipped: Advisor, record: str) -> None:
    """On those that are denied too."""
    loaded = load_plugins()
    decisions: Counter[str] = Counter()
    for ruleset in shipped.rulebook.rulesets():
        first: Counter[str] = Counter()
        for example in examples.asked_examples(ruleset, shipped):
            first[example.block] += 1
            if example.expect is not None or first[example.block] > 2:
                continue
            mapping = {**example.case.to_mapping(), "record": record}
            judgement = shipped.judge(case_from_mapping(mapping, channels=tuple(loaded.channels)))
            assert judgement.confirmed() == "", example.place
            decisions[judgement.decision] += 1
    assert decisions["deny"] > 50
    assert decisions["review"] > 50

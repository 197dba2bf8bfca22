"""A verdict is published as JSON Schema, and its text holds the same content as its JSON."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from collectrules.ground.lines import WIDTH
from collectrules.law.strength import Decision, Strength
from collectrules.output import rendering
from collectrules.verdict.answers import Answer, Step
from collectrules.verdict.objects import (
    Act,
    Alternative,
    Exemption,
    ExploredVerdict,
    Finding,
    Obligation,
    OpenFact,
    RulesetUsed,
    Test,
)

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

WORDS = st.text("abcdefghijklmnopqrstuvwxyzABCÄß§0123456789.,:;()-/' ", min_size=1, max_size=120).filter(str.strip)
NAMES = st.from_regex(r"[a-z]{1,8}(\.[a-z_]{1,8}){0,3}", fullmatch=True)
MAYBE = st.none() | WORDS
VALUES = st.none() | st.booleans() | st.integers() | WORDS | st.lists(WORDS, max_size=3)
FACTS = st.dictionaries(NAMES, VALUES, max_size=3)
DECISIONS = st.sampled_from(get_args(Decision))
CONFIDENCES = st.sampled_from(["high", "medium", "low"])


def built(made: Callable[..., T], **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """As `st.builds`, of a class whose types are imported for checking alone."""
    return st.fixed_dictionaries(parts).map(lambda stated: made(**stated))


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


TESTS = st.builds(Test, name=NAMES, title=WORDS, value=VALUES, cite=st.just("") | WORDS)
ENTRIES = st.fixed_dictionaries(
    {"day": NAMES},
    optional={
        "id": NAMES, "time": NAMES, "event": NAMES, "channel": NAMES, "direction": NAMES, "outcome": NAMES,
        "times": st.integers(2, 9),
    },
)  # fmt: skip
EVIDENCE = st.fixed_dictionaries(
    {},
    optional={
        "counted": st.integers(0, 99),
        "limit": st.integers(0, 99),
        "window": st.fixed_dictionaries({"from": NAMES, "to": NAMES}),
        "entries": st.lists(ENTRIES, max_size=3),
        "clocks": st.lists(st.fixed_dictionaries({"time": NAMES}, optional={"zone": NAMES}), max_size=2),
    },
)
FINDINGS = built(
    Finding,
    rule=NAMES,
    ruleset=NAMES,
    jurisdiction=NAMES,
    strength=st.sampled_from(Strength),
    outcome=st.sampled_from(["breached", "unknown"]),
    decision=DECISIONS,
    citation=WORDS,
    source=WORDS,
    sentence=WORDS,
    evidence=EVIDENCE,
    tests=several(TESTS),
    place=WORDS,
    until=MAYBE,
    question=st.just("") | WORDS,
    confidence=CONFIDENCES,
)
OPEN_FACTS = st.builds(OpenFact, fact=NAMES, question=WORDS, rules=several(NAMES))
ASSUMED_FACTS = st.builds(
    OpenFact, fact=NAMES, question=WORDS, rules=several(NAMES), taken_as=VALUES, reason=st.just("") | WORDS
)
VERDICTS = built(
    ExploredVerdict,
    decision=DECISIONS,
    basis=NAMES,
    case=WORDS,
    action=WORDS,
    act=st.builds(Act, NAMES, st.just("") | NAMES, st.just("") | NAMES),
    at=WORDS,
    findings=several(FINDINGS),
    exemptions=several(st.builds(Exemption, WORDS, WORDS, WORDS)),
    obligations=several(st.builds(Obligation, WORDS, WORDS, WORDS)),
    unknown=several(OPEN_FACTS),
    assumed=several(ASSUMED_FACTS),
    alternatives=several(
        st.builds(
            Alternative,
            kind=st.sampled_from(["wait", "fact", "channel", "consent", "change"]),
            sentence=WORDS,
            at=MAYBE,
        )
    ),
    established=FACTS,
    not_encoded=several(WORDS),
    not_bound=several(WORDS),
    rulesets=several(st.builds(RulesetUsed, NAMES, WORDS, WORDS, WORDS, CONFIDENCES)),
    engine=WORDS,
    decision_id=WORDS,
    valid_until=WORDS,
    considered=several(NAMES),
    configuration=st.just("") | WORDS,
    unread=several(NAMES),
)


ANSWERS = built(
    Answer,
    question=NAMES,
    case=WORDS,
    at=WORDS,
    values=FACTS,
    steps=several(st.builds(Step, WORDS, NAMES, WORDS, WORDS, CONFIDENCES, WORDS)),
    open=several(WORDS),
    assumed=several(WORDS),
    not_encoded=several(WORDS),
    rulesets=several(st.builds(RulesetUsed, NAMES, WORDS, WORDS, WORDS, CONFIDENCES)),
)


def leaves(document: Any) -> list[Any]:
    if isinstance(document, dict):
        return [leaf for value in document.values() for leaf in leaves(value)]
    if isinstance(document, list):
        return [leaf for value in document for leaf in leaves(value)]
    return [document]


def squeezed(text: str) -> str:
    """Without spaces, line ends and underscores: what wrapping and reading as words may change."""
    return re.sub(r"[\s_]", "", text).lower()


@given(VERDICTS)
@settings(max_examples=60)
def test_every_verdict_is_valid_by_the_published_schema(verdict: ExploredVerdict) -> None:
    jsonschema.validate(
        json.loads(rendering.as_json(verdict)),
        rendering.schema(),
        cls=jsonschema.Draft202012Validator,
    )


@given(VERDICTS)
@settings(max_examples=60)
def test_text_holds_every_word_of_the_json(verdict: ExploredVerdict) -> None:
    document = json.loads(rendering.as_json(verdict))
    text = squeezed(rendering.as_text(verdict))
    rules = document.pop("considered")
    del document["act"]  # for programs: `action` is the same in English
    for finding in document["findings"]:
        for test in finding["tests"]:
            del test["name"]  # for programs: its title is the same in English
    for fact in (*document["unknown"], *document["assumed"]):
        asking = fact.pop("rules")
        assert all(squeezed(rule) in text or rule in rules for rule in asking)
    for leaf in leaves(document):
        if isinstance(leaf, str):
            assert squeezed(leaf) in text
        elif isinstance(leaf, int) and not isinstance(leaf, bool):
            assert str(leaf) in text
    for rule in rules:
        assert squeezed(rule.rpartition(".")[2]) in text


@given(ANSWERS)
@settings(max_examples=60)
def test_an_answer_is_valid_and_its_text_holds_every_word_of_its_json(answer: Answer) -> None:
    document = json.loads(rendering.answer_as_json(answer))
    jsonschema.validate(document, rendering.schema("answer"), cls=jsonschema.Draft202012Validator)
    text = squeezed(rendering.answer_as_text(answer))
    for leaf in leaves(document):
        if isinstance(leaf, str):
            assert squeezed(leaf) in text
    assert text.startswith("answer" if answer.complete else "open")


@given(VERDICTS)
@settings(max_examples=60)
def test_text_begins_with_the_decision_and_keeps_to_80_columns(verdict: ExploredVerdict) -> None:
    lines = rendering.as_text(verdict).splitlines()
    assert lines[0].startswith(f"{verdict.decision.upper()}  ")
    for line in lines:
        assert len(line) <= WIDTH or max(map(len, line.split())) > WIDTH - 20
    assert "\x1b" not in "".join(lines)


@pytest.fixture
def verdict() -> ExploredVerdict:
    return ExploredVerdict(
        decision="allow",
        basis="permitted",
        case="first-call",
        action="contact by phone",
        act=Act("contact", "phone"),
        at="2026-04-08",
        findings=(),
        exemptions=(),
        obligations=(),
        unknown=(),
        assumed=(),
        alternatives=(),
        established={},
        not_encoded=(),
        rulesets=(),
        engine="own decider",
        decision_id="1",
        valid_until="2026-04-09",
    )


def test_the_schema_is_a_schema_and_names_itself() -> None:
    jsonschema.Draft202012Validator.check_schema(rendering.schema())
    assert rendering.schema()["$id"] == "collectrules/verdict/v2"


def test_the_schema_has_exactly_the_fields_of_a_verdict() -> None:
    published = set(rendering.schema()["properties"]) - {"explanation"}
    assert published == set(ExploredVerdict.__struct_fields__)


@pytest.mark.parametrize(
    ("change", "told"),
    [({"decision": "maybe"}, "maybe"), ({"extra": 1}, "extra"), ({"schema": "collectrules/verdict/v1"}, "v2")],
)
def test_the_schema_refuses_what_is_no_verdict(verdict: ExploredVerdict, change: dict[str, Any], told: str) -> None:
    document = {**json.loads(rendering.as_json(verdict)), **change}
    with pytest.raises(jsonschema.ValidationError, match=told):
        jsonschema.validate(document, rendering.schema())


@pytest.mark.parametrize("missing", ["decision", "unknown", "not_legal_advice"])
def test_the_schema_refuses_what_is_not_whole(verdict: ExploredVerdict, missing: str) -> None:
    document = json.loads(rendering.as_json(verdict))
    del document[missing]
    with pytest.raises(jsonschema.ValidationError, match=missing):
        jsonschema.validate(document, rendering.schema())


def test_many_rules_are_referred_to_by_their_numbers(verdict: ExploredVerdict) -> None:
    considered = tuple(f"xx.rule_{letter}" for letter in "abcdefg")
    asking = tuple(considered[index] for index in (0, 2, 3, 4, 6))
    open_fact = OpenFact("debtor.minor", "is the debtor of age?", asking)
    text = rendering.as_text(replace(verdict, unknown=(open_fact,), considered=considered))
    assert "asked by rules 1, 3-5, 7 below" in text
    assert "1 rule_a, 2 rule_b, 3 rule_c" in text


def test_a_single_rule_is_named(verdict: ExploredVerdict) -> None:
    open_fact = OpenFact("debtor.minor", "is the debtor of age?", ("xx.a",))
    assert "asked by xx.a)" in rendering.as_text(replace(verdict, assumed=(open_fact,)))


def test_colour_marks_the_decision_and_changes_nothing_else(verdict: ExploredVerdict) -> None:
    coloured = rendering.as_text(verdict, colour=True)
    assert coloured.startswith("\x1b[1;32mALLOW\x1b[0m  ")
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == rendering.as_text(verdict)


def test_values_have_a_plain_form(verdict: ExploredVerdict) -> None:
    established = {
        "day": date(2026, 4, 8),
        "moment": datetime(2026, 4, 8, 10, 0),  # noqa: DTZ001  # a clock of the debtor's has no offset
        "amount": Decimal("8400.00"),
        "channels": frozenset({"sms", "phone"}),
        "nothing": (),
    }
    document = json.loads(rendering.as_json(replace(verdict, established=established)))
    assert document["established"] == {
        "day": "2026-04-08",
        "moment": "2026-04-08T10:00:00",
        "amount": "8400.00",
        "channels": ["phone", "sms"],
        "nothing": [],
    }


def test_a_float_has_none(verdict: ExploredVerdict) -> None:
    with pytest.raises(TypeError, match="float"):
        rendering.as_json(replace(verdict, established={"amount": 0.1}))

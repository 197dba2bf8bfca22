"""Expressions in normal form: the same answer of every case, and what is never true is true of none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectrules.expressions.normal import conjuncts, decided, disjuncts, normal, opposites
from collectrules.expressions.syntax import parse

if TYPE_CHECKING:
    from collectrules.expressions.syntax import Expression

ATOMS = (
    *("true", "false", "debtor.minor", "debtor.minor is given", "any(opt_out)", "no(opt_out)"),
    *("any(contacts where channel == phone and channel == sms)", "action.channel == phone", "action.channel != phone"),
    *("debtor.kind == company", "debtor.kind in [sole_trader, company]", "debtor.kind not in [company]"),
    *("debtor.kind == natural_person", "count(contacts) > 1"),
    *(
        "action.content has any [profanity, obscenity]",
        "action.content has profanity",
        "action.content lacks obscenity",
    ),
)
OPT_OUT = {"at": "2026-04-01", "event": "opt_out"}
CALL = {"at": "2026-04-02T10:00", "channel": "phone", "direction": "outbound", "outcome": "no_answer"}
CASES: tuple[dict[str, Any], ...] = (
    {},
    {"record": "partial", "history": []},
    {"debtor": {"minor": True, "kind": "company"}, "history": [OPT_OUT]},
    {"record": "partial", "debtor": {"kind": "sole_trader"}, "history": [CALL, CALL]},
    {
        "debtor": {"minor": False, "kind": "natural_person"},
        "action": {"channel": "sms", "content": ["obscenity"]},
        "history": [OPT_OUT, CALL],
    },
)
TEXTS = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        inner.map("not ({})".format),
        st.lists(inner, min_size=2, max_size=3).map(" and ".join).map("({})".format),
        st.lists(inner, min_size=2, max_size=3).map(" or ".join).map("({})".format),
    ),
    max_leaves=8,
)


def answers(law: Any, expression: Expression) -> list[Any]:
    """The value of an expression in every case, in both readings of it."""
    evaluator = law.evaluator()
    contexts = [law_context(law, case) for case in CASES]
    modes = ("if_complete", "as_stated")
    return [evaluator.function(expression, mode)(context) for context in contexts for mode in modes]


def law_context(law: Any, case: dict[str, Any]) -> Any:
    from collectrules.measures.context import Context

    return Context(law.case(**case), law.loaded.channels)


def test_the_denials_of_contraries_may_both_hold(law: Any) -> None:
    """What nothing is said of is lawful: it has no abuse, and lacks nothing that is asked for."""
    both = "not (action.content has obscenity) and not (action.content lacks obscenity)"
    assert True in answers(law, parse(both))
    assert decided(parse(both)) is None
    assert not opposites(parse("not (action.content has obscenity)"), parse("not (action.content lacks obscenity)"))
    assert opposites(parse("action.content has obscenity"), parse("not (action.content has obscenity)"))
    assert opposites(parse("action.content has obscenity"), parse("action.content lacks obscenity"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(text=TEXTS)
def test_the_normal_form_says_the_same_of_every_case(law: Any, text: str) -> None:
    before = answers(law, parse(text))
    assert answers(law, normal(parse(text))) == before
    match decided(parse(text)):
        case True:
            assert set(before) == {True}
        case False:
            assert True not in before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(one=TEXTS, other=TEXTS)
def test_opposites_are_never_both_true(law: Any, one: str, other: str) -> None:
    for each, contrary in ((one, other), (one, f"not ({one})"), (f"not ({other})", other)):
        if opposites(parse(each), parse(contrary)):
            pairs = zip(answers(law, parse(each)), answers(law, parse(contrary)), strict=True)
            assert not any(left is True and right is True for left, right in pairs)
    assert opposites(parse(one), parse(f"not ({one})"))


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("action.kind == respond", None),
        ("debtor.kind == company and debtor.kind == natural_person", False),
        ("debtor.kind in [company, sole_trader] and debtor.kind not in [sole_trader, company]", False),
        ("debtor.kind in [company, sole_trader] and debtor.kind != company", None),
        ("debtor.minor and (any(opt_out) or true) and not debtor.minor", False),
        ("debtor.minor or not debtor.minor", None),
        ("debtor.minor or true", True),
        ("any(contacts where channel == phone and channel == sms)", False),
        ("no(contacts where channel == phone and channel == sms)", None),
        ("count(contacts) < 3 and count(contacts) >= 3", False),
    ],
)
def test_what_is_decided_without_a_case(text: str, truth: bool | None) -> None:
    assert decided(parse(text)) is truth


def test_what_names_can_only_be_and_what_definitions_come_to() -> None:
    words: dict[tuple[str, ...], frozenset[str]] = {("action", "kind"): frozenset({"contact", "respond"})}
    assert decided(parse("debtor.minor and action.kind == file_claim"), words=words) is False
    assert decided(parse("action.kind == respond"), words=words) is None
    assert decided(parse("impossible and debtor.minor"), {"impossible": False}.get) is False
    assert decided(parse("not impossible"), {"impossible": False}.get) is None


def test_parts() -> None:
    assert conjuncts(parse("not (debtor.minor or any(opt_out))")) == conjuncts(
        parse("no(opt_out) and not debtor.minor")
    )
    assert disjuncts(parse("debtor.minor")) == (normal(parse("debtor.minor")),)
    assert len(disjuncts(parse("debtor.minor or (any(opt_out) or debtor.minor)"))) == 2

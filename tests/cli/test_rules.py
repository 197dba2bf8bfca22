"""`collectrules rules`."""

from __future__ import annotations

import json
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.ground.dated import Dated
from collectrules.ground.errors import Place
from collectrules.law.strength import Strength

if TYPE_CHECKING:
    from collections.abc import Callable

    FakeAdvisor = Any
    Run = Callable[..., Any]


def rule(identity: str, jurisdiction: str, kinds: tuple[str, ...]) -> SimpleNamespace:
    return SimpleNamespace(
        full_id=identity,
        ruleset=identity.rpartition(".")[0],
        jurisdiction=jurisdiction,
        title="no more than seven calls in seven days about one debt",
        citation="12 XX 34(b)",
        source="https://law.example/12/34",
        strength=Strength.PRESUMPTION_OF_VIOLATION,
        governs_kinds=kinds,
        governs_channels=("phone",),
        governs=lambda kind, channel: kind in kinds,
        values={"at_most": Dated((date(2021, 11, 30).toordinal(),), (7,), ("7",))},
        breach_text="count(contacts) >= $at_most",
        exceptions=(SimpleNamespace(title="the debtor agreed", citation="12 XX 35", text="consented"),),
        reviews=(),
        question="",
        remedy="wait",
        examples=(SimpleNamespace(story="an eighth call", expect="deny"),),
        place=Place("rulesets/xx.yaml", 16, 3),
    )


@pytest.fixture
def encoded(advisor: FakeAdvisor) -> FakeAdvisor:
    advisor.rules = [rule("us.calls", "US", ("contact",)), rule("us.tx.suits", "US-TX", ("file_claim",))]
    return advisor


def listed(out: str) -> list[str]:
    return [line.split()[0] for line in out.splitlines() if not line.startswith(" ")]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([], ["us.calls", "us.tx.suits"]),
        (["--jurisdiction", "US"], ["us.calls", "us.tx.suits"]),
        (["--jurisdiction", "US-TX"], ["us.tx.suits"]),
        (["--kind", "contact"], ["us.calls"]),
        (["--kind", "contact", "--jurisdiction", "US-TX"], []),
    ],
)
def test_the_list_and_its_filters(encoded: FakeAdvisor, run: Run, filters: list[str], expected: list[str]) -> None:
    ran = run("rules", *filters)
    assert listed(ran.out) == expected
    assert ran.code == (0 if expected else 4)


def test_the_list_shows_title_citation_and_strength(encoded: FakeAdvisor, run: Run) -> None:
    out = run("rules").out
    assert "us.calls  presumption of violation" in out
    assert "no more than seven calls in seven days about one debt [12 XX 34(b)]" in out


def test_one_rule_is_shown_whole(encoded: FakeAdvisor, run: Run) -> None:
    ran = run("rules", "--show", "us.calls")
    assert ran.code == 0
    for told in (
        "12 XX 34(b) (US)",
        "https://law.example/12/34",
        "contact by phone",
        "at_most: 7 since 2021-11-30",
        "eight calls were made",
        "count(contacts) >= $at_most",
        "the debtor agreed [12 XX 35]: consented",
        "wait",
        "deny: an eighth call",
        "rulesets/xx.yaml:16:3",
    ):
        assert told in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines())


def test_a_rule_that_is_not_there(encoded: FakeAdvisor, run: Run) -> None:
    ran = run("rules", "--show", "us.cals")
    assert ran.code == 2
    assert "there is no rule `us.cals`" in ran.err
    assert "did you mean `us.calls`?" in ran.err


def test_json_is_one_rule_a_line(encoded: FakeAdvisor, run: Run) -> None:
    rules = [json.loads(line) for line in run("rules", "--json").out.splitlines()]
    assert [found["id"] for found in rules] == ["us.calls", "us.tx.suits"]
    assert rules[0]["values"] == {"at_most": {"2021-11-30": "7"}}
    assert rules[0]["examples"] == [{"story": "an eighth call", "expect": "deny"}]

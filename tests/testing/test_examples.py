"""Expectations are compared as the format of case files says, on both sides of every line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import pytest
from msgspec.structs import replace

from collectrules.case.reading import parse_cases
from collectrules.law.strength import Strength
from collectrules.testing.examples import CaseResult, compare, run_cases, section_of
from collectrules.verdict.answers import Answer
from collectrules.verdict.objects import Act, ExploredVerdict, Finding, RulesetUsed

if TYPE_CHECKING:
    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case

ALLOWED = ExploredVerdict(
    decision="allow",
    basis="permitted",
    case="c",
    action="contact",
    act=Act("contact"),
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
    engine="none",
    decision_id="1",
    valid_until="2026-04-09",
)
GAP = Finding(
    rule="coverage",
    ruleset="",
    jurisdiction="XX",
    strength=Strength.COVERAGE_GAP,
    outcome="unknown",
    decision="review",
    citation="",
    source="",
    sentence="nothing is encoded for XX",
    evidence={},
    tests=(),
    place="",
)
DENIED = replace(ALLOWED, decision="deny", basis="prohibition")


@pytest.mark.parametrize(
    ("expected", "verdict", "agrees"),
    [
        ({"decision": "allow"}, ALLOWED, True),
        ({"decision": "deny"}, ALLOWED, False),
        ({"decision": "review"}, DENIED, False),
        ({"decision": "allow", "basis": "exception"}, ALLOWED, True),
        ({"decision": "deny", "basis": "duty_missed"}, DENIED, False),
        ({"decision": "deny", "basis": "prohibition"}, DENIED, True),
        ({"decision": "allow", "why": "so", "reason": "hours", "rule_ids": ["a"]}, ALLOWED, True),
    ],
)
def test_decision_and_basis(expected: dict[str, Any], verdict: ExploredVerdict, agrees: bool) -> None:
    assert (not compare(expected, verdict)) is agrees


@pytest.mark.parametrize(
    ("wanted", "got", "agrees"),
    [
        ({"count_after": 8}, {"count_after": 8}, True),
        ({"count_after": 8}, {"count_after": 7}, False),
        ({"count_after": 8}, {}, False),
        ({"is_attempt": True}, {"is_attempt": True}, True),
        ({"is_attempt": True}, {"is_attempt": False}, False),
        ({"is_attempt": True}, {"is_attempt": 1}, False),
        ({"earliest": "2026-04-08"}, {"earliest": date(2026, 4, 8)}, True),
        ({"earliest": ["2026-04-08", "2026-04-09"]}, {"earliest": date(2026, 4, 9)}, True),
        ({"earliest": ["2026-04-08", "2026-04-09"]}, {"earliest": date(2026, 4, 10)}, False),
        ({"may_file_up_to": "2500.00"}, {"may_file_up_to": Decimal(2500)}, True),
        ({"may_file_up_to": "2500.00"}, {"may_file_up_to": Decimal("2500.01")}, False),
        ({"value": {"annual_rate": "9.00"}}, {"annual_rate": Decimal(9)}, True),
        ({"value": {"annual_rate": "9.00"}}, {"value": {"annual_rate": "9"}}, True),
        ({"value": {"annual_rate": None}}, {"annual_rate": None}, True),
        ({"value": {"annual_rate": None}}, {"annual_rate": Decimal(9)}, False),
        ({"value": {"annual_rate": None}}, {}, True),
        ({"court_id": "xx-1"}, {}, True),
        ({"court_id": "xx-1"}, {"court_id": "xx-1"}, True),
        ({"court_id": "xx-1"}, {"court_id": "xx-2"}, False),
    ],
)
def test_every_other_answer(wanted: dict[str, Any], got: dict[str, Any], agrees: bool) -> None:
    verdict = replace(ALLOWED, established=got)
    assert (not compare({"decision": "allow", **wanted}, verdict)) is agrees


def test_differences_tell_both_answers() -> None:
    verdict = replace(ALLOWED, established={"is_attempt": False})
    assert compare({"decision": "deny", "is_attempt": True, "count_after": 2}, verdict) == (
        "decision: expected deny, got allow",
        "is_attempt: expected true, got false",
        "count_after: expected 2, got no answer",
    )


@pytest.mark.parametrize(
    ("citation", "section"),
    [
        ("12 CFR 1006.14(b)(2)(i)(A)", "12 CFR 1006.14"),
        ("CCP 116.231", "CCP 116.231"),
        ("BGB 288 (2), 247", "BGB 288"),
        ("a; b", "a"),
    ],
)
def test_a_section_ends_where_its_paragraphs_begin(citation: str, section: str) -> None:
    assert section_of(citation) == section


def run(verdict: ExploredVerdict, *more: str) -> CaseResult:
    lines = "".join(f"    {line}\n" for line in more)
    text = (
        "cases:\n  - id: c-1\n    story: A story.\n    rule: 12 XX 34(b)\n    source: text\n    jurisdiction: US\n"
        "    collector: {role: third_party}\n    debts: [{id: A, kind: consumer}]\n"
        f"    expect: {{decision: allow, why: so}}\n{lines}"
    )
    if not any(line.startswith("ask:") for line in more):
        text += "    action: {kind: contact, channel: phone, at: 2026-04-08T10:00}\n"

    class Fake:
        def explore(self, case: Case) -> ExploredVerdict:
            return verdict

        def answer(self, case: Case) -> Answer:
            used = (RulesetUsed("xx", "1", "sha256:00", "2026-11-21", "high"),) if verdict is ALLOWED else ()
            values = {"decision": "allow"} if used else {}
            return Answer("court_route", "c-1", "2026-04-08", values, (), ("nothing is encoded",), (), (), used)

    (result,) = run_cases(parse_cases(text, "cases.yaml").cases, cast("Advisor", Fake()))
    return result


def test_a_case_that_agrees_passes() -> None:
    result = run(ALLOWED)
    assert (result.status, result.case, result.section) == ("passed", "c-1", "12 XX 34")
    assert (result.expected, result.got) == ({"decision": "allow"}, {"decision": "allow"})
    assert result.place == "cases.yaml:2:5"


def test_a_case_that_disagrees_fails_and_says_why_it_was_expected() -> None:
    result = run(DENIED)
    assert result.status == "failed"
    assert result.differences == ("decision: expected allow, got deny",)
    assert result.notes == ("why: so",)


@pytest.mark.parametrize("mark", ["contested: true", "confidence: low"])
@pytest.mark.parametrize("verdict", [ALLOWED, DENIED])
def test_a_doubtful_case_stands_apart(mark: str, verdict: ExploredVerdict) -> None:
    assert run(verdict, mark).status == "apart"


def test_medium_confidence_counts() -> None:
    assert (run(DENIED, "confidence: medium").status, run(ALLOWED).confidence) == ("failed", "high")
    assert run(DENIED, "confidence: medium").confidence == "medium"


def test_a_gap_in_what_is_encoded_is_not_supported_whatever_was_expected() -> None:
    gap = replace(ALLOWED, decision="review", findings=(GAP,))
    assert run(gap).status == "unsupported"
    assert run(gap).differences == ("nothing is encoded for XX",)


def test_a_denial_beside_a_gap_is_an_answer() -> None:
    assert run(replace(DENIED, findings=(GAP,))).status == "failed"


@pytest.mark.parametrize(("verdict", "status"), [(ALLOWED, "passed"), (DENIED, "unsupported")])
def test_a_question_is_compared_where_some_law_answers_it(verdict: ExploredVerdict, status: str) -> None:
    assert run(verdict, "ask: {what: court_route, at: '2026-04-08'}").status == status

"""Standing assumptions: single facts taken as given, with a reason, and named in the verdict."""

from __future__ import annotations

from typing import Any

import pytest

from collectrules.case.assumptions import check, with_assumptions
from collectrules.case.vocabulary import catalogue
from collectrules.ground.errors import InvalidInput

Law = Any

MINOR = "when: debtor.minor"


def decision(law: Law, body: str, assume: dict[str, Any], **changes: Any) -> Any:
    return law.advisor(law.ruleset(body), assume=assume).explore(law.case(record="partial", **changes))


def test_an_assumed_fact_answers_a_partial_record_and_is_named(law: Law) -> None:
    assert decision(law, MINOR, {}).decision == "review"
    verdict = decision(law, MINOR, {"debtor.minor": (False, "we lend to adults only")})
    assert verdict.decision == "allow"
    assert [(fact.fact, fact.taken_as, fact.reason) for fact in verdict.assumed] == [
        ("debtor.minor", False, "standing assumption: we lend to adults only")
    ]


def test_what_the_case_states_is_never_overruled(law: Law) -> None:
    verdict = decision(law, MINOR, {"debtor.minor": (False, "we lend to adults only")}, debtor={"minor": True})
    assert verdict.decision == "deny"
    assert verdict.assumed == ()


def test_an_assumption_may_be_about_what_is_bad(law: Law) -> None:
    assert decision(law, MINOR, {"debtor.minor": (True, "a youth account")}).decision == "deny"


def test_a_fact_of_a_part_that_is_absent(law: Law) -> None:
    body = "when: debtor.attorney.name_known"
    assert decision(law, body, {"debtor.attorney.name_known": (False, "asked at intake")}).decision == "allow"
    assert decision(law, "when: creditor.kind == company", {"creditor.kind": ("company", "all are")}).decision == "deny"


def test_the_history_may_be_taken_as_whole(law: Law) -> None:
    whole = {"history": ("complete", "the dialler writes every contact down")}
    assert decision(law, "when: any(opt_out)", {}).decision == "review"
    assert decision(law, "when: any(opt_out)", whole).decision == "allow"
    opted_out = [{"at": "2026-04-01", "event": "opt_out"}]
    assert decision(law, "when: any(opt_out)", whole, history=opted_out).decision == "deny"
    assert decision(law, MINOR, whole).decision == "review", "other facts stay unknown"


def test_with_assumptions_tells_which_were_put_in(law: Law) -> None:
    case = law.case(debtor={"minor": True})
    filled, used = with_assumptions(case, {"debtor.minor": (False, "x"), "debtor.deceased": (False, "x")}, catalogue())
    assert used == ("debtor.deceased",)
    assert filled.debtor is not None
    assert case.debtor is not None
    assert (filled.debtor.minor, filled.debtor.deceased) == (True, False)
    assert case.debtor.deceased is None


@pytest.mark.parametrize(
    "assume",
    [
        {"debtor.minor": (True, "x")},
        {"debtor.time_zone": ("America/Chicago", "x")},
        {"action.to": ("debtor", "x")},
        {"creditor.employees": (12, "x")},
        {"debtor.attorney.unresponsive": (False, "x")},
        {"collector.role": ("third_party", "x")},
        {"history": ("complete", "x")},
    ],
)
def test_single_facts_may_be_assumed(assume: dict[str, Any]) -> None:
    check(assume)


@pytest.mark.parametrize(
    ("path", "value", "code", "message"),
    [
        ("debtor.minr", False, "CR303", "did you mean `debtor.minor`?"),
        ("minor", False, "CR303", "no single fact"),
        ("debtor", False, "CR303", "no single fact"),
        ("debtor.endpoints", "x", "CR303", "no single fact"),
        ("debtor.attorney", "x", "CR303", "no single fact"),
        ("action.opt_out.method", "reply", "CR303", "no single fact"),
        ("case.jurisdiction", "US", "CR303", "no single fact"),
        ("debtor.minor", "no", "CR302", "is true or false, not `no`"),
        ("debtor.kind", "persn", "CR302", "`persn` is no word"),
        ("creditor.employees", "twelve", "CR302", "is a whole number"),
        ("creditor.employees", True, "CR302", "is a whole number"),
        ("debtor.time_zone", "America/Chicgo", "CR302", "is no time zone"),
        ("debtor.time_zone", "America", "CR302", "is no time zone"),
        ("debtor.time_zone", 5, "CR302", "is text"),
        ("history", "whole", "CR302", "can only be taken as `complete`"),
    ],
)
def test_what_is_no_fact_or_no_value_is_refused(path: str, value: Any, code: str, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check({path: (value, "because")})
    assert [problem.code for problem in caught.value.problems] == [code]
    assert message in str(caught.value)


def test_no_assumption_without_a_reason(law: Law) -> None:
    with pytest.raises(InvalidInput, match=r"CR301 `debtor\.minor` has no reason"):
        law.advisor(law.ruleset(MINOR), assume={"debtor.minor": (False, " ")})

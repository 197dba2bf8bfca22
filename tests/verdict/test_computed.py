"""What the limitation law of a place says of a debt goes before a flag, which can only tighten it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping

if TYPE_CHECKING:
    from collectrules.verdict.objects import ExploredVerdict

THREAT = "us.federal.regulation_f.no_suit_on_time_barred_debt"


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=date(2026, 11, 21))


def threatened(advisor: Advisor, debt: dict[str, Any], **changes: Any) -> ExploredVerdict:
    """A buyer threatens to sue in Massachusetts, where a contract has six years; `changes` are of the case."""
    case = {
        "jurisdiction": "US-MA",
        "record": "complete",
        "collector": {"role": "debt_buyer", "principal_purpose_collection": True},
        "debts": [{"id": "A", "kind": "consumer", "type": "credit_card", **debt}],
        "debtor": {"time_zone": "America/New_York"},
        "action": {"kind": "threaten_claim", "at": "2026-03-01"},
    }
    return advisor.explore(case_from_mapping({**case, **changes}))


def bar(verdict: ExploredVerdict) -> list[tuple[object, str]]:
    return [(fact.taken_as, fact.reason) for fact in verdict.assumed if fact.fact == "debts[A].time_barred"]


@pytest.mark.parametrize(
    ("debt", "over"),
    [
        ({"in_default_since": "2020-02-28"}, True),
        ({"in_default_since": "2020-03-01"}, False),
        ({"due": "2020-02-28"}, True),
        ({"due": "2019-01-01", "in_default_since": "2020-03-01"}, False),
        ({"in_default_since": "2020-02-28", "time_barred": False}, True),
        ({"in_default_since": "2020-03-01", "time_barred": True}, True),
        ({"time_barred": True}, True),
        ({}, False),
    ],
)
def test_whether_the_time_to_sue_is_over_follows_from_the_law_and_a_flag_only_tightens(
    advisor: Advisor, debt: dict[str, Any], over: bool
) -> None:
    verdict = threatened(advisor, debt)
    assert (THREAT in [finding.rule for finding in verdict.findings]) is over
    assert verdict.decision == ("deny" if over else "allow")


def test_what_begins_the_period_anew_counts(advisor: Advisor) -> None:
    paid = [{"at": "2024-05-01", "event": "payment"}]
    assert threatened(advisor, {"in_default_since": "2019-01-10"}, history=paid).decision == "allow"


def test_what_was_computed_is_told_with_its_law_and_a_contradiction_with_both(advisor: Advisor) -> None:
    ((taken_as, reason),) = bar(threatened(advisor, {"in_default_since": "2019-01-10"}))
    assert taken_as is True
    assert reason.startswith("computed: claim on a contract: 6 years from 2019-01-10 end on 2025-01-10 (G.L. c. 260")
    ((_, reason),) = bar(threatened(advisor, {"in_default_since": "2019-01-10", "time_barred": False}))
    assert reason.endswith("the case states no, and the stricter holds")
    ((_, reason),) = bar(threatened(advisor, {"in_default_since": "2024-01-10", "time_barred": True}))
    assert reason.endswith("the case states yes, and the stricter holds")


def test_of_a_whole_record_that_has_no_dates_the_absence_of_the_flag_is_told_as_assumed(advisor: Advisor) -> None:
    assert bar(threatened(advisor, {})) == [(False, "")]


def test_a_flag_of_a_partial_record_does_not_stand_against_its_dates(advisor: Advisor) -> None:
    def said(**debt: Any) -> str | None:
        verdict = threatened(advisor, debt, record="partial")
        return next((finding.outcome for finding in verdict.findings if finding.rule == THREAT), None)

    assert said(in_default_since="2019-01-10", time_barred=False) == "unknown"
    assert said(in_default_since="2024-01-10", time_barred=False) is None
    assert said(time_barred=False) is None
    assert said(in_default_since="2019-01-10") == "unknown"
    assert said(in_default_since="2024-01-10", time_barred=True) == "breached"


def test_a_debt_that_the_act_does_not_concern_is_not_computed(advisor: Advisor) -> None:
    old, new = (
        {"id": name, "kind": "consumer", "due": due} for name, due in (("A", "2019-01-10"), ("B", "2025-01-10"))
    )
    action = {"kind": "threaten_claim", "at": "2026-03-01"}
    assert threatened(advisor, {}, debts=[old, new], action={**action, "debts": ["B"]}).decision == "allow"
    assert threatened(advisor, {}, debts=[old, new], action=action).decision == "deny"


def test_a_claim_is_told_the_last_day_to_sue(advisor: Advisor) -> None:
    debt = {"in_default_since": "2021-01-10"}
    claimed = threatened(advisor, debt, action={"kind": "file_claim", "at": "2026-03-01"}, jurisdiction="US-CO")
    assert claimed.established["last_day"] == "2027-01-10"
    assert claimed.established["restarted"] is False
    assert "last_day" not in threatened(advisor, debt, jurisdiction="US-CO").established
    undated = threatened(advisor, {}, action={"kind": "file_claim", "at": "2026-03-01"}, jurisdiction="US-CO")
    assert "last_day" not in undated.established


def test_a_payment_on_another_debt_begins_no_period_anew(advisor: Advisor) -> None:
    debts = [
        {"id": "A", "kind": "consumer", "type": "credit_card", "in_default_since": "2020-02-28"},
        {"id": "B", "kind": "consumer", "type": "credit_card", "in_default_since": "2025-02-28"},
    ]

    def over(paid: str | None) -> str:
        payment = {"event": "payment", "at": "2024-03-01", "amount": "50.00", "currency": "USD"}
        if paid is not None:
            payment["debts"] = [paid]  # type: ignore[assignment]  # a list beside texts
        return threatened(advisor, {}, debts=debts, history=[payment]).decision

    assert [over("A"), over("B"), over(None)] == ["allow", "deny", "allow"]


def test_a_question_about_several_debts_is_open_where_a_payment_is_about_one(advisor: Advisor) -> None:
    def opened(paid: list[str]) -> str:
        payment = {"event": "payment", "at": "2024-03-01", "amount": "50.00", "currency": "USD", "debts": paid}
        case = {
            "jurisdiction": "US-MA",
            "record": "complete",
            "collector": {"role": "creditor"},
            "debts": [{"id": name, "kind": "consumer", "in_default_since": "2020-02-28"} for name in "AB"],
            "history": [payment],
            "ask": {"what": "limitation", "at": "2026-03-01"},
        }
        return " ".join(advisor.answer(case_from_mapping(case)).open)

    assert "ask about each debt by itself" in opened(["A"])
    assert opened(["A", "B"]) == ""


def filed(advisor: Advisor, owed: str | None, court_id: str | None, of_act: dict[str, Any]) -> ExploredVerdict:
    """A firm files a claim in Texas, whose court of small claims takes up to 20,000.00."""
    named = {} if court_id is None else {"court_id": court_id}
    sum_owed = {} if owed is None else {"amount": owed, "currency": "USD"}
    return advisor.explore(
        {
            "version": 2,
            "jurisdiction": "US-TX",
            "record": "complete",
            "collector": {"role": "creditor"},
            "creditor": {"kind": "company"},
            "debts": [{"id": "A", "kind": "commercial", "due": "2025-11-01", **sum_owed}],
            "action": {"kind": "file_claim", "at": "2026-11-20", **named, **of_act},
        }
    )


@pytest.mark.parametrize(
    ("owed", "court_id", "of_act", "decision"),
    [
        ("20000.00", "US-TX-SC-1", {}, "allow"),
        ("20000.01", "US-TX-SC-1", {}, "review"),
        ("20000.01", "US-TX-SC-1", {"amount": "20000.00", "currency": "USD"}, "allow"),
        ("20000.01", "another court", {}, "allow"),
        ("20000.01", None, {}, "allow"),
    ],
)
def test_a_claim_in_a_court_that_does_not_take_it_is_no_allow(
    advisor: Advisor, owed: str, court_id: str | None, of_act: dict[str, Any], decision: str
) -> None:
    verdict = filed(advisor, owed, court_id, of_act)
    assert verdict.decision == decision
    told = [fact.reason for fact in verdict.assumed if fact.fact == "action.court_answer"]
    assert bool(told) is (decision == "review")
    assert all("20000.01 USD is more than 20000.00" in reason for reason in told)


def test_a_court_of_which_it_is_not_known_whether_it_takes_the_claim_is_no_allow(advisor: Advisor) -> None:
    assert filed(advisor, None, None, {}).decision == "allow"
    verdict = filed(advisor, None, "US-TX-SC-1", {})
    assert verdict.decision == "review"
    told = [(fact.taken_as, fact.reason) for fact in verdict.assumed if fact.fact == "action.court_answer"]
    assert [taken_as for taken_as, _ in told] == ["unclear"]
    assert all("amount" in reason for _, reason in told)


@pytest.mark.parametrize(
    ("changes", "decision"),
    [
        ({"due": "2009-05-01"}, "deny"),  # two years or four, whatever the form
        ({"due": "2023-05-01"}, "review"),  # over where it was made by word of mouth, and running where it was written
        ({"due": "2023-05-01", "contract": "written"}, "allow"),
        ({"due": "2023-05-01", "contract": "oral"}, "deny"),
        ({"due": "2023-05-01", "time_barred": False}, "allow"),
        ({"due": "2009-05-01", "contract": "written"}, "deny"),
        ({"due": "2025-05-01"}, "allow"),
    ],
)
def test_what_is_over_in_every_form_of_the_contract_is_over_where_none_is_stated(
    advisor: Advisor, changes: dict[str, Any], decision: str
) -> None:
    case = {
        "jurisdiction": "US-CA",
        "record": "complete",
        "collector": {"role": "creditor"},
        "debts": [{"id": "A", "kind": "commercial", "type": "services", **changes}],
        "debtor": {"time_zone": "America/Los_Angeles", "kind": "company"},
        "action": {"kind": "file_claim", "at": "2026-03-01"},
    }
    assert advisor.check(case_from_mapping(case)).decision == decision

"""What stands against handing an account over: law, policy, fields and sums, all at once, each with what mends it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from msgspec.structs import replace

from collectrules import Advisor
from collectrules.handoff import telling
from collectrules.handoff.preflight import RULESETS, Handoff
from collectrules.handoff.receivers import ReceiverFile
from collectrules.plugins.handoffs import package
from collectrules.testing import check_rulesets

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.case.objects import Case

TODAY = date(2026, 11, 29)
SUMS = {"basis": "last_payment", "balance": "'1840.00'", "interest": "'0.00'", "fees": "'0.00'", "credits": "'0.00'"}
ITEMIZATION = {"itemization.date": "2026-09-15", **{f"itemization.{name}": value for name, value in SUMS.items()}}

BLOCKERS: list[tuple[str, dict[str, Any], str, str, str]] = [
    ("bankruptcy", {"event": {"event": "bankruptcy_petition_filed"}}, "deny", "bankruptcy", "11 USC 362"),
    ("discharge", {"debt": {"discharged": True}}, "deny", "bankruptcy", "524(a)(2)"),
    ("deceased", {"debtor": {"deceased": True}}, "review", "deceased", "1006.6(a)(4)"),
    ("dispute", {"event": {"event": "dispute_received", "form": "written"}}, "review", "dispute", "1006.38(d)(2)"),
    ("disputed", {"debt": {"disputed": True}}, "review", "dispute", "1681s-2(a)(3)"),
    ("cease", {"event": {"event": "cease_notice_received", "form": "written"}}, "review", "cease", "1006.6(c)(1)"),
    ("identity theft", {"debt": {"identity_theft_notified": True}}, "deny", "identity_theft", "15 USC 1681m(f)(1)"),
    ("paid", {"debt": {"paid": True}}, "deny", "paid", "1006.30(b)(1)"),
    ("settled", {"debt": {"settled": True}}, "deny", "paid", "1006.30(b)(1)"),
    ("sums", {"debt": {"amount": "1841.00"}}, "deny", "sums", "1692e(2)(A)"),
    ("placed before", {"event": {"event": "placed_with_agency"}}, "review", "placed_already", "handoff policy 11"),
]


def test_the_policy_of_handoffs_holds_its_examples() -> None:
    assert len(check_rulesets(RULESETS)) == 29


def test_an_account_against_which_nothing_stands_is_ready(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    answer = handoff("package").preflight(case_of())
    assert (answer.ready, answer.decision, answer.blockers) == (True, "allow", ())


@pytest.mark.parametrize(
    ("changes", "decision", "rule", "citation"), [each[1:] for each in BLOCKERS], ids=[each[0] for each in BLOCKERS]
)
def test_a_blocker_is_told_with_its_rule_and_citation(
    handoff: Callable[..., Handoff],
    case_of: Callable[..., Case],
    changes: dict[str, Any],
    decision: str,
    rule: str,
    citation: str,
) -> None:
    answer = handoff("package").preflight(case_of(**changes))
    assert (answer.ready, answer.decision) == (False, decision)
    found = [blocker for blocker in answer.blockers if blocker.rule == f"house.handoff.{rule}"]
    assert [citation in blocker.citation for blocker in found] == [True]
    assert found[0].mend


def test_a_reminder_is_asked_the_same(handoff: Callable[..., Handoff], case_of: Callable[..., Case]) -> None:
    desk = handoff("ubl_reminder", "channel: letter", kind="debtor")
    rules = {blocker.rule for blocker in desk.preflight(case_of(debt={"amount": "1.00", "disputed": True})).blockers}
    assert rules >= {"house.handoff.sums", "house.handoff.dispute"}


def test_a_dispute_that_was_resolved_does_not_stand_against_it(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    history = [{"at": "2026-11-15", "event": "dispute_received"}, {"at": "2026-11-20", "event": "dispute_resolved"}]
    case = case_of(debt={"invoiced": None}, history=history)
    assert handoff("package").preflight(case).ready


def test_a_consumers_debt_without_itemization_is_denied_and_a_companys_is_not(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    given = {name: value for name, value in ITEMIZATION.items() if name != "itemization.date"}
    desk = handoff("package", details=given)
    denied = desk.preflight(case_of())
    assert [blocker.rule for blocker in denied.blockers] == ["house.handoff_itemization.itemization"]
    assert "1006.34(b)(3)" in denied.blockers[0].citation
    commercial = case_of(debt={"kind": "commercial"}, debtor={"kind": "company"})
    assert desk.preflight(commercial).ready


def test_an_itemization_that_does_not_add_up_is_denied_with_its_arithmetic(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    answer = handoff("package", details={**ITEMIZATION, "itemization.interest": "'0.01'"}).preflight(case_of())
    assert "1840.00 and interest 0.01" in answer.blockers[0].what
    assert "are 1840.01; the current amount is 1840.00" in answer.blockers[0].what


def test_interest_since_the_itemization_date_is_part_of_a_current_amount_that_is_stated(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    details = {**ITEMIZATION, "itemization.interest": "'10.00'", "itemization.current": "'1850.00'"}
    assert handoff("package", details=details).preflight(case_of()).ready
    less = {**ITEMIZATION, "itemization.balance": "'1830.00'", "itemization.current": "'1830.00'"}
    assert "less than the open principal" in handoff("package", details=less).preflight(case_of()).blockers[0].what


def test_what_could_not_be_reckoned_is_told(handoff: Callable[..., Handoff], case_of: Callable[..., Case]) -> None:
    answer = handoff("package").preflight(case_of(debt={"invoiced": None}))
    assert (answer.ready, len(answer.unreckoned)) == (True, 1)
    assert "no `invoiced` is stated of INV-1042" in " ".join(telling.as_text(answer).split())
    assert handoff("package").preflight(case_of()).unreckoned == ()


@pytest.mark.parametrize(
    ("second", "ready"),
    [
        ({"event": "credit_note", "amount": "5.00", "currency": "USD"}, False),
        ({"event": "payment_reversed", "amount": "5.00", "currency": "USD"}, False),
        ({"event": "payment", "amount": "5.00", "currency": "EUR"}, True),  # nobody can reckon with it
        ({"event": "statement_sent"}, True),
    ],
)
def test_payments_credits_and_reversals_are_reckoned(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], second: dict[str, Any], ready: bool
) -> None:
    assert handoff("package").preflight(case_of(event=second)).ready is ready


@pytest.mark.parametrize(("before", "ready"), [("60.00", True), ("59.99", False), ("60.01", False)])
def test_what_was_paid_on_no_recorded_day_is_reckoned(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], before: str, ready: bool
) -> None:
    answer = handoff("package").preflight(case_of(debt={"invoiced": "2100.00", "paid_before": before}))
    assert answer.ready is ready
    if not ready:
        (blocker,) = answer.blockers
        assert f"{before} on days that are not recorded" in blocker.what
        assert "`collectrules record FILE payment`" in blocker.mend[0]


def test_a_time_barred_debt_goes_to_no_court_and_the_law_of_the_place_is_cited(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    old = {"issued": "2016-01-01", "due": "2016-02-01", "amount": "2040.00"}
    answer = handoff("package", kind="court", details={}).preflight(case_of(debt=old, history=[]))
    assert answer.decision == "deny"
    assert {blocker.rule for blocker in answer.blockers} >= {
        "us.tx.claims.claim_on_barred_debt",
        "house.handoff.time_barred_to_court",
    }
    assert any("16.004" in blocker.citation for blocker in answer.blockers)


def test_the_law_of_the_place_speaks_beside_the_policy(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    massachusetts = {"addresses": [{"lines": ["1 Elm"], "city": "Boston", "region": "MA", "country": "US"}]}
    case = case_of(debtor=massachusetts, event={"event": "dispute_received", "form": "written"})
    answer = handoff("package").preflight(case)
    assert {(blocker.by, blocker.citation) for blocker in answer.blockers} >= {("law", "940 CMR 7.08(2)")}


def test_everything_that_is_missing_is_told_at_once(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    case = case_of(
        debt={"amount": None, "currency": None, "invoiced": None, "paid": True},
        debtor={"name": None},
        creditor={"name": None},
        collector={"name": None},
        history=[],
    )
    answer = handoff("package", details={}).preflight(case)
    told = " ".join(blocker.what for blocker in answer.blockers)
    for what in (
        "account.amount",
        "account.currency",
        "debtor.name",
        "creditor.name",
        "paid or settled",
        "itemization",
    ):
        assert what in told
    assert all(blocker.mend for blocker in answer.blockers)


def test_paid_invoices_are_history_and_only_open_ones_go(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    paid = {
        "id": "INV-1",
        "kind": "consumer",
        "currency": "USD",
        "paid": True,
        "invoiced": "10.00",
        "issued": "2026-01-02",
    }
    history = [
        {"at": "2026-02-01", "event": "payment", "amount": "10.00", "currency": "USD", "debts": ["INV-1"]},
        {"at": "2026-09-15", "event": "payment", "amount": "200.00", "currency": "USD", "debts": ["INV-1042"]},
    ]
    debts = [
        paid,
        {"id": "INV-1042", "kind": "consumer", "amount": "1840.00", "invoiced": "2040.00", "currency": "USD"},
    ]
    checked = handoff("package").check(case_of(debts=debts, history=history))
    assert checked.preflight.ready
    invoices = checked.account[package.FORMAT.fields[3]]
    assert [(each.id, each.handed_over) for each in invoices] == [("INV-1", False), ("INV-1042", True)]


def test_the_quote_stands_beside_by_the_rates_that_were_stated(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    terms = "terms: {commission: '25.00', recovery: '40.00', fee: '10.00', tax: '20.00'}"
    quote = handoff("package", terms).preflight(case_of()).quote
    assert quote is not None
    # 40 per cent of 1840.00 is 736.00; a quarter is 184.00, with the fee 194.00, with tax 232.80
    assert (quote.commission, quote.net) == (Decimal("232.80"), Decimal("503.20"))
    assert handoff("package").preflight(case_of()).quote is None


@pytest.mark.parametrize(("days", "rate"), [(90, "35.00"), (91, "25.00")])  # due 31 August, 90 days to 29 November
def test_an_old_debt_has_another_commission_from_its_day_on(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], days: int, rate: str
) -> None:
    terms = f"terms: {{commission: '25.00', commission_after_days: {days}, commission_when_older: '35.00'}}"
    quote = handoff("package", terms).preflight(case_of()).quote
    assert quote is not None
    assert quote.commission_rate == Decimal(rate)
    assert quote.how.startswith("if all is paid")


def test_the_preflight_keeps_its_published_schema(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    desk = handoff("package", "terms: {commission: '25.00'}")
    schema = telling.schema("handoff")
    for case in (case_of(), *(case_of(**each[1]) for each in BLOCKERS)):
        jsonschema.validate(json.loads(telling.as_json(desk.preflight(case))), schema)


def test_a_page_keeps_to_eighty_columns_and_names_rule_citation_and_remedy(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    text = telling.as_text(handoff("package").preflight(case_of(debt={"disputed": True})))
    assert max(len(line) for line in text.splitlines()) <= 80
    assert text.startswith("REVIEW  C-1042: place with agency, package to Harbour Collections")
    for part in ("house.handoff.dispute", "12 CFR 1006.38(d)(2)", "mend answer the dispute and record it"):
        assert part in " ".join(text.split())


def test_a_verdict_that_is_no_allow_is_never_ready_even_without_a_reason(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = handoff("package")
    explore = desk.advisor.explore
    monkeypatch.setattr(desk.advisor, "explore", lambda case: replace(explore(case), findings=()))
    answer = desk.preflight(case_of(debt={"disputed": True}))
    assert (answer.blockers, answer.ready, answer.decision) == ((), False, "review")


def test_an_advisor_without_the_policy_hands_nothing_over() -> None:
    receiver = ReceiverFile("Harbour", "agency", "place_with_agency", None, {}, None)
    with pytest.raises(ValueError, match="has no handoff policy"):
        Handoff(Advisor.load(today=TODAY), package.FORMAT, receiver)


def test_a_partial_record_is_not_enough(handoff: Callable[..., Handoff], case_of: Callable[..., Case]) -> None:
    answer = handoff("package").preflight(case_of(record="partial"))
    assert (answer.ready, answer.decision) == (False, "review")
    assert all(blocker.mend for blocker in answer.blockers)
    theft = next(blocker for blocker in answer.blockers if blocker.rule == "house.handoff.identity_theft")
    assert "then state `records: {disputes: whole}`" in " ".join(theft.mend)


def test_an_act_of_the_case_keeps_its_debts_and_not_its_day(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    debts = [
        {"id": "A", "kind": "commercial", "amount": "9.00", "currency": "USD"},
        {"id": "B", "kind": "commercial", "amount": "5.00", "currency": "USD", "disputed": True},
    ]
    act = {"kind": "place_with_agency", "at": "2026-11-20", "debts": ["A"]}
    desk = handoff("package", details={})
    one, both = desk.check(case_of(debts=debts, history=[], action=act)), desk.check(case_of(debts=debts, history=[]))
    assert (one.preflight.ready, both.preflight.ready) == (True, False)
    assert one.verdict.at.startswith("2026-11-29")

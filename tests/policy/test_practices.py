"""Every practice that guides to collecting name has a construct in a policy; most are shown by the shipped ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.policy.account import Account
from collectrules.policy.proposing import proposals
from collectrules.policy.reading import parse_policy
from collectrules.policy.shipped import policy_of, policy_path
from collectrules.policy.standing import standing
from collectrules.policy.tasks import due_tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.case.objects import Case
    from collectrules.law.model import Language
    from collectrules.policy.model import Policy
    from collectrules.policy.proposing import Proposal

    Accounts = Callable[..., Case]

TODAY = "2026-11-23"
ONE_STEP = "stages: [{id: a, title: a, starts: {days_past_due: 1}, steps: [{id: a, title: a, channels: [email]}]}]"


@pytest.fixture(scope="module")
def b2b(language: Language) -> Policy:
    return policy_of("small_b2b", language)


@pytest.fixture(scope="module")
def highest(language: Language) -> Policy:
    text = policy_path("small_b2b").read_text("utf-8")
    assert "begins: first_stage" in text
    return parse_policy(text.replace("begins: first_stage", "begins: highest_stage"), "ours.yaml", language)


@pytest.fixture(scope="module")
def consumer(language: Language) -> Policy:
    return policy_of("own_consumer", language)


@pytest.fixture(scope="module")
def agency(language: Language) -> Policy:
    return policy_of("agency", language)


def invoice(late: int, day: str = TODAY, **stated: Any) -> dict[str, Any]:
    due = date.fromordinal(date.fromisoformat(day).toordinal() - late)
    issued = date.fromordinal(due.toordinal() - 30)
    return {"id": "A", "due": due.isoformat(), "issued": issued.isoformat(), "amount": "800.00", **stated}


def did(at: str, stage: str, step: str) -> dict[str, Any]:
    return {"at": at, "event": "step_done", "stage": stage, "step": step}


def one(policy: Policy, case: Case, day: str = TODAY) -> Proposal:
    (proposal,) = proposals(policy, case, date.fromisoformat(day))[1]
    return proposal


def tasks(policy: Policy, case: Case, day: str = TODAY) -> set[str]:
    account = Account(case, date.fromisoformat(day))
    return {
        each.step.id for each in due_tasks(policy, account, standing(account, account.open, policy)) if not each.figure
    }


def named(proposal: Proposal) -> str:
    return f"{proposal.outcome} {proposal.stage}.{proposal.step.id if proposal.step else ''}"


# ---- before it is due ---------------------------------------------------------------------------------------------


def test_a_preventive_step_before_a_large_invoice_is_due(b2b: Policy, account: Accounts) -> None:
    assert named(one(b2b, account(invoice(-5, amount="2000.00")))) == "step before_due.friendly_notice"
    assert named(one(b2b, account(invoice(-6, amount="2000.00")))).startswith("wait before_due")
    small = one(b2b, account(invoice(-5, amount="1999.99")))
    assert named(small) == "wait reminder.reminder"
    assert [each.stage for each in small.skipped] == ["before_due"]


def test_invoices_are_sent_efficiently_and_reviewed(b2b: Policy) -> None:
    assert {"aging", "month_end", "monthly_review", "invoicing", "limits"} == {each.id for each in b2b.reviews}
    assert next(each for each in b2b.reviews if each.id == "month_end").last_day


# ---- beside the ladder --------------------------------------------------------------------------------------------


def test_statements_leave_at_the_end_of_the_month(b2b: Policy, account: Accounts) -> None:
    case = account(invoice(10), invoice(5, id="B"))
    assert "statement" in tasks(b2b, case, "2026-11-30")
    assert "statement" not in tasks(b2b, case, "2026-11-27")
    sent = account(invoice(10), invoice(5, id="B"), history=[{"at": "2026-11-30", "event": "statement_sent"}])
    assert "statement" not in tasks(b2b, sent, "2026-11-30")
    assert "statement" not in tasks(b2b, account(invoice(10)), "2026-11-30"), "one invoice is no statement"


def test_the_contact_person_is_found_and_data_kept_current(b2b: Policy, account: Accounts) -> None:
    assert "contact_person" in tasks(b2b, account(invoice(10)))
    known = account(invoice(10), debtor={"contact_person": "K. Osei", "customer_since": "2025-11-23"})
    assert "contact_person" not in tasks(b2b, known)
    assert "customer_record" in tasks(b2b, known), "a customer for a year"
    checked = account(
        invoice(10), debtor={"customer_since": "2024-01-01"}, history=[did("2026-01-02", "tasks", "customer_record")]
    )
    assert "customer_record" not in tasks(b2b, checked)
    assert "customer_record" in tasks(b2b, checked, "2027-01-02"), "a year after the last time"


def test_credit_is_held_from_the_sixtieth_day_and_released(b2b: Policy, account: Accounts) -> None:
    assert "hold" not in tasks(b2b, account(invoice(59)))
    assert "hold" in tasks(b2b, account(invoice(60)))
    held = [{"at": "2026-11-20", "event": "credit_held"}]
    assert "hold" not in tasks(b2b, account(invoice(60), history=held)), "it is held"
    assert "release" in tasks(b2b, account(invoice(-1), history=held))
    assert "release" not in tasks(b2b, account(invoice(-1)))


def test_credit_limits_and_their_yearly_review(b2b: Policy, account: Accounts) -> None:
    limited = {"credit_limit": "500.00", "credit_currency": "EUR", "customer_since": "2024-01-01"}
    assert {"credit_limit", "credit_review"} <= tasks(b2b, account(invoice(5), debtor=limited))
    assert "credit_limit" not in tasks(b2b, account(invoice(5), debtor={**limited, "credit_limit": "800.00"}))
    unknown = account(invoice(5))
    there = Account(unknown, date.fromisoformat(TODAY))
    found = {each.step.id: each.figure for each in due_tasks(b2b, there, standing(there, there.open, b2b))}
    assert found["credit_limit"] == "over_limit", "without a limit it is asked for, not taken as kept"


def paid(number: int, late: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    debts = [
        {
            "id": f"P{each}",
            "due": f"2026-0{each + 1}-10",
            "amount": "0.00",
            "paid": True,
            "issued": f"2026-0{each + 1}-01",
        }
        for each in range(number)
    ]
    history = [
        {
            "at": date(2026, each + 1, 10 + late).isoformat(),
            "event": "payment",
            "amount": "9.00",
            "currency": "EUR",
            "debts": [f"P{each}"],
        }
        for each in range(number)
    ]
    return debts, history


def test_who_pays_on_time_is_rewarded_and_who_pays_late_reminded_of_the_terms(b2b: Policy, account: Accounts) -> None:
    debts, history = paid(6, 0)
    assert "reward" in tasks(b2b, account(invoice(-1), *debts, history=history))
    debts, history = paid(5, 0)
    assert "reward" not in tasks(b2b, account(invoice(-1), *debts, history=history))
    debts, history = paid(6, 12)
    found = tasks(b2b, account(invoice(-1), *debts, history=history))
    assert "terms_reminder" in found
    assert "reward" not in found


def test_evidence_of_agreement_and_delivery_is_asked_for_in_time(b2b: Policy, account: Accounts) -> None:
    assert "evidence" in tasks(b2b, account(invoice(5, documents=["invoice", "order"])))
    assert "evidence" not in tasks(b2b, account(invoice(5, documents=["invoice", "order", "proof_of_delivery"])))


# ---- the ladder ---------------------------------------------------------------------------------------------------


def test_letters_grow_firmer_and_give_a_deadline(b2b: Policy) -> None:
    tones = [step.tone for stage in b2b.stages for step in stage.steps if step.letter]
    assert tones == ["friendly", "neutral", "firm", "final"]
    assert all(step.deadline for stage in b2b.stages for step in stage.steps if step.letter)


def test_a_call_has_a_purpose_and_is_tried_again(b2b: Policy, account: Accounts) -> None:
    reminders = [did("2026-10-26", "reminder", "reminder"), did("2026-11-05", "reminder", "second_reminder")]
    phone = {"debtor": {"endpoints": [{"number": "+49 30 901820"}]}}
    call = one(b2b, account(invoice(25), history=reminders, **phone))
    assert named(call) == "step call.call"
    assert call.step is not None
    assert call.step.purpose
    no_answer = {"channel": "phone", "direction": "outbound", "outcome": "no_answer"}
    tried = account(invoice(25), history=[*reminders, {"at": "2026-11-18", **no_answer}], **phone)
    again = one(b2b, tried)
    assert (named(again), again.time) == ("step call.call", 2)
    spoken = [*reminders, {"at": "2026-11-18", "channel": "phone", "direction": "outbound", "outcome": "conversation"}]
    after = one(b2b, account(invoice(25), history=spoken, **phone))
    assert named(after) == "wait demand.demand"
    assert "somebody was spoken to" in after.skipped[0].reason
    nobody = one(b2b, account(invoice(25), history=reminders))
    assert named(nobody) == "wait demand.demand"
    assert nobody.skipped[0].reason.startswith("no telephone number is known")


def test_an_old_account_begins_where_its_age_is_and_says_what_it_skipped(highest: Policy, account: Accounts) -> None:
    old = one(highest, account(invoice(34)))
    assert named(old) == "step demand.demand"
    assert [each.stage for each in old.skipped] == ["before_due", "reminder", "call"]
    assert {each.reason for each in old.skipped} == {"the account is 34 days past due and begins higher up"}


def test_nobody_is_sued_or_sent_a_last_letter_who_was_never_written_to(
    b2b: Policy, highest: Policy, consumer: Policy, account: Accounts
) -> None:
    assert named(one(highest, account(invoice(300)))) == "step demand.demand"
    assert named(one(b2b, account(invoice(300)))) == "step reminder.reminder"
    assert named(one(consumer, account(invoice(300, kind="consumer")))) == "step reminder.first"


def test_a_visit_is_for_customers_that_matter(b2b: Policy, account: Accounts) -> None:
    done = [did("2026-11-02", "demand", "demand")]
    key = account(invoice(50, amount="5000.00"), history=done, debtor={"worth": "key"})
    assert named(one(b2b, key)) == "step visit.visit"
    ordinary = one(b2b, account(invoice(50, amount="5000.00"), history=done))
    assert named(ordinary) == "wait final_notice.final_notice"
    assert [each.stage for each in ordinary.skipped] == ["visit"]


@pytest.mark.parametrize(
    ("amount", "step"), [("99.99", "small_amount"), ("100.00", "agency"), ("499.99", "agency"), ("500.00", "court")]
)
def test_the_hand_over_is_by_amount(b2b: Policy, account: Accounts, amount: str, step: str) -> None:
    done = [did("2026-10-20", "final_notice", "final_notice")]
    assert named(one(b2b, account(invoice(95, amount=amount), history=done))) == f"step hand_over.{step}"


def test_an_insolvent_customer_is_not_sued(b2b: Policy, account: Accounts) -> None:
    done = [
        did("2026-10-20", "final_notice", "final_notice"),
        {"at": "2026-11-01", "event": "bankruptcy_petition_filed"},
    ]
    assert named(one(b2b, account(invoice(95), history=done))) == "step hand_over.agency"


def test_what_was_placed_rests_and_the_cycle_begins_again(b2b: Policy, account: Accounts) -> None:
    placed = [did("2026-10-01", "final_notice", "final_notice"), {"at": "2026-11-01", "event": "placed_with_agency"}]
    rests = one(b2b, account(invoice(120), history=placed))
    assert rests.outcome == "pause"
    assert rests.reasons[0].startswith("it was placed with an agency on 2026-11-01")
    again = one(b2b, account(invoice(300), history=placed), "2027-02-01")
    assert named(again) == "step final_notice.final_notice"
    assert "begins anew" in again.reasons[0]


def test_what_was_recalled_from_the_agency_is_in_hand_again(b2b: Policy, account: Accounts) -> None:
    final = did("2026-10-01", "final_notice", "final_notice")
    placed = {"at": "2026-11-01", "event": "placed_with_agency"}
    back = {"at": "2026-11-10", "event": "recalled_from_agency"}
    case = account(invoice(120), history=[final, placed, back])
    assert one(b2b, case).outcome != "pause"
    again = account(invoice(120), history=[final, placed, back, {**placed, "at": "2026-11-12"}])
    assert one(b2b, again).outcome == "pause"


def test_what_is_below_the_least_amount_waits(b2b: Policy, account: Accounts) -> None:
    assert one(b2b, account(invoice(30, amount="4.99"))).outcome == "nothing"
    assert one(b2b, account(invoice(30, amount="5.00"))).outcome == "step"


# ---- promises, plans, disputes, hardship --------------------------------------------------------------------------


def promise(at: str, until: str, amount: str | None = "800.00") -> dict[str, Any]:
    money = {"amount": amount, "currency": "EUR"} if amount else {}
    return {"at": at, "event": "promise_to_pay", "promised_for": until, **money}


def payment(at: str, amount: str) -> dict[str, Any]:
    return {"at": at, "event": "payment", "amount": amount, "currency": "EUR", "debts": ["A"]}


@pytest.mark.parametrize(
    ("day", "outcome", "state"),
    [("2026-11-20", "pause", "pending"), ("2026-11-22", "pause", "pending"), ("2026-11-23", "step", "broken")],
)
def test_a_promise_is_waited_for_and_two_days_of_grace(
    b2b: Policy, account: Accounts, day: str, outcome: str, state: str
) -> None:
    case = account(invoice(40), history=[promise("2026-11-10", "2026-11-20")])
    assert one(b2b, case, day).outcome == outcome
    there = Account(case, date.fromisoformat(day), b2b.promises.grace)
    assert [each.state for each in there.promises] == [state]


def test_a_broken_promise_leads_to_the_demand(b2b: Policy, account: Accounts) -> None:
    found = one(b2b, account(invoice(20), history=[promise("2026-11-10", "2026-11-20")]))
    assert named(found) == "wait demand.demand"
    assert {each.reason for each in found.skipped} == {
        "the promise to pay on 2026-11-20 was broken, which leads to `demand`"
    }
    late = one(b2b, account(invoice(40), history=[promise("2026-11-10", "2026-11-20")]))
    assert named(late) == "step demand.demand"


def test_a_promise_of_a_part_that_is_kept_leads_nowhere(b2b: Policy, account: Accounts) -> None:
    history = [
        did("2026-11-05", "reminder", "reminder"),
        promise("2026-11-10", "2026-11-20", "300.00"),
        payment("2026-11-19", "300.00"),
    ]
    found = one(b2b, account(invoice(17, amount="500.00"), history=history))
    assert found.values["promises_kept"] == 1
    assert named(found) == "step reminder.second_reminder"
    short = [*history[:2], payment("2026-11-19", "299.99")]
    assert one(b2b, account(invoice(17, amount="500.01"), history=short)).values["promises_broken"] == 1


def test_a_promise_too_far_away_is_not_waited_for_so_long(b2b: Policy, account: Accounts) -> None:
    case = account(invoice(40), history=[promise("2026-11-01", "2027-03-01")])
    assert one(b2b, case, "2026-11-24").outcome == "pause", "twenty-one days and two of grace"
    assert one(b2b, case, "2026-11-25").outcome == "step"


def test_after_two_broken_promises_no_third_is_believed(b2b: Policy, account: Accounts) -> None:
    broken = [promise("2026-09-20", "2026-09-25"), promise("2026-10-10", "2026-10-15")]
    third = promise("2026-11-20", "2026-12-01")
    assert one(b2b, account(invoice(70), history=[broken[0], third])).outcome == "pause"
    assert one(b2b, account(invoice(70), history=[*broken, third])).outcome == "step"


def plan(at: str = "2026-10-01") -> dict[str, Any]:
    return {
        "at": at, "event": "plan_agreed", "instalments": 4, "every_days": 30, "amount": "200.00", "currency": "EUR",
        "promised_for": "2026-10-10",
    }  # fmt: skip


def test_a_plan_pauses_until_an_instalment_is_missed(b2b: Policy, account: Accounts) -> None:
    keeps = [plan(), payment("2026-10-09", "200.00"), payment("2026-11-09", "200.00")]
    kept = one(b2b, account(invoice(60, amount="400.00"), history=keeps))
    assert (kept.outcome, kept.stage) == ("pause", "plan")
    assert "promised for 2026-12-09" in kept.reasons[0], "the next instalment"
    reminded = [did("2026-10-08", "reminder", "reminder"), *keeps[:2]]
    missed = account(invoice(40, amount="600.00"), history=reminded)
    assert one(b2b, missed, "2026-11-12").outcome == "pause", "three days of grace"
    found = one(b2b, missed, "2026-11-13")
    assert named(found) == "wait final_notice.final_notice"
    assert "the plan to pay on 2026-11-09 was broken" in found.skipped[-1].reason
    unwritten = one(b2b, account(invoice(40, amount="600.00"), history=keeps[:2]), "2026-11-13")
    assert unwritten.stage == "reminder", "a last letter follows an earlier one"


def test_a_dispute_pauses_its_invoice_alone(b2b: Policy, account: Accounts) -> None:
    dispute = {"at": "2026-11-20", "event": "dispute_received", "debts": ["A"]}
    found = proposals(b2b, account(invoice(40), invoice(40, id="B"), history=[dispute]), date(2026, 11, 23))[1]
    assert [(named(each), [one.id for one in each.invoices]) for each in found] == [
        ("step dispute.acknowledge", ["A"]),
        ("step reminder.reminder", ["B"]),
    ]


def test_the_path_of_a_dispute_goes_on_and_is_reminded_of(b2b: Policy, account: Accounts) -> None:
    history = [{"at": "2026-11-10", "event": "dispute_received"}, did("2026-11-11", "dispute", "acknowledge")]
    assert named(one(b2b, account(invoice(40), history=history))) == "step dispute.copies"
    history.append({"at": "2026-11-13", "event": "invoice_copy_sent"})
    settle = one(b2b, account(invoice(40), history=history))
    assert named(settle) == "step dispute.settle"
    assert "it was to be answered by 2026-11-20" in settle.reasons[0], "late"
    history.append(did("2026-11-23", "dispute", "settle"))
    assert one(b2b, account(invoice(40), history=history)).outcome == "pause"


def test_after_a_dispute_the_ladder_goes_on_a_week_later(b2b: Policy, account: Accounts) -> None:
    history = [{"at": "2026-11-10", "event": "dispute_received"}, {"at": "2026-11-17", "event": "dispute_resolved"}]
    assert one(b2b, account(invoice(40), history=history), "2026-11-23").outcome == "wait"
    assert named(one(b2b, account(invoice(40), history=history), "2026-11-24")) == "step reminder.reminder"


def test_hardship_pauses_the_account_until_a_plan_is_agreed(consumer: Policy, account: Accounts) -> None:
    debts = [invoice(40, kind="consumer"), invoice(20, id="B", kind="consumer")]
    told = {"at": "2026-11-20", "event": "hardship_told"}
    found = one(consumer, account(*debts, history=[told]))
    assert (named(found), len(found.invoices)) == ("step hardship.signpost", 2)
    agreed = {**plan("2026-11-21"), "promised_for": "2026-12-10"}
    assert one(consumer, account(*debts, history=[told, agreed])).stage == "plan"


def test_a_dispute_without_a_path_is_for_a_person(policy: Any, account: Accounts) -> None:
    ladder = policy(ONE_STEP)
    found = one(ladder, account(invoice(40, disputed=True)))
    assert (found.outcome, found.stage) == ("pause", "dispute")
    assert "the policy has no path for it: a person decides" in found.reasons[0]


# ---- others -------------------------------------------------------------------------------------------------------


def test_consumers_are_reminded_invoice_by_invoice_from_the_first_step(consumer: Policy, account: Accounts) -> None:
    debts = [invoice(400, kind="consumer"), invoice(6, id="B", kind="consumer"), invoice(-1, id="C", kind="consumer")]
    found = proposals(consumer, account(*debts), date(2026, 11, 23))[1]
    assert [(named(each), [one.id for one in each.invoices]) for each in found] == [
        ("step reminder.first", ["A", "B"]),
        ("step before_due.notice", ["C"]),
    ]


def test_an_agency_begins_with_the_validation_notice(agency: Policy, account: Accounts) -> None:
    case = account(invoice(200), collector={"role": "third_party"})
    first = one(agency, case)
    assert named(first) == "step notice.validation"
    history = [{"at": "2026-10-01", "event": "validation_notice_sent"}]
    then = one(agency, account(invoice(200), collector={"role": "third_party"}, history=history))
    assert named(then) == "step contact.letter"


def test_what_is_not_known_is_asked_for_and_not_taken_as_no(policy: Any, account: Accounts) -> None:
    ladder = policy(ONE_STEP.replace("steps:", "when: {worth: key}, steps:"))
    found = one(ladder, account(invoice(40)))
    assert (found.outcome, found.figure) == ("ask", "worth")
    assert found.step is None
    no_due = account({"id": "A", "amount": "10.00"})
    assert (
        one(
            policy(ONE_STEP),
            no_due,
        ).figure
        == "days_past_due"
    )


def test_a_deadline_ends_on_a_working_day(policy: Any, account: Accounts) -> None:
    """Fourteen days from 1 August 2020, a Saturday, end on Monday the 17th: story 4, without the hour of the day."""
    ladder = policy(
        """
stages:
  - {id: a, title: a, starts: {days_past_due: 1}, steps: [{id: a, title: a, channels: [email], deadline: 14}]}
  - {id: b, title: b, starts: {days_past_due: 2}, steps: [{id: b, title: b, channels: [email]}]}
"""
    )
    case = account({"id": "A", "due": "2020-07-01"}, history=[did("2020-08-01", "a", "a")])
    found = one(ladder, case, "2020-08-03")
    assert (found.outcome, found.day) == ("wait", date(2020, 8, 18)), "the day after the deadline"
    assert "the deadline of the step `a` ends on 2020-08-17" in found.reasons

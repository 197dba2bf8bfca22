"""Reminder ladders of other people's tests: stories L1 to L20."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.ground.errors import InvalidInput
from collectrules.policy.charging import bill, simple_interest

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.case.objects import Case
    from collectrules.policy.model import Policy
    from collectrules.policy.proposing import Proposal

    Reader = Callable[[str], Policy]
    Account = Callable[..., Case]
    Proposed = Callable[[Policy, Case, str], tuple[Proposal, ...]]
    StepOf = Callable[[Policy, Case, str], str]

REMINDERS = """
runs: invoice
working_days: every_day
calendars:
  every_day: {cite: none, closed: [], holidays: []}
stages:
  - id: first
    title: first notice
    starts: {days_past_due: 1}
    steps: [{id: notice, title: first notice, channels: [email]}]
  - id: second
    title: second notice
    starts: {days_past_due: 15}
    steps:
      - {id: notice, title: second notice, channels: [letter], charges: {fee: {EUR: '10.00'}, annual_rate: '10.00'}}
"""
THREE_STEPS = """
runs: debtor
working_days: every_day
calendars:
  every_day: {cite: none, closed: [], holidays: []}
stages:
  - {id: one, title: one, starts: {days_past_due: 10}, steps: [{id: mail, title: one, channels: [email]}]}
  - id: two
    title: two
    starts: {days_past_due: 30, month_end: yes}
    steps: [{id: mail, title: two, channels: [email]}]
  - {id: three, title: three, starts: {days_after_step: 10}, steps: [{id: letter, title: three, channels: [letter]}]}
"""
AUSTRIAN = """
runs: invoice
working_days: every_day
calendars:
  every_day: {cite: none, closed: [], holidays: []}
stages:
  - {id: one, title: one, starts: {days_past_due: 15}, steps: [{id: letter, title: one, channels: [letter]}]}
  - {id: two, title: two, starts: {days_past_due: 31}, steps: [{id: letter, title: two, channels: [letter]}]}
"""
NO_FOLLOW_UP = "stages: []\n"


def done(at: str, stage: str, step: str, *debts: str) -> dict[str, Any]:
    return {"at": at, "event": "step_done", "stage": stage, "step": step, **({"debts": [*debts]} if debts else {})}


def days_after(day: str, number: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=number)).isoformat()


def test_l1_a_reminder_without_fee_or_interest(policy: Reader, account: Account, proposed: Proposed) -> None:
    (one,) = proposed(policy(REMINDERS), account("2026-03-01"), "2026-03-21")
    assert (one.stage, one.outcome) == ("first", "step")
    assert one.step is not None
    made = bill(one.step.charges, one.invoices, date(2026, 3, 21))
    assert made is not None
    assert not any((made.interest, made.fee, made.added))
    assert made.to_pay == Decimal("100.00")


def test_l2_a_second_notice_with_fee_and_interest(policy: Reader, account: Account, proposed: Proposed) -> None:
    case = account("2026-03-01", history=[done("2026-03-05", "first", "notice")])
    (one,) = proposed(policy(REMINDERS), case, "2026-03-16")
    assert one.stage == "second"
    assert one.step is not None
    made = bill(one.step.charges, one.invoices, date(2026, 3, 16))
    assert made is not None
    assert (made.interest, made.added, made.to_pay) == (Decimal("0.41"), Decimal("10.41"), Decimal("110.41"))


def test_l3_all_is_paid(policy: Reader, account: Account, proposed: Proposed) -> None:
    payment = {"at": "2026-03-20", "event": "payment", "amount": "110.41", "currency": "EUR", "debts": ["A"]}
    paid = {"id": "A", "due": "2026-03-01", "amount": "0.00", "paid": True}
    case = account(paid, history=[done("2026-03-16", "second", "notice"), payment])
    (one,) = proposed(policy(REMINDERS), case, "2026-03-21")
    assert one.outcome == "nothing"
    assert one.reasons == ("nothing is open: every invoice is paid or settled",)


def test_l4_two_invoices_in_one_reminder(policy: Reader, account: Account, proposed: Proposed) -> None:
    case = account({"id": "A", "due": "2026-03-01"}, {"id": "B", "due": "2026-03-01", "amount": "300.00"})
    (one,) = proposed(policy(REMINDERS), case, "2026-03-07")
    assert [(each.id, each.open) for each in one.invoices] == [("A", Decimal(100)), ("B", Decimal(300))]


HALVES = (
    {"id": "INV/1", "due": "2026-03-06", "amount": "50.00"},
    {"id": "INV/2", "due": "2026-03-11", "amount": "50.00"},
)


def test_l5_the_first_half_alone_is_reminded(policy: Reader, account: Account, proposed: Proposed) -> None:
    first, second = proposed(policy(REMINDERS), account(*HALVES), "2026-03-07")
    assert (first.outcome, [each.id for each in first.invoices]) == ("step", ["INV/1"])
    assert (second.outcome, second.day) == ("wait", date(2026, 3, 12))


PAYMENT = {"at": "2026-03-07", "event": "payment", "amount": "50.00", "currency": "EUR", "debts": ["INV/1"]}


def test_l6_the_first_half_is_paid(policy: Reader, account: Account, proposed: Proposed) -> None:
    case = account({**HALVES[0], "amount": "0.00"}, HALVES[1], history=[PAYMENT])
    (one,) = proposed(policy(REMINDERS), case, "2026-03-08")
    assert [each.id for each in one.invoices] == ["INV/2"]
    assert one.outcome == "wait"


def test_l7_the_payment_is_taken_back(policy: Reader, account: Account, proposed: Proposed) -> None:
    back = {**PAYMENT, "at": "2026-03-08", "event": "payment_reversed"}
    history = [done("2026-03-07", "first", "notice", "INV/1"), PAYMENT, back]
    first, _ = proposed(policy(REMINDERS), account(*HALVES, history=history), "2026-03-22")
    assert (first.outcome, first.stage) == ("step", "second"), "the ladder goes on where it stood"


def test_l8_and_l9_a_credit_note_that_is_set_off_and_taken_back(
    policy: Reader, account: Account, proposed: Proposed
) -> None:
    note = {"at": "2026-03-11", "event": "credit_note", "amount": "100.00", "currency": "EUR", "debts": ["A"]}
    (one,) = proposed(policy(REMINDERS), account({"id": "A", "amount": "0.00"}, history=[note]), "2026-03-11")
    assert one.outcome == "nothing"
    back = {**note, "event": "payment_reversed", "at": "2026-03-12"}
    (one,) = proposed(policy(REMINDERS), account("2026-03-01", history=[note, back]), "2026-03-12")
    assert (one.outcome, one.stage) == ("step", "first")


def test_l10_a_credit_note_that_stands_alone(policy: Reader, account: Account, proposed: Proposed) -> None:
    note = {"at": "2026-03-11", "event": "credit_note", "amount": "100.00", "currency": "EUR"}
    (one,) = proposed(policy(REMINDERS), account("2026-03-01", history=[note]), "2026-03-11")
    assert (one.outcome, one.stage) == ("step", "first")


def test_l11_no_step_is_skipped_however_old_the_debt_is(policy: Reader, account: Account, step_of: StepOf) -> None:
    assert step_of(policy(THREE_STEPS), account("2025-03-01"), "2026-03-01") == "one.mail"


def test_l12_one_step_a_run(policy: Reader, account: Account, step_of: StepOf) -> None:
    runs = ["2026-01-01", "2026-05-01", "2026-07-01"]
    history: list[dict[str, Any]] = []
    for day in runs:
        step = step_of(policy(THREE_STEPS), account("2025-12-01", history=history), day)
        history.append(done(day, *step.split(".")))
    assert [(each["stage"], each["at"]) for each in history] == list(zip(["one", "two", "three"], runs, strict=True))


def test_l13_a_run_before_the_last_entry_is_refused(policy: Reader, account: Account, step_of: StepOf) -> None:
    case = account("2026-01-01", history=[done("2026-03-01", "one", "mail")])
    assert step_of(policy(THREE_STEPS), case, "2026-03-01") == "two.mail"
    with pytest.raises(InvalidInput) as refused:
        step_of(policy(THREE_STEPS), case, days_after("2026-03-01", -15))
    assert "CR026 the account has an entry of 2026-03-01, after the day that is asked about (2026-02-14)" in str(
        refused.value
    )


def test_l14_the_step_of_the_debtor_is_that_of_all_invoices(
    policy: Reader, account: Account, proposed: Proposed
) -> None:
    debts = [{"id": name, "due": due} for name, due in (("A", "2024-06-01"), ("B", "2024-12-01"), ("C", "2025-01-01"))]
    first, second = "2024-12-30", "2025-01-30"
    ladder = policy(THREE_STEPS)
    (one,) = proposed(ladder, account(*debts), first)
    assert (one.stage, [each.id for each in one.invoices]) == ("one", ["A", "B"])
    (one,) = proposed(ladder, account(*debts, history=[done(first, "one", "mail", "A", "B")]), second)
    assert (one.stage, [each.id for each in one.invoices]) == ("two", ["A", "B", "C"]), "the newest too"


def test_l15_nothing_is_before_the_first_step(policy: Reader) -> None:
    first = THREE_STEPS.replace("starts: {days_past_due: 10}", "starts: {days_after_step: 10}")
    with pytest.raises(
        InvalidInput, match="CR172 the stage `one` counts from the step before, and nothing is before it"
    ):
        policy(first)


def test_l16_a_ladder_for_other_accounts_is_refused(policy: Reader, account: Account, proposed: Proposed) -> None:
    consumers = "accounts: {debt_kind: consumer}\n"
    (one,) = proposed(policy(consumers + THREE_STEPS), account("2025-03-01"), "2026-03-01")
    assert one.outcome == "refused"
    assert one.reasons == (
        "the policy `ours` is not made for this account: kind of the debts: commercial, not consumer",
    )
    assert one.step is None
    (one,) = proposed(policy(NO_FOLLOW_UP), account("2025-03-01"), "2026-03-01")
    assert (one.outcome, one.reasons) == ("nothing", ("the policy `ours` has no stages: nothing is followed up",))


def test_of_an_account_that_does_not_say_whose_it_is_that_is_asked(
    policy: Reader, account: Account, proposed: Proposed
) -> None:
    (one,) = proposed(policy("accounts: {debtor_kind: company}\n" + THREE_STEPS), account("2025-03-01"), "2026-03-01")
    assert (one.outcome, one.figure, one.step) == ("ask", "debtor_kind", None)


@pytest.mark.parametrize(
    ("late", "sent", "step"),
    [
        (10, [], "wait"),
        (14, [], "wait"),
        (15, [], "one.letter"),
        (30, [], "one.letter"),
        (30, [("one", 15)], "wait"),
        (31, [("one", 15)], "two.letter"),
        (60, [("one", 15), ("two", 31)], "end"),
    ],
)
def test_l17_to_l20_the_austrian_ladder(
    policy: Reader, account: Account, step_of: StepOf, late: int, sent: list[tuple[str, int]], step: str
) -> None:
    due = "2026-01-01"
    history = [done(days_after(due, days), stage, "letter") for stage, days in sent]
    found = step_of(policy(AUSTRIAN), account(due, history=history), days_after(due, late))
    assert found.partition(":")[0] == step


@pytest.mark.parametrize(
    ("principal", "rate", "days", "interest"),
    [
        ("5000.00", "10", 20, "27.40"),
        ("5000.00", "10", 0, "0.00"),
        ("100.00", "13", 20, "0.71"),
        ("12345.00", "75", 500, "12683.22"),
        ("8000.00", "30", 6, "39.45"),
        ("1000.00", "8", 30, "6.58"),
        ("5000.00", "8", 60, "65.75"),
        ("750.00", "8", 90, "14.79"),
        ("925.80", "8", 21, "4.26"),
    ],
)
def test_contract_interest(principal: str, rate: str, days: int, interest: str) -> None:
    assert simple_interest(Decimal(principal), Decimal(rate), days) == Decimal(interest)

"""What to do next, held against the law: an account of a clerk, threats that are meant, charges, ways to recover."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import jsonschema
import msgspec
import pytest

from collectrules.advising.advice import as_json, schema
from collectrules.advising.advising import Asking, advise
from collectrules.ground.errors import InvalidInput
from collectrules.output.advice import line, page
from collectrules.policy.reading import parse_policy
from collectrules.policy.shipped import policy_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.advising.advice import Advice
    from collectrules.advisor import Advisor
    from collectrules.policy.model import Policy

    Advised = Callable[..., Advice]


def debt(**stated: Any) -> dict[str, Any]:
    return {"id": "INV-1", "kind": "commercial", "amount": "4180.00", "currency": "EUR", "due": "2026-09-20", **stated}


def did(at: str, stage: str, step: str) -> dict[str, Any]:
    return {"at": at, "event": "step_done", "stage": stage, "step": step}


FINAL = [did("2026-09-25", "reminder", "reminder"), did("2026-10-25", "demand", "demand")]


def test_the_account_of_a_clerk(advised: Advised) -> None:
    step = advised("2026-11-23").first
    assert (step.stage, step.number, step.of, step.step, step.letter) == ("demand", 4, 7, "demand", "demand_letter")
    assert (step.channel, step.decision, step.day) == ("letter", "allow", date(2026, 11, 23))
    assert [(each.document, each.missing) for each in step.attach] == [
        ("invoice", ()), ("order", ("INV-2231",)), ("proof_of_delivery", ()),
    ]  # fmt: skip
    assert step.announces == "hold_credit"
    assert [each.sentence for each in step.must_not] == ["do not threaten a claim in court: this step announces none"]
    assert step.after is not None
    assert (step.after.stage, step.after.day) == ("final_notice", date(2026, 12, 4))
    assert any("EUR 75.90" in each.sentence and "288" in each.source for each in step.may), "interest by law"


def test_its_page_fits_a_terminal(advised: Advised) -> None:
    told = page(advised("2026-11-23"))
    assert max(map(len, told.splitlines())) <= 80
    for said in (
        "INV-2231 · Muster AG · DE",
        "stage    4/7 demand letter",
        "· ALLOW",
        "order MISSING",
        "if nothing happens",
    ):
        assert said in told
    assert all(len(each) <= 80 for each in line(advised("2026-11-23")).splitlines())


def test_json_is_by_the_published_schema(advised: Advised) -> None:
    for made in (
        advised("2026-11-23"),
        advised("2026-12-30", history=FINAL),
        advised("2026-11-23", debts=[debt(paid=True)]),
    ):
        jsonschema.Draft202012Validator(schema()).validate(msgspec.json.decode(as_json(made)))


def test_a_day_before_the_last_entry_is_refused(advised: Advised) -> None:
    with pytest.raises(InvalidInput, match="CR026 the account has an entry of 2026-11-10"):
        advised("2026-11-09")


# ---- the law goes before ------------------------------------------------------------------------------------------


def test_what_the_law_denies_is_told_and_not_hidden(advised: Advised) -> None:
    """A consumer in Texas whose attorney is known: the policy wants a reminder, the law says no."""
    consumer = {
        "jurisdiction": "US-TX",
        "debts": [debt(kind="consumer", currency="USD")],
        "debtor": {
            "time_zone": "America/Chicago",
            "represented_by_attorney": True,
            "attorney": {"name_known": True, "address_known": True},
        },
        "collector": {"role": "third_party"},
        "history": [{"at": "2026-10-01", "event": "validation_notice_sent"}],
    }
    step = advised("2026-11-23", "agency", **consumer).first
    assert (step.outcome, step.decision) == ("step", "deny")
    assert any("1006.6(b)(2)" in each.citation or "attorney" in each.sentence for each in step.law)


def test_a_channel_without_an_address_comes_last(advised: Advised) -> None:
    unknown = advised("2026-11-30", debtor={"time_zone": "Europe/Berlin", "kind": "company"}, history=FINAL[:1]).first
    assert unknown.channel == "letter"
    history = [{"at": "2026-09-24", "event": "step_done", "stage": "reminder", "step": "reminder"}]
    known = advised("2026-10-05", history=history).first
    assert (known.stage, known.channel) == ("reminder", "email"), "as the policy names them"
    without = advised("2026-10-05", history=history, debtor={"time_zone": "Europe/Berlin", "kind": "company"}).first
    assert without.channel == "letter"


def test_the_next_channel_is_taken_where_the_first_is_not_lawful(advisor: Advisor, policies: dict[str, Policy]) -> None:
    """Who opted out of e-mail is written to by letter, though the policy would rather write an e-mail."""
    text = policy_path("agency").read_text().replace("channels: [letter, email]", "channels: [email, letter]")
    ladder = parse_policy(text, "ours.yaml", advisor.rulebook.language)
    stated = {
        "jurisdiction": "US-TX", "record": "complete", "version": 2, "id": "C1", "collector": {"role": "third_party"},
        "debts": [debt(kind="consumer", currency="USD")],
        "debtor": {"time_zone": "America/Chicago", "endpoints": [{"email": "k@example.org"}]},
        "history": [
            {"at": "2026-09-25", "event": "validation_notice_sent"},
            {"at": "2026-11-01", "event": "opt_out", "channel": "email"},
        ],
    }  # fmt: skip
    step = advise(advisor, [ladder], advisor.case(stated), Asking(date(2026, 11, 23))).first
    assert (step.step, step.channel, step.decision) == ("letter", "letter", "allow")
    assert [(each.channel, each.decision) for each in step.channels] == [("letter", "allow"), ("email", "deny")]


def test_a_gap_of_the_law_is_a_review_with_a_reason(advised: Advised) -> None:
    history = [*FINAL, did("2026-11-10", "final_notice", "final_notice")]
    step = advised("2027-01-04", history=history, debts=[debt(amount="300.00", type="medical")]).first
    assert (step.does, step.decision) == ("place_with_agency", "review")
    assert "transfer of debts" in step.law[0].sentence


def test_the_moment_is_within_the_hours_of_the_house_and_the_law(advised: Advised) -> None:
    step = advised("2026-11-23").first
    assert step.at == "2026-11-23T09:00"


# ---- threats ------------------------------------------------------------------------------------------------------


def test_a_claim_is_announced_where_it_is_meant_and_a_court_would_take_it(advised: Advised) -> None:
    step = advised("2026-11-25", history=FINAL).first
    assert (step.step, step.announces, step.must_not) == ("final_notice", "file_claim", ())


def test_a_claim_is_not_announced_where_the_law_does_not_let_it_be(advised: Advised) -> None:
    puerto_rico = {
        "jurisdiction": "US-PR",
        "debts": [debt(currency="USD")],
        "debtor": {"time_zone": "America/Puerto_Rico", "kind": "company"},
    }
    step = advised("2026-11-25", history=FINAL, **puerto_rico).first
    assert (step.step, step.announces) == ("final_notice", "")
    assert step.must_not[0].sentence.startswith("do not announce a claim in court: the law says review")


def test_a_claim_is_not_announced_where_no_court_is_known(advised: Advised) -> None:
    """Courts of Germany take claims by an amount in euros."""
    step = advised("2026-11-25", history=FINAL, debts=[debt(currency="USD")]).first
    assert (step.step, step.announces) == ("final_notice", "")
    assert step.must_not[0].sentence.startswith("do not announce a claim in court: which court would take the claim")


def test_what_is_open_must_be_known_before_anybody_is_written_to(advised: Advised) -> None:
    made = advised(
        "2026-11-25", history=FINAL, debts=[{"id": "INV-1", "kind": "commercial", "due": "2026-09-20"}]
    ).first
    assert (made.outcome, made.reasons) == ("ask", ("what is open of INV-1 is not known",))
    assert made.step == ""


# ---- charges ------------------------------------------------------------------------------------------------------


def test_charges_of_the_policy_are_asked_for_one_by_one(advised: Advised, changed: Callable[..., Policy]) -> None:
    charged = changed(
        (
            "        deadline: 10\n",
            "        deadline: 10\n        charges: {fee: {any: '10.00'}, annual_rate: '10.00'}\n",
        )
    )
    step = advised("2026-11-23", charged).first
    assert [(each.what, each.amount) for each in step.charges] == [
        ("reminder_fee", Decimal("10.00")), ("interest", Decimal("73.29")),
    ]  # fmt: skip
    assert all(each.decision for each in step.charges), "each has an answer of the law"
    assert step.may == (), "the law's own interest is not told beside that of the contract"


# ---- the ways to recover ------------------------------------------------------------------------------------------

RECOVERY = """recovery:
  agency: {success: {0: '60.00', 90: '40.00'}, commission: '25.00', cost: {EUR: '0.00'}, days: 120, risk: slow}
  sale: {price: '8.00', cost: {EUR: '100.00'}, days: 30}
  court: {success: {0: '90.00'}, cost: {EUR: '300.00'}, days: 240}
"""


def test_the_ways_are_told_side_by_side(advised: Advised, changed: Callable[..., Policy]) -> None:
    figures = changed(("recovery:\n", RECOVERY))
    history = [*FINAL, did("2026-11-10", "final_notice", "final_notice")]
    ways = {way.way: way for way in advised("2027-01-04", figures, history=history).first.alternatives}
    assert ways["agency"].net == Decimal("1254.00"), "4180.00 x 40 % x 75 %, for it is 106 days late"
    assert ways["sale"].net == Decimal("234.40"), "4180.00 x 8 % - 100.00"
    assert ways["in_house"].net == Decimal("1841.00"), "4180.00 x 45 % - 40.00"
    assert ways["write_off"].net == Decimal("0.00")
    assert ways["court"].net is None, "whether a judgment could be collected is not said"
    assert ways["court"].open == ("whether a judgment could be collected: `collectable`, or --collectable",)
    assert ways["lawyer"].open == ("the policy states no figures under `recovery:`",)
    assert "sale" in ways["sale"].title
    assert "no placement" in ways["sale"].title
    first = next(iter(ways.values()))
    assert first.way == "payment_plan", "the best expected net is first"


def test_a_judgment_is_worth_what_can_be_collected(advised: Advised, changed: Callable[..., Policy]) -> None:
    figures = changed(("recovery:\n", RECOVERY))
    history = [*FINAL, did("2026-11-10", "final_notice", "final_notice")]
    made = advised("2027-01-04", figures, history=history, collectable=Decimal(50)).first
    court = next(way for way in made.alternatives if way.way == "court")
    assert (court.net, court.chance) == (Decimal("1581.00"), Decimal("45.00")), "4180.00 x 90 % x 50 % - 300.00"
    assert court.notes == ("small claims, de-ag",)
    assert "you say that 50.00 per cent of it could be collected" in made.judgment
    assert any(each.startswith("until 20") for each in made.judgment), "the last day to sue"


def test_a_barred_debt_and_an_insolvent_debtor_speak_against_a_claim(advised: Advised) -> None:
    old = advised("2026-11-25", debts=[debt(due="2019-01-15")], history=FINAL).first
    assert "against: the debt is time-barred" in old.judgment
    petition = [*FINAL, {"at": "2026-11-01", "event": "bankruptcy_petition_filed"}]
    insolvent = advised("2026-11-25", history=petition).first
    assert any(each.startswith("against: an insolvency") for each in insolvent.judgment)


def test_an_early_step_has_no_alternatives(advised: Advised) -> None:
    assert advised("2026-09-25", history=[]).first.alternatives == ()


# ---- several policies, notes --------------------------------------------------------------------------------------


def test_the_first_policy_that_is_made_for_an_account_is_taken(
    advisor: Advisor, policies: dict[str, Policy], advised: Advised
) -> None:
    consumer = advised("2026-11-23", "own_consumer")
    assert (consumer.first.outcome, consumer.first.decision) == ("refused", "")
    case = advisor.case(
        {
            "version": 2,
            "jurisdiction": "DE",
            "record": "complete",
            "collector": {"role": "creditor"},
            "debts": [debt(kind="consumer")],
        }
    )
    made = advise(advisor, [policies["small_b2b"], policies["own_consumer"]], case, Asking(date(2026, 11, 23)))
    assert made.policy.startswith("own_consumer@1")


def test_another_policy_gives_another_step_and_says_why(advised: Advised, changed: Callable[..., Policy]) -> None:
    oldest = ("begins: first_stage", "begins: highest_stage")
    patient = changed(
        oldest,
        ("starts: {days_past_due: 30}", "starts: {days_past_due: 58}"),
        ("starts: {days_past_due: 45}", "starts: {days_past_due: 59}"),
    )
    theirs, ours = (
        advised("2026-10-30", changed(oldest), history=[]).first,
        advised("2026-10-30", patient, history=[]).first,
    )
    assert (theirs.stage, ours.stage) == ("demand", "call")
    assert "begins 30 days past due" in theirs.reasons[0]
    assert "begins 18 days past due" in ours.reasons[0]


def test_a_policy_that_is_due_for_review_says_so(advised: Advised, changed: Callable[..., Policy]) -> None:
    old = changed(("review_by: 2027-01-31", "review_by: 2026-11-01"))
    assert advised("2026-11-23", old).notes == (
        "the policy was to be read again by 2026-11-01: do it before you rely on it",
    )
    soon = changed(("review_by: 2027-01-31", "review_by: 2026-12-01"))
    assert advised("2026-11-23", soon).notes == ("the policy is to be read again by 2026-12-01",)
    assert advised("2026-11-23").notes == ()


def test_a_credit_note_that_stands_alone_is_told(advised: Advised) -> None:
    note = {"at": "2026-11-12", "event": "credit_note", "amount": "100.00", "currency": "EUR"}
    (told,) = advised("2026-11-23", history=[note]).unapplied
    assert told == "a credit note of EUR 100.00 is set off against no invoice: settle that before you press"


def test_what_is_assumed_is_told(advised: Advised) -> None:
    assert advised("2026-11-23").assumed == ("worth of the customer: ordinary (the policy's assumption)",)
    partial = advised("2026-11-23", record="partial", debtor={"worth": "key", "time_zone": "Europe/Berlin"})
    assert partial.assumed == (
        "nobody vouches for the record: for the policy, what is not in its history was not done",
    )

"""Letters as acts: what they say, what the law says to them, and what stops them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from collectrules.advisor import Advisor
from collectrules.correspondence.preparing import Order, Prepared, prepare
from collectrules.ground.errors import InvalidInput
from collectrules.letters.documents import Paragraph
from collectrules.letters.formats import built_in as formats
from collectrules.letters.letterheads import Letterhead, Party
from collectrules.letters.templates import read_letter

from .conftest import AGENCY, DETAILS, HOUSE, LETTERS, SHOP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Written = Callable[..., Prepared]

TEXT = next(form for form in formats() if form.name == "text")


def text(prepared: Prepared) -> str:
    return " ".join(TEXT.write(prepared.document).decode().split())


def in_order(prepared: Prepared) -> str:
    """All of the letter on one line, its tables row by row."""
    told: list[str] = []
    for block in prepared.document.blocks:
        for name in ("text", "lines", "items", "head"):
            part = getattr(block, name, ())
            told += [part] if isinstance(part, str) else part
        told += [" ".join(row) for row in getattr(block, "rows", ())]
    return " ".join(told)


def in_state(region: str, account: dict[str, Any] = AGENCY, **changes: Any) -> dict[str, Any]:
    address = {**account["debtor"]["addresses"][0], "region": region}
    return {**account, "debtor": {**account["debtor"], "addresses": [address]}, **changes}


IN_ENGLAND = {
    **SHOP,
    "jurisdiction": "GB-ENG",
    "debtor": {
        "name": "A. Byrne",
        "kind": "sole_trader",
        "addresses": [{"lines": ["1 High Street"], "city": "Leeds", "country": "GB"}],
    },
    "debts": [{**SHOP["debts"][0], "currency": "GBP"}],
}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("reminder", "The total that is open is 1,250.00 EUR."),
        ("statement", "20 October 2026 payment 50.00 EUR The balance is 1,250.00 EUR."),
        ("copy_invoice", "*** COPY ***"),
        (
            "demand_letter",
            "by 30 September 2026. Of it 50.00 EUR has been paid or credited; 1,250.00 EUR is 60 days late.",
        ),
        ("final_notice", "We wrote to you on 15 October 2026. The following is still open:"),
        ("payment_plan_offer", "3 16 March 2027 250.00 EUR"),
    ],
)
def test_letters_of_a_firm_to_a_firm(written: Written, name: str, says: str) -> None:
    prepared = written(name, SHOP, intends_to_act=True)
    assert prepared.may_be_sent, prepared.faults
    assert says in text(prepared)
    assert "Łukasz Ünal" in text(prepared)


def test_no_letter_names_what_is_paid(written: Written) -> None:
    paid = {"id": "RE-0", "kind": "commercial", "amount": "0.00", "currency": "EUR", "paid": True}
    assert "RE-0" not in text(written("statement", {**SHOP, "debts": [*SHOP["debts"], paid]}))


def test_amounts_are_never_added_over_currencies(written: Written) -> None:
    other = {"id": "RE-2", "kind": "commercial", "amount": "80.00", "currency": "USD", "due": "2026-10-30"}
    account = {**SHOP, "debts": [*SHOP["debts"], other]}
    assert "The total that is open is 1,250.00 EUR and 80.00 USD." in text(written("reminder", account))
    with pytest.raises(InvalidInput, match="the debts are in several currencies"):
        written("payment_plan_offer", account)
    assert "80.00 USD" not in text(written("payment_plan_offer", account, debts=("RE-1",)))


def test_what_nobody_states_is_asked_for_and_never_made_up(written: Written) -> None:
    with pytest.raises(InvalidInput, match="needs `delivered`: what was delivered or done"):
        written("demand_letter", SHOP, details={"delivered": ""})
    with pytest.raises(InvalidInput, match="`deadline` is no date: soon"):
        written("demand_letter", SHOP, details={"deadline": "soon"})
    with pytest.raises(InvalidInput, match="no detail `dead_line`\n    did you mean `deadline`"):
        written("reminder", SHOP, details={"dead_line": "2026-12-01"})
    nameless = {**SHOP, "debtor": {**SHOP["debtor"], "name": None}}
    nameless["debtor"] = {key: value for key, value in SHOP["debtor"].items() if key != "name"}
    with pytest.raises(InvalidInput, match=r"the letter needs `name` of the debtor \(in the case\)"):
        written("reminder", nameless)
    with pytest.raises(InvalidInput, match="debt `RE-1` has no amount"):
        written("reminder", {**SHOP, "debts": [{"id": "RE-1", "kind": "commercial"}]})


def test_a_plan_must_make_the_amount(written: Written) -> None:
    with pytest.raises(InvalidInput, match=r"2 payments of 500\.00, 30 days apart, make no plan for 1250\.00"):
        written("payment_plan_offer", SHOP, details={"instalments": "2"})


def test_a_demand_is_about_what_is_overdue(written: Written) -> None:
    early = {**SHOP, "debts": [{**SHOP["debts"][0], "due": "2026-11-29"}]}
    with pytest.raises(InvalidInput, match="debt `RE-1` is not overdue"):
        written("demand_letter", early)
    late = {**SHOP, "debts": [{**SHOP["debts"][0], "due": "2026-11-28"}]}
    assert "is 1 days late" in text(written("demand_letter", late, intends_to_act=True))


def test_a_final_notice_follows_another_letter(written: Written) -> None:
    with pytest.raises(InvalidInput, match="the case records no earlier letter or reminder"):
        written("final_notice", {**SHOP, "history": []})


# ---- what the law asks a letter to say ----------------------------------------------------------------------------


def test_the_first_letter_of_an_agency_says_what_it_is_for(written: Written) -> None:
    prepared = written("reminder", AGENCY)
    assert prepared.may_be_sent, prepared.faults
    assert "We are trying to collect a debt that you owe to Fernbank Supply." in text(prepared)
    assert any("send the validation notice within five days" in duty for duty in prepared.duties)


def test_a_later_one_says_that_it_is_from_a_debt_collector(written: Written) -> None:
    history = [
        {"at": "2026-09-01", "event": "validation_notice_sent", "channel": "letter"},
        {"at": "2026-09-01", "channel": "letter", "direction": "outbound", "outcome": "mailed"},
    ]
    prepared = written("reminder", {**AGENCY, "history": history})
    assert prepared.may_be_sent, prepared.faults
    assert "This letter is from a debt collector." in text(prepared)
    assert "We are trying to collect a debt" not in text(prepared)


def custom(
    advisor: Advisor, body: str, account: dict[str, Any], head: str = "content: [debt_information, payment_request]"
) -> Prepared:
    letter = read_letter(f"title: Ours\ndocs: ours\n{head}\n---\n{body}\n", "ours", "ours.letter")
    return prepare(advisor, advisor.case(account), Order(letter, date(2026, 11, 29), HOUSE))


def test_a_required_statement_that_is_missing_is_named_with_its_law(advisor: Advisor) -> None:
    prepared = custom(advisor, "Dear {{ debtor.name }}, please pay.", AGENCY)
    assert not prepared.may_be_sent
    (fault,) = prepared.faults
    assert "that a debt is collected and what information will be used for (`initial_disclosure`)" in fault.message
    assert "12 CFR 1006.18(e)(1)" in fault.message


def test_a_template_may_say_it_in_its_own_words(advisor: Advisor) -> None:
    own = '{% call states("initial_disclosure") %}We collect debts, and use for it what you tell us.{% endcall %}'
    assert custom(advisor, own, AGENCY).may_be_sent
    with pytest.raises(InvalidInput, match="`initial_disclosure` is stated by no words"):
        custom(advisor, '{% call states("initial_disclosure") %} {% endcall %}', AGENCY)


def test_the_house_may_word_it(written: Written) -> None:
    house = Letterhead(sender=HOUSE.sender, statements={"initial_disclosure": "We collect # a debt | of yours."})
    assert "We collect # a debt | of yours." in text(written("reminder", AGENCY, house))


def test_what_must_be_said_by_a_rule_is_denied_without_it(advisor: Advisor) -> None:
    prepared = custom(advisor, "Please pay.", in_state("TX"))
    assert prepared.decision == "deny"
    assert prepared.refusal is not None
    assert any("392.304(a)(5)" in finding.citation for finding in prepared.refusal.findings)
    assert custom(advisor, "{{ notices() }}", in_state("TX")).decision == "allow"


def test_the_first_letter_is_held_against_what_a_first_letter_must_say(written: Written) -> None:
    """RDG 13a(1): the first letter of an agency to a private debtor names creditor, ground, interest and costs."""
    account = {
        **SHOP,
        "collector": {"role": "third_party", "name": "Inkasso GmbH"},
        "creditor": {"name": "Lindenhof GmbH"},
        "debtor": {**SHOP["debtor"], "kind": "natural_person"},
        "debts": [{**SHOP["debts"][0], "kind": "consumer"}],
        "history": [],
    }
    first = written("reminder", account)
    assert first.decision == "deny"
    assert first.refusal is not None
    assert any("RDG 13a(1)" in finding.citation for finding in first.refusal.findings)
    earlier = {"at": "2026-10-01", "channel": "letter", "direction": "outbound", "outcome": "mailed"}
    later = written("reminder", {**account, "history": [earlier]})
    assert later.refusal is None or not any("13a(1)" in each.citation for each in later.refusal.findings)


def test_a_licence_number_comes_from_the_case(written: Written) -> None:
    first = {"at": "2026-09-01", "channel": "letter", "direction": "outbound", "outcome": "mailed"}
    account = in_state(
        "CA", history=[{"at": "2026-09-01", "event": "validation_notice_sent", "channel": "letter"}, first]
    )
    without = written("statement", account)
    (fault,) = [each for each in without.faults if "licence_number" in each.message]
    assert "Cal. Civ. Code 1788.11(f)" in fault.message
    assert "state `licences` of the sender" in fault.help
    licensed = {**account["collector"], "licences": [{"place": "US-CA", "number": "10042-99"}]}
    within = written("statement", {**account, "collector": licensed})
    assert not within.faults
    assert "Licence 10042-99 (US-CA)." in text(within)


def test_a_statement_without_a_usual_wording_says_how_to_word_it(written: Written) -> None:
    account = in_state("ID")
    (fault,) = written("reminder", account).faults
    assert "Idaho Code 26-2229A(3)" in fault.message
    assert "--detail" in fault.help or "detail `tie_to_creditor`" in fault.help
    told = written("reminder", account, details={"tie_to_creditor": "We have no tie to Fernbank Supply."})
    assert not told.faults
    assert "We have no tie to Fernbank Supply." in text(told)


RULESET = """ruleset: us.ut.extra
title: more
jurisdiction: US-UT
version: '1'
source: https://example.org/law
since: 2020-01-01
verified: {date: 2026-11-01, against: a test, confidence: high}
verify_by: 2027-11-01
rules:
  - id: named
    title: no letters of one kind
    cite: Test Act 2
    strength: prohibition
    governs: {kind: contact}
    when: action.content has obscenity
    says: no such words
    examples:
      - {story: a curse, action: {kind: contact, channel: letter, at: '2026-03-10', content: [obscenity]}, expect: deny}
      - {story: none, action: {kind: contact, channel: letter, at: '2026-03-10', content: []}, expect: allow}
obligations:
  - {id: note, governs: {kind: contact}, if: 'true', cite: Test Act 1, STATESsays: say something}
"""


@pytest.mark.parametrize(("states", "stopped"), [("", True), ("states: [], ", False)])
def test_an_obligation_that_does_not_say_what_is_to_be_stated_stops_a_letter(
    tmp_path: Path, states: str, stopped: bool
) -> None:
    folder = tmp_path / "us" / "ut"
    folder.mkdir(parents=True)
    (folder / "extra.yaml").write_text(RULESET.replace("STATES", states), "utf-8")
    advisor = Advisor.load(rulesets=[tmp_path], today=date(2026, 11, 29))
    order = Order(LETTERS["reminder"], date(2026, 11, 29), HOUSE)
    prepared = prepare(advisor, advisor.case(AGENCY), order)
    assert ["us.ut.extra.note" in fault.message for fault in prepared.faults] == [True] * stopped
    assert prepared.may_be_sent is not stopped


def obligations() -> Iterator[tuple[str, dict[str, Any]]]:
    """The obligations of the shipped law, read from their part of each file alone: reading all takes long."""
    for path in sorted((Path(__file__).parents[2] / "rulesets").rglob("*.yaml")):
        found = re.search(r"^obligations:\n(.*?)(?=^\S|\Z)", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        for entry in yaml.safe_load(found[1]) if found is not None else ():
            yield str(path), entry


def test_every_shipped_obligation_of_letters_names_what_is_to_be_stated() -> None:
    of_letters = 0
    for path, entry in obligations():
        kinds, channels = entry["governs"]["kind"], entry["governs"].get("channel", "letter")
        if {"contact", "communications"} & {*([kinds] if isinstance(kinds, str) else kinds)} and (
            "letter" in str(channels) or "written" in str(channels)
        ):
            of_letters += 1
            assert "states" in entry, f"{path}: {entry['id']}"
    assert of_letters > 40


# ---- what the law says to it as an act ---------------------------------------------------------------------------


def test_a_letter_after_a_request_to_cease_is_denied(written: Written) -> None:
    history = [{"at": "2026-11-01", "event": "cease_notice_received", "form": "written"}]
    prepared = written("reminder", {**AGENCY, "history": history})
    assert prepared.decision == "deny"
    assert prepared.refusal is not None
    assert any("1006.6(c)" in finding.citation for finding in prepared.refusal.findings)
    assert prepared.draft().mark == "DRAFT"
    assert written("copy_invoice", {**SHOP, "history": []}).draft().mark == "COPY DRAFT"


def test_a_record_with_gaps_is_a_review(written: Written) -> None:
    assert written("reminder", {**AGENCY, "record": "partial"}).decision == "review"


def test_the_validation_notice_names_the_end_of_its_period_and_its_parts_in_order(written: Written) -> None:
    prepared = written("validation_notice", AGENCY, day=date(2026, 11, 24))
    assert prepared.may_be_sent, prepared.faults
    told = in_order(prepared)
    order = [
        "is a debt collector. We are trying to collect a debt",  # 1006.34(c)(1)
        "1 Main Street",  # (c)(2)(i)
        "12 Elm Street",  # (ii)
        "with Fernbank Supply",  # (iii)
        "Account number none",  # (iv)
        "The debt is now owed to Fernbank Supply",  # (v)
        "As of 30 September 2026, you owed 1,300.00 USD",  # (vi), (vii)
        "in interest + 10.00 USD",  # (viii)
        "in fees + 5.00 USD",
        "paid toward the debt - 50.00 USD",
        "credited this amount toward the debt - 15.00 USD",
        "Total amount of the debt now 1,250.00 USD",  # (ix)
        "If you write to us by 1 January 2027 that you dispute the debt",  # (c)(3)(i); Thanksgiving is no business day
        "www.cfpb.gov/debt-collection",  # (iv)
        "How do you want to respond? Check all that apply:",  # (c)(4)
        "I want to dispute the debt because I think: This is not my debt. The amount is wrong. Other",
        "I want you to send me the name and address of the original creditor.",
        "Mail this form to:",
    ]
    places = [told.find(each) for each in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_an_itemisation_that_is_less_than_what_is_open_is_refused(written: Written) -> None:
    with pytest.raises(InvalidInput, match=r"by its itemization the debt is 1249\.99, and the case says that 1250\.00"):
        written("validation_notice", AGENCY, details={"itemization_credits": "15.01"})


def test_a_validation_notice_is_for_those_whom_the_regulation_binds(written: Written) -> None:
    own = {**AGENCY, "collector": {"role": "creditor", "name": "Fernbank Supply"}}
    with pytest.raises(InvalidInput, match="no law that was asked says when the validation period ends"):
        written("validation_notice", own)


@pytest.mark.parametrize(("deadline", "decision"), [("2026-12-20", "review"), ("2027-01-02", "allow")])
def test_a_deadline_before_the_validation_period_ends_is_looked_at(
    written: Written, deadline: str, decision: str
) -> None:
    history = [
        {"at": "2026-11-24", "event": "validation_notice_sent", "channel": "letter"},
        {"at": "2026-11-24", "channel": "letter", "direction": "outbound", "outcome": "mailed"},
    ]
    prepared = written("reminder", {**AGENCY, "history": history}, details={"deadline": deadline})
    assert prepared.decision == decision


# ---- threats -----------------------------------------------------------------------------------------------------

CLAIM = {"next_step": "claim"}


def test_a_threat_that_nobody_means_stops_the_letter(written: Written) -> None:
    (fault,) = written("demand_letter", SHOP, details=CLAIM).faults
    assert fault.message == "the letter announces what nobody says is meant"
    meant = written("demand_letter", SHOP, details=CLAIM, intends_to_act=True)
    assert meant.may_be_sent
    assert meant.acts == ("contact by letter", "contact by letter", "threaten claim by letter")  # as a first notice too
    assert written("demand_letter", SHOP).faults, "a hold that is not meant is no better"


def test_a_threat_of_suit_needs_a_court_that_would_take_it(written: Written) -> None:
    nowhere = {**SHOP, "debts": [{**SHOP["debts"][0], "currency": "JPY"}]}
    faults = written("demand_letter", nowhere, details=CLAIM, intends_to_act=True).faults
    assert any("no court is known that would take the claim" in fault.message for fault in faults)


@pytest.mark.parametrize(("deadline", "lawful"), [("2026-12-28", False), ("2026-12-29", True)])
def test_a_claim_is_announced_for_no_day_on_which_it_would_be_too_early(
    written: Written, deadline: str, lawful: bool
) -> None:
    """Thirty days from the date of the letter: Pre-Action Protocol for Debt Claims 3.4."""
    prepared = written("uk_letter_of_claim", IN_ENGLAND, details={"deadline": deadline}, intends_to_act=True)
    early = [fault for fault in prepared.faults if "would be unlawful" in fault.message]
    assert bool(early) is not lawful, prepared.faults
    assert all("Pre-Action Protocol for Debt Claims" in fault.help for fault in early)


def test_the_letter_of_claim_holds_what_the_protocol_asks_for(written: Written) -> None:
    told = text(written("uk_letter_of_claim", IN_ENGLAND, intends_to_act=True))
    for part in (
        "You owe us 1,250.00 GBP.",
        "No interest and no other charge is claimed",
        "your order of 1 July 2026, of which you can have a copy",
        "20 October 2026 payment",
        "Account 12345678 at Example Bank",
        "information sheet",
        "reply form",
        "financial statement",
    ):
        assert part in told
    with pytest.raises(InvalidInput, match="how the debt can be paid"):
        written("uk_letter_of_claim", IN_ENGLAND, Letterhead(sender=HOUSE.sender), intends_to_act=True)


def test_a_letter_of_one_place_is_sent_nowhere_else(written: Written) -> None:
    with pytest.raises(InvalidInput, match="the letter is for GB-ENG, and the debtor is in DE"):
        written("uk_letter_of_claim", SHOP, intends_to_act=True)
    with pytest.raises(InvalidInput, match="the letter is for US, and the debtor is in DE"):
        written("validation_notice", SHOP)
    assert written("uk_letter_of_claim", IN_ENGLAND, intends_to_act=True).may_be_sent


def test_an_address_that_is_missing_is_told(written: Written) -> None:
    nowhere = {**SHOP, "debtor": {**SHOP["debtor"], "addresses": [{"country": "DE"}]}}
    assert "write the address on it: the case states none with a street" in written("reminder", nowhere).duties
    assert not written("reminder", SHOP).duties


def test_an_unknown_next_step_is_refused(written: Written) -> None:
    with pytest.raises(InvalidInput, match="the next step `prison` is none of claim, agency and hold"):
        written("demand_letter", SHOP, details={"next_step": "prison"}, intends_to_act=True)


# ---- the sandbox -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ sender.stated.__class__ }}",
        "{{ says.__globals__ }}",
        "{{ says.__func__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ 9 ** 9 }}",
        "{{ 'a' * 1000000 }}",
        "{{ undefined_thing }}",
        "{{ debtor.name",
        "{% for a in account.invoices %}",
        "{{ says('no_such_statement') }}",
        "{{ sender.stated.update({}) }}",
    ],
)
def test_a_template_reaches_nothing_but_the_account(advisor: Advisor, body: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        custom(advisor, body, SHOP)
    assert str(caught.value).startswith("ours.letter")


def test_what_jinja_cannot_read_is_told_with_its_line(advisor: Advisor) -> None:
    with pytest.raises(InvalidInput, match=r"^ours\.letter:6:1: CR842 Jinja cannot read it"):
        custom(advisor, "\n{{ debtor.name", SHOP)


def test_names_from_outside_stay_text(advisor: Advisor) -> None:
    hostile = {**SHOP, "debtor": {**SHOP["debtor"], "name": "# {{ 7 * 7 }} | x - <b>"}}
    document = custom(advisor, "{{ debtor.name }}", hostile).document
    assert document.blocks == (Paragraph("# {{ 7 * 7 }} | x - <b>"),)
    html = next(form for form in formats() if form.name == "html").write(document).decode()
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_every_letter_has_details_here() -> None:
    assert set(DETAILS) == set(LETTERS)
    assert isinstance(HOUSE.sender, Party)


def test_what_asks_for_no_payment_tells_no_way_to_pay(written: Written) -> None:
    """What is asked of the law is what stands in the letter: these are no requests for payment."""
    for name in ("copy_invoice", "statement"):
        assert "payment_request" not in LETTERS[name].content
        assert "Account 12345678" not in text(written(name, SHOP))
    assert "Account 12345678" in text(written("reminder", SHOP))

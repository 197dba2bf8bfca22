"""Conduct law of states by whole cases, from Montana to Wyoming: who may call whom, and when that changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from collectrules import Advisor, case_from_mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Told = tuple[str, set[str], tuple[str, ...]]
    Ask = Callable[..., Told]

AGENCY, BUYER, CREDITOR = "third_party", "debt_buyer", "creditor"

BUSINESS: Mapping[str, dict[str, Any]] = {BUYER: {"principal_purpose_collection": True}}

READ_FOR_ALL = [
    "MT", "NE", "NV", "NJ", "NM", "NY", "NC", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN",
    "TX", "UT", "VA", "WA", "WV", "WI", "WY", "NY-NYC",
]  # fmt: skip
"""Places of which all that a first call touches was read, for agencies, buyers and creditors alike."""

LICENSING = [
    "NE", "NV", "NJ", "NM", "NC", "ND", "OR", "RI", "TN", "TX", "WA", "WV", "WI", "WY", "PR",
    "NY-NYC", "NY-BUF", "NY-YON",
]  # fmt: skip
"""Places in which an agency with consumers' debts needs a licence, a registration or a bond."""

OPEN: Mapping[str, tuple[str, ...]] = {
    "ND": (AGENCY, BUYER),
    "PR": (AGENCY, BUYER),
    "NY-BUF": (AGENCY,),
    "NY-YON": (AGENCY, BUYER),
}
"""By place: whose first call about a consumer's debt touches something that was not read."""


@pytest.fixture(scope="module")
def ask() -> Ask:
    advisor = Advisor.load(today=date(2026, 11, 29))

    def told(place: str, role: str = CREDITOR, *, day: str = "2026-11-20", time: str = "10:00", **more: Any) -> Told:
        case = {
            "jurisdiction": f"US-{place}",
            "record": "complete",
            "collector": {"role": role, **BUSINESS.get(role, {}), **more.pop("collector", {})},
            "debts": [{"id": "A", "kind": "consumer", **more.pop("debt", {})}],
            "debtor": {"time_zone": "America/New_York", **more.pop("debtor", {})},
            "action": {"kind": "contact", "channel": "phone", "at": f"{day}T{time}", **more.pop("action", {})},
            **more,
        }
        verdict = advisor.check(case_from_mapping(case))
        return verdict.decision, {finding.rule for finding in verdict.findings}, verdict.not_encoded

    return told


@pytest.mark.parametrize("place", READ_FOR_ALL)
@pytest.mark.parametrize("role", [AGENCY, BUYER, CREDITOR])
def test_a_plain_call_is_allowed_where_the_law_was_read(ask: Ask, place: str, role: str) -> None:
    decision, _, not_encoded = ask(place, role)
    assert decision == "allow", not_encoded


@pytest.mark.parametrize(("place", "open_for"), OPEN.items(), ids=OPEN)
def test_a_plain_call_is_a_review_for_those_for_whom_it_was_not_read(
    ask: Ask, place: str, open_for: tuple[str, ...]
) -> None:
    for role in (AGENCY, BUYER, CREDITOR):
        decision, findings, _ = ask(place, role)
        assert decision == ("review" if role in open_for else "allow"), role
        assert findings == ({"coverage_gap"} if role in open_for else set())


@pytest.mark.parametrize(
    ("place", "topics"),
    [
        ("LA", "contact hours, first notice and disclosures"),
        ("NH", "first notice"),
        ("VT", "first notice"),
    ],
)
def test_what_rests_on_knowledge_alone_allows_a_first_call_and_is_told(ask: Ask, place: str, topics: str) -> None:
    assert [ask(place, role)[0] for role in (AGENCY, BUYER, CREDITOR)] == ["allow"] * 3
    verdict = Advisor.load(today=date(2026, 11, 29)).explore(
        {
            "jurisdiction": f"US-{place}",
            "record": "complete",
            "collector": {"role": AGENCY},
            "debts": [{"id": "A", "kind": "consumer"}],
            "debtor": {"time_zone": "America/New_York"},
            "action": {"kind": "contact", "channel": "phone", "at": "2026-11-20T10:00"},
        }
    )
    told = {
        fact.taken_as for fact in verdict.assumed if fact.fact == f"law of US-{place}" and "knowledge" in fact.reason
    }
    assert told == {topics}


@pytest.mark.parametrize(("channel", "decision"), [("letter", "allow"), ("phone", "review"), ("email", "review")])
def test_arizonas_rule_on_hours_was_not_read_and_does_not_matter_to_the_post(
    ask: Ask, channel: str, decision: str
) -> None:
    assert ask("AZ", AGENCY, action={"channel": channel})[0] == decision


@pytest.mark.parametrize("place", [*READ_FOR_ALL, "NH", "ND", "NY-BUF", "NY-YON"])
def test_a_firm_may_call_a_firm_about_its_own_debt(ask: Ask, place: str) -> None:
    assert ask(place, debt={"kind": "commercial"}, debtor={"kind": "company"})[0] == "allow"


@pytest.mark.parametrize(
    "place",
    [
        "NE",
        "NV",
        "NJ",
        "NM",
        "NC",
        "ND",
        "OR",
        "RI",
        "TN",
        "TX",
        "WA",
        "WV",
        "WI",
        "WY",
        "PR",
        "NY-NYC",
        "NY-BUF",
        "NY-YON",
    ],
)
def test_an_agency_without_the_licence_of_the_place_is_denied(ask: Ask, place: str) -> None:
    decision, findings, _ = ask(place, AGENCY, collector={"licensed": False})
    assert decision == "deny"
    assert any(rule.startswith(f"us.{place.lower().replace('-', '.')}.collection.") for rule in findings)


@pytest.mark.parametrize("place", ["MT", "NH", "NY", "OH", "OK", "PA", "SC", "SD", "UT", "VT", "VA"])
def test_no_licence_of_the_state_is_asked_for_where_there_is_none(ask: Ask, place: str) -> None:
    _, findings, not_encoded = ask(place, AGENCY, collector={"licensed": False})
    assert not any("licence" in text for text in (*findings, *not_encoded))


@pytest.mark.parametrize(("day", "decision"), [("2023-05-02", "deny"), ("2023-05-03", "allow")])
def test_utah_asked_for_a_registration_until_it_was_repealed(ask: Ask, day: str, decision: str) -> None:
    assert ask("UT", AGENCY, day=day, collector={"licensed": False})[0] == decision


TWO = [
    {"at": f"{day}T10:00", "channel": "phone", "direction": "outbound", "outcome": "conversation"}
    for day in ("2026-12-28", "2026-12-29")
]


def test_new_york_city_counts_two_until_its_rule_changes(ask: Ask) -> None:
    assert "us.ny.nyc.collection.two_in_seven_days" in ask("NY-NYC", day="2026-12-31", history=TWO)[1]
    decision, findings, _ = ask("NY-NYC", day="2027-01-01", history=TWO)
    assert (decision, findings) == ("review", {"coverage_gap"})


def test_west_virginia_gave_seventy_two_hours_and_now_gives_three_business_days(ask: Ask) -> None:
    friday = [{"at": "2017-06-30", "event": "attorney_notice"}]
    assert "us.wv.collection.represented_debtor_72_hours" in ask("WV", day="2017-07-03", history=friday)[1]
    new = [{"at": "2026-11-13", "event": "attorney_notice"}]
    assert ask("WV", day="2026-11-17", history=new)[0] == "allow"
    assert ask("WV", day="2026-11-18", history=new)[:2] == ("deny", {"us.wv.collection.represented_debtor"})


THREE_LETTERS = [
    {"at": f"2026-11-{day}", "channel": "letter", "direction": "outbound", "outcome": "mailed"} for day in (14, 16, 18)
]


@pytest.mark.parametrize(("role", "decision"), [(AGENCY, "deny"), (BUYER, "deny"), (CREDITOR, "allow")])
def test_washington_binds_licensees_only(ask: Ask, role: str, decision: str) -> None:
    assert ask("WA", role, history=THREE_LETTERS)[0] == decision


@pytest.mark.parametrize(
    ("place", "time", "decision"),
    [
        *[(place, "07:59", "deny") for place in ("PA", "SC", "VT", "NY-NYC", "WV")],
        *[(place, "07:30", "review") for place in ("NY", "NC", "OR", "WI")],
        *[(place, "07:30", "allow") for place in ("TX", "OH", "WA", "RI", "TN")],
    ],
)
def test_a_creditor_calls_early(ask: Ask, place: str, time: str, decision: str) -> None:
    assert ask(place, time=time)[0] == decision


def test_a_channel_that_a_plugin_adds_is_a_gap_where_nothing_was_found(ask: Ask) -> None:
    """`nothing` was read for the channels of the case format."""
    covers = [
        cover
        for place in ("MT", "TX", "NV")
        for ruleset in Advisor.load().rulebook.of(f"US-{place}")
        if ruleset.id.endswith(".collection")
        for cover in ruleset.covers
    ]
    assert covers
    assert all(not cover.holds_for("smoke", date(2026, 11, 20).toordinal()) for cover in covers)


def test_no_step_before_a_claim_is_missed_of_a_state(ask: Ask) -> None:
    claim = {"kind": "file_claim", "at": "2026-11-20", "venue": "debtor_residence", "channel": "letter"}
    decision, _, not_encoded = ask("TX", action=claim, debt={"amount": "900.00", "currency": "USD"})
    assert decision == "allow"
    assert "US-TX: pre-action steps were not read" not in not_encoded


@pytest.mark.parametrize("place", ["NV", "ND", "WA"])
def test_a_law_firm_whose_main_business_is_collecting_is_asked_about(ask: Ask, place: str) -> None:
    firm, business = {"role": "law_firm"}, {"debt": {"kind": "commercial"}, "debtor": {"kind": "company"}}
    letter = {"channel": "letter"}
    lawyers = ask(place, collector={**firm, "principal_purpose_collection": False}, action=letter, **business)
    collectors = ask(place, collector={**firm, "principal_purpose_collection": True}, action=letter, **business)
    assert (lawyers[0], collectors[0]) == ("allow", "review")


@pytest.mark.parametrize(("kind", "decision"), [("goods", "allow"), ("credit_card", "review")])
@pytest.mark.parametrize("role", [CREDITOR, "servicer"])
def test_in_alaska_a_servicer_charges_what_its_creditor_may(ask: Ask, role: str, kind: str, decision: str) -> None:
    fee = {"kind": "charge_fee", "amount": "10.00", "currency": "USD", "contract_authorizes": True, "channel": "letter"}
    assert ask("AK", role, action=fee, debt={"type": kind})[0] == decision

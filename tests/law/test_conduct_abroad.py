"""What must hold of the conduct of who collects in Canada's provinces, Australia, and the countries beside them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping, read_cases

PROVINCES: Final = ["CA-BC", "CA-AB", "CA-SK", "CA-MB", "CA-QC", "CA-NS", "CA-NB", "CA-PE", "CA-NL"]
STATES: Final = ["AU-NSW", "AU-VIC", "AU-QLD", "AU-WA", "AU-SA", "AU-TAS", "AU-NT", "AU-ACT"]
COUNTRIES: Final = ["NZ", "HK", "SG", "IN", "JP", "ZA", "BR-SP", "BR-RJ", "BR-ES", "BR-AL", "BR-AM", "MX"]
SUPERVISED: Final = {
    "HK": "authorised_institution",
    "IN": "reserve_bank_regulated",
    "JP": "money_lender",
    "MX": "financial_entity",
}
ZONES: Final = {"IN": "Asia/Kolkata", "DE": "Europe/Berlin", "NL": "Europe/Amsterdam"}
"""Of countries whose codes are those of parts of others, so that the clock tells which is meant."""
NOTICE: Final = {
    "at": "2026-10-01T10:00",
    "channel": "letter",
    "direction": "outbound",
    "outcome": "mailed",
    "purpose": "first_notice",
}
ADVISOR: Final = Advisor.load(today=date(2026, 11, 29))
ROLES: Final = ["creditor", "third_party", "debt_buyer", "law_firm", "servicer"]

places = st.sampled_from(PROVINCES + STATES + COUNTRIES)


def asked(place: str, role: str, action: dict[str, Any], **more: Any) -> dict[str, Any]:
    collector = {"role": role}
    if place in SUPERVISED:
        collector["regulated"] = SUPERVISED[place]
    start = {
        "jurisdiction": place,
        "record": "complete",
        "debtor": {"time_zone": ZONES.get(place, "America/Toronto")},
        "history": [NOTICE],
    }
    return {**start, "collector": collector, "debts": [{"id": "A", "kind": "consumer"}], "action": action, **more}


def decision(case: dict[str, Any]) -> str:
    return str(ADVISOR.check(case_from_mapping(case)).decision)


def call(at: str = "2026-11-24T10:00", **more: Any) -> dict[str, Any]:
    return {"kind": "contact", "channel": "phone", "at": at, **more}


@settings(max_examples=60, deadline=None)
@given(place=places, role=st.sampled_from(["third_party", "debt_buyer"]), minutes=st.integers(0, 5 * 60))
def test_nobody_else_s_collector_is_allowed_to_call_at_night(place: str, role: str, minutes: int) -> None:
    at = f"2026-11-24T{minutes // 60:02}:{minutes % 60:02}"
    assert decision(asked(place, role, call(at))) != "allow"


@settings(max_examples=60, deadline=None)
@given(
    place=places,
    role=st.sampled_from(ROLES),
    kind=st.sampled_from(["consumer", "commercial"]),
    content=st.sampled_from(["threat_violence", "simulates_court_document", "accuses_crime_false"]),
)
def test_a_threat_or_falsehood_is_allowed_to_nobody(place: str, role: str, kind: str, content: str) -> None:
    debts = [{"id": "A", "kind": kind}]
    assert decision(asked(place, role, call(content=[content]), debts=debts)) != "allow"


@pytest.mark.parametrize("role", ["creditor", "third_party", "debt_buyer"])
@pytest.mark.parametrize(("place", "last"), [("CA-QC", "2023-11-24"), ("AU-NSW", "2020-11-24"), ("ZA", "2023-11-24")])
def test_an_extinguished_debt_is_asked_for_by_nobody(place: str, last: str, role: str) -> None:
    letter = {"kind": "contact", "channel": "letter", "at": "2026-11-24"}
    before = f"{last[:-2]}{int(last[-2:]) - 1}"
    got = []
    for due in (before, last):
        debts = [{"id": "A", "kind": "consumer", "due": due}]
        got.append(decision(asked(place, role, letter, debts=debts)))
    assert got[0] == "deny"
    assert got[1] != "deny"


def test_hours_of_which_the_sources_differ_are_asked_about() -> None:
    assert decision(asked("ZA", "third_party", call("2026-11-24T04:00"))) == "deny"
    assert decision(asked("ZA", "third_party", call("2026-11-24T07:00"))) == "review"
    assert decision(asked("ZA", "third_party", call("2026-11-24T18:00"))) == "allow"
    assert decision(asked("ZA", "third_party", call("2026-11-24T21:01"))) == "deny"
    assert decision(asked("ZA", "third_party", call())) == "allow"


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        ("2026-11-24T06:59", "deny"),
        ("2026-11-24T07:00", "allow"),
        ("2026-11-28T21:59", "allow"),
        ("2026-11-24T22:00", "deny"),
        ("2026-11-22T14:00", "review"),
        ("2026-12-25T11:00", "review"),
    ],
)
def test_sources_on_alberta_agree_on_weekdays_and_differ_on_sundays_and_holidays(at: str, answer: str) -> None:
    assert decision(asked("CA-AB", "third_party", call(at))) == answer


@pytest.mark.parametrize("place", ["CA-AB", "CA-NB", "CA-PE", "CA-NL", "ZA"])
def test_law_on_agencies_binds_no_creditor(place: str) -> None:
    sunday_night = call("2026-11-22T22:30")
    bill = [{"id": "A", "kind": "consumer", "type": "services"}]
    assert decision(asked(place, "third_party", sunday_night, debts=bill)) == "deny"
    assert decision(asked(place, "creditor", sunday_night, debts=bill)) == "allow"


@pytest.mark.parametrize("place", ["CA-ON", "CA-AB", "CA-NB", "IN", "JP", "MX", "ZA"])
def test_nobody_presses_a_consumer_at_night(place: str) -> None:
    bill = [{"id": "A", "kind": "consumer", "type": "services"}]
    for at, answer in (("22:59", "allow"), ("23:00", "review")):
        case = asked(place, "creditor", call(f"2026-11-24T{at}"), debts=bill, collector={"role": "creditor"})
        assert decision(case) == answer


def test_a_draft_decides_nothing() -> None:
    verdict = ADVISOR.check(case_from_mapping(asked("IN", "third_party", call())))
    assert str(verdict.decision) == "allow"
    assert not [each for each in verdict.considered if "draft" in each]


# ---- the five acts of an ordinary, complete case: decided wherever the law was read for it

EUROPE: Final = ["AT", "BE", "DE", "ES", "FR", "GB-ENG", "GB-SCT", "GB-NIR", "GB-WLS", "IE", "IT", "NL", "PL", "SE"]
NOT_READ: Final = {
    "JP": {"agency_call", "letter", "placement"},  # agencies: only money lenders' loans; placement: who may receive it
    "IN": {"agency_call", "letter"},  # what the debt comes from is not said, and lenders have rules
    "MX": {"agency_call", "letter"},  # the same
    "CA-MB": {"claim"},  # a rule on starting proceedings, cut off in the copy that was read
    "ES": {"claim"},  # Catalonia has a period of its own
    "FR": {"claim"},  # which attempt to settle came before
}
ACTS: Final[dict[str, dict[str, Any]]] = {
    "agency_call": {"kind": "contact", "channel": "phone", "at": "2026-11-24T11:00"},
    "letter": {"kind": "contact", "channel": "letter", "at": "2026-11-24T11:00"},
    "b2b_call": {"kind": "contact", "channel": "phone", "at": "2026-11-24T11:00"},
    "placement": {"kind": "place_with_agency", "at": "2026-11-24"},
    "claim": {"kind": "file_claim", "at": "2026-11-24"},
}


def ordinary(place: str, act: str) -> dict[str, Any]:
    agency, consumer = act in {"agency_call", "letter"}, act in {"agency_call", "letter", "claim"}
    steps = ("letter_of_claim_sent", "default_notice_sent", "default_notice_delivered")
    claimed = [{"at": f"2026-09-1{day}", "event": event} for day, event in enumerate(steps)]
    return {
        "jurisdiction": place,
        "record": "complete",
        "collector": {"role": "third_party" if agency else "creditor"},
        "debts": [
            {"id": "A", "kind": "consumer" if consumer else "commercial", "due": "2026-07-31", "contract": "written"}
        ],
        "debtor": {"kind": "natural_person" if consumer else "company"},
        "history": [NOTICE] if agency else [{"at": "2026-07-01", "event": "invoice_received"}, *claimed],
        "action": ACTS[act],
    }


@pytest.mark.parametrize("place", sorted({*PROVINCES, *STATES, *COUNTRIES, *EUROPE}))
def test_an_ordinary_case_is_decided_where_the_law_was_read(place: str) -> None:
    answers = {act: decision(ordinary(place, act)) for act in ACTS}
    left = {act for act, answer in answers.items() if answer == "review"}
    assert left == NOT_READ.get(place, set())


@pytest.mark.parametrize("place", ["IN", "MX"])
def test_hours_of_lenders_are_left_out_only_where_the_debt_is_stated_to_be_no_credit(place: str) -> None:
    answers = {}
    for kind in ("goods", "services", "loan", None):
        case = ordinary(place, "agency_call")
        case["action"] = {**ACTS["agency_call"], "at": "2026-11-24T22:30"}
        if kind:
            case["debts"][0]["type"] = kind
        answers[kind] = decision(case)
    assert answers["goods"] == answers["services"] == "allow"
    assert "allow" not in {answers["loan"], answers[None]}


@pytest.mark.parametrize("place", ["DE", "FR", "GB-ENG", "AU-NSW", "NZ", "SG", "ZA", "BR-SP", "PL", "IT", "SE", "NL"])
def test_what_a_patient_owes_is_placed_by_nobody_unasked(place: str) -> None:
    case = ordinary(place, "placement")
    case["debts"][0] |= {"kind": "consumer", "type": "medical"}
    assert decision(case) == "review"


@pytest.mark.parametrize(
    "place", ["DE", "FR", "GB-ENG", "AU-NSW", "NZ", "SG", "ZA", "BR-SP", "PL", "IT", "SE", "NL", "BE"]
)
def test_a_loan_is_sold_by_nobody_unasked_and_the_price_of_goods_is(place: str) -> None:
    answers = []
    for kind in ("goods", "business_loan"):
        case = ordinary(place, "placement")
        case["debts"][0] |= {"type": kind}
        case["action"] = {"kind": "sell_debt", "at": "2026-11-24"}
        answers.append(decision(case))
    assert answers == ["allow", "review"]


def test_a_partial_record_of_a_sale_is_asked_about() -> None:
    case = {**ordinary("DE", "placement"), "record": "partial", "action": {"kind": "sell_debt", "at": "2026-11-24"}}
    assert decision(case) == "review"


# ---- what binds everybody

EVERYWHERE: Final = sorted({*PROVINCES, *STATES, *COUNTRIES, *EUROPE, "CA-ON"})


def business(place: str, action: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A creditor and the debt of a company."""
    case = {**ordinary(place, "b2b_call"), "action": {**call(), **action}}
    return {**case, **more}


@pytest.mark.parametrize("place", EVERYWHERE)
@pytest.mark.parametrize("content", ["threat_violence", "claims_government_affiliation", "claims_attorney_false"])
def test_nobody_threatens_violence_or_pretends_an_office(place: str, content: str) -> None:
    assert decision(business(place, {"content": [content]})) == "deny"


@pytest.mark.parametrize("place", EVERYWHERE)
def test_a_business_is_not_deceived_pressed_or_pilloried_by_an_allow(place: str) -> None:
    for action in (
        {"content": ["false_amount"]},
        {"purpose": "coerce_payment"},
        {"channel": "social_public"},
        {"kind": "publish_debtor_names"},
        {"to": "debtor", "profile": "fake"},
    ):
        assert decision(business(place, action)) != "allow", action


@pytest.mark.parametrize("place", EVERYWHERE)
def test_nothing_is_asked_for_a_paid_debt_unseen(place: str) -> None:
    paid = [{"at": "2026-11-02", "event": "paid_in_full"}]
    for action in ({}, {"kind": "file_claim"}, {"kind": "place_with_agency"}):
        assert decision(business(place, action, history=paid)) != "allow", action


@pytest.mark.parametrize("place", EVERYWHERE)
def test_a_fee_that_nothing_gives_is_denied(place: str) -> None:
    assert decision(business(place, {"kind": "charge_fee", "authorized_by": "none"})) == "deny"


@pytest.mark.parametrize("place", [place for place in EVERYWHERE if place not in {"JP", "IN", "SG", "ZA", "MX"}])
def test_calls_that_nobody_answers_come_to_an_end(place: str) -> None:
    calls = [
        {"at": f"2026-11-{day}", "channel": "phone", "direction": "outbound", "outcome": "no_answer", "times": 8}
        for day in (20, 21, 22, 23)
    ]
    assert decision(asked(place, "creditor", call(), history=[NOTICE, *calls], debtor={})) != "allow"


@pytest.mark.parametrize("role", ["creditor", "third_party", "debt_buyer"])
@pytest.mark.parametrize("place", ["GB-ENG", "GB-SCT", "GB-NIR", "GB-WLS", "IE"])
def test_nobody_calls_a_consumer_at_night_in_the_united_kingdom_and_ireland(place: str, role: str) -> None:
    assert decision(asked(place, role, call("2026-11-24T03:00"))) == "review"
    assert decision(asked(place, role, call("2026-11-24T10:00"))) == "allow"


@pytest.mark.parametrize("kind", ["credit_card", "consumer_credit", "loan", "auto_loan"])
def test_whoever_collects_consumer_credit_in_the_united_kingdom_is_under_the_sourcebook(kind: str) -> None:
    debts = [{"id": "A", "kind": "consumer", "type": kind}]
    told = asked(
        "GB-ENG", "third_party", call(), debts=debts, history=[{"at": "2026-11-20", "event": "dispute_received"}]
    )
    assert decision(told) == "deny"
    sunday = asked("GB-ENG", "debt_buyer", call("2026-11-22T11:00"), debts=debts)
    assert decision(sunday) == "review"


@pytest.mark.parametrize("place", PROVINCES)
def test_a_bankruptcy_that_was_filed_is_looked_at(place: str) -> None:
    filed = [{"at": "2026-11-02", "event": "bankruptcy_petition_filed"}]
    assert decision(asked(place, "creditor", call(), history=[NOTICE, *filed])) == "review"


# ---- five places that were read again: what stood against the law's text


def test_british_columbia_asks_for_the_notice_before_any_attempt() -> None:
    text = {"kind": "contact", "channel": "sms", "at": "2026-11-24T10:00"}
    assert decision(asked("CA-BC", "third_party", text, history=[])) == "deny"
    assert decision(asked("CA-BC", "third_party", text)) == "allow"
    assert decision(asked("CA-BC", "creditor", text, history=[])) == "allow"


@pytest.mark.parametrize(("role", "expected"), [("law_firm", "deny"), ("third_party", "deny"), ("creditor", "allow")])
def test_belgian_lawyers_begin_with_the_formal_notice_too(role: str, expected: str) -> None:
    assert decision(asked("BE", role, call(), history=[])) == expected


@pytest.mark.parametrize(("sent", "expected"), [("2026-11-02", "allow"), ("2026-11-03", "review")])
def test_south_australia_waits_twenty_one_days_after_the_demand(sent: str, expected: str) -> None:
    history = [{"at": sent, "event": "letter_of_claim_sent"}]
    debts = [{"id": "A", "kind": "commercial", "due": "2026-07-31"}]
    case = {**ordinary("AU-SA", "claim"), "history": history, "debts": debts}
    assert decision(case) == expected


@pytest.mark.parametrize("day", ["2025-05-30", "2026-01-02", "2026-05-15", "2027-05-07"])
def test_dutch_agencies_keep_the_days_that_decrees_put_equal(day: str) -> None:
    assert decision(asked("NL", "third_party", call(f"{day}T11:00"), history=[])) == "deny"
    assert decision(asked("NL", "creditor", call(f"{day}T11:00"), history=[])) == "allow"


STORIES: Final = [
    case
    for file in sorted((Path(__file__).parents[1] / "cases/abroad").glob("*.yaml"))
    for case in read_cases(file).cases
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_stories_from_abroad(story: Any) -> None:
    assert str(ADVISOR.check(story).decision) == story.expect.decision


@pytest.mark.parametrize(
    ("province", "role"),
    [("CA-ON", "creditor"), ("CA-QC", "creditor"), ("CA-AB", "creditor"), ("CA-ON", "third_party")],
)
def test_a_plain_dispute_stops_nobody_whom_no_law_stops(province: str, role: str) -> None:
    disputed = [{"at": "2026-11-02", "event": "dispute_received", "form": "written"}]
    assert decision(asked(province, role, {**call(), "channel": "letter"}, history=[NOTICE, *disputed])) == "allow"


@pytest.mark.parametrize("place", ["GB-ENG", "DE", "FR", "ES", "IT", "BE", "NL", "PL", "SE", "AT", "SG"])
def test_a_company_is_not_called_without_an_end(place: str) -> None:
    calls = [{"at": "2026-11-23", "channel": "phone", "direction": "outbound", "outcome": "no_answer", "times": 10}]
    assert decision(business(place, {}, history=calls)) == "review"
    assert decision(business(place, {}, history=[{**calls[0], "times": 9}])) == "allow"


@pytest.mark.parametrize("place", sorted({*PROVINCES, *STATES, *COUNTRIES, *EUROPE} - {"GB-WLS"}))
def test_nobody_sues_or_threatens_to_on_the_day_on_which_a_debt_can_still_be_paid(place: str) -> None:
    debts = [{"id": "A", "kind": "commercial", "due": "2026-11-24", "contract": "written"}]
    for act in ({"kind": "file_claim"}, {"kind": "threaten_claim", "channel": "letter"}):
        assert decision(business(place, {**act, "at": "2026-11-24"}, debts=debts)) != "allow"


@pytest.mark.parametrize("place", sorted({*PROVINCES, *STATES, *COUNTRIES, *EUROPE} - {"GB-WLS"}))
@pytest.mark.parametrize("tactic", ["added_fees", "agency_fees_to_debtor", "charge_for_first_reminder"])
def test_a_practice_that_a_case_names_never_falls_silent(place: str, tactic: str) -> None:
    act = {**call(), "channel": "letter", "tactic": tactic}
    assert decision(asked(place, "third_party", act, history=[NOTICE])) != "allow"

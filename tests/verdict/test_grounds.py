"""What a finding shows: the tests that decided, none of which can be left out, and the entries that were counted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectrules.output.rendering import as_json, as_text

Law = Any

PHONE = "when: action.channel == phone"
BINDS = "binds: {when: collector.role == third_party, cite: Law 3}"
CALL = {"channel": "phone", "direction": "outbound", "outcome": "no_answer"}
DEFINE = """
define:
  call: {title: a call, cite: Law 7, of: contact, is: 'channel == phone and outcome not in [busy]'}
  young: {title: the debtor is young, cite: Law 8, is: debtor.minor}
  wrote: {title: somebody wrote, is: 'any(contacts as c where c.channel == letter)'}
"""


def finding(law: Law, body: str, more: str = DEFINE, **changes: Any) -> Any:
    return law.advisor(law.ruleset(body, more=more)).explore(law.case(**changes)).findings[0]


def asked(law: Law, body: str, **changes: Any) -> list[tuple[str, Any]]:
    return [(test.name, test.value) for test in finding(law, body, **changes).tests]


# ---- which tests decide --------------------------------------------------------------------------------------------


def test_one_of_two_reasons_is_enough_and_the_first_is_told(law: Law) -> None:
    body = "when: action.channel == phone and (debtor.minor or debtor.deceased)"
    both = {"minor": True, "deceased": True}
    assert asked(law, body, debtor=both) == [("action.channel", "phone"), ("debtor.minor", True)]
    assert asked(law, body, debtor={"deceased": True}) == [("action.channel", "phone"), ("debtor.deceased", True)]


def test_an_exception_of_a_complete_record_is_ruled_out_by_a_fact(law: Law) -> None:
    body = "when: action.channel == phone\nunless:\n  - {if: debtor.minor and action.automated, cite: Law 9}"
    told = finding(law, body).tests
    assert [(test.name, test.value, test.cite) for test in told] == [
        ("action.channel", "phone", "Law 1"),
        ("debtor.minor", False, "Law 9"),
    ]


def test_an_exception_of_which_a_partial_record_shows_nothing_decides_nothing(law: Law) -> None:
    body = "when: action.channel == phone\nunless:\n  - {if: debtor.minor and action.automated, cite: Law 9}"
    assert asked(law, body, record="partial") == [("action.channel", "phone")]


def test_an_exception_half_shown_keeps_a_partial_record_open(law: Law) -> None:
    body = (
        "when: action.channel == phone\nunless:\n  - {if: action.requested_by_debtor and not debtor.minor, cite: Law 9}"
    )
    assert asked(law, body, record="partial", action={"requested_by_debtor": True}) == [("debtor.minor", None)]


def test_an_open_outcome_tells_only_what_keeps_it_open(law: Law) -> None:
    body = "when: action.channel == phone and (action.place == work or debtor.minor)"
    assert asked(law, body) == [("action.place", None)]


def test_a_rebutted_presumption_tells_the_factor(law: Law) -> None:
    body = f"strength: presumption_of_violation\n{PHONE}\nfactors:\n  - {{if: debtor.minor, cite: Law 2}}"
    assert asked(law, body, debtor={"minor": True}) == [("action.channel", "phone"), ("debtor.minor", True)]


def test_a_review_tells_what_makes_it_one_and_what_is_open_in_it(law: Law) -> None:
    body = f"{PHONE}\nreview:\n  - {{if: action.requested_by_debtor and not debtor.minor, cite: Law 2, question: why?}}"
    told = finding(law, body, action={"requested_by_debtor": True}).tests
    assert [(test.name, test.value, test.cite) for test in told] == [
        ("action.channel", "phone", "Law 1"),
        ("action.requested_by_debtor", True, "Law 2"),
        ("debtor.minor", False, "Law 2"),
    ]
    half_shown = asked(law, body, record="partial", action={"requested_by_debtor": True})
    assert half_shown == [("action.channel", "phone"), ("debtor.minor", None)]


def test_whom_a_law_binds_is_among_what_decided(law: Law) -> None:
    more = f"{BINDS[:-1]}, unless: [{{if: collector.official_duty, cite: Law 4}}]}}"
    told = finding(law, "when: action.channel == phone", more=more).tests
    assert [(test.name, test.value, test.cite) for test in told] == [
        ("collector.role", "third_party", "Law 3"),
        ("action.channel", "phone", "Law 1"),
        ("collector.official_duty", False, "Law 4"),
    ]


def test_a_definition_is_told_by_its_name_title_and_law(law: Law) -> None:
    (call, young) = finding(law, "when: call(action) and young", debtor={"minor": True}).tests
    assert (call.name, call.title, call.value, call.cite) == ("call", "a call", True, "Law 7")
    assert (young.name, young.title, young.value, young.cite) == ("young", "the debtor is young", True, "Law 8")


def test_values_are_values_of_json(law: Law) -> None:
    body = "when: action.day >= 2026-04-01 and action.minute >= 09:00 and debtor.minor == false"
    assert asked(law, body) == [("action.day", "2026-04-08"), ("action.minute", "10:00"), ("debtor.minor", False)]


# ---- evidence ------------------------------------------------------------------------------------------------------

CAP = "kind: frequency_cap\ncounts: call\nper: [debt]\nvalues: {at_most: {2020-01-01: 3}, days: {2020-01-01: 7}}"
MAYBE_BUSY = {"at": "2026-04-07", "channel": "phone", "direction": "outbound"}
TWO_DEBTS = [{"id": "A", "kind": "consumer"}, {"id": "B", "kind": "consumer"}]


def test_a_cap_shows_what_it_counted(law: Law) -> None:
    history = [
        {"at": "2026-04-01", **CALL},
        {"at": "2026-04-02", **CALL, "times": 2},
        {"at": "2026-04-03T09:30", "channel": "letter", "direction": "outbound"},
        {"at": "2026-04-04T09:30", **CALL, "outcome": "voicemail"},
    ]
    told = finding(law, CAP, history=history)
    assert told.evidence == {
        "counted": 3,
        "limit": 3,
        "window": {"from": "2026-04-02", "to": "2026-04-08"},
        "entries": [
            {"day": "2026-04-02", **CALL, "times": 2},
            {"day": "2026-04-04", "time": "09:30", **CALL, "outcome": "voicemail"},
        ],
    }
    assert ("counted", 3) in [(test.name, test.value) for test in told.tests]


def test_a_cap_for_each_debt_shows_the_entries_of_the_worst(law: Law) -> None:
    history = [
        {"at": "2026-04-05", **CALL, "debts": ["A"]},
        {"at": "2026-04-06", **CALL, "debts": ["B"], "times": 3},
    ]
    evidence = finding(law, CAP, debts=TWO_DEBTS, history=history).evidence
    assert [entry["day"] for entry in evidence["entries"]] == ["2026-04-06"]
    assert evidence["counted"] == 3


def test_of_a_partial_record_only_what_is_certain_is_shown(law: Law) -> None:
    history = [{"at": "2026-04-06", **CALL, "debts": ["A"], "times": 3}, MAYBE_BUSY]
    evidence = finding(law, CAP, record="partial", history=history).evidence
    assert (evidence["counted"], [entry["day"] for entry in evidence["entries"]]) == (3, ["2026-04-06"])


@pytest.mark.parametrize(("first_day_counts", "to"), [("true", "2026-04-11"), ("false", "2026-04-12")])
def test_a_wait_shows_what_began_it_and_its_last_day(law: Law, first_day_counts: str, to: str) -> None:
    body = "kind: waiting_period\nafter: opt_out\nvalues: {days: {2020-01-01: 7}}\nfirst_day_counts: "
    history = [
        {"at": "2026-04-03", "event": "opt_out"},
        {"at": "2026-04-05T12:00", "event": "opt_out", "channel": "sms"},
    ]
    assert finding(law, body + first_day_counts, history=history).evidence == {
        "limit": 7,
        "window": {"from": "2026-04-05", "to": to},
        "entries": [{"day": "2026-04-05", "time": "12:00", "event": "opt_out", "channel": "sms"}],
    }


HOURS = "kind: contact_hours\nvalues: {from: {2020-01-01: '08:00'}, to: {2020-01-01: '21:00'}}"


def test_hours_show_the_clock_where_the_debtor_is(law: Law) -> None:
    told = finding(law, HOURS, action={"at": "2026-04-08T07:30"})
    assert told.evidence == {
        "window": {"from": "08:00", "to": "21:00"},
        "clocks": [{"zone": "America/New_York", "time": "07:30"}],
    }


def test_hours_show_every_zone_where_the_debtor_may_be(law: Law) -> None:
    debtor = {
        "time_zone": None,
        "endpoints": [
            {
                "id": "mobile_1",
                "channel": "phone",
                "area_code_time_zone": "America/New_York",
                "address_time_zone": "America/Chicago",
            }
        ],
    }
    told = finding(law, HOURS, debtor=debtor, action={"at": "2026-04-08T08:30", "at_tz": "America/New_York"})
    assert told.evidence["clocks"] == [
        {"zone": "America/New_York", "time": "08:30"},
        {"zone": "America/Chicago", "time": "07:30"},
    ]


def test_a_condition_shows_the_entries_behind_it_through_its_definitions(law: Law) -> None:
    history = [
        {"at": "2026-04-05", "channel": "letter", "direction": "inbound"},
        {"at": "2026-04-06", **CALL},
        {"at": "2026-04-07", "event": "opt_out", "channel": "sms"},
    ]
    evidence = finding(law, "when: wrote and any(opt_out)", history=history).evidence
    assert evidence == {
        "entries": [
            {"day": "2026-04-05", "channel": "letter", "direction": "inbound"},
            {"day": "2026-04-07", "event": "opt_out", "channel": "sms"},
        ]
    }


def test_where_no_entry_was_asked_for_there_is_no_evidence(law: Law) -> None:
    assert finding(law, "when: debtor.minor", debtor={"minor": True}).evidence == {}


# ---- places, remedies, basis ---------------------------------------------------------------------------------------


def test_an_exception_is_a_remedy_only_where_it_names_an_act(law: Law) -> None:
    body = (
        "when: action.channel == phone\nremedy: write\nunless:\n"
        "  - {if: action.same_call, cite: Law 2, title: no new call is placed}\n"
        "  - {if: action.requested_by_debtor, cite: Law 3, title: asked for, remedy: have the debtor ask for it}\n"
        "  - {if: any(consents), cite: Law 4, title: the debtor agreed, remedy: get the debtor's consent}"
    )
    told = law.advisor(law.ruleset(body)).explore(law.case())
    assert [(each.kind, each.sentence) for each in told.alternatives if each.kind in ("change", "consent")] == [
        ("change", "write (Law 1)"),
        ("change", "have the debtor ask for it (Law 3)"),
        ("consent", "get the debtor's consent (Law 4)"),
    ]


def test_not_covered_is_said_only_where_no_law_binds(law: Law) -> None:
    federal = law.ruleset("when: debtor.minor", name="us.law", more=BINDS)
    bound = law.ruleset("when: debtor.minor", name="us.ma", jurisdiction="US-MA", more=BINDS)
    general = law.ruleset("when: debtor.minor", name="us.ma", jurisdiction="US-MA")
    creditor = law.case(jurisdiction="US-MA", collector={"role": "creditor"})
    assert law.advisor(federal, bound).check(creditor).basis == "not_covered"
    assert law.advisor(federal, general).check(creditor).basis == "permitted"
    assert law.advisor(federal, bound).check(law.case(jurisdiction="US-MA")).basis == "permitted"


def test_a_creditor_in_massachusetts_is_covered_by_the_law_of_the_state() -> None:
    from collectrules import Advisor, case_from_mapping

    case = {
        "jurisdiction": "US-MA",
        "record": "complete",
        "collector": {"role": "creditor"},
        "debts": [{"id": "A", "kind": "consumer"}],
        "debtor": {"time_zone": "America/New_York"},
        "action": {"kind": "contact", "channel": "phone", "at": "2026-04-08T10:00"},
    }
    told = Advisor.load().check(case_from_mapping(case))
    assert (told.decision, told.basis) == ("allow", "permitted")


def test_places_are_told_from_the_folder_of_rulesets() -> None:
    from pathlib import Path

    from collectrules import Advisor, read_cases

    case = read_cases(Path(__file__).parents[2] / "examples" / "eighth-call.yaml").cases[0]
    places = [told.place.partition(":")[0] for told in Advisor.load().check(case).findings]
    assert places == ["us/tx/collection.yaml", "us/federal/regulation_f/calls.yaml"]


def test_what_was_assumed_is_a_value_for_programs_and_words_for_people(law: Law) -> None:
    body = "when: action.languages has en\nunless:\n  - {if: debtor.minor, cite: Law 2}"
    told = law.advisor(law.ruleset(body)).explore(law.case())
    taken = {fact["fact"]: fact["taken_as"] for fact in json.loads(as_json(told))["assumed"]}
    assert taken == {"action.languages": ["en"], "debtor.minor": False}
    text = as_text(told)
    assert "action.languages = en (" in text
    assert "debtor.minor = no (" in text
    assert "False" not in text
    assert "('" not in text


def test_a_law_that_does_not_bind_says_whom_it_binds(law: Law) -> None:
    head = {"more": "binds: {when: collector.role == third_party, cite: Law 3, title: an agency, unless: [UNLESS]}"}
    unless = "{if: collector.official_duty, cite: Law 4, title: an officer on duty}"
    head = {"more": head["more"].replace("UNLESS", unless)}
    book = law.advisor(law.ruleset("when: action.channel == phone", **head))
    creditor = book.explore(law.case(collector={"role": "creditor"}))
    assert creditor.decision == "allow"
    (told,) = creditor.not_bound
    assert told.endswith(", does not bind here: it binds an agency (Law 3)")
    assert told.split(",")[0] in " ".join(as_text(creditor).split())
    officer = book.explore(law.case(collector={"role": "third_party", "official_duty": True}))
    (told,) = officer.not_bound
    assert told.endswith(", does not bind here: an officer on duty (Law 4)")
    assert not book.explore(law.case(collector={"role": "third_party"})).not_bound
    assert not book.explore(law.case(record="partial")).not_bound  # who it is may be the agency

"""Each shape of rule, on both sides of its line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from collectrules.law.kinds import RuleKind, built_in
from collectrules.output.rules import RuleText

Law = Any

CALLS = """
kind: frequency_cap
counts: telephone_call
per: [person, debt]
values: {at_most: {2020-01-01: 3}, days: {2020-01-01: 7}}
"""
DEFINE = """
define:
  telephone_call: {title: a call, of: contact, is: 'channel == phone and outcome not in [busy]'}
"""
MAPPED = """\
kind: frequency_cap
counts: {channel: [phone, sms], direction: outbound, automated: no, late: no}
per: [person]
values: {at_most: {2020-01-01: 1}, days: {2020-01-01: 7}}"""
LATE = "  late: {title: late, of: contact, is: 'outside_hours(this, 08:00, 20:00)'}"
TWO_DEBTS = [{"id": "A", "kind": "consumer"}, {"id": "B", "kind": "consumer"}]


def call(at: str, **keys: Any) -> dict[str, Any]:
    return {"at": at, "channel": "phone", "direction": "outbound", "outcome": "no_answer", **keys}


def breach(law: Law, body: str, **changes: Any) -> Any:
    return law.advisor(law.ruleset(body, more=DEFINE)).judge(law.case(**changes)).outcomes[0].breach


def test_every_kind_has_a_title_and_a_name_of_its_own() -> None:
    kinds = list(built_in())
    assert len({kind.name for kind in kinds}) == len(kinds)
    assert all(kind.title and set(kind.required) <= set(kind.fields) for kind in kinds)
    assert all(set(kind.words) <= set(kind.fields) for kind in kinds)


# ---- frequency_cap -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "truth"), [(0, False), (2, False), (3, True), (7, True)])
def test_one_call_too_many(law: Law, before: int, truth: bool) -> None:
    history = [call(f"2026-04-08T08:{minute:02d}") for minute in range(before)]
    assert breach(law, CALLS, history=history or None) is truth


@pytest.mark.parametrize(
    ("day", "truth"), [("2026-04-01T23:59", False), ("2026-04-02T00:00", True), ("2026-04-02", True)]
)
def test_the_days_are_calendar_days_the_last_that_of_the_action(law: Law, day: str, truth: bool) -> None:
    history = [call(day), call("2026-04-07T10:00"), call("2026-04-08T09:00")]
    assert breach(law, CALLS, history=history) is truth


def test_the_days_are_those_of_the_debtor(law: Law) -> None:
    history = [call("2026-04-02T03:00:00+00:00"), call("2026-04-07T10:00"), call("2026-04-08T09:00")]
    assert breach(law, CALLS, history=history) is False  # 1 April in New York
    assert breach(law, CALLS, history=history, debtor={"time_zone": "Europe/Berlin"}) is True


def test_times_count_each(law: Law) -> None:
    assert breach(law, CALLS, history=[call("2026-04-06", times=3)]) is True
    assert breach(law, CALLS, history=[call("2026-04-06", times=2)]) is False


def test_the_action_itself_must_count(law: Law) -> None:
    history = [call("2026-04-06", times=9)]
    assert breach(law, CALLS, history=history, action={"channel": "letter"}) is False
    assert breach(law, CALLS, history=[call("2026-04-06", times=9, outcome="busy")]) is False


def test_each_debt_is_counted_by_itself_and_the_worst_decides(law: Law) -> None:
    history = [call("2026-04-06", times=3, debts=["A"])]
    assert breach(law, CALLS, debts=TWO_DEBTS, history=history) is True
    assert breach(law, CALLS, debts=TWO_DEBTS, history=history, action={"debts": ["B"]}) is False
    shared = [call("2026-04-06", times=2, debts=["A"]), call("2026-04-06", times=1)]
    assert breach(law, CALLS, debts=TWO_DEBTS, history=shared) is True
    assert breach(law, CALLS, debts=TWO_DEBTS, history=shared, action={"debts": ["B"]}) is False


def test_without_debts_apart_all_are_counted_together(law: Law) -> None:
    body = CALLS.replace("[person, debt]", "person")
    history = [call("2026-04-06", times=2, debts=["A"]), call("2026-04-06", debts=["B"])]
    assert breach(law, body, debts=TWO_DEBTS, history=history) is True
    assert breach(law, CALLS, debts=TWO_DEBTS, history=history) is False


def test_two_debts_may_be_as_one(law: Law) -> None:
    body = CALLS + "same_debt: d.type == e.type"
    debts = [{**debt, "type": "student_loan"} for debt in TWO_DEBTS]
    history = [call("2026-04-06", times=3, debts=["A"])]
    assert breach(law, body, debts=debts, history=history, action={"debts": ["B"]}) is True
    debts[1] = {**debts[1], "type": "medical"}
    assert breach(law, body, debts=debts, history=history, action={"debts": ["B"]}) is False


def test_calls_to_another_person_do_not_count(law: Law) -> None:
    assert breach(law, CALLS, history=[call("2026-04-06", times=3, to="spouse")]) is False
    both = {"to": "third_party", "person": "neighbour"}
    history = [call("2026-04-06", times=3, **both)]
    assert breach(law, CALLS, history=history, action=both) is True
    assert breach(law, CALLS, history=history, action={**both, "person": "colleague"}) is False
    assert breach(law, CALLS, history=history, action={**both, "person": None}) is True


@pytest.mark.parametrize(("before", "truth"), [(2, None), (3, True), (5, True)])
def test_a_partial_record_holds_at_least_what_it_lists(law: Law, before: int, truth: Any) -> None:
    history = [call(f"2026-04-07T08:{minute:02d}", to="debtor") for minute in range(before)]
    stated: dict[str, Any] = {"record": "partial", "history": history, "action": {"to": "debtor"}}
    assert breach(law, CALLS, **stated) is truth


def test_a_call_that_may_have_been_busy_is_not_certain_to_count(law: Law) -> None:
    history = [call(f"2026-04-07T08:{minute:02d}", to="debtor") for minute in range(3)]
    del history[0]["outcome"]
    assert breach(law, CALLS, history=history, action={"to": "debtor"}) is True
    assert breach(law, CALLS, record="partial", history=history, action={"to": "debtor"}) is None


def test_a_further_condition(law: Law) -> None:
    body = CALLS + "also_when: debtor.minor"
    history = [call("2026-04-06", times=3)]
    assert breach(law, body, history=history) is False
    assert breach(law, body, history=history, debtor={"minor": True}) is True


def test_the_cap_of_the_day_counts(law: Law) -> None:
    body = CALLS.replace("{2020-01-01: 3}", "{2020-01-01: 3, 2026-04-08: 5}")
    four = [call("2026-04-06", times=4)]
    assert breach(law, body, history=four, action={"at": "2026-04-07T10:00"}) is True
    assert breach(law, body, history=four, action={"at": "2026-04-08T10:00"}) is False
    assert breach(law, body, history=[call("2026-04-06", times=5)], action={"at": "2026-04-08T10:00"}) is True


def test_the_sentence_does_the_sum(law: Law) -> None:
    verdict = law.advisor(law.ruleset(CALLS, more=DEFINE)).explore(law.case(history=[call("2026-04-06", times=3)]))
    assert (
        "3 counted in the 7 days to 8 April 2026; this would be number 4, the most is 3" in verdict.findings[0].sentence
    )


# ---- waiting_period ------------------------------------------------------------------------------------------------

WAIT = """
kind: waiting_period
after: contacts as c where c.outcome == conversation
values: {days: {2020-01-01: 7}}
"""


@pytest.mark.parametrize(
    ("ago", "counts", "truth"),
    [
        (0, "", True),
        (6, "", True),
        (7, "", False),
        (6, "true", True),
        (7, "true", False),
        (7, "false", True),
        (8, "false", False),
    ],
)
def test_the_wait_lasts_its_days(law: Law, ago: int, counts: str, truth: bool) -> None:
    body = WAIT + (f"first_day_counts: {counts}" if counts else "")
    talked = call(f"{date(2026, 4, 8) - timedelta(days=ago)}T09:00", outcome="conversation")
    assert breach(law, body, history=[talked]) is truth


def test_the_latest_starts_the_wait_again(law: Law) -> None:
    talks = [call("2026-03-01T09:00", outcome="conversation"), call("2026-04-07T09:00", outcome="conversation")]
    assert breach(law, WAIT, history=talks) is True
    assert breach(law, WAIT, history=talks[:1]) is False
    assert breach(law, WAIT, history=[call("2026-04-07T09:00")]) is False


def test_after_an_event_without_a_condition(law: Law) -> None:
    body = WAIT.replace("contacts as c where c.outcome == conversation", "opt_out")
    assert breach(law, body, history=[{"at": "2026-04-02", "event": "opt_out"}]) is True
    assert breach(law, body, history=[{"at": "2026-04-01", "event": "opt_out"}]) is False
    assert breach(law, body, record="partial") is None
    assert breach(law, body, record="partial", history=[{"at": "2026-04-02", "event": "opt_out"}]) is True


def test_a_wait_with_a_further_condition(law: Law) -> None:
    body = WAIT + "also_when: action.channel == phone"
    history = [call("2026-04-07T09:00", outcome="conversation")]
    assert breach(law, body, history=history) is True
    assert breach(law, body, history=history, action={"channel": "letter"}) is False


def test_the_wait_says_since_when(law: Law) -> None:
    history = [call("2026-04-07T09:00", outcome="conversation")]
    verdict = law.advisor(law.ruleset(WAIT, more=DEFINE)).explore(law.case(history=history))
    assert "the latest was on 7 April 2026; 7 days must pass" in verdict.findings[0].sentence


# ---- contact_hours -------------------------------------------------------------------------------------------------

HOURS = """
kind: contact_hours
values: {from: {2020-01-01: '08:00', 2026-04-08: '09:00'}, to: {2020-01-01: '21:00'}}
"""


@pytest.mark.parametrize(
    ("at", "truth"),
    [
        ("2026-04-07T07:59", True),
        ("2026-04-07T08:00", False),
        ("2026-04-08T08:59", True),
        ("2026-04-08T09:00", False),
        ("2026-04-08T20:59", False),
        ("2026-04-08T21:00", True),
        ("2026-04-08", None),
    ],
)
def test_hours_by_day(law: Law, at: str, truth: Any) -> None:
    assert breach(law, HOURS, action={"at": at}) is truth


def test_hours_of_some_days_only(law: Law) -> None:
    body = HOURS + "days: [sat, sun]"
    assert breach(law, body, action={"at": "2026-04-08T07:00"}) is False
    assert breach(law, body, action={"at": "2026-04-11T07:00"}) is True
    assert breach(law, body, action={"at": "2026-04-08"}) is False


def test_a_zone_that_is_not_known(law: Law) -> None:
    assert breach(law, HOURS, debtor={"time_zone": None}) is False
    assert breach(law, HOURS, record="partial", debtor={"time_zone": None}) is None
    stated = {"time_zone": "America/New_York", "location_known_from_debtor": True}
    assert breach(law, HOURS, record="partial", debtor=stated) is False


def test_hours_are_told_in_the_finding(law: Law) -> None:
    verdict = law.advisor(law.ruleset(HOURS)).explore(law.case(action={"at": "2026-04-08T08:59"}))
    assert "08:59 where the debtor is; the hours are 09:00 to 21:00" in verdict.findings[0].sentence


# ---- condition, permission -----------------------------------------------------------------------------------------


def test_a_condition_is_the_breach(law: Law) -> None:
    assert breach(law, "when: debtor.minor") is False
    assert breach(law, "when: debtor.minor", debtor={"minor": True}) is True


def test_a_permission_governs_and_never_speaks(law: Law) -> None:
    judgement = law.judge("kind: permission", record="partial")
    assert [outcome.breach for outcome in judgement.outcomes] == [False]
    assert judgement.decision == "allow"


# ---- told in English ----------------------------------------------------------------------------------------------


def read_aloud(law: Law, body: str, more: str = DEFINE + LATE) -> str:
    """What breaches a rule and what lifts it, on one line."""
    ruleset = law.ruleset(body, more=more)
    rule = ruleset.rules[0]
    paragraphs = RuleText(rule, ruleset, law.language.kinds[rule.kind]).english()
    return " ".join(" ".join(line for each in paragraphs for line in each.text()).split())


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            CALLS,
            (
                "breached by a fourth contact in 7 days, its own day the last (3 allowed since 2020-01-01),"
                " counted for each person and each debt counted [a call]"
            ),
        ),
        (
            CALLS.replace("{2020-01-01: 3}", "{2020-01-01: 3, 2026-04-08: 5}").replace("per: [person, debt]\n", ""),
            (
                "breached by a sixth contact in 7 days, its own day the last (3 allowed since 2020-01-01,"
                " 5 since 2026-04-08), all counted together counted [a call]"
            ),
        ),
        (
            CALLS + "same_debt: d.type == e.type\nalso_when: debtor.minor",
            (
                "one debt a debt e of an earlier contact c and a debt d of the action are one where d's type is e's"
                " type only if the debtor is a minor"
            ),
        ),
        (
            WAIT,
            (
                "breached in the 7 days (since 2020-01-01) that begin with the day of"
                " the latest contact, called c, for which: c's outcome is conversation"
            ),
        ),
        (
            MAPPED,
            "- its direction is outbound - it is not sent by a machine - not [late]",
        ),
        (WAIT + "first_day_counts: 'false'", "breached until 7 full days (since 2020-01-01) are over after the day of"),
        (
            HOURS,
            (
                "breached outside 09:00 to 21:00 (from 08:00 since 2020-01-01, 09:00 since 2026-04-08;"
                " to 21:00 since 2020-01-01), in any zone where the debtor may be"
            ),
        ),
        (HOURS + "days: [sat, sun]", "breached on Saturday and Sunday, outside"),
        (HOURS + "days: [mon, tue, wed, thu]", "breached on Monday to Thursday, outside"),
        (HOURS + "also_when: not debtor.minor", "only if the debtor is of age"),
        (
            "when: debtor.minor and action.channel == phone",
            "breached if the debtor is a minor and the action's channel is",
        ),
        ("kind: permission", "breached never: the law was read, and it forbids nothing"),
        (
            "when: debtor.minor\nunless:\n  - {if: action.automated, cite: Law 2, title: a machine sends it}",
            "unless a machine sends it: the action is sent by a machine Law 2",
        ),
    ],
)
def test_a_kind_tells_its_rule(law: Law, body: str, told: str) -> None:
    assert told in read_aloud(law, body)


def test_a_kind_that_says_nothing_of_itself_is_told_as_a_condition(law: Law) -> None:
    kind = RuleKind("mute", "a kind of a plugin", {}, (), (), lambda _: "debtor.minor")
    ruleset = law.ruleset("when: debtor.minor")
    (paragraph,) = RuleText(ruleset.rules[0], ruleset, kind).english()
    assert (paragraph.label, paragraph.lines) == ("breached", ("if the debtor is a minor",))


def test_a_value_stands_with_every_day_since_which_it_holds(law: Law) -> None:
    body = "when: count(contacts) > $most\nvalues: {most: {2020-01-01: 3, 2026-04-08: 5}}"
    ruleset = law.ruleset(body)
    text = RuleText(ruleset.rules[0], ruleset, law.language.kinds["condition"]).as_text()
    assert "if there are more than 5 earlier contacts" in text
    assert "value     most: 3 since 2020-01-01, 5 since 2026-04-08" in text


@pytest.mark.parametrize(
    ("earlier", "breached"),
    [
        ({}, True),
        ({"channel": "sms"}, True),
        ({"channel": "email"}, False),
        ({"direction": "inbound"}, False),
        ({"automated": True}, False),
        ({"at": "2026-04-07T21:00"}, False),
    ],
)
def test_what_counts_may_be_told_by_the_facts_of_a_contact(law: Law, earlier: dict[str, Any], breached: bool) -> None:
    call = {"at": "2026-04-07T10:00", "channel": "phone", "direction": "outbound", **earlier}
    ruleset = law.ruleset(MAPPED, more=DEFINE + LATE)
    outcome = law.advisor(ruleset).judge(law.case(history=[call])).outcomes[0]
    assert outcome.breach is breached
    assert law.advisor(ruleset).judge(law.case(history=[call], action={"channel": "email"})).outcomes[0].breach is False


EXTENDED = """\
calendars:
  bank: {cite: Law 2, closed: [sun], holidays: [{name: New Year, month: 1, day: 1}]}
  office: {cite: Law 3, extends: bank, closed: [sat], holidays: [{name: Foundation, month: 4, day: 8}]}"""


@pytest.mark.parametrize(
    ("calendar", "day", "closed"),
    [
        ("office", "2026-04-08", True),
        ("bank", "2026-04-08", False),
        ("office", "2026-01-01", True),
        ("office", "2026-04-11", True),
        ("bank", "2026-04-11", False),
        ("office", "2026-04-12", True),
        ("office", "2026-04-09", False),
    ],
)
def test_a_calendar_that_extends_another_is_closed_on_its_days_too(
    law: Law, calendar: str, day: str, closed: bool
) -> None:
    ruleset = law.ruleset(f"when: not is_business_day(action.day, {calendar})", more=EXTENDED)
    case = law.case(action={"at": f"{day}T10:00"})
    assert law.advisor(ruleset).judge(case).outcomes[0].breach is closed

"""Times and places that the debtor named as bad, and lifted again."""

from __future__ import annotations

from typing import Any

import pytest

from collectrules.case.vocabulary import CHANNEL_PROPERTIES

Law = Any

TIME = "inconvenient_time(action)"
PLACE = "inconvenient_place(action)"
EVENINGS = {"days": ["wed"], "from": "17:00", "to": "20:00"}


@pytest.mark.parametrize(
    ("at", "truth"),
    [
        ("2026-04-08T16:59", False),
        ("2026-04-08T17:00", True),
        ("2026-04-08T19:59", True),
        ("2026-04-08T20:00", False),
        ("2026-04-09T18:00", False),
        ("2026-04-08", None),
        ("2026-04-09", False),
    ],
)
def test_hours_of_a_day_that_are_bad(law: Law, at: str, truth: Any) -> None:
    assert law.value(TIME, action={"at": at}, debtor={"inconvenient": [EVENINGS]}) is truth


def test_the_last_day_of_a_period_is_in_it(law: Law) -> None:
    until = {"until": "2026-04-08"}
    assert law.value(TIME, debtor={"inconvenient": [until]}) is True
    assert law.value(TIME, action={"at": "2026-04-09T10:00"}, debtor={"inconvenient": [until]}) is False


def test_what_is_named_stands_in_every_record_and_what_is_not_may_be_missing(law: Law) -> None:
    named: dict[str, Any] = {"action": {"at": "2026-04-08T18:00"}, "debtor": {"inconvenient": [EVENINGS]}}
    assert law.value(TIME, "as_stated", **named) is True
    assert law.value(TIME, "as_stated") is None
    assert law.value(TIME) is False


def named(at: str, event: str = "inconvenience_designated", **keys: Any) -> dict[str, Any]:
    return {"at": at, "event": event, **keys}


def restored(at: str, **keys: Any) -> dict[str, Any]:
    return named(at, "convenience_restored", **keys)


def test_a_time_is_bad_from_when_it_was_named_until_it_is_lifted(law: Law) -> None:
    bad = named("2026-04-02T09:00", days=["wed"])
    assert law.value(TIME, history=[bad]) is True
    assert law.value(TIME, history=[bad, restored("2026-04-03T09:00", days=["wed"])]) is False
    assert law.value(TIME, history=[bad, restored("2026-04-03T09:00")]) is False
    assert law.value(TIME, history=[bad, restored("2026-04-03T09:00", days=["thu"])]) is True
    assert law.value(TIME, history=[restored("2026-04-01T09:00", days=["wed"]), bad]) is True
    again = named("2026-04-04T09:00", days=["wed"])
    assert law.value(TIME, history=[bad, restored("2026-04-03T09:00"), again]) is True


@pytest.mark.parametrize("more", [{}, {"days": ["wed"]}])
def test_hours_that_were_lifted_as_they_were_named_are_good_at_whatever_hour(law: Law, more: dict[str, Any]) -> None:
    hours = {"from": "09:00", "to": "12:00", **more}
    bad, lifted = named("2026-04-02T09:00", **hours), restored("2026-04-03T09:00", **hours)
    act = {"at": "2026-04-08"}
    assert law.value(TIME, history=[bad], action=act) is None
    assert law.value(TIME, history=[bad, lifted], action=act) is False
    assert law.value(TIME, history=[bad, lifted, named("2026-04-04T09:00", **hours)], action=act) is None
    assert law.value(TIME, debtor={"inconvenient": [hours]}, history=[lifted], action=act) is False
    assert law.value(TIME, debtor={"inconvenient": [hours]}, history=[bad], action=act) is None


def test_a_letter_of_a_bare_date_has_no_hour_that_could_be_bad(law: Law) -> None:
    hours, day = named("2026-04-02T09:00", **{"from": "09:00", "to": "12:00"}), named("2026-04-02T09:00", days=["wed"])
    letter = {"channel": "letter", "at": "2026-04-08"}
    assert law.value(TIME, history=[hours], action=letter) is False
    assert law.value(TIME, history=[hours], action={**letter, "at": "2026-04-08T10:00"}) is True
    assert law.value(TIME, history=[day], action=letter) is True
    assert law.value(TIME, debtor={"inconvenient": [{"from": "09:00", "to": "12:00"}]}, action=letter) is False


def test_hours_are_lifted_in_part(law: Law) -> None:
    bad = named("2026-04-02T09:00")
    lifted = restored("2026-04-03T09:00", **{"from": "09:00", "to": "10:00"})
    for clock, truth in (("08:59", True), ("09:00", False), ("09:59", False), ("10:00", True)):
        assert law.value(TIME, history=[bad, lifted], action={"at": f"2026-04-08T{clock}"}) is truth


@pytest.mark.parametrize(
    ("days", "at", "truth"),
    [
        # 8 April 2026 is a Wednesday; nine in the evening to seven in the morning, on the days on which that begins
        (None, "2026-04-08T20:59", False),
        (None, "2026-04-08T21:00", True),
        (None, "2026-04-08T00:00", True),
        (None, "2026-04-08T06:59", True),
        (None, "2026-04-08T07:00", False),
        (["tue"], "2026-04-08T06:59", True),
        (["tue"], "2026-04-08T21:00", False),
        (["wed"], "2026-04-08T06:59", False),
        (["wed"], "2026-04-08T21:00", True),
        (["tue"], "2026-04-08", None),
        (["wed"], "2026-04-08", None),
        (["thu"], "2026-04-08", False),
    ],
)
def test_hours_that_end_before_they_begin_run_over_midnight(law: Law, days: Any, at: str, truth: bool | None) -> None:
    night = {"from": "21:00", "to": "07:00", **({"days": days} if days else {})}
    assert law.value(TIME, debtor={"inconvenient": [night]}, action={"at": at}) is truth
    assert law.value(TIME, history=[named("2026-04-02T09:00", **night)], action={"at": at}) is truth


def test_a_night_that_begins_on_the_last_day_of_a_period_ends_on_the_next(law: Law) -> None:
    night = {"from": "21:00", "to": "07:00", "until": "2026-04-07"}
    for at, truth in (("2026-04-07T21:00", True), ("2026-04-08T06:59", True), ("2026-04-08T21:00", False)):
        assert law.value(TIME, debtor={"inconvenient": [night]}, action={"at": at}) is truth


def test_a_restoration_lifts_what_the_record_states_of_old(law: Law) -> None:
    debtor = {"inconvenient": [{"days": ["wed"]}]}
    assert law.value(TIME, debtor=debtor) is True
    assert law.value(TIME, debtor=debtor, history=[restored("2026-04-03T09:00")]) is False


def test_a_contact_of_the_past_is_judged_by_what_was_named_before_it(law: Law) -> None:
    call = {"at": "2026-04-01T18:00", "channel": "phone", "direction": "outbound"}
    text = "count(contacts as c where inconvenient_time(c))"
    assert law.value(text, history=[named("2026-03-31T09:00", days=["wed"]), call]) == 1
    assert law.value(text, history=[call, named("2026-04-02T09:00", days=["wed"])]) == 0


@pytest.mark.parametrize(
    ("action", "truth"),
    [
        ({"place": "work"}, True),
        ({"place": "home"}, False),
        ({"known_place": "work", "place": "home"}, True),
        ({}, None),
        ({"channel": "email"}, False),
        ({"endpoint": "desk"}, True),
        ({"endpoint": "mobile"}, False),
    ],
)
def test_a_place_that_is_bad(law: Law, action: dict[str, Any], truth: Any) -> None:
    endpoints = [{"id": "desk", "channel": "phone", "place": "work"}, {"id": "mobile", "channel": "phone"}]
    debtor = {"inconvenient": [{"places": ["work"]}], "endpoints": endpoints}
    assert law.value(PLACE, action=action, debtor=debtor) is truth


def test_a_bad_place_is_no_bad_time_and_the_other_way_round(law: Law) -> None:
    assert law.value(TIME, debtor={"inconvenient": [{"places": ["work"]}]}, action={"place": "work"}) is False
    assert law.value(PLACE, debtor={"inconvenient": [{"days": ["wed"]}]}, action={"place": "work"}) is False
    assert law.value(PLACE, action={}) is False
    assert law.value(PLACE, "as_stated", action={}) is None


def test_a_place_is_lifted(law: Law) -> None:
    bad = named("2026-04-02T09:00", places=["work"])
    at_work = {"place": "work"}
    assert law.value(PLACE, history=[bad], action=at_work) is True
    assert law.value(PLACE, history=[bad, restored("2026-04-03T09:00", places=["work"])], action=at_work) is False
    assert law.value(PLACE, history=[bad, restored("2026-04-03T09:00", places=["home"])], action=at_work) is True
    assert law.value(PLACE, history=[bad, restored("2026-04-03T09:00")], action=at_work) is True


@pytest.mark.parametrize(
    ("at", "truth"), [("2026-04-08T08:59", False), ("2026-04-08T09:00", True), ("2026-04-08", None)]
)
def test_in_periods(law: Law, at: str, truth: Any) -> None:
    debtor = {"convenient": [{"days": ["wed"], "from": "09:00"}]}
    assert law.value("in_periods(action, debtor.convenient)", action={"at": at}, debtor=debtor) is truth


def test_no_periods_hold_nothing(law: Law) -> None:
    assert law.value("in_periods(action, debtor.convenient)") is False
    assert law.value("in_periods(action, debtor.convenient)", "as_stated") is None


@pytest.mark.parametrize(
    ("channel", "is_so"),
    [
        ("phone", {"spoken"}),
        ("email", {"electronic", "written"}),
        ("letter", {"written", "tied_to_place", "postal"}),
        ("postcard", {"written", "tied_to_place", "public", "postal"}),
        ("visit", {"spoken", "tied_to_place", "in_person"}),
        ("social_public", {"electronic", "written", "public"}),
    ],
)
def test_what_a_channel_is(law: Law, channel: str, is_so: set[str]) -> None:
    assert {
        name for name in CHANNEL_PROPERTIES if law.value(f"{name}(action.channel)", action={"channel": channel})
    } == is_so


def test_a_channel_that_is_not_known_is_nothing_for_certain(law: Law) -> None:
    assert law.value("electronic(action.channel)", action={"channel": None}) is None


def test_a_message_that_names_no_number_may_go_to_one_at_a_bad_place(law: Law) -> None:
    at_work = {"number": "+12175550111", "place": "work"}
    asked: dict[str, Any] = {"inconvenient": [{"places": ["work"]}], "endpoints": [at_work]}
    assert law.value(PLACE, action={"channel": "sms"}, debtor=asked) is None
    assert law.value(PLACE, action={"channel": "sms", "endpoint": "+12175550111"}, debtor=asked) is True
    assert law.value(PLACE, action={"channel": "email"}, debtor=asked) is False
    assert law.value(PLACE, action={"channel": "sms", "place": "home"}, debtor=asked) is False
    assert (
        law.value(PLACE, action={"channel": "sms"}, debtor=asked | {"endpoints": [at_work | {"place": "home"}]})
        is False
    )


def test_who_refuses_a_place_names_it_as_bad_with_a_scope_or_without(law: Law) -> None:
    refused = named("2026-04-02T09:00", "opt_out", place="work")
    at_work, at_home = {"channel": "phone", "place": "work"}, {"channel": "phone", "place": "home"}
    for history in ([refused], [refused | {"scope": "place"}]):
        assert law.value(PLACE, action=at_work, history=history) is True
        assert law.value(PLACE, action=at_home, history=history) is False
    assert law.value(PLACE, action=at_work, history=[refused | {"scope": "channel"}]) is False

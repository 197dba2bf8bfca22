"""What must agree within a case, and what an export writes for what it lacks."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from collectrules.case.reading import case_from_mapping, parse_cases
from collectrules.ground.errors import InvalidInput

CHICAGO = "America/Chicago"


def case(**changes: Any) -> dict[str, Any]:
    plain = {
        "jurisdiction": "US",
        "record": "complete",
        "collector": {"role": "third_party"},
        "debts": [{"id": "A", "kind": "consumer"}],
        "debtor": {"time_zone": CHICAGO},
        "action": {"kind": "contact", "channel": "phone", "at": "2026-04-15T10:00"},
    }
    return {**plain, **changes}


def codes(mapping: dict[str, Any]) -> list[str]:
    """What is wrong with a case, the same as a mapping and as text."""
    found = []
    for read in (case_from_mapping, lambda value: parse_cases(json.dumps(value), "x.json")):
        try:
            read(mapping)
        except InvalidInput as error:
            found.append([problem.code for problem in error.problems])
        else:
            found.append([])
    assert found[0] == found[1]
    return found[0]


# ---- history lies before the act ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "action", "later"),
    [
        ("2026-04-15T10:00", "2026-04-15T10:00", False),
        ("2026-04-15T10:01", "2026-04-15T10:00", True),
        ("2026-04-15", "2026-04-15T00:00", False),
        ("2026-04-16", "2026-04-15T23:59", True),
        ("2026-04-15T23:59", "2026-04-15", False),
        ("2026-04-16T00:00", "2026-04-15", True),
        ("2062-04-01", "2026-04-15T10:00", True),
        # Chicago is five hours behind UTC in April.
        ("2026-04-15T15:00+00:00", "2026-04-15T10:00", False),
        ("2026-04-15T15:01Z", "2026-04-15T10:00", True),
        ("2026-04-16T03:00+00:00", "2026-04-15", False),
        ("2026-04-16T06:00+00:00", "2026-04-15", True),
        ("2026-04-15T09:00", "2026-04-15T14:00Z", False),
        ("2026-04-15T09:01", "2026-04-15T14:00Z", True),
        ("2026-04-15", "2026-04-15T04:00Z", True),
    ],
)
def test_an_entry_after_the_action_is_refused(entry: str, action: str, later: bool) -> None:
    act = {"kind": "contact", "channel": "phone", "at": action}
    history = [{"at": entry, "event": "cease_notice_received", "form": "written"}]
    assert codes(case(action=act, history=history)) == (["CR026"] if later else [])


@pytest.mark.parametrize(("entry", "later"), [("2026-04-15T13:30", False), ("2026-04-15T13:31", True)])
def test_an_action_told_in_another_zone_is_compared_where_the_debtor_is(entry: str, later: bool) -> None:
    act = {"kind": "contact", "channel": "phone", "at": "2026-04-15T14:30", "at_tz": "America/New_York"}
    history = [{"at": entry, "event": "payment"}]
    assert codes(case(action=act, history=history)) == (["CR026"] if later else [])


@pytest.mark.parametrize(("entry", "later"), [("2026-04-16T00:00Z", False), ("2026-04-16T00:01Z", True)])
def test_where_no_zone_is_known_only_what_is_later_on_every_clock_is_refused(entry: str, later: bool) -> None:
    history = [{"at": entry, "event": "payment"}]
    assert codes(case(debtor={}, history=history)) == (["CR026"] if later else [])


def test_moments_as_python_has_them_are_compared_alike() -> None:
    later = {"at": datetime(2026, 4, 15, 10, 1), "event": "payment"}  # noqa: DTZ001 - a wall clock
    with pytest.raises(InvalidInput, match="CR026"):
        case_from_mapping(case(history=[later]))


# ---- empty lists -------------------------------------------------------------------------------------------------


def test_an_empty_list_says_no_more_than_its_absence() -> None:
    empty = case(
        debtor={"time_zone": CHICAGO, "attorney": {"debts": []}, "convenient": [], "inconvenient": [{"places": []}]},
        history=[
            {"at": "2026-04-01", "channel": "phone", "direction": "outbound", "debts": [], "omits": []},
            {"at": "2026-04-02", "event": "cease_notice_received", "debts": []},
        ],
        action={"kind": "contact", "channel": "phone", "at": "2026-04-15T10:00", "debts": [], "heard_by": []},
    )
    absent = case(
        debtor={"time_zone": CHICAGO, "attorney": {}, "inconvenient": [{}]},
        history=[
            {"at": "2026-04-01", "channel": "phone", "direction": "outbound"},
            {"at": "2026-04-02", "event": "cease_notice_received"},
        ],
    )
    assert case_from_mapping(empty) == case_from_mapping(absent)


def test_an_empty_history_content_or_list_of_what_was_discussed_says_that_there_is_nothing() -> None:
    call = {"at": "2026-04-01", "channel": "phone", "direction": "outbound", "discussed_debts": [], "content": []}
    made = case_from_mapping(case(history=[call]))
    assert made.history is not None
    assert vars(made.history[0])["discussed_debts"] == vars(made.history[0])["content"] == ()
    assert case_from_mapping(case(history=[])).history == ()


def test_no_debt_at_all_is_no_case() -> None:
    assert codes(case(debts=[])) == ["CR016"]


# ---- endpoints ---------------------------------------------------------------------------------------------------

LISTED = {"time_zone": CHICAGO, "endpoints": [{"id": "cell", "channel": "phone"}]}


@pytest.mark.parametrize(
    ("debtor", "endpoint", "wrong"),
    [(LISTED, "cell", []), (LISTED, "cel", ["CR027"]), ({"time_zone": CHICAGO}, "cel", [])],
)
def test_where_endpoints_are_listed_the_action_uses_one(debtor: Any, endpoint: str, wrong: list[str]) -> None:
    act = {"kind": "contact", "channel": "phone", "at": "2026-04-15T10:00", "endpoint": endpoint}
    assert codes(case(debtor=debtor, action=act)) == wrong


@pytest.mark.parametrize(("endpoint", "wrong"), [("cell", []), ("landline", []), ("cel", ["CR027"])])
def test_a_refusal_reaches_what_is_listed_or_was_used(endpoint: str, wrong: list[str]) -> None:
    history = [
        {"at": "2026-04-01", "channel": "phone", "direction": "outbound", "endpoint": "landline"},
        {"at": "2026-04-02", "event": "opt_out", "scope": "endpoint", "endpoint": endpoint},
    ]
    assert codes(case(debtor=LISTED, history=history)) == wrong


@pytest.mark.parametrize(("endpoint", "wrong"), [("cell", []), ("another", []), ("CELL", ["CR027"])])
def test_where_none_is_listed_a_refusal_may_be_of_one_more_but_not_of_other_capitals(
    endpoint: str, wrong: list[str]
) -> None:
    history = [{"at": "2026-04-02", "event": "opt_out", "scope": "endpoint", "endpoint": endpoint}]
    act = {"kind": "contact", "channel": "phone", "at": "2026-04-15T10:00", "endpoint": "cell"}
    assert codes(case(debtor={"time_zone": CHICAGO}, history=history, action=act)) == wrong


# ---- zones -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zone", ["UTC", "Japan", "EST5EDT", "GB-Eire", "Etc/GMT+5", "America/Argentina/Buenos_Aires"])
def test_every_zone_of_the_database_is_a_zone(zone: str) -> None:
    assert codes(case(debtor={"time_zone": zone})) == []
    assert (
        codes(case(debtor={"time_zone": CHICAGO}, action={"kind": "contact", "at": "2026-04-15", "at_tz": zone})) == []
    )


def test_a_zone_of_one_word_tells_the_hour_that_was_skipped() -> None:
    act = {"kind": "contact", "channel": "phone", "at": "2026-03-08T02:30"}
    assert codes(case(debtor={"time_zone": "EST5EDT"}, action=act)) == ["CR022"]


@pytest.mark.parametrize("zone", ["/".join(["a"] * 300), "localtime", "posix/Asia/Tokyo"])
def test_what_is_no_zone_is_refused_however_long(zone: str) -> None:
    assert codes(case(debtor={"time_zone": zone})) == ["CR021"]


# ---- amounts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "wrong"), [("9" * 15 + ".99", []), ("1" * 16 + ".00", ["CR014"]), ("1e3", ["CR014"])]
)
def test_an_amount_is_one_that_can_be_reckoned_with(amount: str, wrong: list[str]) -> None:
    assert codes(case(debts=[{"id": "A", "kind": "consumer", "amount": amount, "currency": "USD"}])) == wrong


def test_a_number_in_scientific_form_is_not_advised_wrongly() -> None:
    with pytest.raises(InvalidInput, match="write the amount as text with two decimals"):
        case_from_mapping(case(debts=[{"id": "A", "kind": "consumer", "amount": "1e3", "currency": "USD"}]))

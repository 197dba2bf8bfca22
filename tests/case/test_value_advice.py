"""How a value is written: what a message proposes is right itself, and is what was meant."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.case import terms
from collectrules.case.contact_points import number_of
from collectrules.case.kinds import Setting
from collectrules.case.moment_advice import advise_date, advise_moment
from collectrules.case.places.written import number
from collectrules.case.value_advice import advise_jurisdiction, advise_money, advise_not_known, advise_phone_number

SPRING = datetime(2026, 3, 14, 22, 5)  # noqa: DTZ001  # a clock that tells no offset
FORMS = [
    *("%d.%m.%Y %H:%M", "%d.%m.%Y, %H.%M Uhr", "%m/%d/%Y %I:%M %p", "%m/%d/%y %I:%M%p", "%d %B %Y at %H:%M"),
    *(
        "%B %d, %Y %I:%M %p",
        "%a, %d %b %Y %H:%M",
        "%Y-%m-%d %H:%M",
        "%Y/%m/%d %I:%M %p",
        "%Y%m%d %H:%M",
        "%d-%b-%y %H:%M",
    ),
]


@pytest.mark.parametrize("form", FORMS)
def test_a_moment_of_another_form_is_proposed_as_it_was_meant(form: str) -> None:
    assert SPRING.isoformat(timespec="minutes") in advise_moment(SPRING.strftime(form))


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("2026-03-02 12:30 AM", "2026-03-02T00:30"),
        ("2026-03-02 12:30 pm", "2026-03-02T12:30"),
        ("2026-03-02T11:00 EST", "2026-03-02T11:00-05:00"),
        ("2026-07-02 11:00 MESZ", "2026-07-02T11:00+02:00"),
        ("2 juillet 2026", "'2026-07-02'"),
        ("2 juin 2026", "'2026-06-02'"),
        ("2. J\u00e4nner 2026", "'2026-01-02'"),
        ("2026-03-02 13:00 pm", ""),
        ("2026-03-02 11:00 XYT", ""),
        ("2026-03-02 noon", ""),
        ("2026-02-30 10:00", ""),
        ("03/04/2026 10:00", "2026-03-04T10:00 or 2026-04-03T10:00"),
        ("1772445900000", "2026-03-02T10:05:00Z"),
        ("46083", "'2026-03-02'"),
    ],
)
def test_what_may_be_meant_in_one_way_alone_is_proposed(text: str, proposed: str) -> None:
    told = advise_moment(text).replace("2026-03-02T14:05", "").replace("'2026-03-02', or", "")
    assert proposed in told
    assert proposed or not re.search("write|meant", told)


@given(
    st.one_of(
        st.text("0123456789-/.: TapmZ+", max_size=24),
        st.builds(
            "{}{}{}{}{} {}:{} {}".format,
            *(st.integers(0, 2100), st.sampled_from("-/. "), st.integers(0, 40), st.sampled_from("-/. ")),
            *(
                st.integers(0, 2100),
                st.integers(0, 30),
                st.integers(0, 70),
                st.sampled_from(["", "pm", "EST", "+0200"]),
            ),
        ),
    )
)
def test_what_is_proposed_is_taken(text: str) -> None:
    for advise, kind in ((advise_moment, terms.AT), (advise_date, terms.DATE)):
        advice = advise(text)
        if advice.startswith(("write ", "year first: write ", "year first, then")) or "this is" in advice:
            for proposed in re.findall(r"'?(\d{4}-[0-9T:.Z+-]+)'?", advice):
                assert isinstance(kind.read(proposed, Setting()), date)


@pytest.mark.parametrize(
    ("written", "is_number"),
    [
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("+49(0)40-123456", "+4940123456"),
        ("+353 (0) 87 123 4567", "+353871234567"),
        ("+39 (0)6 1234567", "+39061234567"),
        ("+39 06 1234567", "+39061234567"),
        ("+1 (850) 555-0142", "+18505550142"),
    ],
)
def test_the_zero_of_calls_at_home_is_no_part_of_a_number(written: str, is_number: str) -> None:
    """Two ways to write one number are one endpoint, so that contacts are counted together."""
    assert number_of(written) == is_number
    assert number(written, "") == is_number


def test_a_number_is_proposed_without_its_extension() -> None:
    assert "+1 5085550142 meant" in advise_phone_number("(508) 555-0142 ext. 12")
    assert advise_phone_number("1-508-555-0142").endswith("is +1 5085550142 meant?")
    assert "+442079460958" in advise_phone_number("0044 20 7946 0958")
    assert "+1 0" not in advise_phone_number("020 7946 0958")


@pytest.mark.parametrize("text", ["n/a", "N.A.", "-", "--", "NULL", "#N/A", "nan", "unknown", "?"])
def test_a_word_for_no_value_is_left_out(text: str) -> None:
    assert advise_not_known(text)


@pytest.mark.parametrize("text", ["no", "0", "NA Corp", "a-b"])
def test_a_word_for_something_is_not(text: str) -> None:
    assert not advise_not_known(text)


def test_a_negative_amount_is_none_however_books_write_it() -> None:
    assert {advise_money(text) for text in ("-5.00", "(5.00)", "5.00-", "\u22125.00")} == {"an amount is not negative"}
    assert advise_money("5,00 \u20ac") == "write '5.00', with `currency` beside it"


def test_a_place_by_its_name_is_proposed_by_its_code() -> None:
    assert advise_jurisdiction("Massachusetts") == "did you mean US-MA?"
    assert advise_jurisdiction("Northern Territory") == "did you mean AU-NT?"
    assert advise_jurisdiction("GER") == "did you mean DE?"

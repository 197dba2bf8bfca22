"""Late-payment interest: which rate, which days, how they are counted and rounded."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.law.questions.conftest import FIXED, LATE, MOVING, RATES, over, sentences


class TestRate:
    """The rate of a day."""

    @pytest.mark.parametrize(("day", "rate"), [("2025-06-30", "11.15"), ("2025-07-01", "10.15")])
    def test_that_moves_is_that_of_the_day_asked_for(self, country: Any, day: str, rate: str) -> None:
        answer = country.answer([MOVING], {"what": "interest_rate", "at": day})
        assert answer.values == {"annual_rate": rate}
        assert not answer.assumed

    @pytest.mark.parametrize(("due", "rate"), [("2024-12-30", "12.50"), ("2024-12-31", "11.15")])
    def test_that_is_kept_is_that_of_the_day_after_the_debt_was_due(
        self, country: Any, debt: Any, due: str, rate: str
    ) -> None:
        ask = {"what": "interest_rate", "at": "2025-12-31"}
        answer = country.answer([FIXED], ask, debts=[debt(due=due)])
        assert answer.values == {"annual_rate": rate}
        assert "the day after the debt was due" in answer.assumed[0]

    def test_where_no_day_is_known_it_is_asked_for_the_day_and_that_is_told(self, country: Any, debt: Any) -> None:
        answer = country.answer([FIXED], {"what": "interest_rate"}, debts=[debt(due=None)])
        assert answer.values == {"annual_rate": "11.15"}
        assert answer.assumed == ("interest begins on the day asked for, 2025-06-30",)

    @pytest.mark.parametrize("block", [FIXED, MOVING])
    def test_that_is_unknown_is_never_guessed(self, country: Any, block: dict[str, Any]) -> None:
        unknown = {**block, "values": {"annual_rate": {"2024-01-01": "12.50", "2025-01-01": "unknown"}}}
        answer = country.answer([unknown], {"what": "interest_rate", "interest_from": "2025-02-01"})
        assert not answer.values
        assert len(answer.open) == 1
        assert "is not known" in answer.open[0]

    def test_of_a_day_before_the_first_is_not_known(self, country: Any) -> None:
        answer = country.answer([MOVING], {"what": "interest_rate", "at": "2023-12-31"})
        assert not answer.values
        assert answer.open == ("block 1: the annual rate on 2023-12-31 is not known",)


class TestAmount:
    """Interest over a span of days."""

    @pytest.mark.parametrize(
        ("last", "days", "interest"),
        [("2025-01-01", 1, "0.31"), ("2025-01-02", 2, "0.61"), ("2025-12-31", 365, "111.50")],
    )
    def test_the_first_and_the_last_day_count(self, country: Any, last: str, days: int, interest: str) -> None:
        values = country.answer([FIXED], over("2025-01-01", last)).values
        assert values["interest_days"] == days
        assert values["interest"] == interest
        assert values["currency"] == "EUR"

    def test_there_is_none_before_it_begins(self, country: Any) -> None:
        answer = country.answer([FIXED], over("2025-02-01", "2025-01-31"))
        assert answer.values["interest"] == "0.00"
        assert answer.values["interest_days"] == 0
        assert answer.complete

    def test_a_rate_that_is_kept_outlasts_a_change(self, country: Any) -> None:
        assert country.answer([FIXED], over("2025-01-01", "2025-12-31")).values["interest"] == "111.50"

    def test_a_rate_that_moves_is_each_day_its_own(self, country: Any) -> None:
        answer = country.answer([MOVING], over("2025-01-01", "2025-12-31"))
        # 1000 x (11.15 % x 181 + 10.15 % x 184) / 365
        assert answer.values["interest"] == "106.46"
        assert [step.sentence for step in answer.steps][1:] == [
            "1000.00 EUR x 11.15 % x 181 days / 365 = 55.29 (2025-01-01 to 2025-06-30)",
            "1000.00 EUR x 10.15 % x 184 days / 365 = 51.17 (2025-07-01 to 2025-12-31)",
            "together 106.46 EUR for 365 days, the first and the last included",
            "each further day adds 0.28 EUR, as long as the rate stays and nothing is paid",
        ]

    def test_a_half_year_without_a_rate_leaves_the_amount_open(self, country: Any) -> None:
        rates = {"2025-01-01": "11.15", "2025-07-01": "unknown", "2026-01-01": "10.15"}
        block = {**MOVING, "values": {"annual_rate": rates}}
        assert country.answer([block], over("2025-01-01", "2025-06-30")).complete
        answer = country.answer([block], over("2025-01-01", "2026-01-31"))
        assert answer.values == {"annual_rate": "10.15"}
        assert answer.open == ("block 1: the annual rate on 2025-07-01 is not known",)

    def test_half_a_cent_goes_up(self, country: Any) -> None:
        block = {**FIXED, "values": {"annual_rate": {"2024-01-01": "36.50"}}}
        for amount, interest in (("5.00", "0.01"), ("4.99", "0.00"), ("15.00", "0.02")):
            ask = over("2025-01-01", "2025-01-01", amount=amount, currency="EUR")
            assert country.answer([block], ask).values["interest"] == interest

    @pytest.mark.parametrize(
        ("count", "interest"), [("365", "10.19"), ("360", "10.33"), ("actual", "10.16")]
    )  # 31 days of a leap year at 12 %
    def test_the_length_of_the_year(self, country: Any, count: str, interest: str) -> None:
        block = {**FIXED, "day_count": count, "values": {"annual_rate": {"2024-01-01": "12.00"}}}
        assert country.answer([block], over("2024-01-01", "2024-01-31")).values["interest"] == interest

    def test_an_actual_year_changes_its_length_at_its_end(self, country: Any) -> None:
        block = {**FIXED, "day_count": "actual", "values": {"annual_rate": {"2024-01-01": "12.00"}}}
        answer = country.answer([block], over("2024-12-31", "2025-01-01"))
        assert [step.sentence.split(" = ")[0] for step in answer.steps[1:3]] == [
            "1000.00 EUR x 12.00 % x 1 day / 366",
            "1000.00 EUR x 12.00 % x 1 day / 365",
        ]

    @pytest.mark.parametrize(("rounding", "interest"), [(None, "0.01"), ("once", "0.01"), ("each_rate", "0.02")])
    def test_what_accrues_at_one_rate_may_be_rounded_by_itself(
        self, country: Any, rounding: str | None, interest: str
    ) -> None:
        rates = {"2025-01-01": "1.825", "2025-02-01": "2.19"}
        block = {**MOVING, "values": {"annual_rate": rates}} | ({} if rounding is None else {"rounding": rounding})
        ask = over("2025-01-31", "2025-02-01", amount="100.00", currency="EUR")
        assert country.answer([block], ask).values["interest"] == interest

    def test_where_nothing_is_told_it_runs_from_the_day_after_due_to_the_day_asked_for(self, country: Any) -> None:
        answer = country.answer([FIXED], {**LATE, "at": "2025-01-31"})
        assert answer.values["interest_from"] == "2025-01-01"
        assert answer.values["interest_days"] == 31
        assert answer.assumed == (
            "interest begins on 2025-01-01, the day after the debt was due",
            "the claim is the sum of the debts, 1000.00 EUR",
            "interest runs to the day asked for, 2025-01-31",
        )

    def test_without_a_day_to_begin_it_is_open(self, country: Any, debt: Any) -> None:
        answer = country.answer([FIXED], LATE, debts=[debt(due=None)])
        assert "interest" not in answer.values
        assert answer.open == ("ask.interest_from: the first day of interest, or `due` of the debt?",)

    def test_debts_with_different_days_each_have_a_span_of_their_own(self, country: Any, debt: Any) -> None:
        debts = [debt(), debt(id="B", due="2025-03-31", amount="2000.00")]
        found = country.answer([FIXED], {**LATE, "at": "2025-04-10"}, debts=debts)
        assert found.complete
        assert found.values == {
            "annual_rate": "11.15",
            "currency": "EUR",
            "interest": "36.66",  # 1000 x 11.15 % x 100 / 365 and 2000 x 11.15 % x 10 / 365
            "daily_interest": "0.92",
        }
        assert "B: 2000.00 EUR x 11.15 % x 10 days / 365 = 6.11 (2025-04-01 to 2025-04-10)" in sentences(found)

    def test_debts_that_keep_different_rates_have_no_common_one(self, country: Any, debt: Any) -> None:
        debts = [debt(due="2024-12-30"), debt(id="B")]
        found = country.answer(
            [FIXED, {**FIXED, "values": {"annual_rate": {"2020-01-01": "99.00"}}}], LATE, debts=debts
        )
        assert "annual_rate" not in found.values
        assert found.values["interest"] == "117.62"  # 1000 x (12.50 % x 182 + 11.15 % x 181) / 365

    def test_an_amount_that_is_asked_about_has_one_day(self, country: Any, debt: Any) -> None:
        debts = [debt(), debt(id="B", due="2025-03-31")]
        found = country.answer([FIXED], {**LATE, "amount": "10.00", "currency": "EUR"}, debts=debts)
        assert found.open == ("2 debts with different days are asked one by one",)

    def test_without_an_amount_the_rate_is_told_and_the_rest_is_open(self, country: Any, debt: Any) -> None:
        answer = country.answer([FIXED], LATE, debts=[debt(amount=None, currency=None)])
        assert answer.values == {"annual_rate": "11.15"}
        assert answer.open == ("debts[A].amount: the principal without interest and costs?",)


class TestTotal:
    """Interest and fixed sum together."""

    SUM: Final = {
        "asks": "late_payment",
        "kind": "fixed_sum",
        "currency": "EUR",
        "values": {"sum_1": {"2013-01-01": "40.00"}},
    }

    @pytest.mark.parametrize("fixed_sum_first", [True, False])
    def test_they_are_added(self, country: Any, fixed_sum_first: bool) -> None:
        blocks = [self.SUM, FIXED] if fixed_sum_first else [FIXED, self.SUM]
        answer = country.answer(blocks, over("2025-01-01", "2025-12-31"))
        assert answer.values["total_added"] == "151.50"

    def test_where_one_is_open_there_is_no_total(self, country: Any) -> None:
        block = {**FIXED, "values": {"annual_rate": {"2024-01-01": "unknown"}}}
        answer = country.answer([block, self.SUM], LATE)
        assert answer.values == {"fixed_compensation": "40.00", "currency": "EUR"}
        assert not answer.complete

    def test_two_currencies_have_no_total(self, country: Any) -> None:
        ask = over("2025-01-01", "2025-12-31", amount="1000.00", currency="GBP")
        answer = country.answer([FIXED, self.SUM], ask)
        assert "total_added" not in answer.values
        assert not answer.complete


@pytest.mark.parametrize(("field", "word"), [("rate", "at_begin"), ("day_count", "366")])
def test_a_misspelt_word_is_a_mistake_of_the_ruleset(country: Any, field: str, word: str) -> None:
    assert country.problems({**FIXED, field: word}) == [f"CR103 `{word}` is no word for `{field}`"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    before=st.integers(1, 700),
    after=st.integers(1, 700),
    cents=st.integers(1, 10**9),
    moving=st.booleans(),
    count=st.sampled_from(["365", "360", "actual"]),
)
def test_two_spans_give_together_what_the_whole_gives(
    country: Any, first: date, before: int, after: int, cents: int, moving: bool, count: str
) -> None:
    """Up to a cent, for each part is rounded. A rate that is kept is the same in both parts where it never changes."""
    rates = RATES if moving else {"2024-01-01": "11.15"}
    block = {**FIXED, "rate": "moving" if moving else "at_start", "day_count": count, "values": {"annual_rate": rates}}
    middle, last = first + timedelta(days=before), first + timedelta(days=before + after)
    amount = {"amount": str(Decimal(cents).scaleb(-2)), "currency": "EUR"}

    def interest(begin: date, end: date) -> Decimal:
        values = country.answer([block], over(begin.isoformat(), end.isoformat(), **amount)).values
        return Decimal(values["interest"])

    parts = interest(first, middle) + interest(middle + timedelta(days=1), last)
    assert abs(parts - interest(first, last)) <= Decimal("0.01")


BY_REFERENCE: Final = {
    "asks": ["interest_rate", "late_payment"],
    "kind": "interest",
    "rate": "moving",
    "reference": "bank_rate",
    "values": {
        "bank_rate": {"2024-01-01": "4.25", "2025-01-01": "3.15", "2026-01-01": "unknown"},
        "points": {"2024-07-01": "8.00", "2025-07-01": "9.00"},
    },
}


class TestReference:
    """A rate that is so many points above another."""

    @pytest.mark.parametrize(
        ("day", "rate"),
        [("2024-12-31", "12.25"), ("2025-01-01", "11.15"), ("2025-06-30", "11.15"), ("2025-07-01", "12.15")],
    )
    def test_it_moves_with_both(self, country: Any, day: str, rate: str) -> None:
        assert country.answer([BY_REFERENCE], {"what": "interest_rate", "at": day}).values == {"annual_rate": rate}

    @pytest.mark.parametrize("day", ["2024-06-30", "2026-01-01"])
    def test_it_is_not_known_where_one_of_them_is_not(self, country: Any, day: str) -> None:
        answer = country.answer([BY_REFERENCE], {"what": "interest_rate", "at": day})
        assert answer.open == (f"block 1: the annual rate on {day} is not known",)

    @pytest.mark.parametrize(("reference", "rate"), [("4.00", "12.00"), ("4.01", "12.50"), ("4.50", "12.50")])
    def test_the_sum_is_rounded_up(self, country: Any, reference: str, rate: str) -> None:
        values = {"bank_rate": {"2024-01-01": reference}, "points": {"2024-01-01": "8.00"}}
        block = {**BY_REFERENCE, "values": {**values, "rounded_up_to": {"2024-01-01": "0.50"}}}
        assert country.answer([block], {"what": "interest_rate"}).values == {"annual_rate": rate}

    def test_the_days_are_cut_where_the_reference_changes(self, country: Any, debt: Any) -> None:
        answer = country.answer([BY_REFERENCE], over("2024-12-27", "2025-01-05"), debts=[debt(amount="3650.00")])
        assert answer.values["interest"] == "11.70"

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            (
                {"reference": "base_rate"},
                "CR103 `base_rate` is no dated value of this file or of a library that it uses",
            ),
            (
                {"values": {"bank_rate": {"2024-01-01": "4.25"}}},
                "CR100 a rate by `reference` has the value `points`, and no `annual_rate`",
            ),
        ],
    )
    def test_what_is_missing_is_told(self, country: Any, changes: Any, problem: str) -> None:
        assert problem in country.problems({**BY_REFERENCE, **changes})


class TestCompound:
    """Interest that bears interest."""

    @pytest.mark.parametrize(
        ("compounds", "last", "interest"),
        [
            ("yearly", "2025-02-28", "100.00"),
            ("yearly", "2025-03-01", "100.30"),
            ("yearly", "2026-02-28", "210.00"),
            ("monthly", "2024-03-31", "8.49"),
            ("monthly", "2024-04-30", "16.78"),
        ],
    )
    def test_it_is_added_after_each_whole_period(
        self, country: Any, debt: Any, compounds: str, last: str, interest: str
    ) -> None:
        block = {**MOVING, "compounds": compounds, "values": {"annual_rate": {"2024-01-01": "10.00"}}}
        answer = country.answer([block], over("2024-03-01", last), debts=[debt()])
        assert answer.values["interest"] == interest

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(days=st.integers(1, 1500))
    def test_it_is_never_less_than_simple_interest(self, country: Any, debt: Any, days: int) -> None:
        span = over("2024-01-01", (date(2024, 1, 1) + timedelta(days=days - 1)).isoformat())
        simple, compound = (
            Decimal(country.answer([{**MOVING, **more}], span, debts=[debt()]).values["interest"])
            for more in ({}, {"compounds": "yearly"})
        )
        assert compound == simple if days <= 366 else compound > simple


class TestStart:
    """From when interest runs."""

    START: Final = {"what": "interest_start"}
    BLOCK: Final = {**FIXED, "asks": ["late_payment", "interest_start"]}

    @pytest.mark.parametrize(
        ("wait", "first"), [({}, "2025-01-01"), ({"begins_after": {"2020-01-01": 30}}, "2025-01-30")]
    )
    def test_the_day_after_or_as_many_days_after_as_the_law_says(self, country: Any, wait: Any, first: str) -> None:
        block = {**self.BLOCK, "values": {"annual_rate": {"2020-01-01": "unknown"}, **wait}}
        found = country.answer([block], self.START)
        assert found.values == {"interest_from": first}
        assert found.complete

    def test_the_amount_begins_then_too(self, country: Any) -> None:
        block = {**self.BLOCK, "values": {"annual_rate": RATES, "begins_after": {"2020-01-01": 30}}}
        assert country.answer([block], {**LATE, "at": "2025-01-29"}).values["interest_days"] == 0
        assert country.answer([block], {**LATE, "at": "2025-01-30"}).values["interest_days"] == 1

    @pytest.mark.parametrize(
        ("debts", "question"),
        [
            ([{"due": None}], "ask.interest_from: the first day of interest, or `due` of the debt?"),
            ([{}, {"id": "B", "due": "2025-03-31"}], "2 debts with different days are asked one by one"),
        ],
    )
    def test_without_one_day_it_is_open(self, country: Any, debt: Any, debts: Any, question: str) -> None:
        found = country.answer([self.BLOCK], self.START, debts=[debt(**each) for each in debts])
        assert found.open == (question,)

    def test_how_long_it_waits_may_be_unknown(self, country: Any) -> None:
        block = {**self.BLOCK, "values": {"annual_rate": RATES, "begins_after": {"2020-01-01": "unknown"}}}
        found = country.answer([block], self.START)
        assert found.open == ("block 1: how long after its due day a debt bears interest is not known",)


class TestDueOnADayOff:
    """A debt that was due on a day on which nobody pays."""

    CALENDAR: Final = {
        "open_days": {
            "cite": "Law 3",
            "closed": ["sat", "sun"],
            "holidays": [{"name": "New Year's Day", "month": 1, "day": 1}],
        }
    }

    @pytest.mark.parametrize(
        ("due", "first"),
        [
            ("2025-01-03", "2025-01-04"),
            ("2025-01-04", "2025-01-07"),
            ("2025-01-05", "2025-01-07"),
            ("2025-01-01", "2025-01-03"),
        ],
    )
    def test_it_can_be_paid_on_the_next_open_day(self, country: Any, debt: Any, due: str, first: str) -> None:
        country.calendars = self.CALENDAR
        found = country.answer(
            [{**FIXED, "due_moves": "open_days"}], {**LATE, "at": "2025-01-31"}, debts=[debt(due=due)]
        )
        assert found.values["interest_from"] == first
        assert ("so that the debt was due on" in sentences(found)[0]) is (due != "2025-01-03")

    def test_a_calendar_that_is_not_there_is_a_mistake(self, country: Any) -> None:
        assert country.problems({**FIXED, "due_moves": "open_days"}) == [
            "CR103 there is no calendar `open_days` in this file or a library that it uses"
        ]


@pytest.mark.parametrize(
    ("amount", "rate", "days", "interest", "daily"),
    [  # of courts' and others' services: hmcts/civil-service, hmcts/cmc-claim-store, a tool from Austria
        ("5000.00", "10.00", 20, "27.40", "1.37"),
        ("100.00", "13.00", 20, "0.71", "0.04"),
        ("12345.00", "75.00", 500, "12683.22", "25.37"),
        ("8000.00", "30.00", 6, "39.45", "6.58"),
        ("1000.00", "8.00", 30, "6.58", "0.22"),
        ("5000.00", "8.00", 60, "65.75", "1.10"),
        ("750.00", "8.00", 90, "14.79", "0.16"),
        ("925.80", "8.00", 21, "4.26", "0.20"),
    ],
)
def test_as_others_reckon(
    country: Any, debt: Any, amount: str, rate: str, days: int, interest: str, daily: str
) -> None:
    block = {**FIXED, "values": {"annual_rate": {"2020-01-01": rate}}}
    last = (date(2024, 1, 1) + timedelta(days=days - 1)).isoformat()
    values = country.answer([block], over("2024-01-01", last), debts=[debt(amount=amount)]).values
    assert (values["interest"], values["daily_interest"]) == (interest, daily)


class TestNotice:
    """Interest that runs from a notice."""

    BLOCK: Final = {**MOVING, "begins": "earliest(events where event == letter_of_claim_sent).day"}

    @pytest.mark.parametrize(
        ("notice", "first"), [("2025-09-01", "2025-09-01"), ("2025-07-31", "2025-08-01"), ("2025-07-01", "2025-08-01")]
    )
    def test_it_begins_with_the_notice_and_never_before_the_debt_is_overdue(
        self, country: Any, debt: Any, notice: str, first: str
    ) -> None:
        letters = [
            {"at": notice, "event": "letter_of_claim_sent"},
            {"at": "2025-10-01", "event": "letter_of_claim_sent"},
        ]
        answer = country.answer(
            [self.BLOCK], {**LATE, "at": "2025-12-09"}, debts=[debt(due="2025-07-31")], history=letters
        )
        assert answer.values["interest_from"] == first

    def test_without_one_the_first_day_is_open_and_the_rate_is_not(self, country: Any, debt: Any) -> None:
        debts = [debt(due="2025-07-31")]
        answer = country.answer([self.BLOCK], {**LATE, "at": "2025-12-09"}, debts=debts)
        assert "interest" not in answer.values
        assert "no notice is recorded from which it runs" in answer.open[0]
        assert not country.answer([self.BLOCK], {"what": "interest_rate", "at": "2025-12-09"}, debts=debts).open

    def test_what_the_question_says_goes_before(self, country: Any, debt: Any) -> None:
        answer = country.answer([self.BLOCK], over("2025-08-10", "2025-12-09"), debts=[debt(due="2025-07-31")])
        assert answer.values["interest_from"] == "2025-08-10"

    @pytest.mark.parametrize(("debts", "known"), [(["B"], False), (["A", "B"], True)])
    def test_one_about_some_of_the_debts_alone_is_asked_debt_by_debt(
        self, country: Any, debt: Any, debts: list[str], known: bool
    ) -> None:
        letters = [{"at": "2025-09-01", "event": "letter_of_claim_sent", "debts": debts}]
        two = [debt(id=name, due="2025-07-31") for name in "AB"]
        answer = country.answer([self.BLOCK], {**LATE, "at": "2025-12-09"}, debts=two, history=letters)
        assert ("interest" in answer.values) is known
        assert any("asked one by one" in each for each in answer.open) is not known

    def test_a_payment_on_one_of_them_is_no_notice(self, country: Any, debt: Any) -> None:
        history = [
            {"at": "2025-09-01", "event": "letter_of_claim_sent"},
            {"at": "2025-10-01", "event": "payment", "amount": "10.00", "currency": "EUR", "debts": ["B"]},
        ]
        two = [debt(id=name, due="2025-07-31") for name in "AB"]
        answer = country.answer([self.BLOCK], {**LATE, "at": "2025-12-09"}, debts=two, history=history)
        assert "interest" in answer.values

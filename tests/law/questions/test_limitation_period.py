"""The last day to sue: anniversaries, ends of years, and what begins the period anew."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PERIOD: Final = {
    "asks": "limitation",
    "kind": "limitation_period",
    "starts": "largest(all_debts, due)",
    "restarts": "latest(events where event == payment or (event == written_promise and signed == true)).day",
    "values": {"years": {"1990-01-01": "4"}},
}
UNTIL: Final = {"what": "limitation"}
PAYMENT: Final = {"event": "payment"}


def asked(country: Any, block: dict[str, Any], due: str, at: str, *payments: str, **changes: Any) -> Any:
    debts = [{"id": "A", "kind": "commercial", "due": due}]
    if payments:
        changes["history"] = [{"at": day, **PAYMENT} for day in payments]
    return country.answer([block], {**UNTIL, "at": at}, debts=debts, **changes)


@pytest.mark.parametrize(
    ("due", "years", "last"),
    [
        ("2022-03-01", "4", "2026-03-01"),
        ("2020-02-29", "4", "2024-02-29"),
        ("2020-02-29", "3", "2023-02-28"),
        ("2022-03-01", "10", "2032-03-01"),
        ("2022-03-01", "2.5", "2024-09-01"),
    ],
)
def test_it_ends_on_the_anniversary(country: Any, due: str, years: str, last: str) -> None:
    answer = asked(country, {**PERIOD, "values": {"years": {"1990-01-01": years}}}, due, "2023-01-01")
    assert answer.values["last_day"] == last


@pytest.mark.parametrize("due", ["2022-01-01", "2022-12-31"])
def test_or_with_the_year_of_it(country: Any, due: str) -> None:
    assert asked(country, {**PERIOD, "ends": "year_end"}, due, "2023-01-01").values["last_day"] == "2026-12-31"


@pytest.mark.parametrize(("at", "over"), [("2026-03-01", False), ("2026-03-02", True)])
def test_the_last_day_is_still_in_time(country: Any, at: str, over: bool) -> None:
    answer = asked(country, PERIOD, "2022-03-01", at)
    assert answer.values["time_barred"] is over
    assert f"on {at} the period is {'over' if over else 'still running'}" in [step.sentence for step in answer.steps]


@pytest.mark.parametrize(("due", "last"), [("2019-12-31", "2025-12-31"), ("2020-01-01", "2024-01-01")])
def test_the_period_is_that_of_the_day_on_which_it_begins(country: Any, due: str, last: str) -> None:
    values = {"years": {"1990-01-01": "6", "2020-01-01": "4"}}
    assert asked(country, {**PERIOD, "values": values}, due, "2021-01-01").values["last_day"] == last


@pytest.mark.parametrize("years", [{"2023-01-01": "4"}, {"1990-01-01": "unknown"}])
def test_a_period_that_is_not_known_is_not_guessed(country: Any, years: dict[str, str]) -> None:
    answer = asked(country, {**PERIOD, "values": {"years": years}}, "2022-03-01", "2024-01-01")
    assert not answer.values
    assert answer.open == ("block 1: the period for a debt of 2022-03-01 is not known",)


class TestRestart:
    """A payment or signed promise begins the period anew."""

    @pytest.mark.parametrize(
        ("payment", "last", "restarted"),
        [
            ("2022-03-01", "2026-03-01", False),  # on the day on which it begins anyway
            ("2022-03-02", "2026-03-02", True),
            ("2026-03-01", "2030-03-01", True),
            ("2026-03-02", "2026-03-01", False),
        ],
    )
    def test_before_the_end_and_on_it(self, country: Any, payment: str, last: str, restarted: bool) -> None:
        values = asked(country, PERIOD, "2022-03-01", "2026-06-01", payment).values
        assert (values["last_day"], values["restarted"]) == (last, restarted)

    def test_after_the_end_where_the_law_says_so(self, country: Any) -> None:
        values = asked(
            country, {**PERIOD, "restarts_after_expiry": "yes"}, "2022-03-01", "2026-06-01", "2026-03-02"
        ).values
        assert (values["last_day"], values["restarted"], values["time_barred"]) == ("2030-03-02", True, False)

    def test_before_the_debt_was_due_it_shortens_nothing(self, country: Any) -> None:
        values = asked(country, PERIOD, "2022-03-01", "2024-01-01", "2021-06-01").values
        assert (values["last_day"], values["restarted"]) == ("2026-03-01", False)

    def test_one_after_another_each_within_the_period_before(self, country: Any) -> None:
        payments = ("2025-01-10", "2028-06-01", "2033-01-01")
        values = asked(country, PERIOD, "2022-03-01", "2033-06-01", *payments).values
        # the third came after the period of the second was over, on 1 June 2032
        assert (values["last_day"], values["restarted"], values["time_barred"]) == ("2032-06-01", True, True)

    def test_what_comes_after_the_day_asked_for_has_not_happened(self, country: Any) -> None:
        assert asked(country, PERIOD, "2022-03-01", "2024-01-01", "2024-01-02").values["restarted"] is False
        assert asked(country, PERIOD, "2022-03-01", "2024-01-02", "2024-01-02").values["restarted"] is True

    @pytest.mark.parametrize("signed", [True, False])
    def test_a_promise_only_where_it_is_signed(self, country: Any, debt: Any, signed: bool) -> None:
        history = [{"at": "2025-01-10", "event": "written_promise", "signed": signed}]
        answer = country.answer([PERIOD], UNTIL, history=history)
        assert answer.values["restarted"] is signed

    def test_nothing_does_where_the_law_knows_no_restart(self, country: Any) -> None:
        block = {name: value for name, value in PERIOD.items() if name != "restarts"}
        answer = asked(country, block, "2022-03-01", "2024-01-01", "2023-01-01", record="partial")
        assert answer.values["last_day"] == "2026-03-01"
        assert answer.complete


class TestOpen:
    """What is not known stays open, with what to get."""

    def test_without_the_day_it_was_due(self, country: Any) -> None:
        for record in ("complete", "partial"):
            answer = country.answer([PERIOD], UNTIL, debts=[{"id": "A", "kind": "commercial"}], record=record)
            assert not answer.values
            assert answer.open == ("debts[A].due: on which day was it to be paid?",)

    def test_in_a_partial_record_there_may_have_been_a_payment(self, country: Any) -> None:
        answer = asked(country, PERIOD, "2022-03-01", "2024-01-01", record="partial")
        assert not answer.values
        assert answer.steps[0].sentence == "block 1: 4 years from 2022-03-01 end on 2026-03-01"
        assert "history: is this the whole history, every contact and every event?" in answer.open

    def test_in_a_complete_record_there_was_none_and_that_is_told(self, country: Any) -> None:
        answer = asked(country, PERIOD, "2022-03-01", "2024-01-01")
        assert answer.complete
        assert "history: nothing else happened" in answer.assumed

    def test_debts_with_different_days_are_asked_one_by_one(self, country: Any, debt: Any) -> None:
        answer = country.answer([PERIOD], UNTIL, debts=[debt(), debt(id="B", due="2023-05-01")])
        assert not answer.values
        assert answer.open == ("debts: which one? 2 debts with different days are asked one by one",)
        assert country.answer([PERIOD], UNTIL, debts=[debt(), debt(id="B")]).complete


@pytest.mark.parametrize(("field", "word"), [("ends", "yearend"), ("restarts_after_expiry", "maybe")])
def test_a_misspelt_word_is_a_mistake_of_the_ruleset(country: Any, field: str, word: str) -> None:
    assert country.problems({**PERIOD, field: word}) == [f"CR103 `{word}` is no word for `{field}`"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.lists(st.dates(date(2000, 1, 1), date(2015, 12, 31)), min_size=2, max_size=2).map(sorted),
    years=st.integers(1, 30),
    ends=st.sampled_from(["anniversary", "year_end"]),
)
def test_what_was_due_later_ends_no_earlier(country: Any, days: list[date], years: int, ends: str) -> None:
    block = {**PERIOD, "ends": ends, "values": {"years": {"1990-01-01": str(years)}}}
    earlier, later = (asked(country, block, day.isoformat(), "2016-01-01").values["last_day"] for day in days)
    assert earlier <= later
    assert earlier > days[0].isoformat()


@pytest.mark.parametrize(
    ("paid", "last", "restarted"),
    [("2022-06-01", "2026-12-31", False), ("2022-12-31", "2026-12-31", True), ("2023-02-10", "2027-02-10", True)],
)
def test_a_period_that_began_anew_may_end_otherwise_and_never_earlier(
    country: Any, paid: str, last: str, restarted: bool
) -> None:
    block = {**PERIOD, "ends": "year_end", "restarted_ends": "anniversary"}
    answer = asked(country, block, "2022-03-01", "2024-01-01", paid)
    assert (answer.values["last_day"], answer.values["restarted"]) == (last, restarted)


@pytest.mark.parametrize(
    ("word", "at", "gone"), [("yes", "2026-03-01", False), ("yes", "2026-03-02", True), ("no", "2026-03-02", False)]
)
def test_its_end_may_end_the_debt(country: Any, word: str, at: str, gone: bool) -> None:
    block = {**PERIOD, "asks": ["limitation", "debt_status"], "extinguishes": word}
    assert asked(country, block, "2022-03-01", at).values["extinguished"] is gone
    debts = [{"id": "A", "kind": "commercial", "due": "2022-03-01"}]
    assert country.answer([block], {"what": "debt_status", "at": at}, debts=debts).values["extinguished"] is gone


class TestRevival:
    """What begins a new period after the first is over, where that is something else."""

    SIGNED: Final = "latest(events where event == written_promise and signed == true).day"
    REVIVED: Final = {**PERIOD, "revives": SIGNED}

    @pytest.mark.parametrize(
        ("event", "last"),
        [
            ({"at": "2024-06-01", "event": "payment"}, "2024-03-01"),
            ({"at": "2024-06-01", "event": "written_promise", "signed": True}, "2028-06-01"),
            ({"at": "2024-06-01", "event": "written_promise"}, "2024-03-01"),
            ({"at": "2024-03-01", "event": "payment"}, "2028-03-01"),
        ],
    )
    def test_only_that_begins_it_anew(self, country: Any, event: dict[str, Any], last: str) -> None:
        answer = asked(country, self.REVIVED, "2020-03-01", "2025-01-01", history=[event])
        assert answer.values["last_day"] == last
        assert answer.values["restarted"] is (last != "2024-03-01")

    def test_in_time_it_begins_nothing_anew(self, country: Any) -> None:
        block = {**self.REVIVED, "restarts": "latest(events where event == payment).day"}
        history = [{"at": "2023-06-01", "event": "written_promise", "signed": True}]
        answer = asked(country, block, "2020-03-01", "2025-01-01", history=history)
        assert answer.values["last_day"] == "2024-03-01"

    def test_in_the_new_period_what_restarts_the_first_counts_again(self, country: Any) -> None:
        history = [
            {"at": "2024-06-01", "event": "written_promise", "signed": True},
            {"at": "2024-12-01", "event": "payment"},
        ]
        answer = asked(country, self.REVIVED, "2020-03-01", "2025-01-01", history=history)
        assert answer.values["last_day"] == "2028-12-01"

    def test_a_history_that_may_not_be_whole_leaves_it_open(self, country: Any) -> None:
        block = {**self.REVIVED, "restarts": "latest(events where event == written_promise and signed == true).day"}
        assert not asked(country, block, "2020-03-01", "2025-01-01", record="partial").complete


@pytest.mark.parametrize(
    ("word", "day", "ended"), [("yes", "2024-03-02", True), ("yes", "2024-03-01", False), ("no", "2024-03-02", False)]
)
def test_the_end_of_the_period_may_end_the_debt(country: Any, word: str, day: str, ended: bool) -> None:
    answer = asked(country, {**PERIOD, "extinguishes": word}, "2020-03-01", day)
    assert answer.values["extinguished"] is ended


def test_what_is_taken_for_granted_is_told(country: Any) -> None:
    answer = asked(country, {**PERIOD, "assumes": "the note is not negotiable"}, "2020-03-01", "2024-01-01")
    assert "block 1: the note is not negotiable" in answer.assumed


@pytest.mark.parametrize("change", [{"kind": "consumer"}, {"type": "goods"}, {"contract": "written"}])
def test_debts_of_different_kinds_are_asked_one_by_one(country: Any, change: dict[str, str]) -> None:
    debts = [{"id": each, "kind": "commercial", "due": "2022-03-01"} for each in ("A", "B")]
    assert country.answer([PERIOD], {**UNTIL, "at": "2023-01-01"}, debts=debts).complete
    debts[1] |= change
    answer = country.answer([PERIOD], {**UNTIL, "at": "2023-01-01"}, debts=debts)
    assert not answer.values
    assert "one by one" in answer.open[0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    late=st.booleans(),
    days=st.lists(st.dates(min_value=date(2020, 3, 1), max_value=date(2024, 12, 31)), min_size=1, max_size=4),
)
def test_one_more_signed_promise_never_shortens_the_period(country: Any, late: bool, days: list[date]) -> None:
    block = {**PERIOD, "restarts": TestRevival.SIGNED, **({"revives": TestRevival.SIGNED} if late else {})}
    events = [{"at": day.isoformat(), "event": "written_promise", "signed": True} for day in sorted(days)]
    before, after = (
        asked(country, block, "2018-03-01", "2025-01-01", **({"history": history} if history else {}))
        for history in (events[:-1], events)
    )
    assert after.values["last_day"] >= before.values["last_day"]


@pytest.mark.parametrize(("due", "weekday"), [("2022-02-27", ""), ("2022-02-28", "Saturday"), ("2022-03-01", "Sunday")])
def test_a_last_day_of_a_weekend_is_told(country: Any, due: str, weekday: str) -> None:
    answer = asked(country, PERIOD, due, "2023-01-01")
    remarks = [each for each in answer.assumed if "next working day" in each]
    assert [weekday in each for each in remarks] == ([True] if weekday else [])


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ("2016-03-13", "2020-03-13"),
        ("2016-03-14", "2020-06-04"),
        ("2020-03-13", "2024-06-03"),
        ("2020-03-14", "2024-06-03"),
        ("2020-06-03", "2024-06-03"),
        ("2020-06-04", "2024-06-04"),
    ],
)
def test_time_that_stood_still_does_not_count(country: Any, due: str, last: str) -> None:
    still = {**PERIOD, "stands_still": ["2020-03-14", "2020-06-03"]}
    answer = asked(country, still, due, "2023-01-01")
    assert answer.values["last_day"] == last
    told = any("stood still, 82 days" in step.sentence for step in answer.steps)
    assert told is (last != due.replace("2016", "2020").replace("2020-06-04", "2024-06-04"))


def test_a_payment_in_the_days_more_is_in_time(country: Any) -> None:
    still = {**PERIOD, "stands_still": ["2020-03-14", "2020-06-03"]}
    assert asked(country, still, "2017-03-01", "2022-01-01", "2021-05-20").values["last_day"] == "2025-05-20"
    assert asked(country, still, "2017-03-01", "2022-01-01", "2021-05-23").values["last_day"] == "2021-05-22"


@pytest.mark.parametrize("days", [["2020-06-03", "2020-03-14"], ["2020-03-14"], ["spring", "summer"]])
def test_two_days_the_earlier_first(country: Any, days: list[str]) -> None:
    with pytest.raises(Exception, match="the first and the last day of a time in which the period stood still"):
        asked(country, {**PERIOD, "stands_still": days}, "2020-03-01", "2022-01-01")


class TestADayOffAtTheEnd:
    """2026-02-28 is a Saturday, 2024-01-01 a holiday of this country on a Monday."""

    MOVES: Final = {**PERIOD, "last_day_moves": "days_off"}

    @pytest.fixture(autouse=True)
    def _days_off(self, country: Any) -> None:
        new_year = {"name": "New Year", "month": 1, "day": 1}
        country.calendars = {"days_off": {"cite": "Law 2", "closed": ["sat", "sun"], "holidays": [new_year]}}

    @pytest.mark.parametrize(
        ("due", "last"), [("2022-02-27", "2026-02-27"), ("2022-02-28", "2026-03-02"), ("2022-03-01", "2026-03-02")]
    )
    def test_moves_to_the_next_open_day(self, country: Any, due: str, last: str) -> None:
        answer = asked(country, self.MOVES, due, "2023-01-01")
        assert answer.values["last_day"] == last
        assert not [each for each in answer.assumed if "next working day" in each]

    def test_at_the_end_of_a_year(self, country: Any) -> None:
        block = {**self.MOVES, "ends": "year_end"}
        assert asked(country, block, "2019-06-01", "2023-01-01").values["last_day"] == "2024-01-02"

    @pytest.mark.parametrize(("paid", "last"), [("2024-01-02", "2028-12-31"), ("2024-01-03", "2024-01-02")])
    def test_what_happens_on_it_is_in_time(self, country: Any, paid: str, last: str) -> None:
        block = {**self.MOVES, "ends": "year_end"}
        moved = {"2028-12-31": "2029-01-02"}
        answer = asked(country, block, "2019-06-01", "2025-01-01", paid)
        assert answer.values["last_day"] == moved.get(last, last)


class TestWhatHappenedToSomeOfTheDebts:
    """A payment on one of two debts begins the period of that one anew, and of no other."""

    @pytest.mark.parametrize(("debts", "known"), [(["B"], False), (["A", "B"], True), (None, True)])
    def test_is_asked_debt_by_debt(self, country: Any, debts: list[str] | None, known: bool) -> None:
        event = {"at": "2024-01-02", **PAYMENT, **({"debts": debts} if debts else {})}
        two = [{"id": name, "kind": "commercial", "due": "2022-03-01"} for name in "AB"]
        answer = country.answer([PERIOD], {**UNTIL, "at": "2025-01-01"}, debts=two, history=[event])
        assert answer.values.get("last_day") == ("2028-01-02" if known else None)
        assert any("asked one by one" in each for each in answer.open) is not known

    def test_is_nothing_to_a_period_that_never_begins_anew(self, country: Any) -> None:
        block = {key: value for key, value in PERIOD.items() if key != "restarts"}
        two = [{"id": name, "kind": "commercial", "due": "2022-03-01"} for name in "AB"]
        history = [{"at": "2024-01-02", **PAYMENT, "debts": ["B"]}]
        answer = country.answer([block], {**UNTIL, "at": "2025-01-01"}, debts=two, history=history)
        assert answer.values["last_day"] == "2026-03-01"


class TestADayByWhichItHasBegun:
    """The period begins with the default, and no later than the due day."""

    BLOCK: Final = {
        **PERIOD,
        "starts": "latest(all_debts).in_default_since",
        "no_later_than": "latest(all_debts where due is given).due",
    }

    @pytest.mark.parametrize(
        ("days", "last"),
        [
            ({"due": "2022-03-01", "in_default_since": "2022-06-01"}, "2026-03-01"),
            ({"due": "2022-06-01", "in_default_since": "2022-03-01"}, "2026-03-01"),
            ({"in_default_since": "2022-06-01"}, "2026-06-01"),
            ({"due": "2022-03-01"}, "2026-03-01"),
        ],
    )
    def test_the_earlier_of_the_two_begins_it(self, country: Any, days: dict[str, str], last: str) -> None:
        debts = [{"id": "A", "kind": "commercial", **days}]
        assert country.answer([self.BLOCK], {**UNTIL, "at": "2025-01-01"}, debts=debts).values["last_day"] == last

    def test_a_due_day_that_may_be_there_leaves_it_open(self, country: Any) -> None:
        debts = [{"id": "A", "kind": "commercial", "in_default_since": "2022-06-01"}]
        answer = country.answer([self.BLOCK], {**UNTIL, "at": "2025-01-01"}, debts=debts, record="partial")
        assert "last_day" not in answer.values

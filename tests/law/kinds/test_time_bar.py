"""No suit for a debt whose limitation period is over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectrules.ground.dated import add_months

Rule = Any

PLAIN = "kind: time_bar\nvalues: {years: {2020-01-01: 3}}\n"
BEFORE = f"{PLAIN}restarts: payment\nrestarts_after_expiry: no\n"
ALWAYS = f"{PLAIN}restarts: payment\nrestarts_after_expiry: yes\n"


def debt(due: str = "2023-04-07", **keys: Any) -> list[dict[str, Any]]:
    return [{"id": "A", "kind": "consumer", "due": due, **keys}]


def paid(at: str) -> dict[str, Any]:
    return {"at": at, "event": "payment", "amount": "50.00", "currency": "USD"}


@pytest.mark.parametrize(
    ("debts", "truth"),
    [
        (debt("2023-04-07"), True),
        (debt("2023-04-08"), False),
        (debt("2023-04-08", in_default_since="2023-04-07"), True),
        (debt("2023-04-07", in_default_since="2023-04-08"), False),
        (debt("2026-01-01", time_barred=True), True),
        ([{"id": "A", "kind": "consumer"}], False),
        ([*debt("2026-01-01"), {"id": "B", "kind": "consumer", "due": "2020-01-01"}], True),
    ],
)
def test_the_years_since_default(rule: Rule, debts: Any, truth: bool) -> None:
    assert rule.breach(PLAIN, debts=debts) is truth


def test_a_default_that_is_not_known(rule: Rule) -> None:
    assert rule.breach(PLAIN, record="partial", debts=[{"id": "A", "kind": "consumer"}]) is None


def test_to_the_end_of_the_year(rule: Rule) -> None:
    body = f"{PLAIN}ends: year_end\n"
    assert rule.breach(body, debts=debt("2023-01-02"), action={"at": "2026-12-31T10:00"}) is False
    assert rule.breach(body, debts=debt("2023-12-30"), action={"at": "2026-12-31T10:00"}) is False
    assert rule.breach(body, debts=debt("2023-01-02"), action={"at": "2027-01-01T10:00"}) is True


def test_the_period_of_some_debts_only(rule: Rule) -> None:
    body = f"{PLAIN}of_debt: type == goods and kind == consumer\n"
    assert rule.breach(body, debts=debt(type="goods")) is True
    assert rule.breach(body, debts=debt(type="services")) is False
    assert rule.breach(body, debts=debt("2026-01-01", type="services", time_barred=True)) is True


@pytest.mark.parametrize(
    ("body", "payments", "truth"),
    [
        (BEFORE, ["2024-04-01"], False),
        (BEFORE, ["2024-04-02"], True),
        (BEFORE, ["2020-04-07"], True),
        (BEFORE, ["2023-04-08"], False),
        (BEFORE, ["2023-04-07"], True),
        (BEFORE, ["2026-04-08T09:00"], True),
        (ALWAYS, ["2026-04-08T09:00"], False),
        (ALWAYS, ["2023-04-07"], True),
    ],
)
def test_a_payment_begins_them_anew(rule: Rule, body: str, payments: list[str], truth: bool) -> None:
    """Of a debt due on 1 April 2021, which is barred after 1 April 2024."""
    history = [paid(at) for at in payments]
    assert rule.breach(body, debts=debt("2021-04-01"), history=history) is truth


def test_a_payment_on_another_debt_does_not(rule: Rule) -> None:
    debts = [*debt("2021-04-01"), {"id": "B", "kind": "consumer", "due": "2026-01-01"}]
    talk = {"at": "2025-01-01", "channel": "phone", "direction": "inbound"}
    body = ALWAYS.replace("payment", "contacts where direction == inbound")
    assert rule.breach(body, debts=debts, history=[{**talk, "debts": ["B"]}]) is True
    assert rule.breach(body, debts=debts, history=[{**talk, "debts": ["A"]}]) is False


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(days=st.lists(st.integers(0, 3500), max_size=5))
def test_each_restart_must_come_before_the_end_that_the_last_one_set(rule: Rule, days: list[int]) -> None:
    """As somebody counts it who goes through the payments one by one."""
    due, today = date(2016, 4, 8), date(2026, 4, 8)
    end = add_months(due.toordinal(), 36)
    for day in sorted(days):
        paid_on = (due + timedelta(days=day)).toordinal()
        if paid_on <= end:
            end = add_months(paid_on, 36)
    history = [paid(str(due + timedelta(days=day))) for day in sorted(days)]
    assert rule.breach(BEFORE, debts=debt(str(due)), history=history or None) is (today.toordinal() > end)


def test_it_says_the_years_and_what_begins_them_anew(rule: Rule) -> None:
    told = rule.english(f"{BEFORE}of_debt: type == goods\n")
    assert "or where 3 years (since 2020-01-01) since its default are over" in told
    assert "anew the years begin anew, only before their end, where there is a payment" in told
    assert "the years are those of a debt where its type is goods" in told
    assert "to the end of that year" in rule.english(f"{PLAIN}ends: year_end\n")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (f"{PLAIN}restarts: payment", "CR102 `restarts_after_expiry` says whether"),
        (f"{PLAIN}restarts_after_expiry: no", "CR102 `restarts_after_expiry` says whether"),
        (BEFORE.replace("payment", "payment as p"), "CR102 `restarts` takes no alias"),
        (BEFORE.replace("expiry: no", "expiry: never"), "CR103 `never` is no word for `restarts_after_expiry`"),
        ("kind: time_bar", "CR100 a rule of kind `time_bar` needs the value `years`"),
        (f"{PLAIN}ends: month_end", "CR103 `month_end` is no word for `ends`"),
    ],
)
def test_mistakes(rule: Rule, body: str, problem: str) -> None:
    assert any(told.startswith(problem) for told in rule.problems(body)), rule.problems(body)


STILL = f"{BEFORE}stands_still: [2020-03-14, 2020-06-03]\n"


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ("2017-03-13", "2020-03-13"),  # over before
        ("2017-03-14", "2020-06-04"),  # its last day was the first of the 82
        ("2020-03-13", "2023-06-03"),
        ("2020-03-14", "2023-06-03"),  # began in it: runs from its end
        ("2020-06-03", "2023-06-03"),
        ("2020-06-04", "2023-06-04"),  # began after it
    ],
)
def test_time_that_stood_still_does_not_count(rule: Rule, due: str, last: str) -> None:
    after = str(date.fromisoformat(last) + timedelta(1))
    for day, truth in ((last, False), (after, True)):
        assert rule.breach(STILL, debts=debt(due), action={"at": f"{day}T10:00"}) is truth


def test_nor_in_what_begins_it_anew(rule: Rule) -> None:
    in_the_days_more = [paid("2023-05-20T09:00")]
    late = [paid("2023-06-10T09:00")]
    act = {"at": "2026-05-20T10:00"}
    assert rule.breach(STILL, debts=debt("2020-03-02"), action=act, history=in_the_days_more) is False
    assert rule.breach(STILL, debts=debt("2020-03-02"), action=act, history=late) is True


@pytest.mark.parametrize("days", ["[2020-06-03, 2020-03-14]", "[2020-03-14]", "[spring, summer]"])
def test_two_days_the_earlier_first(rule: Rule, days: str) -> None:
    with pytest.raises(Exception, match="the first and the last day of a time in which the period stood still"):
        rule.breach(f"{BEFORE}stands_still: {days}\n", debts=debt())


class TestADayOffAtTheEnd:
    """With `office`, 10 April 2026 is a Friday, the days after it a weekend; 8 April is a holiday."""

    MOVES = f"{BEFORE}last_day_moves: office\n"

    @pytest.mark.parametrize(
        ("due", "last"),
        [
            ("2023-04-10", "2026-04-10"),
            ("2023-04-11", "2026-04-13"),
            ("2023-04-12", "2026-04-13"),
            ("2023-04-08", "2026-04-09"),
        ],
    )
    def test_moves_to_the_next_open_day(self, rule: Rule, due: str, last: str) -> None:
        after = str(date.fromisoformat(last) + timedelta(1))
        for day, truth in ((last, False), (after, True)):
            assert rule.breach(self.MOVES, debts=debt(due), action={"at": f"{day}T10:00"}) is truth

    @pytest.mark.parametrize(("at", "truth"), [("2026-04-13T09:00", False), ("2026-04-14T09:00", True)])
    def test_what_begins_it_anew_on_that_day_is_in_time(self, rule: Rule, at: str, truth: bool) -> None:
        act = {"at": "2026-05-20T10:00"}
        assert rule.breach(self.MOVES, debts=debt("2023-04-11"), action=act, history=[paid(at)]) is truth

    def test_at_the_end_of_a_year(self, rule: Rule) -> None:
        body = f"{PLAIN}ends: year_end\nlast_day_moves: office\n"
        for day, truth in (("2029-01-01", False), ("2029-01-02", True)):  # 2028-12-31 is a Sunday
            assert rule.breach(body, debts=debt("2025-03-01"), action={"at": f"{day}T10:00"}) is truth

    def test_after_a_standstill_too(self, rule: Rule) -> None:
        body = f"{STILL}last_day_moves: office\n"
        for day, truth in (("2023-06-05", False), ("2023-06-06", True)):  # 2023-06-03 is a Saturday
            assert rule.breach(body, debts=debt("2020-03-13"), action={"at": f"{day}T10:00"}) is truth

    def test_it_says_so(self, rule: Rule) -> None:
        assert "last day one that is a day off (office) moves to the next open day" in rule.english(self.MOVES)


class TestFromTheDueDay:
    """The debt was due on 7 April 2023, and the debtor fell into default a month later."""

    DUE = f"{BEFORE}starts: due\n"
    LATER = "2023-05-07"

    @pytest.mark.parametrize(
        ("body", "last"), [(BEFORE, "2026-05-07"), (f"{BEFORE}starts: default\n", "2026-05-07"), (DUE, "2026-04-07")]
    )
    def test_the_years_begin_then(self, rule: Rule, body: str, last: str) -> None:
        after = str(date.fromisoformat(last) + timedelta(1))
        for day, truth in ((last, False), (after, True)):
            act = {"at": f"{day}T10:00"}
            assert rule.breach(body, debts=debt(in_default_since=self.LATER), action=act) is truth

    def test_without_a_due_day_with_the_default(self, rule: Rule) -> None:
        debts = [{"id": "A", "kind": "consumer", "in_default_since": "2023-04-07"}]
        for day, truth in (("2026-04-07", False), ("2026-04-08", True)):
            assert rule.breach(self.DUE, debts=debts, action={"at": f"{day}T10:00"}) is truth

    def test_a_default_before_the_due_day_begins_them(self, rule: Rule) -> None:
        debts = debt("2023-06-07", in_default_since="2023-04-07")
        assert rule.breach(self.DUE, debts=debts, action={"at": "2026-04-08T10:00"}) is True

    @pytest.mark.parametrize(("at", "truth"), [("2026-04-07T09:00", False), ("2026-04-08T09:00", True)])
    def test_a_payment_must_come_before_that_end(self, rule: Rule, at: str, truth: bool) -> None:
        act = {"at": "2026-06-01T10:00"}
        assert rule.breach(self.DUE, debts=debt(in_default_since=self.LATER), action=act, history=[paid(at)]) is truth

    def test_it_says_so(self, rule: Rule) -> None:
        assert "begins the years begin with the due day, where that comes before" in rule.english(self.DUE)

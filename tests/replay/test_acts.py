"""Each act of a log is judged by what stands before it: what was planted is found, and nothing else of its kind."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest

from collectrules.advisor import Advisor
from collectrules.replay.acts import judged_person
from collectrules.replay.judging import OF_THE_LOG

if TYPE_CHECKING:
    from tests.conftest import Law

    from collectrules.replay.model import JudgedAct, JudgedPerson

FIRST: Final = datetime(2026, 2, 2, 10)  # noqa: DTZ001 - a wall clock
CALL: Final = {"channel": "phone", "direction": "outbound", "outcome": "no_answer"}
REGULATION_F: Final = "us.federal.regulation_f."


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=OF_THE_LOG)


def entry(at: datetime, **stated: Any) -> dict[str, Any]:
    return {"at": at.isoformat(timespec="minutes"), **(stated if "event" in stated else {**CALL, **stated})}


def account(history: list[dict[str, Any]], **stated: Any) -> dict[str, Any]:
    return {
        "version": 2,
        "id": "P",
        "jurisdiction": "US-TX",
        "record": "complete",
        "collector": {"role": "third_party"},
        "debts": [{"id": "A", "kind": "consumer"}],
        "debtor": {"time_zone": "America/Chicago"},
        "history": history,
        **stated,
    }


def judged(advisor: Advisor, history: list[dict[str, Any]], **stated: Any) -> JudgedPerson:
    return judged_person(advisor, advisor.case(account(history, **stated)), "P")


def lawful(random: Random) -> list[dict[str, Any]]:
    """A call every eight days or more, by day, that nobody answers."""
    at, history = FIRST, []
    for _ in range(random.randrange(3, 8)):
        at += timedelta(days=random.randrange(8, 12), minutes=random.randrange(-60, 60))
        at = at.replace(hour=min(19, max(9, at.hour)))
        history.append(entry(at))
    return history


def last(history: list[dict[str, Any]]) -> datetime:
    return datetime.fromisoformat(history[-1]["at"])


def late(history: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[int, str]]:
    at = (last(history) + timedelta(days=9)).replace(hour=22, minute=30)
    return [*history, entry(at)], {len(history) + 1: "contact_hours"}


def eighth(history: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[int, str]]:
    begin = (last(history) + timedelta(days=9)).replace(hour=9)
    calls = [entry(begin + timedelta(days=number % 7, hours=3 * (number // 7))) for number in range(7)]
    return [*history, *calls, entry(begin + timedelta(days=6, hours=3))], {
        len(history) + 8: "seven_calls_in_seven_days"
    }


def after_conversation(history: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[int, str]]:
    talk = last(history) + timedelta(days=9)
    calls = [entry(talk, outcome="conversation"), entry(talk + timedelta(days=3)), entry(talk + timedelta(days=20))]
    return [*history, *calls], {len(history) + 2: "call_soon_after_conversation"}


def after_notice(history: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[int, str]]:
    notice = last(history) + timedelta(days=9)
    more = [entry(notice, event="cease_notice_received", form="written"), entry(notice + timedelta(days=9))]
    return [*history, *more], {len(history) + 2: "cease_communication"}


def postcard(history: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[int, str]]:
    at = last(history) + timedelta(days=9)
    return [*history, entry(at, channel="postcard", outcome="mailed")], {len(history) + 1: "postcard"}


PLANTED: Final = (late, eighth, after_conversation, after_notice, postcard)


def heavy(acts: tuple[JudgedAct, ...]) -> dict[int, str]:
    return {
        act.number: " ".join(
            remark.rule for remark in act.remarks if remark.standing in ("violation", "presumed_violation")
        )
        for act in acts
        if act.standing in ("violation", "presumed_violation")
    }


@pytest.mark.parametrize("seed", range(20))
def test_what_is_planted_is_found_and_nothing_else_of_its_kind(advisor: Advisor, seed: int) -> None:
    history, expected = PLANTED[seed % len(PLANTED)](lawful(Random(seed)))
    found = heavy(judged(advisor, history).acts)
    assert found.keys() == expected.keys()
    for number, rule in expected.items():
        assert rule in found[number]


@pytest.mark.parametrize("seed", range(5))
def test_a_lawful_log_is_clean(advisor: Advisor, seed: int) -> None:
    found = judged(advisor, lawful(Random(seed)))
    assert {act.standing for act in found.acts} == {"clean"}


def test_an_act_is_judged_as_a_check_before_it_would_have(advisor: Advisor) -> None:
    """The history of the act is what stands before it, and the same moment is what it was."""
    history, _ = eighth(lawful(Random(1)))
    acts = judged(advisor, history).acts
    for position, act in enumerate(acts):
        own = history[position]
        case = advisor.case(
            account(
                history[:position],
                action={"kind": "contact", "channel": "phone", "at": own["at"], "leaves_voicemail": False},
            )
        )
        assert (advisor.check(case).decision == "allow") is (act.standing == "clean")


def test_what_came_in_and_what_others_did_is_no_act(advisor: Advisor) -> None:
    history = [
        entry(FIRST, direction="inbound", outcome="conversation"),
        entry(FIRST + timedelta(days=1), by="creditor"),
        entry(FIRST + timedelta(days=2), event="dispute_received", form="oral"),
        entry(FIRST + timedelta(days=20), agent="kim", campaign="spring"),
    ]
    found = judged(advisor, history)
    assert found.others == 3
    assert [(act.number, act.agent, act.campaign) for act in found.acts] == [(4, "kim", "spring")]
    assert [what for _, what in found.told_events] == ["inbound phone", "outbound phone", "dispute received"]


def test_what_rests_on_a_fact_without_a_day_cannot_be_shown(advisor: Advisor) -> None:
    debtor = {"time_zone": "America/Chicago", "employer_prohibits": True}
    act = judged(advisor, [entry(FIRST, place="work")], debtor=debtor).acts[0]
    assert act.standing == "not_shown"
    unknown = "the record does not say since when: debtor.employer_prohibits"
    assert any(unknown in remark.sentence for remark in act.remarks)
    night = judged(advisor, [entry(FIRST.replace(hour=23), place="work")], debtor=debtor).acts[0]
    assert night.standing == "violation"
    assert {remark.standing for remark in night.remarks} == {"violation", "not_shown"}


def test_a_debt_is_open_until_its_last_payment(law: Law) -> None:
    advisor = law.advisor(law.ruleset(law.rule("kind: condition\nwhen: any(debts of action as d where d.paid)")))
    debts = [{"id": "A", "kind": "consumer", "paid": True}]
    paid = entry(FIRST + timedelta(days=10), event="payment", debts=["A"], amount="10.00", currency="USD")
    history = [entry(FIRST), paid, entry(FIRST + timedelta(days=20), debts=["A"])]
    before, after = judged(advisor, history, debts=debts, jurisdiction="US").acts
    assert (before.standing, after.standing) == ("clean", "violation")


def test_a_contact_without_a_debt_is_about_those_open_then(advisor: Advisor) -> None:
    debts = [
        {"id": "A", "kind": "consumer", "paid": True},
        {"id": "B", "kind": "consumer", "issued": "2026-01-01"},
        {"id": "C", "kind": "consumer", "issued": "2026-06-01"},
    ]
    acts = judged(advisor, [entry(FIRST), entry(FIRST + timedelta(days=20), debts=["A"])], debts=debts).acts
    assert [act.debts for act in acts] == [("B",), ("A",)]


def test_an_attempt_that_did_not_connect_is_not_presumed_one_too_many(advisor: Advisor) -> None:
    history, _ = eighth(lawful(Random(1)))
    history[-1]["outcome"] = "busy"
    act = judged(advisor, history).acts[-1]
    assert act.standing == "not_shown"
    assert any("this attempt did not connect" in remark.sentence for remark in act.remarks)


def test_each_of_several_equal_contacts_is_judged_after_those_before_it(advisor: Advisor) -> None:
    history = [{"at": "2026-02-02", **CALL, "times": 9}]
    acts = judged(advisor, history).acts
    assert len(acts) == 9
    assert [act.standing for act in acts].index("presumed_violation") == 7


def test_law_is_that_of_the_day_of_the_act(advisor: Advisor) -> None:
    """Regulation F counts calls since 30 November 2021."""

    def calls(begin: datetime) -> list[dict[str, Any]]:
        return [entry(begin + timedelta(days=number % 7, hours=3 * (number // 7))) for number in range(8)]

    old = judged(advisor, calls(datetime(2021, 11, 1, 9)))  # noqa: DTZ001 - a wall clock
    new = judged(advisor, calls(datetime(2022, 11, 1, 9)))  # noqa: DTZ001 - a wall clock
    rule = f"{REGULATION_F}seven_calls_in_seven_days"
    assert not any(remark.rule == rule for act in old.acts for remark in act.remarks)
    assert [act.number for act in new.acts if any(remark.rule == rule for remark in act.remarks)] == [8]


def test_the_day_of_the_check_changes_nothing(advisor: Advisor) -> None:
    history, _ = late(lawful(Random(3)))
    assert judged(advisor, history) == judged(advisor.on(OF_THE_LOG), history)
    assert date.min == OF_THE_LOG

"""What is taken from a case that is alike changes no answer: each case is told what it would be told alone.

Some cases are tried; with `COLLECTRULES_TEST_ALL=1` all are.
"""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest
from msgspec.structs import replace

from collectrules import InvalidInput, as_json, read_cases
from collectrules.advisor import Advisor
from collectrules.deciding.confirm import Confirmation
from collectrules.expressions.functions import MeasureFunction
from collectrules.law.rulebook import Rulebook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.conftest import Law

    from collectrules.case.objects import Case

FILES: Final = sorted((Path(__file__).parents[1] / "cases").rglob("*.yaml"))
TODAY: Final = date(2026, 11, 21)
EVERY: Final = 1 if os.environ.get("COLLECTRULES_TEST_ALL") else 250
SPANS: Final = (1, 3, 7, 30, 400)
"""Days by which an act or an entry is moved."""


@pytest.mark.parametrize("record", ["complete", "partial"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_case_is_told_what_it_would_be_told_alone(path: Path, record: str) -> None:
    shared, alone = Advisor.load(today=TODAY), Advisor.load(today=TODAY)
    cases = [case.but(record=record) for case in read_cases(path).cases if case.action is not None]
    wrong = []
    for number, case in enumerate(cases):
        if number % EVERY:
            continue
        for each in (case, case, *_others(case, Random(number))):  # the second is kept
            told = _told(shared, each)
            if told != _told(Advisor(alone.rulebook, today=TODAY), each):
                wrong.append(f"{each.id} {each}: {told}")
    assert not wrong, "\n".join(wrong)


def _told(advisor: Advisor, case: Case) -> str:
    """The whole verdict, or what is wrong with a case that was changed."""
    try:
        return as_json(advisor.explore(case))
    except InvalidInput as wrong:
        return str(wrong)


def _others(case: Case, random: Random) -> Iterator[Case]:
    """The case on other days and hours, with another history, and with debts that are called otherwise or owe more."""
    action = case.action
    assert action is not None
    for _ in range(3):
        hours = random.choice((0, -12, -5, 7)) if isinstance(action.at, datetime) else 0
        moved = action.but(at=action.at + timedelta(days=random.choice(SPANS), hours=hours))
        history = list(case.history or ())
        if history and random.random() < 0.5:
            entry = random.choice(history)
            history.append(entry.but(at=entry.at - timedelta(days=random.choice(SPANS))))
        elif history:
            history.remove(random.choice(history))
        names = {debt.id: f"{debt.id}-2" for debt in case.debts}
        debts = tuple([debt.but(id=names[debt.id], amount=debt.amount and 2 * debt.amount) for debt in case.debts])
        if moved.debts is not None:
            moved = moved.but(debts=tuple([names.get(each, each) for each in moved.debts]))
        yield case.but(action=moved, history=tuple(history) or None, debts=random.choice((case.debts, debts)))


CALL: Final = {"at": "2026-04-07T12:00", "channel": "phone", "direction": "outbound", "outcome": "no_answer"}
EARLIER: Final = {**CALL, "at": "2026-04-01T12:00"}
DISPUTE: Final = {"at": "2026-04-07", "event": "dispute_received", "form": "written"}
PAYMENT: Final = {"at": "2026-04-07", "event": "payment", "amount": "1.00", "currency": "USD"}
CONSENT: Final = {"at": "2026-04-07", "event": "consent", "scope": "calls"}
MORNING: Final = {"times": [{"from": "08:00", "to": "10:00"}]}
CONSENTED: Final = {
    **CALL,
    "direction": "inbound",
    "outcome": "conversation",
    "consent": {"times": [{"from": "08:00", "to": "10:00"}]},
}
OTHER: Final = {"id": "B", "kind": "consumer", "disputed": True}


def _debt(**facts: Any) -> Mapping[str, Any]:
    return {"debts": [{"id": "A", "kind": "consumer", **facts}]}


def _about(*debts: str) -> Mapping[str, Any]:
    return {"debts": [{"id": "A", "kind": "consumer"}, OTHER], "action": {"debts": [*debts]}}


def _owed(amount: str) -> Mapping[str, Any]:
    return _debt(amount=amount, invoiced="100.00", currency="USD")


PAIRS: Final[Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]]] = {
    "outside_hours(action, 08:00, 21:00)": ({}, {"action": {"at": "2026-04-08T22:00"}}),
    "action.weekday == sun": ({}, {"action": {"at": "2026-04-12T10:00"}}),
    "any(contacts)": ({}, {"history": [CALL]}),
    "any(contacts where age < 3)": ({"history": [EARLIER]}, {"history": [CALL]}),
    "count(contacts) >= 2": ({"history": [CALL]}, {"history": [EARLIER, CALL]}),
    "any(dispute_received)": ({"history": [CALL]}, {"history": [CALL, DISPUTE]}),
    "any(dispute_received) ": ({"history": [PAYMENT]}, {"history": [PAYMENT, DISPUTE]}),
    "any(events as e where e.event == dispute_received)": ({"history": [PAYMENT]}, {"history": [DISPUTE]}),
    "any(consents)": ({"history": [PAYMENT]}, {"history": [PAYMENT, CONSENT]}),
    "any(consents) ": ({"history": [CALL]}, {"history": [CONSENTED]}),
    "any(contacts as c where c.outcome == conversation)": (
        {"history": [CALL]},
        {"history": [{**CALL, "outcome": "conversation"}]},
    ),
    "any(debts of action as d where d.amount > d.invoiced)": (_owed("20.00"), _owed("200.00")),
    "action.debts has X": (_debt(), {"debts": [{"id": "X", "kind": "consumer"}]}),
    "any(debts of action where in_default_since < 2025-01-01)": (
        _debt(in_default_since="2025-06-01"),
        _debt(in_default_since="2024-06-01"),
    ),
    "any(debts of action where disputed)": (_about("A"), _about("B")),
    "any(debts of action where paid)": ({}, _debt(paid=True)),
    "debtor.minor": ({}, {"debtor": {"minor": True}}),
    "action.content has profanity": (
        {"action": {"says": ["debt_information"]}},
        {"action": {"says": ["debt_information"], "unclear": ["profanity"]}},
    ),
    "action.content has payment_request": ({}, {"action": {"content": ["payment_request"]}}),
}
"""What a rule may ask, and two cases of which it speaks of the second alone."""


@pytest.mark.parametrize("when", PAIRS)
def test_what_may_differ_is_asked_anew(law: Law, when: str) -> None:
    ruleset = law.ruleset(f"when: {when}")
    kept, breached = (law.case(**changes) for changes in PAIRS[when])
    for cases in ((kept, kept, breached, kept), (breached, breached, kept, breached)):
        advisor = law.advisor(ruleset)
        spoke = [[each.rule for each in advisor.explore(case).findings] for case in cases]
        assert spoke == [["us.law.one"] if case is breached else [] for case in cases]


def test_what_cannot_differ_is_asked_once(law: Law) -> None:
    advisor = law.advisor(law.ruleset("when: debtor.minor and not any(dispute_received)"))
    cases = [law.case(action={"at": f"2026-04-{day:02}T10:00"}, history=[CALL] * day) for day in (8, 9, 10)]
    first, second, third = (advisor.judge(case) for case in cases)
    assert (first.twin, second.twin) == (None, None)
    assert third.twin is not None
    assert third.twin.first is second
    assert (third.twin.may_speak, {*third.twin.settled}) == ((), {0})


def test_the_second_decider_is_asked_of_every_rule(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one that is passed whatever differs once, of any other for every case."""
    asked: list[list[int]] = []
    objection = Confirmation.objection

    def noted(self: Confirmation, record: Mapping[str, Any], breaches: Mapping[int, bool | None]) -> str:
        asked.append([*breaches])
        return objection(self, record, breaches)

    monkeypatch.setattr(Confirmation, "objection", noted)
    rules = ("when: debtor.minor", "when: outside_hours(action, 08:00, 21:00)")
    advisor = law.advisor(law.ruleset(*[law.rule(body, f"rule_{number}") for number, body in enumerate(rules)]))
    for day in (7, 8, 9, 10):
        advisor.judge(law.case(action={"at": f"2026-04-{day:02}T10:00"})).confirmed()
    assert asked == [[0, 1], [0, 1], [1], [0], [1]]


def test_of_a_case_in_which_a_function_did_wrong_nothing_is_taken(law: Law) -> None:
    advisor = law.advisor(law.ruleset("when: outside_hours(action, 08:00, 21:00)"))
    first = [advisor.judge(law.case()) for _ in range(2)][1]
    first.context.faults.append("`outside_hours` failed")
    assert advisor.judge(law.case()).faults == ""


def test_what_a_function_does_wrong_while_a_twin_asks_stands_against_the_twin(law: Law) -> None:
    advisor = law.advisor(law.ruleset("when: outside_hours(action, 08:00, 21:00)"))
    _, first, second = (advisor.judge(law.case()) for _ in range(3))
    assert second.twin is not None
    first.context.faults.append("`outside_hours` failed")
    assert second.faults == "`outside_hours` failed"


def test_an_act_about_which_a_function_did_wrong_is_not_proposed(law: Law) -> None:
    judgement = law.advisor(law.ruleset("when: outside_hours(action, 08:00, 21:00)")).judge(law.case())
    assert judgement.may_be_proposed
    judgement.context.faults.append("`outside_hours` failed")
    assert not judgement.may_be_proposed


def test_where_a_plugin_is_asked_every_case_is_asked_whole(law: Law) -> None:
    function = MeasureFunction("on_leave", (), "bool", lambda _: False, "the debtor is on leave", follows_from=())
    language = replace(law.language, functions={**law.language.functions, "on_leave": function})
    advisor = Advisor(Rulebook.holding([law.ruleset("when: debtor.minor")], language), today=TODAY)
    assert [advisor.judge(law.case()).twin for _ in range(3)] == [None] * 3


def test_a_word_that_an_entry_states_is_tried_by_itself(law: Law) -> None:
    """Words are alike to a measure only as long as the case states none of them."""
    rules = (
        law.rule("when: any(contacts as c where c.to == action.to and c.to != debtor)", "the_same_person"),
        law.rule("when: debtor.minor and action.to in [employer, parent, spouse]", "others"),
    )
    to_debtor, to_spouse = (law.case(history=[{**CALL, "to": to}]) for to in ("debtor", "spouse"))
    advisor = law.advisor(law.ruleset(*rules))
    for case in (to_debtor, to_debtor, to_debtor, to_spouse, to_debtor):
        assert as_json(advisor.explore(case)) == as_json(law.advisor(law.ruleset(*rules)).explore(case))


def test_what_entries_leave_open_is_no_twin_of_what_they_state(law: Law) -> None:
    """Of a record of which some groups are whole, what is known hangs on what entries of other groups leave open."""
    ruleset = law.ruleset("when: any(opt_out as o where o.channel == action.channel)")
    stated, left_open = (
        law.case(record="partial", records={"refusals": "whole"}, history=[{**DISPUTE, **form}])
        for form in ({"channel": "letter"}, {})
    )
    for cases in ((stated, stated, left_open, stated), (left_open, left_open, stated, left_open)):
        advisor = law.advisor(ruleset)
        for case in cases:
            assert as_json(advisor.explore(case)) == as_json(law.advisor(ruleset).explore(case))

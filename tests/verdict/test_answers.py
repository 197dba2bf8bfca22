"""Questions put to the law: which blocks are asked, what is assumed, stale or open, and what an action asks."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pytest

from collectrules.advisor import Advisor
from collectrules.case.groups import OF_HISTORY, group_of_event
from collectrules.case.reading import case_from_mapping
from collectrules.case.records import Kept
from collectrules.law.rulebook import Rulebook
from collectrules.plugins.loading import load_plugins
from collectrules.verdict.answers import asked, filing
from collectrules.verdict.company import Company

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.case.objects import Case
    from collectrules.verdict.answers import Answer

TODAY: Final = date(2026, 6, 1)
RULESET: Final = """\
ruleset: {name}
title: a law of a test
jurisdiction: {jurisdiction}
version: '1'
source: https://law.example/1
since: 2000-01-01
status: {status}
verified: {{date: 2026-01-01, against: the text, confidence: {confidence}}}
verify_by: {verify_by}
answers:
"""
LICENCE: Final = {
    "id": "licence",
    "title": "a licence",
    "cite": "Law 1",
    "asks": "licence",
    "kind": "statement",
    "gives": {"licence_required": True},
}

LIMITATION: Final = {
    "id": "period",
    "title": "a period",
    "cite": "Law 2",
    "asks": "limitation",
    "kind": "limitation_period",
    "starts": "largest(all_debts, due)",
    "restarts": "latest(payment).day",
    "values": {"years": {"2000-01-01": "4"}},
}


@dataclass
class Laws:
    """Rulesets in files, each of a jurisdiction."""

    folder: Path
    assume: dict[str, Any] = field(default_factory=dict)

    def enact(self, *blocks: dict[str, Any], jurisdiction: str = "XX", **head: str) -> None:
        settings = {"status": "in_force", "confidence": "high", "verify_by": "2027-01-01", **head}
        path = self.folder / (jurisdiction.lower().replace("-", "/") + ".yaml")
        path.parent.mkdir(exist_ok=True)
        name = jurisdiction.lower().replace("-", ".")
        lines = [RULESET.format(name=name, jurisdiction=jurisdiction, **settings)]
        for block in blocks:
            example = {"story": "of a test", "expect": {}}
            lines.append(f"  - {json.dumps({'examples': [example], **block})}\n")
        path.write_text("".join(lines))

    def answer(self, what: str = "licence", today: date = TODAY, **changes: Any) -> Answer:
        advisor = Advisor(Rulebook([self.folder], load_plugins().language), self.assume, today)
        return advisor.answer(case(what, **changes))


def case(what: str = "licence", **changes: Any) -> Case:
    mapping = {
        "id": "one",
        "jurisdiction": "XX",
        "record": "complete",
        "collector": {"role": "creditor"},
        "debts": [{"id": "A", "kind": "commercial"}],
        "ask": {"what": what, "at": "2026-05-01"},
        **changes,
    }
    return case_from_mapping({key: value for key, value in mapping.items() if value is not None})


@pytest.fixture
def laws(tmp_path: Path) -> Laws:
    return Laws(tmp_path)


def test_an_answer_names_its_law_and_where_it_is_written(laws: Laws) -> None:
    laws.enact(LICENCE)
    answer = laws.answer()
    assert answer.complete
    assert (answer.question, answer.case, answer.at) == ("licence", "one", "2026-05-01")
    step = answer.steps[0]
    assert step.rule == "xx.licence"
    assert step.citation == "Law 1"
    assert step.source == "https://law.example/1"
    assert step.place == "xx.yaml:11:5"
    assert [used.id for used in answer.rulesets] == ["xx"]
    assert answer.rulesets[0].hash.startswith("sha256:")
    assert answer.rulesets[0].verified == "2026-01-01"


class TestLayers:
    """The narrowest jurisdiction answers first, and what is not encoded is told."""

    def test_the_narrowest_goes_first(self, laws: Laws) -> None:
        laws.enact(LICENCE)
        laws.enact({**LICENCE, "gives": {"licence_required": False}}, jurisdiction="XX-YY")
        answer = laws.answer(jurisdiction="XX-YY")
        assert answer.values == {"licence_required": False}
        assert not answer.not_encoded
        assert [used.id for used in answer.rulesets] == ["xx.yy", "xx"]

    def test_its_parent_answers_where_it_says_nothing_and_that_is_told(self, laws: Laws) -> None:
        laws.enact(LICENCE)
        answer = laws.answer(jurisdiction="XX-YY")
        assert answer.values == {"licence_required": True}
        assert answer.not_encoded == ("XX-YY: nothing about licence",)

    def test_a_neighbour_does_not(self, laws: Laws) -> None:
        laws.enact(LICENCE, jurisdiction="XX-ZZ")
        answer = laws.answer(jurisdiction="XX-YY")
        assert not answer.values
        assert not answer.complete
        assert answer.open == ("no law is encoded that answers licence in XX-YY on that day",)
        assert not answer.rulesets

    def test_nor_does_a_draft(self, laws: Laws) -> None:
        laws.enact(LICENCE, status="draft")
        assert not laws.answer().complete


@pytest.mark.parametrize(
    ("at", "complete"),
    [("2020-01-01", True), ("2019-12-31", False), ("2024-12-31", True), ("2025-01-01", False)],
)
def test_a_block_answers_from_its_first_to_its_last_day(laws: Laws, at: str, complete: bool) -> None:
    laws.enact({**LICENCE, "since": "2020-01-01", "until": "2024-12-31"})
    assert laws.answer(ask={"what": "licence", "at": at}).complete is complete


class TestStale:
    """Past its `verify_by` an answer is told and stays open."""

    @pytest.mark.parametrize(("today", "complete"), [(date(2027, 1, 1), True), (date(2027, 1, 2), False)])
    def test_from_the_day_after(self, laws: Laws, today: date, complete: bool) -> None:
        laws.enact(LICENCE)
        answer = laws.answer(today=today)
        assert answer.values == {"licence_required": True}
        assert answer.complete is complete
        if not complete:
            assert answer.open == ("a licence: is it still the law? it was due to be verified again by 2027-01-01",)

    def test_not_where_the_block_does_not_apply(self, laws: Laws) -> None:
        stale = {**LICENCE, "when": "collector.role == third_party", "verify_by": "2026-01-01"}
        laws.enact(stale, {**LICENCE, "id": "other", "title": "another"})
        assert laws.answer().complete


@pytest.mark.parametrize("confidence", ["high", "medium", "low"])
def test_each_step_tells_how_sure_it_is_and_low_confidence_is_an_assumption(laws: Laws, confidence: str) -> None:
    laws.enact(LICENCE, confidence=confidence)
    answer = laws.answer()
    assert [step.confidence for step in answer.steps] == [confidence]
    assert bool(answer.assumed) is (confidence == "low")
    assert answer.complete


def test_a_question_without_a_day_is_asked_for_today_and_that_is_told(laws: Laws) -> None:
    laws.enact(LICENCE)
    answer = laws.answer(ask={"what": "licence"})
    assert answer.at == "2026-06-01"
    assert "the question is asked for today, 2026-06-01" in answer.assumed
    assert not laws.answer().assumed


class TestGroupsOfTheRecord:
    """In a partial record absence is taken as in a whole one where all that a block lacks is kept whole."""

    PERIOD: Final[dict[str, Any]] = {
        "debts": [{"id": "A", "kind": "commercial", "due": "2024-01-01"}],
        "record": "partial",
    }

    def test_the_group_that_a_block_hangs_on_answers_it_and_is_named(self, laws: Laws) -> None:
        laws.enact({**LICENCE, "when": "creditor.kind == company"})
        assert not laws.answer(record="partial").complete
        assert not laws.answer(record="partial", records={"debts": "whole"}).complete
        answer = laws.answer(record="partial", records={"parties": "whole"})
        assert answer.complete
        assert answer.assumed == ("records.parties = whole: the case says so",)

    def test_an_event_may_be_missing_from_any_group_that_is_not_whole(self, laws: Laws) -> None:
        laws.enact(LIMITATION)
        debtor = {"time_zone": "Europe/Paris"}
        every = dict.fromkeys(sorted(OF_HISTORY), "whole")
        answer = laws.answer("limitation", debtor=debtor, records=every, **self.PERIOD)
        assert answer.values["last_day"] == "2028-01-01"
        less = {name: kept for name, kept in every.items() if name != group_of_event("payment")}
        assert not laws.answer("limitation", debtor=debtor, records=less, **self.PERIOD).complete

    def test_what_a_company_keeps_counts_with_its_reason_and_only_while_a_check_is_fresh(self, laws: Laws) -> None:
        laws.enact({**LICENCE, "when": "creditor.kind == company"})
        rulebook = Rulebook([laws.folder], load_plugins().language)
        company = Company(records={"parties": Kept("we know our clients", max_age=30)})
        advisor = Advisor(rulebook, None, TODAY, company)
        asking = case(record="partial", checked_at={"parties": "2026-04-20"})
        assert advisor.answer(asking).assumed == (
            "records.parties = whole: we know our clients (checked on 2026-04-20)",
        )
        assert not advisor.answer(case(record="partial", checked_at={"parties": "2026-03-20"})).complete


class TestStandingAssumptions:
    """What a company takes as given."""

    BLOCK: Final = {**LICENCE, "when": "creditor.kind == company"}

    def test_they_answer_what_a_partial_record_leaves_open_and_are_named(self, laws: Laws) -> None:
        laws.enact(self.BLOCK)
        assert laws.answer(record="partial").open == (
            (
                "creditor.kind: who claims: a person, a sole trader or a company? "
                "this decides whether it applies: a licence"
            ),
        )
        laws.assume = {"creditor.kind": ("company", "we are one")}
        answer = laws.answer(record="partial")
        assert answer.complete
        assert answer.assumed == ("creditor.kind = company: we are one",)

    def test_what_a_case_states_goes_before_them(self, laws: Laws) -> None:
        laws.enact(self.BLOCK)
        laws.assume = {"creditor.kind": ("company", "we are one")}
        answer = laws.answer(record="partial", creditor={"kind": "natural_person"})
        assert not answer.values
        assert not answer.assumed

    @pytest.mark.parametrize(("zone", "complete"), [("Europe/Paris", True), (None, False)])
    def test_the_history_may_be_taken_as_whole(self, laws: Laws, zone: str | None, complete: bool) -> None:
        laws.enact(LIMITATION)
        known: dict[str, Any] = {"debts": [{"id": "A", "kind": "commercial", "due": "2024-01-01"}], "record": "partial"}
        history = [{"at": "2025-01-01", "event": "payment"}]
        debtor = {"time_zone": zone} if zone else None
        assert not laws.answer("limitation", history=history, debtor=debtor, **known).complete
        laws.assume = {"history": ("complete", "our books are whole")}
        answer = laws.answer("limitation", history=history, debtor=debtor, **known)
        assert answer.complete is complete
        if complete:
            assert answer.values["last_day"] == "2029-01-01"


class TestAsked:
    """A question put to a case that has another one, or an action."""

    def test_its_own_question_stays(self) -> None:
        own = case("court_route", ask={"what": "court_route", "at": "2026-05-01", "court_id": "xx-small"})
        assert asked(own, "court_route").ask == own.ask

    def test_a_kindred_one_too(self) -> None:
        assert _ask(asked(case("interest_rate"), "late_payment", "interest_rate")).what == "interest_rate"
        assert _ask(asked(case("interest_rate"), "late_payment")).what == "late_payment"

    def test_another_is_replaced_and_its_day_kept(self) -> None:
        ask = _ask(asked(case("licence"), "limitation"))
        assert (ask.what, ask.at) == ("limitation", date(2026, 5, 1))

    def test_an_action_gives_its_day_its_debts_and_its_court(self) -> None:
        acting = case(
            ask=None,
            debts=[{"id": "A", "kind": "commercial"}, {"id": "B", "kind": "commercial"}],
            action={"kind": "file_claim", "at": "2026-04-08T10:00", "debts": ["B"], "court_id": "xx-small"},
        )
        question = asked(acting, "court_route")
        ask = _ask(question)
        assert (ask.what, ask.at, ask.court_id) == ("court_route", date(2026, 4, 8), "xx-small")
        assert [debt.id for debt in question.debts] == ["B"]
        assert question.action is None

    def test_changes_go_before_both_and_nothing_else_changes(self) -> None:
        changes = {"at": date(2026, 7, 1), "amount": Decimal("10.00"), "currency": "EUR", "interest_from": None}
        ask = _ask(
            asked(
                case("late_payment", ask={"what": "late_payment", "interest_from": "2026-01-01"}),
                "late_payment",
                **changes,
            )
        )
        assert (ask.at, ask.amount, ask.currency) == (date(2026, 7, 1), Decimal("10.00"), "EUR")
        assert ask.interest_from == date(2026, 1, 1)


class TestFiling:
    """The act of filing that belongs to an answer about the court."""

    def test_a_question_becomes_the_act_on_its_day(self, laws: Laws) -> None:
        laws.enact(LICENCE)
        act = filing(case(), laws.answer()).action
        assert act is not None
        assert (act.kind, act.at) == ("file_claim", date(2026, 5, 1))

    def test_another_act_gives_way_to_it(self, laws: Laws) -> None:
        laws.enact(LICENCE)
        acting = case(ask=None, action={"kind": "contact", "at": "2026-05-01T10:00", "channel": "phone"})
        act = filing(acting, laws.answer()).action
        assert act is not None
        assert (act.kind, act.at, act.channel) == ("file_claim", date(2026, 5, 1), None)

    @pytest.mark.parametrize(("hour", "kept"), [("2026-05-01T10:00", True), ("2026-05-02T10:00", False)])
    def test_a_filing_stays_as_it_is_on_its_own_day(self, laws: Laws, hour: str, kept: bool) -> None:
        laws.enact(LICENCE)
        acting = case(ask=None, action={"kind": "file_claim", "at": hour, "venue": "debtor_residence"})
        act = filing(acting, laws.answer()).action
        assert act is not None
        assert act.facts == {"venue": "debtor_residence"}
        assert act.at == (acting.action.at if kept and acting.action else date(2026, 5, 1))


def _ask(question: Case) -> Any:
    assert question.ask is not None
    return question.ask


def test_a_country_whose_parts_answer_asks_for_the_part() -> None:
    stated = {
        "collector": {"role": "creditor"},
        "debts": [{"id": "A", "kind": "commercial", "amount": "900.00", "currency": "GBP", "due": "2026-09-30"}],
        "ask": {"what": "limitation", "at": "2026-11-24"},
    }
    advisor = Advisor.load()
    answer = advisor.answer({"jurisdiction": "GB", **stated})
    assert answer.open == (
        "no law is encoded that answers limitation in GB on that day",
        "say which part, by `region` of the debtor's address or by `jurisdiction`, as GB-ENG, GB-NIR, GB-SCT",
    )
    london = {"kind": "company", "addresses": [{"country": "GB", "city": "London", "postal_code": "SW1A 1AA"}]}
    assert advisor.answer({"version": 2, "debtor": london, "record": "complete", **stated}).complete

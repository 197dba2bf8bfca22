"""Which court takes a claim: limits, what counts toward them, and claims that are cut down."""

from __future__ import annotations

from typing import Any, Final

import pytest

SMALL: Final[dict[str, Any]] = {
    "asks": "court_route",
    "kind": "court",
    "route": "small_claims",
    "court_id": "xx-small",
    "currency": "EUR",
    "values": {"at_most": {"2010-01-01": "500.00", "2020-01-01": "1000.00"}},
}
LARGE: Final[dict[str, Any]] = {
    "asks": "court_route",
    "kind": "court",
    "route": "not_small_claims",
    "court": "circuit_court",
    "currency": "EUR",
}
COURT = {"what": "court_route"}


@pytest.mark.parametrize(
    ("amount", "route"), [("999.99", "small_claims"), ("1000.00", "small_claims"), ("1000.01", "not_small_claims")]
)
def test_the_limit_is_inclusive(country: Any, debt: Any, amount: str, route: str) -> None:
    answer = country.answer([SMALL, LARGE], COURT, debts=[debt(amount=amount)])
    assert answer.values["route"] == route
    assert answer.complete


@pytest.mark.parametrize(("day", "route"), [("2019-12-31", "not_small_claims"), ("2020-01-01", "small_claims")])
def test_the_limit_is_that_of_the_day(country: Any, debt: Any, day: str, route: str) -> None:
    answer = country.answer([SMALL, LARGE], {**COURT, "at": day}, debts=[debt(amount="800.00")])
    assert answer.values["route"] == route


@pytest.mark.parametrize(
    ("limits", "day"),
    [
        ({"2010-01-01": "500.00"}, "2009-12-31"),
        ({"2010-01-01": "500.00", "2025-01-01": "unknown"}, "2025-01-01"),
    ],
)
def test_where_the_limit_of_the_day_is_not_known_nothing_is_guessed(
    country: Any, limits: dict[str, str], day: str
) -> None:
    answer = country.answer([{**SMALL, "values": {"at_most": limits}}, LARGE], {**COURT, "at": day})
    assert not answer.values
    assert answer.open == (f"block 1: its limit on {day} is not known",)


@pytest.mark.parametrize(("amount", "court"), [("500.00", None), ("500.01", "upper")])
def test_above_is_exclusive(country: Any, debt: Any, amount: str, court: str | None) -> None:
    block = {**LARGE, "court": "upper", "values": {"above": {"2010-01-01": "500.00"}}}
    answer = country.answer([block], COURT, debts=[debt(amount=amount)])
    assert answer.values.get("court") == court
    assert answer.values["route"] == "not_small_claims"


def test_a_lower_limit_that_is_not_known_is_not_passed_over(country: Any) -> None:
    answer = country.answer([{**LARGE, "values": {"above": {"2010-01-01": "unknown"}}}], COURT)
    assert not answer.values
    assert not answer.complete


def test_a_claim_in_another_currency_is_open(country: Any, debt: Any) -> None:
    answer = country.answer([SMALL, LARGE], COURT, debts=[debt(currency="GBP")])
    assert not answer.values
    assert answer.open == ("ask.amount: the claim in EUR? it is in GBP, the limit of block 1 is in EUR",)


def test_debts_in_several_currencies_are_no_sum(country: Any, debt: Any) -> None:
    answer = country.answer([SMALL, LARGE], COURT, debts=[debt(), debt(id="B", currency="GBP")])
    assert not answer.values
    assert "EUR, GBP" in answer.open[0]


def test_an_unknown_amount_is_open_and_named(country: Any, debt: Any) -> None:
    answer = country.answer([SMALL, LARGE], COURT, debts=[debt(), debt(id="B", amount=None, currency=None)])
    assert not answer.values
    assert answer.open == ("debts[B].amount: the principal without interest and costs?",)


def test_the_debts_are_added_up_and_the_sum_is_told_as_assumed(country: Any, debt: Any) -> None:
    answer = country.answer([SMALL, LARGE], COURT, debts=[debt(), debt(id="B", amount="0.01")])
    assert answer.values["route"] == "not_small_claims"
    assert "the claim is the sum of the debts, 1000.01 EUR" in answer.assumed


def test_an_amount_that_is_asked_about_goes_before_the_debts(country: Any, debt: Any) -> None:
    ask = {**COURT, "amount": "900.00", "currency": "EUR"}
    answer = country.answer([SMALL, LARGE], ask, debts=[debt(amount=None, currency=None)])
    assert answer.values["route"] == "small_claims"
    assert not answer.assumed


class TestCutDown:
    """A claim that is too large for the small claims court may be cut down to its limit."""

    def test_up_to_the_limit(self, country: Any, debt: Any) -> None:
        values = country.answer([SMALL, LARGE], COURT, debts=[debt(amount="1200.00")]).values
        assert values["may_file_up_to"] == "1000.00"
        assert values["court"] == "circuit_court"
        assert "court_id" not in values

    def test_not_where_the_law_forbids_it(self, country: Any, debt: Any) -> None:
        blocks = [{**SMALL, "may_be_reduced": "no"}, LARGE]
        assert "may_file_up_to" not in country.answer(blocks, COURT, debts=[debt(amount="1200.00")]).values

    def test_not_for_a_claim_that_fits(self, country: Any) -> None:
        assert "may_file_up_to" not in country.answer([SMALL, LARGE], COURT).values

    def test_not_where_another_small_claims_court_takes_the_whole(self, country: Any, debt: Any) -> None:
        wider = {**SMALL, "court_id": "xx-other", "values": {"at_most": {"2010-01-01": "2000.00"}}}
        values = country.answer([SMALL, wider, LARGE], COURT, debts=[debt(amount="1200.00")]).values
        assert values == {"route": "small_claims", "court_id": "xx-other"}

    def test_up_to_the_largest_limit_of_several(self, country: Any, debt: Any) -> None:
        wider = {**SMALL, "court_id": "xx-other", "values": {"at_most": {"2010-01-01": "2000.00"}}}
        for blocks in ([SMALL, wider, LARGE], [wider, SMALL, LARGE]):
            assert country.answer(blocks, COURT, debts=[debt(amount="2000.01")]).values["may_file_up_to"] == "2000.00"

    def test_not_to_the_limit_of_another_kind_of_court(self, country: Any, debt: Any) -> None:
        middle = {**LARGE, "court": "middle", "values": {"at_most": {"2010-01-01": "5000.00"}}}
        values = country.answer([middle, LARGE], COURT, debts=[debt(amount="6000.00")]).values
        assert values == {"route": "not_small_claims", "court": "circuit_court"}


class TestConditions:
    """`when:` says for whom a block holds."""

    FREQUENT: Final = {
        **SMALL,
        "when": "creditor.small_claims_filed_this_year >= 2",
        "values": {"at_most": {"2010-01-01": "250.00"}},
    }
    SELDOM: Final = {**SMALL, "when": "creditor.small_claims_filed_this_year < 2"}

    @pytest.mark.parametrize(("filed", "route"), [(1, "small_claims"), (2, "not_small_claims")])
    def test_the_number_of_claims_filed(self, country: Any, filed: int, route: str) -> None:
        creditor = {"kind": "company", "small_claims_filed_this_year": filed}
        answer = country.answer([self.FREQUENT, self.SELDOM, LARGE], COURT, creditor=creditor)
        assert answer.values["route"] == route
        assert answer.values.get("may_file_up_to") == ("250.00" if filed == 2 else None)

    def test_whom_it_binds_is_asked_and_no_later_block_answers_in_its_stead(self, country: Any) -> None:
        blocks = [{**SMALL, "when": "creditor.kind == natural_person"}, LARGE]
        answer = country.answer(blocks, COURT, record="partial")
        assert "route" not in answer.values
        assert answer.open == (
            "creditor.kind: who claims: a person, a sole trader or a company? this decides whether it applies: block 1",
        )

    def test_what_a_complete_record_does_not_state_is_told_as_assumed(self, country: Any) -> None:
        answer = country.answer([{**SMALL, "when": "creditor.kind == natural_person"}, LARGE], COURT)
        assert answer.values["route"] == "not_small_claims"
        assert "creditor.kind is not stated, and the record is complete" in answer.assumed

    def test_what_it_states_is_not(self, country: Any) -> None:
        blocks = [{**SMALL, "when": "creditor.kind == natural_person"}, LARGE]
        answer = country.answer(blocks, COURT, creditor={"kind": "company"})
        assert not [fact for fact in answer.assumed if "creditor" in fact]

    def test_a_court_that_is_wanted_is_the_only_one_for_small_claims(self, country: Any) -> None:
        assert country.answer([SMALL, LARGE], {**COURT, "court_id": "xx-small"}).values["court_id"] == "xx-small"
        assert country.answer([SMALL, LARGE], {**COURT, "court_id": "xx-none"}).values["route"] == "not_small_claims"

    def test_where_no_small_claims_court_takes_it_some_other_does(self, country: Any, debt: Any) -> None:
        answer = country.answer([SMALL], COURT, debts=[debt(amount="1000.01")])
        assert answer.values == {"route": "not_small_claims", "may_file_up_to": "1000.00"}


class TestFees:
    """Attorney fees count toward the limit where the law says so."""

    @pytest.mark.parametrize(("fees", "route"), [("0.00", "small_claims"), ("0.01", "not_small_claims")])
    def test_they_count(self, country: Any, debt: Any, fees: str, route: str) -> None:
        answer = country.answer([{**SMALL, "counts": ["attorney_fees"]}], COURT, debts=[debt(attorney_fees=fees)])
        assert answer.values["route"] == route

    def test_elsewhere_they_do_not(self, country: Any, debt: Any) -> None:
        answer = country.answer([SMALL], COURT, debts=[debt(attorney_fees="500.00")])
        assert answer.values["route"] == "small_claims"

    def test_that_there_are_none_is_told_as_assumed_where_they_would_count(self, country: Any) -> None:
        told = "no attorney fees are claimed on top"
        assert told in country.answer([{**SMALL, "counts": ["attorney_fees"]}], COURT).assumed
        assert told not in country.answer([SMALL], COURT).assumed


@pytest.mark.parametrize(
    ("field", "word"), [("route", "small_claim"), ("may_be_reduced", "never"), ("counts", "lawyers")]
)
def test_a_misspelt_word_is_a_mistake_of_the_ruleset(country: Any, field: str, word: str) -> None:
    assert country.problems({**SMALL, field: word}) == [f"CR103 `{word}` is no word for `{field}`"]


@pytest.mark.parametrize(
    ("amount", "route", "up_to"), [("999.99", "small_claims", None), ("1000.00", "not_small_claims", "999.99")]
)
def test_below_is_exclusive(country: Any, debt: Any, amount: str, route: str, up_to: str | None) -> None:
    block = {**SMALL, "values": {"below": {"2010-01-01": "1000.00"}}}
    answer = country.answer([block, LARGE], COURT, debts=[debt(amount=amount)])
    assert (answer.values["route"], answer.values.get("may_file_up_to")) == (route, up_to)


@pytest.mark.parametrize(("word", "told"), [("no", False), ("unknown", True)])
def test_where_it_was_not_found_whether_a_claim_may_be_cut_down_that_is_told(
    country: Any, debt: Any, word: str, told: bool
) -> None:
    answer = country.answer([{**SMALL, "may_be_reduced": word}, LARGE], COURT, debts=[debt(amount="1000.01")])
    assert "may_file_up_to" not in answer.values
    sentence = "block 1: whether a claim may be cut down to the limit was not found"
    assert (sentence in [step.sentence for step in answer.steps]) is told


@pytest.mark.parametrize(
    ("amount", "route", "open_"),
    [
        ("1000.00", "small_claims", ()),
        ("1000.01", None, ("block 2: has the limit risen?",)),
        ("3000.00", None, ("block 2: has the limit risen?",)),
        ("3000.01", "not_small_claims", ()),
    ],
)
def test_a_claim_within_the_limits_of_a_question_is_left_to_a_person(
    country: Any, debt: Any, amount: str, route: str | None, open_: tuple[str, ...]
) -> None:
    values = {"above": {"2010-01-01": "1000.00"}, "at_most": {"2010-01-01": "3000.00"}}
    doubtful = {**SMALL, "question": "has the limit risen?", "values": values}
    answer = country.answer([SMALL, doubtful, LARGE], COURT, debts=[debt(amount=amount)])
    assert answer.values.get("route") == route
    assert answer.open == open_
    assert answer.values.get("may_file_up_to") == (None if amount == "1000.00" else "1000.00")


def test_it_is_asked_though_another_court_takes_the_claim(country: Any, debt: Any) -> None:
    doubtful = {**SMALL, "question": "has the limit risen?", "values": {"at_most": {"2010-01-01": "3000.00"}}}
    answer = country.answer([LARGE, doubtful], COURT, debts=[debt(amount="2000.00")])
    assert answer.values["route"] == "not_small_claims"
    assert answer.open == ("block 2: has the limit risen?",)


def test_a_court_that_takes_the_claim_leaves_no_later_one_to_ask_about(country: Any, debt: Any) -> None:
    by_consent = {**SMALL, "court_id": "xx-consent", "when": "ask.parties_consent"}
    answer = country.answer([SMALL, by_consent], COURT, debts=[debt()], record="partial")
    assert answer.values["court_id"] == "xx-small"
    assert answer.complete


def test_what_a_block_assumes_is_told_where_it_answers(country: Any, debt: Any) -> None:
    blocks = [{**SMALL, "assumes": "both are traders"}, {**LARGE, "assumes": ["a", "b"]}]
    small, large = (country.answer(blocks, COURT, debts=[debt(amount=each)]).assumed for each in ("10.00", "2000.00"))
    assert small == ("the claim is the sum of the debts, 10.00 EUR", "block 1: both are traders")
    assert {"block 2: a", "block 2: b"} <= set(large)
    assert "block 1: both are traders" not in large


class TestClaimants:
    """Who claims: an assignee, a buyer, an agency; by a lawyer or without."""

    @pytest.mark.parametrize("role", ["third_party", "debt_buyer", "servicer", "affiliate"])
    @pytest.mark.parametrize(
        ("word", "route"),
        [("yes", "small_claims"), ("no", "not_small_claims"), ("unknown", None), (None, "small_claims")],
    )
    def test_an_assignee_or_agency(self, country: Any, role: str, word: str | None, route: str | None) -> None:
        block = SMALL if word is None else {**SMALL, "assignee_may_file": word}
        answer = country.answer([block, LARGE], COURT, collector={"role": role})
        assert answer.values.get("route") == route
        assert answer.complete is (route is not None)
        assert "may_file_up_to" not in answer.values

    @pytest.mark.parametrize("role", ["creditor", "law_firm"])
    def test_the_creditor_itself_by_a_lawyer_or_not(self, country: Any, role: str) -> None:
        answer = country.answer([{**SMALL, "assignee_may_file": "no"}, LARGE], COURT, collector={"role": role})
        assert answer.values["route"] == "small_claims"

    def test_a_creditor_to_whom_the_debt_was_assigned(self, country: Any) -> None:
        history = [{"at": "2025-01-10", "event": "debt_assigned"}]
        answer = country.answer([{**SMALL, "assignee_may_file": "no"}, LARGE], COURT, history=history)
        assert answer.values["route"] == "not_small_claims"

    @pytest.mark.parametrize("word", ["no", "unknown"])
    def test_nobody_is_told_to_cut_a_claim_down_for_a_court_that_may_be_shut(
        self, country: Any, debt: Any, word: str
    ) -> None:
        blocks = [{**SMALL, "assignee_may_file": word}, LARGE]
        answer = country.answer(blocks, COURT, debts=[debt(amount="1000.01")], collector={"role": "debt_buyer"})
        assert answer.values == {"route": "not_small_claims", "court": "circuit_court"}

    @pytest.mark.parametrize(
        ("ask", "role", "route"),
        [
            ({"represented_by": "attorney"}, "creditor", "not_small_claims"),
            ({"represented_by": "employee"}, "creditor", "small_claims"),
            ({}, "creditor", "small_claims"),
            ({}, "law_firm", "not_small_claims"),
        ],
    )
    def test_a_lawyer(self, country: Any, ask: dict[str, str], role: str, route: str) -> None:
        blocks = [{**SMALL, "attorney_may_appear": "no"}, LARGE]
        assert country.answer(blocks, {**COURT, **ask}, collector={"role": role}).values["route"] == route

    def test_what_else_is_required_is_told_with_the_court(self, country: Any, debt: Any) -> None:
        block = {**SMALL, "requires": "attorney"}
        assert country.answer([block, LARGE], COURT).values["requires"] == "attorney"
        assert "requires" not in country.answer([block, LARGE], COURT, debts=[debt(amount="1000.01")]).values


class TestFilings:
    """How many claims one claimant may file."""

    YEARLY: Final[dict[str, Any]] = {**SMALL, "values": {**SMALL["values"], "filings_per_year": {"2010-01-01": 2}}}

    @pytest.mark.parametrize(
        ("period", "inside", "outside"),
        [
            ("year", "2025-01-01", "2024-12-31"),
            ("month", "2025-06-01", "2025-05-31"),
            ("week", "2025-06-30", "2025-06-29"),
        ],
    )
    def test_those_of_the_period_count(self, country: Any, period: str, inside: str, outside: str) -> None:
        block = {**SMALL, "values": {**SMALL["values"], f"filings_per_{period}": {"2010-01-01": 1}}}
        for day, route in ((inside, "not_small_claims"), (outside, "small_claims")):
            history = [{"at": day, "event": "small_claim_filed"}]
            assert country.answer([block, LARGE], COURT, history=history).values["route"] == route

    @pytest.mark.parametrize(("filed", "route"), [(1, "small_claims"), (2, "not_small_claims")])
    def test_a_figure_that_is_stated(self, country: Any, filed: int, route: str) -> None:
        creditor = {"small_claims_filed_this_year": filed}
        assert country.answer([self.YEARLY, LARGE], COURT, creditor=creditor).values["route"] == route

    def test_the_larger_of_a_figure_and_the_events(self, country: Any) -> None:
        history = [{"at": day, "event": "small_claim_filed"} for day in ("2025-02-01", "2025-03-01")]
        creditor = {"small_claims_filed_this_year": 1}
        answer = country.answer([self.YEARLY, LARGE], COURT, creditor=creditor, history=history)
        assert answer.values["route"] == "not_small_claims"

    def test_of_a_partial_record_it_is_asked(self, country: Any) -> None:
        answer = country.answer([self.YEARLY, LARGE], COURT, record="partial")
        assert "route" not in answer.values
        most = "it takes no more than 2 a calendar year from one claimant"
        assert answer.open == (f"block 1: how many claims were filed there this year? {most}",)

    def test_of_a_complete_one_it_is_told_as_assumed(self, country: Any) -> None:
        answer = country.answer([self.YEARLY, LARGE], COURT)
        assert answer.values["route"] == "small_claims"
        assert "no small claim was filed there before, this year" in answer.assumed

    @pytest.mark.parametrize(("claim", "asks"), [("250.00", False), ("250.01", True)])
    def test_a_claim_up_to_the_amount_does_not_count(self, country: Any, debt: Any, claim: str, asks: bool) -> None:
        values = {**self.YEARLY["values"], "filings_over": {"2010-01-01": "250.00"}}
        answer = country.answer(
            [{**self.YEARLY, "values": values}], COURT, record="partial", debts=[debt(amount=claim)]
        )
        assert answer.complete is not asks

    @pytest.mark.parametrize(("amount", "route"), [("250.00", "small_claims"), ("250.01", "not_small_claims")])
    def test_nor_does_one_that_was_filed(self, country: Any, amount: str, route: str) -> None:
        values = {**self.YEARLY["values"], "filings_over": {"2010-01-01": "250.00"}}
        history = [
            {"at": day, "event": "small_claim_filed", "amount": each, "currency": "EUR"}
            for day, each in (("2025-02-01", "900.00"), ("2025-03-01", amount))
        ]
        answer = country.answer([{**self.YEARLY, "values": values}, LARGE], COURT, history=history)
        assert answer.values["route"] == route

    def test_a_figure_does_not_say_how_many_were_larger(self, country: Any) -> None:
        values = {**self.YEARLY["values"], "filings_over": {"2010-01-01": "250.00"}}
        creditor = {"small_claims_filed_this_year": 2}
        assert not country.answer([{**self.YEARLY, "values": values}, LARGE], COURT, creditor=creditor).complete

    @pytest.mark.parametrize(("filed", "route"), [(5, "small_claims"), (6, "not_small_claims")])
    def test_so_many_for_each_place_of_business(self, country: Any, filed: int, route: str) -> None:
        creditor = {"locations_in_district": 3, "small_claims_filed_this_year": filed}
        block = {**self.YEARLY, "filings_per_location": "yes"}
        assert country.answer([block, LARGE], COURT, creditor=creditor).values["route"] == route

    @pytest.mark.parametrize(("filed", "complete"), [(0, True), (1, False)])
    def test_before_the_first_number_that_is_known_it_is_asked_where_any_was_filed(
        self, country: Any, filed: int, complete: bool
    ) -> None:
        block = {**SMALL, "values": {**SMALL["values"], "filings_per_year": {"2025-07-01": 2}}}
        creditor = {"small_claims_filed_this_year": filed}
        assert country.answer([block, LARGE], COURT, creditor=creditor).complete is complete

    def test_of_places_of_business_that_are_not_known_nothing_is_guessed(self, country: Any) -> None:
        creditor = {"small_claims_filed_this_year": 2}
        blocks = [{**self.YEARLY, "filings_per_location": "yes"}, LARGE]
        assert not country.answer(blocks, COURT, creditor=creditor, record="partial").complete
        assert country.answer(blocks, COURT, creditor=creditor).values["route"] == "not_small_claims"

    def test_claims_of_unknown_amounts_may_have_been_larger(self, country: Any) -> None:
        values = {**self.YEARLY["values"], "filings_over": {"2010-01-01": "250.00"}}
        history = [{"at": day, "event": "small_claim_filed"} for day in ("2025-02-01", "2025-03-01")]
        for stated in (None, 1):
            creditor = {} if stated is None else {"creditor": {"small_claims_filed_this_year": stated}}
            answer = country.answer([{**self.YEARLY, "values": values}], COURT, history=history, **creditor)
            assert not answer.complete


class TestQuestions:
    """A block that takes no claim: what lies within its limits is left to a person."""

    DOUBT: Final = {
        **SMALL,
        "question": "was the limit raised?",
        "values": {"above": {"2010-01-01": "1000.00"}, "at_most": {"2010-01-01": "2000.00"}},
    }

    @pytest.mark.parametrize(
        ("amount", "complete"), [("1000.00", True), ("1000.01", False), ("2000.00", False), ("2000.01", True)]
    )
    def test_beside_the_answer_of_the_others(self, country: Any, debt: Any, amount: str, complete: bool) -> None:
        answer = country.answer([SMALL, LARGE, self.DOUBT], COURT, debts=[debt(amount=amount)])
        assert answer.values["route"] == ("small_claims" if amount == "1000.00" else "not_small_claims")
        assert answer.complete is complete
        assert answer.open == (() if complete else ("block 3: was the limit raised?",))

    def test_before_the_others_in_their_stead(self, country: Any, debt: Any) -> None:
        answer = country.answer([SMALL, self.DOUBT, LARGE], COURT, debts=[debt(amount="1500.00")])
        assert "route" not in answer.values

    def test_what_is_taken_for_granted_is_told_where_the_court_takes_it(self, country: Any, debt: Any) -> None:
        block = {**SMALL, "assumes": "no order lowers the limit"}
        told = "block 1: no order lowers the limit"
        assert told in country.answer([block, LARGE], COURT).assumed
        assert told not in country.answer([block, LARGE], COURT, debts=[debt(amount="1000.01")]).assumed


@pytest.mark.parametrize(("fees", "complete"), [("0.00", True), ("0.01", False)])
def test_fees_that_may_count_are_open_where_they_matter(country: Any, debt: Any, fees: str, complete: bool) -> None:
    block = {**SMALL, "may_count": ["attorney_fees"]}
    answer = country.answer([block, LARGE], COURT, debts=[debt(attorney_fees=fees)])
    assert answer.complete is complete
    assert (answer.values.get("route") == "small_claims") is complete


def test_interest_that_counts_is_told_as_not_claimed(country: Any) -> None:
    told = "no interest, which counts toward the limit here, is claimed on top"
    assert told in country.answer([{**SMALL, "counts": ["interest"]}], COURT).assumed
    assert told not in country.answer([SMALL], COURT).assumed

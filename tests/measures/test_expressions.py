"""Every operator, query and function on what is settled, on what is known, and on what is certain to be there."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectrules.expressions.syntax import SyntaxProblem, parse
from collectrules.measures.context import Context

if TYPE_CHECKING:
    Law = Any

CALL = {"at": "2026-04-06T10:00", "channel": "phone", "direction": "outbound", "outcome": "conversation"}
CALLED = {**CALL, "at": "2026-04-07T10:00", "outcome": "no_answer"}
RAN_OUT = {"at": "2026-04-07T12:00", "channel": "phone", "direction": "outbound"}
"""A call of which no outcome is told."""
LETTER = {"at": "2026-04-01", "channel": "letter", "direction": "outbound", "outcome": "mailed"}
OPT_OUT = {"at": "2026-04-02T09:00", "event": "opt_out"}


# ---- queries -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "settled", "known", "certain"),
    [
        ("any(contacts where channel == phone)", True, True, True),
        ("any(contacts where channel == sms)", False, None, None),
        ("no(contacts where channel == phone)", False, False, False),
        ("no(contacts where channel == sms)", True, None, None),
        ("count(contacts)", 4, None, 4),
        ("count(contacts where channel == phone)", 3, None, 3),
        ("count(contacts where outcome == busy)", 0, None, 0),
        ("count(contacts where outcome not in [busy])", 4, None, 3),
        ("any(opt_out)", True, True, True),
        ("any(payment)", False, None, None),
        ("count(events)", 1, None, 1),
        ("latest(contacts where channel == phone).minute", 720, None, None),
        ("earliest(contacts where channel == phone).minute", 600, None, None),
        ("latest(contacts where channel == letter).age", 7, None, None),
        ("latest(contacts where channel == sms).day is absent", True, None, None),
        ("latest(contacts where channel == phone).day is given", True, None, None),
        ("latest(contacts where channel == sms).day == 2026-04-01", False, None, None),
        ("latest(contacts where channel == sms).day != 2026-04-01", True, None, None),
        ("latest(contacts where channel == sms).day < 2026-04-01", None, None, None),
        ("latest(contacts where channel == sms).consented", False, None, None),
        ("largest(contacts as c, count(contacts as d where d.day == c.day))", 2, None, 2),
        ("largest(payment as p, p.age)", 0, None, 0),
        ("any(contacts as c where any(opt_out as o where o before c))", True, True, True),
        ("any(contacts as c where c.channel == letter and any(opt_out as o where o before c))", False, None, None),
        ("any(opt_out as o where o after action)", False, None, None),
        ("any(debts of action where kind == consumer)", True, True, True),
        ("no(all_debts where kind == commercial)", True, True, True),
        ("any(endpoints where channel == sms)", False, None, None),
        ("action.debts overlaps action.debts", True, True, True),
    ],
)
def test_a_query_over_the_history(law: Law, text: str, settled: Any, known: Any, certain: Any) -> None:
    history = [LETTER, OPT_OUT, CALL, CALLED, RAN_OUT]
    assert law.value(text, history=history) == settled
    assert law.value(text, "as_stated", history=history) == known
    assert law.value(text, "at_least", history=history) == certain
    if text.startswith("count(") and settled is not None:
        assert law.value(text, "at_most", history=history) == settled
        assert law.value(text, "at_most_stated", history=history) is None


NARROWING = (
    "age < {days}",
    "age <= {days}",
    "age == {days}",
    "debtor_said has wants_information",
    "debtor_said has any [refuses_to_pay, wants_information]",
    "requested_recontact == true",
    "content has any [profanity, threat_violence]",
)
WALL_CLOCK = st.datetimes(datetime.fromisoformat("2026-04-03"), datetime.fromisoformat("2026-04-08T09:59")).map(
    lambda at: at.isoformat(timespec="minutes")
)
MOMENTS = st.one_of(
    st.dates(date(2026, 4, 3), date(2026, 4, 8)).map(str), WALL_CLOCK, WALL_CLOCK.map(lambda at: f"{at}+02:00")
)
CONTACTS = st.fixed_dictionaries(
    {"at": MOMENTS, "channel": st.sampled_from(["phone", "letter"]), "direction": st.just("outbound")},
    optional={
        "debtor_said": st.lists(st.sampled_from(["wants_information", "refuses_to_pay"]), unique=True),
        "requested_recontact": st.booleans(),
        "content": st.lists(st.sampled_from(["profanity", "debt_information"]), unique=True),
        "outcome": st.sampled_from(["conversation", "no_answer"]),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400)
@given(
    query=st.sampled_from(["any({})", "no({})", "count({})", "latest({}).day", "earliest({}).minute"]),
    condition=st.sampled_from(NARROWING),
    days=st.integers(0, 4),
    opened=st.booleans(),
    zone=st.sampled_from(["America/New_York", None]),
    history=st.lists(CONTACTS, min_size=1, max_size=6),
)
def test_looking_at_a_part_of_the_history_changes_nothing(
    law: Law, query: str, condition: str, days: int, *, opened: bool, zone: str | None, history: list[dict[str, Any]]
) -> None:
    """A denial that is denied is not looked into, so that the whole history is read for it."""
    condition = condition.format(days=days)
    context = Context(law.case(history=history, debtor=zone and {"time_zone": zone}), law.loaded.channels)
    if opened:
        context = context.opened(history_is_whole=True)
    for other in ("", "outcome == conversation and "):
        narrow, whole = (
            law.evaluator().function(
                parse(query.format(f"contacts where {other}{asked}")), "as_stated" if opened else "if_complete"
            )
            for asked in (condition, f"not (not ({condition}))")
        )
        assert narrow(context) == whole(context)


def test_a_lower_bound_is_none_for_what_must_be_small(law: Law) -> None:
    """In a partial record there may be more opt-outs than are listed, so no contact surely has fewer than two."""
    text = "count(contacts as c where count(opt_out as o where o before c) < 2) >= 1"
    assert law.value(text, "at_least", history=[OPT_OUT, CALL]) is not True
    assert law.value(text, history=[OPT_OUT, CALL]) is True


def test_endpoints_may_be_more_than_listed_even_where_the_history_is_whole(law: Law) -> None:
    advisor = law.advisor(
        law.ruleset("when: any(endpoints where channel == sms)"), assume={"history": ("complete", "the system says so")}
    )
    assert advisor.judge(law.case(record="partial")).outcomes[0].breach is None


def test_the_unknown_entry_hides_the_latest_but_not_the_earlier_one(law: Law) -> None:
    text = "latest(contacts where outcome == voicemail).day"
    left = {**CALL, "outcome": "voicemail"}
    assert law.value(text, history=[left, RAN_OUT]) is None
    assert law.value(text, history=[{**RAN_OUT, "at": "2026-04-01"}, left]) is not None
    assert law.value("any(contacts where outcome == voicemail)", history=[left, RAN_OUT]) is True


def test_an_absence_that_excludes_words_says_so_in_a_complete_record_only(law: Law) -> None:
    text = "any(contacts where outcome not in [busy, not_in_service])"
    assert law.value(text, history=[RAN_OUT]) is True
    assert law.value(text, "as_stated", history=[RAN_OUT]) is None
    law.define("reached", "outcome not in [busy, not_in_service]", of_contact=True)
    assert law.value("any(contacts where reached)", "as_stated", history=[RAN_OUT]) is None
    assert law.value("reached(action)", "as_stated") is True
    assert law.value("any(contacts where outcome == busy)", history=[RAN_OUT]) is False
    assert law.value("any(contacts where outcome == voicemail)", history=[RAN_OUT]) is None


def test_consents_of_both_kinds_are_asked(law: Law) -> None:
    history = [
        {"at": "2026-04-01", "event": "consent"},
        {**CALL, "consent": {"calls": True}},
        {**CALLED},
    ]
    assert law.value("count(consents)", history=history) == 2
    assert law.value("count(consents where consent.calls)", history=history) == 1
    assert law.value("any(contacts where consent is given)", history=history) is True


def test_times_are_that_many_contacts(law: Law) -> None:
    assert law.value("count(contacts)", history=[{**LETTER, "times": 3}, CALL]) == 4


def test_debts_absent_are_all_debts(law: Law) -> None:
    debts = [{"id": "A", "kind": "consumer"}, {"id": "B", "kind": "commercial"}]
    assert law.value("count(debts of action)", debts=debts) == 2
    assert law.value("count(debts of action)", debts=debts, action={"debts": ["B"]}) == 1
    assert law.value("any(debts of action where kind == consumer)", debts=debts, action={"debts": ["B"]}) is False


# ---- definitions ---------------------------------------------------------------------------------------------------


def test_a_definition_of_the_case_is_a_name(law: Law) -> None:
    law.define("young", "debtor.minor")
    law.define("young_by_phone", "young and action.channel == phone")
    assert law.value("young_by_phone", debtor={"minor": True}) is True
    assert law.value("young_by_phone") is False
    assert law.value("young_by_phone", "as_stated") is None


def test_a_definition_of_a_contact_is_asked_of_the_action_or_of_a_contact(law: Law) -> None:
    law.define("by_phone", "channel == phone", of_contact=True)
    law.define("unanswered", "by_phone and outcome == no_answer", of_contact=True)
    law.define("repeated", "any(contacts as c where unanswered(c) and c before this)", of_contact=True)
    assert law.value("by_phone(action)") is True
    assert law.value("count(contacts where unanswered)", history=[CALL, CALLED, LETTER]) == 1
    assert law.value("count(contacts as c where unanswered(c))", history=[CALL, CALLED, LETTER]) == 1
    assert law.value("repeated(action)", history=[CALLED]) is True
    assert law.value("count(contacts where repeated)", history=[CALLED, {**RAN_OUT}]) == 1


TWO_DEBTS = [{"id": "A", "kind": "consumer"}, {"id": "B", "kind": "commercial"}]


def test_a_definition_of_several_subjects_reads_each_by_its_name(law: Law) -> None:
    law.define("open_dispute", "d.debts has b.id and d.day >= 2026-04-02", of={"d": "event", "b": "debt"})
    law.define("disputed", "any(dispute_received as d where open_dispute(d, b))", of={"b": "debt"})
    early = {"at": "2026-04-01", "event": "dispute_received", "debts": ["B"]}
    late = {"at": "2026-04-02", "event": "dispute_received", "debts": ["A"]}
    text = "count(debts of action as b where disputed(b))"
    assert law.value(text, debts=TWO_DEBTS, history=[early, late]) == 1
    assert law.value(text, debts=TWO_DEBTS, history=[early]) == 0
    assert law.value(text, debts=TWO_DEBTS, history=[early, {**early, "at": "2026-04-03"}, late]) == 2
    assert law.value(text, "as_stated", debts=TWO_DEBTS, history=[early]) is None


def test_the_order_of_subjects_is_that_of_the_definition(law: Law) -> None:
    law.define("in_a_row", "second after first", of={"first": "contact", "second": "contact"})
    for text, holds in [("in_a_row(c, action)", True), ("in_a_row(action, c)", False), ("in_a_row(c, c)", False)]:
        assert law.value(f"any(contacts as c where {text})", history=[CALL]) is holds, text


def test_a_subject_may_be_the_action_or_an_entry(law: Law) -> None:
    law.define("same_way", "a.channel == o.channel", of={"a": "contact", "o": "contact"})
    law.define("did_so_before", "any(contacts as o where o before this and same_way(this, o))", of_contact=True)
    assert law.value("did_so_before(action)", history=[CALL, LETTER]) is True
    assert law.value("count(contacts as c where did_so_before(c))", history=[CALL, LETTER, CALLED]) == 1
    assert law.value("any(contacts as c where same_way(c, action))", history=[LETTER]) is False


def test_a_definition_of_an_endpoint_and_of_a_consent(law: Law) -> None:
    law.define("at_work", "p.place == work", of={"p": "endpoint"})
    law.define("for_calls", "k.consent.calls == true", of={"k": "consent"})
    debtor = {"endpoints": [{"id": name, "channel": "phone", "place": name} for name in ("work", "home")]}
    assert law.value("count(endpoints as p where at_work(p))", debtor=debtor) == 1
    assert law.value("count(consents as k where for_calls(k))", history=[{**CALL, "consent": {"calls": True}}]) == 1


def test_what_is_dear_is_remembered_of_each_pair_by_itself(law: Law) -> None:
    text = "any(contacts as c where c after d and c.discussed_debts has b.id and any(events as e where e before c))"
    law.define("talked_since", text, of={"d": "event", "b": "debt"})
    talk = {**CALL, "debts": ["A"]}
    asked = "count(debts of action as b where any(opt_out as d where talked_since(d, b)))"
    assert law.value(f"{asked} == 1 and {asked} < 2", debts=TWO_DEBTS, history=[OPT_OUT, talk]) is True


@given(
    st.lists(
        st.tuples(st.sampled_from(["dispute_received", "payment", "cease_notice_received"]), st.integers(1, 7)),
        min_size=30,
        max_size=45,
    ),
    st.sampled_from(["if_complete", "as_stated", "at_least", "at_most", "at_most_stated"]),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_named_condition_is_taken_apart_as_one_that_is_written_out(law: Law, events: Any, mode: Any) -> None:
    """Over a long history, where a query inside a loop is not asked item by item."""
    history = [
        {"at": f"2026-04-0{day}", "event": event, **({} if event == "payment" else {"debts": ["AB"[number % 2]]})}
        for number, (event, day) in enumerate(sorted(events, key=lambda each: each[1]))
    ]
    since = "n after d and n.debts overlaps d.debts and no(payment as s where s after n and s.age < 4)"
    law.define("returned_since", since, of={"n": "event", "d": "event"})
    named = "count(dispute_received as d where any(cease_notice_received as n where returned_since(n, d)))"
    written_out = f"count(dispute_received as d where any(cease_notice_received as n where {since}))"
    asked = {"debts": TWO_DEBTS, "history": history}
    assert law.value(named, mode, **asked) == law.value(written_out, mode, **asked)


@pytest.mark.parametrize(
    ("text", "settled", "known"),
    [
        ("surely(action.channel == phone)", True, True),
        ("surely(action.channel == letter)", False, False),
        ("surely(action.place == work)", False, None),
        ("surely(action.place != work)", False, None),
        ("surely(action.person == sister)", False, False),
        ("surely(action.day >= 2026-04-08)", True, True),
        ("surely(action.channel == action.place)", False, None),
        ("any(contacts as c where surely(c.place in [work]))", False, None),
    ],
)
def test_surely_is_given_and_so(law: Law, text: str, settled: Any, known: Any) -> None:
    """Where nothing is stated, the plain comparison of such facts is unknown even in a complete record."""
    assert law.value(text, history=[CALL]) is settled
    assert law.value(text, "as_stated", history=[CALL]) is known


@pytest.mark.parametrize(
    ("text", "settled", "known"),
    [
        ("if_given(action.channel == phone)", True, True),
        ("if_given(action.channel == letter)", False, False),
        ("if_given(action.place == work)", True, None),
        ("if_given(action.place != work)", True, None),
        ("if_given(action.day < 2026-04-08)", False, False),
        ("no(contacts as c where not if_given(c.place in [work]))", True, None),
    ],
)
def test_if_given_holds_where_nothing_is_stated(law: Law, text: str, settled: Any, known: Any) -> None:
    """It is known to hold in a complete record only: in a partial one more may be so than is stated."""
    assert law.value(text, history=[CALL]) is settled
    assert law.value(text, "as_stated", history=[CALL]) is known


@pytest.mark.parametrize(
    ("text", "message", "help_"),
    [
        ("debtor.minr", "`minr` is no field of a debtor", "did you mean `minor`?"),
        ("action.channel == phnoe", "`phnoe` is no word that stands here", "did you mean `phone`?"),
        ("action.channel == 'phnoe'", "`phnoe` is no word that stands here", "did you mean `phone`?"),
        ("action.channel in [phone, leter]", "`leter` is no word that stands here", "did you mean `letter`?"),
        ("action.channel", "`action.channel` is no condition", ""),
        ("action.channel < phone", "`action.channel` has no order", ""),
        ("action.channel == 7", "`7` cannot be compared with a word", ""),
        ("action.day == 7", "`7` cannot be compared with a date", ""),
        ("action.day == action.channel", "are not of one type", ""),
        ("action.content == debt_information", "is no single value", "use `has`"),
        ("action.channel has phone", "`action.channel` is no list", ""),
        ("action.channel overlaps action.debts", "stands between two lists", ""),
        ("any(contact)", "`contact` is no collection and no event", "did you mean `contacts`?"),
        ("any(contacts of action)", "`contacts of` is unknown", ""),
        ("any(contacts as action)", "the alias `action` is taken", ""),
        ("any(contacts as c where any(events as c))", "the alias `c` is taken", ""),
        ("latest(contacts).channel == phone and latest(contacts) == phone", "`latest(...)` needs a field", ""),
        ("any(contacts).channel == phone", "`any(...)` has no fields", ""),
        ("largest(contacts as c, c.channel) == phone", "`largest` takes a whole number", ""),
        ("debtor is given", "`debtor` is an object", ""),
        ("minor", "`minor` is no fact, alias or definition here", ""),
        ("caller(action)", "`caller` is no function or definition", ""),
        ("days_between(action.day)", "`days_between` takes (date, date)", ""),
        ("days_between(action.day, 7) > 1", "`7` is a number, not a date", ""),
        ("outside_hours(action, 8, 21)", "`8` is a number, not a time", ""),
        ("outside_hours(phone, 08:00, 21:00)", "`phone` is no entry", ""),
        ("add_business_days(action.day, 1, nowhere) == action.day", "`nowhere` is no calendar", ""),
        ("electronic(action.channel).x", "`electronic` has no fields", ""),
        ("presumed(x)", "`presumed` takes one quoted text", ""),
        ("$days > 1", "`$days` has no value here", ""),
        ("[a] == 7", "expected", ""),
        ("young is given", "`young` is a definition, not a fact", ""),
        ("young(action)", "`young` is a condition of the whole case", "write `young`"),
        ("by_phone", "`by_phone` is asked of one contact", "write `by_phone(action)`"),
        ("by_phone(action, action)", "`by_phone` is asked of one contact", ""),
        ("circle", "`circle` is defined by itself", "circle uses square uses circle"),
        ("pair(action)", "`pair` is asked of a contact and a debt, not of 1", "write `pair(c, b)`"),
        ("pair()", "`pair` is asked of a contact and a debt, not of nothing", "write `pair(c, b)`"),
        ("pair", "`pair` is asked of a contact and a debt", "write `pair(c, b)`"),
        ("any(debts of action as b where pair(b, b))", "`b` is a debt, not a contact", "write `action`, `this` or"),
        ("any(opt_out as o where pair(o, o))", "`o` is an event, not a contact", "asked of a contact and a debt"),
        ("pair(action, debtor)", "`debtor` is nothing that a definition is asked of", "write an alias"),
        ("surely(debtor.minor)", "`surely` takes one comparison of a fact", "for example"),
        ("surely(count(contacts) == 1)", "`surely` takes one comparison of a fact", "for example"),
    ],
)
def test_what_makes_no_sense_is_told(law: Law, text: str, message: str, help_: str) -> None:
    law.define("young", "debtor.minor")
    law.define("by_phone", "channel == phone", of_contact=True)
    law.define("pair", "c.debts has b.id", of={"c": "contact", "b": "debt"})
    law.define("circle", "square or young")
    law.define("square", "not circle")
    with pytest.raises(SyntaxProblem) as caught:
        law.value(f"true and ({text})" if text != "[a] == 7" else text)
    assert message in caught.value.message
    assert help_ in caught.value.help


def test_a_mistake_in_a_definition_knows_where_it_is(law: Law) -> None:
    law.define("outer", "inner or true")
    law.define("inner", "debtor.minr")
    with pytest.raises(SyntaxProblem) as caught:
        law.checker().definition("outer")
    assert caught.value.within == ("outer", "inner")


# ---- functions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("days_between(2026-04-01, action.day)", 7),
        ("days_between(action.day, 2026-04-01)", -7),
        ("days_between(action.accepted_on, action.day)", None),
        ("add_days(action.day, 1) == 2026-04-09", True),
        ("add_months(2026-01-31, 1) == 2026-02-28", True),
        ("add_months(2026-01-31, 13) == 2027-02-28", True),
        ("add_years(2024-02-29, 1) == 2025-02-28", True),
        ("plus(count(contacts), 2)", 3),
        ("any(contacts as c where minutes_between(c, action) == 2880)", True),
        ("any(contacts as c where minutes_between(action, c) == 2880)", False),
        ("electronic(action.channel)", False),
        ("spoken(action.channel)", True),
        ("written(action.channel)", False),
        ("endpoint_of(action).channel == phone", None),
        ("presumed('all is well')", True),
    ],
)
def test_functions(law: Law, text: str, value: Any) -> None:
    assert law.value(text, history=[CALL]) == value


def test_what_is_presumed_is_unknown_in_a_partial_record(law: Law) -> None:
    assert law.value("presumed('all is well')", "as_stated") is None


def test_the_endpoint_that_is_used(law: Law) -> None:
    endpoints = [{"id": "office", "channel": "email", "domain": "institution"}]
    stated: dict[str, Any] = {"debtor": {"endpoints": endpoints}, "action": {"channel": "email", "endpoint": "office"}}
    assert law.value("endpoint_of(action).domain == institution", **stated) is True
    assert law.value("endpoint_of(action).domain == institution", "as_stated", **stated) is True
    elsewhere = {**stated, "debtor": {}}
    assert law.value("endpoint_of(action).employer_provided", **elsewhere) is False
    assert law.value("endpoint_of(action).employer_provided", "as_stated", **elsewhere) is None


def test_has_of_another_fact(law: Law) -> None:
    debts = [{"id": "A", "kind": "consumer"}, {"id": "B", "kind": "consumer"}]
    text = "any(debts of action as d where any(contacts as c where c.debts has d.id))"
    about_b = {**CALL, "debts": ["B"]}
    assert law.value(text, debts=debts, history=[about_b]) is True
    assert law.value(text, debts=debts, history=[about_b], action={"debts": ["A"]}) is False


# ---- the text that is generated ------------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [1, 20, 50])
def test_nesting_compiles(law: Law, depth: int) -> None:
    text = "not (" * depth + "action.channel == phone or action.channel == letter and debtor.minor" + ")" * depth
    assert law.value(text) is (depth % 2 == 0)


def test_deep_junctions_and_queries_compile(law: Law) -> None:
    text = "action.channel == letter"
    for _ in range(25):
        text = f"(debtor.minor or (action.channel == phone and {text}))"
    assert law.value(text) is False
    query = "true"
    for number in range(10):
        query = f"any(contacts as c{number} where {query})"
    assert law.value(query, history=[CALL]) is True


@pytest.mark.parametrize("text", ['\\"); raise SystemExit', "{x}", "\\n", "%s", "é", "x.action"])
def test_no_text_of_a_ruleset_is_run(law: Law, text: str) -> None:
    quoted = f"'{text}'" if '"' in text else f'"{text}"'
    assert law.value(f"action.required_by == {quoted}", action={"required_by": text}) is True
    assert law.value(f"action.required_by == {quoted}", action={"required_by": "else"}) is False
    assert law.value(f"presumed({quoted})") is True


def test_the_facts_behind_an_expression(law: Law) -> None:
    law.define("young", "debtor.minor and any(opt_out)")
    law.define("by_phone", "channel == phone", of_contact=True)
    checker = law.checker()

    def facts(text: str) -> frozenset[str]:
        found: frozenset[str] = checker.facts(parse(text))
        return found

    assert facts("young") == {"debtor.minor", "history.opt_out"}
    assert facts("by_phone(action)") >= {"action.channel"}
    assert facts("presumed('so')") == {"presumed: so"}
    assert facts("young") == facts("young")

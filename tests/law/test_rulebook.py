"""Which rules bind this debt, these parties, this day."""

from __future__ import annotations

import gc
import threading
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.expressions.syntax import unparse
from collectrules.ground.errors import InvalidInput
from collectrules.law import rulebook
from collectrules.law.applicable import ApplicableLaw
from collectrules.law.files import layers
from collectrules.law.reader import parse_with_places
from collectrules.law.rulebook import Rulebook
from collectrules.measures.record import MeasureTable

if TYPE_CHECKING:
    from pathlib import Path

Law = Any

DAY = date(2026, 4, 8).toordinal()
NEVER = "when: debtor.minor"
FILE = """\
ruleset: {name}
title: a law of a test
jurisdiction: {jurisdiction}
version: '1'
source: https://law.example/1
since: 2020-01-01
verified: {{date: 2026-01-01, against: the text, confidence: high}}
verify_by: 2027-01-01
rules:
"""


def asked(law: Law, *rulesets: Any, **changes: Any) -> tuple[str, ...]:
    considered: tuple[str, ...] = law.advisor(*rulesets).check(law.case(**changes)).considered
    return considered


@pytest.mark.parametrize(
    ("code", "expected"),
    [("US", ("US",)), ("US-NY", ("US-NY", "US")), ("US-NY-NYC", ("US-NY-NYC", "US-NY", "US"))],
)
def test_layers_come_narrowest_first(code: str, expected: tuple[str, ...]) -> None:
    assert layers(code) == expected


def test_local_law_law_theres_on_its_parents_and_no_others(law: Law) -> None:
    rulesets = [
        law.ruleset(NEVER, name=name, jurisdiction=code)
        for name, code in (
            ("us.law", "US"),
            ("us.ny", "US-NY"),
            ("us.ny.nyc", "US-NY-NYC"),
            ("us.tx", "US-TX"),
            ("gb.eng", "GB"),
        )
    ]
    assert asked(law, *rulesets, jurisdiction="US-NY-NYC") == ("us.ny.nyc.one", "us.ny.one", "us.law.one")
    assert asked(law, *rulesets, jurisdiction="US-NY") == ("us.ny.one", "us.law.one")
    assert asked(law, *rulesets, jurisdiction="US") == ("us.law.one",)


def test_the_strictest_layer_applies(law: Law) -> None:
    lenient = law.ruleset("kind: permission")
    strict = law.ruleset("when: action.channel == phone", name="us.ny", jurisdiction="US-NY")
    advisor = law.advisor(lenient, strict)
    assert advisor.explore(law.case()).decision == "allow"
    assert advisor.explore(law.case(jurisdiction="US-NY")).decision == "deny"
    assert advisor.explore(law.case(jurisdiction="US-NY", action={"channel": "letter"})).decision == "allow"


def test_a_place_of_which_nothing_is_encoded_is_a_gap(law: Law) -> None:
    advisor = law.advisor(law.ruleset(NEVER))
    verdict = advisor.explore(law.case(jurisdiction="US-NY"))
    assert verdict.decision == "review"
    assert [finding.strength.value for finding in verdict.findings] == ["coverage_gap"]
    assert verdict.not_encoded == ("US-NY: no law of this place is encoded, that of US is",)
    assert advisor.explore(law.case()).decision == "allow"


ANSWERS_ONLY = """\
ruleset: us.ny.claims
title: which court, in a place of which no rule is encoded
jurisdiction: US-NY
version: '1'
source: https://law.example/1
since: 2000-01-01
verified: {date: 2026-01-01, against: the text, confidence: high}
verify_by: 2030-01-01
answers:
  - {id: court, asks: court_route, kind: court, title: a court, cite: Law 1, route: small_claims, currency: USD,
     examples: [{story: of a test, expect: {}}]}
"""


def test_a_part_of_a_country_of_which_only_answers_are_encoded_is_a_gap_too(law: Law) -> None:
    claims, _ = parse_with_places(ANSWERS_ONLY, "us.ny.claims.yaml", law.language)
    verdict = law.advisor(law.ruleset(NEVER), claims).explore(law.case(jurisdiction="US-NY"))
    assert verdict.decision == "review"
    assert verdict.not_encoded == ("US-NY: no law of this place is encoded, that of US is",)


def test_an_act_of_which_no_rule_speaks_is_a_gap(law: Law) -> None:
    verdict = law.advisor(law.ruleset(NEVER)).explore(law.case(action={"kind": "sell_debt", "channel": None}))
    assert verdict.decision == "review"
    assert verdict.not_encoded == ("US: no rule about sell debt",)


LEFT_OUT = """\
leaves_out:
  - {what: what calls cost, governs: {kind: contact, channel: phone}, cite: Law 7}
  - {what: sales, governs: {kind: sell_debt}, cite: Law 8}"""
AGENCIES = "\nbinds: {when: collector.role == third_party, cite: Law 9, title: agencies}"


def test_an_allow_names_what_its_law_leaves_out_about_such_an_act(law: Law) -> None:
    advisor = law.advisor(law.ruleset("kind: permission", more=LEFT_OUT + AGENCIES))
    verdict = advisor.explore(law.case())
    assert verdict.decision == "allow"
    assert verdict.not_encoded == ("US: what calls cost (Law 7)",)
    assert advisor.explore(law.case(action={"channel": "letter"})).not_encoded == ()
    assert advisor.explore(law.case(action={"channel": None})).not_encoded == ("US: what calls cost (Law 7)",)
    assert advisor.explore(law.case(collector={"role": "creditor"})).not_encoded == (), "it does not bind a creditor"
    assert advisor.explore(law.case(action={"at": "2019-12-31T10:00"})).not_encoded == (
        "US: no law of this place is encoded",
    )


def test_a_breach_beats_a_gap(law: Law) -> None:
    verdict = law.advisor(law.ruleset("when: action.channel == phone")).explore(law.case(jurisdiction="US-NY"))
    assert verdict.decision == "deny"


@pytest.mark.parametrize("status", ["draft", "pending"])
def test_law_that_is_not_in_force_never_speaks_whatever_the_date(law: Law, status: str) -> None:
    passed = law.ruleset("when: action.channel == phone", more=f"status: {status}")
    assert asked(law, passed, law.ruleset("kind: permission", name="us.other")) == ("us.other.one",)
    assert law.advisor(passed).explore(law.case()).decision == "review"


@pytest.mark.parametrize(
    ("at", "speaks"),
    [("2026-03-31", False), ("2026-04-01", True), ("2026-04-30", True), ("2026-05-01", False)],
)
def test_a_rule_is_in_force_from_its_first_day_to_its_last(law: Law, at: str, speaks: bool) -> None:
    limited = law.ruleset(f"{NEVER}\nsince: 2026-04-01\nuntil: 2026-04-30", law.rule("kind: permission", name="always"))
    assert ("us.law.one" in asked(law, limited, action={"at": at})) is speaks


def test_the_order_in_which_days_are_asked_does_not_matter(law: Law) -> None:
    body = "when: count(contacts) >= $most\nvalues: {most: {2020-01-01: 1, 2026-04-01: 2}}"
    call = {"at": "2026-01-01T09:00", "channel": "phone", "direction": "outbound"}
    days = {"2026-03-31": "deny", "2026-04-01": "allow", "2026-02-01": "deny", "2026-05-01": "allow"}
    for order in (list(days), list(reversed(days))):
        advisor = law.advisor(law.ruleset(body))
        assert {at: advisor.explore(law.case(history=[call], action={"at": at})).decision for at in order} == days


def test_laws_of_the_same_rules_share_their_conditions(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    conditions: list[str] = []
    made = MeasureTable.condition

    def counted(table: MeasureTable, expression: Any, *more: Any) -> Any:
        conditions.append(unparse(expression))
        return made(table, expression, *more)

    monkeypatch.setattr(MeasureTable, "condition", counted)
    rule = law.rule(f"{NEVER}\nstrength: prohibition").replace("kind: contact", "kind: contact, channel: phone")
    book = Rulebook.holding([law.ruleset(rule)], law.language)
    book.law("US", "contact", None, DAY)
    first = list(conditions)
    assert "debtor.minor" in first
    for place in ("US-NY", "US-NY-NYC", "US-MA"):
        book.law(place, "contact", None, DAY)
    assert conditions == first


def test_a_rule_is_made_once_for_all_laws_in_which_it_says_the_same(law: Law) -> None:
    dated = law.rule("when: count(contacts) >= $most\nvalues: {most: {2020-01-01: 1, 2026-04-01: 2}}", name="dated")
    book = Rulebook.holding([law.ruleset(law.rule(NEVER), dated)], law.language)
    before, after = date(2026, 3, 31).toordinal(), date(2026, 4, 1).toordinal()
    first = book.law("US", "contact", "phone", before)
    for place, channel, day, same in (
        ("US", "letter", before, {"us.law.one", "us.law.dated"}),
        ("US-NY", "phone", before, {"us.law.one", "us.law.dated"}),
        ("US", "phone", after, {"us.law.one"}),
    ):
        other = book.law(place, "contact", channel, day)
        assert other is not first
        pairs = list(zip(first.rules, other.rules, strict=True))
        assert {one.rule.full_id for one, two in pairs if one.in_force is two.in_force} == same
        decide = {
            one.rule.full_id for one, two in pairs if first.decide.closure(one.when) is other.decide.closure(two.when)
        }
        assert decide == same, "what decides a condition is shared with it"


def test_law_that_begins_later_is_not_there_yet(law: Law) -> None:
    more = "obligations:\n  - {id: told, governs: {kind: contact}, if: 'true', cite: Law 2, says: say so}"
    later = law.ruleset(NEVER, since="2026-04-08", more=more)
    permission = law.ruleset("kind: permission", name="us.other")
    advisor = law.advisor(later, permission)
    assert advisor.explore(law.case(action={"at": "2026-04-07"})).obligations == ()
    assert [each.sentence for each in advisor.explore(law.case()).obligations] == ["say so"]


def test_a_rule_about_a_channel_asks_which_channel_it_is(law: Law) -> None:
    text = law.rule("when: 'true'").replace("{kind: contact}", "{kind: contact, channel: phone}")
    advisor = law.advisor(law.ruleset(text, law.rule("kind: permission", name="other")))
    assert advisor.explore(law.case()).decision == "deny"
    assert advisor.explore(law.case(action={"channel": "letter"})).decision == "allow"
    verdict = advisor.explore(law.case(action={"channel": None}))
    assert verdict.decision == "review"
    assert [fact.fact for fact in verdict.unknown] == ["action.channel"]


def test_a_rule_binds_only_whom_its_law_binds(law: Law) -> None:
    more = "binds: {when: collector.role != creditor, cite: Law 1}"
    advisor = law.advisor(law.ruleset("when: action.channel == phone", more=more))
    assert advisor.explore(law.case()).decision == "deny"
    verdict = advisor.explore(law.case(collector={"role": "creditor"}))
    assert (verdict.decision, verdict.basis) == ("allow", "not_covered")


def test_definitions_of_two_rulesets_are_kept_apart(law: Law) -> None:
    define = "define:\n  barred: {{title: barred, is: {text}}}"
    here = law.ruleset("when: barred", more=define.format(text="action.channel == phone"))
    there = law.ruleset("when: barred", name="us.other", more=define.format(text="action.channel == letter"))
    judgement = law.advisor(here, there).judge(law.case())
    assert [outcome.breach for outcome in judgement.outcomes] == [True, False]


def test_a_new_law_changes_the_answer_and_the_id_of_the_decision(law: Law) -> None:
    old, new = law.ruleset(NEVER), law.ruleset("when: debtor.deceased")
    first, again, other = (law.advisor(ruleset).explore(law.case()) for ruleset in (old, old, new))
    assert first.decision_id == again.decision_id != other.decision_id


# ---- folders -------------------------------------------------------------------------------------------------------


def write(law: Law, folder: Path, place: str, jurisdiction: str, body: str = NEVER) -> None:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    name = place.removesuffix(".yaml").replace("/", ".")
    path.write_text(FILE.format(name=name, jurisdiction=jurisdiction) + law.rule(body), encoding="utf-8")


def test_rulesets_are_found_by_their_place(law: Law, tmp_path: Path) -> None:
    write(law, tmp_path, "us/federal/act.yaml", "US")
    write(law, tmp_path, "us/ny/nyc.yaml", "US-NY-NYC")
    write(law, tmp_path, "us/ny/state.yaml", "US-NY")
    book = Rulebook((tmp_path,), law.language)
    assert [ruleset.id for ruleset in book.of("US-NY")] == ["us.ny.state"]
    assert {ruleset.id for ruleset in book.rulesets()} == {"us.federal.act", "us.ny.nyc", "us.ny.state"}
    assert {rule.full_id for rule in book.rules()} == {"us.federal.act.one", "us.ny.nyc.one", "us.ny.state.one"}
    law_there = book.law("US-NY-NYC", "contact", "phone", date(2026, 4, 8).toordinal())
    assert [applied.rule.full_id for applied in law_there.rules] == [
        "us.ny.nyc.one",
        "us.ny.state.one",
        "us.federal.act.one",
    ]
    assert book.law("US-NY-NYC", "contact", "phone", date(2026, 4, 9).toordinal()) is law_there


def test_a_file_may_be_law_of_a_neighbour_too(law: Law, tmp_path: Path) -> None:
    write(law, tmp_path, "gb/national/act.yaml", "GB")
    write(law, tmp_path, "gb/eng/shared.yaml", "GB-ENG\nalso_in: [GB-WLS]")
    write(law, tmp_path, "gb/eng/rules.yaml", "GB-ENG")
    write(law, tmp_path, "gb/wls/local.yaml", "GB-WLS")
    book = Rulebook((tmp_path,), law.language)
    assert [ruleset.id for ruleset in book.of("GB-WLS")] == ["gb.wls.local", "gb.eng.shared"]
    assert [ruleset.id for ruleset in book.of("GB-ENG")] == ["gb.eng.rules", "gb.eng.shared"]
    assert [ruleset.id for ruleset in book.of("GB")] == ["gb.national.act"]
    assert book.of("GB-SCT") == ()
    assert len(book.rulesets()) == 4


def test_law_of_a_neighbour_is_no_gap_and_forbids_there_too(law: Law) -> None:
    shared = law.ruleset(
        "when: action.channel == phone", name="gb.eng", jurisdiction="GB-ENG", more="also_in: [GB-WLS]"
    )
    advisor = law.advisor(shared, law.ruleset(NEVER, name="gb.law", jurisdiction="GB"))
    for code, decision in (("GB-ENG", "deny"), ("GB-WLS", "deny"), ("GB-SCT", "review")):
        verdict = advisor.explore(law.case(jurisdiction=code))
        assert (verdict.decision, bool(verdict.not_encoded)) == (decision, code == "GB-SCT")


def test_a_broken_file_is_no_gap_but_an_error(law: Law, tmp_path: Path) -> None:
    write(law, tmp_path, "us/federal/act.yaml", "US")
    write(law, tmp_path, "us/tx.yaml", "US-TX", body="when: debtor.minr")
    write(law, tmp_path, "us/ny.yaml", "US-TX")
    book = Rulebook((tmp_path,), law.language)
    assert [ruleset.id for ruleset in book.of("US")] == ["us.federal.act"]
    with pytest.raises(InvalidInput, match="did you mean `minor`"):
        book.law("US-TX", "contact", "phone", date(2026, 4, 8).toordinal())
    with pytest.raises(InvalidInput) as caught:
        book.rulesets()
    assert sorted(problem.code for problem in caught.value.problems) == ["CR130", "CR140"]


def test_two_folders_are_read_as_one(law: Law, tmp_path: Path) -> None:
    write(law, tmp_path / "shipped", "us/federal/act.yaml", "US")
    write(law, tmp_path / "own", "us/federal/policy.yaml", "US")
    book = Rulebook((tmp_path / "shipped", tmp_path / "own"), law.language)
    assert [ruleset.id for ruleset in book.of("US")] == ["us.federal.act", "us.federal.policy"]


def test_places_that_are_made_up_are_not_kept_for_ever(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulebook, "MOST_LAWS", 5)
    advisor = law.advisor(law.ruleset(law.rule(NEVER)))

    def laws() -> int:
        gc.collect()
        return sum(isinstance(each, ApplicableLaw) for each in gc.get_objects())

    before = laws()
    for number in range(30):
        advisor.check(law.case(jurisdiction=f"US-A{number:02}"))
    assert laws() - before <= 5


def test_threads_share_one_advisor(law: Law) -> None:
    names = [f"d{number}" for number in range(30)]
    define = "define:\n" + "\n".join(
        f"  {name}: {{title: x, is: any(contacts where age < {number})}}" for number, name in enumerate(names)
    )
    ruleset = law.ruleset(*(law.rule(f"when: {name}", name=name) for name in names), more=define)
    call = {"at": "2026-04-08T09:00", "channel": "phone", "direction": "outbound"}
    cases = [law.case(history=[call], action={"channel": channel}) for channel in ("phone", "letter", "sms", "email")]
    expected = [len(law.advisor(ruleset).explore(case).findings) for case in cases]
    advisor = law.advisor(ruleset)
    found: dict[int, int] = {}
    start = threading.Barrier(len(cases))

    def ask(number: int) -> None:
        start.wait()
        found[number] = len(advisor.explore(cases[number]).findings)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(cases))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number] for number in range(len(cases))] == expected


@pytest.mark.parametrize(("at", "decision"), [("2026-03-31", "deny"), ("2026-04-01", "allow"), ("2026-04-02", "allow")])
def test_a_value_that_definitions_share_changes_on_its_day(law: Law, at: str, decision: str) -> None:
    more = (
        "values: {most: {2020-01-01: 1, 2026-04-01: 2}}\ndefine:\n  many: {title: many, is: count(contacts) >= $most}"
    )
    call = {"at": "2026-01-01T09:00", "channel": "phone", "direction": "outbound"}
    advisor = law.advisor(law.ruleset("when: many", more=more))
    assert advisor.explore(law.case(history=[call])).decision == "allow"
    assert advisor.explore(law.case(history=[call], action={"at": at})).decision == decision


REPORTS = """\
reports:
  - name: ends
    governs: {kind: contact}
    if: debtor.minor
    is: add_days(action.day, $days)
    values: {days: {2020-01-01: 30}}"""


def test_a_report_is_told_only_where_its_condition_is_true(law: Law) -> None:
    advisor = law.advisor(law.ruleset("kind: permission", more=REPORTS))
    assert advisor.explore(law.case()).established == {}
    assert advisor.explore(law.case(debtor={"minor": True})).established == {"ends": "2026-05-08"}
    assert advisor.explore(law.case(record="partial")).established == {}, "whether it is true is not known"


def test_the_condition_of_a_report_is_a_condition(law: Law) -> None:
    with pytest.raises(InvalidInput, match=r"CR130 `action\.day` is no condition"):
        law.ruleset("kind: permission", more=REPORTS.replace("debtor.minor", "action.day"))


CAPPED = """\
kind: frequency_cap
counts: call
per: [debt]
values: {at_most: {2020-01-01: 2}, days: {2020-01-01: 7}}
unless:
  - {if: debtor.minor, cite: Law 2}"""
CALL = "define:\n  call: {title: a call, of: contact, is: channel == phone and direction == outbound}\n"
CALLS = [
    {"at": f"2026-04-0{day}T10:00", "channel": "phone", "direction": "outbound", "outcome": "no_answer"}
    for day in (5, 6)
]


def told(law: Law, reports: str, **changes: Any) -> Any:
    rules = law.rule(CAPPED, name="calls"), law.rule("when: debtor.deceased", name="dead")
    ruleset = law.ruleset(*rules, more=f"{CALL}binds: {{when: collector.role == third_party, cite: Law 9}}\n{reports}")
    return law.advisor(ruleset).explore(law.case(**changes)).established


def test_a_report_tells_what_a_rule_counts(law: Law) -> None:
    reports = """\
reports:
  - {name: counted_before, figure: counted, of: calls}
  - {name: count_after, of: calls, is: 'plus($counted, 1)'}
  - {name: too_many, of: calls, is: $counted >= $at_most}"""
    assert told(law, reports, history=CALLS) == {"counted_before": 2, "count_after": 3, "too_many": True}
    assert told(law, reports, history=CALLS[:1]) == {"counted_before": 1, "count_after": 2, "too_many": False}
    assert told(law, reports, action={"kind": "file_claim"}) == {}, "it governs what the rule governs"
    assert told(law, reports, history=CALLS, record="partial") == {}, "there may be more of them"


def test_a_report_tells_that_rules_are_kept_by_whom_they_bind(law: Law) -> None:
    reports = "reports:\n  - {name: safe_harbor, kept: [calls, dead]}"
    assert told(law, reports, history=CALLS[:1]) == {"safe_harbor": True}
    assert told(law, reports, history=CALLS) == {"safe_harbor": False}
    assert told(law, reports, history=CALLS, debtor={"minor": True}) == {"safe_harbor": False}, "lifted is not kept"
    assert told(law, reports, debtor={"deceased": True}) == {"safe_harbor": False}
    assert told(law, reports, collector={"role": "creditor"}) == {}
    assert told(law, reports, record="partial", history=CALLS[:1]) == {}, "whether they are kept is not known"


def test_of_two_reports_the_later_goes_first_only_where_it_says_so(law: Law) -> None:
    first = "reports:\n  - {name: day, governs: {kind: contact}, is: action.day}\n"
    second = "  - {name: day, governs: {kind: any}, is: latest(contacts).day%s}"
    with pytest.raises(InvalidInput, match="`day` is reported of such an act already"):
        law.ruleset("kind: permission", more=first + second % "")
    reports = first + second % ", overrides: yes"
    assert told(law, reports) == {"day": "2026-04-08"}
    assert told(law, reports, history=CALLS) == {"day": "2026-04-06"}
    others = first + (second % "").replace("any", "file_claim")
    assert told(law, others) == {"day": "2026-04-08"}, "they are never told together"

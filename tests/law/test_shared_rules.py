"""A rule that several laws take up from a library, each with its own citation and days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.ground.errors import InvalidInput
from collectrules.law.files import LIBRARIES
from collectrules.law.reader import read_ruleset, read_with_places
from collectrules.law.rulebook import Rulebook
from collectrules.output.rules import RuleText
from collectrules.plugins.loading import load_plugins
from collectrules.testing.libraries import run_library, users_of
from collectrules.testing.mutation import Wanted, run
from collectrules.testing.rulesets import Chosen, trial_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Rewrite = Callable[[Path, str, str], None]

Law = Any

LIBRARY = """\
library: common.calls
title: calls
version: '1'
define:
  asked_for: {title: the debtor asked for it, is: action.requested_by_debtor}
rules:
  - id: calls_of_a_week
    title: no more than a few calls a week
    strength: presumption_of_violation
    governs: {kind: contact, channel: phone}
    kind: frequency_cap
    counts: {channel: phone, direction: outbound}
    unless:
      - {if: asked_for, title: the debtor asked for it}
    factors:
      - {if: action.required_by is given}
    values: {at_most: 2, days: 7}
    examples:
      - story: the third
        history: [{at: '2026-04-06', channel: phone, direction: outbound, times: 2}]
        action: {kind: contact, channel: phone, at: '2026-04-08'}
        expect: deny
      - story: the third, a week after
        history: [{at: '2026-04-01', channel: phone, direction: outbound, times: 2}]
        action: {kind: contact, channel: phone, at: '2026-04-08'}
        expect: allow
answers:
  - id: six_years
    asks: limitation
    kind: limitation_period
    title: claims on a contract
    starts: latest(all_debts).in_default_since
"""
RULESET = """\
ruleset: xx.national.calls
title: a law of a test
jurisdiction: XX
version: '1'
source: https://law.example/1
since: 2020-01-01
verified: {date: 2026-01-01, against: the text, confidence: high}
verify_by: 2027-01-01
uses: [common.calls]
example_case: {collector: {role: third_party}, debts: [{id: A, kind: consumer}], debtor: {time_zone: America/New_York}}
rules:
  - {like: calls_of_a_week, cite: Law 4}
answers:
  - like: six_years
    cite: Law 9
    values: {years: {2020-01-01: 6}}
    examples:
      - story: six years
        debts: [{id: A, kind: commercial, due: '2020-03-01'}]
        ask: {at: '2026-04-08'}
        expect: {last_day: '2026-03-01'}
"""
STANDING_ALONE = """\
  - id: calls_of_a_week
    title: no more than a few calls a week
    cite: Law 4
    strength: presumption_of_violation
    governs: {kind: contact, channel: phone}
    kind: frequency_cap
    counts: {channel: phone, direction: outbound}
    unless:
      - {if: asked_for, cite: Law 4, title: the debtor asked for it}
    factors:
      - {if: action.required_by is given, cite: Law 4}
    values: {at_most: {2020-01-01: 2}, days: {2020-01-01: 7}}
    examples:
      - story: the third
        history: [{at: '2026-04-06', channel: phone, direction: outbound, times: 2}]
        action: {kind: contact, channel: phone, at: '2026-04-08'}
        expect: deny
      - story: the third, a week after
        history: [{at: '2026-04-01', channel: phone, direction: outbound, times: 2}]
        action: {kind: contact, channel: phone, at: '2026-04-08'}
        expect: allow
"""
TAKEN_UP = "  - {like: calls_of_a_week, cite: Law 4}\n"


@pytest.fixture
def folder(written: Callable[[Mapping[str, str]], Path]) -> Path:
    """A folder of rulesets with a library and a law that takes up what it shares."""
    return written({f"{LIBRARIES}/calls.yaml": LIBRARY, "xx/national/calls.yaml": RULESET})


def shown(folder: Path, law: Law) -> str:
    ruleset = read_ruleset(folder / "xx/national/calls.yaml", law.language, folder=folder)
    text = RuleText(ruleset.rules[0], ruleset, law.language.kinds[ruleset.rules[0].kind]).as_text()
    return re.sub(r"sha256:\w+", "", text)


def test_it_reads_as_if_all_of_it_stood_in_the_law(law: Law, folder: Path, rewrite: Rewrite) -> None:
    taken_up = shown(folder, law)
    rewrite(folder / "xx/national/calls.yaml", TAKEN_UP, STANDING_ALONE)
    assert shown(folder, law) == taken_up
    assert taken_up.count("[the debtor asked for it]") == 2
    assert taken_up.count("Law 4") >= 3


def test_the_printed_rule_names_the_library_though_it_reads_no_definition_of_it(
    law: Law, folder: Path, rewrite: Rewrite
) -> None:
    rewrite(folder / f"{LIBRARIES}/calls.yaml", "{if: asked_for,", "{if: action.requested_by_debtor,")
    assert "common.calls 1" in shown(folder, law)
    (ruleset,) = Rulebook([folder], law.language).rulesets()
    assert [block.like for block in ruleset.blocks] == ["common.calls.calls_of_a_week", "common.calls.six_years"]


def test_what_the_law_says_itself_goes_instead_and_its_examples_come_after(
    law: Law, folder: Path, rewrite: Rewrite
) -> None:
    own = """\
  - like: calls_of_a_week
    id: calls_of_a_month
    cite: Law 5
    since: 2022-01-01
    values: {at_most: {2022-01-01: 9}, days: {2022-01-01: 30}}
    examples:
      - {story: none before, action: {kind: contact, channel: phone, at: '2026-04-08'}, expect: allow}
"""
    rewrite(folder / "xx/national/calls.yaml", TAKEN_UP, own)
    (rule,) = read_ruleset(folder / "xx/national/calls.yaml", law.language, folder=folder).rules
    assert (rule.id, rule.citation, rule.values["at_most"].texts) == ("calls_of_a_month", "Law 5", ("9",))
    assert [example.story for example in rule.examples] == ["the third", "the third, a week after", "none before"]


def test_a_shared_value_is_the_law_from_the_first_day_of_the_rule(law: Law, folder: Path, rewrite: Rewrite) -> None:
    rewrite(folder / "xx/national/calls.yaml", "cite: Law 4}", "cite: Law 4, since: 2021-05-05}")
    (rule,) = read_ruleset(folder / "xx/national/calls.yaml", law.language, folder=folder).rules
    assert rule.values["at_most"].days == (rule.since,)


def test_a_verdict_cites_the_law_that_took_it_up(law: Law, folder: Path) -> None:
    advisor = law.advisor(*Rulebook([folder], law.language).of("XX"))
    call = {"at": "2026-04-06", "channel": "phone", "direction": "outbound", "times": 2}
    verdict = advisor.check(law.case(jurisdiction="XX", history=[call], action={"at": "2026-04-08T10:00"}))
    (finding,) = verdict.findings
    assert (finding.rule, finding.citation) == ("xx.national.calls.calls_of_a_week", "Law 4")


def test_its_places_are_known_where_the_ruleset_was_kept(law: Law, folder: Path) -> None:
    file = folder / "xx/national/calls.yaml"
    for _ in range(2):  # read, then from the cache
        ruleset, root = read_with_places(file, law.language, folder=folder)
        (table,) = (each.table("a rule") for each in root.entries["rules"].listing("rules"))
        assert ruleset.rules[0].place == table.place
        assert table.place_of("cite").path == str(file)
        assert table.place_of("counts").path.endswith("calls.yaml")
        assert LIBRARIES in table.place_of("counts").path


def test_a_change_of_the_library_is_noticed_where_a_ruleset_was_kept(law: Law, folder: Path, rewrite: Rewrite) -> None:
    before = read_ruleset(folder / "xx/national/calls.yaml", law.language, folder=folder)
    rewrite(folder / f"{LIBRARIES}/calls.yaml", "at_most: 2", "at_most: 3")
    after = read_ruleset(folder / "xx/national/calls.yaml", law.language, folder=folder)
    assert (before.rules[0].values["at_most"].texts, after.rules[0].values["at_most"].texts) == (("2",), ("3",))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    title: no more", "    cite: Law 4\n    title: no more", "CR152 what several laws share has no `cite`"),
        ("    kind: freq", "    since: 2020-01-01\n    kind: freq", "CR152 what several laws share has no `since`"),
        ("{if: asked_for,", "{if: asked_for, cite: Law 4,", "CR152 what several laws share has no `cite`"),
        ("at_most: 2", "at_most: {2020-01-01: 2}", "CR152 what several laws share has no `at_most: {<day>: ...}`"),
        ("  - id: calls_of_a_week\n", "  - note: none\n", "CR112 a shared rule has no `id` by which laws take"),
        (
            "unless:\n      - {if: asked_for",
            "unless:\n      - {if: asked_fr",
            "CR130 `asked_fr` is no fact, alias or definition",
        ),
        ("governs: {kind: contact,", "govern: {kind: contact,", "CR101 a rule has no key `govern`"),
    ],
)
def test_what_is_wrong_with_a_shared_rule_is_told_where_it_stands(
    law: Law, folder: Path, old: str, new: str, told: str, rewrite: Rewrite
) -> None:
    rewrite(folder / f"{LIBRARIES}/calls.yaml", old, new)
    other = RULESET.replace("xx.national.calls", "xx.national.others")
    (folder / "xx/national/others.yaml").write_text(other, "utf-8")
    with pytest.raises(InvalidInput) as caught:
        Rulebook([folder], law.language).rulesets()
    first, *others = [problem for problem in caught.value.problems if LIBRARIES in problem.place.path]
    assert f"{first.code} {first.message}".startswith(told)
    assert first not in others  # two laws take it up, and it is told once


def test_a_law_without_a_citation_is_told_at_the_law(law: Law, folder: Path, rewrite: Rewrite) -> None:
    rewrite(folder / "xx/national/calls.yaml", TAKEN_UP, "  - {like: calls_of_a_week}\n")
    with pytest.raises(InvalidInput) as caught:
        Rulebook([folder], law.language).rulesets()
    told = [(problem.code, problem.place.path) for problem in caught.value.problems]
    assert told == [("CR110", str(folder / "xx/national/calls.yaml"))]


def test_its_mutants_are_the_librarys_and_one_law_that_notices_is_enough(folder: Path) -> None:
    (folder / "xx/national/others.yaml").write_text(RULESET.replace("xx.national.calls", "xx.national.others"), "utf-8")
    file, library, plugins = folder / "xx/national/calls.yaml", folder / f"{LIBRARIES}/calls.yaml", load_plugins()
    wanted = Wanted(Chosen(file), look=False, boundary=True)
    own = [each.mutant.id for each in run(trial_of(file, plugins), wanted)]
    assert [name for name in own if "calls_of_a_week" in name] == []
    named = [("common.calls", library)]
    users = users_of(named, plugins)["common.calls"]
    tried = {each.mutant.id: each.fate for each in run_library("common.calls", library, users, wanted)}
    assert tried["common.calls.calls_of_a_week: values.at_most: 2 -> 3"] == "killed"
    assert tried["common.calls.calls_of_a_week: values.days: 7 -> 6"] == "survived"
    assert len(tried) == 4

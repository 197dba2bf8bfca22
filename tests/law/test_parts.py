"""A ruleset in several files: one to everybody who asks, while each rule keeps the place where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectrules.ground.errors import InvalidInput
from collectrules.law.parts import ruleset_of
from collectrules.law.reader import read_ruleset
from collectrules.law.rulebook import Rulebook
from collectrules.testing import check_rulesets

Law = Any

HEAD = """\
ruleset: us.federal.calls
title: a law in parts
jurisdiction: US
version: '1'
source: https://law.example/1
since: 2020-01-01
verified: {date: 2026-01-01, against: the text, confidence: high}
verify_by: 2027-01-01
parts: [minors, letters]
example_case: {collector: {role: third_party}, debts: [{id: A, kind: consumer}]}
values: {hour: {2020-01-01: '21:00'}}
"""
PART = """\
part_of: us.federal.calls
title: {title}
facts:
  {fact}: {{of: action, type: bool, absent: 'false', title: a fact, ask: is it so?}}
define:
  {name}: {{title: a word of the part, is: debtor.minor or action.{fact}}}
rules:
  - id: {rule}
    title: {rule} of a test
    cite: Law 1
    strength: prohibition
    governs: {{kind: contact}}
    when: {when}
    examples:
      - {{story: kept, action: {{kind: contact, at: 2026-04-08}}, expect: allow}}
      - {{story: breached, debtor: {{minor: true}}, action: {{kind: contact, at: 2026-04-08}}, expect: deny}}
"""


@pytest.fixture
def main(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The main file of a ruleset with two parts, the second of which uses a definition of the first."""
    monkeypatch.setenv("COLLECTRULES_CACHE", str(tmp_path / "cache"))
    file = tmp_path / "rulesets" / "us" / "federal" / "calls.yaml"
    (file.parent / "calls").mkdir(parents=True)
    file.write_text(HEAD)
    minors = PART.format(title="minors", fact="young", name="grown_not", rule="minors", when="grown_not")
    letters = PART.format(title="letters", fact="odd", name="strange", rule="letters", when="strange or grown_not")
    (file.parent / "calls" / "minors.yaml").write_text(minors)
    (file.parent / "calls" / "letters.yaml").write_text(letters)
    return file


def book_of(main: Path, law: Law) -> Rulebook:
    return Rulebook([main.parents[2]], law.language)


def test_the_parts_are_one_ruleset_in_the_order_in_which_they_are_named(main: Path, law: Law) -> None:
    (ruleset,) = book_of(main, law).rulesets()
    assert [rule.full_id for rule in ruleset.rules] == ["us.federal.calls.minors", "us.federal.calls.letters"]
    assert [ruleset.place_of(rule.place) for rule in ruleset.rules] == [
        "us/federal/calls/minors.yaml:8:5",
        "us/federal/calls/letters.yaml:8:5",
    ]
    assert [fact.name for fact in ruleset.facts] == ["young", "odd"]


def test_a_kept_ruleset_is_read_anew_where_a_part_changes_and_so_is_its_hash(main: Path, law: Law) -> None:
    before = read_ruleset(main, law.language, folder=main.parents[2])
    assert read_ruleset(main, law.language, folder=main.parents[2]) == before
    part = main.parent / "calls" / "letters.yaml"
    part.write_text(part.read_text().replace("letters of a test", "letters and cards"))
    after = read_ruleset(main, law.language, folder=main.parents[2])
    assert after.rules[1].title == "letters and cards"
    assert after.hash != before.hash


def test_a_mistake_is_told_in_the_file_of_the_part(main: Path, law: Law) -> None:
    part = main.parent / "calls" / "letters.yaml"
    part.write_text(part.read_text().replace("when: strange", "when: stranger"))
    with pytest.raises(InvalidInput) as caught:
        book_of(main, law).rulesets()
    assert [problem.place.path for problem in caught.value.problems] == [str(part)]


def test_a_part_that_nobody_names_is_not_passed_over(main: Path, law: Law) -> None:
    main.write_text(HEAD.replace(", letters", ""))
    with pytest.raises(InvalidInput, match=r"letters\.yaml:1:10: CR151 this is a part, which is read with `us.federal"):
        book_of(main, law).rulesets()


def test_a_folder_of_the_same_name_may_hold_rulesets_of_their_own(main: Path, law: Law) -> None:
    own = HEAD.replace("us.federal.calls", "us.federal.calls.own").replace("parts: [minors, letters]\n", "")
    (main.parent / "calls" / "own.yaml").write_text(own + "rules:\n" + law.rule("when: debtor.minor"))
    assert [ruleset.id for ruleset in book_of(main, law).rulesets()] == ["us.federal.calls.own", "us.federal.calls"]


def test_the_examples_of_a_part_are_run_with_the_whole_or_by_themselves(main: Path, law: Law) -> None:
    del law
    assert len(check_rulesets(main.parents[2])) == 4
    assert len(check_rulesets(main)) == 4
    results = check_rulesets(main.parent / "calls" / "letters.yaml")
    assert {result.rule for result in results} == {"us.federal.calls.letters"}


def test_a_file_named_without_a_folder_is_part_of_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("late.yaml").write_text("policy: late\n", "utf-8")
    assert ruleset_of(Path("late.yaml")) is None


def test_a_part_named_from_its_own_folder_has_its_ruleset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "law").mkdir()
    (tmp_path / "law.yaml").write_text("ruleset: law\n", "utf-8")
    (tmp_path / "law" / "calls.yaml").write_text("part_of: law\n", "utf-8")
    monkeypatch.chdir(tmp_path / "law")
    assert ruleset_of(Path("calls.yaml")) == tmp_path / "law.yaml"

"""Every file as what it is, every fault of every file, and nothing passed over in silence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collectrules.validation.files import seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.validation.report import Report

    Write = Callable[..., Path]
    Codes = Callable[..., list[str]]

LIBRARY = (
    "library: common.people\ntitle: people\nversion: '1'\ndefine:\n  young: {title: under age, is: debtor.minor}\n"
)
CASE = """\
jurisdiction: US
collector: {role: third_party}
debts: [{id: A, kind: consumer}]
action: {kind: contact, channel: phone, at: 2026-04-08T10:00}
"""
POLICY = """\
policy: house.late
title: no late calls
version: '1'
since: 2026-01-01
rules:
  - id: late
    title: no late calls
    cite: the manual
    strength: house_policy
    governs: {kind: contact, channel: phone}
    when: debtor.minor
    examples:
      - {story: of age, jurisdiction: US, collector: {role: third_party}, debts: [{id: A, kind: consumer}],
         action: {kind: contact, channel: phone, at: '2026-04-08'}, expect: allow}
      - {story: a child, jurisdiction: US, collector: {role: third_party}, debts: [{id: A, kind: consumer}],
         debtor: {minor: true}, action: {kind: contact, channel: phone, at: '2026-04-08'}, expect: deny}
"""


@pytest.fixture
def folder(write: Write) -> Path:
    """A company's folder in which nothing is wrong."""
    law = write("laws/xx/national/law.yaml", id="xx.national.law", more="uses: [common.people]\n")
    law.write_text(law.read_text("utf-8").replace("when: debtor.minor", "when: young"), encoding="utf-8")
    write("laws/common/people.yaml", LIBRARY)
    write("laws/house/late.yaml", POLICY)
    write("collectrules.yaml", "rulesets: [laws]\n")
    write("cases/one.yaml", CASE)
    write("cases/many.yaml", f"{CASE}---\n{CASE}")
    write("package.json", '{"name": "of somebody else"}')
    return law.parents[3]


def test_a_whole_folder_without_a_fault(folder: Path, write: Write, validated: Callable[..., Report]) -> None:
    write("validate.yaml", "exceptions: []\n")
    report = validated(".", exceptions="validate.yaml")
    assert report.faults == ()
    assert report.files == {
        "cases/many.yaml": "cases",
        "cases/one.yaml": "cases",
        "collectrules.yaml": "configuration",
        "laws/common/people.yaml": "library",
        "laws/house/late.yaml": "ruleset",
        "laws/xx/national/law.yaml": "ruleset",
        "validate.yaml": "exceptions",
    }
    assert report.rules == 2


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("laws/xx/national/law.yaml", "minor: true", "miner: true", "laws/xx/national/law.yaml:21:9 CR011"),
        ("laws/xx/national/law.yaml", "when: young", "when: yuong", "laws/xx/national/law.yaml:18:11 CR130"),
        ("laws/xx/national/law.yaml", "cite: Law 4", "cite: Law", "laws/xx/national/law.yaml:15:11 CR212"),
        ("laws/common/people.yaml", "debtor.minor", "debtor.miner", "laws/common/people.yaml:5:33 CR130"),
        ("laws/house/late.yaml", "house_policy", "prohibition", "laws/house/late.yaml:6:5 CR103"),
        ("collectrules.yaml", "[laws]", "[lows]", "collectrules.yaml:1:12 CR804"),
        ("cases/one.yaml", "phone", "fone", "cases/one.yaml:4:34 CR013"),
        ("cases/one.yaml", "{id: A, kind: consumer}]", "{id: A, kind: consumer}", "cases/one.yaml:4:1 CR004"),
    ],
)
def test_every_kind_of_file_is_held_to_its_own_rules(
    folder: Path, codes: Codes, path: str, old: str, new: str, told: str
) -> None:
    file = folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert told in codes(".")


def test_all_faults_of_all_files_are_told(folder: Path, codes: Codes, write: Write) -> None:
    write("laws/xx/aa.yaml", id="xx.aa", place="XX-AA", more="color: red\n", cite="''")
    write("laws/xx/bb.yaml", id="xx.bb", place="XX", cite="Law")
    write("cases/bad.yaml", CASE.replace("contact", "contract").replace("US", "United States"))
    assert codes(".") == [
        "cases/bad.yaml:1:15 CR014",
        "cases/bad.yaml:4:16 CR013",
        "laws/xx/aa.yaml:9:1 CR101",
        "laws/xx/aa.yaml:15:11 CR110",
        "laws/xx/bb.yaml:3:15 CR140",
    ]


def test_a_file_in_the_wrong_place_and_one_that_nothing_would_read(folder: Path, codes: Codes, write: Write) -> None:
    write("laws/xx/elsewhere.yaml", id="xx.aa", place="XX-AA")
    write("laws/xx/bb.yml", id="xx.bb", place="XX-BB")
    write("laws/xx/notes.yaml", "rulset: xx.notes\n")
    write("docker-compose.yaml", "services: {}\n")
    assert codes(".") == [
        "docker-compose.yaml CR200",
        "laws/xx/bb.yml CR141",
        "laws/xx/elsewhere.yaml:1:10 CR140",
        "laws/xx/elsewhere.yaml:3:15 CR140",
        "laws/xx/notes.yaml CR200",
    ]


def test_libraries_and_topics_are_read_in_one_place_only(write: Write, codes: Codes) -> None:
    write("laws/xx/people.yaml", LIBRARY)
    write("laws/xx/one/inheritance.yaml", "inheritance:\n  - {law: EU, holds_in: [XX], cite: Law 1}\n")
    write("laws/common/inheritance.yaml", "inheritance:\n  - {law: EU, holds_in: [EU], cite: Law 1}\n")
    assert codes("laws") == [
        "laws/common/inheritance.yaml:2:25 CR143",
        "laws/xx/one/inheritance.yaml CR141",
        "laws/xx/people.yaml CR141",
    ]


def test_lints_look_at_libraries_too(write: Write, codes: Codes) -> None:
    write("laws/common/people.yaml", LIBRARY.replace("debtor.minor", "count(contacts) > 7"))
    assert codes("laws") == ["laws/common/people.yaml:5:33 CR210"]


def test_a_house_policy_is_no_law_that_is_read_again(write: Write, codes: Codes) -> None:
    policy = POLICY.replace("debtor.minor", "count(contacts) > $most").replace("minor: true", "deceased: true")
    write("laws/house/late.yaml", policy + "    values: {most: {2026-01-01: 3, 2026-05-01: 2}}\n")
    assert codes("laws", ignore=("one-sided-change",)) == []


def test_an_unknown_file_is_an_error_where_somebody_meant_it(write: Write, validated: Callable[..., Report]) -> None:
    write("folder/some.yaml", "a: b\n")
    assert [fault.severity for fault in validated("folder").faults] == ["warning"]
    assert [fault.severity for fault in validated("folder/some.yaml").faults] == ["error"]
    write("folder/xx/aa.yaml", id="xx.aa", place="XX-AA")
    write("folder/xx/some.yaml", "a: b\n")
    assert {fault.severity for fault in validated("folder").faults} == {"error"}


def test_a_file_whose_first_key_is_misspelt_is_known_by_its_name(write: Write, codes: Codes) -> None:
    write("collectrules.yaml", "asume: {}\n")
    write("validate.yaml", "exeptions: []\n")
    write("laws/topics.yaml", "topic: {}\n")
    assert codes(".") == [
        "collectrules.yaml:1:1 CR800",
        "laws/topics.yaml:1:1 CR100",
        "laws/topics.yaml:1:1 CR101",
        "validate.yaml:1:1 CR101",
    ]


def test_two_configured_folders_with_one_ruleset(write: Write, codes: Codes) -> None:
    for folder in ("one", "two"):
        write(f"{folder}/xx/aa.yaml", id="xx.aa", place="XX-AA")
    assert codes("two", folders=("one", "two")) == ["two/xx/aa.yaml CR142"]
    assert codes("two", folders=("one",)) == []


def test_what_cannot_be_read_hides_no_other_file(write: Write, validated: Callable[..., Report]) -> None:
    write("laws/xx/aa.yaml", "ruleset: xx.aa\ntitle: [\n")
    write("laws/xx/bb.yaml", id="xx.bb", place="XX-BB", cite="Law")
    report = validated("laws")
    assert report.unreadable
    assert [fault.code for fault in report.faults] == ["CR004", "CR212"]


def test_lints_are_chosen_by_name_and_by_code(write: Write, codes: Codes) -> None:
    write("xx/aa.yaml", id="xx.aa", place="XX-AA", cite="Law", more="define:\n  old: {title: old, is: debtor.minor}\n")
    place, unused = "xx/aa.yaml:16:11 CR212", "xx/aa.yaml:10:3 CR205"
    assert codes("xx") == [unused, place]
    assert codes("xx", select=("CR205",)) == [unused]
    assert codes("xx", ignore=("unused-name",)) == [place]
    assert codes("xx", select=("unused-name", "CR212"), ignore=("CR205",)) == [place]


def test_the_rule_in_which_a_fault_stands(write: Write, validated: Callable[..., Report]) -> None:
    write("xx/aa.yaml", id="xx.aa", place="XX-AA", cite="Law", more="define:\n  old: {title: old, is: debtor.minor}\n")
    assert [fault.rule for fault in validated("xx").faults] == ["", "xx.aa.minors"]


def test_a_file_by_itself_is_held_against_the_folder_that_every_command_reads(write: Write, codes: Codes) -> None:
    write("laws/xx/elsewhere.yaml", id="xx.aa", place="XX-AA")
    assert codes("laws/xx/elsewhere.yaml") == []
    assert codes("laws/xx/elsewhere.yaml", folders=("laws",)) == [
        "laws/xx/elsewhere.yaml:1:10 CR140",
        "laws/xx/elsewhere.yaml:3:15 CR140",
    ]


def test_each_file_is_seen_once(write: Write) -> None:
    file = write("xx/aa.yaml", id="xx.aa", place="XX-AA")
    write("xx/.hidden.yaml", "a: b\n")
    write("xx/package.json", '{"name": "x"}')
    assert [each.path for each in seen([file, file.parent])] == [file]
    assert [each.root for each in seen([file])] == [file.parents[1]]


def test_a_lint_of_a_folder_asks_for_every_file_of_a_place(
    write: Write, codes: Codes, validated: Callable[..., Report]
) -> None:
    one = write("laws/xx/national/one.yaml", id="xx.national.one")
    write("laws/xx/national/two.yaml", id="xx.national.two")
    assert codes("laws", ignore=()) == [f"{one}:3:1 CR207"]
    write("laws/xx/national/two.yaml", id="xx.national.two", more="covers: [workplace]\n")
    (told,) = [fault.message for fault in validated("laws", ignore=()).faults]
    assert "contact_hours" in told
    assert "workplace" not in told
    assert codes(str(one), ignore=()) == []


def test_what_other_folders_cover_is_not_missing(write: Write, validated: Callable[..., Report]) -> None:
    write("ours/us/ma.yaml", id="us.ma", place="US-MA")
    write("ours/us/zz.yaml", id="us.zz", place="US-ZZ")
    told = {fault.place.path: fault.message for fault in validated("ours", ignore=()).faults}
    assert "limitation" in told["ours/us/zz.yaml"]
    assert "limitation" not in told.get("ours/us/ma.yaml", "")


def test_of_a_place_whose_other_file_cannot_be_read_nothing_is_said(write: Write, codes: Codes) -> None:
    write("laws/xx/national/one.yaml", id="xx.national.one")
    two = write("laws/xx/national/two.yaml", id="xx.national.two", cite="''")
    assert codes("laws", ignore=()) == [f"{two}:14:11 CR110"]


def test_nothing_is_nothing(write: Write, validated: Callable[..., Report]) -> None:
    (write("empty/x.txt", "a")).unlink()
    report = validated("empty")
    assert (report.files, report.faults) == ({}, ())


def test_an_example_that_asks_otherwise_than_by_keys(write: Write, codes: Codes) -> None:
    answer = """\
answers:
  - id: period
    title: four years
    cite: Law 9
    asks: limitation
    kind: limitation_period
    starts: largest(all_debts, due)
    values: {years: {2020-01-01: 4}}
    examples: [{story: of a test, ask: today, expect: {time_barred: false}}]
"""
    file = write("xx/aa.yaml", id="xx.aa", place="XX-AA")
    file.write_text(file.read_text("utf-8") + answer, encoding="utf-8")
    assert codes("xx") == ["xx/aa.yaml:29:16 CR010"]


FACT = "facts:\n  {name}: {{of: action, type: bool, absent: '{absent}', title: a fact, ask: was it so}}\n"
RULE = """\
rules:
  - id: another
    title: nobody without capacity
    cite: {cite}
    strength: prohibition
    governs: {{kind: contact}}
    when: {when}
    examples:
      - {{story: kept, action: {{kind: contact, channel: sms, at: '2026-04-08'}}, expect: allow}}
      - {{story: broken, action: {{kind: contact, channel: sms, at: '2026-04-08'}}, expect: deny}}
"""


@pytest.fixture
def part(write: Write) -> Callable[..., Path]:
    """Writes a ruleset of two parts, the second of which is given."""

    def written(cite: str = "Law 5", when: str = "young and debtor.deceased", named: str = "[words, more]") -> Path:
        write("laws/xx/national/law.yaml", id="xx.national.law", more=f"parts: {named}\n")
        head = "part_of: xx.national.law\ntitle: a part\n"
        write("laws/xx/national/law/words.yaml", f"{head}define:\n  young: {{title: young, is: debtor.minor}}\n")
        return write("laws/xx/national/law/more.yaml", head + RULE.format(cite=cite, when=when))

    return written


def test_parts_are_validated_with_their_ruleset(part: Callable[..., Path], validated: Callable[..., Report]) -> None:
    part(cite="Law")
    report = validated("laws")
    assert [f"{fault.place} {fault.code} {fault.rule}" for fault in report.faults] == [
        "laws/xx/national/law/more.yaml:6:11 CR212 xx.national.law.another"
    ]
    assert sorted(report.files.values()) == ["part", "part", "ruleset"]
    assert report.rules == 2


def test_a_part_by_itself_is_read_with_its_ruleset(part: Callable[..., Path], codes: Codes) -> None:
    file = part(when="yuong")
    assert codes(str(file)) == [f"{file}:9:11 CR130"]
    assert codes(str(part())) == []


def test_a_part_that_its_ruleset_does_not_name(part: Callable[..., Path], codes: Codes) -> None:
    file = part(when="debtor.deceased", named="[words]")
    words = "laws/xx/national/law/words.yaml"
    assert codes("laws") == [f"{file}:1:10 CR151", f"{words}:4:3 CR205"]
    assert codes(str(file)) == [f"{file}:1:10 CR151", f"{words}:4:3 CR205"]


def test_facts_that_nothing_uses_and_that_two_laws_declare_otherwise(write: Write, codes: Codes) -> None:
    one = FACT.format(name="waved", absent="false")
    write("laws/xx/national/one.yaml", id="xx.national.one", more=one)
    assert codes("laws") == ["laws/xx/national/one.yaml:10:3 CR205"]
    write("laws/xx/aa.yaml", id="xx.aa", place="XX-AA", more=FACT.format(name="waved", absent="true"))
    assert "laws/xx/national/one.yaml:10:3 CR162" in codes("laws")
    write("laws/xx/aa.yaml", id="xx.aa", place="XX-AA", more=one)
    assert codes("laws", ignore=("CR205", "CR207")) == []


def test_a_library_whose_first_key_is_no_key_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, validated: Callable[..., Report]
) -> None:
    """What begins a line inside a text is no key of the file."""
    monkeypatch.chdir(tmp_path)
    Path("words.yaml").write_text("note: 'a text\nlibrary: of lines'\n", "utf-8")
    (fault,) = validated("words.yaml").faults
    assert (fault.code, fault.place.line) == ("CR100", 1)

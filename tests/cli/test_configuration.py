"""The configuration of a company: what it may say, and every way in which it can be wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.case.records import Kept
from collectrules.cli import configuration
from collectrules.cli.configuration import Configuration
from collectrules.ground.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path


def load(folder: Path, text: str) -> Configuration:
    path = folder / "ours.yaml"
    path.write_text(text)
    return configuration.load(path)


def problems(folder: Path, text: str) -> str:
    with pytest.raises(InvalidInput) as raised:
        load(folder, text)
    return str(raised.value).replace(str(folder), "")


def test_without_a_file_nothing_is_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert configuration.load() == Configuration()


def test_the_file_of_the_current_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "collectrules.yaml").write_text("assume: {history: {value: complete, reason: one log}}\n")
    assert configuration.load().assume == {"history": ("complete", "one log")}


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="CR001"):
        configuration.load(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize(
    ("fact", "written", "value"),
    [
        ("debtor.represented_by_attorney", "'false'", False),
        ("debtor.represented_by_attorney", "true", True),
        ("creditor.employees", "12", 12),
        ("collector.role", "third_party", "third_party"),
        ("debtor.attorney.unresponsive", "false", False),
    ],
)
def test_a_value_has_the_type_of_its_fact(tmp_path: Path, fact: str, written: str, value: object) -> None:
    read = load(tmp_path, f"assume: {{{fact}: {{value: {written}, reason: we ask}}}}\n")
    assert read.assume == {fact: (value, "we ask")}
    assert type(read.assume[fact][0]) is type(value)


def test_folders_are_sought_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "law").mkdir()
    assert load(tmp_path, "rulesets: [law]\n").rulesets == (tmp_path / "law",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("asume: {}", "/ours.yaml:1:1: CR800 the configuration has no key `asume`\n    did you mean `assume`?"),
        ("assume: {debtor.minor: {value: false}}", "CR801 `debtor.minor` has no reason"),
        ("assume: {debtor.minor: {reason: we ask}}", "CR801 `debtor.minor` has no value"),
        ("assume: {debtor.minor: false}", "CR801 `debtor.minor` has no reason"),
        ("assume: {debtor.miner: {value: false, reason: we ask}}", "/ours.yaml:1:10: CR303 `debtor.miner` is no"),
        ("assume: {debtor.miner: {value: false, reason: we ask}}", "did you mean `debtor.minor`?"),
        ("assume: {debtor: {value: 3, reason: we ask}}", "`debtor` is no single fact of a case"),
        ("assume: {debtor.attorney: {value: 3, reason: we ask}}", "`debtor.attorney` is no single fact of a case"),
        ("assume: {debtor.minor: {value: flase, reason: we ask}}", "`debtor.minor` is true or false, not `flase`"),
        ("assume: {debtor.minor: {value: false, reason: ''}}", "`debtor.minor` has no reason"),
        ("assume: {history: {value: partial, reason: we ask}}", "`history` can only be taken as `complete`"),
        ("assume: {collector.role: {value: third_paty, reason: so}}", "did you mean `third_party`?"),
        ("rulesets: [nowhere]", "/ours.yaml:1:12: CR804 there is no folder `nowhere`"),
        ("rulesets: {law: here}", "CR010"),
        ("[]", "CR010"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, told: str) -> None:
    assert told in problems(tmp_path, text)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    told = problems(tmp_path, "asume: {}\nrulesets: [nowhere]\nassume: {debtor.minor: {value: x, why: y}}\n")
    assert [code for code in ("CR800", "CR801", "CR804") if code in told] == ["CR800", "CR801", "CR804"]


@pytest.mark.parametrize("command", ["check", "rules", "coverage", "test", "limitation", "route", "interest"])
def test_every_command_reads_it_alike(
    run: Any, case_file: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """A configured folder that is missing, or empty, is an error wherever it is read."""
    cases = [case_file("phone")] if command not in ("rules", "coverage") else []
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    (tmp_path / "collectrules.yaml").write_text("rulesets: [our_rules]\n")
    missing = run(command, *cases)
    assert (missing.code, "CR804" in missing.err) == (2, True)
    (tmp_path / "our_rules").mkdir()
    empty = run(command, *cases)
    assert (empty.code, "CR141" in empty.err) == (2, True)


def test_a_verdict_names_it(run: Any, case_file: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = case_file("phone")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "collectrules.yaml").write_text("assume: {history: {value: complete, reason: one log}}\n")
    verdict = json.loads(run("check", "--json", path).out)
    assert verdict["configuration"].startswith("collectrules.yaml sha256:")
    assert "configuration - collectrules.yaml sha256:" in " ".join(run("check", "--full", path).out.split())


# ---- where it is found ----------------------------------------------------------------------------------------------


def test_it_is_found_upward_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "collectrules.yaml").write_text("assume: {history: {value: complete, reason: one log}}\n")
    inner = tmp_path / "accounts" / "today"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert configuration.load().assume == {"history": ("complete", "one log")}
    (tmp_path / "accounts" / "collectrules.yml").write_text("rulesets: []\n")
    assert configuration.load().assume == {}, "the nearest one"


@pytest.mark.parametrize("made", ["folder", "dangling link", "two"])
def test_what_bears_its_name_and_cannot_be_read_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "collectrules.yaml"
    if made == "folder":
        path.mkdir()
    elif made == "two":
        path.write_text("rulesets: []\n")
        (tmp_path / "collectrules.yml").write_text("rulesets: []\n")
    else:
        path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(InvalidInput, match="CR805"):
        configuration.load()


def test_it_is_called_by_its_name_and_hash(tmp_path: Path) -> None:
    first, second = load(tmp_path, "rulesets: []\n"), load(tmp_path, "rulesets: [ ]\n")
    assert first.name.startswith("ours.yaml sha256:")
    assert str(tmp_path) not in first.name
    assert first.name != second.name


def test_a_gap_is_accepted_with_a_reason(tmp_path: Path) -> None:
    text = "accept:\n  - {place: US-TX, topic: workplace, reason: counsel read it}\n"
    assert load(tmp_path, text).accept == {("US-TX", "workplace"): "counsel read it"}


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{place: US-TX, topic: workplace}", "CR801 a gap is accepted without a reason"),
        ("{place: Texas, topic: workplace, reason: x}", "CR806 `Texas` is no place"),
        (
            "{place: US-TX, topic: work_place, reason: x}",
            "CR806 `work_place` is no topic\n    did you mean `workplace`?",
        ),
        ("{place: US-TX, topic: workplace, reason: x, until: 2026}", "CR800 a gap has no key `until`"),
    ],
)
def test_a_gap_that_cannot_be_accepted(tmp_path: Path, entry: str, told: str) -> None:
    assert told in problems(tmp_path, f"accept:\n  - {entry}\n")


def test_the_groups_of_the_record_that_are_kept(tmp_path: Path) -> None:
    read = load(
        tmp_path,
        "records:\n"
        "  contacts: {kept: whole, reason: one log}\n"
        "  insolvency: {kept: checked, max_age: 30 days, reason: a scrub}\n",
    )
    assert read.records == {"contacts": Kept("one log"), "insolvency": Kept("a scrub", 30)}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("contact: {kept: whole, reason: one log}", "CR303 `contact` is no group of the record"),
        ("contacts: {kept: whole}", "CR301 `contacts` has no reason"),
        ("contacts: whole", "CR801 `contacts` has no reason"),
        ("contacts: {kept: wholly, reason: one log}", "CR807 `contacts` is not said to be kept whole or checked"),
        ("contacts: {kept: checked, reason: one log}", "CR807 `contacts` has no time for which a check holds"),
        ("contacts: {kept: whole, max_age: 3 days, reason: one log}", "CR807 `contacts` is kept whole and has"),
        ("contacts: {kept: whole, age: 3 days, reason: one log}", "CR800 `contacts` has no key `age`"),
    ],
)
def test_a_group_that_is_not_kept_right(tmp_path: Path, text: str, problem: str) -> None:
    assert problem in problems(tmp_path, f"records:\n  {text}\n").replace("[", "").replace("]", "").replace(
        ": error", ""
    )

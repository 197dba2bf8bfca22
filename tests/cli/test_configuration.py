"""The configuration of a company: what it may say, and every way in which it can be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
        ("rulesets: law", "CR010"),
        ("[]", "CR010"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, told: str) -> None:
    assert told in problems(tmp_path, text)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    told = problems(tmp_path, "asume: {}\nrulesets: [nowhere]\nassume: {debtor.minor: {value: x, why: y}}\n")
    assert [code for code in ("CR800", "CR801", "CR804") if code in told] == ["CR800", "CR801", "CR804"]

"""`collectrules ask` and `collectrules init`: what is asked, and what is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from collectrules import read_cases
from collectrules.cli import cli, configuration, profiles

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

EXAMPLE = Path("examples/what-is-missing.yaml")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def asked(path: Path, replies: str, *more: str) -> Any:
    return CliRunner().invoke(cli, ["ask", *more, str(path)], input=replies, standalone_mode=False)


def test_the_answers_are_written_into_the_file_and_decide(example: Path) -> None:
    before = example.read_text(encoding="utf-8")
    ran = asked(example, "yes\n" * 12)
    assert ran.return_value == 0, ran.output
    assert "ALLOW" in ran.output
    assert example.read_text(encoding="utf-8").startswith(before)  # every comment stays
    (case,) = read_cases(example).cases
    assert case.records is not None
    assert set(case.records.values()) == {"whole"}


def test_what_is_left_open_changes_nothing(example: Path) -> None:
    before = example.read_text(encoding="utf-8")
    ran = asked(example, "\n" * 60)
    assert ran.return_value == 3
    assert example.read_text(encoding="utf-8") == before


def test_a_no_is_written_too(example: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.yaml"
    ran = asked(example, "maybe\nno\n" + "\n" * 80, "-o", str(out))
    assert ran.return_value == 3
    assert "yes, no, or nothing" in ran.output
    (case,) = read_cases(out).cases
    assert case.records == {"content": "partial"}
    assert read_cases(example).cases[0].records is None


def test_a_form_gets_the_list(run: Run) -> None:
    ran = run("ask", "--json", EXAMPLE)
    told = json.loads(ran.out)
    assert (ran.code, told["decision"]) == (3, "review")
    first = told["questions"][0]
    assert first["group"] == first["name"]
    assert first["takes"] == "yes or no"
    assert len(first["facts"]) > 1
    assert first["rules"]
    assert told["questions"][-1]["yes"] == "the answer is allow"


@pytest.mark.parametrize("profile", [each.name for each in profiles.every()])
def test_what_a_profile_writes_can_be_read(run: Run, tmp_path: Path, profile: str) -> None:
    assert run("init", "--profile", profile, "--yes", "--folder", tmp_path).code == 0
    read = configuration.load(tmp_path / "collectrules.yaml")
    assert set(read.records) == set(profiles.named(profile).records)
    (case,) = read_cases(tmp_path / profiles.FIRST_CASE).cases
    assert case.collector.role == profiles.named(profile).role
    assert run("init", "--profile", profile, "--yes", "--folder", tmp_path).code == 2  # nothing is written over


def test_there_are_five_profiles_and_no_other(run: Run) -> None:
    assert len(run("init", "--profile", "list").out.splitlines()) == 5
    assert run("init", "--profile", "agencies", "--yes").code == 2


def test_flags_say_what_is_kept(run: Run, tmp_path: Path) -> None:
    assert run("init", "--whole", "contacts=one log", "--yes", "--folder", tmp_path).code == 0
    read = configuration.load(tmp_path / "collectrules.yaml")
    assert {group: kept.reason for group, kept in read.records.items()} == {"contacts": "one log"}
    for wrong in ("contacts", "contact=one log"):
        assert run("init", "--whole", wrong, "--yes", "--folder", tmp_path).code == 2


def test_each_group_is_asked_for(tmp_path: Path) -> None:
    replies = "y\none log\n" + "n\n" * 12
    ran = CliRunner().invoke(cli, ["init", "--folder", str(tmp_path)], input=replies, standalone_mode=False)
    assert ran.return_value == 0, ran.output
    read = configuration.load(tmp_path / "collectrules.yaml")
    assert {group: kept.reason for group, kept in read.records.items()} == {"contacts": "one log"}

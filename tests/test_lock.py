"""A lock file names everything that an answer is given with; what is not as it says is refused, and named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import QUIET_POLICY

from collectrules import cli, lock

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
CASE = str(ROOT / "examples" / "eighth-call.yaml")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A company's folder: its configuration and a policy, locked."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours" / "house").mkdir(parents=True)
    (tmp_path / "ours" / "house" / "quiet.yaml").write_text(QUIET_POLICY)
    (tmp_path / "collectrules.yaml").write_text("rulesets: [ours]\n")
    assert cli.run(["lock"]) == 0
    return tmp_path


def change_ruleset(house: Path, _: pytest.MonkeyPatch) -> None:
    path = house / "ours" / "house" / "quiet.yaml"
    path.write_text(path.read_text().replace("19:00", "20:00"))


def change_version(house: Path, _: pytest.MonkeyPatch) -> None:
    path = house / "ours" / "house" / "quiet.yaml"
    path.write_text(path.read_text().replace("version: '3'", "version: '4'"))


def add_ruleset(house: Path, _: pytest.MonkeyPatch) -> None:
    (house / "ours" / "house" / "loud.yaml").write_text(QUIET_POLICY.replace("quiet", "loud"))


def remove_ruleset(house: Path, _: pytest.MonkeyPatch) -> None:
    add_ruleset(house, _)
    cli.run(["lock"])
    (house / "ours" / "house" / "loud.yaml").unlink()


def change_configuration(house: Path, _: pytest.MonkeyPatch) -> None:
    (house / "collectrules.yaml").write_text("rulesets: [ours]\n# changed\n")


def change_zones(_: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lock, "_zones", lambda: ("sha256:0", "1999a"))


def change_program(_: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lock, "_hash_of_program", lambda: "sha256:0")


def leave_a_plugin_out(house: Path, _: pytest.MonkeyPatch) -> None:
    text = (house / lock.FILE_NAME).read_text()
    (house / lock.FILE_NAME).write_text(
        text.replace("plugins: {}", "plugins: {pigeon-post: {version: '1', hash: 'sha256:0'}}")
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (change_ruleset, "rulesets: `ours/house/quiet.yaml` is not the same as when it was locked"),
        (change_version, "rulesets: `ours/house/quiet.yaml` has version 4; locked is 3"),
        (add_ruleset, "rulesets: `ours/house/loud.yaml` is not locked"),
        (remove_ruleset, "rulesets: `ours/house/loud.yaml` is locked, and not here"),
        (change_configuration, "configuration: `collectrules.yaml` is not the same as when it was locked"),
        (change_zones, "time zones: `zones` has version 1999a"),
        (change_program, "program: `collectrules` is not the same as when it was locked"),
        (leave_a_plugin_out, "plugins: `pigeon-post` is locked, and not here"),
    ],
)
def test_what_is_not_as_it_is_locked_is_refused(
    house: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[Path, pytest.MonkeyPatch], None],
    told: str,
) -> None:
    change(house, monkeypatch)
    capsys.readouterr()
    assert cli.run(["check", "--locked", CASE]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert f"CR931 {told}" in err
    assert "lock it anew: collectrules lock" in err
    assert cli.run(["lock", "--check"]) == 1
    assert told in capsys.readouterr().out


def test_what_is_as_it_is_locked_is_answered_as_ever(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.run(["check", "--json", CASE]) == 1
    unlocked = json.loads(capsys.readouterr().out)
    assert cli.run(["check", "--json", "--locked", CASE]) == 1
    assert json.loads(capsys.readouterr().out) == unlocked
    assert cli.run(["lock", "--check"]) == 0
    before = (house / lock.FILE_NAME).read_bytes()
    assert cli.run(["lock"]) == 0
    assert (house / lock.FILE_NAME).read_bytes() == before


@pytest.mark.parametrize(
    "command", ["check", "limitation", "route", "interest", "handoff", "ask", "test", "coverage", "rules"]
)
def test_every_command_that_answers_takes_it(house: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    change_configuration(house, pytest.MonkeyPatch())
    more = {
        "handoff": ["--format", "package", "--to", CASE, "--preflight", CASE],
        "coverage": [],
        "rules": [],
        "test": [],
    }
    assert cli.run([command, "--locked", *more.get(command, [CASE])]) == 2
    assert "CR931" in capsys.readouterr().err


def test_folders_of_one_name_are_told_apart(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Else a change in the first of them would go unseen."""
    (house / "more" / "ours" / "house").mkdir(parents=True)
    (house / "more" / "ours" / "house" / "loud.yaml").write_text(QUIET_POLICY.replace("quiet", "loud"))
    (house / "collectrules.yaml").write_text("rulesets: [ours, more/ours]\n")
    assert cli.run(["lock"]) == 0
    text = (house / lock.FILE_NAME).read_text()
    assert "collectrules/us/federal/regulation_f.yaml" in text
    assert "ours/house/quiet.yaml" in text
    assert "ours 2/house/loud.yaml" in text
    assert cli.run(["check", "--locked", "--rulesets", "ours", CASE]) == 1, "the same folder again is nothing else"
    capsys.readouterr()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lock: 2\n", "CR930 this is no lock file"),
        ("{}\n", "CR930 this is no lock file: object missing required field `lock`"),
        ("- a\n", "CR0"),
    ],
)
def test_what_is_no_lock_file(house: Path, capsys: pytest.CaptureFixture[str], text: str, told: str) -> None:
    (house / lock.FILE_NAME).write_text(text)
    assert cli.run(["check", "--locked", CASE]) == 2
    assert told in capsys.readouterr().err


def test_without_a_lock_file_nothing_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["check", "--locked", CASE]) == 2
    assert "CR930 there is no collectrules.lock here or above\n    run: collectrules lock" in capsys.readouterr().err

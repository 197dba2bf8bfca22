"""A file is there whole or as it was, with the rights that it had, and nothing is left beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

from collectrules import cli
from collectrules.ground import whole_files


def full(_: int) -> NoReturn:
    raise OSError(28, "No space left on device")


def test_what_stood_there_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("old", "utf-8")
    file.chmod(0o640)
    whole_files.write(file, "new")
    assert file.read_text("utf-8") == "new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


def test_a_new_file_may_be_read_by_whom_any_other_may(tmp_path: Path) -> None:
    whole_files.write(tmp_path / "new", "new")
    (tmp_path / "other").write_text("other", "utf-8")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("old", "utf-8")
    (tmp_path / "link").symlink_to("there")
    whole_files.write(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there").read_text("utf-8") == "new"


def test_what_is_no_file_is_written_to() -> None:
    whole_files.write(Path(os.devnull), "new")
    assert not Path(os.devnull).is_file()


def test_what_cannot_be_written_leaves_what_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("old", "utf-8")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        whole_files.write(file, "new")
    assert file.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["record", "case.yaml", "payment", "--at", "2026-04-01", "--amount", "5.00", "--currency", "USD"],
        ["ask", "case.yaml"],
        ["new", "rule", "one_more", "law.yaml"],
        ["drift", "law.yaml", "--text", "text.txt", "--write"],
        ["cases", "upgrade", "old.yaml"],
        ["lock"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_no_command_leaves_half_of_a_file_that_was_there(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["new", "ruleset", "us.tx.calls", "--folder", "rules"]) == 0
    Path("rules/us/tx/calls.yaml").rename("law.yaml")
    Path("text.txt").write_text("Section 5. Calls.\n\n(a) One.\n\n(b) Another.\n", "utf-8")
    Path("collectrules.lock").write_text("{}", "utf-8")
    case = (
        "id: A\njurisdiction: US-TX\ncollector: {role: third_party}\n"
        "debts: [{id: A, kind: consumer, amount: '9.00', currency: USD}]\n"
        "debtor: {kind: natural_person}\naction: {kind: contact, channel: phone, at: '2026-04-07T10:00'}\n"
    )
    Path("old.yaml").write_text(case, "utf-8")
    Path("case.yaml").write_text(f"version: 2\n{case}", "utf-8")
    monkeypatch.setattr("click.prompt", lambda *_, **__: "yes")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    capsys.readouterr()
    monkeypatch.setattr(os, "fsync", full)
    assert cli.run(arguments) == 2
    assert "no space left on device" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before

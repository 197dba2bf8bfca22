"""The five commands of README, as the owner of a small firm gives them: from an export to letters and what was done."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collectrules import cli
from collectrules.case.groups import GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable

    Do = Callable[[str], int]

ROOT = Path(__file__).parents[1]
DAY = "2026-11-30"
DAYS = {"advise": "--at", "letter": "--on", "record": "--at", "import": "--today"}


def commands() -> list[str]:
    found = re.search(r"<!-- five -->\n```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[1].splitlines()


@pytest.fixture
def do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Do:
    """Gives a command of README on one day, in a folder with the two files that it names."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "examples/imports/invoices.csv", tmp_path)
    shutil.copy(ROOT / "examples/imports/letterhead.yaml", tmp_path)

    def given(command: str) -> int:
        _, name, *rest = shlex.split(command)
        return cli.run([name, *rest, *((DAYS[name], DAY) if name in DAYS else ())])

    return given


def answer(monkeypatch: pytest.MonkeyPatch, answers: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(answers))


def test_from_an_export_to_letters_in_five_commands(
    do: Do, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    init, import_, advise, letter, record = commands()
    answer(monkeypatch, "".join("y\nwe are three people and one ledger\n" for _ in GROUPS))
    assert do(init) == 0
    assert do(import_) == 0
    assert "agrees with the export's own total, 4,923.50" in capsys.readouterr().out
    assert do(advise) == 0
    assert "3 accounts: 3 to do" in capsys.readouterr().out
    assert "Mon 30 November 2026" in (tmp_path / "today.html").read_text("utf-8")
    assert (tmp_path / "steps.ics").read_text("utf-8").count("BEGIN:VEVENT") > 3
    assert do(letter) == 0
    assert sorted(each.name for each in (tmp_path / "letters").iterdir()) == [
        f"C-{number}-reminder.pdf" for number in (17, 18, 19)
    ]
    assert do(record) == 0
    capsys.readouterr()
    assert do("collectrules advise accounts.jsonl --policy small_b2b") == 0
    assert re.search(r"^WAIT +C-17 .*until 2026-12-\d\d", capsys.readouterr().out, re.MULTILINE)


def test_what_nobody_vouches_for_is_no_letter(
    do: Do, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    init, import_, advise, letter, _ = commands()
    answer(monkeypatch, "n\n" * len(GROUPS))
    assert do(init) == 0
    assert do(import_) == 0
    assert do(advise) == 3
    capsys.readouterr()
    assert do(letter) == 4
    assert capsys.readouterr().out == "0 accounts of due.jsonl: no letter to write\n"
    assert not (tmp_path / "letters").exists()

"""The example of `docs/letters.md` is run, and gives what it shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from collectrules import cli
from collectrules.letters.templates import built_in

if TYPE_CHECKING:
    import pytest

TEXT = (Path(__file__).parents[1] / "docs" / "letters.md").read_text(encoding="utf-8")


def block(language: str, number: int = 0) -> str:
    return str(re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)[number])


def test_the_letter_is_written_as_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("case.yaml").write_text(block("yaml"), "utf-8")
    Path("letterhead.yaml").write_text(block("yaml", 1), "utf-8")
    command, _, printed = block("console").removeprefix("$ collectrules ").partition("\n")
    assert cli.run([*shlex.split(command), "--today", "2026-11-29"]) == 0
    assert capsys.readouterr().out == printed
    assert Path("reminder.txt").read_text("utf-8") == block("text")


def test_the_template_shown_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("case.yaml").write_text(block("yaml"), "utf-8")
    Path("ours").mkdir()
    Path("ours/reminder.letter").write_text(block("jinja"), "utf-8")
    ours = ["--letters", "ours", "--on", "2026-11-24", "--deadline", "2027-03-01", "--today", "2026-11-29", "--draft"]
    cli.run(["letter", "reminder", "case.yaml", "-o", "a.txt", *ours])
    assert "1,840.00 USD is open; please pay by 1 March 2027." in Path("a.txt").read_text("utf-8")


def test_every_shipped_letter_has_its_row() -> None:
    assert re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE) == [
        "reminder",
        "statement",
        "copy_invoice",
        "demand_letter",
        "final_notice",
        "payment_plan_offer",
        "uk_letter_of_claim",
        "validation_notice",
    ]
    assert {letter.name for letter in built_in()} == set(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE))

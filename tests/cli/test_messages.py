"""What a terminal shows: help and messages in lines that fit it, each way to say it for every command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from collectrules import cli
from collectrules.cli.messages import fitted

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

FOLDER = Path(cli.__file__).parent / "commands"
COMMANDS = sorted(
    [(file.stem,) for file in FOLDER.glob("*.py") if file.stem != "__init__"]
    + [("new", file.stem) for file in FOLDER.glob("new/*.py") if file.stem != "__init__"]
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_fits_eighty_columns(run: Run, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ran = run(*command, "--help")
    assert ran.code == 0
    assert [line for line in ran.out.splitlines() if len(line) > 80] == []


LONG = "case.yaml:1:2: CR014 " + "what is wrong is told at length " * 4
HELP = "    " + "what to do is told in many words " * 5


def test_help_below_a_message_is_folded_and_its_place_stays_on_one_line() -> None:
    first, *rest = fitted(f"{LONG}\n{HELP}", whole=False).splitlines()
    assert first == LONG
    assert len(rest) == 3
    assert all(len(line) <= 80 and line.startswith("    ") for line in rest)


def test_on_a_terminal_all_of_it_is_folded(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    folded = fitted(f"{LONG}\n{HELP}", whole=True).splitlines()
    assert all(len(line) <= 80 for line in folded)
    assert " ".join(" ".join(folded).split()) == " ".join(f"{LONG} {HELP}".split())
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert cli.run(["check", "--at", f"a{'moment that nobody can read ' * 5}", "x.yaml"]) == 2
    assert all(len(line) <= 80 for line in capsys.readouterr().err.splitlines())

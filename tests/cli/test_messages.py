"""What a terminal shows: help and messages in lines that fit it, each way to say it for every command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from collectrules import cli
from collectrules.cli.messages import fitted, told_of_many

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


def test_what_is_wrong_with_many_cases_is_told_of_the_first_few_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    with told_of_many() as tell:
        for line in range(1, 6):
            own = f"a.jsonl:{line}:9: CR013 `channel` cannot be `c{line}`\n    did you mean `sms`?"
            tell(f"a.jsonl:{line}:1: CR012 a case needs `debts`\n    write debts\n{own}")
        tell("a.jsonl:6:1: CR012 a case needs `debts`\n    is `debt` meant?")
    told = capsys.readouterr().err.splitlines()
    assert [line for line in told if "needs `debts`" in line] == [
        *(f"a.jsonl:{line}:1: CR012 a case needs `debts`" for line in (1, 2, 3)),
        "a.jsonl:6:1: CR012 a case needs `debts`",  # with another help
        "and 2 more times: CR012 a case needs `debts`",
    ]
    assert [line for line in told if "cannot be" in line] == [
        f"a.jsonl:{line}:9: CR013 `channel` cannot be `c{line}`" for line in range(1, 6)
    ]
    assert told.count("    write debts") == 3
    assert told.count("    did you mean `sms`?") == 5


def test_a_channel_is_meant_by_what_people_call_it(run: Run, tmp_path: Path) -> None:
    for command in (("channels", "text"), ("reply", "STOP", "--channel", "text")):
        ran = run(*command)
        assert (ran.code, "did you mean `sms`?" in ran.err) == (2, True)
    log = tmp_path / "case.yaml"
    log.write_text("id: A\n", encoding="utf-8")
    assert "is YAML, and a log is read as JSON lines" in run("replay", str(log)).err
    assert "name the folder with `--timelines`" in run("replay", "--person", "A", str(log.with_suffix(".jsonl"))).err

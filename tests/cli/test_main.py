"""What holds for every command: help, version, wrong names, lazy loading, a reader that goes away."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import collectrules

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

COMMANDS = ["check", "completion", "rules", "test", "validate"]


def test_version(run: Run) -> None:
    ran = run("--version")
    assert (ran.code, ran.out) == (0, f"collectrules {collectrules.__version__}\n")


def test_help_lists_every_command_and_says_once_what_it_is_not(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    assert all(f"\n  {command} " in ran.out for command in COMMANDS)
    assert ran.out.lower().count("not legal advice") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_shows_an_example(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert ran.code == 0
    assert "Example" in ran.out
    assert f"collectrules {command} " in ran.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["chekc"], "did you mean `check`?"),
        (["zzz-me"], "the commands are "),
        (["--verison"], "--version"),
        ([], "Usage: collectrules"),
    ],
)
def test_wrong_usage_is_2(run: Run, arguments: list[str], told: str) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert told in ran.err
    assert not ran.out


def test_version_loads_nothing_that_it_does_not_need() -> None:
    code = (
        "import sys; from collectrules.cli import run; run(['--version']);"
        "print(sorted(name for name in sys.modules if name.startswith('collectrules') or name in ('yaml', 'pluggy')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = ran.stdout.splitlines()[-1]
    assert loaded == str(
        [
            "collectrules",
            "collectrules._version",
            "collectrules.cli",
            "collectrules.cli.command_folder",
            "collectrules.cli.commands",
            "collectrules.cli.exit_codes",
            "collectrules.ground",
            "collectrules.ground.errors",
            "collectrules.ground.plain",
        ]
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGPIPE to report")
def test_a_reader_that_goes_away_is_no_fault_of_the_program() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ran = subprocess.run(
        [sys.executable, "-m", "collectrules", "completion", "zsh"],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert ran.returncode == 141
    assert ran.stderr == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a disk that is always full")  # noqa: PTH110
@pytest.mark.parametrize("arguments", ["check no-such-file.yaml", "chekc", "check no-such-file.yaml >&-"])
@pytest.mark.parametrize("where", ["2>/dev/full", "2>&-"])
def test_where_nothing_can_be_told_the_exit_code_still_says_it(arguments: str, where: str) -> None:
    """A 1 says denied."""
    command = f"{shlex.quote(sys.executable)} -m collectrules {arguments} {where}"
    assert subprocess.run(["/bin/sh", "-c", command], check=False).returncode == 2


def test_what_an_encoding_lacks_ends_no_run(tmp_path: Path) -> None:
    lines = tmp_path / "cases.jsonl"
    lines.write_text('{"id": "\\ud800"}\n{"id": "later"}\n', "utf-8")
    ran = [
        subprocess.run(
            [sys.executable, "-m", "collectrules", *arguments],
            env={**os.environ, "PYTHONIOENCODING": encoding},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        for encoding, arguments in (("utf-8", ["check", str(lines), "--json"]), ("cp1252", ["rules"]))
    ]
    assert [each.returncode for each in ran] == [2, 0]
    assert [json.loads(line)["id"] for line in ran[0].stdout.splitlines()] == ["\ud800", "later"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_completion(run: Run, shell: str) -> None:
    ran = run("completion", shell)
    assert ran.code == 0
    assert "_COLLECTRULES_COMPLETE" in ran.out


def test_completion_of_an_unknown_shell(run: Run) -> None:
    ran = run("completion", "tcsh")
    assert ran.code == 2
    assert "tcsh" in ran.err


def test_every_public_name_is_there_and_no_other() -> None:
    for name in collectrules.__all__:
        if name != "Advisor":
            assert getattr(collectrules, name) is not None
    assert dir(collectrules) == sorted(collectrules.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Adviser'"):
        _ = collectrules.Adviser

"""README shows what happens: every command in a block `console` is run, and what it prints is compared.

In a block, a line that begins with `$ ` is a command and the lines up to the next one are all that it prints; a comment
`# exit N` after the command is its exit code, 0 where there is none, and `# exit N; first M lines` says that more is
printed than is shown. `[...]` stands for any text, where a hash differs from version to version; spaces and
line ends count as one space. Commands that judge get `--today`, the day on which README was written, since rulesets
age. `python tests/test_readme.py` writes what the commands print now.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TODAY = "2026-11-21"
VOLATILE = (
    (re.compile(r"\b[0-9a-f]{16,64}\b"), "[...]"),
    (re.compile(r"(?<=\.yaml):\d+:\d+"), ":[...]"),
    (re.compile(r"^engine .*? · ", re.MULTILINE | re.DOTALL), "engine [...] · "),
)
"""Hashes, lines of rulesets and the engine, which is another from Python 3.13 on."""
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """A command in README with what it is said to print."""

    command: str
    comment: str
    output: str

    @property
    def code(self) -> int:
        return int(self.comment.partition(";")[0].removeprefix("exit ") or 0)

    @property
    def lines(self) -> int | None:
        found = re.search(r"first (\d+) lines", self.comment)
        return int(found[1]) if found else None

    def cut(self, output: str) -> str:
        """As much of what is printed as README shows."""
        return "\n".join(output.splitlines()[: self.lines])


def blocks(language: str) -> list[str]:
    return [body for found, body in BLOCK.findall(README.read_text("utf-8")) if found == language]


def shown(block: str) -> list[Shown]:
    found = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        first, _, output = part.partition("\n")
        command, _, comment = first.partition("  # ")
        found.append(Shown(command, comment, output))
    return found


def run(command: str) -> tuple[int, str]:
    """Run one command line of this program, with the interpreter that runs the tests."""
    program, verb, *arguments = shlex.split(command)
    assert program == "collectrules", command
    if verb in ("check", "test", "slots"):
        arguments += ["--today", TODAY]
    ran = subprocess.run(
        [sys.executable, "-m", "collectrules", verb, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert "Traceback" not in ran.stderr
    return ran.returncode, ran.stdout + ran.stderr


def squeezed(text: str) -> str:
    return " ".join(text.split())


def pattern(output: str) -> str:
    return ".*?".join(re.escape(part) for part in squeezed(output).split("[...]"))


COMMANDS = [command for block in blocks("console") for command in shown(block)]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.command)
def test_a_command_prints_what_readme_shows(command: Shown) -> None:
    code, output = run(command.command)
    assert code == command.code
    assert re.fullmatch(pattern(command.output), squeezed(command.cut(output))), output


def test_readme_shows_a_denial() -> None:
    assert 1 in {command.code for command in COMMANDS}


def test_the_two_commands_are_where_ci_finds_them() -> None:
    text = README.read_text("utf-8")
    for marker, end in (("check", "check examples/eighth-call.yaml"), ("tests", "pytest -n auto --dist loadfile")):
        found = re.search(rf"<!-- {marker} -->\n```sh\n(.*)\n```", text)
        assert found is not None
        assert found[1].startswith("python3 -m venv .venv && .venv/bin/pip install ")
        assert found[1].endswith(end)


@pytest.mark.parametrize("code", blocks("python"))
def test_the_python_of_readme_runs(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {"__name__": "readme"})  # noqa: S102  # README is ours
    said = [line.partition("# prints ")[2] for line in code.splitlines() if "# prints " in line]
    assert capsys.readouterr().out.splitlines() == said


@pytest.mark.parametrize("text", [block for block in blocks("yaml") if "jurisdiction:" in block])
def test_the_cases_of_readme_are_cases(text: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(text, "utf-8")
    code, output = run(f"collectrules check {path}")
    assert code in (0, 1, 3), output


def test_every_example_file_is_a_case_that_is_answered() -> None:
    files = sorted((ROOT / "examples").glob("*.yaml"))
    assert files
    for path in files:
        assert run(f"collectrules check {path}")[0] in (0, 1, 3)


def written_anew(text: str) -> str:
    """README with every block `console` as the commands print now."""

    def block(found: re.Match[str]) -> str:
        if found[1] != "console":
            return found[0]
        lines = []
        for command in shown(found[2]):
            code, output = run(command.command)
            assert code == command.code, output  # README is never made to show what it did not mean to
            output = command.cut(output)
            for volatile, stable in VOLATILE:
                output = volatile.sub(stable, output)
            comment = f"  # {command.comment}" if command.comment else ""
            lines.append(f"$ {command.command}{comment}\n{output}".rstrip("\n"))
        return "```console\n" + "\n".join(lines) + "\n```"

    return BLOCK.sub(block, text)


if __name__ == "__main__":
    README.write_text(written_anew(README.read_text("utf-8")), "utf-8")

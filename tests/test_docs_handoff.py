"""What `docs/handoff.md` shows is run, and gives what it shows."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from collectrules import HandoffFormat, cli, testing
from collectrules.plugins.loading import load_plugins

TEXT = (Path(__file__).parents[1] / "docs" / "handoff.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in zip(("case.yaml", "harbour.yaml", "details.yaml"), blocks("yaml"), strict=True):
        Path(name).write_text(text, "utf-8")
    return tmp_path


def test_the_commands_print_what_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands = re.findall(
        r"^\$ collectrules (.*?)(?:  # exit (\d))?\n(.*?)(?=^\$|\Z)",
        "".join(f"{block}\n" for block in blocks("console")),
        re.MULTILINE | re.DOTALL,
    )
    assert len(commands) == 3
    for command, code, printed in commands:
        assert cli.run([*shlex.split(command), "--today", "2026-11-29"]) == int(code or 0)
        assert capsys.readouterr().out.strip() == printed.strip()
    assert Path("november.csv").read_text("utf-8-sig").splitlines() == blocks("csv")[0].splitlines()


def test_the_python_prints_what_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, own = blocks("python")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "docs/handoff.md", "exec"), {})  # noqa: S102  # the code of the page
    assert out.getvalue().splitlines() == re.findall(r"# prints (.*)$", code, re.MULTILINE)
    made: dict[str, object] = {}
    exec(compile(own, "docs/handoff.md", "exec"), made)  # noqa: S102
    assert isinstance(made["FORMAT"], HandoffFormat)
    testing.assert_conforms(made["FORMAT"])


def test_every_built_in_format_has_its_row() -> None:
    rows = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", TEXT, re.MULTILINE))))
    assert rows == {
        name for name in load_plugins().handoff_formats if not name.startswith(("ygc", "metro2", "debitura"))
    }

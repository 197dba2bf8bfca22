"""The example of `docs/aging.md` is run, and prints what it shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from collectrules import cli

if TYPE_CHECKING:
    import pytest

TEXT = (Path(__file__).parents[1] / "docs" / "aging.md").read_text(encoding="utf-8")


def test_the_aging_is_told_as_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    console, cases = (
        str(re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)[0])
        for language in ("console", "yaml")
    )
    Path("accounts.yaml").write_text(cases, "utf-8")
    command, _, printed = console.removeprefix("$ collectrules ").partition("\n")
    assert cli.run(shlex.split(command)) == 0
    assert capsys.readouterr().out == printed

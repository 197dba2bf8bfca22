"""What `docs/words.md` shows is what the commands print."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "words.md").read_text("utf-8")
SHOWN = re.findall(r"^```console\n\$ collectrules (.*?)  # exit (\d)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("arguments", "code", "output"), SHOWN)
def test_a_command_prints_what_is_shown(arguments: str, code: str, output: str) -> None:
    today = ["--today", "2026-11-29"] if arguments.startswith("words") else []
    ran = subprocess.run(
        [sys.executable, "-m", "collectrules", *shlex.split(arguments), *today],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (str(ran.returncode), ran.stdout) == (code, output)


def test_the_python_prints_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    (source,) = re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(source, "docs/words.md", "exec"), {})  # noqa: S102  # the page's own code
    assert printed.getvalue().split() == re.findall(r"# prints (\w+)", source)

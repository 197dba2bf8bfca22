"""What `docs/diff.md` shows is what the command prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "diff.md").read_text("utf-8")


def test_the_example_is_compared_as_it_says(tmp_path: Path) -> None:
    before = re.search(r"<!-- before.yaml -->\n```yaml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    after = re.search(
        r"<!-- after.yaml: to: (.*?) -->\n```console\n\$ (.*?)  # exit (\d)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL
    )
    assert before is not None
    assert after is not None
    value, command, code, shown = after.groups()
    (tmp_path / "before.yaml").write_text(before[1], "utf-8")
    changed = re.sub(r"to: \{.*?\}\}$", f"to: {value}}}", before[1], flags=re.MULTILINE)
    assert changed != before[1]
    (tmp_path / "after.yaml").write_text(changed, "utf-8")
    program, *arguments = command.split()
    assert program == "collectrules"
    run = subprocess.run(
        [sys.executable, "-m", "collectrules", *arguments, "--today", "2026-11-21"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (int(code), shown)

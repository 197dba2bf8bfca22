"""What `docs/testing.md` shows is what the command prints of the file that stands above it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

TEXT = (Path(__file__).parents[1] / "docs" / "testing.md").read_text("utf-8")


def test_the_survivors_are_those_that_are_shown(tmp_path: Path) -> None:
    policy = re.search(r"^```yaml\n(policy: .*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    shown = re.search(
        r"^```console\n\$ collectrules mutate late.yaml  # exit 1\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL
    )
    assert policy is not None
    assert shown is not None
    (tmp_path / "late.yaml").write_text(policy[1], "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "collectrules", "mutate", "late.yaml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout == shown[1]

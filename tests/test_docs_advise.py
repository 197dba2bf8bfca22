"""What `docs/policy.md` and `docs/advise.md` show: the policy reads, and the advice is what is told.

`python tests/test_docs_advise.py` writes what is told now.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import tempfile
from pathlib import Path
from typing import Final

import pytest

from collectrules import cli
from collectrules.plugins.loading import load_plugins
from collectrules.policy import model
from collectrules.policy.conditions import FIGURES
from collectrules.policy.reading import parse_policy

DOCS: Final = Path(__file__).parents[1] / "docs"
ADVISE: Final = DOCS / "advise.md"
POLICY: Final = (DOCS / "policy.md").read_text(encoding="utf-8")
_RUN: Final = re.compile(r"(?<=<!-- run -->\n```console\n)\$ (collectrules .*?)\n(.*?)(?=```)", re.DOTALL)


def told() -> tuple[str, str, str]:
    """The command of the page, what it prints, and what the page shows."""
    text = ADVISE.read_text(encoding="utf-8")
    case = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[0]
    found = _RUN.search(text)
    assert found is not None
    out = io.StringIO()
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(out):
        os.chdir(folder)
        try:
            Path("case.yaml").write_text(case, encoding="utf-8")
            arguments = shlex.split(found[1])[1:]
            assert cli.run([*arguments, "--today", "2026-11-29"]) == 0
        finally:
            os.chdir(before)
    return found[1], out.getvalue(), found[2]


def test_the_advice_is_what_the_page_shows() -> None:
    _, printed, shown = told()
    assert printed == shown


def test_the_policy_that_is_shown_reads() -> None:
    (text,) = re.findall(r"^<!-- policy -->\n```yaml\n(.*?)^```$", POLICY, re.MULTILINE | re.DOTALL)
    policy = parse_policy(text, "docs/policy.md", load_plugins().language)
    assert [stage.id for stage in policy.stages] == ["reminder", "final_notice", "hand_over"]


@pytest.mark.parametrize("name", sorted({*FIGURES, *model.ACTS, *model.WAYS, *model.TONES, *model.DOCUMENTS}))
def test_every_word_is_in_the_manual(name: str) -> None:
    assert f"`{name}`" in POLICY


if __name__ == "__main__":
    command, printed, _ = told()
    text = ADVISE.read_text(encoding="utf-8")
    ADVISE.write_text(_RUN.sub(lambda _: f"$ {command}\n{printed}", text), encoding="utf-8")

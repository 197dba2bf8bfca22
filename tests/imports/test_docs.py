"""`docs/imports.md` shows what happens: its commands are run one after another, with its mapping.

`python tests/imports/test_docs.py` writes what they print now.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from collectrules.cli import run

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "imports.md"
COMMAND = re.compile(r"^```console\n\$ collectrules (.*?)  # exit (\d)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MAPPING = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def answered(command: str) -> tuple[int, str]:
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        code = run(shlex.split(command))
    return code, output.getvalue()


@contextlib.contextmanager
def office(text: str) -> Iterator[Path]:
    """A folder with the examples and the mapping of the page, in which commands are run."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        shutil.copytree(ROOT / "examples" / "imports", here / "examples" / "imports")
        (here / "own.yaml").write_text(MAPPING.findall(text)[0], encoding="utf-8")
        before = Path.cwd()
        os.chdir(here)
        try:
            yield here
        finally:
            os.chdir(before)


def test_the_page_shows_what_happens() -> None:
    text = PAGE.read_text(encoding="utf-8")
    commands = COMMAND.findall(text)
    assert len(commands) == text.count("```console")
    with office(text):
        for command, code, output in commands:
            assert answered(command) == (int(code), output), command


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    with office(page):
        said = COMMAND.sub(
            lambda found: f"```console\n$ collectrules {found[1]}  # exit {{}}\n{{}}```".format(*answered(found[1])),
            page,
        )
    PAGE.write_text(said, encoding="utf-8")

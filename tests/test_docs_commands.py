"""What pages of `docs/` show of commands is what they print; as README has it (`test_readme`).

`python tests/test_docs_commands.py` writes what they print now.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests import test_readme as readme

DOCS = Path(__file__).parents[1] / "docs"
PAGES = ("replay.md", "slots.md")


def commands(page: str) -> list[readme.Shown]:
    found = readme.BLOCK.findall((DOCS / page).read_text("utf-8"))
    return [command for language, body in found if language == "console" for command in readme.shown(body)]


@pytest.mark.parametrize(("page", "command"), [(page, each) for page in PAGES for each in commands(page)])
def test_a_command_prints_what_the_page_shows(page: str, command: readme.Shown) -> None:
    assert (DOCS / page).is_file()
    code, output = readme.run(command.command)
    assert code == command.code
    assert re.fullmatch(readme.pattern(command.output), readme.squeezed(command.cut(output))), output


if __name__ == "__main__":
    for name in PAGES:
        (DOCS / name).write_text(readme.written_anew((DOCS / name).read_text("utf-8")), "utf-8")

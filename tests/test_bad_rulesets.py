"""One mistake a file, and beside it what is said about it: the messages are part of the interface."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from collectrules.ground.errors import InvalidInput
from collectrules.law import reader
from collectrules.law.reader import read_ruleset
from collectrules.plugins.loading import load_plugins

FOLDER = Path(__file__).parent / "bad_rulesets"
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.yaml"))


@pytest.mark.parametrize("name", FILES)
def test_a_bad_ruleset_says_where_what_and_what_to_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in a folder of its own is in the wrong place; the others are asked for what stands in them."""
    monkeypatch.chdir(FOLDER)
    loaded = load_plugins()
    language = loaded.language
    with pytest.raises(InvalidInput) as caught:
        read_ruleset(Path(name), language, folder=Path() if "/" in name else None)
    assert str(caught.value) + "\n" == Path(name).with_suffix(".txt").read_text(encoding="utf-8")


def test_every_message_belongs_to_a_file() -> None:
    messages = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.txt"))
    assert messages == [name.replace(".yaml", ".txt") for name in FILES]


def test_every_code_has_a_file() -> None:
    assert reader.__doc__ is not None
    codes = set(re.findall(r"CR1\d\d", reader.__doc__))
    told = {code for path in FOLDER.rglob("*.txt") for code in re.findall(r": (CR1\d\d) ", path.read_text("utf-8"))}
    assert told == codes


def test_every_problem_has_a_line_and_a_column() -> None:
    for path in FOLDER.rglob("*.txt"):
        for line in path.read_text("utf-8").splitlines():
            assert line.startswith("    ") or re.match(r"[\w/]+\.yaml:[1-9]\d*:[1-9]\d*: CR\d\d\d [`a-z$]", line), line

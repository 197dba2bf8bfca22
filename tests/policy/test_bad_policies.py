"""One mistake a file, and beside it what is said about it: the messages are part of the interface."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collectrules.ground.errors import InvalidInput
from collectrules.policy import reading
from collectrules.policy.reading import read_policy

if TYPE_CHECKING:
    from collectrules.law.model import Language

FOLDER = Path(__file__).parent / "bad_policies"
FILES = sorted(path.name for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", FILES)
def test_a_bad_policy_says_where_what_and_what_to_do(
    name: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER)
    with pytest.raises(InvalidInput) as caught:
        read_policy(Path(name), language)
    assert str(caught.value) + "\n" == Path(name).with_suffix(".txt").read_text(encoding="utf-8")


def test_every_message_belongs_to_a_file() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.txt")) == [name.replace(".yaml", ".txt") for name in FILES]


def test_every_code_has_a_file() -> None:
    codes = set(re.findall(r"CR1\d\d", reading.__doc__ or "")) - {"CR110"}
    told = {code for path in FOLDER.glob("*.txt") for code in re.findall(r": (CR1\d\d) ", path.read_text("utf-8"))}
    assert {"CR171", "CR172", "CR173"} <= codes
    assert {"CR171", "CR172", "CR173", "CR100", "CR101", "CR102", "CR103", "CR112"} <= told

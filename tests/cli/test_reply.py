"""`collectrules reply`: which text it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]


@pytest.mark.parametrize("name", ["nofile.txt", "letters/nofile.EML", "nofile.html"])
def test_a_file_that_is_not_there_is_no_message(run: Run, name: str) -> None:
    ran = run("reply", name)
    assert (ran.code, ran.out) == (2, "")
    assert f"there is no file `{name}`" in ran.err


def test_a_file_that_is_there_and_a_text_are_read(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "message.txt"
    file.write_text("STOP")
    assert run("reply", file).code == 0
    assert run("reply", "STOP").code == 0
    assert run("reply", "please look at message.txt").code == 3, "words with spaces are a text"


def test_the_channels_are_listed(run: Run) -> None:
    ran = run("reply", "--channel", "pigeon", "STOP")
    assert ran.code == 2
    assert "there is no channel `pigeon`\n    the channels are phone, sms, email" in ran.err
    assert max(map(len, ran.err.splitlines())) <= 80
    assert "did you mean `email`?" in run("reply", "--channel", "emial", "STOP").err

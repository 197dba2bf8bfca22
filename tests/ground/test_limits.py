"""What is too much to be meant is refused by name, and what has no end is not waited for."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from collectrules import cli
from collectrules.case.reading import case_from_mapping, parse_cases, read_cases
from collectrules.ground import limits
from collectrules.ground.errors import InvalidInput

CASE: dict[str, Any] = {
    "jurisdiction": "US",
    "collector": {"role": "third_party"},
    "debts": [{"id": "A", "kind": "consumer"}],
    "action": {"kind": "contact", "channel": "phone", "at": "2026-04-15T10:00"},
}
CALL = {"at": "2026-04-01", "channel": "phone", "direction": "outbound"}


def refused(call: Any, *given: Any) -> str:
    with pytest.raises(InvalidInput) as caught:
        call(*given)
    return str(caught.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_and_a_device_are_no_files(tmp_path: Path) -> None:
    pipe = tmp_path / "case.yaml"
    os.mkfifo(pipe)
    for path in (pipe, "/dev/zero"):
        assert "CR001 this is no file but a folder, a pipe or a device" in refused(read_cases, path)
    assert "CR001 cannot read this file" in refused(read_cases, tmp_path)


def test_a_file_of_more_bytes_than_are_taken_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "case.json"
    path.write_text("{}" + " " * 98, encoding="utf-8")
    monkeypatch.setenv("COLLECTRULES_MOST_BYTES", "99")
    told = refused(read_cases, path)
    assert "more bytes than are taken in" in told
    assert "the limit is 99; set COLLECTRULES_MOST_BYTES to raise it" in told
    monkeypatch.setenv("COLLECTRULES_MOST_BYTES", "100")
    assert "more bytes" not in refused(read_cases, path)


@pytest.mark.parametrize(("stated", "limit"), [("7", 7), ("", 1000), ("-1", 1000), ("1e9", 1000), ("٣", 1000)])
def test_a_limit_is_a_number_of_digits(stated: str, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLLECTRULES_MOST_ITEMS", stated)
    assert limits.most("items") == limit


def test_lists_have_a_limit_and_histories_a_wider_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLLECTRULES_MOST_ITEMS", "2")
    debts = [{"id": name, "kind": "consumer"} for name in "ABC"]
    assert len(case_from_mapping({**CASE, "debts": debts[:2], "history": [CALL] * 3}).debts) == 2
    told = refused(case_from_mapping, {**CASE, "debts": debts})
    assert told.startswith("case/debts: CR029 `debts` lists 3, more than are taken in")
    monkeypatch.setenv("COLLECTRULES_MOST_ENTRIES", "2")
    assert "CR029 `history` lists 3" in refused(case_from_mapping, {**CASE, "history": [CALL] * 3})


def test_of_a_file_with_countless_problems_the_first_are_told() -> None:
    text = "debts: [" + ", ".join(f"&a{number} x" for number in range(5000)) + "]"
    told = refused(parse_cases, text, "x.yaml")
    assert told.count("CR007") == limits.most("problems")
    assert told.endswith("and 1 more problem")


def test_standard_input_that_is_closed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert "cannot read standard input: it is closed" in refused(read_cases, "-")


@pytest.mark.parametrize(
    "arguments",
    [("check", "-"), ("words", "-", "--act", "examples/letter.yaml"), ("reply", "-"), ("replay", "-")],
    ids=lambda arguments: arguments[0],
)
def test_every_command_tells_that_standard_input_is_closed(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    monkeypatch.setattr(sys, "stdin", None)
    assert cli.run(arguments) == 2
    assert "cannot read standard input: it is closed" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [("words", "-", "--act", "examples/letter.yaml"), ("reply", "-")])
def test_a_text_on_standard_input_that_is_no_utf_8_is_told(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"STOP \xff"), errors="surrogateescape"))
    assert cli.run(arguments) == 2
    assert "<stdin>:1:6: CR002 byte 0xff is not UTF-8" in capsys.readouterr().err

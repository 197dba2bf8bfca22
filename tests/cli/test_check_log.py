"""`check --log`: what is appended, and what is left out of it; `check --jobs`: the same answers in the same order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from collectrules import Advisor, as_json, case_from_mapping
from collectrules.output.log import log_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import FakeAdvisor

    Run = Callable[..., Any]

CASE: dict[str, Any] = {
    "id": "c-1",
    "story": "Jane Roe of Elm Street owes",
    "jurisdiction": "US",
    "applicable_law": ["US"],
    "record": "complete",
    "collector": {"role": "third_party"},
    "debts": [{"id": "A", "kind": "consumer", "account_number": "4929123"}],
    "debtor": {
        "time_zone": "America/New_York",
        "endpoints": [{"id": "mobile_555_0142", "channel": "phone", "place": "mobile"}],
    },
    "history": [
        {
            "at": f"2026-04-0{day}T10:00",
            "channel": "phone",
            "direction": "outbound",
            "outcome": "no_answer",
            "endpoint": "mobile_555_0142",
        }
        for day in range(1, 8)
    ],
    "action": {"kind": "contact", "channel": "phone", "at": "2026-04-07T12:00", "endpoint": "mobile_555_0142"},
}
PERSONAL = ("Jane", "4929123", "555_0142")


@pytest.fixture(scope="module")
def answered() -> tuple[Any, str]:
    case = case_from_mapping(CASE)
    return case, as_json(Advisor.load().explore(case))


def test_no_name_and_no_number_stands_in_the_log(answered: tuple[Any, str]) -> None:
    line = log_line(*answered)
    assert line.endswith("\n")
    assert line.count("\n") == 1
    assert not [each for each in PERSONAL if each in line]
    logged = json.loads(line)
    assert logged["case"]["id"] == "c-1"
    assert logged["answer"]["decision"] == "deny"
    assert logged["case"]["debtor"]["endpoints"][0]["id"] == logged["case"]["action"]["endpoint"]
    assert logged["case"]["action"]["channel"] == "phone"


def test_names_stand_in_it_where_they_are_wanted(answered: tuple[Any, str]) -> None:
    line = log_line(*answered, names=True)
    assert json.loads(line)["case"] == answered[0].to_mapping()
    assert all(each in line for each in PERSONAL)


def test_the_log_is_appended_to(advisor: FakeAdvisor, run: Run, case_file: Callable[..., Path], tmp_path: Path) -> None:
    advisor.rulebook = NoFacts()  # type: ignore[attr-defined]
    log = tmp_path / "log.jsonl"
    assert run("check", "--log", log, case_file("phone")).code == 1
    assert run("check", "--log", log, case_file("email")).code == 0
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["answer"]["decision"] for line in lines] == ["deny", "allow"]


def test_what_cannot_be_logged_is_not_answered(
    advisor: FakeAdvisor, run: Run, case_file: Callable[..., Path], tmp_path: Path
) -> None:
    advisor.rulebook = NoFacts()  # type: ignore[attr-defined]
    ran = run("check", "--log", tmp_path / "no" / "log.jsonl", case_file("email"))
    assert (ran.code, ran.out) == (2, "")


def test_log_names_needs_a_log(advisor: FakeAdvisor, run: Run, case_file: Callable[..., Path]) -> None:
    assert run("check", "--log-names", case_file("email")).code == 2


class NoFacts:
    channels: tuple[str, ...] = ()

    @staticmethod
    def facts() -> tuple[()]:
        return ()


def lines_of(tmp_path: Path, number: int, wrong: int) -> Path:
    channels = ("phone", "email", "letter")
    cases = [
        {**CASE, "id": f"c-{each}", "history": [], "action": {**CASE["action"], "channel": channels[each % 3]}}
        for each in range(number)
    ]
    lines = [json.dumps(case) for case in cases]
    lines[wrong] = '{"id": "c-x", "jurisdiction": "US"}'
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_several_processes_answer_in_order(run: Run, tmp_path: Path) -> None:
    path = lines_of(tmp_path, 90, 70)
    alone = run("check", "--json", "--brief", "--jobs", "1", path)
    several = run("check", "--json", "--brief", "--jobs", "2", path)
    assert alone.code == several.code == 2
    assert several.out == alone.out
    assert several.err == alone.err
    assert len(alone.out.splitlines()) == 90


def test_check_many_answers_each_in_turn() -> None:
    given: list[Any] = [CASE, {"jurisdiction": "US"}, case_from_mapping(CASE)]
    first, wrong, last = Advisor.load().check_many(iter(given))
    assert first == last
    assert "CR012" in str(wrong)

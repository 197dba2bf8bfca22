"""`collectrules check --action --channel --at`: another act of the same account."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.case.reading import read_cases
from collectrules.cli.another_act import AnotherAct

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

EXAMPLES = Path(__file__).parents[2] / "examples"
DENIED = EXAMPLES / "eighth-call.yaml"
QUESTION = EXAMPLES / "claim-in-england.yaml"
TODAY = ("--today", "2026-11-21")


@pytest.mark.parametrize(
    ("options", "code", "head"),
    [
        ([], 1, "DENY    eighth-call: phone call, Tue 7 April 2026, 10:00"),
        (["--at", "2026-04-09T10:00"], 0, "ALLOW   eighth-call: phone call, Thu 9 April 2026, 10:00"),
        (["--channel", "letter", "--at", "2026-04-07T10:00"], 0, "ALLOW   eighth-call: letter, Tue 7"),
        (["--channel", "phone", "--at", "2026-04-07T22:00"], 1, "DENY    eighth-call: phone call, Tue 7"),
    ],
)
def test_another_act_is_decided_by_itself(run: Run, options: list[str], code: int, head: str) -> None:
    ran = run("check", DENIED, *options, *TODAY)
    assert ran.code == code, ran.err
    assert ran.out.startswith(head)


def test_now_is_told_in_a_zone_of_its_own() -> None:
    case = AnotherAct(None, "letter", "now").of(read_cases(DENIED).cases[0], ())
    assert case.action is not None
    assert case.action.at_tz == "Etc/UTC"
    assert isinstance(case.action.at, datetime)
    assert abs(datetime.now(UTC).replace(tzinfo=None) - case.action.at).total_seconds() < 120
    assert case.action.channel == "letter"


def test_a_question_needs_to_be_told_which_act(run: Run) -> None:
    ran = run("check", QUESTION, "--at", "now")
    assert ran.code == 2
    assert "say with `--action` which act is meant" in ran.err
    act = AnotherAct("file_claim", None, "2026-03-10").of(read_cases(QUESTION).cases[0], ()).action
    assert act is not None
    assert (act.kind, act.channel, str(act.at)) == ("file_claim", None, "2026-03-10")


def test_an_account_alone_asks_nothing_until_an_act_is_named(run: Run, tmp_path: Path) -> None:
    account = {key: value for key, value in read_cases(DENIED).cases[0].to_mapping().items() if key != "action"}
    lines = tmp_path / "accounts.jsonl"
    lines.write_text(f"{json.dumps(account)}\n" * 2, encoding="utf-8")
    ran = run("check", lines, *TODAY)
    assert ran.code == 2
    assert ran.err.count("says neither what is to be done nor what is asked") == 2
    ran = run("check", lines, "--action", "contact", "--channel", "phone", "--at", "2026-04-07T10:00", *TODAY)
    assert ran.code == 1
    assert run("limitation", lines, *TODAY).code in (0, 3)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--at", "12"], "with a time 2026-04-07T10:00, or `now`"),
        (["--action", "contac"], "did you mean `contact`?"),
        (["--channel", "fone"], "`channel` cannot be `fone`"),
        (["--at", "2026-02-30"], "2026-02-30"),
    ],
)
def test_a_wrong_word_is_told(run: Run, options: list[str], told: str) -> None:
    ran = run("check", DENIED, *options)
    assert ran.code == 2
    assert told in ran.err
    assert not ran.out

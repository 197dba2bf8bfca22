"""Whatever is asked, an allow is confirmed by the second decider: where that objects, nothing on the way out is one.

Each way is asked twice, beside an engine that agrees and beside one that objects to everything.
"""

from __future__ import annotations

import json
import shlex
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from tests.handoff.conftest import ITEMIZATION, account

from collectrules import Advisor, cli, read_cases
from collectrules.deciding.confirm import Confirmation
from collectrules.handoff.preflight import RULESETS, Handoff

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.case.objects import Case

ROOT: Final = Path(__file__).parents[1]
EXAMPLES: Final = ROOT / "examples"
TODAY: Final = date(2026, 11, 30)
FIRST: Final = datetime(2026, 4, 8, 15, tzinfo=UTC)
LAST: Final = FIRST + timedelta(hours=2)

ASKED: Final[dict[str, Callable[[Advisor, Case], bool]]] = {
    "check": lambda advisor, case: advisor.check(case).decision == "allow",
    "check of many": lambda advisor, case: any(
        getattr(each, "decision", "") == "allow" for each in advisor.check_many([case] * 4)
    ),
    "explore": lambda advisor, case: advisor.explore(case).decision == "allow",
    "explore of alike": lambda advisor, case: any(
        advisor.explore(case.but(id=name)).decision == "allow" for name in "abcd"
    ),
    "brief": lambda advisor, case: advisor.brief(case).decision == "allow",
    "slots": lambda advisor, case: any(each.decision == "allow" for each in advisor.slots(case, FIRST, LAST)),
    "the next moment": lambda advisor, case: advisor.next_lawful(case, FIRST, LAST) is not None,
    "schedule": lambda advisor, case: any(
        slot.decision == "allow"
        for each in advisor.schedule(case, ["phone"], (FIRST, LAST)).channels
        for slot in each.slots
    ),
    "plan": lambda advisor, case: (
        (plan := advisor.schedule(case, ["phone"], (FIRST, LAST), apart=timedelta(days=1)).plan) is not None
        and bool(plan.contacts)
    ),
}
COMMANDS: Final = {
    "check": "check eight-days-later.yaml",
    "check --json": "check eight-days-later.yaml letter.yaml --json",
    "check --brief": "check eight-days-later.yaml letter.yaml --brief",
    "slots": "slots eight-days-later.yaml --days 1 --channel phone",
    "words": "words plain.txt --act letter.yaml",
    "replay": "replay kept.jsonl",
    "letter": "letter reminder lettered.yaml -o {out}/letter.txt --letterhead letterhead.yaml --on 2026-11-24",
}
"""Each ends with 0 where all is allowed."""
SHORT: Final = ("check --brief", "replay")
"""They do not tell why."""


@pytest.fixture(params=["agrees", "objects"])
def agrees(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Does the second decider agree?"""
    if request.param == "objects":
        monkeypatch.setattr(Confirmation, "objection", lambda *_: "it says otherwise")
    return bool(request.param == "agrees")


@pytest.mark.parametrize("way", ASKED)
def test_of_an_advisor(way: str, agrees: bool) -> None:
    (case,) = read_cases(EXAMPLES / "eight-days-later.yaml").cases
    assert ASKED[way](Advisor.load(today=TODAY), case) is agrees


@pytest.mark.parametrize("way", COMMANDS)
def test_of_a_command(
    way: str, agrees: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for file in [*EXAMPLES.glob("*.yaml"), EXAMPLES / "imports" / "letterhead.yaml"]:
        shutil.copy(file, tmp_path)
    Path("plain.txt").write_text("Please call us about your account.\n", "utf-8")
    first, *_ = (EXAMPLES / "log.jsonl").read_text("utf-8").splitlines()
    person = json.loads(first)
    Path("kept.jsonl").write_text(json.dumps({**person, "history": person["history"][:2]}), "utf-8")
    Path("lettered.yaml").write_text(json.dumps(account()), "utf-8")
    code = cli.run([*shlex.split(COMMANDS[way].format(out=tmp_path)), "--today", TODAY.isoformat()])
    told = capsys.readouterr()
    assert (code == 0) is agrees, told
    assert code in (0, 1, 3), told
    assert ("it says otherwise" in told.out + told.err) is not agrees or way in SHORT, told


def test_of_a_handoff(agrees: bool, tmp_path: Path) -> None:
    receiver, details = tmp_path / "harbour.yaml", tmp_path / "details.yaml"
    receiver.write_text("receiver: Harbour Collections\nkind: agency\n", "utf-8")
    details.write_text("C-1042:\n" + "".join(f"  {name}: {value}\n" for name, value in ITEMIZATION.items()), "utf-8")
    advisor = Advisor.load(rulesets=[RULESETS], today=TODAY)
    handoff = Handoff.load("package", receiver, details=details, advisor=advisor)
    assert handoff.preflight(advisor.case(account())).ready is agrees

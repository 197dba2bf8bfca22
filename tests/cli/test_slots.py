"""`collectrules slots`: when the act of a case is lawful."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from collectrules.cli import run as run_command

if TYPE_CHECKING:
    from pathlib import Path

CASE = """\
version: 2
id: {id}
jurisdiction: US-TX
record: complete
collector: {{role: third_party}}
debts: [{{id: A, kind: consumer}}]
debtor: {{time_zone: {zone}}}
history: [{{at: 2026-04-01T10:00-05:00, channel: phone, direction: outbound, outcome: no_answer}}]
action: {{kind: contact, channel: {channel}, at: 2026-04-08T10:00-05:00}}
"""


@pytest.fixture
def case(tmp_path: Path) -> Any:
    def write(name: str = "one", channel: str = "phone", zone: str = "America/Chicago") -> str:
        path = tmp_path / f"{name}.yaml"
        path.write_text(CASE.format(id=name, channel=channel, zone=zone), encoding="utf-8")
        return str(path)

    return write


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run_command(["slots", "--today", "2026-11-21", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_code_is_the_best_that_a_case_has_and_the_worst_of_several(case: Any, capsys: Any) -> None:
    assert asked(capsys, "--channel", "phone", case())[0] == 0
    assert asked(capsys, "--channel", "postcard", case())[0] == 1
    assert asked(capsys, "--channel", "postcard", "--channel", "phone", case())[0] == 0
    assert asked(capsys)[0] == 4


def test_it_begins_when_it_is_told_to(case: Any, capsys: Any) -> None:
    _, out, _ = asked(
        capsys, "--from", "2026-04-08T06:30", "--days", "1", "--channel", "phone", "--format", "json", case()
    )
    told = json.loads(out)
    assert told["first"] == "2026-04-08T06:30:00-05:00"
    assert told["channels"][0]["next"] == "2026-04-08T08:00:00-05:00"
    _, out, _ = asked(capsys, "--from", "2026-04-09", "--days", "1", "--channel", "phone", "--format", "json", case())
    assert json.loads(out)["first"] == "2026-04-09T00:00:00-05:00"


def test_a_plan_takes_the_channel_of_the_case(case: Any, capsys: Any) -> None:
    _, out, _ = asked(capsys, "--plan", "3", "--apart", "12h", "--format", "json", case())
    plan = json.loads(out)["plan"]
    assert plan["apart"] == 720
    assert {each["channel"] for each in plan["contacts"]} == {"phone"}
    assert len(plan["contacts"]) == 4


def test_without_an_offset_several_zones_are_asked_about(case: Any, capsys: Any) -> None:
    path = case(zone="[America/Chicago, America/Denver]")
    code, _, err = asked(capsys, "--from", "2026-04-08T10:00", path)
    assert code == 2
    assert "is another moment in each zone: America/Chicago, America/Denver" in err
    assert "write its offset" in err


def test_what_is_wrong_with_one_case_does_not_take_the_next(case: Any, capsys: Any) -> None:
    code, out, err = asked(capsys, "--from", "2026-03-31T10:00", "--channel", "phone", case("early"))
    assert (code, out) == (2, "")
    assert "the history goes on after 2026-03-31T10:00" in err


def test_a_page_holds_one_case(case: Any, capsys: Any) -> None:
    code, out, err = asked(capsys, "--channel", "phone", "--format", "html", case("one"), case("two"))
    assert code == 2
    assert out.count("<!DOCTYPE html>") == 1
    assert "tells one case" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--channel", "fone"), "there is no channel `fone`"),
        (("--apart", "soon"), "`soon` is no time between two contacts"),
        (("--from", "noon"), "`noon` is no moment"),
        (("--days", "0"), "0 is not in the range"),
    ],
)
def test_wrong_usage_is_told(arguments: tuple[str, str], message: str, case: Any, capsys: Any) -> None:
    code, _, err = asked(capsys, *arguments, case())
    assert code == 2
    assert message in err


def test_help_names_its_formats() -> None:
    from collectrules.cli import cli

    assert "icalendar" in CliRunner().invoke(cli, ["slots", "--help"]).output

"""`collectrules check`."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from collectrules.output import rendering

if TYPE_CHECKING:
    from collections.abc import Callable

    FakeAdvisor = Any
    Run = Callable[..., Any]
    CaseFile = Callable[..., Path]


@pytest.mark.parametrize(("channel", "code"), [("letter", 0), ("phone", 1), ("sms", 3)])
@pytest.mark.parametrize("options", [[], ["--json"], ["--explain"], ["--json", "--explain"]])
def test_the_exit_code_is_the_decision_whatever_the_output(
    advisor: FakeAdvisor, run: Run, case_file: CaseFile, channel: str, code: int, options: list[str]
) -> None:
    assert run("check", case_file(channel), *options).code == code


@pytest.mark.parametrize(
    ("channels", "code"),
    [(["letter", "email"], 0), (["letter", "sms"], 3), (["sms", "phone"], 1), (["phone", "carrier pigeon"], 2)],
)
def test_of_several_cases_the_worst_counts(
    advisor: FakeAdvisor, run: Run, case_file: CaseFile, channels: list[str], code: int
) -> None:
    files = [case_file(channel, f"{number}.yaml") for number, channel in enumerate(channels)]
    assert run("check", *files).code == code


def test_an_unreadable_case_does_not_keep_the_others_from_being_answered(
    advisor: FakeAdvisor, run: Run, case_file: CaseFile, tmp_path: Path
) -> None:
    ran = run("check", tmp_path / "nowhere.yaml", case_file("letter"))
    assert ran.code == 2
    assert "nowhere.yaml: CR001" in ran.err
    assert ran.out.startswith("ALLOW   by-letter")


def test_one_bad_case_of_a_file_does_not_take_the_answers_of_the_others(
    advisor: FakeAdvisor, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "cases.yaml"
    case = (
        "  - {{id: {0}, jurisdiction: US, collector: {{role: third_party}}, debts: [{{id: A, kind: {1}}}],\n"
        "     action: {{kind: contact, channel: letter, at: 2026-04-08T10:00}}}}\n"
    )
    path.write_text(
        "cases:\n" + case.format("a", "consumer") + case.format("b", "consumr") + case.format("c", "consumer")
    )
    ran = run("check", path)
    assert ran.code == 2
    assert f"{path}:4:" in ran.err
    assert "did you mean `consumer`?" in ran.err
    assert [line.split()[1].rstrip(":") for line in ran.out.splitlines()[:2]] == ["a", "c"]
    assert ran.out.splitlines()[2] == "3 cases: 2 allow, 1 not read"
    lines = [json.loads(line) for line in run("check", "--json", path).out.splitlines()]
    assert [line.get("case") for line in lines] == ["a", None, "c"]
    assert lines[1]["id"] == "b"
    assert lines[1]["error"][0]["place"].startswith(f"{path}:4:")


@pytest.mark.parametrize("separator", ["\n", "\n\n"])
def test_json_lines_and_documents_of_yaml(advisor: FakeAdvisor, run: Run, tmp_path: Path, separator: str) -> None:
    case = {
        "jurisdiction": "US",
        "collector": {"role": "third_party"},
        "debts": [{"id": "A", "kind": "consumer"}],
        "action": {"kind": "contact", "channel": "letter", "at": "2026-04-08T10:00"},
    }
    several = [{"id": name, **case} for name in ("a", "b", "c")]
    lines = tmp_path / "cases.jsonl"
    lines.write_text(separator.join(map(json.dumps, several)) + "\n")
    documents = tmp_path / "cases.yaml"
    documents.write_text("# of today\n---\n" + "\n---\n".join(json.dumps(each, indent=1) for each in several))
    for path in (lines, documents):
        ran = run("check", "--brief", "--json", path)
        assert ran.code == 0, ran.err
        assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["a", "b", "c"]
    lines.write_text(separator.join([json.dumps(several[0]), '{"id": "b", ', json.dumps(several[2])]))
    ran = run("check", lines)
    assert ran.code == 2
    assert f"{lines}:{1 + len(separator)}:" in ran.err
    assert "CR004 this is not JSON: a key in double quotes is missing here" in ran.err
    assert "3 cases: 2 allow, 1 not read" in ran.out
    lines.write_text("\n".join([json.dumps(several[0]), json.dumps(several[1] | {"record": "whole"})]))
    assert json.loads(run("check", "--json", lines).out.splitlines()[1])["id"] == "b"


def test_several_are_told_on_a_line_each_and_counted(advisor: FakeAdvisor, run: Run, case_file: CaseFile) -> None:
    ran = run("check", case_file("phone", "1.yaml"), case_file("letter", "2.yaml"))
    first, second, tally = ran.out.splitlines()
    assert first == "DENY    by-phone: xx.calls.frequency · 12 XX 34(b) · next Thu 9 April 2026, 00:00"
    assert second.startswith("ALLOW   by-letter")
    assert tally == "2 cases: 1 deny, 1 allow"
    brief = json.loads(run("check", "--brief", "--json", case_file("phone")).out)
    assert brief == {
        "id": "by-phone",
        "decision": "deny",
        "rule": "xx.calls.frequency",
        "citation": "12 XX 34(b)",
        "next": "2026-04-09T00:00",
    }


def test_brief_and_full_exclude_each_other(advisor: FakeAdvisor, run: Run, case_file: CaseFile) -> None:
    ran = run("check", "--brief", "--full", case_file("phone"))
    assert ran.code == 2
    assert "one line a case" in ran.err


def test_a_case_that_is_wrong_is_told_with_its_place(advisor: FakeAdvisor, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("jurisdiction: US\ncolector: {role: third_party}\n")
    ran = run("check", path)
    assert ran.code == 2
    assert f"{path}:2:1: " in ran.err
    assert "did you mean `collector`?" in ran.err
    assert "Traceback" not in ran.err
    assert not ran.out


def test_standard_input(advisor: FakeAdvisor, run: Run, case_file: CaseFile, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = SimpleNamespace(buffer=io.BytesIO(case_file("phone").read_bytes()))
    monkeypatch.setattr("sys.stdin", stream)
    ran = run("check", "-")
    assert ran.code == 1
    assert ran.out.startswith("DENY    by-phone: phone call")


def test_nothing_given_is_nothing_checked(advisor: FakeAdvisor, run: Run) -> None:
    ran = run("check")
    assert ran.code == 4
    assert "nothing was checked" in ran.err


@pytest.mark.parametrize(("jurisdiction", "code", "head"), [("US-CA", 0, "ANSWER  "), ("US-NV", 3, "OPEN    ")])
def test_a_question_is_answered_or_left_open_and_never_guessed(
    advisor: FakeAdvisor, run: Run, tmp_path: Path, jurisdiction: str, code: int, head: str
) -> None:
    path = tmp_path / "question.yaml"
    path.write_text(
        f"jurisdiction: {jurisdiction}\ncollector: {{role: creditor}}\ndebts: [{{id: A, kind: consumer}}]\n"
        "ask: {what: court_route, at: '2026-11-20'}\n"
    )
    ran = run("check", path)
    assert ran.code == code
    assert ran.out.startswith(f"{head}court route, Fri 20 November 2026\n")
    assert run("check", "--full", path).out.startswith(f"{head}court route, 2026-11-20\n")
    document = run("check", "--json", path)
    assert document.code == code
    jsonschema.validate(json.loads(document.out), rendering.schema("answer"))


def test_json_is_one_valid_verdict_a_line(advisor: FakeAdvisor, run: Run, case_file: CaseFile) -> None:
    ran = run("check", "--json", case_file("phone", "1.yaml"), case_file("letter", "2.yaml"))
    verdicts = [json.loads(line) for line in ran.out.splitlines()]
    assert [verdict["decision"] for verdict in verdicts] == ["deny", "allow"]
    for verdict in verdicts:
        jsonschema.validate(verdict, rendering.schema())
        assert "explanation" not in verdict


def test_explain_lists_what_every_rule_said(advisor: FakeAdvisor, run: Run, case_file: CaseFile) -> None:
    path = case_file("phone")
    out = run("check", "--explain", path).out
    assert "kept      xx.calls.minor [12 XX 36]" in out
    assert "no   the debtor is a minor [12 XX 36]" in out
    verdict = json.loads(run("check", "--explain", "--json", path).out)
    jsonschema.validate(verdict, rendering.schema())
    assert verdict["explanation"][0]["truth"] == "kept"


def test_options_reach_the_advisor(advisor: FakeAdvisor, run: Run, case_file: CaseFile, tmp_path: Path) -> None:
    folders = [tmp_path / "ours", tmp_path / "theirs"]
    for folder in folders:
        folder.mkdir()
    (tmp_path / "collectrules.yaml").write_text(
        "assume: {debtor.minor: {value: false, reason: we ask}}\nrulesets: [ours]\n"
    )
    run("check", case_file("letter"), "--rulesets", folders[1], "--today", "2026-04-08")
    assert advisor.loaded["today"] == date(2026, 4, 8)
    assert advisor.loaded["assume"] == {"debtor.minor": (False, "we ask")}
    assert [Path(folder).name for folder in advisor.loaded["rulesets"]] == ["ours", "theirs"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--rulesets", "nowhere"], "nowhere"),
        (["--today", "tomorrow"], "tomorrow"),
        (["--jsn"], "--json"),
        (["--config", "nowhere.yaml"], "nowhere.yaml: CR001"),
    ],
)
def test_wrong_usage(advisor: FakeAdvisor, run: Run, case_file: CaseFile, arguments: list[str], told: str) -> None:
    ran = run("check", case_file("letter"), *arguments)
    assert ran.code == 2
    assert told in ran.err


def test_a_fault_of_the_program_is_no_answer(
    advisor: FakeAdvisor, run: Run, case_file: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = case_file("courier")
    ran = run("check", path)
    assert ran.code == 70
    assert "internal fault: RuntimeError: the courier fell ill" in ran.err
    assert "COLLECTRULES_TRACEBACK=1" in ran.err
    assert "Traceback" not in ran.err
    monkeypatch.setenv("COLLECTRULES_TRACEBACK", "1")
    assert "Traceback" in run("check", path).err


def test_a_channel_that_does_not_exist_is_answered_with_each_channel_once(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("jurisdiction: US\naction: {kind: contact, channel: semaphore, at: 2026-04-07T10:00}\n")
    assert run("check", path).err.count("`courier`") == 1

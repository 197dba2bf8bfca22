"""`collectrules test`."""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.testing import examples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    FakeAdvisor = Any
    Run = Callable[..., Any]

CASE = """\
  - id: {id}
    story: A story.
    rule: 12 CFR 1006.{rule}
    source: text
    jurisdiction: {jurisdiction}
    collector: {{role: third_party}}
    debts: [{{id: A, kind: consumer}}]
    {more}
    expect: {{decision: {decision}, why: for a reason}}
"""


@pytest.fixture
def cases(tmp_path: Path) -> Callable[..., Path]:
    """Writes a case file; the fake advisor denies phone, reviews sms and allows all else."""

    def written(*lines: str, name: str = "cases.yaml") -> Path:
        texts = []
        for number, line in enumerate(lines):
            channel, decision, *more = line.split()
            jurisdiction = next((word for word in more if word.startswith("US")), "US")
            extras = "\n    ".join(word.replace("=", ": ") for word in more if "=" in word)
            act = f"action: {{kind: contact, channel: {channel}, at: 2026-04-08T10:00}}"
            if channel == "ask":
                act = "ask: {what: court_route, at: '2026-04-08'}"
            texts.append(
                CASE.format(
                    id=f"c-{number}",
                    rule=f"{14 + number}(b)(2)",
                    jurisdiction=jurisdiction,
                    more=f"{act}\n    {extras}" if extras else act,
                    decision=decision,
                )
            )
        path = tmp_path / name
        path.write_text("as_of: '2026-04-01'\ncases:\n" + "".join(texts))
        return path

    return written


def test_all_agree(advisor: FakeAdvisor, run: Run, cases: Callable[..., Path]) -> None:
    ran = run("test", cases("phone deny", "letter allow"))
    assert ran.code == 0
    assert "ok            12 CFR 1006.14: c-0\n" in ran.out
    assert "2 passed, 0 failed, 0 apart, 0 not supported" in ran.out


def test_one_failure_is_told_with_both_answers_and_its_place(
    advisor: FakeAdvisor, run: Run, cases: Callable[..., Path]
) -> None:
    path = cases("phone deny", "sms deny")
    ran = run("test", path)
    assert ran.code == 1
    assert "FAIL          12 CFR 1006.15: c-1\n" in ran.out
    assert "decision: expected deny, got review" in ran.out
    assert "why: for a reason" in ran.out
    assert f"{path}:12:" in ran.out


def test_a_deny_for_a_review_is_a_failure(advisor: FakeAdvisor, run: Run, cases: Callable[..., Path]) -> None:
    assert run("test", cases("phone review")).code == 1


@pytest.mark.parametrize("mark", ["contested=true", "confidence=low"])
def test_doubtful_cases_are_shown_apart_and_never_fail(
    advisor: FakeAdvisor, run: Run, cases: Callable[..., Path], mark: str
) -> None:
    ran = run("test", cases(f"phone allow {mark}"))
    assert ran.code == 0
    assert "decision: expected allow, got deny" in ran.out
    assert "0 passed, 0 failed, 1 apart" in ran.out


def test_medium_confidence_counts_and_is_a_group_of_its_own(
    advisor: FakeAdvisor, run: Run, cases: Callable[..., Path]
) -> None:
    ran = run("test", cases("phone deny", "phone deny confidence=medium", "letter deny confidence=medium"))
    assert ran.code == 1
    assert "2 passed, 1 failed" in ran.out
    assert "of medium confidence: 1 passed, 1 failed" in ran.out


def test_a_question_that_nothing_encoded_answers_is_not_supported_and_not_a_pass(
    advisor: FakeAdvisor, run: Run, cases: Callable[..., Path]
) -> None:
    ran = run("test", cases("ask allow"))
    assert ran.code == 4
    assert "0 passed, 0 failed, 0 apart, 1 not supported" in ran.out


def test_counts_by_section(advisor: FakeAdvisor, run: Run, cases: Callable[..., Path]) -> None:
    table = run("test", cases("phone deny", "letter deny")).out.splitlines()
    assert [line.split()[-4:] for line in table if line.startswith("  12 CFR 1006.")] == [
        ["1", "0", "0", "0"],
        ["0", "1", "0", "0"],
    ]


@pytest.mark.parametrize(("codes", "passed"), [("US-TX", 1), ("us-tx,US-CA", 2), ("US", 3), ("US-T", 0), ("CA", 0)])
def test_a_jurisdiction_holds_what_lies_inside_it(
    advisor: FakeAdvisor, run: Run, cases: Callable[..., Path], codes: str, passed: int
) -> None:
    path = cases("phone deny", "phone deny US-TX", "phone deny US-CA")
    ran = run("test", path, "--jurisdiction", codes)
    assert f"{passed} passed" in ran.out
    assert ran.code == (0 if passed else 4)


def test_quiet_shows_failures_and_totals_only(advisor: FakeAdvisor, run: Run, cases: Callable[..., Path]) -> None:
    out = run("test", "-q", cases("phone deny", "letter deny")).out
    assert "c-0" not in out
    assert "c-1" in out
    assert "1 passed, 1 failed" in out


def test_json(advisor: FakeAdvisor, run: Run, cases: Callable[..., Path]) -> None:
    ran = run("test", "--json", cases("phone deny", "letter deny"))
    document = json.loads(ran.out)
    assert ran.code == 1
    assert document["summary"]["passed"] == document["summary"]["failed"] == 1
    assert [result["status"] for result in document["results"]] == ["passed", "failed"]


def test_the_age_of_rulesets_is_held_against_the_day_of_the_file(
    advisor: FakeAdvisor, run: Run, cases: Callable[..., Path]
) -> None:
    run("test", cases("phone deny"))
    assert str(advisor.loaded["today"]) == "2026-04-01"
    run("test", cases("phone deny"), "--today", "2027-01-01")
    assert str(advisor.loaded["today"]) == "2027-01-01"


def test_a_folder_holds_cases_and_rulesets_and_other_files(
    advisor: FakeAdvisor, run: Run, cases: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases("phone deny")
    (tmp_path / "settings.yaml").write_text("colour: blue\n")
    (tmp_path / "law.yaml").write_text("ruleset: xx\njurisdiction: XX\n")

    def ran_examples(paths: list[Path]) -> list[SimpleNamespace]:
        assert [path.name for path in paths] == ["law.yaml"]
        return [
            SimpleNamespace(rule="xx.r", story="a story", expected="deny", got="allow", place="law.yaml:9", ok=False)
        ]

    monkeypatch.setattr(examples, "run_examples", ran_examples, raising=False)
    ran = run("test", tmp_path)
    assert ran.code == 1
    assert "FAIL          xx.r: a story" in ran.out
    assert "expected deny, got allow" in ran.out
    assert "1 passed, 1 failed" in ran.out


def test_a_file_that_is_named_must_be_one_of_the_two(advisor: FakeAdvisor, run: Run, tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text("colour: blue\n")
    assert run("test", tmp_path / "settings.yaml").code == 2
    assert run("test", tmp_path).code == 4


def test_an_unreadable_file_does_not_hide_the_others(
    advisor: FakeAdvisor, run: Run, cases: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "broken.yaml").write_text("cases: [\n")
    ran = run("test", tmp_path / "broken.yaml", cases("phone deny"))
    assert ran.code == 2
    assert "broken.yaml" in ran.err
    assert "1 passed" in ran.out
    assert "Traceback" not in ran.err


def test_a_bar_is_shown_on_a_terminal_only(
    advisor: FakeAdvisor, run: Run, cases: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = cases(*(["phone deny"] * 60))
    assert not run("test", "-q", path).err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert "100%" in run("test", "-q", path).err


@pytest.mark.parametrize("name", ["house.yml", "house.YAML"])
def test_a_ruleset_that_other_commands_would_not_read_is_no_success(run: Run, tmp_path: Path, name: str) -> None:
    """Examples that pass say nothing where the law itself is never loaded."""
    (tmp_path / "us").mkdir()
    (tmp_path / "us" / name).write_text("ruleset: us.house\njurisdiction: US\n")
    for path in (tmp_path, tmp_path / "us" / name):
        ran = run("test", path)
        assert ran.code == 2
        assert f"{name}: CR141 a ruleset ends in `.yaml`" in ran.err

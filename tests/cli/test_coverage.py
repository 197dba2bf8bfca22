"""`collectrules coverage`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]


def test_a_place_is_a_line_of_counts(run: Run, laws: Path) -> None:
    ran = run("coverage", "--jurisdiction", "XX", "--rulesets", laws, "--today", "2026-06-01")
    assert ran.code == 0
    encoded, partly, nothing, unread = ran.out.splitlines()[1].split()[3:7]
    assert ran.out.splitlines()[1].split()[:3] == ["XX", "1", "4"]
    assert (encoded, partly, nothing) == ("3", "0", "0")
    assert int(unread) > 20
    assert "1 jurisdiction, 1 rule, 4 answers" in ran.out
    assert "!" not in ran.out


def test_a_place_that_is_named_is_told_topic_by_topic(run: Run) -> None:
    ran = run("coverage", "us-ma", "--today", "2026-11-21")
    assert ran.code == 0
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "contact hours encoded" in lines
    assert "closed days nothing (read)" in lines
    assert "pre-action steps partly" in lines
    assert any("since 2012-03-02" in line and "for covered_debt" in line for line in lines)
    assert max(map(len, ran.out.splitlines())) <= 80


def test_what_an_allow_does_not_cover_is_what_coverage_lists_as_not_read(run: Run) -> None:
    from datetime import date

    from collectrules.advisor import Advisor
    from collectrules.law.coverage import coverage

    advisor = Advisor.load(today=date(2026, 11, 21))
    listed = {
        f"{covered.jurisdiction}: {topic.title}"
        for covered in coverage(advisor.rulebook.rulesets(), advisor.rulebook.topics, advisor.today)
        for topic in covered.topics.values()
        if topic.standing == "not read"
    }
    assert listed
    law = advisor.rulebook.law("GB-ENG", "contact", "visit", date(2026, 4, 8).toordinal())
    unread = {f"{asked.place}: {asked.topic.title}" for asked in law.expected.topics if not asked.covers}
    assert unread
    assert unread <= listed | {f"{asked.place}: {asked.topic.title}" for asked in law.expected.topics if asked.others}


@pytest.mark.parametrize(("today", "marked"), [("2026-12-01", False), ("2026-12-02", True)])
def test_what_is_past_its_day_is_marked(run: Run, laws: Path, today: str, marked: bool) -> None:
    ran = run("coverage", "--jurisdiction", "XX", "--rulesets", laws, "--today", today)
    assert ran.code == 0
    assert ("2026-12-01!" in ran.out) is marked
    assert (f"!  1 past their `verify by` on {today}" in ran.out) is marked


def test_what_is_not_in_force_is_named_and_not_counted(run: Run, laws: Path) -> None:
    text = (laws / "xx.yaml").read_text()
    (laws / "xx.yaml").write_text(
        text.replace("since: 2000-01-01\nverified", "since: 2000-01-01\nstatus: draft\nverified")
    )
    ran = run("coverage", "--jurisdiction", "XX", "--rulesets", laws)
    assert "not in force: xx (draft)" in ran.out
    assert "0 rules, 0 answers" in ran.out


def test_json_is_one_jurisdiction_a_line(run: Run, laws: Path) -> None:
    ran = run("coverage", "--json", "--jurisdiction", "XX", "--rulesets", laws, "--today", "2026-12-02")
    (covered,) = [json.loads(line) for line in ran.out.splitlines()]
    assert covered["jurisdiction"] == "XX"
    assert covered["rulesets"] == ["xx"]
    assert [name for name, topic in covered["topics"].items() if topic["standing"] == "encoded"] == [
        *("small_claims", "pre_action", "limitation")
    ]
    assert covered["extent"] == {
        "rules": 1,
        "answers": 4,
        "high": 4,
        "medium": 0,
        "low": 1,
        "verified": "2025-06-01",
        "verify_by": "2026-12-01",
        "overdue": 1,
    }


def test_a_line_has_80_columns_at_most(run: Run, laws: Path) -> None:
    out = run("coverage", "--rulesets", laws, "--today", "2099-01-01").out
    assert "XX" in out
    assert max(map(len, out.splitlines())) <= 80


def test_a_place_of_which_nothing_is_encoded(run: Run, laws: Path) -> None:
    ran = run("coverage", "--jurisdiction", "QQ", "--rulesets", laws)
    assert ran.code == 4
    assert "no law of such a place is encoded" in ran.err
    assert not ran.out


def test_a_ruleset_that_cannot_be_read(run: Run, laws: Path) -> None:
    (laws / "yy.yaml").write_text("ruleset: yy\n")
    ran = run("coverage", "--rulesets", laws)
    assert ran.code == 2
    assert "yy.yaml" in ran.err

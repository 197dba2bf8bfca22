"""`collectrules mutate`, and `collectrules test --coverage`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

LAW = """\
ruleset: xx
title: a law of a test
jurisdiction: XX
version: '1'
source: https://law.example/1
since: 2020-01-01
verified: {date: 2026-01-01, against: the text, confidence: high}
verify_by: 2027-01-01
example_case: {collector: {role: third_party}, debts: [{id: A, kind: consumer}], debtor: {time_zone: Europe/Berlin}}
rules:
  - id: hours
    title: calls from eight to eight
    cite: Act 1
    strength: prohibition
    governs: {kind: contact, channel: phone}
    kind: contact_hours
    values: {from: {2020-01-01: '08:00'}, to: {2020-01-01: '20:00'}}
    unless:
      - {if: action.purpose == answer_debtor_request, cite: Act 2, title: the debtor asked for it}
    examples:
      - {story: at eight, action: {kind: contact, channel: phone, at: 2026-04-08T08:00}, expect: allow}
      - {story: before, action: {kind: contact, channel: phone, at: 2026-04-08T07:59}, expect: deny}
      - {story: at the end, action: {kind: contact, channel: phone, at: 2026-04-08T20:00}, expect: deny}
"""


@pytest.fixture
def law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "xx.yaml"
    path.write_text(LAW, "utf-8")
    return path


def test_survivors_are_told_with_the_example_that_would_notice_them(run: Run, law: Path) -> None:
    ran = run("mutate", law)
    assert ran.code == 1
    assert "SURVIVES xx.hours: values.to 2020-01-01: 20:00 -> 19:59\n" in ran.out
    assert "window edge, " in ran.out
    assert "- story: before; here at 19:59\n" in ran.out
    assert "expect: allow" in ran.out
    assert ran.out.endswith("6 mutants: 4 killed, 2 survive, 0 accepted\n")


def test_without_examples_and_of_one_rule(run: Run, law: Path) -> None:
    assert "- story:" not in run("mutate", law, "--no-examples").out
    assert run("mutate", law, "--rule", "xx.no_such").code == 4


def test_accepted_survivors_are_counted(run: Run, law: Path) -> None:
    survivors = [each["id"] for each in json.loads(run("mutate", law, "--json").out)["mutants"]]
    assert len(survivors) == 2
    lines = "".join(f"      - {json.dumps(name)}\n" for name in survivors)
    (law.parent / "survivors.yaml").write_text(f"survivors:\n  - reason: a test\n    mutants:\n{lines}", "utf-8")
    ran = run("mutate", law)
    assert (ran.code, ran.out) == (0, "6 mutants: 4 killed, 0 survive, 2 accepted\n")
    document = json.loads(run("mutate", law, "--json").out)
    assert document["summary"] == {"killed": 4, "survived": 0, "accepted": 2, "unreadable": 0}
    assert {each["reason"] for each in document["mutants"]} == {"a test"}
    law.write_text(LAW.replace("at: 2026-04-08T08:00}", "at: 2026-04-08T19:59}"))
    ran = run("mutate", law)
    assert ran.code == 1
    assert "CR294 `xx.hours: values.to 2020-01-01: 20:00 -> 19:59` does not survive, or is no mutant" in ran.out


def test_what_cannot_be_read_is_told_and_nothing_is_nothing(run: Run, law: Path, tmp_path: Path) -> None:
    law.write_text(LAW.replace("kind: contact_hours", "kind: contact_hour"))
    ran = run("mutate", law)
    assert ran.code == 2
    assert "CR103" in ran.err
    (tmp_path / "empty").mkdir()
    ran = run("mutate", tmp_path / "empty")
    assert ran.code == 4
    assert f"nothing was changed: no ruleset in {tmp_path / 'empty'}" in ran.err


def test_coverage_of_the_examples(run: Run, law: Path) -> None:
    ran = run("test", law, "--coverage")
    assert ran.code == 0
    assert "NOT REACHED xx.hours: branch: unless the debtor asked for it\n" in ran.out
    assert ran.out.endswith("rules 1/1 (100 %), branches 0/1 (0 %), values 2/2 (100 %)\n")
    assert run("test", law, "--at-least", "100").code == 1
    asked = "{kind: contact, channel: phone, at: 2026-04-08T21:00, purpose: answer_debtor_request}"
    law.write_text(f"{LAW}      - {{story: asked, action: {asked}, expect: allow}}\n")
    assert run("test", law, "--at-least", "100").code == 0


def test_coverage_as_json(run: Run, law: Path) -> None:
    document = json.loads(run("test", law, "--coverage", "--json").out)
    assert document["coverage"]["branches"] == {"reached": 0, "every": 1, "percent": 0.0}
    assert document["summary"]["passed"] == 3
    assert "coverage" not in json.loads(run("test", law, "--json").out)

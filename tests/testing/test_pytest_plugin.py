"""pytest collects what the settings name: examples of rulesets and cases that expect something, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = any(point.name == "collectrules" for point in entry_points(group="pytest11"))
RULESET = """
ruleset: xa.calls
title: calls
jurisdiction: XA
version: '1'
source: https://law.example/xa
since: 2020-01-01
verified: {date: 2026-11-21, against: nothing, confidence: low}
verify_by: 2036-11-21
example_case: {jurisdiction: XA, collector: {role: third_party}, debts: [{id: A, kind: consumer}]}
rules:
  - id: by_day
    title: no calls before nine
    cite: Act 1
    strength: prohibition
    governs: {kind: contact, channel: phone}
    when: outside_hours(action, 09:00, 18:00)
    examples:
      - {story: at ten, action: {kind: contact, channel: phone, at: 2026-03-02T10:00}, expect: allow}
      - {story: at eight, action: {kind: contact, channel: phone, at: 2026-03-02T08:00}, expect: deny}
"""
CASES = """
cases:
  - id: by-night
    jurisdiction: US
    applicable_law: [US]
    record: complete
    collector: {role: third_party}
    debts: [{id: A, kind: consumer}]
    debtor: {time_zone: America/New_York}
    action: {kind: contact, channel: phone, at: 2026-03-02T23:00}
    expect: {decision: deny}
"""
SETTINGS = (
    '[tool.pytest.ini_options]\ncollectrules_files = ["laws", "cases/*.yaml"]\ncollectrules_today = "2026-11-21"\n'
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "laws" / "xa").mkdir(parents=True)
    (tmp_path / "laws" / "xa" / "calls.yaml").write_text(RULESET)
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "calls.yaml").write_text(CASES)
    (tmp_path / "other.yaml").write_text("neither: law nor case\n")
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    return tmp_path


def run(project: Path, *more: str) -> tuple[int, str]:
    plugin = [] if KNOWN else ["-p", "collectrules.testing.pytest_plugin"]
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *plugin, *more]
    ran = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def test_examples_and_cases_are_tests(project: Path) -> None:
    (project / "test_advisor.py").write_text(
        "def test_law_is_there(collectrules_advisor):\n    assert str(collectrules_advisor.today) == '2026-11-21'\n"
    )
    code, told = run(project, "-v")
    assert code == 0, told
    for name in ("by_day: at ten PASSED", "by_day: at eight PASSED", "calls.yaml::by-night", "4 passed"):
        assert name in told


def test_what_disagrees_fails_with_what_came_instead(project: Path) -> None:
    (project / "laws" / "xa" / "calls.yaml").write_text(RULESET.replace("expect: deny", "expect: review"))
    (project / "cases" / "calls.yaml").write_text(CASES.replace("decision: deny", "decision: allow"))
    code, told = run(project)
    assert code == 1
    assert "expected review, got deny" in told
    assert "decision: expected allow, got deny" in told
    assert "Traceback" not in told
    assert "2 failed, 1 passed" in told


def test_what_cannot_be_read_is_an_error_with_its_place(project: Path) -> None:
    (project / "cases" / "calls.yaml").write_text(CASES.replace("kind: consumer", "kind: consumers"))
    code, told = run(project)
    assert code == 2
    assert "calls.yaml:8" in told
    assert "did you mean `consumer`?" in told


def test_without_settings_nothing_is_collected(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    assert run(project)[0] == 5  # what pytest gives where there are no tests


def test_the_plugin_loads_nothing_until_a_file_is_collected() -> None:
    code = (
        "import sys, collectrules.testing.pytest_plugin; "
        "print([name for name in sys.modules if name.startswith('collectrules.') and 'testing' not in name])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() in ("[]", "['collectrules._version']")

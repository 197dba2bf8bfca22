"""`collectrules validate`: exit codes, formats, what is chosen, and what a code means."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.scaffolds.ruleset import write_ruleset

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]


@pytest.fixture
def law(laws: Path) -> Path:
    """A law whose examples are whole."""
    path = laws / "xx.yaml"
    case = "example_case: {collector: {role: creditor}, debts: [{id: A, kind: commercial}]}"
    path.write_text(path.read_text().replace("rules:\n", f"{case}\nrules:\n"))
    return path


ONLY = ("--select", "CR212", "--today", "2026-06-01")


def test_a_clean_file_is_0(run: Run, law: Path) -> None:
    ran = run("validate", law, *ONLY)
    assert (ran.code, ran.out, ran.err) == (0, "1 file, 5 rules: 0 errors, 0 warnings\n", "")


def test_a_warning_is_0_and_with_strict_1(run: Run, law: Path) -> None:
    law.write_text(law.read_text().replace("cite: XX 12", "cite: the law"))
    ran = run("validate", law, *ONLY)
    assert ran.code == 0
    assert "laws/xx.yaml:14:11: warning CR212 citation-without-number: " in ran.out
    assert run("validate", law, *ONLY, "--strict").code == 1
    assert run("validate", law, *ONLY, "--ignore", "citation-without-number", "--strict").code == 0


def test_an_error_is_1(run: Run, law: Path) -> None:
    law.write_text(law.read_text().replace("cite: XX 12", "cite: ''"))
    ran = run("validate", law, *ONLY)
    assert ran.code == 1
    assert (
        ":14:11: error CR110 no-citation: the rule `letter_first` cites nothing\n    no rule without `cite:`\n"
        in ran.out
    )


def test_what_cannot_be_read_is_2(run: Run, law: Path) -> None:
    law.write_text("ruleset: xx\ntitle: [\n")
    ran = run("validate", law)
    assert ran.code == 2
    assert "error CR004 not-yaml" in ran.out


def test_nothing_is_4(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for paths in ((), (tmp_path / "empty",)):
        ran = run("validate", *paths)
        assert ran.code == 4
        assert "nothing was checked" in ran.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--format", "sariff"], "did you mean `sarif`?"),
        (["--select", "citation-without-numbers"], "did you mean `citation-without-number`?"),
        (["--ignore", "CR110"], "`CR110` is not known"),
        (["--explain", "undated-values"], "did you mean `undated-value`?"),
        (["nowhere.yaml"], "nowhere.yaml"),
    ],
)
def test_wrong_usage_is_2(run: Run, law: Path, arguments: list[str], told: str) -> None:
    ran = run("validate", law, *arguments)
    assert ran.code == 2
    assert told in ran.err


def test_every_format_is_printed_and_the_exit_code_is_the_same(run: Run, law: Path) -> None:
    law.write_text(law.read_text().replace("cite: XX 12", "cite: ''"))
    for name in ("text", "json", "sarif", "github", "junit"):
        ran = run("validate", law, *ONLY, "--format", name)
        assert ran.code == 1
        assert "CR110" in ran.out
    assert json.loads(run("validate", law, *ONLY, "--format", "json").out)["summary"]["errors"] == 1


@pytest.mark.parametrize("name", ["CR213", "verify-by-past"])
def test_explain_prints_the_documentation(run: Run, name: str) -> None:
    ran = run("validate", "--explain", name)
    assert ran.code == 0
    assert ran.out.startswith("CR213 verify-by-past (warning)\n\nLaw that should have been read again.\n\n")
    assert "\nMend: " in ran.out


def test_today_is_the_day_against_which_days_are_held(run: Run, law: Path) -> None:
    text = law.read_text()
    assert "verify_by: 2026-12-01" in text
    for day, number in (("2026-12-01", 0), ("2026-12-02", 1)):
        ran = run("validate", law, "--select", "verify-by-past", "--today", day)
        assert ran.out.count("CR213") == number


def test_exceptions_are_read_where_the_command_runs_or_where_it_is_told(
    run: Run, law: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    law.write_text(law.read_text().replace("cite: XX 12", "cite: the law"))
    entry = "{lint: CR212, rule: xx.letter_first, reason: asked, owner: m.k., expires: 2026-06-30}"
    (tmp_path / "validate.yaml").write_text(f"exceptions:\n  - {entry}\n")
    ran = run("validate", law, *ONLY, "--strict")
    assert ran.code == 0
    assert ran.out.endswith("1 file, 5 rules: 0 errors, 0 warnings (1 excepted)\n")
    monkeypatch.chdir(law.parent)
    assert run("validate", law, *ONLY, "--strict").code == 1
    assert run("validate", law, *ONLY, "--strict", "--exceptions", tmp_path / "validate.yaml").code == 0


def test_the_configuration_that_is_named_is_used(run: Run, law: Path, tmp_path: Path) -> None:
    """Its folders of rulesets must not hold a ruleset of one place twice."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "xx.yaml").write_text(law.read_text())
    (tmp_path / "configured.yaml").write_text("rulesets: [other, laws]\n")
    assert "CR142" not in run("validate", law, *ONLY).out
    assert "CR142" in run("validate", law, *ONLY, "--config", tmp_path / "configured.yaml").out


def test_a_configuration_that_cannot_be_used_hides_no_other_file(run: Run, law: Path, tmp_path: Path) -> None:
    law.write_text(law.read_text().replace("cite: XX 12", "cite: ''"))
    (tmp_path / "collectrules.yaml").write_text("asume: {}\n")
    ran = run("validate", law, *ONLY)
    assert ran.code == 1
    assert "collectrules.yaml:1:1: error CR800 unknown-configuration-key" in ran.out
    assert "xx.yaml:14:11: error CR110 no-citation" in ran.out
    for named in (tmp_path / "collectrules.yaml", "collectrules.yaml"):
        assert run("validate", named, law, *ONLY).out.count("CR800") == 1


def test_help_loads_no_lint() -> None:
    code = (
        "import sys; from collectrules.cli import run; run(['validate', '--help']);"
        "print([name for name in sys.modules if name.startswith(('collectrules.lints', 'collectrules.law', 'yaml'))])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_what_changed_is_looked_at_against_a_folder_and_a_revision(run: Run, tmp_path: Path) -> None:
    """A figure that is another one than before, while nobody says to have read the law again."""
    (path,) = write_ruleset("fr.calls", tmp_path / "rulesets")
    shutil.copytree(tmp_path / "rulesets", tmp_path / "before")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", "-C", str(tmp_path)]
    for command in (["init", "-q"], ["add", "rulesets"], ["commit", "-q", "-m", "law"]):
        subprocess.run([*git, *command], check=True)
    path.write_text(path.read_text().replace("'18:00'", "'18:30'").replace("- id: calls_by_day", "- id: calls"))
    path.write_text(path.read_text().replace("T18:00", "T18:30"))
    assert run("validate", tmp_path / "rulesets").code == 0
    for before in (str(tmp_path / "before"), "HEAD"):
        with contextlib.chdir(tmp_path):
            ran = run("validate", "rulesets", "--against", before)
        assert "CR220 moved-id: `calls` was called `calls_by_day`" in ran.out
    path.write_text(path.read_text().replace("- id: calls", "- id: calls_by_day"))
    ran = run("validate", tmp_path / "rulesets", "--against", tmp_path / "before")
    assert ran.code == 1
    assert "CR219 changed-unverified: `to` since" in ran.out
    assert "is 18:30 and was 18:00 in `calls_by_day`" in ran.out
    assert run("validate", path, "--against", "no-such-revision").code == 2

"""What others run in their CI: hooks for pre-commit and an action for GitHub, on a law of a test and on our own."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from collectrules.scaffolds.ruleset import write_ruleset

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
OWN: dict[str, Any] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"] if "name" in step}


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A good ruleset, in the folder `our_rules`."""
    return write_ruleset("fr.calls", tmp_path / "our_rules")[0]


@pytest.fixture
def shell(tmp_path: Path) -> Callable[..., int]:
    """Runs a script in bash, where `collectrules` is the program of this tree; gives its exit code."""
    program = tmp_path / "bin" / "collectrules"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m collectrules "$@"\n')
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    place = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])

    def run(script: str, **inputs: str) -> int:
        environment = {**os.environ, "PATH": path, "PYTHONPATH": place, **inputs}
        command = ["bash", "-eo", "pipefail", "-c", script]
        return subprocess.run(command, cwd=tmp_path, env=environment, check=False).returncode

    return run


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_passes_good_law_and_stops_bad(hook: dict[str, Any], law: Path, shell: Callable[..., int]) -> None:
    named = str(law) if hook.get("pass_filenames", True) else "our_rules"
    assert re.search(hook["files"], "our_rules/fr/calls.yaml")
    assert shell(f"{hook['entry']} {shlex.quote(named)}") == 0
    law.write_text(law.read_text().replace("cite: C", "cit: C"))
    assert shell(f"{hook['entry']} {shlex.quote(named)}") in (1, 2)
    assert hook["language"] == "python"


def test_the_project_uses_its_own_hooks_on_its_own_law() -> None:
    (repo,) = OWN["repos"]
    assert {(hook["id"], hook["entry"]) for hook in repo["hooks"]} == {(hook["id"], hook["entry"]) for hook in HOOKS}
    shipped = [path.relative_to(ROOT).as_posix() for path in (ROOT / "rulesets").rglob("*.yaml")]
    for hook in repo["hooks"]:
        assert all(re.search(hook["files"], path) for path in shipped)


def test_the_action_passes_good_law(law: Path, shell: Callable[..., int]) -> None:
    assert shell(STEPS["validate"]["run"], PATHS="our_rules", STRICT="false") == 0
    assert shell(STEPS["validate"]["run"], PATHS=f"our_rules {law}", STRICT="true") in (0, 1)
    assert shell(STEPS["test"]["run"], PATHS="our_rules", COVERAGE="100") == 0
    assert shell(STEPS["mutate"]["run"], MUTATE="our_rules") == 0


def test_the_action_stops_bad_law(law: Path, shell: Callable[..., int]) -> None:
    good = law.read_text()
    law.write_text(good.replace("T08:59}, expect: deny", "T08:59}, expect: allow"))
    assert shell(STEPS["test"]["run"], PATHS="our_rules", COVERAGE="") != 0
    law.write_text(good.replace("cite: Collection Act 12(1)", "cit: Collection Act 12(1)"))
    assert shell(STEPS["validate"]["run"], PATHS="our_rules", STRICT="false") != 0
    at_six = next(line for line in good.splitlines(keepends=True) if "story: at six" in line)
    law.write_text(good.replace(at_six, ""))
    assert shell(STEPS["mutate"]["run"], MUTATE="our_rules") == 1


def test_the_action_says_what_it_takes_and_puts_nothing_of_it_into_its_scripts() -> None:
    """An input that became part of a script could run anything."""
    for step in STEPS.values():
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
    named = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text("utf-8")))
    assert named == set(ACTION["inputs"])
    assert all(each["description"] for each in ACTION["inputs"].values())


@pytest.mark.parametrize("mark", ["pre-commit", "action"])
def test_the_documentation_shows_each_in_five_lines(mark: str) -> None:
    text = (ROOT / "docs" / "validate.md").read_text("utf-8")
    block = re.search(rf"<!-- {mark} -->\n```yaml\n(.*?)```", text, re.DOTALL)
    assert block is not None
    assert len(block[1].splitlines()) <= 5
    shown = yaml.safe_load(block[1])
    if mark == "pre-commit":
        assert {hook["id"] for hook in shown["repos"][0]["hooks"]} == {hook["id"] for hook in HOOKS}
    else:
        (step,) = (each for each in shown["steps"] if "with" in each)
        assert set(step["with"]) <= set(ACTION["inputs"])

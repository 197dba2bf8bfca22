"""Each lint on a file on which it remarks, and on one next to it on which it does not; what it says is an interface.

In a folder of the lint's name: `bad.yaml` (or a folder `bad` of rulesets, and beside it `before`, where it is
held against what was there before) with what is said in `bad.txt`, where `[...]`
stands for any text, and `good.yaml`, in which nothing at all is wrong but what this lint is not for.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from collectrules import lints
from collectrules.law.reader import read_ruleset
from collectrules.plugins.loading import load_plugins
from collectrules.validation.codes import catalogue
from collectrules.validation.validating import Setting, validate

if TYPE_CHECKING:
    from collectrules.law.model import Ruleset
    from collectrules.lints import Lint
    from collectrules.validation.report import Report

FOLDER = Path(__file__).parent
LINTS = {lint.name: lint for lint in lints.built_in()}
TODAY = date(2026, 6, 1)


def report(which: str, *asked: Lint) -> Report:
    """What is said of `bad` or `good` in the current folder."""
    path = next(path for path in (Path(which), Path(f"{which}.yaml")) if path.exists())
    every, loaded, before = tuple(LINTS.values()), load_plugins(), Path("before")

    def earlier(place: Path) -> Ruleset:
        return read_ruleset(before / place, loaded.language)

    was = earlier if before.is_dir() else None
    return validate([path], Setting(loaded, tuple, lambda _: None, (), asked, every, TODAY, earlier=was))


def told(found: Report) -> str:
    lines = [
        f"{fault.place}: {fault.message}\n" + (f"    {fault.help}\n" if fault.help else "") for fault in found.faults
    ]
    return "".join(lines)


@pytest.fixture(autouse=True)
def only_where_readers_differ(request: pytest.FixtureRequest) -> None:
    if "plain-yaml" in request.node.name and not yaml.__with_libyaml__:
        pytest.skip("without libyaml there is one reader")


@pytest.mark.parametrize("name", LINTS)
def test_what_a_lint_says_of_a_bad_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER / name)
    found = report("bad", LINTS[name])
    assert {(fault.code, fault.name, fault.severity) for fault in found.faults} == {
        (LINTS[name].code, name, LINTS[name].severity)
    }
    expected = re.escape(Path("bad.txt").read_text("utf-8")).replace(re.escape("[...]"), ".*")
    assert re.fullmatch(expected, told(found)), told(found)


@pytest.mark.parametrize("name", LINTS)
def test_a_lint_says_nothing_of_a_good_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER / name)
    assert told(report("good", LINTS[name])) == ""


@pytest.mark.parametrize("name", LINTS)
def test_the_lint_is_what_remarks(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the bad file passes: no other part of the program says the same."""
    monkeypatch.chdir(FOLDER / name)
    assert told(report("bad")) == ""


@pytest.mark.parametrize("lint", LINTS.values(), ids=lambda lint: lint.name)
def test_every_lint_is_documented(lint: Lint) -> None:
    title, *paragraphs = (lint.documentation or "").strip().split("\n\n")
    assert re.fullmatch(r"[A-Z].*\.", title)
    assert paragraphs[-1].startswith("Mend: ")
    assert re.fullmatch("[a-z]+(-[a-z]+)*", lint.name)
    assert re.fullmatch(r"CR2\d\d", lint.code)


def test_names_and_codes_are_unique() -> None:
    every = list(lints.built_in())
    assert len({lint.name for lint in every}) == len({lint.code for lint in every}) == len(every)
    names = [code.name for code in catalogue().values()]
    assert len(set(names)) == len(names)


def test_the_documentation_lists_every_lint() -> None:
    text = (FOLDER.parents[1] / "docs" / "validate.md").read_text("utf-8")
    rows = re.findall(r"^\| (CR2\d\d) \| ([a-z-]+) \| (error|warning) \| ", text, re.MULTILINE)
    assert rows == sorted((lint.code, lint.name, lint.severity) for lint in LINTS.values())


def test_every_folder_belongs_to_a_lint() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert folders == set(LINTS)

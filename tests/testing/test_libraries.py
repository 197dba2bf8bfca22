"""Which changes of a library the examples of the rulesets that use it notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectrules import cli
from collectrules.plugins.loading import load_plugins
from collectrules.testing.libraries import libraries_in, run_library, users_of
from collectrules.testing.mutation import Tried, Wanted
from collectrules.testing.rulesets import Chosen

from .conftest import HEAD

LIBRARY = """\
library: common.age
title: how old a debt is
version: '1'
cite: Act 9
values: {most: {2020-01-01: 10}}
define:
  old: {title: due for more than that many days, of: debt, is: 'due is given and days_between(due, action.day) > $most'}
"""
RULE = """\
uses: [common.age]
rules:
  - id: old_debts
    title: no letter about an old debt
    cite: Act 1
    strength: prohibition
    governs: {{kind: contact}}
    when: any(debts of action as d where old(d))
    examples:
      - story: so many days after
        debts: [{{id: A, kind: consumer, due: '2026-04-01'}}]
        action: {{kind: contact, channel: letter, at: '{day}'}}
        expect: {expect}
      - story: long ago
        debts: [{{id: A, kind: consumer, due: '2025-04-01'}}]
        action: {{kind: contact, channel: letter, at: '2026-04-12'}}
        expect: deny
      - {{story: no due day, action: {{kind: contact, channel: letter, at: '2026-04-12'}}, expect: allow}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One ruleset with an example on the tenth day, one with an example on the eleventh."""
    monkeypatch.chdir(tmp_path)
    law = tmp_path / "law"
    for name in ("common", "xx"):
        (law / name).mkdir(parents=True)
    (law / "common" / "age.yaml").write_text(LIBRARY, "utf-8")
    for name, day, expect in (("tenth", "2026-04-11", "allow"), ("eleventh", "2026-04-12", "deny")):
        text = HEAD.replace("xx.law", f"xx.{name}") + RULE.format(day=day, expect=expect)
        (law / "xx" / f"{name}.yaml").write_text(text, "utf-8")
    return law


def tried(folder: Path) -> dict[str, Tried]:
    named = list(libraries_in([folder]))
    users = users_of(named, load_plugins())
    return {
        each.mutant.id: each
        for name, file in named
        for each in run_library(name, file, users[name], Wanted(Chosen(file), boundary=True))
    }


def test_one_ruleset_that_notices_is_enough(folder: Path) -> None:
    assert {name: each.fate for name, each in tried(folder).items()} == {
        "common.age: values.most 2020-01-01: 10 -> 9": "killed",
        "common.age: values.most 2020-01-01: 10 -> 11": "killed",
        "common.age old: is: days_between(due, action.day) > $most -> days_between(due, action.day) >= $most": "killed",
    }


ABOVE = """\
library: common.more
title: more
version: '1'
uses: [common.age]
define:
  older: {title: older, of: debt, is: old}
"""


def test_who_uses_a_library_through_another_notices_too(folder: Path) -> None:
    library = folder / "common" / "age.yaml"
    (folder / "common" / "more.yaml").write_text(ABOVE, "utf-8")
    for file in (folder / "xx").iterdir():
        text = file.read_text("utf-8").replace("[common.age]", "[common.more]").replace("old(d)", "older(d)")
        file.write_text(text, "utf-8")
    users = users_of([("common.age", library)], load_plugins())["common.age"]
    found = run_library("common.age", library, users, Wanted(Chosen(library), boundary=True))
    assert [each.fate for each in found] == ["killed"] * 3


def test_what_none_notices_survives_with_an_example_that_would(folder: Path) -> None:
    (folder / "xx" / "tenth.yaml").unlink()
    surviving = {name: each for name, each in tried(folder).items() if each.fate == "survived"}
    assert set(surviving) == {
        "common.age: values.most 2020-01-01: 10 -> 9",
        "common.age old: is: days_between(due, action.day) > $most -> days_between(due, action.day) >= $most",
    }
    for each in surviving.values():
        assert each.would is not None
        assert each.would.example.block == "xx.eleventh.old_debts"
        assert each.would.expect == "allow"


@pytest.mark.parametrize("named", ["law", "law/common", "law/common/age.yaml"])
def test_a_library_is_told_like_a_ruleset(folder: Path, named: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "xx" / "tenth.yaml").unlink()
    assert cli.run(["mutate", "--boundary", "--no-examples", named]) == 1
    out = capsys.readouterr().out
    assert "SURVIVES common.age: values.most 2020-01-01: 10 -> 9" in out
    assert f"{Path('law/common/age.yaml')}:5:" in out
    accepted = "".join(f"      - '{name}'\n" for name, each in tried(folder).items() if each.fate == "survived")
    Path("survivors.yaml").write_text(f"survivors:\n  - reason: it is a test\n    mutants:\n{accepted}", "utf-8")
    assert cli.run(["mutate", "--boundary", "--no-examples", "law/common"]) == 0


def test_a_library_that_nobody_uses_has_no_mutants(folder: Path) -> None:
    for name in ("tenth", "eleventh"):
        (folder / "xx" / f"{name}.yaml").unlink()
    assert tried(folder) == {}
    assert cli.run(["mutate", "law/common/age.yaml"]) == 4

"""What `collectrules new ruleset`, `rule` and `policy` write passes `validate`, `test` and `mutate` as it stands."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from collectrules import cli
from collectrules.ground.errors import InvalidInput
from collectrules.law import kinds
from collectrules.scaffolds.rule import kinds as beginnings
from collectrules.scaffolds.rule import with_rule
from collectrules.scaffolds.ruleset import write_policy, write_ruleset
from collectrules.testing import check_rulesets

RULESETS = Path(__file__).parents[2] / "rulesets"


def passes(*paths: Path) -> bool:
    """Does everything pass: no error, every example, and each changed thing noticed?"""
    named = [str(path) for path in paths]
    return [cli.run(["validate", *named]), cli.run(["test", "-q", *named]), cli.run(["mutate", *named])] == [0, 0, 0]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_ruleset_passes_everything(here: Path) -> None:
    assert cli.run(["new", "ruleset", "us.tx.calls", "--folder", "law"]) == 0
    assert passes(Path("law"))
    assert "jurisdiction: US-TX\n" in Path("law/us/tx/calls.yaml").read_text()


def test_a_new_policy_passes_everything(here: Path) -> None:
    assert cli.run(["new", "policy", "late_calls", "--place", "us-tx", "--folder", "law"]) == 0
    assert passes(Path("law"))
    assert "policy: house.late_calls\n" in Path("law/house/late_calls.yaml").read_text()


def test_a_ruleset_does_not_take_the_place_of_a_shipped_one(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["new", "ruleset", "us.nd.collection", "--folder", "law"]) == 2
    assert "`us.nd.collection` is a ruleset that is read already" in capsys.readouterr().err
    assert not Path("law").exists()


@pytest.mark.parametrize(("place", "zone"), [("US-TX", "America/Chicago"), ("FR", "Europe/Paris"), ("XA", "UTC")])
def test_the_debtor_of_the_examples_has_a_clock_of_the_place(tmp_path: Path, place: str, zone: str) -> None:
    (policy,) = write_policy("late_calls", place, tmp_path)
    (law,) = write_ruleset(f"{place.lower().replace('-', '.')}.calls", tmp_path)
    assert all(f"debtor: {{time_zone: {zone}}}" in file.read_text("utf-8") for file in (policy, law))


def test_there_is_a_beginning_of_every_kind_of_rule() -> None:
    assert set(beginnings()) == {kind.name for kind in kinds.built_in()}


@pytest.mark.parametrize("kind", beginnings())
def test_a_new_rule_passes_everything_in_a_ruleset_and_in_a_policy(here: Path, kind: str) -> None:
    (law,) = write_ruleset("fr.calls", here)
    (policy,) = write_policy("calls", "FR", here)
    for path in (law, policy):
        assert cli.run(["new", "rule", "another", str(path), "--kind", kind]) == 0
        assert path.read_text().count("- id: ") == 2
    assert passes(law, policy)


@pytest.mark.parametrize("name", ["us/tx/collection.yaml", "de/collection.yaml", "us/ma.yaml", "us/ny/claims.yaml"])
def test_a_new_rule_stands_at_the_end_of_the_rules_of_a_shipped_file(tmp_path: Path, name: str) -> None:
    path = shutil.copytree(RULESETS, tmp_path / "rulesets") / name
    before = path.read_text("utf-8")
    path.write_text(with_rule(path, "another_rule", "contact_hours"), "utf-8")
    after = path.read_text("utf-8")
    assert after.count("- id: another_rule\n") == 1
    at = after.index("  - id: another_rule\n")
    assert before.startswith(after[:at].rstrip("\n"))
    assert after.endswith(before[len(after[:at].rstrip("\n")) :].lstrip("\n"))
    assert {result.rule for result in check_rulesets(path)} >= {f"{name[:-5].replace('/', '.')}.another_rule"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cases: []\n", "this is no ruleset, house policy or part of a ruleset"),
        ("ruleset: xx\nrules:\n  - {id: late}\n", "there is a rule `late` already"),
    ],
)
def test_where_no_rule_can_stand(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "xx.yaml"
    path.write_text(text)
    with pytest.raises(InvalidInput, match=told):
        with_rule(path, "late", "condition")


def test_a_file_without_rules_gets_them(tmp_path: Path) -> None:
    path = tmp_path / "xx.yaml"
    path.write_text("ruleset: xx\nsince: 2020-01-01\n")
    assert "\nrules:\n  - id: late\n" in with_rule(path, "late", "frequency_cap")


@pytest.mark.parametrize(("kind", "told"), [("frequency", "frequency_cap"), ("Late", "is no kind of rule")])
def test_a_kind_that_is_none_is_told_with_what_was_meant(tmp_path: Path, kind: str, told: str) -> None:
    path = tmp_path / "xx.yaml"
    path.write_text("ruleset: xx\n")
    with pytest.raises(InvalidInput) as caught:
        with_rule(path, "late", kind)
    assert told in str(caught.value)


@pytest.mark.parametrize("name", ["calls", "Us.tx", "us.tx.", "house.calls", "us..tx", "../us"])
def test_an_id_without_a_place_is_no_ruleset(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput, match="says no place of law"):
        write_ruleset(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    write_ruleset("fr.calls", tmp_path)
    with pytest.raises(InvalidInput, match="is there already"):
        write_ruleset("fr.calls", tmp_path)
    write_policy("calls", "FR", tmp_path)
    with pytest.raises(InvalidInput, match="is there already"):
        write_policy("calls", "FR", tmp_path)


@pytest.mark.parametrize(("name", "place"), [("Late", "FR"), ("late", "France")])
def test_a_policy_has_a_name_and_its_examples_a_place(tmp_path: Path, name: str, place: str) -> None:
    with pytest.raises(InvalidInput):
        write_policy(name, place, tmp_path)


def test_examples_lie_behind_the_first_day_of_the_law(tmp_path: Path) -> None:
    (path,) = write_ruleset("fr.calls", tmp_path, since=date(2090, 5, 1))
    assert "at: 2090-" in path.read_text()
    check_rulesets(path)

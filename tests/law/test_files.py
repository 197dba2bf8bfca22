"""The files of a folder of rulesets: each is found by its place, and none is passed over in silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from collectrules.cli import cli
from collectrules.ground.errors import InvalidInput
from collectrules.law.files import jurisdiction_of, ruleset_files

CASE = """
jurisdiction: US
collector: {role: third_party}
debts: [{id: A, kind: consumer}]
action: {kind: contact, channel: phone, at: 2026-04-08T10:00}
"""


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def wrong(*folders: Path) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        ruleset_files(folders)
    return [f"{Path(problem.place.path).name}: {problem.code} {problem.message}" for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("place", "jurisdiction"),
    [
        ("us/federal/regulation.yaml", "US"),
        ("gb/national/act.yaml", "GB"),
        ("us/tx.yaml", "US-TX"),
        ("gb/sct.yaml", "GB-SCT"),
        ("us/ny/nyc.yaml", "US-NY-NYC"),
        ("us/ny/state_law.yaml", "US-NY"),
        ("house/policy.yaml", ""),
    ],
)
def test_a_place_is_for_a_jurisdiction(place: str, jurisdiction: str) -> None:
    assert jurisdiction_of(Path(place)) == jurisdiction


def test_files_are_found_by_jurisdiction_and_in_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    put(one, "us/tx.yaml", "us/federal/b.yaml", "us/federal/a.yaml", "README.md", ".github/x.yml", "us/.draft.yaml")
    put(two, "us/ny.yaml")
    assert ruleset_files((one, two)) == {
        "US": [(one, one / "us/federal/a.yaml"), (one, one / "us/federal/b.yaml")],
        "US-TX": [(one, one / "us/tx.yaml")],
        "US-NY": [(two, two / "us/ny.yaml")],
    }


def test_two_rulesets_of_one_place_would_be_of_one_id(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    put(one, "us/tx.yaml", "common/parties.yaml")
    put(two, "us/tx.yaml", "common/parties.yaml")
    told = f"tx.yaml: CR142 us/tx.yaml is the place of a ruleset that is read already, from {one / 'us/tx.yaml'}"
    assert wrong(one, two) == [told]
    assert ruleset_files((one, one)) == ruleset_files((one,))


@pytest.mark.parametrize("name", ["us/house.yml", "us/house.YAML", "us/house.Yml"])
def test_a_file_of_another_ending_is_an_error(tmp_path: Path, name: str) -> None:
    put(tmp_path, "us/tx.yaml", name)
    assert wrong(tmp_path) == [f"{Path(name).name}: CR141 a ruleset ends in `.yaml`, not in `{Path(name).suffix}`"]


@pytest.mark.parametrize(
    "name", ["rules/house.yaml", "house.yaml", "usa/federal/x.yaml", "our/us/x.yaml", "us-house/x.yaml"]
)
def test_a_file_that_no_jurisdiction_finds_is_an_error(tmp_path: Path, name: str) -> None:
    put(tmp_path, "us/tx.yaml", name)
    assert wrong(tmp_path) == [f"{Path(name).name}: CR141 {name} is no place of a jurisdiction"]


def test_a_link_to_a_folder_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, "laws/us/tx.yaml", "elsewhere/federal/x.yaml")
    (tmp_path / "laws" / "fr").symlink_to(tmp_path / "elsewhere")
    assert wrong(tmp_path / "laws") == ["fr: CR141 a link to a folder is not followed"]


def test_a_link_to_a_file_is_a_file(tmp_path: Path) -> None:
    put(tmp_path, "laws/us/tx.yaml", "ca.yaml")
    (tmp_path / "laws" / "us" / "ca.yaml").symlink_to(tmp_path / "ca.yaml")
    assert set(ruleset_files([tmp_path / "laws"])) == {"US-TX", "US-CA"}


def test_a_folder_without_a_ruleset_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, "README.md")
    assert wrong(tmp_path) == [f"{tmp_path.name}: CR141 there is no ruleset in this folder"]


@pytest.mark.parametrize("name", ["missing", "us/tx.yaml"])
def test_what_is_no_folder_is_an_error(tmp_path: Path, name: str) -> None:
    put(tmp_path, "us/tx.yaml")
    assert wrong(tmp_path / name) == [f"{Path(name).name}: CR141 this is no folder of rulesets"]


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "us/tx.yaml", "us/ny/nyc.yaml")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "ny":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert wrong(tmp_path) == ["ny: CR141 this folder cannot be listed: permission denied"]


def test_all_of_it_is_told_at_once(tmp_path: Path) -> None:
    put(tmp_path, "one/x.yaml", "two/us/tx.yml")
    assert len(wrong(tmp_path / "one", tmp_path / "two")) == 2


@pytest.mark.parametrize("command", ["check", "coverage", "rules"])
def test_every_command_says_so(tmp_path: Path, command: str) -> None:
    put(tmp_path, "laws/us/house.yml")
    (tmp_path / "case.yaml").write_text(CASE)
    arguments = [str(tmp_path / "case.yaml")] if command == "check" else []
    ran = CliRunner().invoke(cli, [command, *arguments, "--rulesets", str(tmp_path / "laws")])
    assert isinstance(ran.exception, InvalidInput)
    assert "house.yml: CR141 a ruleset ends in `.yaml`, not in `.yml`" in str(ran.exception)

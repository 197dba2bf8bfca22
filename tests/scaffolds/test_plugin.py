"""A package that `collectrules new plugin` writes is found once it is installed, and passes its own tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from collectrules import cli
from collectrules.scaffolds.plugin import KINDS

ROOT = Path(__file__).parents[2]


def new(folder: Path, name: str, kind: str, *more: str) -> Path:
    assert cli.run(["new", "plugin", name, "--kind", kind, "--folder", str(folder), *more]) == 0
    return folder / name


def install(package: Path, site: Path) -> dict[str, str]:
    """Put a package on the path as an installer would, and give the environment in which it is there."""
    project = tomllib.loads((package / "pyproject.toml").read_text())["project"]
    metadata = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    metadata.mkdir(parents=True)
    told = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (metadata / "METADATA").write_text(told)
    points = [f"{name} = {value}" for name, value in project["entry-points"]["collectrules"].items()]
    (metadata / "entry_points.txt").write_text("\n".join(["[collectrules]", *points, ""]))
    paths = [str(package / "src"), str(site), str(ROOT / "src")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def run(package: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=package, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_package_passes_its_own_tests(tmp_path: Path, kind: str) -> None:
    package = new(tmp_path, f"collectrules-{kind}-of-mine", kind)
    environment = install(package, tmp_path / "site")
    ran = run(package, environment, "pytest", "-q", "-p", "no:cacheprovider")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    listed = run(package, environment, "collectrules", "plugins")
    assert f"`{kind}_of_mine` of collectrules-{kind}-of-mine 0.1.0" in listed.stdout
    assert not re.search(r"@[A-Z_]+@", "".join(path.read_text() for path in package.rglob("*") if path.is_file()))


def test_law_of_a_place_that_has_law_already_stands_beside_it(tmp_path: Path) -> None:
    package = new(tmp_path, "collectrules-tax", "jurisdiction", "--place", "us-tx")
    assert (package / "src" / "collectrules_tax" / "rulesets" / "us" / "tx" / "tax_law.yaml").is_file()
    assert cli.run(["test", "--quiet", str(package / "src")]) == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Pigeon Post", "--kind", "jurisdiction"], "NAME: CR921 `Pigeon Post` is no name of a package of its own"),
        (["collectrules", "--kind", "jurisdiction"], "NAME: CR921 `collectrules` is no name of a package of its own"),
        (["pigeon", "--kind", "jurisdiction", "--place", "Utopia"], "--place: CR921 `UTOPIA` is no jurisdiction"),
        (["pigeon", "--kind", "pigeon"], "'pigeon' is not"),
    ],
)
def test_what_no_package_can_be_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert cli.run(["new", "plugin", *arguments, "--folder", str(tmp_path)]) == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = new(tmp_path, "pigeon", "jurisdiction")
    (package / "README.md").write_text("mine")
    assert cli.run(["new", "plugin", "pigeon", "--kind", "jurisdiction", "--folder", str(tmp_path)]) == 2
    assert "CR920 is there already, and nothing is written over" in capsys.readouterr().err
    assert (package / "README.md").read_text() == "mine"

"""A package that `collectrules new plugin` writes is found once it is installed, and passes its own tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from collectrules import cli
from collectrules.scaffolds.plugin import KINDS

if TYPE_CHECKING:
    from pathlib import Path


def new(folder: Path, name: str, kind: str, *more: str) -> Path:
    assert cli.run(["new", "plugin", name, "--kind", kind, "--folder", str(folder), *more]) == 0
    return folder / name


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_in_a_template_is_filled(tmp_path: Path, kind: str) -> None:
    """That each passes its own tests once it is installed shows tests/test_docs_plugins.py."""
    package = new(tmp_path, f"collectrules-{kind}-of-mine", kind)
    texts = {path: path.read_text() for path in package.rglob("*") if path.is_file()}
    assert not [path for path, text in texts.items() if re.search(r"@[A-Z_]+@", f"{path}{text}")]
    assert (package / "src" / f"collectrules_{kind}_of_mine" / "__init__.py").is_file()


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

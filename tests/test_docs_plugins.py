"""The guide for plugin authors is run as it stands, by a newcomer who has nothing but this package and pytest."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from collectrules.plugins import hookspecs

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
RUN = re.compile(r"^<!-- run -->\n```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)

PIP = f"""#!{sys.executable}
# Stands for pip, so that no test needs an index: it puts a package on the path as an editable installation would.
import os, sys, tomllib
from pathlib import Path
site = Path(os.environ["GUIDE_SITE"])
assert sys.argv[1] == "install"
for given in sys.argv[2:]:
    if given != "-e":
        folder = Path(given.removesuffix("[test]")).resolve()
        project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
        metadata = site / f"{{project['name'].replace('-', '_')}}-{{project['version']}}.dist-info"
        metadata.mkdir(parents=True)
        (metadata / "METADATA").write_text(
            f"Metadata-Version: 2.1\\nName: {{project['name']}}\\nVersion: {{project['version']}}\\n"
        )
        points = [f"{{name}} = {{value}}" for name, value in project["entry-points"]["collectrules"].items()]
        (metadata / "entry_points.txt").write_text("\\n".join(["[collectrules]", *points, ""]))
        for package in (folder / "src").iterdir():
            (site / package.name).symlink_to(package)
"""


@pytest.mark.skipif(os.name == "nt" or shutil.which("bash") is None, reason="the guide is written for a shell")
def test_the_guide_can_be_followed(tmp_path: Path) -> None:
    binaries, site, work = (tmp_path / name for name in ("bin", "site", "work"))
    for folder in (binaries, site, work):
        folder.mkdir()
    scripts = {
        "pip": PIP,
        "collectrules": f'#!/bin/sh\nexec "{sys.executable}" -m collectrules "$@"\n',
        "pytest": f'#!/bin/sh\nexec "{sys.executable}" -m pytest -p no:cacheprovider "$@"\n',
    }
    for name, text in scripts.items():
        (binaries / name).write_text(text)
        (binaries / name).chmod(0o755)
    if not any(point.name == "collectrules" for point in entry_points(group="pytest11")):
        metadata = site / "pytest_collectrules-0.dist-info"  # a checkout that was installed before it had the plugin
        metadata.mkdir()
        (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: pytest-collectrules\nVersion: 0\n")
        (metadata / "entry_points.txt").write_text("[pytest11]\ncollectrules = collectrules.testing.pytest_plugin\n")
    environment = {
        **os.environ,
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": f"{site}{os.pathsep}{ROOT / 'src'}",
        "GUIDE_SITE": str(site),
    }
    commands = "".join(RUN.findall(GUIDE))
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],  # noqa: S607  # wherever it is
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    for told in (
        "5 passed",
        "10 passed",
        "2 passed",
        "pigeon message",
        "DENY",
        "plugins\n  - collectrules-pigeon 0.1.0",
    ):
        assert told in ran.stdout, ran.stdout


def test_the_guide_names_every_hook() -> None:
    hooks = {name for name in dir(hookspecs) if name.startswith("collectrules_")}
    assert hooks <= set(re.findall(r"`(collectrules_\w+)`", GUIDE))

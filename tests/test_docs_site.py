"""The documentation as a site: built without the network, with every page in its list and every link to something."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mkdocs")

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md", "mkdocs.yml")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """What the site is made of, to be changed."""
    for name in PAGES:
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "docs_site.py", tmp_path / "tools")
    for name in ("src", "rulesets", "examples", "benchmarks"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def built(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_site_is_whole_and_loads_nothing_from_elsewhere(copied: Path) -> None:
    done = built(copied)
    assert done.returncode == 0, done.stderr
    site = copied / "site"
    pages = {page.name: page.read_text("utf-8") for page in site.glob("*.html")}
    assert {"index.html", "validate.html", "commands.html", "codes.html", "architecture.html"} <= set(pages)
    loaded = re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"']?(?:https?:)?//[^>]*>")
    assert not {name: found for name, text in pages.items() if (found := loaded.findall(text))}
    assert "collectrules validate" in pages["commands.html"]
    assert "CR201 verified-before-value" in pages["codes.html"]
    assert 'href="contributing.html"' in pages["rulesets.html"]
    assert "](" not in re.sub(r"<pre>.*?</pre>", "", pages["index.html"], flags=re.DOTALL)


def test_what_leads_to_nothing_fails(copied: Path) -> None:
    links = ("[a](../src/nowhere.py)", "[b](nowhere.md)", "[c](drift.md#nowhere)")
    with (copied / "docs" / "lock.md").open("a", encoding="utf-8") as file:
        file.write("\n".join(("", *links, "")))
    (copied / "docs" / "unlisted.md").write_text("# A page\n", "utf-8")
    done = built(copied)
    assert done.returncode == 1
    for told in ("link to ../src/nowhere.py leads to nothing", "link to nowhere.md", "drift.md#nowhere", "unlisted.md"):
        assert told in done.stdout + done.stderr

"""Distributions that a test installs by writing their files into a folder on the path."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from collectrules.ground import switches
from collectrules.plugins import loading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Site:
    """A folder with installed distributions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, name: str, code: str | None, *, version: str = "1.2", also: str = "") -> None:
        """A distribution with one module, whose code is given, or with none; `also` are further entry points."""
        loading._installed.cache_clear()  # noqa: SLF001  # the cache lives as long as the process; a test is shorter
        module = name.replace("-", "_")
        if code is not None:
            (self.folder / f"{module}.py").write_text(code)
        metadata = self.folder / f"{module}-{version}.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        (metadata / "entry_points.txt").write_text(f"[collectrules]\n{module} = {module}\n{also}\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Such a folder; what is loaded by default is found anew, and nothing of it stays."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    before = set(sys.modules)
    yield Site(folder)
    loading._installed.cache_clear()  # noqa: SLF001
    switches.switch_off({})
    for name in set(sys.modules) - before:
        if (folder / f"{name.partition('.')[0]}.py").exists() or (folder / name.partition(".")[0]).exists():
            del sys.modules[name]

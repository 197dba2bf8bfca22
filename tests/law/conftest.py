"""Folders of rulesets that a test writes and changes."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # a fixture's type
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Mapping[str, str]], Path]:
    """Writes files of rulesets, by their paths, into a folder with a cache of its own beside it."""
    monkeypatch.setenv("COLLECTRULES_CACHE", str(tmp_path / "cache"))

    def write(texts: Mapping[str, str]) -> Path:
        for name, text in texts.items():
            file = tmp_path / "rulesets" / name
            file.parent.mkdir(parents=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path / "rulesets"

    return write


@pytest.fixture
def rewrite() -> Callable[[Path, str, str], None]:
    """Puts another text in the place of one that stands in a file."""

    def put(file: Path, old: str, new: str) -> None:
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return put

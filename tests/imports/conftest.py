"""Reading files as the command does, and small files to read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.imports.importing import Wanted, read, wanted_mapping
from collectrules.imports.mapping_file import read_mapping
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.imports.importing import Imported

SAMPLES = Path(__file__).parent / "samples"
BASICS = ("kind=commercial", "role=creditor", "jurisdiction=US-TX")


def imported(
    file: Path, *states: str, name: str = "", mapping: Path | None = None, columns: tuple[str, ...] = (), **more: Any
) -> Imported:
    """What a file gives, with these statements."""
    own = wanted_mapping(read_mapping(mapping) if mapping is not None else None, states, columns)
    return read(file, Wanted(name=name, mapping=own, today=date(2026, 11, 29), **more), load_plugins().importers)


@pytest.fixture(name="imported")
def imported_fixture() -> Callable[..., Imported]:
    return imported


@pytest.fixture
def samples() -> Path:
    return SAMPLES


@pytest.fixture
def basics() -> tuple[str, ...]:
    """What no export says: who collects what from whom, and where."""
    return BASICS


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file of that name."""

    def write(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write

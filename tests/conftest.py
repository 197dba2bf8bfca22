"""What every test shares."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True, scope="session")
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Tests keep nothing in the user's cache folder, and find nothing there."""
    folder = tmp_path_factory.mktemp("cache")
    before = os.environ.get("COLLECTRULES_CACHE")
    os.environ["COLLECTRULES_CACHE"] = str(folder)
    yield folder
    if before is None:
        del os.environ["COLLECTRULES_CACHE"]
    else:
        os.environ["COLLECTRULES_CACHE"] = before

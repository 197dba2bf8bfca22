"""Cases on courts, limitation, interest and what comes before a claim, written from the law before they were run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "cases" / "claims"


def test_each_is_answered_as_the_law_has_it() -> None:
    command = [sys.executable, "-m", "collectrules", "test", "--json", "--today", "2026-11-21", str(FOLDER)]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    results = json.loads(ran.stdout)["results"]
    assert [f"{each['name']}: {each['remarks']}" for each in results if each["status"] != "passed"] == []
    assert len(results) >= 60

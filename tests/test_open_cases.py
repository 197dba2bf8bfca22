"""The open cases are answered as their authors expect; those that are not yet are named in `not_yet.txt`, and no other.

They are run by the program itself: `collectrules test` says what each came to. In `not_yet.txt` a line at the margin
names a file, what its cases come to (`failed`: answered otherwise; `unsupported`: no law is encoded that answers) and
how many they are; their ids follow, indented, one a line. A case that is contested or of low confidence stands `apart`.
`python tests/test_open_cases.py` writes `not_yet.txt` as things are now: read what it changed before you keep it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "cases" / "open"
FILES = sorted(path.name for path in FOLDER.glob("*.yaml"))
NOT_YET = FOLDER / "not_yet.txt"
TODAY = "2026-11-21"
"""The day as of which the official files were written: rulesets age, and these answers must not."""
STATUSES = ("failed", "unsupported")


def ids(file: str) -> list[str]:
    """The ids of a file's cases, in its order."""
    return re.findall(r"^  - id: (\S+)$", (FOLDER / file).read_text("utf-8"), re.MULTILINE)


@cache
def results(file: str) -> dict[str, dict[str, Any]]:
    """What each case of a file came to, by its id."""
    ran = subprocess.run(
        [sys.executable, "-m", "collectrules", "test", "--json", "--today", TODAY, str(FOLDER / file)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode in (0, 1), ran.stderr
    return {result["name"]: result for result in json.loads(ran.stdout)["results"]}


def not_yet() -> dict[tuple[str, str], list[str]]:
    """The ids of `not_yet.txt` by file and status. Raises `AssertionError` where a number is wrong."""
    listed = {}
    for block in re.split(r"\n(?=\S)", NOT_YET.read_text("utf-8").strip()):
        head, *cases = block.split("\n")
        file, number, status = head.replace(":", "").split()
        listed[file, status] = [case.strip() for case in cases]
        assert len(cases) == int(number), f"not_yet.txt: {head}, and {len(cases)} follow"
    return listed


LISTED = {case: status for (_, status), cases in not_yet().items() for case in cases} if NOT_YET.exists() else {}


@pytest.mark.parametrize(("file", "case"), [(file, case) for file in FILES for case in ids(file)])
def test_an_open_case(file: str, case: str) -> None:
    result = results(file)[case]
    status, expected = result["status"], LISTED.get(case)
    told = "\n".join([f"{case}: {status}, at {result['place']}", *result["remarks"]])
    if expected is None:
        assert status in ("passed", "apart"), told
    else:
        assert status == expected, f"not_yet.txt lists it as {expected}; if this is better, change the list\n{told}"


@pytest.mark.parametrize("file", FILES)
def test_every_case_is_run(file: str) -> None:
    assert ids(file)
    assert list(results(file)) == ids(file)


def test_what_is_listed_exists() -> None:
    for (file, status), cases in not_yet().items():
        assert status in STATUSES
        assert set(cases) <= set(ids(file))
    assert not [status for (file, status) in not_yet() if file == "regf.yaml"], "all cases of Regulation F pass"


def written_anew() -> str:
    lines = []
    for file in FILES:
        for status in STATUSES:
            if cases := [case for case, result in results(file).items() if result["status"] == status]:
                lines += [f"{file}: {len(cases)} {status}", *(f"  {case}" for case in cases)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    NOT_YET.write_text(written_anew(), "utf-8")

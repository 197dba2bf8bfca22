"""ARCHITECTURE.md leads to what there is: folders have floors, files that it names exist, none is too long."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
SOURCE: Final = ROOT / "src" / "collectrules"
PAGE: Final = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
FLOORS: Final = re.findall(r"^\| `([\w.]+/?)` \| (.*) \|$", PAGE, re.MULTILINE)
_NAMED: Final = re.compile(r"`([\w.{},]+/[\w./{},]*)`")


def named(text: str) -> list[str]:
    """The paths that a text names: `case/{kinds,texts}.py` are two, and CODE stands for any."""
    return [
        f"{path[1]}{name}{path[3]}" if path else span
        for span in _NAMED.findall(text.replace("CODE", "*").replace("NAME.", "*."))
        for path in [re.fullmatch(r"(.*)\{(.*)\}(.*)", span)]
        for name in (path[2].split(",") if path else [""])
    ]


def missing(text: str, *folders: Path) -> list[str]:
    """The paths of a text that lie in none of these folders."""
    return [path for path in named(text) if not any(any(folder.glob(path)) for folder in folders)]


def test_every_folder_of_the_package_has_its_floor() -> None:
    folders = {f"{path.parent.name}/" for path in SOURCE.glob("*/__init__.py")}
    assert folders == {name for name, _ in FLOORS if name.endswith("/")}


def test_what_a_floor_names_lies_in_its_folder() -> None:
    assert not {name: lost for name, text in FLOORS if (lost := missing(text, SOURCE / name, SOURCE))}


def test_what_a_new_thing_is_sent_to_exists() -> None:
    places = PAGE.partition("## Where a new thing goes")[2]
    assert len(named(places)) > 100
    assert missing(places, ROOT, SOURCE) == []
    assert missing("`law/nowhere.py`, `case/{kinds,nowhere}.py`", SOURCE) == ["law/nowhere.py", "case/nowhere.py"]


def test_no_module_is_longer_than_one_job_needs() -> None:
    lines = {path.name: len(path.read_text("utf-8").splitlines()) for path in SOURCE.rglob("*.py")}
    assert {name: length for name, length in lines.items() if length > 500} == {}

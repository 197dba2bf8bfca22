"""The beginnings of things of one's own: templates, filled and written out.

A template is a folder of text files under `templates/`, each ending in `.template`. In their names and texts `@NAME@`
stands for what is given under `NAME`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from collectrules.ground.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATES: Final = Path(__file__).parent / "templates"
_ENDING: Final = ".template"


def filled(template: str, words: Mapping[str, str]) -> dict[Path, str]:
    """The texts of a template, by their places in it, with the words put in."""
    folder = TEMPLATES / template
    files = sorted(path for path in folder.rglob(f"*{_ENDING}") if path.is_file())
    return {
        Path(_put_in(path.relative_to(folder).as_posix().removesuffix(_ENDING), words)): _put_in(
            path.read_text("utf-8"), words
        )
        for path in files
    }


def write(folder: Path, texts: Mapping[Path, str]) -> tuple[Path, ...]:
    """Write texts into a folder, by their places in it, and return their paths, as they were given.

    Raises InvalidInput, and writes nothing, where one of them is there already.
    """
    there = [folder / place for place in texts if (folder / place).exists()]
    if there:
        message = "is there already, and nothing is written over"
        raise InvalidInput([Problem(Place(str(path)), "CR920", message, "choose another name") for path in there])
    for place, text in texts.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tuple(folder / place for place in texts)


def _put_in(text: str, words: Mapping[str, str]) -> str:
    for word, meaning in words.items():
        text = text.replace(f"@{word}@", meaning)
    return text

"""Where letters are written: one file, or a folder with a file for each account."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from collectrules.ground import whole_files
from collectrules.ground.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.letters.documents import Document
    from collectrules.letters.formats import LetterFormat

_UNSAFE: Final = re.compile(r"[^\w.-]+")
_LONGEST: Final = 100


class Outbox(Struct):
    """Takes letters and writes them, each under a name of its own."""

    path: Path
    """The file, or of several accounts the folder, which is made."""
    form: LetterFormat
    several: bool
    names: set[str] = field(default_factory=set)

    def put(self, document: Document, case: str, letter: str) -> Path:
        """Write a letter and return its file. Raises InvalidInput for what the format cannot show, OSError.

        A file of that name is replaced, whole or not at all.
        """
        content = self.form.write(document)
        path = self.path / self._name(case, letter) if self.several else self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_files.beside(path) as part:
            part.write_bytes(content)
            whole_files.put(part, path)
        return path

    def _name(self, case: str, letter: str) -> str:
        """`C-1042-reminder.pdf`; a second account of the same name has a number."""
        stem = f"{_UNSAFE.sub('-', case).strip('.-')[:_LONGEST] or 'account'}-{letter}"
        name, number = stem, 1
        while name.casefold() in self.names:
            number += 1
            name = f"{stem}-{number}"
        self.names.add(name.casefold())
        return f"{name}{self.form.suffix}"


def outbox(path: Path, form: LetterFormat, *, several: bool) -> Outbox:
    """Where letters go. Raises InvalidInput for a file where a folder is needed."""
    several = several or path.is_dir()
    if several and path.exists() and not path.is_dir():
        message = "there are several accounts, and this is a file"
        raise InvalidInput([Problem(Place(str(path)), "CR849", message, "name a folder: -o letters/")])
    return Outbox(path, form, several)

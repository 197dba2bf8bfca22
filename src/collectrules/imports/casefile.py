"""Files of cases as they are read one by one and written whole: a file is replaced only when all of it is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from collectrules.case.objects import Case
from collectrules.case.reading import case_from_mapping, cases_of, documents
from collectrules.ground import plain_json, whole_files
from collectrules.ground.errors import InvalidInput
from collectrules.imports.lacking import CannotImport

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

_VERSION: Final = 2


def cases_in(path: Path, channels: Collection[str]) -> Iterator[dict[str, Any]]:
    """The cases of a file as plain values, each as it is written where it has a line of its own.

    Raises `InvalidInput` for the first that cannot be read, `CannotImport` for one of format 1.
    """
    for document in documents(path):
        text = document.text.strip("\ufeff \t\r\n")
        line = plain_json.value(text) if "\n" not in text else None
        for case in cases_of(document, channels=channels):
            if not isinstance(case, Case):
                raise case
            if case.format_version != _VERSION:
                raise CannotImport(f"{path}: a case of format 1\n    run: collectrules cases upgrade {path}")
            yield line if line is not None and "cases" not in line else case.to_versioned_mapping()


def write_cases(path: Path, cases: Iterable[dict[str, Any]]) -> int:
    """Write cases as JSON lines, and return how many; of none, no file. The file is there whole or as it was."""
    count = 0
    with whole_files.beside(path) as part:
        with part.open("w", encoding="utf-8") as file:
            for case in cases:
                file.write(json.dumps(case, ensure_ascii=False) + "\n")
                count += 1
        if count:
            whole_files.put(part, path)
    return count


def fault(case: dict[str, Any], channels: Collection[str]) -> str | None:
    """What is wrong with a case, in short and without its file; None where it can be read again."""
    try:
        case_from_mapping(case, channels=channels)
    except InvalidInput as wrong:
        problem = wrong.problems[0]
        return f"{problem.place.path.removeprefix('case/')}: {problem.message}"
    return None

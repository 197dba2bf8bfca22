"""JSON and JSON lines: keys within keys are columns with points between, `CustomerRef.name`. No amount is a float."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

from collectrules.imports.lacking import CannotImport
from collectrules.imports.readers import Opened, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_COLUMNS_FROM: Final = 200
"""So many first records tell the columns of JSON lines."""
_TOO_DEEP: Final = "it is nested too deeply"


def is_one(beginning: bytes) -> bool:
    """Do these first bytes begin JSON?"""
    return beginning.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def opened(path: Path, records: Sequence[str]) -> Opened:
    """The records of a file. Raises `CannotImport`."""
    with path.open(encoding="utf-8-sig") as file:
        try:
            lines = _is_record(file.readline(), records)
        except UnicodeDecodeError as error:
            raise CannotImport(f"{path}: this JSON is no UTF-8 text: {error.reason}") from error
    found = _of_lines(path) if lines else _of_text(path, records)
    head = list(islice(found, _COLUMNS_FROM))
    names = list(dict.fromkeys(key for _, each in head if isinstance(each, dict) for key in each))
    return Opened(_rows(chain(head, found), names), "JSON lines" if lines else "JSON", names)


def _is_record(line: str, records: Sequence[str]) -> bool:
    """Is the first line a record by itself, and none in which others stand?"""
    try:
        value = _read(line)
    except ValueError:
        return False
    return isinstance(value, dict) and not any(isinstance(_at(value, path), list) for path in records)


def _read(text: str) -> Any:
    """What a text holds. Raises `ValueError`."""
    try:
        return json.loads(text, parse_float=Decimal)
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error


def _at(value: Any, path: str) -> Any:
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _of_lines(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    with path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                value = _read(line)
            except ValueError as error:
                yield number, f"this line is no JSON: {error}"
                continue
            yield number, _row_of(value, "this line is no JSON object")


def _of_text(path: Path, records: Sequence[str]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            value = _read(file.read())
    except ValueError as error:
        raise CannotImport(f"{path}: this is no JSON: {error}") from error
    for number, each in enumerate(_listed(value, records), start=1):
        yield number, _row_of(each, "this is no JSON object")


def _listed(value: Any, records: Sequence[str]) -> list[Any]:
    """The list at the first path that is there; else a list that is the whole, or the only one at its top."""
    for path in records:
        here = _at(value, path)
        if isinstance(here, list):
            return here
    if isinstance(value, list):
        return value
    lists = [each for each in value.values() if isinstance(each, list)] if isinstance(value, dict) else []
    return lists[0] if len(lists) == 1 else [value]


def _row_of(value: Any, otherwise: str) -> dict[str, Any] | str:
    """A record as one row; what is wrong where it is none."""
    try:
        return _flat(value) if isinstance(value, dict) else otherwise
    except RecursionError:
        return _TOO_DEEP


def _flat(value: dict[str, Any], before: str = "") -> dict[str, Any]:
    """Keys within keys in one row; of a list of texts the first, of other lists nothing."""
    flat: dict[str, Any] = {}
    for key, each in value.items():
        name = f"{before}{key}"
        if isinstance(each, dict):
            flat |= _flat(each, f"{name}.")
        elif isinstance(each, list):
            if each and isinstance(each[0], str):
                flat[name] = each[0]
        elif each is not None:
            flat[name] = each
    return flat


def _rows(found: Iterable[tuple[int, dict[str, Any] | str]], names: list[str]) -> Iterator[Row]:
    for number, each in found:
        if isinstance(each, str):
            yield Row(number, [], each)
        else:
            names += [key for key in each if key not in names]
            yield Row(number, [each.get(name, "") for name in names])

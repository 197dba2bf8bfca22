"""Annotations of GitHub's workflows: each fault on the line of the pull request where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.validation.formats import Format, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.validation.report import Fault, Report


def _write(report: Report) -> str:
    return "\n".join([*_lines(report), counted(report)])


def _lines(report: Report) -> Iterator[str]:
    for fault in report.faults:
        level = fault.severity if fault.counts else "notice"
        yield f"::{level} {','.join(_properties(fault))}::{_data(_message(fault))}"


def _properties(fault: Fault) -> Iterator[str]:
    yield f"file={_property(fault.place.path)}"
    if fault.place.line:
        yield f"line={fault.place.line}"
        yield f"col={fault.place.column}"
    yield f"title={_property(f'{fault.code} {fault.name}')}"


def _message(fault: Fault) -> str:
    text = f"{fault.message}\n{fault.help}" if fault.help else fault.message
    return text if fault.excepted is None else f"excepted until {fault.excepted.expires}: {text}"


def _data(text: str) -> str:
    """Text as a workflow command takes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format("github", _write)

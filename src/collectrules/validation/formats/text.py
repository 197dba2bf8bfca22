"""For people: a fault in the lines of every other error, and below what was excepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.validation.formats import Format, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.validation.report import Fault, Report


def _write(report: Report) -> str:
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    for fault in report.faults:
        if fault.excepted is None:
            yield _told(fault)
            if fault.help:
                yield f"    {fault.help}"
    for fault in report.faults:
        if fault.excepted is not None:
            until, who, why = fault.excepted.expires, fault.excepted.owner, fault.excepted.reason
            yield f"{fault.place}: excepted {fault.code} {fault.name} until {until} by {who}: {why}"
    if report.faults:
        yield ""
    yield counted(report)
    if report.errors or report.warnings:
        yield "`collectrules validate --explain NAME` tells of a code"


def _told(fault: Fault) -> str:
    return f"{fault.place}: {fault.severity} {fault.code} {fault.name}: {fault.message}"


FORMAT = Format("text", _write)

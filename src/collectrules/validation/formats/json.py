"""One JSON document by the published schema `collectrules/validation/v1`, `validation/validation.schema.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from msgspec.structs import asdict

from collectrules.validation.formats import Format

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collectrules.validation.report import Fault, Report

SCHEMA: Final = "collectrules/validation/v1"


def _write(report: Report) -> str:
    document = {
        "schema": SCHEMA,
        "today": report.today.isoformat(),
        "summary": {
            "files": len(report.files),
            "rules": report.rules,
            "errors": report.errors,
            "warnings": report.warnings,
            "excepted": report.excepted,
        },
        "faults": [_fault(fault) for fault in report.faults],
        "files": [{"path": path, "kind": kind} for path, kind in report.files.items()],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _fault(fault: Fault) -> Mapping[str, object]:
    return {
        "code": fault.code,
        "name": fault.name,
        "severity": fault.severity,
        "path": fault.place.path,
        "line": fault.place.line,
        "column": fault.place.column,
        "message": fault.message,
        "help": fault.help,
        "rule": fault.rule,
        "excepted": None if fault.excepted is None else asdict(fault.excepted),
    }


FORMAT = Format("json", _write)

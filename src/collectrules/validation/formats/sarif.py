"""SARIF 2.1.0, which code scanning reads: a rule a code, a result a fault; what was excepted is suppressed."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from collectrules._version import __version__
from collectrules.validation.formats import Format

if TYPE_CHECKING:
    from collectrules.validation.report import Fault, Report

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_HERE: Final = "SRCROOT"
"""What a relative address counts from: where the command ran, the root of the repository in CI."""
_FINGERPRINT: Final = "collectrules/v1"


def _write(report: Report) -> str:
    names = {fault.code: fault for fault in report.faults}
    codes = sorted(names)
    run = {
        "tool": {
            "driver": {
                "name": "collectrules",
                "version": __version__,
                "rules": [_rule(names[code], report.documentation.get(code, "")) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": _location(path)} for path in report.files],
        "results": [_result(fault, codes.index(fault.code)) for fault in report.faults],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(fault: Fault, documentation: str) -> dict[str, Any]:
    title = documentation.partition("\n\n")[0] or fault.name
    return {
        "id": fault.code,
        "name": "".join(word.capitalize() for word in fault.name.split("-")),
        "shortDescription": {"text": " ".join(title.split())},
        "fullDescription": {"text": documentation or title},
        "help": {"text": documentation or title},
        "defaultConfiguration": {"level": fault.severity},
    }


def _result(fault: Fault, index: int) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": _location(fault.place.path)}
    if fault.place.line:
        location["region"] = {"startLine": fault.place.line, "startColumn": fault.place.column}
    result: dict[str, Any] = {
        "ruleId": fault.code,
        "ruleIndex": index,
        "level": fault.severity,
        "message": {"text": f"{fault.message}\n{fault.help}" if fault.help else fault.message},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {_FINGERPRINT: _fingerprint(fault)},
    }
    if fault.rule:
        result["locations"][0]["logicalLocations"] = [{"fullyQualifiedName": fault.rule, "kind": "member"}]
    if fault.excepted is not None:
        why = f"until {fault.excepted.expires}, {fault.excepted.owner}: {fault.excepted.reason}"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": why}]
    return result


def _location(path: str) -> dict[str, Any]:
    """An address from where the command ran, a whole one for what lies elsewhere."""
    whole = Path(path).resolve()
    if whole.is_relative_to(Path.cwd()):
        return {"uri": quote(whole.relative_to(Path.cwd()).as_posix()), "uriBaseId": _HERE}
    return {"uri": whole.as_uri()}


def _fingerprint(fault: Fault) -> str:
    """The same for the same fault, also where lines above it were added."""
    what = (fault.place.path, fault.code, fault.rule, fault.message)
    return sha256("\0".join(what).encode()).hexdigest()


FORMAT = Format("sarif", _write)

"""The formats that CI reads: each says all that the report says, in the form that its readers take."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from collectrules.ground.errors import Place
from collectrules.validation import formats
from collectrules.validation.formats import counted
from collectrules.validation.report import Excepted, Fault, Report

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMATS = {each.name: each for each in formats.built_in()}
SCHEMA = Path(__file__).parents[2] / "src" / "collectrules" / "validation" / "validation.schema.json"
WHY = Excepted("counsel looks for it", "m.k.", "2026-06-30")
FAULTS = (
    Fault(
        Place("xx/a a.yaml", 3, 5), "CR120", "undated-value", "error", "`3` has no date", "write 100%\nof it", "xx.aa.r"
    ),
    Fault(Place("xx/a a.yaml", 4, 1), "CR205", "unused-name", "warning", "nothing uses <it> & \x07", ""),
    Fault(Place("xx/b,b.yaml"), "CR001", "cannot-be-opened", "error", "cannot read this file: no"),
    Fault(Place("xx/c.yaml", 9, 2), "CR212", "citation-without-number", "warning", "no number", "", "xx.c.r", WHY),
)
REPORT = Report(
    date(2026, 6, 1),
    FAULTS,
    {"xx/a a.yaml": "ruleset", "xx/b,b.yaml": "unknown", "xx/c.yaml": "ruleset", "xx/d.yaml": "cases"},
    7,
    {"CR120": "A value has no day.\n\nMend: say since when.", "CR205": "Something is\nnot used.\n\nMend: use it."},
)
CLEAN = Report(date(2026, 6, 1), (), {"xx/d.yaml": "cases"}, 0, {})

SARIF: Mapping[str, Any] = {
    "type": "object",
    "required": ["version", "runs", "$schema"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "run": {
            "type": "object",
            "required": ["tool", "results"],
            "additionalProperties": False,
            "properties": {
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "additionalProperties": False,
                    "properties": {
                        "driver": {
                            "type": "object",
                            "required": ["name"],
                            "additionalProperties": False,
                            "properties": {
                                "name": {"type": "string"},
                                "version": {"type": "string"},
                                "rules": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/rule"}},
                            },
                        }
                    },
                },
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "artifacts": {
                    "type": "array",
                    "uniqueItems": True,
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {"location": {"$ref": "#/$defs/artifactLocation"}},
                    },
                },
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "rule": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string"},
                "name": {"type": "string"},
                "shortDescription": {"$ref": "#/$defs/text"},
                "fullDescription": {"$ref": "#/$defs/text"},
                "help": {"$ref": "#/$defs/text"},
                "defaultConfiguration": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"level": {"$ref": "#/$defs/level"}},
                },
            },
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"$ref": "#/$defs/level"},
                "message": {"$ref": "#/$defs/text"},
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
                "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                "suppressions": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["kind"],
                        "additionalProperties": False,
                        "properties": {
                            "kind": {"enum": ["inSource", "external"]},
                            "status": {"enum": ["accepted", "underReview", "rejected"]},
                            "justification": {"type": "string"},
                        },
                    },
                },
            },
        },
        "location": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "additionalProperties": False,
                    "properties": {
                        "artifactLocation": {"$ref": "#/$defs/artifactLocation"},
                        "region": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": {
                                "startLine": {"type": "integer", "minimum": 1},
                                "startColumn": {"type": "integer", "minimum": 1},
                            },
                        },
                    },
                },
                "logicalLocations": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {"fullyQualifiedName": {"type": "string"}, "kind": {"type": "string"}},
                    },
                },
            },
        },
        "artifactLocation": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "uri": {"type": "string", "pattern": r"^[!#$&-;=?-\[\]_a-z~%]+$"},
                "uriBaseId": {"type": "string"},
            },
        },
        "text": {
            "type": "object",
            "required": ["text"],
            "additionalProperties": False,
            "properties": {"text": {"type": "string", "minLength": 1}},
        },
        "level": {"enum": ["none", "note", "warning", "error"]},
    },
}
"""The parts of the schema of SARIF 2.1.0 that are written, as OASIS has them."""


def test_text() -> None:
    assert FORMATS["text"].write(REPORT).splitlines() == [
        "xx/a a.yaml:3:5: error CR120 undated-value: `3` has no date",
        "    write 100%",
        "of it",
        "xx/a a.yaml:4:1: warning CR205 unused-name: nothing uses <it> & \x07",
        "xx/b,b.yaml: error CR001 cannot-be-opened: cannot read this file: no",
        "xx/c.yaml:9:2: excepted CR212 citation-without-number until 2026-06-30 by m.k.: counsel looks for it",
        "",
        "4 files, 7 rules: 2 errors, 1 warning (1 excepted)",
        "`collectrules validate --explain NAME` tells of a code",
    ]
    assert FORMATS["text"].write(CLEAN) == "1 file, 0 rules: 0 errors, 0 warnings"


def test_json_is_as_its_schema_says() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for report in (REPORT, CLEAN):
        jsonschema.validate(json.loads(FORMATS["json"].write(report)), schema)
    document = json.loads(FORMATS["json"].write(REPORT))
    assert document["schema"] == schema["$id"] == schema["properties"]["schema"]["const"]
    assert document["summary"] == {"files": 4, "rules": 7, "errors": 2, "warnings": 1, "excepted": 1}
    assert [fault["code"] for fault in document["faults"]] == ["CR120", "CR205", "CR001", "CR212"]
    assert document["faults"][3]["excepted"] == {
        "reason": "counsel looks for it",
        "owner": "m.k.",
        "expires": "2026-06-30",
    }
    for missing in ("faults", "summary"):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({key: value for key, value in document.items() if key != missing}, schema)


def test_sarif(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for report in (REPORT, CLEAN):
        jsonschema.validate(json.loads(FORMATS["sarif"].write(report)), SARIF)
    run = json.loads(FORMATS["sarif"].write(REPORT))["runs"][0]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert [rules[result["ruleIndex"]]["id"] for result in results] == [result["ruleId"] for result in results]
    assert [result["level"] for result in results] == ["error", "warning", "error", "warning"]
    assert [len(result.get("suppressions", ())) for result in results] == [0, 0, 0, 1]
    first = results[0]["locations"][0]
    assert first["physicalLocation"] == {
        "artifactLocation": {"uri": "xx/a%20a.yaml", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 3, "startColumn": 5},
    }
    assert first["logicalLocations"][0]["fullyQualifiedName"] == "xx.aa.r"
    assert "region" not in results[2]["locations"][0]["physicalLocation"]
    assert {rule["id"]: rule["shortDescription"]["text"] for rule in rules}["CR205"] == "Something is not used."


def test_a_finding_keeps_its_fingerprint_where_lines_are_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def fingerprint(place: Place, message: str = "m") -> str:
        report = Report(date(2026, 6, 1), (Fault(place, "CR205", "unused-name", "warning", message),), {}, 0, {})
        result = json.loads(FORMATS["sarif"].write(report))["runs"][0]["results"][0]
        return str(result["partialFingerprints"]["collectrules/v1"])

    assert fingerprint(Place("a.yaml", 3, 5)) == fingerprint(Place("a.yaml", 9, 5))
    assert fingerprint(Place("a.yaml", 3, 5)) != fingerprint(Place("b.yaml", 3, 5))
    assert fingerprint(Place("a.yaml", 3, 5)) != fingerprint(Place("a.yaml", 3, 5), "n")


def test_what_lies_elsewhere_has_a_whole_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    path = tmp_path / "law.yaml"
    report = Report(date(2026, 6, 1), (), {str(path): "ruleset"}, 0, {})
    run = json.loads(FORMATS["sarif"].write(report))["runs"][0]
    assert run["artifacts"] == [{"location": {"uri": path.resolve().as_uri()}}]


def test_github_annotations() -> None:
    assert FORMATS["github"].write(REPORT).splitlines() == [
        "::error file=xx/a a.yaml,line=3,col=5,title=CR120 undated-value::`3` has no date%0Awrite 100%25%0Aof it",
        "::warning file=xx/a a.yaml,line=4,col=1,title=CR205 unused-name::nothing uses <it> & \x07",
        "::error file=xx/b%2Cb.yaml,title=CR001 cannot-be-opened::cannot read this file: no",
        (
            "::notice file=xx/c.yaml,line=9,col=2,title=CR212 citation-without-number"
            "::excepted until 2026-06-30: no number"
        ),
        "4 files, 7 rules: 2 errors, 1 warning (1 excepted)",
    ]


def test_junit() -> None:
    root = ET.fromstring(FORMATS["junit"].write(REPORT))  # noqa: S314  # it is our own
    assert root.attrib == {
        "name": "collectrules validate",
        "tests": "5",
        "failures": "2",
        "errors": "0",
        "skipped": "1",
    }
    assert [(suite.get("name"), suite.get("tests")) for suite in root] == [
        ("xx/a a.yaml", "2"),
        ("xx/b,b.yaml", "1"),
        ("xx/c.yaml", "1"),
        ("xx/d.yaml", "1"),
    ]
    assert len(root.findall(".//failure")) == 2
    assert [case.text for case in root.iter("system-out")] == [
        "warning: xx/a a.yaml:4:1: nothing uses <it> & \N{REPLACEMENT CHARACTER}"
    ]
    assert [case.get("message") for case in root.iter("skipped")] == ["until 2026-06-30, m.k.: counsel looks for it"]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_tells_every_fault(name: str) -> None:
    written = FORMATS[name].write(REPORT)
    assert all(fault.code in written for fault in FAULTS)
    assert not written.endswith("\n")


def test_one_of_a_thing_is_one() -> None:
    assert counted(CLEAN) == "1 file, 0 rules: 0 errors, 0 warnings"

"""JUnit's XML: a suite a file, a failure an error; what was excepted is skipped, and warnings stand in the output."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from collectrules.validation.formats import Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.validation.report import Fault, Report

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _write(report: Report) -> str:
    return "\n".join(_document(report))


def _document(report: Report) -> Iterator[str]:
    paths = list(dict.fromkeys((*report.files, *(fault.place.path for fault in report.faults))))
    suites = [(path, [fault for fault in report.faults if fault.place.path == path]) for path in paths]
    tests = sum(max(len(faults), 1) for _, faults in suites)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="collectrules validate" {_counts(tests, report.faults)}>'
    for path, faults in suites:
        yield f"  <testsuite name={_attribute(path)} {_counts(max(len(faults), 1), faults)}>"
        if not faults:
            yield f'    <testcase classname={_attribute(path)} name="no fault"/>'
        for fault in faults:
            yield from _case(fault)
        yield "  </testsuite>"
    yield "</testsuites>"


def _case(fault: Fault) -> Iterator[str]:
    name = f"{fault.code} {fault.name} at {fault.place.line}:{fault.place.column}"
    text = f"{fault.place}: {fault.message}" + (f"\n{fault.help}" if fault.help else "")
    yield f"    <testcase classname={_attribute(fault.place.path)} name={_attribute(name)}>"
    if fault.excepted is not None:
        why = f"until {fault.excepted.expires}, {fault.excepted.owner}: {fault.excepted.reason}"
        yield f"      <skipped message={_attribute(why)}/>"
    elif fault.severity == "error":
        head = f"type={_attribute(fault.code)} message={_attribute(fault.message)}"
        yield f"      <failure {head}>{_text(text)}</failure>"
    else:
        yield f"      <system-out>{_text(f'warning: {text}')}</system-out>"
    yield "    </testcase>"


def _counts(tests: int, faults: Iterable[Fault]) -> str:
    faults = tuple(faults)
    failures = sum(fault.counts and fault.severity == "error" for fault in faults)
    skipped = sum(not fault.counts for fault in faults)
    return f'tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}"'


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", text))


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", text))


FORMAT = Format("junit", _write)

"""The text of a case file with what was found out: comments above the case stay; all do where only groups changed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collectrules.case.objects import Case

_RECORDS: Final = re.compile(r"^records:[^\n]*\n", re.MULTILINE)


def case_text(before: str, was: Case, case: Case) -> str:
    """The text of a case, which stood in a file as `before` with the facts of `was`."""
    version = {"version": was.format_version} if was.format_version is not None else {}
    stated = {**version, **case.to_mapping()}
    if before.lstrip()[:1] == "{":
        indent = 2 if "\n" in before.strip() else None  # a line of JSON lines stays one line
        return json.dumps(stated, ensure_ascii=False, indent=indent) + "\n"
    records: dict[str, Any] = dict(case.records or {})
    if was.but(records=None) == case.but(records=None) and (was.records is None or _RECORDS.search(before)):
        line = f"records: {_flow(records)}\n"
        if was.records is not None:
            return _RECORDS.sub(lambda _: line, before, count=1)
        return f"{before.rstrip()}\n{line}"
    head = re.match(r"(?:[ \t]*#[^\n]*\n|[ \t]*\n)*", before)
    return (head[0] if head else "") + yaml.safe_dump(stated, sort_keys=False, allow_unicode=True, width=120)


def _flow(value: dict[str, Any]) -> str:
    return yaml.safe_dump(value, default_flow_style=True, sort_keys=False, width=1_000_000).strip()

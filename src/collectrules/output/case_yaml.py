"""A case as the YAML of a case file, an object a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from collectrules.case.yaml_edits import flow


def case_yaml(case: Mapping[str, Any]) -> str:
    """The text of a case, given as a mapping with the keys of a case file."""
    lines = []
    for key, value in case.items():
        if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
            lines += [f"{key}:", *(f"  - {flow(item)}" for item in value)]
        else:
            lines.append(f"{key}: {flow(value)}")
    return "\n".join(lines) + "\n"

"""A case as the YAML of a case file, an object a line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*|\d{4}-\d\d-\d\dT[0-9:.+Zz-]+|\d+")


def case_yaml(case: Mapping[str, Any]) -> str:
    """The text of a case, given as a mapping with the keys of a case file."""
    lines = []
    for key, value in case.items():
        if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
            lines += [f"{key}:", *(f"  - {_flow(item)}" for item in value)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _flow(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(item)}' for key, item in value.items())}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_flow, value))}]"
    text = str(value)
    if isinstance(value, int) or (_PLAIN.fullmatch(text) and not text.isdigit()):
        return text
    return "'" + text.replace("'", "''") + "'"

"""The text of a case file with what was found out: all that is not changed stays as it was written, comments too."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

from collectrules.case.reading import Document
from collectrules.case.yaml_edits import CannotEdit, changes, entries, replaced

if TYPE_CHECKING:
    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case


def case_text(before: str, was: Case, case: Case, advisor: Advisor) -> str:
    """The text of a case, which stood in a file as `before` with the facts of `was`; `advisor` reads it again.

    Where a change cannot be made in the text as it stands, it is written anew, and the comments above it are kept.
    """
    version = {"version": was.format_version} if was.format_version is not None else {}
    stated = {**version, **case.to_mapping()}
    if before.lstrip()[:1] == "{":
        indent = 2 if "\n" in before.strip() else None  # a line of JSON lines stays one line
        return json.dumps(stated, ensure_ascii=False, indent=indent) + "\n"
    edited = _edited(before, was, case, advisor)
    if edited is not None:
        return edited
    head = re.match(r"(?:[ \t]*#[^\n]*\n|[ \t]*\n)*", before)
    return (head[0] if head else "") + yaml.safe_dump(stated, sort_keys=False, allow_unicode=True, width=120)


def _edited(before: str, was: Case, case: Case, advisor: Advisor) -> str | None:
    """The text with nothing changed but what differs; None where it would not say what the case says."""
    root: Any = yaml.compose(before, Loader=yaml.SafeLoader)
    cases = entries(root).get("cases")
    try:
        text = replaced(
            before, changes(before, root if cases is None else cases.value[0], was.to_mapping(), case.to_mapping())
        )
    except (CannotEdit, IndexError):
        return None
    (read,) = advisor.cases_of(Document("", 0, text, alone=True))
    return text if read == case else None

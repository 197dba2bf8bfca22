"""What a format asks for, as a list for whoever writes the receiver's file and the details."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.ground.lines import wrapped
from collectrules.handoff.preflight import format_named

if TYPE_CHECKING:
    from collectrules.plugins.accounts import Field

_HEADS: Final = {
    "case": "read from the case",
    "details": "from the file of details, or under `fields` of the receiver's file",
    "account": "from the details of each account alone",
    "receiver": "under `fields` of the receiver's file",
}


def as_text(name: str) -> str:
    """The fields of a format by where they come from, with their marks. Raises InvalidInput for a wrong name."""
    form = format_named(name)
    lines = [f"{form.name}: {form.title}", *wrapped(form.docs, "  "), *wrapped(f"acts: {', '.join(form.acts)}", "  ")]
    for source, head in _HEADS.items():
        fields = [field for field in form.fields if field.source == source]
        if fields:
            lines += ["", head]
        for field in sorted(fields, key=lambda field: (not field.required, field.name)):
            lines += wrapped(_told(field), "      ", first="  ")
    return "\n".join(lines)


def _told(field: Field[Any]) -> str:
    marks = [*(["required"] if field.required else []), *(["personal"] if field.personal else [])]
    if field.words:
        marks.append(f"one of {', '.join(field.words)}")
    if field.longest:
        marks.append(f"up to {field.longest} characters")
    note = f" ({'; '.join(marks)})" if marks else ""
    return f"{field.name}: {field.title}{note}"
